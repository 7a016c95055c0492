//! Birth dates, in figures, in words, and without a year or a day.

use super::super::cues::Cues;
use super::super::rule::{Check, Rule, Shape};
use super::super::{PiiKind, dates};
use super::{CLOSE, PLAIN, check};

/// What a date stands directly beside that is the person's own: their details in one line.
const OF_A_PERSON: &[PiiKind] = &[
    PiiKind::Person,
    PiiKind::DateOfBirth,
    PiiKind::UkNino,
    PiiKind::UkNhs,
    PiiKind::UkPostcode,
    PiiKind::UkAddress,
    PiiKind::Phone,
    PiiKind::Email,
];

/// What else a day long past may be of.
const NOT_BIRTH: Cues = Cues::EVENT.and(Cues::VERSION).and(Cues::SORT_CODE);

const DATE: &str = r"(?-u:\b)(?:[0-9]{1,2} ?[ /.-] ?[0-9]{1,2} ?[ /.-] ?(?:[0-9]{4}|[0-9]{2})|[0-9]{4}[ /.-][0-9]{1,2}[ /.-][0-9]{1,2})(?-u:\b)";

pub(super) const ROWS: &[Rule] = &[
    Rule {
        name: "date of birth in digits",
        kind: Some(PiiKind::DateOfBirth),
        shape: Shape::Pattern(4, DATE),
        check: check!(dates::date),
        cues: Cues::BIRTH,
        vetoes: NOT_BIRTH,
        beside: OF_A_PERSON,
        ..PLAIN
    },
    // "my son 14-02-2021".
    Rule {
        name: "date of birth after a relation",
        kind: Some(PiiKind::DateOfBirth),
        shape: Shape::Pattern(4, DATE),
        check: check!(dates::date),
        cues: Cues::RELATION,
        within: Cues::RELATION,
        reach: (1, 0),
        ..PLAIN
    },
    Rule {
        name: "date of birth in one piece",
        kind: Some(PiiKind::DateOfBirth),
        shape: Shape::Digits(5, 8),
        check: check!(dates::solid_date),
        cues: Cues::BIRTH,
        within: Cues::BIRTH,
        reach: CLOSE,
        ..PLAIN
    },
    Rule {
        name: "date of birth in words",
        kind: Some(PiiKind::DateOfBirth),
        shape: Shape::Pattern(
            2,
            r"(?-u:\b)(?:(?:(?:mon|tues?|wed|wednes|thurs?|thu|fri|sat|satur|sun)(?:day)?,? )?(?:the )?[0-9]{1,2}(?:st|nd|rd|th)?[ /.-]{0,2}(?:day )?(?:of )?[a-z]{3,9}[ ,/.-]{0,2}(?:in the year )?'?(?:[0-9]{4}|[0-9]{2})|(?:19|20)[0-9]{2},? (?:the )?(?:[a-z]{3,9} (?:the )?[0-9]{1,2}(?:st|nd|rd|th)?|[0-9]{1,2}(?:st|nd|rd|th)? (?:of )?[a-z]{3,9})|(?:the )?[0-9]{1,2}(?:st|nd|rd|th)? of the [0-9]{1,2}(?:st|nd|rd|th)?,? (?:of )?(?:[0-9]{4}|[0-9]{2})|(?:boxing day|christmas day|christmas eve|new years day|new years eve|new year's day|new year's eve|valentines day|halloween) (?:in )?[0-9]{4}|[a-z]{3,9} (?:the )?[0-9]{1,2}(?:st|nd|rd|th)?[ ,]{1,2}'?(?:[0-9]{4}|[0-9]{2}))(?-u:\b)",
        ),
        check: check!(dates::worded_date_of_birth),
        cues: Cues::BIRTH.and(Cues::TURNED),
        vetoes: NOT_BIRTH,
        beside: OF_A_PERSON,
        ..PLAIN
    },
    // "born in march 1990", "her birthday is the 4th of july".
    Rule {
        name: "birthday without a year, or without a day",
        kind: Some(PiiKind::DateOfBirth),
        shape: Shape::Pattern(
            1,
            r"(?-u:\b)(?:(?:the )?[0-9]{1,2}(?:st|nd|rd|th)? (?:of )?[a-z]{3,9}|[a-z]{3,9} [0-9]{1,2}(?:st|nd|rd|th)?|[a-z]{3,9},? (?:of )?(?:19|20)[0-9]{2})(?-u:\b)",
        ),
        check: check!(dates::worded_date),
        cues: Cues::BIRTH,
        within: Cues::BIRTH,
        reach: (10, 0),
        ..PLAIN
    },
];

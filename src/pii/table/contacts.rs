//! How to reach somebody: telephone numbers, mail addresses, and the addresses of their devices.

use super::super::cues::Cues;
use super::super::rule::{Check, Rule, Shape};
use super::super::{PiiKind, checks, mails, telephone};
use super::{PLAIN, check};

/// A number of another country's, whatever it begins with.
const FOREIGN: Rule = Rule {
    kind: Some(PiiKind::Phone),
    check: check!(telephone::foreign_phone),
    cues: Cues::PHONE.and(Cues::DIAL),
    vetoes: Cues::REFERENCE
        .and(Cues::PUBLIC)
        .and(Cues::COUNCIL_TAX)
        .and(Cues::NHS)
        .and(Cues::ACCOUNT),
    reach: (24, 8),
    ..PLAIN
};

/// The groups of its digits after the first.
macro_rules! groups {
    () => {
        r"\)?(?:[ .-]{0,2}\(?[0-9]{2,10}\)?){1,5}(?:x[0-9]{2,6})?(?-u:\b)"
    };
}

pub(super) const ROWS: &[Rule] = &[
    // A mobile is nobody's switchboard.
    Rule {
        name: "mobile telephone",
        kind: Some(PiiKind::Phone),
        shape: Shape::Digits(9, 15),
        check: check!(telephone::mobile),
        cues: Cues::PHONE,
        vetoes: Cues::ASKED,
        reach: (32, 36),
        ..PLAIN
    },
    Rule {
        name: "telephone",
        kind: Some(PiiKind::Phone),
        shape: Shape::Digits(9, 15),
        check: check!(telephone::landline),
        cues: Cues::PHONE,
        vetoes: Cues::PUBLIC.and(Cues::ASKED),
        reach: (32, 36),
        ..PLAIN
    },
    // "sort code oh nine oh one two seven and then four four one ..." are two numbers.
    Rule {
        name: "telephone in two goes",
        kind: Some(PiiKind::Phone),
        shape: Shape::Digits(9, 15),
        check: check!(telephone::landline_in_two_goes),
        cues: Cues::PHONE,
        vetoes: Cues::PUBLIC
            .and(Cues::ASKED)
            .and(Cues::SORT_CODE)
            .and(Cues::ACCOUNT),
        reach: (32, 36),
        ..PLAIN
    },
    Rule {
        name: "telephone, other countries",
        shape: Shape::Pattern(7, concat!(r"(?:\+|\(|(?-u:\b))[0-9]{1,4}", groups!())),
        within: FOREIGN.cues,
        ..FOREIGN
    },
    // With a plus, an area in brackets or 001 it needs no cue.
    Rule {
        name: "telephone, other countries, in full",
        shape: Shape::Pattern(
            7,
            concat!(r"(?:[+(][0-9]{1,4}|(?-u:\b)00[0-9]{0,2})", groups!()),
        ),
        ..FOREIGN
    },
    Rule {
        name: "public telephone line",
        shape: Shape::Digits(6, 14),
        check: check!(telephone::public_line),
        ..PLAIN
    },
    Rule {
        name: "e-mail",
        kind: Some(PiiKind::Email),
        shape: Shape::Pattern(
            0,
            r"(?:[a-z0-9_-]{1,30}[\[(]dot[\])])?[a-z0-9._%+'-]{1,64}(?: \. [a-z0-9_-]{1,30})? ?(?:@{1,2}|[\[(]at[\])]) ?(?:(?:[a-z0-9-]{1,63}(?:\.| \. | ?[\[(]dot[\])] ?| dot )){1,4}[a-z]{2,24}|[a-z0-9-]{1,63},(?:com|org|net|co\.uk))(?-u:\b)",
        ),
        check: check!(mails::mail),
        cues: Cues::EMAIL,
        ..PLAIN
    },
    Rule {
        name: "e-mail, spoken",
        kind: Some(PiiKind::Email),
        shape: Shape::Pattern(
            0,
            r"(?-u:\b)(?:[b-hj-z] ){0,8}[a-z0-9~]{1,30}(?:(?:[._+-]|,? (?:dot|full stop|underscore|dash|hyphen),? )[a-z0-9~]{1,30}){0,5}(?:,? ?[0-9]{1,4})?,? at [a-z0-9-]{2,40}(?:(?: hyphen | dash | )[a-z0-9]{2,20}){0,2}(?:(?:\.| dot )[a-z]{2,24}){1,3}(?-u:\b)",
        ),
        check: check!(mails::spoken_email),
        cues: Cues::EMAIL,
        ..PLAIN
    },
    Rule {
        name: "internet address",
        kind: Some(PiiKind::IpAddress),
        shape: Shape::Pattern(
            4,
            r"(?-u:\b)[0-9]{1,3}(?:(?: ?\. ?|,| |,? (?:dot|point|full stop) )[0-9]{1,3}){3}(?-u:\b)",
        ),
        check: check!(checks::ipv4),
        cues: Cues::IP,
        vetoes: Cues::VERSION,
        reach: (24, 0),
        ..PLAIN
    },
    Rule {
        name: "internet address, version 6",
        kind: Some(PiiKind::IpAddress),
        shape: Shape::Pattern(
            2,
            r"(?-u:\b)[0-9a-f]{1,4}(?::{1,2}[0-9a-f]{1,4}){2,7}(?-u:\b)",
        ),
        check: check!(checks::ipv6),
        cues: Cues::IP,
        ..PLAIN
    },
];

//! Registrations in each style that the DVLA and the DVA have issued, and any other directly beside a word
//! for it.

use super::super::cues::Cues;
use super::super::rule::{Check, Rule, Shape};
use super::super::{PiiKind, vehicles};
use super::{CLOSE, PLAIN, check};

/// Letters and digits in any order that a plate has had: personal, dateless, diplomatic.
const ANY_STYLE: &str = r"(?-u:\b)(?:[a-z]{1,3}[ -]?[0-9]{1,4}[ -]?[a-z]{0,3}|[0-9]{1,4}[ -]?[a-z]{1,3}|[0-9]{3}[ -]?[dx][ -]?[0-9]{3})(?-u:\b)";

pub(super) const ROWS: &[Rule] = &[
    Rule {
        name: "vehicle, current style",
        kind: Some(PiiKind::UkVrm),
        shape: Shape::Pattern(
            2,
            r"(?-u:\b)[a-hj-pr-y]~?[a-hj-pr-y][ .~-]?[0-9]{2}(?:(?:,? (?:and )?then |[ .~-]{0,3})[a-hj-pr-z]~?[a-hj-pr-z]~?[a-hj-pr-z]|(?: [a-hj-pr-z]){3})(?-u:\b)",
        ),
        check: check!(vehicles::vrm),
        cues: Cues::VEHICLE.and(Cues::PARKED).and(Cues::PLATE),
        vetoes: Cues::CODE,
        ..PLAIN
    },
    Rule {
        name: "vehicle, never issued",
        kind: Some(PiiKind::UkVrm),
        shape: Shape::Pattern(
            1,
            r"(?-u:\b)[a-z]~?[a-z][ ~-]?(?:[0-9]{2}|o[0-9]|[0-9]o)[ .~-]{0,3}[a-z]~?[a-z]~?[a-z](?-u:\b)",
        ),
        check: check!(vehicles::unissued_vrm),
        cues: Cues::VEHICLE.and(Cues::PARKED),
        vetoes: Cues::CODE,
        ..PLAIN
    },
    Rule {
        name: "vehicle, prefix style",
        kind: Some(PiiKind::UkVrm),
        shape: Shape::Pattern(
            1,
            r"(?-u:\b)[a-hj-np-tv-y][ ~]?[0-9]{1,3}[ ~]?[a-hj-pr-z](?:[a-hj-pr-z]{2}|[ ~][a-hj-pr-z][ ~][a-hj-pr-z])(?-u:\b)",
        ),
        check: check!(vehicles::lettered_vrm),
        cues: Cues::VEHICLE.and(Cues::PARKED).and(Cues::PLATE),
        vetoes: Cues::CODE,
        ..PLAIN
    },
    Rule {
        name: "vehicle, suffix style",
        kind: Some(PiiKind::UkVrm),
        shape: Shape::Pattern(
            1,
            r"(?-u:\b)[a-hj-pr-z]~?[a-hj-pr-z]~?[a-hj-pr-z][ ~]?[0-9]{1,3}[ ~]?[a-hj-np-tv-y](?-u:\b)",
        ),
        check: check!(vehicles::lettered_vrm),
        cues: Cues::VEHICLE.and(Cues::PARKED).and(Cues::PLATE),
        vetoes: Cues::CODE,
        ..PLAIN
    },
    Rule {
        name: "vehicle, northern irish style",
        kind: Some(PiiKind::UkVrm),
        shape: Shape::Pattern(2, r"(?-u:\b)[a-z]~?[a-z]~?[a-z]?[ ~]?[0-9]{2,4}(?-u:\b)"),
        check: check!(vehicles::northern_irish_vrm),
        cues: Cues::VEHICLE,
        reach: CLOSE,
        ..PLAIN
    },
    Rule {
        name: "vehicle, any style",
        kind: Some(PiiKind::UkVrm),
        shape: Shape::Pattern(1, ANY_STYLE),
        check: check!(vehicles::any_plate),
        within: Cues::PLATE,
        cues: Cues::PLATE,
        vetoes: Cues::CODE,
        reach: (24, 14),
        ..PLAIN
    },
    // "HNW 482 and ...": the pattern for any style would read on.
    Rule {
        name: "vehicle, dateless",
        kind: Some(PiiKind::UkVrm),
        shape: Shape::Pattern(1, r"(?-u:\b)[a-z]{1,3} ?[0-9]{1,4}(?-u:\b)"),
        check: check!(vehicles::capital_plate),
        within: Cues::PLATE,
        cues: Cues::PLATE,
        vetoes: Cues::CODE,
        ..PLAIN
    },
    Rule {
        name: "vehicle, any style in small letters",
        kind: Some(PiiKind::UkVrm),
        shape: Shape::Pattern(1, ANY_STYLE),
        check: check!(vehicles::spaced_plate),
        within: Cues::PLATE,
        cues: Cues::PLATE,
        vetoes: Cues::CODE,
        reach: (4, 0),
        ..PLAIN
    },
    Rule {
        name: "vehicle, any style beside a vehicle",
        kind: Some(PiiKind::UkVrm),
        shape: Shape::Pattern(1, ANY_STYLE),
        check: check!(vehicles::capital_plate),
        within: Cues::VEHICLE,
        cues: Cues::VEHICLE,
        vetoes: Cues::CODE,
        reach: (40, 24),
        ..PLAIN
    },
];

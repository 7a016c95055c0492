//! What councils issue: references for council tax, and Blue Badges.

use super::super::cues::Cues;
use super::super::rule::{Check, Rule, Shape};
use super::super::{PiiKind, badges, checks};
use super::{FAR, OTHER_NUMBERS, PLAIN, check};

/// What letters and digits in capitals may be instead of a badge.
const NOT_BADGE: Cues = Cues::REFERENCE
    .and(Cues::CODE)
    .and(Cues::VEHICLE)
    .and(Cues::PLATE)
    .and(Cues::POSTCODE)
    .and(Cues::VERSION);

/// What a number for council tax may be instead.
const NOT_COUNCIL_TAX: Cues = OTHER_NUMBERS
    .and(Cues::UTR)
    .and(Cues::PASSPORT)
    .and(Cues::BANK)
    .and(Cues::SORT_CODE);

pub(super) const ROWS: &[Rule] = &[
    // As it stands on the badge: its own number, then the council's, the holder's sex and the month.
    Rule {
        name: "blue badge in full",
        kind: Some(PiiKind::BlueBadge),
        shape: Shape::Pattern(
            4,
            r"(?-u:\b)[a-z0-9](?:~?[a-z0-9]){5,6}(?:[ ~-]| then )?[0-9x](?:[ ~-]| then )?(?:[a-z][ ~]?[0-9]{4}~?[a-z]|[0-9]{3}[a-z][ -]?[0-9]{4}|[a-z]?[0-9]{1,4}[ -]?x(?:[0-9]{1,4})?)(?-u:\b)",
        ),
        check: check!(badges::full_badge),
        cues: Cues::BADGE,
        ..PLAIN
    },
    Rule {
        name: "council tax reference",
        kind: Some(PiiKind::CouncilTaxRef),
        shape: Shape::Digits(6, 12),
        check: check!(checks::cued_digits),
        cues: Cues::COUNCIL_TAX,
        vetoes: Cues::PHONE.and(Cues::NHS).and(Cues::UTR).and(Cues::CASE),
        within: Cues::COUNCIL_TAX,
        ..PLAIN
    },
    // "the sole occupier discount is wrong, my lodger left on the 6th, it's 3924343072".
    Rule {
        name: "council tax reference, further off",
        kind: Some(PiiKind::CouncilTaxRef),
        shape: Shape::Digits(8, 10),
        check: check!(checks::cued_digits),
        cues: Cues::COUNCIL_TAX,
        vetoes: NOT_COUNCIL_TAX,
        within: Cues::COUNCIL_TAX,
        reach: FAR,
        ..PLAIN
    },
    // "how much do we owe on 17889110".
    Rule {
        name: "council tax reference beside a bill",
        kind: Some(PiiKind::CouncilTaxRef),
        shape: Shape::Digits(8, 10),
        check: check!(checks::cued_digits),
        cues: Cues::BILL,
        vetoes: NOT_COUNCIL_TAX,
        within: Cues::BILL,
        ..PLAIN
    },
    Rule {
        name: "council tax reference with letters",
        kind: Some(PiiKind::CouncilTaxRef),
        shape: Shape::Pattern(
            6,
            r"(?-u:\b)(?:[a-z]{1,2}[0-9]{6,10}[a-z]?|[0-9]{6,10}[a-z])(?-u:\b)",
        ),
        check: check!(checks::cued),
        cues: Cues::COUNCIL_TAX,
        within: Cues::COUNCIL_TAX,
        ..PLAIN
    },
    // "the account number is 70091144X".
    Rule {
        name: "council tax account with a letter",
        kind: Some(PiiKind::CouncilTaxRef),
        shape: Shape::Pattern(8, r"(?-u:\b)[0-9]{8,10}[a-z](?-u:\b)"),
        check: check!(checks::cued),
        cues: Cues::ACCOUNT,
        vetoes: Cues::REFERENCE,
        within: Cues::ACCOUNT,
        ..PLAIN
    },
    // "badge is N40 XZ6", "F6 Y8 2Q".
    Rule {
        name: "blue badge in groups",
        kind: Some(PiiKind::BlueBadge),
        shape: Shape::Pattern(
            2,
            r"(?-u:\b)[a-z0-9]{2,3}[ -][a-z0-9]{2,3}(?:[ -][a-z0-9]{2})?(?-u:\b)",
        ),
        check: check!(badges::badge_in_groups),
        cues: Cues::BADGE,
        vetoes: Cues::REFERENCE,
        within: Cues::BADGE,
        reach: (40, 16),
        ..PLAIN
    },
    // "... the badge runs out in may, the old one has 4F41KD along the bottom".
    Rule {
        name: "blue badge, further off",
        kind: Some(PiiKind::BlueBadge),
        shape: Shape::Pattern(2, r"(?-u:\b)[a-z0-9]{6}(?-u:\b)"),
        check: check!(badges::shown_badge),
        cues: Cues::BADGE,
        vetoes: NOT_BADGE,
        within: Cues::BADGE,
        reach: FAR,
        ..PLAIN
    },
    Rule {
        name: "blue badge",
        kind: Some(PiiKind::BlueBadge),
        shape: Shape::Pattern(
            1,
            r"(?-u:\b)[a-z0-9](?:~?[a-z0-9]){4,7}(?:[ -]?[0-9x][ -]?[0-9]{4}[a-z][0-9]{4})?(?-u:\b)",
        ),
        check: check!(badges::badge),
        cues: Cues::BADGE,
        vetoes: Cues::REFERENCE,
        within: Cues::BADGE,
        reach: (56, 28),
        ..PLAIN
    },
];

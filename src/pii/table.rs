//! The rule table: one row for each way in which a kind of personal data is recognised.
//!
//! To add a kind: a row here, its cues in [`super::cues`], its check in [`super::checks`], and cases
//! in `tests/suite/pii.rs`. Patterns see normalised text (lower case, spoken forms read), are ASCII
//! and bounded in length: an unbounded one could take quadratic time over a whole message. A tilde stands
//! between characters that were spelled out.

use super::PiiKind;
use super::cues::Cues;
use super::rule::{Check, Grammar, Rule, Shape};
use super::vehicles as plates;
use super::{address, checks, iban, offences, person, sensitive};

mod bank;
mod contacts;
mod council;
mod dates;
mod vehicles;

macro_rules! check {
    ($room:ident::$name:ident) => {
        Check {
            name: stringify!($name),
            judge: $room::$name,
        }
    };
}

use check;

macro_rules! grammar {
    ($room:ident::$name:ident) => {
        Grammar {
            name: stringify!($name),
            find: $room::$name,
        }
    };
}

pub(super) const NEAR: (usize, usize) = (40, 32);
const CLOSE: (usize, usize) = (20, 14);
/// As far as one says what a number is that has no check of its own, where nothing nearer says otherwise.
const FAR: (usize, usize) = (120, 90);

const NOT_NHS: Cues = Cues::REFERENCE
    .and(Cues::PHONE)
    .and(Cues::BANK)
    .and(Cues::COUNCIL_TAX)
    .and(Cues::UTR);

/// What a long number may be, said nearer than what it would otherwise be taken for.
const OTHER_NUMBERS: Cues = Cues::REFERENCE
    .and(Cues::PHONE)
    .and(Cues::NHS)
    .and(Cues::ACCOUNT)
    .and(Cues::CARD)
    .and(Cues::LICENCE);

/// What most rows have: no cue, no veto, no neighbour.
pub(super) const PLAIN: Rule = Rule {
    name: "",
    kind: None,
    shape: Shape::Digits(0, 0),
    check: check!(checks::sure),
    cues: Cues::NONE,
    vetoes: Cues::NONE,
    strict: false,
    within: Cues::NONE,
    without: Cues::NONE,
    reach: NEAR,
    beside: &[],
};

/// All rows, group by group. Overlaps go to the higher score, then to the longer span, then to the
/// earlier row.
pub(super) fn rules() -> impl Iterator<Item = &'static Rule> {
    [
        NUMBERS,
        bank::ROWS,
        vehicles::ROWS,
        WORDS,
        contacts::ROWS,
        dates::ROWS,
        council::ROWS,
    ]
    .into_iter()
    .flatten()
}

/// Numbers that somebody issued: cards, accounts, identity.
const NUMBERS: &[Rule] = &[
    // No veto: of all identifiers a card number does the most harm where it is left standing.
    Rule {
        name: "card",
        kind: Some(PiiKind::CreditCard),
        shape: Shape::Digits(14, 19),
        check: check!(checks::card),
        cues: Cues::CARD,
        reach: (48, 40),
        ..PLAIN
    },
    Rule {
        name: "card, short or mistyped",
        kind: Some(PiiKind::CreditCard),
        shape: Shape::Digits(12, 19),
        check: check!(checks::short_or_mistyped_card),
        cues: Cues::CARD,
        vetoes: Cues::REFERENCE,
        reach: (48, 40),
        ..PLAIN
    },
    // "... 1111, 0928", which might else be an American Express card's code.
    Rule {
        name: "card expiry in one piece",
        kind: Some(PiiKind::CardExpiry),
        shape: Shape::Digits(4, 4),
        check: check!(checks::solid_expiry),
        cues: Cues::EXPIRY,
        vetoes: Cues::PERMIT.and(Cues::CVV),
        strict: true,
        reach: (28, 0),
        beside: &[PiiKind::CreditCard],
        ..PLAIN
    },
    Rule {
        name: "cvv",
        kind: Some(PiiKind::Cvv),
        shape: Shape::Digits(3, 4),
        check: check!(checks::cvv),
        cues: Cues::CVV,
        reach: CLOSE,
        beside: &[PiiKind::CreditCard, PiiKind::CardExpiry],
        ..PLAIN
    },
    Rule {
        name: "card expiry in digits",
        kind: Some(PiiKind::CardExpiry),
        shape: Shape::Pattern(
            3,
            r"(?-u:\b)(?:[0o]?[1-9]|1[0-2])(?: ?[ /.-]? ?| stroke | slash )(?:20)?[2-4][0-9o](?-u:\b)",
        ),
        check: check!(checks::expiry),
        cues: Cues::EXPIRY,
        vetoes: Cues::PERMIT,
        strict: true,
        reach: (28, 20),
        beside: &[PiiKind::CreditCard],
        ..PLAIN
    },
    // "the new card has 07/30 on it, not 07/26".
    Rule {
        name: "card expiry beside a card",
        kind: Some(PiiKind::CardExpiry),
        shape: Shape::Pattern(4, r"(?-u:\b)(?:0[1-9]|1[0-2])/[2-4][0-9](?-u:\b)"),
        check: check!(checks::month_and_year),
        cues: Cues::CARD,
        vetoes: Cues::PERMIT.and(Cues::REFERENCE),
        strict: true,
        within: Cues::CARD,
        reach: (44, 24),
        ..PLAIN
    },
    Rule {
        name: "card expiry in words",
        kind: Some(PiiKind::CardExpiry),
        shape: Shape::Pattern(
            2,
            r"(?-u:\b)(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|ember|tember|ober)? '?(?:20)?[2-4][0-9](?-u:\b)",
        ),
        check: check!(checks::cued),
        cues: Cues::EXPIRY,
        vetoes: Cues::PERMIT,
        strict: true,
        reach: CLOSE,
        beside: &[PiiKind::CreditCard],
        ..PLAIN
    },
    // "old card's done, new one says November 2029", "it expires, let me find my glasses, november 2029".
    Rule {
        name: "card expiry in words, further off",
        kind: Some(PiiKind::CardExpiry),
        shape: Shape::Pattern(
            4,
            r"(?-u:\b)(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|ember|tember|ober)? 20[2-4][0-9](?-u:\b)",
        ),
        check: check!(checks::cued),
        cues: Cues::EXPIRY.and(Cues::CARD),
        vetoes: Cues::PERMIT.and(Cues::REFERENCE),
        strict: true,
        within: Cues::EXPIRY.and(Cues::CARD),
        reach: (44, 24),
        ..PLAIN
    },
    Rule {
        name: "national insurance number",
        kind: Some(PiiKind::UkNino),
        shape: Shape::Pattern(
            3,
            r"(?-u:\b)[a-z][ .~-]?[a-z](?:(?:,? (?:and then|and|then) )?(?:[ .~/\n-]{0,3}[0-9oil]){2}){3}(?:[ .~/\n-]{0,3}|,? (?:and|then|and then) (?:an? )?)[a-d](?-u:\b)",
        ),
        check: check!(checks::nino),
        cues: Cues::NINO,
        vetoes: Cues::REFERENCE,
        ..PLAIN
    },
    // None begins with an i: "id 999 306".
    Rule {
        name: "national insurance number without suffix",
        kind: Some(PiiKind::UkNino),
        shape: Shape::Pattern(
            6,
            r"(?-u:\b)[a-hj-z][ .~-]?[a-z](?:[ .~-]?[0-9]){6}(?-u:\b)",
        ),
        check: check!(checks::cued),
        cues: Cues::NINO,
        vetoes: Cues::REFERENCE,
        within: Cues::NINO,
        reach: CLOSE,
        ..PLAIN
    },
    // "QQ 20 11 4 C": a figure too few, or one too many.
    Rule {
        name: "national insurance number, mistyped",
        kind: Some(PiiKind::UkNino),
        shape: Shape::Pattern(
            5,
            r"(?-u:\b)[a-z]{2}(?:[ .-]?[0-9]){5}(?:[ .-]?[0-9]{2})?[ .-]?[a-d](?-u:\b)",
        ),
        check: check!(checks::mistyped_nino),
        cues: Cues::NINO,
        vetoes: Cues::REFERENCE,
        ..PLAIN
    },
    Rule {
        name: "nhs number",
        kind: Some(PiiKind::UkNhs),
        shape: Shape::Digits(10, 10),
        check: check!(checks::nhs),
        cues: Cues::NHS.and(Cues::PATIENT),
        vetoes: NOT_NHS,
        // One order number in eleven passes the check, so all of a sentence may say what it is.
        reach: (90, 60),
        beside: &[PiiKind::DateOfBirth],
        ..PLAIN
    },
    Rule {
        name: "nhs number, mistyped",
        kind: Some(PiiKind::UkNhs),
        shape: Shape::Digits(10, 10),
        check: check!(checks::cued),
        cues: Cues::NHS,
        vetoes: NOT_NHS,
        within: Cues::NHS,
        ..PLAIN
    },
    Rule {
        name: "iban",
        kind: Some(PiiKind::Iban),
        shape: Shape::Grammar(grammar!(iban::ibans)),
        check: check!(checks::certain),
        ..PLAIN
    },
    Rule {
        name: "taxpayer reference",
        kind: Some(PiiKind::UkUtr),
        shape: Shape::Digits(10, 10),
        check: check!(checks::utr),
        cues: Cues::UTR,
        vetoes: Cues::REFERENCE,
        within: Cues::UTR,
        ..PLAIN
    },
    // "58726 49687 is that the right one": as it is printed on letters.
    Rule {
        name: "taxpayer reference in fives",
        kind: Some(PiiKind::UkUtr),
        shape: Shape::Digits(10, 10),
        check: check!(checks::utr_in_fives),
        cues: Cues::UTR,
        vetoes: OTHER_NUMBERS.and(Cues::COUNCIL_TAX),
        ..PLAIN
    },
    // "my husband's is 5555895742, mine 7252222699, both from the accountant".
    Rule {
        name: "taxpayer reference, further off",
        kind: Some(PiiKind::UkUtr),
        shape: Shape::Digits(10, 10),
        check: check!(checks::utr),
        cues: Cues::UTR,
        vetoes: OTHER_NUMBERS.and(Cues::COUNCIL_TAX),
        reach: FAR,
        beside: &[PiiKind::UkUtr],
        ..PLAIN
    },
    Rule {
        name: "passport",
        kind: Some(PiiKind::UkPassport),
        shape: Shape::Digits(9, 9),
        check: check!(checks::cued_digits),
        cues: Cues::PASSPORT,
        vetoes: Cues::REFERENCE,
        within: Cues::PASSPORT,
        ..PLAIN
    },
    // "passport 518204467 for the ceremony, and my partner's is 533910276".
    Rule {
        name: "passport, further off",
        kind: Some(PiiKind::UkPassport),
        shape: Shape::Digits(9, 9),
        check: check!(checks::cued_digits),
        cues: Cues::PASSPORT,
        vetoes: OTHER_NUMBERS.and(Cues::COUNCIL_TAX),
        reach: FAR,
        beside: &[PiiKind::UkPassport],
        ..PLAIN
    },
    Rule {
        name: "driving licence",
        kind: Some(PiiKind::UkDrivingLicence),
        shape: Shape::Pattern(
            6,
            r"(?-u:\b)[a-z](?:[ ./~-]?[a-z]){1,4}(?:[ ./~-]?9){0,3}[ ./~-]?[0-9][ ./~-]?[0156](?:[ ./~-]?[0-9])[ ./~-]?[0-3](?:[ ./~-]?[0-9]){2}(?:[ ./~-]?| then )[a-z0][ ./~-]?[a-z9][ ./~-]?[0-9](?:[ ./~-]?[a-z0-9]){2}(?-u:\b)",
        ),
        check: check!(plates::driving_licence),
        cues: Cues::LICENCE,
        ..PLAIN
    },
    Rule {
        name: "northern irish driving licence",
        kind: Some(PiiKind::UkDrivingLicence),
        shape: Shape::Digits(8, 8),
        check: check!(checks::cued_digits),
        cues: Cues::LICENCE,
        vetoes: Cues::REFERENCE.and(Cues::ACCOUNT).and(Cues::VEHICLE),
        within: Cues::LICENCE,
        reach: CLOSE,
        ..PLAIN
    },
];

const POSTCODE: &str = r"(?-u:\b)[a-z]~?[a-z]?[ ~-]?[0-9][ ~-]?[0-9a-z]?[ .~-]{0,2}[0-9o][ ~-]?[abd-hjlnp-uw-z][ ~-]?[abd-hjlnp-uw-z](?-u:\b)";

/// What else letters and digits in that order may be.
const NOT_POSTCODE: Cues = Cues::REFERENCE
    .and(Cues::CODE)
    .and(Cues::VEHICLE)
    .and(Cues::BADGE)
    .and(Cues::VERSION);

/// What is read word by word, and postcodes.
const WORDS: &[Rule] = &[
    Rule {
        name: "postcode",
        kind: Some(PiiKind::UkPostcode),
        shape: Shape::Pattern(1, POSTCODE),
        check: check!(checks::postcode),
        cues: Cues::POSTCODE,
        beside: &[PiiKind::UkAddress],
        ..PLAIN
    },
    // "ZZ4 6TR" is in no area: mistyped, or made up.
    Rule {
        name: "postcode in no area",
        kind: Some(PiiKind::UkPostcode),
        shape: Shape::Pattern(2, POSTCODE),
        check: check!(checks::unknown_postcode),
        cues: Cues::POSTCODE,
        vetoes: NOT_POSTCODE,
        beside: &[PiiKind::UkAddress],
        ..PLAIN
    },
    // "BB13 5LK": K ends no postcode.
    Rule {
        name: "postcode, mistyped",
        kind: Some(PiiKind::UkPostcode),
        shape: Shape::Pattern(
            2,
            r"(?-u:\b)[a-z]{1,2}[0-9][0-9a-z]?[ -]?[0-9][a-z]{2}(?-u:\b)",
        ),
        check: check!(checks::mistyped_postcode),
        cues: Cues::POSTCODE,
        vetoes: NOT_POSTCODE,
        beside: &[PiiKind::UkAddress],
        ..PLAIN
    },
    Rule {
        name: "address",
        kind: Some(PiiKind::UkAddress),
        shape: Shape::Grammar(grammar!(address::addresses)),
        ..PLAIN
    },
    Rule {
        name: "name",
        kind: Some(PiiKind::Person),
        shape: Shape::Grammar(grammar!(person::persons)),
        ..PLAIN
    },
    Rule {
        name: "special category",
        kind: Some(PiiKind::SpecialCategory),
        shape: Shape::Grammar(grammar!(sensitive::special_category)),
        ..PLAIN
    },
    Rule {
        name: "criminal offence",
        kind: Some(PiiKind::Criminal),
        shape: Shape::Grammar(grammar!(offences::criminal)),
        ..PLAIN
    },
];

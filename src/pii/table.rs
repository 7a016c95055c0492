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
use super::{address, checks, iban, offences, person, sensitive, telephone};

mod bank;
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

const NOT_NHS: Cues = Cues::REFERENCE
    .and(Cues::PHONE)
    .and(Cues::COUNCIL_TAX)
    .and(Cues::UTR);

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
        CONTACTS,
        dates::ROWS,
        COUNCIL,
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
            r"(?-u:\b)(?:0?[1-9]|1[0-2])(?: ?[ /.-]? ?| stroke | slash )(?:20)?[2-4][0-9](?-u:\b)",
        ),
        check: check!(checks::cued),
        cues: Cues::EXPIRY,
        vetoes: Cues::PERMIT,
        strict: true,
        reach: CLOSE,
        beside: &[PiiKind::CreditCard],
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
    Rule {
        name: "national insurance number",
        kind: Some(PiiKind::UkNino),
        shape: Shape::Pattern(
            3,
            r"(?-u:\b)[a-z][ .~-]?[a-z](?:[ .~-]{0,3}[0-9oil]){6}[ .~-]{0,3}[a-d](?-u:\b)",
        ),
        check: check!(checks::nino),
        cues: Cues::NINO,
        vetoes: Cues::REFERENCE,
        ..PLAIN
    },
    Rule {
        name: "national insurance number without suffix",
        kind: Some(PiiKind::UkNino),
        shape: Shape::Pattern(6, r"(?-u:\b)[a-z][ .~-]?[a-z](?:[ .~-]?[0-9]){6}(?-u:\b)"),
        check: check!(checks::cued),
        cues: Cues::NINO,
        vetoes: Cues::REFERENCE,
        within: Cues::NINO,
        reach: CLOSE,
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
    Rule {
        name: "driving licence",
        kind: Some(PiiKind::UkDrivingLicence),
        shape: Shape::Pattern(
            6,
            r"(?-u:\b)[a-z](?:[ .~-]?[a-z]){1,4}(?:[ .~-]?9){0,3}[ .~-]?[0-9][ .~-]?[0156](?:[ .~-]?[0-9])[ .~-]?[0-3](?:[ .~-]?[0-9]){2}[ .~-]?[a-z][ .~-]?[a-z9][ .~-]?[0-9](?:[ .~-]?[a-z0-9]){2}(?-u:\b)",
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

/// What is read word by word, and postcodes.
const WORDS: &[Rule] = &[
    Rule {
        name: "postcode",
        kind: Some(PiiKind::UkPostcode),
        shape: Shape::Pattern(2, POSTCODE),
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
        vetoes: Cues::REFERENCE
            .and(Cues::CODE)
            .and(Cues::VEHICLE)
            .and(Cues::BADGE)
            .and(Cues::VERSION),
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

/// How to reach somebody.
const CONTACTS: &[Rule] = &[
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
            r"[a-z0-9._%+'-]{1,64}(?: \. [a-z0-9_-]{1,30})? ?(?:@{1,2}|[\[(]at[\])]) ?(?:[a-z0-9-]{1,63}(?:\.| \. | ?[\[(]dot[\])] ?| dot )){1,4}[a-z]{2,24}(?-u:\b)",
        ),
        check: check!(checks::mail),
        cues: Cues::EMAIL,
        ..PLAIN
    },
    Rule {
        name: "e-mail, spoken",
        kind: Some(PiiKind::Email),
        shape: Shape::Pattern(
            0,
            r"(?-u:\b)(?:[b-hj-z] ){0,8}[a-z0-9~]{1,30}(?:(?:[._+-]| (?:dot|full stop|underscore|dash|hyphen) )[a-z0-9~]{1,30}){0,5}(?: ?[0-9]{1,4})? at [a-z0-9-]{2,40}(?:(?:\.| dot )[a-z]{2,24}){1,3}(?-u:\b)",
        ),
        check: check!(checks::spoken_email),
        cues: Cues::EMAIL,
        ..PLAIN
    },
    Rule {
        name: "internet address",
        kind: Some(PiiKind::IpAddress),
        shape: Shape::Pattern(
            4,
            r"(?-u:\b)[0-9]{1,3}(?:(?:\.| dot )[0-9]{1,3}){3}(?-u:\b)",
        ),
        check: check!(checks::ipv4),
        cues: Cues::IP,
        vetoes: Cues::VERSION,
        reach: (24, 16),
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

/// What councils issue.
const COUNCIL: &[Rule] = &[
    // As it stands on the badge: its own number, then the council's, the holder's sex and the month.
    Rule {
        name: "blue badge in full",
        kind: Some(PiiKind::BlueBadge),
        shape: Shape::Pattern(
            4,
            r"(?-u:\b)[a-z0-9]{6,7}[ -]?[0-9x][ -]?(?:[0-9]{3}[a-z][ -]?[0-9]{4}|[a-z]?[0-9]{1,4}[ -]?x(?:[0-9]{4})?)(?-u:\b)",
        ),
        check: check!(checks::full_badge),
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
    Rule {
        name: "blue badge",
        kind: Some(PiiKind::BlueBadge),
        shape: Shape::Pattern(
            1,
            r"(?-u:\b)[a-z0-9](?:~?[a-z0-9]){4,7}(?:[ -]?[0-9x][ -]?[0-9]{4}[a-z][0-9]{4})?(?-u:\b)",
        ),
        check: check!(checks::badge),
        cues: Cues::BADGE,
        vetoes: Cues::REFERENCE,
        within: Cues::BADGE,
        reach: (56, 28),
        ..PLAIN
    },
];

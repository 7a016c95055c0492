//! Bank accounts, and accounts for council tax, which are told apart by what is said beside them.

use super::super::cues::Cues;
use super::super::rule::{Check, Rule, Shape};
use super::super::{PiiKind, checks};
use super::{CLOSE, FAR, OTHER_NUMBERS, PLAIN, check};

/// What a number far from the word "account" may be instead.
const NOT_ACCOUNT: Cues = Cues::REFERENCE
    .and(Cues::PHONE)
    .and(Cues::NHS)
    .and(Cues::CARD)
    .and(Cues::LICENCE)
    .and(Cues::COUNCIL_TAX)
    .and(Cues::BIRTH)
    .and(Cues::CODE);

pub(super) const ROWS: &[Rule] = &[
    Rule {
        name: "sort code",
        kind: Some(PiiKind::UkSortCode),
        shape: Shape::Digits(6, 6),
        check: check!(checks::sort_code),
        cues: Cues::SORT_CODE,
        vetoes: Cues::REFERENCE,
        beside: &[PiiKind::UkBankAccount],
        ..PLAIN
    },
    Rule {
        name: "sort code beside a bank",
        kind: Some(PiiKind::UkSortCode),
        shape: Shape::Digits(6, 6),
        check: check!(checks::dashed_sort_code),
        cues: Cues::BANK,
        vetoes: Cues::REFERENCE.and(Cues::BIRTH),
        within: Cues::BANK,
        reach: (56, 32),
        ..PLAIN
    },
    // "starling bank, 60 83 71".
    Rule {
        name: "sort code beside a bank's name",
        kind: Some(PiiKind::UkSortCode),
        shape: Shape::Digits(6, 6),
        check: check!(checks::sort_code),
        cues: Cues::BANK_NAME,
        vetoes: Cues::REFERENCE.and(Cues::BIRTH),
        within: Cues::BANK_NAME,
        reach: (12, 8),
        ..PLAIN
    },
    // "the sort code on it is wrong, proper one is 20 47 88".
    Rule {
        name: "sort code, further off",
        kind: Some(PiiKind::UkSortCode),
        shape: Shape::Digits(6, 6),
        check: check!(checks::paired_sort_code),
        cues: Cues::SORT_CODE,
        vetoes: OTHER_NUMBERS.and(Cues::BIRTH),
        within: Cues::SORT_CODE,
        reach: FAR,
        ..PLAIN
    },
    // "my account is 80011223" where council tax was spoken of, and no bank.
    Rule {
        name: "council tax account",
        kind: Some(PiiKind::CouncilTaxRef),
        shape: Shape::Digits(7, 10),
        check: check!(checks::cued_digits),
        cues: Cues::ACCOUNT,
        vetoes: Cues::REFERENCE.and(Cues::PHONE),
        within: Cues::COUNCIL_TAX,
        without: Cues::SORT_CODE.and(Cues::BANK),
        reach: CLOSE,
        ..PLAIN
    },
    // "my account 7001927755": too long for a bank's.
    Rule {
        name: "council tax account, long",
        kind: Some(PiiKind::CouncilTaxRef),
        shape: Shape::Digits(9, 10),
        check: check!(checks::cued_digits),
        cues: Cues::ACCOUNT,
        vetoes: Cues::REFERENCE.and(Cues::PHONE),
        within: Cues::ACCOUNT,
        reach: (6, 0),
        ..PLAIN
    },
    // "her ref is 700418823" where council tax was spoken of.
    Rule {
        name: "council tax reference, called a reference",
        kind: Some(PiiKind::CouncilTaxRef),
        shape: Shape::Digits(8, 10),
        check: check!(checks::cued_digits),
        cues: Cues::TAX_REF,
        vetoes: Cues::CASE.and(Cues::PHONE),
        within: Cues::COUNCIL_TAX,
        reach: (6, 0),
        ..PLAIN
    },
    Rule {
        name: "bank account",
        kind: Some(PiiKind::UkBankAccount),
        shape: Shape::Digits(8, 8),
        check: check!(checks::account),
        cues: Cues::ACCOUNT,
        vetoes: Cues::REFERENCE.and(Cues::COUNCIL_TAX),
        beside: &[PiiKind::UkSortCode],
        ..PLAIN
    },
    // "acct is only 7 numbers so i put a nought in front 06618294".
    Rule {
        name: "bank account, further off",
        kind: Some(PiiKind::UkBankAccount),
        shape: Shape::Digits(8, 8),
        check: check!(checks::whole_account),
        cues: Cues::ACCOUNT,
        vetoes: NOT_ACCOUNT,
        within: Cues::ACCOUNT,
        reach: (FAR.0, 0),
        ..PLAIN
    },
    Rule {
        name: "bank account beside a bank",
        kind: Some(PiiKind::UkBankAccount),
        shape: Shape::Digits(8, 8),
        check: check!(checks::whole_account),
        cues: Cues::BANK,
        vetoes: Cues::REFERENCE.and(Cues::COUNCIL_TAX).and(Cues::BIRTH),
        within: Cues::BANK,
        reach: (28, 12),
        ..PLAIN
    },
];

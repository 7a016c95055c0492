//! The checks of vehicle registrations and driving licences: shapes of letters and digits that
//! everyday words and road numbers come close to.

use super::checks::{at_least_cued, sure_if};
use super::rule::{Candidate, Verdict};

/// Common words of three letters: "m6 and" and "for 5a" are not vehicles.
pub(super) const SHORT_WORDS: &str = "the and for bin bins all our are was has had not any can how who why now new \
    old out off per day one two six ten via see get got ask but you her him his she they too use way \
    yes yet bus car van fly tip tax map end put let did its ive jct bay lot row mph box bed big red may \
    jun jul aug sep oct nov dec jan feb mar apr mon tue wed thu fri sat sun pls plz pay due fee age top";

fn short_word(letters: &str) -> bool {
    SHORT_WORDS
        .split_ascii_whitespace()
        .any(|word| word == letters)
}

/// The current style: two letters, age, three letters. In one piece, or in capitals, it needs no
/// cue; "ls12 our" does.
pub(super) fn vrm(candidate: &Candidate<'_>) -> Verdict {
    let value = candidate.value;
    let age = value
        .get(2..4)
        .and_then(|age| age.parse::<u8>().ok())
        .unwrap_or(0);
    let last = value.get(4..).unwrap_or_default();
    if !matches!(age, 2..=29 | 51..=79) {
        return Verdict::No;
    }
    let one_piece = !candidate.shape.contains([' ', '-']);
    at_least_cued((one_piece || candidate.capitals()) && !short_word(last))
}

/// Prefix, suffix and Northern Irish styles: with a cue, and not where a word or a road is meant.
pub(super) fn old_vrm(candidate: &Candidate<'_>) -> Verdict {
    let letters = candidate.value.split(|c: char| c.is_ascii_digit());
    let spaced = candidate.shape.contains(' ') && !candidate.capitals();
    let word = letters.into_iter().any(short_word);
    if spaced && word {
        Verdict::No
    } else {
        Verdict::NeedsCue
    }
}

/// Northern Ireland: three letters, one of them I or Z, or two letters where one is, and a number.
pub(super) fn northern_irish_vrm(candidate: &Candidate<'_>) -> Verdict {
    let letters = candidate
        .value
        .bytes()
        .filter(u8::is_ascii_alphabetic)
        .count();
    let irish = candidate.value.contains(['i', 'z']) && (letters == 3 || candidate.capitals());
    if irish {
        old_vrm(candidate)
    } else {
        Verdict::No
    }
}

/// Surname, decade, month (50 more for women), day, year, initials, number, check letters.
pub(super) fn driving_licence(candidate: &Candidate<'_>) -> Verdict {
    let number = |from: usize, to: usize| {
        candidate
            .value
            .get(from..to)
            .and_then(|part| part.parse::<u8>().ok())
            .unwrap_or(99)
    };
    let month = number(6, 8) % 50;
    sure_if((1..=12).contains(&month) && number(6, 8) <= 62 && (1..=31).contains(&number(8, 10)))
}

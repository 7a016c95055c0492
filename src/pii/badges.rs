//! Blue Badge numbers: in full, as on the card, and the six letters and digits that they begin with.

use super::checks::at_least_cued;
use super::rule::{Candidate, Verdict};

/// With the month at its end, or with the month and the holder's sex, it can be nothing else.
pub(super) fn full_badge(candidate: &Candidate<'_>) -> Verdict {
    let value = candidate.value;
    let month = value.bytes().rev().take(4).all(|b| b.is_ascii_digit());
    let sex = matches!(value.as_bytes(), [.., b'a'..=b'z', _, _, _, _, b'x', _]);
    let lettered = matches!(
        value.as_bytes(),
        [.., b'a'..=b'z', b'0'..=b'9', _, _, b'0'..=b'9', b'a'..=b'z']
    );
    let shown = lettered && value.len() >= 13 && candidate.capitals();
    at_least_cued(month && value.len() >= 12 || sex && value.len() >= 14 || shown)
}

/// Six letters and digits; of another length only in capitals or with most of it digits.
pub(super) fn badge(candidate: &Candidate<'_>) -> Verdict {
    let value = candidate.value;
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let ordinal = value.ends_with("th");
    let likely = value.len() == 6 || digits >= 4 || digits > 1 && candidate.capitals();
    // "QPFTTD": no word.
    let vowels = value.chars().filter(|c| "aeiou".contains(*c)).count();
    let letters = value.len() == 6 && vowels < 2 && candidate.capitals();
    if digits > 0 && !ordinal && likely || digits == 0 && letters {
        Verdict::NeedsCue
    } else {
        Verdict::No
    }
}

/// Six letters and digits in capitals, two of each at least.
pub(super) fn shown_badge(candidate: &Candidate<'_>) -> Verdict {
    let value = candidate.value;
    let letters = value.bytes().filter(u8::is_ascii_alphabetic).count();
    if value.len() == 6 && (2..=4).contains(&letters) && candidate.capitals() {
        Verdict::NeedsCue
    } else {
        Verdict::No
    }
}

/// The same in groups, each with a digit; in pairs in any case: "k3 9w 2d".
pub(super) fn badge_in_groups(candidate: &Candidate<'_>) -> Verdict {
    let mut groups = candidate.shape.split([' ', '-']);
    if !groups.all(|group| group.bytes().any(|byte| byte.is_ascii_digit())) {
        return Verdict::No;
    }
    let letters = candidate.value.bytes().filter(u8::is_ascii_alphabetic);
    if candidate.shape.len() == 8 && letters.count() == 3 {
        return Verdict::NeedsCue;
    }
    shown_badge(candidate)
}

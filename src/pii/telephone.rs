//! The checks of telephone numbers: whose a number is, by the National Telephone Numbering Plan (Ofcom),
//! and what other countries' look like.

use super::checks::{at_least_cued, glued, sure_if};
use super::rule::{Candidate, Verdict};

/// The national number of a British telephone number, without its 0: nine or ten digits.
pub(super) fn national(digits: &str) -> Option<&str> {
    let whole = |number: &&str| matches!(number.len(), 9 | 10);
    let rest = digits
        .strip_prefix("0044")
        .or_else(|| digits.strip_prefix("44"));
    rest.map(|rest| rest.strip_prefix('0').unwrap_or(rest))
        .filter(whole)
        .or_else(|| digits.strip_prefix('0').filter(whole))
}

/// 07 and nine digits more, with or without the country's code.
pub(super) fn mobile(candidate: &Candidate<'_>) -> Verdict {
    let digits = candidate.value;
    let mobile = national(digits).is_some_and(|number| number.starts_with('7'))
        || digits.starts_with("07")
        || digits.starts_with('7') && digits.len() == 10;
    // "oh seven, thirty one, sixty two, and then one nine four four oh ..." are a sort code and an account.
    let part = candidate.part && candidate.loose;
    let two = || candidate.shape.contains(" and ") && !candidate.shape.contains("then");
    if mobile && !part && !(candidate.loose && two()) {
        phone(candidate)
    } else {
        Verdict::No
    }
}

/// Every other number of the country's, and those of others with a plus.
pub(super) fn landline(candidate: &Candidate<'_>) -> Verdict {
    match mobile(candidate) {
        // "bus pass number double six ... oh one two ...".
        Verdict::No if !in_two_goes(candidate) && !candidate.part => phone(candidate),
        Verdict::No => Verdict::No,
        Verdict::NeedsCue | Verdict::Sure | Verdict::Certain => Verdict::No,
    }
}

/// The same, with a "then" in it.
pub(super) fn landline_in_two_goes(candidate: &Candidate<'_>) -> Verdict {
    match mobile(candidate) {
        Verdict::No if in_two_goes(candidate) => phone(candidate),
        Verdict::No | Verdict::NeedsCue | Verdict::Sure | Verdict::Certain => Verdict::No,
    }
}

/// "oh one six one and then four nine six ...".
fn in_two_goes(candidate: &Candidate<'_>) -> bool {
    candidate.loose && (candidate.shape.contains("then") || candidate.shape.contains(" and "))
}

/// Groups of digits as they are written elsewhere; in brackets or after 001 they need no cue. Times
/// of day ("0900-1700") and dates are none.
pub(super) fn foreign_phone(candidate: &Candidate<'_>) -> Verdict {
    let digits = candidate.value.split('x').next().unwrap_or_default();
    let groups = candidate
        .shape
        .split(|c: char| !c.is_ascii_digit())
        .filter(|group| !group.is_empty());
    let (mut count, mut longest, mut times) = (0, 0, true);
    for group in groups {
        count += 1;
        longest = longest.max(group.len());
        times &= matches!(group.len(), 3 | 4) && matches!(group.parse(), Ok(0..=2400));
    }
    if !(7..=15).contains(&digits.len()) || longest < 3 && digits.len() < 8 || count == 2 && times {
        return Verdict::No;
    }
    // "0808 196 4420 forty minutes": a public line. "04-00-44 12003400": a sort code and an account.
    let public = matches!(
        candidate.shape.as_bytes(),
        [b'(', b'0', b'3' | b'8' | b'9', ..] | [b'0', b'3' | b'8' | b'9', ..]
    );
    if public || candidate.around.0 == b'-' {
        return Verdict::No;
    }
    let area = matches!(candidate.shape.as_bytes(), [b'(', _, _, _, b')', ..]);
    let abroad = candidate.shape.starts_with('+') && !digits.starts_with("44");
    let american = digits.starts_with("001") && digits.len() == 13;
    at_least_cued((area && digits.len() == 10 || american || abroad) && count >= 3)
}

/// By the National Telephone Numbering Plan (Ofcom): 01 and 02 geographic, 05 and 07 personal.
fn phone(candidate: &Candidate<'_>) -> Verdict {
    let digits = candidate.value;
    // "04-00-44 12003400, 04-00-45 ...": sort codes and accounts.
    if candidate.around.0 == b'-' && (candidate.loose || digits.starts_with("00")) {
        return Verdict::No;
    }
    if candidate.source.starts_with('+') && !digits.starts_with("44") {
        return sure_if(digits.len() >= 9 && !candidate.loose);
    }
    let Some(number) = national(digits) else {
        let public = matches!(digits.as_bytes(), [b'0', b'3' | b'8' | b'9', ..]);
        let cut_short = digits.starts_with('0') && digits.len() >= 9 && !public;
        let no_zero = digits.starts_with('7') && digits.len() == 10;
        return if cut_short || no_zero {
            Verdict::NeedsCue
        } else {
            Verdict::No
        };
    };
    let full = match number.as_bytes() {
        [b'1', b'1'..=b'9', ..] => {
            number.len() == 10 || !candidate.loose && candidate.shape.len() <= 11
        }
        [b'2', b'0' | b'3' | b'4' | b'8' | b'9', ..] | [b'7', ..] | [b'5', b'5' | b'6', ..] => {
            number.len() == 10
        }
        _ => return Verdict::No,
    };
    // "the reference is 4417 0936 2281".
    let in_fours = matches!(candidate.shape.as_bytes(), [b'4', b'4', _, _, b' ', ..]);
    at_least_cued(full && !glued(candidate) && !in_fours)
}

/// Non-geographic and freephone lines (03, 08, 09) and the helplines that begin with 116: they
/// belong to organisations.
pub(super) fn public_line(candidate: &Candidate<'_>) -> Verdict {
    let line = national(candidate.value).is_some_and(|number| number.starts_with(['3', '8', '9']));
    // "116 123", but not "11 62 09".
    let helpline = candidate.value.len() == 6 && candidate.shape.starts_with("116");
    // 0800 1111 is Childline, 0800 111 999 the gas emergency line.
    let short = candidate.value.starts_with("0800") && matches!(candidate.value.len(), 8 | 10);
    // "oh nine oh one two seven and then four four one ..." is no line.
    sure_if((line || helpline || short) && !in_two_goes(candidate))
}

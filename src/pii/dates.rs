//! Checks of dates, for the rule table: which may be a birth, by their form and by how far back they lie.
//!
//! What is said beside a date is the pass's business.

use super::checks::at_least_cued;
use super::rule::{Candidate, Verdict};
use super::words::is_month;

/// A date in digits: day first, or year first.
pub(super) fn date(candidate: &Candidate<'_>) -> Verdict {
    let parts: Vec<u32> = candidate
        .shape
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .filter_map(|part| part.parse().ok())
        .collect();
    let (year, real) = match parts.as_slice() {
        // "12/30/1990", as it is written in other countries.
        [1..=12, 13..=31, 1880..=2100] => return Verdict::NeedsCue,
        [year @ 1880..=2100, month, day]
        | [day, month, year @ 1880..=2100]
        | [day, month, year @ 0..=99] => {
            let real = (1..=12).contains(month) && (1..=31).contains(day);
            (*year, real)
        }
        _ => return Verdict::No,
    };
    if !real {
        return Verdict::No;
    }
    // "12-04-56" may be a sort code, but hardly where it is all there is.
    let plain = year > 99 || candidate.shape.contains(['/', '.']) || candidate.alone;
    let part = matches!(candidate.around.0, b'.' | b'/' | b'-') || candidate.around.1 == b'/';
    at_least_cued(plain && !part && long_past(year, candidate.alone))
}

/// Days that lie so far back are hardly ever spoken of but as somebody's birth; and where nothing else is said,
/// not so far. Two figures are of the last century where they are of no year to come.
fn long_past(year: u32, alone: bool) -> bool {
    const NO_OTHER_DAY: u32 = 2009;
    const NO_APPOINTMENT: u32 = 2022;
    let upto = if alone { NO_APPOINTMENT } else { NO_OTHER_DAY };
    matches!(year, 31..=99) || (1900..=upto).contains(&year)
}

/// A date with the month in letters, and a year so far back that it is a birth date.
pub(super) fn worded_date_of_birth(candidate: &Candidate<'_>) -> Verdict {
    let shape = candidate.shape;
    let last = shape.rsplit(|c: char| !c.is_ascii_digit()).next();
    let year = last.and_then(|last| last.parse().ok()).unwrap_or(0);
    // "the 3rd of the 3rd 33", not "12 may 50 people".
    let ordinal = ["st ", "nd ", "rd ", "th "]
        .iter()
        .any(|end| shape.contains(end));
    let said = year > 99 || ordinal || shape.contains(" of ");
    match worded_date(candidate) {
        Verdict::NeedsCue => at_least_cued(said && long_past(year, candidate.alone)),
        verdict @ (Verdict::No | Verdict::Sure | Verdict::Certain) => verdict,
    }
}

/// A date with the month in letters, "the 3rd of the 4th", or a feast.
pub(super) fn worded_date(candidate: &Candidate<'_>) -> Verdict {
    const FEASTS: [&str; 5] = ["boxing", "christmas", "new year", "valentines", "halloween"];
    let shape = candidate.shape;
    let month = shape
        .split(|c: char| !c.is_ascii_alphabetic())
        .any(is_month)
        || shape.contains(" of the ")
        || FEASTS.iter().any(|feast| shape.starts_with(feast));
    if month {
        Verdict::NeedsCue
    } else {
        Verdict::No
    }
}

/// A date in six or eight digits without anything between: ddmmyy, ddmmyyyy, yyyymmdd; where it was said, without
/// noughts too: "four eleven seventy one".
pub(super) fn solid_date(candidate: &Candidate<'_>) -> Verdict {
    let number = |from: usize, to: usize| {
        candidate
            .value
            .get(from..to)
            .and_then(|part| part.parse::<u32>().ok())
            .unwrap_or(0)
    };
    let year = |year: u32| (1880..=2100).contains(&year);
    let date = |day: u32, month: u32| (1..=31).contains(&day) && (1..=12).contains(&month);
    let said = !candidate.source.bytes().any(|byte| byte.is_ascii_digit());
    if matches!(candidate.value.len(), 5 | 7) {
        let last = candidate.value.len() == 5 || year(number(3, 7));
        let real = date(number(0, 1), number(1, 3)) || date(number(0, 2), number(2, 3));
        return if said && last && real {
            Verdict::NeedsCue
        } else {
            Verdict::No
        };
    }
    let short = candidate.value.len() == 6;
    // "19640307" too.
    let real = (short || year(number(4, 8))) && date(number(0, 2), number(2, 4))
        || candidate.value.len() == 8 && year(number(0, 4)) && date(number(6, 8), number(4, 6));
    if real && !candidate.loose {
        Verdict::NeedsCue
    } else {
        Verdict::No
    }
}

//! Numbers as they are typed and said: "1,200", "a hundred and five", "double seven", "the third",
//! "un deg dau", and years ("nineteen eighty three", "two thousand and one").

use super::words::Words;
use crate::pii::Word;

/// A number, and the word after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) value: i64,
    pub(super) end: usize,
}

/// Small numbers in Welsh.
pub(super) const WELSH: &[(u32, &[&str])] = &[
    (1, &["un"]),
    (2, &["dau", "dwy"]),
    (3, &["tri", "tair"]),
    (4, &["pedwar", "pedair"]),
    (5, &["pump"]),
    (6, &["chwech"]),
    (7, &["saith"]),
    (8, &["wyth"]),
    (9, &["naw"]),
    (10, &["deg"]),
];
pub(super) const WELSH_ORDINALS: &[(u32, &[&str])] = &[
    (1, &["cyntaf", "gyntaf"]),
    (2, &["ail"]),
    (3, &["trydydd", "trydedd"]),
];

fn listed(list: &[(u32, &[&str])], word: &str) -> Option<u32> {
    let (value, _) = list.iter().find(|(_, said)| said.contains(&word))?;
    Some(*value)
}

/// A spoken digit, nought as "oh" too.
pub(super) fn digit(w: &Words<'_>, at: usize) -> Option<u32> {
    if let Word::Digit(value) | Word::Typed(value) = w.kind(at) {
        return Some(value.into());
    }
    if is_oh(w, at) || w.is(at, &["zero", "nought", "nil"]) {
        return Some(0);
    }
    listed(WELSH, w.get(at)).filter(|value| *value < 10)
}

/// Nought as it is said in numbers.
fn is_oh(w: &Words<'_>, at: usize) -> bool {
    matches!(w.kind(at), Word::Oh | Word::Letter(b'o'))
}

/// A number below a hundred in words, or one in figures below ten thousand.
pub(super) fn small(w: &Words<'_>, at: usize) -> Option<Count> {
    let count = |value: u32, end| {
        Some(Count {
            value: value.into(),
            end,
        })
    };
    if let Word::Tens(tens) = w.kind(at) {
        if let Word::Digit(units @ 1..) = w.kind(at + 1)
            && w.follows(at + 1)
            && !w.gap(at + 1).contains(',')
        {
            return count(u32::from(tens) + u32::from(units), at + 2);
        }
        return count(tens.into(), at + 1);
    }
    if let Word::Digit(value) | Word::Teen(value) | Word::Typed(value) = w.kind(at) {
        return count(value.into(), at + 1);
    }
    if w.kind(at) == Word::Digits {
        return match w.figures(at) {
            Some((value, "")) if w.get(at).len() <= 4 => count(value, at + 1),
            Some(_) | None => None,
        };
    }
    welsh(w, at)
}

/// "tri", "un deg dau", "dau ddeg".
fn welsh(w: &Words<'_>, at: usize) -> Option<Count> {
    let first = listed(WELSH, w.get(at))?;
    let is_ten = w.is(at + 1, &["deg", "ddeg"]);
    let (value, end) = match listed(WELSH, w.get(at + 2)) {
        Some(units) if is_ten && units < 10 => (first * 10 + units, at + 3),
        _ if is_ten => (first * 10, at + 2),
        _ => (first, at + 1),
    };
    Some(Count {
        value: value.into(),
        end,
    })
}

/// A whole number: "12", "1,200", "a hundred and five", "two thousand and nineteen", "a dozen".
pub(super) fn cardinal(w: &Words<'_>, at: usize) -> Option<Count> {
    if let Some(grouped) = grouped(w, at) {
        return Some(grouped);
    }
    let article = w.is(at, &["a", "an", "the"]);
    if w.is(at, &["half"]) && w.are(at + 1, &["a", "dozen"]) {
        return Some(Count {
            value: 6,
            end: at + 3,
        });
    }
    let collective = usize::from(article) + at;
    let named = match w.get(collective) {
        "dozen" => Some(12),
        "couple" => Some(2),
        _ => None,
    };
    if let Some(value) = named {
        let of = usize::from(w.is(collective + 1, &["of"]));
        return Some(Count {
            value,
            end: collective + 1 + of,
        });
    }
    let scaled = |at| matches!(w.kind(at), Word::Hundred | Word::Thousand);
    let (mut value, mut end) = if (article || scaled(at)) && scaled(collective) {
        (1, collective)
    } else {
        let first = small(w, at)?;
        (first.value, first.end)
    };
    if w.kind(end) == Word::Hundred && w.follows(end) {
        (value, end) = (value.checked_mul(100)?, end + 1);
        (value, end) = and(w, value, end, 100);
    }
    if w.kind(end) == Word::Thousand && w.follows(end) {
        (value, end) = (value.checked_mul(1000)?, end + 1);
        if let Some(rest) = small(w, end).filter(|rest| w.kind(rest.end) == Word::Hundred) {
            (value, end) = (value + rest.value * 100, rest.end + 1);
        }
        (value, end) = and(w, value, end, 100);
    }
    // "@hundred" and "a/hundred": a scale that does not follow on is no number.
    (end > collective).then_some(Count { value, end })
}

/// What follows a hundred or a thousand: "and five", "twenty".
fn and(w: &Words<'_>, value: i64, end: usize, below: i64) -> (i64, usize) {
    let next = end + usize::from(w.is(end, &["and"]));
    match small(w, next) {
        Some(more) if w.follows(next) && more.value < below && more.value > 0 => {
            (value + more.value, more.end)
        }
        Some(_) | None => (value, end),
    }
}

/// "1,200" and "1,200,000", and a number of figures of any length.
fn grouped(w: &Words<'_>, at: usize) -> Option<Count> {
    let is_figures = |at: usize| {
        let word = w.get(at);
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !is_figures(at) || w.get(at).len() > 15 {
        return None;
    }
    let mut value: i64 = w.get(at).parse().ok()?;
    let mut end = at + 1;
    while w.get(at).len() <= 3 && is_figures(end) && w.get(end).len() == 3 && w.gap(end) == "," {
        value = value
            .checked_mul(1000)?
            .checked_add(w.get(end).parse().ok()?)?;
        end += 1;
    }
    // "2 hundred" is said with a scale.
    let scaled = matches!(w.kind(end), Word::Hundred | Word::Thousand);
    (!scaled).then_some(Count { value, end })
}

/// Digits one by one, at least two: "double seven", "oh four", "one two three".
pub(super) fn digits(w: &Words<'_>, at: usize) -> Option<(String, usize)> {
    let mut said = String::new();
    let mut end = at;
    while end < w.len() && (end == at || w.follows(end)) {
        if let Word::Repeat(times) = w.kind(end)
            && let Some(value) = digit(w, end + 1)
        {
            said.push_str(&value.to_string().repeat(times.into()));
            end += 2;
        } else if let Some(value) = digit(w, end) {
            said.push_str(&value.to_string());
            end += 1;
        } else {
            break;
        }
    }
    (said.len() >= 2 && said.len() <= 15).then_some((said, end))
}

/// An ordinal: "third", "twenty first", "3rd", "trydydd".
pub(super) fn ordinal(w: &Words<'_>, at: usize) -> Option<Count> {
    let count = |value: u32, end| {
        Some(Count {
            value: value.into(),
            end,
        })
    };
    if let Some((value, rest)) = w.figures(at) {
        let suffixes = [
            "st", "nd", "rd", "th", "af", "ail", "ydd", "ed", "fed", "eg", "ain",
        ];
        return suffixes.contains(&rest).then_some(Count {
            value: value.into(),
            end: at + 1,
        });
    }
    if let Word::Ordinal(value) = w.kind(at) {
        return count(value.into(), at + 1);
    }
    if let Word::Tens(tens) = w.kind(at)
        && let Word::Ordinal(units @ 1..10) = w.kind(at + 1)
        && w.follows(at + 1)
    {
        return count(u32::from(tens) + u32::from(units), at + 2);
    }
    count(listed(WELSH_ORDINALS, w.get(at))?, at + 1)
}

/// A year: "1983", "nineteen eighty three", "nineteen oh five", "two thousand and one", "twenty
/// twenty"; with `short`, "83", "'83" and "eighty three" as well, nearest to `this_year` but not
/// more than ten years after it.
pub(super) fn year(w: &Words<'_>, at: usize, short: bool, this_year: i16) -> Option<(i16, usize)> {
    let full = |value: i64| {
        i16::try_from(value)
            .ok()
            .filter(|year| (1850..=2100).contains(year))
    };
    if w.kind(at) == Word::Digits {
        let value: i64 = w.get(at).parse().ok()?;
        return match w.get(at).len() {
            4 => full(value).map(|year| (year, at + 1)),
            2 if short => in_century(value, this_year).map(|year| (year, at + 1)),
            _ => None,
        };
    }
    let century = if let Word::Teen(value @ (18 | 19)) | Word::Tens(value @ 20) = w.kind(at) {
        Some(i64::from(value))
    } else {
        None
    };
    if let Some(century) = century {
        let rest = if is_oh(w, at + 1) {
            digit(w, at + 2).map(|units| (i64::from(units), at + 3))
        } else if matches!(w.kind(at + 1), Word::Tens(_) | Word::Teen(_)) {
            small(w, at + 1).map(|rest| (rest.value, rest.end))
        } else {
            (w.kind(at + 1) == Word::Hundred).then_some((0, at + 2))
        };
        if let Some((rest, end)) = rest {
            return full(century * 100 + rest).map(|year| (year, end));
        }
    }
    if w.kind(at + 1) == Word::Thousand {
        return cardinal(w, at).and_then(|said| Some((full(said.value)?, said.end)));
    }
    if !short {
        return None;
    }
    let zero = matches!(w.kind(at), Word::Oh | Word::Letter(b'o') | Word::Digit(0));
    if zero && let Some(units) = digit(w, at + 1) {
        return in_century(units.into(), this_year).map(|year| (year, at + 2));
    }
    let said = small(w, at).filter(|said| said.value >= 10 && said.value < 100)?;
    in_century(said.value, this_year).map(|year| (year, said.end))
}

/// Two figures as a year: from ten years ahead back to ninety years ago.
pub(super) fn in_century(value: i64, this_year: i16) -> Option<i16> {
    let century = i64::from(this_year) / 100 * 100;
    let ahead = i64::from(this_year) + 10;
    let year = if century + value > ahead {
        century - 100 + value
    } else {
        century + value
    };
    i16::try_from(year).ok()
}

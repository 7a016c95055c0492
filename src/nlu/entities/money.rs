//! Sums of money in pounds and pence: "£12.50", "fifty quid", "twelve pound fifty", "50p", "a tenner".

use super::Context;
use super::numbers::{cardinal, small};
use super::words::Words;
use std::fmt;

/// A sum in pence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Money {
    /// Pence.
    pub pence: i64,
}

impl fmt::Display for Money {
    /// Pounds and pence: `12.50`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.pence / 100, self.pence % 100)
    }
}

pub(super) const POUNDS: &[&str] = &[
    "pound", "pounds", "quid", "squid", "sterling", "bunt", "punt", "bunnoedd",
];
const PENCE: &[&str] = &["p", "pence", "penny", "pennies", "ceiniog"];

/// The sum that is said from the word `at` on, and the word after it.
pub(super) fn read(w: &Words<'_>, at: usize, context: &Context<'_>) -> Option<(usize, Money)> {
    let (end, pence) = signed(w, at)
        .or_else(|| notes(w, at))
        .or_else(|| pounds(w, at))
        .or_else(|| pence(w, at))
        .or_else(|| context.is_asked.then(|| bare(w, at))?)?;
    Some((end, Money { pence }))
}

/// "£12", "£12.50", "£1,200", "£2k".
fn signed(w: &Words<'_>, at: usize) -> Option<(usize, i64)> {
    if !w.gap(at).trim_end().ends_with('£') {
        return None;
    }
    if let Some((thousands, "k")) = w.figures(at) {
        return Some((at + 1, i64::from(thousands).checked_mul(100_000)?));
    }
    let whole = cardinal(w, at)?;
    let pounds = whole.value.checked_mul(100)?;
    Some(match points(w, whole.end) {
        Some(pence) => (whole.end + 1, pounds.checked_add(pence)?),
        None => (whole.end, pounds),
    })
}

/// ".50" after the pounds.
fn points(w: &Words<'_>, at: usize) -> Option<i64> {
    let (pence, rest) = w.figures(at)?;
    (w.gap(at) == "." && w.get(at).len() == 2 && rest.is_empty()).then_some(pence.into())
}

/// "a tenner", "two grand".
fn notes(w: &Words<'_>, at: usize) -> Option<(usize, i64)> {
    let (count, end) = match w.is(at, &["a", "the", "one"]) {
        true => (1, at + 1),
        false => cardinal(w, at).map_or((1, at), |said| (said.value, said.end)),
    };
    let pounds = match w.get(end) {
        "fiver" | "fivers" => 5,
        "tenner" | "tenners" => 10,
        "grand" if end > at => 1_000,
        _ => return None,
    };
    Some((end + 1, count.checked_mul(pounds)?.checked_mul(100)?))
}

/// "fifty quid", "twelve pound fifty", "5 pounds and 5p", "a pound".
fn pounds(w: &Words<'_>, at: usize) -> Option<(usize, i64)> {
    let (count, unit) = match cardinal(w, at) {
        Some(said) => (said.value, said.end),
        None if w.is(at, &["a"]) => (1, at + 1),
        None => return None,
    };
    let (cents, unit) = match points(w, unit) {
        Some(pence) => (pence, unit + 1),
        None => (0, unit),
    };
    if !w.is(unit, POUNDS) {
        return None;
    }
    let total = count.checked_mul(100)?.checked_add(cents)?;
    let end = unit + 1;
    let and = usize::from(w.is(end, &["and"]));
    if let Some((after, more)) = pence(w, end + and) {
        return Some((after, total.checked_add(more)?));
    }
    let more = small(w, end).filter(|more| {
        let counts = w.follows(more.end)
            && !w.is(
                more.end,
                &["a", "for", "in", "on", "at", "and", "to", "per", "each"],
            );
        cents == 0 && and == 0 && w.follows(end) && (1..100).contains(&more.value) && !counts
    });
    Some(match more {
        Some(more) => (more.end, total.checked_add(more.value)?),
        None => (end, total),
    })
}

/// "50p", "fifty pence".
fn pence(w: &Words<'_>, at: usize) -> Option<(usize, i64)> {
    if let Some((pence, "p")) = w.figures(at) {
        return Some((at + 1, pence.into()));
    }
    let said = cardinal(w, at)?;
    (w.is(said.end, PENCE) && w.follows(said.end)).then_some((said.end + 1, said.value))
}

/// A number alone, where a sum was asked for: "12.50", "twelve fifty", "forty".
fn bare(w: &Words<'_>, at: usize) -> Option<(usize, i64)> {
    let whole = cardinal(w, at)?;
    let pounds = whole.value.checked_mul(100)?;
    if let Some(pence) = points(w, whole.end) {
        return Some((whole.end + 1, pounds.checked_add(pence)?));
    }
    let more =
        small(w, whole.end).filter(|more| w.follows(whole.end) && (10..100).contains(&more.value));
    Some(match more {
        Some(more) => (more.end, pounds.checked_add(more.value)?),
        None => (whole.end, pounds),
    })
}

//! Which of several a short answer means: by its words, its number or its place.
//!
//! For choices that were offered just now. What any message says of the lists in the content is
//! [`super::lists`]'s.

use super::numbers::{cardinal, ordinal};
use super::words::{Words, words};
use crate::pii::Word;

/// The one whole number in `text`, in figures or words; none where there are two.
pub(super) fn number(text: &str) -> Option<i64> {
    let w = Words::of(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < w.len() {
        let said = super::numbers::digits(&w, at)
            .filter(|_| is_digit_by_digit(&w, at))
            .and_then(|(said, end)| Some((said.parse().ok()?, end)))
            .or_else(|| ordinal(&w, at).map(|said| (said.value, said.end)))
            .or_else(|| cardinal(&w, at).map(|said| (said.value, said.end)))
            .or_else(|| {
                w.is(at, &["none", "zero", "nought", "dim"])
                    .then_some((0, at + 1))
            });
        match said {
            Some((value, end)) => {
                found.push(value);
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    // "the second one": an ordinal and a filler.
    if let [value, 1] = found.as_slice()
        && w.is(w.len().saturating_sub(1), &["one"])
        && w.len() > 1
    {
        return Some(*value);
    }
    match found.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

/// The text with numbers that were said in words in figures: "fourteen not forty" is "14 not 40". None
/// where there are none.
pub(crate) fn in_figures(text: &str) -> Option<String> {
    let w = Words::of(text);
    let mut figures = String::with_capacity(text.len());
    let (mut at, mut changed) = (0, false);
    while at < w.len() {
        if !figures.is_empty() {
            figures.push(' ');
        }
        match cardinal(&w, at).filter(|_| w.figures(at).is_none()) {
            Some(said) => {
                figures.push_str(&said.value.to_string());
                at = said.end.max(at + 1);
                changed = true;
            }
            None => {
                figures.push_str(w.written(at..at + 1));
                at += 1;
            }
        }
    }
    changed.then_some(figures)
}

/// "double seven" and "oh four", but not "two three", which is two numbers.
pub(super) fn is_digit_by_digit(w: &Words<'_>, at: usize) -> bool {
    matches!(w.kind(at), Word::Repeat(_) | Word::Oh | Word::Letter(b'o'))
}

/// Words that say nothing about which one is meant.
const FILLERS: &[&str] = &[
    "the", "a", "an", "one", "please", "option", "number", "its", "it", "is", "i", "want", "my",
    "to", "for", "y", "yr", "un", "os", "gwelwch", "yn", "dda", "that", "this",
];

/// Each of several choices in the ways in which it is said, as words.
#[derive(Debug)]
pub(crate) struct Ways(Vec<Vec<Vec<String>>>);

impl Ways {
    pub(crate) fn of<'a, C>(choices: impl IntoIterator<Item = C>) -> Self
    where
        C: IntoIterator<Item = &'a str>,
    {
        let choices = choices.into_iter();
        Self(
            choices
                .map(|ways| ways.into_iter().map(words).collect())
                .collect(),
        )
    }

    /// The place of the one that `answer` means: by its words, by its number or place, or none where several or none
    /// fit.
    pub(crate) fn pick(&self, answer: &str) -> Option<usize> {
        let ways = &self.0;
        let said = words(answer);
        let whole = only(ways, |way| *way == said);
        // The longest way that stands in the answer wins: "garden bin" before "bin".
        let longest = || {
            let length = |ways: &Vec<Vec<String>>| {
                ways.iter()
                    .filter(|way| {
                        !way.is_empty() && said.windows(way.len()).any(|part| part == *way)
                    })
                    .map(Vec::len)
                    .max()
                    .unwrap_or(0)
            };
            let best = ways.iter().map(length).max().filter(|best| *best > 0)?;
            let mut fitting = (0..ways.len()).filter(|i| ways.get(*i).map(length) == Some(best));
            let first = fitting.next();
            if fitting.next().is_some() {
                None
            } else {
                first
            }
        };
        let telling: Vec<&String> = said
            .iter()
            .filter(|word| !FILLERS.contains(&word.as_str()))
            .collect();
        let within = || {
            if telling.is_empty() {
                return None;
            }
            only(ways, |way| telling.iter().all(|word| way.contains(word)))
        };
        let by_place = || {
            if telling.iter().any(|word| number(word).is_none()) {
                return None;
            }
            let place = usize::try_from(number(answer)?).ok()?.checked_sub(1)?;
            (place < ways.len()).then_some(place)
        };
        whole.or_else(longest).or_else(within).or_else(by_place)
    }
}

/// The only one of which some way fits.
fn only(ways: &[Vec<Vec<String>>], fits: impl Fn(&Vec<String>) -> bool) -> Option<usize> {
    let mut fitting = ways
        .iter()
        .enumerate()
        .filter(|(_, ways)| ways.iter().any(|way| !way.is_empty() && fits(way)));
    let (first, _) = fitting.next()?;
    fitting.next().is_none().then_some(first)
}

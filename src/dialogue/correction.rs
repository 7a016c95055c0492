//! Reading "no, I meant 14 not 40": which slot it corrects, and its new value.
//!
//! It works on the words and on what was collected; it does not ask.

use super::form::Form;
use crate::nlu::entities::{in_figures, words};

/// Words that begin a correction and belong to no value.
const LEADING: &[&str] = &[
    "no", "sorry", "actually", "wait", "oops", "i", "meant", "mean", "it", "its", "is", "should",
    "be", "was", "that", "thats", "wrong", "to", "change", "make", "na", "sori", "mae", "yn",
    "golygu", "oeddwn",
];
/// First words that say that something is wrong.
const DENYING: &[&str] = &[
    "no", "nope", "sorry", "actually", "wait", "na", "nage", "sori",
];
/// First words that ask for another value.
const CHANGING: &[&str] = &["make", "change"];
/// The most words of a new value that is said alone.
const ALONE_WORDS_MAX: usize = 4;
/// Between what is right and what is wrong.
const NOT: &[&str] = &["not", "nid", "ddim"];
/// Between what is wrong and what is right: "not 40 but 14".
const BUT: &[&str] = &["but", "its", "it", "ond"];

/// The slot and its value as corrected by `text`, where the words say both; `read` reads a value
/// for a slot, or gives none.
///
/// With an old and a new value, the latest answer that holds the old one is changed. With a new one
/// alone, the latest answer is, if it can be read as its type and differs.
pub(super) fn read(
    text: &str,
    form: &Form,
    read: impl Fn(&str, &str) -> Option<String>,
) -> Option<(String, String)> {
    // "fourteen, not forty" where "40 Acacia Avenue" was noted.
    corrected(text, form, &read).or_else(|| corrected(&in_figures(text)?, form, &read))
}

fn corrected(
    text: &str,
    form: &Form,
    read: &impl Fn(&str, &str) -> Option<String>,
) -> Option<(String, String)> {
    let (new, old) = parts(text);
    if new.is_empty() {
        return None;
    }
    let filled = || {
        form.values
            .iter()
            .rev()
            .filter_map(|(name, value)| Some((name, value.as_ref()?.text.as_str())))
    };
    if old.is_empty() {
        let (name, present) = filled().next()?;
        let value = read(name, &joined(&new))?;
        return (value != present).then(|| (name.to_string(), value));
    }
    filled().find_map(|(name, present)| {
        let changed = replaced(present, &old, &new).and_then(|text| read(name, &text));
        // A choice, a date or a number is recorded in its normal form, not in the words said.
        let again = || {
            let was = read(name, &joined(&old))?;
            (was == present).then(|| read(name, &joined(&new)))?
        };
        let value = changed.or_else(again)?;
        Some((name.to_string(), value))
    })
}

/// The slot and its value where the words begin as a correction does, and what is left of them can be
/// the value of one slot and of no other: "no, the brown one", "make it brown". `read` reads a value
/// for a slot, given what it holds.
pub(super) fn alone(
    text: &str,
    form: &Form,
    read: impl Fn(&str, &str, &str) -> Option<String>,
) -> Option<(String, String)> {
    let first = words(text).into_iter().next()?;
    let (new, old) = parts(text);
    let begins = DENYING.iter().chain(CHANGING).any(|word| **word == *first);
    if !begins || new.is_empty() || !old.is_empty() || new.len() > ALONE_WORDS_MAX {
        return None;
    }
    let new = joined(&new);
    let mut fitting = form.values.iter().filter_map(|(name, value)| {
        let present = value.as_ref()?.text.as_str();
        let value = read(name, present, &new)?;
        (value != present).then(|| (name.to_string(), value))
    });
    let only = fitting.next()?;
    fitting.next().is_none().then_some(only)
}

/// An address with another house number, where it has one.
pub(super) fn renumbered(address: &str, house: &str) -> Option<String> {
    let (number, street) = address.split_once(' ')?;
    number
        .starts_with(|c: char| c.is_ascii_digit())
        .then(|| format!("{house} {street}"))
}

/// A word as it is compared, and as it was written without the punctuation around it.
type Word<'a> = (String, &'a str);

/// What is right and what is wrong; the latter may be empty.
fn parts<'a>(text: &'a str) -> (Vec<Word<'a>>, Vec<Word<'a>>) {
    let said: Vec<Word<'a>> = text
        .split_whitespace()
        .map(|word| {
            let written = word.trim_matches(|c: char| !c.is_alphanumeric());
            (plain(word), written)
        })
        .filter(|(plain, _)| !plain.is_empty())
        .collect();
    let told = |words: &[Word<'a>]| -> Vec<Word<'a>> {
        words
            .iter()
            .skip_while(|(plain, _)| LEADING.contains(&plain.as_str()))
            .cloned()
            .collect()
    };
    let Some(not) = said
        .iter()
        .position(|(plain, _)| NOT.contains(&plain.as_str()))
    else {
        return (told(&said), Vec::new());
    };
    let (before, after) = said.split_at(not);
    let after = after.get(1..).unwrap_or_default();
    let new = told(before);
    if !new.is_empty() {
        return (new, told(after));
    }
    let but = after
        .iter()
        .position(|(plain, _)| BUT.contains(&plain.as_str()));
    let Some(but) = but else {
        // "not 40, 14": the first word is wrong, the rest is right.
        let (old, new) = after.split_at(after.len().min(1));
        return (told(new), old.to_vec());
    };
    let (old, new) = after.split_at(but);
    (told(new.get(1..).unwrap_or_default()), old.to_vec())
}

/// A word as it is compared.
fn plain(word: &str) -> String {
    words(word).concat()
}

fn joined(words: &[Word]) -> String {
    let written: Vec<&str> = words.iter().map(|(_, written)| *written).collect();
    written.join(" ")
}

/// `value` with the words of `old` replaced by those of `new`, the rest as it was written.
fn replaced(value: &str, old: &[Word], new: &[Word]) -> Option<String> {
    let written: Vec<&str> = value.split_whitespace().collect();
    let at = written.windows(old.len()).position(|part| {
        part.iter()
            .zip(old)
            .all(|(word, (old, _))| plain(word) == *old)
    })?;
    let last = written.get(at + old.len() - 1)?;
    let tail: String = last
        .chars()
        .rev()
        .take_while(|c| c.is_ascii_punctuation())
        .collect();
    let middle = format!("{}{}", joined(new), tail.chars().rev().collect::<String>());
    let mut changed: Vec<&str> = written.get(..at)?.to_vec();
    changed.push(&middle);
    changed.extend(written.get(at + old.len()..)?);
    Some(changed.join(" "))
}

#[cfg(test)]
mod tests {
    use super::super::form::Value;
    use super::*;
    use crate::nlu::IntentName;
    use crate::pii::SlotText;

    #[test]
    fn what_fits_one_answer_alone_is_its_new_value() {
        let value = |text: &str| {
            let text = SlotText::new(text);
            Some(Value {
                text,
                personal: false,
            })
        };
        let form = Form {
            intent: IntentName::new("waste/missed-bin"),
            values: vec![
                ("address".into(), value("14 Acacia Avenue")),
                ("bin".into(), value("black")),
                ("other".into(), value("blue")),
            ],
        };
        let colour = |text: &str| {
            let last = text.split(' ').rfind(|word| *word != "one");
            last.filter(|word| ["black", "brown", "blue"].contains(word))
                .map(str::to_owned)
        };
        let read = |name: &str, present: &str, text: &str| match name {
            "address" => text
                .parse::<u32>()
                .ok()
                .and_then(|n| renumbered(present, &n.to_string())),
            "bin" => colour(text),
            _ => (text == "brown").then(|| text.to_owned()),
        };
        for (text, expected) in [
            ("no, it's the blue one", "bin=blue"),
            ("make it blue", "bin=blue"),
            ("change that to the blue one", "bin=blue"),
            ("no, it's 40", "address=40 Acacia Avenue"),
            ("no, 14", "-"),
            ("no, brown", "-"),
            ("it's right", "-"),
            ("the blue one", "-"),
            ("no one has taken my blue bin away", "-"),
            ("no", "-"),
        ] {
            let corrected = alone(text, &form, read)
                .map_or_else(|| "-".to_owned(), |(slot, value)| format!("{slot}={value}"));
            assert_eq!(corrected, expected, "{text}");
        }
    }

    /// What is said, and `slot=value` as corrected, or `-`.
    #[test]
    fn the_latest_answer_that_holds_it_is_corrected() {
        let value = |text: &str, personal: bool| {
            let text = SlotText::new(text);
            Some(Value { text, personal })
        };
        let form = Form {
            intent: IntentName::new("waste/missed-bin"),
            values: vec![
                ("address".into(), value("40 Acacia Avenue, CV7 9ZZ", true)),
                ("count".into(), value("2", false)),
                ("note".into(), None),
                ("bin".into(), value("black", false)),
            ],
        };
        let readable = |name: &str, text: &str| match name {
            "bin" => ["black", "brown"].contains(&text).then(|| text.to_owned()),
            "count" => match text {
                "three" | "3" => Some("3".to_owned()),
                "two" | "2" => Some("2".to_owned()),
                _ => text.parse::<i64>().ok().map(|n| n.to_string()),
            },
            _ => Some(text.to_owned()),
        };
        let cases = [
            ("no, I meant 14 not 40", "address=14 Acacia Avenue, CV7 9ZZ"),
            (
                "no I meant fourteen not forty",
                "address=14 Acacia Avenue, CV7 9ZZ",
            ),
            ("sorry it's 14, not 40", "address=14 Acacia Avenue, CV7 9ZZ"),
            ("not 40 but 14", "address=14 Acacia Avenue, CV7 9ZZ"),
            ("it's not 40 it's 14", "address=14 Acacia Avenue, CV7 9ZZ"),
            ("not 40, 14", "address=14 Acacia Avenue, CV7 9ZZ"),
            (
                "I meant Acacia Road not Acacia Avenue",
                "address=40 Acacia Road, CV7 9ZZ",
            ),
            ("no i meant brown not black", "bin=brown"),
            ("sorry I meant brown", "bin=brown"),
            ("I meant three not two", "count=3"),
            ("no, 7 not 9", "-"),
            ("no I meant purple", "-"),
            ("that's wrong", "-"),
            ("no", "-"),
            ("not", "-"),
            ("", "-"),
        ];
        for (text, expected) in cases {
            let corrected = read(text, &form, readable)
                .map_or_else(|| "-".to_owned(), |(slot, value)| format!("{slot}={value}"));
            assert_eq!(corrected, expected, "{text}");
        }
    }
}

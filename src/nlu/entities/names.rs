//! A person's name in the answer to the question for it: "it's Jo Bloggs", "j o n e s".
//!
//! It takes words for a name and cannot know whether they are one; finding names where nobody asked is
//! `pii`'s.

use super::spelling::letters_heard;
use super::words::Words;
use crate::pii::Word;

/// The longest name in characters.
const NAME_CHARS_MAX: usize = 100;

/// Words that are said around a name.
const AROUND: &[&str] = &[
    "my", "name", "names", "is", "its", "it", "this", "im", "i", "am", "the", "its", "speaking",
    "here", "please", "thanks", "um", "er", "erm", "yes", "yeah", "first", "surname", "last",
    "full", "and", "called", "thats", "that", "with", "hello", "hi", "fy", "enw", "i", "yw",
];

/// The name, as it was written; letters that were spelt out become one word.
pub(super) fn read(text: &str) -> Option<String> {
    let w = Words::of(text);
    if let Some(spelt) = spelt(text) {
        return Some(spelt);
    }
    let kept: Vec<usize> = (0..w.len())
        .skip_while(|at| w.is(*at, AROUND))
        .take_while(|at| {
            !w.is(
                *at,
                &["please", "speaking", "here", "thanks", "thats", "with"],
            )
        })
        .filter(|at| !w.is(*at, &["surname"]))
        .collect();
    let is_name = |at: &usize| w.get(*at).chars().all(char::is_alphabetic);
    let letters = kept.iter().any(|at| w.get(*at).chars().count() >= 2);
    if kept.is_empty() || !letters || !kept.iter().all(is_name) {
        return None;
    }
    let words: Vec<&str> = kept.iter().map(|at| w.written(*at..at + 1)).collect();
    Some(words.join(" ").chars().take(NAME_CHARS_MAX).collect())
}

/// "j o n e s", "b for bravo r o w n", "double a r o n": at least three letters, one by one.
fn spelt(text: &str) -> Option<String> {
    let heard = letters_heard(text);
    let w = Words::of(&heard);
    let mut name = String::new();
    let mut at = (0..w.len())
        .find(|at| !w.is(*at, AROUND) || is_letter(&w, *at) && is_letter(&w, at + 1))?;
    let mut letters = 0;
    while at < w.len() {
        if let Word::Repeat(times) = w.kind(at)
            && is_letter(&w, at + 1)
        {
            name.push_str(&w.get(at + 1).repeat(times.into()));
            at += 2;
        } else if is_letter(&w, at) {
            name.push_str(w.get(at));
            let first = w.get(at);
            // "b for bravo", "b as in bravo"
            let explained = |at: usize| w.get(at).len() > 1 && w.get(at).starts_with(first);
            at += match (w.get(at + 1), w.get(at + 2)) {
                ("for", _) if explained(at + 2) => 3,
                ("as", "in") if explained(at + 3) => 4,
                _ => 1,
            };
        } else if letters >= 3 {
            break;
        } else {
            return None;
        }
        letters += 1;
    }
    let mut chars = name.chars();
    let first = chars.next().filter(|_| letters >= 3)?;
    Some(
        first
            .to_uppercase()
            .chain(chars)
            .take(NAME_CHARS_MAX)
            .collect(),
    )
}

fn is_letter(w: &Words<'_>, at: usize) -> bool {
    w.get(at).len() == 1 && w.get(at).bytes().all(|byte| byte.is_ascii_lowercase())
}

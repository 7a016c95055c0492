//! Which language a message is in: by its letters, then by its commonest words.
//!
//! It leans towards saying nothing: a Polish answer to a hasty English message helps nobody. A word
//! or two in Latin letters are not enough, unless they ask for the language by its name.

use super::turn::{PERSON, Turn, choice};
use super::{Event, Utterance, Wait};
use crate::content::{Language, Locale, Phrase, Reply, Script};

/// The fewest known words by which a language in Latin letters is told.
const WORDS_KNOWN_MIN: usize = 2;
/// Such words are at least one in so many of the message's.
const WORDS_PER_KNOWN_MAX: usize = 4;

/// The one of `languages` that `text` is in; none where it cannot be told.
#[must_use]
pub fn language_of<'a>(text: &str, languages: &'a [Language]) -> Option<&'a Language> {
    let words = words(text);
    let whole = words.join(" ");
    if let Some(called) = languages.iter().find(|one| is_called(one, &whole)) {
        return Some(called);
    }
    let script = script(text)?;
    let english = languages.iter().find(|one| &*one.tag == "en");
    let is_english = |word: &&String| english.is_some_and(|en| en.words.contains(word.as_str()));
    // "no", "me", "as": what is an English word says nothing about another language.
    let (in_english, others): (Vec<&String>, Vec<&String>) = words.iter().partition(is_english);
    let known = |one: &Language| {
        let others = others
            .iter()
            .filter(|word| one.words.contains(word.as_str()));
        match english {
            Some(english) if english.tag == one.tag => in_english.len(),
            Some(_) | None => others.count(),
        }
    };
    let mut best: Option<(usize, &Language)> = None;
    let mut is_tied = false;
    for one in languages.iter().filter(|one| one.script == script) {
        let count = known(one);
        match best {
            Some((most, _)) if count < most => {}
            // Of languages with letters of their own the first of the file stands for all.
            Some((most, _)) if count == most => is_tied = script == Script::Latin,
            Some(_) | None => {
                best = Some((count, one));
                is_tied = false;
            }
        }
    }
    let (count, one) = best.filter(|_| !is_tied)?;
    let is_told = script != Script::Latin
        || (count >= WORDS_KNOWN_MIN && count * WORDS_PER_KNOWN_MAX >= words.len());
    is_told.then_some(one)
}

/// The words of `text` in lower case. Unlike those of an answer they keep their apostrophes, and the
/// vowel signs that some scripts write as marks.
fn words(text: &str) -> Vec<String> {
    let outside = |c: char| c.is_ascii_punctuation() || "،؟।。，？！¿¡".contains(c);
    let lower = text.to_lowercase();
    let words = lower
        .split_whitespace()
        .map(|word| word.trim_matches(outside));
    words
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether the words of a message ask for the language and say nothing else.
fn is_called(language: &Language, words: &str) -> bool {
    language.called.iter().any(|called| **called == *words)
}

/// The script that most letters are of.
fn script(text: &str) -> Option<Script> {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    let all = letters().count();
    [
        Script::Latin,
        Script::Cyrillic,
        Script::Arabic,
        Script::Bengali,
        Script::Gurmukhi,
        Script::Gujarati,
        Script::Han,
    ]
    .into_iter()
    .find(|script| letters().filter(|letter| script.has(*letter)).count() * 2 > all)
}

impl Turn<'_> {
    /// From a message in Welsh on, Welsh is spoken. Back to English only by its name: who is at home
    /// in both languages mixes them.
    pub(super) fn hear_language(&mut self, utterance: &Utterance) {
        let text = utterance.safe.as_str();
        let Some(one) = language_of(text, &self.assistant.wording.languages) else {
            return;
        };
        let Reply::Spoken(locale) = one.reply else {
            return;
        };
        let is_asked = || is_called(one, &words(text).join(" "));
        if locale != self.locale() && (locale == Locale::Cy || is_asked()) {
            self.push(Event::Language { locale });
        }
    }

    /// Meets a message in a language that the assistant does not speak, the second time with a
    /// person; whether it was one.
    pub(super) fn meet_language(&mut self, utterance: &Utterance) -> bool {
        let is_open = match self.state.wait {
            Wait::Need | Wait::Rephrase | Wait::Which | Wait::Department | Wait::Else => true,
            Wait::Slot { .. }
            | Wait::Confirm
            | Wait::CorrectWhich
            | Wait::Resume
            | Wait::Transfer { .. } => false,
        };
        let Some(one) = language_of(utterance.safe.as_str(), &self.assistant.wording.languages)
            .filter(|_| is_open)
        else {
            return false;
        };
        match &one.reply {
            // Its name alone is no need.
            Reply::Spoken(_) => {
                let text = utterance.safe.as_str();
                let is_asked = is_called(one, &words(text).join(" "));
                if is_asked {
                    self.say_phrase(Phrase::Hello, &[]);
                    self.wait(Wait::Need);
                }
                is_asked
            }
            Reply::Interpreter { .. } if self.state.lost > 0 => {
                self.hand_over(Phrase::Person);
                true
            }
            Reply::Interpreter {
                answer,
                choice: label,
            } => {
                self.wait(Wait::Rephrase);
                self.offer(answer, vec![choice(PERSON, label)]);
                true
            }
        }
    }
}

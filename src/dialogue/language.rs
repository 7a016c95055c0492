//! Which language a message is in: by its letters, then by its commonest words.
//!
//! It leans towards saying nothing: a Polish answer to a hasty English message helps nobody. A word
//! or two in Latin letters are not enough, unless they ask for the language by its name.

use super::turn::{PERSON, Turn, choice};
use super::{Event, Utterance, Wait};
use crate::content::{Language, Locale, Phrase, Reply, Script};
use std::sync::Arc;

/// The fewest known words by which a language in Latin letters is told.
const WORDS_KNOWN_MIN: usize = 2;
/// Such words are at least one in so many of the message's.
const WORDS_PER_KNOWN_MAX: usize = 4;

/// A language, and how it showed.
#[derive(Clone, Copy)]
pub(super) struct Heard<'a> {
    language: &'a Language,
    /// Whether it is asked for, and nothing else said.
    is_asked: bool,
}

/// The one of `languages` that `text` is in; none where it cannot be told.
#[must_use]
pub fn language_of<'a>(text: &str, languages: &'a [Language]) -> Option<&'a Language> {
    hear(text, languages).map(|heard| heard.language)
}

fn hear<'a>(text: &str, languages: &'a [Language]) -> Option<Heard<'a>> {
    let lower = text.to_lowercase();
    let words = words(&lower);
    match languages.iter().find(|one| is_called(one, &words)) {
        Some(language) => Some(Heard {
            language,
            is_asked: true,
        }),
        None => told_by_words(text, &words, languages).map(|language| Heard {
            language,
            is_asked: false,
        }),
    }
}

fn told_by_words<'a>(
    text: &str,
    words: &[&str],
    languages: &'a [Language],
) -> Option<&'a Language> {
    let script = script(text)?;
    let english = languages.iter().find(|one| &*one.tag == "en");
    let is_english = |word: &&&str| english.is_some_and(|en| en.words.contains(**word));
    // "no", "me", "as": what is an English word says nothing about another language.
    let (in_english, others): (Vec<&&str>, Vec<&&str>) = words.iter().partition(is_english);
    // The usual message: no other language can know more of its words.
    let all = match english {
        Some(english) if english.script == script && in_english.len() > others.len() => {
            std::slice::from_ref(english)
        }
        Some(_) | None => languages,
    };
    let known = |one: &Language| {
        let others = others.iter().filter(|word| one.words.contains(***word));
        match english {
            Some(english) if english.tag == one.tag => in_english.len(),
            Some(_) | None => others.count(),
        }
    };
    let mut best: Option<(usize, &Language)> = None;
    let mut is_tied = false;
    for one in all.iter().filter(|one| one.script == script) {
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

/// The words of a text in lower case. Unlike those of an answer they keep their apostrophes, and the
/// vowel signs that some scripts write as marks.
fn words(lower: &str) -> Vec<&str> {
    let outside = |c: char| {
        c.is_ascii_punctuation()
            || matches!(c, '،' | '؟' | '।' | '。' | '，' | '？' | '！' | '¿' | '¡')
    };
    let words = lower
        .split_whitespace()
        .map(|word| word.trim_matches(outside));
    words.filter(|word| !word.is_empty()).collect()
}

/// Whether the words of a message ask for the language and say nothing else.
fn is_called(language: &Language, words: &[&str]) -> bool {
    let bytes = words.iter().map(|word| word.len() + 1).sum::<usize>();
    let is_it = |called: &Arc<str>| {
        called.len() + 1 == bytes && called.split(' ').eq(words.iter().copied())
    };
    language.called.iter().any(is_it)
}

/// The script that most letters are of.
fn script(text: &str) -> Option<Script> {
    if text.is_ascii() {
        let is_said = text.bytes().any(|byte| byte.is_ascii_alphabetic());
        return is_said.then_some(Script::Latin);
    }
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

impl<'a> Turn<'a> {
    /// From a message in Welsh on, Welsh is spoken. Back to English only by its name: who is at home
    /// in both languages mixes them. Gives the language of the message.
    pub(super) fn hear_language(&mut self, utterance: &Utterance) -> Option<Heard<'a>> {
        let heard = hear(utterance.safe.as_str(), &self.assistant.wording.languages)?;
        if let Reply::Spoken(locale) = heard.language.reply
            && locale != self.locale()
            && (locale == Locale::Cy || heard.is_asked)
        {
            self.push(Event::Language { locale });
        }
        Some(heard)
    }

    /// Meets a message in a language that the assistant does not speak, the second time with a
    /// person; whether it was one.
    pub(super) fn meet_language(&mut self, heard: Option<Heard<'_>>) -> bool {
        let is_open = match self.state.wait {
            Wait::Need | Wait::Rephrase | Wait::Which | Wait::Department | Wait::Else => true,
            Wait::Slot { .. }
            | Wait::Confirm
            | Wait::CorrectWhich
            | Wait::Resume
            | Wait::Transfer { .. } => false,
        };
        let Some(Heard { language, is_asked }) = heard.filter(|_| is_open) else {
            return false;
        };
        match &language.reply {
            // Its name alone is no need.
            Reply::Spoken(_) => {
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

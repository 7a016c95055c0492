//! A message as words: folded, contractions opened, elongations shortened, stops remembered.
//!
//! It reads at most [`READ_CHARS_MAX`] characters from the beginning and as many from the end.
//! Tokens that stand in for personal data (`[card number]`) are left out: they say what was
//! removed, not what the resident needs. It does not know what words mean.

use super::folding::{Folded, fold};
use crate::pii::PiiKind;

/// Characters read from the beginning of a message, and from its end.
pub(super) const READ_CHARS_MAX: usize = 2_000;

/// What stands after a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stop {
    /// A space, a hyphen, a slash.
    None,
    /// A comma, a bracket, a dash.
    Clause,
    /// The end of a sentence or line.
    Sentence,
}

/// A word: bytes `start..end` of the message's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    start: u32,
    end: u32,
    /// What stands after it.
    pub(super) stop: Stop,
}

/// The words of one message.
#[derive(Debug, Default)]
pub(super) struct Message {
    text: String,
    words: Vec<Word>,
    /// For some words, by where they start, what was probably meant to be written.
    repairs: Vec<(u32, Box<str>)>,
}

impl Message {
    /// Reads a text of any length in bounded time.
    pub(super) fn read(text: &str) -> Self {
        let mut message = Self {
            text: String::with_capacity(text.len().min(4 * READ_CHARS_MAX)),
            words: Vec::with_capacity(32),
            repairs: Vec::new(),
        };
        let (head, tail) = ends(text);
        let mut raw = String::with_capacity(24);
        message.read_part(head, &mut raw);
        message.stop(Stop::Sentence);
        message.read_part(tail, &mut raw);
        message
    }

    /// The words, in order.
    pub(super) fn words(&self) -> &[Word] {
        &self.words
    }

    /// The UTF-8 of one word.
    pub(super) fn bytes(&self, word: Word) -> &[u8] {
        &self.text.as_bytes()[word.start as usize..word.end as usize]
    }

    /// The UTF-8 of some words.
    pub(super) fn slices(&self, words: &[Word]) -> Vec<&[u8]> {
        words.iter().map(|word| self.bytes(*word)).collect()
    }

    /// Notes what was probably meant by each word that `repair` finds misspelt.
    pub(super) fn repair(&mut self, mut repair: impl FnMut(&[u8]) -> Option<Box<str>>) {
        for word in &self.words {
            let bytes = &self.text.as_bytes()[word.start as usize..word.end as usize];
            self.repairs
                .extend(repair(bytes).map(|meant| (word.start, meant)));
        }
    }

    /// Some words as they were probably meant; none where nothing in them is misspelt.
    pub(super) fn repaired(&self, words: &[Word]) -> Option<Vec<&[u8]>> {
        let meant = |word: &Word| {
            let at = self.repairs.binary_search_by_key(&word.start, |one| one.0);
            at.ok().map(|at| self.repairs[at].1.as_bytes())
        };
        words.iter().any(|word| meant(word).is_some()).then(|| {
            let slice = |word: &Word| meant(word).unwrap_or_else(|| self.bytes(*word));
            words.iter().map(slice).collect()
        })
    }

    fn read_part(&mut self, part: &str, raw: &mut String) {
        let mut chars = part.chars();
        let mut before = ' ';
        while let Some(c) = chars.next() {
            match fold(c) {
                // One by one: to extend is dearer, and most are a letter alone.
                Folded::Letters(letters) => {
                    for one in letters {
                        if one != '\0' {
                            raw.push(one);
                        }
                    }
                }
                Folded::Apostrophe if raw.is_empty() => {}
                Folded::Apostrophe => raw.push('\''),
                Folded::Nothing => continue,
                Folded::Other(mark) => {
                    self.finish(raw);
                    if mark == '[' && skip_token(&mut chars) {
                        continue;
                    }
                    let after = chars.as_str().chars().next().unwrap_or(' ');
                    self.stop(stop_of(mark, before, after));
                }
            }
            before = c;
        }
        self.finish(raw);
    }

    fn stop(&mut self, stop: Stop) {
        if let Some(last) = self.words.last_mut() {
            last.stop = last.stop.max(stop);
        }
    }

    /// Ends the word in `raw`, which is empty afterwards.
    fn finish(&mut self, raw: &mut String) {
        while raw.ends_with('\'') {
            raw.pop();
        }
        if raw.is_empty() {
            return;
        }
        if let Some(opened) = open_contraction(raw) {
            opened.split(' ').for_each(|word| self.push(word));
            raw.clear();
            return;
        }
        raw.retain(|c| c != '\'');
        shorten_elongation(raw);
        if let Some(opened) = open_contraction(raw) {
            opened.split(' ').for_each(|word| self.push(word));
        } else {
            self.push(raw);
        }
        raw.clear();
    }

    fn push(&mut self, word: &str) {
        let start = self.text.len();
        self.text.push_str(word);
        // The text is at most 3 x 2 x READ_CHARS_MAX letters and the words of opened contractions.
        #[expect(clippy::cast_possible_truncation, reason = "bounded above")]
        self.words.push(Word {
            start: start as u32,
            end: self.text.len() as u32,
            stop: Stop::None,
        });
    }
}

/// The beginning and the end of `text`; the end is empty where the beginning holds everything.
fn ends(text: &str) -> (&str, &str) {
    if text.len() <= 2 * READ_CHARS_MAX {
        return (text, "");
    }
    let cut = |at: usize| text.split_at_checked(at).unwrap_or((text, ""));
    let head = text.char_indices().nth(READ_CHARS_MAX);
    let tail = text.char_indices().rev().nth(READ_CHARS_MAX - 1);
    match (head, tail) {
        (Some((head, _)), Some((tail, _))) if head < tail => (cut(head).0, cut(tail).1),
        _ => (text, ""),
    }
}

/// Goes past the rest of a typed token, if that is what follows the bracket.
fn skip_token(chars: &mut std::str::Chars<'_>) -> bool {
    let rest = chars.as_str();
    let token = PiiKind::ALL
        .iter()
        .filter_map(|kind| kind.token().strip_prefix('['))
        .find(|token| rest.starts_with(token));
    if let Some(token) = token {
        *chars = rest.strip_prefix(token).unwrap_or(rest).chars();
    }
    token.is_some()
}

fn stop_of(mark: char, before: char, after: char) -> Stop {
    match mark {
        '.' | ',' | ':' if before.is_alphanumeric() && after.is_alphanumeric() => Stop::None,
        '.' | '!' | '?' | ';' | '\n' => Stop::Sentence,
        ',' | ':' | '(' | ')' => Stop::Clause,
        '-' if before == ' ' && after == ' ' => Stop::Clause,
        _ => Stop::None,
    }
}

/// "pleeease" to "please", "helpppp" to "help": three or more of a letter stand for one.
fn shorten_elongation(word: &mut String) {
    let bytes = word.as_bytes();
    if !bytes
        .windows(3)
        .any(|w| w[0] == w[1] && w[1] == w[2] && w[0].is_ascii_lowercase())
    {
        return;
    }
    let mut short = String::with_capacity(word.len());
    let mut chars = word.chars().peekable();
    while let Some(c) = chars.next() {
        let mut run = 1;
        while chars.next_if_eq(&c).is_some() {
            run += 1;
        }
        let kept = if run > 2 && c.is_ascii_lowercase() {
            1
        } else {
            run
        };
        short.extend(std::iter::repeat_n(c, kept));
    }
    *word = short;
}

/// The words that a contraction or a texting short form stands for.
///
/// Forms with an apostrophe come first with it ("we're"), because without it some are other words
/// ("were", "well", "ill"); the rest are how people type them in haste.
fn open_contraction(word: &str) -> Option<&'static str> {
    Some(match word {
        "i'm" | "im" => "i am",
        "i've" | "ive" => "i have",
        "i'll" => "i will",
        "i'd" => "i would",
        "we're" => "we are",
        "we've" | "weve" => "we have",
        "we'll" => "we will",
        "you're" | "youre" => "you are",
        "you've" | "youve" => "you have",
        "they're" | "theyre" => "they are",
        "they've" | "theyve" => "they have",
        "he's" | "hes" => "he is",
        "she's" | "shes" => "she is",
        "it's" => "it is",
        "that's" | "thats" => "that is",
        "there's" | "theres" => "there is",
        "what's" | "whats" => "what is",
        "where's" | "wheres" => "where is",
        "when's" | "whens" => "when is",
        "who's" | "whos" => "who is",
        "how's" | "hows" => "how is",
        "can't" | "cant" | "cannot" => "can not",
        "won't" | "wont" => "will not",
        "don't" | "dont" => "do not",
        "doesn't" | "doesnt" => "does not",
        "didn't" | "didnt" => "did not",
        "isn't" | "isnt" => "is not",
        "aren't" | "arent" => "are not",
        "wasn't" | "wasnt" => "was not",
        "weren't" | "werent" => "were not",
        "hasn't" | "hasnt" => "has not",
        "haven't" | "havent" => "have not",
        "hadn't" | "hadnt" => "had not",
        "couldn't" | "couldnt" => "could not",
        "shouldn't" | "shouldnt" => "should not",
        "wouldn't" | "wouldnt" => "would not",
        "ain't" | "aint" => "is not",
        "gonna" => "going to",
        "wanna" => "want to",
        "gotta" => "got to",
        "lemme" => "let me",
        "u" => "you",
        "ur" => "your",
        "pls" | "plz" => "please",
        _ => return None,
    })
}

//! A text as words with their places in it: folded, apostrophes dropped, tokens of screening masked.
//!
//! It knows what a single word may stand for when it is said aloud, from the same vocabulary as the
//! screening. What words mean together is the grammars' business.

use crate::nlu::folding::{Folded, fold};
use crate::pii::{Word, classify};
use std::ops::Range;

/// Words that are read of one text; what follows is not looked at.
pub(super) const WORDS_MAX: usize = 1_000;

/// A word: bytes `start..end` of the source, `from..to` of the folded text.
#[derive(Debug, Clone, Copy)]
struct Place {
    start: usize,
    end: usize,
    from: usize,
    to: usize,
    kind: Word,
}

/// The words of a text.
#[derive(Debug)]
pub(super) struct Words<'a> {
    source: &'a str,
    /// Folded words with one space between them.
    text: String,
    words: Vec<Place>,
}

impl<'a> Words<'a> {
    /// Splits `source`; everything that is no letter or digit is a break.
    pub(super) fn of(source: &'a str) -> Self {
        let mut words = Self {
            source,
            text: String::with_capacity(source.len().min(8 * WORDS_MAX)),
            words: Vec::with_capacity(source.len().min(8 * WORDS_MAX) / 4),
        };
        let mut open: Option<usize> = None;
        let mut end = 0;
        let mut masked_to = 0;
        for (at, c) in source.char_indices() {
            if at < masked_to {
                continue;
            }
            match fold(c) {
                Folded::Letters(letters) => {
                    open.get_or_insert(at);
                    // One by one: to extend is dearer, and most are a letter alone.
                    for one in letters {
                        if one != '\0' {
                            words.text.push(one);
                        }
                    }
                    end = at + c.len_utf8();
                }
                Folded::Apostrophe | Folded::Nothing => {}
                Folded::Other(mark) => {
                    words.close(&mut open, end);
                    if mark == '['
                        && let Some(length) = masked(source.get(at..).unwrap_or_default())
                    {
                        masked_to = at + length;
                        words.mask(at, masked_to);
                    }
                }
            }
            if words.words.len() >= WORDS_MAX {
                return words;
            }
        }
        words.close(&mut open, end);
        words
    }

    fn close(&mut self, open: &mut Option<usize>, end: usize) {
        let Some(start) = open.take() else { return };
        let from = self.words.last().map_or(0, |last| last.to + 1);
        let to = self.text.len();
        let word = self.text.as_bytes().get(from..to).unwrap_or_default();
        self.words.push(Place {
            start,
            end,
            from,
            to,
            kind: classify(word),
        });
        self.text.push(' ');
    }

    /// A token of the screening: a word that matches nothing.
    fn mask(&mut self, start: usize, end: usize) {
        let from = self.text.len();
        self.text.push('\u{1}');
        self.words.push(Place {
            start,
            end,
            from,
            to: self.text.len(),
            kind: Word::Other,
        });
        self.text.push(' ');
    }

    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// What was split.
    pub(super) fn source(&self) -> &'a str {
        self.source
    }

    /// The folded words with one space between them.
    pub(super) fn folded(&self) -> &str {
        &self.text
    }

    /// The word `at`, folded; empty past the end.
    pub(super) fn get(&self, at: usize) -> &str {
        let range = self.words.get(at).map_or(0..0, |word| word.from..word.to);
        self.text.get(range).unwrap_or_default()
    }

    /// What the word `at` stands for when it is said aloud.
    pub(super) fn kind(&self, at: usize) -> Word {
        self.words.get(at).map_or(Word::Other, |word| word.kind)
    }

    pub(super) fn is(&self, at: usize, any: &[&str]) -> bool {
        any.contains(&self.get(at))
    }

    /// Whether these words stand from `at` on.
    pub(super) fn are(&self, at: usize, words: &[&str]) -> bool {
        (at..).zip(words).all(|(at, word)| self.get(at) == *word)
    }

    /// What stands in the source between the word before `at` and it; before the first, all that
    /// comes before it.
    pub(super) fn gap(&self, at: usize) -> &'a str {
        let start = match at.checked_sub(1).and_then(|left| self.words.get(left)) {
            Some(left) => left.end,
            None => 0,
        };
        let end = self
            .words
            .get(at)
            .map_or(self.source.len(), |word| word.start);
        self.source.get(start..end).unwrap_or_default()
    }

    /// Whether `at` goes on where the word before it ended: a space, a hyphen, or a comma between.
    pub(super) fn follows(&self, at: usize) -> bool {
        at < self.len()
            && self.get(at) != "\u{1}"
            && self
                .gap(at)
                .chars()
                .all(|c| c.is_whitespace() && c != '\n' || matches!(c, '-' | ',' | '\'' | '’'))
    }

    /// Whether the word `at` begins a part of the text: the first, or after a stop.
    pub(super) fn begins(&self, at: usize) -> bool {
        at == 0 || !self.follows(at) || self.gap(at).contains(',')
    }

    /// Bytes of the source behind these words.
    pub(super) fn span(&self, words: Range<usize>) -> Range<usize> {
        let start = self.words.get(words.start).map_or(0, |word| word.start);
        let last = words
            .end
            .checked_sub(1)
            .and_then(|last| self.words.get(last));
        start..last.map_or(start, |word| word.end)
    }

    /// The source behind these words.
    pub(super) fn written(&self, words: Range<usize>) -> &'a str {
        self.source.get(self.span(words)).unwrap_or_default()
    }

    /// Whether the word `at` is written with a capital.
    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.written(at..at + 1).starts_with(char::is_uppercase)
    }

    /// The first word that begins at or after this byte of the source.
    pub(super) fn word_at(&self, byte: usize) -> usize {
        self.words.partition_point(|word| word.end <= byte)
    }

    /// The word that begins at this byte of the folded text, if one does.
    pub(super) fn folded_start(&self, byte: usize) -> Option<usize> {
        self.words
            .binary_search_by_key(&byte, |word| word.from)
            .ok()
    }

    /// The word that ends at this byte of the folded text, if one does.
    pub(super) fn folded_end(&self, byte: usize) -> Option<usize> {
        self.words.binary_search_by_key(&byte, |word| word.to).ok()
    }

    /// The figures that a word begins with, and what follows them in it: "23rd" is 23 and "rd".
    pub(super) fn figures(&self, at: usize) -> Option<(u32, &str)> {
        let word = self.get(at);
        let length = word.bytes().take_while(u8::is_ascii_digit).count();
        let (figures, rest) = word.split_at_checked(length)?;
        Some((figures.parse().ok()?, rest))
    }
}

/// The length of a screening token at the beginning of a text.
fn masked(text: &str) -> Option<usize> {
    crate::pii::PiiKind::ALL
        .iter()
        .map(|kind| kind.token())
        .find(|token| text.starts_with(token))
        .map(str::len)
}

/// The words of `text` in lower case, apostrophes dropped, everything else that is no letter or
/// digit a break.
pub(crate) fn words(text: &str) -> Vec<String> {
    let words = Words::of(text);
    (0..words.len())
        .map(|at| words.get(at).to_owned())
        .collect()
}

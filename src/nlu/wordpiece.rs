//! Text cut into the pieces of words that the sentence models know: `WordPiece`, as in BERT uncased.
//!
//! The text is cleaned of control characters, ideographs stand alone, accents go (NFD without its
//! nonspacing marks), letters become small; words end at white space, and punctuation stands alone.
//! A word is cut greedily into the longest pieces of the vocabulary, and one that cannot be cut is
//! unknown. That is what the models were trained on, so it is kept to the letter, but for one thing:
//! `[SEP]` and its like in a text are text, and never a signal to the model. Characters that Unicode
//! took in since the models were trained are read by today's tables.
//!
//! It is not how the n-grams see words; see `folding` and `message` for that.

use super::hashing::QuickMap;
use super::model_file::ModelError;
use regex_syntax::hir::{Class, HirKind};
use unicode_normalization::UnicodeNormalization;

/// The most bytes of a text that are read; what follows says nothing more about what is meant.
const TEXT_BYTES_MAX: usize = 16 * 1024;

/// A longer word is unknown, as in the models' training.
const WORD_CHARS_MAX: usize = 100;

/// Pieces that continue a word are written with this before them.
const CONTINUES: &str = "##";

/// The vocabulary, and how to cut text by it.
#[derive(Debug)]
pub struct WordPiece {
    begin: Pieces,
    go_on: Pieces,
    tokens: usize,
    unknown: u32,
    opening: u32,
    closing: u32,
    nonspacing: CharClass,
    invisible: CharClass,
    punctuation: CharClass,
}

impl WordPiece {
    /// Reads a vocabulary: UTF-8, a token a line, whose number is that of its line from 0.
    ///
    /// # Errors
    /// Where it is no text, or `[UNK]`, `[CLS]` or `[SEP]` is not in it.
    pub fn read(vocabulary: &[u8]) -> Result<Self, ModelError> {
        let wrong = |what: &str| ModelError::Vocabulary(what.to_owned());
        let text = std::str::from_utf8(vocabulary).map_err(|_| wrong("it is not UTF-8 text"))?;
        let mut begin = Pieces::default();
        let mut go_on = Pieces::default();
        let mut tokens = 0;
        for (token, line) in (0_u32..).zip(text.lines()) {
            match line.strip_prefix(CONTINUES) {
                Some(piece) if !piece.is_empty() => go_on.add(piece, token),
                Some(_) | None => begin.add(line, token),
            }
            tokens += 1;
        }
        let special = |name: &str| {
            let token = begin.tokens.get(name).copied();
            token.ok_or_else(|| wrong(&format!("it has no line {name}")))
        };
        Ok(Self {
            tokens,
            unknown: special("[UNK]")?,
            opening: special("[CLS]")?,
            closing: special("[SEP]")?,
            begin,
            go_on,
            nonspacing: CharClass::of(r"\p{Mn}"),
            invisible: CharClass::of(r"[\p{Cc}\p{Cf}\p{Co}]"),
            punctuation: CharClass::of(r"\p{P}"),
        })
    }

    /// How many tokens the vocabulary has.
    #[must_use]
    pub fn tokens(&self) -> usize {
        self.tokens
    }

    /// The token that stands for what cannot be cut.
    pub(super) fn unknown(&self) -> u32 {
        self.unknown
    }

    /// The tokens that stand before and after every text that the encoder reads.
    pub(super) fn around(&self) -> (u32, u32) {
        (self.opening, self.closing)
    }

    /// The first `tokens_max` tokens of a text. Takes time for [`TEXT_BYTES_MAX`] at most.
    #[must_use]
    pub fn cut(&self, text: &str, tokens_max: usize) -> Vec<u32> {
        let end = text.floor_char_boundary(TEXT_BYTES_MAX);
        let (text, _) = text.split_at(end);
        if !text.is_ascii() {
            return self.cut_any(text, tokens_max);
        }
        // Nothing in it is an ideograph, has an accent, or is small in more than one letter.
        let seen = text.chars().filter(|c| !self.is_dropped(*c));
        Cut::new(self).all(seen.map(|c| c.to_ascii_lowercase()), tokens_max)
    }

    fn cut_any(&self, text: &str, tokens_max: usize) -> Vec<u32> {
        let seen = text.chars().filter(|c| !self.is_dropped(*c));
        let apart = seen.flat_map(|c| {
            let around = is_ideograph(c).then_some(' ');
            around.into_iter().chain([c]).chain(around)
        });
        let base = apart.nfd().filter(|c| !self.nonspacing.has(*c));
        Cut::new(self).all(base.flat_map(char::to_lowercase), tokens_max)
    }

    fn is_dropped(&self, c: char) -> bool {
        match c {
            '\t' | '\n' | '\r' | ' '..='~' => false,
            '\u{fffd}' => true,
            c => self.invisible.has(c),
        }
    }
}

/// A text in the making: the tokens so far and the word after them.
struct Cut<'a> {
    by: &'a WordPiece,
    tokens: Vec<u32>,
    word: String,
    word_chars: usize,
}

impl<'a> Cut<'a> {
    fn new(by: &'a WordPiece) -> Self {
        Self {
            by,
            tokens: Vec::new(),
            word: String::new(),
            word_chars: 0,
        }
    }

    /// Cuts what is clean and in small letters.
    fn all(mut self, text: impl Iterator<Item = char>, tokens_max: usize) -> Vec<u32> {
        for c in text {
            if c.is_whitespace() {
                self.end_word();
            } else if c.is_ascii_punctuation() || !c.is_ascii() && self.by.punctuation.has(c) {
                self.end_word();
                self.add(c);
                self.end_word();
            } else {
                self.add(c);
            }
            if self.tokens.len() >= tokens_max {
                break;
            }
        }
        self.end_word();
        self.tokens.truncate(tokens_max);
        self.tokens
    }

    fn add(&mut self, c: char) {
        self.word_chars += 1;
        if self.word_chars <= WORD_CHARS_MAX {
            self.word.push(c);
        }
    }

    fn end_word(&mut self) {
        if self.word_chars == 0 {
            return;
        }
        let before = self.tokens.len();
        if self.word_chars > WORD_CHARS_MAX || !self.cut_word() {
            self.tokens.truncate(before);
            self.tokens.push(self.by.unknown);
        }
        self.word.clear();
        self.word_chars = 0;
    }

    /// Whether the whole word can be cut into pieces.
    fn cut_word(&mut self) -> bool {
        let mut at = 0;
        let mut pieces = &self.by.begin;
        while at < self.word.len() {
            let Some((token, end)) = pieces.longest(&self.word, at) else {
                return false;
            };
            self.tokens.push(token);
            at = end;
            pieces = &self.by.go_on;
        }
        true
    }
}

/// Pieces among which the longest is looked for.
#[derive(Debug, Default)]
struct Pieces {
    tokens: QuickMap<Box<str>, u32>,
    bytes_max: usize,
}

impl Pieces {
    fn add(&mut self, piece: &str, token: u32) {
        self.bytes_max = self.bytes_max.max(piece.len());
        self.tokens.insert(piece.into(), token);
    }

    /// The longest piece that begins at `at`, and where it ends.
    fn longest(&self, word: &str, at: usize) -> Option<(u32, usize)> {
        let last = word.len().min(at + self.bytes_max);
        (at + 1..=last).rev().find_map(|end| {
            // Between two bytes of a character there is no end of a piece.
            let token = self.tokens.get(word.get(at..end)?)?;
            Some((*token, end))
        })
    }
}

/// Characters of a general category, by the tables that regular expressions use.
#[derive(Debug)]
struct CharClass(Vec<(char, char)>);

impl CharClass {
    fn of(pattern: &'static str) -> Self {
        let ranges = match regex_syntax::parse(pattern).map(regex_syntax::hir::Hir::into_kind) {
            Ok(HirKind::Class(Class::Unicode(class))) => {
                let ranges = class.iter().map(|range| (range.start(), range.end()));
                ranges.collect()
            }
            // The patterns are constants of this file; a test sees that none comes to this.
            Ok(_) | Err(_) => Vec::new(),
        };
        Self(ranges)
    }

    fn has(&self, c: char) -> bool {
        let after = self.0.partition_point(|(start, _)| *start <= c);
        after > 0 && c <= self.0[after - 1].1
    }
}

/// Whether a character is a word by itself: the blocks of unified and compatibility ideographs.
fn is_ideograph(c: char) -> bool {
    matches!(c,
        '\u{4e00}'..='\u{9fff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{20000}'..='\u{2a6df}'
        | '\u{2a700}'..='\u{2b73f}'
        | '\u{2b740}'..='\u{2b81f}'
        | '\u{2b920}'..='\u{2ceaf}'
        | '\u{f900}'..='\u{faff}'
        | '\u{2f800}'..='\u{2fa1f}')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn plain_text_is_cut_as_any_text_is() {
        let vocabulary = "[UNK]\n[CLS]\n[SEP]\nbin\nmissed\nmy\n##s\n,\n!\n1\n##2\nb\n##in";
        let wordpiece = WordPiece::read(vocabulary.as_bytes()).unwrap();
        let every: String = (0..128_u8).map(char::from).collect();
        let texts = [
            "my BINS missed, bin!12 xyz",
            "b\tin\r\nbi\u{0}n \u{b}bin",
            &every,
            "",
        ];
        for text in texts {
            for tokens_max in [1, 3, 512] {
                let (plain, any) = (
                    wordpiece.cut(text, tokens_max),
                    wordpiece.cut_any(text, tokens_max),
                );
                assert_eq!(plain, any, "{text:?}");
            }
        }
        assert_eq!(wordpiece.cut("BINS", 9), [3, 6]);
    }
}

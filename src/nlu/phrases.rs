//! Phrases as patterns over words, and where they occur in a message.
//!
//! A pattern is words separated by spaces; `a|b` stands for either, `*` for up to [`GAP_MAX`]
//! words of any kind. A match never reaches over the end of a sentence. It knows no meanings.

use super::hashing::QuickMap;
use super::message::{Message, Stop, Word};
use std::ops::Range;

/// The most words that `*` stands for.
const GAP_MAX: usize = 3;

#[derive(Debug)]
enum Element {
    OneOf(Vec<Box<[u8]>>),
    Gap,
}

/// A set of patterns, each with what it stands for.
#[derive(Debug)]
pub(super) struct Phrases<T> {
    patterns: Vec<(Vec<Element>, T)>,
    by_first_word: QuickMap<Box<[u8]>, Vec<usize>>,
}

impl<T> Phrases<T> {
    /// No patterns.
    pub(super) fn new() -> Self {
        Self {
            patterns: Vec::new(),
            by_first_word: QuickMap::default(),
        }
    }

    /// Adds a pattern, whose words are as [`Message`] reads them; it begins with a word.
    pub(super) fn add_pattern(&mut self, pattern: &str, meaning: T) {
        let elements = pattern
            .split(' ')
            .map(|element| match element {
                "*" => Element::Gap,
                words => Element::OneOf(words.split('|').map(|w| w.as_bytes().into()).collect()),
            })
            .collect();
        self.add(elements, meaning);
    }

    /// Adds a phrase as an author wrote it; one without a word is left out.
    pub(super) fn add_phrase(&mut self, phrase: &str, meaning: T) {
        let message = Message::read(phrase);
        let elements = message
            .words()
            .iter()
            .map(|word| Element::OneOf(vec![message.bytes(*word).into()]))
            .collect();
        self.add(elements, meaning);
    }

    fn add(&mut self, elements: Vec<Element>, meaning: T) {
        if let Some(Element::OneOf(words)) = elements.first() {
            for word in words {
                self.by_first_word
                    .entry(word.clone())
                    .or_default()
                    .push(self.patterns.len());
            }
            self.patterns.push((elements, meaning));
        }
    }

    /// The longest pattern that matches from the word `at` on: the words it covers, its meaning.
    pub(super) fn longest_at(
        &self,
        message: &Message,
        words: &[Word],
        at: usize,
    ) -> Option<(Range<usize>, &T)> {
        let first = self.by_first_word.get(message.bytes(*words.get(at)?))?;
        let mut longest: Option<(Range<usize>, &T)> = None;
        for pattern in first {
            let (elements, meaning) = &self.patterns[*pattern];
            if let Some(end) = match_end(elements, message, words, at)
                && longest
                    .as_ref()
                    .is_none_or(|(covered, _)| covered.end < end)
            {
                longest = Some((at..end, meaning));
            }
        }
        longest
    }

    /// Every place at which a pattern matches, the longest a place, in order.
    pub(super) fn matches<'a>(
        &'a self,
        message: &'a Message,
        words: &'a [Word],
    ) -> impl Iterator<Item = (Range<usize>, &'a T)> {
        (0..words.len()).filter_map(|at| self.longest_at(message, words, at))
    }
}

/// One past the last word of the shortest match of `elements` from `at` on.
fn match_end(elements: &[Element], message: &Message, words: &[Word], at: usize) -> Option<usize> {
    let Some((element, rest)) = elements.split_first() else {
        return Some(at);
    };
    let over_sentence = |from: usize, to: usize| {
        words
            .get(from..to)
            .is_none_or(|gap| gap.iter().any(|word| word.stop == Stop::Sentence))
    };
    match element {
        Element::Gap => (at..=at + GAP_MAX)
            .take_while(|next| !over_sentence(at, *next))
            .find_map(|next| match_end(rest, message, words, next)),
        Element::OneOf(accepted) => {
            let bytes = message.bytes(*words.get(at)?);
            if !accepted.iter().any(|word| **word == *bytes) {
                return None;
            }
            if !rest.is_empty() && over_sentence(at, at + 1) {
                return None;
            }
            match_end(rest, message, words, at + 1)
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_pattern_matches_where_its_words_stand_in_one_sentence() {
        for (pattern, text, expected) in [
            (
                "smell|stink * gas",
                "i can smell a lot of gas here",
                Some(2..7),
            ),
            ("smell|stink * gas", "smell gas", Some(0..2)),
            ("smell|stink * gas", "smell of the old wet rotten gas", None),
            ("smell|stink * gas", "a smell. gas bill", None),
            ("on fire", "the flat is on fire. help", Some(3..5)),
            ("on fire", "on the fire", None),
        ] {
            let mut phrases = Phrases::new();
            phrases.add_pattern(pattern, ());
            let message = Message::read(text);
            let found = phrases
                .matches(&message, message.words())
                .next()
                .map(|(range, ())| range);
            assert_eq!(found, expected, "{pattern} in {text}");
        }
    }

    #[test]
    fn the_longest_pattern_wins() {
        let mut phrases = Phrases::new();
        phrases.add_phrase("No", "short");
        phrases.add_phrase("no, thank you!", "long");
        phrases.add_phrase("?!", "no word");
        let message = Message::read("no thank you very much");
        let (range, meaning) = phrases.longest_at(&message, message.words(), 0).unwrap();
        assert_eq!((range, *meaning), (0..3, "long"));
    }
}

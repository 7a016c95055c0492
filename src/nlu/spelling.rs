//! Misspelt words, repaired against the words of the content by symmetric deletion.
//!
//! Two words within an edit of each other have a form in common when a letter of each may be left
//! out (Garbe's `SymSpell`): so the index holds every word of the content with up to two letters left
//! out, and a look-up costs a handful of hashes. It proposes a repair; both forms are scored, and
//! what is not repaired loses nothing.

use super::hashing::{STEP, step};
use super::message::Message;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Words shorter than this are not repaired: too many are within an edit of another.
const ONE_EDIT_LETTERS_MIN: usize = 4;
/// Words from this length on may have two letters wrong.
const TWO_EDITS_LETTERS_MIN: usize = 8;
/// Longer words are no misspelling of any word.
const LETTERS_MAX: usize = 24;

/// Forms are found by as many leading bits of their hash: a handful in each bucket.
const BUCKET_BITS: u32 = 16;

/// The words of the content and the forms by which they are found.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Spelling {
    /// Each word with the number of examples that hold it, in order.
    words: Vec<(Box<[u8]>, u32)>,
    /// Hashes of what is left of a word without some of its letters, in order, with the word's place. There are
    /// some forty a word: spelt out they would be the largest part of a model.
    forms: Vec<(u32, u32)>,
    /// Where in the forms each bucket begins, and where the last one ends.
    buckets: Vec<u32>,
}

impl Spelling {
    /// Learns the words of the examples.
    pub(super) fn learn(examples: &[Message]) -> Self {
        let mut counts: BTreeMap<Box<[u8]>, u32> = BTreeMap::new();
        for example in examples {
            for word in example.slices(example.words()) {
                *counts.entry(word.into()).or_default() += 1;
            }
        }
        let words = Vec::from_iter(counts);
        let mut of_words: Vec<(u32, u32)> = Vec::new();
        for (at, (word, _)) in (0..).zip(&words) {
            of_words.extend(forms(word).iter().map(|form| (hash(form), at)));
        }
        of_words.sort_unstable();
        let buckets = (0..=1 << BUCKET_BITS).map(|bucket| {
            let before = of_words.partition_point(|(hash, _)| bucket_of(*hash) < bucket);
            u32::try_from(before).unwrap_or(u32::MAX)
        });
        Self {
            buckets: buckets.collect(),
            forms: of_words,
            words,
        }
    }

    /// The words that have a form, each with the number of examples that hold it; now and then another one.
    fn words_of(&self, form: &[u8]) -> impl Iterator<Item = &(Box<[u8]>, u32)> {
        let hash = hash(form);
        let bucket = bucket_of(hash);
        let ends = self.buckets.get(bucket..bucket + 2);
        let range = ends.map_or(0..0, |ends| ends[0] as usize..ends[1] as usize);
        let same = self.forms[range].iter().filter(move |one| one.0 == hash);
        same.map(|(_, word)| &self.words[*word as usize])
    }

    /// The word of the content that was probably meant by one that is not in it.
    pub(super) fn repair(&self, word: &[u8]) -> Option<Box<str>> {
        let is_known = || self.words_of(word).any(|(known, _)| **known == *word);
        if !may_be_misspelt(word) || is_known() {
            return None;
        }
        let forms = forms(word);
        let near = forms.iter().flat_map(|form| self.words_of(form));
        let (best, _) = near
            .filter(|(candidate, _)| distance(word, candidate) <= edits_max(word.len()))
            .min_by_key(|(candidate, count)| {
                (distance(word, candidate), u32::MAX - count, candidate)
            })?;
        std::str::from_utf8(best).ok().map(Into::into)
    }
}

fn hash(form: &[u8]) -> u32 {
    let hash = form.iter().fold(0, |hash, byte| step(hash, *byte));
    (hash.wrapping_mul(STEP) >> 32) as u32
}

fn bucket_of(hash: u32) -> usize {
    (hash >> (u32::BITS - BUCKET_BITS)) as usize
}

fn may_be_misspelt(word: &[u8]) -> bool {
    (ONE_EDIT_LETTERS_MIN..=LETTERS_MAX).contains(&word.len())
        && word.iter().all(u8::is_ascii_lowercase)
}

fn edits_max(letters: usize) -> usize {
    1 + usize::from(letters >= TWO_EDITS_LETTERS_MIN)
}

/// The word itself, and what is left when up to as many letters as may be wrong are left out.
fn forms(word: &[u8]) -> Vec<Vec<u8>> {
    let mut forms = vec![word.to_vec()];
    if !may_be_misspelt(word) {
        return forms;
    }
    let mut from = 0;
    // A word of seven letters may be a misspelling of one of eight, so it is found by both.
    for _ in 0..edits_max(word.len() + 1) {
        let to = forms.len();
        for at in from..to {
            for gap in 0..forms[at].len() {
                let mut shorter = forms[at].clone();
                shorter.remove(gap);
                forms.push(shorter);
            }
        }
        from = to;
    }
    forms.sort_unstable();
    forms.dedup();
    forms
}

/// Edits from one word to another: a letter more, less or other, or two exchanged (the optimal
/// string alignment distance).
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut two_before: Vec<usize>;
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        two_before = std::mem::replace(&mut before, std::mem::take(&mut row));
        row.push(i + 1);
        for (j, y) in b.iter().enumerate() {
            let other = before[j] + usize::from(x != y);
            let mut least = other.min(before[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                least = least.min(two_before[j - 1] + 1);
            }
            row.push(least);
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_word_of_the_content_is_repaired_and_another_word_is_left() {
        let content = [
            "recycling collection missed",
            "council rent",
            "pothole",
            "the bin",
        ];
        let examples: Vec<Message> = content.iter().map(|text| Message::read(text)).collect();
        let spelling = Spelling::learn(&examples);
        for (written, meant) in [
            ("recyling", Some("recycling")),
            ("recycyling", Some("recycling")),
            ("colection", Some("collection")),
            ("colecton", Some("collection")),
            ("potohle", Some("pothole")),
            ("potholle", Some("pothole")),
            ("cuoncil", Some("council")),
            ("rnet", Some("rent")),
            ("rent", None),
            ("bim", None),
            ("library", None),
            ("tin", None),
            ("caf\u{e9}", None),
        ] {
            let repaired = spelling.repair(written.as_bytes());
            assert_eq!(repaired.as_deref(), meant, "{written}");
        }
    }

    #[test]
    fn edits_are_counted() {
        for (a, b, edits) in [
            ("", "", 0),
            ("bin", "bin", 0),
            ("bin", "bi", 1),
            ("bin", "ibn", 1),
            ("abc", "xyz", 3),
        ] {
            assert_eq!(distance(a.as_bytes(), b.as_bytes()), edits, "{a} {b}");
        }
    }
}

//! A text with words replaced, and the way back to its own words.
//!
//! Which words are replaced, and by what, is [`super::lists`]'s.

use super::words::Words;

/// A text with words replaced, and where each stands in it.
pub(super) struct Repaired {
    pub(super) text: String,
    /// Of each word, in bytes of the text.
    places: Vec<(usize, usize)>,
    /// The words that were replaced.
    pub(super) changed: Vec<usize>,
}

impl Repaired {
    /// The text in which some words, by their places, are others.
    pub(super) fn of(w: &Words<'_>, repairs: &[(usize, &str)]) -> Self {
        let mut repaired = Self {
            text: String::with_capacity(w.folded().len() + 8),
            places: Vec::with_capacity(w.len()),
            changed: repairs.iter().map(|(at, _)| *at).collect(),
        };
        for at in 0..w.len() {
            let repair = repairs.iter().find(|(place, _)| *place == at);
            let start = repaired.text.len();
            repaired
                .text
                .push_str(repair.map_or(w.get(at), |(_, word)| word));
            repaired.places.push((start, repaired.text.len()));
            repaired.text.push(' ');
        }
        repaired
    }

    /// The word that begins at a byte.
    pub(super) fn start(&self, byte: usize) -> Option<usize> {
        self.places
            .binary_search_by_key(&byte, |(start, _)| *start)
            .ok()
    }

    /// The word that ends at a byte.
    pub(super) fn end(&self, byte: usize) -> Option<usize> {
        self.places
            .binary_search_by_key(&byte, |(_, end)| *end)
            .ok()
    }
}

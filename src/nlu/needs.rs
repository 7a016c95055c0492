//! Where one message may hold several needs: sentence ends, "and", "also", commas.
//!
//! It says where a message can be cut, not whether it should be: that depends on whether each part
//! is understood on its own.

use super::message::{Message, Stop, Word};
use std::ops::Range;

/// The most parts into which a message is cut; what follows stays with the last.
const PARTS_MAX: usize = 8;

/// A part of a message: words, and how firmly it is set off from the part before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// Its words, without the words that join it to the part before.
    pub(super) words: Range<usize>,
    /// Whether a sentence ended before it; otherwise the cut counts only if both sides are needs.
    pub(super) new_sentence: bool,
}

/// The parts of a message, in order; one part where there is nothing to cut.
pub(super) fn parts(message: &Message, words: &[Word]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut start = 0;
    let mut new_sentence = true;
    let mut at = 0;
    while at < words.len() {
        let joined = joining_words(message, &words[at..]);
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        let stop = before.map_or(Stop::None, |word| word.stop);
        if (joined > 0 || stop != Stop::None) && parts.len() + 1 < PARTS_MAX {
            if at > start {
                parts.push(Part {
                    words: start..at,
                    new_sentence,
                });
                new_sentence = false;
            }
            new_sentence |= stop == Stop::Sentence;
            start = at + joined;
        }
        at += joined.max(1);
    }
    if start < words.len() {
        parts.push(Part {
            words: start..words.len(),
            new_sentence,
        });
    }
    parts
}

/// How many words from the beginning join what follows to what was said before.
fn joining_words(message: &Message, words: &[Word]) -> usize {
    let is = |at: usize, text: &[u8]| words.get(at).is_some_and(|w| message.bytes(*w) == text);
    if is(0, b"as") && is(1, b"well") && is(2, b"as") {
        return 3;
    }
    let joins = [
        &b"and"[..],
        b"also",
        b"plus",
        b"then",
        b"but",
        b"secondly",
        b"additionally",
        b"&",
    ];
    (0..)
        .take_while(|at| joins.iter().any(|join| is(*at, join)))
        .count()
}

//! Why a message was understood as it was, for the authors of examples: the words that counted, and
//! the examples that are nearest.
//!
//! A word counts for what is lost without it, so that it does not matter by which features it acts.
//! It is for people who improve the content; no answer depends on it.

use super::look::{Depth, Look};
use super::message::Word;
use super::model::Model;
use super::{IntentName, Ranked};

/// Words of a message that are weighed, at most.
const WORDS_MAX: usize = 40;
/// Examples that are shown.
const NEAREST: usize = 5;

/// Why a message was understood as it was.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The likeliest intents, best first.
    pub ranked: Vec<Ranked>,
    /// Whether the second stage was asked.
    pub by_second: bool,
    /// Each word as it was read, with the part of the first stage's score for the likeliest intent
    /// that is lost without it; below 0 where the word speaks for another.
    pub words: Vec<(String, f32)>,
    /// The nearest examples by the second stage, where it is there: text as it was read, intent, and
    /// cosine.
    pub nearest: Vec<(String, IntentName, f32)>,
}

impl Model {
    /// Explains how a text is understood: milliseconds.
    #[must_use]
    pub fn explain(&self, text: &str) -> Explanation {
        let message = self.message(text);
        let look = Look::new(self, &message, Depth::Both);
        let all = message.words();
        let Some(reading) = look.score(all) else {
            return Explanation {
                ranked: Vec::new(),
                by_second: false,
                words: Vec::new(),
                nearest: Vec::new(),
            };
        };
        let score = |words: &[Word]| {
            let read = look.score_at_first(words);
            read.map_or(0.0, |read| read.scores[reading.intent])
        };
        let whole = score(all);
        let words = (0..all.len().min(WORDS_MAX)).map(|at| {
            let mut without = all.to_vec();
            let word = without.remove(at);
            let written = String::from_utf8_lossy(message.bytes(word)).into_owned();
            (written, whole - score(&without))
        });
        Explanation {
            words: words.collect(),
            by_second: look.familiarity().is_some_and(|(_, by_second)| by_second),
            nearest: self.nearest(&look, all),
            ranked: reading.ranked.clone(),
        }
    }

    fn nearest(&self, look: &Look<'_>, words: &[Word]) -> Vec<(String, IntentName, f32)> {
        let Some(second) = self.second.get() else {
            return Vec::new();
        };
        let (Some(neighbours), Some(encoding)) =
            (&second.stage.neighbours, look.encode(second, words))
        else {
            return Vec::new();
        };
        let nearest = neighbours.nearest(&encoding, NEAREST).into_iter();
        nearest
            .map(|(at, class, cosine)| {
                let name = self.intents[class].name.clone();
                (second.texts[at].to_string(), name, cosine)
            })
            .collect()
    }
}

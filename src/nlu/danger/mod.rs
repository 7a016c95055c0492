//! Danger: life, safety and a roof tonight, found by a lexicon beside a trained detector.
//!
//! The lexicon holds what must never be missed, whatever the content's examples are; the detector is
//! learnt from what means danger and what only sounds like it, with a threshold of its own. This room
//! does not say what to do: the danger intent's answer does.

mod alarm;
mod lexicon;
mod poll;

pub(super) use alarm::{Bounds, Sound, bounds, learn, log_odds};
pub(super) use lexicon::Lexicon;
pub(super) use poll::Poll;

use super::message::{Message, Word};
use super::model::Intent;
use crate::pii::{Word as Spoken, classify};

/// Probabilities are kept this far from 0 and 1, so that one voice can outvote the other.
const PROBABILITY_MIN: f32 = 1e-6;

/// The log-odds that some danger intent is meant, whichever, as the intents are ranked.
pub(super) fn odds(confidences: &[f32], intents: &[Intent]) -> f32 {
    let of_danger = confidences.iter().zip(intents);
    let sum: f32 = of_danger
        .filter(|(_, intent)| intent.danger)
        .map(|(confidence, _)| *confidence)
        .sum();
    let probability = sum.clamp(PROBABILITY_MIN, 1.0 - PROBABILITY_MIN);
    (probability / (1.0 - probability)).ln()
}

/// Whether words say enough for the detector: two that tell something. Of one alone ("floor", "in my
/// house") and of none ("on and off", "no, 14 not 40", "I meant forty") scores say nothing; cries for help
/// in so few words are the lexicon's. Where a thing is tells nothing ("under the stairs"); where somebody is does
/// ("he's under the ice").
pub(super) fn says_enough(message: &Message, words: &[Word]) -> bool {
    let mut of_somebody = false;
    let tells = |word: &&Word| {
        let bytes = message.bytes(**word);
        of_somebody |= is_in(PRONOUNS, bytes);
        let small = is_in(SMALL, bytes) || !of_somebody && is_in(WHERE, bytes);
        !small && !bytes.iter().any(u8::is_ascii_digit) && !is_number(bytes)
    };
    words.iter().filter(tells).count() > 1
}

fn is_in(set: &[&str], word: &[u8]) -> bool {
    set.iter().any(|of_set| of_set.as_bytes() == word)
}

/// Whether a word counts: "forty".
fn is_number(word: &[u8]) -> bool {
    matches!(
        classify(word),
        Spoken::Digit(_) | Spoken::Teen(_) | Spoken::Tens(_) | Spoken::Hundred | Spoken::Thousand
    )
}

/// Words for somebody. Whoever is named otherwise ("a lad") tells something anyway.
const PRONOUNS: &[&str] = &["i", "he", "she", "we", "they"];

/// Words that say where something is, and may mean danger to somebody who is there.
#[rustfmt::skip]
const WHERE: &[&str] = &[
    "under", "over", "above", "below", "behind", "beside", "between", "into", "onto", "inside", "outside",
];

/// Words that point at another or join it, and tell nothing by themselves.
#[rustfmt::skip]
const SMALL: &[&str] = &[
    "a", "an", "the", "this", "that", "these", "those", "it", "its", "i", "me", "my", "we", "us", "our",
    "you", "your", "he", "him", "his", "she", "her", "they", "them", "their", "there", "here",
    "in", "on", "at", "of", "to", "for", "from", "by", "with", "off", "up", "down", "out", "about", "near",
    "and", "or", "but", "so", "then", "if", "as", "than", "is", "are", "was", "were", "be", "been", "am",
    "do", "does", "did", "have", "has", "had", "will", "would", "can", "could", "should",
    "not", "no", "yes", "yeah", "just", "still", "all", "any", "some", "too", "also", "only", "again",
    "please", "thanks", "thank", "sorry", "hello", "hi", "ok", "okay", "well", "meant",
];

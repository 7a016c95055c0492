//! Messages of a word or two that name a topic and no need: "bins", "council tax", "housing".
//!
//! A linear model is sure of them all the same, of whichever intent leans on the word most. How many
//! examples of each intent hold the words says whether one of them owns them. It does not look at
//! longer messages.

use super::message::{Message, Word};
use super::{IntentName, Ranked};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The most words of a topic.
const WORDS_MAX: usize = 2;
/// Examples that must hold the words, for the shares to mean something.
const EXAMPLES_MIN: u32 = 8;
/// Intents that are offered.
const OFFERED: usize = 3;
/// An intent with at least this share of the examples owns the words.
const OWNS: f32 = 0.5;

/// In how many examples of each intent a word stands.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Topics {
    uses: HashMap<Box<[u8]>, Vec<u32>>,
}

impl Topics {
    /// Counts over the examples, each with its intent's place.
    pub(super) fn count(messages: &[Message], own_class: &[usize], intents: usize) -> Self {
        let mut topics = Self::default();
        for (message, class) in messages.iter().zip(own_class) {
            let mut words: Vec<&[u8]> = message
                .words()
                .iter()
                .map(|word| message.bytes(*word))
                .collect();
            words.sort_unstable();
            words.dedup();
            for word in words {
                let counts = topics
                    .uses
                    .entry(word.into())
                    .or_insert_with(|| vec![0; intents]);
                counts[*class] += 1;
            }
        }
        topics
    }

    /// The likeliest intents by their share of the examples with these words, best first; none if
    /// there are more words than a topic has, too few examples, or an intent that owns the words.
    pub(super) fn between(
        &self,
        message: &Message,
        words: &[Word],
        candidates: impl Fn(usize) -> Option<IntentName>,
    ) -> Option<Vec<Ranked>> {
        if words.is_empty() || words.len() > WORDS_MAX {
            return None;
        }
        let counts: Vec<&Vec<u32>> = words
            .iter()
            .map(|word| self.uses.get(message.bytes(*word)))
            .collect::<Option<_>>()?;
        let intents = counts.first()?.len();
        // Fewest of any word: what holds "council" and "tax" mostly holds "council tax".
        let both = |intent: usize| counts.iter().map(|of| of[intent]).min().unwrap_or(0);
        let total: u32 = (0..intents).map(both).sum();
        if total < EXAMPLES_MIN {
            return None;
        }
        let mut shares: Vec<(u32, IntentName)> = (0..intents)
            .filter(|intent| both(*intent) > 0)
            .filter_map(|intent| Some((both(intent), candidates(intent)?)))
            .collect();
        shares.sort_by(|(a, one), (b, other)| b.cmp(a).then_with(|| one.cmp(other)));
        let share = |count: u32| f64::from(count) / f64::from(total);
        let first = shares.first()?;
        if shares.len() < 2 || share(first.0) >= f64::from(OWNS) {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, reason = "a share, 0 to 1")]
        let ranked = |(count, intent): (u32, IntentName)| Ranked {
            intent,
            confidence: share(count) as f32,
        };
        Some(shares.into_iter().take(OFFERED).map(ranked).collect())
    }
}

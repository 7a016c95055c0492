//! The second stage, and when it is asked.
//!
//! The first stage decides alone where its confidence is at least what in cross-validation left few
//! mistakes: on the validation part of BANKING77 it then decides 63 in 100, and loses nothing against asking
//! the second about everything. It runs no thread: whoever calls decides where the milliseconds are spent.

use super::calibration::{Calibration, HeldOut, best};
use super::embedding::Embedding;
use super::linear::Features;
use super::stage::{Reading, Stage};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Weight of the n-grams beside an embedding of the second stage. Chosen on the validation parts of
/// CLINC150 and BANKING77, as in the table of docs/decisions/0009.
const SPARSE_WEIGHT: f32 = 0.5;

/// Log-odds of danger this near the threshold are worth a closer look, however sure the intent.
const DANGER_IN_DOUBT: f32 = 3.0;

/// Of all messages the first stage alone answers at most this share wrongly; of those the second would get
/// some wrong as well.
const WRONG_ALONE_MAX: f32 = 0.005;

/// The second stage of a model, trained by [`Study::second`](super::Study::second).
#[derive(Debug)]
pub struct Second {
    pub(super) stage: Stage,
    pub(super) encoder: Arc<dyn Embedding>,
    pub(super) policy: Policy,
    /// The examples as they were read, in the order of the neighbours.
    pub(super) texts: Vec<Box<str>>,
}

impl Second {
    /// The features of this stage from those of the first and an embedding.
    pub(super) fn features(&self, first: &Features, dense: Vec<f32>) -> Features {
        features(first.sparse.clone(), dense)
    }
}

/// The second stage's features.
pub(super) fn features(mut sparse: Vec<super::features::Entry>, dense: Vec<f32>) -> Features {
    for entry in &mut sparse {
        entry.value *= SPARSE_WEIGHT;
    }
    Features::new(sparse, dense)
}

/// When the first stage decides alone.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) struct Policy {
    confidence_min: f32,
    score_min: f32,
}

impl Policy {
    /// Learns from examples that the first stage scored without having seen them.
    ///
    /// What the second made of them is not asked. Held-out examples that the first is sure of have near
    /// copies among the others, and where those bear the wrong label both stages follow it: on BANKING77
    /// nothing was lost there that the second would have got right, and of other messages 0.7 in 100.
    pub(super) fn fit<'a>(
        calibration: &Calibration,
        examples: impl Iterator<Item = &'a HeldOut>,
    ) -> Self {
        let mut decided: Vec<(f32, bool)> = Vec::new();
        let score_min = calibration.sure_score_min();
        let mut count = 0.0;
        for example in examples {
            count += 1.0;
            if calibration.familiarity_of(example) >= score_min {
                let wrong = best(&example.scores).0 != example.intent;
                decided.push((calibration.confidence_of(example), wrong));
            }
        }
        decided.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
        let mut left = count * WRONG_ALONE_MAX;
        let too_many = decided.iter().find(|(_, wrong)| {
            left -= f32::from(u8::from(*wrong));
            left < 0.0
        });
        // Of equal confidence all are decided, or none.
        let allowed = decided.iter().map(|(confidence, _)| *confidence);
        let allowed =
            allowed.take_while(|confidence| too_many.is_none_or(|(first, _)| confidence > first));
        Self {
            confidence_min: allowed.last().unwrap_or(f32::INFINITY),
            score_min,
        }
    }

    /// Whether a reading of the first stage is worth a closer look.
    pub(super) fn doubts(&self, reading: &Reading) -> bool {
        !self.is_sure(reading.confidence(), reading.score) || reading.danger.abs() < DANGER_IN_DOUBT
    }

    /// Whether the first stage's confidence and familiarity are enough.
    pub(super) fn is_sure(&self, confidence: f32, score: f32) -> bool {
        confidence >= self.confidence_min && score >= self.score_min
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many of 1,000 examples the first stage decides alone, and how many of those wrongly, where every
    /// hundredth is wrong and its score for the other intent is 0.
    fn decided(score: impl Fn(u16) -> f32) -> (usize, usize) {
        let example = |at: u16| HeldOut {
            scores: vec![score(at), 0.0],
            likeness: None,
            intent: usize::from(at % 100 == 99),
            elsewhere: false,
        };
        let examples: Vec<HeldOut> = (0..1000).map(example).collect();
        let calibration = Calibration::fit(&examples, 1.0);
        let policy = Policy::fit(&calibration, examples.iter());
        let decided = examples.iter().filter(|one| {
            let score = calibration.familiarity_of(one);
            policy.is_sure(calibration.confidence_of(one), score)
        });
        let decided: Vec<&HeldOut> = decided.collect();
        let wrong = decided.iter().filter(|one| one.intent == 1).count();
        (decided.len(), wrong)
    }

    #[test]
    fn the_first_stage_decides_alone_until_its_mistakes_are_too_many() {
        let less_and_less = |at: u16| f32::from(1000 - at) * 0.01;
        assert_eq!(
            decided(less_and_less),
            (599, 5),
            "5 in 1,000, and the sixth not"
        );
    }

    #[test]
    fn what_it_is_equally_sure_of_it_decides_as_a_whole() {
        let in_steps = |at: u16| f32::from(10 - at / 250) * 0.5;
        assert_eq!(decided(in_steps), (500, 5), "two more are too many");
        assert_eq!(decided(|_| 5.0), (0, 0), "ten are too many");
    }
}

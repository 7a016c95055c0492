//! The second stage, and when it is asked.
//!
//! The first stage decides alone where its confidence is at least what cross-validation showed to
//! lose next to nothing against asking the second about everything. It runs no thread: whoever calls
//! decides where the milliseconds are spent.

use super::calibration::{Calibration, HeldOut, best};
use super::embedding::Embedding;
use super::linear::Features;
use super::stage::{Reading, Stage};
use std::sync::Arc;

/// Weight of the n-grams beside an embedding of the second stage. Chosen on the validation parts of
/// CLINC150 and BANKING77, as in the table of docs/decisions/0009.
const SPARSE_WEIGHT: f32 = 0.5;

/// Points of held-out accuracy that the first stage may cost by deciding alone. The mark is 0.3.
const LOSS_MAX: f32 = 0.002;

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
    pub(super) fn features(&self, first: Features, dense: Vec<f32>) -> Features {
        features(first.sparse, dense)
    }
}

/// The second stage's features.
pub(super) fn features(mut sparse: Vec<super::features::Entry>, dense: Vec<f32>) -> Features {
    for entry in &mut sparse {
        entry.value *= SPARSE_WEIGHT;
    }
    Features { sparse, dense }
}

/// When the first stage decides alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Policy {
    confidence_min: f32,
    score_min: f32,
}

impl Policy {
    /// Learns from examples that both stages scored without having seen them.
    pub(super) fn fit(calibration: &Calibration, first: &[&HeldOut], second: &[HeldOut]) -> Self {
        let right = |example: &HeldOut| best(&example.scores).0 == example.intent;
        let score_min = calibration.sure_score_min();
        let mut decided: Vec<(f32, i32)> = first
            .iter()
            .zip(second)
            .filter(|(one, _)| calibration.familiarity_of(one) >= score_min)
            .map(|(one, other)| {
                let gained = i32::from(right(one)) - i32::from(right(other));
                (calibration.confidence_of(one), gained)
            })
            .collect();
        decided.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            reason = "counts of examples are far below 2^23"
        )]
        let lost_max = (second.len() as f32 * LOSS_MAX) as i32;
        let (mut gained, mut confidence_min) = (0, 1.0);
        for (confidence, change) in decided {
            gained += change;
            if gained >= -lost_max {
                confidence_min = confidence;
            }
        }
        Self {
            confidence_min,
            score_min,
        }
    }

    /// Whether a reading of the first stage is worth a closer look.
    pub(super) fn doubts(&self, reading: &Reading) -> bool {
        reading.confidence() < self.confidence_min || reading.score < self.score_min
    }
}

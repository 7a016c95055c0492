//! The second stage, and when it is asked.
//!
//! The first stage decides alone where its confidence is at least what cross-validation showed to
//! lose nothing against asking the second about everything: on the validation parts of BANKING77 and
//! CLINC150 it then loses 0.2 to 0.5 points. It runs no thread: whoever calls
//! decides where the milliseconds are spent.

use super::calibration::{Calibration, HeldOut, best};
use super::embedding::Embedding;
use super::linear::Features;
use super::stage::{Reading, Stage};
use super::study::Twice;
use std::ops::Range;
use std::sync::Arc;

/// Weight of the n-grams beside an embedding of the second stage. Chosen on the validation parts of
/// CLINC150 and BANKING77, as in the table of docs/decisions/0009.
const SPARSE_WEIGHT: f32 = 0.5;

/// Log-odds of danger this near the threshold are worth a closer look, however sure the intent.
const DANGER_IN_DOUBT: f32 = 3.0;

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
    pub(super) fn fit(calibration: &Calibration, examples: &[Twice]) -> Self {
        let right = |example: &HeldOut| best(&example.scores).0 == example.intent;
        let score_min = calibration.sure_score_min();
        let mut decided: Vec<(f32, i32)> = examples
            .iter()
            .filter(|one| calibration.familiarity_of(&one.first) >= score_min)
            .map(|one| {
                let lost = i32::from(right(&one.second)) - i32::from(right(&one.first));
                (calibration.confidence_of(&one.first), lost)
            })
            .collect();
        decided.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        // What is lost below does not get paid by what was gained by chance above.
        let mut blocks = ascending(decided.iter().map(|(_, lost)| *lost)).into_iter();
        let loses_nothing = blocks.by_ref().take_while(|(_, mean)| *mean <= 0.0).last();
        let confidence_min = loses_nothing.map_or(1.0, |(block, _)| decided[block.end - 1].0);
        Self {
            confidence_min,
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

/// Values as means over blocks that ascend from one to the next and are nearest to them (isotonic
/// regression, by pooling neighbours): the less sure the first stage is, the more the second is worth.
fn ascending(values: impl Iterator<Item = i32>) -> Vec<(Range<usize>, f32)> {
    let mut blocks: Vec<(Range<usize>, i32)> = Vec::new();
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of examples are far below 2^23"
    )]
    let mean = |(range, sum): &(Range<usize>, i32)| *sum as f32 / range.len() as f32;
    for (at, value) in values.enumerate() {
        let mut block = (at..at + 1, value);
        while let Some(before) = blocks.pop_if(|before| mean(before) >= mean(&block)) {
            block = (before.0.start..block.0.end, before.1 + block.1);
        }
        blocks.push(block);
    }
    blocks
        .into_iter()
        .map(|block| {
            let mean = mean(&block);
            (block.0, mean)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_that_descend_are_pooled() {
        let blocks = |values: &[i32]| ascending(values.iter().copied());
        assert_eq!(blocks(&[]), []);
        assert_eq!(blocks(&[0, 1]), [(0..1, 0.0), (1..2, 1.0)]);
        assert_eq!(
            blocks(&[1, -1, 0, 1, 0]),
            [(0..3, 0.0), (3..5, 0.5)],
            "luck is shared with what stands beside it"
        );
    }
}

//! Trained weights, packed: a byte each with a scale a row.
//!
//! A message reads hundreds of rows from far apart: a quarter of the bytes, and the detector of danger
//! beside the intents instead of in a table of its own. What is learnt, and how sure it may be, is learnt in
//! full width.

use super::linear::{BLOCK, Features, Weights};
use super::widest::{Work, with_widest};
use serde::{Deserialize, Serialize};

/// Columns of a row are padded to a multiple of this, so that loops over them need no remainder.
const LANES: usize = 16;

/// Appends numbers as a byte each; gives what a byte counts for.
pub(super) fn pack(numbers: &[f32], to: &mut Vec<i8>) -> f32 {
    let largest = numbers
        .iter()
        .fold(0.0_f32, |most, number| most.max(number.abs()));
    let scale = largest / f32::from(i8::MAX);
    let step = scale.max(f32::MIN_POSITIVE);
    #[expect(clippy::cast_possible_truncation, reason = "at most 127")]
    let bytes = numbers.iter().map(|number| (number / step).round() as i8);
    to.extend(bytes);
    scale
}

/// Weights when nothing more is learnt.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Packed {
    columns: usize,
    stride: usize,
    /// Of n-grams; the embedding's come after them, then that of the constant.
    rows: usize,
    scales: Vec<f32>,
    /// Row by column.
    #[serde(with = "super::kept::signed")]
    weights: Vec<i8>,
}

impl Packed {
    /// Weights that are learnt from the same features, their classes side by side.
    pub(super) fn of(parts: &[&Weights]) -> Self {
        let columns = parts.iter().map(|part| part.classes()).sum::<usize>();
        let rows = parts.iter().map(|part| part.rows()).max().unwrap_or(0);
        let width = parts.iter().map(|part| part.width()).max().unwrap_or(0);
        let mut packed = Self {
            columns,
            stride: columns.next_multiple_of(LANES),
            rows,
            scales: Vec::with_capacity(rows + width + 1),
            weights: Vec::new(),
        };
        let mut row = Vec::with_capacity(packed.stride);
        for at in 0..=rows + width {
            row.clear();
            for part in parts {
                let own = match at.checked_sub(rows) {
                    Some(nth) => Some(part.rows() + nth),
                    None => (at < part.rows()).then_some(at),
                };
                let end = row.len() + part.classes();
                row.extend_from_slice(own.map_or(&[], |own| part.row(own)));
                row.resize(end, 0.0);
            }
            row.resize(packed.stride, 0.0);
            packed.push(&row);
        }
        packed
    }

    fn push(&mut self, row: &[f32]) {
        self.scales.push(pack(row, &mut self.weights));
    }

    /// The score of each class of each part.
    pub(super) fn scores(&self, features: &Features) -> Vec<f32> {
        let mut scores = vec![0.0; self.stride];
        with_widest(Score {
            weights: self,
            features,
            scores: &mut scores,
        });
        scores.truncate(self.columns);
        scores
    }

    /// The scores of `N` columns.
    #[inline(always)]
    fn block<const N: usize>(&self, features: &Features, from: usize) -> [f32; N] {
        let mut scores = [0.0; N];
        self.add_row(self.scales.len() - 1, from, features.constant, &mut scores);
        let known = features
            .sparse
            .partition_point(|entry| (entry.row as usize) < self.rows);
        for entry in &features.sparse[..known] {
            self.add_row(entry.row as usize, from, entry.value, &mut scores);
        }
        for (row, value) in (self.rows..).zip(&features.dense) {
            self.add_row(row, from, *value, &mut scores);
        }
        scores
    }

    #[inline(always)]
    fn add_row<const N: usize>(&self, row: usize, from: usize, value: f32, scores: &mut [f32; N]) {
        let value = value * self.scales[row];
        let at = row * self.stride + from;
        for (score, weight) in scores.iter_mut().zip(&self.weights[at..at + N]) {
            *score += value * f32::from(*weight);
        }
    }
}

struct Score<'a> {
    weights: &'a Packed,
    features: &'a Features,
    scores: &'a mut [f32],
}

impl Work for Score<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self {
            weights,
            features,
            scores,
        } = self;
        let (blocks, rest) = scores.as_chunks_mut::<BLOCK>();
        let mut from = 0;
        for block in blocks {
            *block = weights.block(features, from);
            from += BLOCK;
        }
        for block in rest.as_chunks_mut::<LANES>().0 {
            *block = weights.block(features, from);
            from += LANES;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::features::Entry;
    use super::super::linear::{Example, Learner};
    use super::*;

    fn features(rows: &[u32], dense: [f32; 2]) -> Features {
        let entry = |row: &u32| Entry {
            row: *row,
            value: 0.5,
        };
        Features::new(rows.iter().map(entry).collect(), dense.to_vec())
    }

    fn learnt(all: &[Features], classes: usize) -> Weights {
        let examples: Vec<Example<'_>> = (0..)
            .zip(all)
            .map(|(at, features)| Example {
                features,
                class: at % classes,
            })
            .collect();
        let mut learner = Learner::new(&examples, 2, classes, 10.0);
        learner.learn(|_| true, 20, 1);
        learner.into_weights()
    }

    /// One of the two has seen rows that the other has not, and there are more classes than are scored at
    /// once.
    #[test]
    fn packed_weights_score_as_those_that_were_learnt_each_part_in_its_columns() {
        let some: Vec<Features> = (0..70)
            .map(|at| features(&[at, at + 1], [0.1, 0.4]))
            .collect();
        let more: Vec<Features> = (0..90)
            .map(|at| features(&[at, at + 2], [0.3, -0.2]))
            .collect();
        let (one, other) = (learnt(&some, 70), learnt(&more, 2));
        let packed = Packed::of(&[&one, &other]);
        for features in some.iter().chain(&more) {
            let full = [one.scores(features), other.scores(features)].concat();
            let scores = packed.scores(features);
            assert_eq!(scores.len(), full.len());
            let most = full
                .iter()
                .fold(0.0_f32, |most, score| most.max(score.abs()));
            for (score, full) in scores.iter().zip(&full) {
                assert!((score - full).abs() <= 0.02 * most, "{score}, not {full}");
            }
        }
    }
}

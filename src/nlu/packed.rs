//! Trained weights, packed: a byte each with a scale a row.
//!
//! A message reads hundreds of rows from far apart: a quarter of the bytes, the scale beside them, and the
//! detector of danger beside the intents instead of in a table of its own. What is learnt, and how sure it may be,
//! is learnt in full width.

use super::features::Entry;
use super::linear::{Features, Weights};
use super::widest::{Work, with_widest};
use serde::{Deserialize, Serialize};

/// Bytes of a row are padded to a multiple of this, so that loops over them need no remainder.
const LANES: usize = 16;

/// Bytes at the end of a row that hold its scale.
const SCALE: usize = size_of::<f32>();

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
    /// Bytes of a row: a byte a column, padding, and what a byte counts for.
    stride: usize,
    /// Of n-grams; the embedding's come after them, then that of the constant.
    rows: usize,
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
        let stride = (columns + SCALE).next_multiple_of(LANES);
        let mut packed = Self {
            columns,
            stride,
            rows,
            weights: Vec::with_capacity((rows + width + 1) * stride),
        };
        let mut row = Vec::with_capacity(stride);
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
            row.resize(stride - SCALE, 0.0);
            packed.push(&row);
        }
        packed
    }

    fn push(&mut self, row: &[f32]) {
        let scale = pack(row, &mut self.weights);
        let scale = scale.to_ne_bytes().map(u8::cast_signed);
        self.weights.extend(scale);
    }

    /// The score of each class of each part.
    pub(super) fn scores(&self, features: &Features) -> Vec<f32> {
        let mut scores = vec![0.0; self.stride];
        let known = features
            .sparse
            .partition_point(|entry| (entry.row as usize) < self.rows);
        with_widest(Score {
            weights: self,
            features,
            known: &features.sparse[..known],
            scores: &mut scores,
        });
        scores.truncate(self.columns);
        scores
    }
}

struct Score<'a> {
    weights: &'a Packed,
    features: &'a Features,
    /// The n-grams that some example has.
    known: &'a [Entry],
    /// As many as a row has bytes: those past the columns mean nothing.
    scores: &'a mut [f32],
}

impl Score<'_> {
    /// Scores `N` columns at a time, from one on, as long as there are so many; gives the next column.
    #[inline(always)]
    fn blocks<const N: usize>(&mut self, mut from: usize) -> usize {
        while from + N <= self.scores.len() {
            let scores: [f32; N] = self.block(from);
            self.scores[from..from + N].copy_from_slice(&scores);
            from += N;
        }
        from
    }

    #[inline(always)]
    fn block<const N: usize>(&self, from: usize) -> [f32; N] {
        let Packed {
            stride,
            rows,
            weights,
            ..
        } = self.weights;
        let mut scores = [0.0; N];
        let last = &weights[weights.len() - stride..];
        add_row(last, from, self.features.constant, &mut scores);
        for entry in self.known {
            let at = entry.row as usize * stride;
            add_row(&weights[at..at + stride], from, entry.value, &mut scores);
        }
        let mut at = rows * stride;
        for value in &self.features.dense {
            add_row(&weights[at..at + stride], from, *value, &mut scores);
            at += stride;
        }
        scores
    }
}

/// Adds the part of a row from a column on, times a value.
#[inline(always)]
fn add_row<const N: usize>(row: &[i8], from: usize, value: f32, scores: &mut [f32; N]) {
    let weights = &row[from..from + N];
    let value = value * scale_of(row);
    // By place: see `Dot::block` of the encoder's kernel.
    for at in 0..N {
        scores[at] += value * f32::from(weights[at]);
    }
}

/// What a byte of a row counts for, from the bytes at its end.
#[inline(always)]
fn scale_of(row: &[i8]) -> f32 {
    let scale = &row[row.len() - SCALE..];
    let byte = |at: usize| scale[at].cast_unsigned();
    f32::from_ne_bytes([byte(0), byte(1), byte(2), byte(3)])
}

impl Work for Score<'_> {
    type Output = ();

    /// In as few passes over the rows as can be.
    #[inline(always)]
    fn call(mut self) {
        let from = self.blocks::<128>(0);
        let from = self.blocks::<64>(from);
        let from = self.blocks::<32>(from);
        self.blocks::<LANES>(from);
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

//! The steps of a layer on the tokens of a batch, each compiled for each kind of processor.
//!
//! Fractions are added in one order, in eight partial sums, and never fused, and the exponential is
//! our own, so that the wide and the plain form of a step give the same bits.

use super::super::static_embedding::LANES;
use super::ENCODING_DIMS;
use super::kernel::{Dot, INPUT_MAX, Step, TILE_MAX, pair};
use super::weights::{BLOCK, HEADS, Norm};

/// Numbers of a token that one head looks at.
const HEAD_DIMS: usize = ENCODING_DIMS / HEADS;

/// What keeps a token of equal numbers from being divided by 0; the model's own value.
const VARIANCE_MIN: f32 = 1e-12;

/// Added and taken away again, it leaves the nearest whole number, the even one of two.
const ROUND: f32 = 12_582_912.0;

/// Tokens as whole numbers, in tiles as [`Dot::block`] takes them.
#[derive(Debug, Default)]
pub(super) struct Quantised {
    pairs: Vec<i32>,
    scales: Vec<f32>,
}

/// Makes whole numbers of the tokens in `rows`, of `inputs` numbers each.
pub(super) struct Quantise<'a> {
    pub(super) rows: &'a [f32],
    pub(super) inputs: usize,
    pub(super) into: &'a mut Quantised,
}

impl Step for Quantise<'_> {
    #[inline(always)]
    fn run<D: Dot>(self, _dot: D) {
        let tokens = self.rows.len() / self.inputs;
        self.into.scales.clear();
        self.into.pairs.resize(self.rows.len() / 2, 0);
        let mut pairs = self.into.pairs.as_mut_slice();
        let mut rows = self.rows;
        for tile in tiles(tokens) {
            let (these, rest) = rows.split_at(tile * self.inputs);
            let (into, later) = pairs.split_at_mut(tile * self.inputs / 2);
            for (at, row) in these.chunks_exact(self.inputs).enumerate() {
                let largest = largest(row);
                let (scale, by) = if largest > 0.0 {
                    (largest / INPUT_MAX, INPUT_MAX / largest)
                } else {
                    (0.0, 0.0)
                };
                self.into.scales.push(scale);
                let (numbers, _) = row.as_chunks::<2>();
                for (into, [first, second]) in into.iter_mut().skip(at).step_by(tile).zip(numbers) {
                    *into = pair(whole(first * by), whole(second * by));
                }
            }
            rows = rest;
            pairs = later;
        }
    }
}

/// Multiplies tokens with a matrix and adds its bias: `outputs` numbers a token.
pub(super) struct Multiply<'a> {
    pub(super) by: &'a [u8],
    pub(super) scales: &'a [f32],
    pub(super) bias: &'a [f32],
    pub(super) inputs: usize,
    pub(super) tokens: &'a Quantised,
    pub(super) into: &'a mut [f32],
}

impl Step for Multiply<'_> {
    #[inline(always)]
    fn run<D: Dot>(mut self, dot: D) {
        for block in 0..self.scales.len() / BLOCK {
            let mut token = 0;
            for tile in tiles(self.tokens.scales.len()) {
                match tile {
                    1 => self.tile::<D, 1>(dot, block, token),
                    2 => self.tile::<D, 2>(dot, block, token),
                    3 => self.tile::<D, 3>(dot, block, token),
                    4 => self.tile::<D, 4>(dot, block, token),
                    5 => self.tile::<D, 5>(dot, block, token),
                    _ => self.tile::<D, TILE_MAX>(dot, block, token),
                }
                token += tile;
            }
        }
    }
}

impl Multiply<'_> {
    #[inline(always)]
    fn tile<D: Dot, const T: usize>(&mut self, dot: D, block: usize, token: usize) {
        let weights = block * BLOCK * self.inputs..(block + 1) * BLOCK * self.inputs;
        let pairs = token * self.inputs / 2..(token + T) * self.inputs / 2;
        let sums = dot.block::<T>(&self.by[weights], &self.tokens.pairs[pairs]);
        let outputs = self.scales.len();
        // Each as long as is known here: otherwise they are taken one by one.
        let scales = &self.scales.as_chunks::<BLOCK>().0[block];
        let bias = &self.bias.as_chunks::<BLOCK>().0[block];
        for (at, sums) in (token..).zip(&sums) {
            let scale = self.tokens.scales[at];
            let row = &mut self.into[at * outputs..(at + 1) * outputs];
            let into = &mut row.as_chunks_mut::<BLOCK>().0[block];
            for (((into, sum), by), bias) in into.iter_mut().zip(sums).zip(scales).zip(bias) {
                *into = *sum as f32 * (scale * by) + bias;
            }
        }
    }
}

/// Adds to each token what a sub-layer made of it, and normalises the sum.
pub(super) struct AddNormalise<'a> {
    pub(super) tokens: &'a mut [f32],
    pub(super) add: &'a [f32],
    pub(super) norm: &'a Norm,
}

impl Step for AddNormalise<'_> {
    #[inline(always)]
    fn run<D: Dot>(self, _dot: D) {
        let tokens = self.tokens.chunks_exact_mut(ENCODING_DIMS);
        for (token, add) in tokens.zip(self.add.chunks_exact(ENCODING_DIMS)) {
            for (value, add) in token.iter_mut().zip(add) {
                *value += add;
            }
            let mean = sum(token, |value| value) / ENCODING_DIMS as f32;
            token.iter_mut().for_each(|value| *value -= mean);
            let variance = sum(token, |value| value * value) / ENCODING_DIMS as f32;
            let by = 1.0 / (variance + VARIANCE_MIN).sqrt();
            let learnt = self.norm.gain.iter().zip(&self.norm.bias);
            for (value, (gain, bias)) in token.iter_mut().zip(learnt) {
                *value = *value * by * gain + bias;
            }
        }
    }
}

/// The Gaussian error linear unit on each number: `x / 2 x (1 + erf(x / sqrt 2))`.
pub(super) struct Gelu<'a>(pub(super) &'a mut [f32]);

impl Step for Gelu<'_> {
    #[inline(always)]
    fn run<D: Dot>(self, _dot: D) {
        for value in self.0.iter_mut() {
            *value = gelu(*value);
        }
    }
}

/// Lets each token of one text look at all of its tokens.
pub(super) struct Attend<'a> {
    /// A row a token: queries, keys and values, [`ENCODING_DIMS`] each.
    pub(super) rows: &'a [f32],
    pub(super) into: &'a mut [f32],
}

impl Step for Attend<'_> {
    #[inline(always)]
    fn run<D: Dot>(self, _dot: D) {
        let row = 3 * ENCODING_DIMS;
        let tokens = self.rows.len() / row;
        let padded = tokens.next_multiple_of(LANES);
        // A head's keys with the tokens side by side; the padding's scores stay out of the sums.
        let mut keys = vec![0.0_f32; HEAD_DIMS * padded];
        let mut scores = vec![0.0_f32; padded];
        for head in 0..HEADS {
            let part = |kind: usize, token: usize| {
                let start = token * row + kind * ENCODING_DIMS + head * HEAD_DIMS;
                start..start + HEAD_DIMS
            };
            for token in 0..tokens {
                let key = &self.rows[part(1, token)];
                for (into, value) in keys.iter_mut().skip(token).step_by(padded).zip(key) {
                    *into = *value;
                }
            }
            for token in 0..tokens {
                scores.fill(0.0);
                let query = &self.rows[part(0, token)];
                for (query, keys) in query.iter().zip(keys.chunks_exact(padded)) {
                    for (score, key) in scores.iter_mut().zip(keys) {
                        *score += query * key;
                    }
                }
                scores[tokens..].fill(f32::NEG_INFINITY);
                let highest = highest(&scores);
                for score in &mut scores {
                    *score = exp(*score - highest);
                }
                let by = 1.0 / sum(&scores, |share| share);
                let mut mixed = [0.0_f32; HEAD_DIMS];
                for (other, share) in scores[..tokens].iter().enumerate() {
                    for (mixed, value) in mixed.iter_mut().zip(&self.rows[part(2, other)]) {
                        *mixed += share * value;
                    }
                }
                let start = token * ENCODING_DIMS + head * HEAD_DIMS;
                let into = &mut self.into[start..start + HEAD_DIMS];
                for (into, mixed) in into.iter_mut().zip(mixed) {
                    *into = mixed * by;
                }
            }
        }
    }
}

/// Cuts tokens into tiles of at most [`TILE_MAX`], as even as can be.
#[inline(always)]
fn tiles(tokens: usize) -> impl Iterator<Item = usize> {
    let count = tokens.div_ceil(TILE_MAX);
    let (size, larger) = match count {
        0 => (0, 0),
        count => (tokens / count, tokens % count),
    };
    (0..count).map(move |at| size + usize::from(at < larger))
}

/// The nearest whole number; the size of `value` must be below 2^22.
#[inline(always)]
fn whole(value: f32) -> i32 {
    (value + ROUND)
        .to_bits()
        .wrapping_sub(ROUND.to_bits())
        .cast_signed()
}

/// Sums in [`LANES`] partial sums, of which `values` must be a multiple.
#[inline(always)]
fn sum(values: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut sums = [0.0_f32; LANES];
    for chunk in values.as_chunks::<LANES>().0 {
        for (sum, value) in sums.iter_mut().zip(chunk) {
            *sum += of(*value);
        }
    }
    sums.iter().sum()
}

#[inline(always)]
fn highest(values: &[f32]) -> f32 {
    let mut most = [f32::NEG_INFINITY; LANES];
    for chunk in values.as_chunks::<LANES>().0 {
        for (most, value) in most.iter_mut().zip(chunk) {
            *most = if *value > *most { *value } else { *most };
        }
    }
    most.into_iter().fold(f32::NEG_INFINITY, f32::max)
}

#[inline(always)]
fn largest(values: &[f32]) -> f32 {
    let mut most = [0.0_f32; LANES];
    for chunk in values.as_chunks::<LANES>().0 {
        for (most, value) in most.iter_mut().zip(chunk) {
            let size = value.abs();
            *most = if size > *most { size } else { *most };
        }
    }
    most.into_iter().fold(0.0, f32::max)
}

/// `e^x` for `x` of at most 0, to 2 units in the last place: below -87 it is as at -87, about 10^-38.
/// The coefficients are those of Cephes' `expf`.
#[inline(always)]
fn exp(x: f32) -> f32 {
    let x = if x > -87.0 { x } else { -87.0 };
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let power = shifted - ROUND;
    // The logarithm of 2 in two parts, the first exact in few bits.
    let r = x - power * 0.693_359_4 - power * -2.121_944_4e-4;
    let mut series = 1.987_569_1e-4;
    for coefficient in [
        1.398_199_9e-3,
        8.333_452e-3,
        4.166_579_6e-2,
        0.166_666_65,
        0.5,
        1.0,
        1.0,
    ] {
        series = series * r + coefficient;
    }
    let exponent = shifted.to_bits().wrapping_sub(ROUND.to_bits());
    series * f32::from_bits(exponent.wrapping_add(127) << 23)
}

/// The error function by formula 7.1.26 of Abramowitz and Stegun, exact to 1.5e-7.
#[inline(always)]
fn gelu(x: f32) -> f32 {
    let size = x.abs();
    let z = size * std::f32::consts::FRAC_1_SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * z);
    let mut series = 1.061_405_4;
    for coefficient in [-1.453_152, 1.421_413_8, -0.284_496_74, 0.254_829_6] {
        series = series * t + coefficient;
    }
    let erf = 1.0 - series * t * exp(-(z * z));
    0.5 * (x + size * erf)
}

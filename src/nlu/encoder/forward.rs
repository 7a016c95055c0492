//! The way of a batch of texts through the layers, from tokens to one encoding a text.
//!
//! It says what follows what; how each step is computed is in `steps`.

use super::super::static_embedding::normalise;
use super::ENCODING_DIMS;
use super::kernel::Kernel;
use super::steps::{AddNormalise, Attend, Gelu, Multiply, Quantise, Quantised};
use super::weights::{Layer, Linear, Weights};

/// The encoding of each text, given its tokens, of which there must be at least one.
pub(super) fn encode(weights: &Weights, kernel: Kernel, texts: &[Vec<u32>]) -> Vec<Vec<f32>> {
    let lengths: Vec<usize> = texts.iter().map(Vec::len).collect();
    let mut tokens = embed(weights, texts);
    let mut attended = vec![0.0; tokens.len()];
    kernel.run(AddNormalise {
        tokens: &mut tokens,
        add: &attended,
        norm: &weights.norm,
    });
    let mut wide = Vec::new();
    let mut narrow = Vec::new();
    let mut product = Product {
        weights,
        kernel,
        quantised: Quantised::default(),
    };
    for layer in &weights.layers {
        let Layer {
            attention,
            attention_output,
            attention_norm,
            up,
            down,
            norm,
        } = layer;
        product.of(&tokens, attention, &mut wide);
        attend(kernel, &lengths, &wide, &mut attended);
        product.of(&attended, attention_output, &mut narrow);
        kernel.run(AddNormalise {
            tokens: &mut tokens,
            add: &narrow,
            norm: attention_norm,
        });
        product.of(&tokens, up, &mut wide);
        kernel.run(Gelu(&mut wide));
        product.of(&wide, down, &mut narrow);
        kernel.run(AddNormalise {
            tokens: &mut tokens,
            add: &narrow,
            norm,
        });
    }
    means(&lengths, &tokens)
}

/// Each token's vector with its position's: a row a token.
fn embed(weights: &Weights, texts: &[Vec<u32>]) -> Vec<f32> {
    let mut rows = Vec::new();
    for text in texts {
        let positions = weights.positions.chunks_exact(ENCODING_DIMS);
        for (token, position) in text.iter().zip(positions) {
            let (scale, values) = weights.token(*token);
            let values = values.iter().map(|value| f32::from(value.cast_signed()));
            rows.extend(values.zip(position).map(|(value, at)| value * scale + at));
        }
    }
    rows
}

/// Multiplies rows with matrices.
struct Product<'a> {
    weights: &'a Weights,
    kernel: Kernel,
    quantised: Quantised,
}

impl Product<'_> {
    fn of(&mut self, rows: &[f32], linear: &Linear, into: &mut Vec<f32>) {
        self.kernel.run(Quantise {
            rows,
            inputs: linear.inputs,
            into: &mut self.quantised,
        });
        into.resize(rows.len() / linear.inputs * linear.outputs, 0.0);
        self.kernel.run(Multiply {
            by: self.weights.packed(linear),
            scales: &linear.scales,
            bias: &linear.bias,
            inputs: linear.inputs,
            tokens: &self.quantised,
            into,
        });
    }
}

/// Lets the tokens of each text look at one another, and at no other text's.
fn attend(kernel: Kernel, lengths: &[usize], rows: &[f32], into: &mut [f32]) {
    let (mut rows, mut into) = (rows, into);
    for length in lengths {
        let (these, later) = rows.split_at(length * 3 * ENCODING_DIMS);
        let (here, rest) = into.split_at_mut(length * ENCODING_DIMS);
        kernel.run(Attend {
            rows: these,
            into: here,
        });
        (rows, into) = (later, rest);
    }
}

/// The mean of each text's tokens, of length 1.
fn means(lengths: &[usize], tokens: &[f32]) -> Vec<Vec<f32>> {
    let mut rows = tokens.chunks_exact(ENCODING_DIMS);
    let mean = |length: &usize| {
        let mut mean = vec![0.0; ENCODING_DIMS];
        for row in rows.by_ref().take(*length) {
            for (mean, value) in mean.iter_mut().zip(row) {
                *mean += value;
            }
        }
        normalise(&mut mean);
        mean
    };
    lengths.iter().map(mean).collect()
}

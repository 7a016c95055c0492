//! The encoder's weights as `council-minilm-l6.bin` holds them: matrices stay in the file's bytes.
//!
//! It reads and checks shapes; it does not compute.

use super::super::model_file::{ModelError, ModelFile};
use super::{ENCODER_TOKENS_MAX, ENCODING_DIMS};
use std::ops::Range;

/// Layers, attention heads in each, and the numbers of a token between a layer's last two matrices.
const LAYERS: usize = 6;
pub(super) const HEADS: usize = 12;
const FEED: usize = 1536;

/// Outputs of a matrix that are packed together.
pub(super) const BLOCK: usize = 16;

/// Everything that was learnt.
#[derive(Debug)]
pub(super) struct Weights {
    file: Vec<u8>,
    token_scales: Vec<f32>,
    token_rows: Range<usize>,
    /// A row a position, the type of a first text added.
    pub(super) positions: Vec<f32>,
    pub(super) norm: Norm,
    pub(super) layers: Vec<Layer>,
}

/// One layer.
#[derive(Debug)]
pub(super) struct Layer {
    /// Queries, divided by the root of a head's size; keys; values.
    pub(super) attention: Linear,
    pub(super) attention_output: Linear,
    pub(super) attention_norm: Norm,
    pub(super) up: Linear,
    pub(super) down: Linear,
    pub(super) norm: Norm,
}

/// What a normalised token is multiplied by, and what is added.
#[derive(Debug)]
pub(super) struct Norm {
    pub(super) gain: Vec<f32>,
    pub(super) bias: Vec<f32>,
}

/// A matrix: `output = scale x (int8 row . input) + bias`.
#[derive(Debug)]
pub(super) struct Linear {
    pub(super) inputs: usize,
    pub(super) outputs: usize,
    pub(super) scales: Vec<f32>,
    pub(super) bias: Vec<f32>,
    packed: Range<usize>,
}

impl Weights {
    pub(super) fn read(bytes: Vec<u8>, tokens: usize) -> Result<Self, ModelError> {
        let mut file = ModelFile::open(bytes, "CeCe-enc")?;
        let tokens = file.size_of("tokens", tokens)?;
        let dims = file.size_of("numbers a token", ENCODING_DIMS)?;
        let positions = file.size_of("positions", ENCODER_TOKENS_MAX)?;
        let layers = file.size_of("layers", LAYERS)?;
        file.size_of("heads", HEADS)?;
        file.size_of("numbers a token within a layer", FEED)?;
        let token_scales = file.floats(tokens)?;
        let token_rows = file.range(tokens * dims)?;
        let positions = file.floats(positions * dims)?;
        let norm = Norm::read(&mut file)?;
        let layers = (0..layers)
            .map(|_| Layer::read(&mut file))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            file: file.finish()?,
            token_scales,
            token_rows,
            positions,
            norm,
            layers,
        })
    }

    /// A token's vector: a scale, and what to multiply it by.
    pub(super) fn token(&self, token: u32) -> (f32, &[u8; ENCODING_DIMS]) {
        let (rows, _) = self.file[self.token_rows.clone()].as_chunks();
        (self.token_scales[token as usize], &rows[token as usize])
    }

    /// A matrix: blocks of [`BLOCK`] outputs; in a block, pairs of inputs; in a pair, the outputs
    /// with two signed bytes each.
    pub(super) fn packed(&self, linear: &Linear) -> &[u8] {
        &self.file[linear.packed.clone()]
    }
}

impl Layer {
    fn read(file: &mut ModelFile) -> Result<Self, ModelError> {
        Ok(Self {
            attention: Linear::read(file, ENCODING_DIMS, 3 * ENCODING_DIMS)?,
            attention_output: Linear::read(file, ENCODING_DIMS, ENCODING_DIMS)?,
            attention_norm: Norm::read(file)?,
            up: Linear::read(file, ENCODING_DIMS, FEED)?,
            down: Linear::read(file, FEED, ENCODING_DIMS)?,
            norm: Norm::read(file)?,
        })
    }
}

impl Norm {
    fn read(file: &mut ModelFile) -> Result<Self, ModelError> {
        Ok(Self {
            gain: file.floats(ENCODING_DIMS)?,
            bias: file.floats(ENCODING_DIMS)?,
        })
    }
}

impl Linear {
    fn read(file: &mut ModelFile, inputs: usize, outputs: usize) -> Result<Self, ModelError> {
        Ok(Self {
            inputs,
            outputs,
            scales: file.floats(outputs)?,
            bias: file.floats(outputs)?,
            packed: file.range(inputs * outputs)?,
        })
    }
}

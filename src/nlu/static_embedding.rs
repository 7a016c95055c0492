//! A sentence's meaning as the mean of its tokens' vectors: microseconds, no context.
//!
//! The vectors are those of potion-base-8M, in which frequent tokens are short, so that the mean is
//! weighted already. It does not know word order; the encoder does.

use super::model_file::{ModelError, ModelFile};
use super::widest::{Work, with_widest};
use super::wordpiece::WordPiece;
use std::ops::Range;
use std::sync::Arc;

/// Numbers in a static embedding.
pub const STATIC_DIMS: usize = 256;

/// The most tokens of a text that are looked at, as in the model's own library.
const TOKENS_MAX: usize = 512;

/// Partial sums, so that sums are vectorised, and the same on every machine.
pub(super) const LANES: usize = 8;

/// A vector for each token of the vocabulary, as int8 with a scale a row.
#[derive(Debug)]
pub struct StaticEmbeddings {
    wordpiece: Arc<WordPiece>,
    file: Vec<u8>,
    scales: Vec<f32>,
    rows: Range<usize>,
}

impl StaticEmbeddings {
    /// Takes the bytes of `potion-base-8m.bin`, whose rows are in the order of the vocabulary.
    ///
    /// # Errors
    /// Where they are not such a file, or not for this vocabulary.
    pub fn load(wordpiece: Arc<WordPiece>, bytes: Vec<u8>) -> Result<Self, ModelError> {
        let mut file = ModelFile::open(bytes, "CeCe-emb")?;
        let tokens = file.size_of("tokens", wordpiece.tokens())?;
        let dims = file.size_of("numbers a token", STATIC_DIMS)?;
        let scales = file.floats(tokens)?;
        let rows = file.range(tokens * dims)?;
        Ok(Self {
            wordpiece,
            file: file.finish()?,
            scales,
            rows,
        })
    }

    /// Makes `out` the embedding of a text: [`STATIC_DIMS`] numbers of length 1, or all 0 where no
    /// token is known. Reads at most 512 tokens.
    pub fn embed(&self, text: &str, out: &mut Vec<f32>) {
        let mut sum = [0.0; STATIC_DIMS];
        with_widest(Sum {
            of: self,
            tokens: &self.wordpiece.cut(text, TOKENS_MAX),
            sum: &mut sum,
        });
        normalise(&mut sum);
        out.clear();
        out.extend_from_slice(&sum);
    }

    /// Whether a word has a vector of its own.
    #[must_use]
    pub fn has_word(&self, word: &str) -> bool {
        let tokens = self.wordpiece.cut(word, 2);
        matches!(tokens[..], [only] if only != self.wordpiece.unknown())
    }
}

/// Adds up the vectors of some tokens.
struct Sum<'a> {
    of: &'a StaticEmbeddings,
    tokens: &'a [u32],
    sum: &'a mut [f32; STATIC_DIMS],
}

impl Work for Sum<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { of, tokens, sum } = self;
        let (rows, _) = of.file[of.rows.clone()].as_chunks::<STATIC_DIMS>();
        for token in tokens {
            if *token == of.wordpiece.unknown() {
                continue;
            }
            let (row, scale) = (&rows[*token as usize], of.scales[*token as usize]);
            // By place: see `Dot::block` of the encoder's kernel.
            for at in 0..STATIC_DIMS {
                sum[at] += scale * f32::from(row[at].cast_signed());
            }
        }
    }
}

/// Gives a vector the length 1, unless it is 0. Its length must be a multiple of 8.
pub(super) fn normalise(vector: &mut [f32]) {
    let mut squares = [0.0_f32; LANES];
    for chunk in vector.as_chunks::<LANES>().0 {
        for (square, value) in squares.iter_mut().zip(chunk) {
            *square += value * value;
        }
    }
    let length = squares.iter().sum::<f32>().sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|value| *value /= length);
    }
}

//! The sentence encoder: all-MiniLM-L6-v2 tuned on what residents say, six layers of a transformer with eight-bit weights.
//!
//! The result for a text depends on nothing but the text and the weights: not on the texts beside
//! it, the number of threads, nor the processor. Sums of products are whole numbers, and every sum
//! of fractions has one order (see `kernel` and `steps`). It knows nothing of intents.

mod forward;
mod kernel;
mod steps;
mod weights;

use super::model_file::ModelError;
use super::wordpiece::WordPiece;
use kernel::Kernel;
use std::sync::Arc;
use weights::Weights;

/// Numbers in an encoding.
pub const ENCODING_DIMS: usize = 384;

/// The most tokens of a text that are encoded, the two around it counted: what follows says little
/// more, and the cost of attention grows with the square.
pub const ENCODER_TOKENS_MAX: usize = 128;

/// Raised with every change that gives a text other bits, so that encodings that were kept are worked
/// out again. A test of those bits fails when that is forgotten.
pub const ENCODER_REVISION: u32 = 1;

/// Tokens that go through the layers together: enough to use each weight often while it is near
/// the processor, few enough that what is between the layers stays near as well.
const BATCH_TOKENS_MAX: usize = 128;

/// Encodes texts. It is shared between threads, and holds nothing of what it encoded.
#[derive(Debug)]
pub struct Encoder {
    wordpiece: Arc<WordPiece>,
    weights: Weights,
    kernel: Kernel,
}

impl Encoder {
    /// Takes the bytes of `council-minilm-l6.bin`, which they stay: about 23 MB.
    ///
    /// # Errors
    /// Where they are not such a file, or not for this vocabulary.
    pub fn load(wordpiece: Arc<WordPiece>, bytes: Vec<u8>) -> Result<Self, ModelError> {
        let weights = Weights::read(bytes, wordpiece.tokens())?;
        Ok(Self {
            wordpiece,
            weights,
            kernel: Kernel::detect(),
        })
    }

    /// The same encoder with the next narrower instructions that the processor has, which gives the same
    /// encodings, for tests and comparisons: none where these are those that every processor has.
    #[must_use]
    pub fn narrower(self) -> Option<Self> {
        let kernel = self.kernel.narrower()?;
        Some(Self { kernel, ..self })
    }

    /// The encoding of a text: [`ENCODING_DIMS`] numbers of length 1.
    #[must_use]
    pub fn encode(&self, text: &str) -> Vec<f32> {
        let mut encodings = forward::encode(&self.weights, self.kernel, &[self.tokens(text)]);
        encodings.pop().unwrap_or_default()
    }

    /// The encodings of many texts in their order, worked out on up to `threads` threads: each what
    /// [`encode`](Self::encode) gives for it.
    #[must_use]
    pub fn encode_all(&self, texts: &[&str], threads: usize) -> Vec<Vec<f32>> {
        let batches = batches(texts.iter().map(|text| self.tokens(text)));
        let threads = threads.clamp(1, batches.len().max(1));
        let encode_share = |first: usize| -> Vec<(usize, Vec<f32>)> {
            let share = batches.iter().skip(first).step_by(threads);
            share
                .flat_map(|batch| {
                    let encodings = forward::encode(&self.weights, self.kernel, &batch.tokens);
                    batch.places.iter().copied().zip(encodings)
                })
                .collect()
        };
        let mut encodings = vec![Vec::new(); texts.len()];
        std::thread::scope(|scope| {
            let encode_share = &encode_share;
            let others: Vec<_> = (1..threads)
                .map(|first| scope.spawn(move || encode_share(first)))
                .collect();
            let mut done = encode_share(0);
            for other in others {
                match other.join() {
                    Ok(share) => done.extend(share),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            for (place, encoding) in done {
                encodings[place] = encoding;
            }
        });
        encodings
    }

    fn tokens(&self, text: &str) -> Vec<u32> {
        let (opening, closing) = self.wordpiece.around();
        let mut tokens = vec![opening];
        tokens.extend(self.wordpiece.cut(text, ENCODER_TOKENS_MAX - 2));
        tokens.push(closing);
        tokens
    }
}

/// Texts that go through the layers together.
#[derive(Debug, Default)]
struct Batch {
    /// Where each stands among all texts.
    places: Vec<usize>,
    tokens: Vec<Vec<u32>>,
}

/// Fills batches in order, up to [`BATCH_TOKENS_MAX`] each.
fn batches(texts: impl Iterator<Item = Vec<u32>>) -> Vec<Batch> {
    let mut batches: Vec<Batch> = Vec::new();
    let mut room = 0;
    for (place, tokens) in texts.enumerate() {
        if tokens.len() > room || batches.is_empty() {
            batches.push(Batch::default());
            room = BATCH_TOKENS_MAX;
        }
        room = room.saturating_sub(tokens.len());
        if let Some(batch) = batches.last_mut() {
            batch.places.push(place);
            batch.tokens.push(tokens);
        }
    }
    batches
}

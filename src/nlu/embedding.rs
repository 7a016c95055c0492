//! What understanding needs of an embedding, whichever computes it.
//!
//! It holds no weights and reads no files.

use super::encoder::{ENCODING_DIMS, Encoder};
use super::static_embedding::{STATIC_DIMS, StaticEmbeddings};
use std::fmt;

/// Turns texts into vectors that lie near one another where the texts mean alike.
///
/// The same text always gives the same vector. Implementations are bounded in time.
pub trait Embedding: Send + Sync {
    /// Numbers in a vector.
    fn width(&self) -> usize;

    /// The vector of `text`: [`Self::width`] numbers of unit length, or noughts for a text in which
    /// nothing is known.
    fn embed(&self, text: &str) -> Vec<f32>;

    /// Whether it knows `word` as a whole: then it is no misspelling of another.
    fn is_word(&self, _word: &str) -> bool {
        false
    }
}

impl fmt::Debug for dyn Embedding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Embedding({})", self.width())
    }
}

impl Embedding for StaticEmbeddings {
    fn width(&self) -> usize {
        STATIC_DIMS
    }

    fn embed(&self, text: &str) -> Vec<f32> {
        let mut vector = Vec::new();
        self.embed(text, &mut vector);
        vector
    }

    fn is_word(&self, word: &str) -> bool {
        self.has_word(word)
    }
}

impl Embedding for Encoder {
    fn width(&self) -> usize {
        ENCODING_DIMS
    }

    fn embed(&self, text: &str) -> Vec<f32> {
        self.encode(text)
    }
}

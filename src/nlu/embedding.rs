//! What understanding needs of an embedding, whichever computes it.
//!
//! It holds no weights and reads no files.

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
}

impl fmt::Debug for dyn Embedding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Embedding({})", self.width())
    }
}

//! Numbers read out of the files in `models/`, whose formats its README describes.
//!
//! It works on bytes that are already in memory, and trusts none of them: a file that is too short,
//! too long or of another kind is an error. It does not open files, nor know where they lie.

use std::ops::Range;

/// Why a model cannot be made of the bytes given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// The bytes do not begin as this kind of file does.
    #[error("it does not begin with {expected:?}, as such a file does")]
    NotOfThisKind {
        /// What it should begin with.
        expected: &'static str,
    },
    /// It ends early, or goes on after its end.
    #[error("it has {found} bytes where {expected} belong")]
    Length {
        /// Bytes that the shape in its header asks for.
        expected: usize,
        /// Bytes that are there.
        found: usize,
    },
    /// A size in its header that this engine cannot run.
    #[error("its header says {what} {found}, and this engine runs {expected}")]
    Shape {
        /// Which size.
        what: &'static str,
        /// What the file says.
        found: usize,
        /// What it should say.
        expected: usize,
    },
    /// A vocabulary that is not one.
    #[error("as a vocabulary: {0}")]
    Vocabulary(String),
}

/// Reads from the front of a file.
#[derive(Debug)]
pub(super) struct ModelFile {
    bytes: Vec<u8>,
    at: usize,
}

impl ModelFile {
    /// Starts after the eight letters that say which kind of file it is.
    pub(super) fn open(bytes: Vec<u8>, kind: &'static str) -> Result<Self, ModelError> {
        if !bytes.starts_with(kind.as_bytes()) {
            return Err(ModelError::NotOfThisKind { expected: kind });
        }
        let at = kind.len();
        Ok(Self { bytes, at })
    }

    /// The next `length` bytes, as their place in the file.
    pub(super) fn range(&mut self, length: usize) -> Result<Range<usize>, ModelError> {
        let end = self.at.saturating_add(length);
        if end > self.bytes.len() {
            return Err(ModelError::Length {
                expected: end,
                found: self.bytes.len(),
            });
        }
        let range = self.at..end;
        self.at = end;
        Ok(range)
    }

    /// A size: an unsigned number of four bytes.
    pub(super) fn size(&mut self) -> Result<usize, ModelError> {
        let range = self.range(4)?;
        let number = self.bytes[range].iter().rev();
        Ok(number.fold(0, |size, byte| size << 8 | usize::from(*byte)))
    }

    /// A size that can only be `expected`.
    pub(super) fn size_of(
        &mut self,
        what: &'static str,
        expected: usize,
    ) -> Result<usize, ModelError> {
        let found = self.size()?;
        if found == expected {
            Ok(found)
        } else {
            Err(ModelError::Shape {
                what,
                found,
                expected,
            })
        }
    }

    /// The next `count` floating-point numbers, of four bytes each.
    pub(super) fn floats(&mut self, count: usize) -> Result<Vec<f32>, ModelError> {
        let range = self.range(count.saturating_mul(4))?;
        let (numbers, _) = self.bytes[range].as_chunks::<4>();
        Ok(numbers
            .iter()
            .map(|bytes| f32::from_le_bytes(*bytes))
            .collect())
    }

    /// The whole file, once everything in it has been read.
    pub(super) fn finish(self) -> Result<Vec<u8>, ModelError> {
        if self.at == self.bytes.len() {
            Ok(self.bytes)
        } else {
            Err(ModelError::Length {
                expected: self.at,
                found: self.bytes.len(),
            })
        }
    }
}

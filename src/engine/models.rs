//! The sentence models of `models/`: read once at start, and checked before anything relies on them.
//!
//! The checksums are part of the binary, so that a file that was cut short, damaged or made for
//! another version is named at start, and never gives meanings that are quietly wrong. It downloads
//! nothing.

use crate::nlu::{ENCODER_REVISION, Encoder, ModelError, StaticEmbeddings, WordPiece};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What the files must be, as `sha256sum` writes it.
const CHECKSUMS: &str = include_str!("../../models/SHA256SUMS");

const VOCABULARY: &str = "wordpiece.txt";
const STATIC: &str = "potion-base-8m.bin";
const ENCODER: &str = "council-minilm-l6.bin";

/// The largest file that is read; a model file is 23 MB.
const FILE_BYTES_MAX: u64 = 64 << 20;

/// Both models.
#[derive(Debug)]
pub struct Models {
    /// Vectors of words: microseconds a text.
    pub static_embeddings: StaticEmbeddings,
    /// Vectors of sentences: milliseconds a text.
    pub encoder: Encoder,
}

/// Why the models cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelsError {
    /// A file is missing or cannot be read.
    #[error("cannot read the model file {}: {error}; point the setting at the folder `models` that came with this version, or make it again (models/README.md says how)", path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// A file is not the one that this binary was built with.
    #[error("the model file {} is damaged or of another version: its SHA-256 is {found}, not {expected}; put back the file that came with this version, or make it again (models/README.md says how)", path.display())]
    Checksum {
        /// Which file.
        path: PathBuf,
        /// The checksum that it should have.
        expected: String,
        /// The checksum that it has.
        found: String,
    },
    /// A file has the right checksum, and this binary cannot run it all the same.
    #[error("the model file {} cannot be used: {error}", path.display())]
    Model {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        error: ModelError,
    },
}

impl Models {
    /// Reads and checks the three files in `folder`, about 31 MB: some 50 ms.
    ///
    /// # Errors
    /// The first file that is missing or is not what it should be, with what to do about it.
    pub fn read(folder: &Path) -> Result<Self, ModelsError> {
        let used = |name: &str| {
            let path = folder.join(name);
            move |error| ModelsError::Model { path, error }
        };
        let vocabulary = checked(folder, VOCABULARY)?;
        let wordpiece = Arc::new(WordPiece::read(&vocabulary).map_err(used(VOCABULARY))?);
        let table = checked(folder, STATIC)?;
        let static_embeddings =
            StaticEmbeddings::load(Arc::clone(&wordpiece), table).map_err(used(STATIC))?;
        let weights = checked(folder, ENCODER)?;
        let encoder = Encoder::load(wordpiece, weights).map_err(used(ENCODER))?;
        Ok(Self {
            static_embeddings,
            encoder,
        })
    }
}

/// What an encoding depends on besides the text: the vocabulary, the weights, and the code.
pub(super) fn encoder_version() -> [u8; 32] {
    Sha256::new()
        .chain_update(checksum(VOCABULARY))
        .chain_update(checksum(ENCODER))
        .chain_update(ENCODER_REVISION.to_le_bytes())
        .finalize()
        .into()
}

/// What understanding depends on of all the files.
pub(super) fn models_version() -> [u8; 32] {
    Sha256::digest(CHECKSUMS).into()
}

/// Reads a file and compares its checksum.
fn checked(folder: &Path, name: &str) -> Result<Vec<u8>, ModelsError> {
    let path = folder.join(name);
    let bytes = match read(&path) {
        Ok(bytes) => bytes,
        Err(error) => return Err(ModelsError::Read { path, error }),
    };
    let mut found = String::new();
    for byte in Sha256::digest(&bytes) {
        let _infallible = write!(found, "{byte:02x}");
    }
    let expected = checksum(name).to_owned();
    if found == expected {
        Ok(bytes)
    } else {
        Err(ModelsError::Checksum {
            path,
            expected,
            found,
        })
    }
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let length = std::fs::metadata(path)?.len();
    if length > FILE_BYTES_MAX {
        let message = format!("it has {length} bytes, more than any model file");
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
    }
    std::fs::read(path)
}

/// The checksum that a file must have; none is empty, which a test sees to.
fn checksum(name: &str) -> &'static str {
    let lines = CHECKSUMS.lines().filter_map(|line| line.split_once("  "));
    let mut of_name = lines.filter(|(_, file)| *file == name);
    of_name.next().map_or("", |(checksum, _)| checksum)
}

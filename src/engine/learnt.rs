//! What was learnt from a content, kept from one start to the next, so that whoever has the content it had before
//! learns nothing.
//!
//! A model belongs to one content, one set of sentence models and one program, by the SHA-256 of its file: a new
//! version learns anew. What is kept says in words what the content says, and nothing that a resident said.
//! It can be deleted at any time. One folder is for one content: another one's model takes its place.

use super::kept::{self, Kind};
use super::models::models_version;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::sync::LazyLock;

const FILE: &str = "model.bin";
const KIND: &Kind = b"CeCe-lrn";

/// SHA-256 of the program, the sentence models and the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key([u8; 32]);

impl Key {
    /// The key of what this program learns from a version of the content; none where the program cannot be
    /// told, being replaced while it runs.
    pub(super) fn of(content: &str) -> Option<Self> {
        let program = (*PROGRAM)?;
        let key = Sha256::new()
            .chain_update(program)
            .chain_update(models_version())
            .chain_update(content);
        Some(Self(key.finalize().into()))
    }
}

/// SHA-256 of the file that runs.
static PROGRAM: LazyLock<Option<[u8; 32]>> = LazyLock::new(|| {
    let file = File::open(std::env::current_exe().ok()?).ok()?;
    kept::digest(file).ok()
});

/// A model that is kept, and whose it is.
pub(super) struct Learnt {
    key: Key,
    model: BufReader<File>,
}

impl Learnt {
    /// What is kept in `folder`, whole.
    pub(super) fn open(folder: &Path) -> Option<Self> {
        let mut model = BufReader::new(kept::open(&folder.join(FILE), KIND)?);
        let mut key = Key([0; 32]);
        model.read_exact(&mut key.0).ok()?;
        Some(Self { key, model })
    }

    /// Whose it is that is kept in `folder`, whole or not.
    pub(super) fn key(folder: &Path) -> Option<Key> {
        let mut begins = [0; size_of::<Kind>() + size_of::<Key>()];
        let mut file = File::open(folder.join(FILE)).ok()?;
        file.read_exact(&mut begins).ok()?;
        let (kind, key) = begins.split_first_chunk()?;
        (kind == KIND).then_some(Key(key.try_into().ok()?))
    }

    /// Where the model can be read from, if it is of `key`.
    pub(super) fn of(self, key: Key) -> Option<impl Read> {
        (self.key == key).then_some(self.model)
    }

    /// Keeps a model in `folder`, in the place of what was there.
    pub(super) fn write(folder: &Path, key: Key, model: &[u8]) -> io::Result<()> {
        kept::write(&folder.join(FILE), KIND, [&key.0[..], model])
    }
}

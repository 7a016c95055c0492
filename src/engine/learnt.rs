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
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::LazyLock;

/// The largest model that is kept: at the limits of training it has 60 MB.
const MODEL_BYTES_MAX: usize = 256 << 20;

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
    let mut file = File::open(std::env::current_exe().ok()?).ok()?;
    let mut hash = Sha256::new();
    let mut piece = vec![0; 1 << 16];
    loop {
        match file.read(&mut piece).ok()? {
            0 => return Some(hash.finalize().into()),
            length => hash.update(&piece[..length]),
        }
    }
});

/// A model that is kept, and whose it is.
pub(super) struct Learnt(Vec<u8>);

impl Learnt {
    /// What is kept in `folder`.
    pub(super) fn read(folder: &Path) -> Option<Self> {
        let most = size_of::<Key>() + MODEL_BYTES_MAX;
        kept::read(&folder.join(FILE), KIND, most).map(Self)
    }

    /// The bytes of the model, if it is of `key`.
    pub(super) fn of(&self, key: Key) -> Option<&[u8]> {
        kept::content(&self.0).strip_prefix(&key.0)
    }

    /// Keeps a model in `folder`, in the place of what was there.
    pub(super) fn write(folder: &Path, key: Key, model: &[u8]) -> io::Result<()> {
        kept::write(&folder.join(FILE), KIND, [&key.0[..], model])
    }
}

//! Files that hold what can be worked out again: one that is missing, damaged or of another kind counts as none,
//! and is never an error.
//!
//! A file is eight letters that say its kind, its content, and the SHA-256 of both. It knows nothing of the content.

use crate::transcripts::durable;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Read, Seek as _, SeekFrom};
use std::path::Path;

/// What kind of file it is.
pub(super) type Kind = [u8; 8];

const DIGEST_BYTES: usize = 32;

/// Bytes that are read at once.
const PIECE: usize = 1 << 16;

/// The file, where it is whole, before its content, which the digest follows.
pub(super) fn open(path: &Path, kind: &Kind) -> Option<File> {
    let mut file = File::open(path).ok()?;
    let before = file
        .metadata()
        .ok()?
        .len()
        .checked_sub(DIGEST_BYTES as u64)?;
    let found = digest((&mut file).take(before)).ok()?;
    let mut expected = [0; DIGEST_BYTES];
    file.read_exact(&mut expected).ok()?;
    file.seek(SeekFrom::Start(0)).ok()?;
    let mut begins = Kind::default();
    file.read_exact(&mut begins).ok()?;
    (found == expected && begins == *kind).then_some(file)
}

/// The content of such a file, where it has at most so many bytes.
pub(super) fn read(path: &Path, kind: &Kind, bytes_max: usize) -> Option<Vec<u8>> {
    let largest = size_of::<Kind>() + bytes_max + DIGEST_BYTES;
    let length = fs::metadata(path).ok()?.len();
    let mut file = (length <= largest as u64).then(|| open(path, kind))??;
    let mut content = Vec::new();
    file.read_to_end(&mut content).ok()?;
    content.truncate(content.len().saturating_sub(DIGEST_BYTES));
    Some(content)
}

/// The SHA-256 of all that can be read.
pub(super) fn digest(mut from: impl Read) -> io::Result<[u8; DIGEST_BYTES]> {
    let mut hash = Sha256::new();
    let mut piece = vec![0; PIECE];
    loop {
        match from.read(&mut piece)? {
            0 => return Ok(hash.finalize().into()),
            length => hash.update(&piece[..length]),
        }
    }
}

/// Keeps what `parts` have, one after the other, in the place of what was there.
pub(super) fn write<'a>(
    path: &Path,
    kind: &Kind,
    parts: impl IntoIterator<Item = &'a [u8]>,
) -> io::Result<()> {
    let mut bytes = kind.to_vec();
    for part in parts {
        bytes.extend_from_slice(part);
    }
    let digest = Sha256::digest(&bytes);
    bytes.extend_from_slice(&digest);
    durable::make_dir(path.parent().unwrap_or(Path::new("")))?;
    durable::replace(path, &bytes)
}

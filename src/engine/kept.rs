//! Files that hold what can be worked out again: one that is missing, damaged or of another kind counts as none,
//! and is never an error.
//!
//! A file is eight letters that say its kind, its content, and the SHA-256 of both. It knows nothing of the content.

use crate::transcripts::durable;
use sha2::{Digest, Sha256};
use std::fs;
use std::io;
use std::path::Path;

/// What kind of file it is.
pub(super) type Kind = [u8; 8];

const DIGEST_BYTES: usize = 32;

/// The file's bytes, its kind and digest with them, where it has at most `content_bytes_max` between those.
pub(super) fn read(path: &Path, kind: &Kind, content_bytes_max: usize) -> Option<Vec<u8>> {
    let largest = kind.len() + content_bytes_max + DIGEST_BYTES;
    let length = fs::metadata(path).ok()?.len();
    let bytes = (length <= largest as u64).then(|| fs::read(path).ok())??;
    let (before, digest) = bytes.split_last_chunk::<DIGEST_BYTES>()?;
    let whole = before.starts_with(kind) && Sha256::digest(before)[..] == digest[..];
    whole.then_some(bytes)
}

/// The content of such a file.
pub(super) fn content(bytes: &[u8]) -> &[u8] {
    let end = bytes.len().saturating_sub(DIGEST_BYTES);
    bytes.get(size_of::<Kind>()..end).unwrap_or_default()
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

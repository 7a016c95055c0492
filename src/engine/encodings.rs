//! Encodings of the content's examples, kept from one start to the next, so that a server with the
//! content it had before trains without running the encoder.
//!
//! Only what authors wrote may be encoded through it: nothing that a resident said is ever kept, not
//! even as an encoding, which gives away much of its text. What is kept can be deleted at any time;
//! a file that is damaged or of another version counts as none, and is never an error. One folder is
//! for one content: what its examples and phrasings do not use any more is dropped.

use super::kept::{self, Kind};
use super::models::encoder_version;
use crate::nlu::{ENCODING_DIMS, Encoder};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::{Path, PathBuf};

/// The most encodings that are kept, of 1.6 kB each.
const ENCODINGS_MAX: usize = 65_536;

const FILE: &str = "encodings.bin";
const KIND: &Kind = b"CeCe-enm";
const KEY_BYTES: usize = 32;
const RECORD_BYTES: usize = KEY_BYTES + 4 * ENCODING_DIMS;

/// SHA-256 of the encoder's version and a text.
type Key = [u8; KEY_BYTES];

/// A folder in which encodings are kept.
#[derive(Debug)]
pub struct Encodings {
    folder: PathBuf,
}

/// What is kept of what was worked out.
enum Keep {
    /// It and nothing else.
    These,
    /// It and what is kept already.
    TheseToo,
    Nothing,
}

/// The encodings of a content's examples.
#[derive(Debug)]
pub struct Encoded {
    /// One for each text, in their order: see [`Encoder::encode`].
    pub encodings: Vec<Vec<f32>>,
    /// How many had to be worked out.
    pub computed: usize,
    /// Why they could not be kept, where they could not; the encodings are right all the same.
    pub not_kept: Option<io::Error>,
}

impl Encodings {
    /// Names the folder, which is made when there is something to keep.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        let folder = folder.to_owned();
        Self { folder }
    }

    /// The encodings of `examples`, which authors wrote: those that are kept, and the others worked
    /// out on up to `threads` threads and kept in the place of what was there.
    #[must_use]
    pub fn of_examples(&self, encoder: &Encoder, examples: &[&str], threads: usize) -> Encoded {
        self.of(encoder, examples, threads, Keep::These)
    }

    /// The same for a part of a content; what is kept for the rest of it stays.
    #[must_use]
    pub fn of_a_part(&self, encoder: &Encoder, examples: &[&str], threads: usize) -> Encoded {
        self.of(encoder, examples, threads, Keep::TheseToo)
    }

    /// The same, and keeps nothing: for examples with what residents said among them.
    #[must_use]
    pub fn of_texts(&self, encoder: &Encoder, texts: &[&str], threads: usize) -> Vec<Vec<f32>> {
        self.of(encoder, texts, threads, Keep::Nothing).encodings
    }

    fn of(&self, encoder: &Encoder, examples: &[&str], threads: usize, keep: Keep) -> Encoded {
        let version = encoder_version();
        let keys: Vec<Key> = examples.iter().map(|text| key(&version, text)).collect();
        let mut known = self.read();
        let kept = known.len();
        let of_keys = keys.iter().zip(examples);
        let missing = of_keys.filter(|(key, _)| !known.contains_key(*key));
        let missing: BTreeMap<&Key, &str> = missing.map(|(key, text)| (key, *text)).collect();
        let texts: Vec<&str> = missing.values().copied().collect();
        let new = encoder.encode_all(&texts, threads);
        known.extend(missing.keys().map(|key| **key).zip(new));
        let used: BTreeMap<&Key, &Vec<f32>> = keys
            .iter()
            .filter_map(|key| Some((key, known.get(key)?)))
            .collect();
        let written = match keep {
            Keep::These if !missing.is_empty() || used.len() != kept => self.write(&used),
            Keep::TheseToo if !missing.is_empty() => self.write(&known.iter().collect()),
            Keep::These | Keep::TheseToo | Keep::Nothing => Ok(()),
        };
        let encodings = keys.iter().filter_map(|key| known.get(key).cloned());
        Encoded {
            encodings: encodings.collect(),
            computed: missing.len(),
            not_kept: written.err(),
        }
    }

    /// What is kept: nothing where the file is missing, damaged or of another kind.
    fn read(&self) -> HashMap<Key, Vec<f32>> {
        let most = ENCODINGS_MAX * RECORD_BYTES;
        let content = kept::read(&self.folder.join(FILE), KIND, most).unwrap_or_default();
        let (records, rest) = content.as_chunks::<RECORD_BYTES>();
        let whole = rest.is_empty().then_some(records);
        whole.into_iter().flatten().filter_map(record).collect()
    }

    /// Keeps these and no others.
    fn write(&self, encodings: &BTreeMap<&Key, &Vec<f32>>) -> io::Result<()> {
        let mut records = Vec::new();
        for (key, encoding) in encodings.iter().take(ENCODINGS_MAX) {
            records.extend_from_slice(*key);
            let numbers = encoding.iter().flat_map(|number| number.to_le_bytes());
            records.extend(numbers);
        }
        kept::write(&self.folder.join(FILE), KIND, [&records[..]])
    }
}

fn key(version: &[u8; 32], text: &str) -> Key {
    Sha256::new()
        .chain_update(version)
        .chain_update(text)
        .finalize()
        .into()
}

fn record(bytes: &[u8; RECORD_BYTES]) -> Option<(Key, Vec<f32>)> {
    let (key, numbers) = bytes.split_first_chunk::<KEY_BYTES>()?;
    let (numbers, _) = numbers.as_chunks::<4>();
    let encoding = numbers.iter().map(|number| f32::from_le_bytes(*number));
    Some((*key, encoding.collect()))
}

//! How pairs stand in sled: a byte before the key, a byte after the value, long values in parts.
//!
//! sled puts what is longer than a quarter of a segment into files of its own that it never syncs, and
//! sixteen values share a page; so no value in it may be longer than 4 KiB.
//!
//! | stored key | stored value |
//! |---|---|
//! | `0` | the [`Mark`] |
//! | `1`, key | value, `0` |
//! | `1`, key | length of the value as u32 big-endian, `1` |
//! | `2`, key, number of the part as u16 big-endian | a part of the value |

use crate::transcripts::store::{Pair, VALUE_BYTES_MAX};
use sled::{IVec, Tree};
use std::collections::HashMap;
use std::ops::Bound;

const MARK: u8 = 0;
const VALUE: u8 = 1;
const PART: u8 = 2;
const WHOLE: u8 = 0;
const SPLIT: u8 = 1;

/// The longest value that stands in sled.
const STORED_BYTES_MAX: usize = 4096;
/// The longest value that is not split.
pub(super) const WHOLE_BYTES_MAX: usize = STORED_BYTES_MAX - 1;

/// Why pairs could not be read.
#[derive(Debug)]
pub(super) enum ReadError {
    /// sled says so.
    Sled(sled::Error),
    /// The bytes are not what this module writes.
    Damaged(&'static str),
}

impl From<sled::Error> for ReadError {
    fn from(error: sled::Error) -> Self {
        Self::Sled(error)
    }
}

/// The store's own record: the version of this form, and the number of the last group committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) groups: u64,
}

impl Mark {
    const FORM: u8 = 1;

    /// The mark of `tree`; none in a new one.
    pub(super) fn read(tree: &Tree) -> Result<Option<Self>, ReadError> {
        let Some(stored) = tree.get([MARK])? else {
            return if tree.is_empty() {
                Ok(None)
            } else {
                Err(ReadError::Damaged(
                    "it holds data but not the mark of a store",
                ))
            };
        };
        match *stored {
            [Self::FORM, ref groups @ ..] => match groups.try_into() {
                Ok(groups) => Ok(Some(Self {
                    groups: u64::from_be_bytes(groups),
                })),
                Err(_) => Err(ReadError::Damaged("the mark of the store is cut short")),
            },
            _ => Err(ReadError::Damaged(
                "it was written by another version, in a form that this one does not know",
            )),
        }
    }
}

/// Writes on their way into sled.
#[derive(Debug, Default)]
pub(super) struct Writes {
    writes: Vec<(IVec, Option<IVec>)>,
    /// Whether some of them belong together.
    bound: bool,
    scratch: Vec<u8>,
}

impl Writes {
    /// Sets or removes `key`; `replaces` is the length of the value that stands there if it is split.
    pub(super) fn set(&mut self, key: &[u8], replaces: Option<usize>, value: Option<&[u8]>) {
        for part in 0..replaces.map_or(0, parts) {
            let stored = self.stored_key(PART, key, Some(part));
            self.writes.push((stored, None));
            self.bound = true;
        }
        let stored = self.stored_key(VALUE, key, None);
        match value {
            None => self.writes.push((stored, None)),
            Some(value) if value.len() <= WHOLE_BYTES_MAX => {
                self.scratch.clear();
                self.scratch.extend_from_slice(value);
                self.scratch.push(WHOLE);
                let value = IVec::from(self.scratch.as_slice());
                self.writes.push((stored, Some(value)));
            }
            Some(value) => {
                self.scratch.clear();
                self.scratch.extend_from_slice(&length(value).to_be_bytes());
                self.scratch.push(SPLIT);
                let head = IVec::from(self.scratch.as_slice());
                self.writes.push((stored, Some(head)));
                self.bound = true;
                for (part, bytes) in (0..).zip(value.chunks(STORED_BYTES_MAX)) {
                    let stored = self.stored_key(PART, key, Some(part));
                    self.writes.push((stored, Some(bytes.into())));
                }
            }
        }
    }

    /// Makes what is written happen together or not at all, even after a crash.
    pub(super) fn bind(&mut self) {
        self.bound = true;
    }

    /// Sets the store's own record. Comes last: sled recovers its log up to some point, so that what
    /// was written before it is there when it is.
    pub(super) fn mark(&mut self, mark: Mark) {
        let mut stored = [Mark::FORM; 9];
        stored[1..].copy_from_slice(&mark.groups.to_be_bytes());
        self.writes
            .push((IVec::from(&[MARK]), Some(IVec::from(&stored))));
    }

    /// The stored keys that are written.
    pub(super) fn keys(&self) -> impl Iterator<Item = IVec> {
        self.writes.iter().map(|(key, _)| key.clone())
    }

    /// Writes to `tree`: as one batch where something belongs together. A batch costs sled a write to
    /// the disk of its own, which the usual group of single turns can do without.
    pub(super) fn apply(self, tree: &Tree) -> Result<(), sled::Error> {
        if self.bound {
            let mut batch = sled::Batch::default();
            for (key, value) in self.writes {
                match value {
                    Some(value) => batch.insert(key, value),
                    None => batch.remove(key),
                }
            }
            return tree.apply_batch(batch);
        }
        for (key, value) in self.writes {
            match value {
                Some(value) => tree.insert(key, value)?,
                None => tree.remove(key)?,
            };
        }
        Ok(())
    }

    fn stored_key(&mut self, space: u8, key: &[u8], part: Option<u16>) -> IVec {
        self.scratch.clear();
        self.scratch.push(space);
        self.scratch.extend_from_slice(key);
        if let Some(part) = part {
            self.scratch.extend_from_slice(&part.to_be_bytes());
        }
        IVec::from(self.scratch.as_slice())
    }
}

/// Writes a value that need not be split where there is none; whether there was none.
pub(super) fn write_absent(
    tree: &Tree,
    key: &[u8],
    value: &[u8],
    scratch: &mut Vec<u8>,
) -> Result<bool, sled::Error> {
    scratch.clear();
    scratch.extend_from_slice(value);
    scratch.push(WHOLE);
    let stored = IVec::from(scratch.as_slice());
    let written = tree.compare_and_swap(prefixed(VALUE, key), None::<&[u8]>, Some(stored))?;
    Ok(written.is_ok())
}

/// The value under `key`.
pub(super) fn get(tree: &Tree, key: &[u8]) -> Result<Option<Vec<u8>>, ReadError> {
    match tree.get(prefixed(VALUE, key))? {
        Some(stored) => whole(tree, key, &stored).map(Some),
        None => Ok(None),
    }
}

/// A page of the pairs that begin with `prefix`, after `after`.
pub(super) fn scan(
    tree: &Tree,
    prefix: &[u8],
    after: Option<&[u8]>,
    limit: usize,
) -> Result<Vec<Pair>, ReadError> {
    let from = match after {
        Some(after) if after >= prefix => Bound::Excluded(prefixed(VALUE, after)),
        Some(_) | None => Bound::Included(prefixed(VALUE, prefix)),
    };
    let prefix = prefixed(VALUE, prefix);
    let mut page = Vec::new();
    for pair in tree.range((from, Bound::Unbounded)).take(limit) {
        let (stored_key, stored) = pair?;
        if !stored_key.starts_with(&prefix) {
            break;
        }
        let key = stored_key.get(1..).unwrap_or_default().to_vec();
        let value = whole(tree, &key, &stored)?;
        page.push((key, value));
    }
    Ok(page)
}

/// What stands under a key as a batch is checked: the tree, and what earlier batches of the group
/// have written over it.
pub(super) struct View<'a> {
    tree: &'a Tree,
    written: HashMap<&'a [u8], Option<&'a [u8]>>,
}

impl<'a> View<'a> {
    pub(super) fn new(tree: &'a Tree) -> Self {
        Self {
            tree,
            written: HashMap::new(),
        }
    }

    /// Whether a value stands under `key`.
    pub(super) fn holds(&self, key: &[u8]) -> Result<bool, ReadError> {
        match self.written.get(key) {
            Some(value) => Ok(value.is_some()),
            None => Ok(self.tree.contains_key(prefixed(VALUE, key))?),
        }
    }

    /// Whether exactly `value` stands under `key`.
    pub(super) fn equals(&self, key: &[u8], value: &[u8]) -> Result<bool, ReadError> {
        match self.written.get(key) {
            Some(written) => Ok(*written == Some(value)),
            None => Ok(get(self.tree, key)?.as_deref() == Some(value)),
        }
    }

    /// The length of what stands under `key` if it is split.
    pub(super) fn split_bytes(&self, key: &[u8]) -> Result<Option<usize>, ReadError> {
        if let Some(written) = self.written.get(key) {
            return Ok(written
                .map(<[u8]>::len)
                .filter(|len| *len > WHOLE_BYTES_MAX));
        }
        match self.tree.get(prefixed(VALUE, key))? {
            Some(stored) => split_length(&stored),
            None => Ok(None),
        }
    }

    /// Lays a write over the tree.
    pub(super) fn write(&mut self, key: &'a [u8], value: Option<&'a [u8]>) {
        self.written.insert(key, value);
    }
}

/// The value that `stored` is, or is the head of.
fn whole(tree: &Tree, key: &[u8], stored: &[u8]) -> Result<Vec<u8>, ReadError> {
    let Some(bytes) = split_length(stored)? else {
        let (_, value) = stored.split_last().unwrap_or((&WHOLE, &[]));
        return Ok(value.to_vec());
    };
    let mut value = Vec::with_capacity(bytes);
    let mut part_key = prefixed(PART, key);
    for part in 0..parts(bytes) {
        part_key.truncate(1 + key.len());
        part_key.extend_from_slice(&part.to_be_bytes());
        match tree.get(&part_key)? {
            Some(part) => value.extend_from_slice(&part),
            None => return Err(ReadError::Damaged("a part of a long value is missing")),
        }
    }
    if value.len() == bytes {
        Ok(value)
    } else {
        Err(ReadError::Damaged("the parts of a long value do not fit"))
    }
}

/// The length of the value that `stored` is the head of; none if it is the value.
fn split_length(stored: &[u8]) -> Result<Option<usize>, ReadError> {
    match *stored {
        [.., WHOLE] => Ok(None),
        [a, b, c, d, SPLIT] => match u32::from_be_bytes([a, b, c, d]) as usize {
            bytes if bytes <= VALUE_BYTES_MAX => Ok(Some(bytes)),
            _ => Err(ReadError::Damaged("a value claims an impossible length")),
        },
        _ => Err(ReadError::Damaged("a value has no known form")),
    }
}

fn prefixed(space: u8, key: &[u8]) -> Vec<u8> {
    let mut stored = Vec::with_capacity(key.len() + 3);
    stored.push(space);
    stored.extend_from_slice(key);
    stored
}

/// Number of the parts of a split value: 256 at its longest.
fn parts(bytes: usize) -> u16 {
    u16::try_from(bytes.div_ceil(STORED_BYTES_MAX)).unwrap_or(u16::MAX)
}

fn length(value: &[u8]) -> u32 {
    u32::try_from(value.len()).unwrap_or(u32::MAX)
}

/// The number of pairs in `tree`.
pub(super) fn count(tree: &Tree) -> Result<u64, sled::Error> {
    let mut pairs = 0;
    for key in tree.scan_prefix([VALUE]).keys() {
        key?;
        pairs += 1;
    }
    Ok(pairs)
}

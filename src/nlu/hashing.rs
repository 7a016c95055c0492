//! Hashes of words, for tables that are filled from the content and the models: residents look up in them
//! and put nothing in, so that nobody can make them slow.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map by words, or by numbers that are good hashes already.
pub(super) type QuickMap<K, V> = HashMap<K, V, BuildHasherDefault<Quick>>;

pub(super) const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// Takes another byte into a hash.
pub(super) fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(STEP).rotate_left(29)
}

/// A hash byte by byte; a number of 64 bits is taken as it is.
#[derive(Debug, Default)]
pub(super) struct Quick(u64);

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = step(self.0, *byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }

    fn write_usize(&mut self, length: usize) {
        self.write(&length.to_le_bytes());
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

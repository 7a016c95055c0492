//! The Merkle tree over the entries of the audit log, as RFC 6962 section 2.1 hashes it.
//!
//! It keeps only the roots of the full subtrees, so that a root costs as much as the log has binary
//! digits. It does not keep entries.

use sha2::{Digest, Sha256};

/// A hash of the tree.
pub(super) type Hash = [u8; 32];

/// The tree over what was pushed so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Tree {
    /// Roots of full subtrees, the largest first, one for each binary digit of the size.
    full: Vec<Hash>,
    size: u64,
}

impl Tree {
    /// The tree over `size` entries whose full subtrees have these roots; none if it cannot have.
    pub(super) fn of(full: Vec<Hash>, size: u64) -> Option<Self> {
        (full.len() == size.count_ones() as usize).then_some(Self { full, size })
    }

    /// The roots of its full subtrees: what it takes to go on without the entries.
    pub(super) fn full(&self) -> &[Hash] {
        &self.full
    }

    /// Adds an entry at the end.
    pub(super) fn push(&mut self, entry: &[u8]) {
        let mut node = hash(0, &[entry]);
        let mut rest = self.size;
        while rest & 1 == 1 {
            if let Some(left) = self.full.pop() {
                node = hash(1, &[&left, &node]);
            }
            rest >>= 1;
        }
        self.full.push(node);
        self.size += 1;
    }

    /// Number of entries.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// The root; that of an empty tree is the hash of nothing.
    pub(super) fn root(&self) -> Hash {
        let mut nodes = self.full.iter().rev();
        let Some(last) = nodes.next() else {
            return Sha256::digest([]).into();
        };
        nodes.fold(*last, |right, left| hash(1, &[left, &right]))
    }
}

fn hash(prefix: u8, parts: &[&[u8]]) -> Hash {
    let mut digest = Sha256::new();
    digest.update([prefix]);
    for part in parts {
        digest.update(part);
    }
    digest.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition of RFC 6962, word by word.
    fn defined(entries: &[Vec<u8>]) -> Hash {
        match entries {
            [] => Sha256::digest([]).into(),
            [one] => hash(0, &[one]),
            many => {
                let split = many.len().next_power_of_two() / 2;
                let (left, right) = many.split_at(split);
                hash(1, &[&defined(left), &defined(right)])
            }
        }
    }

    #[test]
    fn roots_are_those_of_the_definition() {
        let mut tree = Tree::default();
        let mut entries = Vec::new();
        for number in 0..130_u32 {
            assert_eq!(tree.root(), defined(&entries), "{number}");
            let entry = number.to_be_bytes().to_vec();
            tree.push(&entry);
            entries.push(entry);
        }
        assert_eq!(tree.size(), 130);
    }

    #[test]
    fn the_root_of_known_entries_is_the_published_one() {
        // Test vectors of certificate-transparency's reference implementation.
        let entries: [&[u8]; 3] = [b"", b"\x00", b"\x10"];
        let mut tree = Tree::default();
        for entry in entries {
            tree.push(entry);
        }
        let root: String = tree
            .root()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(
            root,
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"
        );
    }
}

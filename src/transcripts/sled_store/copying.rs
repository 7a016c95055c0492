//! Copies of a store: a backup, and the way to get space back that sled keeps (issue 1374).
//!
//! A copy is of live pairs as they stand at one moment, while commits go on: first everything as it is
//! come by, then, with the committer held up, what has changed meanwhile. Live files are never copied.

use super::opening::{compacting, open, open_tree};
use super::pairs::{Mark, Writes};
use super::panics::caught;
use super::space::Room;
use super::{Core, damaged, io_failure, sled_failure};
use crate::transcripts::durable;
use crate::transcripts::store::{Pair, StoreError};
use rustix::fs::{CWD, RenameFlags, renameat_with};
use sled::Db;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

/// Pairs that are written to a copy at once.
const PAGE_PAIRS: usize = 512;

/// What a compaction came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Compaction {
    /// Live pairs.
    pub pairs: u64,
    /// Bytes on disk before.
    pub before_bytes: u64,
    /// Bytes on disk after.
    pub after_bytes: u64,
}

/// Copies the store into the new folder `to`; gives the number of its pairs.
pub(super) fn export(core: &Core, to: &Path) -> Result<u64, StoreError> {
    if core.copying.swap(true, Ordering::AcqRel) {
        return Err(StoreError::Io {
            what: "exporting",
            path: to.display().to_string(),
            cause: "another export of this store is running: wait for it".to_owned(),
        });
    }
    // A group that began before the flag was set is not remembered: wait until it is applied.
    drop(core.applying.write());
    let copied = copy_all(core, to);
    core.copying.store(false, Ordering::Release);
    core.changed().clear();
    copied
}

fn copy_all(core: &Core, to: &Path) -> Result<u64, StoreError> {
    let copy = Copy::begin(to)?;
    let failed = |error| sled_failure(&core.dir, error);
    let mut page = sled::Batch::default();
    let mut held = 0;
    for pair in &core.tree as &sled::Tree {
        let (key, value) = pair.map_err(failed)?;
        page.insert(key, value);
        held += 1;
        if held == PAGE_PAIRS {
            copy.write(std::mem::take(&mut page))?;
            held = 0;
        }
    }
    copy.write(page)?;
    {
        let _still = core.still();
        let mut rest = sled::Batch::default();
        for key in core.changed().drain() {
            match core.tree.get(&key).map_err(failed)? {
                Some(value) => rest.insert(key, value),
                None => rest.remove(key),
            }
        }
        copy.write(rest)?;
    }
    copy.finish()
}

/// Writes `pairs` as a store of its own into the new folder `to`; gives their number.
pub(in crate::transcripts) fn export_pairs(to: &Path, pairs: &[Pair]) -> Result<u64, StoreError> {
    let copy = Copy::begin(to)?;
    let write = |writes: Writes| {
        writes
            .apply(&copy.tree)
            .map_err(|error| sled_failure(to, error))
    };
    for page in pairs.chunks(PAGE_PAIRS) {
        let mut writes = Writes::default();
        for (key, value) in page {
            writes.set(key, None, Some(value));
        }
        write(writes)?;
    }
    let mut writes = Writes::default();
    writes.mark(Mark { groups: 0 });
    write(writes)?;
    copy.finish()
}

pub(super) fn compact(dir: &Path, room: Room) -> Result<Compaction, StoreError> {
    let failed = |what| move |error: io::Error| io_failure(dir, what, &error);
    let before_bytes = size(dir).map_err(failed("measuring"))?;
    let store = open(dir, room)?;
    let fresh = compacting(dir);
    let pairs =
        caught(|| export(&store.core, &fresh)).unwrap_or_else(|what| Err(damaged(dir, what)))?;
    // The exchange is one step: whatever happens, a whole store stands under the name, and what
    // stands under the other is thrown away, here or when the store is next opened.
    renameat_with(CWD, &fresh, CWD, dir, RenameFlags::EXCHANGE)
        .map_err(|error| failed("putting the compacted store in its place")(error.into()))?;
    durable::sync_parent(dir).map_err(failed("putting the compacted store in its place"))?;
    drop(store);
    fs::remove_dir_all(&fresh).map_err(failed("removing the store as it was"))?;
    Ok(Compaction {
        pairs,
        before_bytes,
        after_bytes: size(dir).map_err(failed("measuring"))?,
    })
}

/// A copy in the making, in a folder beside the one that it becomes.
struct Copy {
    tree: Db,
    partial: PathBuf,
    to: PathBuf,
}

impl Copy {
    fn begin(to: &Path) -> Result<Self, StoreError> {
        let failed = |error: io::Error| io_failure(to, "making the copy", &error);
        if to.exists() {
            return Err(failed(io::Error::new(
                io::ErrorKind::AlreadyExists,
                "something is there already: name a new folder",
            )));
        }
        let partial = durable::sibling(to, ".partial");
        if partial.exists() {
            fs::remove_dir_all(&partial).map_err(failed)?;
        }
        durable::make_dir(&partial).map_err(failed)?;
        Ok(Self {
            tree: open_tree(&partial)?,
            partial,
            to: to.to_owned(),
        })
    }

    fn write(&self, page: sled::Batch) -> Result<(), StoreError> {
        self.tree
            .apply_batch(page)
            .map_err(|error| sled_failure(&self.partial, error))
    }

    /// Makes the copy durable and gives it its name; gives the number of its pairs.
    fn finish(self) -> Result<u64, StoreError> {
        let Self { tree, partial, to } = self;
        let failed = |error: io::Error| io_failure(&to, "finishing the copy", &error);
        let pairs = super::pairs::count(&tree).map_err(|error| sled_failure(&partial, error))?;
        tree.flush()
            .map_err(|error| sled_failure(&partial, error))?;
        drop(tree);
        durable::sync_tree(&partial).map_err(failed)?;
        fs::rename(&partial, &to).map_err(failed)?;
        durable::sync_parent(&to).map_err(failed)?;
        Ok(pairs)
    }
}

/// Bytes of the files under `dir`, without the ballast.
fn size(dir: &Path) -> io::Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            bytes += size(&entry.path())?;
        } else if entry.file_name() != "ballast" {
            bytes += entry.metadata()?.len();
        }
    }
    Ok(bytes)
}

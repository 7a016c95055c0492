//! The embedded store: sled 0.34.7, with what it takes to rely on it.
//!
//! One tree, one thread that writes ([`committer`]), pairs in a form that sled keeps well ([`pairs`]),
//! a careful way of opening ([`opening`]) and of copying ([`copying`]), room on the disk ([`space`]).
//! It never changes the segment size and never copies live files. What is in the values it does not
//! know; they come sealed.

mod committer;
mod copying;
mod opening;
mod pairs;
mod panics;
mod queue;
mod space;

pub use copying::Compaction;
pub use space::Room;

pub(super) use copying::export_pairs;

use super::store::{Batch, CommitError, Pair, Store, StoreError, StoreFuture};
use pairs::ReadError;
use panics::{caught, until_writer_lost, writer_lost};
use queue::Queue;
use space::Space;
use std::collections::HashSet;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::thread::JoinHandle;

/// A store in a folder of its own. Opening, dropping and compacting block; the rest is to be awaited
/// inside a tokio runtime.
#[derive(Debug)]
pub struct Sled {
    core: Arc<Core>,
    committer: Option<JoinHandle<()>>,
    /// Held until sled has let go of its files: see the order of drops.
    _lock: File,
}

/// What writers, readers and the committer share.
#[derive(Debug)]
struct Core {
    dir: PathBuf,
    tree: sled::Db,
    queue: Queue,
    space: Space,
    /// Held for reading to see a whole group or nothing of it.
    applying: RwLock<()>,
    /// Whether a copy is being made, and the stored keys that have changed since it began.
    copying: AtomicBool,
    changed: Mutex<HashSet<sled::IVec>>,
}

impl Sled {
    /// Opens the store in `dir`, or makes it.
    ///
    /// # Errors
    /// [`StoreError::InUse`] while another process has it; [`StoreError::Damaged`] if sled cannot read
    /// it, or if commits are missing that were known to be durable; [`StoreError::Io`].
    pub fn open(dir: &Path, room: Room) -> Result<Self, StoreError> {
        opening::open(dir, room)
    }

    /// Rewrites the store in `dir`, which nobody may have open, so that it holds live pairs alone: sled
    /// does not give space back by itself. Needs room for the live pairs once more.
    ///
    /// # Errors
    /// As [`Sled::open`]; the store is then as it was.
    pub fn compact(dir: &Path, room: Room) -> Result<Compaction, StoreError> {
        copying::compact(dir, room)
    }

    /// Runs `f`, which may wait for the disk, where waiting is allowed.
    fn read<T: Send + 'static>(
        &self,
        f: impl FnOnce(&Core) -> Result<T, StoreError> + Send + 'static,
    ) -> StoreFuture<T, StoreError> {
        let core = Arc::clone(&self.core);
        Box::pin(async move {
            let read = move || caught(|| f(&core)).unwrap_or_else(|what| Err(core.damaged(what)));
            match tokio::task::spawn_blocking(read).await {
                Ok(done) => done,
                Err(_) => Err(StoreError::Closed),
            }
        })
    }
}

impl Store for Sled {
    fn commit(&self, batch: Batch) -> StoreFuture<(), CommitError> {
        let queued = match batch.check() {
            Err(error) => Err(error),
            Ok(()) if writer_lost() => Err(self.core.writer_lost()),
            Ok(()) => self.core.queue.push(batch),
        };
        let core = Arc::clone(&self.core);
        Box::pin(async move {
            tokio::select! {
                biased;
                outcome = queued? => outcome.unwrap_or_else(|_| Err(StoreError::Closed.into())),
                () = until_writer_lost() => Err(core.writer_lost().into()),
            }
        })
    }

    fn get(&self, key: Vec<u8>) -> StoreFuture<Option<Vec<u8>>, StoreError> {
        self.read(move |core| {
            let _still = core.still();
            pairs::get(&core.tree, &key).map_err(|error| read_failure(&core.dir, error))
        })
    }

    fn get_all(&self, keys: Vec<Vec<u8>>) -> StoreFuture<Vec<Option<Vec<u8>>>, StoreError> {
        self.read(move |core| {
            let _still = core.still();
            let values = keys.iter().map(|key| pairs::get(&core.tree, key));
            let values: Result<_, _> = values.collect();
            values.map_err(|error| read_failure(&core.dir, error))
        })
    }

    fn scan(
        &self,
        prefix: Vec<u8>,
        after: Option<Vec<u8>>,
        limit: usize,
    ) -> StoreFuture<Vec<Pair>, StoreError> {
        self.read(move |core| {
            let _still = core.still();
            pairs::scan(&core.tree, &prefix, after.as_deref(), limit)
                .map_err(|error| read_failure(&core.dir, error))
        })
    }

    fn export(&self, to: PathBuf) -> StoreFuture<u64, StoreError> {
        self.read(move |core| copying::export(core, &to))
    }

    fn health(&self) -> Result<(), StoreError> {
        if writer_lost() {
            return Err(self.core.writer_lost());
        }
        if let Some(error) = self.core.queue.ended() {
            return Err(error);
        }
        match self.core.space.below_floor()? {
            None => Ok(()),
            Some((free, floor)) => Err(StoreError::Io {
                what: "keeping room on the disk",
                path: self.core.dir.display().to_string(),
                cause: format!("{free} bytes are free and {floor} are needed: make room"),
            }),
        }
    }
}

impl Drop for Sled {
    /// Lets the committer finish what is queued.
    fn drop(&mut self) {
        self.core.queue.end(StoreError::Closed);
        if let Some(committer) = self.committer.take().filter(|_| !writer_lost()) {
            // It catches sled's panics; of one of its own there is nothing left to tell here.
            drop(committer.join());
        }
    }
}

impl Core {
    /// Keeps groups from being applied while it is held.
    fn still(&self) -> std::sync::RwLockReadGuard<'_, ()> {
        self.applying.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn changed(&self) -> MutexGuard<'_, HashSet<sled::IVec>> {
        self.changed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn damaged(&self, what: String) -> StoreError {
        damaged(&self.dir, what)
    }

    fn writer_lost(&self) -> StoreError {
        self.damaged("a writing thread of sled has panicked; restart the process".to_owned())
    }

    fn io(&self, what: &'static str, error: &io::Error) -> StoreError {
        io_failure(&self.dir, what, error)
    }
}

fn damaged(dir: &Path, what: String) -> StoreError {
    StoreError::Damaged {
        path: dir.display().to_string(),
        what,
    }
}

fn io_failure(path: &Path, what: &'static str, error: &io::Error) -> StoreError {
    StoreError::Io {
        what,
        path: path.display().to_string(),
        cause: error.to_string(),
    }
}

fn read_failure(dir: &Path, error: ReadError) -> StoreError {
    match error {
        ReadError::Sled(error) => sled_failure(dir, error),
        ReadError::Damaged(what) => damaged(dir, what.to_owned()),
    }
}

/// What sled says, without what it might quote.
fn sled_failure(dir: &Path, error: sled::Error) -> StoreError {
    match error {
        sled::Error::Io(error) => io_failure(dir, "reading or writing", &error),
        sled::Error::Corruption { at: Some(at), .. } => damaged(
            dir,
            format!("its bytes at {at:?} do not fit their checksum"),
        ),
        sled::Error::Corruption { at: None, .. } => {
            damaged(dir, "one of its files does not fit its checksum".to_owned())
        }
        sled::Error::Unsupported(why) => damaged(dir, why),
        sled::Error::ReportableBug(why) => {
            damaged(dir, format!("sled found a bug in itself: {why}"))
        }
        sled::Error::CollectionNotFound(_) => damaged(dir, "its tree is missing".to_owned()),
    }
}

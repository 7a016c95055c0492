//! Opening a store so that what sled 0.34 stumbles over is out of its way, and checking what it made
//! of the files.
//!
//! | what happens | so |
//! |---|---|
//! | a crash while a snapshot is written leaves `snap.*.generating`, and sled then refuses to open (issues 1527, 1533) | it is deleted first, under a lock of our own |
//! | sled writes a synced snapshot of a log that it never synced | the data file is synced before sled reads it |
//! | new names in a folder are lost in a power cut | the folders are synced after opening |
//! | a damaged end of the log is taken for a torn write and cut off, silently | the number of the last group is compared with the high-water file |
//! | a disk without any room left | the ballast is thrown out, once |

use super::committer::{Committer, high_water};
use super::pairs::{Mark, Writes};
use super::panics::caught;
use super::queue::Queue;
use super::space::{Room, Space};
use super::{Core, Sled, damaged, io_failure, read_failure, sled_failure};
use crate::transcripts::durable;
use crate::transcripts::store::StoreError;
use std::collections::HashSet;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, RwLock};
use std::thread;
use std::time::Duration;

/// The least of sled's page cache. Its default of 1 GiB is for servers that do nothing else (issue 1410), and
/// what is read again and again here is the way into the tree: conversations that go on are held by
/// the engine. With 64 MiB nothing was faster, and 9,000 idle conversations held 5 MiB more.
const CACHE_BYTES_MIN: u64 = 16 << 20;
const CACHE_BYTES_MAX: u64 = 512 << 20;
/// The way into the tree grows with the data: so many of its bytes to one of the cache.
const DATA_TO_CACHE: u64 = 64;
/// How often a file of sled's is tried that an instance of this process may still be letting go of.
const LET_GO_TRIES: u32 = 200;
const LET_GO_PAUSE: Duration = Duration::from_millis(10);
/// With less than this free, a failure to open is put down to the lack of room.
const OPENING_BYTES: u64 = 8 << 20;

pub(super) fn open(dir: &Path, room: Room) -> Result<Sled, StoreError> {
    durable::make_dir(dir).map_err(|error| io_failure(dir, "making the folder", &error))?;
    let lock = lock(dir)?;
    let space = Space::new(dir, room);
    let (tree, committer) = match start(dir) {
        Err(error) if space.free_bytes()? < OPENING_BYTES => {
            if !space.drop_ballast() {
                return Err(error);
            }
            start(dir)?
        }
        done => done?,
    };
    // Lays the ballast in, if there is room.
    space.below_floor()?;
    let core = Arc::new(Core {
        dir: dir.to_owned(),
        tree,
        queue: Queue::default(),
        space,
        applying: RwLock::new(()),
        copying: AtomicBool::new(false),
        changed: Mutex::new(HashSet::new()),
    });
    let shared = Arc::clone(&core);
    let thread = thread::Builder::new()
        .name("cece-committer".to_owned())
        .spawn(move || committer.run(&shared))
        .map_err(|error| io_failure(dir, "starting the committer", &error))?;
    Ok(Sled {
        core,
        committer: Some(thread),
        _lock: lock,
    })
}

/// Everything that may need room on the disk.
fn start(dir: &Path) -> Result<(sled::Db, Committer), StoreError> {
    let failed = |what| move |error: io::Error| io_failure(dir, what, &error);
    clear_leftovers(dir).map_err(failed("clearing what a crash has left"))?;
    let tree = open_tree(dir)?;
    durable::sync_tree(dir).map_err(failed("syncing the folder"))?;
    let groups = check_mark(dir, &tree)?;
    let committer = Committer {
        data: File::open(dir.join("db")).map_err(failed("opening the data file"))?,
        high_water: note_high_water(dir, groups).map_err(failed("noting the last commit"))?,
        groups,
    };
    Ok((tree, committer))
}

/// A lock of our own, taken before anything is touched: sled takes its own only after it has looked.
fn lock(dir: &Path) -> Result<File, StoreError> {
    let path = dir.join("lock");
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(|error| io_failure(&path, "opening the lock", &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(in_use(dir)),
        Err(TryLockError::Error(error)) => Err(io_failure(&path, "taking the lock", &error)),
    }
}

fn in_use(dir: &Path) -> StoreError {
    StoreError::InUse {
        path: dir.display().to_string(),
    }
}

/// Where a compaction makes its copy; what stands there otherwise is left over from one.
pub(super) fn compacting(dir: &Path) -> PathBuf {
    durable::sibling(dir, ".compacting")
}

fn clear_leftovers(dir: &Path) -> io::Result<()> {
    let leftover = compacting(dir);
    if leftover.exists() {
        fs::remove_dir_all(&leftover)?;
    }
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with("snap.") && name.ends_with(".generating") {
            fs::remove_file(&path)?;
        }
    }
    match File::open(dir.join("db")) {
        Ok(data) => data.sync_all(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

/// sled, with the settings that this store relies on.
pub(super) fn open_tree(dir: &Path) -> Result<sled::Db, StoreError> {
    let data_bytes = fs::metadata(dir.join("db")).map_or(0, |data| data.len());
    let cache_bytes = data_bytes / DATA_TO_CACHE;
    let config = sled::Config::new()
        .path(dir)
        .cache_capacity(cache_bytes.clamp(CACHE_BYTES_MIN, CACHE_BYTES_MAX))
        .flush_every_ms(None);
    let mut tries = 1;
    loop {
        match caught(|| config.open()) {
            Ok(Ok(tree)) => return Ok(tree),
            Ok(Err(sled::Error::Io(error))) if error.to_string().contains("acquire lock") => {
                if tries == LET_GO_TRIES {
                    return Err(in_use(dir));
                }
                tries += 1;
                thread::sleep(LET_GO_PAUSE);
            }
            Ok(Err(error)) => return Err(sled_failure(dir, error)),
            Err(what) => return Err(damaged(dir, what)),
        }
    }
}

/// The number of the last group, if none is missing that was known to be durable.
fn check_mark(dir: &Path, tree: &sled::Db) -> Result<u64, StoreError> {
    let mark = caught(|| Mark::read(tree))
        .map_err(|what| damaged(dir, what))?
        .map_err(|error| read_failure(dir, error))?;
    let groups = mark.map_or(0, |mark| mark.groups);
    let path = dir.join("high-water");
    let known = fs::read(&path).map_or(0, |bytes| known_durable(&bytes));
    if groups < known {
        return Err(damaged(
            dir,
            format!(
                "its last {} groups of commits are missing; to go on without them, remove {}",
                known - groups,
                path.display()
            ),
        ));
    }
    if mark.is_none() {
        let mut writes = Writes::default();
        writes.mark(Mark { groups });
        caught(|| writes.apply(tree).and_then(|()| tree.flush()))
            .map_err(|what| damaged(dir, what))?
            .map_err(|error| sled_failure(dir, error))?;
    }
    Ok(groups)
}

/// The number in the high-water file; 0 where it is torn, since it is only ever a lower bound.
fn known_durable(bytes: &[u8]) -> u64 {
    let groups = bytes
        .first_chunk()
        .map_or(0, |bytes| u64::from_be_bytes(*bytes));
    if bytes == high_water(groups) {
        groups
    } else {
        0
    }
}

fn note_high_water(dir: &Path, groups: u64) -> io::Result<File> {
    let path = dir.join("high-water");
    durable::replace(&path, &high_water(groups))?;
    OpenOptions::new().write(true).open(path)
}

//! Room on the disk: the floor below which nothing more is taken, and the ballast.
//!
//! sled survives a full disk but cannot be opened on one. The floor stops before that; if something
//! else fills the disk, the ballast is what can be thrown out so that the store opens again.

use crate::transcripts::durable::sync_parent;
use crate::transcripts::store::StoreError;
use rustix::fs::{FallocateFlags, fallocate, statvfs};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// How much room a store keeps.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// Free bytes below which no commit is taken.
    pub floor_bytes: u64,
    /// Bytes of the file that is thrown out when the store cannot be opened on a full disk.
    pub ballast_bytes: u64,
}

impl Default for Room {
    /// 256 MiB free, which is some 100,000 turns of warning, and 64 MiB of ballast: more than sled
    /// writes as it opens a store of a million pages.
    fn default() -> Self {
        Self {
            floor_bytes: 256 << 20,
            ballast_bytes: 64 << 20,
        }
    }
}

/// The room of one store.
#[derive(Debug)]
pub(super) struct Space {
    dir: PathBuf,
    room: Room,
    /// Whether ballast is still to be laid in.
    lacking: AtomicBool,
}

impl Space {
    pub(super) fn new(dir: &Path, room: Room) -> Self {
        Self {
            dir: dir.to_owned(),
            room,
            lacking: AtomicBool::new(room.ballast_bytes > 0),
        }
    }

    /// Free bytes and the floor, if less than the floor is free. Lays the ballast in again once there
    /// is room.
    pub(super) fn below_floor(&self) -> Result<Option<(u64, u64)>, StoreError> {
        let free = self.free_bytes()?;
        if self.lacking.load(Ordering::Relaxed) {
            self.lay_ballast(free);
        }
        Ok((free < self.room.floor_bytes).then_some((free, self.room.floor_bytes)))
    }

    /// Bytes that this user may still write where the store lives.
    pub(super) fn free_bytes(&self) -> Result<u64, StoreError> {
        let stat = statvfs(&self.dir).map_err(|error| StoreError::Io {
            what: "asking for the free space",
            path: self.dir.display().to_string(),
            cause: io::Error::from(error).to_string(),
        })?;
        Ok(stat.f_bavail.saturating_mul(stat.f_frsize))
    }

    /// Lays the ballast in if it is missing and there is room for it above the floor. A file system
    /// that cannot set blocks aside goes without, and the log says so, once.
    fn lay_ballast(&self, free_bytes: u64) {
        let path = self.ballast();
        let wanted = self.room.ballast_bytes;
        if !path.exists() {
            if free_bytes < self.room.floor_bytes.saturating_add(wanted) {
                return;
            }
            let laid = File::create(&path).and_then(|file| {
                fallocate(&file, FallocateFlags::empty(), 0, wanted)?;
                file.sync_all()
            });
            if let Err(error) = laid.and_then(|()| sync_parent(&path)) {
                tracing::warn!(path = %path.display(), %error, "no ballast could be laid in");
                // An unallocated file would stop the next attempt and free nothing when needed.
                drop(fs::remove_file(&path));
            }
        }
        self.lacking.store(false, Ordering::Relaxed);
    }

    /// Throws the ballast out; whether there was any.
    pub(super) fn drop_ballast(&self) -> bool {
        let path = self.ballast();
        let dropped = fs::remove_file(&path).is_ok();
        if dropped {
            tracing::warn!(
                path = %path.display(),
                bytes = self.room.ballast_bytes,
                "the disk is full: the ballast was thrown out so that the store can be opened; make room"
            );
        }
        dropped
    }

    fn ballast(&self) -> PathBuf {
        self.dir.join("ballast")
    }
}

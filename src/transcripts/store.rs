//! The store contract: one narrow trait, and nothing above it knows which engine is below.

use std::future::Future;
use std::pin::Pin;

/// A future that a store gives; boxed, so that the engine need not know the store's type.
pub type StoreFuture<T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send>>;

/// What must hold for a batch to be applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Precondition {
    /// No value stands under this key.
    Absent(Vec<u8>),
    /// Some value stands under this key.
    Present(Vec<u8>),
    /// Exactly this value stands under this key.
    Equals(Vec<u8>, Vec<u8>),
}

/// Writes that happen together or not at all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    /// Checked against the store as the batch is applied, after every batch before it.
    pub preconditions: Vec<Precondition>,
    /// Keys and their new values; `None` removes. Values may be of any length up to 1 MiB.
    pub writes: Vec<(Vec<u8>, Option<Vec<u8>>)>,
}

/// Why a batch was not applied.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// Somebody else was first: nothing was written.
    #[error("the record has moved on since it was read")]
    Conflict,
    /// Less than the floor is free on the disk: nothing was written.
    #[error(
        "{free_bytes} bytes are free where the store lives, and it needs {floor_bytes}: make room, then try again"
    )]
    DiskFull {
        /// Free bytes.
        free_bytes: u64,
        /// The configured floor.
        floor_bytes: u64,
    },
    /// The engine failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a store could not do what it was asked.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// Another process has it open.
    #[error("the store at {path} is in use by another process: stop it, or use its admin socket")]
    InUse {
        /// Its folder.
        path: String,
    },
    /// It is damaged.
    #[error(
        "the store at {path} is damaged ({what}): restore a backup, or move the folder away to begin anew"
    )]
    Damaged {
        /// Its folder.
        path: String,
        /// What was found; never content.
        what: String,
    },
    /// The operating system refused something.
    #[error("{what} at {path}: {cause}")]
    Io {
        /// What was being done.
        what: &'static str,
        /// Where.
        path: String,
        /// The system's words.
        cause: String,
    },
    /// It was closed.
    #[error("the store is closed")]
    Closed,
}

/// Key-value storage with durable, atomic, conditional commits.
pub trait Store: Send + Sync {
    /// Applies `batch`; resolves only when it is durable.
    fn commit(&self, batch: Batch) -> StoreFuture<(), CommitError>;
    /// The value under `key`.
    fn get(&self, key: Vec<u8>) -> StoreFuture<Option<Vec<u8>>, StoreError>;
    /// Up to `limit` pairs whose keys begin with `prefix`, in order of key, after `after`.
    fn scan(
        &self,
        prefix: Vec<u8>,
        after: Option<Vec<u8>>,
        limit: usize,
    ) -> StoreFuture<Vec<(Vec<u8>, Vec<u8>)>, StoreError>;
    /// Copies the live pairs into a new folder, durably: a backup, and the way to take space back.
    fn export(&self, to: std::path::PathBuf) -> StoreFuture<u64, StoreError>;
    /// Whether it can take writes now.
    fn health(&self) -> Result<(), StoreError>;
}

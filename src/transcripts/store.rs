//! The store contract: one narrow trait, and nothing above it knows which engine is below.

use std::future::Future;
use std::pin::Pin;

/// A future that a store gives; boxed, so that the engine need not know the store's type.
pub type StoreFuture<T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send>>;

/// A key and its value.
pub type Pair = (Vec<u8>, Vec<u8>);

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

/// The longest value that a store takes.
pub const VALUE_BYTES_MAX: usize = 1024 * 1024;

/// The longest key that a store takes.
pub const KEY_BYTES_MAX: usize = 256;

impl Batch {
    /// Refuses what no store takes.
    ///
    /// # Errors
    /// [`StoreError::TooLong`], with the limit.
    pub fn check(&self) -> Result<(), StoreError> {
        for (key, value) in &self.writes {
            if key.len() > KEY_BYTES_MAX {
                return Err(StoreError::TooLong {
                    what: "key",
                    bytes: key.len(),
                    limit: KEY_BYTES_MAX,
                });
            }
            let bytes = value.as_ref().map_or(0, Vec::len);
            if bytes > VALUE_BYTES_MAX {
                return Err(StoreError::TooLong {
                    what: "value",
                    bytes,
                    limit: VALUE_BYTES_MAX,
                });
            }
        }
        Ok(())
    }
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
    /// A key or a value is longer than a store takes.
    #[error("a {what} of {bytes} bytes was given to the store, which takes {limit}: split it")]
    TooLong {
        /// Key or value.
        what: &'static str,
        /// Its length.
        bytes: usize,
        /// The longest that is taken.
        limit: usize,
    },
    /// It was closed.
    #[error("the store is closed")]
    Closed,
}

/// Key-value storage with durable, atomic, conditional commits.
pub trait Store: Send + Sync {
    /// Applies `batch`; resolves only when it is durable. It is on its way from this call on: a
    /// future that is dropped does not take it back. After an error other than a conflict, a full
    /// disk or a length, whether it was applied is known only when the store has been opened again.
    fn commit(&self, batch: Batch) -> StoreFuture<(), CommitError>;
    /// The value under `key`.
    fn get(&self, key: Vec<u8>) -> StoreFuture<Option<Vec<u8>>, StoreError>;
    /// The values under `keys`, one for each: cheaper than one after the other.
    fn get_all(&self, keys: Vec<Vec<u8>>) -> StoreFuture<Vec<Option<Vec<u8>>>, StoreError>;
    /// Up to `limit` pairs whose keys begin with `prefix`, in order of key, after `after`.
    fn scan(
        &self,
        prefix: Vec<u8>,
        after: Option<Vec<u8>>,
        limit: usize,
    ) -> StoreFuture<Vec<Pair>, StoreError>;
    /// Copies the live pairs as they stand at one moment into a new folder, durably, and gives their
    /// number: a backup, and the way to take space back. Commits go on meanwhile.
    fn export(&self, to: std::path::PathBuf) -> StoreFuture<u64, StoreError>;
    /// Whether it can take writes now.
    fn health(&self) -> Result<(), StoreError>;
}

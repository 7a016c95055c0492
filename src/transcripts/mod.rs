//! What is kept: records and their retention tags, the store contract, and the stores.
//!
//! `record` and `retention` are pure; everything that reaches a disk goes through [`Store`], sealed.
//! It does not decide what is personal: by the time a record is made, `pii` has.

pub mod archive;
pub mod audit;
pub mod backup;
pub(crate) mod durable;
pub mod export;
pub mod holdings;
pub mod keys;
pub mod ledger;
mod memory;
pub mod notes;
pub mod record;
pub mod report;
pub mod retention;
pub mod signature;
mod sled_store;
pub mod store;

pub use archive::Archive;
pub use memory::Memory;
pub use sled_store::{Compaction, Room, Sled};
pub use store::{Batch, CommitError, Store, StoreError};

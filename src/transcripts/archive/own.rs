//! Records of the archive's own, which hold no personal data: the latest day, counts, dispositions.
//!
//! They stand in plain, each with a code that only this keyring can make, so that what somebody else wrote
//! is told from what this program did.

use super::{Archive, ArchiveError};
use crate::transcripts::store::Batch;
use serde::Serialize;
use serde::de::DeserializeOwned;
use subtle::ConstantTimeEq;

/// Length of the code behind a record.
const CODE_BYTES: usize = 16;

impl Archive {
    /// Adds to `batch` a record of the archive's own.
    pub(super) fn put_own<T: Serialize>(
        &self,
        batch: &mut Batch,
        key: Vec<u8>,
        record: &T,
    ) -> Result<(), ArchiveError> {
        let mut value = serde_json::to_vec(record)
            .map_err(|error| ArchiveError::BadNote(format!("it cannot be written: {error}")))?;
        let code = self.keyring.digest(&[b"own record", &key, &value]);
        value.extend_from_slice(&code);
        batch.writes.push((key, Some(value)));
        Ok(())
    }

    /// A record of the archive's own; `what` it is, for whoever finds it changed.
    pub(super) async fn own<T: DeserializeOwned>(
        &self,
        key: Vec<u8>,
        what: &'static str,
    ) -> Result<Option<T>, ArchiveError> {
        match self.store.get(key.clone()).await? {
            Some(value) => self.open_own(&key, &value, what).map(Some),
            None => Ok(None),
        }
    }

    pub(super) fn open_own<T: DeserializeOwned>(
        &self,
        key: &[u8],
        value: &[u8],
        what: &'static str,
    ) -> Result<T, ArchiveError> {
        let changed = ArchiveError::Changed(what);
        let Some(at) = value.len().checked_sub(CODE_BYTES) else {
            return Err(changed);
        };
        let (plain, code) = value.split_at(at);
        let expected = self.keyring.digest(&[b"own record", key, plain]);
        if !bool::from(expected.ct_eq(code)) {
            return Err(changed);
        }
        serde_json::from_slice(plain).map_err(|_| changed)
    }
}

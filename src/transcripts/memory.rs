//! A store in memory, for tests and for trying things out: the same contract, nothing kept.

use super::sled_store::export_pairs;
use super::store::{Batch, CommitError, Pair, Precondition, Store, StoreError, StoreFuture};
use std::collections::BTreeMap;
use std::ops::Bound;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

type Pairs = BTreeMap<Vec<u8>, Vec<u8>>;

/// Pairs in order of key, under one lock.
#[derive(Debug, Default)]
pub struct Memory {
    pairs: Mutex<Pairs>,
}

impl Memory {
    fn pairs(&self) -> MutexGuard<'_, Pairs> {
        self.pairs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn apply(&self, batch: Batch) -> Result<(), CommitError> {
        batch.check()?;
        let mut pairs = self.pairs();
        let holds = |condition: &Precondition| match condition {
            Precondition::Absent(key) => !pairs.contains_key(key),
            Precondition::Present(key) => pairs.contains_key(key),
            Precondition::Equals(key, value) => pairs.get(key) == Some(value),
        };
        if !batch.preconditions.iter().all(holds) {
            return Err(CommitError::Conflict);
        }
        for (key, value) in batch.writes {
            match value {
                Some(value) => pairs.insert(key, value),
                None => pairs.remove(&key),
            };
        }
        Ok(())
    }
}

impl Store for Memory {
    fn commit(&self, batch: Batch) -> StoreFuture<(), CommitError> {
        let done = self.apply(batch);
        Box::pin(async { done })
    }

    fn get(&self, key: Vec<u8>) -> StoreFuture<Option<Vec<u8>>, StoreError> {
        let value = self.pairs().get(&key).cloned();
        Box::pin(async { Ok(value) })
    }

    fn get_all(&self, keys: Vec<Vec<u8>>) -> StoreFuture<Vec<Option<Vec<u8>>>, StoreError> {
        let pairs = self.pairs();
        let values = keys.iter().map(|key| pairs.get(key).cloned()).collect();
        Box::pin(async { Ok(values) })
    }

    fn scan(
        &self,
        prefix: Vec<u8>,
        after: Option<Vec<u8>>,
        limit: usize,
    ) -> StoreFuture<Vec<Pair>, StoreError> {
        let from = match after {
            Some(after) if after >= prefix => Bound::Excluded(after),
            Some(_) | None => Bound::Included(prefix.clone()),
        };
        let page = self
            .pairs()
            .range((from, Bound::Unbounded))
            .take_while(|(key, _)| key.starts_with(&prefix))
            .take(limit)
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        Box::pin(async { Ok(page) })
    }

    fn export(&self, to: PathBuf) -> StoreFuture<u64, StoreError> {
        let pairs: Vec<_> = self.pairs().clone().into_iter().collect();
        Box::pin(async move { export_pairs(&to, &pairs) })
    }

    fn health(&self) -> Result<(), StoreError> {
        Ok(())
    }
}

//! Taking out of a restored store what nobody can open any more: its keys were destroyed after the
//! backup was made, because its time was over or it was erased.
//!
//! It judges by keys alone: a damaged record whose key is there stays, for `verify` to find.

use super::layout::{self, DATA_CLASSES, Kind};
use super::reading::PAGE_RECORDS;
use super::sealed;
use super::{Archive, ArchiveError};
use crate::transcripts::record::{ConversationId, DataClass};
use crate::transcripts::store::Batch;
use std::collections::HashSet;

impl Archive {
    /// Removes the rows of everything whose key is gone; gives how many records that were.
    ///
    /// # Errors
    /// The store's.
    pub async fn bury(&self) -> Result<u64, ArchiveError> {
        let there: HashSet<_> = self
            .keyring
            .keks()
            .into_iter()
            .map(|info| info.id)
            .collect();
        let mut buried = 0;
        for class in DATA_CLASSES {
            let kind = layout::kind_of(class);
            let mut after = None;
            loop {
                let page = self
                    .store
                    .scan(layout::all(kind), after.take(), PAGE_RECORDS)
                    .await?;
                for (key, value) in &page {
                    let dead = sealed::key_of(value).is_none_or(|kek| !there.contains(&kek));
                    if let Some((id, _)) = layout::parse(key).filter(|_| dead) {
                        let mut batch = Batch::default();
                        self.remove(&mut batch, id, class).await?;
                        self.store.commit(batch).await?;
                        buried += 1;
                    }
                }
                after = page.into_iter().next_back().map(|(key, _)| key);
                if after.is_none() {
                    break;
                }
            }
        }
        for kind in [Kind::Reference, Kind::Expiry, Kind::Subject] {
            self.drop_entries_of_nothing(kind).await?;
        }
        Ok(buried)
    }

    /// Takes out entries of an index that lead to nothing.
    async fn drop_entries_of_nothing(&self, kind: Kind) -> Result<(), ArchiveError> {
        let mut after = None;
        loop {
            let page = self
                .store
                .scan(layout::all(kind), after.take(), PAGE_RECORDS)
                .await?;
            let mut batch = Batch::default();
            for (key, value) in &page {
                let target = target(kind, key, value);
                let leads = match target {
                    Some((id, class)) => self.holds_record(layout::kind_of(class), id).await?,
                    None => false,
                };
                if !leads {
                    batch.writes.push((key.clone(), None));
                }
            }
            if !batch.writes.is_empty() {
                self.store.commit(batch).await?;
            }
            after = page.into_iter().next_back().map(|(key, _)| key);
            if after.is_none() {
                return Ok(());
            }
        }
    }
}

fn target(kind: Kind, key: &[u8], value: &[u8]) -> Option<(ConversationId, DataClass)> {
    if kind == Kind::Expiry {
        return layout::parse_expiry(key).map(|(_, id, class)| (id, class));
    }
    let id = if kind == Kind::Reference {
        layout::parse_id(value)
    } else {
        layout::parse_id(key.get(17..)?)
    };
    Some((id?, DataClass::Conversation))
}

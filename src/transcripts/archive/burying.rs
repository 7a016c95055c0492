//! Taking out of a restored store what nobody can open any more: its keys were destroyed after the
//! backup was made, because its time was over or it was erased.
//!
//! It judges by keys alone: a damaged record whose key is there stays, for `verify` to find.

use super::layout::{self, DATA_CLASSES, Kind};
use super::retiring::Pace;
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
        let keks = self.keyring.keks().into_iter();
        let there: HashSet<_> = keks.map(|info| info.id).collect();
        let mut buried = 0;
        for class in DATA_CLASSES {
            let mut records = self.walk(layout::all(layout::kind_of(class)));
            while let Some(page) = records.next().await? {
                let mut batches = Vec::new();
                for (key, value) in &page {
                    let dead = sealed::key_of(value).is_none_or(|kek| !there.contains(&kek));
                    if let Some((id, _)) = layout::parse(key).filter(|_| dead) {
                        let mut batch = Batch::default();
                        self.remove(&mut batch, id, class).await?;
                        batches.push(batch);
                    }
                }
                buried += batches.len() as u64;
                self.commit_all(batches, Pace::AtOnce).await?;
            }
        }
        for kind in [Kind::Reference, Kind::Expiry, Kind::Subject] {
            self.drop_entries_of_nothing(kind).await?;
        }
        Ok(buried)
    }

    /// Takes out entries of an index that lead to nothing.
    async fn drop_entries_of_nothing(&self, kind: Kind) -> Result<(), ArchiveError> {
        let mut entries = self.walk(layout::all(kind));
        while let Some(page) = entries.next().await? {
            let mut batch = Batch::default();
            for (key, value) in page {
                let leads = match target(kind, &key, &value) {
                    Some((id, class)) => self.holds_record(layout::kind_of(class), id).await?,
                    None => false,
                };
                if !leads {
                    batch.writes.push((key, None));
                }
            }
            if !batch.writes.is_empty() {
                self.store.commit(batch).await?;
            }
        }
        Ok(())
    }
}

fn target(kind: Kind, key: &[u8], value: &[u8]) -> Option<(ConversationId, DataClass)> {
    if kind == Kind::Expiry {
        return layout::parse_expiry(key).map(|(_, id, class)| (id, class));
    }
    let id = if kind == Kind::Reference {
        layout::parse_id(value)
    } else {
        layout::parse_subject(key)
    };
    Some((id?, DataClass::Conversation))
}

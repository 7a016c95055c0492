//! Destroying keys of the keyring without losing what is to stay: that is sealed anew first.
//!
//! A key of the keyring seals the data keys of at most [`WRAPS_MAX`] records, so that erasing one
//! conversation never has more than so many others to seal anew. What was ever sealed under a key is in
//! an index, since the bytes of an earlier wrapping stay on the disk: a conversation is erased only when
//! every key that its data key was ever wrapped under is gone. It decides nothing about who goes.

use super::layout::{self, DATA_CLASSES, Kind};
use super::reading::{PAGE_RECORDS, from_head};
use super::sealed::{self, Place};
use super::{Archive, ArchiveError, Tagged};
use crate::transcripts::keys::{Bucket, KekId};
use crate::transcripts::record::{ConversationId, DataClass, Tag, TechnicalRecord, UsageRecord};
use crate::transcripts::retention::ClassName;
use crate::transcripts::store::{Batch, Precondition, StoreError};
use jiff::civil::Date;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::{Arc, PoisonError};

/// The most records whose data keys one key of the keyring seals.
pub(super) const WRAPS_MAX: usize = 1024;

impl Archive {
    /// The key for `class` and `bucket`; a new one if there is none, or if it has sealed its share. Made
    /// off this thread, since that waits for the disk.
    pub(super) async fn kek_of(
        &self,
        class: &ClassName,
        bucket: Bucket,
    ) -> Result<KekId, ArchiveError> {
        let current = self.keyring.current(class, bucket);
        if let Some(id) = current
            && self.has_room(id).await?
        {
            return Ok(id);
        }
        let (keyring, random) = (Arc::clone(&self.keyring), Arc::clone(&self.random));
        let class = class.clone();
        let made =
            tokio::task::spawn_blocking(move || keyring.renew(&class, bucket, current, &*random));
        match made.await {
            Ok(made) => Ok(made?),
            Err(_) => Err(StoreError::Closed.into()),
        }
    }

    /// Whether a key may seal one more, and counts it.
    async fn has_room(&self, kek: KekId) -> Result<bool, ArchiveError> {
        let count = |stands: Option<usize>| {
            let mut wraps = self.wraps.lock().unwrap_or_else(PoisonError::into_inner);
            let count = match stands {
                None => wraps.get_mut(&kek)?,
                Some(stands) => wraps.entry(kek).or_insert(stands),
            };
            let room = *count < WRAPS_MAX;
            *count += usize::from(room);
            Some(room)
        };
        if let Some(room) = count(None) {
            return Ok(room);
        }
        let stands = self
            .store
            .scan(layout::all_under(kek), None, WRAPS_MAX)
            .await?
            .len();
        Ok(count(Some(stands)).unwrap_or(false))
    }

    /// Every key that a data class of a conversation was ever sealed under, and that is still there.
    pub(super) async fn keks_of(
        &self,
        id: ConversationId,
        classes: &[DataClass],
    ) -> Result<Vec<KekId>, ArchiveError> {
        let mut found = Vec::new();
        for info in self.keyring.keks() {
            for class in classes {
                let under = layout::under(info.id, id, *class);
                if self.store.get(under).await?.is_some() {
                    found.push(info.id);
                    break;
                }
            }
        }
        Ok(found)
    }

    /// Destroys `keks` for good, on disk when this returns, after sealing anew what is alive under them;
    /// gives how many records that were.
    ///
    /// # Errors
    /// The store's and the keyring's; the keys are then still there.
    pub(super) async fn retire(&self, keks: &[KekId], today: Date) -> Result<u64, ArchiveError> {
        if keks.is_empty() {
            return Ok(0);
        }
        let _alone = self.retiring.lock().await;
        self.keyring.set_aside(keks);
        // Whoever has chosen one of them has committed when this is had.
        drop(self.wrapping.write().await);
        let mut moved = 0;
        for kek in keks {
            // Again, until nothing is left: a conversation may have moved on under our hands.
            loop {
                match self.seal_anew(*kek, today).await? {
                    0 => break,
                    more => moved += more,
                }
            }
        }
        let (keyring, gone) = (Arc::clone(&self.keyring), keks.to_vec());
        match tokio::task::spawn_blocking(move || keyring.destroy_all(&gone)).await {
            Ok(done) => done?,
            Err(_) => return Err(StoreError::Closed.into()),
        }
        for kek in keks {
            self.forget_under(*kek).await?;
        }
        Ok(moved)
    }

    /// Whether everything that was sealed under a key still is; a key that seals nothing is left too.
    pub(super) async fn is_left(&self, kek: KekId) -> Result<bool, ArchiveError> {
        let mut after = None;
        let mut any = false;
        loop {
            let page = self
                .store
                .scan(layout::all_under(kek), after.take(), PAGE_RECORDS)
                .await?;
            for (key, _) in &page {
                any = true;
                let Some((id, class)) = layout::parse_under(key) else {
                    continue;
                };
                let row = layout::record(layout::kind_of(class), id, 0);
                let value = self.store.get(row).await?;
                if value.as_deref().and_then(sealed::key_of) != Some(kek) {
                    return Ok(true);
                }
            }
            after = page.into_iter().next_back().map(|(key, _)| key);
            if after.is_none() {
                return Ok(!any);
            }
        }
    }

    /// Seals anew what is alive under `kek`; gives how many records it tried.
    async fn seal_anew(&self, kek: KekId, today: Date) -> Result<u64, ArchiveError> {
        let (mut after, mut tried) = (None, 0);
        loop {
            let page = self
                .store
                .scan(layout::all_under(kek), after.take(), PAGE_RECORDS)
                .await?;
            let mut batches = Vec::new();
            for (key, _) in &page {
                if let Some((id, class)) = layout::parse_under(key)
                    && let Some(batch) = self.one_anew(id, class, kek, today).await?
                {
                    batches.push(batch);
                }
            }
            tried += batches.len() as u64;
            self.commit_all(batches).await?;
            after = page.into_iter().next_back().map(|(key, _)| key);
            if after.is_none() {
                return Ok(tried);
            }
        }
    }

    /// Commits each batch for itself, all on their way at once; a conflict is left for the next round.
    async fn commit_all(&self, batches: Vec<Batch>) -> Result<(), ArchiveError> {
        let commits: Vec<_> = batches
            .into_iter()
            .map(|batch| self.store.commit(batch))
            .collect();
        for commit in commits {
            match commit.await.map_err(ArchiveError::from) {
                Ok(()) | Err(ArchiveError::Conflict) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// What seals one record anew; none if it is not under `kek` any more, or cannot be read.
    async fn one_anew(
        &self,
        id: ConversationId,
        class: DataClass,
        kek: KekId,
        today: Date,
    ) -> Result<Option<Batch>, ArchiveError> {
        let key = layout::record(layout::kind_of(class), id, 0);
        let Some(value) = self.store.get(key.clone()).await? else {
            return Ok(None);
        };
        if sealed::key_of(&value) != Some(kek) {
            return Ok(None);
        }
        let mut batch = Batch {
            preconditions: vec![Precondition::Equals(key, value.clone())],
            writes: Vec::new(),
        };
        let sealed = match class {
            DataClass::Conversation => self.head_anew(&mut batch, id, &value, today).await,
            DataClass::Usage => {
                self.tagged_anew::<UsageRecord>(&mut batch, id, class, &value, today)
                    .await
            }
            DataClass::Technical => {
                self.tagged_anew::<TechnicalRecord>(&mut batch, id, class, &value, today)
                    .await
            }
        };
        match sealed {
            Ok(()) => Ok(Some(batch)),
            Err(ArchiveError::Unreadable { why, .. }) => {
                // Whoever could damage a record must not be able to keep another's key alive.
                tracing::warn!(conversation.id = %id, %why, "a damaged record goes with its key");
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    async fn head_anew(
        &self,
        batch: &mut Batch,
        id: ConversationId,
        value: &[u8],
        today: Date,
    ) -> Result<(), ArchiveError> {
        let (head, dek, kek) = self.open_head(id, value)?;
        let mut held = from_head(id, &head, dek, kek);
        held.usage.closed = head.closed;
        held.kek = self.kek_anew(&head.tags.conversation, today).await?;
        self.write_head(batch, &held)
    }

    async fn tagged_anew<T: Serialize + DeserializeOwned>(
        &self,
        batch: &mut Batch,
        id: ConversationId,
        class: DataClass,
        value: &[u8],
        today: Date,
    ) -> Result<(), ArchiveError> {
        let kind = layout::kind_of(class);
        let place = Place::single(kind, id);
        let (tagged, dek, _) = sealed::open_with_key::<Tagged<T>>(place, &self.keyring, value)?;
        let kek = self.kek_anew(&tagged.tag, today).await?;
        let value =
            sealed::seal_with_key(place, (&self.keyring, kek), &dek, &*self.random, &tagged)?;
        batch
            .writes
            .push((layout::record(kind, id, 0), Some(value)));
        batch
            .writes
            .push((layout::under(kek, id, class), Some(Vec::new())));
        Ok(())
    }

    /// The key for something that stays: what is over, and kept by a hold or for review, goes where
    /// there is no end yet.
    async fn kek_anew(&self, tag: &Tag, today: Date) -> Result<KekId, ArchiveError> {
        let due = tag.due.filter(|due| due.last_of_month() >= today);
        self.kek_of(&tag.class, Bucket::of(due, today)).await
    }

    async fn forget_under(&self, kek: KekId) -> Result<(), ArchiveError> {
        loop {
            let page = self
                .store
                .scan(layout::all_under(kek), None, PAGE_RECORDS)
                .await?;
            if page.is_empty() {
                self.wraps
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .remove(&kek);
                return Ok(());
            }
            let writes = page.into_iter().map(|(key, _)| (key, None)).collect();
            self.store
                .commit(Batch {
                    preconditions: Vec::new(),
                    writes,
                })
                .await?;
        }
    }

    /// Destroys every key that seals something and seals all of it anew; gives keys and records.
    ///
    /// # Errors
    /// As [`Archive::retire`]; what is not done yet can be done by the next call.
    pub async fn renew_keys(&self, today: Date) -> Result<(u64, u64), ArchiveError> {
        let (mut keys, mut records) = (0, 0);
        for info in self.keyring.keks() {
            if info.class.as_str() != super::holds::HOLD_CLASS {
                records += self.retire(&[info.id], today).await?;
                keys += 1;
            }
        }
        Ok((keys, records))
    }

    /// Makes the index of what is sealed under which key, in a store of a version that had none.
    pub(super) async fn index_what_is_sealed(&self) -> Result<(), ArchiveError> {
        let mut marker = layout::all(Kind::Keyring);
        marker.push(1);
        if self.store.get(marker.clone()).await?.is_some() {
            return Ok(());
        }
        for class in DATA_CLASSES {
            let kind = layout::kind_of(class);
            let mut after = None;
            loop {
                let page = self
                    .store
                    .scan(layout::all(kind), after.take(), PAGE_RECORDS)
                    .await?;
                let under = page.iter().filter_map(|(key, value)| {
                    let (id, _) = layout::parse(key)?;
                    let kek = sealed::key_of(value)?;
                    Some((layout::under(kek, id, class), Some(Vec::new())))
                });
                let writes: Vec<_> = under.collect();
                if !writes.is_empty() {
                    self.store
                        .commit(Batch {
                            preconditions: Vec::new(),
                            writes,
                        })
                        .await?;
                }
                after = page.into_iter().next_back().map(|(key, _)| key);
                if after.is_none() {
                    break;
                }
            }
        }
        self.store
            .commit(Batch {
                preconditions: Vec::new(),
                writes: vec![(marker, Some(Vec::new()))],
            })
            .await?;
        Ok(())
    }
}

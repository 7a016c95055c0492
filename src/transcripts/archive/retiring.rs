//! Destroying keys of the keyring without losing what is to stay: that is sealed anew first.
//!
//! A key of the keyring seals the data keys of at most [`WRAPS_MAX`] records, so that erasing one
//! conversation never has more than so many others to seal anew. What was ever sealed under a key is in
//! an index, since the bytes of an earlier wrapping stay on the disk: a conversation is erased only when
//! every key that its data key was ever wrapped under is gone. It decides nothing about who goes.

use super::layout::{self, DATA_CLASSES, Kind};
use super::reading::from_head;
use super::sealed::{self, Place};
use super::{Archive, ArchiveError, Held, Tagged};
use crate::transcripts::keys::{Bucket, KekId};
use crate::transcripts::record::{ConversationId, DataClass, Tag, TechnicalRecord, UsageRecord};
use crate::transcripts::retention::ClassName;
use crate::transcripts::store::{Batch, Precondition, StoreError};
use jiff::civil::Date;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::{Arc, PoisonError};
use tokio::time::Instant;

/// The most records whose data keys one key of the keyring seals.
pub(super) const WRAPS_MAX: usize = 1024;
/// Entries of the index that are taken out in one batch: a turn waits for no more than that.
const FORGOTTEN_TOGETHER: usize = 64;
/// Time between two batches, as a multiple of what a batch took.
const REST: u32 = 3;

/// How much is left to turns meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pace {
    /// Somebody waits for it.
    AtOnce,
    /// Nobody does: most of the time belongs to turns.
    Resting,
}

impl Pace {
    /// Rests after a batch that began then.
    pub(super) async fn rest(self, began: Instant) {
        if self == Self::Resting {
            tokio::time::sleep(began.elapsed() * REST).await;
        }
    }
}

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
    pub(super) async fn retire(
        &self,
        keks: &[KekId],
        today: Date,
        pace: Pace,
    ) -> Result<u64, ArchiveError> {
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
            self.forget_under(*kek, pace).await?;
        }
        Ok(moved)
    }

    /// Destroys the keys that records of a conversation were sealed under and that outlive their last days,
    /// where those are earlier now than `before`: they would be readable for longer than they are kept.
    pub(super) async fn retire_longer(
        &self,
        before: &Held,
        now: &Held,
        today: Date,
    ) -> Result<(), ArchiveError> {
        let mut longer = Vec::new();
        for class in DATA_CLASSES {
            let (was, is) = (before.tags.of(class).due, now.tags.of(class).due);
            let (Some(was), Some(is)) = (was, is) else {
                // Without a last day it was under a key without an end, which goes with its month.
                continue;
            };
            if is < was {
                let month = Bucket::of(Some(is), today);
                let keks = self.keks_of(now.id, &[class]).await?;
                longer.extend(keks.into_iter().filter(|kek| {
                    let info = self.keyring.info(*kek);
                    info.is_some_and(|info| info.bucket.outlives(month))
                }));
            }
        }
        longer.sort();
        longer.dedup();
        self.retire(&longer, today, Pace::AtOnce).await.map(drop)
    }

    /// Whether something that was sealed under a key is so no more; a key that seals nothing is left too.
    pub(super) async fn is_left(&self, kek: KekId) -> Result<bool, ArchiveError> {
        let mut any = false;
        let mut sealed_under = self.walk(layout::all_under(kek));
        while let Some(page) = sealed_under.next().await? {
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
        }
        Ok(!any)
    }

    /// Seals anew what is alive under `kek`; gives how many records it tried.
    async fn seal_anew(&self, kek: KekId, today: Date) -> Result<u64, ArchiveError> {
        let mut tried = 0;
        let mut sealed_under = self.walk(layout::all_under(kek));
        while let Some(page) = sealed_under.next().await? {
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
        }
        Ok(tried)
    }

    /// Commits each batch for itself, all on their way at once; one that conflicts is left out.
    pub(super) async fn commit_all(&self, batches: Vec<Batch>) -> Result<(), ArchiveError> {
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

    async fn forget_under(&self, kek: KekId, pace: Pace) -> Result<(), ArchiveError> {
        let mut sealed_under = self.walk(layout::all_under(kek));
        while let Some(page) = sealed_under.next().await? {
            for some in page.chunks(FORGOTTEN_TOGETHER) {
                let began = Instant::now();
                let batch = Batch {
                    preconditions: Vec::new(),
                    writes: some.iter().map(|(key, _)| (key.clone(), None)).collect(),
                };
                self.store.commit(batch).await?;
                pace.rest(began).await;
            }
        }
        let mut wraps = self.wraps.lock().unwrap_or_else(PoisonError::into_inner);
        wraps.remove(&kek);
        Ok(())
    }

    /// Takes out of the index what was under keys that are gone: where a stop came between the two.
    pub(super) async fn forget_gone(&self) -> Result<(), ArchiveError> {
        let mut entries = self.walk(layout::all(Kind::Under));
        while let Some(page) = entries.next().await? {
            let mut keks: Vec<_> = page
                .iter()
                .filter_map(|(key, _)| layout::parse_kek(key))
                .collect();
            keks.dedup();
            for kek in &keks {
                if self.keyring.info(*kek).is_none() {
                    self.forget_under(*kek, Pace::Resting).await?;
                }
            }
            if let Some(last) = keks.last() {
                entries.skip_to(layout::after_under(*last));
            }
        }
        Ok(())
    }

    /// Destroys every key that seals something and seals all of it anew; gives keys and records.
    ///
    /// # Errors
    /// As [`Archive::retire`]; what is not done yet can be done by the next call.
    pub async fn renew_keys(&self, today: Date) -> Result<(u64, u64), ArchiveError> {
        let (mut keys, mut records) = (0, 0);
        for info in self.keyring.keks() {
            if info.class.as_str() != super::holds::HOLD_CLASS {
                records += self.retire(&[info.id], today, Pace::Resting).await?;
                keys += 1;
            }
        }
        Ok((keys, records))
    }
}

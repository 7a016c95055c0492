//! Destroying keys of the keyring without losing what is to stay: that is sealed anew first.
//!
//! What was ever sealed under a key is in an index, since the bytes of an earlier wrapping stay on the disk: a
//! conversation is erased only when every key that its data key was ever wrapped under is gone. It decides
//! nothing about who goes.

use super::layout::{self, DATA_CLASSES, Kind};
use super::reading::from_head;
use super::sealed::{self, Place};
use super::writing::write_wrapping;
use super::{Archive, ArchiveError, Held, Tagged};
use crate::transcripts::keys::{Bucket, KekId};
use crate::transcripts::record::{ConversationId, DataClass, Tag, TechnicalRecord, UsageRecord};
use crate::transcripts::store::{Batch, Pair, Precondition, StoreError};
use jiff::civil::Date;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::{Arc, PoisonError};
use tokio::time::Instant;

/// Keys that are emptied in one go: an erasure has no more, and a sweep holds no more records in memory.
const KEYS_TOGETHER: usize = 8;
/// Entries of the index that are taken out in one batch, from both sides: a turn waits for no more than that.
const FORGOTTEN_TOGETHER: usize = 32;
/// Time between two batches, as a multiple of what a batch took.
const REST: u32 = 2;

/// How much is left to turns meanwhile.
#[derive(Debug, Clone, Copy)]
pub(super) enum Pace {
    /// Somebody waits for it.
    AtOnce,
    /// Nobody does: most of the time belongs to turns.
    Resting,
}

impl Pace {
    /// Batches that are on their way at once: a turn that comes waits for no more than those.
    fn together(self) -> usize {
        match self {
            Self::AtOnce => 96,
            Self::Resting => 32,
        }
    }

    /// Leaves the store to turns, after batches that began then.
    pub(super) async fn rest(self, began: Instant) {
        if matches!(self, Self::Resting) {
            tokio::time::sleep(began.elapsed() * REST).await;
        }
    }
}

impl Archive {
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
        let alone = self.retiring.lock().await;
        self.keyring.set_aside(keks);
        // Whoever has chosen one of them has committed when this is had.
        drop(self.wrapping.write().await);
        let mut moved = 0;
        for some in keks.chunks(KEYS_TOGETHER) {
            // Again, as long as a conversation has moved on under our hands.
            loop {
                let (sealed, missed) = self.seal_anew(some, today, pace).await?;
                moved += sealed;
                if missed == 0 {
                    break;
                }
            }
        }
        let (keyring, gone) = (Arc::clone(&self.keyring), keks.to_vec());
        match tokio::task::spawn_blocking(move || keyring.destroy_all(&gone)).await {
            Ok(done) => done?,
            Err(_) => return Err(StoreError::Closed.into()),
        }
        // Nothing comes under keys that are gone: an erasure need not wait until a sweep has forgotten its own.
        drop(alone);
        for some in keks.chunks(KEYS_TOGETHER) {
            self.forget_under(some, pace).await?;
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
            any = true;
            for (_, _, value) in self.records_under(&page).await? {
                if value.as_deref().and_then(sealed::key_of) != Some(kek) {
                    return Ok(true);
                }
            }
        }
        Ok(!any)
    }

    /// What a page of the index of a key names, and the record that stands there now.
    async fn records_under(
        &self,
        page: &[Pair],
    ) -> Result<Vec<(ConversationId, DataClass, Option<Vec<u8>>)>, ArchiveError> {
        let named: Vec<_> = page
            .iter()
            .filter_map(|(key, _)| layout::parse_under(key))
            .collect();
        let keys = named
            .iter()
            .map(|(id, class)| layout::record(layout::kind_of(*class), *id, 0));
        let values = self.store.get_all(keys.collect()).await?.into_iter();
        let named = named.into_iter().zip(values);
        Ok(named
            .map(|((id, class), value)| (id, class, value))
            .collect())
    }

    /// Seals anew what is alive under `keks`; gives how many records that were, and how many have moved on
    /// meanwhile.
    async fn seal_anew(
        &self,
        keks: &[KekId],
        today: Date,
        pace: Pace,
    ) -> Result<(u64, u64), ArchiveError> {
        let mut batches = Vec::new();
        for kek in keks {
            let mut sealed_under = self.walk(layout::all_under(*kek));
            while let Some(page) = sealed_under.next().await? {
                for (id, class, value) in self.records_under(&page).await? {
                    if let Some(value) = value.filter(|value| sealed::key_of(value) == Some(*kek)) {
                        batches.extend(self.one_anew(id, class, value, today).await?);
                    }
                }
            }
        }
        let tried = batches.len() as u64;
        let missed = self.commit_all(batches, pace).await?;
        Ok((tried - missed, missed))
    }

    /// Commits each batch for itself, some on their way at once; gives how many conflicted.
    pub(super) async fn commit_all(
        &self,
        batches: Vec<Batch>,
        pace: Pace,
    ) -> Result<u64, ArchiveError> {
        let mut conflicts = 0;
        let mut batches = batches.into_iter();
        loop {
            let began = Instant::now();
            let some = batches.by_ref().take(pace.together());
            let commits: Vec<_> = some.map(|batch| self.store.commit(batch)).collect();
            if commits.is_empty() {
                return Ok(conflicts);
            }
            for commit in commits {
                match commit.await.map_err(ArchiveError::from) {
                    Ok(()) => {}
                    Err(ArchiveError::Conflict) => conflicts += 1,
                    Err(error) => return Err(error),
                }
            }
            pace.rest(began).await;
        }
    }

    /// What seals one record anew; none if it cannot be read.
    async fn one_anew(
        &self,
        id: ConversationId,
        class: DataClass,
        value: Vec<u8>,
        today: Date,
    ) -> Result<Option<Batch>, ArchiveError> {
        let key = layout::record(layout::kind_of(class), id, 0);
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
        write_wrapping(batch, id, class, kek);
        Ok(())
    }

    /// The key for something that stays: what is over, and kept by a hold or for review, goes where
    /// there is no end yet.
    async fn kek_anew(&self, tag: &Tag, today: Date) -> Result<KekId, ArchiveError> {
        let due = tag.due.filter(|due| due.last_of_month() >= today);
        self.kek_of(&tag.class, Bucket::of(due, today)).await
    }

    /// Takes out of the index what was under keys that are gone.
    async fn forget_under(&self, keks: &[KekId], pace: Pace) -> Result<(), ArchiveError> {
        let mut batches = Vec::new();
        for kek in keks {
            let mut sealed_under = self.walk(layout::all_under(*kek));
            while let Some(page) = sealed_under.next().await? {
                batches.extend(page.chunks(FORGOTTEN_TOGETHER).map(|some| {
                    let mut batch = Batch::default();
                    for (under, _) in some {
                        if let Some((id, class)) = layout::parse_under(under) {
                            batch.writes.push((layout::over(id, class, *kek), None));
                        }
                        batch.writes.push((under.clone(), None));
                    }
                    batch
                }));
            }
        }
        match pace {
            Pace::AtOnce => {
                self.commit_all(batches, pace).await?;
            }
            Pace::Resting => {
                for batch in batches {
                    let began = Instant::now();
                    self.store.commit(batch).await?;
                    pace.rest(began).await;
                }
            }
        }
        let mut wraps = self.wraps.lock().unwrap_or_else(PoisonError::into_inner);
        for kek in keks {
            wraps.remove(kek);
        }
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
                    self.forget_under(&[*kek], Pace::Resting).await?;
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

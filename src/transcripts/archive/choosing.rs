//! Which key of the keyring seals a record, and which ever did.
//!
//! A key seals the data keys of at most [`WRAPS_MAX`] records, so that erasing one conversation never has more
//! than so many others to seal anew.

use super::layout::{self, Kind};
use super::{Archive, ArchiveError};
use crate::transcripts::keys::{Bucket, KekId};
use crate::transcripts::record::{ConversationId, DataClass};
use crate::transcripts::retention::ClassName;
use crate::transcripts::store::{Batch, StoreError};
use std::sync::{Arc, PoisonError};

/// The most records whose data keys one key of the keyring seals.
const WRAPS_MAX: usize = 256;

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
        let mut keks = Vec::new();
        for class in classes {
            let mut sealed_over = self.walk(layout::all_over(id, *class));
            while let Some(page) = sealed_over.next().await? {
                let named = page.iter().filter_map(|(key, _)| layout::parse_over(key));
                keks.extend(named.filter(|kek| self.keyring.info(*kek).is_some()));
            }
        }
        keks.sort();
        keks.dedup();
        Ok(keks)
    }

    /// Makes the index by conversation from the one by key, once, for a store from before there was one.
    pub(super) async fn index_wrappings(&self) -> Result<(), ArchiveError> {
        let done = layout::all(Kind::Over);
        if self.store.get(done.clone()).await?.is_some() {
            return Ok(());
        }
        let mut sealed_under = self.walk(layout::all(Kind::Under));
        while let Some(page) = sealed_under.next().await? {
            let mut batch = Batch::default();
            for (key, _) in &page {
                let kek = layout::parse_kek(key);
                if let (Some(kek), Some((id, class))) = (kek, layout::parse_under(key)) {
                    let over = layout::over(id, class, kek);
                    batch.writes.push((over, Some(Vec::new())));
                }
            }
            self.store.commit(batch).await?;
        }
        let mut batch = Batch::default();
        batch.writes.push((done, Some(Vec::new())));
        Ok(self.store.commit(batch).await?)
    }
}

//! What may be shown: data whose time is over is refused from the next day on, before it is purged.
//!
//! It deletes nothing. A day that was seen stays seen: with a clock that is set back, what was over
//! stays over.

use super::layout::{self, Kind};
use super::{Archive, ArchiveError, Held};
use crate::transcripts::record::{
    ConversationId, DataClass, Tag, TechnicalRecord, TurnRecord, UsageRecord,
};
use crate::transcripts::retention::Disposal;
use crate::transcripts::store::Batch;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::PoisonError;
use subtle::ConstantTimeEq;

/// Length of the code behind a record of the archive's own.
const CODE_BYTES: usize = 16;

impl Archive {
    /// A conversation that may be shown at `now`, with all its turns; none if there is none.
    ///
    /// # Errors
    /// [`ArchiveError::Expired`] once its time is over; those of [`Archive::read`].
    pub async fn served(
        &self,
        id: ConversationId,
        now: Timestamp,
    ) -> Result<Option<(Held, Vec<TurnRecord>)>, ArchiveError> {
        let read = self.read(id).await?;
        if let Some((held, _)) = &read
            && let Some(due) = self.over(id, &held.tags.conversation, now)
        {
            return Err(ArchiveError::Expired { due });
        }
        Ok(read)
    }

    /// A conversation's technical data, while it may be shown.
    ///
    /// # Errors
    /// Those of [`Archive::technical`].
    pub async fn served_technical(
        &self,
        held: &Held,
        now: Timestamp,
    ) -> Result<Option<TechnicalRecord>, ArchiveError> {
        match self.over(held.id, &held.tags.technical, now) {
            Some(_) => Ok(None),
            None => self.technical(held).await,
        }
    }

    /// A conversation's usage data, while it may be shown.
    ///
    /// # Errors
    /// Those of [`Archive::usage`].
    pub async fn served_usage(
        &self,
        held: &Held,
        now: Timestamp,
    ) -> Result<Option<UsageRecord>, ArchiveError> {
        match self.over(held.id, &held.tags.usage, now) {
            Some(_) => Ok(None),
            None => self.usage(held).await,
        }
    }

    /// The last day of what is over at `now` by its tag; none while it may be shown. What a person has
    /// to review first, and what is on hold, is not over.
    #[must_use]
    pub fn over(&self, id: ConversationId, tag: &Tag, now: Timestamp) -> Option<Date> {
        let due = tag.due.filter(|due| *due < self.today(now))?;
        (!self.is_reviewed(tag) && self.holds_on(id, tag).is_empty()).then_some(due)
    }

    /// Whether a person looks at it before it goes.
    pub(super) fn is_reviewed(&self, tag: &Tag) -> bool {
        let register = self.register();
        let row = register.rows.get(&tag.class);
        row.is_some_and(|row| row.then == Disposal::Review)
    }

    /// Today where the council is, or the latest day that was seen, if that is later.
    #[must_use]
    pub fn today(&self, now: Timestamp) -> Date {
        let latest = *self.latest.read().unwrap_or_else(PoisonError::into_inner);
        latest.map_or_else(|| self.day(now), |latest| latest.max(self.day(now)))
    }

    /// Remembers that it is `now`, for good.
    ///
    /// # Errors
    /// [`ArchiveError::ClockBack`] if a later day was seen; the store's.
    pub async fn see_day(&self, now: Timestamp) -> Result<Date, ArchiveError> {
        let (day, today) = (self.day(now), self.today(now));
        if day < today {
            return Err(ArchiveError::ClockBack {
                today: day,
                latest: today,
            });
        }
        let seen = *self.latest.read().unwrap_or_else(PoisonError::into_inner);
        if seen != Some(day) {
            let mut batch = Batch::default();
            self.put_own(&mut batch, layout::all(Kind::Sweep), &day)?;
            self.store.commit(batch).await?;
            *self.latest.write().unwrap_or_else(PoisonError::into_inner) = Some(day);
        }
        Ok(day)
    }

    pub(super) async fn load_latest(&self) -> Result<(), ArchiveError> {
        let latest = self
            .own(layout::all(Kind::Sweep), "the latest day that was seen")
            .await?;
        *self.latest.write().unwrap_or_else(PoisonError::into_inner) = latest;
        Ok(())
    }

    /// Adds to `batch` a record of the archive's own that holds no personal data: in plain, with a code
    /// that only this keyring can make.
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

    /// The tag of a data class of a conversation, as it stands in the store; none if it is gone.
    ///
    /// # Errors
    /// [`ArchiveError::Unreadable`]; the store's.
    pub(super) async fn tag_of(
        &self,
        id: ConversationId,
        class: DataClass,
    ) -> Result<Option<Tag>, ArchiveError> {
        match class {
            DataClass::Conversation => {
                let key = layout::record(Kind::Head, id, 0);
                let Some(value) = self.store.get(key).await? else {
                    return Ok(None);
                };
                let (head, ..) = self.open_head(id, &value)?;
                Ok(Some(head.tags.conversation))
            }
            DataClass::Usage => {
                let tagged = self.single::<UsageRecord>(Kind::Usage, id).await?;
                Ok(tagged.map(|tagged| tagged.tag))
            }
            DataClass::Technical => {
                let tagged = self.single::<TechnicalRecord>(Kind::Technical, id).await?;
                Ok(tagged.map(|tagged| tagged.tag))
            }
        }
    }
}

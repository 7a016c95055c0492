//! What may be shown: data whose time is over is refused from the next day on, before it is purged.
//!
//! It deletes nothing. A day that was seen stays seen: with a clock that is set back, what was over
//! stays over.

use super::layout::{self, Kind};
use super::sealed::{self, Place};
use super::{Archive, ArchiveError, Held, Tagged};
use crate::transcripts::record::{
    ConversationId, DataClass, Tag, TechnicalRecord, TurnRecord, UsageRecord,
};
use crate::transcripts::retention::{ClassName, Disposal, Moments};
use crate::transcripts::store::Batch;
use jiff::Timestamp;
use jiff::civil::Date;
use std::sync::PoisonError;
use uuid::Uuid;

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
        (!self.is_reviewed(&tag.class) && self.holds_on(id, &tag.class).is_empty()).then_some(due)
    }

    /// What tells whether something of a class that no conversation has is over at `now`, by when it was
    /// made.
    pub fn over_by_making(
        &self,
        class: &ClassName,
        now: Timestamp,
    ) -> impl Fn(Timestamp) -> bool + Send + use<> {
        let nobody = ConversationId(Uuid::nil());
        let kept = self.is_reviewed(class) || !self.holds_on(nobody, class).is_empty();
        let (register, class, today) = (self.register(), class.clone(), self.today(now));
        let zone = self.time_zone.clone();
        move |made| {
            let made = zone.to_datetime(made).date();
            let moments = Moments {
                created: made,
                last_activity: made,
                conversation_closed: None,
                case_closed: None,
                consent_withdrawn: None,
            };
            let due = register.due(&class, &moments);
            !kept && due.is_some_and(|due| due < today)
        }
    }

    /// Whether a person looks at what is of this class before it goes; at what is of a class that has lost
    /// its row too.
    pub(super) fn is_reviewed(&self, class: &ClassName) -> bool {
        let register = self.register();
        let row = register.rows.get(class);
        row.is_none_or(|row| row.then == Disposal::Review)
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
            self.remember_day(day).await?;
        }
        Ok(day)
    }

    /// Takes today for the latest day that was seen: the clock was ahead once, and is right now. Gives
    /// today.
    ///
    /// # Errors
    /// The store's.
    pub async fn trust_clock(&self, now: Timestamp) -> Result<Date, ArchiveError> {
        let day = self.day(now);
        self.remember_day(day).await?;
        Ok(day)
    }

    async fn remember_day(&self, day: Date) -> Result<(), ArchiveError> {
        let mut batch = Batch::default();
        self.put_own(&mut batch, layout::all(Kind::Sweep), &day)?;
        self.store.commit(batch).await?;
        *self.latest.write().unwrap_or_else(PoisonError::into_inner) = Some(day);
        Ok(())
    }

    pub(super) async fn load_latest(&self) -> Result<(), ArchiveError> {
        let latest = self
            .own(layout::all(Kind::Sweep), "the latest day that was seen")
            .await?;
        *self.latest.write().unwrap_or_else(PoisonError::into_inner) = latest;
        Ok(())
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
        let key = layout::record(layout::kind_of(class), id, 0);
        match self.store.get(key).await? {
            Some(value) => self.tag_in(id, class, &value).map(Some),
            None => Ok(None),
        }
    }

    /// The tag in the record of a data class of a conversation.
    ///
    /// # Errors
    /// [`ArchiveError::Unreadable`].
    pub(super) fn tag_in(
        &self,
        id: ConversationId,
        class: DataClass,
        value: &[u8],
    ) -> Result<Tag, ArchiveError> {
        let place = Place::single(layout::kind_of(class), id);
        match class {
            DataClass::Conversation => Ok(self.open_head(id, value)?.0.tags.conversation),
            DataClass::Usage => {
                let (tagged, ..) =
                    sealed::open_with_key::<Tagged<UsageRecord>>(place, &self.keyring, value)?;
                Ok(tagged.tag)
            }
            DataClass::Technical => {
                let (tagged, ..) =
                    sealed::open_with_key::<Tagged<TechnicalRecord>>(place, &self.keyring, value)?;
                Ok(tagged.tag)
            }
        }
    }
}

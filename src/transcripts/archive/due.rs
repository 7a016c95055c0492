//! What is over, and what is to become of it: by the register, by holds, by what can still be read.
//!
//! It looks and counts, and changes nothing; `sweeping` does.

use super::disposition::{Breaker, SweepPlan, count};
use super::layout::{self, Kind};
use super::sealed;
use super::walk::Walk;
use super::{Archive, ArchiveError};
use crate::transcripts::record::{ConversationId, DataClass, Tag};
use crate::transcripts::retention::{ClassName, Disposal};
use crate::transcripts::store::{Precondition, StoreError};
use jiff::Timestamp;
use jiff::civil::Date;

/// Runs of which the usual number is the median.
const USUAL_RUNS: usize = 12;

/// What is to become of one entry of the index of last days.
pub(super) enum Fate {
    Purge(Going),
    Held,
    Review,
    Unreadable,
    /// The entry is left over, or the conversation is still going on.
    Nothing,
}

/// A record that goes.
pub(super) struct Going {
    pub(super) class: ClassName,
    pub(super) then: Disposal,
    /// It is still as it was when that was decided.
    pub(super) unchanged: Precondition,
}

impl Archive {
    /// What a run would do at `now`; changes nothing.
    ///
    /// # Errors
    /// The store's.
    pub async fn plan_sweep(
        &self,
        breaker: Breaker,
        now: Timestamp,
    ) -> Result<SweepPlan, ArchiveError> {
        let mut plan = SweepPlan {
            today: self.today(now),
            register: self.register().version.to_string(),
            groups: Vec::new(),
            records: 0,
            held: 0,
            review: 0,
            unreadable: 0,
            limit: self.sweep_limit(breaker).await?,
        };
        let mut entries = self.walk(layout::all(Kind::Expiry));
        while let Some(due) = next_due(&mut entries, plan.today).await? {
            for (day, id, class) in due {
                match self.fate(id, class, day).await? {
                    Fate::Purge(going) => {
                        plan.records += 1;
                        count(&mut plan.groups, &going.class, class, going.then, day);
                    }
                    Fate::Held => plan.held += 1,
                    Fate::Review => plan.review += 1,
                    Fate::Unreadable => plan.unreadable += 1,
                    Fate::Nothing => {}
                }
            }
        }
        Ok(plan)
    }

    /// Conversations that are over and wait for a person, with their last days.
    ///
    /// # Errors
    /// The store's.
    pub async fn to_review(
        &self,
        now: Timestamp,
    ) -> Result<Vec<(ConversationId, Tag)>, ArchiveError> {
        let today = self.today(now);
        let mut waiting = Vec::new();
        let mut entries = self.walk(layout::all(Kind::Expiry));
        while let Some(due) = next_due(&mut entries, today).await? {
            for (day, id, class) in due {
                if !matches!(self.fate(id, class, day).await?, Fate::Review) {
                    continue;
                }
                match self.tag_of(id, class).await {
                    Ok(tag) => waiting.extend(tag.map(|tag| (id, tag))),
                    // There is nothing to look at: `verify` names it.
                    Err(ArchiveError::Unreadable { .. }) => {}
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(waiting)
    }

    /// What is to become of a data class of a conversation whose last day in the index is `day`.
    pub(super) async fn fate(
        &self,
        id: ConversationId,
        class: DataClass,
        day: Date,
    ) -> Result<Fate, ArchiveError> {
        let key = layout::record(layout::kind_of(class), id, 0);
        let Some(value) = self.store.get(key.clone()).await? else {
            return Ok(Fate::Unreadable);
        };
        let tag = match self.tag_in(id, class, &value) {
            Ok(tag) => tag,
            Err(ArchiveError::Unreadable { .. }) => return Ok(self.fate_of_unreadable(id, &value)),
            Err(error) => return Err(error),
        };
        if tag.due != Some(day) {
            return Ok(Fate::Nothing);
        }
        if !self.holds_on(id, &tag.class).is_empty() {
            return Ok(Fate::Held);
        }
        let open = self.store.get(layout::of(Kind::Open, id)).await?.is_some();
        if class == DataClass::Conversation && open {
            return Ok(Fate::Nothing);
        }
        if self.is_reviewed(&tag.class) {
            return Ok(Fate::Review);
        }
        let register = self.register();
        let then = register.rows.get(&tag.class).map(|row| row.then);
        Ok(Fate::Purge(Going {
            class: tag.class,
            then: then.unwrap_or(Disposal::Delete),
            unchanged: Precondition::Equals(key, value),
        }))
    }

    /// A record that is damaged has no tag to go by, but while its key is there, that says of which class
    /// it is: a hold keeps it as evidence, and a person is asked where a person is to be asked.
    fn fate_of_unreadable(&self, id: ConversationId, value: &[u8]) -> Fate {
        let kek = sealed::key_of(value).and_then(|kek| self.keyring.info(kek));
        match kek {
            Some(kek) if !self.holds_on(id, &kek.class).is_empty() => Fate::Held,
            Some(kek) if self.is_reviewed(&kek.class) => Fate::Review,
            Some(_) | None => Fate::Unreadable,
        }
    }

    /// The most that a run may purge without being told: a multiple of the median of the last runs.
    async fn sweep_limit(&self, breaker: Breaker) -> Result<u64, ArchiveError> {
        let mut runs: Vec<u64> = self
            .dispositions()
            .await?
            .iter()
            .rev()
            .filter(|run| run.records > 0 && !run.is_of_a_person())
            .take(USUAL_RUNS)
            .map(|run| run.records)
            .collect();
        runs.sort_unstable();
        let usual = runs.get(runs.len() / 2).copied().unwrap_or(0);
        Ok(breaker.floor.max(usual.saturating_mul(breaker.multiple)))
    }
}

/// The next entries of the index of last days that are before `today`.
pub(super) async fn next_due(
    entries: &mut Walk<'_>,
    today: Date,
) -> Result<Option<Vec<(Date, ConversationId, DataClass)>>, StoreError> {
    let page = entries.next().await?.unwrap_or_default();
    let due: Vec<_> = page
        .iter()
        .filter_map(|(key, _)| layout::parse_expiry(key))
        .take_while(|(day, ..)| *day < today)
        .collect();
    Ok((!due.is_empty()).then_some(due))
}

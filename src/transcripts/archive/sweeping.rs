//! The sweeper: what is over goes, by the register, unless a hold or a review keeps it.
//!
//! A run first counts, then checks the count against what is usual, and only then purges, a few
//! conversations at a time with pauses between, so that turns go on beside it. Rows go on the day after
//! their last; the keys of a month go when the month is over, and with them every copy. Each run leaves
//! a disposition record without personal data. It decides no period and lifts no hold.

use super::disposition::{Breaker, Disposition, DueGroup, Sweep, SweepPlan};
use super::layout::{self, Kind};
use super::reading::PAGE_RECORDS;
use super::{Archive, ArchiveError};
use crate::transcripts::keys::{Bucket, KekId};
use crate::transcripts::record::{ConversationId, DataClass, Tag, UsageRecord};
use crate::transcripts::retention::{ClassName, Disposal};
use crate::transcripts::store::Batch;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;
use tokio::time::Instant;

/// Records that are purged in one batch: a turn waits for no more than that.
const PURGED_TOGETHER: usize = 4;
/// Time between two batches, as a multiple of what a batch took.
const REST: u32 = 3;
/// Runs of which the usual number is the median.
const USUAL_RUNS: usize = 12;

/// What is to become of one entry of the index of last days.
enum Fate {
    Purge(Tag, Disposal),
    Held,
    Review,
    Unreadable,
    /// The entry is left over, or the conversation is still going on.
    Nothing,
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
        let mut groups = BTreeMap::new();
        let mut after = None;
        while let Some(due) = self.next_due(&mut after, plan.today).await? {
            for (day, id, class) in due {
                match self.fate(id, class, day).await? {
                    Fate::Purge(tag, then) => {
                        plan.records += 1;
                        count(&mut groups, &tag.class, class, then, day);
                    }
                    Fate::Held => plan.held += 1,
                    Fate::Review => plan.review += 1,
                    Fate::Unreadable => plan.unreadable += 1,
                    Fate::Nothing => {}
                }
            }
        }
        plan.groups = groups.into_values().collect();
        Ok(plan)
    }

    /// Purges what is over at `now`, and destroys the keys of months that are. `expected` is the number
    /// that somebody has seen and agreed to, where it is more than usual.
    ///
    /// # Errors
    /// [`ArchiveError::ClockBack`], and nothing was touched; the store's and the keyring's, and then the
    /// next run goes on.
    pub async fn sweep(
        &self,
        breaker: Breaker,
        expected: Option<u64>,
        by: &str,
        now: Timestamp,
    ) -> Result<Sweep, ArchiveError> {
        let today = self.see_day(now).await?;
        let plan = self.plan_sweep(breaker, now).await?;
        if plan.records > plan.limit.max(expected.unwrap_or(0)) {
            return Ok(Sweep::TooMany(plan));
        }
        let mut done = Disposition {
            at: now,
            by: by.to_owned(),
            register: plan.register,
            groups: Vec::new(),
            records: 0,
            held: plan.held,
            review: plan.review,
            keys: 0,
            resealed: 0,
        };
        done.groups = self.purge(today).await?;
        done.records = done.groups.iter().map(|group| group.records).sum();
        let keks = self.keys_to_retire(today).await?;
        done.keys = keks.len() as u64;
        done.resealed = self.retire(&keks, today).await?;
        if done.records > 0 || done.keys > 0 {
            let mut key = layout::all(Kind::Disposition);
            key.extend_from_slice(&now.as_millisecond().to_be_bytes());
            let mut batch = Batch::default();
            self.put_own(&mut batch, key, &done)?;
            self.store.commit(batch).await?;
        }
        Ok(Sweep::Done(done))
    }

    /// Disposes of one conversation that was reviewed; what went. None if it is not due for review.
    ///
    /// # Errors
    /// As [`Archive::sweep`].
    pub async fn dispose(
        &self,
        id: ConversationId,
        by: &str,
        now: Timestamp,
    ) -> Result<Option<Disposition>, ArchiveError> {
        let today = self.see_day(now).await?;
        let Some(tag) = self.tag_of(id, DataClass::Conversation).await? else {
            return Ok(None);
        };
        let due = tag.due.filter(|due| *due < today);
        let (Some(due), true) = (due, self.is_reviewed(&tag)) else {
            return Ok(None);
        };
        if !self.holds_on(id, &tag).is_empty() {
            return Ok(None);
        }
        let mut batch = Batch::default();
        let keks = self.keks_of(id, &[DataClass::Conversation]).await?;
        self.remove(&mut batch, id, DataClass::Conversation).await?;
        self.store.commit(batch).await?;
        let mut groups = BTreeMap::new();
        count(
            &mut groups,
            &tag.class,
            DataClass::Conversation,
            Disposal::Review,
            due,
        );
        let done = Disposition {
            at: now,
            by: by.to_owned(),
            register: self.register().version.to_string(),
            groups: groups.into_values().collect(),
            records: 1,
            held: 0,
            review: 0,
            keys: keks.len() as u64,
            resealed: self.retire(&keks, today).await?,
        };
        let mut key = layout::all(Kind::Disposition);
        key.extend_from_slice(&now.as_millisecond().to_be_bytes());
        let mut batch = Batch::default();
        self.put_own(&mut batch, key, &done)?;
        self.store.commit(batch).await?;
        Ok(Some(done))
    }

    /// All disposition records, oldest first.
    ///
    /// # Errors
    /// The store's; [`ArchiveError::Changed`].
    pub async fn dispositions(&self) -> Result<Vec<Disposition>, ArchiveError> {
        let mut all = Vec::new();
        let mut after = None;
        loop {
            let page = self
                .store
                .scan(layout::all(Kind::Disposition), after.take(), PAGE_RECORDS)
                .await?;
            for (key, value) in &page {
                all.push(self.open_own(key, value, "a disposition record")?);
            }
            after = page.into_iter().next_back().map(|(key, _)| key);
            if after.is_none() {
                return Ok(all);
            }
        }
    }

    /// Counts that have stayed of what was made anonymous, by what they count.
    ///
    /// # Errors
    /// The store's; [`ArchiveError::Changed`].
    pub async fn counts(&self) -> Result<BTreeMap<String, u64>, ArchiveError> {
        let mut counts = BTreeMap::new();
        let mut after = None;
        loop {
            let page = self
                .store
                .scan(layout::all(Kind::Count), after.take(), PAGE_RECORDS)
                .await?;
            for (key, value) in &page {
                let name = key.get(1..).unwrap_or_default();
                let name = String::from_utf8_lossy(name).into_owned();
                counts.insert(name, self.open_own(key, value, "a count")?);
            }
            after = page.into_iter().next_back().map(|(key, _)| key);
            if after.is_none() {
                return Ok(counts);
            }
        }
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
        let (mut waiting, mut after) = (Vec::new(), None);
        while let Some(due) = self.next_due(&mut after, today).await? {
            for (day, id, class) in due {
                if matches!(self.fate(id, class, day).await?, Fate::Review)
                    && let Some(tag) = self.tag_of(id, class).await?
                {
                    waiting.push((id, tag));
                }
            }
        }
        Ok(waiting)
    }

    async fn purge(&self, today: Date) -> Result<Vec<DueGroup>, ArchiveError> {
        let mut groups = BTreeMap::new();
        let mut after = None;
        while let Some(due) = self.next_due(&mut after, today).await? {
            for some in due.chunks(PURGED_TOGETHER) {
                let began = Instant::now();
                let mut batch = Batch::default();
                let mut counts = BTreeMap::new();
                for (day, id, class) in some {
                    match self.fate(*id, *class, *day).await? {
                        Fate::Purge(tag, then) => {
                            if then == Disposal::Anonymise {
                                self.count_up(&mut counts, *id, *class, &tag).await?;
                            }
                            self.remove(&mut batch, *id, *class).await?;
                            count(&mut groups, &tag.class, *class, then, *day);
                        }
                        Fate::Unreadable => {
                            self.remove(&mut batch, *id, *class).await?;
                            batch.writes.push((layout::expiry(*day, *id, *class), None));
                        }
                        Fate::Held | Fate::Review | Fate::Nothing => {}
                    }
                }
                for (name, more) in counts {
                    let mut key = layout::all(Kind::Count);
                    key.extend_from_slice(name.as_bytes());
                    let before: u64 = self.own(key.clone(), "a count").await?.unwrap_or(0);
                    self.put_own(&mut batch, key, &(before + more))?;
                }
                if !batch.writes.is_empty() {
                    self.store.commit(batch).await?;
                    tokio::time::sleep(began.elapsed() * REST).await;
                }
            }
        }
        Ok(groups.into_values().collect())
    }

    /// The next entries of the index of last days before `today`.
    async fn next_due(
        &self,
        after: &mut Option<Vec<u8>>,
        today: Date,
    ) -> Result<Option<Vec<(Date, ConversationId, DataClass)>>, ArchiveError> {
        let page = self
            .store
            .scan(layout::all(Kind::Expiry), after.take(), PAGE_RECORDS)
            .await?;
        let due: Vec<_> = page
            .iter()
            .filter_map(|(key, _)| layout::parse_expiry(key))
            .take_while(|(day, ..)| *day < today)
            .collect();
        *after = page.into_iter().next_back().map(|(key, _)| key);
        Ok((!due.is_empty()).then_some(due))
    }

    async fn fate(
        &self,
        id: ConversationId,
        class: DataClass,
        day: Date,
    ) -> Result<Fate, ArchiveError> {
        let tag = match self.tag_of(id, class).await {
            Ok(Some(tag)) => tag,
            Ok(None) => return Ok(Fate::Unreadable),
            Err(ArchiveError::Unreadable { .. }) => return Ok(Fate::Unreadable),
            Err(error) => return Err(error),
        };
        if tag.due != Some(day) {
            return Ok(Fate::Nothing);
        }
        if !self.holds_on(id, &tag).is_empty() {
            return Ok(Fate::Held);
        }
        let open = self.store.get(layout::of(Kind::Open, id)).await?.is_some();
        if class == DataClass::Conversation && open {
            return Ok(Fate::Nothing);
        }
        let register = self.register();
        Ok(match register.rows.get(&tag.class).map(|row| row.then) {
            Some(Disposal::Review) => Fate::Review,
            Some(then) => Fate::Purge(tag, then),
            // A class that has lost its row is for a person to decide.
            None => Fate::Review,
        })
    }

    /// What stays of something that is made anonymous: counts by month, and never a word.
    async fn count_up(
        &self,
        counts: &mut BTreeMap<String, u64>,
        id: ConversationId,
        class: DataClass,
        tag: &Tag,
    ) -> Result<(), ArchiveError> {
        let mut one = |name: String| *counts.entry(name).or_default() += 1;
        if class != DataClass::Usage {
            one(format!("{} records", tag.class));
            return Ok(());
        }
        let Some(usage) = self.single::<UsageRecord>(Kind::Usage, id).await? else {
            return Ok(());
        };
        let usage = usage.record;
        let day = self.day(usage.started);
        let month = format!("{:04}-{:02}", day.year(), day.month());
        one(format!(
            "{month} conversations {}",
            usage.channel.record_class()
        ));
        for outcome in &usage.outcomes {
            one(format!("{month} outcome {}", outcome.name()));
        }
        for department in &usage.departments {
            one(format!("{month} department {department}"));
        }
        *counts.entry(format!("{month} messages")).or_default() += u64::from(usage.messages);
        Ok(())
    }

    /// Keys of months that are over, and of earlier months without an end that something has left.
    async fn keys_to_retire(&self, today: Date) -> Result<Vec<KekId>, ArchiveError> {
        let mut keks = Vec::new();
        for info in self.keyring.keks() {
            if info.class.as_str() == super::holds::HOLD_CLASS || !info.bucket.is_before(today) {
                continue;
            }
            let goes = match info.bucket {
                Bucket::Until(_) => true,
                Bucket::Open(_) => self.is_left(info.id).await?,
            };
            if goes {
                keks.push(info.id);
            }
        }
        Ok(keks)
    }

    /// The most that a run may purge without being told: a multiple of the median of the last runs.
    async fn sweep_limit(&self, breaker: Breaker) -> Result<u64, ArchiveError> {
        let mut runs: Vec<u64> = self
            .dispositions()
            .await?
            .iter()
            .rev()
            .filter(|run| run.records > 0)
            .take(USUAL_RUNS)
            .map(|run| run.records)
            .collect();
        runs.sort_unstable();
        let usual = runs.get(runs.len() / 2).copied().unwrap_or(0);
        Ok(breaker.floor.max(usual.saturating_mul(breaker.multiple)))
    }
}

fn count(
    groups: &mut BTreeMap<(ClassName, DataClass), DueGroup>,
    class: &ClassName,
    data: DataClass,
    then: Disposal,
    day: Date,
) {
    let group = groups
        .entry((class.clone(), data))
        .or_insert_with(|| DueGroup {
            class: class.clone(),
            data,
            then,
            from: day,
            to: day,
            records: 0,
        });
    group.from = group.from.min(day);
    group.to = group.to.max(day);
    group.records += 1;
}

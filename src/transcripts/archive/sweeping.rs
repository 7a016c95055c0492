//! The sweeper: what is over goes, by the register, unless a hold or a review keeps it.
//!
//! A run first counts, then checks the count against what is usual, and only then purges, a few
//! conversations at a time with pauses between, so that turns go on beside it. Rows go on the day after
//! their last; the keys of a month go when the month is over, and with them every copy. Each run leaves
//! a disposition record without personal data. It decides no period and lifts no hold.

use super::disposition::{self, Breaker, Disposition, Sweep};
use super::due::{Fate, next_due};
use super::layout::{self, Kind};
use super::retiring::Pace;
use super::{Archive, ArchiveError};
use crate::transcripts::keys::{Bucket, KekId};
use crate::transcripts::record::{ConversationId, DataClass};
use crate::transcripts::retention::Disposal;
use crate::transcripts::store::Batch;
use jiff::Timestamp;
use jiff::civil::Date;
use tokio::time::Instant;

/// Records that are purged in one batch: a turn waits for no more than that.
const PURGED_TOGETHER: usize = 16;

impl Archive {
    /// Purges what is over at `now`, and destroys the keys of months that are. `expected` is the number
    /// that somebody has seen and agreed to, where it is more than usual.
    ///
    /// # Errors
    /// [`ArchiveError::ClockBack`], and nothing was touched; the store's and the keyring's, and then the
    /// next run goes on, and what went is in a disposition record.
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
        let key = disposition::new_key(now, &*self.random);
        let mut done = Disposition::begun(by, &plan.register, now);
        (done.held, done.review) = (plan.held, plan.review);
        self.purge(today, &key, &mut done).await?;
        let keks = self.keys_to_retire(today).await?;
        done.keys = keks.len() as u64;
        done.resealed = self.retire(&keks, today, Pace::Resting).await?;
        self.forget_gone().await?;
        if done.records + done.unreadable + done.keys > 0 {
            self.note_disposition(key, &done).await?;
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
        const CLASS: DataClass = DataClass::Conversation;
        let today = self.see_day(now).await?;
        let Some(tag) = self.tag_of(id, CLASS).await? else {
            return Ok(None);
        };
        let Some(due) = tag.due.filter(|due| *due < today) else {
            return Ok(None);
        };
        if !matches!(self.fate(id, CLASS, due).await?, Fate::Review) {
            return Ok(None);
        }
        let mut done = Disposition::begun(by, &self.register().version, now);
        done.count(&tag.class, CLASS, Disposal::Review, due);
        let keks = self.keks_of(id, &[CLASS]).await?;
        done.keys = keks.len() as u64;
        let key = disposition::new_key(now, &*self.random);
        let mut batch = Batch::default();
        self.remove(&mut batch, id, CLASS).await?;
        self.put_own(&mut batch, key.clone(), &done)?;
        self.store.commit(batch).await?;
        done.resealed = self.retire(&keks, today, Pace::AtOnce).await?;
        self.note_disposition(key, &done).await?;
        Ok(Some(done))
    }

    async fn note_disposition(&self, key: Vec<u8>, done: &Disposition) -> Result<(), ArchiveError> {
        let mut batch = Batch::default();
        self.put_own(&mut batch, key, done)?;
        Ok(self.store.commit(batch).await?)
    }

    /// Purges what is over. What has gone so far is in `done`, and with each batch in the disposition
    /// record under `key`, so that a run that is stopped has left its record.
    async fn purge(
        &self,
        today: Date,
        key: &[u8],
        done: &mut Disposition,
    ) -> Result<(), ArchiveError> {
        let mut entries = self.walk(layout::all(Kind::Expiry));
        while let Some(due) = next_due(&mut entries, today).await? {
            for some in due.chunks(PURGED_TOGETHER) {
                let began = Instant::now();
                let mut next = done.clone();
                let batch = self.purge_some(some, &mut next).await?;
                let Some(mut batch) = batch else {
                    continue;
                };
                self.put_own(&mut batch, key.to_vec(), &next)?;
                match self.store.commit(batch).await.map_err(ArchiveError::from) {
                    Ok(()) => *done = next,
                    // One of them has moved on just now: the next run looks again.
                    Err(ArchiveError::Conflict) => {}
                    Err(error) => return Err(error),
                }
                Pace::Resting.rest(began).await;
            }
        }
        Ok(())
    }

    /// What purges those of `some` that go, counted in `done`; none if none of them does.
    async fn purge_some(
        &self,
        some: &[(Date, ConversationId, DataClass)],
        done: &mut Disposition,
    ) -> Result<Option<Batch>, ArchiveError> {
        let mut batch = Batch::default();
        let mut counts = super::counting::Counts::new();
        for (day, id, class) in some {
            match self.fate(*id, *class, *day).await? {
                Fate::Purge(going) => {
                    if going.then == Disposal::Anonymise {
                        self.count_up(&mut counts, *id, *class, &going.class)
                            .await?;
                    }
                    self.remove(&mut batch, *id, *class).await?;
                    batch.preconditions.push(going.unchanged);
                    done.count(&going.class, *class, going.then, *day);
                }
                Fate::Unreadable => {
                    self.remove(&mut batch, *id, *class).await?;
                    batch.writes.push((layout::expiry(*day, *id, *class), None));
                    done.unreadable += 1;
                }
                Fate::Held | Fate::Review | Fate::Nothing => {}
            }
        }
        if batch.writes.is_empty() {
            return Ok(None);
        }
        self.write_counts(&mut batch, counts).await?;
        Ok(Some(batch))
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
}

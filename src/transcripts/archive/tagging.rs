//! Which tags a conversation's data have, and what is written when they change.
//!
//! Periods and last days are the register's; this finds out when the things happened that they run from.

use super::held::{Held, Noted, Tags, retagged};
use super::layout::{self, Kind};
use super::writing::write_indexes;
use super::{Archive, ArchiveError};
use crate::dialogue::Channel;
use crate::transcripts::keys::{Bucket, KekId};
use crate::transcripts::record::{ConversationId, Tag, TurnRecord};
use crate::transcripts::retention::{ClassName, Moments};
use crate::transcripts::store::{Batch, Precondition};
use jiff::Timestamp;

impl Archive {
    /// Adds to `batch` what changes besides the turn itself, and gives what is held after it.
    pub(super) async fn retag(
        &self,
        batch: &mut Batch,
        held: &Held,
        turn: &TurnRecord,
    ) -> Result<Held, ArchiveError> {
        self.expect_head(batch, held).await?;
        let mut next = held.clone();
        next.follow(turn);
        let class = retagged(turn).unwrap_or(&held.tags.conversation.class);
        let moments = self.moments(held.started, turn.at, next.usage.closed, next.noted);
        next.tags = self.tags(held.usage.channel, class, &moments)?;
        self.write_tagged(batch, held, &mut next, turn.at).await?;
        Ok(next)
    }

    /// Adds to `batch` the records and indexes of `next`, whose tags may be others than those of `held`.
    /// What is gone already stays so.
    pub(super) async fn write_tagged(
        &self,
        batch: &mut Batch,
        held: &Held,
        next: &mut Held,
        now: Timestamp,
    ) -> Result<(), ArchiveError> {
        next.kek = self.kek(&next.tags.conversation, now).await?;
        if self.holds_record(Kind::Usage, held.id).await? {
            self.write_usage(batch, next).await?;
            batch.preconditions.push(still_there(Kind::Usage, held.id));
        } else {
            next.tags.usage = held.tags.usage.clone();
        }
        if next.tags.technical != held.tags.technical {
            match self.technical(held).await? {
                Some(technical) => {
                    self.write_technical(batch, next, &technical).await?;
                    batch
                        .preconditions
                        .push(still_there(Kind::Technical, held.id));
                }
                None => next.tags.technical = held.tags.technical.clone(),
            }
        }
        self.write_head(batch, next)?;
        write_indexes(batch, Some(held), next);
        Ok(())
    }

    pub(super) fn moments(
        &self,
        started: Timestamp,
        last: Timestamp,
        closed: Option<Timestamp>,
        noted: Noted,
    ) -> Moments {
        Moments {
            created: self.day(started),
            last_activity: self.day(last),
            conversation_closed: closed.map(|closed| self.day(closed)),
            case_closed: noted.case_closed,
            consent_withdrawn: noted.consent_withdrawn,
        }
    }

    /// The tags of a conversation's data, by the register.
    pub(super) fn tags(
        &self,
        channel: Channel,
        class: &ClassName,
        moments: &Moments,
    ) -> Result<Tags, ArchiveError> {
        let register = self.register();
        let tag = |class: &ClassName| {
            let row = register.rows.get(class);
            let row = row.ok_or_else(|| ArchiveError::UnknownClass(class.clone()))?;
            Ok::<_, ArchiveError>(Tag {
                class: row.class.clone(),
                basis: row.basis.clone(),
                keep_for: row.keep_for_text.clone(),
                keep_from: row.keep_from.clone(),
                due: register.due(class, moments),
                register: register.version.to_string(),
            })
        };
        Ok(Tags {
            conversation: tag(class)?,
            usage: tag(&ClassName::new("usage"))?,
            technical: tag(&ClassName::new(channel.technical_class()))?,
        })
    }

    /// The key of the keyring that a tag calls for; made off this thread if it is the first of its
    /// class and month, since that waits for the disk.
    pub(super) async fn kek(&self, tag: &Tag, now: Timestamp) -> Result<KekId, ArchiveError> {
        let bucket = Bucket::of(tag.due, self.day(now));
        self.kek_of(&tag.class, bucket).await
    }
}

/// The sweeper has not taken it meanwhile.
fn still_there(kind: Kind, id: ConversationId) -> Precondition {
    Precondition::Present(layout::record(kind, id, 0))
}

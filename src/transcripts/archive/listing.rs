//! Lists of conversations: all of them page by page, or the newest.
//!
//! A list is made of what can be read; what cannot is told in it. It decides nothing about who may see it.

use super::layout::{self, Kind};
use super::reading::id_of;
use super::{Archive, ArchiveError, Held};
use crate::dialogue::Channel;
use crate::transcripts::record::{ConversationId, Tag};
use crate::transcripts::retention::ClassName;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::VecDeque;
use uuid::Uuid;

/// How far back the newest are looked for at first: an hour.
const FIRST_LOOK_BACK_MS: i64 = 60 * 60 * 1000;

/// A conversation in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Its id.
    pub id: ConversationId,
    /// The resident's reference code.
    pub reference: String,
    /// By which channel.
    pub channel: Channel,
    /// When it began.
    pub started: Timestamp,
    /// When something last happened in it.
    pub last: Timestamp,
    /// How many turns it has.
    pub turns: u64,
    /// The record class of what was said.
    pub class: ClassName,
    /// The last day on which that is kept, once it is known.
    pub due: Option<Date>,
    /// The tag of what was said.
    pub tag: Tag,
    /// When it was closed.
    pub closed: Option<Timestamp>,
    /// Departments it was taken to, by slug.
    pub departments: Vec<String>,
}

/// A page of a list.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    /// Oldest or newest first, as was asked.
    pub conversations: Vec<Summary>,
    /// Those that cannot be read, and why; never content.
    pub unreadable: Vec<(ConversationId, String)>,
    /// After which conversation the next page begins, if there may be one.
    pub next: Option<ConversationId>,
}

impl Archive {
    /// Up to `limit` conversations after `after`, oldest first.
    ///
    /// # Errors
    /// The store's; a conversation that cannot be read is told in the list.
    pub async fn list(
        &self,
        after: Option<ConversationId>,
        limit: usize,
    ) -> Result<Listing, ArchiveError> {
        let after = after.map(|id| layout::record(Kind::Head, id, 0));
        let heads = self
            .store
            .scan(layout::all(Kind::Head), after, limit)
            .await?;
        let ids: Vec<_> = heads.iter().filter_map(|(key, _)| id_of(key)).collect();
        let mut listing = self.summaries(&ids).await?;
        listing.next = ids.last().copied().filter(|_| heads.len() == limit);
        Ok(listing)
    }

    /// Those of the newest `limit` conversations that may be shown at `now`, newest first.
    ///
    /// Ids say when a conversation began, so that it looks back from now in steps that grow, and does not
    /// go through the whole archive.
    ///
    /// # Errors
    /// As [`Archive::list`].
    pub async fn newest(&self, limit: usize, now: Timestamp) -> Result<Listing, ArchiveError> {
        let mut back = FIRST_LOOK_BACK_MS;
        loop {
            let since = now.as_millisecond().saturating_sub(back);
            let ids = self.newest_since(since, limit).await?;
            if ids.len() < limit && since > 0 {
                back = back.saturating_mul(8);
                continue;
            }
            let mut listing = self.summaries(&ids).await?;
            listing
                .conversations
                .retain(|one| self.over(one.id, &one.tag, now).is_none());
            return Ok(listing);
        }
    }

    /// The newest `limit` that began at `since` or later, in milliseconds since 1970, newest first.
    async fn newest_since(
        &self,
        since: i64,
        limit: usize,
    ) -> Result<Vec<ConversationId>, ArchiveError> {
        let mut newest = VecDeque::new();
        let mut heads = self.walk(layout::all(Kind::Head));
        heads.skip_to(layout::record(Kind::Head, first_id_at(since), 0));
        while let Some(page) = heads.next().await? {
            newest.extend(page.iter().filter_map(|(key, _)| id_of(key)));
            newest.drain(..newest.len().saturating_sub(limit));
        }
        Ok(newest.into_iter().rev().collect())
    }

    async fn summaries(&self, ids: &[ConversationId]) -> Result<Listing, ArchiveError> {
        let mut listing = Listing::default();
        for id in ids.iter().copied() {
            match self.read(id).await {
                Ok(Some((held, _))) => listing.conversations.push(summary(held)),
                // Gone since the list was read.
                Ok(None) => {}
                Err(ArchiveError::Unreadable { why, .. }) => listing.unreadable.push((id, why)),
                Err(error) => return Err(error),
            }
        }
        Ok(listing)
    }
}

/// The least id that a conversation of this moment or later can have.
fn first_id_at(milliseconds: i64) -> ConversationId {
    let milliseconds = u128::try_from(milliseconds).unwrap_or(0);
    ConversationId(Uuid::from_u128(milliseconds << 80))
}

fn summary(held: Held) -> Summary {
    Summary {
        id: held.id,
        reference: held.reference,
        channel: held.usage.channel,
        started: held.started,
        last: held.last,
        turns: held.turns,
        class: held.tags.conversation.class.clone(),
        due: held.tags.conversation.due,
        tag: held.tags.conversation,
        closed: held.usage.closed,
        departments: held.usage.departments,
    }
}

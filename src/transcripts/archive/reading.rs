//! Conversations out of the archive: one with its turns, by reference, in lists.
//!
//! What is read is what was written or a named error: every record is opened under its key, turns
//! follow on one another without a gap, and a closed conversation ends with its closing.

use super::layout::{self, Kind};
use super::sealed::{self, Place};
use super::{Archive, ArchiveError, Head, Held, Tagged};
use crate::dialogue::Channel;
use crate::transcripts::keys::{Dek, KekId};
use crate::transcripts::record::{ConversationId, Tag, TechnicalRecord, TurnRecord, UsageRecord};
use crate::transcripts::retention::ClassName;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use std::collections::VecDeque;
use subtle::ConstantTimeEq;
use uuid::Uuid;

/// Records that are read from the store at once.
pub(super) const PAGE_RECORDS: usize = 256;

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
    /// A conversation with all its turns; none if there is none with this id.
    ///
    /// # Errors
    /// [`ArchiveError::Unreadable`] if any record of it is not what was written; the store's.
    pub async fn read(
        &self,
        id: ConversationId,
    ) -> Result<Option<(Held, Vec<TurnRecord>)>, ArchiveError> {
        let key = layout::record(Kind::Head, id, 0);
        let Some(value) = self.store.get(key).await? else {
            return Ok(None);
        };
        let (head, dek, kek) = self.open_head(id, &value)?;
        let mut held = from_head(id, &head, dek, kek);
        let mut turns = Vec::new();
        let prefix = layout::of(Kind::Turn, id);
        let mut after = None;
        loop {
            let page = self
                .store
                .scan(prefix.clone(), after.take(), PAGE_RECORDS)
                .await?;
            let last_page = page.len() < PAGE_RECORDS;
            for (key, value) in &page {
                let turn = open_turn(&held, key, value)?;
                held.follow(&turn);
                turns.push(turn);
            }
            after = page.into_iter().next_back().map(|(key, _)| key);
            if last_page {
                break;
            }
        }
        let end = Place {
            kind: Kind::Turn,
            conversation: id,
            seq: held.next_seq,
        };
        if turns.is_empty() || held.usage.closed != head.closed {
            return Err(end.unreadable("the turns from here on are missing"));
        }
        Ok(Some((held, turns)))
    }

    /// The conversation with a reference code, in any case, with or without hyphens.
    ///
    /// # Errors
    /// [`ArchiveError::Unreadable`] if the index entry is not what was written; the store's.
    pub async fn find(&self, reference: &str) -> Result<Option<ConversationId>, ArchiveError> {
        let key = self.reference_key(reference);
        let Some(value) = self.store.get(key).await? else {
            return Ok(None);
        };
        let id = layout::parse_id(&value).unwrap_or(ConversationId(Uuid::nil()));
        if self.reference_value(reference, id).ct_eq(&value).into() {
            Ok(Some(id))
        } else {
            Err(Place::single(Kind::Reference, id).unreadable("its reference was changed"))
        }
    }

    /// All conversations that are not closed, for the timeouts after a restart.
    ///
    /// # Errors
    /// The store's.
    pub async fn open_conversations(&self) -> Result<Vec<ConversationId>, ArchiveError> {
        let mut open = Vec::new();
        let mut after = None;
        loop {
            let page = self
                .store
                .scan(layout::all(Kind::Open), after.take(), PAGE_RECORDS)
                .await?;
            let last_page = page.len() < PAGE_RECORDS;
            open.extend(page.iter().filter_map(|(key, _)| id_of(key)));
            after = page.into_iter().next_back().map(|(key, _)| key);
            if last_page {
                return Ok(open);
            }
        }
    }

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

    /// The newest `limit` conversations, newest first.
    ///
    /// # Errors
    /// As [`Archive::list`].
    pub async fn newest(&self, limit: usize) -> Result<Listing, ArchiveError> {
        let mut newest = VecDeque::new();
        let mut after = None;
        loop {
            let page = self
                .store
                .scan(layout::all(Kind::Head), after.take(), PAGE_RECORDS)
                .await?;
            newest.extend(page.iter().filter_map(|(key, _)| id_of(key)));
            newest.drain(..newest.len().saturating_sub(limit));
            if page.len() < PAGE_RECORDS {
                break;
            }
            after = page.into_iter().next_back().map(|(key, _)| key);
        }
        let ids: Vec<_> = newest.into_iter().rev().collect();
        self.summaries(&ids).await
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

    /// A conversation's technical data; none once that is gone.
    ///
    /// # Errors
    /// [`ArchiveError::Unreadable`]; the store's.
    pub async fn technical(&self, held: &Held) -> Result<Option<TechnicalRecord>, ArchiveError> {
        let tagged = self.single(Kind::Technical, held.id).await?;
        Ok(tagged.map(|tagged| tagged.record))
    }

    /// A conversation's usage data as it was last recorded; none once that is gone. What has happened
    /// since is in [`Held::usage`].
    ///
    /// # Errors
    /// [`ArchiveError::Unreadable`]; the store's.
    pub async fn usage(&self, held: &Held) -> Result<Option<UsageRecord>, ArchiveError> {
        let tagged = self.single(Kind::Usage, held.id).await?;
        Ok(tagged.map(|tagged| tagged.record))
    }

    /// The record of a data class of its own.
    pub(super) async fn single<T: DeserializeOwned>(
        &self,
        kind: Kind,
        id: ConversationId,
    ) -> Result<Option<Tagged<T>>, ArchiveError> {
        let Some(value) = self.store.get(layout::record(kind, id, 0)).await? else {
            return Ok(None);
        };
        let place = Place::single(kind, id);
        let (tagged, ..) = sealed::open_with_key(place, &self.keyring, &value)?;
        Ok(Some(tagged))
    }
}

fn id_of(key: &[u8]) -> Option<ConversationId> {
    layout::parse(key).map(|(id, _)| id)
}

pub(super) fn from_head(id: ConversationId, head: &Head, dek: Dek, kek: KekId) -> Held {
    Held {
        id,
        reference: head.reference.clone(),
        started: head.started,
        session: head.session.clone(),
        tags: head.tags.clone(),
        kek,
        dek,
        usage: UsageRecord {
            channel: head.channel,
            started: head.started,
            closed: None,
            messages: 0,
            outcomes: Vec::new(),
            departments: Vec::new(),
        },
        last: head.started,
        next_seq: 1,
        turns: 0,
        noted: head.noted,
    }
}

fn open_turn(held: &Held, key: &[u8], value: &[u8]) -> Result<TurnRecord, ArchiveError> {
    let place = Place {
        kind: Kind::Turn,
        conversation: held.id,
        seq: held.next_seq,
    };
    if layout::parse(key) != Some((held.id, held.next_seq)) {
        return Err(place.unreadable("it is missing, and later turns are there"));
    }
    let turn: TurnRecord = sealed::open(place, &held.dek, value)?;
    if turn.seq == held.next_seq {
        Ok(turn)
    } else {
        Err(place.unreadable("it holds another turn"))
    }
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

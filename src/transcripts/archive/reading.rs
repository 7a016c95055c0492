//! Conversations out of the archive: one with its turns, by id or by reference.
//!
//! What is read is what was written or a named error: every record is opened under its key, turns
//! follow on one another without a gap, and a closed conversation ends with its closing.

use super::layout::{self, Kind};
use super::sealed::{self, Place};
use super::{Archive, ArchiveError, Head, Held, Tagged};
use crate::transcripts::keys::{Dek, KekId};
use crate::transcripts::record::{ConversationId, TechnicalRecord, TurnRecord, UsageRecord};
use serde::de::DeserializeOwned;
use subtle::ConstantTimeEq;
use uuid::Uuid;

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
        let mut records = self.walk(layout::of(Kind::Turn, id));
        while let Some(page) = records.next().await? {
            for (key, value) in &page {
                let turn = open_turn(&held, key, value)?;
                held.follow(&turn);
                turns.push(turn);
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
        let mut entries = self.walk(layout::all(Kind::Open));
        while let Some(page) = entries.next().await? {
            open.extend(page.iter().filter_map(|(key, _)| id_of(key)));
        }
        Ok(open)
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

pub(super) fn id_of(key: &[u8]) -> Option<ConversationId> {
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

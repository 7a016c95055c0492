//! What a batch of the archive writes: sealed records, and the indexes beside them.

use super::held::Held;
use super::layout::{self, DATA_CLASSES, Kind};
use super::sealed::{self, Place};
use super::{Archive, ArchiveError, Head, Tagged};
use crate::transcripts::keys::{Dek, KekId};
use crate::transcripts::record::{ConversationId, DataClass, TechnicalRecord, TurnRecord};
use crate::transcripts::store::{Batch, Precondition};
use serde::Serialize;

impl Archive {
    pub(super) fn write_turn(
        &self,
        batch: &mut Batch,
        held: &Held,
        turn: &TurnRecord,
    ) -> Result<(), ArchiveError> {
        let key = layout::record(Kind::Turn, held.id, turn.seq);
        let place = Place {
            kind: Kind::Turn,
            conversation: held.id,
            seq: turn.seq,
        };
        let value = sealed::seal(place, held.kek, &held.dek, &*self.random, turn)?;
        batch.preconditions.push(Precondition::Absent(key.clone()));
        batch.writes.push((key, Some(value)));
        Ok(())
    }

    pub(super) fn write_head(&self, batch: &mut Batch, held: &Held) -> Result<(), ArchiveError> {
        let head = Head {
            reference: held.reference.clone(),
            channel: held.channel(),
            started: held.started,
            session: held.session.clone(),
            tags: held.tags.clone(),
            closed: held.usage.closed,
            noted: held.noted,
        };
        self.write_single(batch, Kind::Head, held, (&held.dek, held.kek), &head)
    }

    pub(super) async fn write_usage(
        &self,
        batch: &mut Batch,
        held: &Held,
    ) -> Result<(), ArchiveError> {
        let record = Tagged {
            tag: held.tags.usage.clone(),
            record: held.usage.clone(),
        };
        let kek = self.kek(&record.tag, held.last).await?;
        let dek = Dek::random(&*self.random);
        self.write_single(batch, Kind::Usage, held, (&dek, kek), &record)
    }

    pub(super) async fn write_technical(
        &self,
        batch: &mut Batch,
        held: &Held,
        technical: &TechnicalRecord,
    ) -> Result<(), ArchiveError> {
        let record = Tagged {
            tag: held.tags.technical.clone(),
            record: technical.clone(),
        };
        let kek = self.kek(&record.tag, held.last).await?;
        let dek = Dek::random(&*self.random);
        self.write_single(batch, Kind::Technical, held, (&dek, kek), &record)
    }

    fn write_single<T: Serialize>(
        &self,
        batch: &mut Batch,
        kind: Kind,
        held: &Held,
        (dek, kek): (&Dek, KekId),
        record: &T,
    ) -> Result<(), ArchiveError> {
        let place = Place::single(kind, held.id);
        let value = sealed::seal_with_key(place, (&self.keyring, kek), dek, &*self.random, record)?;
        batch
            .writes
            .push((layout::record(kind, held.id, 0), Some(value)));
        if let Some(class) = DATA_CLASSES
            .into_iter()
            .find(|class| layout::kind_of(*class) == kind)
        {
            write_wrapping(batch, held.id, class, kek);
        }
        Ok(())
    }
}

/// Adds to `batch` that a data class of a conversation is sealed under `kek`.
pub(super) fn write_wrapping(batch: &mut Batch, id: ConversationId, class: DataClass, kek: KekId) {
    let (under, over) = (layout::under(kek, id, class), layout::over(id, class, kek));
    batch.writes.push((under, Some(Vec::new())));
    batch.writes.push((over, Some(Vec::new())));
}

/// Adds to `batch` what changes in the indexes of open conversations and of last days.
pub(super) fn write_indexes(batch: &mut Batch, before: Option<&Held>, after: &Held) {
    let id = after.id;
    for class in DATA_CLASSES {
        let was = before.and_then(|held| held.tags.of(class).due);
        let is = after.tags.of(class).due;
        if was == is {
            continue;
        }
        if let Some(was) = was {
            batch.writes.push((layout::expiry(was, id, class), None));
        }
        if let Some(is) = is {
            let key = layout::expiry(is, id, class);
            batch.writes.push((key, Some(Vec::new())));
        }
    }
    let was_open = before.is_some_and(|held| held.usage.closed.is_none());
    let is_open = after.usage.closed.is_none();
    if was_open != is_open {
        batch
            .writes
            .push((layout::of(Kind::Open, id), is_open.then(Vec::new)));
    }
}

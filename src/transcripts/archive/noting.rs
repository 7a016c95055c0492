//! What is noted of a conversation after it: its case was closed, consent was withdrawn, an entry was
//! corrected, it is of another record class.
//!
//! Notes are records of their own beside the turns, sealed under the conversation's key. The turns stay
//! as they were recorded, so that older records read as ever and the state of a conversation is still
//! the fold of its own events: an ended conversation stays ended. A correction supersedes an entry where
//! it is shown or handed out, and the entry stays as evidence of what was said.

use super::layout::{self, Kind};
use super::sealed::{self, Place};
use super::{Archive, ArchiveError, Held};
use crate::transcripts::retention::ClassName;
use crate::transcripts::store::{Batch, Precondition};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The longest correction.
const TEXT_BYTES_MAX: usize = 4000;

/// What is noted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Note {
    /// The case that it opened was closed, in the system that keeps cases.
    CaseClosed {
        /// On which day.
        on: Date,
    },
    /// The resident has withdrawn consent.
    ConsentWithdrawn {
        /// On which day.
        on: Date,
    },
    /// An entry is wrong; this stands in its place.
    Corrected {
        /// The entry's number.
        seq: u64,
        /// What is right, screened.
        text: String,
    },
    /// It is of another record class than it was taken for.
    Retagged {
        /// Which.
        class: ClassName,
        /// Why, screened.
        reason: String,
    },
}

/// A note, and who made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteRecord {
    /// Its number among the conversation's notes, from 1.
    pub number: u64,
    /// When it was made.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// What.
    pub note: Note,
}

impl Archive {
    /// Notes something of a conversation; its tags follow. Durable when this returns.
    ///
    /// # Errors
    /// [`ArchiveError::BadNote`] for what cannot be noted of it; [`ArchiveError::Conflict`] if it has
    /// moved on since `held` was read; the store's.
    pub async fn note(
        &self,
        held: &Held,
        note: Note,
        by: &str,
        now: Timestamp,
    ) -> Result<Held, ArchiveError> {
        self.check_note(held, &note, now)?;
        let number = self.notes(held).await?.len() as u64 + 1;
        let mut batch = Batch::default();
        let wrapping = self.wrapping.read().await;
        let mut next = held.clone();
        // It may have been sealed anew since it was read.
        next.kek = self.expect_head(&mut batch, held).await?;
        let mut class = &held.tags.conversation.class;
        match &note {
            Note::CaseClosed { on } => next.noted.case_closed = Some(*on),
            Note::ConsentWithdrawn { on } => next.noted.consent_withdrawn = Some(*on),
            Note::Corrected { .. } => {}
            Note::Retagged { class: other, .. } => class = other,
        }
        if next.noted != held.noted || *class != held.tags.conversation.class {
            let moments = self.moments(held.started, held.last, held.usage.closed, next.noted);
            next.tags = self.tags(held.usage.channel, class, &moments)?;
            self.write_tagged(&mut batch, held, &mut next, now).await?;
        }
        let place = Place {
            kind: Kind::Note,
            conversation: held.id,
            seq: number,
        };
        let record = NoteRecord {
            number,
            at: now,
            by: by.to_owned(),
            note,
        };
        let value = sealed::seal(place, next.kek, &held.dek, &*self.random, &record)?;
        let key = layout::record(Kind::Note, held.id, number);
        batch.preconditions.push(Precondition::Absent(key.clone()));
        batch.writes.push((key, Some(value)));
        self.store.commit(batch).await?;
        drop(wrapping);
        self.retire_longer(held, &next, self.today(now)).await?;
        Ok(next)
    }

    /// Everything that was noted of a conversation, oldest first.
    ///
    /// # Errors
    /// [`ArchiveError::Unreadable`]; the store's.
    pub async fn notes(&self, held: &Held) -> Result<Vec<NoteRecord>, ArchiveError> {
        let mut notes = Vec::new();
        let mut records = self.walk(layout::of(Kind::Note, held.id));
        while let Some(page) = records.next().await? {
            for (key, value) in &page {
                let place = Place {
                    kind: Kind::Note,
                    conversation: held.id,
                    seq: notes.len() as u64 + 1,
                };
                if layout::parse(key) != Some((held.id, place.seq)) {
                    return Err(place.unreadable("a note is missing, and later ones are there"));
                }
                notes.push(sealed::open(place, &held.dek, value)?);
            }
        }
        Ok(notes)
    }

    fn check_note(&self, held: &Held, note: &Note, now: Timestamp) -> Result<(), ArchiveError> {
        let bad = |why: String| Err(ArchiveError::BadNote(why));
        let began = self.day(held.started);
        match note {
            Note::CaseClosed { on } | Note::ConsentWithdrawn { on } if *on < began => bad(format!(
                "{on} is before the conversation began, on {began}: name the right day"
            )),
            Note::CaseClosed { on } | Note::ConsentWithdrawn { on } if *on > self.today(now) => {
                bad(format!(
                    "{on} is in the future: name the day on which it happened"
                ))
            }
            Note::CaseClosed { .. } | Note::ConsentWithdrawn { .. } => Ok(()),
            Note::Corrected { seq, .. } if *seq == 0 || *seq >= held.next_seq => bad(format!(
                "there is no entry {seq}: `cece transcripts show` numbers them from 1 to {}",
                held.next_seq - 1
            )),
            Note::Corrected { text, .. } | Note::Retagged { reason: text, .. }
                if text.trim().is_empty() || text.len() > TEXT_BYTES_MAX =>
            {
                bad(format!(
                    "a correction or a reason has between 1 and {TEXT_BYTES_MAX} bytes, and this has {}",
                    text.len()
                ))
            }
            Note::Corrected { .. } | Note::Retagged { .. } => Ok(()),
        }
    }
}

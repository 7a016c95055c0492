//! Legal holds: what must not go, whatever the register says, until somebody lifts it.
//!
//! A hold has an owner, a reason and a day on which it is looked at again. It is on a conversation or on
//! a record class. Reasons may name people, so they are sealed, and a lifted hold's key is destroyed.
//! It does not say what may be shown.

use super::layout::{self, Kind};
use super::sealed::{self, Place};
use super::{Archive, ArchiveError};
use crate::transcripts::keys::{Bucket, Dek, KekId};
use crate::transcripts::record::ConversationId;
use crate::transcripts::retention::ClassName;
use crate::transcripts::store::{Batch, Precondition};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::{Arc, PoisonError};
use uuid::Uuid;

/// The class whose keys seal holds.
pub(super) const HOLD_CLASS: &str = "hold";
const TEXT_BYTES_MAX: usize = 1000;

/// A hold's number, shown as 8 hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct HoldId(pub u32);

impl fmt::Display for HoldId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}

impl std::str::FromStr for HoldId {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u32::from_str_radix(text, 16).map(Self).map_err(|_| {
            format!("{text:?} is no hold: it is 8 letters and digits, as `cece hold list` shows it")
        })
    }
}

/// What a hold is on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// One conversation, with its usage and technical data.
    Conversation {
        /// Which.
        id: ConversationId,
        /// Its reference code.
        reference: String,
    },
    /// Everything of a record class.
    Class(ClassName),
}

/// A legal hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Its number.
    pub id: HoldId,
    /// On what.
    pub scope: Scope,
    /// Who answers for it.
    pub owner: String,
    /// Why.
    pub reason: String,
    /// When it is looked at again.
    pub review: Date,
    /// When it was laid.
    pub added: Timestamp,
}

impl Archive {
    /// Lays a hold; durable when this returns.
    ///
    /// # Errors
    /// [`ArchiveError::BadNote`] without an owner, a reason or a day to come; the store's.
    pub async fn add_hold(
        &self,
        scope: Scope,
        (owner, reason): (&str, &str),
        review: Date,
        now: Timestamp,
    ) -> Result<Hold, ArchiveError> {
        for (what, text) in [("owner", owner), ("reason", reason)] {
            if text.trim().is_empty() || text.len() > TEXT_BYTES_MAX {
                return Err(ArchiveError::BadNote(format!(
                    "a hold needs its {what}, in at most {TEXT_BYTES_MAX} bytes"
                )));
            }
        }
        if review <= self.today(now) {
            return Err(ArchiveError::BadNote(format!(
                "the review day {review} is not in the future: name the day on which the hold is looked at again"
            )));
        }
        let mut bytes = [0; 4];
        self.random.fill(&mut bytes);
        let hold = Hold {
            id: HoldId(u32::from_be_bytes(bytes)),
            scope,
            owner: owner.trim().to_owned(),
            reason: reason.trim().to_owned(),
            review,
            added: now,
        };
        let _wrapping = self.wrapping.read().await;
        let class = ClassName::new(HOLD_CLASS);
        let kek = self
            .kek_of(&class, Bucket::of(None, self.today(now)))
            .await?;
        let mut batch = Batch::default();
        self.write_hold(&mut batch, &hold, kek)?;
        let key = hold_key(hold.id);
        batch.preconditions.push(Precondition::Absent(key));
        self.store.commit(batch).await?;
        self.load_holds().await?;
        Ok(hold)
    }

    /// Lifts a hold, and destroys what its reason was sealed under; none if there is none.
    ///
    /// # Errors
    /// The store's and the keyring's.
    pub async fn release_hold(
        &self,
        id: HoldId,
        now: Timestamp,
    ) -> Result<Option<Hold>, ArchiveError> {
        let holds = self.holds();
        let Some(released) = holds.iter().find(|hold| hold.id == id).cloned() else {
            return Ok(None);
        };
        let old: Vec<_> = self
            .keyring
            .keks()
            .into_iter()
            .filter(|info| info.class.as_str() == HOLD_CLASS)
            .map(|info| info.id)
            .collect();
        // None may be laid under an old key meanwhile.
        let wrapping = self.wrapping.write().await;
        self.keyring.set_aside(&old);
        let class = ClassName::new(HOLD_CLASS);
        let kek = self
            .kek_of(&class, Bucket::of(None, self.today(now)))
            .await?;
        let mut batch = Batch::default();
        for hold in holds.iter().filter(|hold| hold.id != id) {
            self.write_hold(&mut batch, hold, kek)?;
        }
        batch.writes.push((hold_key(id), None));
        self.store.commit(batch).await?;
        let keyring = Arc::clone(&self.keyring);
        let destroyed = tokio::task::spawn_blocking(move || keyring.destroy_all(&old)).await;
        destroyed.map_err(|_| crate::transcripts::StoreError::Closed)??;
        drop(wrapping);
        self.load_holds().await?;
        Ok(Some(released))
    }

    /// All holds, oldest first.
    #[must_use]
    pub fn holds(&self) -> Arc<Vec<Hold>> {
        Arc::clone(&self.holds.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The holds that keep what is of this class in a conversation.
    #[must_use]
    pub fn holds_on(&self, id: ConversationId, class: &ClassName) -> Vec<Hold> {
        let on = |hold: &&Hold| match &hold.scope {
            Scope::Conversation { id: held, .. } => *held == id,
            Scope::Class(held) => held == class,
        };
        self.holds().iter().filter(on).cloned().collect()
    }

    pub(super) async fn load_holds(&self) -> Result<(), ArchiveError> {
        let mut holds = Vec::new();
        let mut records = self.walk(layout::all(Kind::Hold));
        while let Some(page) = records.next().await? {
            for (key, value) in &page {
                let place = layout::parse(key).map(|(_, seq)| hold_place(seq));
                let place = place.ok_or(ArchiveError::Changed("a hold"))?;
                let (hold, ..) = sealed::open_with_key(place, &self.keyring, value)
                    .map_err(|_| ArchiveError::Changed("a hold"))?;
                holds.push(hold);
            }
        }
        holds.sort_by_key(|hold: &Hold| (hold.added, hold.id));
        *self.holds.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(holds);
        Ok(())
    }

    fn write_hold(&self, batch: &mut Batch, hold: &Hold, kek: KekId) -> Result<(), ArchiveError> {
        let place = hold_place(u64::from(hold.id.0));
        let dek = Dek::random(&*self.random);
        let value = sealed::seal_with_key(place, (&self.keyring, kek), &dek, &*self.random, hold)?;
        batch.writes.push((hold_key(hold.id), Some(value)));
        Ok(())
    }
}

fn hold_place(seq: u64) -> Place {
    Place {
        kind: Kind::Hold,
        conversation: ConversationId(Uuid::nil()),
        seq,
    }
}

fn hold_key(id: HoldId) -> Vec<u8> {
    layout::record(Kind::Hold, ConversationId(Uuid::nil()), u64::from(id.0))
}

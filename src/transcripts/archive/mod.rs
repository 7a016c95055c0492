//! The archive: conversations in and out of a store, sealed, tagged, indexed.
//!
//! A turn is one atomic batch; usually of one key. What changes tags writes head, usage, technical data
//! and indexes in the same batch. It decides no retention period (`retention` does), knows no engine
//! ([`Store`] does) and holds no key longer than the conversation is held ([`Keyring`] does).

mod burying;
mod choosing;
mod counting;
mod disposition;
mod due;
mod erasing;
mod error;
mod held;
mod holding;
mod holds;
mod layout;
mod listing;
mod noting;
mod own;
mod reading;
mod retiring;
mod sealed;
mod serving;
mod subjects;
mod sweeping;
mod tagging;
mod verify;
mod walk;
mod writing;

pub use disposition::{Breaker, Disposition, DueGroup, Sweep, SweepPlan};
pub use erasing::Receipt;
pub use error::ArchiveError;
pub use held::{Held, Noted, Tags};
pub use holding::Span;
pub use holds::{Hold, HoldId, Scope};
pub use listing::{Listing, Summary};
pub use noting::{Note, NoteRecord};
pub use subjects::Identifier;
pub use verify::Verification;

use super::keys::{Dek, KekId, Keyring, Random};
use super::record::{ConversationId, Tag, TechnicalRecord, TurnRecord};
use super::retention::{ClassName, Register};
use super::store::{Batch, Precondition, Store};
use crate::dialogue::{Channel, Event};
use held::retagged;
use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};
use layout::Kind;
use sealed::Place;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use writing::write_indexes;

/// Where conversations are kept.
pub struct Archive {
    store: Arc<dyn Store>,
    keyring: Arc<Keyring>,
    register: RwLock<Arc<Register>>,
    time_zone: TimeZone,
    random: Arc<dyn Random>,
    /// Held for reading from when a key of the keyring is chosen until what it sealed is committed, so
    /// that a key that is to be destroyed can be waited for.
    wrapping: tokio::sync::RwLock<()>,
    /// How much was sealed under the keys that are in use.
    wraps: Mutex<HashMap<KekId, usize>>,
    /// Held while keys are retired: what one seals anew must not go under a key that another destroys.
    retiring: tokio::sync::Mutex<()>,
    holds: RwLock<Arc<Vec<Hold>>>,
    /// The latest day that was seen: a clock that is set back brings nothing back.
    latest: RwLock<Option<Date>>,
}

/// A conversation that begins.
#[derive(Debug, Clone)]
pub struct Opening {
    /// Its id, a UUIDv7.
    pub id: ConversationId,
    /// The resident's reference code.
    pub reference: String,
    /// When it begins.
    pub at: Timestamp,
    /// By which channel.
    pub channel: Channel,
    /// Its session.
    pub session: Session,
    /// Address, browser, device.
    pub technical: TechnicalRecord,
    /// Its first turn, number 1.
    pub first: TurnRecord,
}

/// Who may resume a conversation: digests of tokens, never tokens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// SHA-256 of the token that is good now.
    pub token_hash: [u8; 32],
    /// SHA-256 of the one before, for a client that missed the answer with the new one.
    pub previous_hash: Option<[u8; 32]>,
    /// Counts the resumes.
    pub epoch: u64,
}

/// The body of a head.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    reference: String,
    channel: Channel,
    started: Timestamp,
    session: Session,
    tags: Tags,
    closed: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Noted::is_nothing")]
    noted: Noted,
}

/// A record of a data class of its own, with its tag.
#[derive(Debug, Serialize, Deserialize)]
struct Tagged<T> {
    tag: Tag,
    record: T,
}

impl Archive {
    /// An archive over `store`. Before it is used, [`Archive::bind`].
    #[must_use]
    pub fn new(
        store: Arc<dyn Store>,
        keyring: Arc<Keyring>,
        register: Arc<Register>,
        time_zone: TimeZone,
        random: Arc<dyn Random>,
    ) -> Self {
        Self {
            store,
            keyring,
            register: RwLock::new(register),
            time_zone,
            random,
            wrapping: tokio::sync::RwLock::new(()),
            wraps: Mutex::default(),
            retiring: tokio::sync::Mutex::default(),
            holds: RwLock::default(),
            latest: RwLock::default(),
        }
    }

    /// Tags what is recorded from now on by another version of the register.
    pub fn use_register(&self, register: Arc<Register>) {
        *self
            .register
            .write()
            .unwrap_or_else(PoisonError::into_inner) = register;
    }

    /// The register that is in use.
    #[must_use]
    pub fn register(&self) -> Arc<Register> {
        Arc::clone(&self.register.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Binds a new store to the keyring, or checks that a used one belongs to it; at start-up, so that
    /// a lost or mistaken keyring is found before residents are.
    ///
    /// # Errors
    /// [`ArchiveError::WrongKeyring`]; those of the store.
    pub async fn bind(&self) -> Result<(), ArchiveError> {
        let key = layout::all(Kind::Keyring);
        let sign = self.keyring.digest(&[b"keyring"]).to_vec();
        match self.store.get(key.clone()).await? {
            Some(bound) if bound == sign => {}
            Some(_) => return Err(ArchiveError::WrongKeyring),
            None if !self.store.scan(Vec::new(), None, 1).await?.is_empty() => {
                return Err(ArchiveError::WrongKeyring);
            }
            None => {
                let batch = Batch {
                    preconditions: vec![Precondition::Absent(key.clone())],
                    writes: vec![(key, Some(sign))],
                };
                self.store.commit(batch).await?;
            }
        }
        self.index_wrappings().await?;
        self.load_holds().await?;
        self.load_latest().await
    }

    /// Records the beginning of a conversation: its first turn, with everything else that stands once
    /// a conversation, in one batch.
    ///
    /// # Errors
    /// [`ArchiveError::Conflict`] if its id or its reference is taken; the store's.
    pub async fn open(&self, opening: Opening) -> Result<Held, ArchiveError> {
        let first = &opening.first;
        check(first, 1)?;
        let class = ClassName::new(opening.channel.record_class());
        let closed = first
            .events
            .iter()
            .any(|event| matches!(event, Event::Closed { .. }));
        let moments = self.moments(
            opening.at,
            opening.at,
            closed.then_some(opening.at),
            Noted::default(),
        );
        let class = retagged(first).unwrap_or(&class);
        let tags = self.tags(opening.channel, class, &moments)?;
        let _wrapping = self.wrapping.read().await;
        let kek = self.kek(&tags.conversation, opening.at).await?;
        let dek = Dek::random(&*self.random);
        let mut held = Held::new(&opening, dek, kek, tags);
        held.follow(first);

        let mut batch = Batch::default();
        let head = layout::record(Kind::Head, held.id, 0);
        let reference = self.reference_key(&held.reference);
        batch.preconditions = vec![
            Precondition::Absent(head),
            Precondition::Absent(reference.clone()),
        ];
        let named = self.reference_value(&held.reference, held.id);
        batch.writes.push((reference, Some(named)));
        self.write_turn(&mut batch, &held, first)?;
        self.write_head(&mut batch, &held)?;
        self.write_usage(&mut batch, &held).await?;
        self.write_technical(&mut batch, &held, &opening.technical)
            .await?;
        if let Some(key) = self.caller_key(held.id, &opening.technical) {
            batch.writes.push((key, Some(Vec::new())));
        }
        write_indexes(&mut batch, None, &held);
        self.store.commit(batch).await?;
        Ok(held)
    }

    /// Records a turn; durable when this returns. One key is written, unless the turn changes tags.
    ///
    /// # Errors
    /// [`ArchiveError::Conflict`] if somebody else has recorded it, and then `held` is as it was; the
    /// store's.
    pub async fn append(&self, held: &mut Held, turn: &TurnRecord) -> Result<(), ArchiveError> {
        check(turn, held.next_seq)?;
        let mut batch = Batch::default();
        self.write_turn(&mut batch, held, turn)?;
        self.write_subjects(&mut batch, held.id, turn).await?;
        let new_day = || self.day(turn.at) != self.day(held.last);
        if held.is_retagged_by(turn, new_day) {
            let wrapping = self.wrapping.read().await;
            let next = self.retag(&mut batch, held, turn).await?;
            self.store.commit(batch).await?;
            drop(wrapping);
            let before = std::mem::replace(held, next);
            self.retire_longer(&before, held, self.day(turn.at)).await?;
        } else {
            self.store.commit(batch).await?;
            held.follow(turn);
        }
        Ok(())
    }

    /// Replaces the session, as its token is rotated.
    ///
    /// # Errors
    /// [`ArchiveError::Conflict`] if the conversation was resumed or re-tagged elsewhere; the store's.
    pub async fn save_session(
        &self,
        held: &mut Held,
        session: Session,
    ) -> Result<(), ArchiveError> {
        let mut batch = Batch::default();
        let _wrapping = self.wrapping.read().await;
        let mut next = held.clone();
        // It may have been sealed anew since it was read.
        next.kek = self.expect_head(&mut batch, held).await?;
        next.session = session;
        self.write_head(&mut batch, &next)?;
        self.store.commit(batch).await?;
        *held = next;
        Ok(())
    }

    async fn holds_record(&self, kind: Kind, id: ConversationId) -> Result<bool, ArchiveError> {
        let value = self.store.get(layout::record(kind, id, 0)).await?;
        Ok(value.is_some())
    }

    /// Makes it a condition of `batch` that the head is still the one that `held` was read from, and
    /// gives the key that it is under now.
    async fn expect_head(&self, batch: &mut Batch, held: &Held) -> Result<KekId, ArchiveError> {
        let key = layout::record(Kind::Head, held.id, 0);
        let Some(value) = self.store.get(key.clone()).await? else {
            return Err(ArchiveError::Conflict);
        };
        let (head, _, kek) = self.open_head(held.id, &value)?;
        if head.session != held.session || head.tags != held.tags || head.noted != held.noted {
            return Err(ArchiveError::Conflict);
        }
        batch.preconditions.push(Precondition::Equals(key, value));
        Ok(kek)
    }

    fn open_head(
        &self,
        id: ConversationId,
        value: &[u8],
    ) -> Result<(Head, Dek, KekId), ArchiveError> {
        sealed::open_with_key(Place::single(Kind::Head, id), &self.keyring, value)
    }

    /// The day of a moment where the council is.
    #[must_use]
    pub fn day(&self, at: Timestamp) -> Date {
        self.time_zone.to_datetime(at).date()
    }

    /// Copies everything as it stands at one moment into the new folder `to`; gives the number of pairs.
    ///
    /// # Errors
    /// The store's.
    pub async fn export(&self, to: std::path::PathBuf) -> Result<u64, ArchiveError> {
        Ok(self.store.export(to).await?)
    }

    /// What stands for a conversation in the audit log: only this installation can make it again, from
    /// the reference code.
    #[must_use]
    pub fn audit_object(&self, reference: &str) -> String {
        let code = normalised(reference);
        let digest = self.keyring.digest(&[b"audit object", code.as_bytes()]);
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn reference_key(&self, reference: &str) -> Vec<u8> {
        let code = normalised(reference);
        layout::digested(
            Kind::Reference,
            &self.keyring.digest(&[b"reference", code.as_bytes()]),
        )
    }

    /// The id, and a proof that the reference was given to it: nobody is shown another's conversation
    /// because of a damaged or forged index.
    fn reference_value(&self, reference: &str, id: ConversationId) -> Vec<u8> {
        let code = normalised(reference);
        let parts: [&[u8]; 3] = [b"reference of", code.as_bytes(), id.0.as_bytes()];
        let mut value = id.0.as_bytes().to_vec();
        value.extend_from_slice(&self.keyring.digest(&parts));
        value
    }
}

/// Refuses a turn that does not follow on.
fn check(turn: &TurnRecord, expected: u64) -> Result<(), ArchiveError> {
    if turn.seq == expected {
        Ok(())
    } else {
        Err(ArchiveError::Conflict)
    }
}

/// A reference code as it is compared: residents leave out hyphens, and read it out in any case.
fn normalised(reference: &str) -> String {
    reference
        .chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

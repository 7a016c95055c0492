//! Erasing one conversation for good: written down, its rows removed, its keys destroyed, with a receipt.
//!
//! The order of steps is what makes it hold: the order is on disk first, so that a crash anywhere leaves
//! it to be carried out at the next start; the keys go last, when what others need of them is sealed
//! anew. It refuses what a hold or the law keeps, and says why.

use super::layout::{self, DATA_CLASSES, Kind};
use super::retiring::Pace;
use super::{Archive, ArchiveError};
use crate::transcripts::ledger::{Ledger, LedgerError, Order, key_name, named_key};
use crate::transcripts::record::{ConversationId, DataClass, Tag};
use crate::transcripts::store::{Batch, StoreError};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What came of an erasure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Its number; none if nothing was erased.
    pub number: Option<String>,
    /// When.
    pub at: Timestamp,
    /// What was erased.
    pub erased: Vec<DataClass>,
    /// What is kept, and why.
    pub kept: Vec<(DataClass, String)>,
    /// The keys that were destroyed.
    pub keys: Vec<String>,
    /// Records of others that were sealed anew under other keys.
    pub resealed: u64,
}

impl Archive {
    /// Erases what may be erased of a conversation, durably; none if there is none.
    ///
    /// # Errors
    /// The ledger's, and then nothing was erased; the store's and the keyring's, and then it is carried
    /// out when the archive is next opened.
    pub async fn erase(
        &self,
        id: ConversationId,
        ledger: &Arc<Ledger>,
        now: Timestamp,
    ) -> Result<Option<Receipt>, ArchiveError> {
        let (mut erased, mut kept) = (Vec::new(), Vec::new());
        for class in DATA_CLASSES {
            let Some(tag) = self.tag_of(id, class).await? else {
                continue;
            };
            match self.kept_by(id, &tag) {
                Some(why) => kept.push((class, why)),
                None => erased.push(class),
            }
        }
        if erased.is_empty() && kept.is_empty() {
            return Ok(None);
        }
        let mut receipt = Receipt {
            number: None,
            at: now,
            erased,
            kept,
            keys: Vec::new(),
            resealed: 0,
        };
        if receipt.erased.is_empty() {
            return Ok(Some(receipt));
        }
        let mut number = [0; 8];
        self.random.fill(&mut number);
        let keks = self.keks_of(id, &receipt.erased).await?;
        let order = Order {
            receipt: number.iter().map(|byte| format!("{byte:02x}")).collect(),
            at: now,
            conversation: id,
            classes: receipt.erased.clone(),
            keys: keks.into_iter().map(key_name).collect(),
        };
        let (book, written) = (Arc::clone(ledger), order.clone());
        on_disk(move || book.order(written)).await?;
        receipt.resealed = self.carry_out(&order, ledger, now).await?;
        receipt.number = Some(order.receipt);
        receipt.keys = order.keys;
        Ok(Some(receipt))
    }

    /// Carries out an order of the ledger; gives how many records of others were sealed anew.
    ///
    /// # Errors
    /// As [`Archive::erase`].
    pub async fn carry_out(
        &self,
        order: &Order,
        ledger: &Arc<Ledger>,
        now: Timestamp,
    ) -> Result<u64, ArchiveError> {
        let mut batch = Batch::default();
        for class in &order.classes {
            self.remove(&mut batch, order.conversation, *class).await?;
        }
        if !batch.writes.is_empty() {
            self.store.commit(batch).await?;
        }
        let mut keks = self.keks_of(order.conversation, &order.classes).await?;
        let there = self.keyring.keks();
        keks.extend(
            order
                .keys
                .iter()
                .filter_map(|name| named_key(name))
                .filter(|id| there.iter().any(|info| info.id == *id)),
        );
        keks.sort();
        keks.dedup();
        let resealed = self.retire(&keks, self.today(now), Pace::AtOnce).await?;
        let (ledger, receipt) = (Arc::clone(ledger), order.receipt.clone());
        on_disk(move || ledger.done(&receipt)).await?;
        Ok(resealed)
    }

    /// Carries out what the ledger orders and what was not carried out here yet; with `all`, what was
    /// too, for a store that came from a backup. Gives how many orders that were.
    ///
    /// # Errors
    /// As [`Archive::erase`].
    pub async fn replay(
        &self,
        ledger: &Arc<Ledger>,
        all: bool,
        now: Timestamp,
    ) -> Result<u64, ArchiveError> {
        let mut count = 0;
        for (order, carried_out) in ledger.orders()? {
            if all || !carried_out {
                self.carry_out(&order, ledger, now).await?;
                count += 1;
            }
        }
        Ok(count)
    }

    /// Why something with this tag is kept although its erasure is asked for.
    fn kept_by(&self, id: ConversationId, tag: &Tag) -> Option<String> {
        if let Some(hold) = self.holds_on(id, &tag.class).first() {
            return Some(format!(
                "hold {} of {} keeps it, to be looked at again on {}",
                hold.id, hold.owner, hold.review
            ));
        }
        let register = self.register();
        let row = register.rows.get(&tag.class).filter(|row| row.must_keep)?;
        let due = tag.due.map_or_else(
            || "a day that is not known yet".to_owned(),
            |due| due.to_string(),
        );
        Some(format!(
            "record class {} is kept until {due}: {} ({}); the right to erasure does not apply (UK GDPR Art 17(3))",
            row.class, row.authority, row.basis
        ))
    }

    /// Adds to `batch` the removal of all rows of a data class of a conversation, readable or not.
    pub(super) async fn remove(
        &self,
        batch: &mut Batch,
        id: ConversationId,
        class: DataClass,
    ) -> Result<(), ArchiveError> {
        let due = match self.tag_of(id, class).await {
            Ok(tag) => tag.and_then(|tag| tag.due),
            Err(ArchiveError::Unreadable { .. }) => None,
            Err(error) => return Err(error),
        };
        if let Some(due) = due {
            batch.writes.push((layout::expiry(due, id, class), None));
        }
        if class == DataClass::Conversation {
            match self.read(id).await {
                Ok(Some((held, turns))) => {
                    batch
                        .writes
                        .push((self.reference_key(held.reference()), None));
                    let technical = self.technical(&held).await?.unwrap_or_default();
                    let caller = self.caller_key(id, &technical);
                    let subjects = self.subject_keys(id, &turns).into_iter().chain(caller);
                    batch.writes.extend(subjects.map(|key| (key, None)));
                }
                // Its reference leads nowhere then, which is what it should.
                Ok(None) | Err(ArchiveError::Unreadable { .. }) => {}
                Err(error) => return Err(error),
            }
            for kind in [Kind::Turn, Kind::Note, Kind::Open] {
                self.remove_all(batch, kind, id).await?;
            }
        }
        self.remove_all(batch, layout::kind_of(class), id).await
    }

    async fn remove_all(
        &self,
        batch: &mut Batch,
        kind: Kind,
        id: ConversationId,
    ) -> Result<(), ArchiveError> {
        let mut records = self.walk(layout::of(kind, id));
        while let Some(page) = records.next().await? {
            let keys = page.into_iter().map(|(key, _)| (key, None));
            batch.writes.extend(keys);
        }
        Ok(())
    }
}

/// Runs what waits for the disk where waiting is allowed.
async fn on_disk(
    write: impl FnOnce() -> Result<(), LedgerError> + Send + 'static,
) -> Result<(), ArchiveError> {
    match tokio::task::spawn_blocking(write).await {
        Ok(done) => Ok(done?),
        Err(_) => Err(StoreError::Closed.into()),
    }
}

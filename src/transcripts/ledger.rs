//! The ledger of erasures: what was erased, so that a restored backup erases it again before it serves.
//!
//! One line an order and one when it is carried out, each with a code that only this keyring can make.
//! An order without the second is carried out at the next start: a crash in the middle of an erasure
//! leaves nothing half erased. It names conversations by ids that no resident has seen and that lead
//! nowhere once they are erased; it lies outside the store, so that a backup of the store does not bring
//! an older one back.

use super::durable;
use super::keys::{KekId, Keyring};
use super::record::{ConversationId, DataClass};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// An order to erase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// What it is called on the receipt.
    pub receipt: String,
    /// When it was given.
    pub at: Timestamp,
    /// Of which conversation.
    pub conversation: ConversationId,
    /// Which data.
    pub classes: Vec<DataClass>,
    /// The keys of the keyring that are destroyed for it, as 16 hex digits.
    pub keys: Vec<String>,
}

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Said {
    Order(Order),
    Done { receipt: String },
}

#[derive(Debug, Serialize, Deserialize)]
struct Line {
    #[serde(flatten)]
    said: Said,
    code: String,
}

/// Why the ledger could not be read or written.
#[derive(Debug, Clone, thiserror::Error)]
pub enum LedgerError {
    /// The operating system refused something.
    #[error("{what} at {path}: {cause}; nothing was erased")]
    Io {
        /// What was being done.
        what: &'static str,
        /// Where.
        path: String,
        /// The system's words.
        cause: String,
    },
    /// A line is not what was written.
    #[error(
        "line {line} of the ledger of erasures at {path} is not what was written: put back the copy that \
         belongs to this keyring, or what was erased may be served again"
    )]
    Changed {
        /// The file.
        path: String,
        /// The line, from 1.
        line: usize,
    },
}

/// The ledger, open.
#[derive(Debug)]
pub struct Ledger {
    path: PathBuf,
    keyring: Arc<Keyring>,
    file: Mutex<File>,
}

impl Ledger {
    /// Opens the ledger in `dir`, or makes it.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub fn open(dir: &Path, keyring: Arc<Keyring>) -> Result<Self, LedgerError> {
        let path = dir.join("erasures");
        let failed = |error: io::Error| io_failure(&path, "opening the ledger of erasures", &error);
        durable::make_dir(dir).map_err(failed)?;
        let file = OpenOptions::new()
            .create(true)
            .append(true)
            .mode(0o600)
            .open(&path)
            .map_err(failed)?;
        durable::sync_parent(&path).map_err(failed)?;
        let ledger = Self {
            path,
            keyring,
            file: Mutex::new(file),
        };
        let (_, whole_bytes) = ledger.read()?;
        let file = ledger.file.lock().unwrap_or_else(PoisonError::into_inner);
        // A torn last line was never acted upon.
        file.set_len(whole_bytes)
            .map_err(|error| io_failure(&ledger.path, "taking off a torn line", &error))?;
        drop(file);
        Ok(ledger)
    }

    /// Writes an order down; on disk when this returns. Waits for the disk.
    ///
    /// # Errors
    /// [`LedgerError::Io`].
    pub fn order(&self, order: Order) -> Result<(), LedgerError> {
        self.write(Said::Order(order))
    }

    /// Writes down that an order was carried out. Waits for the disk.
    ///
    /// # Errors
    /// [`LedgerError::Io`].
    pub fn done(&self, receipt: &str) -> Result<(), LedgerError> {
        self.write(Said::Done {
            receipt: receipt.to_owned(),
        })
    }

    /// Every order, oldest first, and whether it was carried out here.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub fn orders(&self) -> Result<Vec<(Order, bool)>, LedgerError> {
        let (said, _) = self.read()?;
        let mut done = BTreeSet::new();
        for said in &said {
            if let Said::Done { receipt } = said {
                done.insert(receipt.clone());
            }
        }
        let orders = said.into_iter().filter_map(|said| match said {
            Said::Order(order) => {
                let carried_out = done.contains(&order.receipt);
                Some((order, carried_out))
            }
            Said::Done { .. } => None,
        });
        Ok(orders.collect())
    }

    fn write(&self, said: Said) -> Result<(), LedgerError> {
        let failed =
            |error: io::Error| io_failure(&self.path, "writing the ledger of erasures", &error);
        let line = Line {
            code: self.code(&said).map_err(failed)?,
            said,
        };
        let mut text = serde_json::to_vec(&line).map_err(|error| failed(error.into()))?;
        text.push(b'\n');
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let before = file.metadata().map_err(failed)?.len();
        let written = file.write_all(&text).and_then(|()| file.sync_data());
        written.map_err(|error| {
            // Half a line must not stand before the next one.
            drop(file.set_len(before));
            failed(error)
        })
    }

    /// What the whole lines say, and how many bytes they take.
    fn read(&self) -> Result<(Vec<Said>, u64), LedgerError> {
        let bytes = std::fs::read(&self.path)
            .map_err(|error| io_failure(&self.path, "reading the ledger of erasures", &error))?;
        let (mut said, mut whole) = (Vec::new(), 0);
        for (number, text) in (1..).zip(bytes.split_inclusive(|byte| *byte == b'\n')) {
            if !text.ends_with(b"\n") {
                break;
            }
            let changed = || LedgerError::Changed {
                path: self.path.display().to_string(),
                line: number,
            };
            let line: Line = serde_json::from_slice(text).map_err(|_| changed())?;
            if self.code(&line.said).ok() != Some(line.code) {
                return Err(changed());
            }
            said.push(line.said);
            whole += text.len() as u64;
        }
        Ok((said, whole))
    }

    fn code(&self, said: &Said) -> io::Result<String> {
        let text = serde_json::to_vec(said)?;
        let code = self.keyring.digest(&[b"ledger of erasures", &text]);
        Ok(code.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

/// The name under which an order and a receipt name a key.
#[must_use]
pub fn key_name(id: KekId) -> String {
    id.to_string()
}

/// The key of that name.
#[must_use]
pub fn named_key(name: &str) -> Option<KekId> {
    u64::from_str_radix(name, 16).ok().map(KekId)
}

fn io_failure(path: &Path, what: &'static str, error: &io::Error) -> LedgerError {
    LedgerError::Io {
        what,
        path: path.display().to_string(),
        cause: error.to_string(),
    }
}

//! The audit log: an append-only file, each entry linked to the one before by its hash, and signed
//! checkpoints of the whole in another place.
//!
//! | file | what |
//! |---|---|
//! | `log` | one entry a line, JSON; before them what was taken out after its time, signed |
//! | `checkpoints/NUMBER.note` | size, RFC 6962 root and time, as a signed note (C2SP `tlog-checkpoint`) |
//!
//! Links show that an entry inside the log was changed; checkpoints show that the log was cut short or
//! written anew, as long as whoever did it could not reach the place where they are. An entry is on
//! disk before what it tells of is answered. It decides nobody's rights.

mod cutting;
mod entry;
mod merkle;
mod verify;

pub use cutting::Cut;
pub use entry::{Action, Deed, Entry};
use merkle::Tree;
pub use verify::{AuditVerification, Checkpoint, verify};

use super::durable;
use super::notes::{NoteSigner, NoteVerifier};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, Seek, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The first line of every checkpoint.
pub const ORIGIN: &str = "cece/audit";

/// Why the audit log could not be opened or written.
#[derive(Debug, Clone, thiserror::Error)]
pub enum AuditError {
    /// The operating system refused something.
    #[error("{what} at {path}: {cause}; nothing is done that cannot be entered in the audit log")]
    Io {
        /// What was being done.
        what: &'static str,
        /// Where.
        path: String,
        /// The system's words.
        cause: String,
    },
    /// Another process has it open.
    #[error("the audit log at {path} is in use by another process: ask the running server instead")]
    InUse {
        /// The file.
        path: String,
    },
    /// It was changed.
    #[error(
        "the audit log at {path} was changed: {what}; keep it as it is, put back the copy from your backup, \
         and see `cece audit verify`"
    )]
    Changed {
        /// The file.
        path: String,
        /// The first bad entry, and how it is bad.
        what: String,
    },
}

/// The log, open for appending.
#[derive(Debug)]
pub struct Audit {
    path: PathBuf,
    checkpoints: PathBuf,
    signer: NoteSigner,
    log: Mutex<Log>,
}

#[derive(Debug)]
struct Log {
    file: File,
    chain: Chain,
    checkpointed: u64,
}

/// How far the log has got.
#[derive(Debug, Clone, Default)]
pub(super) struct Chain {
    tree: Tree,
    last: String,
}

impl Chain {
    /// Follows one line, without its line break.
    fn follow(&mut self, line: &[u8]) {
        self.tree.push(line);
        self.last = hex(&Sha256::digest(line));
    }

    /// What the next entry names as the one before.
    fn previous(&self) -> String {
        if self.tree.size() == 0 {
            hex(&Sha256::digest([]))
        } else {
            self.last.clone()
        }
    }

    /// Checks and follows the next line: an entry, or the first line of a log that was cut, which it gives.
    fn take(&mut self, line: &[u8], verifier: &NoteVerifier) -> Result<Option<Cut>, String> {
        let begins = self.tree.size() == 0;
        match begins.then(|| Cut::read(line, verifier)).flatten() {
            Some(Ok((cut, begun))) => {
                *self = begun;
                Ok(Some(cut))
            }
            Some(Err(error)) => Err(format!("what was taken out at its beginning: {error}")),
            None => {
                self.check(line)?;
                self.follow(line);
                Ok(None)
            }
        }
    }

    /// Reads a line as the next entry.
    fn check(&self, line: &[u8]) -> Result<Entry, String> {
        let number = self.tree.size() + 1;
        let entry: Entry = serde_json::from_slice(line)
            .map_err(|_| format!("entry {number} is no entry (line {number})"))?;
        if entry.seq != number {
            return Err(format!(
                "entry {number} is missing or out of its place (line {number} says {})",
                entry.seq
            ));
        }
        if entry.previous != self.previous() {
            return Err(match number {
                1 => "entry 1 does not begin the log: entries before it were taken out".to_owned(),
                _ => format!(
                    "entry {} is not what was written, or its link in entry {number} is not",
                    number - 1
                ),
            });
        }
        Ok(entry)
    }
}

impl Audit {
    /// Opens the log in `dir`, or makes it; every link is checked. Waits for the disk.
    ///
    /// # Errors
    /// [`AuditError`].
    pub fn open(
        dir: &Path,
        checkpoints: &Path,
        signer: NoteSigner,
        now: Timestamp,
    ) -> Result<Self, AuditError> {
        let path = dir.join("log");
        let failed = |what| {
            let path = path.clone();
            move |error: io::Error| io_failure(&path, what, &error)
        };
        for folder in [dir, checkpoints] {
            durable::make_dir(folder).map_err(failed("making the folder"))?;
        }
        let file = OpenOptions::new()
            .create(true)
            .read(true)
            .append(true)
            .mode(0o600)
            .open(&path)
            .map_err(failed("opening the audit log"))?;
        lock(&file, &path)?;
        durable::sync_parent(&path).map_err(failed("syncing the folder"))?;
        let (chain, whole_bytes) = read_chain(&path, &signer.verifier())?;
        let torn = file.metadata().map_err(failed("measuring"))?.len() > whole_bytes;
        if torn {
            // Never answered: an entry is answered for only after its line is whole on the disk.
            file.set_len(whole_bytes)
                .map_err(failed("taking off a torn line"))?;
        }
        let audit = Self {
            path,
            checkpoints: checkpoints.to_owned(),
            signer,
            log: Mutex::new(Log {
                file,
                chain,
                checkpointed: 0,
            }),
        };
        if torn {
            audit.append(&Deed::new("cece", Action::Recovered, ""), now)?;
        }
        Ok(audit)
    }

    /// Enters a deed; on disk when this returns, with its number. Waits for the disk.
    ///
    /// # Errors
    /// [`AuditError::Io`], and then the deed must not be done.
    pub fn append(&self, deed: &Deed, now: Timestamp) -> Result<u64, AuditError> {
        let mut log = self.lock();
        let seq = log.chain.tree.size() + 1;
        let entry = Entry {
            seq,
            at: now,
            actor: deed.actor.clone(),
            action: deed.action,
            object: deed.object.clone(),
            register: deed.register.clone(),
            detail: deed.detail.clone(),
            previous: log.chain.previous(),
        };
        let failed = |error: io::Error| io_failure(&self.path, "writing the audit log", &error);
        let mut line = serde_json::to_vec(&entry).map_err(|error| failed(error.into()))?;
        line.push(b'\n');
        let before = log.file.metadata().map_err(failed)?.len();
        let written = log
            .file
            .write_all(&line)
            .and_then(|()| log.file.sync_data());
        if let Err(error) = written {
            // Half a line must not stand before the next one.
            drop(log.file.set_len(before));
            return Err(failed(error));
        }
        line.pop();
        log.chain.follow(&line);
        Ok(seq)
    }

    /// [`Audit::append`] for those who may not wait.
    ///
    /// # Errors
    /// As [`Audit::append`].
    pub async fn enter(self: &Arc<Self>, deed: Deed, now: Timestamp) -> Result<u64, AuditError> {
        let audit = Arc::clone(self);
        match tokio::task::spawn_blocking(move || audit.append(&deed, now)).await {
            Ok(done) => done,
            Err(_) => Err(AuditError::Io {
                what: "writing the audit log",
                path: self.path.display().to_string(),
                cause: "the server is stopping".to_owned(),
            }),
        }
    }

    /// Writes a checkpoint, unless the last one stands; where it is. Waits for the disk.
    ///
    /// # Errors
    /// [`AuditError::Io`].
    pub fn checkpoint(&self, now: Timestamp) -> Result<Option<PathBuf>, AuditError> {
        let mut log = self.lock();
        let size = log.chain.tree.size();
        if size == log.checkpointed || size == 0 {
            return Ok(None);
        }
        let root = STANDARD.encode(log.chain.tree.root());
        let note = self
            .signer
            .sign(&format!("{ORIGIN}\n{size}\n{root}\ntime {now}\n"));
        let path = self.checkpoints.join(format!("{size:012}.note"));
        durable::replace(&path, note.as_bytes())
            .map_err(|error| io_failure(&path, "writing a checkpoint", &error))?;
        log.checkpointed = size;
        Ok(Some(path))
    }

    /// The last `limit` entries for which `wanted` holds, oldest first. Waits for the disk.
    ///
    /// # Errors
    /// [`AuditError::Io`].
    pub fn entries(
        &self,
        limit: usize,
        wanted: impl Fn(&Entry) -> bool,
    ) -> Result<Vec<Entry>, AuditError> {
        let failed = |error: io::Error| io_failure(&self.path, "reading the audit log", &error);
        let file = File::open(&self.path).map_err(failed)?;
        let mut entries = std::collections::VecDeque::new();
        for line in BufReader::new(file).split(b'\n') {
            if let Ok(entry) = serde_json::from_slice::<Entry>(&line.map_err(failed)?)
                && wanted(&entry)
            {
                entries.push_back(entry);
                if entries.len() > limit {
                    entries.pop_front();
                }
            }
        }
        Ok(entries.into())
    }

    /// The log's file, the folder of the checkpoints, and the key that signs them.
    #[must_use]
    pub fn places(&self) -> (&Path, &Path, &NoteSigner) {
        (&self.path, &self.checkpoints, &self.signer)
    }

    fn lock(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Keeps other processes from the log at `path`, open in `file`.
fn lock(file: &File, path: &Path) -> Result<(), AuditError> {
    match file.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => Err(AuditError::InUse {
            path: path.display().to_string(),
        }),
        Err(TryLockError::Error(error)) => Err(io_failure(path, "locking the audit log", &error)),
    }
}

/// Follows the whole lines of the log at `path`; also gives how many bytes they take.
fn read_chain(path: &Path, verifier: &NoteVerifier) -> Result<(Chain, u64), AuditError> {
    let failed = |error: io::Error| io_failure(path, "reading the audit log", &error);
    let mut reader = BufReader::new(File::open(path).map_err(failed)?);
    let (mut chain, mut bytes, mut line) = (Chain::default(), 0, Vec::new());
    loop {
        line.clear();
        reader.read_until(b'\n', &mut line).map_err(failed)?;
        if line.pop() != Some(b'\n') {
            return Ok((chain, bytes));
        }
        chain
            .take(&line, verifier)
            .map_err(|what| AuditError::Changed {
                path: path.display().to_string(),
                what,
            })?;
        bytes = reader.stream_position().map_err(failed)?;
    }
}

fn io_failure(path: &Path, what: &'static str, error: &io::Error) -> AuditError {
    AuditError::Io {
        what,
        path: path.display().to_string(),
        cause: error.to_string(),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The notes in the folder `checkpoints`, by size.
fn notes(checkpoints: &Path) -> io::Result<Vec<PathBuf>> {
    let mut notes = Vec::new();
    if !checkpoints.exists() {
        return Ok(notes);
    }
    for entry in fs::read_dir(checkpoints)? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "note") {
            notes.push(path);
        }
    }
    notes.sort();
    Ok(notes)
}

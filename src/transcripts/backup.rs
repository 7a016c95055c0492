//! Backups: a folder with a copy of the store, the register, the audit log and the ledger of erasures;
//! and a restore that erases again what was erased since, before anything is served.
//!
//! | in a backup | what |
//! |---|---|
//! | `store/` | the store as it stood at one moment, sealed |
//! | `retention.toml`, `retention.signed` | the register |
//! | `audit/` | the audit log and the ledger of erasures |
//! | `manifest.json` | when, by which version, how many records |
//!
//! Keys are never in it; they go to a folder of their own, if that is asked for.

use super::archive::{Archive, ArchiveError};
use super::durable;
use super::ledger::Ledger;
use super::store::StoreError;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a backup is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// When it was made.
    pub made: Timestamp,
    /// The version of the register.
    pub register: String,
    /// The version of this program.
    pub program: String,
    /// Records in the store.
    pub pairs: u64,
}

/// Where a running installation has what goes into a backup besides the store.
#[derive(Debug, Clone)]
pub struct Files {
    /// The register.
    pub register: PathBuf,
    /// The folder of the audit log and of the ledger.
    pub audit: PathBuf,
    /// The folder of the keys.
    pub keys: PathBuf,
}

/// A backup in the making.
#[derive(Debug)]
pub struct Begun {
    to: PathBuf,
    partial: PathBuf,
}

/// What came of a restore.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Restored {
    /// Erasures that were carried out again.
    pub erased: u64,
    /// Records whose key is gone, which went too.
    pub buried: u64,
    /// Conversations that are whole.
    pub conversations: u64,
    /// What is wrong with the rest.
    pub faults: Vec<String>,
}

/// Begins a backup in the new folder `to`.
///
/// # Errors
/// If something is there already, or the folder cannot be made.
pub fn begin(to: &Path) -> Result<Begun, StoreError> {
    if to.exists() {
        let there = io::Error::new(
            io::ErrorKind::AlreadyExists,
            "something is there already: name a new folder",
        );
        return Err(failure("making the folder", to, &there));
    }
    let partial = durable::sibling(to, ".partial");
    if partial.exists() {
        fs::remove_dir_all(&partial)
            .map_err(|error| failure("clearing what a crash has left", &partial, &error))?;
    }
    durable::make_dir(&partial).map_err(|error| failure("making the folder", &partial, &error))?;
    Ok(Begun {
        to: to.to_owned(),
        partial,
    })
}

impl Begun {
    /// Where the store is to be exported to.
    #[must_use]
    pub fn store(&self) -> PathBuf {
        self.partial.join("store")
    }

    /// Copies the rest and gives the backup its name, durably. Waits for the disk.
    ///
    /// # Errors
    /// The system's; what is there is then named `.partial`.
    pub fn finish(
        self,
        files: &Files,
        manifest: &Manifest,
        keys_to: Option<&Path>,
    ) -> Result<(), StoreError> {
        let Self { to, partial } = self;
        let done = || -> io::Result<()> {
            fs::write(
                partial.join("manifest.json"),
                serde_json::to_vec_pretty(manifest)?,
            )?;
            fs::copy(&files.register, partial.join("retention.toml"))?;
            let signed = super::signature::beside(&files.register);
            if signed.exists() {
                fs::copy(signed, partial.join("retention.signed"))?;
            }
            copy_files(&files.audit, &partial.join("audit"))?;
            durable::sync_tree(&partial)?;
            fs::rename(&partial, &to)?;
            durable::sync_parent(&to)?;
            if let Some(keys) = keys_to {
                copy_files(&files.keys, keys)?;
                durable::sync_tree(keys)?;
            }
            Ok(())
        };
        done().map_err(|error| failure("finishing the backup", &to, &error))
    }
}

/// Copies the store of the backup at `from` into the new folder `to`, as the data folder of a server.
/// Nothing is opened yet.
///
/// # Errors
/// If `from` is no backup, or something is at `to`; the system's.
pub fn unpack(from: &Path, to: &Path) -> Result<Unpacked, StoreError> {
    let text = fs::read(from.join("manifest.json"))
        .map_err(|error| failure("reading the backup's manifest.json", from, &error))?;
    let manifest: Manifest = serde_json::from_slice(&text)
        .map_err(|error| failure("reading the backup's manifest.json", from, &error.into()))?;
    let Begun { to, partial } = begin(to)?;
    copy_tree(&from.join("store"), &partial.join("store"))
        .and_then(|()| durable::sync_tree(&partial))
        .map_err(|error| failure("copying the backup", from, &error))?;
    Ok(Unpacked {
        manifest,
        to,
        partial,
    })
}

/// A store out of a backup that has no name yet.
#[derive(Debug)]
pub struct Unpacked {
    /// What the backup says of itself.
    pub manifest: Manifest,
    to: PathBuf,
    partial: PathBuf,
}

impl Unpacked {
    /// Where the store stands meanwhile.
    #[must_use]
    pub fn store(&self) -> PathBuf {
        self.partial.join("store")
    }

    /// Gives the folder its name, once nobody has the store open.
    ///
    /// # Errors
    /// The system's.
    pub fn finish(self) -> Result<(), StoreError> {
        fs::rename(&self.partial, &self.to)
            .and_then(|()| durable::sync_parent(&self.to))
            .map_err(|error| failure("putting the restored data in its place", &self.to, &error))
    }
}

/// Makes a restored archive fit to be served: what was erased since is erased again, and what no key
/// opens any more is taken out.
///
/// # Errors
/// The archive's, [`ArchiveError::WrongKeyring`] among them.
pub async fn settle(
    archive: &Archive,
    ledger: &Arc<Ledger>,
    now: Timestamp,
) -> Result<Restored, ArchiveError> {
    archive.bind().await?;
    let erased = archive.replay(ledger, true, now).await?;
    let buried = archive.bury().await?;
    let found = archive.verify().await?;
    Ok(Restored {
        erased,
        buried,
        conversations: found.conversations,
        faults: found.faults,
    })
}

/// Puts the audit log and the ledger of the backup at `from` into `audit`, each where there is none yet: on
/// a new machine the backup's is the newest there is. Whether there was no ledger.
///
/// # Errors
/// The system's.
pub fn bring_books(from: &Path, audit: &Path) -> Result<bool, StoreError> {
    let log = bring(&from.join("audit/log"), &audit.join("log"));
    log.and_then(|_| bring(&from.join("audit/erasures"), &audit.join("erasures")))
        .map_err(|error| failure("bringing the audit log and the ledger", audit, &error))
}

fn bring(backed_up: &Path, present: &Path) -> io::Result<bool> {
    if present.exists() || !backed_up.exists() {
        return Ok(false);
    }
    if let Some(folder) = present.parent() {
        durable::make_dir(folder)?;
    }
    durable::create(present, &fs::read(backed_up)?)?;
    Ok(true)
}

/// The files of one folder, for their owner alone; folders in it are left.
fn copy_files(from: &Path, to: &Path) -> io::Result<()> {
    durable::make_dir(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            let bytes = zeroize::Zeroizing::new(fs::read(entry.path())?);
            durable::create(&to.join(entry.file_name()), &bytes)?;
        }
    }
    Ok(())
}

fn copy_tree(from: &Path, to: &Path) -> io::Result<()> {
    durable::make_dir(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_tree(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn failure(what: &'static str, path: &Path, error: &io::Error) -> StoreError {
    StoreError::Io {
        what,
        path: path.display().to_string(),
        cause: error.to_string(),
    }
}

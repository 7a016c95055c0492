//! Checking an audit log: every link, and every checkpoint.
//!
//! It needs the log, the checkpoints and the public key, and no other part of the installation, so that
//! an auditor can do it elsewhere. It changes nothing.

use super::{AuditError, Chain, Cut, ORIGIN, io_failure, notes};
use crate::transcripts::notes::NoteVerifier;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// What a check of the log found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditVerification {
    /// Entries in the log, with those that were taken out of it.
    pub entries: u64,
    /// What was taken out of it after its time.
    pub cut: Option<Cut>,
    /// Checkpoints of nothing but entries that were taken out, which can be compared no more.
    pub older: u64,
    /// Checkpoints that it agrees with.
    pub checkpoints: u64,
    /// Entries that the newest of them covers.
    pub covered: u64,
    /// What is wrong, the first bad entry first.
    pub faults: Vec<String>,
}

/// What a checkpoint says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Number of entries.
    pub size: u64,
    /// The root over them.
    pub root: Vec<u8>,
}

impl Checkpoint {
    /// Reads the text of a checkpoint.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        if lines.next()? != ORIGIN {
            return None;
        }
        Some(Self {
            size: lines.next()?.parse().ok()?,
            root: STANDARD.decode(lines.next()?).ok()?,
        })
    }
}

/// Checks the log at `log` against all checkpoints in the folder `checkpoints` and the file `against`.
///
/// # Errors
/// [`AuditError::Io`]; what is wrong with the log is no error but a finding.
pub fn verify(
    log: &Path,
    checkpoints: &Path,
    against: Option<&Path>,
    verifier: &NoteVerifier,
) -> Result<AuditVerification, AuditError> {
    let mut found = AuditVerification::default();
    let mut expected: BTreeMap<u64, Vec<(PathBuf, Vec<u8>)>> = BTreeMap::new();
    let folder = notes(checkpoints)
        .map_err(|error| io_failure(checkpoints, "listing the checkpoints", &error))?;
    for path in folder.into_iter().chain(against.map(Path::to_owned)) {
        let note = fs::read_to_string(&path)
            .map_err(|error| io_failure(&path, "reading the checkpoint", &error))?;
        let shown = path.display();
        match verifier.open(&note).map(Checkpoint::parse) {
            Ok(Some(point)) => expected
                .entry(point.size)
                .or_default()
                .push((path, point.root)),
            Ok(None) => found
                .faults
                .push(format!("{shown} is no checkpoint of an audit log")),
            Err(error) => found.faults.push(format!("{shown}: {error}")),
        }
    }
    let mut chain = Chain::default();
    let mut linked = true;
    let file = File::open(log).map_err(|error| io_failure(log, "reading the audit log", &error))?;
    for line in BufReader::new(file).split(b'\n') {
        let line = line.map_err(|error| io_failure(log, "reading the audit log", &error))?;
        match linked.then(|| chain.take(&line, verifier)) {
            Some(Ok(None)) => {}
            Some(Ok(Some(cut))) => {
                let later = expected.split_off(&cut.entries);
                found.older = expected.values().map(|points| points.len() as u64).sum();
                expected = later;
                found.cut = Some(cut);
            }
            Some(Err(what)) => {
                found.faults.push(what);
                linked = false;
                chain.follow(&line);
            }
            None => chain.follow(&line),
        }
        compare(&mut expected, &chain, &mut found);
    }
    found.entries = chain.tree.size();
    for (size, points) in expected {
        for (path, _) in points {
            found.faults.push(format!(
                "the log was cut short: {} knows {size} entries, and it has {}; entry {} is the first that is missing",
                path.display(),
                found.entries,
                found.entries + 1
            ));
        }
    }
    Ok(found)
}

/// Compares with the checkpoints of this size.
fn compare(
    expected: &mut BTreeMap<u64, Vec<(PathBuf, Vec<u8>)>>,
    chain: &Chain,
    found: &mut AuditVerification,
) {
    let size = chain.tree.size();
    for (path, root) in expected.remove(&size).unwrap_or_default() {
        if root == chain.tree.root() {
            found.checkpoints += 1;
            found.covered = size;
        } else {
            found.faults.push(format!(
                "the log was written anew: an entry from {} to {size} is not the one that {} was made of",
                found.covered + 1,
                path.display()
            ));
        }
    }
}

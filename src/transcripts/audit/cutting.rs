//! Taking the oldest entries out of a log when their time is over, so that what is left can still be checked.
//!
//! The first line then says what went, signed: how many entries, the hash of the last, and the roots of the
//! Merkle tree over them. Later entries link on to it, and every checkpoint from there on is still recomputed.
//! Which entries are over it does not know.

use super::entry::Entry;
use super::merkle::{Hash, Tree};
use super::{Audit, AuditError, Chain, io_failure, lock};
use crate::transcripts::durable;
use crate::transcripts::notes::{NoteError, NoteVerifier};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};

const TITLE: &str = "cece/audit/cut";

/// What was taken out of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// How many entries, the first of all among them.
    pub entries: u64,
    /// When the last of them was made.
    pub until: Timestamp,
    /// When they were taken out.
    pub at: Timestamp,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    cut: String,
}

impl Cut {
    /// Reads the first line of a log: what was taken out, and the chain to go on from. None if it is an
    /// entry like any other.
    pub(super) fn read(
        line: &[u8],
        verifier: &NoteVerifier,
    ) -> Option<Result<(Self, Chain), NoteError>> {
        let line: Line = serde_json::from_slice(line).ok()?;
        let opened = verifier.open(&line.cut);
        Some(opened.and_then(|text| Self::parse(text).ok_or(NoteError::NotANote)))
    }

    fn parse(text: &str) -> Option<(Self, Chain)> {
        let mut lines = text.lines();
        let mut field = |name: &str| lines.next()?.strip_prefix(name);
        field(TITLE)?;
        let entries = field("entries ")?.parse().ok()?;
        let last = field("last ")?.to_owned();
        let roots = field("roots ")?.split(' ');
        let roots: Option<Vec<Hash>> = roots
            .map(|root| STANDARD.decode(root).ok()?.try_into().ok())
            .collect();
        let cut = Self {
            entries,
            until: field("until ")?.parse().ok()?,
            at: field("time ")?.parse().ok()?,
        };
        let tree = Tree::of(roots?, entries)?;
        Some((cut, Chain { tree, last }))
    }

    fn text(&self, chain: &Chain) -> String {
        let roots: Vec<_> = chain
            .tree
            .full()
            .iter()
            .map(|r| STANDARD.encode(r))
            .collect();
        format!(
            "{TITLE}\nentries {}\nlast {}\nroots {}\nuntil {}\ntime {}\n",
            self.entries,
            chain.last,
            roots.join(" "),
            self.until,
            self.at
        )
    }
}

impl Audit {
    /// Takes out the entries from the first on for which `over` holds; none if it holds for none. Whoever
    /// wants to enter something waits meanwhile, and so does the caller, for the disk.
    ///
    /// # Errors
    /// [`AuditError`], and then the log is as it was.
    pub fn cut(
        &self,
        over: impl Fn(Timestamp) -> bool,
        now: Timestamp,
    ) -> Result<Option<Cut>, AuditError> {
        let mut log = self.lock();
        let failed = |error: io::Error| io_failure(&self.path, "cutting the audit log", &error);
        let mut old = BufReader::new(File::open(&self.path).map_err(failed)?);
        let (mut chain, mut first, mut until) = (Chain::default(), Vec::new(), None);
        loop {
            first.clear();
            old.read_until(b'\n', &mut first).map_err(failed)?;
            let line = first.strip_suffix(b"\n").unwrap_or_default();
            if let Some(Ok((_, begun))) = Cut::read(line, &self.signer.verifier()) {
                chain = begun;
                continue;
            }
            // The links were checked when it was opened, and nobody else has it open.
            match serde_json::from_slice::<Entry>(line) {
                Ok(entry) if over(entry.at) => until = Some(entry.at),
                Ok(_) | Err(_) => break,
            }
            chain.follow(line);
        }
        let Some(until) = until else {
            return Ok(None);
        };
        let cut = Cut {
            entries: chain.tree.size(),
            until,
            at: now,
        };
        let new = durable::sibling(&self.path, ".new");
        let mut write = || -> io::Result<File> {
            let mut file = durable::new_file(&new)?;
            let line = Line {
                cut: self.signer.sign(&cut.text(&chain)),
            };
            file.write_all(&serde_json::to_vec(&line)?)?;
            file.write_all(b"\n")?;
            file.write_all(&first)?;
            io::copy(&mut old, &mut file)?;
            file.sync_all()?;
            Ok(file)
        };
        let file = write().map_err(failed)?;
        lock(&file, &self.path)?;
        durable::put_in_place(&new, &self.path).map_err(failed)?;
        log.file = file;
        Ok(Some(cut))
    }
}

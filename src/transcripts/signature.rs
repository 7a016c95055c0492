//! The signature of a version of the retention register: by whom, in which role, when.
//!
//! It stands beside the register, `retention.toml` and `retention.signed`, as a signed note. A register
//! that was changed since is not signed: the note names the version that was. It signs nothing by
//! itself; an officer does, with `cece retention sign`.

use super::notes::{NoteError, NoteSigner, NoteVerifier};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::fmt;
use std::path::{Path, PathBuf};

const TITLE: &str = "cece retention register";
const NAME_BYTES_MAX: usize = 200;

/// Who has signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signatory {
    /// The officer's name.
    pub by: String,
    /// Their role, e.g. "Data Protection Officer".
    pub role: String,
    /// When.
    pub at: Timestamp,
}

/// Whether a register is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Nobody has signed it.
    Unsigned,
    /// Somebody has signed another version of it.
    Changed(Signatory),
    /// It is signed as it stands.
    Signed(Signatory),
    /// There is a signature that is not to be trusted.
    Doubtful(NoteError),
}

/// Why a register is not signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} is empty, too long or of several lines: give it in at most {NAME_BYTES_MAX} bytes")]
pub struct BadName {
    what: &'static str,
}

impl fmt::Display for Signatory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} ({}) on {}",
            self.by,
            self.role,
            self.at.strftime("%-d %B %Y")
        )
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SIGN: &str =
            "sign it with `cece retention sign`; until then nothing is destroyed by it";
        match self {
            Self::Unsigned => write!(f, "the retention register is unsigned: {SIGN}"),
            Self::Changed(was) => write!(
                f,
                "the retention register was changed after {was} had signed it: {SIGN}"
            ),
            Self::Signed(by) => write!(f, "the retention register is signed by {by}"),
            Self::Doubtful(why) => write!(
                f,
                "the signature of the retention register is not to be trusted ({why}): {SIGN}"
            ),
        }
    }
}

impl Standing {
    /// Whether records may be destroyed by it.
    #[must_use]
    pub fn is_signed(&self) -> bool {
        matches!(self, Self::Signed(_))
    }
}

/// Where the signature of the register at `path` stands.
#[must_use]
pub fn beside(path: &Path) -> PathBuf {
    path.with_extension("signed")
}

/// The note with which `by` signs `register`, the text of the file.
///
/// # Errors
/// [`BadName`].
pub fn sign(register: &str, by: &Signatory, signer: &NoteSigner) -> Result<String, BadName> {
    for (what, text) in [("--by", &by.by), ("--role", &by.role)] {
        let plain = |c: char| !c.is_control();
        if text.trim().is_empty() || text.len() > NAME_BYTES_MAX || !text.chars().all(plain) {
            return Err(BadName { what });
        }
    }
    Ok(signer.sign(&format!(
        "{TITLE}\nsha256 {}\nby {}\nrole {}\nat {}\n",
        digest(register),
        by.by.trim(),
        by.role.trim(),
        by.at
    )))
}

/// How `register` stands by `note`, if there is one.
#[must_use]
pub fn standing(register: &str, note: Option<&str>, verifier: &NoteVerifier) -> Standing {
    let Some(note) = note else {
        return Standing::Unsigned;
    };
    let text = match verifier.open(note) {
        Ok(text) => text,
        Err(error) => return Standing::Doubtful(error),
    };
    let Some((signed, by)) = read(text) else {
        return Standing::Doubtful(NoteError::NotANote);
    };
    if signed == digest(register) {
        Standing::Signed(by)
    } else {
        Standing::Changed(by)
    }
}

/// How the register in the file at `path` stands. A file that cannot be read is as good as none:
/// whoever needs the register itself reports it.
#[must_use]
pub fn standing_of(path: &Path, verifier: &NoteVerifier) -> Standing {
    let register = std::fs::read_to_string(path).unwrap_or_default();
    let note = std::fs::read_to_string(beside(path)).ok();
    standing(&register, note.as_deref(), verifier)
}

fn read(text: &str) -> Option<(&str, Signatory)> {
    let mut lines = text.lines();
    let mut field = |name: &str| lines.next()?.strip_prefix(name);
    field(TITLE)?;
    let digest = field("sha256 ")?;
    let by = field("by ")?.to_owned();
    let role = field("role ")?.to_owned();
    let at = field("at ")?.parse().ok()?;
    Some((digest, Signatory { by, role, at }))
}

fn digest(register: &str) -> String {
    let digest = Sha256::digest(register.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

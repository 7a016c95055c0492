//! Why the archive could not do what it was asked; never with content.

use crate::transcripts::keys::KeyError;
use crate::transcripts::ledger::LedgerError;
use crate::transcripts::record::ConversationId;
use crate::transcripts::retention::ClassName;
use crate::transcripts::store::{CommitError, StoreError};
use jiff::civil::Date;

/// Why the archive could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// Somebody else has recorded this turn, or taken this id or reference: nothing was written.
    #[error("the conversation has moved on since it was read")]
    Conflict,
    /// Less than the floor is free on the disk: nothing was written.
    #[error(
        "{free_bytes} bytes are free where the store lives, and it needs {floor_bytes}: make room"
    )]
    DiskFull {
        /// Free bytes.
        free_bytes: u64,
        /// The configured floor.
        floor_bytes: u64,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A key could not be had.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A record is not what was written, or cannot be opened any more.
    #[error("record {seq} of conversation {conversation} cannot be read: {why}")]
    Unreadable {
        /// The conversation.
        conversation: ConversationId,
        /// The turn's number; 0 for what stands once a conversation.
        seq: u64,
        /// Why; never content.
        why: String,
    },
    /// A turn that cannot be recorded: a fault in this program.
    #[error("turn {seq} of conversation {conversation} cannot be recorded: {why}")]
    BadTurn {
        /// The conversation.
        conversation: ConversationId,
        /// The turn's number.
        seq: u64,
        /// Why.
        why: &'static str,
    },
    /// A record class without a row.
    #[error(
        "record class `{0}` has no row in the retention register: add one to transcripts/retention.toml"
    )]
    UnknownClass(ClassName),
    /// The keyring is another store's.
    #[error(
        "the keyring does not belong to this store, so nothing in it could be read: put back the keyring \
         that does, or move the store away to begin anew"
    )]
    WrongKeyring,
    /// Its time is over.
    #[error("it was kept until {due}, and is no longer shown")]
    Expired {
        /// The last day on which it was kept.
        due: Date,
    },
    /// A record of the archive's own was changed.
    #[error(
        "{0} was changed by somebody else than this program: check the store with `cece transcripts verify`, \
         and restore a backup if it is damaged"
    )]
    Changed(&'static str),
    /// The clock was set back.
    #[error(
        "the clock says {today}, and {latest} has been already: set the clock, or, if it was ahead then and is \
         right now, say so with `cece retention clock-is-right`; until then nothing is destroyed, and what was \
         over stays over"
    )]
    ClockBack {
        /// Today, by the clock.
        today: Date,
        /// The latest day that was seen.
        latest: Date,
    },
    /// The ledger of erasures could not be written.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// What cannot be noted.
    #[error("{0}")]
    BadNote(String),
}

impl From<CommitError> for ArchiveError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Conflict => Self::Conflict,
            CommitError::DiskFull {
                free_bytes,
                floor_bytes,
            } => Self::DiskFull {
                free_bytes,
                floor_bytes,
            },
            CommitError::Store(error) => Self::Store(error),
        }
    }
}

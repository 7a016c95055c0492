//! An entry of the audit log: who did what, when, to what, under which version of the register.
//!
//! It holds no content and no identifier of a resident: what it is about is a digest that only this
//! installation can compute again from the reference code.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// The server started.
    Started,
    /// The log was opened and its last line was cut short by a crash; that line was never answered.
    Recovered,
    /// Conversations were listed.
    Listed,
    /// A conversation was looked at.
    Looked,
    /// A subject was searched for.
    Searched,
    /// Everything held of a subject was handed out.
    Exported,
    /// An entry was corrected.
    Corrected,
    /// Erasure was ordered: from here on it cannot be taken back.
    EraseOrdered,
    /// It was erased.
    Erased,
    /// Erasure was refused, because something keeps it.
    EraseRefused,
    /// Consent was withdrawn, or surveys refused.
    Withdrawn,
    /// A case was closed.
    CaseClosed,
    /// A record class was changed by hand.
    Retagged,
    /// A hold was laid on something.
    HoldAdded,
    /// A hold was lifted.
    HoldReleased,
    /// Holds were listed.
    HoldsListed,
    /// A run of the sweeper, or what it refused.
    Swept,
    /// What would be swept was looked at.
    SweepPlanned,
    /// A report of what is held was made.
    Reported,
    /// The register was signed.
    RegisterSigned,
    /// The day was set back to the clock's.
    ClockTrusted,
    /// Another version of the register came into use.
    RegisterChanged,
    /// Keys were rotated.
    KeysRotated,
    /// A backup was made.
    BackedUp,
    /// A backup was restored here.
    Restored,
    /// The whole archive was checked.
    Verified,
    /// The store was compacted.
    Compacted,
    /// An account was made, changed or removed.
    AccountChanged,
    /// Somebody logged in.
    LoggedIn,
    /// A login was refused.
    LoginRefused,
    /// Somebody was refused what their role does not allow.
    Forbidden,
    /// The log itself was read.
    AuditListed,
    /// The log itself was checked.
    AuditVerified,
    /// Entries were taken out of the log after their time.
    AuditCut,
    /// Accounts were listed.
    AccountsListed,
}

impl Action {
    /// Its name in the log.
    #[must_use]
    pub fn name(self) -> String {
        serde_json::to_value(self)
            .ok()
            .and_then(|value| value.as_str().map(str::to_owned))
            .unwrap_or_default()
    }
}

/// What is to be entered; the log adds number, time and the link to the entry before.
#[derive(Debug, Clone)]
pub struct Deed {
    /// Who: an account, or the user of this machine who asked.
    pub actor: String,
    /// What.
    pub action: Action,
    /// A digest of what it is about; none where it is about everything.
    pub object: Option<String>,
    /// The version of the register.
    pub register: String,
    /// Counts, classes, key ids: never content.
    pub detail: BTreeMap<String, String>,
}

impl Deed {
    /// Something that `actor` does under a version of the register.
    #[must_use]
    pub fn new(actor: &str, action: Action, register: &str) -> Self {
        Self {
            actor: actor.to_owned(),
            action,
            object: None,
            register: register.to_owned(),
            detail: BTreeMap::new(),
        }
    }

    /// The same, about an object.
    #[must_use]
    pub fn about(mut self, object: String) -> Self {
        self.object = Some(object);
        self
    }

    /// The same, with a detail.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.detail.insert(name.to_owned(), value.to_string());
        self
    }
}

/// An entry as it stands in the log, one line of JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Number, from 1.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: String,
    /// What.
    pub action: Action,
    /// A digest of what it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// The version of the register.
    pub register: String,
    /// Counts, classes, key ids.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub detail: BTreeMap<String, String>,
    /// SHA-256 of the line before, hex; of nothing for the first.
    pub previous: String,
}

//! What may be asked of the records office, from the command line, the admin socket or the HTTP API, and
//! what it replies.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::path::PathBuf;

/// A request.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Request {
    /// The conversations that are kept.
    List {
        /// At most so many.
        limit: usize,
    },
    /// One conversation, by its reference code.
    Show {
        /// The reference code.
        reference: String,
    },
    /// What was not understood in the newest conversations, redacted as it is kept.
    Unclear {
        /// In at most so many conversations.
        limit: usize,
    },
    /// Counts of what was asked and how it came out; nothing that was said.
    Activity {
        /// First day.
        from: Date,
        /// Last day.
        to: Date,
    },
    /// Whether every record opens and every tag is right.
    Verify,
    /// Read the content anew.
    Reload,
    /// The conversations of a person.
    Find {
        /// What they are known by.
        by: Known,
    },
    /// Everything that is held of a conversation, for the person it is about.
    Export {
        /// The reference code.
        reference: String,
    },
    /// An entry is wrong.
    Correct {
        /// The reference code.
        reference: String,
        /// The entry's number.
        entry: u64,
        /// What is right.
        text: String,
    },
    /// Erase a conversation.
    Erase {
        /// The reference code.
        reference: String,
    },
    /// Consent is withdrawn.
    Withdraw {
        /// What they are known by.
        by: Known,
    },
    /// The case that a conversation opened was closed.
    CaseClosed {
        /// The reference code.
        reference: String,
        /// On which day; today if it is left out.
        #[serde(default)]
        on: Option<Date>,
    },
    /// A conversation is of another record class than it was taken for.
    Retag {
        /// The reference code.
        reference: String,
        /// A record class of the register.
        class: String,
        /// Why.
        reason: String,
    },
    /// Lay a hold.
    HoldAdd {
        /// On this conversation, by its reference code.
        #[serde(default)]
        reference: Option<String>,
        /// Or on everything of this record class.
        #[serde(default)]
        class: Option<String>,
        /// Who answers for it.
        owner: String,
        /// Why.
        reason: String,
        /// When it is looked at again.
        review: Date,
    },
    /// All holds.
    HoldList,
    /// Lift a hold.
    HoldRelease {
        /// Its number.
        id: String,
    },
    /// What is held, as a page.
    RetentionReport,
    /// What a sweep would do.
    SweepPlan,
    /// Purge what is over.
    Sweep {
        /// The number of records that somebody has agreed to, where it is more than usual.
        #[serde(default)]
        expect: Option<u64>,
    },
    /// What is over and waits for a person.
    Review,
    /// Dispose of one of those.
    Dispose {
        /// The reference code.
        reference: String,
    },
    /// The clock was ahead once, and is right now.
    ClockIsRight,
    /// Sign the register as it stands.
    Sign {
        /// The officer's name.
        by: String,
        /// Their role.
        role: String,
    },
    /// Check the audit log.
    AuditVerify {
        /// A checkpoint that was kept elsewhere.
        #[serde(default)]
        against: Option<PathBuf>,
    },
    /// Entries of the audit log.
    AuditList {
        /// At most so many, the last ones.
        limit: usize,
        /// Those about this conversation, by its reference code, which may be erased.
        #[serde(default)]
        reference: Option<String>,
    },
    /// The public key that checks checkpoints and signatures.
    AuditKey,
    /// Copy everything but keys into a new folder, and the keys into another.
    Backup {
        /// The new folder.
        to: PathBuf,
        /// The new folder for the keys.
        #[serde(default)]
        keys_to: Option<PathBuf>,
    },
    /// The same, into new folders of this name in those that the settings name.
    BackupNamed {
        /// Letters, digits, `-` and `_`.
        name: String,
    },
    /// New keys.
    RotateKeys {
        /// Besides the master key, every key of the keyring.
        all: bool,
    },
    /// Make an account.
    AccountAdd {
        /// Its name.
        name: String,
        /// Its role.
        role: String,
        /// Its password.
        password: Password,
    },
    /// Remove an account.
    AccountRemove {
        /// Its name.
        name: String,
    },
    /// All accounts.
    AccountList,
}

/// What a person is known by.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Known {
    /// The reference code of a conversation.
    Reference(String),
    /// A telephone number that they gave a form.
    Phone(String),
    /// An e-mail address that they gave a form.
    Email(String),
    /// A name and a date of birth that they gave forms.
    Person {
        /// Name.
        name: String,
        /// Date of birth.
        born: String,
    },
}

/// A password on its way; it is not shown.
#[derive(Clone, Serialize, Deserialize, zeroize::Zeroize, zeroize::ZeroizeOnDrop)]
#[serde(transparent)]
pub struct Password(String);

impl Password {
    /// Takes ownership of one.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// Its length in characters.
    #[must_use]
    pub fn chars(&self) -> usize {
        self.0.chars().count()
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password")
    }
}

/// A reply: text for the person who asked, and the same for a machine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    /// Whether it was done, and nothing was wrong.
    pub ok: bool,
    /// What to show.
    pub text: String,
    /// The same as data.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub data: Value,
}

impl Reply {
    /// It was done.
    #[must_use]
    pub fn done(text: impl Into<String>) -> Self {
        Self {
            ok: true,
            text: text.into(),
            data: Value::Null,
        }
    }

    /// It was not done, or something is wrong.
    #[must_use]
    pub fn refused(text: impl Into<String>) -> Self {
        Self {
            ok: false,
            text: text.into(),
            data: Value::Null,
        }
    }

    /// The same, with data.
    #[must_use]
    pub fn with(mut self, data: impl Serialize) -> Self {
        self.data = serde_json::to_value(data).unwrap_or_default();
        self
    }
}

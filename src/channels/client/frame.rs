//! What the server sends on the native WebSocket, as a client reads it.
//!
//! Read leniently, so that a client outlives small additions: unknown fields are passed over and
//! an unknown `type` is [`Frame::Unknown`]. The writing side and the schema are the server's.

use crate::content::Link;
use crate::dialogue::{Choice, Redirection, Speaker};
use serde::Deserialize;

/// One frame from the server.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Frame {
    /// The conversation has begun or was taken up again.
    Welcome(Welcome),
    /// A message is durably recorded.
    Ack {
        /// The number the client gave it.
        client_seq: u64,
        /// The number the log gave it.
        seq: u64,
    },
    /// Personal data was seen in a message and removed from the record.
    Warn(Warning),
    /// Something was said.
    Say(Say),
    /// The resident was taken to a department.
    Redirect {
        /// Number in the log.
        seq: u64,
        /// Where to.
        #[serde(flatten)]
        to: Redirection,
    },
    /// Where the dialogue stands.
    State {
        /// E.g. `listening`, `collecting`.
        phase: String,
    },
    /// An answer is being prepared, or an officer types.
    Typing,
    /// Something was refused; the conversation goes on unless the code says otherwise.
    Error(Refusal),
    /// The server is about to go: come back after this time.
    Reconnect {
        /// Milliseconds to wait.
        after_ms: u64,
    },
    /// The last frame of this connection.
    Bye {
        /// Why.
        reason: Bye,
    },
    /// A type that this client does not know.
    #[serde(other)]
    Unknown,
}

/// The first frame of every connection.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Welcome {
    /// The conversation's id.
    pub conversation: String,
    /// Takes this conversation up again; replaces every earlier one.
    pub token: String,
    /// The highest number in the log so far.
    pub head_seq: u64,
    /// What the resident can quote, e.g. `CV-7K4M-29QX`.
    pub reference: String,
    /// What the resident must know: automated, what is kept and for how long.
    #[serde(default)]
    pub notice: String,
    /// When people can be reached, in words.
    #[serde(default)]
    pub hours: String,
    /// The highest `client_seq` recorded; 0 in a new conversation.
    #[serde(default)]
    pub last_client_seq: u64,
}

/// Something said, or on a replay the resident's own words, redacted.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Say {
    /// Number in the log.
    pub seq: u64,
    /// By whom.
    pub from: Speaker,
    /// The words.
    pub text: String,
    /// What can be chosen.
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// Where one can go.
    #[serde(default)]
    pub links: Vec<Link>,
}

/// The warning about personal data in a message of the resident's.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Warning {
    /// Which message; none where its sender gave it no number.
    #[serde(default)]
    pub client_seq: Option<u64>,
    /// What was found in it.
    pub findings: Vec<WarnedSpan>,
    /// The warning in words.
    pub text: String,
}

/// One span of personal data: where, what, and what to do instead.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct WarnedSpan {
    /// E.g. `CREDIT_CARD`.
    pub kind: String,
    /// First code point of the message; none in a replay, where the message is redacted.
    #[serde(default)]
    pub start: Option<u32>,
    /// One past the last.
    #[serde(default)]
    pub end: Option<u32>,
    /// What to do instead.
    #[serde(default)]
    pub advice: String,
}

/// Why something was refused.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Refusal {
    /// Stable, for programs.
    pub code: String,
    /// For people; never the resident's words.
    pub message: String,
    /// The message it is about.
    #[serde(default)]
    pub client_seq: Option<u64>,
    /// Nothing was taken, and after so many milliseconds it may be sent again.
    #[serde(default)]
    pub retry_after_ms: Option<u64>,
}

/// Why the server ends a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bye {
    /// The resident ended the conversation.
    Ended,
    /// Nothing was said for too long.
    #[serde(alias = "timed-out")]
    TimedOut,
    /// The longest conversation was reached.
    #[serde(alias = "too-long")]
    TooLong,
    /// This client read too slowly.
    Slow,
    /// The conversation was taken up elsewhere.
    Superseded,
    /// The server is being stopped.
    Drain,
    /// A reason that this client does not know.
    #[serde(other)]
    Other,
}

impl Bye {
    /// Whether the conversation can be taken up again on a new connection.
    #[must_use]
    pub fn resumable(self) -> bool {
        match self {
            Self::Slow | Self::Drain => true,
            Self::Ended | Self::TimedOut | Self::TooLong | Self::Superseded | Self::Other => false,
        }
    }
}

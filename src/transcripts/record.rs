//! The records of a conversation, each with its retention tag: conversation, usage, technical data.

use super::retention::{ClassName, Trigger};
use crate::dialogue::{Channel, Event, Outcome};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// A conversation's id: a UUIDv7, never shown to residents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ConversationId(pub Uuid);

impl fmt::Display for ConversationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What kind of data a record holds: each has its own tag and its own key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DataClass {
    /// What was said and decided.
    Conversation,
    /// Time, duration, frequency.
    Usage,
    /// Address, browser, device.
    Technical,
}

/// Under which row of the register a record is kept, and until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// The row.
    pub class: ClassName,
    /// Legal basis, in the register's words.
    pub basis: String,
    /// ISO 8601 period, e.g. `P12M`.
    pub keep_for: String,
    /// What the period runs from.
    pub keep_from: Vec<Trigger>,
    /// The last day on which it is kept; none until the trigger has happened.
    pub due: Option<Date>,
    /// Hash of the register's version that it was made under.
    pub register: String,
}

/// One turn, as it is committed: what came in, what was decided, what was said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TurnRecord {
    /// Number of its first entry in the conversation's log; the first turn of all has 1.
    pub seq: u64,
    /// When it was taken.
    pub at: Timestamp,
    /// The client's number for it, where a client sent it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_seq: Option<u64>,
    /// Hash of the screened input, to tell a repeated turn from a changed one. Of safe text only.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub fingerprint: u64,
    /// The events, the input first.
    pub events: Vec<Event>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature serde asks for"
)]
fn is_zero(n: &u64) -> bool {
    *n == 0
}

impl TurnRecord {
    /// Number of the next turn's first entry. A turn in which nothing is shown (silence while an
    /// officer has the call) takes a number too, since the number is its key.
    #[must_use]
    pub fn next_seq(&self) -> u64 {
        let shown = self.events.iter().filter(|event| event.takes_seq()).count();
        self.seq + shown.max(1) as u64
    }
}

/// Usage data: time, duration, frequency. Holds nothing that was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsageRecord {
    /// By which channel.
    pub channel: Channel,
    /// When it began.
    pub started: Timestamp,
    /// When it was closed.
    pub closed: Option<Timestamp>,
    /// Messages of the resident.
    pub messages: u32,
    /// How its needs came out.
    pub outcomes: Vec<Outcome>,
    /// Departments it was taken to, by slug.
    pub departments: Vec<String>,
}

/// Technical data: kept for the shortest time of all.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TechnicalRecord {
    /// Internet address of the client.
    pub address: Option<String>,
    /// Browser and device, as the client named itself, cut to 256 bytes.
    pub user_agent: Option<String>,
    /// Preferred languages, as the client named them, cut to 64 bytes.
    pub languages: Option<String>,
    /// Of a call, the number that rang, as the platform gave it, cut to 64 bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caller: Option<String>,
    /// Of a call, the number that was rung, cut to 64 bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called: Option<String>,
}

//! The frames of the native WebSocket, protocol 1: text frames of JSON, `type` first.
//!
//! `docs/websocket.schema.json` is made from these types, and a test holds them to it.

use crate::content::Link;
use crate::dialogue::{Choice, Phase, Redirection, Speaker};
use crate::pii::{PiiKind, RawText};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Room for the usual frame, so that it is written without growing.
pub(super) const FRAME_BYTES_USUAL: usize = 512;

/// The protocol version that is spoken here.
pub const PROTO: u32 = 1;

/// What a client sends. It cannot be printed or copied: a message holds raw text.
#[derive(Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ClientFrame {
    /// The first frame: opens a conversation, or takes one up again.
    Hello {
        /// The protocol version, 1.
        proto: u32,
        /// BCP 47 tag of the language, e.g. `en-GB` or `cy`.
        #[serde(default)]
        locale: Option<String>,
        /// The page that the chat was opened on.
        #[serde(default)]
        page: Option<Page>,
        /// To take up a conversation again.
        #[serde(default)]
        resume: Option<Resume>,
    },
    /// What the resident wrote.
    Message {
        /// One more than the client's last; repeated when sent again.
        client_seq: u64,
        /// The words.
        text: RawText,
    },
    /// A choice that was offered.
    Choose {
        /// One more than the client's last; repeated when sent again.
        client_seq: u64,
        /// The choice's id.
        choice: RawText,
    },
    /// The resident is typing, or wants the conversation kept open. Nothing is recorded; the time
    /// without a word begins anew.
    Typing,
    /// The resident ends the conversation.
    End {
        /// One more than the client's last; repeated when sent again.
        client_seq: u64,
    },
    /// After a gap: everything from this number on, please.
    Resync {
        /// First number that is missing.
        from: u64,
    },
}

/// The page that a chat was opened on.
#[derive(Deserialize, JsonSchema)]
pub struct Page {
    /// Its address; the query and the fragment are dropped.
    pub url: RawText,
    /// Its title.
    #[serde(default)]
    pub title: Option<RawText>,
}

/// What a client needs to come back.
#[derive(Deserialize, JsonSchema)]
pub struct Resume {
    /// The token of the last welcome.
    pub token: String,
    /// The last number it has shown.
    pub last_seq: u64,
}

/// What the server sends.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ServerFrame<'a> {
    /// The conversation is open.
    Welcome {
        /// Its id.
        conversation: String,
        /// For the next resume; replaces the one before.
        token: &'a str,
        /// This connection's number among those of the conversation.
        epoch: u64,
        /// Number of the last entry in the log.
        head_seq: u64,
        /// The client's number of the last turn that was taken; 0 for none.
        last_client_seq: u64,
        /// The resident's reference code.
        reference: &'a str,
        /// What this server allows.
        limits: ClientLimits,
        /// That it is automated, what is kept, how to reach a person.
        notice: &'a str,
        /// When people can be reached.
        hours: &'a str,
    },
    /// A turn is durable.
    Ack {
        /// The client's number for it.
        client_seq: u64,
        /// Its number in the log.
        seq: u64,
    },
    /// Personal data was removed from what was sent.
    Warn {
        /// The client's number of that turn; none in a replay of a turn that had none.
        #[serde(skip_serializing_if = "Option::is_none")]
        client_seq: Option<u64>,
        /// Where and what.
        findings: Vec<WarnFinding<'a>>,
        /// The warning in words.
        text: &'a str,
    },
    /// Something was said.
    Say {
        /// Its number in the log.
        seq: u64,
        /// By whom. `resident` only in a replay: their own words, redacted.
        from: Speaker,
        /// The words.
        text: &'a str,
        /// Choices offered with it.
        #[serde(skip_serializing_if = "<[Choice]>::is_empty")]
        choices: &'a [Choice],
        /// Links offered with it.
        #[serde(skip_serializing_if = "<[Link]>::is_empty")]
        links: &'a [Link],
        /// What is asked for.
        #[serde(skip_serializing_if = "Option::is_none")]
        expects: Option<Expected<'a>>,
        /// When, in RFC 3339; only in a replay, since what is new is said now.
        #[serde(skip_serializing_if = "Option::is_none")]
        at: Option<String>,
    },
    /// The conversation was taken to a department.
    Redirect {
        /// Its number in the log.
        seq: u64,
        /// Where to.
        #[serde(flatten)]
        to: &'a Redirection,
        /// When, in RFC 3339; only in a replay.
        #[serde(skip_serializing_if = "Option::is_none")]
        at: Option<String>,
    },
    /// Where the conversation stands.
    State {
        /// Its state.
        phase: Phase,
    },
    /// Somebody at the council is typing.
    Typing,
    /// Something that was sent could not be taken. The conversation goes on.
    Error {
        /// A stable code.
        code: ErrorCode,
        /// What to do, in words.
        message: &'a str,
        /// The client's number of the turn that it concerns.
        #[serde(skip_serializing_if = "Option::is_none")]
        client_seq: Option<u64>,
        /// When to try again, milliseconds.
        #[serde(skip_serializing_if = "Option::is_none")]
        retry_after_ms: Option<u64>,
    },
    /// The server is going away: come back after this time.
    Reconnect {
        /// Milliseconds.
        after_ms: u64,
    },
    /// The conversation, or this connection to it, is over.
    Bye {
        /// Why.
        reason: ByeReason,
    },
}

impl ServerFrame<'_> {
    /// The frame as it is sent.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = Vec::with_capacity(FRAME_BYTES_USUAL);
        self.write_to(&mut text);
        String::from_utf8(text).unwrap_or_default()
    }

    /// Writes the frame as it is sent.
    pub(super) fn write_to(&self, out: impl std::io::Write) {
        // Nothing in a frame can fail to be written: no map keys, no numbers that JSON lacks.
        let _ = serde_json::to_writer(out, self);
    }
}

/// A finding of a warning: positions in code points of what was sent, missing in a replay.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WarnFinding<'a> {
    /// What it is.
    pub kind: PiiKind,
    /// First code point.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<u32>,
    /// One past the last code point.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<u32>,
    /// Why it was removed and what to do instead.
    pub advice: &'a str,
}

/// What a question asks for.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Expected<'a> {
    /// The slot.
    pub slot: &'a str,
    /// Personal data that may be given in the answer.
    pub kinds: Vec<PiiKind>,
}

/// What this server allows a client.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ClientLimits {
    /// Longest message, bytes of UTF-8.
    pub message_bytes_max: usize,
    /// A conversation without a word for this long is closed, seconds.
    pub inactivity_seconds: u32,
    /// The server is heard of at least this often, seconds.
    pub heartbeat_seconds: u64,
}

/// Why a frame was refused. Stable: clients may act on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// Not JSON.
    BadJson,
    /// A frame without a `type`, or of a type that is not known.
    UnknownType,
    /// A known type with a missing or wrong field.
    BadFrame,
    /// Binary frames are not spoken.
    BinaryFrame,
    /// A frame before `hello`, or none in time. The connection is closed with 1008.
    HelloExpected,
    /// A second `hello`.
    HelloTwice,
    /// Another protocol version. The connection is closed with 1002.
    UnsupportedVersion,
    /// The token opens nothing: begin a new conversation.
    UnknownConversation,
    /// The text is empty.
    EmptyText,
    /// The text is longer than `message_bytes_max`.
    TextTooLong,
    /// The number was used for another turn.
    ClientSeqReused,
    /// The number leaves a gap.
    ClientSeqOutOfOrder,
    /// Too many turns: wait `retry_after_ms`. Nothing was taken.
    RateLimited,
    /// The conversation is over.
    Ended,
    /// The server cannot take turns now: send it again. Nothing was taken.
    Unavailable,
    /// The server holds as many conversations as it may.
    Full,
}

impl ErrorCode {
    /// The code as it is sent.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::BadJson => "bad_json",
            Self::UnknownType => "unknown_type",
            Self::BadFrame => "bad_frame",
            Self::BinaryFrame => "binary_frame",
            Self::HelloExpected => "hello_expected",
            Self::HelloTwice => "hello_twice",
            Self::UnsupportedVersion => "unsupported_version",
            Self::UnknownConversation => "unknown_conversation",
            Self::EmptyText => "empty_text",
            Self::TextTooLong => "text_too_long",
            Self::ClientSeqReused => "client_seq_reused",
            Self::ClientSeqOutOfOrder => "client_seq_out_of_order",
            Self::RateLimited => "rate_limited",
            Self::Ended => "ended",
            Self::Unavailable => "unavailable",
            Self::Full => "full",
        }
    }
}

/// Why a connection is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ByeReason {
    /// The resident ended the conversation.
    Ended,
    /// Nothing was said for the longest time allowed.
    TimedOut,
    /// The longest conversation was reached.
    TooLong,
    /// A newer connection took over.
    Superseded,
    /// The reader was too slow; the log has everything.
    Slow,
    /// The server is going away.
    Drain,
}

/// What is wrong with a frame that could not be read: a code and words of our own. The parser's
/// own message may quote what was sent, so it goes nowhere.
pub struct Refusal {
    /// The code.
    pub code: ErrorCode,
    /// What to do.
    pub message: String,
}

/// Reads a client's frame.
///
/// # Errors
/// A code, and where in the frame; never what stood there.
pub fn read(text: &str) -> Result<ClientFrame, Refusal> {
    serde_json::from_str(text).map_err(|error| refusal(text, &error))
}

fn refusal(text: &str, error: &serde_json::Error) -> Refusal {
    let (line, column) = (error.line(), error.column());
    let Ok(value) = serde_json::from_str::<serde_json::Value>(text) else {
        return Refusal {
            code: ErrorCode::BadJson,
            message: format!("not valid JSON at line {line}, column {column}"),
        };
    };
    const KNOWN: [&str; 6] = ["hello", "message", "choose", "typing", "end", "resync"];
    match value.get("type").and_then(serde_json::Value::as_str) {
        Some(name) if KNOWN.contains(&name) => Refusal {
            code: ErrorCode::BadFrame,
            message: format!(
                "a field of this {name} frame is missing or of the wrong type; see docs/websocket.schema.json"
            ),
        },
        _ => Refusal {
            code: ErrorCode::UnknownType,
            message: format!("`type` must be one of {}", KNOWN.join(", ")),
        },
    }
}

/// The JSON Schema of both kinds of frames, `#/$defs/ClientFrame` and `#/$defs/ServerFrame`.
#[must_use]
pub fn schema() -> serde_json::Value {
    // What is read may leave out more than what is written, so each side has rules of its own.
    let settings = schemars::generate::SchemaSettings::draft2020_12;
    let mut read = settings().for_deserialize().into_generator();
    let client = read.subschema_for::<ClientFrame>();
    let mut written = settings().for_serialize().into_generator();
    let server = written.subschema_for::<ServerFrame<'static>>();
    let mut definitions = read.take_definitions(true);
    definitions.extend(written.take_definitions(true));
    serde_json::json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "CeCe native WebSocket, protocol 1",
        "description": "Text frames of JSON. A client sends ClientFrame, the server sends ServerFrame.",
        "anyOf": [client, server],
        "$defs": definitions,
    })
}

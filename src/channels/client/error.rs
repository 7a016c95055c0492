//! Why a client cannot go on, and why one connection of its stopped.

use tokio_tungstenite::tungstenite;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;

/// Why a client cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The address cannot be used.
    #[error(
        "{url} is not an address this client can open ({cause}): give one like ws://127.0.0.1:8080/ws"
    )]
    Address {
        /// As it was given.
        url: String,
        /// The library's words.
        cause: String,
    },
    /// No connection after all attempts.
    #[error(
        "no connection to {url} after {attempts} attempts ({cause}): is the server running there?"
    )]
    Unreachable {
        /// Where to.
        url: String,
        /// Attempts made.
        attempts: u32,
        /// Why the last one failed.
        cause: String,
    },
    /// The server closed for a reason that another attempt would meet again.
    #[error("the server refused the connection with close code {code} {reason:?}")]
    Refused {
        /// RFC 6455 close code.
        code: u16,
        /// The server's words.
        reason: String,
    },
    /// A frame that is not of this protocol.
    #[error(
        "the server sent a frame that protocol 1 does not know ({category} error at column {column}): is this {url} a CeCe server of this version?"
    )]
    Frame {
        /// Where from.
        url: String,
        /// Syntax or data.
        category: &'static str,
        /// Byte column in the frame.
        column: usize,
    },
    /// One message at a time.
    #[error("message {client_seq} is not acknowledged yet: read with next() until it is")]
    Busy {
        /// Its number.
        client_seq: u64,
    },
}

/// Why reading stopped.
pub(super) enum Broken {
    Lost(String),
    Refused { code: u16, reason: String },
}

impl Broken {
    pub(super) fn closed(close: Option<tungstenite::protocol::CloseFrame>) -> Self {
        match close {
            // 1002: the version is not spoken; 1008: policy; 1009: a message was too big for a
            // frame, and would be again. Coming back would not help.
            Some(close)
                if matches!(
                    close.code,
                    CloseCode::Protocol | CloseCode::Policy | CloseCode::Size
                ) =>
            {
                Self::Refused {
                    code: close.code.into(),
                    reason: close.reason.to_string(),
                }
            }
            Some(close) => Self::Lost(format!("closed with code {}", u16::from(close.code))),
            None => Self::Lost("the connection was closed".to_owned()),
        }
    }
}

impl From<tungstenite::Error> for Broken {
    fn from(cause: tungstenite::Error) -> Self {
        Self::Lost(cause.to_string())
    }
}

//! What is refused, in the shape that the clients read, and under the status that they act on.

use crate::engine::{AttachError, Hold, TurnError};
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// A refusal in the shape that the clients read.
#[derive(Debug)]
pub(crate) struct Refusal {
    status: StatusCode,
    code: &'static str,
    message: String,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
        }
    }

    /// A request that cannot be read or be right.
    pub(super) fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BadArgument", message)
    }

    pub(super) fn unauthorized(message: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "Unauthorized", message)
    }

    pub(super) fn too_big(message: String) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "MessageSizeTooBig", message)
    }

    pub(super) fn too_many(what: &str, wait_ms: u64) -> Self {
        let words = format!("too many {what}: nothing was taken, wait {wait_ms} ms");
        Self::new(StatusCode::TOO_MANY_REQUESTS, "TooManyRequests", words)
    }

    pub(super) fn unavailable(message: &str) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "Unavailable", message)
    }

    /// To these clients 403 says that the token has expired, and 404 that the conversation is over.
    pub(super) fn expired() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "TokenExpired",
            "this token opens nothing here: ask for a new one",
        )
    }

    /// The address of a stream is good once and for a minute: GET of the conversation gives another.
    pub(super) fn stream_used() -> Self {
        let words = "this stream's address is no longer good: ask for the conversation again";
        Self::new(StatusCode::FORBIDDEN, "TokenExpired", words)
    }

    pub(super) fn over() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "ConversationNotFound",
            "this conversation is over or unknown",
        )
    }

    pub(super) fn attach(error: &AttachError) -> Self {
        match error {
            AttachError::Unknown => Self::over(),
            AttachError::Full(_) => {
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "Full", error.to_string())
            }
            AttachError::Archive(cause) => {
                tracing::error!(error = %cause, "conversation not opened");
                Self::unavailable("conversations cannot be stored now: try again later")
            }
        }
    }

    pub(super) fn turn(live: &Hold, error: &TurnError) -> Self {
        match error {
            TurnError::Ended => Self::over(),
            TurnError::TooLong { .. } => Self::too_big(error.to_string()),
            TurnError::Superseded | TurnError::Reused { .. } | TurnError::OutOfOrder { .. } => {
                Self::new(StatusCode::CONFLICT, "Conflict", error.to_string())
            }
            TurnError::Archive(cause) => {
                tracing::error!(conversation.id = %live.id(), error = %cause, "turn not taken");
                let words = "your message could not be stored, so it was not taken: send it again";
                Self::unavailable(words)
            }
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let error = serde_json::json!({ "error": { "code": self.code, "message": self.message } });
        (self.status, Json(error)).into_response()
    }
}

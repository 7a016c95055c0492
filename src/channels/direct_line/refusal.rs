//! What is refused, in the shape that the clients read, and under the status that they act on.

use crate::engine::{AttachError, Hold, TurnError};
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};

/// A refusal in the shape that the clients read.
pub(super) struct Refusal {
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

    /// To these clients 403 says that the token has expired, and 404 that the conversation is over.
    pub(super) fn expired() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "TokenExpired",
            "this token opens nothing: ask for a new one",
        )
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
                let words = "conversations cannot be stored now: try again later";
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "Unavailable", words)
            }
        }
    }

    pub(super) fn turn(live: &Hold, error: &TurnError) -> Self {
        match error {
            TurnError::Ended => Self::over(),
            TurnError::TooLong { .. } => Self::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "MessageSizeTooBig",
                error.to_string(),
            ),
            TurnError::Superseded | TurnError::Reused { .. } | TurnError::OutOfOrder { .. } => {
                Self::new(StatusCode::CONFLICT, "Conflict", error.to_string())
            }
            TurnError::Archive(cause) => {
                tracing::error!(conversation.id = %live.id(), error = %cause, "turn not taken");
                let words = "your message could not be stored, so it was not taken: send it again";
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "Unavailable", words)
            }
        }
    }

    pub(super) fn answer(self) -> Response {
        let error = serde_json::json!({ "error": { "code": self.code, "message": self.message } });
        (self.status, Json(error)).into_response()
    }
}

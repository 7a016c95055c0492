//! Rasa's REST channel, for tools that speak it: `POST /webhooks/rest/webhook?token=...`.
//!
//! ```text
//! { "sender": "s1", "message": "my bin was missed" } -> [ { "recipient_id": "s1", "text": "..." } ]
//! ```
//!
//! Whoever knows the token may speak for any sender, so it is for servers and never for a browser, and
//! is off until a token is set. A choice comes back as its `payload`, `/` and the choice's id. Which
//! sender speaks in which conversation is kept in memory: after a restart a sender begins a new one, and
//! so they do once the last has ended. What is refused has the shape of Rasa's own refusals.

use crate::channels::Gate;
use crate::content::Locale;
use crate::dialogue::{Channel, Choice, Event, Speaker};
use crate::engine::{AttachError, Hold, StartIn, TurnError, TurnIn, TurnKind};
use crate::pii::RawText;
use crate::transcripts::record::{ConversationId, TurnRecord};
use axum::Json;
use axum::body::Body;
use axum::extract::{ConnectInfo, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use subtle::ConstantTimeEq as _;

/// Most senders that are remembered; beyond it, all are forgotten and begin anew.
const SENDERS_MAX: usize = 20_000;
/// Longest name of a sender, bytes.
const SENDER_BYTES_MAX: usize = 256;

/// The channel.
pub struct Rasa {
    gate: Arc<Gate>,
    /// What callers must know; empty while the channel is off.
    token: String,
    senders: Mutex<HashMap<String, ConversationId>>,
}

/// A caller's credentials.
#[derive(Deserialize)]
pub(crate) struct Credentials {
    #[serde(default)]
    token: String,
}

/// A message as it comes.
#[derive(Deserialize)]
struct Incoming {
    sender: String,
    message: RawText,
    #[serde(default)]
    metadata: Metadata,
}

#[derive(Default, Deserialize)]
struct Metadata {
    #[serde(default)]
    language: String,
}

/// A reply as it goes.
#[derive(Debug, Serialize)]
pub(crate) struct Outgoing {
    recipient_id: String,
    text: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    buttons: Vec<Button>,
}

#[derive(Debug, Serialize)]
struct Button {
    title: String,
    payload: String,
}

impl Rasa {
    /// The channel behind `gate`; off where `token` is empty.
    #[must_use]
    pub fn new(gate: Arc<Gate>, token: String) -> Self {
        Self {
            gate,
            token,
            senders: Mutex::default(),
        }
    }

    fn senders(&self) -> MutexGuard<'_, HashMap<String, ConversationId>> {
        self.senders.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn remember(&self, sender: &str, id: ConversationId) {
        let mut senders = self.senders();
        if senders.len() >= SENDERS_MAX {
            senders.clear();
        }
        senders.insert(sender.to_owned(), id);
    }

    /// The conversation that a sender is in, unless it has ended.
    async fn open(&self, sender: &str) -> Result<Option<Hold>, Fault> {
        let id = self.senders().get(sender).copied();
        let Some(id) = id else { return Ok(None) };
        match self.gate.engine.find(id).await {
            Ok(live) => Ok((!live.is_over().await).then_some(live)),
            Err(AttachError::Unknown) => Ok(None),
            Err(error) => Err(Fault::attach(&error)),
        }
    }
}

/// A refusal as Rasa words its own.
#[derive(Debug)]
pub(crate) struct Fault {
    status: StatusCode,
    reason: &'static str,
    message: String,
}

impl Fault {
    fn new(status: StatusCode, reason: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            reason,
            message: message.into(),
        }
    }

    fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BadRequest", message)
    }

    fn attach(error: &AttachError) -> Self {
        if let AttachError::Archive(cause) = error {
            tracing::error!(error = %cause, "conversation not opened");
        }
        let words = "no conversation can be opened now: try again later";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "Unavailable", words)
    }

    fn turn(live: &Hold, error: &TurnError) -> Self {
        let (status, reason) = match error {
            TurnError::Ended => (StatusCode::GONE, "ConversationEnded"),
            TurnError::TooLong { .. } => (StatusCode::PAYLOAD_TOO_LARGE, "MessageTooLong"),
            TurnError::Superseded | TurnError::Reused { .. } | TurnError::OutOfOrder { .. } => {
                (StatusCode::CONFLICT, "Conflict")
            }
            TurnError::Archive(cause) => {
                tracing::error!(conversation.id = %live.id(), error = %cause, "turn not taken");
                let words = "the message could not be stored, so it was not taken: send it again";
                return Self::new(StatusCode::SERVICE_UNAVAILABLE, "Unavailable", words);
            }
        };
        Self::new(status, reason, error.to_string())
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let body = serde_json::json!({
            "status": "failure",
            "reason": self.reason,
            "message": self.message,
            "code": self.status.as_u16(),
        });
        (self.status, Json(body)).into_response()
    }
}

/// `POST /webhooks/rest/webhook`.
pub(crate) async fn webhook(
    State(rasa): State<Arc<Rasa>>,
    Query(credentials): Query<Credentials>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Vec<Outgoing>>, Fault> {
    let knows = rasa.token.as_bytes().ct_eq(credentials.token.as_bytes());
    if rasa.token.is_empty() || !bool::from(knows) {
        let words = "unknown token (cece.toml, rasa_token)";
        return Err(Fault::new(
            StatusCode::UNAUTHORIZED,
            "NotAuthenticated",
            words,
        ));
    }
    let body = rasa
        .gate
        .read(body)
        .await
        .map_err(|words| Fault::new(StatusCode::PAYLOAD_TOO_LARGE, "MessageTooLong", words))?;
    // The parser's own message may quote what was sent, so it goes nowhere.
    let incoming: Incoming = serde_json::from_slice(&body).map_err(|_| {
        Fault::bad("send { \"sender\": \"...\", \"message\": \"...\" }, both of them texts")
    })?;
    if incoming.sender.is_empty() || incoming.sender.len() > SENDER_BYTES_MAX {
        let words = format!("sender must have 1 to {SENDER_BYTES_MAX} bytes");
        return Err(Fault::bad(words));
    }
    rasa.take(incoming, peer, &headers).await.map(Json)
}

impl Rasa {
    async fn take(
        &self,
        incoming: Incoming,
        peer: SocketAddr,
        headers: &HeaderMap,
    ) -> Result<Vec<Outgoing>, Fault> {
        let Incoming {
            sender,
            message,
            metadata,
        } = incoming;
        let mut replies = Vec::new();
        let live = match self.open(&sender).await? {
            Some(live) => live,
            None => {
                let opening = StartIn {
                    channel: Channel::Web,
                    locale: Locale::from_tag(&metadata.language),
                    page: None,
                    contact: None,
                    technical: self.gate.technical(peer, headers),
                };
                let attached = self.gate.engine.start(opening).await;
                let live = attached.map_err(|error| Fault::attach(&error))?.live;
                self.remember(&sender, live.id());
                let turns = self.gate.engine.replay(&live, 0).await;
                for turn in turns.map_err(|error| Fault::attach(&error.into()))? {
                    replies.extend(worded(&turn, &sender));
                }
                live
            }
        };
        if message.is_blank() {
            return Ok(replies);
        }
        if let Err(wait_ms) = self.gate.admit_turn(live.id()) {
            let words = format!("too many messages at once: nothing was taken, wait {wait_ms} ms");
            return Err(Fault::new(
                StatusCode::TOO_MANY_REQUESTS,
                "TooManyRequests",
                words,
            ));
        }
        let kind = match message.after_slash() {
            Some(choice) => TurnKind::Choice(choice),
            None => TurnKind::Text(message),
        };
        let turn = TurnIn {
            client_seq: None,
            epoch: None,
            kind,
        };
        let out = self.gate.engine.turn(&live, turn).await;
        let out = out.map_err(|error| Fault::turn(&live, &error))?;
        replies.extend(worded(&out.record, &sender));
        Ok(replies)
    }
}

/// What was said in a turn.
fn worded(turn: &TurnRecord, sender: &str) -> Vec<Outgoing> {
    let reply = |text: String, buttons| Outgoing {
        recipient_id: sender.to_owned(),
        text,
        buttons,
    };
    let mut replies = Vec::new();
    for event in &turn.events {
        if let Event::Warned { text, .. } = event
            && !text.is_empty()
        {
            replies.push(reply(text.clone(), Vec::new()));
        } else if let Event::Said {
            from,
            text,
            choices,
            links,
            ..
        } = event
            && *from != Speaker::Resident
        {
            let mut text = text.clone();
            for link in links {
                text = format!("{text}\n{}: {}", link.text, link.url);
            }
            let button = |choice: &Choice| Button {
                title: choice.label.clone(),
                payload: format!("/{}", choice.id),
            };
            replies.push(reply(text, choices.iter().map(button).collect()));
        } else if let Event::Redirected(to) = event {
            let parts = [
                Some(to.name.as_str()),
                to.phone.as_deref(),
                to.url.as_deref(),
                Some(&to.hours),
            ];
            let text = parts.into_iter().flatten().collect::<Vec<_>>().join("\n");
            replies.push(reply(text, Vec::new()));
        }
    }
    replies
}

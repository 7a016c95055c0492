//! Rasa's REST channel, for tools that speak it: `POST /webhooks/rest/webhook?token=...`.
//!
//!     { "sender": "s1", "message": "my bin was missed" } -> [ { "recipient_id": "s1", "text": "..." } ]
//!
//! Whoever knows the token may speak for any sender, so it is for servers and never for a browser, and
//! is off until a token is set. A choice comes back as its `payload`, `/` and the choice's id. Which
//! sender speaks in which conversation is kept in memory: after a restart a sender begins a new one.

use crate::channels::Gate;
use crate::content::Locale;
use crate::dialogue::{Channel, Event, Speaker};
use crate::engine::{AttachError, StartIn, TurnError, TurnIn, TurnKind};
use crate::pii::RawText;
use crate::transcripts::record::{ConversationId, TurnRecord};
use axum::Json;
use axum::extract::{ConnectInfo, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
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
pub struct Credentials {
    #[serde(default)]
    token: String,
}

/// A message as it comes.
#[derive(Deserialize)]
pub struct Incoming {
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
struct Outgoing {
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

    fn known(&self, sender: &str) -> Option<ConversationId> {
        let senders = self.senders.lock().unwrap_or_else(PoisonError::into_inner);
        senders.get(sender).copied()
    }

    fn remember(&self, sender: &str, id: ConversationId) {
        let mut senders = self.senders.lock().unwrap_or_else(PoisonError::into_inner);
        if senders.len() >= SENDERS_MAX {
            senders.clear();
        }
        senders.insert(sender.to_owned(), id);
    }
}

/// `POST /webhooks/rest/webhook`.
pub async fn webhook(
    State(rasa): State<Arc<Rasa>>,
    Query(credentials): Query<Credentials>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Json(incoming): Json<Incoming>,
) -> Response {
    let knows = rasa.token.as_bytes().ct_eq(credentials.token.as_bytes());
    if rasa.token.is_empty() || !bool::from(knows) {
        let words = "unknown token (cece.toml, rasa_token)\n";
        return (StatusCode::UNAUTHORIZED, words).into_response();
    }
    if incoming.sender.is_empty() || incoming.sender.len() > SENDER_BYTES_MAX {
        let words = format!("sender must have 1 to {SENDER_BYTES_MAX} bytes\n");
        return (StatusCode::BAD_REQUEST, words).into_response();
    }
    match rasa.take(incoming, peer, &headers).await {
        Ok(replies) => Json(replies).into_response(),
        Err(response) => response,
    }
}

impl Rasa {
    async fn take(
        &self,
        incoming: Incoming,
        peer: SocketAddr,
        headers: &HeaderMap,
    ) -> Result<Vec<Outgoing>, Response> {
        let Incoming {
            sender,
            message,
            metadata,
        } = incoming;
        let mut replies = Vec::new();
        let live = match self.known(&sender) {
            Some(id) => self
                .gate
                .engine
                .find(id)
                .await
                .map_err(|error| turned_away(&error))?,
            None => {
                let opening = StartIn {
                    channel: Channel::Web,
                    locale: Locale::from_tag(&metadata.language),
                    page: None,
                    technical: self.gate.technical(peer, headers),
                };
                let attached = self.gate.engine.start(opening).await;
                let attached = attached.map_err(|error| turned_away(&error))?;
                self.remember(&sender, attached.live.id());
                let turns = self.gate.engine.replay(&attached.live, 0).await;
                for turn in turns.map_err(|error| turned_away(&error.into()))? {
                    replies.extend(worded(&turn, &sender));
                }
                attached.live
            }
        };
        if message.is_blank() {
            return Ok(replies);
        }
        if let Err(wait_ms) = self.gate.admit_turn(live.id()) {
            let words =
                format!("too many messages at once: nothing was taken, wait {wait_ms} ms\n");
            return Err((StatusCode::TOO_MANY_REQUESTS, words).into_response());
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
        match self.gate.engine.turn(&live, turn).await {
            Ok(out) => {
                if out.phase.is_closed() {
                    self.senders
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .remove(&sender);
                }
                replies.extend(worded(&out.record, &sender));
                Ok(replies)
            }
            Err(error) => Err(self.refused(&sender, &error)),
        }
    }

    fn refused(&self, sender: &str, error: &TurnError) -> Response {
        let status = match error {
            TurnError::Ended => {
                // The next message begins a new one.
                self.senders
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .remove(sender);
                StatusCode::GONE
            }
            TurnError::TooLong { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            TurnError::Superseded | TurnError::Reused { .. } | TurnError::OutOfOrder { .. } => {
                StatusCode::CONFLICT
            }
            TurnError::Archive(cause) => {
                tracing::error!(error = %cause, "turn not taken");
                StatusCode::SERVICE_UNAVAILABLE
            }
        };
        (status, format!("{error}\n")).into_response()
    }
}

fn turned_away(error: &AttachError) -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, format!("{error}\n")).into_response()
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
            let button = |choice: &crate::dialogue::Choice| Button {
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

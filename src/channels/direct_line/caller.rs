//! Who is asking: the holder of a token or of the secret, and what either may enter or open.

use super::DirectLine;
use super::activity::Resident;
use super::refusal::Refusal;
use crate::content::Locale;
use crate::dialogue::Channel;
use crate::engine::{AttachError, Hold, StartIn};
use crate::transcripts::record::ConversationId;
use axum::body::Body;
use axum::http::{HeaderMap, header};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use std::net::SocketAddr;
use subtle::ConstantTimeEq as _;

/// Longest user id, bytes.
const USER_BYTES_MAX: usize = 128;

/// What opens a conversation, or has a token made for one.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Opening {
    user: Option<Resident>,
    locale: Option<String>,
}

impl Opening {
    /// Who opens it, where they were named.
    pub(super) fn into_user(self) -> Option<String> {
        self.user?.id.filter(|id| !id.is_empty())
    }
}

/// Who is asking: the holder of a token, or of the secret.
pub(super) enum Caller {
    Resident {
        live: Hold,
        token: String,
        user: Option<String>,
    },
    Server,
    Nobody,
}

impl DirectLine {
    pub(super) async fn caller(&self, headers: &HeaderMap) -> Result<Caller, Refusal> {
        let bearer = headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "))
            .unwrap_or_default();
        // Clients that were given nothing say so in JavaScript's words.
        if bearer.is_empty() || bearer == "undefined" || bearer == "null" {
            return Ok(Caller::Nobody);
        }
        let knows = self.secret.as_bytes().ct_eq(bearer.as_bytes());
        if !self.secret.is_empty() && bool::from(knows) {
            return Ok(Caller::Server);
        }
        let (token, user) = match bearer.split_once('.') {
            Some((token, user)) => (token, read_user(user)),
            None => (bearer, None),
        };
        match self.gate.engine.enter(token).await {
            Ok((live, _)) => Ok(Caller::Resident {
                live,
                token: bearer.to_owned(),
                user,
            }),
            Err(AttachError::Unknown) => Err(Refusal::expired()),
            Err(error) => Err(Refusal::attach(&error)),
        }
    }

    /// The conversation `id`, for a caller who may speak in it.
    pub(super) async fn enter(
        &self,
        id: &str,
        headers: &HeaderMap,
    ) -> Result<(Hold, String, Option<String>), Refusal> {
        match self.caller(headers).await? {
            Caller::Resident { live, token, user } if live.id().to_string() == id => {
                Ok((live, token, user))
            }
            Caller::Resident { .. } => Err(Refusal::expired()),
            Caller::Server => {
                let id = id.parse().map_err(|_| Refusal::over())?;
                let live = self.gate.engine.find(ConversationId(id)).await;
                let live = live.map_err(|error| Refusal::attach(&error))?;
                Ok((live, self.secret.clone(), None))
            }
            Caller::Nobody => Err(Refusal::unauthorized(
                "send the token as `Authorization: Bearer`",
            )),
        }
    }

    /// A new conversation, for whoever may open one.
    pub(super) async fn open(
        &self,
        opening: &Opening,
        peer: SocketAddr,
        headers: &HeaderMap,
    ) -> Result<(Hold, String), Refusal> {
        if let Err(wait_ms) = self.gate.admit(self.gate.address(peer, headers)) {
            self.gate.engine.meters().refused("connections");
            return Err(Refusal::too_many(
                "conversations from this address",
                wait_ms,
            ));
        }
        let user = opening.user.as_ref().and_then(Resident::name);
        if user.is_some_and(|user| user.len() > USER_BYTES_MAX) {
            let words = format!("user.id must have at most {USER_BYTES_MAX} bytes");
            return Err(Refusal::bad(words));
        }
        let attached = self.gate.engine.start(StartIn {
            channel: Channel::Web,
            locale: Locale::from_tag(opening.locale.as_deref().unwrap_or_default()),
            page: None,
            contact: None,
            technical: self.gate.technical(peer, headers),
        });
        let attached = attached.await.map_err(|error| Refusal::attach(&error))?;
        Ok((attached.live, with_user(attached.token, user)))
    }

    /// The body of a request that opens a conversation. It is optional, and some clients send none.
    pub(super) async fn opening(&self, body: Body) -> Result<Opening, Refusal> {
        let body = self.gate.read(body).await.map_err(Refusal::too_big)?;
        if body.is_empty() {
            return Ok(Opening::default());
        }
        // The parser's own message may quote what was sent, so it goes nowhere.
        serde_json::from_slice(&body)
            .map_err(|_| Refusal::bad("send an object, like { \"user\": { \"id\": \"dl_1\" } }"))
    }
}

/// A conversation's token that names its user.
pub(super) fn with_user(token: String, user: Option<&str>) -> String {
    match user {
        Some(user) => format!("{token}.{}", URL_SAFE_NO_PAD.encode(user)),
        None => token,
    }
}

fn read_user(text: &str) -> Option<String> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    String::from_utf8(bytes).ok()
}

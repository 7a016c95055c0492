//! Who is asking: the holder of a token or of the secret, and what either may enter or open.

use super::DirectLine;
use super::activity::Resident;
use super::refusal::Refusal;
use crate::content::Locale;
use crate::dialogue::Channel;
use crate::engine::{AttachError, Hold, StartIn};
use crate::transcripts::record::ConversationId;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, header};
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
            Caller::Nobody => Err(Refusal::new(
                StatusCode::UNAUTHORIZED,
                "MissingProperty",
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
            let words = format!("too many conversations from this address: wait {wait_ms} ms");
            return Err(Refusal::new(
                StatusCode::TOO_MANY_REQUESTS,
                "TooManyRequests",
                words,
            ));
        }
        let attached = self.gate.engine.start(StartIn {
            channel: Channel::Web,
            locale: Locale::from_tag(opening.locale.as_deref().unwrap_or_default()),
            page: None,
            technical: self.gate.technical(peer, headers),
        });
        let attached = attached.await.map_err(|error| Refusal::attach(&error))?;
        let mut token = attached.token;
        if let Some(user) = opening.user.as_ref().and_then(Resident::name) {
            if user.len() > USER_BYTES_MAX {
                let words = format!("user.id must have at most {USER_BYTES_MAX} bytes");
                return Err(Refusal::new(StatusCode::BAD_REQUEST, "BadArgument", words));
            }
            token = format!("{token}.{}", URL_SAFE_NO_PAD.encode(user));
        }
        Ok((attached.live, token))
    }
}

pub(super) fn read_user(text: &str) -> Option<String> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    String::from_utf8(bytes).ok()
}

pub(super) fn read_opening(body: &Bytes) -> Opening {
    // A body is optional here, and some clients send none or an empty one.
    serde_json::from_slice(body).unwrap_or_default()
}

//! Direct Line 3.0 under `/v3/directline`, so that the clients that exist work unchanged: Bot
//! Framework Web Chat, `DirectLineJS`, Botium's connector.
//!
//! A token is that of the conversation, with the user's id where one was named. What is posted is a
//! turn; what a client shows is read from the log, so that polling, the stream and a reconnect see the
//! same. Both are in `turns`, activities in `activity`, who may speak in `caller`, the stream in
//! `stream`, what is kept in memory in `desk`, what is refused in `refusal`.

mod activity;
mod caller;
mod cross_origin;
mod desk;
mod refusal;
mod stream;
mod turns;

use super::Gate;
use crate::engine::{AttachError, Hold};
use axum::Json;
use axum::body::Body;
use axum::extract::{ConnectInfo, Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use caller::{Caller, with_user};
use desk::Desk;
use refusal::Refusal;
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::sync::Arc;
use turns::Activities;

pub(crate) use cross_origin::cross_origin;
pub(crate) use stream::follow;

/// The channel.
pub struct DirectLine {
    gate: Arc<Gate>,
    /// What a server must know to have tokens made, or to speak for any conversation; empty: whoever
    /// may open a chat may have a token.
    secret: String,
    desk: Desk,
}

impl DirectLine {
    /// The channel behind `gate`.
    #[must_use]
    pub fn new(gate: Arc<Gate>, secret: String) -> Self {
        Self {
            gate,
            secret,
            desk: Desk::default(),
        }
    }
}

/// What a client needs to speak in a conversation.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Opened {
    conversation_id: String,
    token: String,
    #[serde(rename = "expires_in")]
    expires_in_seconds: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    stream_url: Option<String>,
}

impl DirectLine {
    fn opened(&self, live: &Hold, token: String) -> Opened {
        Opened {
            conversation_id: live.id().to_string(),
            token,
            expires_in_seconds: self.gate.engine.limits().inactivity_seconds,
            stream_url: None,
        }
    }

    /// Where the stream is, as this client reaches us; good once, and for a minute.
    fn stream_url(
        &self,
        live: &Hold,
        user: Option<String>,
        after: u64,
        headers: &HeaderMap,
    ) -> Option<String> {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let host = text("host")?;
        let secure = self.gate.behind_proxy && text("x-forwarded-proto") == Some("https");
        let scheme = if secure { "wss" } else { "ws" };
        let id = live.id();
        let ticket = self.desk.ticket(&self.gate.engine, id, user, after);
        Some(format!(
            "{scheme}://{host}/v3/directline/conversations/{id}/stream?t={ticket}"
        ))
    }
}

/// `POST /tokens/generate`.
pub(crate) async fn generate(
    State(line): State<Arc<DirectLine>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Opened>, Refusal> {
    match line.caller(&headers).await? {
        Caller::Server => {}
        Caller::Nobody if line.secret.is_empty() => {}
        Caller::Nobody | Caller::Resident { .. } => {
            let words = "tokens are made for who knows the secret (cece.toml, direct_line_secret)";
            return Err(Refusal::unauthorized(words));
        }
    }
    let opening = line.opening(body).await?;
    let (live, token) = line.open(&opening, peer, &headers).await?;
    Ok(Json(line.opened(&live, token)))
}

/// `POST /tokens/refresh`: another token; the one before stays good until it has been used.
pub(crate) async fn refresh(
    State(line): State<Arc<DirectLine>>,
    headers: HeaderMap,
) -> Result<Json<Opened>, Refusal> {
    let Caller::Resident { token, user, .. } = line.caller(&headers).await? else {
        return Err(Refusal::unauthorized(
            "only a token can be refreshed: send it as `Authorization: Bearer`",
        ));
    };
    let old = token.split('.').next().unwrap_or_default();
    let attached = line.gate.engine.resume(old).await;
    let attached = attached.map_err(|error| match error {
        AttachError::Unknown => Refusal::expired(),
        AttachError::Full(_) | AttachError::Archive(_) => Refusal::attach(&error),
    })?;
    let token = with_user(attached.token, user.as_deref());
    Ok(Json(line.opened(&attached.live, token)))
}

/// `POST /conversations`: opens the conversation of a token, or a new one.
pub(crate) async fn start(
    State(line): State<Arc<DirectLine>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Body,
) -> Result<(StatusCode, Json<Opened>), Refusal> {
    let (live, token, user, status) = match line.caller(&headers).await? {
        Caller::Resident { live, token, user } => (live, token, user, StatusCode::OK),
        Caller::Nobody if !line.secret.is_empty() => {
            let words = "send the secret or a token as `Authorization: Bearer`";
            return Err(Refusal::unauthorized(words));
        }
        Caller::Server | Caller::Nobody => {
            let opening = line.opening(body).await?;
            let (live, token) = line.open(&opening, peer, &headers).await?;
            (live, token, opening.into_user(), StatusCode::CREATED)
        }
    };
    let stream_url = line.stream_url(&live, user, 0, &headers);
    let opened = Opened {
        stream_url,
        ..line.opened(&live, token)
    };
    Ok((status, Json(opened)))
}

/// From where on activities are asked for.
#[derive(Deserialize)]
pub(crate) struct Since {
    #[serde(default)]
    watermark: String,
}

impl Since {
    /// The last number seen; 0 for none, which clients write in several ways.
    fn after(&self) -> u64 {
        self.watermark.parse().unwrap_or(0)
    }
}

/// `GET /conversations/{id}`: a new stream after a lost one.
pub(crate) async fn reconnect(
    State(line): State<Arc<DirectLine>>,
    Path(id): Path<String>,
    Query(since): Query<Since>,
    headers: HeaderMap,
) -> Result<Json<Opened>, Refusal> {
    let (live, token, user) = line.enter(&id, &headers).await?;
    let stream_url = line.stream_url(&live, user, since.after(), &headers);
    Ok(Json(Opened {
        stream_url,
        ..line.opened(&live, token)
    }))
}

/// `GET /conversations/{id}/activities`.
pub(crate) async fn activities(
    State(line): State<Arc<DirectLine>>,
    Path(id): Path<String>,
    Query(since): Query<Since>,
    headers: HeaderMap,
) -> Result<Json<Activities>, Refusal> {
    let (live, _, user) = line.enter(&id, &headers).await?;
    let read = line.read(&live, user.as_deref(), since.after());
    read.await.map(Json)
}

/// What was made of an activity that was posted.
#[derive(Serialize)]
pub(crate) struct Posted {
    id: String,
}

/// `POST /conversations/{id}/activities`.
pub(crate) async fn post(
    State(line): State<Arc<DirectLine>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Posted>, Refusal> {
    let (live, _, user) = line.enter(&id, &headers).await?;
    let body = line.gate.read(body).await.map_err(Refusal::too_big)?;
    let id = line.take(&live, user.as_deref(), &body).await?;
    Ok(Json(Posted { id }))
}

/// `POST /conversations/{id}/upload`: files are not taken, and the client shows that it was not sent.
pub(crate) async fn upload(
    State(line): State<Arc<DirectLine>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Refusal {
    match line.enter(&id, &headers).await {
        Ok(_) => Refusal::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "AttachmentsNotSupported",
            "files are not taken here: write what is in them",
        ),
        Err(refusal) => refusal,
    }
}

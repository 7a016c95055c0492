//! Direct Line 3.0 under `/v3/directline`, so that the clients that exist work unchanged: Bot
//! Framework Web Chat, `DirectLineJS`, Botium's connector.
//!
//! A token is that of the conversation, with the user's id where one was named. What is posted is a
//! turn; what a client shows is read from the log, so that polling, the stream and a reconnect see the
//! same. Activities are in `activity`, who may speak in `caller`, the stream in `stream`, what is kept in
//! memory in `desk`.

mod activity;
mod caller;
mod desk;
mod refusal;
mod stream;

use super::Gate;
use crate::engine::{AttachError, Hold, TurnIn};
use activity::{Activity, Incoming};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use caller::{Caller, read_opening, read_user};
use desk::Desk;
use refusal::Refusal;
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::sync::Arc;

pub use stream::follow;

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
struct Opened {
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

    /// Where the stream is, as this client reaches us; good for a minute.
    fn stream_url(
        &self,
        live: &Hold,
        user: Option<String>,
        after: Option<u64>,
        headers: &HeaderMap,
    ) -> Option<String> {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let host = text("host")?;
        let secure = self.gate.behind_proxy && text("x-forwarded-proto") == Some("https");
        let scheme = if secure { "wss" } else { "ws" };
        let id = live.id();
        let ticket = self
            .desk
            .ticket(&self.gate.engine, id, user, after.unwrap_or(0));
        Some(format!(
            "{scheme}://{host}/v3/directline/conversations/{id}/stream?t={ticket}"
        ))
    }
}

/// `POST /tokens/generate`.
pub async fn generate(
    State(line): State<Arc<DirectLine>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let made = async {
        match line.caller(&headers).await? {
            Caller::Server => {}
            Caller::Nobody if line.secret.is_empty() => {}
            Caller::Nobody | Caller::Resident { .. } => {
                let words =
                    "tokens are made for who knows the secret (cece.toml, direct_line_secret)";
                return Err(Refusal::new(StatusCode::UNAUTHORIZED, "BadArgument", words));
            }
        }
        let (live, token) = line.open(&read_opening(&body), peer, &headers).await?;
        Ok(line.opened(&live, token))
    };
    match made.await {
        Ok(opened) => Json(opened).into_response(),
        Err(refusal) => refusal.answer(),
    }
}

/// `POST /tokens/refresh`: another token; the one before stays good until it has been used.
pub async fn refresh(State(line): State<Arc<DirectLine>>, headers: HeaderMap) -> Response {
    let made = async {
        let Caller::Resident { token, user, .. } = line.caller(&headers).await? else {
            let words = "only a token can be refreshed";
            return Err(Refusal::new(StatusCode::BAD_REQUEST, "BadArgument", words));
        };
        let old = token.split('.').next().unwrap_or_default();
        let attached = line.gate.engine.resume(old).await;
        let attached = attached.map_err(|error| match error {
            AttachError::Unknown => Refusal::expired(),
            AttachError::Full(_) | AttachError::Archive(_) => Refusal::attach(&error),
        })?;
        let token = match user {
            Some(user) => format!("{}.{}", attached.token, URL_SAFE_NO_PAD.encode(user)),
            None => attached.token,
        };
        Ok(line.opened(&attached.live, token))
    };
    match made.await {
        Ok(opened) => Json(opened).into_response(),
        Err(refusal) => refusal.answer(),
    }
}

/// `POST /conversations`: opens the conversation of a token, or a new one.
pub async fn start(
    State(line): State<Arc<DirectLine>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let made = async {
        let opening = read_opening(&body);
        let (live, token, status) = match line.caller(&headers).await? {
            Caller::Resident { live, token, .. } => (live, token, StatusCode::OK),
            Caller::Nobody if !line.secret.is_empty() => {
                let words = "send the secret or a token as `Authorization: Bearer`";
                return Err(Refusal::new(
                    StatusCode::UNAUTHORIZED,
                    "MissingProperty",
                    words,
                ));
            }
            Caller::Server | Caller::Nobody => {
                let (live, token) = line.open(&opening, peer, &headers).await?;
                (live, token, StatusCode::CREATED)
            }
        };
        let user = token.split_once('.').and_then(|(_, user)| read_user(user));
        let stream_url = line.stream_url(&live, user, None, &headers);
        let opened = Opened {
            stream_url,
            ..line.opened(&live, token)
        };
        Ok((status, Json(opened)).into_response())
    };
    made.await.unwrap_or_else(Refusal::answer)
}

/// From where on activities are asked for.
#[derive(Deserialize)]
pub struct Since {
    #[serde(default)]
    watermark: String,
}

impl Since {
    /// The last number seen; none for none, which clients write in several ways.
    fn after(&self) -> Option<u64> {
        self.watermark.parse().ok()
    }
}

/// `GET /conversations/{id}`: a new stream after a lost one.
pub async fn reconnect(
    State(line): State<Arc<DirectLine>>,
    Path(id): Path<String>,
    Query(since): Query<Since>,
    headers: HeaderMap,
) -> Response {
    match line.enter(&id, &headers).await {
        Ok((live, token, user)) => {
            let stream_url = line.stream_url(&live, user, since.after(), &headers);
            Json(Opened {
                stream_url,
                ..line.opened(&live, token)
            })
            .into_response()
        }
        Err(refusal) => refusal.answer(),
    }
}

/// What was said, and how far it goes.
#[derive(Serialize)]
struct Activities {
    activities: Vec<Activity>,
    watermark: String,
}

impl DirectLine {
    /// What the log holds after `after`, and whether it has ended.
    async fn read(
        &self,
        live: &Hold,
        user: Option<&str>,
        after: u64,
    ) -> Result<(Activities, bool), Refusal> {
        let turns = self
            .gate
            .engine
            .replay(live, after + 1)
            .await
            .map_err(|cause| {
                tracing::error!(conversation.id = %live.id(), error = %cause, "no replay");
                let words = "the conversation cannot be read now: ask again in a moment";
                Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "Unavailable", words)
            })?;
        let bundle = self.gate.engine.bundle();
        let mut activities = Vec::new();
        let mut last = after;
        for turn in &turns {
            let posted = self.desk.posted_as(live.id(), turn.seq);
            activities.extend(activity::of_turn(
                turn,
                live.id(),
                after,
                user,
                posted.as_deref(),
                &bundle,
            ));
            last = last.max(turn.next_seq() - 1);
        }
        let over = activities.iter().any(Activity::is_end);
        let watermark = last.to_string();
        Ok((
            Activities {
                activities,
                watermark,
            },
            over,
        ))
    }
}

/// `GET /conversations/{id}/activities`.
pub async fn activities(
    State(line): State<Arc<DirectLine>>,
    Path(id): Path<String>,
    Query(since): Query<Since>,
    headers: HeaderMap,
) -> Response {
    let read = async {
        let (live, _, user) = line.enter(&id, &headers).await?;
        line.read(&live, user.as_deref(), since.after().unwrap_or(0))
            .await
    };
    match read.await {
        Ok((activities, _)) => Json(activities).into_response(),
        Err(refusal) => refusal.answer(),
    }
}

/// `POST /conversations/{id}/activities`.
pub async fn post(
    State(line): State<Arc<DirectLine>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let taken = async {
        let (live, _, user) = line.enter(&id, &headers).await?;
        line.take(&live, user.as_deref(), &body).await
    };
    match taken.await {
        Ok(id) => Json(serde_json::json!({ "id": id })).into_response(),
        Err(refusal) => refusal.answer(),
    }
}

impl DirectLine {
    /// Takes an activity as a turn; its id.
    async fn take(&self, live: &Hold, user: Option<&str>, body: &Bytes) -> Result<String, Refusal> {
        let bad = |words: &str| Refusal::new(StatusCode::BAD_REQUEST, "BadArgument", words);
        let limit = self.gate.engine.limits().frame_bytes_max;
        if body.len() > limit {
            let words = format!(
                "{} bytes, and at most {limit} (frame_bytes_max) are taken",
                body.len()
            );
            return Err(Refusal::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "MessageSizeTooBig",
                words,
            ));
        }
        // The parser's own message may quote what was sent, so it goes nowhere.
        let incoming: Incoming = serde_json::from_slice(body)
            .map_err(|_| bad("this is no activity: it needs a type, and from.id"))?;
        let from = incoming.from();
        if from.starts_with("dl_") && user.is_some_and(|user| user != from) {
            let words = "from.id is not the user that this token was made for";
            return Err(Refusal::new(StatusCode::FORBIDDEN, "BadArgument", words));
        }
        let client_id = incoming.client_id();
        let from = from.to_owned();
        let Some(kind) = incoming
            .into_turn(|| self.gate.engine.stir(live))
            .map_err(bad)?
        else {
            return Ok(activity::silent_id(live.id()));
        };
        // One activity at a time in a conversation, so that one sent twice finds its first answer.
        let mut posts = self.desk.posts(live.id()).lock_owned().await;
        if let Some(seq) = client_id.as_deref().and_then(|id| posts.known(id)) {
            return Ok(activity::id(live.id(), seq));
        }
        if let Err(wait_ms) = self.gate.admit_turn(live.id()) {
            let words = format!("too many messages at once: nothing was taken, wait {wait_ms} ms");
            return Err(Refusal::new(
                StatusCode::TOO_MANY_REQUESTS,
                "TooManyRequests",
                words,
            ));
        }
        // Told before the turn is taken, since the stream reads the log the moment that it is.
        let turn = TurnIn {
            client_seq: None,
            epoch: None,
            kind,
        };
        let next = live.follow().borrow().head_seq + 1;
        posts.remember(next, client_id, from);
        self.desk.publish(live.id(), &posts);
        match self.gate.engine.turn(live, turn).await {
            Ok(out) => {
                posts.moved(next, out.record.seq);
                self.desk.publish(live.id(), &posts);
                Ok(activity::id(live.id(), out.record.seq))
            }
            Err(error) => {
                posts.forget(next);
                self.desk.publish(live.id(), &posts);
                Err(Refusal::turn(live, &error))
            }
        }
    }
}

/// `POST /conversations/{id}/upload`: files are not taken, and the client shows that it was not sent.
pub async fn upload(
    State(line): State<Arc<DirectLine>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let refusal = match line.enter(&id, &headers).await {
        Ok(_) => Refusal::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "AttachmentsNotSupported",
            "files are not taken here: write what is in them",
        ),
        Err(refusal) => refusal,
    };
    refusal.answer()
}

/// Answers what browsers ask before a request from another origin, and marks answers as theirs to read.
pub async fn cross_origin(
    State(line): State<Arc<DirectLine>>,
    request: Request,
    next: Next,
) -> Response {
    let origin = request.headers().get(header::ORIGIN).cloned();
    let allowed = line.gate.allows(request.headers());
    if !allowed {
        line.gate.engine.meters().refused("origin");
        let words = "this site is not among the configured origins (cece.toml, origins)";
        return Refusal::new(StatusCode::FORBIDDEN, "BadArgument", words).answer();
    }
    let mut response = if request.method() == Method::OPTIONS {
        StatusCode::NO_CONTENT.into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    if let Some(origin) = origin {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::VARY, HeaderValue::from_static("origin"));
        let names = "authorization, content-type, x-ms-bot-agent, x-requested-with";
        headers.insert(
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            HeaderValue::from_static(names),
        );
        headers.insert(
            header::ACCESS_CONTROL_ALLOW_METHODS,
            HeaderValue::from_static("GET, POST"),
        );
        headers.insert(
            header::ACCESS_CONTROL_MAX_AGE,
            HeaderValue::from_static("600"),
        );
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

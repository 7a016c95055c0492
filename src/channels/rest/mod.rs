//! The native protocol by requests, for networks where no WebSocket passes: the same frames by POST,
//! and a long poll for what others say. Rasa's shape, for tools that speak it, is in [`rasa`].
//!
//! ```text
//! POST /api/conversations                    a hello       -> [welcome, say, ...]
//! POST /api/conversations/{id}/messages      a client frame -> [ack, warn?, say, ..., state]
//! GET  /api/conversations/{id}/events?after=7&wait=20       -> what was said since, or []
//! ```
//!
//! The token of the welcome goes along as `Authorization: Bearer`. Every answer is an array of frames,
//! also where something is refused: an `error` frame, under the HTTP status that fits it.

pub mod rasa;

use super::emit::{self, Audience};
use super::frames::{self, ByeReason, ClientFrame, ErrorCode, PROTO, ServerFrame};
use super::{Gate, welcome};
use crate::content::{Locale, Wording};
use crate::dialogue::Channel;
use crate::engine::token::Standing;
use crate::engine::{AttachError, Hold, StartIn, TurnError, TurnIn, TurnKind, TurnOut};
use crate::transcripts::record::TurnRecord;
use axum::body::Body;
use axum::extract::{ConnectInfo, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

/// Longest that a request for events may wait, seconds; proxies give up after 30 or 60.
const WAIT_SECONDS_MAX: u64 = 25;

/// Frames as they are sent, and the status they are sent under.
#[derive(Debug)]
pub(crate) struct Frames {
    status: StatusCode,
    texts: Vec<String>,
}

impl Frames {
    fn none() -> Self {
        Self {
            status: StatusCode::OK,
            texts: Vec::new(),
        }
    }

    fn error(
        code: ErrorCode,
        message: &str,
        client_seq: Option<u64>,
        wait_ms: Option<u64>,
    ) -> Self {
        let frame = ServerFrame::Error {
            code,
            message,
            client_seq,
            retry_after_ms: wait_ms,
        };
        Self {
            status: status(code),
            texts: vec![frame.text()],
        }
    }

    /// What was said from `from_seq` on, as one takes it who was not there.
    async fn replayed(
        gate: &Gate,
        live: &Hold,
        from_seq: u64,
        locale: Locale,
    ) -> Result<Self, Self> {
        let turns = gate.engine.replay(live, from_seq).await.map_err(|cause| {
            tracing::error!(conversation.id = %live.id(), error = %cause, "no replay");
            let words = "the conversation cannot be read now: ask again in a moment";
            Self::error(ErrorCode::Unavailable, words, None, Some(1000))
        })?;
        let bundle = gate.engine.bundle();
        let wording = &bundle.assistant.wording;
        let mut frames = Self::none();
        for turn in &turns {
            frames.add(turn, &Audience::Reader, from_seq, wording, locale);
        }
        Ok(frames)
    }

    /// Adds a recorded turn.
    fn add(
        &mut self,
        turn: &TurnRecord,
        audience: &Audience<'_>,
        from_seq: u64,
        wording: &Wording,
        locale: Locale,
    ) {
        let sent: Result<(), Infallible> =
            emit::frames(turn, audience, from_seq, wording, locale, |frame| {
                self.texts.push(frame.text());
                Ok(())
            });
        match sent {
            Ok(()) => {}
            Err(never) => match never {},
        }
    }
}

impl IntoResponse for Frames {
    fn into_response(self) -> Response {
        let body = format!("[{}]", self.texts.join(","));
        let headers = [
            (header::CONTENT_TYPE, "application/json"),
            (header::CACHE_CONTROL, "no-store"),
        ];
        (self.status, headers, body).into_response()
    }
}

fn status(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::BadJson
        | ErrorCode::UnknownType
        | ErrorCode::BadFrame
        | ErrorCode::BinaryFrame
        | ErrorCode::HelloExpected
        | ErrorCode::HelloTwice
        | ErrorCode::UnsupportedVersion
        | ErrorCode::EmptyText => StatusCode::BAD_REQUEST,
        ErrorCode::UnknownConversation => StatusCode::NOT_FOUND,
        ErrorCode::TextTooLong => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorCode::ClientSeqReused | ErrorCode::ClientSeqOutOfOrder => StatusCode::CONFLICT,
        ErrorCode::RateLimited => StatusCode::TOO_MANY_REQUESTS,
        ErrorCode::Ended => StatusCode::GONE,
        ErrorCode::Unavailable | ErrorCode::Full => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// `POST /api/conversations`: opens one, or takes one up again.
pub(crate) async fn open(
    State(gate): State<Arc<Gate>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Body,
) -> Result<Frames, Frames> {
    at_the_door(&gate, &headers)?;
    if let Err(wait_ms) = gate.admit(gate.address(peer, &headers)) {
        gate.engine.meters().refused("connections");
        let words = "too many conversations from this address, try again later";
        return Err(Frames::error(
            ErrorCode::RateLimited,
            words,
            None,
            Some(wait_ms),
        ));
    }
    let ClientFrame::Hello {
        proto,
        locale,
        page,
        resume,
    } = read(&gate, body).await?
    else {
        let words = "a conversation is opened with a hello";
        return Err(Frames::error(ErrorCode::HelloExpected, words, None, None));
    };
    if proto != PROTO {
        let words = format!("protocol {proto} is not spoken here: use {PROTO}");
        return Err(Frames::error(
            ErrorCode::UnsupportedVersion,
            &words,
            None,
            None,
        ));
    }
    let locale = Locale::from_tag(locale.as_deref().unwrap_or_default());
    let last_seq = resume.as_ref().map_or(0, |resume| resume.last_seq);
    let attached = match &resume {
        Some(resume) => gate.engine.resume(&resume.token).await,
        None => {
            let opening = StartIn {
                channel: Channel::Web,
                locale,
                page: page.map(welcome::page_text),
                contact: None,
                technical: gate.technical(peer, &headers),
            };
            gate.engine.start(opening).await
        }
    };
    let attached = attached.map_err(|error| turned_away(&error))?;
    let text = welcome::welcome(&gate.engine, &attached, locale);
    let mut frames = Frames::replayed(&gate, &attached.live, last_seq + 1, locale).await?;
    frames.texts.insert(0, text);
    Ok(frames)
}

/// `POST /api/conversations/{id}/messages`: one frame of the client's.
pub(crate) async fn message(
    State(gate): State<Arc<Gate>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Frames, Frames> {
    at_the_door(&gate, &headers)?;
    let (live, _) = enter(&gate, &id, &headers).await?;
    let (client_seq, kind) = match read(&gate, body).await? {
        ClientFrame::Message { client_seq, text } => {
            if text.is_blank() {
                let words = "there are no words in this message";
                return Err(Frames::error(
                    ErrorCode::EmptyText,
                    words,
                    Some(client_seq),
                    None,
                ));
            }
            (client_seq, TurnKind::Text(text))
        }
        ClientFrame::Choose { client_seq, choice } => (client_seq, TurnKind::Choice(choice)),
        ClientFrame::End { client_seq } => (client_seq, TurnKind::End),
        ClientFrame::Typing => {
            gate.engine.stir(&live);
            return Ok(Frames::none());
        }
        ClientFrame::Resync { .. } | ClientFrame::Hello { .. } => {
            let words = "send a message, choose, typing or end frame here; ask for events with GET";
            return Err(Frames::error(ErrorCode::BadFrame, words, None, None));
        }
    };
    if let Err(wait_ms) = gate.admit_turn(live.id()) {
        gate.engine.meters().refused(ErrorCode::RateLimited.name());
        let words = "too many messages at once: nothing was taken, send it again in a moment";
        return Err(Frames::error(
            ErrorCode::RateLimited,
            words,
            Some(client_seq),
            Some(wait_ms),
        ));
    }
    let turn = TurnIn {
        client_seq: Some(client_seq),
        epoch: None,
        kind,
    };
    match gate.engine.turn(&live, turn).await {
        Ok(out) => Ok(answered(&out)),
        Err(error) => Err(refused(&live, client_seq, &error)),
    }
}

fn answered(out: &TurnOut) -> Frames {
    let mut frames = Frames::none();
    let audience = Audience::Sender(&out.findings);
    let wording = &out.bundle.assistant.wording;
    frames.add(&out.record, &audience, 0, wording, out.locale);
    if !out.phase.is_closed() {
        frames
            .texts
            .push(ServerFrame::State { phase: out.phase }.text());
    }
    frames
}

fn refused(live: &Hold, client_seq: u64, error: &TurnError) -> Frames {
    let code = match error {
        TurnError::Ended => ErrorCode::Ended,
        TurnError::Superseded => ErrorCode::UnknownConversation,
        TurnError::Reused { .. } => ErrorCode::ClientSeqReused,
        TurnError::OutOfOrder { .. } => ErrorCode::ClientSeqOutOfOrder,
        TurnError::TooLong { .. } => ErrorCode::TextTooLong,
        TurnError::Archive(cause) => {
            tracing::error!(conversation.id = %live.id(), error = %cause, "turn not taken");
            let words = "your message could not be stored, so it was not taken: send it again";
            return Frames::error(ErrorCode::Unavailable, words, Some(client_seq), Some(1000));
        }
    };
    Frames::error(code, &error.to_string(), Some(client_seq), None)
}

/// What a request for events asks.
#[derive(Deserialize)]
pub struct Since {
    /// The last number that the client has shown.
    #[serde(default)]
    after: u64,
    /// How long to wait where there is nothing yet, seconds.
    #[serde(default)]
    wait: u64,
    /// The language of warnings.
    #[serde(default)]
    lang: String,
}

/// `GET /api/conversations/{id}/events`: what was said since, at once or when it is.
pub(crate) async fn events(
    State(gate): State<Arc<Gate>>,
    Path(id): Path<String>,
    Query(since): Query<Since>,
    headers: HeaderMap,
) -> Result<Frames, Frames> {
    at_the_door(&gate, &headers)?;
    let (live, epoch) = enter(&gate, &id, &headers).await?;
    let locale = Locale::from_tag(&since.lang);
    let mut follow = live.follow();
    let mut drain = gate.drain.clone();
    let until = Duration::from_secs(since.wait.min(WAIT_SECONDS_MAX));
    let waiting = tokio::time::sleep(until);
    tokio::pin!(waiting);
    loop {
        let position = *follow.borrow_and_update();
        if position.epoch != epoch {
            return Ok(superseded());
        }
        if position.head_seq > since.after {
            return Frames::replayed(&gate, &live, since.after + 1, locale).await;
        }
        tokio::select! {
            changed = follow.changed() => if changed.is_err() { return Ok(Frames::none()) },
            () = &mut waiting => return Ok(Frames::none()),
            _ = drain.wait_for(|going| *going) => return Ok(Frames::none()),
        }
    }
}

fn superseded() -> Frames {
    let bye = ServerFrame::Bye {
        reason: ByeReason::Superseded,
    };
    Frames {
        status: StatusCode::OK,
        texts: vec![bye.text()],
    }
}

fn at_the_door(gate: &Gate, headers: &HeaderMap) -> Result<(), Frames> {
    if !gate.allows(headers) {
        gate.engine.meters().refused("origin");
        let words = "this site is not among the configured origins (cece.toml, origins)";
        let mut frames = Frames::error(ErrorCode::HelloExpected, words, None, None);
        frames.status = StatusCode::FORBIDDEN;
        return Err(frames);
    }
    if *gate.drain.borrow() {
        let words = "going away, come back";
        return Err(Frames::error(
            ErrorCode::Unavailable,
            words,
            None,
            Some(1000),
        ));
    }
    Ok(())
}

async fn read(gate: &Gate, body: Body) -> Result<ClientFrame, Frames> {
    let body = gate.read(body).await;
    let body = body.map_err(|words| Frames::error(ErrorCode::TextTooLong, &words, None, None))?;
    let text = std::str::from_utf8(&body)
        .map_err(|_| Frames::error(ErrorCode::BadJson, "the body is not UTF-8", None, None))?;
    frames::read(text).map_err(|refusal| Frames::error(refusal.code, &refusal.message, None, None))
}

/// The conversation of the token that came along, and the connection's number that it speaks for.
async fn enter(gate: &Gate, id: &str, headers: &HeaderMap) -> Result<(Hold, u64), Frames> {
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    let Some(token) = token else {
        let words = "the token of the welcome is missing: send it as `Authorization: Bearer`";
        let mut frames = Frames::error(ErrorCode::HelloExpected, words, None, None);
        frames.status = StatusCode::UNAUTHORIZED;
        return Err(frames);
    };
    let (live, standing) = gate
        .engine
        .enter(token)
        .await
        .map_err(|error| turned_away(&error))?;
    if live.id().to_string() != id {
        return Err(turned_away(&AttachError::Unknown));
    }
    match standing {
        Standing::Newest => {
            let epoch = live.follow().borrow().epoch;
            Ok((live, epoch))
        }
        Standing::Previous => Err(superseded()),
    }
}

fn turned_away(error: &AttachError) -> Frames {
    let code = match error {
        AttachError::Unknown => ErrorCode::UnknownConversation,
        AttachError::Full(_) => ErrorCode::Full,
        AttachError::Archive(cause) => {
            tracing::error!(error = %cause, "conversation not opened");
            let words = "conversations cannot be stored now: try again later";
            return Frames::error(ErrorCode::Unavailable, words, None, Some(1000));
        }
    };
    Frames::error(code, &error.to_string(), None, None)
}

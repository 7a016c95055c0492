//! How a connection begins: the first frame, a conversation opened or taken up again, the welcome.

use super::Gate;
use super::frames::{self, ClientFrame, ErrorCode, PROTO, ServerFrame};
use super::welcome;
use super::wire::{End, code, feed, flush, room, too_big};
use crate::content::Locale;
use crate::dialogue::Channel;
use crate::engine::{AttachError, Attached, StartIn};
use crate::transcripts::record::TechnicalRecord;
use axum::extract::ws::{Message, WebSocket};
use std::time::Duration;

/// What a client asked for in its hello.
pub(super) struct Greeted {
    pub(super) attached: Attached,
    pub(super) locale: Locale,
    /// The last number that the client has shown.
    pub(super) last_seq: u64,
}

impl Greeted {
    /// The welcome as it is sent.
    pub(super) fn welcome(&self, gate: &Gate) -> String {
        welcome::welcome(&gate.engine, &self.attached, self.locale)
    }
}

/// The first frame must be a hello, in time.
pub(super) async fn hello(
    socket: &mut WebSocket,
    gate: &Gate,
    technical: TechnicalRecord,
) -> Result<Greeted, End> {
    let wait = Duration::from_secs(gate.engine.limits().hello_seconds);
    let message = loop {
        match tokio::time::timeout(wait, socket.recv()).await {
            Ok(Some(Ok(Message::Ping(_) | Message::Pong(_)))) => {}
            Ok(Some(Ok(message))) => break Some(message),
            Ok(Some(Err(error))) => return Err(too_big(&error)),
            Ok(None) => return Err(End::Gone),
            Err(_) => break None,
        }
    };
    let frame = match message {
        Some(Message::Text(text)) => frames::read(&text).ok(),
        _ => None,
    };
    let Some(ClientFrame::Hello {
        proto,
        locale,
        page,
        resume,
    }) = frame
    else {
        let words = "the first frame must be a hello";
        turn_away(socket, gate, ErrorCode::HelloExpected, words).await?;
        return Err(End::Close(code::POLICY, "hello expected"));
    };
    if proto != PROTO {
        let words = format!("protocol {proto} is not spoken here: use {PROTO}");
        turn_away(socket, gate, ErrorCode::UnsupportedVersion, &words).await?;
        return Err(End::Close(code::PROTOCOL, "unsupported version"));
    }
    let locale = Locale::from_tag(locale.as_deref().unwrap_or_default());
    let last_seq = resume.as_ref().map_or(0, |resume| resume.last_seq);
    let attached = match &resume {
        Some(resume) => gate.engine.resume(&resume.token).await,
        None => {
            let page = page.map(welcome::page_text);
            let opening = StartIn {
                channel: Channel::Web,
                locale,
                page,
                contact: None,
                technical,
            };
            gate.engine.start(opening).await
        }
    };
    match attached {
        Ok(attached) => Ok(Greeted {
            attached,
            locale,
            last_seq,
        }),
        Err(error) => Err(refuse_hello(socket, gate, &error).await?),
    }
}

async fn refuse_hello(
    socket: &mut WebSocket,
    gate: &Gate,
    error: &AttachError,
) -> Result<End, End> {
    let (code, end) = match error {
        AttachError::Unknown => (
            ErrorCode::UnknownConversation,
            End::Close(code::POLICY, "unknown conversation"),
        ),
        AttachError::Full(_) => (ErrorCode::Full, End::Close(code::TRY_LATER, "full")),
        AttachError::Archive(cause) => {
            tracing::error!(error = %cause, "conversation not opened");
            let words = "conversations cannot be stored now: try again later";
            turn_away(socket, gate, ErrorCode::Unavailable, words).await?;
            return Ok(End::Close(code::TRY_LATER, "unavailable"));
        }
    };
    turn_away(socket, gate, code, &error.to_string()).await?;
    Ok(end)
}

async fn turn_away(
    socket: &mut WebSocket,
    gate: &Gate,
    code: ErrorCode,
    message: &str,
) -> Result<(), End> {
    gate.engine.meters().refused(code.name());
    feed(
        socket,
        &mut room(),
        &ServerFrame::Error {
            code,
            message,
            client_seq: None,
            retry_after_ms: None,
        },
    )?;
    flush(socket, gate.engine.limits().write_seconds).await
}

//! How a connection begins: the first frame, a conversation opened or taken up again, the welcome.

use super::Gate;
use super::frames::{self, ClientFrame, ClientLimits, ErrorCode, PROTO, Page, ServerFrame};
use super::wire::{End, code, feed, flush, room, too_big};
use crate::content::Locale;
use crate::dialogue::{self, Channel};
use crate::engine::{AttachError, Attached, Bundle, StartIn};
use crate::pii::RawText;
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
        let Attached {
            live,
            token,
            epoch,
            head_seq,
            last_client_seq,
            reference,
        } = &self.attached;
        let bundle = gate.engine.bundle();
        let limits = gate.engine.limits();
        let frame = ServerFrame::Welcome {
            conversation: live.id().to_string(),
            token,
            epoch: *epoch,
            head_seq: *head_seq,
            last_client_seq: *last_client_seq,
            reference,
            limits: ClientLimits {
                message_bytes_max: limits.message_bytes_max,
                inactivity_seconds: limits.inactivity_seconds,
                heartbeat_seconds: limits.heartbeat_seconds,
            },
            notice: &dialogue::notice(&bundle.assistant, Channel::Web, self.locale, reference),
            hours: &hours(&bundle, self.locale),
        };
        frame.text()
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
            let page = page.map(page_text);
            let opening = StartIn {
                channel: Channel::Web,
                locale,
                page,
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

/// The page in words: its title, and its address without query and fragment, which may hold
/// whatever a form put there.
fn page_text(page: Page) -> RawText {
    let url = page.url.before(&['?', '#']);
    match page.title {
        Some(title) => title.joined(" ", &url),
        None => url,
    }
}

fn hours(bundle: &Bundle, locale: Locale) -> String {
    let assistant = &bundle.assistant;
    assistant
        .departments
        .get(&assistant.council.switchboard)
        .map_or_else(String::new, |department| department.hours.in_words(locale))
}

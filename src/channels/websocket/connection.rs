//! The life of one connection: hello, turns in order, what others say meanwhile, and the end.
//!
//! One task reads, takes turns and writes, so that a client that floods waits in its own socket,
//! and at most one turn's frames wait to be sent. A reader that takes nothing is closed; the log
//! has everything.

use super::Gate;
use super::emit::{self, Audience};
use super::frames::{self, ByeReason, ClientFrame, ClientLimits, ErrorCode, PROTO, Page, ServerFrame};
use crate::content::Locale;
use crate::dialogue::{self, Channel};
use crate::engine::limits::TokenBucket;
use crate::engine::{
    AttachError, Attached, Bundle, Hold, Position, StartIn, TurnError, TurnIn, TurnKind, TurnOut,
};
use crate::pii::RawText;
use crate::transcripts::record::TechnicalRecord;
use axum::Error as SocketError;
use axum::extract::ws::{CloseFrame, Message, WebSocket};
use futures_util::{FutureExt as _, SinkExt as _};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, MissedTickBehavior};

/// Refused frames in a row after which a connection is closed.
const REFUSALS_MAX: u32 = 100;

/// Why a connection ends, and with which close code.
enum End {
    /// The client went away, or the socket failed.
    Gone,
    /// Closed by us.
    Close(u16, &'static str),
    /// The reader took nothing for the time allowed.
    Slow,
}

impl From<SocketError> for End {
    fn from(_: SocketError) -> Self {
        Self::Gone
    }
}

/// What a connection waits for.
enum Wake {
    Message(Option<Result<Message, SocketError>>),
    Others,
    Heartbeat,
    GoingAway,
}

/// RFC 6455, section 7.4.1.
mod code {
    pub(super) const NORMAL: u16 = 1000;
    pub(super) const PROTOCOL: u16 = 1002;
    pub(super) const POLICY: u16 = 1008;
    pub(super) const TOO_BIG: u16 = 1009;
    pub(super) const RESTART: u16 = 1012;
    pub(super) const TRY_LATER: u16 = 1013;
}

/// A connection that has said hello.
pub(super) struct Connection {
    socket: WebSocket,
    gate: Arc<Gate>,
    hold: Hold,
    bundle: Arc<Bundle>,
    locale: Locale,
    epoch: u64,
    /// Number of the last entry that was sent.
    sent_seq: u64,
    follow: watch::Receiver<Position>,
    drain: watch::Receiver<bool>,
    bucket: TokenBucket,
    refusals: u32,
}

impl Connection {
    /// Runs a socket to its end.
    pub(super) async fn run(mut socket: WebSocket, gate: Arc<Gate>, technical: TechnicalRecord) {
        gate.engine.meters().connections.inc();
        let started = gate.engine.clock().elapsed();
        let end = match hello(&mut socket, &gate, technical).await {
            Ok(greeted) => {
                let conversation = greeted.attached.live.id();
                let welcome = Self::welcome_text(&gate, &greeted);
                let mut connection = Box::new(Self::new(socket, Arc::clone(&gate), greeted));
                let end = match connection.welcome(welcome).await {
                    Ok(()) => connection.serve().await,
                    Err(end) => end,
                };
                let duration_ms = (gate.engine.clock().elapsed() - started).as_millis();
                tracing::info!(conversation.id = %conversation, %duration_ms, "connection closed");
                socket = connection.socket;
                end
            }
            Err(end) => end,
        };
        close(socket, end).await;
        gate.engine.meters().connections.dec();
    }

    fn new(socket: WebSocket, gate: Arc<Gate>, greeted: Greeted) -> Self {
        let limits = gate.engine.limits();
        let now = gate.engine.clock().elapsed().as_secs_f64();
        Self {
            socket,
            bundle: gate.engine.bundle(),
            locale: greeted.locale,
            epoch: greeted.attached.epoch,
            sent_seq: greeted.last_seq,
            follow: greeted.attached.live.follow(),
            hold: greeted.attached.live,
            drain: gate.drain.clone(),
            bucket: TokenBucket::full(limits.turns_burst, now),
            refusals: 0,
            gate,
        }
    }

    fn welcome_text(gate: &Gate, greeted: &Greeted) -> String {
        let Attached { live, token, epoch, head_seq, last_client_seq, reference } =
            &greeted.attached;
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
            notice: &dialogue::notice(&bundle.assistant, Channel::Web, greeted.locale, reference),
            hours: &hours(&bundle, greeted.locale),
        };
        frame.text()
    }

    /// The welcome, then everything that the client has not seen.
    async fn welcome(&mut self, text: String) -> Result<(), End> {
        put(&mut self.socket, Message::Text(text.into()))?;
        self.catch_up(self.sent_seq + 1).await
    }

    async fn serve(&mut self) -> End {
        let limits = self.gate.engine.limits();
        let period = Duration::from_secs(limits.heartbeat_seconds.max(1));
        let mut heartbeat = tokio::time::interval_at(Instant::now() + period, period);
        heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut heard_from = true;
        loop {
            let wake = tokio::select! {
                message = self.socket.recv() => Wake::Message(message),
                _ = self.follow.changed() => Wake::Others,
                _ = heartbeat.tick() => Wake::Heartbeat,
                _ = self.drain.wait_for(|going| *going) => Wake::GoingAway,
            };
            let result = match wake {
                Wake::Message(Some(Ok(message))) => {
                    heard_from = true;
                    self.take(message).await
                }
                Wake::Message(Some(Err(error))) => Err(too_big(&error)),
                Wake::Message(None) => Err(End::Gone),
                Wake::Others => self.others().await,
                Wake::Heartbeat if std::mem::take(&mut heard_from) => self.ping().await,
                Wake::Heartbeat => Err(End::Gone),
                Wake::GoingAway => self.going_away().await,
            };
            if let Err(end) = result {
                return end;
            }
        }
    }

    async fn take(&mut self, message: Message) -> Result<(), End> {
        match message {
            Message::Text(text) => match frames::read(&text) {
                Ok(frame) => self.frame(frame).await,
                Err(refusal) => self.refuse(refusal.code, &refusal.message, None, None).await,
            },
            Message::Binary(_) => {
                let words = "binary frames are not spoken here: send text frames of JSON";
                self.refuse(ErrorCode::BinaryFrame, words, None, None).await
            }
            Message::Ping(_) | Message::Pong(_) => Ok(()),
            Message::Close(_) => Err(End::Gone),
        }
    }

    async fn frame(&mut self, frame: ClientFrame) -> Result<(), End> {
        let (client_seq, kind) = match frame {
            ClientFrame::Message { client_seq, text } => (client_seq, TurnKind::Text(text)),
            ClientFrame::Choose { client_seq, choice } => (client_seq, TurnKind::Choice(choice)),
            ClientFrame::End { client_seq } => (client_seq, TurnKind::End),
            ClientFrame::Typing => return Ok(()),
            ClientFrame::Resync { from } => return self.resync(from).await,
            ClientFrame::Hello { .. } => {
                let words = "this connection has said hello: open another one to begin anew";
                return self.refuse(ErrorCode::HelloTwice, words, None, None).await;
            }
        };
        if let TurnKind::Text(text) = &kind
            && text.is_blank()
        {
            let words = "there are no words in this message";
            return self.refuse(ErrorCode::EmptyText, words, Some(client_seq), None).await;
        }
        if let Err(wait_ms) = self.take_token() {
            let words = "too many messages at once: nothing was taken, send it again in a moment";
            return self
                .refuse(ErrorCode::RateLimited, words, Some(client_seq), Some(wait_ms))
                .await;
        }
        let turn = TurnIn { client_seq: Some(client_seq), epoch: Some(self.epoch), kind };
        match self.gate.engine.turn(&self.hold, turn).await {
            Ok(out) => self.answer(&out).await,
            Err(error) => self.refuse_turn(client_seq, &error).await,
        }
    }

    fn take_token(&mut self) -> Result<(), u64> {
        let limits = self.gate.engine.limits();
        let now = self.gate.engine.clock().elapsed().as_secs_f64();
        self.bucket.take(limits.turns_burst, limits.turns_per_second, now)
    }

    /// The acknowledgement, the warning and the answer, in one write.
    async fn answer(&mut self, out: &TurnOut) -> Result<(), End> {
        self.refusals = 0;
        self.locale = out.locale;
        let socket = &mut self.socket;
        let audience = Audience::Sender(&out.findings);
        let wording = &out.bundle.assistant.wording;
        emit::frames(&out.record, &audience, 0, wording, out.locale, |frame| feed(socket, frame))?;
        if !out.phase.is_closed() {
            feed(socket, &ServerFrame::State { phase: out.phase })?;
        }
        self.sent_seq = self.sent_seq.max(out.record.next_seq() - 1);
        self.follow.mark_unchanged();
        self.flush().await?;
        if out.phase.is_closed() { Err(End::Close(code::NORMAL, "ended")) } else { Ok(()) }
    }

    async fn refuse_turn(&mut self, client_seq: u64, error: &TurnError) -> Result<(), End> {
        let code = match error {
            TurnError::Superseded => return self.superseded().await,
            TurnError::Ended => ErrorCode::Ended,
            TurnError::Reused { .. } => ErrorCode::ClientSeqReused,
            TurnError::OutOfOrder { .. } => ErrorCode::ClientSeqOutOfOrder,
            TurnError::TooLong { .. } => ErrorCode::TextTooLong,
            TurnError::Archive(cause) => {
                tracing::error!(conversation.id = %self.hold.id(), error = %cause, "turn not taken");
                let words = "your message could not be stored, so it was not taken: send it again";
                return self
                    .refuse(ErrorCode::Unavailable, words, Some(client_seq), Some(1000))
                    .await;
            }
        };
        self.refuse(code, &error.to_string(), Some(client_seq), None).await
    }

    /// An error frame; the conversation goes on, unless this client sends nothing else.
    async fn refuse(
        &mut self,
        code: ErrorCode,
        message: &str,
        client_seq: Option<u64>,
        retry_after_ms: Option<u64>,
    ) -> Result<(), End> {
        self.gate.engine.meters().refused(code.name());
        feed(&mut self.socket, &ServerFrame::Error { code, message, client_seq, retry_after_ms })?;
        self.flush().await?;
        self.refusals += 1;
        if self.refusals > REFUSALS_MAX {
            return Err(End::Close(code::POLICY, "too many refused frames"));
        }
        Ok(())
    }

    async fn resync(&mut self, from: u64) -> Result<(), End> {
        if let Err(wait_ms) = self.take_token() {
            let words = "too many requests at once: ask again in a moment";
            return self.refuse(ErrorCode::RateLimited, words, None, Some(wait_ms)).await;
        }
        self.catch_up(from).await
    }

    /// Somebody else did something: a time-out, an officer, a newer connection.
    async fn others(&mut self) -> Result<(), End> {
        let position = *self.follow.borrow_and_update();
        if position.epoch != self.epoch {
            return self.superseded().await;
        }
        self.catch_up(self.sent_seq + 1).await
    }

    /// Sends what the log holds from `from_seq` on.
    async fn catch_up(&mut self, from_seq: u64) -> Result<(), End> {
        self.follow.mark_unchanged();
        let turns = match self.gate.engine.replay(&self.hold, from_seq).await {
            Ok(turns) => turns,
            Err(cause) => {
                tracing::error!(conversation.id = %self.hold.id(), error = %cause, "no replay");
                let words = "the conversation cannot be read now: ask again in a moment";
                return self.refuse(ErrorCode::Unavailable, words, None, Some(1000)).await;
            }
        };
        let bundle = Arc::clone(&self.bundle);
        let mut closed = false;
        for turn in &turns {
            let (socket, wording) = (&mut self.socket, &bundle.assistant.wording);
            emit::frames(turn, &Audience::Reader, from_seq, wording, self.locale, |frame| {
                closed |= matches!(frame, ServerFrame::Bye { .. });
                feed(socket, frame)
            })?;
            self.sent_seq = self.sent_seq.max(turn.next_seq() - 1);
            self.flush().await?;
        }
        self.flush().await?;
        if closed { Err(End::Close(code::NORMAL, "ended")) } else { Ok(()) }
    }

    async fn superseded(&mut self) -> Result<(), End> {
        feed(&mut self.socket, &ServerFrame::Bye { reason: ByeReason::Superseded })?;
        self.flush().await?;
        Err(End::Close(code::POLICY, "superseded"))
    }

    /// Asks the client to come back after a time that differs from client to client, so that they
    /// do not all come at once.
    async fn going_away(&mut self) -> Result<(), End> {
        let after_ms = 500 + u64::from(self.hold.id().0.as_bytes()[15]) * 10;
        feed(&mut self.socket, &ServerFrame::Reconnect { after_ms })?;
        feed(&mut self.socket, &ServerFrame::Bye { reason: ByeReason::Drain })?;
        self.flush().await?;
        Err(End::Close(code::RESTART, "going away"))
    }

    async fn ping(&mut self) -> Result<(), End> {
        put(&mut self.socket, Message::Ping(axum::body::Bytes::new()))?;
        self.flush().await
    }

    async fn flush(&mut self) -> Result<(), End> {
        let seconds = self.gate.engine.limits().write_seconds;
        flush(&mut self.socket, seconds).await
    }
}

/// What a client asked for in its hello.
struct Greeted {
    attached: Attached,
    locale: Locale,
    last_seq: u64,
}

/// The first frame must be a hello, in time.
async fn hello(
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
    let Some(ClientFrame::Hello { proto, locale, page, resume }) = frame else {
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
            let opening = StartIn { channel: Channel::Web, locale, page, technical };
            gate.engine.start(opening).await
        }
    };
    match attached {
        Ok(attached) => Ok(Greeted { attached, locale, last_seq }),
        Err(error) => Err(refuse_hello(socket, gate, &error).await?),
    }
}

async fn refuse_hello(
    socket: &mut WebSocket,
    gate: &Gate,
    error: &AttachError,
) -> Result<End, End> {
    let (code, end) = match error {
        AttachError::Unknown => {
            (ErrorCode::UnknownConversation, End::Close(code::POLICY, "unknown conversation"))
        }
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
        &ServerFrame::Error { code, message, client_seq: None, retry_after_ms: None },
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

/// Puts a frame into the socket's buffer, without waiting.
fn feed(socket: &mut WebSocket, frame: &ServerFrame<'_>) -> Result<(), End> {
    put(socket, Message::Text(frame.text().into()))
}

fn put(socket: &mut WebSocket, message: Message) -> Result<(), End> {
    // One turn's frames are far smaller than WRITE_BUFFER_BYTES, and each turn is flushed before
    // the next: the sink is ready at once, or the reader has stopped taking anything.
    match socket.feed(message).now_or_never() {
        Some(Ok(())) => Ok(()),
        Some(Err(_)) | None => Err(End::Slow),
    }
}

/// Sends what is buffered. A timer is set only where the reader does not take it at once.
async fn flush(socket: &mut WebSocket, seconds: u64) -> Result<(), End> {
    let mut flushing = socket.flush();
    if let Some(result) = (&mut flushing).now_or_never() {
        return Ok(result?);
    }
    match tokio::time::timeout(Duration::from_secs(seconds), flushing).await {
        Ok(result) => Ok(result?),
        Err(_) => Err(End::Slow),
    }
}

/// A frame over the cap ends the connection with its own code.
fn too_big(error: &SocketError) -> End {
    let text = error.to_string();
    if text.contains("too long") || text.contains("too large") || text.contains("too big") {
        End::Close(code::TOO_BIG, "frame over the limit")
    } else {
        End::Gone
    }
}

async fn close(mut socket: WebSocket, end: End) {
    let (code, reason) = match end {
        End::Gone => return,
        End::Close(code, reason) => (code, reason),
        End::Slow => (code::TRY_LATER, "slow"),
    };
    let frame = Message::Close(Some(CloseFrame { code, reason: reason.into() }));
    // A reader that is gone or slow need not hear it.
    let _ = tokio::time::timeout(Duration::from_secs(1), socket.send(frame)).await;
}

//! The life of one connection: hello, turns in order, what others say meanwhile, and the end.
//!
//! One task reads, takes turns and writes, so that a client that floods waits in its own socket,
//! and at most one turn's frames wait to be sent. A reader that takes nothing is closed; the log
//! has everything.

use super::Gate;
use super::emit::{self, Audience};
use super::frames::{self, ByeReason, ClientFrame, ErrorCode, ServerFrame};
use super::hello::{Greeted, hello};
use super::wire::{End, close, code, feed, flush, put, room, too_big};
use crate::content::Locale;
use crate::engine::limits::TokenBucket;
use crate::engine::{Bundle, Hold, Position, TurnError, TurnIn, TurnKind, TurnOut};
use crate::transcripts::record::TechnicalRecord;
use axum::Error as SocketError;
use axum::extract::ws::{Message, WebSocket};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, MissedTickBehavior};

/// Refused frames in a row after which a connection is closed.
const REFUSALS_MAX: u32 = 100;

/// What a connection waits for.
enum Wake {
    Message(Option<Result<Message, SocketError>>),
    Others,
    Heartbeat,
    GoingAway,
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
    ///
    /// What is done now and then has its own allocation for as long as it takes: in one piece, the
    /// deepest turn's future would be held by every idle connection.
    pub(super) async fn run(mut socket: WebSocket, gate: Arc<Gate>, technical: TechnicalRecord) {
        gate.engine.meters().connections.inc();
        let started = gate.engine.clock().elapsed();
        let end = match Box::pin(hello(&mut socket, &gate, technical)).await {
            Ok(greeted) => {
                let conversation = greeted.attached.live.id();
                let welcome = greeted.welcome(&gate);
                let mut connection = Self::new(socket, Arc::clone(&gate), greeted);
                let end = match Box::pin(connection.welcome(welcome)).await {
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
        Box::pin(close(socket, end)).await;
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

    /// The welcome, then everything that the client has not seen.
    async fn welcome(&mut self, text: String) -> Result<(), End> {
        put(&mut self.socket, Message::Text(text.into()))?;
        // On its own: the socket keeps a buffer as large as the most that it was given at once.
        self.flush().await?;
        self.catch_up(self.sent_seq + 1).await
    }

    async fn serve(&mut self) -> End {
        let limits = self.gate.engine.limits();
        let period = Duration::from_secs(limits.heartbeat_seconds.max(1));
        let mut heartbeat = tokio::time::interval_at(Instant::now() + period, period);
        heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut heard_from = true;
        // Waited for once, and not anew at every turn: all connections stand in one list there.
        let mut drain = self.drain.clone();
        let mut going = pin!(async move { drain.wait_for(|going| *going).await.is_ok() });
        loop {
            let wake = tokio::select! {
                message = self.socket.recv() => Wake::Message(message),
                _ = self.follow.changed() => Wake::Others,
                _ = heartbeat.tick() => Wake::Heartbeat,
                _ = &mut going => Wake::GoingAway,
            };
            let result = match wake {
                Wake::Message(Some(Ok(message))) => {
                    heard_from = true;
                    Box::pin(self.take(message)).await
                }
                Wake::Message(Some(Err(error))) => Err(too_big(&error)),
                Wake::Message(None) => Err(End::Gone),
                Wake::Others => Box::pin(self.others()).await,
                Wake::Heartbeat if std::mem::take(&mut heard_from) => Box::pin(self.ping()).await,
                Wake::Heartbeat => Err(End::Gone),
                Wake::GoingAway => Box::pin(self.going_away()).await,
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
                Err(refusal) => {
                    self.refuse(refusal.code, &refusal.message, None, None)
                        .await
                }
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
            ClientFrame::Typing => {
                self.gate.engine.stir(&self.hold);
                return Ok(());
            }
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
            return self
                .refuse(ErrorCode::EmptyText, words, Some(client_seq), None)
                .await;
        }
        if let Err(wait_ms) = self.take_token() {
            let words = "too many messages at once: nothing was taken, send it again in a moment";
            return self
                .refuse(
                    ErrorCode::RateLimited,
                    words,
                    Some(client_seq),
                    Some(wait_ms),
                )
                .await;
        }
        let turn = TurnIn {
            client_seq: Some(client_seq),
            epoch: Some(self.epoch),
            kind,
        };
        match self.gate.engine.turn(&self.hold, turn).await {
            Ok(out) => self.answer(&out).await,
            Err(error) => self.refuse_turn(client_seq, &error).await,
        }
    }

    fn take_token(&mut self) -> Result<(), u64> {
        let limits = self.gate.engine.limits();
        let now = self.gate.engine.clock().elapsed().as_secs_f64();
        self.bucket
            .take(limits.turns_burst, limits.turns_per_second, now)
    }

    /// The acknowledgement, the warning and the answer, in one write.
    async fn answer(&mut self, out: &TurnOut) -> Result<(), End> {
        self.refusals = 0;
        self.locale = out.locale;
        let socket = &mut self.socket;
        let mut room = room();
        let audience = Audience::Sender(&out.findings);
        let wording = &out.bundle.assistant.wording;
        emit::frames(&out.record, &audience, 0, wording, out.locale, |frame| {
            feed(socket, &mut room, frame)
        })?;
        if !out.phase.is_closed() {
            feed(socket, &mut room, &ServerFrame::State { phase: out.phase })?;
        }
        self.sent_seq = self.sent_seq.max(out.record.next_seq() - 1);
        self.follow.mark_unchanged();
        self.flush().await?;
        if out.phase.is_closed() {
            Err(End::Close(code::NORMAL, "ended"))
        } else {
            Ok(())
        }
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
        self.refuse(code, &error.to_string(), Some(client_seq), None)
            .await
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
        feed(
            &mut self.socket,
            &mut room(),
            &ServerFrame::Error {
                code,
                message,
                client_seq,
                retry_after_ms,
            },
        )?;
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
            return self
                .refuse(ErrorCode::RateLimited, words, None, Some(wait_ms))
                .await;
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
                return self
                    .refuse(ErrorCode::Unavailable, words, None, Some(1000))
                    .await;
            }
        };
        let bundle = Arc::clone(&self.bundle);
        let mut closed = false;
        for turn in &turns {
            let (socket, wording) = (&mut self.socket, &bundle.assistant.wording);
            let mut room = room();
            emit::frames(
                turn,
                &Audience::Reader,
                from_seq,
                wording,
                self.locale,
                |frame| {
                    closed |= matches!(frame, ServerFrame::Bye { .. });
                    feed(socket, &mut room, frame)
                },
            )?;
            self.sent_seq = self.sent_seq.max(turn.next_seq() - 1);
            self.flush().await?;
        }
        self.flush().await?;
        if closed {
            Err(End::Close(code::NORMAL, "ended"))
        } else {
            Ok(())
        }
    }

    async fn superseded(&mut self) -> Result<(), End> {
        feed(
            &mut self.socket,
            &mut room(),
            &ServerFrame::Bye {
                reason: ByeReason::Superseded,
            },
        )?;
        self.flush().await?;
        Err(End::Close(code::POLICY, "superseded"))
    }

    /// Asks the client to come back after a time that differs from client to client, so that they
    /// do not all come at once.
    async fn going_away(&mut self) -> Result<(), End> {
        let after_ms = 500 + u64::from(self.hold.id().0.as_bytes()[15]) * 10;
        feed(
            &mut self.socket,
            &mut room(),
            &ServerFrame::Reconnect { after_ms },
        )?;
        feed(
            &mut self.socket,
            &mut room(),
            &ServerFrame::Bye {
                reason: ByeReason::Drain,
            },
        )?;
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

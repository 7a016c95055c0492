//! The stream of a conversation: a WebSocket that says what the log gains. It takes nothing in; an
//! empty text is the sign of life, both ways.

use super::DirectLine;
use super::desk::Ticket;
use super::refusal::Refusal;
use crate::engine::Hold;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, MissedTickBehavior};

/// Bytes that a client may send at once: it sends nothing but signs of life.
const FRAME_BYTES_MAX: usize = 1024;

/// RFC 6455, section 7.4.1.
const NORMAL: u16 = 1000;
const RESTART: u16 = 1012;

/// What opens a stream.
#[derive(Deserialize)]
pub(crate) struct Address {
    #[serde(default)]
    t: String,
}

/// `GET /conversations/{id}/stream?t=...`.
pub(crate) async fn follow(
    State(line): State<Arc<DirectLine>>,
    Path(id): Path<String>,
    Query(address): Query<Address>,
    socket: WebSocketUpgrade,
) -> Result<Response, Refusal> {
    let ticket = line.desk.redeem(&line.gate.engine, &address.t);
    let ticket = ticket.filter(|ticket| ticket.conversation.to_string() == id);
    let ticket = ticket.ok_or_else(Refusal::stream_used)?;
    let live = line.gate.engine.find(ticket.conversation).await;
    let live = live.map_err(|error| Refusal::attach(&error))?;
    Ok(socket
        .read_buffer_size(FRAME_BYTES_MAX)
        .max_message_size(FRAME_BYTES_MAX)
        .max_frame_size(FRAME_BYTES_MAX)
        .on_upgrade(move |socket| Box::pin(run(socket, line, live, ticket))))
}

async fn run(mut socket: WebSocket, line: Arc<DirectLine>, live: Hold, ticket: Ticket) {
    line.gate.engine.meters().connections.inc();
    let (code, reason) = tell(&mut socket, &line, &live, &ticket).await;
    if code != 0 {
        let frame = CloseFrame {
            code,
            reason: reason.into(),
        };
        let _ = socket.send(Message::Close(Some(frame))).await;
    }
    line.gate.engine.meters().connections.dec();
}

/// What a stream waits for.
enum Wake {
    Log,
    Life,
    Heartbeat,
    End(u16, &'static str),
}

/// Tells until the end; the close code, 0 where nobody is there to be told.
async fn tell(
    socket: &mut WebSocket,
    line: &DirectLine,
    live: &Hold,
    ticket: &Ticket,
) -> (u16, &'static str) {
    let limits = line.gate.engine.limits();
    let (number, mut newest) = line.desk.newest_stream(ticket.conversation);
    let mut drain = line.gate.drain.clone();
    let mut follow = live.follow();
    follow.mark_changed();
    let period = Duration::from_secs(limits.heartbeat_seconds.max(1));
    let mut heartbeat = tokio::time::interval_at(Instant::now() + period, period);
    heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut after = ticket.after;
    loop {
        let wake = tokio::select! {
            changed = follow.changed() => if changed.is_ok() { Wake::Log } else { Wake::End(NORMAL, "ended") },
            message = socket.recv() => match message {
                // Signs of life; whatever else comes is nothing here.
                Some(Ok(Message::Text(_) | Message::Binary(_) | Message::Ping(_) | Message::Pong(_))) => Wake::Life,
                Some(Ok(Message::Close(_)) | Err(_)) | None => Wake::End(0, ""),
            },
            _ = heartbeat.tick() => Wake::Heartbeat,
            _ = newest.wait_for(|newest| *newest != number) => Wake::End(NORMAL, "collision"),
            _ = drain.wait_for(|going| *going) => Wake::End(RESTART, "going away"),
        };
        let text = match wake {
            Wake::Life => continue,
            Wake::Heartbeat => String::new(),
            Wake::End(code, reason) => return (code, reason),
            Wake::Log => {
                if follow.borrow_and_update().head_seq <= after {
                    continue;
                }
                // The client asks for another stream, from where this one stopped.
                let Ok(activities) = line.read(live, ticket.user.as_deref(), after).await else {
                    return (RESTART, "unavailable");
                };
                after = activities.last;
                let text = serde_json::to_string(&activities).unwrap_or_default();
                if activities.is_end() {
                    let _ = send(socket, text, limits.write_seconds).await;
                    return (NORMAL, "ended");
                }
                text
            }
        };
        if send(socket, text, limits.write_seconds).await.is_err() {
            return (0, "");
        }
    }
}

/// Sends, or finds that the reader takes nothing.
async fn send(socket: &mut WebSocket, text: String, seconds: u64) -> Result<(), ()> {
    let sending = socket.send(Message::Text(text.into()));
    match tokio::time::timeout(Duration::from_secs(seconds), sending).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(()),
    }
}

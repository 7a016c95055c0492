//! Frames into a socket, and how it ends.

use super::frames::{FRAME_BYTES_USUAL, ServerFrame};
use axum::Error as SocketError;
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use bytes::{BufMut as _, BytesMut};
use futures_util::{FutureExt as _, SinkExt as _};
use std::time::Duration;

/// How long a goodbye may take.
const GOODBYE: Duration = Duration::from_secs(1);

/// Why a connection ends, and with which close code.
pub(super) enum End {
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

/// RFC 6455, section 7.4.1.
pub(super) mod code {
    pub(in crate::channels::websocket) const NORMAL: u16 = 1000;
    pub(in crate::channels::websocket) const PROTOCOL: u16 = 1002;
    pub(in crate::channels::websocket) const POLICY: u16 = 1008;
    pub(in crate::channels::websocket) const TOO_BIG: u16 = 1009;
    pub(in crate::channels::websocket) const RESTART: u16 = 1012;
    pub(in crate::channels::websocket) const TRY_LATER: u16 = 1013;
}

/// Room for the frames of a turn, which share one allocation.
pub(super) fn room() -> BytesMut {
    BytesMut::with_capacity(2 * FRAME_BYTES_USUAL)
}

/// Puts a frame into the socket's buffer, without waiting; it is written into `room` on its way.
pub(super) fn feed(
    socket: &mut WebSocket,
    room: &mut BytesMut,
    frame: &ServerFrame<'_>,
) -> Result<(), End> {
    frame.write_to(room.writer());
    // serde_json writes nothing that is not UTF-8.
    let text = Utf8Bytes::try_from(room.split().freeze()).unwrap_or_default();
    put(socket, Message::Text(text))
}

pub(super) fn put(socket: &mut WebSocket, message: Message) -> Result<(), End> {
    // One turn's frames are far smaller than WRITE_BUFFER_BYTES, and each turn is flushed before
    // the next: the sink is ready at once, or the reader has stopped taking anything.
    match socket.feed(message).now_or_never() {
        Some(Ok(())) => Ok(()),
        Some(Err(_)) | None => Err(End::Slow),
    }
}

/// Sends what is buffered. A timer is set only where the reader does not take it at once.
pub(super) async fn flush(socket: &mut WebSocket, seconds: u64) -> Result<(), End> {
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
pub(super) fn too_big(error: &SocketError) -> End {
    let text = error.to_string();
    if text.contains("too long") || text.contains("too large") || text.contains("too big") {
        End::Close(code::TOO_BIG, "frame over the limit")
    } else {
        End::Gone
    }
}

/// Says why, and waits a moment for the client to have read it: a socket that is dropped with
/// something unread in it is reset, and what was sent last is lost.
pub(super) async fn close(mut socket: WebSocket, end: End) {
    let (code, reason) = match end {
        End::Gone => return,
        End::Close(code, reason) => (code, reason),
        End::Slow => (code::TRY_LATER, "slow"),
    };
    let frame = Message::Close(Some(CloseFrame {
        code,
        reason: reason.into(),
    }));
    let goodbye = async {
        if socket.send(frame).await.is_ok() {
            while let Some(Ok(_)) = socket.recv().await {}
        }
    };
    // A reader that is gone or slow need not hear it.
    let _ = tokio::time::timeout(GOODBYE, goodbye).await;
}

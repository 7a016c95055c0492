//! Frames into a relay's socket, and how it ends.

use super::frames::Outgoing;
use crate::channels::phone::tag;
use crate::content::Locale;
use crate::dialogue::Redirection;
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use std::time::Duration;

/// Why a relay ends, as the platform's script knows it: a person takes the call.
pub(super) const HAND_OVER: &str = "live-agent-handoff";
/// The conversation is over.
pub(super) const ENDED: &str = "ended";
/// This server restarts: connect again.
pub(super) const RESTART: &str = "service-restart";
/// Something failed for good: a person takes the call.
pub(super) const FAILED: &str = "service-failure";

/// How a relay ends.
pub(super) enum End {
    /// The caller has hung up, or the platform has.
    Gone,
    /// We have said so.
    Said,
}

/// Of a hand-over, what the platform's script needs; nothing raw, and what is personal is covered.
pub(super) fn handed_over(to: &Redirection, reference: &str) -> serde_json::Value {
    serde_json::json!({
        "reasonCode": HAND_OVER,
        "reason": to.reason,
        "department": to.department,
        "queue": to.queue,
        "phone": to.phone,
        "summary": to.summary,
        "urgent": to.urgent,
        "reference": reference,
    })
}

pub(super) fn text(token: &str, last: bool, locale: Locale, is_telnyx: bool) -> Outgoing<'_> {
    Outgoing::Text {
        token,
        last,
        lang: (!is_telnyx).then(|| tag(locale)),
        interruptible: (!is_telnyx).then_some(true),
        preemptible: (!is_telnyx).then_some(false),
    }
}

pub(super) fn end(data: &serde_json::Value, is_telnyx: bool) -> Outgoing<'static> {
    Outgoing::End {
        handoff_data: (!is_telnyx).then(|| data.to_string()),
    }
}

pub(super) async fn send(socket: &mut WebSocket, frame: &Outgoing<'_>) -> Result<(), End> {
    let Ok(json) = serde_json::to_string(frame) else {
        return Ok(());
    };
    let sent = socket.send(Message::Text(Utf8Bytes::from(json))).await;
    sent.map_err(|_| End::Gone)
}

pub(super) async fn close(socket: &mut WebSocket, code: u16, reason: &'static str) {
    let frame = Message::Close(Some(CloseFrame {
        code,
        reason: reason.into(),
    }));
    let goodbye = async {
        if socket.send(frame).await.is_ok() {
            while let Some(Ok(_)) = socket.recv().await {}
        }
    };
    // A platform that is gone need not hear it.
    let _ = tokio::time::timeout(Duration::from_secs(1), goodbye).await;
}

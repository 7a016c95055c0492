//! The first frame of a relay: which call it is, and in which language.

use super::frames::Incoming;
use crate::channels::phone::{Phone, Ringing};
use crate::content::Locale;
use axum::extract::ws::{Message, WebSocket};
use std::time::Duration;

/// How long the first frame may take.
const SETUP: Duration = Duration::from_secs(10);

/// What the first frame says.
pub(super) struct Setup {
    pub(super) ringing: Ringing,
    pub(super) is_telnyx: bool,
}

/// The first frame must be a setup, in time.
pub(super) async fn setup(socket: &mut WebSocket, phone: &Phone) -> Option<Setup> {
    let first = async {
        loop {
            match socket.recv().await? {
                Ok(Message::Text(text)) => break Some(text),
                Ok(Message::Ping(_) | Message::Pong(_)) => {}
                Ok(Message::Binary(_) | Message::Close(_)) | Err(_) => break None,
            }
        }
    };
    let first = tokio::time::timeout(SETUP, first).await.ok().flatten()?;
    let Ok(Incoming::Setup {
        call_sid,
        call_control_id,
        from,
        to,
        custom_parameters,
    }) = serde_json::from_str(&first)
    else {
        phone.gate.engine.meters().refused("bad_relay_frame");
        return None;
    };
    let is_telnyx = call_control_id.is_some();
    let call_sid = call_sid.filter(|sid| !sid.is_empty());
    let contact = call_sid.or(call_control_id).unwrap_or_default();
    if contact.is_empty() {
        return None;
    }
    let language = ["lang", "language", "locale"]
        .iter()
        .find_map(|name| custom_parameters.get(*name)?.as_str());
    let ringing = Ringing::new(&contact, Locale::from_tag(language.unwrap_or_default()))
        .numbers(from.as_deref(), to.as_deref());
    Some(Setup { ringing, is_telnyx })
}

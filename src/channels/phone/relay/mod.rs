//! ConversationRelay, `GET /ivr/relay`: Twilio's WebSocket, and Telnyx's, which speaks nearly the same.
//!
//! `POST /ivr/relay` is the webhook of the number: it has the platform connect, with a ticket that is
//! good once, and when the relay has ended it puts the call through or ends it. The frames are in
//! `frames`, how a call begins in `setup`, its life in `connection`, how it is written in `wire`.

mod connection;
mod frames;
mod setup;
mod wire;

pub(super) use frames::{Alternative, lenient};

use super::door::{field, form};
use super::twiml::{Response as Twiml, element};
use super::{Phone, tag};
use crate::content::Locale;
use axum::body::Body;
use axum::extract::State;
use axum::extract::ws::{WebSocket, WebSocketUpgrade};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use connection::Connection;
use std::sync::Arc;

/// `GET /ivr/relay`.
pub async fn upgrade(
    State(phone): State<Arc<Phone>>,
    uri: Uri,
    headers: HeaderMap,
    socket: WebSocketUpgrade,
) -> Response {
    if !phone.is_platforms_socket(&headers, &uri) {
        phone.gate.engine.meters().refused("signature");
        let words = "no platform's signature or ticket ([phone] in cece.toml)\n";
        return (StatusCode::FORBIDDEN, words).into_response();
    }
    if *phone.gate.drain.borrow() {
        return (StatusCode::SERVICE_UNAVAILABLE, "going away, come back\n").into_response();
    }
    let query = form(uri.query().unwrap_or_default().as_bytes());
    let resume = field(&query, "resume").map(str::to_owned);
    let frame_bytes_max = phone.gate.engine.limits().frame_bytes_max;
    socket
        .max_message_size(frame_bytes_max)
        .max_frame_size(frame_bytes_max)
        .on_upgrade(move |socket: WebSocket| Box::pin(Connection::run(socket, phone, resume)))
}

/// `POST /ivr/relay`: a call comes in, or its relay has ended.
pub async fn webhook(
    State(phone): State<Arc<Phone>>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let Ok(body) = phone.gate.read(body).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let form = form(&body);
    if !phone.is_platforms(&headers, &uri, &body, &form) {
        phone.gate.engine.meters().refused("signature");
        return StatusCode::FORBIDDEN.into_response();
    }
    let has_ended = ["SessionStatus", "HandoffData", "SessionDuration"]
        .iter()
        .any(|name| field(&form, name).is_some());
    let twiml = if has_ended {
        phone.relay_ended(&form, &headers)
    } else {
        phone.relay_begins(&form, &headers, None)
    };
    twiml.into_response()
}

impl Phone {
    /// Has the platform connect; to a conversation that broke off, by its token.
    fn relay_begins(
        &self,
        form: &[(String, String)],
        headers: &HeaderMap,
        resume: Option<&str>,
    ) -> Twiml {
        let locale = Locale::from_tag(field(form, "Language").unwrap_or_default());
        let ticket = self.tickets.issue(&self.gate.engine);
        let base = self.base(headers);
        let socket = base.strip_prefix("http").unwrap_or_default();
        let resume = resume.map_or_else(String::new, |token| format!("&resume={token}"));
        let url = format!("ws{socket}/ivr/relay?ticket={ticket}{resume}");
        let language = tag(locale);
        let relay = element(
            "ConversationRelay",
            &[
                ("url", &url),
                ("language", language),
                ("dtmfDetection", "true"),
                ("interruptible", "any"),
            ],
            "",
        );
        let action = format!("{base}/ivr/relay");
        Twiml::of(element("Connect", &[("action", &action)], &relay))
    }

    /// After a relay: to the person that it named, back to the assistant where it broke off, or an end.
    fn relay_ended(&self, form: &[(String, String)], headers: &HeaderMap) -> Twiml {
        let contact = field(form, "CallSid").unwrap_or_default();
        let data: serde_json::Value =
            serde_json::from_str(field(form, "HandoffData").unwrap_or_default())
                .unwrap_or_default();
        let reason = data["reasonCode"].as_str().unwrap_or_default();
        let remembered = self.calls.get(contact).and_then(|call| call.handed_to);
        let number = match (data["phone"].as_str(), &remembered) {
            (Some(number), _) => Some(number.to_owned()),
            (None, Some(to)) => to.phone.clone(),
            (None, None) => None,
        };
        if reason == wire::HAND_OVER || remembered.is_some() {
            return Twiml::dial(number.or_else(|| self.switchboard()).as_deref());
        }
        let broke_off = field(form, "SessionStatus") == Some("failed");
        if reason == wire::RESTART {
            return self.relay_begins(form, headers, data["resume"].as_str());
        }
        if broke_off {
            return Twiml::dial(self.switchboard().as_deref());
        }
        Twiml::hang_up()
    }
}

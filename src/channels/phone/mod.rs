//! The telephone: a platform does the speech and sends text; what is said goes back worded for the ear.
//!
//! Three bridges carry the same turns: [`relay`], a WebSocket with streamed speech; [`cxone`], an
//! exchange by requests; [`gather`], forms and TwiML. What they share stands beside them: who may call
//! in `door`, which call is which conversation in `calls`, a turn as it is spoken in
//! `reply`, keys in `keypad`. No bridge decides anything about a conversation.

pub mod cxone;
pub mod gather;
pub mod relay;

mod calls;
mod door;
mod keypad;
mod reply;
mod twiml;

use super::{Gate, Secret};
use crate::content::{Locale, Phrase};
use crate::dialogue::Channel;
use crate::engine::{AttachError, Attached, Hold, StartIn, TurnError, TurnIn, TurnKind, TurnOut};
use crate::transcripts::record::TechnicalRecord;
use calls::{Calls, Tickets};
use door::Seen;
use reply::Reply;
use serde::Deserialize;
use std::sync::Arc;

/// The longest name that a platform may give a call, bytes; longer ones are cut.
const CONTACT_BYTES_MAX: usize = 128;
/// The longest telephone number that is kept, bytes.
const NUMBER_BYTES_MAX: usize = 64;

/// The settings of the bridges: each is off until its secret is set.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PhoneSettings {
    /// How platforms reach this server, e.g. `https://cece.cheshvale.example`: signatures are made over
    /// it. Empty: as the request itself says.
    pub public_url: String,
    /// The auth token that Twilio signs with; empty: no request of Twilio's is taken.
    pub twilio_token: Secret,
    /// The public key that Telnyx signs with, base64; empty: no request of Telnyx's is taken.
    pub telnyx_key: String,
    /// The header in which CXone sends its secret.
    pub cxone_header: String,
    /// The secret that CXone sends; empty: its bridge is off.
    pub cxone_secret: Secret,
    /// How long nothing is said before the caller is asked again, seconds.
    pub silence_seconds: u64,
}

impl Default for PhoneSettings {
    fn default() -> Self {
        Self {
            public_url: String::new(),
            twilio_token: "".into(),
            telnyx_key: String::new(),
            cxone_header: "X-CeCe-Secret".to_owned(),
            cxone_secret: "".into(),
            silence_seconds: 6,
        }
    }
}

/// What the bridges share.
pub struct Phone {
    gate: Arc<Gate>,
    settings: PhoneSettings,
    calls: Calls,
    tickets: Tickets,
    seen: Seen,
}

/// What a platform says of a call that begins.
struct Ringing {
    /// What the platform calls it.
    contact: String,
    caller: Option<String>,
    called: Option<String>,
    locale: Locale,
    channel: Channel,
}

impl Ringing {
    fn new(contact: &str, locale: Locale) -> Self {
        Self {
            contact: cut(contact, CONTACT_BYTES_MAX),
            caller: None,
            called: None,
            locale,
            channel: Channel::Phone,
        }
    }

    fn numbers(mut self, caller: Option<&str>, called: Option<&str>) -> Self {
        let number = |text: Option<&str>| {
            text.filter(|text| !text.is_empty())
                .map(|text| cut(text, NUMBER_BYTES_MAX))
        };
        self.caller = number(caller);
        self.called = number(called);
        self
    }
}

impl Phone {
    /// The bridges behind `gate`.
    #[must_use]
    pub fn new(gate: Arc<Gate>, settings: PhoneSettings) -> Self {
        Self {
            gate,
            settings,
            calls: Calls::default(),
            tickets: Tickets::default(),
            seen: Seen::default(),
        }
    }

    /// Opens the conversation of a call. Its numbers are technical data, and so is nothing else of it.
    async fn answer(&self, ringing: Ringing) -> Result<Attached, AttachError> {
        let technical = TechnicalRecord {
            caller: ringing.caller,
            called: ringing.called,
            ..TechnicalRecord::default()
        };
        let opening = StartIn {
            channel: ringing.channel,
            locale: ringing.locale,
            page: None,
            contact: Some(ringing.contact),
            technical,
        };
        let attached = self.gate.engine.start(opening).await;
        if let Err(AttachError::Archive(cause)) = &attached {
            tracing::error!(error = %cause, "no conversation for a call");
        }
        attached
    }

    /// The conversation that a call is in already: by the token that the platform brings, or as it is
    /// remembered; none where it is over.
    async fn conversation(&self, contact: &str, token: Option<&str>) -> Option<Hold> {
        let engine = &self.gate.engine;
        let live = match (token, self.calls.get(contact)) {
            (Some(token), _) => engine.enter_for_platform(token).await.ok()?.0,
            (None, Some(call)) => engine.find(call.conversation).await.ok()?,
            (None, None) => return None,
        };
        (!live.is_over().await).then_some(live)
    }

    /// Takes a turn that a platform numbers, once. What is longer than anybody says in one breath is
    /// noise.
    async fn numbered(
        &self,
        live: &Hold,
        number: u64,
        kind: TurnKind,
    ) -> Result<TurnOut, TurnError> {
        let engine = &self.gate.engine;
        let turn = |kind| TurnIn {
            client_seq: Some(number),
            epoch: None,
            kind,
        };
        match engine.turn_or_next(live, turn(kind)).await {
            Err(TurnError::TooLong { .. }) => {
                engine.turn_or_next(live, turn(TurnKind::NoMatch)).await
            }
            taken => taken,
        }
    }

    /// What was said in the turns from `from_seq` on, as one reply; none where nothing can be read.
    async fn said_since(&self, live: &Hold, from_seq: u64, locale: Locale) -> Option<Reply> {
        let turns = self.gate.engine.replay(live, from_seq).await;
        let turns = turns
            .inspect_err(|cause| {
                tracing::error!(conversation.id = %live.id(), error = %cause, "no replay");
            })
            .ok()?;
        let bundle = self.gate.engine.bundle();
        let mut whole = Reply::begin(locale);
        for turn in &turns {
            whole.follow(turn, &bundle.assistant);
        }
        Some(whole)
    }

    /// The last thing that was said to a caller, as one reply: the first words of a call that begins.
    async fn said_last(&self, live: &Hold) -> Option<Reply> {
        let turns = self.gate.engine.replay(live, 0).await;
        let turns = turns
            .inspect_err(|cause| {
                tracing::error!(conversation.id = %live.id(), error = %cause, "no replay");
            })
            .ok()?;
        let bundle = self.gate.engine.bundle();
        let mut last = Reply::begin(Locale::En);
        for turn in &turns {
            let mut reply = Reply::begin(last.locale);
            reply.reference.clone_from(&last.reference);
            reply.follow(turn, &bundle.assistant);
            if reply.segments.is_empty() {
                last.next_seq = reply.next_seq;
            } else {
                last = reply;
            }
        }
        Some(last)
    }

    /// Ends a conversation whose call was put through or hung up; one that has ended stays so.
    async fn hang_up(&self, live: &Hold) {
        let turn = TurnIn {
            client_seq: None,
            epoch: None,
            kind: TurnKind::End,
        };
        if let Err(error) = self.gate.engine.turn(live, turn).await {
            tracing::debug!(conversation.id = %live.id(), %error, "not ended");
        }
    }

    /// What is said where nothing can be recorded, and the number of who answers then.
    fn sorry(&self, locale: Locale) -> (String, Option<String>) {
        let bundle = self.gate.engine.bundle();
        let assistant = &bundle.assistant;
        let words = assistant.wording.spoken(Phrase::NoMatchPerson, locale);
        (words.to_owned(), self.switchboard())
    }

    /// The number of the switchboard, where it has one.
    fn switchboard(&self) -> Option<String> {
        let bundle = self.gate.engine.bundle();
        let assistant = &bundle.assistant;
        let department = assistant.departments.get(&assistant.council.switchboard)?;
        Some(department.channels.phone.as_ref()?.to_string())
    }
}

/// At most `bytes` of `text`, at a character's end.
fn cut(text: &str, bytes: usize) -> String {
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default().to_owned()
}

/// The language as platforms name it.
fn tag(locale: Locale) -> &'static str {
    match locale {
        Locale::En => "en-GB",
        Locale::Cy => "cy-GB",
    }
}

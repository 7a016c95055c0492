//! TwiML's Gather, `POST /ivr/gather`: a form a turn, answered with what to say and what to listen for.
//!
//! Where a call stands goes along in the address that the platform posts to next, which it signs with
//! the rest: a form that is sent again finds the answer that it had. The XML is in `twiml`.

use super::door::{Form, field, form};
use super::keypad::{self, Keyed};
use super::reply::{Next, Reply};
use super::twiml::{Response as Twiml, element, say};
use super::{Phone, Ringing, tag};
use crate::content::{Assistant, Locale, SlotType, ear};
use crate::dialogue::Expects;
use crate::engine::{Hold, TurnError, TurnKind};
use crate::pii::RawText;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The longest list of words that a recogniser is told to expect, characters: Twilio takes a thousand.
const HINTS_CHARS_MAX: usize = 900;
/// What a call's status is when it is over.
const OVER: [&str; 5] = ["completed", "failed", "busy", "no-answer", "canceled"];

/// `POST /ivr/gather`.
pub async fn webhook(
    State(phone): State<Arc<Phone>>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let Ok(body) = phone.gate.read(body).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let fields = form(&body);
    if !phone.is_platforms(&headers, &uri, &body, &fields) {
        phone.gate.engine.meters().refused("signature");
        return StatusCode::FORBIDDEN.into_response();
    }
    let query = form(uri.query().unwrap_or_default().as_bytes());
    phone.gathered(&query, fields).await.into_response()
}

/// Where a call stands, in the address.
struct Place {
    token: String,
    turn: u64,
}

impl Phone {
    async fn gathered(&self, query: &[(String, String)], fields: Form) -> Twiml {
        let locale = Locale::from_tag(field(query, "lang").unwrap_or_default());
        let Some(contact) = field(&fields, "CallSid").filter(|sid| !sid.is_empty()) else {
            self.gate.engine.meters().refused("bad_gather");
            return self.apology(locale);
        };
        let contact = contact.to_owned();
        let _alone = self.calls.alone(&contact).await;
        let token = field(query, "t").map(str::to_owned);
        let begun = match &token {
            Some(token) => self
                .gate
                .engine
                .enter_for_platform(token)
                .await
                .ok()
                .map(|(live, _)| live),
            None => self.conversation(&contact, None).await,
        };
        let is_over = field(&fields, "CallStatus").is_some_and(|status| OVER.contains(&status));
        let Some(live) = begun else {
            if is_over {
                return Twiml::nothing();
            }
            return self.gather_begins(&contact, &fields, locale).await;
        };
        if is_over {
            self.hang_up(&live).await;
            return Twiml::nothing();
        }
        if field(&fields, "SequenceNumber").is_some() {
            // What is being heard, and no turn yet.
            self.gate.engine.stir(&live);
            return Twiml::nothing();
        }
        let known = self.calls.get(&contact).map(|call| call.token);
        let Some(token) = token.or(known) else {
            return self.apology(locale);
        };
        let Some(turn) = field(query, "n").and_then(|turn| turn.parse().ok()) else {
            // The first form again: its answer was lost.
            let first = self.said_last(&live).await;
            let place = Place { token, turn: 0 };
            return match first {
                Some(reply) => self.spoken(&live, &reply, &place).await,
                None => self.apology(locale),
            };
        };
        let place = Place { token, turn };
        self.gather_turn(&live, place, turn_of(fields), locale)
            .await
    }

    async fn gather_begins(&self, contact: &str, fields: &Form, locale: Locale) -> Twiml {
        if *self.gate.drain.borrow() {
            return self.apology(locale);
        }
        let ringing =
            Ringing::new(contact, locale).numbers(field(fields, "From"), field(fields, "To"));
        let Ok(attached) = self.answer(ringing).await else {
            return self.apology(locale);
        };
        let (engine, live) = (&self.gate.engine, attached.live);
        self.calls
            .remember(engine, contact, live.id(), attached.token.clone());
        let place = Place {
            token: attached.token,
            turn: 0,
        };
        match self.said_last(&live).await {
            Some(reply) => self.spoken(&live, &reply, &place).await,
            None => self.apology(locale),
        }
    }

    async fn gather_turn(
        &self,
        live: &Hold,
        place: Place,
        kind: TurnKind,
        locale: Locale,
    ) -> Twiml {
        match self.numbered(live, place.turn + 1, kind).await {
            Ok(out) => {
                let turn = out.record.client_seq.unwrap_or(place.turn + 1);
                let place = Place { turn, ..place };
                self.spoken(live, &Reply::of(&out), &place).await
            }
            Err(TurnError::Ended) => Twiml::hang_up(),
            Err(error) => {
                tracing::error!(conversation.id = %live.id(), %error, "turn not taken");
                self.apology(locale)
            }
        }
    }

    /// Nothing can be taken: a person, and never a dead line.
    fn apology(&self, locale: Locale) -> Twiml {
        let (words, number) = self.sorry(locale);
        let words = say(&ear::spoken(&words, locale), tag(locale));
        Twiml::dial(number.as_deref()).after(&words)
    }

    /// A reply as the platform speaks it, and what it does then.
    async fn spoken(&self, live: &Hold, reply: &Reply, place: &Place) -> Twiml {
        let language = tag(reply.locale);
        let said: String = reply
            .segments
            .iter()
            .map(|segment| say(&segment.spoken, language))
            .collect();
        match &reply.next {
            Next::HandOver(to) => {
                self.hang_up(live).await;
                let number = to.phone.clone().or_else(|| self.switchboard());
                Twiml::dial(number.as_deref()).after(&said)
            }
            Next::End => Twiml::hang_up().after(&said),
            Next::Listen => {
                let action = format!(
                    "/ivr/gather?t={}&n={}&lang={language}",
                    place.token, place.turn
                );
                let timeout = self.settings.silence_seconds.max(1).to_string();
                let keys_max = reply.keys_max.max(1).to_string();
                let bundle = self.gate.engine.bundle();
                let hints = hints(&bundle.assistant, reply.expects.as_ref(), reply.locale);
                let mut attributes = vec![
                    ("input", "dtmf speech"),
                    ("action", action.as_str()),
                    ("method", "POST"),
                    ("language", language),
                    ("speechTimeout", "auto"),
                    ("timeout", timeout.as_str()),
                    ("numDigits", keys_max.as_str()),
                    ("actionOnEmptyResult", "true"),
                ];
                if !hints.is_empty() {
                    attributes.push(("hints", hints.as_str()));
                }
                let gather = element("Gather", &attributes, &said);
                // Only where the platform gathers nothing at all.
                let redirect = element("Redirect", &[("method", "POST")], &escaped_url(&action));
                Twiml::of(format!("{gather}{redirect}"))
            }
        }
    }
}

fn escaped_url(url: &str) -> String {
    url.replace('&', "&amp;")
}

/// What a form is as a turn.
fn turn_of(fields: Form) -> TurnKind {
    let mut spoken = None;
    for (name, value) in fields {
        let raw = RawText::new(value);
        match name.as_str() {
            "Digits" => match keypad::at_once(&raw) {
                Some(Keyed::One(key)) => return TurnKind::Dtmf(key),
                Some(Keyed::Number(digits)) => return TurnKind::Keys(digits),
                None => {}
            },
            "SpeechResult" => spoken = Some(raw),
            _ => {}
        }
    }
    match spoken {
        Some(words) if words.is_blank() => TurnKind::NoMatch,
        Some(words) => TurnKind::Speech(words, Vec::new()),
        None => TurnKind::Silence,
    }
}

/// The words that a recogniser is to expect: of the question asked, its choices; else what the council's
/// needs are called.
fn hints(assistant: &Assistant, expects: Option<&Expects>, locale: Locale) -> String {
    let mut words: BTreeSet<String> = BTreeSet::new();
    let mut add = |text: &str| {
        let plain: String = text
            .chars()
            .map(|c| {
                if c.is_alphanumeric() || c == '\'' {
                    c
                } else {
                    ' '
                }
            })
            .collect();
        let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
        if !plain.is_empty() {
            words.insert(plain.to_lowercase());
        }
    };
    let asked = expects.and_then(|expects| {
        let intent = assistant.intents.get(&expects.intent)?;
        intent.ask.iter().find(|slot| *slot.name == *expects.slot)
    });
    match asked.map(|slot| &slot.kind) {
        Some(SlotType::Choice(choices)) => {
            for choice in choices {
                add(choice.label.get(locale));
                choice.synonyms.iter().for_each(|synonym| add(synonym));
            }
        }
        Some(_) => {}
        None => {
            for intent in assistant.intents.values() {
                add(intent.title.get(locale));
            }
        }
    }
    let mut hints = String::new();
    for word in words {
        if hints.len() + word.len() < HINTS_CHARS_MAX {
            if !hints.is_empty() {
                hints.push(',');
            }
            hints.push_str(&word);
        }
    }
    hints
}

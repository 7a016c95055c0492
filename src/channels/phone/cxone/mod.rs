//! NICE CXone's custom exchange endpoint, `POST /ivr/cxone`: a request a turn, V1.
//!
//! Where a call stands goes along in `botSessionState`, so that a request that is sent again finds the
//! answer that it had, also after a restart; while it is remembered, contact and request id do. The
//! forms are in `exchange`.

mod exchange;

use super::keypad::{self, Keyed};
use super::reply::{Cause, Next, Reply};
use super::{Phone, Ringing};
use crate::content::Locale;
use crate::dialogue::{Channel, Redirection};
use crate::engine::{Hold, TurnError, TurnKind};
use crate::pii::RawText;
use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use exchange::{Branch, InputType, Place, Request, failure, response};
use serde_json::{Value, json};
use std::sync::Arc;
use subtle::ConstantTimeEq as _;

/// Longest request, bytes: sound comes along in some, though nobody here can hear it.
const REQUEST_BYTES_MAX: usize = 4 * 1024 * 1024;

/// `POST /ivr/cxone`.
pub async fn exchange(State(phone): State<Arc<Phone>>, headers: HeaderMap, body: Body) -> Response {
    let secret = phone.settings.cxone_secret.reveal();
    let given = headers.get(&phone.settings.cxone_header);
    let given = given.map_or(&[][..], |value| value.as_bytes());
    if secret.is_empty() || !bool::from(secret.as_bytes().ct_eq(given)) {
        phone.gate.engine.meters().refused("cxone_secret");
        let words = "unknown secret ([phone] cxone_header, cxone_secret in cece.toml)\n";
        return (StatusCode::UNAUTHORIZED, words).into_response();
    }
    let read = axum::body::to_bytes(body, REQUEST_BYTES_MAX).await.ok();
    // The parser's own message may quote what was sent, so it goes nowhere.
    let request = read.and_then(|body| serde_json::from_slice::<Request>(&body).ok());
    let Some(request) = request else {
        phone.gate.engine.meters().refused("bad_exchange");
        let (words, _) = phone.sorry(Locale::En);
        let what = "the request is no ExternalIntegrationBotExchangeRequest with a contactId";
        return Json(failure(&words, what, Locale::En)).into_response();
    };
    Json(phone.exchanged(request).await).into_response()
}

/// A call as this request finds it.
struct Call {
    live: Hold,
    place: Place,
    /// What was said as it began, where this is the request that began it.
    greeting: Option<Reply>,
}

impl Phone {
    async fn exchanged(&self, request: Request) -> Value {
        let contact = request.execution_info.contact_id.clone();
        let request_id = request.execution_info.request_id.clone();
        let locale = ["locale", "language", "lang"]
            .iter()
            .find_map(|name| request.bot_config.0[*name].as_str())
            .map_or(Locale::En, Locale::from_tag);
        let wired = wired(&request.bot_config.0);
        let kind = request.user_input_type;
        let _alone = self.calls.alone(&contact).await;
        let Some(call) = self.call(&request, locale).await else {
            return self.not_begun(kind, locale);
        };
        let Some(turn) = turn_of(request) else {
            // The script's own first turn, or one again that was taken already.
            let reply = match call.greeting {
                Some(greeting) => Some(greeting),
                None => self.said_last(&call.live).await,
            };
            return match reply {
                Some(reply) => {
                    self.answered(&call.live, &contact, reply, call.place, &wired)
                        .await
                }
                None => self.failed(locale),
            };
        };
        let (taken, number) = self.take(&call, &contact, &request_id, turn).await;
        let place = Place {
            turn: number,
            ..call.place
        };
        match taken {
            Ok(mut reply) => {
                // A caller in danger is dealt with before any notice.
                if let Some(greeting) = call.greeting.filter(|_| !reply.is_danger) {
                    let segments = std::mem::take(&mut reply.segments);
                    reply.segments = greeting.segments.into_iter().chain(segments).collect();
                }
                if let Some(branch) = own_branch(kind, &reply, &wired) {
                    let silence_ms = self.silence_ms();
                    return response(branch, &reply, Some(&place), json!({}), silence_ms);
                }
                self.answered(&call.live, &contact, reply, place, &wired)
                    .await
            }
            Err(TurnError::Ended) => {
                let mut over = Reply::begin(locale);
                over.next = Next::End;
                self.answered(&call.live, &contact, over, place, &wired)
                    .await
            }
            Err(error) => {
                tracing::error!(conversation.id = %call.live.id(), %error, "turn not taken");
                self.failed(locale)
            }
        }
    }

    /// The conversation of a request, or a new one; none where none can be opened.
    async fn call(&self, request: &Request, locale: Locale) -> Option<Call> {
        let contact = &request.execution_info.contact_id;
        if let Some(place) = Place::read(&request.bot_session_state)
            && let Ok((live, _)) = self.gate.engine.enter_for_platform(&place.session).await
        {
            return Some(Call {
                live,
                place,
                greeting: None,
            });
        }
        if let Some(known) = self.calls.get(contact)
            && let Ok(live) = self.gate.engine.find(known.conversation).await
        {
            let turn = known.last_turn();
            return Some(Call {
                live,
                place: Place {
                    session: known.token,
                    turn,
                },
                greeting: None,
            });
        }
        if *self.gate.drain.borrow() || request.user_input_type == InputType::Ended {
            return None;
        }
        let payload = &request.custom_payload;
        let mut ringing = Ringing::new(contact, locale)
            .numbers(payload.caller.as_deref(), payload.called.as_deref());
        let media = request.media_type.as_deref().unwrap_or_default();
        if media.eq_ignore_ascii_case("chat") {
            ringing.channel = Channel::Web;
        }
        let attached = self.answer(ringing).await.ok()?;
        let (engine, live) = (&self.gate.engine, attached.live);
        self.calls
            .remember(engine, contact, live.id(), attached.token.clone());
        let greeting = self.said_last(&live).await;
        Some(Call {
            live,
            place: Place {
                session: attached.token,
                turn: 0,
            },
            greeting,
        })
    }

    /// Takes a turn once: what it said, and its number.
    async fn take(
        &self,
        call: &Call,
        contact: &str,
        request: &str,
        kind: TurnKind,
    ) -> (Result<Reply, TurnError>, u64) {
        let known = self
            .calls
            .get(contact)
            .and_then(|call| call.turn_of(request));
        let number = match known {
            Some(number) if !request.is_empty() => number,
            Some(_) | None => call.place.turn + 1,
        };
        let taken = self.numbered(&call.live, number, kind).await;
        let number = taken
            .as_ref()
            .map_or(number, |out| out.record.client_seq.unwrap_or(number));
        if known.is_none() && taken.is_ok() {
            self.calls.taken(contact, request, number);
        }
        (taken.map(|out| Reply::of(&out)), number)
    }

    /// A reply as CXone takes it: what it collects next, or where the script goes on.
    async fn answered(
        &self,
        live: &Hold,
        contact: &str,
        reply: Reply,
        place: Place,
        wired: &impl Fn(Branch) -> bool,
    ) -> Value {
        let (branch, payload) = match &reply.next {
            Next::Listen => {
                let intent = reply.intent.as_ref().map(|(intent, _)| intent.as_str());
                let payload =
                    json!({ "Intent": intent.unwrap_or_default(), "Reference": reply.reference });
                (Branch::Collect, payload)
            }
            Next::HandOver(to) => {
                self.calls.hand_over(contact, to);
                self.hang_up(live).await;
                let own = match reply.cause {
                    Cause::Said => None,
                    Cause::Key => Some(Branch::DtmfBreakout),
                    Cause::Silence => Some(Branch::InputTimeout),
                    Cause::NoMatch => Some(Branch::NotUnderstood),
                };
                let branch = own
                    .filter(|own| wired(*own))
                    .unwrap_or(Branch::ReturnControl);
                (branch, handed_over(to, &reply.reference))
            }
            Next::End => {
                let payload = json!({
                    "Intent": "StandardBotEndConversation",
                    "Department": self.department(&reply),
                    "Reference": reply.reference,
                });
                (Branch::ReturnControl, payload)
            }
        };
        response(branch, &reply, Some(&place), payload, self.silence_ms())
    }

    /// The department of the need that was dealt with last, or the switchboard's.
    fn department(&self, reply: &Reply) -> String {
        let of_intent = |(intent, _): &(String, f32)| intent.split('/').next().map(str::to_owned);
        reply
            .intent
            .as_ref()
            .and_then(of_intent)
            .unwrap_or_else(|| {
                let bundle = self.gate.engine.bundle();
                bundle.assistant.council.switchboard.to_string()
            })
    }

    fn silence_ms(&self) -> u64 {
        self.settings.silence_seconds.max(1) * 1000
    }

    fn failed(&self, locale: Locale) -> Value {
        let (words, _) = self.sorry(locale);
        failure(&words, "the turn could not be recorded", locale)
    }

    /// No conversation can be opened, or one that never began has ended.
    fn not_begun(&self, kind: InputType, locale: Locale) -> Value {
        let (words, _) = self.sorry(locale);
        let mut empty = Reply::begin(locale);
        let branch = match kind {
            InputType::Ended => Branch::EndContact,
            InputType::NoInput
            | InputType::Text
            | InputType::Wav
            | InputType::Archived
            | InputType::Automated
            | InputType::Dtmf
            | InputType::Unknown => {
                empty.say(&words);
                Branch::DoNotBegin
            }
        };
        response(branch, &empty, None, json!({}), self.silence_ms())
    }
}

/// Where the script goes on by what came and not by what is said: it was hung up, or it sent sound.
fn own_branch(kind: InputType, reply: &Reply, wired: &impl Fn(Branch) -> bool) -> Option<Branch> {
    match kind {
        InputType::Ended => Some(Branch::EndContact),
        InputType::Wav | InputType::Archived | InputType::Unknown => {
            let branch = Branch::Untranscribable;
            (reply.next == Next::Listen && wired(branch)).then_some(branch)
        }
        InputType::NoInput | InputType::Text | InputType::Automated | InputType::Dtmf => None,
    }
}

/// The branches besides the usual that a script has wired, as its bot configuration says: what is not
/// wired would drop the call.
fn wired(config: &Value) -> impl Fn(Branch) -> bool + use<> {
    let names: Vec<String> = config["branches"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect();
    move |branch: Branch| names.iter().any(|name| name == branch.name())
}

/// What a request is as a turn; none where it says nothing.
fn turn_of(request: Request) -> Option<TurnKind> {
    let words = request.user_input.filter(|words| !words.is_blank());
    match (request.user_input_type, words) {
        (InputType::Automated, _) => None,
        (InputType::NoInput, _) => Some(TurnKind::Silence),
        (InputType::Ended, _) => Some(TurnKind::End),
        (InputType::Wav | InputType::Archived | InputType::Unknown, _) => Some(TurnKind::NoMatch),
        (InputType::Text, Some(words)) => {
            let alternatives = request.custom_payload.alternatives.into_iter();
            let others: Vec<RawText> = alternatives.filter_map(|one| one.into_words()).collect();
            Some(TurnKind::Speech(words, others))
        }
        (InputType::Text, None) => Some(TurnKind::Silence),
        (InputType::Dtmf, Some(keys)) => Some(match keypad::at_once(&keys) {
            Some(Keyed::One(key)) => TurnKind::Dtmf(key),
            Some(Keyed::Number(digits)) => TurnKind::Keys(digits),
            None => TurnKind::NoMatch,
        }),
        (InputType::Dtmf, None) => Some(TurnKind::Silence),
    }
}

fn handed_over(to: &Redirection, reference: &str) -> Value {
    json!({
        "Intent": "StandardBotEscalation",
        "Department": to.department,
        "Queue": to.queue,
        "Reason": to.reason,
        "Summary": to.summary,
        "Urgent": to.urgent,
        "Reference": reference,
    })
}

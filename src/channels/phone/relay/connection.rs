//! The life of a relay: setup, what the caller says and keys, silence, what an officer says, the end.
//!
//! One task reads, takes turns and writes. Silence is measured here, since the platform tells none.

use super::frames::{Alternative, Incoming, Outgoing};
use super::setup::{Setup, setup};
use super::wire::{ENDED, End, FAILED, HAND_OVER, RESTART, close, end, handed_over, send, text};
use crate::channels::phone::keypad::{self, Keyed, Keypad};
use crate::channels::phone::reply::{Next, Reply};
use crate::channels::phone::{Phone, tag};
use crate::content::{Locale, ear};
use crate::engine::{Hold, Position, TurnError, TurnIn, TurnKind};
use crate::pii::RawText;
use axum::extract::ws::{Message, WebSocket};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

/// Failures in a row after which a person takes the call.
const FAILURES_MAX: u32 = 3;
/// Time in which a character is spoken: fifteen a second.
const CHARACTER: Duration = Duration::from_millis(66);
/// Longest that speaking is taken to last, where the platform does not tell.
const SPEAKING_MAX: Duration = Duration::from_secs(90);

/// What a relay waits for.
enum Wake {
    Message(Option<Message>),
    Others,
    Silence,
    Keys,
    GoingAway,
}

/// A call.
pub(super) struct Connection {
    socket: WebSocket,
    phone: Arc<Phone>,
    contact: String,
    hold: Hold,
    /// Telnyx takes fewer fields, and reads no data of ours at the end.
    is_telnyx: bool,
    locale: Locale,
    /// What was said last, as it is recorded.
    said: String,
    keys_max: usize,
    keypad: Keypad,
    keys_due: Option<Instant>,
    silence_due: Option<Instant>,
    /// Number of the log's next entry.
    next_seq: u64,
    follow: watch::Receiver<Position>,
    failures: u32,
}

impl Connection {
    /// Runs a socket to its end.
    pub(super) async fn run(mut socket: WebSocket, phone: Arc<Phone>, resume: Option<String>) {
        let engine = Arc::clone(&phone.gate.engine);
        engine.meters().connections.inc();
        match Box::pin(setup(&mut socket, &phone)).await {
            Some(setup) => {
                let contact = setup.ringing.contact.clone();
                if let Some(connection) =
                    Self::open(socket, Arc::clone(&phone), setup, resume).await
                {
                    connection.live().await;
                    phone.calls.disconnect(&contact);
                }
            }
            None => close(&mut socket, 1008, "setup expected").await,
        }
        engine.meters().connections.dec();
    }

    /// A new conversation, or the one that this call was in before the relay broke off.
    async fn open(
        mut socket: WebSocket,
        phone: Arc<Phone>,
        setup: Setup,
        resume: Option<String>,
    ) -> Option<Self> {
        let Setup { ringing, is_telnyx } = setup;
        let (contact, locale) = (ringing.contact.clone(), ringing.locale);
        let alone = phone.calls.alone(&contact).await;
        let before = phone.conversation(&contact, resume.as_deref()).await;
        let live = match before {
            Some(live) => {
                // After a restart of ours, the call is known by its token alone.
                if phone.calls.get(&contact).is_none() {
                    let (engine, token) = (&phone.gate.engine, resume.unwrap_or_default());
                    phone.calls.remember(engine, &contact, live.id(), token);
                }
                live
            }
            None => match phone.answer(ringing).await {
                Ok(attached) => {
                    let (engine, live) = (&phone.gate.engine, attached.live);
                    phone
                        .calls
                        .remember(engine, &contact, live.id(), attached.token);
                    live
                }
                Err(_) => {
                    let (words, number) = phone.sorry(locale);
                    let data = serde_json::json!({ "reasonCode": FAILED, "phone": number });
                    let words = ear::spoken(&words, locale);
                    let _ = send(&mut socket, &text(&words, true, locale, is_telnyx)).await;
                    let _ = send(&mut socket, &end(&data, is_telnyx)).await;
                    close(&mut socket, 1000, "failed").await;
                    return None;
                }
            },
        };
        if !phone.calls.connect(&contact) {
            close(&mut socket, 1008, "this call has a relay").await;
            return None;
        }
        drop(alone);
        Some(Self {
            socket,
            contact,
            follow: live.follow(),
            hold: live,
            is_telnyx,
            locale: Locale::En,
            said: String::new(),
            keys_max: 1,
            keypad: Keypad::default(),
            keys_due: None,
            silence_due: None,
            next_seq: 0,
            failures: 0,
            phone,
        })
    }

    async fn live(mut self) {
        let end = match self.greet().await {
            Ok(()) => self.serve().await,
            Err(end) => end,
        };
        match end {
            End::Gone => self.phone.hang_up(&self.hold).await,
            End::Said => close(&mut self.socket, 1000, "ended").await,
        }
        tracing::info!(conversation.id = %self.hold.id(), "call ended");
    }

    /// The first words of a new call; of one that was taken up again, the last.
    async fn greet(&mut self) -> Result<(), End> {
        let Some(reply) = self.phone.said_last(&self.hold).await else {
            return self.give_up().await;
        };
        self.say(reply).await
    }

    async fn serve(&mut self) -> End {
        let mut drain = self.phone.gate.drain.clone();
        loop {
            let (silence, keys) = (self.silence_due, self.keys_due);
            let wake = tokio::select! {
                message = self.socket.recv() => Wake::Message(message.and_then(Result::ok)),
                _ = self.follow.changed() => Wake::Others,
                () = until(silence) => Wake::Silence,
                () = until(keys) => Wake::Keys,
                _ = drain.wait_for(|going| *going) => Wake::GoingAway,
            };
            let done = match wake {
                Wake::Message(Some(message)) => Box::pin(self.take(message)).await,
                Wake::Message(None) => Err(End::Gone),
                Wake::Others => Box::pin(self.others()).await,
                Wake::Silence => {
                    self.silence_due = None;
                    Box::pin(self.turn(TurnKind::Silence)).await
                }
                Wake::Keys => {
                    self.keys_due = None;
                    match self.keypad.take() {
                        Some(keyed) => Box::pin(self.keyed(keyed)).await,
                        None => Ok(()),
                    }
                }
                Wake::GoingAway => {
                    let call = self.phone.calls.get(&self.contact);
                    let resume = call.map(|call| call.token);
                    let data = serde_json::json!({ "reasonCode": RESTART, "resume": resume });
                    let sent = send(&mut self.socket, &end(&data, self.is_telnyx)).await;
                    Err(sent.err().unwrap_or(End::Said))
                }
            };
            if let Err(end) = done {
                return end;
            }
        }
    }

    async fn take(&mut self, message: Message) -> Result<(), End> {
        let frame = match &message {
            Message::Text(text) => serde_json::from_str::<Incoming>(text).ok(),
            Message::Ping(_) | Message::Pong(_) => return Ok(()),
            Message::Binary(_) => None,
            Message::Close(_) => return Err(End::Gone),
        };
        // The protocol has no frame for telling a platform that its own was bad: the caller is asked
        // again, and after some a person takes the call.
        let Some(frame) = frame else {
            self.phone.gate.engine.meters().refused("bad_relay_frame");
            return self.failed("a frame that could not be read").await;
        };
        match frame {
            Incoming::Prompt { last: false, .. } => {
                self.stir();
                Ok(())
            }
            Incoming::Prompt {
                voice_prompt,
                lang,
                alternatives,
                ..
            } => {
                self.prompt(voice_prompt, lang.as_deref(), alternatives)
                    .await
            }
            Incoming::Interrupt {
                utterance_until_interrupt,
            } => {
                self.stir();
                let until = utterance_until_interrupt.unwrap_or_default();
                let heard_chars = ear::heard_chars(&self.said, &until);
                self.turn(TurnKind::Interrupt { heard_chars }).await
            }
            Incoming::Dtmf { digit } => self.pressed(digit).await,
            Incoming::Error {} => {
                self.failed("the telephony platform reported an error")
                    .await
            }
            Incoming::Info { name, value } => {
                self.told(&name, &value);
                Ok(())
            }
            Incoming::Setup { .. } | Incoming::Unknown => Ok(()),
        }
    }

    async fn prompt(
        &mut self,
        words: RawText,
        lang: Option<&str>,
        alternatives: Vec<Alternative>,
    ) -> Result<(), End> {
        self.keypad.clear();
        self.keys_due = None;
        if words.is_blank() {
            return self.turn(TurnKind::NoMatch).await;
        }
        // Only a recogniser that is told of both languages tells them apart.
        let spoken_in = lang.map(Locale::from_tag);
        if let Some(locale) = spoken_in.filter(|locale| *locale != self.locale) {
            self.quietly(TurnKind::Language(locale)).await?;
        }
        let others: Vec<RawText> = alternatives
            .into_iter()
            .filter_map(Alternative::into_words)
            .collect();
        self.turn(TurnKind::Speech(words, others)).await
    }

    async fn pressed(&mut self, key: char) -> Result<(), End> {
        if !keypad::is_key(key) {
            return Ok(());
        }
        self.silence_due = None;
        let keyed = self.keypad.press(key, self.keys_max);
        self.keys_due = self.keypad.wait().map(|wait| Instant::now() + wait);
        match keyed {
            Some(keyed) => self.keyed(keyed).await,
            None => Ok(()),
        }
    }

    async fn keyed(&mut self, keyed: Keyed) -> Result<(), End> {
        self.turn(match keyed {
            Keyed::One(key) => TurnKind::Dtmf(key),
            Keyed::Number(digits) => TurnKind::Keys(digits),
        })
        .await
    }

    /// News of speaking: silence begins where it ends.
    fn told(&mut self, name: &str, value: &serde_json::Value) {
        if name == "agentSpeaking" {
            match value.as_str() {
                Some("on") => self.silence_due = Some(Instant::now() + SPEAKING_MAX),
                Some("off") => self.silence_due = Some(Instant::now() + self.patience()),
                Some(_) | None => {}
            }
        }
    }

    /// The caller is speaking.
    fn stir(&mut self) {
        self.phone.gate.engine.stir(&self.hold);
        self.silence_due = Some(Instant::now() + SPEAKING_MAX);
    }

    fn patience(&self) -> Duration {
        Duration::from_secs(self.phone.settings.silence_seconds.max(1))
    }

    async fn failed(&mut self, what: &'static str) -> Result<(), End> {
        self.failures += 1;
        if self.failures >= FAILURES_MAX {
            return self.give_up().await;
        }
        let failures = self.failures;
        self.turn(TurnKind::Failed(what)).await?;
        self.failures = failures;
        Ok(())
    }

    async fn turn(&mut self, kind: TurnKind) -> Result<(), End> {
        match self.engine_turn(kind).await? {
            Some(reply) => {
                self.failures = 0;
                self.say(reply).await
            }
            None => Ok(()),
        }
    }

    /// A turn whose words give way to those of the turn that follows at once.
    async fn quietly(&mut self, kind: TurnKind) -> Result<(), End> {
        if let Some(reply) = self.engine_turn(kind).await? {
            self.next_seq = reply.next_seq;
            self.switch(reply.locale).await?;
        }
        Ok(())
    }

    async fn engine_turn(&mut self, kind: TurnKind) -> Result<Option<Reply>, End> {
        let turn = TurnIn {
            client_seq: None,
            epoch: None,
            kind,
        };
        let taken = self.phone.gate.engine.turn(&self.hold, turn).await;
        self.follow.mark_unchanged();
        match taken {
            Ok(out) => Ok(Some(Reply::of(&out))),
            // What is said into a call that is being put through.
            Err(TurnError::Ended) => Ok(None),
            Err(TurnError::TooLong { .. }) => {
                Box::pin(self.turn(TurnKind::NoMatch)).await.map(|()| None)
            }
            Err(error) => {
                tracing::error!(conversation.id = %self.hold.id(), %error, "turn not taken");
                self.give_up().await.map(|()| None)
            }
        }
    }

    /// Somebody else did something: a time-out, an officer.
    async fn others(&mut self) -> Result<(), End> {
        self.follow.mark_unchanged();
        let since = self
            .phone
            .said_since(&self.hold, self.next_seq, self.locale)
            .await;
        match since {
            Some(reply) if reply.next_seq > self.next_seq => self.say(reply).await,
            Some(_) | None => Ok(()),
        }
    }

    async fn switch(&mut self, locale: Locale) -> Result<(), End> {
        if locale == self.locale {
            return Ok(());
        }
        self.locale = locale;
        let frame = Outgoing::Language {
            tts_language: tag(locale),
            transcription_language: tag(locale),
        };
        send(&mut self.socket, &frame).await
    }

    /// Says a reply segment by segment, and does what follows from it.
    async fn say(&mut self, reply: Reply) -> Result<(), End> {
        self.switch(reply.locale).await?;
        let count = reply.segments.len();
        for (place, segment) in reply.segments.iter().enumerate() {
            let last = place + 1 == count;
            let token = if last {
                segment.spoken.clone()
            } else {
                format!("{} ", segment.spoken)
            };
            let frame = text(&token, last, self.locale, self.is_telnyx);
            send(&mut self.socket, &frame).await?;
        }
        self.next_seq = reply.next_seq;
        if count > 0 {
            self.said = reply.text();
            self.keys_max = reply.keys_max;
            let letters = u32::try_from(reply.spoken().len()).unwrap_or(u32::MAX);
            let speaking = CHARACTER.saturating_mul(letters).min(SPEAKING_MAX);
            self.silence_due = Some(Instant::now() + speaking + self.patience());
        }
        match &reply.next {
            Next::Listen => Ok(()),
            Next::HandOver(to) => {
                self.phone.calls.hand_over(&self.contact, to);
                self.phone.hang_up(&self.hold).await;
                self.end(&handed_over(to, &reply.reference)).await
            }
            Next::End => self.end(&serde_json::json!({ "reasonCode": ENDED })).await,
        }
    }

    /// Nothing more can be done here: a person, and never a dead line.
    async fn give_up(&mut self) -> Result<(), End> {
        let (words, number) = self.phone.sorry(self.locale);
        let words = ear::spoken(&words, self.locale);
        let frame = text(&words, true, self.locale, self.is_telnyx);
        send(&mut self.socket, &frame).await?;
        self.phone.hang_up(&self.hold).await;
        self.end(&serde_json::json!({ "reasonCode": HAND_OVER, "reason": FAILED, "phone": number }))
            .await
    }

    async fn end(&mut self, data: &serde_json::Value) -> Result<(), End> {
        send(&mut self.socket, &end(data, self.is_telnyx)).await?;
        Err(End::Said)
    }
}

/// Waits until then; for ever where there is no such time.
async fn until(due: Option<Instant>) {
    match due {
        Some(due) => sleep_until(due).await,
        None => std::future::pending().await,
    }
}

//! A caller on a ConversationRelay.

use super::{Act, Answer, CallError, Line, Options, http};
use crate::channels::signature::twilio_signature;
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async_with_config};

/// Longest that the assistant may say nothing: it waits that long for a silent caller.
const QUIET_SECONDS_MAX: u64 = 120;
/// The platform says that its speech goes on, so often that nobody takes it to be over.
const STILL_SPEAKING: Duration = Duration::from_secs(30);
/// After keys, more may be said than one reply: until so long nothing came.
const AFTER_KEYS: Duration = Duration::from_millis(1600);

pub(super) struct Relay {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// When the caller did what they did last.
    done: Instant,
    /// What was heard of a reply that is not over.
    heard: Answer,
}

impl Relay {
    pub(super) async fn ring(options: &Options) -> Result<(Self, Answer), CallError> {
        let host = http::authority(&options.url)?;
        let url = format!("ws://{host}/ivr/relay");
        let mut request = url.as_str().into_client_request().map_err(Box::new)?;
        let signature = twilio_signature(&options.secret, &url, &[]);
        if let Ok(value) = signature.parse() {
            request.headers_mut().insert("X-Twilio-Signature", value);
        }
        // A prompt is one small write: waiting to fill a packet would only delay it.
        let socket = match connect_async_with_config(request, None, true).await {
            Ok((socket, _)) => socket,
            Err(error) => return Err(refused(error)),
        };
        let mut relay = Self {
            socket,
            done: Instant::now(),
            heard: Answer::default(),
        };
        relay
            .send(&json!({
                "type": "setup",
                "sessionId": format!("VX{}", options.contact),
                "accountSid": "AC00000000000000000000000000000000",
                "parentCallSid": "",
                "callSid": options.contact,
                "from": options.from,
                "to": options.to,
                "forwardedFrom": "",
                "callType": "PSTN",
                "callerName": "",
                "direction": "inbound",
                "callStatus": "RINGING",
                "customParameters": { "lang": options.locale },
            }))
            .await?;
        let answer = relay.hear().await?;
        Ok((relay, answer))
    }

    pub(super) async fn act(&mut self, act: &Act) -> Result<Answer, CallError> {
        self.done = Instant::now();
        match act {
            Act::Say(words, others) => {
                let partial = words.split(' ').next().unwrap_or_default();
                self.send(&json!({ "type": "prompt", "voicePrompt": partial, "last": false }))
                    .await?;
                let mut frame = json!({ "type": "prompt", "voicePrompt": words, "last": true });
                if !others.is_empty() {
                    frame["alternatives"] = json!(others);
                }
                self.send(&frame).await?;
                self.hear().await
            }
            Act::NoMatch => {
                let frame = json!({ "type": "prompt", "voicePrompt": "", "last": true });
                self.send(&frame).await?;
                self.hear().await
            }
            Act::Press(keys) => self.press(keys).await,
            Act::Silence => {
                // The assistant has been heard out, and nothing is said.
                self.speaking("off").await?;
                self.hear().await
            }
            Act::Interrupt(heard) => {
                let frame = json!({
                    "type": "interrupt",
                    "utteranceUntilInterrupt": heard,
                    "durationUntilInterruptMs": heard.len() * 66,
                });
                self.send(&frame).await?;
                Ok(Answer::default())
            }
            Act::HangUp => {
                let _ = self.socket.close(None).await;
                Ok(Answer {
                    line: Line::Over,
                    ..Answer::default()
                })
            }
        }
    }

    /// What is said though the caller does nothing. Meanwhile the assistant is still being heard, so
    /// that its patience does not run. It may be given up and begun again.
    pub(super) async fn listen(&mut self) -> Result<Answer, CallError> {
        loop {
            self.speaking("on").await?;
            if let Ok(answer) = tokio::time::timeout(STILL_SPEAKING, self.hear()).await {
                return answer;
            }
        }
    }

    async fn speaking(&mut self, value: &str) -> Result<(), CallError> {
        let frame = json!({ "type": "info", "name": "agentSpeaking", "value": value });
        self.send(&frame).await
    }

    async fn press(&mut self, keys: &str) -> Result<Answer, CallError> {
        for digit in keys.chars() {
            self.send(&json!({ "type": "dtmf", "digit": digit }))
                .await?;
        }
        let mut heard = self.hear().await?;
        while keys.len() > 1 && heard.line == Line::Open {
            match tokio::time::timeout(AFTER_KEYS, self.hear()).await {
                Ok(more) => {
                    let more = more?;
                    heard.spoken.extend(more.spoken);
                    heard.raw.extend(more.raw);
                    heard.line = more.line;
                }
                Err(_) => break,
            }
        }
        Ok(heard)
    }

    async fn send(&mut self, frame: &Value) -> Result<(), CallError> {
        let sent = self.socket.send(Message::text(frame.to_string())).await;
        sent.map_err(|error| CallError::Socket(Box::new(error)))
    }

    /// One reply: up to its last token, or to the end of the relay. Given up in the middle, it goes on
    /// where it was.
    async fn hear(&mut self) -> Result<Answer, CallError> {
        loop {
            let wait = Duration::from_secs(QUIET_SECONDS_MAX);
            let next = tokio::time::timeout(wait, self.socket.next()).await;
            let next = next.map_err(|_| CallError::Late(QUIET_SECONDS_MAX))?;
            let text = match next {
                Some(Ok(Message::Text(text))) => text,
                Some(Ok(Message::Close(_))) | None => {
                    self.heard.line = Line::Over;
                    return Ok(std::mem::take(&mut self.heard));
                }
                Some(Ok(Message::Pong(_))) => return Ok(std::mem::take(&mut self.heard)),
                Some(Ok(_)) => continue,
                Some(Err(error)) => return Err(CallError::Socket(Box::new(error))),
            };
            let frame: Value =
                serde_json::from_str(&text).map_err(|_| CallError::Form("a frame of JSON"))?;
            self.heard.raw.push(text.to_string());
            match frame["type"].as_str() {
                Some("text") => {
                    let token = frame["token"].as_str().unwrap_or_default().trim();
                    self.heard.spoken.push(token.to_owned());
                    let done = self.done;
                    self.heard.first_after.get_or_insert_with(|| done.elapsed());
                    if frame["last"] == true {
                        // An end may follow. The server reads on only once it has sent it, so that
                        // a pong comes after it, and alone where there is none.
                        let sent = self.socket.send(Message::Ping(b"end?".as_slice().into()));
                        let _ = sent.await;
                    }
                }
                Some("end") => {
                    let data = frame["handoffData"].as_str().unwrap_or_default();
                    let data: Value = serde_json::from_str(data).unwrap_or_default();
                    self.heard.line = after_the_end(&data);
                    return Ok(std::mem::take(&mut self.heard));
                }
                _ => {}
            }
        }
    }
}

/// Where a platform's script goes on after a relay, by what it was told.
fn after_the_end(data: &Value) -> Line {
    let to = data["department"].as_str().or(data["phone"].as_str());
    match data["reasonCode"].as_str() {
        Some("live-agent-handoff" | "service-failure") => {
            Line::PutThrough(to.unwrap_or_default().to_owned())
        }
        _ => Line::Over,
    }
}

/// Why no relay was connected: where it was refused, with what the server said.
fn refused(error: Error) -> CallError {
    if let Error::Http(response) = &error {
        let body = response.body().as_deref().unwrap_or_default();
        return CallError::Refused {
            status: response.status().as_u16(),
            body: String::from_utf8_lossy(body).into_owned(),
        };
    }
    CallError::Socket(Box::new(error))
}

//! The relay: its frames, its tickets, and what a platform does after it.

use super::{TOKEN, assert_ends_or_serves, kept, on_the_phone, post_form, ring, say, town};
use crate::town::Town;
use cece::channels::client::call::{Act, Bridge};
use cece::channels::signature::twilio_signature;
use cece::dialogue::Event;
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

#[tokio::test]
async fn a_relay_is_interrupted_changes_its_language_and_asks_whoever_is_silent() {
    let mut town = town().await;
    let (mut caller, first) = ring(town.address, Bridge::Relay, 1).await;
    let heard = first.spoken[0]
        .split(' ')
        .take(3)
        .collect::<Vec<_>>()
        .join(" ");
    caller.act(&Act::Interrupt(heard)).await.unwrap();
    let answer = caller.act(&say("in welsh please")).await.unwrap();
    assert!(
        answer.raw[0].contains(r#""ttsLanguage":"cy-GB""#),
        "{:?}",
        answer.raw
    );
    assert!(
        answer.spoken.join(" ").contains("Gymraeg"),
        "{:?}",
        answer.spoken
    );
    let answer = caller.act(&say("in english please")).await.unwrap();
    assert!(
        answer.raw[0].contains(r#""ttsLanguage":"en-GB""#),
        "{:?}",
        answer.raw
    );
    let answer = caller.act(&say("can you spell that")).await.unwrap();
    assert!(
        answer
            .spoken
            .join(" ")
            .contains("C for Charlie, V for Victor"),
        "{:?}",
        answer.spoken
    );
    // Nobody says so much in one breath, and the call goes on.
    let answer = caller.act(&say(&"bin ".repeat(1500))).await.unwrap();
    let said = answer.spoken.join(" ");
    assert!(said.contains("did not catch that"), "{said}");
    caller.act(&say("thank you")).await.unwrap();
    let answer = caller.act(&Act::Silence).await.unwrap();
    assert!(
        answer.spoken.join(" ").contains("did not hear"),
        "{:?}",
        answer.spoken
    );
    let answer = caller.act(&Act::Silence).await.unwrap();
    assert_ends_or_serves(Bridge::Relay, &answer);
    let folder = town.keep_folder();
    town.stopped().await;
    let kept = kept(folder.path()).await;
    let (turns, _) = kept.values().next().unwrap();
    let interrupted = turns
        .iter()
        .flat_map(|turn| &turn.events)
        .find_map(|event| {
            let Event::Interrupted { heard_chars } = event else {
                return None;
            };
            Some(*heard_chars)
        });
    let heard = "Hello, this is".len();
    assert_eq!(interrupted, Some(u32::try_from(heard).unwrap()));
}

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Connects a relay; the status where it is refused.
async fn connect(url: &str, token: &str) -> Result<Socket, u16> {
    let mut request = url.into_client_request().unwrap();
    let signature = twilio_signature(token, url, &[]);
    request
        .headers_mut()
        .insert("X-Twilio-Signature", signature.parse().unwrap());
    match tokio_tungstenite::connect_async(request).await {
        Ok((socket, _)) => Ok(socket),
        Err(Error::Http(response)) => Err(response.status().as_u16()),
        Err(error) => panic!("{error}"),
    }
}

async fn send(socket: &mut Socket, frame: &str) {
    socket.send(Message::text(frame)).await.unwrap();
}

/// The last frame of what is said, or another.
async fn next(socket: &mut Socket) -> Value {
    loop {
        match socket.next().await {
            Some(Ok(Message::Text(text))) => {
                let frame: Value = serde_json::from_str(&text).unwrap();
                if frame["last"] != false {
                    return frame;
                }
            }
            Some(Ok(_)) => {}
            other => panic!("{other:?}"),
        }
    }
}

/// Where a webhook has the platform connect.
fn relay_url(xml: &str) -> String {
    let url = xml.split("<ConversationRelay url=\"").nth(1).unwrap();
    url.split('"').next().unwrap().replace("&amp;", "&")
}

#[tokio::test]
async fn a_ticket_lets_one_relay_in_and_the_webhook_goes_on_after_it() {
    let town = town().await;
    let address = town.address;
    let webhook = async |fields: &[(&str, &str)]| {
        let (status, xml) = post_form(address, "/ivr/relay", fields).await;
        assert_eq!(status, 200);
        xml
    };
    let xml = webhook(&[("CallSid", "CA5")]).await;
    let url = relay_url(&xml);
    assert!(url.starts_with("ws://") && url.contains("ticket="), "{xml}");
    assert!(connect(&url, TOKEN).await.is_ok());
    let again = connect(&url, TOKEN).await.err();
    assert_eq!(again, Some(403), "the same handshake again");
    let other = connect(&format!("ws://{address}/ivr/relay"), "54321").await;
    assert_eq!(other.err(), Some(403));
    let ended = ("SessionStatus", "ended");
    let data = r#"{"reasonCode":"live-agent-handoff","phone":"03069 990 011"}"#;
    let xml = webhook(&[("CallSid", "CA5"), ended, ("HandoffData", data)]).await;
    assert!(xml.contains("<Dial>+443069990011</Dial>"), "{xml}");
    let xml = webhook(&[
        ("CallSid", "CA5"),
        ended,
        ("HandoffData", "{\"reasonCode\":\"ended\"}"),
    ])
    .await;
    assert!(xml.contains("<Response><Hangup/></Response>"), "{xml}");
    let xml = webhook(&[("CallSid", "CA5"), ("SessionStatus", "failed")]).await;
    assert!(xml.contains("<Dial>+443069990000</Dial>"), "{xml}");
    let data = "{\"reasonCode\":\"service-restart\",\"resume\":\"abc\"}";
    let xml = webhook(&[("CallSid", "CA5"), ended, ("HandoffData", data)]).await;
    assert!(xml.contains("resume=abc"), "{xml}");
}

#[tokio::test]
async fn frames_that_cannot_be_read_lead_to_a_person_and_not_to_a_dead_line() {
    let town = town().await;
    let url = format!("ws://{}/ivr/relay", town.address);
    let mut socket = connect(&url, TOKEN).await.unwrap();
    let setup = json!({"type": "setup", "callSid": "v2:x", "callControlId": "v2:x", "new": 1});
    send(&mut socket, &setup.to_string()).await;
    let greeting = next(&mut socket).await;
    // Telnyx takes fewer fields, and drops a call after repeated ones that it does not know.
    assert!(greeting.get("interruptible").is_none(), "{greeting}");
    for bad in ["not json", r#"{"type":"prompt"}"#] {
        send(&mut socket, r#"{"type":"weather","sun":true}"#).await;
        send(&mut socket, bad).await;
        let sorry = next(&mut socket).await;
        assert!(
            sorry["token"]
                .as_str()
                .unwrap()
                .contains("something went wrong"),
            "{sorry}"
        );
    }
    socket
        .send(Message::binary(b"\0".as_slice()))
        .await
        .unwrap();
    let person = next(&mut socket).await;
    assert!(
        person["token"].as_str().unwrap().contains("find a person"),
        "{person}"
    );
    assert_eq!(next(&mut socket).await, json!({"type": "end"}));
}

/// A restart breaks no call off: the platform connects again, and the caller hears the last question.
#[tokio::test]
async fn a_relay_is_taken_up_again_after_a_restart() {
    let mut town = town().await;
    let url = format!("ws://{}/ivr/relay", town.address);
    let mut socket = connect(&url, TOKEN).await.unwrap();
    let setup = r#"{"type":"setup","callSid":"CA8"}"#;
    send(&mut socket, setup).await;
    next(&mut socket).await;
    let said = r#"{"type":"prompt","voicePrompt":"my bin was missed","lang":"en-GB","last":true}"#;
    send(&mut socket, said).await;
    let asked = next(&mut socket).await;
    let folder = town.keep_folder();
    town.go_away();
    let end = next(&mut socket).await;
    let data: Value = serde_json::from_str(end["handoffData"].as_str().unwrap()).unwrap();
    assert_eq!(data["reasonCode"], "service-restart");
    drop(socket);
    town.stopped().await;
    let town = Town::start_in(folder.path(), on_the_phone).await;
    let fields = [
        ("CallSid", "CA8"),
        ("SessionStatus", "ended"),
        ("HandoffData", end["handoffData"].as_str().unwrap()),
    ];
    let (_, xml) = post_form(town.address, "/ivr/relay", &fields).await;
    let mut socket = connect(&relay_url(&xml), TOKEN).await.unwrap();
    send(&mut socket, setup).await;
    assert_eq!(next(&mut socket).await["token"], asked["token"]);
    let said = r#"{"type":"prompt","voicePrompt":"fourteen acacia avenue","last":true}"#;
    send(&mut socket, said).await;
    let token = next(&mut socket).await["token"].to_string();
    assert!(token.contains("Which bin"), "{token}");
    drop(socket);
    town.stopped().await;
    let kept = kept(folder.path()).await;
    assert_eq!(kept.len(), 1, "one call, one conversation");
}

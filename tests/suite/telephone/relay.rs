//! The relay: its frames, its tickets, and what a platform does after it.

use super::{Caller, TOKEN, assert_ends_or_serves, kept, options, post_form, say, town};
use cece::channels::client::call::{Act, Bridge};
use cece::channels::signature::twilio_signature;
use cece::dialogue::Event;
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Error, Message};

#[tokio::test]
async fn a_relay_is_interrupted_changes_its_language_and_asks_whoever_is_silent() {
    let mut town = town().await;
    let (mut caller, first) = Caller::ring(options(town.address, Bridge::Relay, 1))
        .await
        .unwrap();
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

/// Connects a relay; the status where it is refused.
async fn connect(url: &str, token: &str) -> Result<(), u16> {
    let mut request = url.into_client_request().unwrap();
    let signature = twilio_signature(token, url, &[]);
    request
        .headers_mut()
        .insert("X-Twilio-Signature", signature.parse().unwrap());
    match tokio_tungstenite::connect_async(request).await {
        Ok(_) => Ok(()),
        Err(Error::Http(response)) => Err(response.status().as_u16()),
        Err(error) => panic!("{error}"),
    }
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
    let url = xml
        .split("<ConversationRelay url=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    assert!(url.starts_with("ws://") && url.contains("ticket="), "{xml}");
    assert_eq!(connect(url, TOKEN).await, Ok(()));
    assert_eq!(
        connect(url, TOKEN).await,
        Err(403),
        "the same handshake again"
    );
    assert_eq!(
        connect(&format!("ws://{address}/ivr/relay"), "54321").await,
        Err(403)
    );
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
    let mut request = url.as_str().into_client_request().unwrap();
    let signature = twilio_signature(TOKEN, &url, &[]);
    request
        .headers_mut()
        .insert("X-Twilio-Signature", signature.parse().unwrap());
    let (mut socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
    let setup = json!({"type": "setup", "callSid": "v2:x", "callControlId": "v2:x", "new": 1});
    let next = async |socket: &mut tokio_tungstenite::WebSocketStream<_>| loop {
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
    };
    socket.send(Message::text(setup.to_string())).await.unwrap();
    let greeting = next(&mut socket).await;
    // Telnyx takes fewer fields, and drops a call after repeated ones that it does not know.
    assert!(greeting.get("interruptible").is_none(), "{greeting}");
    for bad in ["not json", r#"{"type":"prompt"}"#] {
        socket
            .send(Message::text(r#"{"type":"weather","sun":true}"#))
            .await
            .unwrap();
        socket.send(Message::text(bad)).await.unwrap();
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

//! The telephone's three bridges on a running server, by a caller who plays the platform.

use crate::town::{Town, config, get, root};
use cece::channels::client::call::{Act, Answer, Bridge, Caller, Line, Options};
use cece::channels::signature::twilio_signature;
use cece::content::{self, Locale, Phrase, SlotType, ear};
use cece::dialogue::{Channel, Event};
use cece::pii::PiiKind;
use cece::server::open_archive;
use cece::transcripts::archive::Identifier;
use cece::transcripts::record::{TechnicalRecord, TurnRecord};
use futures_util::{SinkExt as _, StreamExt as _};
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Error, Message};

/// Secrets of a platform that there is not.
const TOKEN: &str = "12345";
const SECRET: &str = "a secret of CXone";
pub(crate) const BRIDGES: [Bridge; 3] = [Bridge::Relay, Bridge::Cxone, Bridge::Gather];

pub(crate) async fn town() -> Town {
    Town::start(|config| {
        config.phone.twilio_token = TOKEN.to_owned();
        config.phone.cxone_secret = SECRET.to_owned();
        config.phone.silence_seconds = 1;
    })
    .await
}

pub(crate) fn options(address: SocketAddr, bridge: Bridge, contact: u64) -> Options {
    let url = format!("http://{address}");
    let secret = match bridge {
        Bridge::Cxone => SECRET,
        Bridge::Relay | Bridge::Gather => TOKEN,
    };
    let place = BRIDGES.iter().position(|one| *one == bridge).unwrap();
    let contact = format!("{}", 510_212_552_349_954 + contact * 10 + place as u64);
    Options::new(bridge, &url, secret, &contact)
}

fn say(words: &str) -> Act {
    Act::Say(words.to_owned(), Vec::new())
}

/// What is kept of every conversation: its turns and its technical data, by what the platform calls the
/// call, or by its id.
pub(crate) async fn kept(folder: &Path) -> BTreeMap<String, (Vec<TurnRecord>, TechnicalRecord)> {
    let register = content::read_register(&root().join("transcripts/retention.toml")).unwrap();
    let zone = TimeZone::get("Europe/London").unwrap();
    let register = Arc::new(register);
    // A connection that is going lets go of the store a moment after it was counted as gone.
    let mut tries = 0;
    let (archive, _store, _books) = loop {
        match open_archive(&config(folder), Arc::clone(&register), zone.clone()).await {
            Ok(opened) => break opened,
            Err(error) if tries == 50 => panic!("{error}"),
            Err(_) => tries += 1,
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    let listing = archive.list(None, 1000).await.unwrap();
    let mut kept = BTreeMap::new();
    for summary in listing.conversations {
        let (held, turns) = archive.read(summary.id).await.unwrap().unwrap();
        let technical = archive.technical(&held).await.unwrap().unwrap();
        let tags = held.tags();
        let Some(Event::Started { contact, .. }) = turns[0].events.first() else {
            panic!("{turns:?}");
        };
        let name = contact.clone().unwrap_or_else(|| summary.id.to_string());
        if contact.is_some() && summary.channel == Channel::Phone {
            assert_eq!(tags.technical.class.as_str(), "call");
            assert_eq!(tags.technical.keep_for, "P12M");
        }
        kept.insert(name, (turns, technical));
    }
    kept
}

/// One request by hand.
pub(crate) async fn post(
    address: SocketAddr,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> (u16, String) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let mut request = format!("POST {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n");
    for (name, value) in headers {
        request += &format!("{name}: {value}\r\n");
    }
    request += &format!("Content-Length: {}\r\n\r\n{body}", body.len());
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
    (status, answer.split_once("\r\n\r\n").unwrap().1.to_owned())
}

async fn exchange(address: SocketAddr, request: &Value) -> Value {
    let headers = [
        ("X-CeCe-Secret", SECRET),
        ("Content-Type", "application/json"),
    ];
    let (status, body) = post(address, "/ivr/cxone", &headers, &request.to_string()).await;
    assert_eq!(status, 200, "{body}");
    serde_json::from_str(&body).unwrap()
}

/// The request of the design's page, with what differs.
fn request(input: &str, kind: &Value, id: u64, state: &Value) -> Value {
    json!({
        "virtualAgentId": "CeCe", "botConfig": "{\"locale\":\"en-GB\"}",
        "userInput": input, "userInputType": kind,
        "executionInfo": {"contactId": 510_212_552_349_954_u64, "busNo": 4_602_609, "requestId": id,
            "actionType": "TextBotExchange", "actionId": 88, "scriptName": "s"},
        "systemTelemetryData": {"x": [1]}, "base64wavFile": null, "botSessionState": state,
        "customPayload": {}, "mediaType": "voip", "whatIsNew": true,
    })
}

#[tokio::test]
async fn the_first_words_say_what_must_be_said_and_a_person_is_one_key_away() {
    let town = town().await;
    for bridge in BRIDGES {
        let (mut caller, first) = Caller::ring(options(town.address, bridge, 1))
            .await
            .unwrap();
        let said = first.spoken.join(" ");
        for part in [
            "automated assistant",
            "Calls are recorded",
            "12 months",
            "person or press 0",
        ] {
            assert!(said.contains(part), "{bridge:?}: {said}");
        }
        assert!(ear::faults(&said).is_empty(), "{bridge:?}: {said}");
        let answer = caller.act(&Act::Press("0".to_owned())).await.unwrap();
        assert_ends_or_serves(bridge, &answer);
        let (mut caller, _) = Caller::ring(options(town.address, bridge, 2))
            .await
            .unwrap();
        let answer = caller
            .act(&say("can I speak to a person please"))
            .await
            .unwrap();
        assert_ends_or_serves(bridge, &answer);
    }
}

/// Put through where somebody is there; else told when, and not dropped.
fn assert_ends_or_serves(bridge: Bridge, answer: &Answer) {
    let said = answer.spoken.join(" ");
    match &answer.line {
        Line::PutThrough(to) => assert!(!to.is_empty(), "{bridge:?}"),
        Line::Open => assert!(said.contains("they open"), "{bridge:?}: {said}"),
        Line::Over => panic!("{bridge:?}: {said}"),
    }
}

#[tokio::test]
async fn danger_is_said_before_anything_else() {
    let town = town().await;
    for bridge in BRIDGES {
        let (mut caller, _) = Caller::ring(options(town.address, bridge, 1))
            .await
            .unwrap();
        let words = "i can smell gas in the kitchen and my card is 4111 1111 1111 1111";
        let answer = caller.act(&say(words)).await.unwrap();
        let first = &answer.spoken[0];
        assert!(
            first.starts_with("Go outside now"),
            "{bridge:?}: {:?}",
            answer.spoken
        );
    }
    // Also where it is the first thing that a script sends.
    let first = request("there is a fire in my house", &json!(1), 1, &Value::Null);
    let answer = exchange(town.address, &first).await;
    let said = answer["nextPromptSequence"]["prompts"][0]["textToSpeech"]
        .as_str()
        .unwrap();
    assert!(said.starts_with("Hang up and ring"), "{answer}");
}

#[tokio::test]
async fn a_call_is_kept_as_a_call_and_keys_and_cards_are_not() {
    let mut town = town().await;
    for bridge in BRIDGES {
        let (mut caller, _) = Caller::ring(options(town.address, bridge, 1))
            .await
            .unwrap();
        let answer = caller
            .act(&Act::Press("4111111111111111#".to_owned()))
            .await
            .unwrap();
        let said = answer.spoken.join(" ");
        assert!(
            said.contains("do not say card details to me"),
            "{bridge:?}: {said}"
        );
        let words = "take it from four one one one one one one one one one one one one one one one";
        caller.act(&say(words)).await.unwrap();
        // Somebody may be there by now, and the call put through.
        let _ = caller.act(&Act::Press("731946".to_owned())).await;
        let _ = caller.act(&Act::HangUp).await;
    }
    let folder = town.keep_folder();
    town.stopped().await;
    let kept = kept(folder.path()).await;
    assert_eq!(kept.len(), 3);
    for (contact, (turns, technical)) in &kept {
        assert_eq!(technical.caller.as_deref(), Some("+447700900123"));
        assert_eq!(technical.called.as_deref(), Some("+443069990000"));
        let record = serde_json::to_string(turns).unwrap();
        for digits in ["4111", "731946", "four one one", "7700900123"] {
            assert!(!record.contains(digits), "{contact}: {digits}: {record}");
        }
        assert!(record.contains("CREDIT_CARD"), "{record}");
        assert!(record.contains("\"type\":\"closed\""), "{record}");
    }
    let bytes = every_byte(folder.path());
    for raw in ["7700900123", "4111111111111111", "731946"] {
        let found = bytes
            .windows(raw.len())
            .any(|window| window == raw.as_bytes());
        assert!(!found, "{raw} stands on the disk");
    }
}

fn every_byte(folder: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            bytes.extend(every_byte(&path));
        } else if path.is_file() {
            bytes.extend(std::fs::read(&path).unwrap());
        }
    }
    bytes
}

#[tokio::test]
async fn whoever_rang_can_be_found_and_erased_by_their_number() {
    let mut town = town().await;
    let (mut caller, _) = Caller::ring(options(town.address, Bridge::Gather, 1))
        .await
        .unwrap();
    caller.act(&Act::HangUp).await.unwrap();
    let folder = town.keep_folder();
    town.stopped().await;
    let register = content::read_register(&root().join("transcripts/retention.toml")).unwrap();
    let zone = TimeZone::get("Europe/London").unwrap();
    let opened = open_archive(&config(folder.path()), Arc::new(register), zone).await;
    let (archive, ..) = opened.unwrap();
    let number = Identifier::phone("07700 900123").unwrap();
    assert_eq!(archive.find_subject(&number).await.unwrap().len(), 1);
    let other = Identifier::phone("07700 900124").unwrap();
    assert!(archive.find_subject(&other).await.unwrap().is_empty());
}

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

#[tokio::test]
async fn a_welsh_call_is_welsh_from_its_first_word() {
    let town = town().await;
    for bridge in BRIDGES {
        let mut welsh = options(town.address, bridge, 1);
        welsh.locale = "cy-GB".to_owned();
        let (_, first) = Caller::ring(welsh).await.unwrap();
        let said = first.spoken.join(" ");
        assert!(
            said.contains("Caiff galwadau eu recordio"),
            "{bridge:?}: {said}"
        );
    }
}

#[tokio::test]
async fn what_no_platform_signed_is_refused() {
    let town = town().await;
    let address = town.address;
    for bridge in BRIDGES {
        let mut wrong = options(address, bridge, 1);
        wrong.secret = "54321".to_owned();
        let refused = Caller::ring(wrong).await.err().unwrap().to_string();
        assert!(
            refused.contains("403") || refused.contains("401"),
            "{bridge:?}: {refused}"
        );
    }
    let form = [("CallSid".to_owned(), "CA9".to_owned())];
    let url = format!("http://{address}/ivr/gather");
    let signature = twilio_signature(TOKEN, &url, &form);
    let kind = ("Content-Type", "application/x-www-form-urlencoded");
    let signed = [("X-Twilio-Signature", signature.as_str()), kind];
    for (path, body, expected) in [
        ("/ivr/gather", "CallSid=CA9", 200),
        ("/ivr/gather", "CallSid=CA9&Digits=0", 403),
        ("/ivr/gather?t=x", "CallSid=CA9", 403),
        ("/ivr/relay", "CallSid=CA9", 403),
    ] {
        let (status, text) = post(address, path, &signed, body).await;
        assert_eq!(status, expected, "{path} {body}: {text}");
    }
    assert_eq!(
        post(address, "/ivr/gather", &[kind], "CallSid=CA9").await.0,
        403
    );
    assert_eq!(post(address, "/ivr/cxone", &[], "{}").await.0, 401);
    let off = Town::start(|_| {}).await;
    let unset = twilio_signature("", &format!("http://{}/ivr/gather", off.address), &form);
    let headers = [("X-Twilio-Signature", unset.as_str()), kind];
    assert_eq!(
        post(off.address, "/ivr/gather", &headers, "CallSid=CA9")
            .await
            .0,
        403
    );
    assert_eq!(
        post(off.address, "/ivr/cxone", &[("X-CeCe-Secret", "")], "{}")
            .await
            .0,
        401
    );
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
        let form: Vec<_> = fields
            .iter()
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
            .collect();
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&form)
            .finish();
        let signature = twilio_signature(TOKEN, &format!("http://{address}/ivr/relay"), &form);
        let headers = [
            ("X-Twilio-Signature", signature.as_str()),
            ("Content-Type", "application/x-www-form-urlencoded"),
        ];
        let (status, xml) = post(address, "/ivr/relay", &headers, &body).await;
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

#[tokio::test]
async fn an_exchange_has_the_form_that_cxone_takes_and_happens_once() {
    let town = town().await;
    let address = town.address;
    let first = exchange(
        address,
        &request("", &json!("AUTOMATED_TEXT"), 1, &Value::Null),
    )
    .await;
    assert_eq!(first["branchName"], "PromptAndCollectNextResponse");
    let rules = &first["nextPromptBehaviors"]["audioCollectionRules"];
    assert_eq!(rules["collectionType"], "SEND_UTTERANCE_AUDIO");
    assert_eq!(rules["dtmfRules"]["maxDigits"], 1);
    assert_eq!(first["errorDetails"], Value::Null);
    let again = exchange(address, &request("", &json!(5), 1, &Value::Null)).await;
    assert_eq!(again, first, "the same first request");
    let state = &first["botSessionState"];
    let said = request(
        "my bin was missed, I am jo@example.org",
        &json!(1),
        2,
        state,
    );
    let answer = exchange(address, &said).await;
    assert_eq!(answer["intentInfo"]["intent"], "waste/missed-bin");
    let heard = answer["intentInfo"]["lastUserUtterance"].as_str().unwrap();
    assert!(!heard.contains("example.org"), "{heard}");
    assert_eq!(answer["botSessionState"]["turn"], 1);
    assert_eq!(
        exchange(address, &said).await,
        answer,
        "the same request, with the old state"
    );
    let lost = request(
        "my bin was missed, I am jo@example.org",
        &json!(1),
        2,
        &Value::Null,
    );
    assert_eq!(
        exchange(address, &lost).await,
        answer,
        "the same request, with no state"
    );
    let state = &answer["botSessionState"];
    let loose = Value::from(state.to_string());
    let silent = exchange(address, &request("", &json!("0"), 3, &loose)).await;
    assert_eq!(silent["botSessionState"]["turn"], 2, "{silent}");
    let wav = exchange(
        address,
        &request("", &json!(2), 4, &silent["botSessionState"]),
    )
    .await;
    assert_ne!(wav["branchName"], "Error", "{wav}");
    let mut chat = request("", &json!(5), 1, &Value::Null);
    chat["executionInfo"]["contactId"] = json!("77");
    chat["mediaType"] = json!("Chat");
    let chat = exchange(address, &chat).await;
    assert_eq!(chat["branchName"], "PromptAndCollectNextResponse");
    let mut bad = first.clone();
    bad["executionInfo"] = json!({"requestId": 1});
    let failed = exchange(address, &bad).await;
    assert_eq!(failed["branchName"], "Error");
    let how = &failed["errorDetails"]["errorBehavior"];
    assert_eq!(how, "ReturnControlToScriptThroughErrorBranch");
    let mut ended = request("", &json!(4), 2, &chat["botSessionState"]);
    ended["executionInfo"]["contactId"] = json!("77");
    assert_eq!(exchange(address, &ended).await["branchName"], "EndContact");
}

#[tokio::test]
async fn a_script_goes_on_where_it_is_wired_and_else_where_it_always_does() {
    let town = town().await;
    let ring = async |contact: u64, config: &str| {
        let mut first = request("", &json!(5), 1, &Value::Null);
        first["executionInfo"]["contactId"] = json!(contact);
        let first = exchange(town.address, &first).await;
        let mut last = Value::Null;
        let mut state = first["botSessionState"].clone();
        for id in 2..4 {
            let mut silent = request("", &json!("NO_INPUT"), id, &state);
            silent["executionInfo"]["contactId"] = json!(contact);
            silent["botConfig"] = json!(config);
            last = exchange(town.address, &silent).await;
            state = last["botSessionState"].clone();
        }
        last
    };
    let last = ring(1, "{}").await;
    // Out of hours nobody is there, and the call goes on.
    if last["branchName"] != "PromptAndCollectNextResponse" {
        assert_eq!(last["branchName"], "ReturnControlToScript", "{last}");
        let payloads = &last["customPayload"]["scriptPayloads"];
        assert_eq!(payloads["Intent"], "StandardBotEscalation");
        assert_eq!(payloads["Department"], "customer-services");
        let own = ring(2, r#"{"branches":["UserInputTimeout"]}"#).await;
        assert_eq!(own["branchName"], "UserInputTimeout");
    }
}

#[tokio::test]
async fn a_form_that_is_sent_again_is_taken_once() {
    let mut town = town().await;
    let address = town.address;
    let send = async |path: &str, fields: &[(&str, &str)]| {
        let form: Vec<_> = fields
            .iter()
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
            .collect();
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&form)
            .finish();
        let signature = twilio_signature(TOKEN, &format!("http://{address}{path}"), &form);
        let headers = [
            ("X-Twilio-Signature", signature.as_str()),
            ("Content-Type", "application/x-www-form-urlencoded"),
        ];
        post(address, path, &headers, &body).await.1
    };
    let action = |xml: &str| {
        let action = xml
            .split("action=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap();
        action.replace("&amp;", "&")
    };
    let first = send(
        "/ivr/gather",
        &[("CallSid", "CA7"), ("From", "+447700900123")],
    )
    .await;
    assert_eq!(
        send(
            "/ivr/gather",
            &[("CallSid", "CA7"), ("From", "+447700900123")]
        )
        .await,
        first
    );
    assert!(
        first.contains("input=\"dtmf speech\"") && first.contains("hints=\""),
        "{first}"
    );
    let next = action(&first);
    let fields = [
        ("CallSid", "CA7"),
        ("SpeechResult", "my bin was missed"),
        ("Confidence", "0.93"),
    ];
    let answer = send(&next, &fields).await;
    assert_eq!(send(&next, &fields).await, answer);
    let partial = [
        ("CallSid", "CA7"),
        ("StableSpeechResult", "fourteen"),
        ("SequenceNumber", "1"),
    ];
    let nothing = send(&action(&answer), &partial).await;
    assert!(nothing.ends_with("<Response></Response>"), "{nothing}");
    let no_call = send("/ivr/gather", &[("From", "+447700900123")]).await;
    assert!(
        no_call.contains("find a person") && no_call.contains("<Dial>"),
        "{no_call}"
    );
    let folder = town.keep_folder();
    town.stopped().await;
    let kept = kept(folder.path()).await;
    assert_eq!(kept["CA7"].0.len(), 2, "opened, and one turn");
}

/// What a recogniser heard otherwise is read where what it heard first cannot be.
#[tokio::test]
async fn the_reading_that_validates_wins_over_the_wire() {
    let mut town = town().await;
    for bridge in [Bridge::Relay, Bridge::Cxone] {
        let (mut caller, _) = Caller::ring(options(town.address, bridge, 1))
            .await
            .unwrap();
        caller.act(&say("my bin was missed")).await.unwrap();
        caller.act(&say("fourteen acacia avenue")).await.unwrap();
        caller.act(&Act::Press("2".to_owned())).await.unwrap();
        let otherwise = vec![
            "chews day just gone".to_owned(),
            "tuesday just gone".to_owned(),
        ];
        let act = Act::Say("choose they just gone".to_owned(), otherwise);
        caller.act(&act).await.unwrap();
    }
    let folder = town.keep_folder();
    town.stopped().await;
    for (contact, (turns, _)) in kept(folder.path()).await {
        let slots: Vec<_> = turns
            .iter()
            .flat_map(|turn| &turn.events)
            .filter_map(|event| {
                let Event::SlotFilled { slot, value, .. } = event else {
                    return None;
                };
                Some((slot.as_str(), value.as_str()))
            })
            .collect();
        assert!(
            slots.contains(&("bin_type", "silver")),
            "{contact}: {slots:?}"
        );
        assert!(
            slots.iter().any(|(slot, _)| *slot == "due_date"),
            "{contact}: {slots:?}"
        );
    }
}

/// Every text of the shipped content that can be heard on the phone.
#[test]
fn everything_that_is_shipped_can_be_spoken() {
    let register = content::read_register(&root().join("transcripts/retention.toml")).unwrap();
    let today = jiff::civil::date(2026, 6, 10);
    let loaded = content::load(&root().join("intents"), Arc::new(register), today, &|_| {
        Vec::new()
    });
    let assistant = loaded.unwrap().assistant;
    let mut heard: Vec<(String, String)> = Vec::new();
    for locale in [Locale::En, Locale::Cy] {
        for intent in assistant.intents.values() {
            let answer = intent.answer.spoken.as_ref().unwrap_or(&intent.answer.text);
            let mut add = |text: &str| heard.push((intent.name.to_string(), text.to_owned()));
            add(intent.title.get(locale));
            add(answer.get(locale));
            for slot in &intent.ask {
                add(slot.spoken.as_ref().unwrap_or(&slot.prompt).get(locale));
                add(slot.reason.get(locale));
                slot.reask.iter().for_each(|text| add(text.get(locale)));
                if let SlotType::Choice(choices) = &slot.kind {
                    choices
                        .iter()
                        .for_each(|choice| add(choice.label.get(locale)));
                }
            }
        }
        for phrase in Phrase::ALL {
            let text = assistant
                .wording
                .spoken(*phrase, locale)
                .replace(['{', '}'], "");
            heard.push((phrase.key().to_owned(), text));
        }
        for kind in PiiKind::ALL {
            let warning = assistant.wording.warning(*kind, locale).unwrap();
            let spoken = warning.spoken.as_ref().unwrap_or(&warning.advice);
            heard.push((kind.name().to_owned(), format!("{} {spoken}", warning.what)));
        }
        for department in assistant.departments.values() {
            let away = department.out_of_hours.text.get(locale);
            let texts = [&*department.title, &*department.handles, away];
            for text in texts {
                heard.push((department.name.to_string(), text.to_owned()));
            }
        }
    }
    let faults: Vec<String> = heard
        .iter()
        .map(|(name, text)| (name, text, ear::faults(&ear::spoken(text, Locale::En))))
        .filter(|(_, _, faults)| !faults.is_empty())
        .map(|(name, text, faults)| format!("{name}: {text}: {faults:?}"))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(heard.len() > 500, "{}", heard.len());
}

/// Aloud a form is read back whole, so that a wrong figure is heard; the record covers it.
#[tokio::test]
async fn what_was_given_is_read_back_aloud_and_covered_in_the_record() {
    let mut town = town().await;
    for bridge in BRIDGES {
        let (mut caller, _) = Caller::ring(options(town.address, bridge, 1))
            .await
            .unwrap();
        caller.act(&say("my bin was missed")).await.unwrap();
        caller.act(&say("fourteen acacia avenue")).await.unwrap();
        caller.act(&Act::Press("2".to_owned())).await.unwrap();
        let answer = caller.act(&say("yesterday")).await.unwrap();
        let said = answer.spoken.join(" ");
        assert!(said.to_lowercase().contains("acacia"), "{bridge:?}: {said}");
        let again = caller.act(&say("say that again")).await.unwrap();
        assert!(
            again.spoken.join(" ").to_lowercase().contains("acacia"),
            "{bridge:?}"
        );
        let changed = caller.act(&say("no, I meant 40 not 14")).await.unwrap();
        let said = changed.spoken.join(" ");
        assert!(said.contains("40"), "{bridge:?}: {said}");
        caller.act(&Act::HangUp).await.unwrap();
    }
    let folder = town.keep_folder();
    town.stopped().await;
    for (turns, _) in kept(folder.path()).await.values() {
        for event in turns.iter().flat_map(|turn| &turn.events) {
            let told = event.told().unwrap_or_default().to_lowercase();
            assert!(!told.contains("acacia"), "{told}");
        }
    }
}

#[tokio::test]
async fn calls_are_counted_as_calls() {
    let town = town().await;
    Caller::ring(options(town.address, Bridge::Gather, 1))
        .await
        .unwrap();
    let (_, metrics) = get(town.address, "/metrics").await;
    assert!(
        metrics.contains("cece_conversations_total{channel=\"phone\"} 1"),
        "{metrics}"
    );
}

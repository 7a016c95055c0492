//! The telephone's three bridges on a running server, by a caller who plays the platform: what the tests
//! of each contract share.

mod caller;
mod door;
mod exchange;
mod gather;
mod golden;
mod record;
mod relay;
mod slots;
mod spoken;

use crate::town::{Town, config, root};
use cece::channels::client::call::{Act, Answer, Bridge, Caller, Line, Options};
use cece::channels::signature::twilio_signature;
use cece::content;
use cece::dialogue::{Channel, Event};
use cece::server::config::Config;
use cece::server::open_archive;
use cece::transcripts::record::{TechnicalRecord, TurnRecord};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Secrets of a platform that there is not.
const TOKEN: &str = "12345";

const SECRET: &str = "a secret of CXone";

const BRIDGES: [Bridge; 3] = [Bridge::Relay, Bridge::Cxone, Bridge::Gather];

async fn town() -> Town {
    Town::start(on_the_phone).await
}

/// Every bridge on, and little patience with silence.
fn on_the_phone(config: &mut Config) {
    config.phone.twilio_token = TOKEN.into();
    config.phone.cxone_secret = SECRET.into();
    config.phone.silence_seconds = 1;
}

fn options(address: SocketAddr, bridge: Bridge, contact: u64) -> Options {
    let url = format!("http://{address}");
    let secret = match bridge {
        Bridge::Cxone => SECRET,
        Bridge::Relay | Bridge::Gather => TOKEN,
    };
    let place = BRIDGES.iter().position(|one| *one == bridge).unwrap();
    let contact = format!("{}", 510_212_552_349_954 + contact * 10 + place as u64);
    Options::new(bridge, &url, secret, &contact)
}

/// A caller whose call was answered, with the first words.
async fn ring(address: SocketAddr, bridge: Bridge, contact: u64) -> (Caller, Answer) {
    let rung = Caller::ring(options(address, bridge, contact)).await;
    rung.unwrap_or_else(|error| panic!("{bridge:?}: {error}"))
}

fn say(words: &str) -> Act {
    Act::Say(words.to_owned(), Vec::new())
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

/// What is kept of every conversation: its turns and its technical data, by what the platform calls the
/// call, or by its id.
async fn kept(folder: &Path) -> BTreeMap<String, (Vec<TurnRecord>, TechnicalRecord)> {
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
async fn post(
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

/// A form as Twilio posts it, with its signature.
async fn post_form(address: SocketAddr, path: &str, fields: &[(&str, &str)]) -> (u16, String) {
    let form: Vec<(String, String)> = fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(&form)
        .finish();
    let signature = twilio_signature(TOKEN, &format!("http://{address}{path}"), &form);
    let headers = [
        ("X-Twilio-Signature", signature.as_str()),
        ("Content-Type", "application/x-www-form-urlencoded"),
    ];
    post(address, path, &headers, &body).await
}

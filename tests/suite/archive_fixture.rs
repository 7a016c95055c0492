//! An archive to test with: a small register, keys in a folder, and conversations made up from text.

use cece::dialogue::{Channel, Event, Outcome, Redirection, Speaker, Why};
use cece::transcripts::archive::{Archive, Held, Opening, Session};
use cece::transcripts::keys::{Keyring, MasterKey, Random};
use cece::transcripts::record::{ConversationId, TechnicalRecord, TurnRecord};
use cece::transcripts::retention::{ClassName, Disposal, Register, Row, Trigger};
use cece::transcripts::{Room, Store};
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use serde_json::{from_value, json};
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use uuid::Uuid;

pub(crate) const NO_ROOM_KEPT: Room = Room {
    floor_bytes: 0,
    ballast_bytes: 0,
};

/// Bytes that are the same in every run, and other in every draw.
#[derive(Default)]
pub(crate) struct Repeatable(AtomicU64);

impl Repeatable {
    pub(crate) fn seeded(seed: u64) -> Self {
        Self(AtomicU64::new(seed << 32))
    }

    pub(crate) fn below(&self, limit: u64) -> u64 {
        let mut bytes = [0; 8];
        self.fill(&mut bytes);
        u64::from_be_bytes(bytes) % limit
    }
}

impl Random for Repeatable {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let drawn = self.0.fetch_add(1, Ordering::Relaxed);
            chunk.copy_from_slice(&Sha256::digest(drawn.to_be_bytes())[..chunk.len()]);
        }
    }
}

pub(crate) fn keyring(folder: &Path) -> Arc<Keyring> {
    let random = Repeatable::seeded(1);
    let master = MasterKey::load_or_make(&folder.join("keys/master"), None, &random).unwrap();
    let path = folder.join("keys/keyring");
    Arc::new(Keyring::open(&path, Arc::new(master), &random).unwrap())
}

pub(crate) fn archive(store: Arc<dyn Store>, keyring: &Arc<Keyring>, seed: u64) -> Archive {
    Archive::new(
        store,
        Arc::clone(keyring),
        Arc::new(register()),
        TimeZone::get("Europe/London").unwrap(),
        Arc::new(Repeatable::seeded(seed)),
    )
}

/// Periods made up for the tests.
fn register() -> Register {
    let rows = [
        ("chat", "P6M", Trigger::ConversationClosed),
        ("call", "P12M", Trigger::ConversationClosed),
        ("enquiry", "P1Y", Trigger::LastActivity),
        ("service-request", "P2Y", Trigger::ConversationClosed),
        ("complaint", "P7Y", Trigger::CaseClosed),
        ("usage", "P13M", Trigger::Created),
        ("technical", "P30D", Trigger::Created),
    ];
    let row = |(class, period, trigger): (&str, &str, Trigger)| {
        let class = ClassName::new(class);
        let row = Row {
            class: class.clone(),
            information: "made up".to_owned(),
            keep_for: period.parse().unwrap(),
            keep_for_text: period.to_owned(),
            keep_from: vec![trigger],
            then: Disposal::Delete,
            basis: "UK GDPR Art 6(1)(e)".to_owned(),
            authority: "made up".to_owned(),
            source: "a test".to_owned(),
            must_keep: false,
        };
        (class, row)
    };
    Register {
        version: "0123456789abcdef".into(),
        rows: rows.into_iter().map(row).collect(),
    }
}

/// The first moment of the made-up conversations: half an hour after midnight in London.
pub(crate) fn start() -> Timestamp {
    "2026-05-31T23:30:00Z".parse().unwrap()
}

pub(crate) fn id(number: u64) -> ConversationId {
    let millis = u128::from(1_780_000_000_000 + number);
    ConversationId(Uuid::from_u128(
        (millis << 80) | (7 << 76) | (2 << 62) | u128::from(number),
    ))
}

/// A turn, from a line of what happens in it: `heard WORDS`, `said WORDS`, `retagged CLASS`,
/// `settled`, `redirected SLUG`, `closed`, divided by `; `.
pub(crate) fn turn(seq: u64, minutes: i64, events: &str) -> TurnRecord {
    let event = |text: &str| match text.split_once(' ').unwrap_or((text, "")) {
        ("heard", words) => Event::Heard {
            text: from_value(json!(words)).unwrap(),
        },
        ("said", words) => Event::Said {
            from: Speaker::Assistant,
            text: words.to_owned(),
            choices: vec![],
            links: vec![],
            expects: None,
        },
        ("retagged", class) => Event::Retagged {
            class: ClassName::new(class),
            intent: from_value(json!("waste/missed-bin")).unwrap(),
        },
        ("settled", _) => Event::Settled {
            intent: None,
            outcome: Outcome::Answered,
        },
        ("redirected", slug) => Event::Redirected(redirection(slug)),
        ("closed", _) => Event::Closed { why: Why::Resident },
        (other, _) => panic!("no such event: {other}"),
    };
    TurnRecord {
        seq,
        at: start() + minutes.minutes(),
        client_seq: Some(seq),
        fingerprint: seq,
        events: events.split("; ").map(event).collect(),
    }
}

fn redirection(slug: &str) -> Redirection {
    Redirection {
        department: slug.to_owned(),
        name: "Waste and recycling".to_owned(),
        contractor: None,
        phone: Some("01632 960001".to_owned()),
        url: None,
        queue: None,
        hours: "at any time".to_owned(),
        open_now: true,
        opens: None,
        reason: "Missed bin".to_owned(),
        summary: "Bin not collected".to_owned(),
        urgent: false,
        transfer: false,
    }
}

pub(crate) fn session(epoch: u64) -> Session {
    Session {
        token_hash: [epoch as u8; 32],
        previous_hash: None,
        epoch,
    }
}

pub(crate) fn reference(number: u64) -> String {
    format!("K{number:03}-7QHD")
}

pub(crate) fn opening(number: u64, channel: Channel) -> Opening {
    Opening {
        id: id(number),
        reference: reference(number),
        at: start(),
        channel,
        session: session(1),
        technical: TechnicalRecord {
            address: Some("192.0.2.7".to_owned()),
            user_agent: Some("Testbrowser/1".to_owned()),
            languages: Some("en-GB".to_owned()),
        },
        first: TurnRecord {
            seq: 1,
            at: start(),
            client_seq: None,
            fingerprint: 0,
            events: vec![
                Event::Started {
                    channel,
                    locale: from_value(json!("en")).unwrap(),
                    assistant: "0123456789abcdef".to_owned(),
                    reference: reference(number),
                    page: None,
                },
                Event::Said {
                    from: Speaker::Assistant,
                    text: "Good day".to_owned(),
                    choices: vec![],
                    links: vec![],
                    expects: None,
                },
                Event::Said {
                    from: Speaker::Assistant,
                    text: "Hello".to_owned(),
                    choices: vec![],
                    links: vec![],
                    expects: None,
                },
            ],
        },
    }
}

/// Opens conversation `number` and records `turns`, each as [`turn`] reads it, a minute apart.
pub(crate) async fn conversation(archive: &Archive, number: u64, turns: &[&str]) -> Held {
    let mut held = archive.open(opening(number, Channel::Web)).await.unwrap();
    for (minutes, events) in (1..).zip(turns) {
        let turn = turn(held.next_seq(), minutes, events);
        archive.append(&mut held, &turn).await.unwrap();
    }
    held
}

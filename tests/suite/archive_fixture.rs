//! An archive to test with: a small register, keys in a folder, and conversations made up from text.

use cece::dialogue::{Channel, Event, Outcome, Redirection, Speaker, Why};
use cece::transcripts::archive::{Archive, ArchiveError, Breaker, Held, Opening, Session, Sweep};
use cece::transcripts::keys::{Keyring, MasterKey, Random};
use cece::transcripts::ledger::Ledger;
use cece::transcripts::record::{ConversationId, TechnicalRecord, TurnRecord};
use cece::transcripts::retention::{ClassName, Disposal, Register, Row, Trigger};
use cece::transcripts::store::{Pair, StoreFuture};
use cece::transcripts::{Batch, CommitError, Memory, Room, Sled, Store, StoreError};
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use serde_json::{from_value, json};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
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
    let master = MasterKey::load_or_make(&folder.join("keys/master"), &random).unwrap();
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
            aloud: None,
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
            ..TechnicalRecord::default()
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
                    contact: None,
                },
                Event::Said {
                    from: Speaker::Assistant,
                    text: "Good day".to_owned(),
                    aloud: None,
                    choices: vec![],
                    links: vec![],
                    expects: None,
                },
                Event::Said {
                    from: Speaker::Assistant,
                    text: "Hello".to_owned(),
                    aloud: None,
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
        // As a server does it: a record that was sealed anew meanwhile is read again.
        while let Err(error) = archive.append(&mut held, &turn).await {
            assert!(matches!(error, ArchiveError::Conflict), "{error}");
            (held, _) = archive.read(held.id()).await.unwrap().unwrap();
        }
    }
    held
}

/// An archive with its keys and its ledger of erasures in a folder of its own.
pub(crate) struct Place {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) keyring: Arc<Keyring>,
    pub(crate) ledger: Arc<Ledger>,
    pub(crate) archive: Archive,
}

impl Place {
    pub(crate) async fn in_memory() -> Self {
        Self::over(|_| Arc::new(Memory::default())).await
    }

    pub(crate) async fn on_disk() -> Self {
        Self::over(|folder| Arc::new(Sled::open(&folder.join("live"), NO_ROOM_KEPT).unwrap())).await
    }

    pub(crate) async fn over(store: impl FnOnce(&Path) -> Arc<dyn Store>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let keyring = keyring(folder.path());
        let archive = archive(store(folder.path()), &keyring, 2);
        archive.bind().await.unwrap();
        let ledger = Ledger::open(&folder.path().join("audit"), Arc::clone(&keyring)).unwrap();
        Self {
            folder,
            keyring,
            ledger: Arc::new(ledger),
            archive,
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) async fn sweep(&self, now: Timestamp) -> u64 {
        match self
            .archive
            .sweep(Breaker::default(), None, "test", now)
            .await
            .unwrap()
        {
            Sweep::Done(done) => done.records,
            Sweep::TooMany(plan) => panic!("{plan:?}"),
        }
    }

    pub(crate) async fn is_there(&self, number: u64) -> bool {
        self.archive.read(id(number)).await.unwrap().is_some()
    }

    pub(crate) async fn whole(&self) {
        let found = self.archive.verify().await.unwrap();
        assert_eq!(found.faults, [""; 0]);
    }
}

pub(crate) fn noon(day: &str) -> Timestamp {
    format!("{day}T12:00:00Z").parse().unwrap()
}

/// A store in memory that shows what was committed to it, and that can be stopped.
#[derive(Default)]
pub(crate) struct Watched {
    pub(crate) memory: Memory,
    batches: Mutex<Vec<Batch>>,
    left: Mutex<Option<u64>>,
}

impl Watched {
    /// What was committed since this was last asked.
    pub(crate) fn committed(&self) -> Vec<Batch> {
        std::mem::take(&mut self.batches.lock().unwrap())
    }

    /// All keys of a kind, and what stands there.
    pub(crate) async fn all(&self, kind: u8) -> Vec<Pair> {
        self.memory.scan(vec![kind], None, 1000).await.unwrap()
    }

    pub(crate) async fn put(&self, key: &[u8], value: Option<&[u8]>) {
        let batch = Batch {
            preconditions: vec![],
            writes: vec![(key.to_vec(), value.map(<[u8]>::to_vec))],
        };
        self.memory.commit(batch).await.unwrap();
    }

    /// Takes so many more commits and then none, or all again.
    pub(crate) fn allow(&self, commits: Option<u64>) {
        *self.left.lock().unwrap() = commits;
    }

    fn takes_one(&self) -> bool {
        match &mut *self.left.lock().unwrap() {
            None => true,
            Some(0) => false,
            Some(left) => {
                *left -= 1;
                true
            }
        }
    }
}

impl Store for Watched {
    fn commit(&self, batch: Batch) -> StoreFuture<(), CommitError> {
        if !self.takes_one() {
            return Box::pin(async { Err(StoreError::Closed.into()) });
        }
        self.batches.lock().unwrap().push(batch.clone());
        self.memory.commit(batch)
    }

    fn get(&self, key: Vec<u8>) -> StoreFuture<Option<Vec<u8>>, StoreError> {
        self.memory.get(key)
    }

    fn get_all(&self, keys: Vec<Vec<u8>>) -> StoreFuture<Vec<Option<Vec<u8>>>, StoreError> {
        self.memory.get_all(keys)
    }

    fn scan(
        &self,
        prefix: Vec<u8>,
        after: Option<Vec<u8>>,
        limit: usize,
    ) -> StoreFuture<Vec<Pair>, StoreError> {
        self.memory.scan(prefix, after, limit)
    }

    fn export(&self, to: PathBuf) -> StoreFuture<u64, StoreError> {
        self.memory.export(to)
    }

    fn health(&self) -> Result<(), StoreError> {
        self.memory.health()
    }
}

/// Where the head of conversation `number` stands: what holds its data key.
pub(crate) fn head(number: u64) -> Vec<u8> {
    let mut key = vec![1];
    key.extend_from_slice(id(number).0.as_bytes());
    key.extend_from_slice(&[0; 8]);
    key
}

/// Copies a folder as a file system or a thief would, open or not.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Every file under a folder, in order of name.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

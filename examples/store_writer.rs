//! Writes conversations through the real store and says which turns were acknowledged; and checks a
//! store against such a ledger. What `tests/power_cut.sh` and `tests/disk_full.sh` drive.
//!
//! `store_writer write DATA KEYS` writes until it is stopped or the store fails, a line
//! `conversation seq` on standard output for each turn once it is durable.
//! `store_writer verify DATA KEYS < LEDGER` fails unless every turn in the ledger is there, as it was.

use anyhow::{Context, bail, ensure};
use cece::dialogue::{Channel, Event, Why};
use cece::engine::clock::SystemRandom;
use cece::transcripts::archive::{Archive, ArchiveError, Opening, Session};
use cece::transcripts::keys::{Keyring, Random};
use cece::transcripts::record::{ConversationId, TechnicalRecord, TurnRecord};
use cece::transcripts::retention::{ClassName, Disposal, Register, Row, Trigger};
use cece::transcripts::{Room, Sled};
use clap::{Parser, Subcommand};
use jiff::{Timestamp, tz::TimeZone};
use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use uuid::Uuid;

/// Turns of a conversation before it is closed.
const TURNS: u64 = 40;

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Writes, and prints what is durable.
    Write {
        data: PathBuf,
        keys: PathBuf,
        /// Conversations at a time.
        #[arg(long, default_value_t = 16)]
        writers: usize,
        /// Free bytes below which the store takes nothing.
        #[arg(long, default_value_t = 0)]
        floor: u64,
        /// Bytes set aside for opening on a full disk.
        #[arg(long, default_value_t = 0)]
        ballast: u64,
    },
    /// Checks a store against a ledger on standard input.
    Verify { data: PathBuf, keys: PathBuf },
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    match Arguments::parse().what {
        What::Write {
            data,
            keys,
            writers,
            floor,
            ballast,
        } => {
            let room = Room {
                floor_bytes: floor,
                ballast_bytes: ballast,
            };
            let archive = Arc::new(open(&data, &keys, room).await?);
            let tasks: Vec<_> = (0..writers)
                .map(|_| tokio::spawn(write(Arc::clone(&archive))))
                .collect();
            for task in tasks {
                // A writer ends only with an error.
                task.await??;
            }
            Ok(())
        }
        What::Verify { data, keys } => {
            let room = Room {
                floor_bytes: 0,
                ballast_bytes: 0,
            };
            verify(&open(&data, &keys, room).await?).await
        }
    }
}

async fn open(data: &Path, keys: &Path, room: Room) -> Result<Archive, ArchiveError> {
    let random: Arc<dyn Random> = Arc::new(SystemRandom);
    let keyring = Keyring::open_in(keys, None, &*random)?;
    let store = Sled::open(data, room)?;
    let archive = Archive::new(
        Arc::new(store),
        Arc::new(keyring),
        Arc::new(register()),
        TimeZone::UTC,
        random,
    );
    archive.bind().await?;
    Ok(archive)
}

async fn write(archive: Arc<Archive>) -> anyhow::Result<()> {
    loop {
        let id = fresh_id();
        let first = turn(id, 1);
        let opening = Opening {
            id,
            reference: id.to_string(),
            at: first.at,
            channel: Channel::Web,
            session: Session {
                token_hash: [0; 32],
                previous_hash: None,
                epoch: 1,
            },
            technical: TechnicalRecord {
                address: None,
                user_agent: None,
                languages: None,
                ..TechnicalRecord::default()
            },
            first,
        };
        let mut held = archive.open(opening).await?;
        acknowledge(id, 1)?;
        for seq in 2..=TURNS {
            archive.append(&mut held, &turn(id, seq)).await?;
            acknowledge(id, seq)?;
        }
    }
}

fn acknowledge(id: ConversationId, seq: u64) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{id} {seq}")?;
    out.flush()
}

async fn verify(archive: &Archive) -> anyhow::Result<()> {
    let mut ledger: BTreeMap<ConversationId, u64> = BTreeMap::new();
    let mut acknowledged = 0u64;
    for line in io::stdin().lock().lines() {
        let line = line?;
        // The last line may be cut short: the writer was stopped as it printed it.
        let Some((id, seq)) = line.split_once(' ') else {
            continue;
        };
        let (Ok(id), Ok(seq)) = (id.parse::<Uuid>(), seq.parse::<u64>()) else {
            continue;
        };
        let last = ledger.entry(ConversationId(id)).or_default();
        *last = seq.max(*last);
        acknowledged += 1;
    }
    let mut extra = 0;
    for (id, last) in &ledger {
        let Some((_, turns)) = archive.read(*id).await? else {
            bail!("conversation {id} was acknowledged and is not there");
        };
        ensure!(
            turns.len() as u64 >= *last,
            "turn {last} of conversation {id} was acknowledged, and only {} are there",
            turns.len()
        );
        for (seq, read) in (1..).zip(&turns) {
            ensure!(*read == turn(*id, seq), "turn {seq} of {id} is another");
        }
        extra += turns.len() as u64 - last;
    }
    let found = archive.verify().await?;
    ensure!(found.faults.is_empty(), "{}", found.faults.join("\n"));
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{acknowledged} acknowledged turns, 0 lost; {} turns in {} conversations, {extra} durable but not yet told",
        found.turns, found.conversations
    )
    .context("standard output")
}

/// The turn that always stands at this place.
fn turn(id: ConversationId, seq: u64) -> TurnRecord {
    let mut events = vec![Event::EndRequested];
    if seq == TURNS {
        events.push(Event::Closed { why: Why::Resident });
    }
    // Between 0 and 6 KiB, so that some values are split.
    let length = (id.0.as_u128() as u64 ^ seq.wrapping_mul(0x9E37_79B9)) % 1500 * (seq % 5);
    events.push(Event::IntentTaken {
        intent: serde_json::from_value(format!("waste/{}", "x".repeat(length as usize)).into())
            .unwrap_or_else(|_| unreachable!("any text is read as an intent's name")),
        confidence: 0.5,
        department: serde_json::from_value("waste".into())
            .unwrap_or_else(|_| unreachable!("any text is read as a department's name")),
    });
    TurnRecord {
        seq,
        at: Timestamp::from_second(1_780_000_000 + seq as i64).unwrap_or_default(),
        client_seq: Some(seq),
        fingerprint: seq,
        events,
    }
}

fn register() -> Register {
    let row = |class: &str| {
        let class = ClassName::new(class);
        let row = Row {
            class: class.clone(),
            information: "made up".to_owned(),
            keep_for: jiff::Span::new().years(1),
            keep_for_text: "P1Y".to_owned(),
            keep_from: vec![Trigger::ConversationClosed],
            then: Disposal::Delete,
            basis: "none: made up".to_owned(),
            authority: "none: made up".to_owned(),
            source: "an example".to_owned(),
            must_keep: false,
        };
        (class, row)
    };
    Register {
        version: "0".into(),
        rows: ["chat", "usage", "technical"].map(row).into(),
    }
}

fn fresh_id() -> ConversationId {
    let mut random = [0; 10];
    SystemRandom.fill(&mut random);
    ConversationId(
        uuid::Builder::from_unix_timestamp_millis(1_780_000_000_000, &random).into_uuid(),
    )
}

//! What erasing and sweeping cost, and what residents notice of it: fills a store with generated
//! conversations, erases one of them, and sweeps a part, each beside turns that are timed.
//!
//! `cargo run --release --example going -- --conversations 1000000 --expired 100000 FOLDER`
//! FOLDER is filled if it is new, which takes some 13 KiB a conversation; a second run with the same
//! FOLDER erases another of its conversations, and sweeps what is left or what `--more` adds. Nothing in it
//! is about anybody.

use anyhow::Context as _;
use cece::dialogue::{Channel, Event, Speaker, Why};
use cece::engine::clock::{SystemRandom, conversation_id};
use cece::transcripts::archive::{Archive, Breaker, Opening, Session, Sweep};
use cece::transcripts::keys::{Keyring, Random};
use cece::transcripts::ledger::Ledger;
use cece::transcripts::record::{ConversationId, TechnicalRecord, TurnRecord};
use cece::transcripts::retention::Register;
use cece::transcripts::{Room, Sled};
use clap::Parser;
use jiff::{Timestamp, ToSpan as _, tz::TimeZone};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::time::Instant;

/// Conversations that are written at a time while the store is filled.
const WRITERS: usize = 64;
/// Turns a second of the live traffic, over all conversations.
const TURNS_PER_SECOND: u64 = 200;

#[derive(Parser)]
struct Arguments {
    /// A new folder, or one that was filled before.
    folder: PathBuf,
    /// Conversations in the store.
    #[arg(long, default_value_t = 100_000)]
    conversations: u64,
    /// How many of them are over when it is swept.
    #[arg(long, default_value_t = 10_000)]
    expired: u64,
    /// Conversations that are over, to add to a folder that was filled before.
    #[arg(long, default_value_t = 0)]
    more: u64,
    /// Seconds of traffic alone, to compare with; as many before it count for nothing, since a store that
    /// was just opened has nothing in its cache.
    #[arg(long, default_value_t = 20)]
    seconds: u64,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let folder = &arguments.folder;
    let new = !folder.exists();
    std::fs::create_dir_all(folder)?;
    let (archive, keyring, ledger) = open(folder).await?;

    // The expired ones were closed long ago; the others today.
    let old: Timestamp = "2024-06-01T12:00:00Z".parse()?;
    let now: Timestamp = "2026-06-01T12:00:00Z".parse()?;
    if new {
        let begun = Instant::now();
        fill(&archive, arguments.expired, old).await?;
        fill(&archive, arguments.conversations - arguments.expired, now).await?;
        say(&format!(
            "{} conversations written in {:.0?}",
            arguments.conversations,
            begun.elapsed()
        ))?;
    }
    fill(&archive, if new { 0 } else { arguments.more }, old).await?;
    say(&format!("{} keys in the keyring", keyring.keks().len()))?;

    let alone = || {
        traffic(&archive, now, async {
            tokio::time::sleep(Duration::from_secs(arguments.seconds)).await;
            Ok(())
        })
    };
    report("turns to warm up", &alone().await?)?;
    let usual = report("turns alone", &alone().await?)?;

    let newest = archive.newest(1_000, now).await?;
    let victim = newest
        .conversations
        .last()
        .context("no conversation is kept")?
        .id;
    let mut took = Duration::ZERO;
    let beside = traffic(&archive, now, async {
        let begun = Instant::now();
        let receipt = archive
            .erase(victim, &ledger, now)
            .await?
            .context("nothing to erase")?;
        took = begun.elapsed();
        anyhow::ensure!(receipt.number.is_some(), "{receipt:?}");
        say(&format!(
            "erased one in {took:.2?}: {} keys destroyed, {} records of others sealed anew",
            receipt.keys.len(),
            receipt.resealed
        ))
    })
    .await?;
    report("turns beside an erasure", &beside)?;

    let sweeping = sweep(&archive, now).await?;
    let beside = report("turns beside a sweep", &sweeping)?;
    say(&format!(
        "the p99 beside the sweep is {:.2} times that of turns alone",
        beside.as_secs_f64() / usual.as_secs_f64()
    ))
}

/// Sweeps what is over, beside traffic; what each turn of that took.
async fn sweep(archive: &Arc<Archive>, now: Timestamp) -> anyhow::Result<Vec<Duration>> {
    traffic(archive, now, async {
        let begun = Instant::now();
        let all = Some(u64::MAX);
        let swept = archive
            .sweep(Breaker::default(), all, "example", now)
            .await?;
        let Sweep::Done(done) = swept else {
            anyhow::bail!("refused");
        };
        say(&format!(
            "swept {} records and {} keys in {:.0?}",
            done.records,
            done.keys,
            begun.elapsed()
        ))
    })
    .await
}

/// An empty archive in `folder`, with its keys and its ledger of erasures.
async fn open(folder: &Path) -> anyhow::Result<(Arc<Archive>, Arc<Keyring>, Arc<Ledger>)> {
    let random: Arc<dyn Random> = Arc::new(SystemRandom);
    let keyring = Arc::new(Keyring::open_in(&folder.join("keys"), None, &*random)?);
    let room = Room {
        floor_bytes: 0,
        ballast_bytes: 0,
    };
    let store = Arc::new(Sled::open(&folder.join("store"), room)?);
    let register = include_str!("../transcripts/retention.toml");
    let register = Register::parse(register, Path::new("retention.toml"))?;
    let archive = Archive::new(
        store,
        Arc::clone(&keyring),
        Arc::new(register),
        TimeZone::UTC,
        random,
    );
    archive.bind().await?;
    let ledger = Ledger::open(&folder.join("audit"), Arc::clone(&keyring))?;
    Ok((Arc::new(archive), keyring, Arc::new(ledger)))
}

/// Writes conversations of four turns, closed at once.
async fn fill(archive: &Arc<Archive>, count: u64, at: Timestamp) -> anyhow::Result<()> {
    let mut tasks = Vec::new();
    for writer in 0..WRITERS as u64 {
        let archive = Arc::clone(archive);
        tasks.push(tokio::spawn(async move {
            for _ in (writer..count).step_by(WRITERS) {
                one(&archive, at, 4).await?;
            }
            anyhow::Ok(())
        }));
    }
    for task in tasks {
        task.await??;
    }
    Ok(())
}

async fn one(archive: &Archive, at: Timestamp, turns: u64) -> anyhow::Result<ConversationId> {
    let id = conversation_id(at, &SystemRandom);
    let mut held = archive.open(opening(id, at)).await?;
    for number in 1..=turns {
        let record = turn(held.next_seq(), at, number == turns);
        archive.append(&mut held, &record).await?;
    }
    Ok(id)
}

fn opening(id: ConversationId, at: Timestamp) -> Opening {
    Opening {
        id,
        reference: id.to_string(),
        at,
        channel: Channel::Web,
        session: Session {
            token_hash: [0; 32],
            previous_hash: None,
            epoch: 1,
        },
        technical: TechnicalRecord {
            address: Some("192.0.2.7".to_owned()),
            user_agent: Some("Testbrowser/1".to_owned()),
            languages: None,
            ..TechnicalRecord::default()
        },
        first: turn(1, at, false),
    }
}

fn turn(seq: u64, at: Timestamp, last: bool) -> TurnRecord {
    let mut events = vec![Event::Said {
        from: Speaker::Assistant,
        text:
            "Bins are emptied every fortnight. Your street's days are on the collection calendar."
                .to_owned(),
        aloud: None,
        choices: vec![],
        links: vec![],
        expects: None,
    }];
    if last {
        events.push(Event::Closed { why: Why::Resident });
    }
    TurnRecord {
        seq,
        at,
        client_seq: Some(seq),
        fingerprint: seq,
        events,
    }
}

/// Takes turns at an even pace while `work` goes on; what each took.
async fn traffic(
    archive: &Arc<Archive>,
    now: Timestamp,
    work: impl Future<Output = anyhow::Result<()>>,
) -> anyhow::Result<Vec<Duration>> {
    let stop = Arc::new(AtomicBool::new(false));
    let (archive, stopped) = (Arc::clone(archive), Arc::clone(&stop));
    let turns = tokio::spawn(async move {
        let mut ticks = tokio::time::interval(Duration::from_millis(1000 / TURNS_PER_SECOND));
        let mut pending = tokio::task::JoinSet::new();
        let mut took = Vec::new();
        while !stopped.load(Ordering::Relaxed) {
            ticks.tick().await;
            let archive = Arc::clone(&archive);
            pending.spawn(async move {
                let id = conversation_id(now, &SystemRandom);
                let mut held = archive.open(opening(id, now)).await?;
                let record = turn(held.next_seq(), now + 1.seconds(), false);
                let begun = Instant::now();
                archive.append(&mut held, &record).await?;
                anyhow::Ok(begun.elapsed())
            });
            while let Some(done) = pending.try_join_next() {
                took.push(done??);
            }
        }
        while let Some(done) = pending.join_next().await {
            took.push(done??);
        }
        anyhow::Ok(took)
    });
    work.await?;
    stop.store(true, Ordering::Relaxed);
    turns.await?
}

/// Tells what turns took; gives their 99th percentile.
fn report(what: &str, took: &[Duration]) -> anyhow::Result<Duration> {
    let mut sorted = took.to_vec();
    sorted.sort();
    let at = |percent: usize| {
        let place = sorted.get(sorted.len() * percent / 100).or(sorted.last());
        place.copied().unwrap_or_default()
    };
    say(&format!(
        "{what}: {} turns, p50 {:.1?}, p99 {:.1?}, longest {:.1?}",
        sorted.len(),
        at(50),
        at(99),
        at(100)
    ))?;
    Ok(at(99))
}

fn say(line: &str) -> anyhow::Result<()> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}

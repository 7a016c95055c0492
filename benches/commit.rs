//! What a durable turn costs: an ordinary append through the archive into sled, by 1 and by 64 writers
//! at a time; with the processor time of the whole process, which the wall clock does not show.

#![allow(missing_docs, reason = "criterion's macros make public functions")]
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a bench")]

use cece::dialogue::{Channel, Event, Speaker};
use cece::transcripts::archive::{Archive, Held, Opening, Session};
use cece::transcripts::keys::{Keyring, Random};
use cece::transcripts::record::{ConversationId, TechnicalRecord, TurnRecord};
use cece::transcripts::retention::{ClassName, Disposal, Register, Row, Trigger};
use cece::transcripts::{Room, Sled};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use jiff::{Timestamp, tz::TimeZone};
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;
use uuid::Uuid;

fn commit(criterion: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let mut group = criterion.benchmark_group("commit");
    group.throughput(Throughput::Elements(1));
    group.measurement_time(Duration::from_secs(8));
    group.sample_size(20);
    for writers in [1usize, 64] {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let archive = Arc::new(archive(folder.path()));
        let mut held: Vec<Held> = (0..writers)
            .map(|_| runtime.block_on(archive.open(opening())).unwrap())
            .collect();
        let (mut turns, mut wall, mut cpu) = (0, Duration::ZERO, Duration::ZERO);
        group.bench_function(BenchmarkId::new("writers", writers), |bencher| {
            bencher.iter_custom(|iterations| {
                let each = iterations.div_ceil(writers as u64);
                let (began, cpu_began) = (now(), processor_time());
                held = runtime.block_on(round(&archive, std::mem::take(&mut held), each));
                let took = began.elapsed();
                cpu += processor_time() - cpu_began;
                wall += took;
                turns += each * writers as u64;
                // Time for `iterations`, though a few more were done.
                took.mul_f64(iterations as f64 / (each * writers as u64) as f64)
            });
        });
        let per_turn = |time: Duration| time.as_secs_f64() * 1e6 / turns as f64;
        eprintln!(
            "  {writers} writers: {:.0} turns/s, {:.1} µs of processor a turn (kernel included)",
            turns as f64 / wall.as_secs_f64(),
            per_turn(cpu)
        );
    }
    group.finish();
}

async fn round(archive: &Arc<Archive>, held: Vec<Held>, each: u64) -> Vec<Held> {
    let tasks: Vec<_> = held
        .into_iter()
        .map(|mut held| {
            let archive = Arc::clone(archive);
            tokio::spawn(async move {
                for _ in 0..each {
                    let turn = turn(held.next_seq());
                    archive.append(&mut held, &turn).await.unwrap();
                }
                held
            })
        })
        .collect();
    let mut done = Vec::new();
    for task in tasks {
        done.push(task.await.unwrap());
    }
    done
}

/// User and system time of this process, all threads, from /proc; in steps of 10 ms.
fn processor_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap().split(' ').collect();
    let ticks: u64 = fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
    Duration::from_millis(ticks * 10)
}

#[expect(clippy::disallowed_methods, reason = "measuring is what it is for")]
fn now() -> Instant {
    Instant::now()
}

fn archive(folder: &Path) -> Archive {
    let random: Arc<dyn Random> = Arc::new(Counted(AtomicU64::new(0)));
    let keyring = Keyring::open_in(&folder.join("keys"), None, &*random).unwrap();
    let room = Room {
        floor_bytes: 1 << 20,
        ballast_bytes: 0,
    };
    let store = Sled::open(&folder.join("data"), room).unwrap();
    let row = |class: &str| {
        let class = ClassName::new(class);
        let row = Row {
            class: class.clone(),
            information: String::new(),
            keep_for: jiff::Span::new().years(1),
            keep_for_text: "P1Y".to_owned(),
            keep_from: vec![Trigger::ConversationClosed],
            then: Disposal::Delete,
            basis: String::new(),
            authority: String::new(),
            source: String::new(),
            must_keep: false,
        };
        (class, row)
    };
    let register = Register {
        version: "0".into(),
        rows: ["chat", "usage", "technical"].map(row).into(),
    };
    let time_zone = TimeZone::get("Europe/London").unwrap();
    Archive::new(
        Arc::new(store),
        Arc::new(keyring),
        Arc::new(register),
        time_zone,
        random,
    )
}

fn opening() -> Opening {
    static OPENED: AtomicU64 = AtomicU64::new(1);
    let number = OPENED.fetch_add(1, Ordering::Relaxed);
    Opening {
        id: ConversationId(Uuid::from_u128(u128::from(number) << 64)),
        reference: number.to_string(),
        at: Timestamp::UNIX_EPOCH,
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
        first: turn(1),
    }
}

/// A turn of about the usual size: 700 bytes of JSON.
fn turn(seq: u64) -> TurnRecord {
    let heard = "my bin was not collected this morning and it is full";
    let said = "I am sorry about that. Which street is it in, and which bin was it?";
    let text = |text: &str| serde_json::from_value(text.into()).unwrap();
    TurnRecord {
        seq,
        at: Timestamp::UNIX_EPOCH,
        client_seq: Some(seq),
        fingerprint: seq,
        events: vec![
            Event::Heard { text: text(heard) },
            Event::IntentTaken {
                intent: serde_json::from_value("waste/missed-bin".into()).unwrap(),
                confidence: 0.87,
                department: serde_json::from_value("waste".into()).unwrap(),
            },
            Event::Said {
                from: Speaker::Assistant,
                text: said.repeat(5),
                aloud: None,
                choices: vec![],
                links: vec![],
                expects: None,
            },
        ],
    }
}

/// Other bytes in every draw.
struct Counted(AtomicU64);

impl Random for Counted {
    fn fill(&self, bytes: &mut [u8]) {
        let drawn = self.0.fetch_add(1, Ordering::Relaxed);
        let digest = Sha256::digest(drawn.to_be_bytes());
        for (byte, random) in bytes.iter_mut().zip(digest.iter().cycle()) {
            *byte = *random;
        }
    }
}

criterion_group!(benches, commit);
criterion_main!(benches);

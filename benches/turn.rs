//! A whole turn in the engine, without network and disk: screened, understood, stepped, sealed,
//! committed to a store in memory; and which share of it is encryption and authentication.

#![allow(clippy::print_stderr, reason = "a bench")]

use cece::content::Locale;
use cece::dialogue::Channel;
use cece::engine::clock::{SystemClock, SystemRandom};
use cece::engine::limits::Limits;
use cece::engine::{Attached, Bundle, Engine, Sources, StartIn, TurnIn, TurnKind};
use cece::pii::RawText;
use cece::transcripts::archive::Archive;
use cece::transcripts::keys::{Dek, Keyring, SEAL_BYTES};
use cece::transcripts::record::TechnicalRecord;
use cece::transcripts::{Memory, Store};
use criterion::{Criterion, criterion_group, criterion_main};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

/// Turns before another conversation is begun.
const TURNS_A_CONVERSATION: u64 = 150;
/// Turns, and as many sealings, that a share is told of.
const ROUNDS: usize = 5_000;
const MESSAGES: [(&str, &str); 2] = [
    ("enquiry", "when is my bin collected please"),
    (
        "personal data",
        "how do i pay, my email is jo@example.org and my phone 07700 900123",
    ),
];

fn engine(folder: &Path) -> (Engine, Arc<Memory>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = Sources {
        intents: root.join("intents"),
        register: root.join("transcripts/retention.toml"),
        models: root.join("models"),
        encodings: root.join("models/encodings"),
    };
    let (bundle, _) =
        Bundle::load(&sources, cece::server::today()).unwrap_or_else(|error| panic!("{error}"));
    let random = Arc::new(SystemRandom);
    let keyring = Keyring::open_in(folder, None, &*random).expect("keys");
    let store = Arc::new(Memory::default());
    let archive = Archive::new(
        Arc::clone(&store) as Arc<dyn Store>,
        Arc::new(keyring),
        Arc::clone(&bundle.assistant.register),
        bundle.assistant.council.time_zone.clone(),
        random.clone(),
    );
    let clock = Arc::new(SystemClock::new());
    let engine = Engine::new(archive, bundle, Limits::default(), clock, random);
    (engine, store)
}

/// A resident who never stops talking.
struct Talk<'a> {
    runtime: &'a Runtime,
    engine: &'a Engine,
    attached: Attached,
    client_seq: u64,
}

impl<'a> Talk<'a> {
    fn begin(runtime: &'a Runtime, engine: &'a Engine) -> Self {
        Self {
            runtime,
            engine,
            attached: runtime.block_on(begin(engine)),
            client_seq: 0,
        }
    }

    fn say(&mut self, text: &str) {
        self.runtime.block_on(async {
            if self.client_seq == TURNS_A_CONVERSATION {
                self.attached = begin(self.engine).await;
                self.client_seq = 0;
            }
            self.client_seq += 1;
            let turn = TurnIn {
                client_seq: Some(self.client_seq),
                epoch: Some(1),
                kind: TurnKind::Text(RawText::new(text.to_owned())),
            };
            let live = &self.attached.live;
            self.engine.turn(live, turn).await.expect("a turn");
        });
    }
}

async fn begin(engine: &Engine) -> Attached {
    let opening = StartIn {
        channel: Channel::Web,
        locale: Locale::En,
        page: None,
        contact: None,
        technical: TechnicalRecord {
            address: None,
            user_agent: None,
            languages: None,
            ..TechnicalRecord::default()
        },
    };
    engine.start(opening).await.expect("a conversation")
}

fn turns(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    let (engine, store) = engine(folder.path());
    let runtime = Runtime::new().expect("a runtime");
    let mut group = criterion.benchmark_group("turn");
    for (name, text) in MESSAGES {
        let mut talk = Talk::begin(&runtime, &engine);
        group.bench_function(name, |bencher| bencher.iter(|| talk.say(text)));
    }
    group.finish();
    for (name, text) in MESSAGES {
        share(name, text, (&runtime, &engine), &store);
    }
}

/// Times a turn and the sealing of a record as long as its own, one after the other, so that whatever
/// else the machine does weighs on both. With network and disk the share is smaller.
fn share(name: &str, text: &str, (runtime, engine): (&Runtime, &Engine), store: &Memory) {
    let mut talk = Talk::begin(runtime, engine);
    let before = runtime.block_on(bytes(store));
    talk.say(text);
    let sealed = runtime.block_on(bytes(store)) - before;
    let plain = vec![7; sealed - SEAL_BYTES];
    let dek = Dek::random(&SystemRandom);
    let (mut turns, mut seals) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        turns.push(timed(|| talk.say(text)));
        seals.push(timed(|| {
            let mut out = Vec::with_capacity(2 * sealed);
            let write = |out: &mut Vec<u8>| -> Result<(), ()> {
                out.extend_from_slice(&plain);
                Ok(())
            };
            let done = dek.seal_onto(&mut out, &[1; 35], &SystemRandom, write);
            done.expect("a record");
            std::hint::black_box(out);
        }));
    }
    let (turn, seal) = (median(turns), median(seals));
    eprintln!(
        "  {name}: a turn takes {turn:.1?}, sealing its {sealed} bytes {seal:.2?}: {:.2} %",
        seal.as_secs_f64() / turn.as_secs_f64() * 100.0
    );
}

/// Bytes of the turns in the store, whose keys begin with a 2.
async fn bytes(store: &Memory) -> usize {
    let turns = store.scan(vec![2], None, usize::MAX).await.expect("turns");
    turns.iter().map(|(_, value)| value.len()).sum()
}

#[expect(clippy::disallowed_methods, reason = "measuring is what it is for")]
fn timed(work: impl FnOnce()) -> Duration {
    let began = Instant::now();
    work();
    began.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

criterion_group!(benches, turns);
criterion_main!(benches);

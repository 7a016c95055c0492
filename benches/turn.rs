//! A whole turn in the engine, without network and disk: screened, understood, stepped, sealed,
//! committed to a store in memory.

use cece::content::Locale;
use cece::dialogue::Channel;
use cece::engine::clock::{SystemClock, SystemRandom};
use cece::engine::limits::Limits;
use cece::engine::{Attached, Bundle, Engine, Sources, StartIn, TurnIn, TurnKind};
use cece::pii::RawText;
use cece::transcripts::Memory;
use cece::transcripts::archive::Archive;
use cece::transcripts::keys::Keyring;
use cece::transcripts::record::TechnicalRecord;
use criterion::{Criterion, criterion_group, criterion_main};
use std::path::Path;
use std::sync::Arc;
use tokio::runtime::Runtime;

/// Turns before another conversation is begun.
const TURNS_A_CONVERSATION: u64 = 150;

fn engine(folder: &Path) -> Engine {
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
    let archive = Archive::new(
        Arc::new(Memory::default()),
        Arc::new(keyring),
        Arc::clone(&bundle.assistant.register),
        bundle.assistant.council.time_zone.clone(),
        random.clone(),
    );
    Engine::new(
        archive,
        bundle,
        Limits::default(),
        Arc::new(SystemClock::new()),
        random,
    )
}

async fn begin(engine: &Engine) -> Attached {
    let opening = StartIn {
        channel: Channel::Web,
        locale: Locale::En,
        page: None,
        technical: TechnicalRecord {
            address: None,
            user_agent: None,
            languages: None,
        },
    };
    engine.start(opening).await.expect("a conversation")
}

fn turns(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = engine(folder.path());
    let runtime = Runtime::new().expect("a runtime");
    let mut group = criterion.benchmark_group("turn");
    for (name, text) in [
        ("enquiry", "when is my bin collected please"),
        (
            "personal data",
            "how do i pay, my email is jo@example.org and my phone 07700 900123",
        ),
    ] {
        let mut talk = runtime.block_on(begin(&engine));
        let mut client_seq = 0;
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                runtime.block_on(async {
                    if client_seq == TURNS_A_CONVERSATION {
                        talk = begin(&engine).await;
                        client_seq = 0;
                    }
                    client_seq += 1;
                    let kind = TurnKind::Text(RawText::new(text.to_owned()));
                    let turn = TurnIn {
                        client_seq: Some(client_seq),
                        epoch: Some(1),
                        kind,
                    };
                    engine.turn(&talk.live, turn).await.expect("a turn")
                })
            });
        });
    }
    group.finish();
}

criterion_group!(benches, turns);
criterion_main!(benches);

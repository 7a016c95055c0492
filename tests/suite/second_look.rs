//! What a closer look costs others: nothing. Messages that need none pass by, and where too many wait
//! for one, the first look stands and is said to be doubtful.

use crate::town::{SENTENCES, config, small_content};
use cece::content::Locale;
use cece::dialogue::Channel;
use cece::engine::clock::{SystemClock, SystemRandom};
use cece::engine::limits::Limits;
use cece::engine::{
    Attached, Bundle, Engine, SECOND_LOOKS_WAITING_MAX, Sources, StartIn, TurnIn, TurnKind, TurnOut,
};
use cece::nlu::{First, Understand, Understanding};
use cece::pii::{RawText, SafeText};
use cece::transcripts::Memory;
use cece::transcripts::archive::Archive;
use cece::transcripts::keys::Keyring;
use cece::transcripts::record::TechnicalRecord;
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

const TODAY: jiff::civil::Date = jiff::civil::date(2026, 6, 10);

/// Doubts every message but "clear", and looks no closer until it is let.
#[derive(Default)]
struct Gated {
    open: Mutex<bool>,
    opened: Condvar,
}

impl Gated {
    fn open(&self) {
        *self.open.lock().unwrap() = true;
        self.opened.notify_all();
    }
}

impl Understand for Gated {
    fn understand(&self, _text: &SafeText) -> Understanding {
        let mut open = self.open.lock().unwrap();
        while !*open {
            open = self.opened.wait(open).unwrap();
        }
        Understanding::unsure()
    }

    fn understand_at_first(&self, text: &SafeText) -> First {
        match text.as_str() {
            "clear" => First::Decided(Understanding::unsure()),
            _ => First::Doubtful(Understanding::unsure()),
        }
    }
}

/// An engine on the small content, as `opened` opens it from its sources.
fn engine(opened: impl FnOnce(&Sources) -> Bundle) -> (Arc<Engine>, tempfile::TempDir) {
    let place = tempfile::tempdir().unwrap();
    small_content(&place.path().join("intents"));
    let bundle = opened(&config(place.path()).sources());
    let random = Arc::new(SystemRandom);
    let keyring = Keyring::open_in(place.path(), None, &*random).unwrap();
    let archive = Archive::new(
        Arc::new(Memory::default()),
        Arc::new(keyring),
        Arc::clone(&bundle.assistant.register),
        bundle.assistant.council.time_zone.clone(),
        random.clone(),
    );
    let clock = Arc::new(SystemClock::new());
    let engine = Engine::new(archive, bundle, Limits::default(), clock, random);
    (Arc::new(engine), place)
}

async fn begin(engine: &Engine) -> Attached {
    let opening = StartIn {
        channel: Channel::Web,
        locale: Locale::En,
        page: None,
        contact: None,
        technical: TechnicalRecord::default(),
    };
    engine.start(opening).await.unwrap()
}

async fn say(engine: &Engine, talk: &Attached, text: &str) -> TurnOut {
    let turn = TurnIn {
        client_seq: Some(1),
        epoch: Some(1),
        kind: TurnKind::Text(RawText::new(text.to_owned())),
    };
    engine.turn(&talk.live, turn).await.unwrap()
}

/// How many messages were left to a stage, as `/metrics` says it.
fn understood(engine: &Engine, by: &str) -> usize {
    let name = format!("cece_understood_total{{by=\"{by}\"}} ");
    let text = engine.meters().text();
    let line = text.lines().find_map(|line| line.strip_prefix(&name));
    line.map_or(0, |count| count.parse().unwrap())
}

#[tokio::test]
async fn nobody_waits_for_a_closer_look_at_what_another_said() {
    let gated = Arc::new(Gated::default());
    let (engine, _place) = engine(|sources| {
        let (mut bundle, _) = Bundle::load_with(SENTENCES.clone(), sources, TODAY).unwrap();
        bundle.understand = Arc::clone(&gated) as _;
        bundle
    });
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = (processors / 2).max(1);
    let too_many = 5;
    let talks = SECOND_LOOKS_WAITING_MAX + threads + too_many;
    let mut doubtful = tokio::task::JoinSet::new();
    for _ in 0..talks {
        let engine = Arc::clone(&engine);
        doubtful.spawn(async move {
            let talk = begin(&engine).await;
            say(&engine, &talk, "what about it").await;
        });
        // So that the threads have taken theirs before the queue is counted full.
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    let hour = Duration::from_secs(3600);
    let overload = async {
        while understood(&engine, "first-under-load") < too_many {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(hour, overload).await.unwrap();
    assert_eq!(understood(&engine, "second"), 0, "the gate is shut");

    let talk = begin(&engine).await;
    say(&engine, &talk, "clear").await;
    assert_eq!(understood(&engine, "first"), 1, "it passed all that wait");

    gated.open();
    while let Some(said) = doubtful.join_next().await {
        said.unwrap();
    }
    let (first, second) = (
        understood(&engine, "first-under-load"),
        understood(&engine, "second"),
    );
    assert_eq!(first + second, talks);
    assert!(second >= SECOND_LOOKS_WAITING_MAX, "{second} of {talks}");
}

/// The door opens before anything is learnt; who writes at once is understood like all others.
#[tokio::test]
async fn a_message_before_the_first_stage_is_trained_waits_for_it() {
    let (engine, _place) = engine(|sources| Bundle::open(sources, TODAY).unwrap().0);
    assert!(!engine.bundle().is_taught());
    let talk = begin(&engine).await;
    let said = say(&engine, &talk, "my bin was not collected");
    tokio::pin!(said);
    let early = tokio::time::timeout(Duration::from_millis(50), &mut said).await;
    assert!(early.is_err(), "nobody has understood it");
    let bundle = engine.bundle();
    std::thread::spawn(move || bundle.teach()).join().unwrap();
    let answered = format!("{:?}", said.await.record);
    assert!(answered.contains("waste/missed-bin"), "{answered}");
}

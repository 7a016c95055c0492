//! What one message costs to understand, and what training costs at the server's start.
//!
//! The content is made up by rule, as large as a council's: 106 intents with 20 examples each.
//! Run with `cargo bench --bench understand`. It says nothing about accuracy.

use cece::engine::Models;
use cece::nlu::{self, Embedding, IntentName, Training, Understand};
use cece::pii::SafeText;
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use std::collections::{BTreeMap, BTreeSet};
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

const INTENTS: usize = 106;
const EXAMPLES_PER_INTENT: usize = 20;

const OPENINGS: [&str; 20] = [
    "how do i report",
    "i want to ask about",
    "there is a problem with",
    "nobody came about",
    "please can you sort out",
    "who deals with",
    "my neighbour complained about",
    "still waiting for",
    "what does it cost to change",
    "when will you look at",
    "need help with",
    "can i pay for",
    "it has been weeks since i wrote about",
    "is there a form for",
    "someone damaged",
    "my mum needs",
    "we moved and now need",
    "not happy with",
    "tell me more about",
    "on our street we have",
];
const SUBJECTS: [&str; 12] = [
    "brown bin",
    "street light",
    "council tax",
    "parking permit",
    "school place",
    "library card",
    "planning notice",
    "dog fouling",
    "bus pass",
    "blue badge",
    "pothole",
    "rent arrears",
];
const PLACES: [&str; 9] = [
    "collection",
    "outside the shop",
    "for my flat",
    "this month",
    "refund",
    "renewal",
    "by the park",
    "after the storm",
    "for a student",
];

fn examples() -> Vec<(IntentName, String)> {
    let mut examples = Vec::new();
    for intent in 0..INTENTS {
        let name = IntentName::new(&format!("department-{}/intent-{intent}", intent % 30));
        let subject = SUBJECTS[intent % SUBJECTS.len()];
        let place = PLACES[intent / SUBJECTS.len()];
        for opening in &OPENINGS[..EXAMPLES_PER_INTENT] {
            examples.push((name.clone(), format!("{opening} the {subject} {place}")));
        }
    }
    examples
}

fn safe(text: &str) -> SafeText {
    serde_json::from_value(serde_json::Value::from(text))
        .expect("any text can be read back as safe")
}

fn understand(criterion: &mut Criterion) {
    let examples = examples();
    let commands = BTreeMap::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("models");
    let models = Models::read(&folder).unwrap_or_else(|error| panic!("{error}"));
    let statics: Arc<dyn Embedding> = Arc::new(models.static_embeddings);
    let encoder = Arc::new(models.encoder);
    let training = || Training {
        examples: examples
            .iter()
            .map(|(name, text)| (name.clone(), text.as_str()))
            .collect(),
        phrasings: Vec::new(),
        titles: Vec::new(),
        danger: BTreeSet::from([examples[0].0.clone()]),
        sounds_of_danger: Vec::new(),
        sounds_harmless: Vec::new(),
        elsewhere: BTreeSet::new(),
        without_asking: BTreeSet::new(),
        commands: &commands,
        statics: Some(Arc::clone(&statics)),
        wrong_max: None,
        seed: 1,
    };
    let mut group = criterion.benchmark_group("understand");
    group.sample_size(10);
    let train = || nlu::train(&training()).expect("the made-up content can be learnt");
    group.bench_function("train_first_106x20", |bencher| bencher.iter(train));
    let (_, study) = train();
    let texts: Vec<&str> = study.texts().collect();
    let encodings = encoder.encode_all(&texts, 2);
    group.bench_function("train_second_106x20", |bencher| {
        bencher.iter_batched(
            || (train().1, encodings.clone()),
            |(study, encodings)| study.second(Arc::clone(&encoder) as _, encodings),
            BatchSize::LargeInput,
        );
    });
    group.sample_size(100);
    let (model, study) = train();
    model.complete(study.second(Arc::clone(&encoder) as _, encodings));
    let messages = [
        (
            "10_words",
            safe("there is a problem with the brown bin outside my flat"),
        ),
        (
            "two_needs",
            safe(
                "there is a problem with the brown bin collection and who deals with the pothole by the park",
            ),
        ),
        (
            "doubtful",
            safe("is somebody going to do anything about it"),
        ),
        (
            "4000_characters",
            safe(&"there is a problem with the brown bin ".repeat(105)),
        ),
    ];
    for (name, message) in messages {
        group.bench_function(name, |bencher| {
            bencher.iter(|| model.understand(black_box(&message)))
        });
        group.bench_function(format!("{name}_first"), |bencher| {
            bencher.iter(|| model.understand_at_first(black_box(&message)))
        });
    }
    group.finish();
}

criterion_group!(benches, understand);
criterion_main!(benches);

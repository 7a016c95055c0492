//! What screening costs: one message of each sort, and a mix as it comes in.
//!
//! The aim is 100,000 messages a second on one core, that is 10 microseconds a message.

use cece::pii::{Detector, Labelled, RawText};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

const MESSAGES: &[(&str, &str)] = &[
    ("short", "when is my bin day"),
    (
        "long",
        "Hello, I reported a broken street light on Mill Lane three weeks ago and nobody has been \
         out to look at it since, the whole corner is dark and people walk to the station there",
    ),
    (
        "reference",
        "any news on order 1234567890, it was due on 14/03/2026",
    ),
    (
        "address",
        "I live at 14 Acacia Avenue, Wexcombe CW1 2AB and my bin was missed",
    ),
    (
        "card",
        "take it off 4111 1111 1111 1111 exp 12/29 cvv 123 please",
    ),
    (
        "spoken",
        "my number is oh seven seven double oh nine double oh one two three",
    ),
    (
        "accents",
        "Siân’s bin wasn’t emptied again – that’s the 3rd time",
    ),
    (
        "health",
        "my son has autism and he is frightened of the noise",
    ),
];

fn redact(criterion: &mut Criterion) {
    let Ok(detector) = Detector::new(&["03069 990 000".into(), "@council.example".into()]) else {
        return;
    };
    let mut group = criterion.benchmark_group("redact");
    for (name, message) in MESSAGES {
        group.throughput(Throughput::Elements(1));
        group.bench_function(*name, |bench| {
            bench.iter(|| detector.screen(RawText::new(black_box(*message).to_owned()), None));
        });
    }
    group.throughput(Throughput::Elements(MESSAGES.len() as u64));
    group.bench_function("mix", |bench| {
        bench.iter(|| {
            for (_, message) in MESSAGES {
                black_box(detector.screen(RawText::new((*message).to_owned()), None));
            }
        });
    });
    // The lines that nothing was tuned on, as a council's messages come: two in five are harmless.
    let labelled = include_str!("../tests/suite/pii/labelled-b.txt");
    let Ok(labelled) = Labelled::read_text(labelled) else {
        return;
    };
    group.throughput(Throughput::Elements(labelled.len() as u64));
    group.bench_function("labelled", |bench| {
        bench.iter(|| {
            for message in &labelled {
                black_box(detector.screen(RawText::new(message.text.clone()), None));
            }
        });
    });
    group.finish();
}

criterion_group!(benches, redact);
criterion_main!(benches);

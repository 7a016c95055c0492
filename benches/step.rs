//! What one step of the dialogue costs: an answered enquiry, a question of a form, a replay.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "../tests/suite/small_council.rs"]
#[allow(dead_code, reason = "shared with the tests, which use more of it")]
mod small_council;

use cece::content::Locale;
use cece::dialogue::{Channel, Event, Input, State, Utterance, step};
use cece::nlu::Understand;
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use small_council::{Keywords, assistant, screen};
use std::hint::black_box;

fn said(text: &str, state: &State) -> Input {
    let screened = screen(text, state.expectation().as_ref());
    let understanding = Keywords.understand(&screened.safe);
    Input::Said(Utterance {
        safe: screened.safe,
        findings: screened.findings,
        answer: screened.answer,
        heard_otherwise: Vec::new(),
        understanding,
    })
}

fn steps(criterion: &mut Criterion) {
    let assistant = assistant();
    let now = "2026-06-10T09:00:00Z".parse().unwrap();
    let start = Input::Start {
        channel: Channel::Web,
        locale: Locale::En,
        reference: "CV-7K4M-29QX".to_owned(),
        page: None,
        contact: None,
    };
    let begun = step(&State::default(), start, &assistant, now);
    let mut events: Vec<Event> = begun.events;
    let idle = begun.state;
    let mut form = idle.clone();
    for text in ["missed bin", "14 Acacia Avenue"] {
        let done = step(&form, said(text, &form), &assistant, now);
        events.extend(done.events);
        form = done.state;
    }

    let mut group = criterion.benchmark_group("step");
    for (name, state, text) in [
        ("answer", &idle, "when is my bin day"),
        ("slot", &form, "the brown one please"),
        ("unsure", &idle, "mumble"),
    ] {
        let input = said(text, state);
        group.bench_function(name, |bench| {
            bench.iter_batched(
                || input.clone(),
                |input| step(black_box(state), input, &assistant, now),
                BatchSize::SmallInput,
            );
        });
    }
    group.bench_function("replay of three turns", |bench| {
        bench.iter(|| State::replay(black_box(&events)));
    });
    group.finish();
}

criterion_group!(benches, steps);
criterion_main!(benches);

//! Cross-validation of the content: learnt from its phrasings and four fifths of its examples and asked the rest,
//! five times, so that every example is asked once by a model that has not seen it.
//!
//! It measures; what a figure means is for those who show it.

use super::eval_report::Times;
use super::terminal::Progress;
use crate::content::Assistant;
use crate::engine::bundle::training;
use crate::engine::clock::{Clock, SystemClock};
use crate::engine::{Encodings, Sentences, Sources};
use crate::nlu::{self, Case, Depth, IntentName, Model, Outcome, TrainError, Training};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Parts of the content that are asked in turn.
const FOLDS: usize = 5;

/// A message that was asked, and what came of it.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) text: String,
    pub(super) outcome: Outcome,
}

/// What cross-validation gives.
#[derive(Debug, Default)]
pub(super) struct Crossed {
    /// Every example, once.
    pub(super) asked: Vec<Asked>,
    /// What each stage makes of them by itself, where that was wanted.
    pub(super) by_stage: Vec<(Depth, Vec<Outcome>)>,
    pub(super) times: Times,
}

/// The content to be cross-validated.
pub(super) struct Crossing<'a> {
    assistant: &'a Assistant,
    sentences: &'a Sentences,
    /// By text; every part's texts are the whole's.
    encoded: HashMap<String, Vec<f32>>,
    times: Times,
}

impl<'a> Crossing<'a> {
    /// Of a content; the encodings of its examples are kept where they are kept for serving.
    ///
    /// # Errors
    /// That nothing can be learnt from it.
    pub(super) fn of(
        assistant: &'a Assistant,
        sentences: &'a Sentences,
        sources: &Sources,
    ) -> Result<Self, TrainError> {
        let encodings = Encodings::in_folder(&sources.encodings);
        let encoded = RefCell::new(HashMap::new());
        let encode = |texts: &[&str]| {
            let kept = encodings.of_a_part(sentences.encoder(), texts, threads());
            let owned = texts.iter().map(|text| (*text).to_owned());
            let pairs = owned.zip(kept.encodings.iter().cloned());
            encoded.borrow_mut().extend(pairs);
            kept.encodings
        };
        let whole = training(assistant, Some(sentences.statics()));
        let (_, times) = train_timed(&whole, sentences, &encode)?;
        Ok(Self {
            assistant,
            sentences,
            encoded: encoded.into_inner(),
            times,
        })
    }

    /// Asks every example.
    ///
    /// # Errors
    /// That nothing can be learnt from a part.
    pub(super) fn run(&mut self, stages: bool) -> Result<Crossed, TrainError> {
        let progress = Progress::of("cross-validating");
        let whole = training(self.assistant, Some(self.sentences.statics()));
        let fold_of = deal(&whole);
        let mut crossed = Crossed {
            times: std::mem::take(&mut self.times),
            ..Crossed::default()
        };
        if stages {
            crossed.by_stage = vec![(Depth::First, Vec::new()), (Depth::Second, Vec::new())];
        }
        for fold in 0..FOLDS {
            progress.at(fold, FOLDS);
            let part = |held_out: bool| {
                let all = whole.examples.iter().zip(&fold_of);
                all.filter(move |(_, of)| (**of == fold) == held_out)
                    .map(|(example, _)| example.clone())
            };
            let lesson = Training {
                examples: part(false).collect(),
                ..training(self.assistant, Some(self.sentences.statics()))
            };
            let encode = |texts: &[&str]| -> Vec<Vec<f32>> {
                let known = texts.iter().filter_map(|text| self.encoded.get(*text));
                known.cloned().collect()
            };
            let (model, _) = train_timed(&lesson, self.sentences, &encode)?;
            let held_out: Vec<(IntentName, &str)> = part(true).collect();
            let cases = || {
                held_out.iter().map(|(name, text)| Case {
                    text,
                    intent: Some(name),
                })
            };
            let (outcomes, times) = ask(&model, cases(), Times::default());
            crossed.asked.extend(with_texts(cases(), outcomes));
            crossed.times.add(times);
            for (depth, outcomes) in &mut crossed.by_stage {
                outcomes.extend(cases().map(|case| model.outcome(&case, *depth)));
            }
        }
        Ok(crossed)
    }
}

/// The part in which each example is asked: an intent's are dealt round.
fn deal(whole: &Training<'_>) -> Vec<usize> {
    let mut dealt: BTreeMap<&IntentName, usize> = BTreeMap::new();
    let folds = whole.examples.iter().map(|(name, _)| {
        let dealt = dealt.entry(name).or_default();
        *dealt += 1;
        *dealt % FOLDS
    });
    folds.collect()
}

/// Trains both stages, and how long each took.
pub(super) fn train_timed(
    lesson: &Training<'_>,
    sentences: &Sentences,
    encode: &dyn Fn(&[&str]) -> Vec<Vec<f32>>,
) -> Result<(Model, Times), TrainError> {
    let clock = SystemClock::new();
    let (model, study) = nlu::train(lesson)?;
    let first = clock.elapsed();
    let encodings = encode(&study.texts().collect::<Vec<_>>());
    let encoded = clock.elapsed();
    model.complete(study.second(Arc::clone(sentences.encoder()) as _, encodings));
    let times = Times {
        train_first: first,
        encode: encoded.saturating_sub(first),
        train_second: clock.elapsed().saturating_sub(encoded),
        ..Times::default()
    };
    Ok((model, times))
}

/// Asks every case, and how long each took: the first stage alone, and the cascade.
pub(super) fn ask<'a>(
    model: &Model,
    cases: impl Iterator<Item = Case<'a>>,
    mut times: Times,
) -> (Vec<Outcome>, Times) {
    let clock = SystemClock::new();
    let mut outcomes = Vec::new();
    for case in cases {
        let timed = |depth| {
            let started = clock.elapsed();
            let outcome = model.outcome(&case, depth);
            (outcome, clock.elapsed().saturating_sub(started))
        };
        times.first.push(timed(Depth::First).1);
        let (outcome, took) = timed(Depth::Both);
        times.cascade.push(took);
        outcomes.push(outcome);
    }
    (outcomes, times)
}

/// The outcomes with the messages they came of.
pub(super) fn with_texts<'a>(
    cases: impl Iterator<Item = Case<'a>>,
    outcomes: Vec<Outcome>,
) -> impl Iterator<Item = Asked> {
    cases.zip(outcomes).map(|(case, outcome)| Asked {
        text: case.text.to_owned(),
        outcome,
    })
}

pub(super) fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

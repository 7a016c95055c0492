//! Learning a stage with cross-validation, and the study that goes on from the first to the second.
//!
//! Each fold goes on from the whole model without the parts of the held-out examples, which is much
//! nearer to its solution than nothing. It reads no files: encodings are given to it.

use super::calibration::{Calibration, HeldOut};
use super::cascade::{self, Policy, Second};
use super::danger::{self, Alarm, Sound};
use super::embedding::Embedding;
use super::linear::{Example, Learner};
use super::model::Intent;
use super::stage::{Neighbours, Stage, add_before, add_likeness};
use std::sync::Arc;

/// Times that all examples are gone over.
pub(super) const EPOCHS: u32 = 5;
/// Parts of the examples that are held out in turn.
pub(super) const FOLDS: usize = 5;
/// Times that a fold goes over the rest, after the held-out part has been forgotten.
pub(super) const FOLD_EPOCHS: u32 = 2;
/// The second stage is calibrated on at most this many held-out examples, evenly spread: each is
/// compared with every example.
const COMPARED_MAX: usize = 2_000;

/// What is learnt from, but for the features.
#[derive(Debug)]
pub(super) struct Lesson {
    /// Rows of the vocabulary.
    pub(super) rows: usize,
    /// Of the embedding.
    pub(super) width: usize,
    pub(super) intents: Vec<Intent>,
    /// For each example the fold in which it is held out, if it ever is.
    pub(super) folds: Vec<Option<usize>>,
    pub(super) wrong_max: f32,
    pub(super) seed: u64,
}

/// A held-out example with its place.
type Scored = (usize, HeldOut);

impl Lesson {
    /// Learns a stage around a detector of danger, and gives what it made of the examples when they were
    /// held out, by place.
    pub(super) fn learn(
        &self,
        examples: &[Example],
        mut alarm: Alarm,
        odds: &mut [f32],
        neighbours: Option<Neighbours>,
        before: &[Scored],
    ) -> (Stage, Vec<Scored>) {
        let mut learner = Learner::new(examples, self.rows, self.width, self.intents.len());
        learner.learn(|_| true, EPOCHS, self.seed);
        let mut held_out = self.cross_validate(&learner, examples, neighbours.as_ref());
        for (at, one) in &mut held_out {
            if let Ok(known) = before.binary_search_by_key(at, |(at, _)| *at) {
                add_before(&mut one.scores, &before[known].1.scores);
            }
        }
        let fitted: Vec<HeldOut> = held_out.iter().map(|(_, one)| one.clone()).collect();
        let calibration = Calibration::fit(&fitted, self.wrong_max);
        let (mut danger, mut ordinary) = (Vec::new(), Vec::new());
        for (at, one) in &held_out {
            let confidences = calibration.confidences_of(one);
            odds[*at] += danger::odds(&confidences, &self.intents);
            if self.intents[one.intent].danger {
                danger.push(odds[*at]);
            } else {
                ordinary.push(odds[*at]);
            }
        }
        alarm.threshold = danger::threshold(danger, ordinary);
        let stage = Stage {
            calibration,
            weights: learner.into_weights(),
            alarm,
            neighbours,
        };
        (stage, held_out)
    }

    /// The examples as the detector of danger learns from them, and what it learns from besides.
    pub(super) fn sounds(&self, examples: &[Example], besides: &[Sound]) -> Vec<Sound> {
        let own = examples
            .iter()
            .zip(&self.folds)
            .map(|(example, fold)| Sound {
                features: example.features.clone(),
                danger: self.intents[example.class].danger,
                fold: *fold,
            });
        own.chain(besides.iter().cloned()).collect()
    }

    /// The shape of the features: rows of n-grams, width of the embedding.
    pub(super) fn shape(&self) -> (usize, usize) {
        (self.rows, self.width)
    }

    /// Each held-out example as a model scores it that has forgotten it, on two threads.
    fn cross_validate(
        &self,
        learner: &Learner<'_>,
        examples: &[Example],
        neighbours: Option<&Neighbours>,
    ) -> Vec<Scored> {
        let folds = |parity: usize| -> Vec<Scored> {
            (parity..FOLDS)
                .step_by(2)
                .flat_map(|fold| self.score_fold(fold, learner, examples, neighbours))
                .collect()
        };
        let mut scored = std::thread::scope(|scope| {
            let odd = scope.spawn(|| folds(1));
            let mut scored = folds(0);
            let odd = odd.join();
            scored.extend(odd.unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            scored
        });
        scored.sort_unstable_by_key(|(at, _)| *at);
        scored
    }

    fn score_fold(
        &self,
        fold: usize,
        learner: &Learner<'_>,
        examples: &[Example],
        neighbours: Option<&Neighbours>,
    ) -> Vec<Scored> {
        let held_out = |at: usize| self.folds[at] == Some(fold);
        let places = || (0..self.folds.len()).filter(|at| held_out(*at));
        let mut learner = learner.clone();
        places().for_each(|at| learner.forget(at));
        learner.learn(|at| !held_out(at), FOLD_EPOCHS, self.seed);
        let compared = neighbours.map_or(1, |_| examples.len().div_ceil(COMPARED_MAX));
        places()
            .step_by(compared)
            .map(|at| {
                let Example { features, class } = &examples[at];
                let mut scores = learner.scores(at);
                let likeness = neighbours.map(|neighbours| {
                    let likeness = neighbours.likeness(&features.dense, |other| !held_out(other));
                    add_likeness(&mut scores, &likeness)
                });
                let held_out = HeldOut {
                    scores,
                    likeness,
                    intent: *class,
                    elsewhere: self.intents[*class].elsewhere,
                };
                (at, held_out)
            })
            .collect()
    }
}

/// What the first stage was learnt from, and what it made of it.
pub(super) struct FirstLesson {
    pub(super) examples: Vec<Example>,
    pub(super) held_out: Vec<(usize, HeldOut)>,
    pub(super) odds: Vec<f32>,
    pub(super) calibration: Calibration,
}

/// A training that can go on to the second stage.
#[derive(Debug)]
pub struct Study {
    lesson: Lesson,
    texts: Vec<Box<str>>,
    examples: Vec<Example>,
    /// What the first stage made of held-out examples, by place.
    held_out: Vec<(usize, HeldOut)>,
    /// Its log-odds of danger for each example when it was held out.
    odds: Vec<f32>,
    calibration: Calibration,
}

impl Study {
    pub(super) fn new(lesson: Lesson, texts: Vec<Box<str>>, first: FirstLesson) -> Self {
        let FirstLesson {
            examples,
            held_out,
            odds,
            calibration,
        } = first;
        Self {
            lesson,
            texts,
            examples,
            held_out,
            odds,
            calibration,
        }
    }

    /// The texts that must be encoded for the second stage, in order: the same text may come twice.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(|text| &**text)
    }

    /// Trains the second stage on the encodings of [`Self::texts`], in their order.
    ///
    /// # Panics
    ///
    /// Where there are not as many encodings as texts.
    #[must_use]
    pub fn second(self, encoder: Arc<dyn Embedding>, encodings: Vec<Vec<f32>>) -> Second {
        assert_eq!(encodings.len(), self.texts.len(), "an encoding a text");
        let lesson = Lesson {
            width: encoder.width(),
            ..self.lesson
        };
        let class: Vec<usize> = self.examples.iter().map(|example| example.class).collect();
        let neighbours = Neighbours::new(&encodings, &class, lesson.intents.len());
        let sparse = self.examples.into_iter().map(|one| one.features.sparse);
        let examples: Vec<Example> = sparse
            .zip(encodings)
            .zip(class)
            .map(|((sparse, dense), class)| Example {
                features: cascade::features(sparse, dense),
                class,
            })
            .collect();
        // What the first stage learnt danger from besides has no encodings: they would take longer to work
        // out than all examples, and its voice counts in the odds as it is.
        let sounds = lesson.sounds(&examples, &[]);
        let (alarm, mut odds) = Alarm::learn(&sounds, &self.odds, lesson.shape(), lesson.seed);
        drop(sounds);
        let (stage, held_out) = lesson.learn(
            &examples,
            alarm,
            &mut odds,
            Some(neighbours),
            &self.held_out,
        );
        let (places, second): (Vec<usize>, Vec<HeldOut>) = held_out.into_iter().unzip();
        let first: Vec<&HeldOut> = places
            .iter()
            .filter_map(|place| {
                let at = self.held_out.binary_search_by_key(place, |one| one.0);
                at.ok().map(|at| &self.held_out[at].1)
            })
            .collect();
        Second {
            policy: Policy::fit(&self.calibration, &first, &second),
            stage,
            encoder,
            texts: self.texts,
        }
    }
}

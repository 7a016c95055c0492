//! Learning a stage with cross-validation, and the study that goes on from the first to the second.
//!
//! Each fold goes on from the whole model without the parts of the held-out examples, which is much
//! nearer to its solution than nothing. It reads no files: encodings are given to it.

use super::both::both;
use super::calibration::{Calibration, HeldOut};
use super::cascade::{self, Policy, Second};
use super::danger::{self, Sound};
use super::embedding::Embedding;
use super::linear::{Example, Features, Learner, Weights};
use super::model::Intent;
use super::packed::Packed;
use super::stage::{Neighbours, Stage, add_before, like, likes};
use std::sync::Arc;

/// Times that all examples are gone over.
pub(super) const EPOCHS: u32 = 5;
/// What a surprise costs. With half as much the second stage gets 94.0 of BANKING77's validation part in full and not
/// 94.3, and of what residents say to a council one message in 300 fewer.
pub(super) const COST: f32 = 10.0;
/// What is taken from an intent's weight of the constant, times the logarithm of how many times the average was collected
/// for it, where it is more: how many messages there are says what its authors were after, not what residents ask for.
/// With nothing, what is nobody's business (4,600 messages) draws one in eight of the scams (docs/decisions/0009). Danger,
/// and whoever asks for a person, keep it: more was collected for them because they must not be missed.
const COLLECTED_COST: f32 = 0.3;
/// Parts of the examples that are held out in turn.
pub(super) const FOLDS: usize = 5;
/// Times that a fold goes over the rest, after the held-out part has been forgotten.
pub(super) const FOLD_EPOCHS: u32 = 1;
/// The second stage is calibrated on this many held-out examples: each is compared with every example. Of 2,000 some 370
/// are dangers, and five of them more or less moved what is found by one in a hundred (docs/decisions/0009).
pub(super) const COMPARED_MAX: usize = 4_000;
/// Held-out examples that are compared with all others at once: reading these is what takes the time.
const AT_ONCE: usize = 16;

/// What is learnt from, but for the features.
#[derive(Debug)]
pub(super) struct Lesson {
    /// Of the embedding.
    pub(super) width: usize,
    pub(super) intents: Vec<Intent>,
    /// The intent of each example.
    pub(super) class: Vec<usize>,
    /// For each example the fold in which it is held out, if it ever is.
    pub(super) folds: Vec<Option<usize>>,
    pub(super) wrong_max: f32,
    /// With neighbours, of the held-out examples this many are scored, evenly spread, or a few more.
    pub(super) compared_max: usize,
    pub(super) seed: u64,
}

/// A held-out example as both stages scored it.
pub(super) struct Twice {
    pub(super) place: usize,
    pub(super) first: HeldOut,
    pub(super) second: HeldOut,
}

/// A held-out example with its place.
type Scored = (usize, HeldOut);

/// The same with the log-odds of danger among its neighbours.
type Polled = (Scored, f32);

/// What a stage made of the examples when they were held out, and of what belongs to no intent.
#[derive(Debug, Default)]
pub(super) struct Made {
    /// By place.
    held_out: Vec<Scored>,
    /// The intents' scores for what is harmless and belongs to none of them, by place.
    harmless: Vec<(usize, Vec<f32>)>,
    /// The log-odds of danger for all, those of the stages before included.
    odds: Vec<f32>,
}

impl Lesson {
    /// Learns a stage, and gives what it made of the examples.
    ///
    /// The examples come first in `features`. What follows is heard for danger only: `means_danger` says
    /// which of it is. `before` is what the stage before made of the examples.
    pub(super) fn learn(
        &self,
        features: &[Features],
        means_danger: &[bool],
        neighbours: Option<Neighbours>,
        before: &Made,
    ) -> (Stage, Made) {
        let class_of = features.iter().zip(&self.class);
        let examples: Vec<Example<'_>> = class_of
            .map(|(features, class)| Example {
                features,
                class: *class,
            })
            .collect();
        let mut learner = Learner::new(&examples, self.width, self.intents.len(), COST);
        let ((alarm, mut odds), polled) = both(
            || self.alarm(features, means_danger),
            || {
                learner.learn(|_| true, EPOCHS, self.seed);
                self.cross_validate(&learner, &examples, neighbours.as_ref())
            },
        );
        for (odds, before) in odds.iter_mut().zip(&before.odds) {
            *odds += before;
        }
        let mut held_out = Vec::with_capacity(polled.len());
        for ((at, mut one), danger_odds) in polled {
            odds[at] += danger_odds;
            if let Ok(known) = before.held_out.binary_search_by_key(&at, |(at, _)| *at) {
                add_before(&mut one.scores, &before.held_out[known].1.scores);
            }
            held_out.push((at, one));
        }
        let weights = learner.into_weights().lowered(&self.collected());
        let mut harmless = Vec::new();
        let besides = (examples.len()..).zip(means_danger);
        let besides = besides.filter(|(_, danger)| !**danger);
        for (at, _) in besides.step_by(self.step(neighbours.is_some())) {
            let mut scores = weights.scores(&features[at]);
            let others = |other| self.fold(other) != self.fold(at);
            let like = like(&mut scores, neighbours.as_ref(), &features[at], others);
            odds[at] += like.map_or(0.0, |like| like.danger_odds);
            if let Ok(known) = before.harmless.binary_search_by_key(&at, |(at, _)| *at) {
                add_before(&mut scores, &before.harmless[known].1);
            }
            harmless.push((at, scores));
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
        // What none of the intents is about must not sound like danger either: without it, a small content
        // takes for danger whatever it has never heard of.
        let strange = harmless.iter().map(|(at, scores)| {
            let mut confidences = scores.clone();
            calibration.confidences(&mut confidences);
            odds[*at] += danger::odds(&confidences, &self.intents);
            odds[*at]
        });
        let stage = Stage {
            weights: Packed::of(&[&weights, &alarm]),
            danger_bounds: danger::bounds(danger, ordinary, strange.collect()),
            neighbours,
            calibration,
        };
        let made = Made {
            held_out,
            harmless,
            odds,
        };
        (stage, made)
    }

    /// What each intent has over the others for no better reason than that more was collected for it.
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of examples are far below 2^23"
    )]
    fn collected(&self) -> Vec<f32> {
        let mut counts = vec![0_usize; self.intents.len()];
        for class in &self.class {
            counts[*class] += 1;
        }
        let average = self.class.len() as f32 / self.intents.len() as f32;
        let over = |count: usize| (count as f32 / average).max(1.0).ln();
        let intents = self.intents.iter().zip(counts);
        intents
            .map(|(intent, count)| {
                if intent.danger || intent.without_asking {
                    0.0
                } else {
                    COLLECTED_COST * over(count)
                }
            })
            .collect()
    }

    /// The fold in which an example is held out, if it ever is, or what else danger is learnt from.
    fn fold(&self, at: usize) -> Option<usize> {
        match self.folds.get(at) {
            Some(fold) => *fold,
            None => Some((at - self.folds.len()) % FOLDS),
        }
    }

    /// Of how many held-out examples one is scored.
    fn step(&self, compared: bool) -> usize {
        if compared {
            self.class.len().div_ceil(self.compared_max).max(1)
        } else {
            1
        }
    }

    /// Learns the detector of danger, from the examples and from what follows them.
    fn alarm(&self, features: &[Features], means_danger: &[bool]) -> (Weights, Vec<f32>) {
        let examples = self.class.iter().zip(&self.folds);
        let examples = examples.map(|(class, fold)| (self.intents[*class].danger, *fold));
        let besides = means_danger.iter().zip(self.folds.len()..);
        let besides = besides.map(|(danger, at)| (*danger, self.fold(at)));
        let sounds: Vec<Sound<'_>> = features
            .iter()
            .zip(examples.chain(besides))
            .map(|(features, (danger, fold))| Sound {
                features,
                danger,
                fold,
            })
            .collect();
        danger::learn(&sounds, self.width, self.seed)
    }

    /// Each held-out example as a model scores it that has forgotten it, on two threads.
    fn cross_validate(
        &self,
        learner: &Learner<'_>,
        examples: &[Example<'_>],
        neighbours: Option<&Neighbours>,
    ) -> Vec<Polled> {
        let folds = |parity: usize| -> Vec<Polled> {
            (parity..FOLDS)
                .step_by(2)
                .flat_map(|fold| self.score_fold(fold, learner, examples, neighbours))
                .collect()
        };
        let (mut scored, odd) = both(|| folds(0), || folds(1));
        scored.extend(odd);
        scored.sort_unstable_by_key(|((at, _), _)| *at);
        scored
    }

    fn score_fold(
        &self,
        fold: usize,
        learner: &Learner<'_>,
        examples: &[Example<'_>],
        neighbours: Option<&Neighbours>,
    ) -> Vec<Polled> {
        let held_out = |at: usize| self.folds[at] == Some(fold);
        let places = || (0..self.folds.len()).filter(|at| held_out(*at));
        let mut learner = learner.clone();
        places().for_each(|at| learner.forget(at));
        learner.learn(|at| !held_out(at), FOLD_EPOCHS, self.seed);
        let weights = learner.into_weights().lowered(&self.collected());
        let places: Vec<usize> = places().step_by(self.step(neighbours.is_some())).collect();
        let others = |other| self.fold(other) != Some(fold);
        let score = |places: &[usize]| -> Vec<Polled> {
            let of = |at: &usize| examples[*at].features;
            let features: Vec<&Features> = places.iter().map(of).collect();
            let mut scores: Vec<Vec<f32>> =
                features.iter().map(|one| weights.scores(one)).collect();
            let mut likes = likes(&mut scores, neighbours, &features, others).into_iter();
            let held_out = |(at, scores): (&usize, Vec<f32>)| {
                let like = likes.next();
                let class = examples[*at].class;
                let held_out = HeldOut {
                    scores,
                    likeness: like.map(|like| like.nearest),
                    intent: class,
                    elsewhere: self.intents[class].elsewhere,
                };
                ((*at, held_out), like.map_or(0.0, |like| like.danger_odds))
            };
            places.iter().zip(scores).map(held_out).collect()
        };
        places.chunks(AT_ONCE).flat_map(score).collect()
    }
}

/// A training that can go on to the second stage.
#[derive(Debug)]
pub struct Study {
    pub(super) lesson: Lesson,
    /// The examples, then what else danger is learnt from.
    pub(super) texts: Vec<Box<str>>,
    /// Theirs for the first stage.
    pub(super) features: Vec<Features>,
    /// Whether each of the last texts means danger.
    pub(super) means_danger: Vec<bool>,
    /// What the first stage made of the examples.
    pub(super) made: Made,
    /// The first stage's.
    pub(super) calibration: Calibration,
}

impl Study {
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
        self.taught(encoder, encodings, COMPARED_MAX).0
    }

    /// The second stage, and what both make of the examples when they are held out: of `compared_max`, evenly
    /// spread, or more.
    pub(super) fn taught(
        self,
        encoder: Arc<dyn Embedding>,
        encodings: Vec<Vec<f32>>,
        compared_max: usize,
    ) -> (Second, Vec<Twice>) {
        assert_eq!(encodings.len(), self.texts.len(), "an encoding a text");
        let lesson = Lesson {
            width: encoder.width(),
            compared_max,
            ..self.lesson
        };
        let examples = lesson.class.len();
        let of_examples = lesson
            .class
            .iter()
            .map(|class| lesson.intents[*class].danger);
        let danger = of_examples.chain(self.means_danger.iter().copied());
        let neighbours = Neighbours::new(
            &encodings,
            &lesson.class,
            lesson.intents.len(),
            danger.collect(),
        );
        let sparse = self.features.into_iter().map(|one| one.sparse);
        let features: Vec<Features> = sparse
            .zip(encodings)
            .map(|(sparse, dense)| cascade::features(sparse, dense))
            .collect();
        let (stage, made) =
            lesson.learn(&features, &self.means_danger, Some(neighbours), &self.made);
        let held_out = self.made.held_out.iter().map(|(_, first)| first);
        let policy = Policy::fit(&self.calibration, held_out);
        let mut before = self.made.held_out.into_iter();
        let twice: Vec<Twice> = made
            .held_out
            .into_iter()
            .filter_map(|(place, second)| {
                let (_, first) = before.find(|(at, _)| *at == place)?;
                Some(Twice {
                    place,
                    first,
                    second,
                })
            })
            .collect();
        let mut texts = self.texts;
        texts.truncate(examples);
        let second = Second {
            policy,
            stage,
            encoder,
            texts,
        };
        (second, twice)
    }
}

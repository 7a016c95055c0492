//! From the content's examples to a model: features, weights, cross-validation, thresholds.
//!
//! The same training gives the same model, bit for bit: one seed, one order, and every fold is
//! computed alone, on whichever thread. It reads no files and asks no clock.

use super::calibration::{Calibration, HeldOut};
use super::commands::Commands;
use super::danger::{self, Lexicon};
use super::features::Vocabulary;
use super::linear::{Example, Learner};
use super::message::Message;
use super::model::{Intent, Model, danger_score};
use super::topics::Topics;
use super::{Command, IntentName};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The most intents that one assistant may have: memory is intents times n-grams.
pub const INTENTS_MAX: usize = 1_000;

/// The most examples that one assistant may have.
pub const EXAMPLES_MAX: usize = 100_000;

/// Times that all examples are gone over; more changed nothing on the validation sets.
const EPOCHS: u32 = 6;
/// Parts of the examples that are held out in turn.
const FOLDS: usize = 5;
/// Times that a fold goes over the rest, after the held-out part has been forgotten.
const FOLD_EPOCHS: u32 = 3;

/// What a model is trained from.
#[derive(Debug)]
pub struct Training<'a> {
    /// How residents say it, with what they mean, in a stable order.
    pub examples: Vec<(IntentName, &'a str)>,
    /// The intents that are danger.
    pub danger: BTreeSet<IntentName>,
    /// The intents that belong to others; all further ones are the council's own.
    pub elsewhere: BTreeSet<IntentName>,
    /// What people say to the assistant itself.
    pub commands: &'a BTreeMap<Command, Vec<Arc<str>>>,
    /// For the order of examples; the model does not depend on anything else.
    pub seed: u64,
}

/// Why no model can be trained from this content.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TrainError {
    /// There is nothing to tell apart.
    #[error("examples of {found} intents, at least 2 are needed; write examples for more intents")]
    TooFewIntents {
        /// How many there are.
        found: usize,
    },
    /// More intents than a model can have.
    #[error("{found} intents, at most {INTENTS_MAX} can be told apart; merge some of them")]
    TooManyIntents {
        /// How many there are.
        found: usize,
    },
    /// More examples than a model can learn.
    #[error("{found} examples, at most {EXAMPLES_MAX} can be learnt; keep the most different ones")]
    TooManyExamples {
        /// How many there are.
        found: usize,
    },
    /// An example in which no word can be read.
    #[error("example {position} of {intent} has no word in it; write what residents say")]
    EmptyExample {
        /// The intent.
        intent: IntentName,
        /// Which of its examples, from 1.
        position: usize,
    },
    /// An intent marked as danger or as elsewhere that could never be recognised.
    #[error("{intent} is marked as danger or elsewhere and has no examples; write some")]
    NoExamples {
        /// The intent.
        intent: IntentName,
    },
}

/// Trains a model.
///
/// # Errors
///
/// See [`TrainError`]; none of them depends on what a resident says.
pub fn train(training: &Training<'_>) -> Result<Model, TrainError> {
    let intents = intents(training)?;
    let class: BTreeMap<&IntentName, usize> = intents
        .iter()
        .enumerate()
        .map(|(at, intent)| (&intent.name, at))
        .collect();
    let messages: Vec<Message> = training
        .examples
        .iter()
        .map(|(_, text)| Message::read(text))
        .collect();
    let own_class: Vec<usize> = training
        .examples
        .iter()
        .map(|(name, _)| class[name])
        .collect();
    let danger_class = (!training.danger.is_empty()).then_some(intents.len());
    let folds = folds(training, &messages, &own_class, intents.len())?;

    let vocabulary = Vocabulary::fit(&messages);
    let examples: Vec<Example> = messages
        .iter()
        .zip(&own_class)
        .map(|(message, class)| Example {
            vector: vocabulary.vector(message, message.words()),
            classes: std::iter::once(*class)
                .chain(danger_class.filter(|_| intents[*class].danger))
                .collect(),
        })
        .collect();
    let classes = intents.len() + usize::from(danger_class.is_some());
    let mut learner = Learner::new(&examples, vocabulary.rows(), classes);
    learner.learn(|_| true, EPOCHS, training.seed);

    let scored = cross_validate(&learner, &folds, training.seed);
    let (calibration, danger_threshold) = thresholds(scored, &own_class, &intents);
    Ok(Model {
        topics: Topics::count(&messages, &own_class, intents.len()),
        lexicon: Lexicon::new(),
        commands: Commands::new(training.commands),
        weights: learner.into_weights(),
        intents,
        vocabulary,
        calibration,
        danger_threshold,
    })
}

/// The intents in the order of their names.
fn intents(training: &Training<'_>) -> Result<Vec<Intent>, TrainError> {
    let names: BTreeSet<&IntentName> = training.examples.iter().map(|(name, _)| name).collect();
    let marked = training.danger.iter().chain(&training.elsewhere);
    if let Some(intent) = marked.into_iter().find(|name| !names.contains(name)) {
        return Err(TrainError::NoExamples {
            intent: intent.clone(),
        });
    }
    match names.len() {
        found @ 0..2 => return Err(TrainError::TooFewIntents { found }),
        found if found > INTENTS_MAX => return Err(TrainError::TooManyIntents { found }),
        _ => {}
    }
    if training.examples.len() > EXAMPLES_MAX {
        return Err(TrainError::TooManyExamples {
            found: training.examples.len(),
        });
    }
    Ok(names
        .into_iter()
        .map(|name| Intent {
            name: name.clone(),
            danger: training.danger.contains(name),
            elsewhere: training.elsewhere.contains(name),
        })
        .collect())
}

/// For each example the fold in which it is held out: an intent's examples are dealt round. The
/// only example of an intent is never held out, because nothing would be left to know it by.
fn folds(
    training: &Training<'_>,
    messages: &[Message],
    own_class: &[usize],
    intents: usize,
) -> Result<Vec<Option<usize>>, TrainError> {
    let mut dealt = vec![0; intents];
    let mut folds = Vec::with_capacity(messages.len());
    for ((message, class), (name, _)) in messages.iter().zip(own_class).zip(&training.examples) {
        dealt[*class] += 1;
        if message.words().is_empty() {
            let position = dealt[*class];
            return Err(TrainError::EmptyExample {
                intent: name.clone(),
                position,
            });
        }
        folds.push(Some((dealt[*class] + class) % FOLDS));
    }
    for (fold, class) in folds.iter_mut().zip(own_class) {
        *fold = fold.filter(|_| dealt[*class] > 1);
    }
    Ok(folds)
}

/// The scores of each held-out example by a model that has forgotten it, on two threads.
///
/// Each fold goes on from the whole model without the parts of the held-out examples, which is
/// much nearer to its solution than nothing.
fn cross_validate(
    learner: &Learner<'_>,
    folds: &[Option<usize>],
    seed: u64,
) -> Vec<(usize, Vec<f32>)> {
    let score_fold = |fold: usize| -> Vec<(usize, Vec<f32>)> {
        let held_out = |at: usize| folds[at] == Some(fold);
        let places = || (0..folds.len()).filter(|at| held_out(*at));
        let mut learner = learner.clone();
        places().for_each(|at| learner.forget(at));
        learner.learn(|at| !held_out(at), FOLD_EPOCHS, seed);
        places().map(|at| (at, learner.scores(at))).collect()
    };
    let score_folds = |parity: usize| -> Vec<(usize, Vec<f32>)> {
        (parity..FOLDS).step_by(2).flat_map(score_fold).collect()
    };
    let mut scored = std::thread::scope(|scope| {
        let odd = scope.spawn(|| score_folds(1));
        let mut scored = score_folds(0);
        scored.extend(
            odd.join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
        );
        scored
    });
    scored.sort_unstable_by_key(|(at, _)| *at);
    scored
}

/// The calibration of intents, and the threshold of the danger class.
fn thresholds(
    scored: Vec<(usize, Vec<f32>)>,
    own_class: &[usize],
    intents: &[Intent],
) -> (Calibration, f32) {
    let mut held_out = Vec::with_capacity(scored.len());
    let (mut danger, mut rest) = (Vec::new(), Vec::new());
    for (at, mut scores) in scored {
        let intent = own_class[at];
        let set = if intents[intent].danger {
            &mut danger
        } else {
            &mut rest
        };
        set.extend(danger_score(intents, &scores));
        scores.truncate(intents.len());
        held_out.push(HeldOut {
            scores,
            intent,
            elsewhere: intents[intent].elsewhere,
        });
    }
    (
        Calibration::fit(&held_out),
        danger::fit_threshold(danger, rest),
    )
}

//! How well a model understands messages of which it is known what they mean.
//!
//! It measures what a resident meets: the whole understanding, verdict included. It reads no files
//! and decides no threshold.

use super::embedding::Embedding;
use super::look::{Depth, Look};
use super::model::Model;
use super::stage::rank;
use super::study::{Study, Twice};
use super::{IntentName, Verdict};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Calibration is compared in this many equally large groups, by confidence.
const CALIBRATION_GROUPS: usize = 15;

/// A message and what it means.
#[derive(Debug, Clone)]
pub struct Case<'a> {
    /// The message; not a resident's words, but a test set's.
    pub text: &'a str,
    /// Its intent; none for a message that is out of scope.
    pub intent: Option<&'a IntentName>,
}

/// What came of a set of cases. Shares are 0 to 1, and 0 where there is no case to share.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// Cases in scope.
    pub in_scope: usize,
    /// Cases out of scope.
    pub out_of_scope: usize,
    /// Share of the cases in scope whose likeliest intent is right.
    pub accuracy: f32,
    /// Share of them whose likeliest intent is one of the right department.
    pub department_accuracy: f32,
    /// F1 by intent, averaged over the intents of the cases.
    pub macro_f1: f32,
    /// Mean distance between confidence and share of right ones, over groups of like confidence.
    pub calibration_error: f32,
    /// Share of all cases that the first stage decided alone.
    pub by_first: f32,
    /// Share of all cases that are answered outright.
    pub sure: f32,
    /// Share of those that are answered wrongly; an answer to what is out of scope is wrong.
    pub sure_wrong: f32,
    /// Share of the cases in scope that are not understood.
    pub sent_away: f32,
    /// Share of the cases out of scope that are not understood, as they should be.
    pub refused: f32,
    /// Familiarity and whether the likeliest intent is right, by ascending familiarity, in scope.
    scores: Vec<(f32, bool)>,
    /// Familiarity of each case out of scope.
    scores_out_of_scope: Vec<f32>,
}

/// What became of one case.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Its intent; none where it is out of scope.
    pub expected: Option<IntentName>,
    /// The likeliest intent, if any is.
    pub predicted: Option<IntentName>,
    /// Its confidence, 0 to 1.
    pub confidence: f32,
    /// How sure the understanding is.
    pub verdict: Verdict,
    /// Whether the second stage was not asked about the whole of it.
    pub by_first: bool,
    /// How familiar the message is to the stage that read it; see [`Evaluation::threshold_at_loss`].
    familiarity: f32,
}

impl Outcome {
    /// Whether the likeliest intent is the right one.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.expected.is_some() && self.predicted == self.expected
    }
}

/// Lifts messages that the first stage decided above all that the second was asked about: to be
/// decided there, a message must be familiar.
const DECIDED_FAMILIARITY: f32 = 100.0;

impl Model {
    /// Understands every case and compares.
    #[must_use]
    pub fn evaluate(&self, cases: &[Case<'_>]) -> Evaluation {
        let outcomes: Vec<Outcome> = cases
            .iter()
            .map(|case| self.outcome(case, Depth::Both))
            .collect();
        Evaluation::of(&outcomes)
    }

    /// Understands one case, as closely as `depth` says.
    #[must_use]
    pub fn outcome(&self, case: &Case<'_>, depth: Depth) -> Outcome {
        let message = self.message(case.text);
        let look = Look::new(self, &message, depth);
        let understood = self.understand_message(&message, &look);
        let (familiarity, by_second) = look.familiarity().unwrap_or((f32::NEG_INFINITY, false));
        let lifted = self.is_complete() && depth != Depth::First && !by_second;
        let first = understood.ranked.into_iter().next();
        Outcome {
            expected: case.intent.cloned(),
            confidence: first.as_ref().map_or(0.0, |ranked| ranked.confidence),
            predicted: first.map(|ranked| ranked.intent),
            verdict: understood.verdict,
            by_first: !by_second,
            familiarity: familiarity + if lifted { DECIDED_FAMILIARITY } else { 0.0 },
        }
    }
}

impl Study {
    /// What became of each example that is held out, with its place, by models that had learnt the others:
    /// the whole is learnt once, and a part of the examples is forgotten at a time. It is cross-validation
    /// for somebody who waits: the words of an example stay known, sentences are not looked at apart, and
    /// danger is not listened for. `encodings` are those of [`Self::texts`].
    ///
    /// # Panics
    ///
    /// Where there are not as many encodings as texts.
    #[must_use]
    pub fn outcomes(
        self,
        encoder: Arc<dyn Embedding>,
        encodings: Vec<Vec<f32>>,
    ) -> Vec<(usize, Outcome)> {
        let intents = self.lesson.intents.clone();
        let before = self.calibration;
        let (second, twice) = self.taught(encoder, encodings, usize::MAX);
        let outcome = |one: &Twice| {
            let sure = (
                before.confidence_of(&one.first),
                before.familiarity_of(&one.first),
            );
            let by_first = second.policy.is_sure(sure.0, sure.1);
            let (held_out, calibration) = if by_first {
                (&one.first, &before)
            } else {
                (&one.second, &second.stage.calibration)
            };
            let familiarity = calibration.familiarity_of(held_out);
            let ranked = rank(&calibration.confidences_of(held_out), &intents);
            let verdict = calibration.verdict(familiarity, &ranked);
            let first = ranked.into_iter().next();
            Outcome {
                expected: Some(intents[held_out.intent].name.clone()),
                confidence: first.as_ref().map_or(0.0, |first| first.confidence),
                predicted: first.map(|first| first.intent),
                verdict,
                by_first,
                familiarity: familiarity + if by_first { DECIDED_FAMILIARITY } else { 0.0 },
            }
        };
        twice.iter().map(|one| (one.place, outcome(one))).collect()
    }
}

impl Evaluation {
    /// Counts what became of cases.
    #[must_use]
    pub fn of(outcomes: &[Outcome]) -> Self {
        let share = |of: &dyn Fn(&Outcome) -> bool, part: &dyn Fn(&Outcome) -> bool| {
            let all = outcomes.iter().filter(|outcome| of(outcome));
            let (mut parts, mut whole) = (0, 0);
            for outcome in all {
                parts += usize::from(part(outcome));
                whole += 1;
            }
            ratio(parts, whole)
        };
        let in_scope = |outcome: &Outcome| outcome.expected.is_some();
        let sure = |outcome: &Outcome| outcome.verdict == Verdict::Sure;
        let unsure = |outcome: &Outcome| outcome.verdict == Verdict::Unsure;
        let department =
            |name: &Option<IntentName>| name.as_ref().map(|name| name.department().to_owned());
        let (inside, outside): (Vec<&Outcome>, Vec<&Outcome>) =
            outcomes.iter().partition(|outcome| in_scope(outcome));
        let mut scores: Vec<(f32, bool)> = inside
            .iter()
            .map(|outcome| (outcome.familiarity, outcome.is_right()))
            .collect();
        scores.sort_by(|a, b| a.0.total_cmp(&b.0));
        Self {
            in_scope: scores.len(),
            out_of_scope: outside.len(),
            accuracy: share(&in_scope, &Outcome::is_right),
            department_accuracy: share(&in_scope, &|outcome| {
                department(&outcome.predicted) == department(&outcome.expected)
            }),
            macro_f1: macro_f1(outcomes),
            calibration_error: calibration_error(outcomes),
            by_first: share(&|_| true, &|outcome| outcome.by_first),
            sure: share(&|_| true, &sure),
            sure_wrong: share(&sure, &|outcome| !outcome.is_right()),
            sent_away: share(&in_scope, &unsure),
            refused: share(&|outcome| !in_scope(outcome), &unsure),
            scores_out_of_scope: outside.iter().map(|outcome| outcome.familiarity).collect(),
            scores,
        }
    }

    /// The highest threshold on familiarity that costs at most `loss` points of accuracy in
    /// scope, e.g. 0.03.
    #[must_use]
    pub fn threshold_at_loss(&self, loss: f32) -> f32 {
        let mut lost = 0;
        let mut threshold = f32::NEG_INFINITY;
        for (score, right) in &self.scores {
            lost += usize::from(*right);
            if ratio(lost, self.scores.len()) > loss {
                break;
            }
            threshold = *score;
        }
        threshold
    }

    /// The share of the cases out of scope that a threshold finds: scores up to it.
    #[must_use]
    pub fn out_of_scope_recall(&self, threshold: f32) -> f32 {
        let found = self
            .scores_out_of_scope
            .iter()
            .filter(|score| **score <= threshold)
            .count();
        ratio(found, self.scores_out_of_scope.len())
    }

    /// The points of accuracy in scope that a threshold costs.
    #[must_use]
    pub fn accuracy_lost(&self, threshold: f32) -> f32 {
        let lost = self
            .scores
            .iter()
            .filter(|(score, right)| *right && *score <= threshold)
            .count();
        ratio(lost, self.scores.len())
    }
}

fn macro_f1(outcomes: &[Outcome]) -> f32 {
    #[derive(Default)]
    struct Counts {
        right: usize,
        expected: usize,
        predicted: usize,
    }
    let mut by_intent: BTreeMap<&IntentName, Counts> = BTreeMap::new();
    for outcome in outcomes {
        if let Some(expected) = &outcome.expected {
            let counts = by_intent.entry(expected).or_default();
            counts.expected += 1;
            counts.right += usize::from(outcome.is_right());
        }
    }
    for predicted in outcomes
        .iter()
        .filter_map(|outcome| outcome.predicted.as_ref())
    {
        if let Some(counts) = by_intent.get_mut(predicted) {
            counts.predicted += 1;
        }
    }
    // F1 is 2 x right / (expected + predicted); an intent of the map is expected at least once.
    let f1 = |counts: &Counts| ratio(2 * counts.right, counts.expected + counts.predicted);
    by_intent.values().map(f1).sum::<f32>() / ratio(by_intent.len().max(1), 1)
}

fn calibration_error(outcomes: &[Outcome]) -> f32 {
    let mut answers: Vec<(f32, bool)> = outcomes
        .iter()
        .filter(|outcome| outcome.expected.is_some())
        .map(|outcome| (outcome.confidence, outcome.is_right()))
        .collect();
    answers.sort_by(|a, b| a.0.total_cmp(&b.0));
    let distance = |group: &[(f32, bool)]| {
        let confidence: f32 = group.iter().map(|answer| answer.0).sum();
        let right: f32 = group
            .iter()
            .map(|answer| f32::from(u8::from(answer.1)))
            .sum();
        (confidence - right).abs()
    };
    let group = answers.len().div_ceil(CALIBRATION_GROUPS).max(1);
    answers.chunks(group).map(distance).sum::<f32>() / ratio(answers.len().max(1), 1)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of cases are far below 2^23"
)]
fn ratio(part: usize, whole: usize) -> f32 {
    if whole == 0 {
        0.0
    } else {
        part as f32 / whole as f32
    }
}

//! How well a model understands messages of which it is known what they mean.
//!
//! It measures what a resident meets: the whole understanding, verdict included. It reads no files
//! and decides no threshold.

use super::look::{Depth, Look};
use super::model::Model;
use super::{IntentName, Verdict};
use std::collections::BTreeMap;

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
    /// F1 by intent, averaged over the intents of the cases.
    pub macro_f1: f32,
    /// Mean distance between confidence and share of right ones, over groups of like confidence.
    pub calibration_error: f32,
    /// Share of all cases that are answered outright.
    pub sure: f32,
    /// Share of those that are answered wrongly; an answer to what is out of scope is wrong.
    pub sure_wrong: f32,
    /// Share of the cases in scope that are not understood.
    pub sent_away: f32,
    /// Share of the cases out of scope that are not understood, as they should be.
    pub refused: f32,
    /// Highest score and whether the likeliest intent is right, by ascending score, in scope.
    scores: Vec<(f32, bool)>,
    /// Highest score of each case out of scope.
    scores_out_of_scope: Vec<f32>,
}

impl Model {
    /// Understands every case and compares.
    #[must_use]
    pub fn evaluate(&self, cases: &[Case<'_>]) -> Evaluation {
        self.evaluate_at(cases, Depth::Both)
    }

    pub(super) fn evaluate_at(&self, cases: &[Case<'_>], depth: Depth) -> Evaluation {
        let outcomes: Vec<Outcome<'_>> =
            cases.iter().map(|case| self.outcome(case, depth)).collect();
        let share = |of: &dyn Fn(&Outcome<'_>) -> bool, part: &dyn Fn(&Outcome<'_>) -> bool| {
            let all: Vec<&Outcome<'_>> = outcomes.iter().filter(|outcome| of(outcome)).collect();
            ratio(
                all.iter().filter(|outcome| part(outcome)).count(),
                all.len(),
            )
        };
        let in_scope = |outcome: &Outcome<'_>| outcome.expected.is_some();
        let sure = |outcome: &Outcome<'_>| outcome.verdict == Verdict::Sure;
        let unsure = |outcome: &Outcome<'_>| outcome.verdict == Verdict::Unsure;
        let mut scores: Vec<(f32, bool)> = outcomes
            .iter()
            .filter(|outcome| in_scope(outcome))
            .map(|outcome| (outcome.score, outcome.right))
            .collect();
        scores.sort_by(|a, b| a.0.total_cmp(&b.0));
        Evaluation {
            in_scope: scores.len(),
            out_of_scope: outcomes.len() - scores.len(),
            accuracy: share(&in_scope, &|outcome| outcome.right),
            macro_f1: macro_f1(&outcomes),
            calibration_error: calibration_error(&outcomes),
            sure: share(&|_| true, &sure),
            sure_wrong: share(&sure, &|outcome| !outcome.right),
            sent_away: share(&in_scope, &unsure),
            refused: share(&|outcome| !in_scope(outcome), &unsure),
            scores_out_of_scope: outcomes
                .iter()
                .filter(|outcome| !in_scope(outcome))
                .map(|outcome| outcome.score)
                .collect(),
            scores,
        }
    }

    fn outcome<'a>(&self, case: &Case<'a>, depth: Depth) -> Outcome<'a> {
        let message = self.message(case.text);
        let look = Look::new(self, &message, depth);
        let score = look.score(message.words()).map(|reading| reading.score);
        let (understood, _) = self.read(case.text, depth);
        let first = understood.ranked.into_iter().next();
        Outcome {
            expected: case.intent,
            right: first.as_ref().map(|ranked| &ranked.intent) == case.intent && first.is_some(),
            confidence: first.as_ref().map_or(0.0, |ranked| ranked.confidence),
            predicted: first.map(|ranked| ranked.intent),
            verdict: understood.verdict,
            score: score.unwrap_or(f32::NEG_INFINITY),
        }
    }
}

impl Evaluation {
    /// The highest threshold on the highest score that costs at most `loss` points of accuracy in
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

struct Outcome<'a> {
    expected: Option<&'a IntentName>,
    predicted: Option<IntentName>,
    confidence: f32,
    right: bool,
    verdict: Verdict,
    score: f32,
}

fn macro_f1(outcomes: &[Outcome<'_>]) -> f32 {
    #[derive(Default)]
    struct Counts {
        right: usize,
        expected: usize,
        predicted: usize,
    }
    let mut by_intent: BTreeMap<&IntentName, Counts> = BTreeMap::new();
    for outcome in outcomes {
        if let Some(expected) = outcome.expected {
            let counts = by_intent.entry(expected).or_default();
            counts.expected += 1;
            counts.right += usize::from(outcome.right);
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

fn calibration_error(outcomes: &[Outcome<'_>]) -> f32 {
    let mut answers: Vec<(f32, bool)> = outcomes
        .iter()
        .filter(|outcome| outcome.expected.is_some())
        .map(|outcome| (outcome.confidence, outcome.right))
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

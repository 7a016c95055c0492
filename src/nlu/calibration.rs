//! From scores to confidence and to a verdict, by what happened in cross-validation.
//!
//! Confidence is the softmax of the scores over a temperature that makes the held-out examples
//! likeliest. The thresholds are stated as rates of what goes wrong, and are found on the held-out
//! examples; they are never set by hand. It does not train.

use super::{Ranked, Verdict};

/// Of the residents with a need that is the council's, at most this share is told "not understood".
pub(super) const SENT_AWAY_MAX: f32 = 0.04;
/// Of them, at most this share is asked "which?" for no better reason than a low score.
const DOUBTED_MAX: f32 = 0.10;
/// Of the messages that are answered outright, at most this share may be answered wrongly.
pub(super) const SURE_WRONG_MAX: f32 = 0.05;
/// No intent is taken outright that is less likely than all others together.
const SURE_CONFIDENCE_MIN: f32 = 0.5;
/// No intent needs to be likelier than this. Authors are asked for examples that differ from each
/// other, so held-out ones are harder than what residents mostly say, and the rate above would
/// have the assistant ask "which?" where it knows.
const SURE_CONFIDENCE_MAX: f32 = 0.7;
/// The intents offered when it asks "which?" are together likelier than all others.
const OFFERED_CONFIDENCE_MIN: f32 = 0.5;
/// How many are offered.
const OFFERED: usize = 3;
/// With fewer held-out examples than this a rate of some in a hundred means nothing.
const HELD_OUT_MIN: usize = 50;
/// The temperature is fitted on at most this many held-out examples, evenly spread.
const FITTED_ON_MAX: usize = 1_000;

/// A held-out example as the model that had not seen it scored it.
#[derive(Debug)]
pub(super) struct HeldOut {
    /// A score for each intent.
    pub(super) scores: Vec<f32>,
    /// The intent that is right.
    pub(super) intent: usize,
    /// Whether the intent is somebody else's.
    pub(super) elsewhere: bool,
}

/// What turns scores into a verdict.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Calibration {
    temperature: f32,
    /// Highest score below which nothing is understood.
    between_score_min: f32,
    /// Highest score from which an intent may be taken outright.
    sure_score_min: f32,
    /// Confidence from which an intent may be taken outright.
    sure_confidence_min: f32,
}

impl Default for Calibration {
    /// For content too small to cross-validate: the medians of what CLINC150 and BANKING77 gave.
    fn default() -> Self {
        Self {
            temperature: 0.14,
            between_score_min: -0.55,
            sure_score_min: -0.45,
            sure_confidence_min: 0.6,
        }
    }
}

impl Calibration {
    /// Learns from held-out examples.
    pub(super) fn fit(held_out: &[HeldOut]) -> Self {
        let own = held_out.iter().filter(|example| !example.elsewhere);
        let mut highest: Vec<f32> = own.map(|example| best(&example.scores).1).collect();
        if highest.len() < HELD_OUT_MIN {
            return Self::default();
        }
        highest.sort_unstable_by(f32::total_cmp);
        let mut calibration = Self {
            temperature: fit_temperature(held_out),
            between_score_min: at_share(&highest, SENT_AWAY_MAX),
            sure_score_min: at_share(&highest, DOUBTED_MAX),
            sure_confidence_min: SURE_CONFIDENCE_MIN,
        };
        calibration.sure_confidence_min = calibration.fit_sure(held_out);
        calibration
    }

    /// Turns scores into confidences that sum to 1, in place.
    pub(super) fn confidences(&self, scores: &mut [f32]) {
        let highest = best(scores).1;
        let mut sum = 0.0;
        for score in scores.iter_mut() {
            *score = ((*score - highest) / self.temperature).exp();
            sum += *score;
        }
        for score in scores.iter_mut() {
            *score /= sum;
        }
    }

    /// The verdict on a message whose likeliest intent has this score, with the ranking.
    pub(super) fn verdict(&self, score: f32, ranked: &[Ranked]) -> Verdict {
        let together: f32 = ranked.iter().take(OFFERED).map(|one| one.confidence).sum();
        let first = ranked.first().map_or(0.0, |one| one.confidence);
        if score < self.between_score_min || together < OFFERED_CONFIDENCE_MIN {
            Verdict::Unsure
        } else if score >= self.sure_score_min && first >= self.sure_confidence_min {
            Verdict::Sure
        } else {
            Verdict::Between
        }
    }

    /// The lowest confidence from which at most [`SURE_WRONG_MAX`] are wrong.
    fn fit_sure(&self, held_out: &[HeldOut]) -> f32 {
        let mut answered: Vec<(f32, bool)> = held_out
            .iter()
            .filter_map(|example| {
                let (intent, score) = best(&example.scores);
                let mut confidences = example.scores.clone();
                self.confidences(&mut confidences);
                let answered = score >= self.sure_score_min;
                answered.then(|| (confidences[intent], intent == example.intent))
            })
            .collect();
        answered.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let (mut wrong, mut all) = (0.0, 0.0);
        let mut lowest = 1.0;
        for (confidence, right) in answered {
            wrong += f32::from(u8::from(!right));
            all += 1.0;
            if wrong <= SURE_WRONG_MAX * all {
                lowest = confidence;
            }
        }
        lowest.clamp(SURE_CONFIDENCE_MIN, SURE_CONFIDENCE_MAX)
    }
}

/// The likeliest class with its score; class 0 where there is none.
pub(super) fn best(scores: &[f32]) -> (usize, f32) {
    let first = (0, f32::NEG_INFINITY);
    scores
        .iter()
        .copied()
        .enumerate()
        .fold(first, |best, one| if one.1 > best.1 { one } else { best })
}

/// The value below which `share` of the ascending values lie.
pub(super) fn at_share(ascending: &[f32], share: f32) -> f32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a share of a length is a place in it"
    )]
    let place = (ascending.len() as f32 * share) as usize;
    ascending
        .get(place)
        .or(ascending.last())
        .copied()
        .unwrap_or(0.0)
}

/// The temperature at which the held-out examples are likeliest, by golden-section search on its
/// logarithm (the likelihood has one summit).
fn fit_temperature(held_out: &[HeldOut]) -> f32 {
    let spread = held_out.len().div_ceil(FITTED_ON_MAX);
    let surprise = |log_temperature: f32| -> f32 {
        let temperature = log_temperature.exp();
        held_out
            .iter()
            .step_by(spread)
            .map(|example| {
                let highest = best(&example.scores).1;
                let scaled = |score: f32| (score - highest) / temperature;
                let sum: f32 = example
                    .scores
                    .iter()
                    .map(|score| scaled(*score).exp())
                    .sum();
                sum.ln() - scaled(example.scores[example.intent])
            })
            .sum()
    };
    let golden = 0.618_034;
    let (mut low, mut high) = (0.02_f32.ln(), 2.0_f32.ln());
    for _ in 0..14 {
        let (left, right) = (high - golden * (high - low), low + golden * (high - low));
        if surprise(left) < surprise(right) {
            high = right;
        } else {
            low = left;
        }
    }
    f32::midpoint(low, high).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Held-out examples of two intents whose score difference is right as often as a temperature
    /// of 0.2 says: at a difference of 0.2 x ln(9) nine in ten.
    fn held_out() -> Vec<HeldOut> {
        (0_u8..200)
            .map(|at| {
                let scores = vec![
                    f32::from(at) * 0.001,
                    f32::from(at) * 0.001 - 0.2 * 9.0_f32.ln(),
                ];
                HeldOut {
                    scores,
                    intent: usize::from(at % 10 == 0),
                    elsewhere: false,
                }
            })
            .collect()
    }

    #[test]
    fn confidence_is_how_often_it_is_right() {
        let calibration = Calibration::fit(&held_out());
        let mut confidences = vec![0.0, -0.2 * 9.0_f32.ln()];
        calibration.confidences(&mut confidences);
        assert!((confidences[0] - 0.9).abs() < 0.01, "{confidences:?}");
        assert!((confidences.iter().sum::<f32>() - 1.0).abs() < 1e-6);
    }

    #[test]
    fn at_most_the_stated_share_is_sent_away_for_a_low_score() {
        let examples = held_out();
        let calibration = Calibration::fit(&examples);
        let low = examples
            .iter()
            .filter(|one| best(&one.scores).1 < calibration.between_score_min);
        assert_eq!(low.count(), 8, "4 in 100 of 200");
        assert_eq!(calibration.verdict(-1.0, &[]), Verdict::Unsure);
    }

    #[test]
    fn few_examples_leave_the_default() {
        assert_eq!(Calibration::fit(&[]), Calibration::default());
    }
}

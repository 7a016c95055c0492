//! From scores to confidence and to a verdict, by what happened in cross-validation.
//!
//! Confidence is the softmax of the scores over a temperature that makes the held-out examples
//! likeliest. The thresholds are stated as rates of what goes wrong, and are found on the held-out
//! examples; they are never set by hand. It does not train.

use super::{Ranked, Verdict};
use serde::{Deserialize, Serialize};

/// Of the residents with a need that is the council's, at most this share is told "not understood".
pub(super) const SENT_AWAY_MAX: f32 = 0.04;
/// Of them, at most this share is asked "which?" for no better reason than a low score.
const DOUBTED_MAX: f32 = 0.10;
/// Of the messages that are answered outright, at most this share may be answered wrongly, unless
/// the content's author says otherwise.
pub const SURE_WRONG_MAX: f32 = 0.05;
/// No intent is taken outright that is less likely than all others together.
const SURE_CONFIDENCE_MIN: f32 = 0.5;
/// No intent needs to be likelier than this. Authors are asked for examples that differ from each
/// other, so held-out ones are harder than what residents mostly say, and the rate above would
/// have the assistant ask "which?" where it knows.
const SURE_CONFIDENCE_MAX: f32 = 0.6;
/// The intents offered when it asks "which?" are together likelier than all others.
const OFFERED_CONFIDENCE_MIN: f32 = 0.5;
/// How many are offered.
const OFFERED: usize = 3;
/// With fewer held-out examples than this a rate of some in a hundred means nothing.
const HELD_OUT_MIN: usize = 50;
/// The temperature is fitted on at most this many held-out examples, evenly spread.
const FITTED_ON_MAX: usize = 1_000;

/// A held-out example as the stage that had not seen it scored it.
#[derive(Debug, Clone)]
pub(super) struct HeldOut {
    /// A score for each intent.
    pub(super) scores: Vec<f32>,
    /// Likeness to the nearest example that was not held out, where the stage looks for it.
    pub(super) likeness: Option<f32>,
    /// The intent that is right.
    pub(super) intent: usize,
    /// Whether the intent is somebody else's.
    pub(super) elsewhere: bool,
}

/// Where values lie and how widely.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct Spread {
    mean: f32,
    deviation: f32,
}

impl Spread {
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of examples are far below 2^23"
    )]
    fn of(values: impl Iterator<Item = f32> + Clone) -> Self {
        let count = values.clone().count().max(1) as f32;
        let mean = values.clone().sum::<f32>() / count;
        let squares: f32 = values.map(|value| (value - mean).powi(2)).sum();
        let deviation = (squares / count).sqrt().max(1e-3);
        Self { mean, deviation }
    }

    fn standardise(&self, value: f32) -> f32 {
        (value - self.mean) / self.deviation
    }
}

/// What turns scores into a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) struct Calibration {
    temperature: f32,
    /// Of the highest score.
    highest: Spread,
    /// Of the likeness to the nearest example.
    likeness: Spread,
    /// Familiarity below which nothing is understood.
    between_score_min: f32,
    /// Familiarity from which an intent may be taken outright.
    sure_score_min: f32,
    /// Confidence from which an intent may be taken outright.
    sure_confidence_min: f32,
}

impl Default for Calibration {
    /// For content too small to cross-validate: about what CLINC150 and BANKING77 gave.
    fn default() -> Self {
        Self {
            temperature: 0.8,
            highest: Spread {
                mean: 4.0,
                deviation: 1.5,
            },
            likeness: Spread {
                mean: 0.8,
                deviation: 0.1,
            },
            between_score_min: -1.7,
            sure_score_min: -1.3,
            sure_confidence_min: 0.6,
        }
    }
}

impl Calibration {
    /// Learns from held-out examples; of the messages answered outright at most `wrong_max` may be
    /// answered wrongly.
    pub(super) fn fit(held_out: &[HeldOut], wrong_max: f32) -> Self {
        let own = || held_out.iter().filter(|example| !example.elsewhere);
        if own().count() < HELD_OUT_MIN {
            return Self::default();
        }
        let mut calibration = Self {
            temperature: fit_temperature(held_out),
            highest: Spread::of(own().map(|example| best(&example.scores).1)),
            likeness: Spread::of(own().filter_map(|example| example.likeness)),
            sure_confidence_min: SURE_CONFIDENCE_MIN,
            ..Self::default()
        };
        let mut familiarity: Vec<f32> = own()
            .map(|example| calibration.familiarity_of(example))
            .collect();
        familiarity.sort_unstable_by(f32::total_cmp);
        calibration.between_score_min = at_share(&familiarity, SENT_AWAY_MAX);
        calibration.sure_score_min = at_share(&familiarity, DOUBTED_MAX);
        calibration.sure_confidence_min = calibration.fit_sure(held_out, wrong_max);
        calibration
    }

    /// How much words are like anything that is known: the highest score and the likeness to the
    /// nearest example, each in deviations from what held-out examples have.
    pub(super) fn familiarity(&self, highest: f32, likeness: Option<f32>) -> f32 {
        let likeness = likeness.map_or(0.0, |likeness| self.likeness.standardise(likeness));
        self.highest.standardise(highest) + likeness
    }

    /// The same of a held-out example.
    pub(super) fn familiarity_of(&self, example: &HeldOut) -> f32 {
        self.familiarity(best(&example.scores).1, example.likeness)
    }

    /// The familiarity from which an intent may be taken outright.
    pub(super) fn sure_score_min(&self) -> f32 {
        self.sure_score_min
    }

    /// The confidence of the likeliest intent of a held-out example.
    pub(super) fn confidence_of(&self, example: &HeldOut) -> f32 {
        best(&self.confidences_of(example)).1
    }

    /// The confidences of a held-out example.
    pub(super) fn confidences_of(&self, example: &HeldOut) -> Vec<f32> {
        let mut confidences = example.scores.clone();
        self.confidences(&mut confidences);
        confidences
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

    /// The lowest confidence from which at most `wrong_max` are wrong.
    fn fit_sure(&self, held_out: &[HeldOut], wrong_max: f32) -> f32 {
        let mut answered: Vec<(f32, bool)> = held_out
            .iter()
            .filter(|example| self.familiarity_of(example) >= self.sure_score_min)
            .map(|example| {
                let right = best(&example.scores).0 == example.intent;
                (self.confidence_of(example), right)
            })
            .collect();
        answered.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let (mut wrong, mut all) = (0.0, 0.0);
        let mut lowest = 1.0;
        for (confidence, right) in answered {
            wrong += f32::from(u8::from(!right));
            all += 1.0;
            if wrong <= wrong_max * all {
                lowest = confidence;
            }
        }
        // An author who asks for fewer wrong answers than usual gets them, and more "which?".
        let highest = if wrong_max < SURE_WRONG_MAX {
            1.0
        } else {
            SURE_CONFIDENCE_MAX
        };
        lowest.clamp(SURE_CONFIDENCE_MIN, highest)
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
    let (mut low, mut high) = (0.05_f32.ln(), 5.0_f32.ln());
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
                    likeness: None,
                    intent: usize::from(at % 10 == 0),
                    elsewhere: false,
                }
            })
            .collect()
    }

    #[test]
    fn confidence_is_how_often_it_is_right() {
        let calibration = Calibration::fit(&held_out(), SURE_WRONG_MAX);
        let mut confidences = vec![0.0, -0.2 * 9.0_f32.ln()];
        calibration.confidences(&mut confidences);
        assert!((confidences[0] - 0.9).abs() < 0.01, "{confidences:?}");
        assert!((confidences.iter().sum::<f32>() - 1.0).abs() < 1e-6);
    }

    #[test]
    fn at_most_the_stated_share_is_sent_away_for_a_low_score() {
        let examples = held_out();
        let calibration = Calibration::fit(&examples, SURE_WRONG_MAX);
        let low = examples
            .iter()
            .filter(|one| calibration.familiarity_of(one) < calibration.between_score_min);
        assert_eq!(low.count(), 8, "4 in 100 of 200");
        assert_eq!(calibration.verdict(-9.0, &[]), Verdict::Unsure);
    }

    #[test]
    fn few_examples_leave_the_default() {
        assert_eq!(
            Calibration::fit(&[], SURE_WRONG_MAX),
            Calibration::default()
        );
    }
}

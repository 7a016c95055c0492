//! The detector: one linear model for all danger, learnt beside the intents.
//!
//! It learns from the content's examples, and from messages that mean danger or only sound like it, which
//! belong to no intent in particular. Which danger is meant is for the ranking of the intents.

use crate::nlu::calibration::at_share;
use crate::nlu::linear::{Example, Features, Learner, Weights};
use crate::nlu::stage::LIKELIER_THAN_ALL;
use crate::nlu::study::{COST, EPOCHS, FOLD_EPOCHS, FOLDS};
use serde::{Deserialize, Serialize};

/// Of held-out messages of danger intents at most this share is missed ...
const MISSED_MAX: f32 = 0.05;
/// ... unless more than this share of the others would then be taken for danger: where many of them were written to sound
/// like it, of what residents say it is two thirds of that (docs/decisions/0009).
const FALSE_ALARMS_MAX: f32 = 0.02;
/// With fewer held-out messages of either kind than this, danger is as likely as not.
const HELD_OUT_MIN: usize = 20;

/// Whether there is danger or not.
const CLASSES: usize = 2;

/// A message to learn danger from.
#[derive(Debug, Clone, Copy)]
pub(in crate::nlu) struct Sound<'a> {
    pub(in crate::nlu) features: &'a Features,
    /// Whether it means danger.
    pub(in crate::nlu) danger: bool,
    /// In which it is held out, if ever.
    pub(in crate::nlu) fold: Option<usize>,
}

/// Learns from messages in the shape of a stage. Gives with the weights the log-odds of danger for each when
/// it was held out, none for those that never are.
pub(in crate::nlu) fn learn(sounds: &[Sound<'_>], width: usize, seed: u64) -> (Weights, Vec<f32>) {
    let examples: Vec<Example<'_>> = sounds
        .iter()
        .map(|sound| Example {
            features: sound.features,
            class: usize::from(sound.danger),
        })
        .collect();
    let mut learner = Learner::new(&examples, width, CLASSES, COST);
    learner.learn(|_| true, EPOCHS, seed);
    let mut odds = vec![0.0; sounds.len()];
    for fold in 0..FOLDS {
        let is_held_out = |at: usize| sounds[at].fold == Some(fold);
        let places = || (0..sounds.len()).filter(|at| is_held_out(*at));
        let mut learner = learner.clone();
        places().for_each(|at| learner.forget(at));
        learner.learn(|at| !is_held_out(at), FOLD_EPOCHS, seed);
        for at in places() {
            odds[at] = log_odds(&learner.scores(at));
        }
    }
    (learner.into_weights(), odds)
}

/// The log-odds of danger, from the scores of no danger and of danger.
pub(in crate::nlu) fn log_odds(scores: &[f32]) -> f32 {
    match scores {
        [rest, danger] => danger - rest,
        _ => 0.0,
    }
}

/// Log-odds below which the whole of what is said outvotes words of danger in it: figures of speech, what is
/// long over, what is asked of a policy.
const CALM_MAX: f32 = -7.0;
/// Such odds, one in 1,100, are not believed where fewer messages than this were held out: in a small content
/// "the bin store has caught fire" is surely about bins.
const CALM_HELD_OUT_MIN: usize = 1_000;

/// How far below the threshold it is danger where a danger intent is the likeliest of all: of the dangers that were
/// missed most had their intent first ("chip pan's gone up"). docs/decisions/0009.
const LIKELIEST_MARGIN: f32 = 6.0;
/// Above this confidence a danger intent that is the likeliest speaks for danger.
const LIKELIEST_CONFIDENCE_MIN: f32 = 0.3;
/// Unless fewer messages about other intents than this were held out: in a small content a danger is the likeliest
/// where nothing is like anything.
const KNOWN_MIN: usize = 1_000;

/// Between what log-odds of danger a message is doubtful.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(in crate::nlu) struct Bounds {
    /// From which it is danger by itself.
    pub(in crate::nlu) danger_min: f32,
    /// The same where a danger intent is the likeliest of all.
    pub(in crate::nlu) likeliest_min: f32,
    /// Whether a danger intent that is likelier than all others together is danger whatever the detector makes of it.
    pub(in crate::nlu) likelier_tells: bool,
    /// Below which words of danger in it mean none.
    pub(in crate::nlu) calm_max: f32,
}

impl Bounds {
    /// Whether log-odds of danger mean danger, where `meant` is the confidence of the likeliest intent, if that is one of danger.
    pub(in crate::nlu) fn is_danger(&self, odds: f32, meant: Option<f32>) -> bool {
        let above = |least| meant.is_some_and(|confidence| confidence > least);
        let least = if above(LIKELIEST_CONFIDENCE_MIN) {
            self.likeliest_min
        } else {
            self.danger_min
        };
        odds >= least || self.likelier_tells && above(LIKELIER_THAN_ALL)
    }
}

impl Default for Bounds {
    /// Where too little was held out to find them by: danger is as likely as not, and its words are always heard.
    fn default() -> Self {
        Self {
            danger_min: 0.0,
            likeliest_min: 0.0,
            likelier_tells: false,
            calm_max: f32::NEG_INFINITY,
        }
    }
}

/// The bounds, from the log-odds of held-out examples of danger intents and of the others, and of what only sounds
/// like danger and is about none of them.
pub(in crate::nlu) fn bounds(
    mut danger: Vec<f32>,
    mut ordinary: Vec<f32>,
    strange: Vec<f32>,
) -> Bounds {
    let known = ordinary.len();
    ordinary.extend(strange);
    if danger.len() < HELD_OUT_MIN || ordinary.len() < HELD_OUT_MIN {
        return Bounds::default();
    }
    danger.sort_unstable_by(f32::total_cmp);
    ordinary.sort_unstable_by(f32::total_cmp);
    let calm_max = if ordinary.len() < CALM_HELD_OUT_MIN {
        f32::NEG_INFINITY
    } else {
        CALM_MAX
    };
    let danger_min = at_share(&danger, MISSED_MAX).max(at_share(&ordinary, 1.0 - FALSE_ALARMS_MAX));
    let likelier_tells = known >= KNOWN_MIN;
    let margin = if likelier_tells {
        LIKELIEST_MARGIN
    } else {
        0.0
    };
    Bounds {
        danger_min,
        likeliest_min: danger_min - margin,
        likelier_tells,
        calm_max,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bounds from so many held-out messages of either kind.
    fn bounds_of(count: u16) -> Bounds {
        let odds = |from: f32| (0..count).map(|at| from + f32::from(at) * 0.001).collect();
        bounds(odds(5.0), odds(-10.0), Vec::new())
    }

    #[test]
    fn a_danger_that_is_likelier_than_all_else_is_danger_whatever_its_words_weigh() {
        let bounds = bounds_of(1_200);
        assert!(bounds.is_danger(-20.0, Some(0.51)));
        assert!(!bounds.is_danger(-20.0, Some(0.49)));
        assert!(!bounds.is_danger(-20.0, None), "another intent is likelier");
        let least = bounds.danger_min;
        assert!(bounds.is_danger(least, None) && !bounds.is_danger(least - 0.1, None));
        assert!(bounds.is_danger(least - LIKELIEST_MARGIN, Some(0.4)));
        assert!(!bounds.is_danger(least - LIKELIEST_MARGIN, Some(0.2)));
    }

    /// In a small content a danger is the likeliest where nothing is like anything.
    #[test]
    fn in_a_small_content_the_words_must_weigh_enough() {
        let bounds = bounds_of(300);
        let least = bounds.danger_min;
        assert!(!bounds.is_danger(least - 0.1, Some(0.99)));
        assert!(bounds.is_danger(least, Some(0.99)));
    }
}

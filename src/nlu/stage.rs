//! One look at some words: features to scores, scores to a ranking and a verdict.
//!
//! The model has two of them over different embeddings: the first takes microseconds, the second
//! milliseconds. Neither knows of the other, of sentences or of commands.

use super::calibration::{Calibration, best};
use super::danger;
use super::linear::Features;
use super::model::Intent;
use super::packed::{Packed, pack};
use super::widest::{Work, dot, with_widest};
use super::{RANKED_MAX, Ranked, Verdict};
use serde::{Deserialize, Serialize};

/// What likeness to the nearest example of an intent (cosine) adds to its score. On the validation
/// part of BANKING77 with ten examples an intent it is worth half a point, with five nothing.
const NEIGHBOUR_WEIGHT: f32 = 3.0;

/// How much the first stage's scores count beside the second's own.
const BEFORE_WEIGHT: f32 = 0.3;

/// An intent of more confidence than this is likelier than all others together: what must not be missed, danger and
/// whoever asks for a person, is then meant however strange the words are.
pub(super) const LIKELIER_THAN_ALL: f32 = 0.5;

/// What turns features into a reading.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Stage {
    /// Of the intents, and after them of the alarm.
    pub(super) weights: Packed,
    /// Of the log-odds of danger, those of the stages before included.
    pub(super) danger_bounds: danger::Bounds,
    /// None where likeness to single examples does not count.
    pub(super) neighbours: Option<Neighbours>,
    pub(super) calibration: Calibration,
}

/// Some words of a message as a stage scores them.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    /// A score for each intent.
    pub(super) scores: Vec<f32>,
    /// Log-odds that danger is meant, added up over the stages that looked.
    pub(super) danger_odds: f32,
    /// By how much they are above the threshold, where a danger intent is no likelier than another.
    pub(super) danger: f32,
    /// Whether danger is meant, by them and by the likeliest intent.
    pub(super) is_danger: bool,
    /// Whether they are so low that words of danger among the others mean none.
    pub(super) calm: bool,
    /// The likeliest intent.
    pub(super) intent: usize,
    /// How much the words are like anything that the model knows.
    pub(super) score: f32,
    pub(super) ranked: Vec<Ranked>,
    pub(super) verdict: Verdict,
}

impl Reading {
    /// The confidence of the likeliest intent.
    pub(super) fn confidence(&self) -> f32 {
        self.ranked.first().map_or(0.0, |first| first.confidence)
    }
}

impl Stage {
    /// Reads features of this stage's shape; `before` is the reading of the stage before.
    pub(super) fn read(
        &self,
        features: &Features,
        intents: &[Intent],
        before: Option<&Reading>,
    ) -> Reading {
        let mut scores = self.weights.scores(features);
        let alarm = danger::log_odds(&scores.split_off(intents.len()));
        let likeness = like(&mut scores, self.neighbours.as_ref(), features, |_| true);
        if let Some(before) = before {
            add_before(&mut scores, &before.scores);
        }
        let (intent, highest) = best(&scores);
        let score = self
            .calibration
            .familiarity(highest, likeness.map(|like| like.nearest));
        let mut confidences = scores.clone();
        self.calibration.confidences(&mut confidences);
        let danger_odds = alarm
            + danger::odds(&confidences, intents)
            + likeness.map_or(0.0, |like| like.danger_odds)
            + before.map_or(0.0, |before| before.danger_odds);
        let ranked = rank(&confidences, intents);
        let verdict = self.calibration.verdict(score, &ranked);
        let meant = ranked.first().filter(|_| intents[intent].danger);
        let meant = meant.map(|first| first.confidence);
        Reading {
            scores,
            danger_odds,
            danger: danger_odds - self.danger_bounds.danger_min,
            is_danger: self.danger_bounds.is_danger(danger_odds, meant),
            calm: danger_odds < self.danger_bounds.calm_max,
            intent,
            score,
            ranked,
            verdict,
        }
    }
}

/// How much some words are like single examples.
#[derive(Debug, Clone, Copy)]
pub(super) struct Like {
    /// The cosine to the nearest example of all.
    pub(super) nearest: f32,
    /// The log-odds of danger among the nearest.
    pub(super) danger_odds: f32,
}

/// [`likes`] of one message.
pub(super) fn like(
    scores: &mut Vec<f32>,
    neighbours: Option<&Neighbours>,
    features: &Features,
    in_use: impl Fn(usize) -> bool,
) -> Option<Like> {
    likes(
        std::slice::from_mut(scores),
        neighbours,
        &[features],
        in_use,
    )
    .pop()
}

/// Adds what likeness to the examples counts for, to those for which `in_use` holds; of many messages at once, because an
/// example that is read once serves for all of them. Gives nothing where there are no neighbours.
pub(super) fn likes(
    scores: &mut [Vec<f32>],
    neighbours: Option<&Neighbours>,
    features: &[&Features],
    in_use: impl Fn(usize) -> bool,
) -> Vec<Like> {
    let Some(neighbours) = neighbours else {
        return Vec::new();
    };
    let embeddings: Vec<&[f32]> = features.iter().map(|one| &*one.dense).collect();
    let found = neighbours.likeness(&embeddings, in_use).into_iter();
    let add = |(scores, (likeness, danger_odds)): (&mut Vec<f32>, (Vec<f32>, f32))| {
        for (score, likeness) in scores.iter_mut().zip(&likeness) {
            *score += NEIGHBOUR_WEIGHT * likeness;
        }
        Like {
            nearest: best(&likeness).1,
            danger_odds,
        }
    };
    scores.iter_mut().zip(found).map(add).collect()
}

/// Adds what the scores of the stage before count for.
pub(super) fn add_before(scores: &mut [f32], before: &[f32]) {
    for (score, before) in scores.iter_mut().zip(before) {
        *score += BEFORE_WEIGHT * before;
    }
}

/// The likeliest intents, likeliest first; of those as likely, the first.
pub(super) fn rank(confidences: &[f32], intents: &[Intent]) -> Vec<Ranked> {
    // Few are wanted, and nearly all the others are below the last of them.
    let mut order: Vec<usize> = Vec::with_capacity(RANKED_MAX);
    for (at, confidence) in confidences.iter().enumerate() {
        let is_before = |other: &usize| confidences[*other].total_cmp(confidence).is_ge();
        if order.len() == RANKED_MAX && order.last().is_some_and(is_before) {
            continue;
        }
        let place = order.iter().take_while(|other| is_before(other)).count();
        order.truncate(RANKED_MAX - 1);
        order.insert(place, at);
    }
    let ranked = order.into_iter().map(|at| Ranked {
        intent: intents[at].name.clone(),
        confidence: confidences[at],
    });
    ranked.collect()
}

/// The embeddings of the examples, and of what else danger is learnt from, for likeness to single ones; packed, because
/// every message that is looked at twice reads them all.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Neighbours {
    width: usize,
    intents: usize,
    #[serde(with = "super::kept::signed")]
    vectors: Vec<i8>,
    /// What a byte of each vector counts for.
    scales: Vec<f32>,
    /// The intents of the examples, which come first.
    class: Vec<usize>,
    /// Whether each means danger.
    danger: Vec<bool>,
}

impl Neighbours {
    /// Keeps embeddings, which have unit length: of as many examples as have a `class`, and of others.
    pub(super) fn new(
        embeddings: &[Vec<f32>],
        class: &[usize],
        intents: usize,
        danger: Vec<bool>,
    ) -> Self {
        let width = embeddings.first().map_or(0, Vec::len);
        let mut vectors = Vec::with_capacity(embeddings.len() * width);
        let scales = embeddings.iter().map(|one| pack(one, &mut vectors));
        Self {
            width,
            intents,
            scales: scales.collect(),
            vectors,
            class: class.to_vec(),
            danger,
        }
    }

    /// The cosine to an example.
    #[inline(always)]
    fn cosine(&self, at: usize, embedding: &[f32]) -> f32 {
        let from = at * self.width;
        dot(&self.vectors[from..from + self.width], embedding) * self.scales[at]
    }

    /// For each embedding by intent the cosine to its nearest example, at least 0, and the log-odds of danger among the
    /// nearest of all, where only those count for which `in_use` holds.
    pub(super) fn likeness(
        &self,
        embeddings: &[&[f32]],
        in_use: impl Fn(usize) -> bool,
    ) -> Vec<(Vec<f32>, f32)> {
        with_widest(Likeness {
            neighbours: self,
            embeddings,
            in_use,
        })
    }

    /// The nearest examples, nearest first: place, intent, cosine.
    pub(super) fn nearest(&self, embedding: &[f32], count: usize) -> Vec<(usize, usize, f32)> {
        let places = self.class.iter().enumerate();
        let mut nearest: Vec<(usize, usize, f32)> = places
            .map(|(at, class)| (at, *class, self.cosine(at, embedding)))
            .collect();
        nearest.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
        nearest.truncate(count);
        nearest
    }
}

/// Examples that stay in the nearest cache while they are compared with one embedding after another.
const NEAR: usize = 64;

struct Likeness<'a, F> {
    neighbours: &'a Neighbours,
    embeddings: &'a [&'a [f32]],
    in_use: F,
}

impl<F: Fn(usize) -> bool> Work for Likeness<'_, F> {
    type Output = Vec<(Vec<f32>, f32)>;

    #[inline(always)]
    fn call(self) -> Self::Output {
        let none = vec![0.0_f32; self.neighbours.intents];
        let mut found = vec![(none, danger::Poll::default()); self.embeddings.len()];
        let all = self.neighbours.danger.len();
        for from in (0..all).step_by(NEAR) {
            for (embedding, (likeness, poll)) in self.embeddings.iter().zip(&mut found) {
                for at in from..all.min(from + NEAR) {
                    if (self.in_use)(at) {
                        let cosine = self.neighbours.cosine(at, embedding);
                        poll.add(cosine, self.neighbours.danger[at]);
                        if let Some(class) = self.neighbours.class.get(at) {
                            likeness[*class] = likeness[*class].max(cosine);
                        }
                    }
                }
            }
        }
        let odds = |(likeness, poll): (Vec<f32>, danger::Poll)| (likeness, poll.odds());
        found.into_iter().map(odds).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_neighbours_are_as_near_as_what_was_packed() {
        let unit = |angle: f32| vec![angle.cos(), angle.sin()];
        let embeddings: Vec<Vec<f32>> = (0..8_u8).map(|at| unit(f32::from(at) * 0.2)).collect();
        let neighbours = Neighbours::new(&embeddings, &[0, 0, 0, 0, 1, 1, 1, 1], 2, vec![false; 8]);
        let nearest = neighbours.nearest(&unit(0.41), 3);
        let places: Vec<usize> = nearest.iter().map(|(at, _, _)| *at).collect();
        assert_eq!(places, [2, 3, 1]);
        let found = neighbours.likeness(&[&unit(1.0), &unit(0.41)], |at| at != 2);
        let (likeness, _) = &found[1];
        for (found, exact) in likeness.iter().zip([0.19_f32.cos(), 0.39_f32.cos()]) {
            assert!((found - exact).abs() < 0.005, "{found} for {exact}");
        }
    }
}

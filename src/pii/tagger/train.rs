//! Training: weights from labelled messages, beside the rules as they are.
//!
//! A structured perceptron: where the best row of tags is not the labelled one, the features of the one lose a point
//! and those of the other win one; what counts in the end is the average over all steps. Whole numbers and a fixed
//! order all the way, so that the same messages give the same bytes. It reads no files, and nothing but
//! `examples/tagger.rs` calls it.

use super::features::{self, AFTER, BEFORE, Names, first, further, window};
use super::file::written;
use super::model::{self, Model, Row};
use super::{KINDS, Lead, NOTHING, START, TAGS, decode};
use crate::pii::detector::{Detector, DetectorError};
use crate::pii::labelled::Labelled;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// How training goes.
#[derive(Debug, Clone, Copy)]
pub struct Training {
    /// How often it goes over all messages.
    pub rounds: usize,
    /// A word that is seen so often is known by itself, any other by its ending.
    pub known_min: usize,
    /// A feature that is seen less often is left out.
    pub seen_min: usize,
    /// A weight below so many quarters of a point is left out.
    pub weight_min: i32,
    /// How much more, in quarters of a point, must speak for a name, an address, a fact and an offence than for
    /// nothing: the price of a false alarm.
    pub price: [i32; 4],
    /// By how many points a word the labelled row must be ahead of others.
    pub margin: i32,
}

impl Default for Training {
    fn default() -> Self {
        Self {
            rounds: 8,
            known_min: 4,
            seen_min: 3,
            weight_min: 59,
            margin: 40,
            price: [80, 100, 200, 200],
        }
    }
}

/// The places in a [`Lead`] from which on tags are those of facts.
const FACTS: usize = 4;
/// Outweighs whatever speaks for a tag.
const NEVER: i32 = -(1 << 20);

/// A message in numbers.
struct Example {
    /// The features of every word; none of what the rules have taken.
    features: Vec<Option<Vec<u32>>>,
    tags: Vec<u8>,
    /// Whether facts are labelled in it too.
    facts: bool,
}

/// Makes weights, as [`Detector::with_weights`] reads them. In `nameless` texts nobody is named and nobody's address is
/// given; what facts are in them is not known.
///
/// # Errors
/// The rule table does not compile.
pub fn train(
    messages: &[Labelled],
    nameless: &[Labelled],
    training: &Training,
) -> Result<Vec<u8>, DetectorError> {
    let detector = Detector::rules_alone()?;
    let names = Names::new();
    let known = known_words(&detector, &names, messages, training);
    let model = Model::knowing(known.iter().copied());
    let mut examples: Vec<Example> = messages
        .iter()
        .map(|message| (message, true))
        .chain(nameless.iter().map(|message| (message, false)))
        .map(|(message, facts)| Example {
            facts,
            ..example(&detector, &names, &model, message)
        })
        .collect();
    let places = number(&mut examples, training.seen_min);
    let weights = Weights::learn(&examples, places.len(), training);
    let mut rows: BTreeMap<u32, [i8; TAGS]> = BTreeMap::new();
    for word in known {
        rows.insert(model::known(word), [0; TAGS]);
    }
    for (feature, place) in places {
        let weights = weights.of(place, training.weight_min);
        if weights != [0; TAGS] {
            rows.insert(feature, weights);
        }
    }
    let rows: Vec<Row> = rows
        .into_iter()
        .map(|(feature, weights)| Row { feature, weights })
        .collect();
    Ok(written(&weights.transitions(&training.price), &rows))
}

fn known_words(
    detector: &Detector,
    names: &Names,
    messages: &[Labelled],
    training: &Training,
) -> Vec<u32> {
    let nothing = Model::knowing(std::iter::empty());
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for message in messages {
        detector.look(&message.text, |scene, _, hits| {
            let items = features::items(scene, hits, names, &nothing);
            for item in items
                .iter()
                .filter(|item| item.end > item.start && !item.taken)
            {
                *counts.entry(item.word).or_default() += 1;
            }
        });
    }
    counts.retain(|_, count| *count >= training.known_min);
    counts.into_keys().collect()
}

fn example(detector: &Detector, names: &Names, model: &Model, message: &Labelled) -> Example {
    let labels = labels(message);
    detector.look(&message.text, |scene, _, hits| {
        let items = features::items(scene, hits, names, model);
        let words = BEFORE..items.len() - AFTER;
        let mut tags = vec![NOTHING as u8; words.len()];
        for (kind, range) in &labels {
            let mut tag = 1 + 2 * kind;
            for (item, place) in items[words.clone()].iter().zip(&mut tags) {
                let source = scene.normal.source(item.start as usize..item.end as usize);
                if source.start < range.end && source.end > range.start && !item.taken {
                    *place = tag as u8;
                    tag = 2 + 2 * kind;
                }
            }
        }
        let features = words
            .filter_map(|at| window(&items, at - BEFORE))
            .map(|window| {
                let mut features = Vec::new();
                first(window, |feature| features.push(feature));
                further(window, |feature| features.push(feature));
                (!window[BEFORE].taken).then_some(features)
            })
            .collect();
        Example {
            features,
            tags,
            facts: true,
        }
    })
}

/// What is looked for in a message: the place of its kind, and bytes of the source.
fn labels(message: &Labelled) -> Vec<(usize, Range<usize>)> {
    let byte = |code_point: u32| {
        let mut places = message.text.char_indices().map(|(at, _)| at);
        places
            .nth(code_point as usize)
            .unwrap_or(message.text.len())
    };
    let labels = message.spans.iter();
    labels
        .filter_map(|label| {
            let kind = label.kind()?;
            let place = KINDS.iter().position(|wanted| *wanted == kind)?;
            Some((place, byte(label.start)..byte(label.end)))
        })
        .collect()
}

/// Numbers the features that are seen often enough, in place of what they were; the others go.
fn number(examples: &mut [Example], seen_min: usize) -> BTreeMap<u32, u32> {
    let mut counts: HashMap<u32, usize> = HashMap::new();
    for feature in examples
        .iter()
        .flat_map(|example| example.features.iter().flatten())
        .flatten()
    {
        *counts.entry(*feature).or_default() += 1;
    }
    let mut often: Vec<u32> = counts
        .into_iter()
        .filter(|(_, count)| *count >= seen_min)
        .map(|(feature, _)| feature)
        .collect();
    often.sort_unstable();
    let places: BTreeMap<u32, u32> = often.into_iter().zip(0..).collect();
    let quick: HashMap<u32, u32> = places
        .iter()
        .map(|(feature, place)| (*feature, *place))
        .collect();
    for features in examples
        .iter_mut()
        .flat_map(|example| example.features.iter_mut().flatten())
    {
        *features = features
            .iter()
            .filter_map(|feature| quick.get(feature).copied())
            .collect();
    }
    places
}

/// Points as they are, and their sums over all steps, by which they are averaged.
struct Weights {
    now: Vec<[i32; TAGS]>,
    sums: Vec<[i64; TAGS]>,
    between: [[i32; TAGS]; TAGS + 1],
    between_sums: [[i64; TAGS]; TAGS + 1],
    steps: i64,
    /// Steps that are left: so often a point of now counts in the sum of all.
    left: i64,
    margin: i32,
}

impl Weights {
    fn learn(examples: &[Example], features: usize, training: &Training) -> Self {
        let steps = i64::try_from(training.rounds * examples.len()).unwrap_or(i64::MAX);
        let mut weights = Self {
            now: vec![[0; TAGS]; features],
            sums: vec![[0; TAGS]; features],
            between: [[0; TAGS]; TAGS + 1],
            between_sums: [[0; TAGS]; TAGS + 1],
            steps,
            left: steps,
            margin: training.margin,
        };
        let mut order: Vec<usize> = (0..examples.len()).collect();
        // Any order will do that is always the same.
        let mut state = 12345_u64;
        for _ in 0..training.rounds {
            for last in (1..order.len()).rev() {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                order.swap(last, (state >> 33) as usize % (last + 1));
            }
            for at in &order {
                weights.study(&examples[*at]);
                weights.left -= 1;
            }
        }
        weights
    }

    fn study(&mut self, example: &Example) {
        let found = decode(example.tags.len(), &self.between, None, |at, _| {
            let mut lead = self.lead(example, at)?;
            if !example.facts {
                lead.iter_mut().skip(FACTS).for_each(|lead| *lead = NEVER);
            }
            match usize::from(example.tags[at]) {
                NOTHING => lead.iter_mut().for_each(|lead| *lead += self.margin),
                tag => lead[tag - 1] -= self.margin,
            }
            Some(lead)
        });
        if found == example.tags {
            return;
        }
        let (mut wanted_before, mut found_before) = (START, START);
        for (at, (wanted, found)) in example.tags.iter().zip(&found).enumerate() {
            let (wanted, found) = (usize::from(*wanted), usize::from(*found));
            if wanted != found {
                for place in example.features[at].iter().flatten() {
                    self.add(*place as usize, wanted, 1);
                    self.add(*place as usize, found, -1);
                }
            }
            if (wanted_before, wanted) != (found_before, found) {
                for (before, tag, points) in [(wanted_before, wanted, 1), (found_before, found, -1)]
                {
                    self.between[before][tag] += points;
                    self.between_sums[before][tag] += i64::from(points) * self.left;
                }
            }
            (wanted_before, found_before) = (wanted, found);
        }
    }

    fn add(&mut self, place: usize, tag: usize, points: i32) {
        self.now[place][tag] += points;
        self.sums[place][tag] += i64::from(points) * self.left;
    }

    fn lead(&self, example: &Example, at: usize) -> Option<Lead> {
        let mut sum = [0; TAGS];
        for place in example.features[at].as_ref()? {
            for (sum, weight) in sum.iter_mut().zip(&self.now[*place as usize]) {
                *sum += weight;
            }
        }
        Some(std::array::from_fn(|tag| sum[tag + 1] - sum[NOTHING]))
    }

    /// The average in quarters of a point, rounded half up.
    fn average(&self, sum: i64) -> i64 {
        (sum * 8 + self.steps).div_euclid(2 * self.steps)
    }

    fn of(&self, place: u32, weight_min: i32) -> [i8; TAGS] {
        let place = place as usize;
        std::array::from_fn(|tag| {
            let weight = self.average(self.sums[place][tag]);
            if weight.abs() < i64::from(weight_min) {
                return 0;
            }
            i8::try_from(weight.clamp(-127, 127)).unwrap_or_default()
        })
    }

    fn transitions(&self, price: &[i32; 4]) -> [[i16; TAGS]; TAGS + 1] {
        std::array::from_fn(|before| {
            std::array::from_fn(|tag| {
                let weight = self.average(self.between_sums[before][tag]);
                let price = if tag % 2 == 1 { price[tag / 2] } else { 0 };
                i16::try_from(weight - i64::from(price)).unwrap_or(i16::MIN)
            })
        })
    }
}

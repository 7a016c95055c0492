//! The tagger: reads, beside the rules, names, addresses, and facts about health and offences that are said in ways
//! nobody wrote a rule for. It is linear: a word is what the features of it and of its neighbours weigh, and the best
//! row of tags over a text is taken (a first-order model, decoded by Viterbi's method).
//!
//! It only adds to what the rules found, and only where they found nothing, or less of the same: what they say stands.
//! It does not look for numbers, mail addresses or anything else that has a shape. Its weights are made by `cargo run
//! --release --example tagger` from labelled messages, and are whole numbers, so that the page (`web/pii/tagger.js`)
//! comes to the same.

mod features;
mod file;
mod fuse;
mod model;
mod train;

pub use file::{WeightsError, weights_js};
pub use train::{Training, train};

use super::PiiKind;
use super::pass::Hit;
use super::rule::Scene;
use features::{AFTER, BEFORE, Item, Names};
use model::Model;
use std::ops::Range;

/// The weights that the detector reads with.
pub(super) const WEIGHTS: &[u8] = include_bytes!("weights.bin");

/// What is looked for, in the order of the tags.
const KINDS: [PiiKind; 4] = [
    PiiKind::Person,
    PiiKind::UkAddress,
    PiiKind::SpecialCategory,
    PiiKind::Criminal,
];
/// Nothing, and for every kind where one begins and where it goes on.
const TAGS: usize = 1 + 2 * KINDS.len();
/// The tag of nothing; that of what begins is odd, and the one after it is that of what goes on.
const NOTHING: usize = 0;
/// Stands for the tag before the first.
const START: usize = TAGS;

/// What every tag but [`NOTHING`] weighs more than that.
type Lead = [i32; TAGS - 1];

/// The tagger with its weights.
pub(super) struct Tagger {
    names: Names,
    model: Model,
}

impl Tagger {
    pub(super) fn read(weights: &[u8]) -> Result<Self, WeightsError> {
        Ok(Self {
            names: Names::new(),
            model: Model::read(weights)?,
        })
    }

    /// Adds what it finds to the hits of the rules, which are in order and do not overlap, and nor do they after.
    pub(super) fn add_to(&self, scene: &Scene<'_>, hits: &mut Vec<Hit>) {
        // Where only values of other kinds were found the text is gone over again, and their tokens are read alike.
        let mut kinds = hits.iter().filter_map(|hit| hit.kind).peekable();
        let waits = kinds.peek().is_some() && kinds.all(|kind| !KINDS.contains(&kind));
        if waits || scene.words.is_empty() {
            return;
        }
        let items = features::items(scene, hits, &self.names, &self.model);
        let tags = decode(
            items.len() - BEFORE - AFTER,
            self.model.steps(),
            Some(self.model.gains()),
            |at, open| self.model.lead(&items, at, open),
        );
        let mut more = spans(&items, &tags);
        more.retain(|(kind, range)| {
            fuse::stands(scene, *kind, range) && fuse::grow(hits, *kind, range)
        });
        if !more.is_empty() {
            hits.extend(
                more.into_iter()
                    .map(|(kind, range)| Hit::tagged(kind, range)),
            );
            hits.sort_by_key(|hit| hit.range.start);
        }
    }
}

/// The best row of tags for so many items. `lead` gives what an item weighs, or nothing where it can only be nothing;
/// it is told whether the item before may be something. With `gains` of the steps, no row is sought where all are nothing.
fn decode(
    count: usize,
    steps: &Steps,
    gains: Option<&Gains>,
    lead: impl Fn(usize, bool) -> Option<Lead>,
) -> Vec<u8> {
    let mut tags = vec![0; count];
    // Items that may be something, side by side: what is nothing parts them, so that each run is read by itself.
    let mut run: Vec<Lead> = Vec::new();
    for at in 0..=count {
        let next = (at < count).then(|| lead(at, !run.is_empty())).flatten();
        if let Some(lead) = next {
            run.push(lead);
        } else if !run.is_empty() {
            let start = at - run.len();
            let before = if start == 0 { START } else { NOTHING };
            let goes_on = at < count;
            if gains.is_none_or(|gains| gains.may_win(&run, before, goes_on)) {
                best_row(&run, steps, (before, goes_on), &mut tags[start..at]);
            }
            run.clear();
        }
    }
    tags
}

/// Less than anything weighs, and twice that is a number yet.
const NEVER: i32 = i32::MIN / 4;

/// What it weighs to go from tag to tag, [`START`] last.
type Steps = [[i32; TAGS]; TAGS + 1];

/// What training learnt, where one may go: to what goes on one comes from its beginning or from itself.
fn steps(transitions: &Steps) -> Steps {
    std::array::from_fn(|before| {
        std::array::from_fn(|tag| match begun(tag) {
            Some(begun) if before != begun && before != tag => NEVER,
            _ => transitions[before][tag],
        })
    })
}

/// At most so much more than nothing's steps it weighs to begin something, at the start or elsewhere, to go on with it, and
/// to end it.
struct Gains {
    at_start: i32,
    begins: i32,
    goes_on: i32,
    ends: i32,
}

impl Gains {
    fn of(steps: &Steps) -> Self {
        let something = 1..TAGS;
        let most = |gains: &mut dyn Iterator<Item = i32>| gains.max().unwrap_or(NEVER);
        let nothing = steps[NOTHING][NOTHING];
        let begins = |before: usize| {
            let begin = something.clone().filter(|tag| begun(*tag).is_none());
            most(&mut begin.map(|tag| steps[before][tag] - steps[before][NOTHING]))
        };
        let tags = || {
            something
                .clone()
                .flat_map(|tag| something.clone().map(move |next| (tag, next)))
        };
        let goes_on = most(&mut tags().map(|(tag, next)| steps[tag][next] - nothing));
        let ends = most(&mut something.clone().map(|tag| steps[tag][NOTHING] - nothing));
        Self {
            at_start: begins(START),
            begins: begins(NOTHING),
            // Whatever an item is, and however often something ends inside the run.
            goes_on: goes_on.max(begins(NOTHING)).max(0) + ends.max(0),
            ends,
        }
    }

    /// Whether any row of tags but nothing's may be the best of a run: most are not, and to seek it costs more.
    fn may_win(&self, run: &[Lead], before: usize, goes_on: bool) -> bool {
        let begins = if before == START {
            self.at_start.max(self.begins)
        } else {
            self.begins
        };
        let ends = if goes_on { self.ends } else { 0 };
        let leads = run.iter().map(|lead| {
            let most = lead.iter().fold(NEVER, |most, lead| most.max(*lead));
            (most + self.goes_on).max(0)
        });
        begins + ends + leads.sum::<i32>() >= 0
    }
}

/// Writes the best row of tags for a run, after the tag `before`, and before nothing if the text `goes_on`.
fn best_row(run: &[Lead], steps: &Steps, (before, goes_on): (usize, bool), tags: &mut [u8]) {
    let mut from: Vec<[i32; TAGS]> = Vec::with_capacity(run.len());
    // What the best row that ends with a tag weighs.
    let mut best = [NEVER; TAGS];
    for (nth, lead) in run.iter().enumerate() {
        let mut next = [NEVER; TAGS];
        let mut back = [0; TAGS];
        if nth == 0 {
            next = steps[before];
        } else {
            // All tags side by side and without a branch, so that they are compared at once.
            for (before, (best, step)) in (0..).zip(best.iter().zip(steps)) {
                for tag in 0..TAGS {
                    let other = best.wrapping_add(step[tag]);
                    let better = other > next[tag];
                    next[tag] = if better { other } else { next[tag] };
                    back[tag] = if better { before } else { back[tag] };
                }
            }
        }
        for (next, lead) in next.iter_mut().skip(1).zip(lead) {
            *next += lead;
        }
        best = next;
        from.push(back);
    }
    if goes_on {
        best.iter_mut()
            .zip(steps)
            .for_each(|(best, to)| *best += to[NOTHING]);
    }
    let mut tag = NOTHING;
    for other in 1..TAGS {
        if best[other] > best[tag] {
            tag = other;
        }
    }
    for (place, back) in tags.iter_mut().zip(&from).rev() {
        *place = tag as u8;
        tag = back[tag] as usize;
    }
}

/// The tag that must stand before one of what goes on, which may stand before itself.
const fn begun(tag: usize) -> Option<usize> {
    if tag != NOTHING && tag.is_multiple_of(2) {
        Some(tag - 1)
    } else {
        None
    }
}

/// What is tagged, in order.
fn spans(items: &[Item], tags: &[u8]) -> Vec<(PiiKind, Range<usize>)> {
    let mut spans: Vec<(PiiKind, Range<usize>)> = Vec::new();
    for (item, tag) in items.iter().skip(BEFORE).zip(tags) {
        let tag = usize::from(*tag);
        match (tag, spans.last_mut()) {
            (NOTHING, _) => {}
            (_, Some((_, range))) if begun(tag).is_some() => range.end = item.end as usize,
            _ => spans.push((KINDS[(tag - 1) / 2], item.start as usize..item.end as usize)),
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::pii::detector::Detector;
    use crate::pii::{Labelled, Training, train};

    #[test]
    fn nothing_is_found_where_there_is_nothing() {
        let detector = Detector::new(&[]).unwrap();
        for text in [
            "",
            " ",
            "\n",
            ",",
            "é",
            "when is my bin day",
            "[name]",
            "[name] [name]",
        ] {
            assert_eq!(detector.scan(text), [], "{text:?}");
        }
    }

    #[test]
    fn it_finds_what_no_rule_does_and_leaves_what_they_say() {
        let (rules, both) = (
            Detector::rules_alone().unwrap(),
            Detector::new(&[]).unwrap(),
        );
        let text = "my nan lives at Yurt 4, Brackenrigg";
        assert_eq!(rules.scan(text).len(), 0);
        assert_eq!(both.scan(text).len(), 1);
        let said = "my landlord kaz wont fix the boiler, ring 07700 900123";
        assert_eq!(rules.scan(said).len(), 2);
        assert_eq!(both.scan(said), rules.scan(said));
    }

    /// The row with the highest sum, by trying all: what decoding must find.
    #[test]
    fn the_best_row_of_tags_is_found() {
        let mut state = 7_u32;
        let mut next = move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) as i32 % 41 - 20
        };
        for _ in 0..50 {
            let mut transitions = [[0; TAGS]; TAGS + 1];
            transitions
                .iter_mut()
                .flatten()
                .for_each(|weight| *weight = next());
            let leads: [Lead; 4] = std::array::from_fn(|_| std::array::from_fn(|_| next()));
            let weigh = |row: &[usize]| {
                let mut before = START;
                row.iter().zip(&leads).try_fold(0, |sum, (tag, lead)| {
                    let stands = begun(*tag).is_none_or(|begun| before == begun || before == *tag);
                    let weight = if *tag == NOTHING { 0 } else { lead[tag - 1] };
                    let sum = stands.then_some(sum + transitions[before][*tag] + weight);
                    before = *tag;
                    sum
                })
            };
            let rows = (0..TAGS.pow(4)).map(|row| [row / 729, row / 81 % 9, row / 9 % 9, row % 9]);
            let best = rows.filter_map(|row| weigh(&row)).max();
            let steps = steps(&transitions);
            for gains in [None, Some(&Gains::of(&steps))] {
                let found = decode(4, &steps, gains, |at, _| Some(leads[at]));
                let found: Vec<usize> = found.into_iter().map(usize::from).collect();
                assert_eq!(weigh(&found), best, "{found:?}");
            }
        }
    }

    #[test]
    fn training_learns_and_gives_the_same_bytes_each_time() {
        let set = "it was {{PERSON|zyx}} who did it\nit was late\n".repeat(20);
        let set = Labelled::read_text(&set).unwrap();
        let training = Training {
            weight_min: 1,
            price: [0; 4],
            ..Training::default()
        };
        let weights = train(&set, &[], &training).unwrap();
        assert!(weights == train(&set, &[], &training).unwrap());
        let rules = Detector::rules_alone().unwrap();
        let both = rules.clone().with_weights(&weights).unwrap();
        for message in &set {
            assert_eq!(rules.scan(&message.text).len(), 0);
            assert_eq!(both.scan(&message.text).len(), message.spans.len());
        }
    }
}

//! What features weigh, as it is looked up. How it is kept is in [`super::file`]; it is made by [`super::train`].

use super::features::{BEFORE, FEATURE_BITS, Item, first, further, mix, window};
use super::{Gains, Lead, Steps, TAGS, steps};

/// The template of the rows that say no more than that training saw a word often.
const KNOWN: u32 = 0;

/// A feature and what it weighs for every tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) feature: u32,
    pub(super) weights: [i8; TAGS],
}

/// So many 64 bits tell most features that have no row from those that may have one.
const SEEN_WORDS: usize = 1 << 11;

/// More than the features that are looked up at once.
const FEATURES_MAX: usize = 16;

/// A sum of rows, all tags at once: 16 bits a tag, in each of which every row counts [`RAISED`] more than it weighs, so
/// that none is below nothing and no tag takes from the next one. A few dozen rows cannot run over.
#[derive(Default)]
pub(super) struct Sum {
    lanes: u128,
    rows: i32,
}

const RAISED: i32 = 256;

/// What weighs so much less than nothing, whatever it is, ends what went before. No finding in 11,300 labelled messages
/// has such an item in it.
const FAR: i32 = 300;

/// In the lanes of what begins something, every second one: the lowest bit, all bits, and the highest one, which no
/// sum has.
const BEGINS: u128 = 1 | 1 << 32 | 1 << 64 | 1 << 96;
const LANES: u128 = BEGINS * 0xffff;
const HIGHEST: u128 = BEGINS << 15;

/// A row in the form of a sum.
fn packed(lead: Lead) -> u128 {
    let lanes = lead.iter().rev();
    lanes.fold(0, |all, lead| {
        all << 16 | u128::from(lead.wrapping_add(RAISED).unsigned_abs())
    })
}

impl Sum {
    /// Whether anything speaks for it that something begins here: it weighs no less than nothing does.
    fn may_begin(&self) -> bool {
        // The highest bit of a lane is left where no more is taken from it than there is.
        let raised = u128::from((self.rows * RAISED).unsigned_abs()) * BEGINS;
        ((self.lanes & LANES | HIGHEST) - raised) & HIGHEST != 0
    }

    pub(super) fn lead(&self) -> Lead {
        let raised = self.rows * RAISED;
        std::array::from_fn(|tag| i32::from((self.lanes >> (16 * tag)) as u16) - raised)
    }
}

/// Weights as they are looked up.
pub(super) struct Model {
    steps: Steps,
    gains: Gains,
    /// A bit for every feature that has a row, by the lowest bits of its number.
    seen: Box<[u64; SEEN_WORDS]>,
    slots: Slots,
    /// What every tag weighs more than nothing does: see [`Sum`]. The first is nothing, for what has no row.
    rows: Vec<u128>,
}

/// Where the row of a feature is, by one look: features with the same lowest bits are a group, and every group is moved
/// on by as much as it takes for each to have a slot of its own.
struct Slots {
    moved: Box<[u32; GROUPS]>,
    /// A feature and one, or 0; and the place of its row.
    slots: Vec<(u32, u16)>,
}

const GROUP_BITS: u32 = 11;
const GROUPS: usize = 1 << GROUP_BITS;

impl Slots {
    /// The features have the places from 1 on.
    fn new(features: &[u32]) -> Self {
        let mut size = (features.len() * 2).next_power_of_two().max(GROUPS);
        loop {
            match Self::sized(features, size) {
                Some(slots) => return slots,
                // With a slot for every feature there is, they are all apart.
                None => size *= 2,
            }
        }
    }

    fn sized(features: &[u32], size: usize) -> Option<Self> {
        let mut groups: Vec<Vec<(u32, u16)>> = vec![Vec::new(); GROUPS];
        for (feature, place) in features.iter().zip(1..) {
            groups[group(*feature)].push((feature + 1, place));
        }
        let mut slots = vec![(0, 0); size];
        let mut moved = Box::new([0; GROUPS]);
        let mut largest: Vec<usize> = (0..GROUPS).collect();
        largest.sort_by_key(|group| std::cmp::Reverse(groups[*group].len()));
        for group in largest {
            let by = (0..size as u32).find(|by| {
                let mut taken = groups[group].iter();
                taken.all(|(feature, _)| slots[slot(feature - 1, *by, size)] == (0, 0))
            })?;
            moved[group] = by;
            for row in &groups[group] {
                slots[slot(row.0 - 1, by, size)] = *row;
            }
        }
        Some(Self { moved, slots })
    }

    /// 0 for a feature without a row. There is no branch in it: which features have one cannot be guessed.
    #[inline(always)]
    fn place(&self, feature: u32) -> usize {
        let by = self.moved[group(feature)];
        let (found, place) = self.slots[slot(feature, by, self.slots.len())];
        usize::from(if found == feature + 1 { place } else { 0 })
    }
}

fn group(feature: u32) -> usize {
    feature as usize & (GROUPS - 1)
}

fn slot(feature: u32, moved_by: u32, size: usize) -> usize {
    let apart = (feature >> GROUP_BITS).wrapping_mul(0x9e37_79b1);
    apart.wrapping_add(moved_by) as usize & (size - 1)
}

impl Model {
    /// One that knows nothing but these words.
    pub(super) fn knowing(words: impl Iterator<Item = u32>) -> Self {
        let mut features: Vec<u32> = words.map(known).collect();
        features.sort_unstable();
        features.dedup();
        let rows = features.into_iter().map(|feature| Row {
            feature,
            weights: [0; TAGS],
        });
        Self::new([[0; TAGS]; TAGS + 1], &rows.collect::<Vec<_>>())
    }

    /// `transitions` as training learnt them.
    pub(super) fn new(transitions: Steps, rows: &[Row]) -> Self {
        let steps = steps(&transitions);
        let features: Vec<u32> = rows.iter().map(|row| row.feature).collect();
        let mut seen = Box::new([0; SEEN_WORDS]);
        for feature in &features {
            seen[*feature as usize >> 6 & (SEEN_WORDS - 1)] |= 1 << (feature & 63);
        }
        let leads = rows.iter().map(|row| {
            let lead = |tag: usize| i32::from(row.weights[tag + 1]) - i32::from(row.weights[0]);
            packed(std::array::from_fn(lead))
        });
        Self {
            gains: Gains::of(&steps),
            steps,
            seen,
            slots: Slots::new(&features),
            rows: std::iter::once(0).chain(leads).collect(),
        }
    }

    pub(super) fn steps(&self) -> &Steps {
        &self.steps
    }

    pub(super) fn gains(&self) -> &Gains {
        &self.gains
    }

    /// Whether training saw a word often.
    pub(super) fn knows(&self, word: u32) -> bool {
        let feature = known(word);
        self.may_have(feature) && self.slots.place(feature) > 0
    }

    /// What item `at` weighs, counted without the empty ones before; nothing where it can only be nothing. `open`:
    /// whether the one before it may be something, which may go on.
    pub(super) fn lead(&self, items: &[Item], at: usize, open: bool) -> Option<Lead> {
        let window = window(items, at).filter(|window| !window[BEFORE].taken)?;
        let mut sum = Sum::default();
        let mut sought = Sought::default();
        first(window, |feature| sought.push(self, feature));
        self.add(&sought, &mut sum);
        if !open && !sum.may_begin() {
            return None;
        }
        let mut sought = Sought::default();
        further(window, |feature| sought.push(self, feature));
        self.add(&sought, &mut sum);
        if !open {
            return sum.may_begin().then(|| sum.lead());
        }
        let lead = sum.lead();
        lead.iter().any(|lead| *lead >= -FAR).then_some(lead)
    }

    #[inline(always)]
    fn may_have(&self, feature: u32) -> bool {
        self.seen[feature as usize >> 6 & (SEEN_WORDS - 1)] >> (feature & 63) & 1 == 1
    }

    #[inline(always)]
    pub(super) fn add(&self, sought: &Sought, sum: &mut Sum) {
        for feature in &sought.features[..sought.count % FEATURES_MAX] {
            let place = self.slots.place(*feature);
            sum.lanes = sum.lanes.wrapping_add(self.rows[place]);
            sum.rows += i32::from(place > 0);
        }
    }
}

/// Features that may have a row.
#[derive(Default)]
pub(super) struct Sought {
    features: [u32; FEATURES_MAX],
    count: usize,
}

impl Sought {
    /// There is no branch in it, as in [`Slots::place`].
    #[inline(always)]
    pub(super) fn push(&mut self, model: &Model, feature: u32) {
        self.features[self.count % FEATURES_MAX] = feature;
        self.count += usize::from(model.may_have(feature));
    }
}

pub(super) fn known(word: u32) -> u32 {
    mix(KNOWN, word) >> (32 - FEATURE_BITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(leads: &[Lead], wanted: bool) {
        let mut sum = Sum::default();
        for lead in leads {
            sum.lanes += packed(*lead);
            sum.rows += 1;
        }
        let of_all = sum.lead().iter().step_by(2).any(|lead| *lead >= 0);
        assert_eq!((sum.may_begin(), of_all), (wanted, wanted), "{leads:?}");
    }

    #[test]
    fn what_may_begin_is_told_from_the_lanes() {
        check(&[[-1; TAGS - 1]], false);
        check(&[[-1, 9, -1, 9, -1, 9, -1, 9]], false);
        check(&[[-1, 9, -1, 9, -1, 9, 0, -9]], true);
        check(&[[0, -9, -255, -9, -1, -9, -1, -9]], true);
        check(&[[-255; TAGS - 1], [255; TAGS - 1]], true);
        check(&[[-255; TAGS - 1], [254; TAGS - 1]], false);
        check(&[[-255; TAGS - 1]; 40], false);
        check(&[[255; TAGS - 1]; 40], true);
    }
}

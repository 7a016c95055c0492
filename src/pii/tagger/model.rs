//! What features weigh, and the file that it is read from.
//!
//! The file: `CTG1`; the number of rows and a check sum over all that follows it, 4 bytes each, lowest first; the
//! weights between a tag (or the start) and the next, 2 bytes each; how many sets of tags there are, 2 bytes, and the
//! sets, 2 bytes each; then for all rows the distance of the feature's number from the one before, then for all rows
//! the place of its set of tags, both in 7 bits a byte, lowest first; then for all rows a byte for every tag of its set.
//! It is made by [`super::train`].

use super::features::{BEFORE, FEATURE_BITS, Item, first, further, mix, window};
use super::{Lead, TAGS};

const MAGIC: &[u8; 4] = b"CTG1";
/// The template of the rows that say no more than that training saw a word often.
const KNOWN: u32 = 0;

/// Why weights cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeightsError {
    /// It is another file.
    #[error(
        "the tagger's weights do not begin with CTG1; make them anew with `cargo run --release --example tagger`"
    )]
    Magic,
    /// Some of it is not as it was written, or missing.
    #[error(
        "the tagger's weights are damaged; make them anew with `cargo run --release --example tagger`"
    )]
    Damaged,
}

/// A row of the file: a feature and what it weighs for every tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) feature: u32,
    pub(super) weights: [i8; TAGS],
}

/// So many 64 bits tell most features that have no row from those that may have one.
const SEEN_WORDS: usize = 1 << 11;

/// A sum of rows, all tags at once: 16 bits a tag, in each of which every row counts [`RAISED`] more than it weighs, so
/// that none is below nothing and no tag takes from the next one. A few dozen rows cannot run over.
#[derive(Default)]
struct Sum {
    lanes: u128,
    rows: i32,
}

const RAISED: i32 = 256;

/// A row in the form of a sum.
fn packed(lead: Lead) -> u128 {
    let lanes = lead.iter().rev();
    lanes.fold(0, |all, lead| {
        all << 16 | u128::from(lead.wrapping_add(RAISED).unsigned_abs())
    })
}

impl Sum {
    fn lead(&self) -> Lead {
        let raised = self.rows * RAISED;
        std::array::from_fn(|tag| i32::from((self.lanes >> (16 * tag)) as u16) - raised)
    }
}

/// Whether anything speaks for it that something begins here.
fn may_begin(lead: &Lead) -> bool {
    lead.iter().step_by(2).any(|lead| *lead >= 0)
}

/// Weights as they are looked up.
pub(super) struct Model {
    transitions: [[i32; TAGS]; TAGS + 1],
    /// A bit for every feature that has a row, by the lowest bits of its number.
    seen: Box<[u64; SEEN_WORDS]>,
    /// A table with open addresses: a feature and one, or 0.
    slots: Vec<u32>,
    /// The place of the row of every slot.
    places: Vec<u16>,
    /// What every tag weighs more than nothing does: see [`Sum`].
    rows: Vec<u128>,
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

    fn new(transitions: [[i32; TAGS]; TAGS + 1], rows: &[Row]) -> Self {
        let slots = (rows.len() * 2 + 1).next_power_of_two();
        let mut model = Self {
            transitions,
            seen: Box::new([0; SEEN_WORDS]),
            slots: vec![0; slots],
            places: vec![0; slots],
            rows: Vec::with_capacity(rows.len()),
        };
        for (row, place) in rows.iter().zip(0..) {
            model.seen[row.feature as usize >> 6 & (SEEN_WORDS - 1)] |= 1 << (row.feature & 63);
            let mut slot = model.slot(row.feature);
            while model.slots[slot] != 0 {
                slot = (slot + 1) & (model.slots.len() - 1);
            }
            model.slots[slot] = row.feature + 1;
            model.places[slot] = place;
            let lead = |tag: usize| i32::from(row.weights[tag + 1]) - i32::from(row.weights[0]);
            model.rows.push(packed(std::array::from_fn(lead)));
        }
        model
    }

    fn slot(&self, feature: u32) -> usize {
        feature as usize & (self.slots.len() - 1)
    }

    #[inline(never)]
    fn row(&self, feature: u32) -> Option<&u128> {
        let mut slot = self.slot(feature);
        loop {
            let found = self.slots[slot];
            if found == feature + 1 {
                return self.rows.get(usize::from(self.places[slot]));
            }
            if found == 0 {
                return None;
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }

    pub(super) fn transitions(&self) -> &[[i32; TAGS]; TAGS + 1] {
        &self.transitions
    }

    /// Whether training saw a word often.
    pub(super) fn knows(&self, word: u32) -> bool {
        let feature = known(word);
        self.may_have(feature) && self.row(feature).is_some()
    }

    /// What item `at` weighs, counted without the empty ones before; nothing where it can only be nothing. `open`:
    /// whether the one before it may be something, which may go on.
    pub(super) fn lead(&self, items: &[Item], at: usize, open: bool) -> Option<Lead> {
        let window = window(items, at).filter(|window| !window[BEFORE].taken)?;
        let mut sum = Sum::default();
        first(window, |feature| self.add(feature, &mut sum));
        if !open && !may_begin(&sum.lead()) {
            return None;
        }
        further(window, |feature| self.add(feature, &mut sum));
        let lead = sum.lead();
        (open || may_begin(&lead)).then_some(lead)
    }

    #[inline(always)]
    fn may_have(&self, feature: u32) -> bool {
        self.seen[feature as usize >> 6 & (SEEN_WORDS - 1)] >> (feature & 63) & 1 == 1
    }

    #[inline(always)]
    fn add(&self, feature: u32, sum: &mut Sum) {
        if self.may_have(feature)
            && let Some(row) = self.row(feature)
        {
            sum.lanes = sum.lanes.wrapping_add(*row);
            sum.rows += 1;
        }
    }

    pub(super) fn read(bytes: &[u8]) -> Result<Self, WeightsError> {
        let body = bytes.strip_prefix(MAGIC).ok_or(WeightsError::Magic)?;
        let mut file = Reader(body);
        let count = file.long().ok_or(WeightsError::Damaged)?;
        let check = file.long().ok_or(WeightsError::Damaged)?;
        if check != sum(file.0) {
            return Err(WeightsError::Damaged);
        }
        file.model(count as usize).ok_or(WeightsError::Damaged)
    }
}

pub(super) fn known(word: u32) -> u32 {
    mix(KNOWN, word) >> (32 - FEATURE_BITS)
}

/// FNV-1a, over bytes as they are.
fn sum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |sum: u32, byte| {
        (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    })
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*taken)
    }

    fn long(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    /// A number in 7 bits a byte.
    fn packed(&mut self) -> Option<u32> {
        let mut number = 0;
        for shift in [0, 7, 14, 21] {
            let [byte] = self.take()?;
            number |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn model(&mut self, count: usize) -> Option<Model> {
        if count > self.0.len() {
            return None;
        }
        let mut transitions = [[0; TAGS]; TAGS + 1];
        for weight in transitions.iter_mut().flatten() {
            *weight = i32::from(i16::from_le_bytes(self.take()?));
        }
        let sets = u16::from_le_bytes(self.take()?);
        let sets: Option<Vec<u16>> = (0..sets)
            .map(|_| self.take().map(u16::from_le_bytes))
            .collect();
        let (sets, mut feature) = (sets?, 0);
        let mut rows = Vec::with_capacity(count);
        for _ in 0..count {
            feature += self.packed()?;
            if feature >> FEATURE_BITS != 0 {
                return None;
            }
            rows.push((feature, 0));
        }
        for row in &mut rows {
            row.1 = *sets.get(self.packed()? as usize)?;
        }
        let mut read = Vec::with_capacity(count);
        for (feature, set) in rows {
            let mut weights = [0; TAGS];
            for (tag, weight) in weights.iter_mut().enumerate() {
                if set >> tag & 1 == 1 {
                    *weight = i8::from_le_bytes(self.take()?);
                }
            }
            read.push(Row { feature, weights });
        }
        self.0.is_empty().then(|| Model::new(transitions, &read))
    }
}

/// The file of these weights. `rows` are in order of their features, each once; those of words that are known as well.
pub(super) fn written(transitions: &[[i16; TAGS]; TAGS + 1], rows: &[Row]) -> Vec<u8> {
    let set = |row: &Row| {
        let tags = row.weights.iter().zip(0..);
        tags.fold(0_u16, |set, (weight, tag)| {
            set | u16::from(*weight != 0) << tag
        })
    };
    let mut counts = [0_usize; 1 << TAGS];
    rows.iter()
        .for_each(|row| counts[usize::from(set(row))] += 1);
    let mut sets: Vec<u16> = (0..1 << TAGS)
        .filter(|set| counts[usize::from(*set)] > 0)
        .collect();
    // The most frequent have the shortest places.
    sets.sort_by_key(|set| (std::cmp::Reverse(counts[usize::from(*set)]), *set));
    let mut body: Vec<u8> = transitions
        .iter()
        .flatten()
        .flat_map(|weight| weight.to_le_bytes())
        .collect();
    let count = u16::try_from(sets.len()).unwrap_or(u16::MAX);
    body.extend(count.to_le_bytes());
    body.extend(sets.iter().flat_map(|set| set.to_le_bytes()));
    let mut last = 0;
    for row in rows {
        pack(&mut body, row.feature - last);
        last = row.feature;
    }
    for row in rows {
        let place = sets.iter().zip(0..).find(|(other, _)| **other == set(row));
        pack(&mut body, place.map_or(0, |(_, place)| place));
    }
    let weights = rows.iter().flat_map(|row| row.weights);
    body.extend(
        weights
            .filter(|weight| *weight != 0)
            .flat_map(i8::to_le_bytes),
    );
    let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    [
        &MAGIC[..],
        &count.to_le_bytes(),
        &sum(&body).to_le_bytes(),
        &body,
    ]
    .concat()
}

fn pack(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// The module of the page: the file in base64.
#[must_use]
pub fn weights_js(weights: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(weights.len() * 4 / 3 + 4);
    for part in weights.chunks(3) {
        let bits = (0..3).fold(0, |bits, at| {
            bits << 8 | usize::from(part.get(at).copied().unwrap_or(0))
        });
        for digit in 0..4 {
            let place = bits >> (18 - 6 * digit) & 63;
            text.push(if digit <= part.len() {
                char::from(DIGITS[place])
            } else {
                '='
            });
        }
    }
    format!(
        "// Written by 'cargo run --release --example tagger'; do not edit.\nexport default \"{text}\";\n"
    )
}

//! The file of the weights, and its module for the page.
//!
//! The file: `CTG1`; the number of rows and a check sum over all that follows it, 4 bytes each, lowest first; the
//! weights between a tag (or the start) and the next, 2 bytes each; how many sets of tags there are, 2 bytes, and the
//! sets, 2 bytes each; then for all rows the distance of the feature's number from the one before, then for all rows
//! the place of its set of tags, both in 7 bits a byte, lowest first; then for all rows a byte for every tag of its
//! set.
//! It is made by [`super::train`].

use super::TAGS;
use super::features::FEATURE_BITS;
use super::model::{Model, Row};

const MAGIC: &[u8; 4] = b"CTG1";
/// The place of a row has 2 bytes in a [`Model`], and is counted from 1.
const ROWS_MAX: usize = (1 << 16) - 2;

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

impl Model {
    /// Reads weights; whatever else the bytes may be is refused.
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
        if count > self.0.len().min(ROWS_MAX) {
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
        for nth in 0..count {
            let on = self.packed()?;
            feature += on;
            // Each once.
            if feature >> FEATURE_BITS != 0 || on == 0 && nth > 0 {
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::pii::tagger::WEIGHTS;
    use crate::pii::tagger::model::{Sought, Sum};

    fn rows() -> Vec<Row> {
        let row = |feature, tag: usize, weight| {
            let mut weights = [0; TAGS];
            weights[tag] = weight;
            Row { feature, weights }
        };
        vec![row(3, 0, -7), row(900, 1, 127), row(4_000_000, 8, -127)]
    }

    #[test]
    fn what_is_written_is_read() {
        let mut transitions = [[0; TAGS]; TAGS + 1];
        transitions[9][1] = -300;
        let model = Model::read(&written(&transitions, &rows())).unwrap();
        assert_eq!(model.steps()[9][1], -300);
        let lead = |feature| {
            let mut sum = Sum::default();
            let mut sought = Sought::default();
            sought.push(&model, feature);
            model.add(&sought, &mut sum);
            sum.lead()
        };
        assert_eq!(lead(3), [7; TAGS - 1]);
        assert_eq!(lead(900), [127, 0, 0, 0, 0, 0, 0, 0]);
        assert_eq!(lead(4_000_000), [0, 0, 0, 0, 0, 0, 0, -127]);
        assert_eq!(lead(4), [0; TAGS - 1]);
    }

    #[test]
    fn weights_that_are_damaged_are_refused() {
        assert!(Model::read(WEIGHTS).is_ok());
        assert_eq!(Model::read(b"").err(), Some(WeightsError::Magic));
        assert_eq!(Model::read(b"CTG1").err(), Some(WeightsError::Damaged));
        let file = written(&[[0; TAGS]; TAGS + 1], &rows());
        for end in 4..file.len() {
            assert_eq!(
                Model::read(&file[..end]).err(),
                Some(WeightsError::Damaged),
                "{end}"
            );
        }
        for at in 4..file.len() {
            let mut damaged = file.clone();
            damaged[at] ^= 0x55;
            assert_eq!(
                Model::read(&damaged).err(),
                Some(WeightsError::Damaged),
                "{at}"
            );
        }
    }

    /// Nothing of a file is believed, even where its check sum is right.
    #[test]
    fn weights_that_were_never_written_are_refused() {
        let rows = rows();
        let file = written(&[[0; TAGS]; TAGS + 1], &rows);
        let with = |count: u32, body: &[u8]| {
            let head = [&MAGIC[..], &count.to_le_bytes(), &sum(body).to_le_bytes()].concat();
            Model::read(&[&head, body].concat()).err()
        };
        let body = &file[12..];
        assert_eq!(with(3, body), None);
        for count in [0, 2, 4, u32::MAX] {
            assert_eq!(with(count, body), Some(WeightsError::Damaged), "{count}");
        }
        let twice = written(&[[0; TAGS]; TAGS + 1], &[rows[0], rows[0]]);
        assert_eq!(Model::read(&twice).err(), Some(WeightsError::Damaged));
        for at in 0..body.len() {
            let mut other = body.to_vec();
            other[at] = 0xff;
            let _ = with(3, &other);
        }
    }

    #[test]
    fn the_page_has_the_file_in_base64() {
        let module = weights_js(b"CTG1\xff");
        assert!(
            module.ends_with("export default \"Q1RHMf8=\";\n"),
            "{module}"
        );
    }
}

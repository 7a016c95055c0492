//! Words and fragments of words as numbers: the vocabulary of the content and sparse vectors.
//!
//! Features are word 1- and 2-grams and character 2- to 5-grams within word boundaries, weighted
//! by sublinear term frequency times inverse document frequency, each of the two blocks scaled to
//! unit length. N-grams that occur in exactly the same examples equally often always get the same
//! weight from a linear model, so they share one row of it: an exact saving of half the work.
//! It does not learn weights.

use super::hashing::{QuickMap, STEP, step};
use super::message::Message;
use serde::{Deserialize, Serialize};

/// Blocks of features, scaled apart from each other.
const BLOCKS: usize = 2;
const WORDS: usize = 0;
const FRAGMENTS: usize = 1;

/// Length of each block's vector, so that a whole vector has unit length.
const BLOCK_LENGTH: f32 = std::f32::consts::FRAC_1_SQRT_2;

/// Character n-grams go up to this length.
const FRAGMENT_MAX: usize = 5;

/// From so many examples on, what only one of them holds is left out: on messages of other writers it was
/// worth less than chance gives or takes (docs/decisions/0009).
const MANY: usize = 20_000;

/// One number of a sparse vector: a row of the model and its value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Entry {
    /// Row of the model's weights.
    pub(super) row: u32,
    /// Value, never zero.
    pub(super) value: f32,
}

/// The n-grams of the content, each with its weight and its row.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Vocabulary {
    columns: QuickMap<u64, Column>,
    /// Weight of an n-gram that no example holds.
    unseen_idf: f32,
}

/// All that is known of an n-gram, in one place: a message's n-grams lie far apart, and each place that
/// is looked at may have to come from memory.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Column {
    /// Its place among all columns: those of a row stand side by side.
    place: u32,
    /// Rows are in the order of the examples that hold them first. Words and fragments never share one.
    row: u32,
    idf: f32,
    /// One over the square root of the number of columns that share the row.
    scale: f32,
}

impl Vocabulary {
    /// Learns the n-grams of the examples. Same examples in the same order, same vocabulary.
    pub(super) fn fit(examples: &[Message]) -> Self {
        struct Seen {
            gram: Gram,
            documents: u32,
            pattern: u64,
        }
        let mut index: QuickMap<u64, u32> = QuickMap::default();
        let mut seen: Vec<Seen> = Vec::new();
        let mut grams: Vec<Gram> = Vec::new();
        for (document, example) in (1_u64..).zip(examples) {
            grams.clear();
            let words = example.slices(example.words());
            for_each_gram(&words, |gram| grams.push(gram));
            grams.sort_unstable_by_key(|gram| gram.hash);
            for same in grams.chunk_by(|a, b| a.hash == b.hash) {
                let at = *index.entry(same[0].hash).or_insert_with(|| {
                    seen.push(Seen {
                        gram: same[0],
                        documents: 0,
                        pattern: same[0].block as u64,
                    });
                    bounded_index(seen.len() - 1)
                });
                let seen = &mut seen[at as usize];
                seen.documents += 1;
                seen.pattern = mix(seen.pattern ^ mix(document << 16 | same.len() as u64));
            }
        }

        let mut row_of_pattern: QuickMap<u64, u32> = QuickMap::default();
        let mut sharing: Vec<(usize, u32)> = Vec::new();
        let mut columns: Vec<(u32, u64, f32)> = Vec::with_capacity(seen.len());
        let documents = examples.len() as f32;
        let documents_min = if examples.len() < MANY { 1 } else { 2 };
        for one in seen.iter().filter(|one| one.documents >= documents_min) {
            let row = *row_of_pattern.entry(one.pattern).or_insert_with(|| {
                sharing.push((one.gram.block, 0));
                bounded_index(sharing.len() - 1)
            });
            sharing[row as usize].1 += 1;
            columns.push((row, one.gram.hash, idf(documents, one.documents as f32)));
        }
        columns.sort_unstable_by_key(|(row, hash, _)| (*row, *hash));
        let column = |(place, (row, hash, idf)): (u32, (u32, u64, f32))| {
            let (_, columns) = sharing[row as usize];
            let scale = 1.0 / (columns as f32).sqrt();
            let column = Column {
                place,
                row,
                idf,
                scale,
            };
            (hash, column)
        };
        Self {
            columns: (0..).zip(columns).map(column).collect(),
            unseen_idf: idf(documents, 0.0),
        }
    }

    /// The sparse vector of some words, rows ascending; empty where nothing is known.
    pub(super) fn vector(&self, words: &[&[u8]]) -> Vec<Entry> {
        let mut found: Vec<(Column, usize)> = Vec::with_capacity(words.len() * 24);
        // Where each stands among all columns, and in what was found: quicker to put in order than that is.
        let mut order: Vec<u64> = Vec::with_capacity(words.len() * 24);
        let mut squares = [0.0_f32; BLOCKS];
        for_each_gram(words, |gram| match self.columns.get(&gram.hash) {
            Some(column) => {
                order.push(u64::from(column.place) << 32 | found.len() as u64);
                found.push((*column, gram.block));
            }
            None if gram.tells => squares[gram.block] += self.unseen_idf * self.unseen_idf,
            None => {}
        });
        order.sort_unstable();
        let mut vector: Vec<Entry> = Vec::with_capacity(found.len());
        // Of each row, what it is scaled by, and its block.
        let mut rows: Vec<(f32, usize)> = Vec::with_capacity(found.len());
        for same in order.chunk_by(|a, b| a >> 32 == b >> 32) {
            let (column, block) = found[(same[0] & u64::from(u32::MAX)) as usize];
            // Most are there once, and the logarithm of 1 is 0.
            let times = match same.len() {
                1 => 1.0,
                times => 1.0 + (times as f32).ln(),
            };
            let value = times * column.idf;
            squares[block] += value * value;
            match vector.last_mut() {
                Some(last) if last.row == column.row => last.value += value,
                _ => {
                    vector.push(Entry {
                        row: column.row,
                        value,
                    });
                    rows.push((column.scale, block));
                }
            }
        }
        let mut factor = [BLOCK_LENGTH; BLOCKS];
        for (factor, squares) in factor.iter_mut().zip(squares) {
            *factor /= squares.sqrt().max(f32::MIN_POSITIVE);
        }
        for (entry, (scale, block)) in vector.iter_mut().zip(rows) {
            entry.value *= scale * factor[block];
        }
        vector
    }
}

fn idf(documents: f32, holding: f32) -> f32 {
    ((1.0 + documents) / (1.0 + holding)).ln() + 1.0
}

/// Numbers of n-grams are bounded by the limits on training (`train::EXAMPLES_MAX`).
fn bounded_index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[derive(Debug, Clone, Copy)]
struct Gram {
    hash: u64,
    block: usize,
    /// Whether it counts towards the length of the vector when no example holds it.
    ///
    /// Unknown words and fragments do, so that a message of which little is known scores low
    /// everywhere. Numbers do not: the house number is not what the resident needs.
    tells: bool,
}

/// Calls `emit` for every n-gram of `words`, repeated ones each time.
fn for_each_gram(words: &[&[u8]], mut emit: impl FnMut(Gram)) {
    let mut before: Option<u64> = None;
    let mut padded: Vec<u8> = Vec::with_capacity(32);
    for bytes in words {
        let unigram = bytes.iter().fold(WORD_SEED, |hash, byte| step(hash, *byte));
        let number = bytes.iter().all(u8::is_ascii_digit);
        emit(Gram {
            hash: mix(unigram),
            block: WORDS,
            tells: !number,
        });
        if let Some(before) = before {
            let hash = mix(before.rotate_left(23) ^ unigram.wrapping_mul(STEP));
            emit(Gram {
                hash,
                block: WORDS,
                tells: false,
            });
        }
        before = Some(unigram);
        if !number {
            padded.clear();
            padded.push(b' ');
            padded.extend_from_slice(bytes);
            padded.push(b' ');
            for_each_fragment(&padded, &mut emit);
        }
    }
}

/// `padded` is a word with a space on either side.
fn for_each_fragment(padded: &[u8], emit: &mut impl FnMut(Gram)) {
    for from in 0..padded.len() - 1 {
        let mut hash = FRAGMENT_SEED;
        for (length, byte) in (1..=FRAGMENT_MAX).zip(&padded[from..]) {
            hash = step(hash, *byte);
            if length > 1 {
                emit(Gram {
                    hash: mix(hash),
                    block: FRAGMENTS,
                    tells: true,
                });
            }
        }
    }
}

const WORD_SEED: u64 = 0x9AE1_6A3B_2F90_404F;
const FRAGMENT_SEED: u64 = 0xC949_D7C7_509E_6557;

/// The finaliser of `SplitMix64`: every bit of the input moves every bit of the output.
fn mix(mut hash: u64) -> u64 {
    hash = (hash ^ hash >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    hash = (hash ^ hash >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    hash ^ hash >> 31
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(texts: &[&str]) -> (Vocabulary, Vec<Message>) {
        let messages: Vec<Message> = texts.iter().map(|text| Message::read(text)).collect();
        (Vocabulary::fit(&messages), messages)
    }

    fn vector(vocabulary: &Vocabulary, message: &Message) -> Vec<Entry> {
        vocabulary.vector(&message.slices(message.words()))
    }

    #[test]
    fn an_example_has_unit_length_and_the_unknown_shortens_a_message() {
        let (vocabulary, messages) =
            fit(&["my bin was missed", "a pothole on the road", "my road"]);
        // Rows are shared by the columns that always occur together, which keeps lengths.
        let length = |message: &Message| {
            let vector = vector(&vocabulary, message);
            vector
                .iter()
                .map(|entry| entry.value * entry.value)
                .sum::<f32>()
        };
        for message in &messages {
            assert!((length(message) - 1.0).abs() < 1e-4, "{}", length(message));
        }
        assert!(length(&Message::read("my bin was xylophoned")) < 0.95);
        assert!(vector(&vocabulary, &Message::read("ffff")).is_empty());
    }

    #[test]
    fn of_many_examples_what_one_alone_holds_is_not_kept() {
        let known = |examples: usize| {
            let texts: Vec<String> = (1..examples).map(|_| "my bin".to_owned()).collect();
            let mut texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            texts.push("xylophone");
            let (vocabulary, _) = fit(&texts);
            let known = |word| !vector(&vocabulary, &Message::read(word)).is_empty();
            [known("bin"), known("xylophone")]
        };
        assert_eq!(known(MANY - 1), [true, true]);
        assert_eq!(known(MANY), [true, false]);
    }

    #[test]
    fn sharing_rows_changes_no_product_of_two_examples() {
        let texts = [
            "my bin was missed",
            "a pothole on the road",
            "my road has my bin",
            "bins",
        ];
        let (vocabulary, messages) = fit(&texts);
        let shared = |a: &Message, b: &Message| -> f32 {
            let (a, b) = (vector(&vocabulary, a), vector(&vocabulary, b));
            let of_row = |row: u32| b.iter().find(|e| e.row == row).map_or(0.0, |e| e.value);
            a.iter().map(|entry| entry.value * of_row(entry.row)).sum()
        };
        let plain = |a: &Message, b: &Message| -> f32 {
            let (a, b) = (columns(&vocabulary, a), columns(&vocabulary, b));
            let of_column = |column: u32| b.iter().find(|e| e.0 == column).map_or(0.0, |e| e.1);
            a.iter()
                .map(|(column, value)| value * of_column(*column))
                .sum()
        };
        for a in &messages {
            for b in &messages {
                assert!((shared(a, b) - plain(a, b)).abs() < 1e-4);
            }
        }
    }

    /// The vector over n-grams, by the book: each block of tf x idf at its length.
    fn columns(vocabulary: &Vocabulary, message: &Message) -> Vec<(u32, f32)> {
        let mut counts: std::collections::BTreeMap<u32, (f32, Gram)> =
            std::collections::BTreeMap::new();
        for_each_gram(&message.slices(message.words()), |gram| {
            let column = vocabulary.columns[&gram.hash];
            counts.entry(column.place).or_insert((0.0, gram)).0 += 1.0;
        });
        let weigh = |(column, (count, gram)): (u32, (f32, Gram))| {
            let idf = vocabulary.columns[&gram.hash].idf;
            (column, (1.0 + count.ln()) * idf, gram.block)
        };
        let weighted: Vec<(u32, f32, usize)> = counts.into_iter().map(weigh).collect();
        let length = |of: usize| {
            let own = weighted.iter().filter(|(_, _, block)| *block == of);
            own.map(|(_, value, _)| value * value).sum::<f32>().sqrt()
        };
        let lengths = [length(WORDS), length(FRAGMENTS)];
        let scaled = weighted
            .iter()
            .map(|(c, v, block)| (*c, v * BLOCK_LENGTH / lengths[*block]));
        scaled.collect()
    }
}

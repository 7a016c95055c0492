//! One linear separator a class over sparse vectors, all classes learnt in one pass.
//!
//! The loss is the squared hinge, one class against the rest, minimised by dual coordinate descent
//! (Hsieh et al. 2008, "A dual coordinate descent method for large-scale linear SVM", as in
//! LIBLINEAR). The classes' problems are independent but share their examples, so one example
//! moves all classes at once, in plain loops over contiguous numbers. Being against the rest, a
//! score has a meaning of its own: where every class scores low, none is meant. It does not turn
//! scores into probabilities.

use super::features::Entry;

/// What a violated margin costs against the length of the weights: for a counter-example and for
/// an example, of which a class has few. Chosen on the validation parts of CLINC150 and BANKING77.
const COST: f32 = 1.0;
const COST_OF_EXAMPLE: f32 = 5.0;

/// Changes smaller than this are left for a later epoch.
const CHANGE_MIN: f32 = 1e-4;

/// Classes are padded to a multiple of this, so that loops over them need no remainder.
const LANES: usize = 8;

/// The most classes that one example can belong to: its intent and danger.
pub(super) const CLASSES_OF_EXAMPLE_MAX: usize = 2;

/// An example to learn from.
#[derive(Debug, Clone)]
pub(super) struct Example {
    /// Its vector.
    pub(super) vector: Vec<Entry>,
    /// The classes it belongs to, at most [`CLASSES_OF_EXAMPLE_MAX`]; it is a counter-example for
    /// all others.
    pub(super) classes: Vec<usize>,
}

/// Weights by row, the classes of a row side by side.
#[derive(Debug, Clone)]
pub(super) struct Weights {
    classes: usize,
    stride: usize,
    /// `rows + 1` times `stride`; the last row is the bias.
    values: Vec<f32>,
}

impl Weights {
    fn zero(rows: usize, classes: usize) -> Self {
        let stride = classes.next_multiple_of(LANES);
        Self {
            classes,
            stride,
            values: vec![0.0; (rows + 1) * stride],
        }
    }

    /// The score of each class, about +1 for the right one and -1 for the others.
    pub(super) fn scores(&self, vector: &[Entry]) -> Vec<f32> {
        let mut scores = vec![0.0; self.stride];
        self.add_scores(vector, &mut scores);
        scores.truncate(self.classes);
        scores
    }

    fn bias_at(&self) -> usize {
        self.values.len() - self.stride
    }

    fn add_scores(&self, vector: &[Entry], scores: &mut [f32]) {
        scores.copy_from_slice(&self.values[self.bias_at()..]);
        for entry in vector {
            let at = entry.row as usize * self.stride;
            for (score, weight) in scores.iter_mut().zip(&self.values[at..at + self.stride]) {
                *score += entry.value * weight;
            }
        }
    }

    fn add(&mut self, vector: &[Entry], change: &[f32]) {
        let bias = self.bias_at();
        for (weight, change) in self.values[bias..].iter_mut().zip(change) {
            *weight += change;
        }
        for entry in vector {
            let at = entry.row as usize * self.stride;
            for (weight, change) in self.values[at..at + self.stride].iter_mut().zip(change) {
                *weight += entry.value * change;
            }
        }
    }
}

/// Weights with the part that each example has in them, from which training can go on.
#[derive(Debug, Clone)]
pub(super) struct Learner<'a> {
    examples: &'a [Example],
    weights: Weights,
    /// Example by class, padded: signed, so that the weights are the sum of these times vectors.
    parts: Vec<f32>,
}

impl<'a> Learner<'a> {
    /// Knows nothing yet.
    pub(super) fn new(examples: &'a [Example], rows: usize, classes: usize) -> Self {
        let weights = Weights::zero(rows, classes);
        let parts = vec![0.0; examples.len() * weights.stride];
        Self {
            examples,
            weights,
            parts,
        }
    }

    /// Goes over the examples for which `in_use` holds, `epochs` times, each in a new order.
    pub(super) fn learn(&mut self, in_use: impl Fn(usize) -> bool, epochs: u32, seed: u64) {
        let mut order: Vec<usize> = (0..self.examples.len()).filter(|at| in_use(*at)).collect();
        let mut random = SplitMix(seed);
        let stride = self.weights.stride;
        let mut scores = vec![0.0; stride];
        for _epoch in 0..epochs {
            random.shuffle(&mut order);
            for &at in &order {
                let example = &self.examples[at];
                self.weights.add_scores(&example.vector, &mut scores);
                let parts = &mut self.parts[at * stride..(at + 1) * stride];
                if step(example, parts, &mut scores) {
                    self.weights.add(&example.vector, &scores);
                }
            }
        }
    }

    /// Takes an example's part out of the weights, as if it had not been there.
    pub(super) fn forget(&mut self, at: usize) {
        let stride = self.weights.stride;
        let parts = &mut self.parts[at * stride..(at + 1) * stride];
        let change: Vec<f32> = parts.iter().map(|part| -part).collect();
        parts.fill(0.0);
        self.weights.add(&self.examples[at].vector, &change);
    }

    /// The score of each class for the example `at`.
    pub(super) fn scores(&self, at: usize) -> Vec<f32> {
        self.weights.scores(&self.examples[at].vector)
    }

    /// What was learnt.
    pub(super) fn into_weights(self) -> Weights {
        self.weights
    }
}

/// Moves one example's parts to where its margins are best, given the scores; the scores become
/// the change. Returns whether anything moved.
fn step(example: &Example, parts: &mut [f32], scores: &mut [f32]) -> bool {
    // The bias counts as one more feature of value 1.
    let square = 1.0
        + example
            .vector
            .iter()
            .map(|entry| entry.value * entry.value)
            .sum::<f32>();
    let own: [Option<(usize, f32)>; CLASSES_OF_EXAMPLE_MAX] = std::array::from_fn(|at| {
        let class = *example.classes.get(at)?;
        let slack = 0.5 / COST_OF_EXAMPLE;
        let better = parts[class] + (1.0 - scores[class] - slack * parts[class]) / (square + slack);
        Some((class, better.max(0.0) - parts[class]))
    });
    let slack = 0.5 / COST;
    let rate = 1.0 / (square + slack);
    for (score, part) in scores.iter_mut().zip(parts.iter()) {
        let better = part - (*score + 1.0 + slack * part) * rate;
        *score = better.min(0.0) - part;
    }
    for (class, change) in own.into_iter().flatten() {
        scores[class] = change;
    }
    let mut moved = false;
    for (part, change) in parts.iter_mut().zip(scores.iter_mut()) {
        if change.abs() < CHANGE_MIN {
            *change = 0.0;
        }
        *part += *change;
        moved |= *change != 0.0;
    }
    moved
}

/// The `SplitMix64` generator: the order of examples, the same for the same seed.
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ z >> 31
    }

    fn shuffle(&mut self, order: &mut [usize]) {
        for last in (1..order.len()).rev() {
            let other = self.next() % (last as u64 + 1);
            order.swap(last, usize::try_from(other).unwrap_or(0));
        }
    }
}

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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn example(rows: &[u32], class: usize) -> Example {
        let vector = rows
            .iter()
            .map(|row| Entry {
                row: *row,
                value: 0.5,
            })
            .collect();
        Example {
            vector,
            classes: vec![class],
        }
    }

    fn examples() -> Vec<Example> {
        vec![
            example(&[0, 1, 9], 0),
            example(&[0, 2], 0),
            example(&[3, 4, 9], 1),
            example(&[3, 5], 1),
            example(&[6, 7, 9], 2),
            example(&[6, 8], 2),
        ]
    }

    #[test]
    fn classes_that_can_be_separated_are_and_the_unknown_scores_low_everywhere() {
        let examples = examples();
        let mut learner = Learner::new(&examples, 10, 3);
        learner.learn(|_| true, 50, 1);
        let weights = learner.into_weights();
        for example in &examples {
            for (class, score) in weights.scores(&example.vector).into_iter().enumerate() {
                assert_eq!(
                    score > 0.0,
                    class == example.classes[0],
                    "{example:?} {class} {score}"
                );
            }
        }
        let unknown = weights.scores(&[Entry { row: 9, value: 0.5 }]);
        assert!(unknown.iter().all(|score| *score < 0.0), "{unknown:?}");
    }

    /// At the minimum every example's part follows from its own margin (the Karush-Kuhn-Tucker
    /// conditions of the squared hinge): part = 2 x cost x (1 - margin), and 0 beyond the margin.
    #[test]
    fn training_reaches_the_minimum() {
        let examples = examples();
        let mut learner = Learner::new(&examples, 10, 3);
        learner.learn(|_| true, 300, 1);
        let stride = learner.weights.stride;
        for (at, example) in examples.iter().enumerate() {
            for (class, score) in learner.scores(at).into_iter().enumerate() {
                let own = class == example.classes[0];
                let (sign, cost) = if own {
                    (1.0, COST_OF_EXAMPLE)
                } else {
                    (-1.0, COST)
                };
                let expected = sign * 2.0 * cost * (1.0 - sign * score).max(0.0);
                let part = learner.parts[at * stride + class];
                assert!(
                    (part - expected).abs() < 0.02,
                    "{at} {class}: {part}, not {expected}"
                );
            }
        }
    }

    #[test]
    fn forgetting_every_example_leaves_nothing() {
        let examples = examples();
        let mut learner = Learner::new(&examples, 10, 3);
        learner.learn(|_| true, 20, 1);
        (0..examples.len()).for_each(|at| learner.forget(at));
        assert!(
            learner
                .weights
                .values
                .iter()
                .all(|weight| weight.abs() < 1e-5)
        );
    }
}

//! One line between danger and everything else, over the same features as the intents.
//!
//! The loss is the squared hinge, minimised by dual coordinate descent (Hsieh et al. 2008, as in
//! LIBLINEAR). A danger example counts more than another, because there are few of them and to miss
//! one is worse. Where the line is drawn is not decided here: the threshold comes from held-out
//! examples.

use super::linear::Features;
use super::widest::dot;

/// What a violated margin costs against the length of the weights.
const COST: f32 = 1.0;
const COST_OF_DANGER: f32 = 5.0;

/// A line, with the part that each example has in it.
#[derive(Debug, Clone)]
pub(super) struct Separator {
    sparse: Vec<f32>,
    dense: Vec<f32>,
    bias: f32,
}

impl Separator {
    /// Learns which of the examples are danger; those that are `None` are left out.
    pub(super) fn learn(
        examples: &[(&Features, Option<bool>)],
        (rows, width): (usize, usize),
        epochs: u32,
    ) -> Self {
        let mut line = Self {
            sparse: vec![0.0; rows],
            dense: vec![0.0; width],
            bias: 0.0,
        };
        let mut parts = vec![0.0_f32; examples.len()];
        for _epoch in 0..epochs {
            for ((features, danger), part) in examples.iter().zip(&mut parts) {
                let Some(danger) = *danger else { continue };
                let (sign, cost) = if danger {
                    (1.0, COST_OF_DANGER)
                } else {
                    (-1.0, COST)
                };
                // The bias counts as one more feature of value 1.
                let slack = 0.5 / cost;
                let square = 1.0 + features.square() + slack;
                let wrong = 1.0 - sign * line.score(features) - slack * *part;
                let change = (*part + wrong / square).max(0.0) - *part;
                *part += change;
                line.add(features, sign * change);
            }
        }
        line
    }

    /// About +1 for danger and -1 for the rest.
    pub(super) fn score(&self, features: &Features) -> f32 {
        let weight = |row: u32| self.sparse[row as usize];
        let entries = features.sparse.iter();
        let sparse: f32 = entries.map(|entry| entry.value * weight(entry.row)).sum();
        self.bias + sparse + dot(&self.dense, &features.dense)
    }

    fn add(&mut self, features: &Features, change: f32) {
        if change == 0.0 {
            return;
        }
        self.bias += change;
        for entry in &features.sparse {
            self.sparse[entry.row as usize] += entry.value * change;
        }
        for (weight, value) in self.dense.iter_mut().zip(&features.dense) {
            *weight += value * change;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn danger_lies_on_one_side_and_what_is_left_out_does_not_count() {
        let features = |dense: [f32; 2]| Features {
            sparse: Vec::new(),
            dense: dense.to_vec(),
        };
        let (danger, calm, odd) = (
            features([0.9, 0.1]),
            features([0.1, 0.9]),
            features([0.8, 0.2]),
        );
        let examples = [
            (&danger, Some(true)),
            (&calm, Some(false)),
            (&calm, Some(false)),
            (&odd, None),
        ];
        let line = Separator::learn(&examples, (0, 2), 50);
        assert!(line.score(&danger) > 0.3 && line.score(&calm) < -0.3);
        assert!(
            line.score(&odd) > 0.0,
            "learnt from the danger example alone"
        );
    }
}

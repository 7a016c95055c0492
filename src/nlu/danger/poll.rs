//! What the nearest of all that was learnt means: danger or not.
//!
//! A linear model must draw one line through thousands of ways to be in danger and as many to sound like it; what is said
//! nearly so was meant alike. On its own this finds more of what a stranger writes than the linear models over the same
//! embeddings (docs/decisions/0009).

/// The nearest of so many are asked.
const ASKED: usize = 12;
/// How much nearness counts: with a cosine of 0.1 more one says as much as three.
const NEARNESS: f32 = 12.0;
/// The share is taken to be at least this far from none and from all.
const SHARE_MIN: f32 = 0.01;

/// The nearest so far, nearest first.
#[derive(Debug, Clone, Default)]
pub(in crate::nlu) struct Poll {
    nearest: [(f32, bool); ASKED],
    count: usize,
}

impl Poll {
    /// Hears one at that cosine, which means danger or not.
    #[inline(always)]
    pub(in crate::nlu) fn add(&mut self, cosine: f32, danger: bool) {
        if self.count == ASKED && self.nearest[ASKED - 1].0 >= cosine {
            return;
        }
        let at = self.nearest[..self.count].partition_point(|(other, _)| *other >= cosine);
        self.count = ASKED.min(self.count + 1);
        self.nearest[at..self.count].rotate_right(1);
        self.nearest[at] = (cosine, danger);
    }

    /// The log-odds of danger; none where nobody was asked.
    pub(in crate::nlu) fn odds(&self) -> f32 {
        let asked = &self.nearest[..self.count];
        let Some((first, _)) = asked.first() else {
            return 0.0;
        };
        let weight = |cosine: f32| (NEARNESS * (cosine - first)).exp();
        let all: f32 = asked.iter().map(|(cosine, _)| weight(*cosine)).sum();
        let of_danger = asked.iter().filter(|(_, danger)| *danger);
        let danger: f32 = of_danger.map(|(cosine, _)| weight(*cosine)).sum();
        let share = (danger / all).clamp(SHARE_MIN, 1.0 - SHARE_MIN);
        (share / (1.0 - share)).ln()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn odds(heard: &[(f32, bool)]) -> f32 {
        let mut poll = Poll::default();
        heard
            .iter()
            .for_each(|(cosine, danger)| poll.add(*cosine, *danger));
        poll.odds()
    }

    #[test]
    fn the_nearest_are_asked_in_whatever_order_they_come() {
        let mut heard: Vec<(f32, bool)> = (0..40_u8)
            .map(|at| (0.9 - 0.01 * f32::from(at), at < 12))
            .collect();
        assert!(odds(&heard) > 4.0, "all twelve mean danger");
        heard.rotate_left(17);
        assert!(odds(&heard) > 4.0);
        heard.reverse();
        assert!(odds(&heard) > 4.0);
    }

    #[test]
    fn the_nearer_count_for_more() {
        assert!(odds(&[]).abs() < f32::EPSILON, "nobody was asked");
        assert!(odds(&[(0.5, true), (0.5, false)]).abs() < 1e-6);
        assert!(odds(&[(0.9, true), (0.5, false)]) > 1.0);
        assert!(odds(&[(0.9, false), (0.5, true), (0.5, true)]) < -1.0);
    }
}

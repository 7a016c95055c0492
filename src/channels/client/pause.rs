//! How long to wait before the next attempt: growing, and different from client to client, so that
//! a server that comes back is not met by all of them at once.

use std::time::Duration;

/// The first pause before a new attempt; doubled each time.
pub(super) const PAUSE_FIRST: Duration = Duration::from_millis(250);
/// The longest pause between attempts, also when the server asks for more.
pub(super) const PAUSE_MAX: Duration = Duration::from_secs(10);

/// The pauses of one client.
#[derive(Debug)]
pub(super) struct Pauses(u64);

impl Pauses {
    /// From a seed of its own.
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Half of the doubled pause, and a random part of the other half.
    pub(super) fn after(&mut self, attempts: u32) -> Duration {
        // SplitMix64: enough to spread clients, and it makes no claim to more.
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        let doubled = PAUSE_FIRST.saturating_mul(1 << attempts.min(10));
        let half_ms = u64::try_from(doubled.min(PAUSE_MAX).as_millis() / 2).unwrap_or(u64::MAX / 2);
        Duration::from_millis(half_ms + mixed % (half_ms + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_the_longest_and_differ_between_clients() {
        let pauses = |seed| {
            let mut pauses = Pauses::new(seed);
            (0..12)
                .map(|attempts| pauses.after(attempts))
                .collect::<Vec<_>>()
        };
        let (one, other) = (pauses(1), pauses(2));
        assert_ne!(one, other);
        assert!(one[0] <= PAUSE_FIRST && one[0] >= PAUSE_FIRST / 2);
        assert!(one.iter().all(|pause| *pause <= PAUSE_MAX));
        assert!(one[11] >= PAUSE_MAX / 2);
    }
}

//! The one place that asks the machine for the time and for random bytes; everything else is told.

use crate::transcripts::keys::Random;
use crate::transcripts::record::ConversationId;
use jiff::Timestamp;
use rand::Rng as _;
use std::time::Duration;

/// Tells the time. Tests pass a clock of their own.
pub trait Clock: Send + Sync {
    /// The time of day.
    fn now(&self) -> Timestamp;
    /// Time since some fixed moment, for measuring durations; never goes back.
    fn elapsed(&self) -> Duration;
}

/// The machine's clocks.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock {
    since: std::time::Instant,
}

impl SystemClock {
    /// A clock whose durations count from now.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that may ask"
    )]
    pub fn new() -> Self {
        Self {
            since: std::time::Instant::now(),
        }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that may ask"
    )]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn elapsed(&self) -> Duration {
        self.since.elapsed()
    }
}

/// Random bytes that nobody can guess: ChaCha, seeded and reseeded by the operating system. Asking
/// the system itself for each nonce would be a call into the kernel a turn.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that may ask"
    )]
    fn fill(&self, bytes: &mut [u8]) {
        rand::rng().fill_bytes(bytes);
    }
}

/// A new conversation id: a UUIDv7, ordered by time.
#[must_use]
pub fn conversation_id(now: Timestamp, random: &dyn Random) -> ConversationId {
    let mut bytes = [0; 10];
    random.fill(&mut bytes);
    let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
    ConversationId(uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid())
}

/// A new reference code for the resident: `CV-` and eight letters and digits in two groups.
///
/// Crockford's base 32 has no I, L, O or U, so that it survives being read out and written down;
/// 40 random bits, checked against those in use when it is recorded.
#[must_use]
pub fn reference(random: &dyn Random) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let mut bytes = [0; 8];
    random.fill(&mut bytes);
    let letters: Vec<char> = bytes
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(byte & 31)]))
        .collect();
    let (left, right) = letters.split_at(4);
    format!(
        "CV-{}-{}",
        left.iter().collect::<String>(),
        right.iter().collect::<String>()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counting;
    impl Random for Counting {
        fn fill(&self, bytes: &mut [u8]) {
            for (n, byte) in bytes.iter_mut().enumerate() {
                *byte = u8::try_from(n * 37 % 256).unwrap();
            }
        }
    }

    #[test]
    fn ids_are_version_7_and_ordered_by_time() {
        let early = conversation_id(Timestamp::from_second(1_780_000_000).unwrap(), &Counting);
        let late = conversation_id(Timestamp::from_second(1_780_000_001).unwrap(), &Counting);
        assert_eq!(early.0.get_version_num(), 7);
        assert!(early < late);
    }

    #[test]
    fn references_have_no_letters_that_are_misread() {
        let code = reference(&SystemRandom);
        assert_eq!(code.len(), 12);
        assert!(
            !code.chars().skip(3).any(|letter| "ILOU".contains(letter)),
            "{code}"
        );
    }
}

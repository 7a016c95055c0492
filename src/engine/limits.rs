//! Every limit by name, with its unit last; configuration may set each.

use serde::Deserialize;

/// What one server allows.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Longest message of a resident, bytes of UTF-8.
    pub message_bytes_max: usize,
    /// Longest WebSocket frame, bytes; longer ones close the connection.
    pub frame_bytes_max: usize,
    /// Most conversations held open at once.
    pub conversations_max: usize,
    /// A conversation without a word for this long is closed, seconds.
    pub inactivity_seconds: u32,
    /// A conversation that nobody is connected to leaves memory after this long, seconds.
    pub detached_seconds: u32,
    /// Turns a connection may take at once before it has to wait.
    pub turns_burst: f64,
    /// Turns a second that a connection may take in the long run.
    pub turns_per_second: f64,
    /// Connections an address may open at once before it has to wait.
    pub connections_burst: f64,
    /// Connections a second that an address may open in the long run.
    pub connections_per_second: f64,
    /// A connection that does not say hello is closed after this long, seconds.
    pub hello_seconds: u64,
    /// A reader that takes nothing for this long is closed as `slow`, seconds.
    pub write_seconds: u64,
    /// Time between heartbeats, seconds.
    pub heartbeat_seconds: u64,
    /// Time that turns in flight have at shutdown, seconds.
    pub drain_seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            message_bytes_max: 4_000,
            frame_bytes_max: 16 * 1024,
            conversations_max: 20_000,
            inactivity_seconds: 30 * 60,
            detached_seconds: 60,
            turns_burst: 10.0,
            turns_per_second: 1.0,
            connections_burst: 60.0,
            connections_per_second: 1.0,
            hello_seconds: 10,
            write_seconds: 10,
            heartbeat_seconds: 25,
            drain_seconds: 10,
        }
    }
}

/// A token bucket. The field of use is two numbers and no shared state, which is why it is ours
/// (docs/decisions/0006).
#[derive(Debug, Clone, Copy)]
pub struct TokenBucket {
    tokens: f64,
    filled_at_seconds: f64,
}

impl TokenBucket {
    /// A full bucket.
    #[must_use]
    pub fn full(burst: f64, now_seconds: f64) -> Self {
        Self {
            tokens: burst,
            filled_at_seconds: now_seconds,
        }
    }

    /// Takes a token, or says how many milliseconds to wait for one.
    ///
    /// # Errors
    /// Milliseconds until a token is there.
    pub fn take(&mut self, burst: f64, per_second: f64, now_seconds: f64) -> Result<(), u64> {
        let gained = (now_seconds - self.filled_at_seconds).max(0.0) * per_second;
        self.tokens = (self.tokens + gained).min(burst);
        self.filled_at_seconds = now_seconds;
        if self.tokens >= 1.0 {
            self.tokens -= 1.0;
            return Ok(());
        }
        let wait_seconds = (1.0 - self.tokens) / per_second.max(f64::MIN_POSITIVE);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped first"
        )]
        Err((wait_seconds * 1000.0).ceil().clamp(1.0, 3_600_000.0) as u64)
    }

    /// Whether it is full again, so that it need not be remembered.
    #[must_use]
    pub fn is_full(&self, burst: f64, per_second: f64, now_seconds: f64) -> bool {
        self.tokens + (now_seconds - self.filled_at_seconds).max(0.0) * per_second >= burst
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_gives_its_burst_then_its_rate() {
        let mut bucket = TokenBucket::full(3.0, 0.0);
        for _ in 0..3 {
            assert_eq!(bucket.take(3.0, 2.0, 0.0), Ok(()));
        }
        assert_eq!(bucket.take(3.0, 2.0, 0.0), Err(500));
        assert_eq!(bucket.take(3.0, 2.0, 0.5), Ok(()));
        assert_eq!(bucket.take(3.0, 2.0, 0.5), Err(500));
        assert!(!bucket.is_full(3.0, 2.0, 1.0));
        assert!(bucket.is_full(3.0, 2.0, 2.1));
        assert_eq!(
            bucket.take(3.0, 2.0, 0.1),
            Err(500),
            "a clock that goes back gives nothing away"
        );
    }
}

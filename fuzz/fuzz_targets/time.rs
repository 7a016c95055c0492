//! Time is linear in length: of a text that is a part said over and over, a byte costs no more at
//! thirty-two times the length than it does at the length of a long message.

#![no_main]

use cece_fuzz::pii::Detector;
use libfuzzer_sys::fuzz_target;
use rustix::time::{ClockId, clock_gettime};
use std::sync::LazyLock;

static DETECTOR: LazyLock<Detector> = LazyLock::new(cece_fuzz::detector);

const SHORT_BYTES: usize = 2_000;
const TIMES: usize = 32;
/// A quadratic rule would cost thirty-two times as much a byte.
const WORSE_MAX: f64 = 8.0;

/// Seconds of this thread on the processor: other work on the machine does not count.
fn seconds() -> f64 {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    now.tv_sec as f64 + now.tv_nsec as f64 / 1e9
}

fn time(text: &str, rounds: usize) -> f64 {
    let start = seconds();
    for _ in 0..rounds {
        std::hint::black_box(DETECTOR.scan(text));
    }
    seconds() - start
}

fuzz_target!(|part: &str| {
    if part.is_empty() || part.len() > 64 {
        return;
    }
    let short = part.repeat(SHORT_BYTES / part.len());
    let long = short.repeat(TIMES);
    // Caches may slow one side down: what is slow every time is slow.
    let slow = || time(&long, 1) > WORSE_MAX * time(&short, TIMES);
    assert!((0..6).any(|_| !slow()), "time is not linear in {part:?}");
});

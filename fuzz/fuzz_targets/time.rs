//! Time is linear in length: of a text that is a part said over and over, a byte costs no more at
//! thirty-two times the length than it does at the length of a long message.

#![no_main]

use cece_fuzz::pii::Detector;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

static DETECTOR: LazyLock<Detector> = LazyLock::new(cece_fuzz::detector);

const SHORT_BYTES: usize = 2_000;
const TIMES: usize = 32;
/// A quadratic rule would cost thirty-two times as much a byte.
const WORSE_MAX: f64 = 8.0;

fn time(text: &str, rounds: usize) -> Duration {
    let start = Instant::now();
    for _ in 0..rounds {
        std::hint::black_box(DETECTOR.scan(text));
    }
    start.elapsed()
}

fuzz_target!(|part: &str| {
    if part.is_empty() || part.len() > 64 {
        return;
    }
    let short = part.repeat(SHORT_BYTES / part.len());
    let long = short.repeat(TIMES);
    // Other work on the machine may slow one side down: what is slow every time is slow.
    let slow = || time(&long, 1).as_secs_f64() > WORSE_MAX * time(&short, TIMES).as_secs_f64();
    assert!((0..6).any(|_| !slow()), "time is not linear in {part:?}");
});

//! Any text is screened without a panic; spans are in order and inside the text, what stands outside
//! them is kept, and safe text is a fixed point. A second message after it is no different.

#![no_main]

use cece_fuzz::pii::{CardParts, Detector, Finding, RawText};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static DETECTOR: LazyLock<Detector> = LazyLock::new(cece_fuzz::detector);

fuzz_target!(|text: &str| {
    let (findings, safe) = DETECTOR.redact(text);
    let chars: Vec<char> = text.chars().collect();
    let mut outside = String::new();
    let mut end = 0;
    for Finding {
        kind,
        start,
        end: to,
        ..
    } in &findings
    {
        let (start, to) = (*start as usize, *to as usize);
        assert!(end <= start && start < to && to <= chars.len());
        outside.extend(&chars[end..start]);
        outside.push_str(kind.token());
        end = to;
    }
    outside.extend(&chars[end..]);
    assert_eq!(outside, safe.as_str());
    assert_eq!(DETECTOR.redact(safe.as_str()).1.as_str(), safe.as_str());

    let (first, second) = chars.split_at(chars.len() / 2);
    let message = |half: &[char]| RawText::new(half.iter().collect());
    let (_, parts) = DETECTOR.screen_after(message(first), None, &CardParts::default());
    let _ = DETECTOR.screen_after(message(second), None, &parts);
});

//! Finding IBANs in running text, where the country says how many characters belong to one: in
//! "gb94 barc ... 3459 for the refund" no pattern can tell the last group from the next word.

use super::identifiers::Iban;
use super::rule::Scene;
use std::ops::Range;
use zeroize::Zeroizing;

/// The fewest digits of an IBAN: more than half of the shortest, Norway's fifteen characters.
const DIGITS_MIN: usize = 8;

/// "gb29 nwbk then 6016 ...".
const THEN: &str = " then ";

/// The ranges of the text that hold an IBAN whose check holds.
pub(super) fn ibans(scene: &Scene<'_>) -> Vec<Range<usize>> {
    if scene.digits < DIGITS_MIN {
        return Vec::new();
    }
    let bytes = scene.normal.bytes();
    let starts = (0..bytes.len()).filter(|at| {
        let inside = at
            .checked_sub(1)
            .is_some_and(|left| bytes[left].is_ascii_alphanumeric());
        !inside && bytes[*at].is_ascii_lowercase()
    });
    starts
        .filter_map(|start| {
            let end = span(bytes, start)?;
            let text = scene.normal.text().get(start..end)?;
            let text = Zeroizing::new(text.replace(THEN, ""));
            // Words would pass mod 97 once in 97 times: an IBAN is mostly digits and ends with a word.
            let digits = text.bytes().filter(u8::is_ascii_digit).count();
            let letters = text.bytes().filter(u8::is_ascii_lowercase).count();
            let whole = bytes
                .get(end)
                .is_none_or(|byte| !byte.is_ascii_alphanumeric());
            let valid = digits > letters
                && whole
                && Iban::parse(&Zeroizing::new(text.replace('~', ""))).is_some();
            valid.then_some(start..end)
        })
        .collect()
}

/// The end of the characters that the country of an IBAN at `start` asks for.
fn span(bytes: &[u8], start: usize) -> Option<usize> {
    let mut head = [0; 4];
    let mut wanted = head.len();
    let mut taken = 0;
    let mut next = start;
    while let Some(byte) = bytes.get(next) {
        let at = next;
        if *byte == b' ' && bytes[at..].starts_with(THEN.as_bytes()) {
            next = at + THEN.len();
            continue;
        }
        next = at + 1;
        if !byte.is_ascii_alphanumeric() {
            let single = bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
            if matches!(byte, b' ' | b'-' | b'.' | b'~') && single {
                continue;
            }
            return None;
        }
        if let Some(place) = head.get_mut(taken) {
            *place = byte.to_ascii_uppercase();
        }
        taken += 1;
        if taken == head.len() {
            let [first, second, check @ ..] = head;
            if !check.iter().all(u8::is_ascii_digit) {
                return None;
            }
            wanted = Iban::length(&[first, second])?;
        }
        if taken == wanted && taken > head.len() {
            return Some(at + 1);
        }
    }
    None
}

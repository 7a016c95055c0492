//! Runs of digits: every stretch of neighbouring groups that could be one number, whatever stands
//! between the groups.
//!
//! A regular expression finds only the leftmost number of an overlapping lot ("ref 12 4111 ...");
//! here each group may begin one and each may end one. It does not know what a number means.

use super::normal::Normal;
use std::ops::Range;
use zeroize::Zeroizing;

/// The longest number that any row asks for; windows end there, so that the work is linear.
pub(super) const DIGITS_MAX: usize = 24;

/// Neighbouring groups of digits, read as one number.
pub(super) struct Window<'a> {
    /// The digits without what stands between them.
    pub(super) digits: &'a str,
    /// Where it stands in the normalised text.
    pub(super) range: Range<usize>,
    /// Whether a comma, a slash or a wide gap stands between its groups.
    pub(super) loose: bool,
}

/// Calls `each` with every window of up to [`DIGITS_MAX`] digits, from left to right.
pub(super) fn windows(normal: &Normal, mut each: impl FnMut(Window<'_>)) {
    let bytes = normal.bytes();
    let groups = groups(normal);
    let mut digits = Zeroizing::new(String::with_capacity(DIGITS_MAX));
    for (first, start) in groups.iter().enumerate() {
        digits.clear();
        let mut loose = false;
        let mut end = start.start;
        for (nth, group) in groups.iter().skip(first).enumerate() {
            if nth > 0 {
                match between(bytes.get(end..group.start).unwrap_or_default()) {
                    Gap::Tight => {}
                    Gap::Loose => loose = true,
                    Gap::Break => break,
                }
            }
            if digits.len() + group.len() > DIGITS_MAX {
                break;
            }
            digits.push_str(normal.text().get(group.clone()).unwrap_or_default());
            end = group.end;
            each(Window {
                digits: &digits,
                range: start.start..end,
                loose,
            });
        }
    }
}

/// The runs of digits that stand together in the source: spelled-out digits are groups of one.
fn groups(normal: &Normal) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for (at, byte) in normal.bytes().iter().enumerate() {
        if !byte.is_ascii_digit() {
            continue;
        }
        match groups.last_mut() {
            Some(group) if group.end == at && normal.contiguous(at) => group.end = at + 1,
            _ => groups.push(at..at + 1),
        }
    }
    groups
}

enum Gap {
    Tight,
    Loose,
    Break,
}

fn between(gap: &[u8]) -> Gap {
    match gap {
        // Said aloud.
        b" dash " | b" hyphen " => Gap::Tight,
        b" then "
        | b", then "
        | b" and then "
        | b", and then "
        | b" then another "
        | b" yeah "
        | b" yeah and "
        | b":"
        | b" and then it goes "
        | b" then it goes "
        | b" and again "
        | b" and the rest "
        | b" and the rest is "
        | b" again then "
        | b" again, then "
        | b", and another "
        | b" and another "
        | b" and second half "
        | b" and the second half "
        | b" and the other half " => Gap::Loose,
        b" um " | b" erm " | b" er " => Gap::Tight,
        [] | [b' ' | b'.' | b'-' | b'_' | b'\t' | b'\n' | b'(' | b')'] => Gap::Tight,
        [b' ', b'-', b' '] | [b')' | b'.', b' '] | [b' ', b'('] => Gap::Tight,
        [_] | [_, _] | [_, _, _] if gap.iter().all(|byte| b" .,-/\t\r\n()".contains(byte)) => {
            Gap::Loose
        }
        _ => Gap::Break,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, wanted: &[&str]) {
        let mut found = Vec::new();
        windows(&Normal::of(text), |window| {
            found.push(window.digits.to_owned())
        });
        assert_eq!(found, wanted, "{text}");
    }

    #[test]
    fn every_stretch_of_groups_is_a_window() {
        check("12 34-56", &["12", "1234", "123456", "34", "3456", "56"]);
        check("12 and 34", &["12", "34"]);
        check("1\u{200b}2", &["1", "12", "2"]);
        check("no digits", &[]);
    }

    #[test]
    fn a_long_run_has_no_window() {
        check(&"7".repeat(DIGITS_MAX + 1), &[]);
    }
}

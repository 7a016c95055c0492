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
        let mut corrected = false;
        let mut end = start.start;
        for (nth, group) in groups.iter().skip(first).enumerate() {
            if nth > 0 {
                match between(bytes.get(end..group.start).unwrap_or_default()) {
                    Gap::Tight => {}
                    Gap::Loose => loose = true,
                    // Once, so that a window ends.
                    Gap::Correction if corrected => break,
                    Gap::Correction => {
                        corrected = true;
                        let again = said_again(normal, groups.get(first + nth..));
                        let kept = kept(&digits, &again);
                        digits.truncate(kept);
                    }
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

/// The digits after a correction, as far as nothing stands between them.
fn said_again(normal: &Normal, groups: Option<&[Range<usize>]>) -> Zeroizing<String> {
    let mut again = Zeroizing::new(String::with_capacity(DIGITS_MAX));
    let mut end = None;
    for group in groups.unwrap_or_default() {
        let gap = end.map(|end| normal.bytes().get(end..group.start).unwrap_or_default());
        let goes_on = gap.is_none_or(|gap| matches!(between(gap), Gap::Tight));
        if !goes_on || again.len() + group.len() > DIGITS_MAX {
            break;
        }
        again.push_str(normal.text().get(group.clone()).unwrap_or_default());
        end = Some(group.end);
    }
    again
}

/// How many digits stay when some are said again: "0400 44, no, 45". What is said again begins like what it replaces.
fn kept(digits: &str, again: &str) -> usize {
    let alike = |at: &usize| {
        let said = digits.bytes().skip(*at).zip(again.bytes());
        said.take_while(|(old, new)| old == new).count()
    };
    let from = digits.len().saturating_sub(again.len());
    // Of those that are alike the first.
    (from..digits.len())
        .rev()
        .max_by_key(alike)
        .unwrap_or(digits.len())
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
    /// What was said last is put right.
    Correction,
    Break,
}

/// So many bytes may be said between two groups of one number.
const SAID_MAX: usize = 40;

fn between(gap: &[u8]) -> Gap {
    match gap {
        // Said aloud.
        b" dash " | b" hyphen " => Gap::Tight,
        [] | [b' ' | b'.' | b'-' | b'_' | b'\t' | b'\n' | b'(' | b')'] => Gap::Tight,
        [b' ', b'-', b' '] | [b')' | b'.', b' '] | [b' ', b'('] => Gap::Tight,
        b":" => Gap::Loose,
        // "81 44 70 / 92 60 41 17" are two numbers.
        b" / " => Gap::Break,
        [_] | [_, _] | [_, _, _] if gap.iter().all(|byte| b" .,-/\t\r\n()".contains(byte)) => {
            Gap::Loose
        }
        _ if gap.len() <= SAID_MAX => said_between(gap),
        _ => Gap::Break,
    }
}

/// "and then it goes", "and the last four are", "no sorry": nothing but words that lead from one group to the next, or back.
fn said_between(gap: &[u8]) -> Gap {
    #[rustfmt::skip]
    const ON: [&[u8]; 42] = [
        b"and", b"then", b"another", b"again", b"it", b"its", b"goes", b"the", b"rest", b"is", b"are", b"second", b"half",
        b"other", b"first", b"last", b"four", b"next", b"bit", b"lot", b"that", b"s", b"got", b"ok", b"right", b"so", b"finally",
        b"ends", b"ending", b"finishes", b"with", b"followed", b"by", b"all", b"zeros", b"hang", b"hold", b"on", b"yeah", b"yes", b"um", b"er",
    ];
    #[rustfmt::skip]
    const BACK: [&[u8]; 12] = [
        b"no", b"sorry", b"pardon", b"oops", b"wait", b"hang", b"hold", b"on", b"tell", b"a", b"lie", b"i",
    ];
    let (first, last) = (gap.first(), gap.last());
    let mut words = gap
        .split(|byte| matches!(byte, b' ' | b',' | b'\'' | b'.'))
        .filter(|word| !word.is_empty());
    if !matches!(first, Some(b' ' | b',')) || last != Some(&b' ') {
        return Gap::Break;
    }
    match words.next() {
        Some(b"no" | b"sorry" | b"pardon" | b"oops") if words.all(|word| BACK.contains(&word)) => {
            Gap::Correction
        }
        Some(word) if ON.contains(&word) && words.all(|word| ON.contains(&word)) => Gap::Loose,
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
        check("12 or 34", &["12", "34"]);
        check("12 and then its 34", &["12", "1234", "34"]);
        check("1\u{200b}2", &["1", "12", "2"]);
        check("no digits", &[]);
    }

    #[test]
    fn what_is_put_right_takes_the_place_of_what_it_begins_like() {
        check(
            "0400 44 no sorry 45",
            &["0400", "040044", "040045", "44", "45", "45"],
        );
        check("881 pardon 882", &["881", "882", "882"]);
        check("12, sorry to ask, 34", &["12", "34"]);
    }

    #[test]
    fn a_long_run_has_no_window() {
        check(&"7".repeat(DIGITS_MAX + 1), &[]);
    }
}

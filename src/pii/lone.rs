//! A message that is an account number or a sort code and nothing else: "yes 77301925".
//!
//! It says nothing of itself, and may be what a question asks for that asks for nothing personal ("What is your
//! reference?"): [`super::screen`] does not heed it there.

use super::PiiKind;
use super::normal::Normal;
use super::pass::is_day;
use std::ops::Range;

/// What may be said beside it.
pub(super) const BESIDE: &str =
    "yes yeah yeh yep no nah and its it is s ok so um er right thats that thanks thx ta pls please";

/// So many digits a sort code and an account have.
pub(super) const DIGITS: [usize; 2] = [6, 8];

/// The kind, and where it stands in the source.
pub(super) fn account(normal: &Normal, source: &str) -> Option<(PiiKind, Range<usize>)> {
    let known = |word: &str| BESIDE.split_ascii_whitespace().any(|beside| beside == word);
    let part = |c: char| c.is_ascii_alphanumeric();
    let text = normal.text();
    let mut left = text.trim_start_matches(|c| !part(c));
    while let Some((word, rest)) = left.split_once(|c| !part(c))
        && known(word)
    {
        left = rest.trim_start_matches(|c| !part(c));
    }
    let mut value = left.trim_end_matches(|c| !part(c));
    while let Some((rest, word)) = value.rsplit_once(|c| !part(c))
        && known(word)
    {
        value = rest.trim_end_matches(|c| !part(c));
    }
    let figure = |byte: u8| matches!(byte, b'0'..=b'9' | b' ' | b'-');
    if value.is_empty() || !value.bytes().all(figure) {
        return None;
    }
    let start = text.len() - left.len();
    let mut groups = value.split([' ', '-']);
    let sizes: Vec<usize> = groups.clone().map(str::len).collect();
    let range = normal.source(start..start + value.len());
    let source = source.get(range.clone()).unwrap_or_default();
    let said = !source.bytes().any(|byte| byte.is_ascii_digit());
    // "77 77 77".
    let mut digits = value.bytes().filter(u8::is_ascii_digit);
    let one_digit = digits
        .next()
        .is_some_and(|first| digits.all(|digit| digit == first));
    let whole = said || source.len() == value.len();
    let years = groups.all(|group| matches!(group.parse(), Ok(1990..=2040)));
    let kind = match sizes.as_slice() {
        [8] if whole && !is_date(value) => PiiKind::UkBankAccount,
        [4, 4] if !years => PiiKind::UkBankAccount,
        [2, 2, 2] | [6] if !is_day(value.as_bytes()) && !one_digit => PiiKind::UkSortCode,
        _ => return None,
    };
    Some((kind, range))
}

/// "03031976", "20270314".
fn is_date(value: &str) -> bool {
    let year = |at: usize| matches!(value.get(at..at + 2), Some("19" | "20"));
    is_day(value.as_bytes()) && year(4)
        || year(0)
            && value
                .get(4..)
                .is_some_and(|rest| month_first(rest.as_bytes()))
}

/// "0314".
fn month_first(value: &[u8]) -> bool {
    matches!(value, [b'0', b'1'..=b'9', ..] | [b'1', b'0'..=b'2', ..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, wanted: Option<(PiiKind, &str)>) {
        let found = account(&Normal::of(text), text);
        let found = found.map(|(kind, range)| (kind, text.get(range).unwrap_or_default()));
        assert_eq!(found, wanted, "{text}");
    }

    #[test]
    fn a_number_is_all_there_is() {
        check("77301925", Some((PiiKind::UkBankAccount, "77301925")));
        check(
            "yes its 7730 1925, thanks",
            Some((PiiKind::UkBankAccount, "7730 1925")),
        );
        check("401276?", Some((PiiKind::UkSortCode, "401276")));
        check("Yeh 08 92 50", Some((PiiKind::UkSortCode, "08 92 50")));
        check(
            "oh four oh oh four four",
            Some((PiiKind::UkSortCode, "oh four oh oh four four")),
        );
        for other in [
            "2025 2026",
            "14 10 26",
            "03031976",
            "20270314",
            "77301925 kWh",
            "ref 77301925",
            "9 9 9 9 9 9 hundred",
            "yes",
        ] {
            check(other, None);
        }
    }
}

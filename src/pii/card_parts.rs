//! A card that is given over consecutive messages: "4111 1111", then "1111 1111", then "12/29".
//!
//! What came before is held in memory only, as digits, and overwritten. A part is redacted as soon as
//! it looks like one, without waiting for the check digit of the whole: by then it would be on the
//! disk. What cannot be told from a house number is a first message of four digits that nothing
//! announced; those are the issuer's digits and not the holder's. Keys on the telephone do not come
//! here: the record does not hold which they were.

use super::PiiKind;
use super::identifiers::{CardNumber, scheme_prefix};
use super::normal::Normal;
use super::words::Word;
use std::ops::Range;
use zeroize::Zeroizing;

/// The longest card number.
const CARD_DIGITS_MAX: usize = 19;
/// For so many messages a card that was spoken of is remembered.
const TURNS: u8 = 3;
/// More words than this beside its digits, and a message is no part of a number.
const WORDS_MAX: usize = 4;

/// What earlier messages of a conversation gave of a card.
#[derive(Default, Clone)]
pub struct CardParts {
    digits: Zeroizing<String>,
    /// Messages for which a card is still being spoken of.
    announced: u8,
    /// Messages for which an expiry date or security code may still follow.
    given: u8,
}

/// What screening has seen of a message.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Glance {
    /// There is a digit in it, typed or spoken.
    pub(super) has_digits: bool,
    /// A payment card is spoken of.
    pub(super) names_card: bool,
    /// A card number was found in it by itself.
    pub(super) card: bool,
}

/// A message as far as it can be a part: its digits, where they stand in the source, and what is
/// between them.
struct Part {
    digits: Zeroizing<String>,
    range: Range<usize>,
    words: usize,
    /// In groups of four, or one by one.
    in_fours: bool,
}

impl CardParts {
    /// What of a message belongs to a card that earlier messages began, by bytes of the source, and
    /// what the next message is to know. `asked`: the message answers a question; only a number that
    /// is complete is a card then.
    pub(super) fn next(
        &self,
        text: &str,
        asked: bool,
        glance: Glance,
    ) -> (Option<(PiiKind, Range<usize>)>, Self) {
        let mut after = Self {
            digits: Zeroizing::default(),
            announced: if glance.names_card || glance.card {
                TURNS
            } else {
                self.announced.saturating_sub(1)
            },
            given: if glance.card {
                TURNS
            } else {
                self.given.saturating_sub(1)
            },
        };
        if glance.card {
            return (None, after);
        }
        if !glance.has_digits {
            // "hang on, turning it over".
            if after.announced > 0 {
                after.digits.clone_from(&self.digits);
            }
            return (None, after);
        }
        let normal = Normal::of(text);
        let Some(part) = part(&normal) else {
            return (None, after);
        };
        let joined = Zeroizing::new(format!("{}{}", *self.digits, *part.digits));
        if !self.digits.is_empty() && completes(&joined, part.digits.len()) {
            after.announced = TURNS;
            after.given = TURNS;
            return (Some((PiiKind::CreditCard, part.range)), after);
        }
        if self.given > 0 && part.words <= 2 && matches!(part.digits.len(), 3 | 4) {
            let kind = if expiry(&normal) {
                PiiKind::CardExpiry
            } else {
                PiiKind::Cvv
            };
            after.given = self.given;
            return (Some((kind, part.range)), after);
        }
        let announced = self.announced > 0 || glance.names_card;
        let long = announced && part.digits.len() >= 4 || joined.len() >= 8 && part.in_fours;
        let begun = scheme_prefix(joined.as_bytes())
            && joined.len() <= CARD_DIGITS_MAX
            && (part.words == 0 || announced)
            && long
            && !asked;
        if joined.len() <= CARD_DIGITS_MAX {
            after.digits = joined;
        } else {
            after.digits = part.digits;
        }
        if begun {
            after.announced = TURNS;
        }
        (begun.then_some((PiiKind::CreditCard, part.range)), after)
    }
}

/// A message that is digits and little else.
fn part(normal: &Normal) -> Option<Part> {
    if !normal.bytes().iter().any(u8::is_ascii_digit) {
        return None;
    }
    let mut digits = Zeroizing::new(String::new());
    let (mut first, mut last) = (None, 0);
    for (at, byte) in normal.bytes().iter().enumerate() {
        if byte.is_ascii_digit() {
            digits.push(char::from(*byte));
            first = first.or(Some(at));
            last = at;
        }
    }
    let words = normal.words();
    let others = words.iter().filter(|word| {
        let text = normal.text().get(word.start..word.end).unwrap_or_default();
        !text.bytes().any(|byte| byte.is_ascii_digit())
    });
    let others = others.count();
    let in_fours = words.iter().all(|word| {
        matches!(word.word, Word::Typed(_)) || (word.end - word.start).is_multiple_of(4)
    });
    // Nothing that is found already stands between its digits.
    let range = first.unwrap_or(0)..last + 1;
    let whole = !normal.bytes().get(range.clone())?.contains(&b'[');
    let fits = whole && (2..=CARD_DIGITS_MAX).contains(&digits.len()) && others <= WORDS_MAX;
    fits.then(|| Part {
        digits,
        range: normal.source(range),
        words: others,
        in_fours,
    })
}

/// Whether the last digits are a card number that began in an earlier message.
fn completes(joined: &str, new: usize) -> bool {
    (13..=CARD_DIGITS_MAX)
        .filter(|length| *length > new && *length <= joined.len())
        .any(|length| {
            let number = joined.get(joined.len() - length..).unwrap_or_default();
            CardNumber::parse(number).is_some()
        })
}

/// "12/29", "1229": a month, then a year of this decade or the next.
fn expiry(normal: &Normal) -> bool {
    let digits: Vec<u8> = normal
        .bytes()
        .iter()
        .filter(|byte| byte.is_ascii_digit())
        .map(|byte| byte - b'0')
        .collect();
    match digits.as_slice() {
        [tens, ones, decade, _] => {
            (1..=12).contains(&(tens * 10 + ones)) && (2..=4).contains(decade)
        }
        [month, decade, _] => *month > 0 && (2..=4).contains(decade) && normal.text().contains('/'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::cues::{CueFinder, Cues};
    use super::*;

    /// Messages of one conversation, and what is found of a card in each.
    #[track_caller]
    fn check(messages: &[(&str, Option<PiiKind>)]) {
        let cues = CueFinder::new(&[]).unwrap();
        let mut parts = CardParts::default();
        for (message, wanted) in messages {
            let normal = Normal::of(message);
            let cues = cues.find(normal.text());
            let glance = Glance {
                has_digits: normal.bytes().iter().any(u8::is_ascii_digit),
                names_card: cues.iter().any(|hit| hit.cues.meets(Cues::CARD)),
                card: false,
            };
            let (found, after) = parts.next(message, false, glance);
            assert_eq!(found.map(|(kind, _)| kind), *wanted, "{message}");
            parts = after;
        }
    }

    const CARD: Option<PiiKind> = Some(PiiKind::CreditCard);

    #[test]
    fn the_parts_of_a_card_are_found() {
        check(&[
            ("i'll give you my card number", None),
            ("4111", CARD),
            ("one one one one", CARD),
            ("hang on", None),
            ("then 1111", CARD),
            ("1111", CARD),
            ("12/29", Some(PiiKind::CardExpiry)),
            ("and 123", Some(PiiKind::Cvv)),
        ]);
        check(&[("4111 1111", CARD), ("1111 1111", CARD)]);
        check(&[
            ("4242", None),
            ("4242", CARD),
            ("4242", CARD),
            ("4242", CARD),
        ]);
    }

    #[test]
    fn other_numbers_are_not() {
        check(&[("number 14", None), ("2024", None), ("07700 900123", None)]);
        check(&[("12345678", None), ("20", None), ("yes", None)]);
        check(&[("i paid by card", None), ("on the 12th of march", None)]);
    }
}

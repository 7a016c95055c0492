//! Numbers that nothing names: "I pay on the 28th from 44106379", "yes 77301925", "3C9LZP is what it says".
//!
//! Whoever gives another number of such a form says what it is: an order, a reference, a meter reading. Where a
//! message says that of no number, one is believed to be somebody's account, passport, tax reference or badge, or a
//! card's date or code. It may still be what a question asks for that asks for nothing personal ("What is your
//! reference?"): [`super::super::screen`] does not heed it there.

use super::{Hit, Pass, is_day};
use crate::pii::PiiKind;
use crate::pii::cues::Cues;
use crate::pii::rule::Scene;
use crate::pii::words::Token;
use std::ops::Range;

/// What may be said beside a number that is all of a message.
pub(in crate::pii) const BESIDE: &str = "yes yeah yeh yep yh yup no nah and its it is s ok so um er right thats that thanks thx ta pls please";

/// What a number is called that is no account, beside what cues say.
pub(in crate::pii) const NAMES: &str = "number numbers num nos id ids kwh units session company fob tag sticker quote quoted error letter leaflet mpan mprn lot \
    student form bin title line population note hygiene wardrobe mattress fridge sofa size measures cm mm";

/// Cues that say what a number is, or that one is of that sort.
const NAMED: Cues = Cues::REFERENCE
    .and(Cues::CODE)
    .and(Cues::CASE)
    .and(Cues::TAX_REF)
    .and(Cues::PERMIT)
    .and(Cues::VERSION);

impl Pass<'_> {
    /// Those of the candidates that nothing spoke for, in order, which overlap none of `hits` and no other.
    pub(super) fn unnamed(&self, scene: &Scene<'_>, hits: &[Hit]) -> Vec<Hit> {
        let is_apart = |range: &Range<usize>| {
            let upto = hits.partition_point(|other| other.range.start < range.end);
            let before = hits[..upto].last();
            before.is_none_or(|before| before.range.end <= range.start)
        };
        let badges = self.badges(scene);
        let pending = self.pending.iter().filter(|pending| !pending.vetoed);
        let mut candidates: Vec<&Hit> = pending
            .map(|pending| &pending.hit)
            .filter(|hit| self.may_be_personal(scene, hit))
            .chain(&badges)
            .filter(|hit| is_apart(&hit.range))
            .collect();
        let mut found: Vec<Hit> = Vec::new();
        if candidates.is_empty() {
            return found;
        }
        candidates.sort_by_key(|hit| hit.range.start);
        let is_named = self.names_a_number(scene);
        let has_account = candidates
            .iter()
            .any(|hit| hit.kind == Some(PiiKind::UkBankAccount) && self.is_whole(hit));
        for hit in candidates {
            let is_apart = found
                .last()
                .is_none_or(|last| last.range.end <= hit.range.start);
            let is_whole = self.is_whole(hit);
            let value = &self.normal.bytes()[hit.range.clone()];
            let (is_shown, may_be_all) = match hit.kind {
                // "401276", or six figures that are said, may be anything where more is said.
                Some(PiiKind::UkSortCode) => {
                    let is_shown = value.len() == "40-12-76".len() || has_account;
                    (is_shown, value.len() == "401276".len())
                }
                Some(PiiKind::CardExpiry) => (value.contains(&b'/'), true),
                Some(PiiKind::BlueBadge) => (!is_on_maps(value), true),
                kind => (kind != Some(PiiKind::Cvv), false),
            };
            let is_sure = is_whole && is_shown && !is_named;
            let is_all = || (is_whole || may_be_all) && is_all(scene, &hit.range);
            if is_apart && (is_sure || is_all()) {
                found.push(hit.clone());
            }
        }
        found
    }

    /// Whether a message says what one of its numbers is, or that it has one of another sort.
    fn names_a_number(&self, scene: &Scene<'_>) -> bool {
        // "number" of a token says nothing.
        let is_of_token = |word: &Token| {
            let upto = self.cues.partition_point(|hit| hit.start <= word.start);
            let cue = self.cues[..upto].last();
            cue.is_some_and(|hit| hit.cues.meets(Cues::TOKEN) && word.end <= hit.end)
        };
        let mut words = scene.words.iter().zip(scene.texts);
        self.all_cues.meets(NAMED)
            || words.any(|(word, (_, text))| is_among(NAMES, text) && !is_of_token(word))
    }

    /// Whether a number stands by itself, in a form in which what is personal is given and hardly anything else.
    fn may_be_personal(&self, scene: &Scene<'_>, hit: &Hit) -> bool {
        let value = &self.normal.bytes()[hit.range.clone()];
        let is_form = match hit.kind {
            Some(PiiKind::UkNhs) => !is_other(value),
            Some(PiiKind::UkSortCode) => {
                // "school groups of 20-30-40", "at 12 30 45 people waited".
                let is_counted = value.contains(&b' ') && self.is_counted(&hit.range);
                let before = &self.normal.bytes()[..hit.range.start];
                is_form_of(value, CODES)
                    && !is_counted
                    && !before.ends_with(b" of ")
                    && !is_other(value)
            }
            Some(PiiKind::UkBankAccount) => is_form_of(value, ACCOUNTS) && !is_other(value),
            Some(PiiKind::UkPassport) => is_form_of(value, PASSPORTS) && !is_other(value),
            Some(PiiKind::UkUtr) => is_form_of(value, TAX_REFERENCES) && !is_other(value),
            Some(PiiKind::CardExpiry) => value.contains(&b'/') || scene.digits <= 4,
            // "101", "000".
            Some(PiiKind::Cvv) => {
                scene.digits == 3
                    && !matches!(value, [b'1', b'0' | b'1', _])
                    && value.iter().any(|byte| value.first() != Some(byte))
            }
            _ => false,
        };
        is_form && self.stands_alone(&hit.range)
    }

    /// Whether what is before and after a number makes no more of it.
    fn stands_alone(&self, range: &Range<usize>) -> bool {
        let bytes = self.normal.bytes();
        let before = &bytes[..range.start];
        let begins = matches!(
            before,
            [] | [.., b' ' | b'\n' | b'\t' | b'(' | b'"' | b':' | b'=']
        );
        // "(020) 7946 0999".
        let goes_on = matches!(before, [.., b'0'..=b'9', _] | [.., b'0'..=b'9', b')', b' '])
            || matches!(
                bytes[range.end..],
                [b'0'..=b'9', ..] | [b' ' | b'-' | b'.' | b'/' | b':' | b'%', b'0'..=b'9', ..]
            );
        begins && !goes_on
    }

    /// Six letters and digits, two of each at least: "K77M2D"; in small letters by turns: "m2vh8z".
    fn badges(&self, scene: &Scene<'_>) -> Vec<Hit> {
        if scene.digits < 2 {
            return Vec::new();
        }
        let is_badge = |word: &&Token| {
            let range = word.start..word.end;
            if range.len() != "K77M2D".len() {
                return false;
            }
            let value = &self.normal.bytes()[range.clone()];
            let is_digit = u8::is_ascii_digit;
            let digits = value.iter().filter(|byte| is_digit(byte)).count();
            let turns = value
                .windows(2)
                .filter(|two| is_digit(&two[0]) != is_digit(&two[1]));
            let source = self.source.get(self.normal.source(range.clone()));
            let is_typed = source.is_some_and(|typed| {
                typed.len() == value.len()
                    && (turns.count() > 2 || !typed.contains(char::is_lowercase))
            });
            (2..=4).contains(&digits) && is_typed && self.stands_alone(&range)
        };
        let words = scene.words.iter().filter(is_badge);
        words
            .map(|word| Hit::tagged(PiiKind::BlueBadge, word.start..word.end))
            .collect()
    }
}

/// "TP4417", "SJ86NW": rather on a map, or on a thing of the council's.
fn is_on_maps(value: &[u8]) -> bool {
    let digits = value.iter().map(u8::is_ascii_digit);
    digits.take(4).eq([false, false, true, true])
}

/// The groups in which numbers are given, by their digits.
const CODES: &[&[usize]] = &[&[6], &[2, 2, 2]];
const ACCOUNTS: &[&[usize]] = &[
    &[8],
    &[4, 4],
    &[2, 2, 2, 2],
    &[2, 3, 3],
    &[1, 1, 1, 1, 1, 1, 1, 1],
];

const PASSPORTS: &[&[usize]] = &[
    &[9],
    &[3, 3, 3],
    &[3, 6],
    &[4, 5],
    &[2, 2, 2, 3],
    &[1, 1, 1, 1, 1, 1, 1, 1, 1],
];
const TAX_REFERENCES: &[&[usize]] = &[
    &[10],
    &[5, 5],
    &[4, 3, 3],
    &[3, 3, 4],
    &[4, 6],
    &[4, 2, 4],
    &[1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
];

/// Whether digits are in such groups, with spaces or hyphens between them.
fn is_form_of(value: &[u8], forms: &[&[usize]]) -> bool {
    let groups = || value.split(|byte| matches!(byte, b' ' | b'-'));
    let is_form = |sizes: &&[usize]| groups().map(<[u8]>::len).eq(sizes.iter().copied());
    groups().flatten().all(u8::is_ascii_digit) && forms.iter().any(is_form)
}

/// Whether digits of that form are a day, years, hours, or mostly one digit over and over: "03031976", "2025 2026",
/// "0900 1730", "77 77 77"; or a telephone number: Childline's, or from abroad.
fn is_other(value: &[u8]) -> bool {
    let digits: Vec<u8> = value.iter().copied().filter(u8::is_ascii_digit).collect();
    let century = |at: usize| matches!(digits.get(at..at + 2), Some(b"19" | b"20"));
    let halves = digits.split_at(digits.len() / 2);
    let is_hour = |half: &[u8]| {
        matches!(
            half,
            [b'0'..=b'2', _, b'0' | b'3', b'0'] | [b'0'..=b'2', _, b'1' | b'4', b'5']
        )
    };
    let is_other_eight = digits.len() == 8
        && (is_day(&digits) && century(4)
            || century(0) && (century(4) || is_month(digits.get(4..6)))
            || is_hour(halves.0) && is_hour(halves.1)
            || digits.starts_with(b"0800")
            || digits.starts_with(b"0044"));
    let mut first_six = digits.iter().take(6);
    let is_one_digit = first_six.all(|digit| Some(digit) == digits.first());
    is_one_digit || is_other_eight || digits.len() == 6 && is_day(&digits)
}

/// "03".
fn is_month(value: Option<&[u8]>) -> bool {
    matches!(value, Some([b'0', b'1'..=b'9'] | [b'1', b'0'..=b'2']))
}

/// Whether a word is in a list.
fn is_among(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == word)
}

/// Whether hardly anything is said in a text but the digits in this range, which are all that it has.
fn is_all(scene: &Scene<'_>, range: &Range<usize>) -> bool {
    let within = |word: &Token| range.start <= word.start && word.end <= range.end;
    let mut others = scene
        .words
        .iter()
        .zip(scene.texts)
        .filter(|(word, _)| !within(word));
    range.len() >= scene.digits && others.all(|(_, (_, text))| is_among(BESIDE, text))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::string_slice)]
    use crate::pii::Detector;

    #[track_caller]
    fn check(text: &str, wanted: &[&str]) {
        let found = Detector::rules_alone().unwrap().scan(text);
        let found: Vec<&str> = found
            .iter()
            .map(|finding| &text[finding.start as usize..finding.end as usize])
            .collect();
        assert_eq!(found, wanted, "{text}");
    }

    #[test]
    fn where_no_number_is_named_one_is_an_account() {
        check("I pay on the 28th from 44106379", &["44106379"]);
        check("nah its the other one, 3041 7726", &["3041 7726"]);
        check("so its 04-00-99 again", &["04-00-99"]);
        check("out of 55 77 99 11", &["55 77 99 11"]);
        check(
            "thats oh four oh oh four four right and six one double oh three nine two eight",
            &[
                "oh four oh oh four four",
                "six one double oh three nine two eight",
            ],
        );
        for other in [
            "the swipe fob is 00194427",
            "order 44106379 from the shop",
            "ref 1 is 44106379",
            "44106379 12 is on the lid",
            "LN/44106379 is on the lid",
            "shut 0900 1730 on mondays",
            "ring 0800 1111",
            "it was 03031976 or 20270314",
            "school groups of 20-30-40",
            "at 23:15:45 on the dot",
            "what did 401276 mean",
        ] {
            check(other, &[]);
        }
    }

    #[test]
    fn where_no_number_is_named_one_is_a_passport_a_tax_reference_or_a_badge() {
        check("477205918, thats the whole thing", &["477205918"]);
        check("209 558 714 for me, the baby has none", &["209 558 714"]);
        check("could you look up 90271 14460", &["90271 14460"]);
        check("3C9LZP is what it says", &["3C9LZP"]);
        check("it was m2vh8z", &["m2vh8z"]);
        check("11/27 it says", &["11/27"]);
        for other in [
            "order 477205918 from the shop",
            "invoice number 9001145730",
            "trig point TP4417 by the stile",
            "PCN 3C9LZP on the screen",
            "the residents permit runs out 11/27",
        ] {
            check(other, &[]);
        }
    }

    #[test]
    fn a_card_s_date_or_code_may_be_all_there_is() {
        check("08 30", &["08 30"]);
        check("yep 11-26", &["11-26"]);
        check("its 308", &["308"]);
        for other in ["101", "000", "the 308 bus", "1986", "13 30"] {
            check(other, &[]);
        }
    }

    #[test]
    fn a_number_that_is_all_there_is_is_one() {
        check("77301925", &["77301925"]);
        check("yes its 7730 1925, thanks", &["7730 1925"]);
        check("401276?", &["401276"]);
        check("Yeh 08 92 50", &["08 92 50"]);
        check("oh four oh oh four four", &["oh four oh oh four four"]);
        for other in [
            "2025 2026",
            "14 10 26",
            "03031976",
            "77 77 77",
            "77301925 kWh",
            "yes",
        ] {
            check(other, &[]);
        }
    }
}

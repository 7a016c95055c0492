//! Accounts and sort codes that nothing names: "I pay on the 28th from 44106379", "yes 77301925".
//!
//! Whoever gives another number of so many digits says what it is: an order, a reference, a meter reading. Where a
//! message says that of no number, one is believed to be somebody's account. It may still be what a question asks for
//! that asks for nothing personal ("What is your reference?"): [`super::super::screen`] does not heed it there.

use super::{Hit, Pass, is_day};
use crate::pii::PiiKind;
use crate::pii::cues::Cues;
use crate::pii::rule::Scene;
use crate::pii::words::Token;
use std::ops::Range;

/// What may be said beside a number that is all of a message.
pub(in crate::pii) const BESIDE: &str =
    "yes yeah yeh yep no nah and its it is s ok so um er right thats that thanks thx ta pls please";

/// What a number is called that is no account, beside what cues say.
pub(in crate::pii) const NAMES: &str = "number numbers num nos id ids kwh units session company fob tag sticker quote quoted error letter leaflet mpan mprn lot \
    student form bin title line population";

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
        let candidates = self.pending.iter().filter(|pending| {
            let hit = &pending.hit;
            let upto = hits.partition_point(|other| other.range.start < hit.range.end);
            let before = hits[..upto].last();
            let is_apart = before.is_none_or(|before| before.range.end <= hit.range.start);
            !pending.vetoed && is_apart && self.may_be_account(hit)
        });
        let candidates: Vec<&Hit> = candidates.map(|pending| &pending.hit).collect();
        let mut found: Vec<Hit> = Vec::new();
        if candidates.is_empty() {
            return found;
        }
        // "number" of a token says nothing.
        let is_of_token = |word: &Token| {
            let upto = self.cues.partition_point(|hit| hit.start <= word.start);
            let cue = self.cues[..upto].last();
            cue.is_some_and(|hit| hit.cues.meets(Cues::TOKEN) && word.end <= hit.end)
        };
        let mut words = scene.words.iter().zip(scene.texts);
        let is_named = self.all_cues.meets(NAMED)
            || words.any(|(word, (_, text))| is_among(NAMES, text) && !is_of_token(word));
        let has_account = candidates
            .iter()
            .any(|hit| hit.kind == Some(PiiKind::UkBankAccount) && self.is_whole(hit));
        for hit in candidates {
            let is_apart = found
                .last()
                .is_none_or(|last| last.range.end <= hit.range.start);
            // "401276", or six figures that are said, may be anything where more is said.
            let is_code = hit.kind == Some(PiiKind::UkSortCode);
            let is_shown = !is_code || hit.range.len() == "40-12-76".len() || has_account;
            let is_solid = hit.range.len() == "401276".len();
            let is_whole = self.is_whole(hit);
            let is_sure = is_whole && is_shown && !is_named;
            if is_apart && (is_sure || (is_whole || is_solid) && is_all(scene, &hit.range)) {
                found.push(hit.clone());
            }
        }
        found
    }

    /// Whether a number stands by itself, in a form in which accounts and sort codes are given and hardly anything else.
    fn may_be_account(&self, hit: &Hit) -> bool {
        if !matches!(
            hit.kind,
            Some(PiiKind::UkBankAccount | PiiKind::UkSortCode | PiiKind::UkNhs)
        ) {
            return false;
        }
        let bytes = self.normal.bytes();
        let (before, value) = (&bytes[..hit.range.start], &bytes[hit.range.clone()]);
        let begins = matches!(
            before,
            [] | [.., b' ' | b'\n' | b'\t' | b'(' | b'"' | b':' | b'=']
        );
        // "(020) 7946 0999".
        let goes_on = matches!(before, [.., b'0'..=b'9', _] | [.., b'0'..=b'9', b')', b' '])
            || matches!(
                bytes[hit.range.end..],
                [b'0'..=b'9', ..] | [b' ' | b'-' | b'.' | b'/' | b':' | b'%', b'0'..=b'9', ..]
            );
        let is_form = match hit.kind {
            Some(PiiKind::UkNhs) => true,
            Some(PiiKind::UkSortCode) => {
                // "school groups of 20-30-40", "at 12 30 45 people waited".
                let is_counted = value.contains(&b' ') && self.is_counted(&hit.range);
                is_form_of(value, CODES) && !is_counted && !before.ends_with(b" of ")
            }
            _ => is_form_of(value, ACCOUNTS),
        };
        begins && !goes_on && is_form && !is_other(value)
    }
}

/// The groups in which sort codes and accounts are given, by their digits.
const CODES: &[&[usize]] = &[&[6], &[2, 2, 2]];
const ACCOUNTS: &[&[usize]] = &[
    &[8],
    &[4, 4],
    &[2, 2, 2, 2],
    &[2, 3, 3],
    &[1, 1, 1, 1, 1, 1, 1, 1],
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

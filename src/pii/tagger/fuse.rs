//! What of the tagger's spans is believed, and how it is put beside what the rules found.
//!
//! A linear model sees five words at a time and not what a whole span or sentence must have; that is asked here.

use crate::pii::PiiKind;
use crate::pii::nobody::nobody;
use crate::pii::pass::Hit;
use crate::pii::rule::Scene;
use crate::pii::vocabulary::Lists;
use std::ops::Range;

/// So many words back somebody may have been spoken of.
const BACK_MAX: usize = 30;

const SENTENCE_ENDS: [char; 4] = ['.', '!', '?', '\n'];

/// What ends the name of a street or of a building.
const PLACES: Lists = Lists::STREET.and(Lists::BUILDING).and(Lists::PLACE);

/// Whether a span has what its kind must have.
pub(super) fn stands(scene: &Scene<'_>, kind: PiiKind, range: &Range<usize>) -> bool {
    let words = scene.word_at(range.start)..scene.word_at(range.end - 1) + 1;
    if kind == PiiKind::Person {
        let of_place = scene.gap(words.end) == " " && scene.is(words.end, PLACES);
        let nobodys = of_place || nobody(scene, words.start, words.end);
        // "planning number ... L B C": an abbreviation.
        let letters = words.len() > 1
            && words.len() <= 4
            && words
                .clone()
                .all(|at| scene.word(at).len() == 1 && scene.capital(at));
        return !nobodys && !letters && words.skip(1).all(|at| joins_names(scene, at));
    }
    let stands_alone = if kind == PiiKind::UkAddress {
        is_numbered(scene, &words)
    } else {
        // "gout again, so no bins": who writes leaves out whose it is.
        begins_sentence(scene, words.start)
    };
    // "Willow Lodge Care Home": a name in the address is nobody whose it is.
    let of_whom = if kind == PiiKind::UkAddress {
        let before = words.start.checked_sub(1);
        before.filter(|_| !begins_sentence(scene, words.start))
    } else {
        words.end.checked_sub(1)
    };
    stands_alone || of_whom.is_some_and(|last| of_somebody(scene, last))
}

/// Whether an address has a number that may be a house's or a flat's: "route 14", "planning 12/0345" do not.
fn is_numbered(scene: &Scene<'_>, words: &Range<usize>) -> bool {
    let digits = words
        .clone()
        .any(|at| scene.word(at).bytes().any(|byte| byte.is_ascii_digit()));
    let counted = words.start > 0 && scene.is(words.start - 1, Lists::NOT_BEFORE_NUMBER);
    words.clone().any(|at| scene.is(at, Lists::UNIT)) || digits && !counted
}

/// Whether what stands before word `at` may stand within a name: "J. Smith", not "Standards: a".
fn joins_names(scene: &Scene<'_>, at: usize) -> bool {
    match scene.gap(at) {
        "" | " " | "'" | "-" => true,
        "." | ". " => scene.word(at - 1).len() == 1,
        _ => false,
    }
}

fn begins_sentence(scene: &Scene<'_>, at: usize) -> bool {
    at == 0 || scene.gap(at).contains(SENTENCE_ENDS)
}

/// Whether somebody is spoken of in the sentence up to word `last`: without, an illness is mostly a topic, and a street one.
fn of_somebody(scene: &Scene<'_>, last: usize) -> bool {
    let who = Lists::PERSON
        .and(Lists::KIN)
        .and(Lists::POSSESSIVE)
        .and(Lists::ANY_NAME);
    for at in (last.saturating_sub(BACK_MAX)..=last).rev() {
        if scene.is(at, who) {
            return true;
        }
        if scene.gap(at).contains(SENTENCE_ENDS) {
            return false;
        }
    }
    false
}

/// Puts a span in the place of the single finding of its own kind that it holds, if there is one; whether nothing was
/// found there, so that it is one more.
pub(super) fn grow(hits: &mut [Hit], kind: PiiKind, range: &Range<usize>) -> bool {
    let first = hits.partition_point(|hit| hit.range.end <= range.start);
    let last = hits.partition_point(|hit| hit.range.start < range.end);
    let grows = matches!(kind, PiiKind::Person | PiiKind::UkAddress);
    let over = hits.get_mut(first..last).unwrap_or_default();
    if let [hit] = over
        && grows
        && hit.kind == Some(kind)
        && range.start <= hit.range.start
        && hit.range.end <= range.end
    {
        hit.range = range.clone();
    }
    over.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: PiiKind, range: Range<usize>, more: bool, wanted: &[(PiiKind, Range<usize>)]) {
        let mut hits = vec![
            Hit::tagged(PiiKind::Person, 4..8),
            Hit::tagged(PiiKind::Phone, 12..20),
        ];
        assert_eq!(grow(&mut hits, kind, &range), more);
        let hits: Vec<(PiiKind, Range<usize>)> = hits
            .into_iter()
            .filter_map(|hit| Some((hit.kind?, hit.range)))
            .collect();
        assert_eq!(hits, wanted);
    }

    #[test]
    fn what_the_rules_found_stands_or_grows() {
        use PiiKind::{Person, Phone, SpecialCategory};
        let as_they_were = [(Person, 4..8), (Phone, 12..20)];
        check(Person, 8..12, true, &as_they_were);
        check(Person, 0..8, false, &[(Person, 0..8), (Phone, 12..20)]);
        // Another kind, a part of it, or of two.
        check(SpecialCategory, 0..8, false, &as_they_were);
        check(Person, 5..10, false, &as_they_were);
        check(Person, 4..14, false, &as_they_were);
        check(Phone, 10..22, false, &as_they_were);
    }
}

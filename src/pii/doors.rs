//! House numbers that stand elsewhere than before their street: after it ("Mill Lane, no 7"), several of them
//! ("17, 19 and 21 Mill Lane"), without it, where it has been named ("i'm at 33") or its postcode has.

use super::address::{house_number, street_beyond};
use super::places::outward;
use super::rule::Scene;
use super::vocabulary::Lists;
use std::ops::Range;

/// "Jubilee Court, flat 19", "Copperfield Close no 7", "Whitegate Lane, 78": a street or a building, then the
/// number.
pub(super) fn behind_street(scene: &Scene<'_>) -> Vec<Range<usize>> {
    const NAME_WORDS_MAX: usize = 3;
    if scene.digits == 0 {
        return Vec::new();
    }
    let kinds = Lists::STREET.and(Lists::BUILDING);
    let found = (1..scene.words.len()).filter_map(|kind| {
        let number = scene
            .is(kind, kinds)
            .then(|| number_after(scene, kind + 1))
            .flatten()?;
        let first = kind.saturating_sub(NAME_WORDS_MAX);
        let from = (first..kind).rev().take_while(|word| {
            scene.gap(word + 1) == " "
                && scene
                    .word(*word)
                    .bytes()
                    .all(|byte| byte.is_ascii_alphabetic())
                && (scene.capital(*word) || !scene.capital(kind))
                && !scene.is(*word, Lists::NOT_IN_STREET.and(Lists::NOT_NAME))
        });
        let from = from.last()?;
        let street = street_beyond(scene, from, kinds) == Some(kind + 1);
        street.then(|| scene.words[from].start..scene.words[number].end)
    });
    found.collect()
}

/// A house number at `at`, with the words for one before it; without them it must stand after a comma and
/// alone. The word of the number.
fn number_after(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let close = |word: usize| matches!(scene.gap(word), " " | ", " | ",");
    let said = |word: usize| {
        scene.is(word, Lists::UNIT)
            || matches!(scene.word(word), "number" | "no" | "house" | "door" | "num")
    };
    let said_words = (at..at + 2)
        .take_while(|word| close(*word) && said(*word))
        .count();
    let number = at + said_words;
    let gap = scene.gap(number);
    let joined = match said_words {
        0 => matches!(gap, ", " | ","),
        _ => matches!(gap, " " | ". " | "."),
    };
    let word = scene.word(number);
    let year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    let next = scene.gap(number + 1);
    let apart = number + 1 >= scene.words.len()
        || next.starts_with([',', '\n', '?', '!'])
        || next.starts_with(". ");
    // "number 7 bus".
    let thing = next == " "
        && (scene.is(number + 1, Lists::NOT_AFTER_STREET.and(Lists::STREET)) || said_words == 0);
    (joined && house_number(word) && !year && !thing && (apart || said_words > 0)).then_some(number)
}

/// "17, 19 and 21 mill lane", "1 to 9", "0/2, 118": the first of the numbers before that at `at`.
pub(super) fn first_number(scene: &Scene<'_>, at: usize) -> usize {
    const NUMBERS_MAX: usize = 6;
    // "0/2, 118 Stobhill Crescent".
    let stair = matches!(scene.gap(at), ", " | " ")
        && scene.gap(at.wrapping_sub(1)) == "/"
        && scene.gap(at.wrapping_sub(2)) != "/"
        && [1, 2].iter().all(|back| {
            let word = scene.word(at.wrapping_sub(*back));
            matches!(word.len(), 1 | 2) && word.bytes().all(|byte| byte.is_ascii_digit())
        });
    if stair {
        return at - 2;
    }
    let mut from = at;
    for _ in 0..NUMBERS_MAX {
        let left = from.wrapping_sub(1);
        let listed = matches!(scene.gap(from), ", " | " & " | " - ")
            && house_number(scene.word(left))
            && !ends_date(scene, left);
        let and = scene.gap(from) == " "
            && scene.gap(left) == " "
            && matches!(scene.word(left), "and" | "to" | "or")
            && house_number(scene.word(from.wrapping_sub(2)));
        if listed {
            from -= 1;
        } else if and {
            from -= 2;
        } else {
            break;
        }
    }
    from
}

/// "19 january 1931, room 14", "3/4/41, 12 mill lane": a year, and no number of a house.
fn ends_date(scene: &Scene<'_>, at: usize) -> bool {
    let word = scene.word(at);
    let year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    year || matches!(scene.gap(at), "/" | "." | "-")
}

/// "noise from 31 sycamore gardens, i'm at 33": a number without its street, which has been `named` already.
pub(super) fn without_street(scene: &Scene<'_>, named: usize) -> Option<Range<usize>> {
    let at = (named..scene.words.len()).find(|at| {
        let whose = matches!(
            scene.word(at.wrapping_sub(2)),
            "m" | "im" | "mine" | "we" | "were" | "re" | "live" | "us" | "me" | "are" | "am"
        );
        let ends =
            at + 1 >= scene.words.len() || scene.gap(at + 1).starts_with([',', '.', '?', '!']);
        house_number(scene.word(*at))
            && scene.word(at.wrapping_sub(1)) == "at"
            && scene.gap(*at) == " "
            && whose
            && ends
    })?;
    Some(scene.words[at].start..scene.words[at].end)
}

/// The second half of a postcode.
pub(super) fn inward(word: &str) -> bool {
    matches!(word.as_bytes(), [b'0'..=b'9', b'a'..=b'z', b'a'..=b'z'])
}

/// "CW1 2AB, house number 16": beside a postcode the number makes it an address.
pub(super) fn beside_postcode(scene: &Scene<'_>) -> Option<Range<usize>> {
    if scene.digits == 0 || !scene.any(Lists::HOUSE_NUMBER) {
        return None;
    }
    let postcode = (1..scene.words.len())
        .any(|at| inward(scene.word(at)) && outward(scene.word(at - 1)) && scene.gap(at) == " ");
    let at = (2..scene.words.len()).find(|at| {
        let house = matches!(scene.word(at - 2), "house" | "door" | "flat");
        let number = matches!(scene.word(at - 1), "number" | "no" | "num");
        house
            && number
            && house_number(scene.word(*at))
            && matches!(scene.gap(*at), " " | " is " | ". " | ".")
    })?;
    postcode.then(|| scene.words[at].start..scene.words[at].end)
}

//! Streets of no known kind after the number of a house: what shows that it is a street is what stands around it, a
//! postcode, a place, somebody who lives there.
//!
//! Streets whose kind is known are in [`super::address`].

use super::places::outward;
use super::rule::Scene;
use super::vocabulary::Lists;
use super::words::is_month;

/// "i live at 12 brackendale", "my address is 9 Oak Steps": words that are no usual ones after the number `at` of a
/// house where somebody lives. The word after them.
pub(super) fn lived_at(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let left = |back: usize| scene.word(at.wrapping_sub(back));
    let live = left(1) == "at"
        && matches!(
            left(2),
            "live" | "lives" | "lived" | "living" | "stay" | "staying" | "reside" | "residing"
        )
        || matches!(left(1), "is" | "address") && (left(1) == "address" || left(2) == "address");
    let other = Lists::NOT_IN_STREET
        .and(Lists::NOT_NAME)
        .and(Lists::COMMON)
        .and(Lists::AFTER_ADDRESS);
    let named = |word: usize| {
        matches!(scene.gap(word), " " | "-")
            && scene.is(word, Lists::LETTERS)
            && scene.word(word).len() >= 4
            && !scene.is(word, other)
    };
    // "at 62 brackenhurst": no time of day.
    let high = scene.word(at).parse().is_ok_and(|number: u32| number > 24) || scene.capital(at + 1);
    let at_house = (left(1) == "at" || left(1) == "number" && left(2) == "at")
        && high
        && scene.word(at + 1).len() >= 6
        && !scene.word(at + 1).ends_with('s')
        && scene
            .lists
            .get(at + 1)
            .is_some_and(|lists| lists.is_unlisted());
    if !(live || at_house) || !named(at + 1) {
        return None;
    }
    let two = named(at + 2) && scene.capital(at + 2);
    Some(if two { at + 3 } else { at + 2 })
}

/// "22 Pilgrims Rest, Aldercombe", "the lady at 5 Birchin Lee": a street of no known kind, in capitals, before a
/// comma and a place or after words that addresses come after. The word after it.
pub(super) fn in_capitals(scene: &Scene<'_>, at: usize, from: usize) -> Option<usize> {
    const WORDS_MAX: usize = 3;
    let usual = Lists::NOT_NAME.and(Lists::COMMON);
    let upper = |word: &usize| {
        let old = matches!(scene.word(*word), "the" | "old" | "new");
        matches!(scene.gap(*word), " " | "-" | "'")
            && scene.capital(*word)
            && scene.is(*word, Lists::LETTERS)
            && (old || !scene.is(*word, Lists::NOT_IN_STREET.and(Lists::TITLE)))
    };
    let end = from + (from..from + WORDS_MAX).take_while(upper).count();
    let shouted = !scene.has_small;
    let unusual = (from..end).any(|word| !scene.is(word, usual));
    if end == from || shouted || !unusual || is_month(scene.word(from)) {
        return None;
    }
    let place = scene.gap(end) == ", "
        && scene.capital(end)
        && scene.word(end).len() > 3
        && !scene.is(end, usual);
    let announced = matches!(
        scene.word(at.wrapping_sub(1)),
        "at" | "from" | "to" | "outside" | "address"
    ) && end >= from + 2
        && !scene.is(from, usual);
    (place || announced).then_some(end)
}

/// "5 The Ginnel HX8 4NQ", "44 brackendale, thornley. bl12 3ft": whatever stands between a house's number and a
/// postcode, if it may be a street. The word after it.
pub(super) fn up_to_postcode(scene: &Scene<'_>, at: usize) -> Option<usize> {
    const WORDS_MAX: usize = 6;
    let mut end = at;
    while end < at + WORDS_MAX && !is_postcode(scene, end) {
        let word = scene.word(end);
        let the = word == "the" && scene.capital(end);
        let name = scene.is(end, Lists::LETTERS) && !scene.is(end, Lists::NOT_IN_STREET);
        let joined = matches!(
            scene.gap(end),
            " " | ", " | "," | "-" | "'" | ". " | "\n" | ",\n"
        );
        if !(the || name && word.len() > 1) || !joined || scene.is(end, Lists::AFTER_ADDRESS) {
            return None;
        }
        end += 1;
    }
    (end > at && is_postcode(scene, end)).then_some(end)
}

/// Whether a postcode begins with word `at`.
fn is_postcode(scene: &Scene<'_>, at: usize) -> bool {
    let word = scene.word(at);
    let inward = matches!(
        scene.word(at + 1).as_bytes(),
        [b'0'..=b'9', b'a'..=b'z', b'a'..=b'z']
    );
    outward(word) && (inward && scene.gap(at + 1) == " " || word.len() >= 5)
}

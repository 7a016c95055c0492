//! Flats, rooms and units: what stands after their number, a street, a building, another number.

use super::address::{house_number, joined, numbered_street, street, street_beyond};
use super::houses;
use super::rule::Scene;
use super::vocabulary::Lists;

/// "flat 22 nightingale house", "unit 4, 9 foundry yd", from the word for a part of a building on: the word after it.
pub(super) fn of_unit(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let number = scene.word(at + 1);
    let letter = number.len() == 1 && number != "i" && number != "a";
    if !joined(scene, at + 1) || !(house_number(number) || letter) {
        return None;
    }
    let mut next = at + 2;
    // "flat 22 b" and "flat 3/2".
    if scene.word(next).len() == 1 && joined(scene, next) {
        next += 1;
    }
    // "Units 2-5".
    if scene.gap(next) == "-" && house_number(scene.word(next)) {
        next += 1;
    }
    // "Flat 9, 2nd Floor, Bessemer House".
    if scene.word(next + 1) == "floor" && joined(scene, next) {
        next += 2;
    }
    // "flat 1 above 47 railway road".
    let above = matches!(
        scene.word(next),
        "above" | "over" | "below" | "behind" | "at"
    ) && scene.gap(next) == " "
        && scene.gap(next + 1) == " ";
    let over = above.then(|| over_or_at(scene, next)).flatten();
    numbered_street(scene, next).or(over).or_else(|| {
        let Some(building) = street(scene, next, Lists::BUILDING) else {
            return street(scene, next, Lists::STREET)
                .or_else(|| building_of_unit(scene, next, at));
        };
        // "tern house mill lane": what looked like one more word of the building is its street's.
        if scene.is(building, Lists::STREET) && scene.gap(building) == " " {
            return Some(building + 1);
        }
        let road = street(scene, building, Lists::STREET).filter(|_| scene.gap(building) == " ");
        Some(road.unwrap_or(building))
    })
}

/// "above 47 railway road", "at Hyde Nursing Home", from the word that says so on: the word after it.
fn over_or_at(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let home = scene.word(at) == "at" && scene.capital(at + 1);
    numbered_street(scene, at + 1).or_else(|| {
        let found = home.then(|| street_beyond(scene, at + 1, Lists::BUILDING));
        found.flatten()
    })
}

/// "ground floor flat, Marlowe Heights", "first floor flat 9 tern way": the word after it.
pub(super) fn floor_flat(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let which = matches!(
        scene.word(at),
        "ground" | "first" | "second" | "third" | "1st" | "2nd" | "3rd" | "top" | "upper" | "lower"
    );
    let next = at + 3;
    if !which || !scene.is(at + 2, Lists::UNIT) || !joined(scene, next) {
        return None;
    }
    numbered_street(scene, next)
        .or_else(|| street(scene, next, Lists::BUILDING))
        .or_else(|| street(scene, next, Lists::STREET))
        .filter(|end| scene.gap(next) != " " || (next..*end).all(|word| scene.capital(word)))
}

/// "Flat 3 the old dairy, marsh lane", "Unit 12B Riverside Trading Estate": a building whose name does
/// not say that it is one, after a unit's number. The word after it.
fn building_of_unit(scene: &Scene<'_>, at: usize, unit: usize) -> Option<usize> {
    const NAME_WORDS_MAX: usize = 4;
    if !joined(scene, at) {
        return None;
    }
    let named = |word: usize| {
        scene.capital(word)
            && scene.word(word).len() > 2
            && !scene.is(word, Lists::NOT_NAME.and(Lists::COMMON))
            || scene.is(word, Lists::STREET.and(Lists::BUILDING).and(Lists::PLACE))
                && scene.capital(word)
    };
    let the = scene.word(at) == "the";
    // "room 11 the Albion".
    if the && named(at + 1) && scene.gap(at + 1) == " " {
        return Some(if scene.gap(at + 2) == " " && named(at + 2) {
            at + 3
        } else {
            at + 2
        });
    }
    if scene.is(unit, Lists::STREET.and(Lists::PLACE)) {
        return None;
    }
    let mut end = if the { at + 1 } else { at };
    while end < at + NAME_WORDS_MAX
        && end < scene.words.len()
        && (end == at || scene.gap(end) == " ")
        && (named(end) || the && !scene.is(end, Lists::COMMON))
    {
        end += 1;
    }
    let then_street =
        the && scene.gap(end).starts_with(',') && houses::street_after(scene, end).is_some();
    let shouted = !scene.has_small;
    (end > at + usize::from(the) && !shouted && (then_street || !the)).then_some(end)
}

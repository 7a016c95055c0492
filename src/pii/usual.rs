//! Names that are everyday words too, told by what stands around them: "Kate Brown", "i spoke to mark yesterday".
//!
//! What announces names is in [`super::person`].

use super::person::{adjective, place_after, place_like, small};
use super::rule::Scene;
use super::vocabulary::Lists;

/// A first name that is a word too, in any case; hardly ever an adjective or a verb where people stand.
pub(super) fn everyday_first(scene: &Scene<'_>, at: usize) -> bool {
    scene.is(at, Lists::EVERYDAY_NAME) && !adjective(scene.word(at))
}

/// "i spoke to mark yesterday": the word after the name of who is spoken to.
pub(super) fn addressed(scene: &Scene<'_>, cue: &str, at: usize) -> Option<usize> {
    let spoken = matches!(
        cue,
        "speak to"
            | "spoke to"
            | "spoken to"
            | "spoke with"
            | "speak with"
            | "talk to"
            | "talked to"
            | "speaking to"
            | "speaking with"
    );
    if !spoken || scene.gap(at) != " " || !everyday_first(scene, at) {
        return None;
    }
    let end = small(scene, at, false);
    (scene.is_closed(end) && !place_after(scene, end)).then_some(end)
}

/// "mark smith rang me", "Tom turner": the word after a first name of any sort and a surname.
pub(super) fn with_surname(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let next = at + 1;
    // "the henry moore in the park".
    let first = (everyday_first(scene, at) || scene.is(at, Lists::KNOWN_NAME))
        && !scene.is(at.wrapping_sub(1), Lists::SAINT);
    let surname = scene.gap(next) == " " && scene.is(next, Lists::SURNAME);
    (first && surname && !place_like(scene, next) && !place_after(scene, next + 1))
        .then_some(next + 1)
}

/// Whether the word after the first name `from..to` is its surname, though it is an everyday word or in small letters:
/// "Kate Brown and I", "Tom turner", not "kate brown bin".
pub(super) fn has_surname(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    let titled = scene.is(from.wrapping_sub(1), Lists::TITLE);
    let surname = || everyday_surname(scene, to) || with_surname(scene, from).is_some();
    to == from + 1 && !titled && scene.gap(to) == " " && surname()
}

/// Whether an everyday word stands as a surname: nothing makes a thing or a place of it.
pub(super) fn everyday_surname(scene: &Scene<'_>, at: usize) -> bool {
    if !scene.is(at, Lists::EVERYDAY_SURNAME) {
        return false;
    }
    // "mr green next door", "my neighbour Steve Green plays music", "Karen White rang".
    let shown = scene.capital(at) && scene.capital(at.wrapping_sub(1)) && scene.has_small;
    let no_place = scene.is(at.wrapping_sub(2), Lists::KIN) || !scene.is(at, Lists::PLACE);
    let titled = scene.is(at.wrapping_sub(1), Lists::TITLE);
    let near = (shown && no_place || titled) && !scene.is(at + 1, Lists::PLACE);
    scene.is_closed(at + 1) || near
}

/// "my surname is brown", "name: White".
pub(super) fn surname_named(
    scene: &Scene<'_>,
    cue: &str,
    at: usize,
    shouted: bool,
) -> Option<usize> {
    let of_surname = ["surname", "last", "family", "maiden", "married"]
        .iter()
        .any(|kind| cue.starts_with(kind));
    let shown = scene.capital(at) && !shouted;
    ((of_surname || shown) && everyday_surname(scene, at)).then_some(at + 1)
}

/// Whether "hall", "hill" or "green" at `at` is the surname of who is named before it, and not a place's: not "in
/// James Hill", "Victoria Hall".
pub(super) fn of_somebody(scene: &Scene<'_>, at: usize) -> bool {
    let first = at.wrapping_sub(1);
    let before = first.wrapping_sub(1);
    let place = Lists::BEFORE_PLACE.and(Lists::SAINT);
    // "in the name of karen hall", "spoke to karen hall".
    let named = matches!(
        (scene.word(before.wrapping_sub(1)), scene.word(before)),
        ("name" | "behalf" | "attention", "of")
            | (
                "speak" | "spoke" | "spoken" | "speaking" | "talk" | "talked",
                "to"
            )
    );
    scene.is(first, Lists::KNOWN_NAME)
        && !scene.is(first, Lists::PLACE_NAME)
        && everyday_surname(scene, at)
        && (named
            || !scene.is(before, place) && !matches!(scene.word(before), "from" | "and" | "for"))
}

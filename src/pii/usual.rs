//! Names that are everyday words too, told by what stands around them: "Kate Brown", "i spoke to mark yesterday".
//!
//! What announces names is in [`super::person`].

use super::person::{adjective, place_after, place_like, small};
use super::rule::Scene;
use super::vocabulary::Lists;

/// Whether a name may end before word `at`: nothing follows, or a word that is no part of what is called so.
pub(super) fn closed(scene: &Scene<'_>, at: usize) -> bool {
    const AFTER: &str = "about again and at but calling from had has here i im in is ive last lives living my needs of on our \
        please said says speaking to today tomorrow wants was who with yesterday";
    let next = scene.word(at);
    !matches!(scene.gap(at), " " | "-") || AFTER.split_ascii_whitespace().any(|word| word == next)
}

/// A first name that is a word too, in any case; hardly ever an adjective or a verb where people stand.
pub(super) fn everyday_first(scene: &Scene<'_>, at: usize) -> bool {
    scene.is(at, Lists::EVERYDAY_NAME) && !adjective(scene.word(at))
}

/// "i spoke to mark yesterday", "can i speak to sue please".
pub(super) fn spoken_to(scene: &Scene<'_>, cue: &str, at: usize) -> Option<usize> {
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
    (closed(scene, end) && !place_after(scene, end)).then_some(end)
}

/// "mark smith rang me", "Tom turner".
pub(super) fn with_surname(scene: &Scene<'_>, at: usize) -> Option<usize> {
    const SURNAMES: [&str; 10] = [
        "baker", "carter", "cooper", "parker", "smith", "taylor", "turner", "walker", "ward",
        "wright",
    ];
    let next = at + 1;
    let surname = scene.is(next, Lists::SURNAME) || SURNAMES.contains(&scene.word(next));
    // "the henry moore in the park".
    let first = (everyday_first(scene, at) || scene.is(at, Lists::KNOWN_NAME))
        && !scene.is(at.wrapping_sub(1), Lists::SAINT);
    let pair = first && scene.gap(next) == " " && surname && !place_like(scene, next);
    (pair && !place_after(scene, next + 1)).then_some(next + 1)
}

/// Whether the word after the first name `from..to` is its surname, though it is an everyday word or in small letters:
/// "Kate Brown and I", "Tom turner", not "kate brown bin".
pub(super) fn everyday_surname(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    let titled = scene.is(from.wrapping_sub(1), Lists::TITLE);
    let surname = || usual_surname(scene, to) || with_surname(scene, from).is_some();
    to == from + 1 && !titled && scene.gap(to) == " " && surname()
}

/// An everyday word that is a usual surname too, and of which nothing makes more.
pub(super) fn usual_surname(scene: &Scene<'_>, at: usize) -> bool {
    const SURNAMES: [&str; 30] = [
        "best", "black", "brown", "day", "early", "english", "field", "foster", "french", "good",
        "green", "hall", "hill", "little", "long", "may", "page", "power", "price", "read",
        "short", "small", "wall", "ward", "wells", "west", "white", "wild", "wood", "young",
    ];
    if !SURNAMES.contains(&scene.word(at)) {
        return false;
    }
    // "mr green next door", "my neighbour Steve Green plays music", "Karen White rang".
    let shown = scene.capital(at) && scene.capital(at.wrapping_sub(1)) && scene.has_small;
    let no_place = scene.is(at.wrapping_sub(2), Lists::KIN) || !place_like(scene, at);
    let titled = scene.is(at.wrapping_sub(1), Lists::TITLE);
    let near = (shown && no_place || titled) && !scene.is(at + 1, Lists::PLACE);
    closed(scene, at + 1) || near
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
    ((of_surname || shown) && usual_surname(scene, at)).then_some(at + 1)
}

/// Whether "hall", "hill" or "green" at `at` is the surname of who is named before it, and not a place's: not "in
/// James Hill", "Victoria Hall".
pub(super) fn of_somebody(scene: &Scene<'_>, at: usize) -> bool {
    let first = at.wrapping_sub(1);
    let before = first.wrapping_sub(1);
    let place = Lists::BEFORE_PLACE.and(Lists::SAINT);
    // "in the name of karen hall".
    let named = scene.word(before) == "of"
        && matches!(
            scene.word(before.wrapping_sub(1)),
            "name" | "behalf" | "attention"
        );
    scene.is(first, Lists::KNOWN_NAME)
        && !scene.is(first, Lists::PLACE_NAME)
        && usual_surname(scene, at)
        && (named
            || !scene.is(before, place) && !matches!(scene.word(before), "from" | "and" | "for"))
}

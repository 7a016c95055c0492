//! Names with which a message is signed: after a farewell, alone at its end, before kisses.
//!
//! Names within a message are in [`super::person`], [`super::mentions`] and [`super::unheard`].

use super::cues::Cues;
use super::person::{capitals, initial, name_word, place_like};
use super::rule::Scene;
use super::unheard;
use super::usual::{everyday_first, everyday_surname};
use super::vocabulary::Lists;

/// "thanks, Si": one or two words in capitals, or a known first name, that end the message after a
/// sign-off, or stand alone at its end.
pub(super) fn signed(scene: &Scene<'_>, shouted: bool) -> Option<(usize, usize)> {
    let mut to = scene.words.len();
    // Kisses.
    while to > 0 && scene.word(to - 1).bytes().all(|byte| byte == b'x') {
        to -= 1;
    }
    let known = |at: usize| scene.is(at, Lists::KNOWN_NAME);
    let hit = scene
        .cues
        .iter()
        .rfind(|hit| hit.cues.meets(Cues::SIGN_OFF));
    if let Some(from) = hit.map(|hit| scene.word_at(hit.end))
        && (1..=3).contains(&(to.saturating_sub(from)))
        && scene.gap(from).contains([',', '\n', ' '])
    {
        let apart = scene.gap(from).contains([',', '\n', '.', '!']);
        let each = (from..to).all(|at| {
            let surname = at == from + 1 && everyday_surname(scene, at);
            let word = name_word(scene, at)
                || surname
                || apart && scene.is(at, Lists::EVERYDAY_NAME)
                || apart && at + 1 < to && initial(scene, at);
            word && (at == from || matches!(scene.gap(at), " " | ". " | "-" | "'"))
                && (surname || !place_like(scene, at))
        });
        let capitals = !shouted && (from..to).all(|at| scene.capital(at));
        // "thanks, dan".
        let only = to == from + 1 && everyday_first(scene, from);
        let name = each && (known(from) || apart && (capitals || only));
        if name {
            return Some((from, to));
        }
    }
    // "... about the damp. dave".
    let alone =
        |from: usize| scene.gap(from).contains(['.', '!', '?', '\n']) && known(from) && from > 1;
    if to > 0 && alone(to - 1) && !place_like(scene, to - 1) {
        return Some((to - 1, to));
    }
    // "Ruqayyah x".
    let kissed = to > 0
        && to < scene.words.len()
        && (to == 1 || scene.gap(to - 1).contains(['.', ',', '!', '?', '\n']))
        && scene.capital(to - 1)
        && !shouted
        && unheard::unlisted(scene, to - 1);
    if kissed {
        return Some((to - 1, to));
    }
    None
}

/// "Yours, Aubrey Fazackerley, 16 Dovecote Rise": words in capitals between a farewell and what else is said of the
/// one who signs.
pub(super) fn signed_above(scene: &Scene<'_>, shouted: bool) -> Option<(usize, usize)> {
    if shouted {
        return None;
    }
    let farewells = scene
        .cues
        .iter()
        .filter(|hit| hit.cues.meets(Cues::SIGN_OFF));
    farewells.rev().find_map(|hit| {
        let from = scene.word_at(hit.end);
        let to = capitals(scene, from);
        let apart = scene.gap(from).starts_with(',') || scene.gap(from).contains('\n');
        let name = (from..to).all(|at| {
            name_word(scene, at) && !scene.is(at, Lists::COMMON) && !place_like(scene, at)
        });
        let closed = to < scene.words.len() && scene.gap(to).starts_with([',', '\n', '.', '(']);
        let signs = apart && scene.capital(from) && to >= from + 2 && name && closed;
        signs.then_some((from, to))
    })
}

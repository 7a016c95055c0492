//! Names of people that nothing announces: a line of its own, "X here", a known first name in the
//! middle of a sentence, in capitals or not; "Hope is my daughter's name"; "... and Una".
//!
//! A place, a school or a pub that is called after somebody is none: see
//! [`super::person::place_after`].

use super::person::{adjective, capitals, initial, name_word, place_after, place_like, small};
use super::rule::Scene;
use super::unheard::unlisted;
use super::usual::{everyday_surname, with_surname};
use super::vocabulary::Lists;

/// A line that is a first name that is known and one or two words more, in any case: the head of an
/// address, the foot of a letter. The word after it.
pub(super) fn on_its_line(scene: &Scene<'_>, at: usize) -> Option<usize> {
    if !scene.is(at, Lists::KNOWN_NAME) || !(at == 0 || scene.gap(at).contains('\n')) {
        return None;
    }
    let mut end = at + 1;
    while end < at + 3 && matches!(scene.gap(end), " " | "-" | "'" | ". ") && name_word(scene, end)
    {
        end += 1;
    }
    let closed = if end < scene.words.len() {
        scene.gap(end).starts_with('\n')
    } else {
        // The whole message is a name: only if the surname is known.
        at > 0 || scene.is(end - 1, Lists::SURNAME)
    };
    let proper = end >= at + 2 && closed && !(at..end).any(|word| place_like(scene, word));
    proper.then_some(end)
}

/// A name in a sentence, as far as it shows by itself. The word after it.
pub(super) fn mentioned(scene: &Scene<'_>, at: usize, shouted: bool) -> Option<usize> {
    if !scene.is(at, Lists::CAPITAL.and(Lists::ANY_NAME)) && !scene.any(Lists::HERE) {
        return None;
    }
    here(scene, at, shouted)
        .or_else(|| initialled(scene, at, shouted))
        .or_else(|| {
            if shouted {
                return in_a_shout(scene, at);
            }
            let end = if scene.capital(at) {
                in_capitals(scene, at)
            } else {
                in_small_letters(scene, at)
            };
            end.or_else(|| with_surname(scene, at))
        })
}

/// What is said before a name that is given without more words.
pub(super) fn greeting(scene: &Scene<'_>, at: usize) -> bool {
    scene.is(at, Lists::GREETING)
}

/// "ewelina here", "Zubaida Begum here", "frank speaking", at the beginning of a clause.
fn here(scene: &Scene<'_>, at: usize, shouted: bool) -> Option<usize> {
    const NAME_WORDS_MAX: usize = 3;
    if !scene.any(Lists::HERE) {
        return None;
    }
    let begins = at == 0
        || scene.gap(at).contains([',', '.', '!', '\n'])
        || greeting(scene, at - 1) && scene.gap(at) == " ";
    let first = scene.is(at, Lists::ANY_NAME);
    if !begins || !(first || name_word(scene, at)) {
        return None;
    }
    let mut end = at + 1;
    while end < at + NAME_WORDS_MAX
        && matches!(scene.gap(end), " " | "-" | "'")
        && name_word(scene, end)
        && (scene.capital(end) || !scene.is(end, Lists::COMMON))
    {
        end += 1;
    }
    let here = |word: usize| scene.gap(word) == " " && scene.is(word, Lists::HERE);
    // "may from the bowling club here".
    let from = scene.gap(end) == " "
        && scene.word(end) == "from"
        && (end + 1..end + 7)
            .take_while(|word| matches!(scene.gap(*word), " " | "'" | "-"))
            .any(here);
    // "hello priti sharma here".
    let unusual = |word: usize| {
        name_word(scene, word) && !scene.is(word, Lists::COMMON) && scene.word(word).len() > 2
    };
    let pair = end == at + 2 && (at..end).all(unusual) && at > 0 && greeting(scene, at - 1);
    let named =
        first || pair || end >= at + 2 && (at..end).all(|word| scene.capital(word)) && !shouted;
    (named && (here(end) || first && from) && !(at..end).any(|word| place_like(scene, word)))
        .then_some(end)
}

/// "P. Holroyd", and "for A Zielinska" after words that people come after.
fn initialled(scene: &Scene<'_>, at: usize, shouted: bool) -> Option<usize> {
    let next = at + 1;
    let dotted = matches!(scene.gap(next), ". " | ".");
    let left = scene.word(at.wrapping_sub(1));
    let announced = matches!(
        left,
        "for"
            | "in"
            | "from"
            | "by"
            | "to"
            | "with"
            | "of"
            | "is"
            | "dear"
            | "told"
            | "and"
            | "under"
            | "as"
    );
    let two = initial(scene, at) && initial(scene, next);
    // "G. S. Sandhu".
    let surname = || {
        dotted
            && name_word(scene, at + 2)
            && !scene.is(at + 2, Lists::COMMON)
            && !place_like(scene, at + 2)
            && !place_after(scene, at + 3)
    };
    if two && !shouted && scene.capital(at + 2) && (unlisted(scene, at + 2) || surname()) {
        return Some(at + 3);
    }
    let word = initial(scene, at)
        && scene.capital(next)
        && (name_word(scene, next) || everyday_surname(scene, next))
        && scene.word(next).len() > 2;
    // "Refund to G R Althorpeson", "J Bickerstow" at the beginning of a clause.
    let begins = at == 0 || scene.gap(at).contains([',', '.', ':', '\n']) || left == "name";
    let head = begins && scene.word(at) != "a" && scene.word(next).len() > 4;
    let letter = scene.word(at) != "i" && (dotted || (announced || head) && !shouted);
    if !word
        || !letter
        || scene.is(next, Lists::COMMON)
        || place_like(scene, next)
        || place_after(scene, at + 2)
    {
        return None;
    }
    Some(if shouted {
        at + 2
    } else {
        capitals(scene, at).max(at + 2)
    })
}

/// Capitals say nothing, so the first name must be known and have a surname.
fn in_a_shout(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let pair = scene.is(at, Lists::KNOWN_NAME)
        && scene.gap(at + 1) == " "
        && name_word(scene, at + 1)
        && scene.capital(at)
        && (scene.is(at + 1, Lists::SURNAME)
            || scene.has_small && !scene.is(at + 1, Lists::COMMON));
    let saint = scene.is(at.wrapping_sub(1), Lists::SAINT);
    let place = (at..at + 2).any(|word| place_like(scene, word)) || place_after(scene, at + 2);
    (pair && !saint && !place).then_some(at + 2)
}

/// A known first name in capitals, alone or with a surname, anywhere: not "Victoria Road".
fn in_capitals(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let left = at.wrapping_sub(1);
    let inside = scene.capital(left) && scene.gap(at) == " " && !scene.is(left, Lists::NOT_NAME);
    let saint = scene.is(left, Lists::SAINT) && matches!(scene.gap(at), " " | ". ");
    if inside || saint || scene.is(at, Lists::TITLE) {
        return None;
    }
    let end = capitals(scene, at);
    let place = (at..end).any(|word| place_like(scene, word)) || place_after(scene, end);
    if !scene.is(at, Lists::ANY_NAME) {
        let surname = end == at + 2 && scene.is(at + 1, Lists::SURNAME) && name_word(scene, at);
        let placed = scene.is(left, Lists::BEFORE_PLACE);
        // "Mair Probert, 3 Cae Glas", at the beginning or, of words that are no usual ones, after a comma.
        let plain = |word: usize| unlisted(scene, word) || scene.is(word, Lists::SURNAME);
        let begins = at == 0
            || scene.gap(at).contains('\n')
            || scene.gap(at).starts_with([',', '.', ':']) && (at..end).all(plain);
        let of_address = begins
            && end >= at + 2
            && name_word(scene, at)
            && scene.gap(end).starts_with(',')
            && scene.is(end, Lists::DIGIT);
        return ((surname && !placed || of_address) && !place).then_some(end);
    }
    // "little Poppy".
    let dear = matches!(
        scene.word(left),
        "little" | "our" | "young" | "poor" | "wee" | "baby"
    );
    let alone = end == at + 1
        && (scene.is(at, Lists::KNOWN_NAME) || dear && !adjective(scene.word(at)))
        && !scene.is(at, Lists::PLACE_NAME);
    ((alone || end >= at + 2) && !place).then_some(end)
}

/// "can you put zofia on the list": a common first name that is nothing else.
fn in_small_letters(scene: &Scene<'_>, at: usize) -> Option<usize> {
    const LETTERS_MIN: usize = 4;
    let left = at.wrapping_sub(1);
    // "the daughter of violet pickersgill".
    let second = at + 1;
    let pair = scene.is(at, Lists::EVERYDAY_NAME)
        && !adjective(scene.word(at))
        && matches!(
            scene.word(left),
            "of" | "called" | "named" | "for" | "about" | "tell" | "with"
        )
        && scene.gap(second) == " "
        && unlisted(scene, second)
        && scene.word(second).len() > 5
        && !["ed", "ing", "ly"]
            .iter()
            .any(|end| scene.word(second).ends_with(end));
    if pair && !place_after(scene, second + 1) {
        return Some(second + 1);
    }
    let first = scene.is(at, Lists::FIRST_NAME) && !scene.is(at, Lists::PLACE_NAME);
    if !first
        || scene.word(at).len() < LETTERS_MIN
        || scene.is(left, Lists::SAINT)
        || scene.is(left, Lists::ANY_NAME) && scene.gap(at) == " "
    {
        return None;
    }
    // "mark@example.org" and "www.bradley" are no sentences.
    let apart = |gap: &str| {
        gap.is_empty() || gap.contains([' ', '\n']) || gap == "'" || gap == "," || gap == "."
    };
    if at > 0 && !apart(scene.gap(at)) || scene.gap(at + 1).starts_with('@') {
        return None;
    }
    let end = small(scene, at, false);
    (!place_like(scene, end - 1) && !place_after(scene, end)).then_some(end)
}

/// "Hope is my daughter's name", "Ng is my surname": the name before the word `is` at `at`.
pub(super) fn this_is_my_name(scene: &Scene<'_>, at: usize) -> Option<(usize, usize)> {
    const NAME_WORDS_MAX: usize = 3;
    if !scene.is(at, Lists::BEING) || scene.word(at) != "is" {
        return None;
    }
    let whose = matches!(
        scene.word(at + 1),
        "my" | "the" | "her" | "his" | "our" | "their" | "me"
    );
    let name = (at + 2..at + 5)
        .take_while(|word| matches!(scene.gap(*word), " " | "'"))
        .any(|word| matches!(scene.word(word), "name" | "surname"));
    // "gwilym is my husband".
    let kin = matches!(scene.word(at + 1), "my" | "her" | "his" | "our")
        && scene.is(at + 2, Lists::KIN)
        && scene.is(at + 2, Lists::PERSON)
        && at > 0
        && unlisted(scene, at - 1)
        && !scene.word(at - 1).ends_with("ing")
        && (at == 1 || scene.gap(at - 1).contains([',', '.', '\n']));
    if kin && scene.gap(at) == " " {
        return Some((at - 1, at));
    }
    if !whose || !name {
        return None;
    }
    let mut from = at;
    while from > 0
        && at - from < NAME_WORDS_MAX
        && matches!(scene.gap(from), " " | "-" | "'")
        && (name_word(scene, from - 1) || scene.is(from - 1, Lists::EVERYDAY_NAME))
    {
        from -= 1;
    }
    let begins = from == 0 || scene.gap(from).contains([',', '.', '\n']);
    (from < at && begins).then_some((from, at))
}

/// "can daisy and alfie winstanley share": a name that is a word too, before one that was found.
pub(super) fn one_before(scene: &Scene<'_>, from: usize) -> Option<(usize, usize)> {
    let left = from.checked_sub(2)?;
    let joined =
        scene.word(from - 1) == "and" && scene.gap(from) == " " && scene.gap(from - 1) == " ";
    let name = scene.is(left, Lists::ANY_NAME) && !adjective(scene.word(left));
    let known = scene.is(from, Lists::KNOWN_NAME) && !scene.is(left.wrapping_sub(1), Lists::SAINT);
    (joined && name && known).then_some((left, left + 1))
}

/// "Hamish and Una": another name, after one that was found.
pub(super) fn and_another(
    scene: &Scene<'_>,
    (from, to): (usize, usize),
    shouted: bool,
) -> Option<(usize, usize)> {
    let and = scene.word(to) == "and" && scene.gap(to) == " " && scene.gap(to + 1) == " ";
    let ampersand = scene.gap(to) == " & ";
    let at = if and {
        to + 1
    } else if ampersand {
        to
    } else {
        return None;
    };
    let capital = scene.capital(at) && !shouted;
    let known = scene.is(at, Lists::KNOWN_NAME)
        || scene.is(at, Lists::EVERYDAY_NAME) && !adjective(scene.word(at));
    let another = scene.is(from, Lists::ANY_NAME) && (known || capital && name_word(scene, at));
    if !another {
        return None;
    }
    let end = if capital {
        capitals(scene, at)
    } else {
        small(scene, at, false)
    };
    (!place_like(scene, end - 1) && !place_after(scene, end)).then_some((at, end))
}

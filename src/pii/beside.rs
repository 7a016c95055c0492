//! Names beside who somebody is: a title ("Mr T Okonkwo", "reverend postlethwaite"), somebody's somebody ("my mam
//! Eirlys").
//!
//! Names after words that announce one are in [`super::person`].

use super::person::{adjective, capitals, name_word, place_after, place_like, small};
use super::rule::Scene;
use super::unheard::unlisted;
use super::usual::everyday_surname;
use super::vocabulary::Lists;

/// "Mr T Okonkwo", "mrs e wolstenholme", "Miss Jellicoe", but not "miss collections".
pub(super) fn titled(scene: &Scene<'_>, at: usize, title: &str, shouted: bool) -> Option<usize> {
    const INITIALS_MAX: usize = 3;
    let mut from = at;
    while from < at + INITIALS_MAX
        && scene.word(from).len() == 1
        && matches!(scene.gap(from + 1), " " | ". " | ".")
    {
        from += 1;
    }
    let place =
        place_like(scene, from) || scene.gap(from + 1) == " " && place_like(scene, from + 1);
    if title == "miss" && missed(scene.word(at.wrapping_sub(2))) {
        return None;
    }
    let capital = scene.capital(from) && !shouted;
    let only_a_title = matches!(title, "mr" | "mrs" | "ms" | "mx" | "mister");
    if everyday_surname(scene, from) && (only_a_title || capital) {
        return Some(from + 1);
    }
    let everyday = scene.is(from, Lists::EVERYDAY_NAME) && capital;
    if !(name_word(scene, from) || everyday) || place {
        return None;
    }
    // "Master J Tasker", not "Master Bedroom".
    if title == "master" && !(capital && (from > at || scene.capital(from + 1))) {
        return None;
    }
    let known = scene.is(from, Lists::KNOWN_NAME.and(Lists::SURNAME));
    // "miss tattersall", "reverend postlethwaite".
    let other = matches!(
        title,
        "miss"
            | "reverend"
            | "rev"
            | "professor"
            | "prof"
            | "pastor"
            | "imam"
            | "rabbi"
            | "sgt"
            | "dr"
    ) && from == at
        && unlisted(scene, from)
        && !["s", "ed", "ing", "ly", "ion", "ment"]
            .iter()
            .any(|end| scene.word(from).ends_with(end));
    (only_a_title || capital || known || other).then(|| {
        if capital {
            capitals(scene, from)
        } else {
            small(scene, from, only_a_title)
        }
    })
}

/// "i miss Poland", "can't miss Thursdays": whether the word before "miss" makes it a verb.
fn missed(before: &str) -> bool {
    const WORDS: &str =
        "i we you they he she to t dont didnt not never will would might ll d cant really do still";
    WORDS.split(' ').any(|word| word == before)
}

/// "my mam Eirlys", "our steph", "the lad next door, Connor": a name beside who they are to somebody.
pub(super) fn of_kin(scene: &Scene<'_>, at: usize, shouted: bool) -> Option<usize> {
    let left = at.wrapping_sub(1);
    let door = scene.word(left) == "door" && scene.word(left.wrapping_sub(1)) == "next";
    if !(scene.is(left, Lists::KIN) || door) || !matches!(scene.gap(at), " " | ", ") {
        return None;
    }
    let capital = scene.capital(at) && !shouted;
    let known = scene.is(at, Lists::KNOWN_NAME) && name_word(scene, at);
    let everyday = scene.is(at, Lists::EVERYDAY_NAME)
        && (capital
            || !adjective(scene.word(at))
                && (scene.gap(at + 1) != " "
                    || matches!(
                        scene.word(at + 1),
                        "is" | "s"
                            | "has"
                            | "was"
                            | "and"
                            | "who"
                            | "needs"
                            | "wants"
                            | "got"
                            | "said"
                            | "keeps"
                            | "rang"
                            | "told"
                            | "came"
                            | "plays"
                            | "went"
                            | "does"
                            | "did"
                            | "works"
                            | "gets"
                            | "cant"
                            | "wont"
                    )));
    let announced =
        capital && scene.gap(at) == " " && name_word(scene, at) && !scene.is(at, Lists::TITLE);
    // "my sister adaeze she has gone".
    let form = ["s", "ed", "ing", "ly", "t"]
        .iter()
        .any(|ending| scene.word(at).ends_with(ending));
    let in_passing = !capital
        && scene.gap(at) == " "
        && scene.is(left.wrapping_sub(1), Lists::POSSESSIVE)
        && !scene.word(left).ends_with('s')
        && unlisted(scene, at)
        && !form
        && scene.gap(at + 1) == " "
        && matches!(
            scene.word(at + 1),
            "is" | "has" | "was" | "she" | "he" | "who"
        );
    if !(known || everyday || announced || in_passing) {
        return None;
    }
    let end = if capital {
        capitals(scene, at)
    } else {
        small(scene, at, false)
    };
    (!(at..end).any(|word| place_like(scene, word)) && !place_after(scene, end)).then_some(end)
}

//! Names of people after words that say that a name comes: introduced ("my name is", "it's dave
//! again"), titled, somebody's somebody ("my mam Eirlys"), signed.
//!
//! Casing helps and is not relied on: after "my name is" any word that is no everyday word is a
//! name; after "it's" it must be a known first name or two words in capitals. Names that nothing
//! announces are in [`super::mentions`].

use super::announced::{announced, its_me, nicknamed, spoken_to};
use super::beside::{of_kin, titled};
use super::cues::{CueHit, Cues};
use super::mentions;
use super::nobody::nobody;
use super::rule::Scene;
use super::signatures::{signed, signed_above};
use super::unheard;
use super::usual::{addressed, has_surname, of_somebody, surname_named};
use super::vocabulary::Lists;
use super::words::is_month;
use std::ops::Range;

/// Phrases that may announce a name.
const ANNOUNCE: Cues = Cues::NAMED
    .and(Cues::MAYBE_NAMED)
    .and(Cues::KNOWN_NAMED)
    .and(Cues::TITLED);

/// The ranges of the text that hold a name.
pub(super) fn persons(scene: &Scene<'_>) -> Vec<Range<usize>> {
    let shouted = shouted(scene);
    let mut found: Vec<(usize, usize)> = Vec::new();
    for hit in scene.cues.iter().filter(|hit| hit.cues.meets(ANNOUNCE)) {
        let cue = scene.normal.text().get(hit.start..hit.end);
        let cue = cue.unwrap_or_default();
        found.extend(after_cue(scene, hit, cue, shouted));
        found.extend(surname_before(scene, hit, cue));
    }
    found.extend(bare(scene));
    found.extend(signed(scene, shouted));
    found.extend(signed_above(scene, shouted));
    for at in 0..scene.words.len() {
        let end = mentions::on_its_line(scene, at)
            .or_else(|| of_kin(scene, at, shouted))
            .or_else(|| mentions::mentioned(scene, at, shouted));
        let end = end
            .or_else(|| unheard::pointed_out(scene, at, shouted))
            .or_else(|| unheard::whose(scene, at, shouted));
        found.extend(end.map(|end| (at, end)));
        found.extend(mentions::this_is_my_name(scene, at));
    }
    found.extend(unheard::spelt_out(scene, &found));
    for nth in 0..found.len() {
        found.extend(unheard::surname_first(scene, found[nth]));
        found.extend(mentions::and_another(scene, found[nth], shouted));
        found.extend(mentions::one_before(scene, found[nth].0));
    }
    found
        .into_iter()
        .filter(|(from, to)| !nobody(scene, *from, *to))
        .map(|(from, to)| {
            let to = to + usize::from(has_surname(scene, from, to));
            scene.words[initials(scene, from, shouted)].start..scene.words[to - 1].end
        })
        .collect()
}

/// The first of the initials in capitals that stand before a name: "R. J. Wetherby".
fn initials(scene: &Scene<'_>, from: usize, shouted: bool) -> usize {
    const INITIALS_MAX: usize = 3;
    let mut first = from;
    while first > 0 && from - first < INITIALS_MAX {
        let at = first - 1;
        let one = scene.word(at).len() == 1 && !shouted && initial(scene, at);
        // "I" is somebody, "A" is one, and "Flat B" is a place.
        let spaced = scene.gap(first) == " ";
        let other = spaced && matches!(scene.word(at), "i" | "a");
        let labelled = spaced && scene.gap(at) == " " && first == from;
        if !one || other || labelled && !scene.is(at.wrapping_sub(1), Lists::TITLE) {
            break;
        }
        first = at;
    }
    first
}

/// A name that is all of a message, as forms have it: "PASCOE, Loveday", "name jory trembath".
fn bare(scene: &Scene<'_>) -> Option<(usize, usize)> {
    let unusual = |at: usize| {
        name_word(scene, at)
            && !scene.is(at, Lists::COMMON.and(Lists::PLACE))
            && scene.word(at).len() > 2
    };
    let spaced = |at: usize| scene.gap(at) == " ";
    match scene.words.len() {
        2 => {
            let first = scene.is(0, Lists::UPPER) && scene.capital(1) && !scene.is(1, Lists::UPPER);
            (first && scene.gap(1) == ", " && unusual(0) && unusual(1)).then_some((0, 2))
        }
        3 => {
            let named = scene.word(0) == "name" && spaced(1) && spaced(2);
            (named && unusual(1) && unusual(2)).then_some((1, 3))
        }
        _ => None,
    }
}

/// A surname before the first name that is named: "O'Hanlon, first name Ciaran".
fn surname_before(scene: &Scene<'_>, hit: &CueHit, cue: &str) -> Option<(usize, usize)> {
    if !matches!(cue, "first name" | "first name is" | "forename") {
        return None;
    }
    let end = scene.word_at(hit.start);
    let parted = matches!(scene.gap(end), ", " | ". " | "; " | "\n");
    let irish = end == 2 && scene.gap(1) == "'";
    let single = (end == 1 || irish) && name_word(scene, 0);
    (parted && single).then_some((0, end))
}

/// The name after a phrase that announces one: its first word, and the word after it.
fn after_cue(scene: &Scene<'_>, hit: &CueHit, cue: &str, shouted: bool) -> Option<(usize, usize)> {
    let mut at = scene.word_at(hit.end);
    if !matches!(
        scene.gap(at),
        " " | ", " | ": " | ":" | " : " | " - " | " = " | "\n" | ",\n" | ". " | "-" | "; "
    ) {
        return None;
    }
    if hit.cues.meets(Cues::TITLED) {
        // "PC 4412 Hollingworth".
        let number = matches!(cue, "pc" | "sgt" | "sergeant" | "officer")
            && scene.word(at).bytes().all(|byte| byte.is_ascii_digit())
            && scene.gap(at + 1) == " "
            && scene.capital(at + 1);
        at += usize::from(number);
        return titled(scene, at, cue, shouted).map(|end| (at, end));
    }
    let said =
        cue.ends_with("is") || cue.ends_with("was") || cue.ends_with("'s") || cue.ends_with(':');
    // "has my name dropped off", but "my name okonjo".
    let goes_on = matches!(cue, "my name" | "in my name")
        && scene.gap(at) == " "
        && scene.gap(at + 1) == " "
        && scene.is(at + 1, Lists::NOT_NAME.and(Lists::COMMON))
        && !scene.capital(at)
        && !scene.is(at, Lists::ANY_NAME.and(Lists::SURNAME));
    let sure = hit.cues.meets(Cues::NAMED) && !goes_on || unheard::name_given(scene, hit, cue);
    if hit.cues.meets(Cues::KNOWN_NAMED) && !scene.is(at, Lists::ANY_NAME) {
        return announced(scene, hit, cue, at)
            .filter(|_| !shouted)
            .map(|end| (at, end));
    }
    if scene.is(at, Lists::TITLE) && scene.gap(at + 1).starts_with([' ', '.']) {
        at += 1;
    }
    let capital = scene.capital(at) && !shouted && scene.is(at, Lists::ANY_NAME);
    // "Name Oduya. First name Blessing."
    let begins = scene.word_at(hit.start);
    let field = (begins == 0 || scene.gap(begins).contains(['.', ',', '\n']))
        && scene.capital(at)
        && !shouted
        && scene.gap(at + 1) != " ";
    let sure = sure || cue == "name" && (capital || field);
    let end = if sure || scene.word(at).len() == 1 && scene.gap(at + 1).starts_with('.') {
        introduced(scene, at, shouted, said).or_else(|| surname_named(scene, cue, at, shouted))
    } else {
        likely(scene, at, shouted)
            .or_else(|| announced(scene, hit, cue, at).filter(|_| !shouted))
            .or_else(|| its_me(scene, hit, cue, at).filter(|_| !shouted))
            .or_else(|| nicknamed(scene, cue, at, shouted))
            .or_else(|| spoken_to(scene, cue, at))
            .or_else(|| addressed(scene, cue, at))
            .or_else(|| i_am(scene, hit, cue, at))
            .or_else(|| {
                // "tell June that the june meeting is off".
                let told = matches!(cue, "tell" | "told" | "ask" | "asked" | "dear");
                let month = scene.capital(at) && !shouted && scene.is(at, Lists::EVERYDAY_NAME);
                (told && month).then_some(at + 1)
            })
    };
    end.map(|end| (at, end))
}

/// Whether capitals say nothing: all of the text, or most words of a longer one, has them.
fn shouted(scene: &Scene<'_>) -> bool {
    if !scene.has_small {
        return true;
    }
    let letters = || scene.lists.iter().filter(|word| word.meets(Lists::LETTERS));
    let words = letters().count();
    let capitals = letters().filter(|word| word.meets(Lists::CAPITAL)).count();
    words > 7 && capitals * 3 > words * 2
}

/// A capital that stands for a first name.
pub(super) fn initial(scene: &Scene<'_>, at: usize) -> bool {
    // "QQ 88 16 05 D. Sinead ..." ends a number.
    let ends = scene.is(at.wrapping_sub(1), Lists::DIGIT) && scene.gap(at) == " ";
    scene.word(at).len() == 1
        && scene.capital(at)
        && matches!(scene.gap(at + 1), " " | ". " | ".")
        && !ends
}

/// A word that can be part of a name.
pub(super) fn name_word(scene: &Scene<'_>, at: usize) -> bool {
    if scene.is(at, Lists::NOT_NAME) {
        return false;
    }
    let word = scene.word(at);
    let irish = matches!(word, "o" | "d") && scene.gap(at + 1) == "'";
    // "the kids don't".
    let verb =
        scene.gap(at + 1) == "'" && matches!(scene.word(at + 1), "t" | "ll" | "ve" | "re" | "d");
    (word.len() > 1 || irish)
        && !verb
        && word
            .bytes()
            .all(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii())
}

/// The word after a name that starts at `at`, after words that say that a name comes. Names that are
/// words too need more: a capital, or that it was `said` outright ("my name is hope").
fn introduced(scene: &Scene<'_>, at: usize, shouted: bool, said: bool) -> Option<usize> {
    let everyday = scene.is(at, Lists::EVERYDAY_NAME);
    // "o. b. achterberg".
    let mut full = at;
    while scene.word(full).len() == 1 && matches!(scene.gap(full + 1), ". " | ".") {
        full += 1;
    }
    if full > at && name_word(scene, full) {
        return Some(small(scene, full, true));
    }
    // "Mr T Okonkwo".
    let after = if initial(scene, at + 1) {
        at + 2
    } else {
        at + 1
    };
    if initial(scene, at) && scene.capital(after) && name_word(scene, after) {
        return Some(capitals(scene, at));
    }
    // "her name's Precious Adeyinka".
    let shown = said && !shouted && scene.capital(at) && scene.word(at).len() > 2;
    let two =
        shown && scene.gap(at + 1) == " " && scene.capital(at + 1) && name_word(scene, at + 1);
    if !name_word(scene, at) && !two && !(everyday && (said || scene.capital(at) && !shouted)) {
        return None;
    }
    if scene.capital(at) && !shouted {
        return Some(capitals(scene, at));
    }
    Some(small(scene, at, true))
}

/// The word after a name in small letters that begins with word `at`: surnames that are known, and
/// words that are not usual ones; where it is not `sure` that a name comes, only one, with none like
/// it behind.
pub(super) fn small(scene: &Scene<'_>, at: usize, sure: bool) -> usize {
    const LOWER_CASE_WORDS_MAX: usize = 3;
    let joined = |at: usize| matches!(scene.gap(at), " " | "-" | "'");
    let unusual = |at: usize| {
        name_word(scene, at) && !scene.is(at, Lists::COMMON) && scene.word(at).len() > 2
    };
    let mut end = at + 1;
    while end < at + LOWER_CASE_WORDS_MAX && joined(end) {
        let surname = scene.is(end, Lists::SURNAME.and(Lists::KNOWN_NAME)) && name_word(scene, end);
        // "kayleigh-mae stubbs".
        let double = scene.gap(end) == "-" && name_word(scene, end);
        let closed = double || sure || !joined(end + 1) || !unusual(end + 1);
        if !(surname || (unusual(end) || double) && closed) || !sure && place_like(scene, end) {
            break;
        }
        end += 1;
    }
    end
}

/// The same after words that need not be followed by a name.
fn likely(scene: &Scene<'_>, at: usize, shouted: bool) -> Option<usize> {
    let capital = scene.capital(at) && !shouted;
    let next = if scene.gap(at + 1) == " " {
        scene.word(at + 1)
    } else {
        ""
    };
    // "its mark here", "this is mfon calling".
    let here = matches!(next, "here" | "speaking" | "calling" | "again");
    let calling = matches!(next, "speaking" | "calling") && !scene.is(at, Lists::COMMON);
    // "its autumn again".
    let recurs = next == "again"
        && (is_month(scene.word(at)) || matches!(scene.word(at), "summer" | "autumn" | "winter"));
    if here && scene.is(at, Lists::EVERYDAY_NAME) && !recurs || calling && name_word(scene, at) {
        return Some(at + 1);
    }
    if !name_word(scene, at) {
        return None;
    }
    if scene.is(at, Lists::KNOWN_NAME) || capital && scene.is(at, Lists::EVERYDAY_NAME) {
        if !capital {
            // "catherine street and james street".
            let end = small(scene, at, false);
            let and = scene.word(at.wrapping_sub(1)) == "and";
            return (!and || !place_after(scene, end)).then_some(end);
        }
        let end = capitals(scene, at);
        return (!place_like(scene, end - 1) && !place_after(scene, end)).then_some(end);
    }
    let end = capitals(scene, at);
    let proper = capital
        && end >= at + 2
        && !(at..end).any(|word| place_like(scene, word))
        && !place_after(scene, end);
    proper.then_some(end)
}

/// "hi im mark some ...", "this is rose penny": names that are words too, in small letters, after what
/// people say of themselves.
fn i_am(scene: &Scene<'_>, hit: &CueHit, cue: &str, at: usize) -> Option<usize> {
    let of_self = matches!(cue, "im" | "i'm" | "i am" | "this is");
    let of_it = matches!(cue, "its" | "it's" | "it is");
    if !(of_self || of_it) || !scene.is(at, Lists::EVERYDAY_NAME) || scene.gap(at) != " " {
        return None;
    }
    let next = at + 1;
    if scene.gap(next) != " " {
        return (of_self && scene.gap(next).starts_with(',') && !adjective(scene.word(at)))
            .then_some(next);
    }
    let unusual = name_word(scene, next) && !scene.is(next, Lists::COMMON);
    let second = scene.is(next, Lists::SURNAME)
        || scene.is(next, Lists::EVERYDAY_NAME) && !adjective(scene.word(next))
        || unusual;
    let closed = scene.gap(at + 2) != " " || scene.is(at + 2, Lists::NOT_NAME.and(Lists::COMMON));
    if of_self && second && closed && !place_like(scene, next) && !place_after(scene, next + 1) {
        return Some(at + 2);
    }
    let begins = scene.word_at(hit.start);
    let greeted = begins == 0 || mentions::greeting(scene, begins - 1);
    let about = matches!(scene.word(next), "about" | "from" | "and" | "who" | "off");
    (greeted && !adjective(scene.word(at)) && (of_self || about)).then_some(next)
}

/// Names that are said of how somebody is or to anybody, or are verbs after "i" and "my son".
pub(super) fn adjective(word: &str) -> bool {
    const WORDS: [&str; 25] = [
        "rich",
        "red",
        "rusty",
        "sandy",
        "sunny",
        "lucky",
        "major",
        "frank",
        "may",
        "will",
        "max",
        "skip",
        "sue",
        "van",
        "drew",
        "star",
        "angel",
        "hope",
        "chase",
        "grant",
        "ray",
        "earl",
        "christian",
        "wade",
        "honey",
    ];
    WORDS.contains(&word)
}

/// The word after the capitalised words from `at` on, with particles between them.
pub(super) fn capitals(scene: &Scene<'_>, at: usize) -> usize {
    const NAME_WORDS_MAX: usize = 5;
    let mut end = at + 1;
    while end < at + NAME_WORDS_MAX {
        // "P. Holroyd" goes on, "the Highways. Somebody" does not.
        let abbreviated = scene.gap(end) == ". " && scene.word(end - 1).len() <= 2;
        let joined = abbreviated || matches!(scene.gap(end), " " | "-" | "'");
        let particles = (end..end + 2).take_while(|at| scene.is(*at, Lists::PARTICLE));
        let part = end + particles.count();
        let initial =
            scene.word(part).len() == 1 && scene.word(part) != "i" && scene.gap(part) != "'";
        // "Hilda May Ormerod".
        let middle = scene.is(part, Lists::EVERYDAY_NAME)
            && scene.gap(part + 1) == " "
            && scene.capital(part + 1)
            && name_word(scene, part + 1);
        // "Bethan Lloyd-Price".
        let double = scene.gap(part) == "-" && scene.word(part).len() > 2;
        // "Hye-jin Calloway".
        let small = double && name_word(scene, part);
        // "Lorraine Abbott QQ 80 03 71 B".
        let letters = scene.word(part).len() == 2 && scene.is(part + 1, Lists::DIGIT);
        if !joined
            || letters && scene.is(part, Lists::UPPER)
            || !(scene.capital(part) || small)
            || !(name_word(scene, part) || initial || middle || double)
        {
            break;
        }
        end = part + 1;
    }
    end
}

/// Words that make the name before them a place or an organisation, but for the second half of a surname.
pub(super) fn place_like(scene: &Scene<'_>, at: usize) -> bool {
    scene.is(at, Lists::PLACE) && scene.gap(at) != "-" && !of_somebody(scene, at)
}

/// Whether a name that ends before word `end` is a place's: "wilfred owen way", "mary's road". Words
/// between that are no usual ones belong to its name.
pub(super) fn place_after(scene: &Scene<'_>, end: usize) -> bool {
    const NAME_WORDS_MAX: usize = 3;
    let mut at = end;
    while at < end + NAME_WORDS_MAX {
        let own = scene.word(at) == "s" && scene.gap(at) == "'";
        if !own && scene.gap(at) != " " {
            return false;
        }
        // "Dennis Ainscow's estate".
        let left_by = scene.word(at) == "estate" && scene.word(at.wrapping_sub(1)) == "s";
        if left_by {
            return false;
        }
        if place_like(scene, at) {
            return true;
        }
        let number = scene.is(at, Lists::DIGIT);
        if !own && (number || scene.is(at, Lists::NOT_NAME.and(Lists::COMMON))) {
            return false;
        }
        at += 1;
    }
    false
}

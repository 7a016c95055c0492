//! Names that are in no list: what shows that a word is one is who stands beside it, what is done with people, how
//! it is spelt out, that it is what somebody is called.
//!
//! Names that are known are in [`super::mentions`], those that are announced in [`super::person`].

use super::cues::CueHit;
use super::person::{capitals, name_word, place_after, place_like};
use super::rule::Scene;
use super::vocabulary::Lists;

/// "mother of Lwazi Moyo", "the deceased is Perpetua Nwachukwu", "the Tasker family": words in capitals that are in
/// no list, beside who they are.
fn beside_who(scene: &Scene<'_>, at: usize, end: usize) -> bool {
    let left = |back: usize| at.wrapping_sub(back);
    let new = |word: usize| unlisted(scene, word) || scene.is(word, Lists::SURNAME);
    let of = scene.word(left(1)) == "of" && scene.is(left(2), Lists::KIN);
    let role = |word: usize| {
        matches!(
            scene.word(word),
            "deceased"
                | "applicant"
                | "occupier"
                | "claimant"
                | "executor"
                | "complainant"
                | "owner"
                | "defendant"
                | "resident"
                | "patient"
                | "client"
                | "caller"
                | "customer"
                | "pupil"
                | "payee"
                | "witness"
        )
    };
    let is = scene.word(left(1)) == "is" && role(left(2)) || role(left(1)) && end > at + 1;
    let family = scene.word(left(1)) == "the"
        && matches!(
            scene.word(end),
            "family" | "household" | "twins" | "tenancy" | "funeral" | "inquest"
        );
    (of || is || family && scene.gap(end) == " ") && (at..end).all(new)
}

/// "Rueben, my lad, ...", "Rafferty Bligh, age 6": a word in capitals that says itself who is meant, and a word
/// in any case that is put right by its letters: "Smithwyke with a y".
pub(super) fn pointed_out(scene: &Scene<'_>, at: usize, shouted: bool) -> Option<usize> {
    let plain = |word: usize| !scene.is(word, Lists::COMMON) && name_word(scene, word);
    let upper = scene.capital(at) && !shouted;
    if !upper && !matches!(scene.word(at + 1), "tenancy" | "with") {
        return None;
    }
    // "Salaam, my neighbour ...".
    let greeting = scene.is(at, Lists::GREETING);
    if greeting || !plain(at) || place_like(scene, at) || scene.word(at).len() < 3 {
        return None;
    }
    let end = if upper { capitals(scene, at) } else { at + 1 };
    let digit = |word: usize| scene.is(word, Lists::DIGIT);
    if upper {
        let closed = matches!(scene.gap(end), ", " | " (" | " - " | ",");
        // "a nurse from Kerala, my colleague ...".
        let origin = matches!(scene.word(at.wrapping_sub(1)), "from" | "in");
        let kin = !origin && scene.is(end, Lists::POSSESSIVE) && scene.is(end + 1, Lists::KIN);
        let aged = matches!(scene.word(end), "age" | "aged") && digit(end + 1);
        // "Oriel Ashgarth dob 1.2.1990": who is entered in a form.
        let entered = end >= at + 2
            && matches!(scene.gap(end), " " | ", ")
            && (matches!(scene.word(end), "dob" | "born") || aged)
            && (at..end).all(|word| unlisted(scene, word) || scene.is(word, Lists::SURNAME));
        let shown = entered || closed && (kin || aged) || beside_who(scene, at, end);
        if shown && !place_after(scene, end) {
            return Some(end);
        }
    }
    // "about the okonkwo tenancy".
    let let_to = scene.word(at.wrapping_sub(1)) == "the"
        && scene.word(at + 1) == "tenancy"
        && scene.gap(at + 1) == " "
        && unlisted(scene, at);
    if let_to {
        return Some(at + 1);
    }
    // "with a y", "with two ts", "with a p h".
    let (count, letter) = (scene.word(end + 1), scene.word(end + 2));
    let said = scene.word(end) == "with"
        && matches!(scene.gap(end), " " | ", ")
        && (end + 1..end + 3).all(|word| scene.gap(word) == " ");
    let one = matches!(count, "a" | "an" | "one" | "1") && letter.len() == 1;
    let two = matches!(count, "two" | "2") && letter.len() == 2 && letter.ends_with('s');
    (said && (one || two) && !digit(end + 2)).then_some(end)
}

/// "De Souza, Maria": the surname before a first name that was found, where a clause begins.
pub(super) fn surname_first(
    scene: &Scene<'_>,
    (from, to): (usize, usize),
) -> Option<(usize, usize)> {
    let left = from.checked_sub(1)?;
    let surname = scene.is(from, Lists::KNOWN_NAME)
        && scene.capital(from)
        && scene.capital(left)
        && name_word(scene, left)
        && !scene.is(left, Lists::COMMON.and(Lists::GREETING).and(Lists::PLACE))
        && scene.word(left).len() > 2
        && scene.gap(from) == ", ";
    let particle = scene.is(left.wrapping_sub(1), Lists::PARTICLE) && scene.gap(left) == " ";
    let first = if particle { left - 1 } else { left };
    let begins = first == 0 || scene.gap(first).contains(['\n', ':']);
    (surname && begins).then_some((first, to))
}

/// "Keaveney, K E A V E N E Y": letters one by one that spell a word of the text, or that
/// follow a name.
pub(super) fn spelt_out(scene: &Scene<'_>, names: &[(usize, usize)]) -> Vec<(usize, usize)> {
    const LETTERS_MIN: usize = 3;
    const NEAR: usize = 8;
    let single = |at: usize| scene.word(at).len() == 1 && scene.is(at, Lists::LETTERS);
    if (0..scene.words.len()).filter(|at| single(*at)).count() < LETTERS_MIN {
        return Vec::new();
    }
    let mut ends: Vec<usize> = names.iter().map(|(_, to)| *to).collect();
    ends.sort_unstable();
    let mut found = Vec::new();
    let mut at = 0;
    while at < scene.words.len() {
        let more =
            |word: &usize| single(*word) && matches!(scene.gap(*word), " " | "-" | "~" | ".");
        let end = at + usize::from(single(at));
        let end = end + (end..scene.words.len()).take_while(more).count();
        if end < at + LETTERS_MIN || !single(at) {
            at = end.max(at + 1);
            continue;
        }
        let same = |word: usize| {
            let text = scene.word(word);
            // Not "n h s" before "[NHS number]".
            let token = scene.gap(word).ends_with('[');
            !token
                && text.len() == end - at
                && text
                    .bytes()
                    .zip(at..end)
                    .all(|(letter, nth)| scene.word(nth).as_bytes() == [letter])
        };
        let mut around = at.saturating_sub(NEAR)..(end + NEAR).min(scene.words.len());
        let spells = around.find(|word| same(*word));
        // "under Pemberthy, P-E-M-B-E-R-T-H-Y".
        found.extend(
            spells
                .filter(|word| name_word(scene, *word))
                .map(|word| (word, word + 1)),
        );
        let said = |back: usize| {
            let word = scene.word(at.wrapping_sub(back));
            matches!(word, "spelt" | "spelled" | "spell" | "surname" | "name")
        };
        let near = ends.partition_point(|to| *to + 2 < at);
        let follows = ends.get(near).is_some_and(|to| *to <= at);
        // "MORE lane, m o r e".
        let usual = spells.is_some_and(|word| scene.is(word, Lists::COMMON.and(Lists::NOT_NAME)));
        if spells.is_some() && !usual || (follows || said(1) || said(2)) && end > at + LETTERS_MIN {
            found.push((at, end));
        }
        at = end;
    }
    found
}

/// A word of letters that is in no list, or a surname only by its Mc.
pub(super) fn unlisted(scene: &Scene<'_>, at: usize) -> bool {
    let lists = scene.lists.get(at);
    let word = scene.word(at);
    let by_mc = || word.starts_with("mc") && scene.is(at, Lists::SURNAME);
    word.len() > 3 && (lists.is_some_and(|lists| lists.is_unlisted()) || by_mc())
}

/// "put my mums name on instead its fatoumata jallow", "you spelt it wrong, it should be Saoirse": what it is, where
/// a name was spoken of before; after less sure words in capitals.
pub(super) fn name_given(scene: &Scene<'_>, hit: &CueHit, cue: &str) -> bool {
    const NAME_BEFORE_MAX: usize = 6;
    const SPELT_BEFORE_MAX: usize = 20;
    let from = scene.word_at(hit.start);
    let at = scene.word_at(hit.end);
    let before = |most: usize| (from.saturating_sub(most)..from).map(|at| scene.word(at));
    let named = before(NAME_BEFORE_MAX).any(|word| matches!(word, "name" | "surname"));
    let spelt = before(SPELT_BEFORE_MAX)
        .any(|word| matches!(word, "name" | "surname" | "spelt" | "spelled" | "spelling"));
    let corrected = matches!(
        cue,
        "it says" | "should be" | "should say" | "should read" | "down as"
    ) && spelt
        && scene.capital(at)
        && unlisted(scene, at);
    let its = matches!(cue, "its" | "it's" | "it is") && named;
    (its || corrected)
        && !scene.is(at, Lists::COMMON)
        && (corrected
            || scene.gap(at + 1) != " "
            || !scene.is(at + 1, Lists::NOT_NAME.and(Lists::COMMON)))
        && !place_like(scene, at + 1)
}

/// "priti's mum", "Olwenna's husband": whose somebody is.
pub(super) fn whose(scene: &Scene<'_>, at: usize, shouted: bool) -> Option<usize> {
    if !scene.is(at + 2, Lists::KIN) {
        return None;
    }
    let own = scene.word(at + 1) == "s" && scene.gap(at + 1) == "'" && scene.gap(at + 2) == " ";
    let name = scene.is(at, Lists::KNOWN_NAME)
        || scene.capital(at) && !shouted && at > 0 && unlisted(scene, at);
    let kin = scene.is(at + 2, Lists::PERSON);
    // "a Barnardo's boy".
    let home = matches!(scene.word(at + 2), "boy" | "girl" | "baby" | "child");
    (own && name && kin && !home).then_some(at + 1)
}

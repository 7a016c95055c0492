//! Capitals after words that people come after, in no list of names: "speak to Oyinkan", "contact Fenella
//! Braithmoor", "a lady called Precious". What comes after which words is a table.
//!
//! Names that are known are in [`super::person`] and [`super::mentions`].

use super::cues::{CueHit, Cues};
use super::person::{capitals, place_after, place_like};
use super::rule::Scene;
use super::unheard::unlisted;
use super::vocabulary::Lists;

/// Words that people come after, and what must stand there for a name.
struct Announcer {
    /// The phrases; for any phrase of [`Cues::KNOWN_NAMED`] those that are left out.
    phrases: &'static str,
    known_named: bool,
    /// Least words in capitals.
    words: usize,
    /// How many of them must be in no list: the first, or all (surnames apart); none if `who` is said before.
    unlisted: Unlisted,
}

#[derive(PartialEq, Eq)]
enum Unlisted {
    First,
    All,
    /// Whatever somebody is called: who, stands before the phrase.
    Who,
}

const ANNOUNCERS: &[Announcer] = &[
    Announcer {
        phrases: "ask for|speak to|spoke to|spoken to|spoke with|speak with|talk to|talked to|speaking to|tell|told|asked|\
            met|dear|behalf of|on behalf of|my son|my daughter|hi|hello|spelt|spelled|me and|my mate|fao|the late|\
            attention of|executor for|put it under|booked under|its under|it's under|listed under|registered under",
        known_named: false,
        words: 1,
        unlisted: Unlisted::First,
    },
    Announcer {
        phrases: "from|by|our|report|reporting|know",
        known_named: true,
        words: 2,
        unlisted: Unlisted::All,
    },
    Announcer {
        phrases: "called|is called|goes by|go by",
        known_named: false,
        words: 1,
        unlisted: Unlisted::Who,
    },
];

/// The word after a name in capitals that begins with word `at`, after a phrase that people come after.
pub(super) fn announced(scene: &Scene<'_>, hit: &CueHit, cue: &str, at: usize) -> Option<usize> {
    const WORDS_MAX: usize = 3;
    if !scene.capital(at) {
        return None;
    }
    let end = capitals(scene, at);
    if place_after(scene, end) || (at..end).any(|word| place_like(scene, word)) {
        return None;
    }
    let new = |word: usize| unlisted(scene, word) || scene.is(word, Lists::SURNAME);
    let stands = |row: &Announcer| {
        let named = row.phrases.split('|').any(|phrase| phrase == cue);
        let phrase = if row.known_named {
            hit.cues.meets(Cues::KNOWN_NAMED) && !named
        } else {
            named
        };
        phrase
            && end >= at + row.words
            && match row.unlisted {
                // "the PCSO".
                Unlisted::First => {
                    scene.gap(at) == " " && unlisted(scene, at) && !scene.is(at, Lists::UPPER)
                }
                Unlisted::All => end <= at + WORDS_MAX && (at..end).all(new),
                Unlisted::Who => who_before(scene, hit) && scene.word(at).len() > 2,
            }
    };
    ANNOUNCERS.iter().any(stands).then_some(end)
}

/// "a lady", "someone", a few words before a phrase.
fn who_before(scene: &Scene<'_>, hit: &CueHit) -> bool {
    const BETWEEN_MAX: usize = 3;
    let from = scene.word_at(hit.start);
    let at = scene.word_at(hit.end);
    let somebody = |word: usize| {
        scene.is(word, Lists::KIN.and(Lists::PERSON))
            || matches!(
                scene.word(word),
                "someone" | "somebody" | "anyone" | "officer"
            )
    };
    scene.is(at, Lists::LETTERS) && (from.saturating_sub(BETWEEN_MAX)..from).any(somebody)
}

/// "everyone calls me nobby", in any case: a word that is in no list, or in capitals where nothing follows: "you can
/// call me Ginger".
pub(super) fn nicknamed(scene: &Scene<'_>, cue: &str, at: usize, shouted: bool) -> Option<usize> {
    let of_others = matches!(
        cue,
        "calls me" | "calls him" | "calls her" | "call him" | "call her"
    );
    let calls = of_others || matches!(cue, "call me" | "knows me as" | "known as" | "here as");
    let alone = scene.gap(at + 1) != " " || at + 1 >= scene.words.len();
    let shown = scene.capital(at) && !shouted && alone && scene.is(at, Lists::LETTERS);
    let name = of_others && unlisted(scene, at)
        || shown && !scene.is(at, Lists::NOT_NAME.and(Lists::UPPER));
    (calls && scene.gap(at) == " " && name && scene.word(at).len() > 2).then_some(at + 1)
}

/// "i spoke to marge in the office": a word in small letters that is in no list, who was spoken to.
pub(super) fn spoken_to(scene: &Scene<'_>, cue: &str, at: usize) -> Option<usize> {
    let spoken = matches!(cue, "spoke to" | "spoken to" | "spoke with" | "talked to");
    let next = at + 1;
    let closed = scene.gap(next) == " " && matches!(scene.word(next), "in" | "from" | "at" | "who");
    let form = ["s", "ed", "ing", "ly", "ion", "ment"]
        .iter()
        .any(|end| scene.word(at).ends_with(end));
    (spoken && closed && !scene.capital(at) && !form && scene.gap(at) == " " && unlisted(scene, at))
        .then_some(next)
}

/// "its Jarvis with the gate", "this is Jarvis from the allotments": who somebody says he is, where the message begins.
pub(super) fn its_me(scene: &Scene<'_>, hit: &CueHit, cue: &str, at: usize) -> Option<usize> {
    let said = matches!(
        cue,
        "its" | "it's" | "it is" | "this is" | "im" | "i'm" | "i am"
    );
    let begins = scene.word_at(hit.start);
    let first = begins == 0
        || scene.is(begins - 1, Lists::GREETING)
        || scene.gap(begins).contains(['.', '!', '\n']) && begins < 4;
    let end = capitals(scene, at);
    let about = matches!(scene.word(end), "from" | "with" | "who") && scene.gap(end) == " ";
    let new = (at..end).all(|word| unlisted(scene, word) || scene.is(word, Lists::SURNAME))
        && !scene.is(at, Lists::UPPER);
    (said && first && about && scene.capital(at) && new && !place_after(scene, end)).then_some(end)
}

//! Criminal offence data (UK GDPR Article 10): what somebody did, was charged with or served for, and
//! where they are for it. It is said of a person in the ways of [`super::sensitive`].
//!
//! The topic alone is not personal: "the prison", "a burglary on our street".

use super::cues::Cues;
use super::rule::Scene;
use super::sensitive::{Term, first_word, form_fields, is_thing, terms};
use super::subjects::{of_whom, said_of};
use super::vocabulary::Lists;
use std::ops::Range;

/// What prisons are called after "in".
pub(super) const PRISONS: &str = "prison jail nick custody hmp walton strangeways risley altcourse armley wandsworth \
        pentonville belmarsh styal holloway brixton durham winchester wakefield belmont wymott garth";

/// The ranges of the text that hold Article 10 data.
pub(super) fn criminal(scene: &Scene<'_>) -> Vec<Range<usize>> {
    let mut found = form_fields(scene, Cues::CRIME_FIELD);
    found.extend(
        terms(scene, Cues::OFFENCE.and(Cues::DEED)).filter_map(|term| {
            let Term { hit, at, after } = term;
            if is_thing(scene, after) {
                return None;
            }
            // "sentenced to a year of diversions".
            let figure = scene.word(after) == "to"
                && (after + 2..after + 5).any(|word| scene.word(word) == "of");
            if scene.word(at) == "sentenced" && figure {
                return None;
            }
            let first = first_word(scene, at);
            let of_whom = of_whom(scene, &term, first)?;
            // "sentenced to 3 years".
            let years = scene.word(at) == "sentenced"
                && scene.word(after) == "to"
                && is_time(scene.word(after + 2));
            let end = match offence(scene, after) {
                Some(over) => scene.words.get(over - 1)?.end,
                None if years => scene.words.get(after + 2)?.end,
                // "inside til june": the fact is that he is inside.
                None if scene.word(at) == "inside" => scene.words.get(at)?.end,
                None => hit.end,
            };
            let from = if hit.cues.meets(Cues::DEED) {
                first.max(of_whom + 1).min(at)
            } else if matches!(scene.word(at.wrapping_sub(1)), "a" | "an")
                && matches!(scene.word(at.wrapping_sub(2)), "on" | "under")
            {
                // "under a restraining order".
                at - 2
            } else {
                at
            };
            Some(scene.words.get(from)?.start..end)
        }),
    );
    found.extend(terms(scene, Cues::CRIME).filter_map(|term| convicted_of(scene, &term)));
    found.extend(sentences(scene));
    found.extend(terms(scene, Cues::CRIME).filter_map(|term| done_for(scene, &term)));
    found
}

/// "an assault conviction", "a theft charge".
fn convicted_of(scene: &Scene<'_>, term: &Term<'_>) -> Option<Range<usize>> {
    let Term { hit, at, after } = *term;
    let charge = matches!(
        scene.word(after),
        "conviction"
            | "convictions"
            | "charge"
            | "charges"
            | "caution"
            | "cautions"
            | "offence"
            | "offences"
            | "sentence"
    );
    if !charge || scene.gap(after) != " " {
        return None;
    }
    said_of(scene, at, Cues::OFFENCE)?;
    Some(hit.start..scene.words.get(after)?.end)
}

/// What a person was done for, from the word that says so on: "charged with fraud", "two years for
/// burglary", "nicked for dealing".
fn done_for(scene: &Scene<'_>, term: &Term<'_>) -> Option<Range<usize>> {
    const BETWEEN_MAX: usize = 4;
    let Term { at, after, .. } = *term;
    let joint = (1..=3)
        .map(|back| at.wrapping_sub(back))
        .find(|left| matches!(scene.word(*left), "for" | "with" | "of" | "over" | "to"))?;
    let trigger = (1..=BETWEEN_MAX)
        .map(|back| joint.wrapping_sub(back))
        .filter(|left| scene.is(*left, Lists::TRIGGER))
        .find_map(|left| trigger_begins(scene, left, joint))?;
    said_of(scene, trigger, Cues::DEED)?;
    // "done for battering me".
    let whom = scene.gap(after) == " "
        && matches!(scene.word(after), "me" | "him" | "her" | "us" | "them");
    let end = match offence(scene, after) {
        Some(over) => scene.words.get(over - 1)?.end,
        None if whom => scene.words.get(after)?.end,
        None => taken(scene, term),
    };
    Some(scene.words.get(trigger)?.start..end)
}

/// Where the description of a crime ends that is a verb: "nicking cars".
fn taken(scene: &Scene<'_>, term: &Term<'_>) -> usize {
    let verb = matches!(
        scene.word(term.after.saturating_sub(1)),
        "nicking"
            | "stealing"
            | "robbing"
            | "burgling"
            | "growing"
            | "selling"
            | "handling"
            | "supplying"
            | "smuggling"
            | "killing"
    );
    let thing = verb
        && scene.gap(term.after) == " "
        && !scene.is(
            term.after,
            Lists::AFTER_OFFENCE.and(Lists::BREAK).and(Lists::PERSON),
        );
    let word = scene.words.get(term.after).filter(|_| thing);
    word.map_or(term.hit.end, |word| word.end)
}

/// The first word of what leads to an offence, from the word that triggers it on: "been to court for",
/// "did 2 years for", "pleaded guilty to".
fn trigger_begins(scene: &Scene<'_>, at: usize, joint: usize) -> Option<usize> {
    let word = scene.word(at);
    let done = word != "done" || scene.is(at.wrapping_sub(1), Lists::BEING.and(Lists::LINK));
    let charged = word != "charged" || scene.word(joint) == "with";
    let guilty = scene.word(joint) != "to" || word == "guilty";
    if is_time(word) {
        return served(scene, at);
    }
    // "was up for neglect".
    let up = word != "up" || scene.is(at.wrapping_sub(1), Lists::BEING);
    if !(done && charged && guilty && up) {
        return None;
    }
    // "a spent conviction for".
    let record = matches!(word, "conviction" | "convictions" | "record" | "caution");
    let sort = matches!(
        scene.word(at.wrapping_sub(1)),
        "spent" | "unspent" | "previous" | "old" | "criminal" | "police"
    );
    if record && sort {
        return Some(at - 1);
    }
    let left = scene.word(at.wrapping_sub(1));
    let belongs = match word {
        "court" => matches!(left, "to" | "in" | "at"),
        "guilty" => matches!(left, "pleaded" | "plead" | "pled" | "found"),
        _ => return Some(first_word(scene, at)),
    };
    let up = belongs && scene.word(at.wrapping_sub(2)) == "up";
    Some(at - usize::from(belongs) - usize::from(up))
}

fn is_time(word: &str) -> bool {
    matches!(
        word,
        "years" | "year" | "months" | "month" | "weeks" | "yrs"
    )
}

/// "did 2 years", up to the word of time: its first word.
fn served(scene: &Scene<'_>, time: usize) -> Option<usize> {
    let first = first_word(scene, time);
    let served = matches!(
        scene.word(first.wrapping_sub(1)),
        "did" | "doing" | "does" | "done" | "served" | "serving" | "got" | "given"
    );
    (first < time && served).then(|| first - 1)
}

/// "doing 18 months in walton", "got 2 years inside".
fn sentences(scene: &Scene<'_>) -> Vec<Range<usize>> {
    let found = (1..scene.words.len()).filter_map(|at| {
        // Both sorts of words are in this list, which is asked sooner.
        let listed = scene.is(at, Lists::TRIGGER);
        // "in wakefield prison", "in hmp altcourse".
        let jail = (listed && matches!(scene.word(at), "prison" | "jail")
            || scene.word(at) == "nick")
            && scene.word(at.wrapping_sub(2)) == "in";
        let hmp = scene.word(at.wrapping_sub(1)) == "hmp" && scene.word(at.wrapping_sub(2)) == "in";
        if (jail || hmp)
            && !matches!(
                scene.word(at - 1),
                "the" | "a" | "this" | "our" | "no" | "any"
            )
        {
            let whose = said_of(scene, at - 2, Cues::OFFENCE).is_some();
            return whose.then(|| scene.words[at - 2].start..scene.words[at].end);
        }
        if !(listed && is_time(scene.word(at))) {
            return None;
        }
        let from = served(scene, at)?;
        let inside = matches!(scene.word(at + 1), "inside" | "suspended");
        let prison = scene.word(at + 1) == "in"
            && PRISONS
                .split_ascii_whitespace()
                .any(|prison| prison == scene.word(at + 2));
        let to = if inside { at + 2 } else { at + 3 };
        let whose = said_of(scene, from, Cues::DEED).is_some();
        ((inside || prison) && whose).then(|| scene.words[from].start..scene.words[to - 1].end)
    });
    found.collect()
}

/// What the offence was, after "convicted" or "a caution": "of fraud", "for possession of cannabis".
/// Gives the word after it.
fn offence(scene: &Scene<'_>, after: usize) -> Option<usize> {
    // "out of prison with nothing" is no offence.
    let place = matches!(
        scene.word(after.wrapping_sub(1)),
        "prison" | "jail" | "custody"
    );
    if place || scene.gap(after) != " " || !matches!(scene.word(after), "of" | "for" | "with") {
        return None;
    }
    const OFFENCE_WORDS_MAX: usize = 4;
    let mut end = after + 1;
    while end < scene.words.len() && end - after <= OFFENCE_WORDS_MAX && scene.gap(end) == " " {
        let word = scene.word(end);
        let number = word.bytes().all(|byte| byte.is_ascii_digit());
        let over = scene.is(end, Lists::AFTER_OFFENCE);
        let and = word == "an" && end > after + 1;
        if number || over || and {
            break;
        }
        end += 1;
    }
    (end > after + 1).then_some(end)
}

/// The words that the grammar goes by.
pub(super) const WORDS: &[(Lists, &str)] = &[
    // After which comes what somebody did: "nicked for", "a conviction for".
    (
        Lists::TRIGGER,
        "up wanted accused suspected done trouble magistrates charged nicked previous form record guilty convicted cautioned arrested banned jailed prosecuted imprisoned fined court caution cautions conviction \
        convictions points years year months month weeks yrs time guilty trial sentence sentenced prison jail tag probation \
        bail remand lifted pulled summonsed remanded",
    ),
    // Words that end the description of an offence.
    (
        Lists::AFTER_OFFENCE,
        "and but so when in last at on because cos who he she i we they my his her years ago which that from \
            to whos im ive hes shes theyre its were are be by the is was can do if now will still though before after since",
    ),
];

//! Whom a term of [`super::sensitive`] or [`super::offences`] is said of: a person and a link before it, a word
//! beside it that says whose it is, somebody who is left out.
//!
//! It finds the word of the person; what a term is, is in the lexicon.

use super::cues::Cues;
use super::rule::Scene;
use super::sensitive::Term;
use super::vocabulary::Lists;

const CLAUSE_WORDS_MAX: usize = 10;

/// The word of the person that a term is said of.
pub(super) fn of_whom(scene: &Scene<'_>, term: &Term<'_>, first: usize) -> Option<usize> {
    attributed(scene, term, first)
        .or_else(|| said_of(scene, term.at, term.hit.cues))
        .or_else(|| headless(scene, term, first))
        .or_else(|| against(scene, term))
        .or_else(|| in_passing(scene, term, first))
}

/// "what with the cancer and everything i forgot", "pregnant, 34 weeks, and no heating in my flat": a term of the
/// lexicon near somebody who is spoken of, in a clause that makes it no topic and no question.
fn in_passing(scene: &Scene<'_>, term: &Term<'_>, first: usize) -> Option<usize> {
    let Term { hit, at, after } = *term;
    let from = scene.cues.partition_point(|cue| cue.start < hit.start);
    let plain = scene
        .cues
        .get(from)
        .is_some_and(|cue| cue.start == hit.start && cue.end == hit.end);
    if !plain || scene.gap(after).contains('?') {
        return None;
    }
    let start = first.saturating_sub(CLAUSE_WORDS_MAX);
    let clause = (start..first)
        .rev()
        .take_while(|word| !clause_begins(scene, word + 1));
    let end = (after + CLAUSE_WORDS_MAX).min(scene.words.len());
    let spoken_of = (start..end).any(|word| scene.is(word, Lists::SOMEBODY.and(Lists::KIN)));
    let topic = |word: usize| {
        scene.is(word, Lists::BREAK.and(Lists::TOPIC).and(Lists::PET)) && !cannot(scene, word)
    };
    // "Somali mother of four", "catholic and protestant schools".
    let origin = clause_begins(scene, first)
        && scene.is(after, Lists::PERSON)
        && !scene.is(after + 1, Lists::THING);
    let sort = hit.cues.meets(Cues::CONDITION)
        || hit.cues.meets(Cues::STATE) && !matches!(scene.word(after), "and" | "or")
        || hit.cues.meets(Cues::OFFENCE) && after > at + 1
        || hit.cues.meets(Cues::ORIGIN) && origin;
    (sort && (spoken_of || origin) && !clause.into_iter().any(topic))
        .then_some(at.saturating_sub(1))
}

/// The word directly beside a term that says whose it is: "my arthritis", "my disabled son", "copd
/// here", "Jo Bell, sickle cell, ..."; for what needs no more, the term itself.
fn attributed(scene: &Scene<'_>, term: &Term<'_>, first: usize) -> Option<usize> {
    let Term { hit, at, after } = *term;
    let left = first.wrapping_sub(1);
    // "my kidneys have packed in": whose they are was read with it.
    if hit.cues.meets(Cues::SAID) {
        return Some(at.saturating_sub(1));
    }
    let thing = Cues::CONDITION.and(Cues::OFFENCE);
    let begins = clause_begins(scene, first);
    let next = |word: usize| scene.gap(word) == " " && !scene.word(word).is_empty();
    if scene.is(left, Lists::POSSESSIVE) && scene.gap(first) == " " {
        let person = scene.is(after, Lists::PERSON) && next(after);
        let state = Cues::STATE.and(Cues::ORIGIN);
        if hit.cues.meets(thing) || hit.cues.meets(state) && person {
            return Some(left);
        }
    }
    let whole = (at..after)
        .any(|word| scene.is(word, Lists::POSSESSIVE) || scene.word(word).ends_with("self"));
    // "on bail until march": the one who writes is left out.
    let left_out =
        hit.cues.meets(Cues::OFFENCE) && matches!(scene.word(at), "on" | "out" | "under");
    if hit.cues.meets(Cues::FACT.and(Cues::DEED)) && (whole || begins && at > 0)
        || left_out && clause_begins(scene, at) && next(after)
    {
        return Some(first.saturating_sub(1));
    }
    if begins && at > 0 && stands_alone(scene, first, after) {
        return Some(first.saturating_sub(1));
    }
    if !hit.cues.meets(Cues::CONDITION) {
        return None;
    }
    let beside = named(scene, left) && scene.gap(first).trim_start_matches(']') == ", ";
    // "copd here", "long covid has finished me".
    let here = begins && next(after) && scene.word(after) == "here";
    let suffers = begins
        && next(after)
        && scene.is(after, Lists::BEING.and(Lists::LINK))
        && (after + 1..after + 5)
            .take_while(|word| next(*word))
            .any(|word| matches!(scene.word(word), "me" | "him" | "her"));
    (beside || here || suffers).then_some(first.saturating_sub(1))
}

/// "my daughter wont go to school, eating disorder, the wait is long": nothing else in the clause, which is
/// no question, and somebody in the one before.
fn stands_alone(scene: &Scene<'_>, first: usize, after: usize) -> bool {
    let ends = after >= scene.words.len() && !scene.gap(after).contains('?')
        || scene.gap(after).starts_with([',', '.', ';', '\n']);
    // "scuse my typing. parkinsons. can i get large print".
    let sentence = scene.gap(first).starts_with('.') && scene.gap(after).starts_with('.');
    let mine = |at: usize| matches!(scene.word(at), "i" | "im" | "ive" | "my" | "me");
    if sentence && (after..after + CLAUSE_WORDS_MAX).any(mine) {
        return true;
    }
    const SOMEBODY: &str = "my his her im ive he she hes shes mr mrs aged patient dob";
    let somebody = |at: &usize| listed(SOMEBODY, scene.word(*at)) || named(scene, *at);
    let topic = |at: usize| scene.is(at, Lists::BREAK) || listed("do does what is", scene.word(at));
    let spoken_of = (first.saturating_sub(CLAUSE_WORDS_MAX)..first).rfind(somebody);
    // "I'd like to refer Mrs Bell, bedridden, ...": what is asked before somebody is named does not matter.
    ends && spoken_of.is_some_and(|at| !(at..first).any(topic))
}

/// Whether a clause begins with word `at`.
pub(super) fn clause_begins(scene: &Scene<'_>, at: usize) -> bool {
    at == 0
        || scene.gap(at).contains([',', '.', '!', '?', ';', '\n', ':'])
        || scene.gap(at) == " - "
}

/// Whether word `at` is a first name, or the token of a name.
fn named(scene: &Scene<'_>, at: usize) -> bool {
    scene.is(at, Lists::FIRST_NAME) || scene.word(at) == "name" && scene.gap(at).ends_with('[')
}

/// Whether word `at` is a person of whom the rest of the clause may speak.
fn person(scene: &Scene<'_>, at: usize) -> bool {
    const ANY_ONE: [&str; 6] = ["child", "parent", "carer", "tenant", "driver", "toddler"];
    let word = scene.word(at);
    let left = at.wrapping_sub(1);
    if !scene.is(at, Lists::PERSON) {
        // "my little one" is read as a 1.
        let little = matches!(word, "one" | "1") && scene.word(left) == "little";
        let half = word == "half" && scene.word(left) == "other";
        // "as someone with lupus".
        let one = matches!(word, "someone" | "somebody") && scene.word(left) == "as";
        return named(scene, at)
            || one
            || little
            || half
            || word == "door" && scene.word(left) == "next";
    }
    // "we're" without its apostrophe, not "the bins were".
    if word == "were" {
        return clause_begins(scene, at)
            || matches!(
                scene.word(left),
                "and" | "but" | "because" | "cos" | "as" | "so"
            );
    }
    let article = matches!(scene.word(left), "a" | "an" | "any" | "every" | "each");
    let had = matches!(
        scene.word(at.wrapping_sub(2)),
        "have" | "ve" | "ive" | "has" | "got" | "weve"
    );
    !(article && !had && ANY_ONE.contains(&word))
}

/// The person that a term is said of: a person and a link before it, in the same clause, with nothing
/// between that makes it something else.
pub(super) fn said_of(scene: &Scene<'_>, at: usize, sort: Cues) -> Option<usize> {
    match settled_beside(scene, at, sort) {
        Some(of_whom) => of_whom,
        None => said_before(scene, at, sort),
    }
}

/// What the words directly beside a term say of it, where no more is to be asked: whom it is said of, or
/// that it is said of nobody.
fn settled_beside(scene: &Scene<'_>, at: usize, sort: Cues) -> Option<Option<usize>> {
    let left = |back: usize| at.wrapping_sub(back);
    // "i am black" and no more words between.
    let more = matches!(
        scene.word(at + 1),
        "woman"
            | "man"
            | "lady"
            | "girl"
            | "boy"
            | "lad"
            | "family"
            | "person"
            | "british"
            | "african"
            | "caribbean"
    );
    if scene.word(at) == "black" && !more {
        let near = scene.is(left(1), Lists::PERSON);
        let who = left(if near { 1 } else { 2 });
        let direct = scene.is(left(1), Lists::BEING)
            && scene.is(who, Lists::PERSON)
            && scene.word(who) != "were";
        return Some(direct.then_some(who));
    }
    // "as a catholic", not "what counts as a disability".
    if matches!(scene.word(left(1)), "a" | "an" | "the") && scene.word(left(2)) == "as" {
        let itself = clause_begins(scene, left(2))
            || matches!(
                scene.word(left(3)),
                "me" | "us" | "and" | "but" | "speaking" | "just"
            );
        return Some((itself && !sort.meets(Cues::CONDITION)).then_some(left(2)));
    }
    // "sacked for being gay", "got off with unpaid work".
    if scene.word(left(1)) == "being" && scene.word(left(2)) == "for"
        || scene.word(left(1)) == "with"
            && scene.word(left(2)) == "off"
            && sort.meets(Cues::OFFENCE)
    {
        return Some(Some(left(1)));
    }
    // "police arrested my son".
    let verb = matches!(
        scene.word(at),
        "arrested" | "jailed" | "convicted" | "sectioned"
    );
    let object = verb && (at + 1..at + 3).any(|right| scene.is(right, Lists::PERSON));
    object.then_some(Some(at))
}

/// "my son who has": whether the person is still to come; "Philippa Gawthorne, who has": so is one with a name.
fn is_who(scene: &Scene<'_>, at: usize) -> bool {
    let left = at.wrapping_sub(1);
    let named = scene.is(left, Lists::CAPITAL.and(Lists::FIRST_NAME)) && scene.has_small;
    matches!(scene.word(at), "who" | "whos") && (scene.is(left, Lists::PERSON) || named)
}

fn said_before(scene: &Scene<'_>, at: usize, sort: Cues) -> Option<usize> {
    let mut linked = sort.meets(Cues::FACT.and(Cues::DEED));
    // Where a person comes from is said with "is", not with "has".
    let origin = sort.meets(Cues::ORIGIN) && !sort.meets(Cues::CONDITION.and(Cues::STATE));
    let links = if origin {
        Lists::BEING
    } else {
        Lists::LINK.and(Lists::BEING)
    };
    let mut caused = false;
    let mut left = at;
    while left > 0 && at - left < CLAUSE_WORDS_MAX {
        if scene
            .gap(left)
            .contains(['.', '!', '?', ';', '\n', ':', '[', '('])
        {
            // "cant pay this month. had a stroke".
            let later = at - left <= 3 && listed(LEFT_OUT_LATER, scene.word(left));
            return later.then_some(left);
        }
        left -= 1;
        let link = scene.is(left, links);
        // "cannot come in, am agoraphobic"; "doctor says it's the big c".
        let says = scene.is(left, Lists::DIAGNOSER)
            && matches!(
                scene.word(left + 1),
                "says"
                    | "said"
                    | "reckons"
                    | "thinks"
                    | "found"
                    | "confirmed"
                    | "told"
                    | "suspects"
                    | "think"
                    | "reckon"
                    | "shows"
                    | "showed"
            );
        // "her ehcp says adhd".
        let whose = scene.is(left.wrapping_sub(1), Lists::POSSESSIVE);
        // "i changed my faith and became a quaker".
        let and = matches!(scene.word(left), "and" | "then" | "but")
            && matches!(
                scene.word(left + 1),
                "became" | "converted" | "developed" | "suffered"
            );
        if and
            || scene.word(left) == "am" && !scene.is(left.wrapping_sub(1), Lists::PERSON)
            || says && (linked || whose)
        {
            return Some(left);
        }
        if person(scene, left) {
            // "im", "hes", "i've": the person carries the link.
            let own_link = scene.word(left).len() > 1 && link;
            let given = !origin && (given_to(scene, left) || apposed(scene, left, at));
            return (linked || own_link || given).then_some(left);
        }
        let of_person = is_who(scene, left);
        // "the man who runs the club was ...".
        let relative = matches!(scene.word(left.wrapping_sub(1)), "who" | "that")
            && scene.is(left.wrapping_sub(2), Lists::PERSON);
        // "i've not been right since the stroke".
        let negation =
            caused && matches!(scene.word(left), "not" | "never" | "no" | "isnt" | "arent");
        if breaks(scene, left, linked) && !of_person && !relative && !negation {
            return None;
        }
        linked = linked || link || of_person;
        caused = caused || matches!(scene.word(left), "since" | "because" | "due");
    }
    // "had a hip replacement so ...": the one who writes is left out.
    if left == 0 && at <= 3 && listed(LEFT_OUT, scene.word(0)) {
        return Some(0);
    }
    // "they took a dna sample from my nephew": the person comes after the term.
    let whose = scene.word(at) == "dna" && (at..at + 6).any(|right| scene.is(right, Lists::PERSON));
    whose.then_some(left)
}

fn listed(words: &str, word: &str) -> bool {
    words.split(' ').any(|listed| listed == word)
}

/// What a message begins with that leaves out who writes it.
const LEFT_OUT: &str = "wears suffers stopped took tried banned doing serving facing going has just on waiting \
    awaiting am was lost born had been got having suffering suffer recovering undergoing diagnosed";

/// The same for a sentence that is not the first.
const LEFT_OUT_LATER: &str = "had been having suffering recovering diagnosed awaiting";

/// "remanded since new year so he's not here", "pregnant and homeless, where do i go": what a message begins
/// with, where the one who is meant is spoken of later. The word before the term.
fn headless(scene: &Scene<'_>, term: &Term<'_>, first: usize) -> Option<usize> {
    const BEFORE_MAX: usize = 2;
    let Term { hit, at, after } = *term;
    let begins = first <= BEFORE_MAX
        && (0..first).all(|word| scene.gap(word + 1) == " " && scene.is(word, Lists::HEADLESS));
    let number = scene.is(after, Lists::DIGIT);
    let offence = Cues::OFFENCE.and(Cues::DEED);
    let released = matches!(
        scene.word(at),
        "released" | "out" | "up" | "remanded" | "curfewed" | "recalled"
    );
    let closed = released && after >= scene.words.len()
        || scene.gap(after).starts_with([',', '.']) && !hit.cues.meets(offence)
        || scene.is(after, Lists::AFTER_HEADLESS)
        || scene.gap(after) == " - "
        || number;
    let sort = Cues::STATE
        .and(Cues::OFFENCE)
        .and(Cues::FACT)
        .and(Cues::DEED);
    let person = |word: usize| {
        matches!(
            scene.word(word),
            "i" | "im"
                | "ive"
                | "my"
                | "me"
                | "he"
                | "hes"
                | "his"
                | "she"
                | "shes"
                | "her"
                | "him"
                | "need"
        )
    };
    // "catholic and protestant schools".
    let and = scene.word(after) == "and"
        && !matches!(
            scene.word(after + 1),
            "i" | "im"
                | "ive"
                | "my"
                | "need"
                | "needs"
                | "cant"
                | "cannot"
                | "living"
                | "live"
                | "homeless"
                | "on"
                | "in"
                | "no"
                | "not"
                | "alone"
        );
    // "burglar in the loft".
    let noun = matches!(
        scene.word(at),
        "burglar" | "thief" | "shoplifter" | "arsonist" | "prisoner"
    );
    let meant = begins && closed && !and && !noun && hit.cues.meets(sort);
    (meant && (released || (after..scene.words.len()).any(person))).then_some(at.saturating_sub(1))
}

/// "me brother a sex offender": what somebody's somebody is, without a word for "is".
fn apposed(scene: &Scene<'_>, person: usize, at: usize) -> bool {
    matches!(scene.word(person + 1), "a" | "an")
        && at - person <= 3
        && scene.is(person.wrapping_sub(1), Lists::POSSESSIVE)
}

/// "a restraining order against my ex": whom an order is against comes after it.
fn against(scene: &Scene<'_>, term: &Term<'_>) -> Option<usize> {
    let after = term.after;
    let whom = scene.is(after + 1, Lists::POSSESSIVE) && scene.is(after + 2, Lists::PERSON)
        || matches!(scene.word(after + 1), "him" | "her" | "me");
    let order = matches!(
        scene.word(after.wrapping_sub(1)),
        "order" | "injunction" | "mol"
    );
    let of_whom = order && whom && matches!(scene.word(after), "on" | "against");
    (of_whom && term.hit.cues.meets(Cues::OFFENCE)).then_some(term.at.saturating_sub(1))
}

/// "gave my son a community order", from the person.
fn given_to(scene: &Scene<'_>, person: usize) -> bool {
    let gave = |back: usize| {
        let word = scene.word(person.wrapping_sub(back));
        matches!(word, "gave" | "give" | "given")
    };
    matches!(scene.word(person + 1), "a" | "an") && (gave(1) || gave(2))
}

/// "can't" asks nothing.
fn cannot(scene: &Scene<'_>, at: usize) -> bool {
    scene.word(at) == "can" && scene.word(at + 1) == "t"
}

/// Whether a word between a person and a term makes it a question, a topic or something else's.
fn breaks(scene: &Scene<'_>, at: usize, linked: bool) -> bool {
    // "the man at the end house is": where somebody is does not matter once it is said what.
    let place = !linked && scene.is(at, Lists::PLACE_BREAK);
    // "i work with disabled children", not "off work with depression".
    let trade = scene.word(at) == "work" && scene.is(at.wrapping_sub(1), Lists::PERSON);
    // "treated for hepatitis", "the pupil in question has epilepsy".
    let cure = scene.word(at) == "for" && scene.is(at.wrapping_sub(1), Lists::CURE);
    let meant = scene.word(at) == "question" && scene.word(at.wrapping_sub(1)) == "in";
    // "lad at no 3 is on tag".
    let door = scene.word(at) == "no" && scene.is(at + 1, Lists::DIGIT);
    scene.is(at, Lists::BREAK) && !cure && !meant && !door && !cannot(scene, at) || place || trade
}

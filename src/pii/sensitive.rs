//! Special category data (UK GDPR Article 9) and criminal offence data (Article 10): a term of the
//! lexicon that is said *of a person* ("I have", "my son is", "he's been").
//!
//! The topic alone is not personal: "depression in the road", "a disabled bay", "the prison".

use super::cues::{CueHit, Cues};
use super::rule::Scene;
use super::vocabulary::Lists;
use std::ops::Range;

const CLAUSE_WORDS_MAX: usize = 8;

/// The ranges of the text that hold Article 9 data.
pub(super) fn special_category(scene: &Scene<'_>) -> Vec<Range<usize>> {
    facts(scene, Cues::SENSITIVE)
        .filter_map(|hit| {
            let at = scene.word_at(hit.start);
            let after = scene.word_at(hit.end);
            let subject = said_of(scene, at)?;
            // "in chinese".
            if at > 0 && scene.word(at - 1) == "in" {
                return None;
            }
            let thing = scene.gap(after) == " " && scene.is(after, Lists::THING);
            let luck =
                scene.word(after) == "of" && matches!(scene.word(after + 1), "luck" | "genius");
            if thing || luck || in_the_road(scene, after) {
                return None;
            }
            let mut from = at;
            while from > subject + 1 && scene.gap(from) == " " && modifier(scene, from - 1) {
                from -= 1;
            }
            // "voted green": the fact is the party.
            if scene.word(at) == "voted" {
                from = at + 1;
            }
            Some(scene.words.get(from)?.start..hit.end)
        })
        .collect()
}

/// The ranges of the text that hold Article 10 data.
pub(super) fn criminal(scene: &Scene<'_>) -> Vec<Range<usize>> {
    facts(scene, Cues::OFFENCE)
        .filter_map(|hit| {
            let at = scene.word_at(hit.start);
            said_of(scene, at)?;
            let after = scene.word_at(hit.end);
            if scene.gap(after) == " " && scene.is(after, Lists::THING) {
                return None;
            }
            let end = match offence(scene, after) {
                Some(over) => scene.words.get(over - 1)?.end,
                None => hit.end,
            };
            Some(hit.start..end)
        })
        .collect()
}

fn modifier(scene: &Scene<'_>, at: usize) -> bool {
    let digits = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    scene.is(at, Lists::MODIFIER) || digits(scene.word(at))
}

fn facts<'a>(scene: &'a Scene<'_>, cues: Cues) -> impl Iterator<Item = &'a CueHit> {
    scene.cues.iter().filter(move |hit| hit.cues.meets(cues))
}

/// The person that the term at word `at` is said of: a person and a link before it, in the same
/// clause, with nothing between that makes it something else.
fn said_of(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let mut linked = matches!(
        scene.word(at),
        "voted"
            | "convicted"
            | "arrested"
            | "sentenced"
            | "self"
            | "cautioned"
            | "jailed"
            | "imprisoned"
    );
    // "as a catholic".
    let article = matches!(scene.word(at.wrapping_sub(1)), "a" | "an");
    if article && scene.word(at.wrapping_sub(2)) == "as" {
        return Some(at - 2);
    }
    // "police arrested my son".
    let verb = matches!(
        scene.word(at),
        "arrested" | "jailed" | "convicted" | "sectioned"
    );
    if verb && (at + 1..at + 3).any(|right| scene.is(right, Lists::PERSON)) {
        return Some(at);
    }
    let mut left = at;
    while left > 0 && at - left < CLAUSE_WORDS_MAX {
        if scene
            .gap(left)
            .contains(['.', '!', '?', ';', '\n', ':', '[', '('])
        {
            return None;
        }
        left -= 1;
        let word = scene.word(left);
        let short = scene.is(left, Lists::LINK);
        if scene.is(left, Lists::PERSON) {
            // "im", "hes", "i've": the person carries the link.
            let own_link = word.len() > 1 && short;
            return (linked || own_link).then_some(left);
        }
        if scene.is(left, Lists::BREAK) {
            return None;
        }
        linked = linked || short;
    }
    // "had a hip replacement so ...": the one who writes is left out.
    let left_out = left == 0
        && at <= 3
        && matches!(
            scene.word(0),
            "had"
                | "got"
                | "having"
                | "suffering"
                | "suffer"
                | "recovering"
                | "undergoing"
                | "diagnosed"
        );
    if left_out {
        return Some(0);
    }
    // "they took a dna sample from my nephew": the person comes after the term.
    let whose = scene.word(at) == "dna" && (at..at + 6).any(|right| scene.is(right, Lists::PERSON));
    whose.then_some(left)
}

/// "depression in the road".
fn in_the_road(scene: &Scene<'_>, after: usize) -> bool {
    scene.word(after) == "in"
        && matches!(scene.word(after + 1), "the" | "our" | "my")
        && scene.is(after + 2, Lists::GROUND)
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
        if number || over {
            break;
        }
        end += 1;
    }
    (end > after + 1).then_some(end)
}

/// The words that the grammar goes by.
pub(super) const WORDS: &[(Lists, &str)] = &[
    // Whom it may be said of.
    (
        Lists::PERSON,
        "i im ive id we weve were he hes she shes they theyre theyve me us her him mum mums mom dad mother \
    father son sons daughter daughters lad lass boy girl husband hubby wife partner boyfriend girlfriend \
    brother sister nan nana gran grandma grandad granddad grandfather grandmother uncle aunt auntie nephew \
    niece cousin child children kid kids baby neighbour neighbor friend carer tenant lodger flatmate \
    landlord fella mate ex family parents parent stepdad stepmum fiance fiancee missus godson godmother folks twins toddlers stepson stepdaughter grandson granddaughter mam twin toddler teenager",
    ),
    // What joins a person and a fact about them.
    (
        Lists::LINK,
        "am is are was were be been being im ive hes shes theyre weve m s re ve have has had having got \
    get gets suffer suffers suffered suffering diagnosed with living lives because due since on in took \
    take takes taking using uses use born come from registered identify identifies became become turned \
    feel feels felt feeling breached breaches breaching broke going went gone came come comes charged facing released undergoing recovering getting given gave did served serving",
    ),
    // Words between them that make it a question, a topic or something else's.
    (
        Lists::BREAK,
        "about nearly almost practically if near for against regarding concerning question info information any there if whether \
    not never no isnt aint arent without support charity looking look apply applying want wants wanted \
    like outside opposite beside behind next bin bins road street bay space house building centre help \
    event parade march speak speaking say talk translate language who whose where what which does would could should can might people someone",
    ),
    // Words after a term that make it a thing or a topic.
    (
        Lists::THING,
        "parking bay bays space spaces access accessible badge badges toilet toilets facility facilities \
    support service services charity charities centre center group groups unit ward friendly awareness week \
    pride club day school schools church mosque temple community communities food restaurant shop festival \
    association society nurse clinic adaptation adaptations grant grants allowance premium discount \
    reduction exemption entrance ramp ramps swing roundabout students event events club history month \
    sign signs tape cone cones notice corner bend spot summit facilities user users cafe choir bags bag",
    ),
    // What is said before a term and belongs to it: "severe depression", "breast cancer".
    (
        Lists::MODIFIER,
        "severe chronic clinical mild bad serious terminal advanced stage breast lung bowel prostate skin \
    brain liver kidney ovarian throat bone blood cervical pancreatic stomach orthodox strict devout \
    practising roman sunni shia post natal postnatal early onset vascular type registered profoundly \
    severely partially manic bipolar rheumatoid acute complex recovering black white british gmb unison \
    unite rmt usdaw",
    ),
    // Where a depression is a hole.
    (
        Lists::GROUND,
        "road street pavement path lane ground lawn grass drive driveway tarmac high",
    ),
    // Words that end the description of an offence.
    (
        Lists::AFTER_OFFENCE,
        "and but so when in last at on because who he she i we they my his her years ago which that from \
            to by the is was can do if",
    ),
];

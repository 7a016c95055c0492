//! Special category data (UK GDPR Article 9): a term of the lexicon that is said *of a person* ("I
//! have", "my son is", "since her stroke"). Criminal offences are said of people in the same ways: they
//! are in [`super::offences`].
//!
//! The topic alone is not personal: "depression in the road", "a disabled bay".

use super::cues::{CueHit, Cues};
use super::rule::Scene;
use super::vocabulary::Lists;
use std::ops::Range;

const CLAUSE_WORDS_MAX: usize = 8;

const HEALTH_AND_BELIEF: Cues = Cues::CONDITION
    .and(Cues::STATE)
    .and(Cues::ORIGIN)
    .and(Cues::FACT);

/// A term where it stands.
pub(super) struct Term<'a> {
    pub(super) hit: &'a CueHit,
    /// Its first word, and the word after it.
    pub(super) at: usize,
    pub(super) after: usize,
}

/// The ranges of the text that hold Article 9 data.
pub(super) fn special_category(scene: &Scene<'_>) -> Vec<Range<usize>> {
    let mut found = form_fields(scene, Cues::FIELD);
    found.extend(terms(scene, HEALTH_AND_BELIEF).filter_map(|term| {
        let Term { hit, at, after } = term;
        let luck = scene.word(after) == "of" && matches!(scene.word(after + 1), "luck" | "genius");
        // "in chinese".
        let language = scene.word(at.wrapping_sub(1)) == "in";
        // "Ms Bell" and "has ms".
        let title =
            scene.word(at) == "ms" && scene.gap(after) == " " && !scene.is(after, Lists::NOT_NAME);
        // "my wife is expecting", not "expecting a parcel".
        let awaited = scene.word(at) == "expecting"
            && after == at + 1
            && scene.gap(after) == " "
            && !matches!(scene.word(after), "in" | "and" | "so" | "our" | "again");
        if is_thing(scene, after)
            || awaited
            || luck
            || language
            || title
            || in_the_road(scene, after)
        {
            return None;
        }
        let first = first_word(scene, at);
        let of_whom = attributed(scene, &term, first).or_else(|| said_of(scene, at, hit.cues))?;
        let mut from = first.max(of_whom + 1).min(at);
        // "voted green", "i vote labour": the fact is the party.
        if matches!(scene.word(at), "voted" | "vote" | "voting") {
            from = at + 1;
        }
        Some(scene.words.get(from)?.start..hit.end)
    }));
    found
}

pub(super) fn terms<'a>(scene: &'a Scene<'_>, cues: Cues) -> impl Iterator<Item = Term<'a>> {
    let hits = scene.cues.iter().filter(move |hit| hit.cues.meets(cues));
    hits.map(|hit| Term {
        hit,
        at: scene.word_at(hit.start),
        after: scene.word_at(hit.end),
    })
}

pub(super) fn is_thing(scene: &Scene<'_>, after: usize) -> bool {
    scene.gap(after) == " " && scene.is(after, Lists::THING)
}

/// The first of the words that belong to the term at word `at`: "severe depression", "7 months gone".
pub(super) fn first_word(scene: &Scene<'_>, at: usize) -> usize {
    const WORDS_MAX: usize = 4;
    let mut from = at;
    while from > 0 && at - from < WORDS_MAX && scene.gap(from) == " " && modifier(scene, from - 1) {
        from -= 1;
    }
    from
}

pub(super) fn modifier(scene: &Scene<'_>, at: usize) -> bool {
    let digits = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    scene.is(at, Lists::MODIFIER) || digits(scene.word(at))
}

/// The word directly beside a term that says whose it is: "my arthritis", "my disabled son", "copd
/// here", "Jo Bell, sickle cell, ..."; for what needs no more, the term itself.
pub(super) fn attributed(scene: &Scene<'_>, term: &Term<'_>, first: usize) -> Option<usize> {
    let Term { hit, at, after } = *term;
    let left = first.wrapping_sub(1);
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
        return Some(first - 1);
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
    let before = first.saturating_sub(CLAUSE_WORDS_MAX)..first;
    let somebody = |at: usize| {
        matches!(
            scene.word(at),
            "my" | "his" | "her" | "im" | "ive" | "he" | "she" | "hes" | "shes"
        )
    };
    let topic = |at: usize| {
        scene.is(at, Lists::BREAK) || matches!(scene.word(at), "do" | "does" | "what" | "is")
    };
    ends && before.clone().any(somebody) && !before.clone().any(topic)
}

/// Whether a clause begins with word `at`.
fn clause_begins(scene: &Scene<'_>, at: usize) -> bool {
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
        return named(scene, at) || little || half || word == "door" && scene.word(left) == "next";
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
    if scene.word(at) == "black" {
        let near = scene.is(left(1), Lists::PERSON);
        let who = left(if near { 1 } else { 2 });
        let direct = scene.is(left(1), Lists::BEING)
            && scene.is(who, Lists::PERSON)
            && scene.word(who) != "were";
        return Some(direct.then_some(who));
    }
    // "as a catholic", not "what counts as a disability".
    if matches!(scene.word(left(1)), "a" | "an") && scene.word(left(2)) == "as" {
        let itself = clause_begins(scene, left(2))
            || matches!(
                scene.word(left(3)),
                "me" | "us" | "and" | "but" | "speaking" | "just"
            );
        return Some((itself && !sort.meets(Cues::CONDITION)).then_some(left(2)));
    }
    // "police arrested my son".
    let verb = matches!(
        scene.word(at),
        "arrested" | "jailed" | "convicted" | "sectioned"
    );
    let object = verb && (at + 1..at + 3).any(|right| scene.is(right, Lists::PERSON));
    object.then_some(Some(at))
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
    let mut left = at;
    while left > 0 && at - left < CLAUSE_WORDS_MAX {
        if scene
            .gap(left)
            .contains(['.', '!', '?', ';', '\n', ':', '[', '('])
        {
            return None;
        }
        left -= 1;
        let link = scene.is(left, links);
        if person(scene, left) {
            // "im", "hes", "i've": the person carries the link.
            let own_link = scene.word(left).len() > 1 && link;
            let given = !origin && given_to(scene, left);
            return (linked || own_link || given).then_some(left);
        }
        // "my son who has": the person is still to come.
        let of_person = matches!(scene.word(left), "who" | "whos")
            && scene.is(left.wrapping_sub(1), Lists::PERSON);
        if breaks(scene, left, linked) && !of_person {
            return None;
        }
        linked = linked || link || of_person;
    }
    // "had a hip replacement so ...": the one who writes is left out.
    if left == 0 && at <= 3 && LEFT_OUT.contains(&scene.word(0)) {
        return Some(0);
    }
    // "they took a dna sample from my nephew": the person comes after the term.
    let whose = scene.word(at) == "dna" && (at..at + 6).any(|right| scene.is(right, Lists::PERSON));
    whose.then_some(left)
}

/// What a message begins with that leaves out who writes it.
const LEFT_OUT: [&str; 16] = [
    "on",
    "waiting",
    "awaiting",
    "am",
    "was",
    "lost",
    "born",
    "had",
    "been",
    "got",
    "having",
    "suffering",
    "suffer",
    "recovering",
    "undergoing",
    "diagnosed",
];

/// "gave my son a community order", from the person.
fn given_to(scene: &Scene<'_>, person: usize) -> bool {
    let gave = |back: usize| {
        let word = scene.word(person.wrapping_sub(back));
        matches!(word, "gave" | "give" | "given")
    };
    matches!(scene.word(person + 1), "a" | "an") && (gave(1) || gave(2))
}

/// Whether a word between a person and a term makes it a question, a topic or something else's.
fn breaks(scene: &Scene<'_>, at: usize, linked: bool) -> bool {
    // "the man at the end house is": where somebody is does not matter once it is said what.
    let place = !linked && scene.is(at, Lists::PLACE_BREAK);
    // "i work with disabled children", not "off work with depression".
    let trade = scene.word(at) == "work" && scene.is(at.wrapping_sub(1), Lists::PERSON);
    scene.is(at, Lists::BREAK) || place || trade
}

/// "depression in the road".
fn in_the_road(scene: &Scene<'_>, after: usize) -> bool {
    scene.word(after) == "in"
        && matches!(scene.word(after + 1), "the" | "our" | "my")
        && scene.is(after + 2, Lists::GROUND)
}

/// "Religion: Buddhist": what is written beside the name of a field that asks for it.
pub(super) fn form_fields(scene: &Scene<'_>, cues: Cues) -> Vec<Range<usize>> {
    const VALUE_WORDS_MAX: usize = 6;
    let fields = scene.cues.iter().filter(|hit| hit.cues.meets(cues));
    fields
        .filter_map(|hit| {
            let mut at = scene.word_at(hit.end);
            let heading = clause_begins(scene, scene.word_at(hit.start));
            if !heading || !matches!(scene.gap(at), ": " | ":" | " : " | " - " | "? ") {
                return None;
            }
            if scene.word(at) == "yes" && scene.gap(at + 1).len() > 1 {
                at += 1;
            } else if scene.gap(at) == "? " {
                return None;
            }
            let nothing = matches!(
                scene.word(at),
                "none" | "no" | "n" | "na" | "nil" | "not" | "prefer" | "nothing" | "unknown"
            );
            let mut end = at;
            while end < scene.words.len()
                && end - at < VALUE_WORDS_MAX
                && (end == at || matches!(scene.gap(end), " " | "-" | "'" | "/"))
            {
                end += 1;
            }
            (end > at && !nothing).then(|| scene.words[at].start..scene.words[end - 1].end)
        })
        .collect()
}

/// The words that the grammar goes by.
pub(super) const WORDS: &[(Lists, &str)] = &[
    // Whom it may be said of.
    (
        Lists::PERSON,
        "i im ive id we weve were he hes she shes theyre theyve me us her him mum mums mom mam mams dad dads mother \
        father son sons daughter daughters lad lass boy girl husband husbands hubby wife wifes partner partners boyfriend girlfriend \
        brother brothers sister sisters nan nana nans gran grans grandma granny grandad granddad grandfather grandmother uncle aunt auntie nephew \
        niece cousin child children kid kids baby neighbour neighbours neighbor friend friends carer tenant lodger flatmate housemate \
        landlord landlady fella mate mates ex family parents parent stepdad stepmum stepson stepdaughter fiance fiancee missus godson godmother \
        folks twins twin toddlers toddler grandson granddaughter grandkids grandchildren teenager man woman lady bloke guy gentleman \
        boss colleague manager teacher tenants youngest eldest oldest resident driver dbs relative applicant claimant patient sibling siblings couple mother-in-law",
    ),
    // What joins a person and a fact about them.
    (
        Lists::LINK,
        "im ive hes shes theyre weve m s re ve have has had having got getting get gets suffer suffers \
        suffered suffering diagnosed with living lives because due since on in took take takes taking using uses use born come from \
        registered identify identifies came turned feel feels felt feeling breached breaches breaching broke going went gone \
        comes charged facing released undergoing recovering given gave did served serving wear wears prescribed develops developed",
    ),
    // What joins a person and what they are.
    (
        Lists::BEING,
        "am is are was were be been being become became becomes im hes shes theyre m s re born come comes came from as \
        identify identifies registered feel feels felt going went gone turned married",
    ),
    // Words between them that make it a question, a topic or something else's.
    (
        Lists::BREAK,
        "about nearly almost practically if near for against regarding concerning question info information any there if whether \
    not never no isnt aint arent without support charity looking look apply applying want wants wanted \
    like centre help \
    event parade march speak speaking say talk translate language who whose where what which does would could should can might people someone \
    anyone anybody somebody everyone everybody nobody service services advice training course class group leaflet policy works working volunteer volunteering teach teaching teaches run runs running study studying research essay \
    writing book film fundraiser fundraising raising donate donating pleas",
    ),
    // The same, unless what joins the two comes after them: "the man at the end house is on tag".
    (
        Lists::PLACE_BREAK,
        "outside opposite beside behind next bin bins road street bay space house building",
    ),
    // Words after a term that make it a thing or a topic.
    (
        Lists::THING,
        "parking bay bays space spaces access accessible badge badges toilet toilets facility facilities \
    support service services charity charities centre center group groups unit ward friendly awareness week \
    pride club day school schools church mosque temple community communities food restaurant shop festival \
    association society nurse clinic adaptation adaptations grant grants allowance premium discount \
    reduction exemption entrance ramp ramps swing roundabout students event events club history month \
    sign signs tape cone cones notice corner bend spot spots summit facilities user users cafe choir bags bag \
    benefit benefits living payment batteries battery needles waste shower takeaway barber bakery street road \
    leaflet leaflets training course policy strategy team officer bin bins box lid ears helpline line act form week there pads",
    ),
    // What is said before a term and belongs to it: "severe depression", "breast cancer".
    (
        Lists::MODIFIER,
        "severe severely chronic clinical mild serious seriously terminal advanced stage breast lung bowel prostate skin \
    brain liver kidney ovarian throat bone blood cervical pancreatic stomach orthodox strict devout \
    practising roman sunni shia post natal postnatal early onset vascular type registered profoundly \
    partially manic bipolar rheumatoid acute complex recovering black white british gmb unison \
    unite rmt usdaw neu cwu pcs ucu fbu rcn nasuwt aslef undiagnosed untreated inoperable incurable openly heavily lifelong longstanding \
    crippling debilitating brittle",
    ),
    // Where a depression is a hole.
    (
        Lists::GROUND,
        "road street pavement path lane ground lawn grass drive driveway tarmac high",
    ),
    // Whose it is.
    (
        Lists::POSSESSIVE,
        "my me his her our their mums dads sons daughters husbands wifes nans partners brothers sisters",
    ),
];

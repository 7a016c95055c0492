//! Special category data (UK GDPR Article 9): a term of the lexicon that is said *of a person* ("I
//! have", "my son is", "since her stroke"). Criminal offences are said of people in the same ways: they
//! are in [`super::offences`].
//!
//! The topic alone is not personal: "depression in the road", "a disabled bay".

use super::cues::{CueHit, Cues};
use super::rule::Scene;
use super::subjects::{clause_begins, of_whom};
use super::vocabulary::Lists;
use std::ops::Range;

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
        let title = scene.word(at) == "ms"
            && (scene.gap(after) == " ["
                || scene.gap(after) == " " && !scene.is(after, Lists::NOT_NAME));
        // "my wife is expecting", not "expecting a parcel".
        let awaited = scene.word(at) == "expecting"
            && after == at + 1
            && scene.gap(after) == " "
            && !matches!(scene.word(after), "in" | "and" | "so" | "our" | "again");
        // "my knees are bad i have osteoarthritis": the illness says it.
        let named = |cue: &&CueHit| {
            // In a text that is read again it is a token.
            let token = scene.normal.text().get(cue.start..cue.end) == Some("[sensitive detail]");
            (cue.cues.meets(Cues::CONDITION) || token)
                && (hit.end..hit.end + 12).contains(&cue.start)
        };
        if hit.cues.meets(Cues::SAID) && scene.cues.iter().any(|cue| named(&cue)) {
            return None;
        }
        // "her incontinence pads", not "the disabled toilet".
        let own = matches!(scene.word(after), "pads" | "nurse" | "clinic")
            && scene.is(at.wrapping_sub(1), Lists::POSSESSIVE);
        if is_thing(scene, after) && !own
            || awaited
            || luck
            || language
            || title
            || in_the_road(scene, after)
        {
            return None;
        }
        let first = first_word(scene, at);
        let of_whom = of_whom(scene, &term, first)?;
        let mut from = first.max(of_whom + 1).min(at);
        // "voted green", "i vote labour": the fact is the party.
        if matches!(scene.word(at), "voted" | "vote" | "voting") {
            from = at + 1;
        }
        // "registered blind": the fact is "blind".
        if scene.word(from) == "registered" && from + 1 < after {
            from += 1;
        }
        let end = if own {
            scene.words.get(after)?.end
        } else {
            hit.end
        };
        Some(scene.words.get(from)?.start..end)
    }));
    found
}

/// The terms of a sort, and the turns of speech.
pub(super) fn terms<'a>(scene: &'a Scene<'_>, cues: Cues) -> impl Iterator<Item = Term<'a>> {
    let hits = scene.cues.iter().chain(&scene.turns);
    hits.filter(move |hit| hit.cues.meets(cues))
        .map(|hit| Term {
            hit,
            at: scene.word_at(hit.start),
            after: scene.word_at(hit.end),
        })
}

pub(super) fn is_thing(scene: &Scene<'_>, after: usize) -> bool {
    // "a disability living allowance", not "travellers living at".
    let lives = scene.word(after) == "living" && scene.word(after + 1) != "allowance";
    scene.gap(after) == " " && scene.is(after, Lists::THING) && !lives
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
        father son sons daughter daughters lad lads lass boy girl husband husbands hubby wife wifes partner partners boyfriend girlfriend \
        brother brothers sister sisters nan nana nans gran grans grandma granny grandad granddad grandfather grandmother uncle aunt auntie nephew \
        niece cousin child children kid kids baby mrs neighbour neighbours neighbor friend friends carer tenant lodger flatmate housemate \
        landlord landlady fella mate mates ex family parents parent stepdad stepmum stepson stepdaughter fiance fiancee missus godson godmother \
        folks twins twin toddlers toddler grandson granddaughter grandkids grandchildren teenager man woman lady bloke guy gentleman \
        boss colleague manager teacher tenants chap geezer bro sis brov pupil client employee veteran childminder nanna nanny mummy daddy mammy \
        bairn bairns wean weans babby lassie laddie stepbrother stepsister hubbys roommate grandma grampa grandpa gramps wer youngest eldest oldest resident driver dbs relative applicant claimant patient sibling siblings couple mother-in-law \
        granda da taid nain tad doughter dauther husbend huband grandaughter neighbor stepsons stepdaughters inlaws",
    ),
    // What joins a person and a fact about them.
    (
        Lists::LINK,
        "im ive hes shes theyre weve wer m s re ve have has had having got getting get gets suffer suffers \
        suffered suffering diagnosed with living lives because due since on in took take takes taking using uses use born come from \
        registered identify identifies came turned feel feels felt feeling breached breaches breaching broke going went gone \
        comes charged facing released undergoing recovering given gave did served serving wear wears prescribed develops developed discloses disclosed declares declared admits admitted contracted caught",
    ),
    // What joins a person and what they are.
    (
        Lists::BEING,
        "am is are was were wer be been being become became becomes im hes shes theyre m s re born come comes came from as \
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
    leaflet leaflets training course policy strategy team officer bin bins box lid ears helpline line act form week there pads transport",
    ),
    // What is said before a term and belongs to it: "severe depression", "breast cancer".
    (
        Lists::MODIFIER,
        "severe severely chronic clinical mild serious seriously terminal advanced stage breast lung bowel prostate skin \
    brain liver kidney ovarian throat bone blood cervical pancreatic stomach orthodox strict devout \
    practising roman sunni shia post natal postnatal early onset vascular type registered profoundly \
    partially manic bipolar rheumatoid acute complex recovering black white british gmb unison \
    unite rmt usdaw neu cwu pcs ucu fbu rcn nasuwt aslef undiagnosed untreated inoperable incurable openly heavily lifelong longstanding \
    crippling debilitating brittle nonverbal paranoid opioid profound bad gypsy roma romany sensory degenerative progressive chest urine water ear eye throat bladder viral bacterial nasty recurrent suspected",
    ),
    // Who says what somebody has.
    (
        Lists::DIAGNOSER,
        "doctor doctors doc docs gp hospital consultant specialist surgeon psychiatrist midwife oncologist nurse paramedics ehcp report scan results tests letter notes assessment bloods diagnosis biopsy",
    ),
    // Before "for" and an illness.
    (
        Lists::CURE,
        "results scan tests waiting pip dla esa treated medication meds tablets pills treatment therapy operation op surgery tested positive screened counselling injections \
        specialist hospital",
    ),
    // What may stand before a message's first term.
    (
        Lists::HEADLESS,
        "registered late just only recently newly still currently now fresh hi hello hiya hey yes been",
    ),
    // After a message's first term, where who is meant is left out: "remanded since".
    (
        Lists::AFTER_HEADLESS,
        "since of for by with to until till til last next and but again now so from after over this yesterday today tonight then monday tuesday wednesday \
        thursday friday saturday sunday here on in at an cos because looking needs need said says told rang wants asked",
    ),
    // Who may be spoken of without more.
    (
        Lists::SOMEBODY,
        "i im ive my me he hes his him she shes her we our mine",
    ),
    // Before a term in a clause that asks about it, or speaks of one of a sort.
    (
        Lists::TOPIC,
        "do does is how when why are did your no a an work works other labour",
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

//! Names of people: introduced ("my name is", "it's dave again"), signed, titled, mentioned with a
//! first name that is known.
//!
//! Casing helps and is not relied on: after "my name is" any word that is no everyday word is a
//! name; after "it's" it must be a known first name or two words in capitals.

use super::cues::Cues;
use super::rule::Scene;
use super::vocabulary::Lists;
use std::ops::Range;

/// What comes before a name.
pub(super) const INTRODUCTIONS: &[(Cues, &str)] = &[
    (
        Cues::NAMED,
        "my name is|my name's|my names|my full name is|my name|name is|name's|name:|name -|full name|\
        full name is|first name|first name is|last name|last name is|surname|surname is|forename|\
        in the name of|in my name|under the name of|under the name|signed|\
        i am called|i'm called|im called|known as|mr|mrs|ms|mx|yours sincerely|yours faithfully|\
        tenant name|tenants name|name of tenant|account holder|account name|1st name|maiden name|\
        married name|maiden name is|maiden name was|maiden name was|married name is|named after|nickname is",
    ),
    (
        Cues::MAYBE_NAMED,
        "name|names|i am|i'm|im|its|it's|it is|this is|cheers|thanks|thank you|thx|many thanks|regards|\
        kind regards|best wishes|best regards|ask|ask for|speak to|spoke to|spoken to|spoke with|\
        speak with|talk to|talked to|dear|hi|hello|my son|my daughter|my husband|my wife|my partner|\
        my mum|my mother|my dad|my father|my brother|my sister|my carer|my neighbour|my neighbor|\
        my social worker|my friend|my nan|my gran|my grandad|my uncle|my aunt|my nephew|my niece|\
        my boyfriend|my girlfriend|my landlord|my landlady|my key worker|my support worker|neighbour|\
        carer|landlord|social worker|councillor|cllr|tenant|miss|dr|called|is called|\
        love from|call me|people call me|named him|named her|speaking to|speaking with|behalf of|on behalf of|care of|c/o|caller is|you are speaking to|the wife|\
        the husband|hubby|his name|her name",
    ),
    // Before a name that ends the message.
    (
        Cues::SIGN_OFF,
        "cheers|thanks|thank you|ta|thx|many thanks|thanks again|regards|kind regards|best wishes|best regards|\
        love|yours|yours sincerely|yours faithfully|warm regards|sincerely|best",
    ),
    // Words that a place or an organisation may follow as well.
    (
        Cues::KNOWN_NAMED,
        "from|by|with|and|for|told|tell|asked|saw|met|thats|that's|that is|me and|mate|my mate|rang|phoned|emailed|\
        messaged|addressed to|letter for|named|know|our|us and|contact",
    ),
    // Names of things.
    (
        Cues::NONE,
        "street name|road name|company name|business name|file name|user name|username|domain name|\
        brand name|school name|name of the street|name of the road|name of the company|name and address|\
        name and number|name badge|name plate|nameplate|change of name|name change|change my name|\
        team name|shop name|name on the|name of the",
    ),
];

/// The ranges of the text that hold a name.
pub(super) fn persons(scene: &Scene<'_>) -> Vec<Range<usize>> {
    let shouted = shouted(scene);
    let mut found = Vec::new();
    for hit in scene.cues {
        let sure = hit.cues.meets(Cues::NAMED);
        let known = hit.cues.meets(Cues::KNOWN_NAMED);
        if !sure && !known && !hit.cues.meets(Cues::MAYBE_NAMED) {
            continue;
        }
        let mut at = scene.word_at(hit.end);
        if !matches!(
            scene.gap(at),
            " " | ", " | ": " | ":" | " : " | " - " | " = " | "\n" | ",\n" | ". " | "-" | "; "
        ) {
            continue;
        }
        if known && !scene.is(at, Lists::ANY_NAME) {
            continue;
        }
        if scene.is(at, Lists::TITLE) && scene.gap(at + 1).starts_with([' ', '.']) {
            at += 1;
        }
        let end = if sure {
            let cue = scene
                .normal
                .text()
                .get(hit.start..hit.end)
                .unwrap_or_default();
            let said = cue.ends_with("is") || cue.ends_with("'s") || cue.ends_with(':');
            introduced(scene, at, shouted, said)
        } else {
            likely(scene, at, shouted)
        };
        found.extend(end.map(|end| range(scene, at, end)));
    }
    found.extend(signed(scene, shouted));
    for at in 0..scene.words.len() {
        let end = on_its_line(scene, at).or_else(|| mentioned(scene, at, shouted));
        found.extend(end.map(|end| range(scene, at, end)));
    }
    found
}

fn range(scene: &Scene<'_>, from: usize, to: usize) -> Range<usize> {
    scene.words[from].start..scene.words[to - 1].end
}

/// Whether capitals say nothing: all of the text, or most words of a longer one, has them.
fn shouted(scene: &Scene<'_>) -> bool {
    if !scene.source.bytes().any(|byte| byte.is_ascii_lowercase()) {
        return true;
    }
    let letters = || scene.lists.iter().filter(|word| word.meets(Lists::LETTERS));
    let words = letters().count();
    let capitals = letters().filter(|word| word.meets(Lists::CAPITAL)).count();
    words > 5 && capitals * 3 > words * 2
}

/// A capital that stands for a first name.
fn initial(scene: &Scene<'_>, at: usize) -> bool {
    scene.word(at).len() == 1 && scene.capital(at) && matches!(scene.gap(at + 1), " " | ". " | ".")
}

/// A word that can be part of a name.
fn name_word(scene: &Scene<'_>, at: usize) -> bool {
    let word = scene.word(at);
    let irish = matches!(word, "o" | "d") && scene.gap(at + 1) == "'";
    (word.len() > 1 || irish)
        && word
            .bytes()
            .all(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii())
        && !scene.is(at, Lists::NOT_NAME)
}

/// The word after a name that starts at `at`, after words that say that a name comes. Names that are
/// words too need more: a capital, or that it was `said` outright ("my name is hope").
fn introduced(scene: &Scene<'_>, at: usize, shouted: bool, said: bool) -> Option<usize> {
    let everyday = scene.is(at, Lists::EVERYDAY_NAME);
    // "Mr T Okonkwo".
    let after = if initial(scene, at + 1) {
        at + 2
    } else {
        at + 1
    };
    if initial(scene, at) && scene.capital(after) && name_word(scene, after) {
        return Some(capitals(scene, at));
    }
    if !name_word(scene, at) && !(everyday && (said || scene.capital(at) && !shouted)) {
        return None;
    }
    if scene.capital(at) && !shouted {
        return Some(capitals(scene, at));
    }
    const LOWER_CASE_WORDS_MAX: usize = 3;
    let mut end = at + 1;
    while end < at + LOWER_CASE_WORDS_MAX
        && matches!(scene.gap(end), " " | "-" | "'")
        && name_word(scene, end)
    {
        end += 1;
    }
    Some(end)
}

/// The same after words that need not be followed by a name.
fn likely(scene: &Scene<'_>, at: usize, shouted: bool) -> Option<usize> {
    if !name_word(scene, at) {
        return None;
    }
    let capital = scene.capital(at) && !shouted;
    // "its mark here".
    let here = matches!(
        scene.word(at + 1),
        "here" | "speaking" | "calling" | "again"
    );
    if here && scene.gap(at + 1) == " " && scene.is(at, Lists::EVERYDAY_NAME) {
        return Some(at + 1);
    }
    if scene.is(at, Lists::FIRST_NAME) || capital && scene.is(at, Lists::EVERYDAY_NAME) {
        return if capital {
            let end = capitals(scene, at);
            (!place_like(scene, end - 1) && !place_like(scene, end)).then_some(end)
        } else {
            let surname =
                scene.gap(at + 1) == " " && name_word(scene, at + 1) && !place_like(scene, at + 1);
            let closed = !matches!(scene.gap(at + 2), " " | "-" | "'") || !name_word(scene, at + 2);
            Some(if surname && closed { at + 2 } else { at + 1 })
        };
    }
    let end = capitals(scene, at);
    let proper = capital && end >= at + 2 && !(at..=end).any(|word| place_like(scene, word));
    proper.then_some(end)
}

/// "thanks, Si": one or two words in capitals, or a known first name, that end the message after a
/// sign-off.
fn signed(scene: &Scene<'_>, shouted: bool) -> Option<Range<usize>> {
    let hit = scene
        .cues
        .iter()
        .rfind(|hit| hit.cues.meets(Cues::SIGN_OFF))?;
    let from = scene.word_at(hit.end);
    let mut to = scene.words.len();
    // Kisses.
    while to > from && scene.word(to - 1).bytes().all(|byte| byte == b'x') {
        to -= 1;
    }
    if !(1..=3).contains(&(to.saturating_sub(from))) || !scene.gap(from).contains([',', '\n', ' '])
    {
        return None;
    }
    let known = scene.is(from, Lists::FIRST_NAME);
    let apart = scene.gap(from).contains([',', '\n']);
    let each = (from..to).all(|at| {
        let word = name_word(scene, at)
            || apart && scene.is(at, Lists::EVERYDAY_NAME)
            || apart && at + 1 < to && initial(scene, at);
        word && (at == from || matches!(scene.gap(at), " " | ". ")) && !place_like(scene, at)
    });
    let capitals = !shouted && (from..to).all(|at| scene.capital(at));
    let name = each && (known || apart && capitals);
    name.then(|| range(scene, from, to))
}

/// A line that is a first name that is known and one or two words more, in any case: the head of an
/// address, the foot of a letter.
fn on_its_line(scene: &Scene<'_>, at: usize) -> Option<usize> {
    if !scene.is(at, Lists::FIRST_NAME) || !(at == 0 || scene.gap(at).contains('\n')) {
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

/// A known first name in capitals, alone or with a surname, anywhere: not "Victoria Road".
fn mentioned(scene: &Scene<'_>, at: usize, shouted: bool) -> Option<usize> {
    if shouted {
        // Capitals say nothing, so the first name must be known and have a surname.
        let pair = scene.is(at, Lists::FIRST_NAME)
            && scene.gap(at + 1) == " "
            && name_word(scene, at + 1)
            && scene.capital(at)
            && (scene.is(at + 1, Lists::SURNAME)
                || scene.source.bytes().any(|b| b.is_ascii_lowercase()));
        return (pair && !(at..=at + 2).any(|word| place_like(scene, word))).then_some(at + 2);
    }
    let left = at.wrapping_sub(1);
    // "frank speaking".
    if at == 0 && scene.is(at, Lists::ANY_NAME) && scene.word(at + 1) == "speaking" {
        return Some(at + 1);
    }
    let inside = scene.capital(left) && scene.gap(at) == " " && !scene.is(left, Lists::NOT_NAME);
    if !scene.capital(at) || inside || scene.word(left) == "the" {
        return None;
    }
    let end = capitals(scene, at);
    if !scene.is(at, Lists::ANY_NAME) {
        let surname = end == at + 2 && scene.is(at + 1, Lists::SURNAME) && name_word(scene, at);
        let placed = scene.is(left, Lists::BEFORE_PLACE);
        let proper = surname && !placed && !(at..=end).any(|word| place_like(scene, word));
        return proper.then_some(end);
    }
    let alone =
        end == at + 1 && scene.is(at, Lists::FIRST_NAME) && !scene.is(at, Lists::PLACE_NAME);
    let proper = (alone || end >= at + 2) && !(at..=end).any(|word| place_like(scene, word));
    proper.then_some(end)
}

/// The word after the capitalised words from `at` on, with particles between them.
fn capitals(scene: &Scene<'_>, at: usize) -> usize {
    const NAME_WORDS_MAX: usize = 5;
    let mut end = at + 1;
    while end < at + NAME_WORDS_MAX {
        let joined = matches!(scene.gap(end), " " | "-" | "'" | ". ");
        let particles = (end..end + 2).take_while(|at| scene.is(*at, Lists::PARTICLE));
        let part = end + particles.count();
        let initial =
            scene.word(part).len() == 1 && scene.word(part) != "i" && scene.gap(part) != "'";
        if !joined || !scene.capital(part) || !(name_word(scene, part) || initial) {
            break;
        }
        end = part + 1;
    }
    end
}

/// Words that make the name before them a place or an organisation.
fn place_like(scene: &Scene<'_>, at: usize) -> bool {
    scene.is(at, Lists::PLACE)
}

/// The words that the grammar goes by.
pub(super) const WORDS: &[(Lists, &str)] = &[
    (Lists::TITLE, "mr mrs ms miss mx dr sir rev the"),
    (
        Lists::PARTICLE,
        "van de der den al el bin ibn da di la le du o mac mc st von bint ben",
    ),
    // First names that are places too: no name when they stand alone.
    (
        Lists::PLACE_NAME,
        "devon florence georgia jordan chelsea virginia victoria albert stanley nelson alexandra morgan ashley \
        kent roman austin carlisle chester lincoln charlotte regina adelaide wellington alexander douglas \
        gordon norman israel andrea nile clare ross marina george edward said don mercy",
    ),
    (
        Lists::BEFORE_PLACE,
        "in at near to on off of around by past through towards between via opposite outside across along down \
        up behind into onto over beyond above below",
    ),
    // Words that make the name before them a place or an organisation.
    (
        Lists::PLACE,
        "road rd street st avenue ave lane ln drive close crescent gardens grove terrace mews walk row way \
        place park square green hill court house hall hospital school academy college church centre center \
        surgery library ward station bridge gate estate council building tower lodge farm hotel pub arms \
        island roundabout junction canal river brook flats parade theatre inn tavern head club room rooms \
        allotments gala festival bypass bus line stop depot cup memorial statue monument court point wharf quay \
        bank foods store stores shop shops bakery cafe salon takeaway butchers barbers palace cathedral castle \
        stores supermarket line roundabout multi cemetery nursery museum theatre stadium market wood woods fields meadow common university trust \
        ltd limited society association charity foundation day week surgery clinic pharmacy playground",
    ),
];

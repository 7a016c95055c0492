//! Houses that have a name and no number: "the old forge, church row", "Greenacres, Back Lane", "Ty Gwyn,
//! Heol Las". The street after the name is what makes it an address.

use super::address::{house_number, joined, numbered, range, street_beyond, welsh_street};
use super::cues::Cues;
use super::places::{off_street, outward, place, places};
use super::rule::Scene;
use super::vocabulary::Lists;
use std::ops::Range;

/// Houses of one word often end like this: "Greenacres".
pub(super) const HOUSE_ENDINGS: [&str; 14] = [
    "acres", "dene", "holme", "croft", "lea", "view", "mead", "haven", "garth", "nook", "lands",
    "crest", "mount", "cot",
];

/// The addresses that begin with a house's name.
pub(super) fn named(scene: &Scene<'_>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for hit in scene.cues.iter().filter(|hit| hit.cues.meets(Cues::HOUSE)) {
        let house = (scene.word_at(hit.start), scene.word_at(hit.end));
        found.extend(named_house(scene, house.0, house.1));
    }
    for at in (0..scene.words.len()).filter(|at| scene.capital(*at)) {
        if let Some(after) = house_of_one_word(scene, at).or_else(|| welsh_house(scene, at)) {
            found
                .extend(street_after(scene, after).map(|end| range(scene, at, places(scene, end))));
        }
        found.extend(before_postcode(scene, at));
    }
    found
}

/// "the old forge, church row": a house's name, then a street after a comma. `house` is the first of
/// the words that say that it is a house.
fn named_house(scene: &Scene<'_>, house: usize, after: usize) -> Option<Range<usize>> {
    // "my late aunt's house, 6 Pilchard Row".
    let left = house.checked_sub(1)?;
    if scene.is(left, Lists::KIN.and(Lists::POSSESSIVE)) || scene.gap(left) == "'" {
        return None;
    }
    let named = scene.capital(house) && scene.capital(house - 1) && scene.gap(house) == " ";
    // "we live at Hollins Cottage, ...", "the gate of Gorple Head Farm ...".
    let live = named
        && (house.saturating_sub(4)..house).any(|word| {
            let before = matches!(
                scene.word(word),
                "at" | "live" | "is" | "address" | "from" | "of"
            );
            before && scene.capital(word + 1)
        });
    let other = Lists::PLACE
        .and(Lists::NOT_NAME)
        .and(Lists::COMMON)
        .and(Lists::STREET);
    let known = lived_in(scene, house);
    let town = (live && scene.capital(after) || known) && !scene.is(after, other);
    let town = || town.then(|| place(scene, after, true)).flatten();
    let end = if scene.gap(after).starts_with([',', '\n']) {
        street_after(scene, after)
            .or_else(|| off_street(scene, after))
            .or_else(town)?
    } else {
        // "the gatehouse at Scarholme Hall", "Rose Villa on Prospect Hill".
        let at = scene.word(after) == "at" && scene.gap(after) == " " && scene.capital(after + 1);
        let hall = at.then(|| street_beyond(scene, after + 1, Lists::BUILDING));
        let road = named.then(|| off_street(scene, after));
        let beside = scene.gap(after) == " ";
        // "its the old forge nab lane", "up at hey top farm off buckton vale".
        let lane = if scene.word(after) == "off" {
            after + 1
        } else {
            after
        };
        let lane = (known && beside && scene.gap(lane) == " " && !scene.is(lane, other))
            .then(|| street_beyond(scene, lane, Lists::STREET));
        let found = hall
            .flatten()
            .or_else(|| road.flatten())
            .or_else(|| lane.flatten());
        found.or_else(|| if beside && live { town() } else { None })?
    };
    let mut from = house;
    while from > 0 && house - from < 3 && scene.gap(from) == " " {
        let word = scene.word(from - 1);
        if word == "the" {
            from -= 1;
            break;
        }
        let lower = scene.capital(house) && !scene.capital(from - 1);
        if lower
            || scene.is(from - 1, Lists::NOT_IN_STREET) && word != "old" && word != "new"
            || word == "live"
        {
            break;
        }
        from -= 1;
    }
    // "the Annexe, Mill House, Weir Lane", "Stables Flat, Netherby Grange, Grange Road".
    let left = from.wrapping_sub(1);
    let part = scene.gap(from) == ", "
        && scene.capital(left)
        && (scene.is(left, Lists::UNIT) || matches!(scene.word(left), "lodge" | "cottage"));
    if from < house && part {
        let named = scene.gap(left) == " "
            && scene.capital(left.wrapping_sub(1))
            && !scene.is(left.wrapping_sub(1), Lists::NOT_NAME);
        from = if named { left - 1 } else { left };
    }
    (from < house).then(|| range(scene, from, places(scene, end)))
}

/// "at the old forge", "its hey top farm", in any case: a house with a name, after words that addresses come after
/// or at the beginning of the message.
fn lived_in(scene: &Scene<'_>, house: usize) -> bool {
    const NAME_WORDS_MAX: usize = 3;
    let first = (house.saturating_sub(NAME_WORDS_MAX)..house)
        .rev()
        .take_while(|word| {
            scene.gap(word + 1) == " "
                && (!scene.is(*word, Lists::NOT_IN_STREET)
                    || matches!(scene.word(*word), "the" | "old" | "new"))
        })
        .last();
    let Some(first) = first else { return false };
    let own = house - first > usize::from(scene.word(first) == "the");
    let before = scene.word(first.wrapping_sub(1));
    let lived = matches!(before, "at" | "its" | "is" | "im" | "address" | "s")
        && scene.gap(first) == " "
        && !scene.is(first, Lists::NOT_IN_STREET.and(Lists::COMMON)) | (scene.word(first) == "the");
    own && (lived || first == 0 && scene.word(house) == "cottage")
}

/// "Greenacres, ...", in capitals: the word after it.
fn house_of_one_word(scene: &Scene<'_>, at: usize) -> Option<usize> {
    if !scene.gap(at + 1).starts_with([',', '\n']) {
        return None;
    }
    let word = scene.word(at);
    let house = word.len() >= 7 && HOUSE_ENDINGS.iter().any(|ending| word.ends_with(ending));
    let begins = at == 0
        || scene.gap(at).contains([',', '.', '\n', ':'])
        || matches!(
            scene.word(at - 1),
            "at" | "is" | "to" | "in" | "of" | "from" | "for" | "address" | "live"
        );
    // "a bungalow called Dunroamin, Cliff Road".
    let called = matches!(scene.word(at.wrapping_sub(1)), "called" | "named")
        && word.len() >= 5
        && !scene.is(at, Lists::ANY_NAME.and(Lists::COMMON));
    // "lives alone at Brookfield, Tan Pit Lane".
    let lived = scene.word(at.wrapping_sub(1)) == "at"
        && (2..5).any(|back| {
            let word = scene.word(at.wrapping_sub(back));
            matches!(word, "live" | "lives" | "lived" | "living")
        })
        && word.len() >= 5
        && !scene.is(at, Lists::ANY_NAME.and(Lists::COMMON));
    (house && begins || called || lived).then_some(at + 1)
}

/// "Rose Lea, Back Lane, Hatherlow, SK24 5BW": words in capitals before a street without a number, up to a postcode.
fn before_postcode(scene: &Scene<'_>, at: usize) -> Option<Range<usize>> {
    const NAME_WORDS_MAX: usize = 3;
    let left = at.wrapping_sub(1);
    let said = matches!(
        scene.word(left),
        "at" | "to" | "in" | "is" | "of" | "from" | "live" | "house" | "address"
    );
    let begins = at == 0 || scene.gap(at).contains([',', '.', '\n', ':']);
    if !(said || begins && !scene.is(at, Lists::ANY_NAME)) {
        return None;
    }
    let mut end = at + 1;
    while end < at + NAME_WORDS_MAX && scene.gap(end) == " " && scene.capital(end) {
        end += 1;
    }
    let street = scene
        .gap(end)
        .starts_with(',')
        .then(|| street_beyond(scene, end, Lists::STREET))
        .flatten()
        .filter(|_| scene.capital(end))?;
    let to = places(scene, street);
    let postcode = outward(scene.word(to)) && matches!(scene.gap(to), " " | ", " | "\n");
    (postcode && scene.has_small).then(|| range(scene, at, to))
}

/// "Ty Gwyn, ...", in capitals: the word after it.
fn welsh_house(scene: &Scene<'_>, at: usize) -> Option<usize> {
    const NAME_WORDS_MAX: usize = 4;
    if !scene.is(at, Lists::WELSH_STREET) || scene.capital(at.wrapping_sub(1)) {
        return None;
    }
    let mut end = at + 1;
    while end < at + NAME_WORDS_MAX && matches!(scene.gap(end), " " | "-") && scene.capital(end) {
        end += 1;
    }
    (end > at + 1 && scene.gap(end).starts_with([',', '\n'])).then_some(end)
}

/// A street after a house's name and a comma or the end of a line, or a place with its postcode: the word
/// after it.
pub(super) fn street_after(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let line = matches!(scene.gap(at), "\n" | ",\n" | ", \n");
    if !line && !joined(scene, at) {
        return None;
    }
    // "the old forge, top of smithy bank".
    let end_of = matches!(scene.word(at), "top" | "bottom" | "end" | "back" | "foot")
        && scene.word(at + 1) == "of"
        && scene.gap(at + 2) == " ";
    let at = if end_of { at + 2 } else { at };
    street_beyond(scene, at, Lists::STREET)
        .or_else(|| numbered(scene, at))
        .or_else(|| welsh_street(scene, at))
        .or_else(|| place(scene, at, true).filter(|end| outward(scene.word(*end))))
}

/// "Bryn Awel, 6 Chapel Row", "Top Floor, 118 Mafeking Road": where a house's name begins that stands
/// before number `at`. A name that a person may have ("Hazel Bank") only after "at".
pub(super) fn before_number(scene: &Scene<'_>, at: usize) -> Option<usize> {
    const NAME_WORDS_MAX: usize = 3;
    if at == 0 || !scene.gap(at).starts_with([',', '\n']) {
        return None;
    }
    let mut from = at;
    while from > 0
        && at - from < NAME_WORDS_MAX
        && scene.capital(from - 1)
        && (from == at || scene.gap(from) == " ")
        && !scene.is(from - 1, Lists::TITLE)
    {
        from -= 1;
    }
    let kind = Lists::STREET.and(Lists::BUILDING);
    let house = scene.is(at - 1, kind)
        || scene.word(at - 1) == "floor"
        || scene.is(from, Lists::WELSH_STREET);
    let person = scene.is(from, Lists::ANY_NAME) && scene.word(from.wrapping_sub(1)) != "at";
    // "from Penhallow, 2 The Paddock".
    let alone = from + 1 == at
        && matches!(
            scene.word(from.wrapping_sub(1)),
            "from" | "at" | "is" | "to"
        )
        && scene.word(from).len() >= 6
        && !scene.is(from, Lists::NOT_NAME.and(Lists::COMMON).and(Lists::SURNAME));
    // "top floor left, 5 Kirk Wynd".
    let side = usize::from(matches!(scene.word(at - 1), "left" | "right" | "flat"));
    let floor = at.checked_sub(1 + side)?;
    // "Block C, Flat 21, ...".
    let block = matches!(
        scene.word(at.wrapping_sub(2)),
        "block" | "building" | "unit" | "wing" | "tower" | "entrance" | "stair"
    ) && scene.gap(at - 1) == " ";
    let short = scene.word(at - 1).len() == 1 || house_number(scene.word(at - 1));
    if block && short {
        return Some(at - 2);
    }
    // "over a pub The Fleece, 2 Market Place".
    let inn = from > 0
        && from < at
        && scene.word(from - 1) == "the"
        && scene.capital(from - 1)
        && scene.gap(from) == " "
        && (from..at).all(|word| !scene.is(word, Lists::NOT_NAME.and(Lists::COMMON)));
    if inn {
        return Some(from - 1);
    }
    let storey = scene.word(floor) == "floor"
        && matches!(
            scene.word(floor.wrapping_sub(1)),
            "top"
                | "ground"
                | "first"
                | "second"
                | "third"
                | "1st"
                | "2nd"
                | "3rd"
                | "upper"
                | "lower"
        );
    if storey {
        return Some(floor - 1);
    }
    (alone && !person || from + 1 < at && house && !person).then_some(from)
}

/// Words that end a house's name; found with the cues.
pub(super) const HOUSE_NAMES: &[(Cues, &str)] = &[(
    Cues::HOUSE,
    "cottage|forge|lodge|farm|barn|vicarage|rectory|mill|bungalow|manor|farmhouse|gatehouse|oast|\
    granary|stables|smithy|schoolhouse|school house|coach house|coachhouse|villa|grange|croft|house|\
    hollies|gables|hawthorns|chestnuts|poplars|sycamores|haven|nest|homestead|retreat|laurels|firs|oaks|elms|beeches|willows|cedars|\
    limes|orchard|old bakery|chapel|byre|nook|old dairy|dairy|old post office|old police house|old school|old chapel|parsonage|manse|\
    deanery|priory|abbey|croft house|farm cottage|shippon|dovecote|coachmans|lodge house|tannery|toll house|tollhouse|\
    station house|police house|hayloft|boathouse|windmill|watermill|old mill|bothy|steading|crofts|birches|rowans|pines|spinney|paddocks|warren|\
    cabin|chalet|annexe|annex|houseboat|narrowboat",
)];

//! What comes after a street in an address: more streets, a town or a village.

use super::address::{house_number, numbered_street, street_beyond};
use super::rule::Scene;
use super::vocabulary::Lists;
use super::words::is_month;

/// Places often end like this (Mills, A Dictionary of British Place-Names).
pub(super) const PLACE_ENDINGS: [&str; 38] = [
    "by", "ton", "ham", "ford", "combe", "bury", "ley", "field", "worth", "wick", "mouth", "pool",
    "chester", "borough", "stead", "thorpe", "bridge", "port", "vale", "shire", "minster", "wood",
    "den", "hope", "shaw", "thwaite", "burn", "brough", "burgh", "cliffe", "hurst", "wich",
    "bourne", "leigh", "holme", "more", "dale", "brook",
];

/// The places after a street: ", tern way", ", pendleby". Gives the word after the last.
pub(super) fn places(scene: &Scene<'_>, street_end: usize) -> usize {
    const PLACES_MAX: usize = 4;
    let mut end = street_end;
    for _ in 0..PLACES_MAX {
        let comma = matches!(
            scene.gap(end),
            ", " | "," | " , " | "\n" | ",\n" | ", \n" | "., " | ".,"
        );
        let more = || {
            let capital = scene.capital(end) || scene.capital(end + 1);
            street_beyond(scene, end, Lists::STREET).or_else(|| {
                let more = numbered_street(scene, end)
                    .or_else(|| street_beyond(scene, end, Lists::BUILDING));
                more.filter(|_| capital)
            })
        };
        // "66 Gallowgate Square, flat 1".
        let unit = (comma || scene.gap(end) == " ")
            && scene.is(end, Lists::UNIT)
            && scene.gap(end + 1) == " ";
        let letter = matches!(scene.word(end + 1).as_bytes(), [b'b'..=b'h']);
        let door = unit && (letter || house_number(scene.word(end + 1)));
        let next = if door {
            Some(end + 2)
        } else {
            storey_flat(scene, end)
        };
        let next = if comma { next.or_else(more) } else { next };
        let next = next
            .or_else(|| place(scene, end, comma))
            .or_else(|| off_street(scene, end))
            .or_else(|| town(scene, end));
        let Some(next) = next else { break };
        end = next;
    }
    end
}

/// "114b weaste rd top flat", "12 Mill Lane, ground floor flat": the word after the flat.
fn storey_flat(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let storey = matches!(
        scene.word(at),
        "top"
            | "ground"
            | "first"
            | "second"
            | "basement"
            | "garden"
            | "upstairs"
            | "downstairs"
            | "attic"
            | "upper"
            | "lower"
    );
    let flat = at + 1 + usize::from(scene.word(at + 1) == "floor");
    let joined =
        matches!(scene.gap(at), " " | ", ") && (at + 1..=flat).all(|word| scene.gap(word) == " ");
    (storey && joined && scene.is(flat, Lists::UNIT)).then_some(flat + 1)
}

/// "4 Rowan Court off Duke's Brow": the word after the street that it is off, in capitals.
pub(super) fn off_street(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let off = matches!(scene.word(at), "off" | "on") && matches!(scene.gap(at), " " | ", ");
    let end = (off && scene.gap(at + 1) == " ")
        .then(|| street_beyond(scene, at + 1, Lists::STREET))
        .flatten()?;
    scene.capital(at + 1).then_some(end)
}

/// "66 Alexandra Grove Burnden by friday": a town in capitals straight after the street. The word after it.
fn town(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let gap = scene.gap(at);
    // "Garibaldi Terr. Burnden".
    let abbreviated = gap == ". " && scene.word(at.wrapping_sub(1)).len() <= 5;
    let other = Lists::ANY_NAME
        .and(Lists::NOT_NAME)
        .and(Lists::COMMON)
        .and(Lists::NOT_AFTER_STREET)
        .and(Lists::AFTER_ADDRESS)
        .and(Lists::NOT_IN_STREET)
        .and(Lists::STREET)
        .and(Lists::PLACE);
    let named = scene.capital(at)
        && scene.word(at).len() >= 4
        && scene.is(at, Lists::LETTERS)
        && !scene.is(at, other)
        && !scene.capital(at + 1);
    let street = scene.is(at.wrapping_sub(1), Lists::STREET) && scene.capital(at.wrapping_sub(1));
    (street && named && (gap == " " || abbreviated)).then_some(at + 1)
}

/// A town or village of up to three words: after a comma in capitals or with a place's ending, or
/// straight before a postcode.
pub(super) fn place(scene: &Scene<'_>, at: usize, comma: bool) -> Option<usize> {
    const PLACE_WORDS_MAX: usize = 3;
    let shouted = !scene.has_small;
    // "Church Street, April 7th 1929".
    if is_month(scene.word(at)) && scene.is(at + 1, Lists::DIGIT) {
        return None;
    }
    // "nr Delph", "Over Hatherlow".
    let near = matches!(scene.word(at), "nr" | "near" | "over")
        && scene.capital(at + 1)
        && scene.gap(at + 1) == " ";
    let skip = usize::from(near && (comma || scene.word(at) != "over"));
    let mut next = at + skip;
    let mut capitals = true;
    while next < scene.words.len() && next - at < PLACE_WORDS_MAX {
        let word = scene.word(next);
        let gap = scene.gap(next);
        if next > at && within_place(scene, next) {
            next += 2;
            break;
        }
        let follows = next == at || matches!(gap, " " | "-");
        let alphabetic = word.len() > 2
            && word
                .bytes()
                .all(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii());
        let everyday = scene.is(next, Lists::NOT_NAME.and(Lists::COMMON));
        if !follows
            || !alphabetic
            || scene.is(next, Lists::NOT_IN_STREET)
            || scene.is(next, Lists::AFTER_ADDRESS)
            || next > at && everyday && (shouted || !scene.capital(next))
        {
            break;
        }
        if capitals && !scene.capital(next) {
            capitals = false;
            if next > at && scene.capital(at) {
                break;
            }
        }
        next += 1;
    }
    if next == at + skip {
        return None;
    }
    let postcode = outward(scene.word(next)) && matches!(scene.gap(next), " " | ", " | "," | "\n");
    let ending =
        |word: &str| word.len() >= 5 && PLACE_ENDINGS.iter().any(|ending| word.ends_with(ending));
    if !comma {
        // "11a high street wexcombe".
        let usual = scene.is(at, Lists::NOT_NAME.and(Lists::COMMON));
        let town = scene.word(at).len() >= 6
            && (ending(scene.word(at)) || unheard_of(scene, at))
            && !usual;
        let end = if postcode { next } else { at + 1 };
        return ((postcode || town) && scene.gap(at) == " ").then_some(end);
    }
    if scene.capital(at + skip) || postcode {
        return Some(next);
    }
    (at..next)
        .find(|word| ending(scene.word(*word)))
        .map(|word| word + 1)
}

/// "42 cobbler street millcross and ...": a word that is in no list, after a street, and no form of a verb.
fn unheard_of(scene: &Scene<'_>, at: usize) -> bool {
    let letters = scene.lists.get(at) == Some(&Lists::LETTERS);
    let word = scene.word(at);
    let form = ["ed", "ing", "ly", "nt", "er"]
        .iter()
        .any(|ending| word.ends_with(ending))
        || word.ends_with('s') && !word.ends_with("ss");
    let street = scene.is(at.wrapping_sub(1), Lists::STREET);
    let closed = scene.gap(at + 1) != " " || scene.is(at + 1, Lists::NOT_NAME.and(Lists::COMMON));
    letters && street && !form && closed
}

/// "upon Tyne", "le Willows", "in Furness": the rest of a place's name, in capitals.
fn within_place(scene: &Scene<'_>, at: usize) -> bool {
    matches!(
        scene.word(at),
        "upon" | "under" | "le" | "super" | "cum" | "by" | "on" | "in" | "of"
    ) && [at, at + 1]
        .iter()
        .all(|word| matches!(scene.gap(*word), " " | "-"))
        && scene.capital(at - 1)
        && scene.capital(at + 1)
        && !scene.is(at + 1, Lists::NOT_NAME.and(Lists::COMMON))
}

/// The first half of a postcode.
pub(super) fn outward(word: &str) -> bool {
    let letters = word.bytes().take_while(u8::is_ascii_lowercase).count();
    matches!(letters, 1 | 2)
        && word.as_bytes().get(letters).is_some_and(u8::is_ascii_digit)
        && matches!(word.len(), 2..=7)
}

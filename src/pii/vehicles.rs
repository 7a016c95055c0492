//! The checks of vehicle registrations and driving licences: shapes of letters and digits that
//! everyday words and road numbers come close to.

use super::checks::{at_least_cued, is_postcode_area, sure_if};
use super::rule::{Candidate, Verdict};
use std::collections::HashSet;
use std::sync::LazyLock;

/// Common words of one to three letters: "m6 and", "ls12 our" and "for 5a" are not vehicles.
pub(super) const SHORT_WORDS: &str = "the and for bin bins all our are was has had not any can how who why now new \
    old out off per day one two six ten via see get got ask but you her him his she they too use way \
    yes yet bus car van fly tip tax map end put let did its ive jct bay lot row mph box bed big red may \
    jun jul aug sep oct nov dec jan feb mar apr mon tue wed thu fri sat sun pls plz pay due fee age top \
    act add ago aid aim air app arm art ate bad bag bar bat bee bet bit boy bug bun buy cab cap cat cow cry cup cut \
    dad dam den dig dim dip dog dot dry dug ear eat egg ele era err eve eye fan far fat fax few fig fin fit fix fog foi \
    fun fur gap gas gay gem god gum gun gut guy ham hat hay hen hit hob hop hot hub hug hut ice icy ill ink inn int ish \
    jam jar jaw jet job jog joy key kid kit lab lad lap law lay led leg lid lie lip log low mad man mat men met mid mix \
    mob mot mow mud mug mum nan nap net nhs nil nit nod nor nut oak odd oil ops opp orb ore org ors ours own pad pan pat \
    pcn pen pet pie pig pin pit pop pot pub pup rag ram ran rap rat raw rig rip rob rod rot rub rug run rut sad sap saw \
    say sea set sew sex shy sin sip sir sit ski sky sly sob son sow spa spy ssp sub sue sum tab tag tan tap tar tea tee \
    tin toe ton tow toy try tub tug urn usb use vat vet vim vow wag war wax web wee wet wig win wit woe won wow yak yam \
    yap aye cos coz cuz bcs tbh thx asap ppl hrs hr min mins sec secs yrs pcm max lol omg etc ltd jct rbt too got lads plc rds rec rly ref \
    tho thru reg bmw led ta oi an am as at be by do go he hi if in is it me my no of oh ok on or pm so to up us we";

static SHORT: LazyLock<HashSet<&str>> =
    LazyLock::new(|| SHORT_WORDS.split_ascii_whitespace().collect());

pub(super) fn short_word(letters: &str) -> bool {
    SHORT.contains(letters)
}

/// The current style: two letters, age, three letters. It needs no cue unless its letters are words:
/// "ls12 our", "in 12 abc".
pub(super) fn vrm(candidate: &Candidate<'_>) -> Verdict {
    let value = candidate.value;
    let age = value
        .get(2..4)
        .and_then(|age| age.parse::<u8>().ok())
        .unwrap_or(0);
    let last = value.get(4..).unwrap_or_default();
    if !matches!(age, 2..=29 | 51..=79) {
        return Verdict::No;
    }
    let first = value.get(..2).unwrap_or_default();
    let one_piece = !candidate.shape.contains([' ', '-']) || candidate.capitals();
    // "YJ 13 and then EWK".
    if candidate.shape.contains("then") {
        return Verdict::NeedsCue;
    }
    // "I am sixty-eight and the car is mine".
    if !one_piece && short_word(first) && short_word(last) {
        return Verdict::No;
    }
    // Letters that were spelled out are no word.
    let word = short_word(last) && !candidate.shape.contains('~');
    at_least_cued(!word && (one_piece || !short_word(first)))
}

/// What looks like the current style and was never issued: people invent them, hide one letter, or type an
/// i for a one. In one piece or in capitals, with both figures there, it needs no cue.
pub(super) fn unissued_vrm(candidate: &Candidate<'_>) -> Verdict {
    let (first, age, last) = (
        candidate.value.get(..2).unwrap_or_default(),
        candidate.value.get(2..4).unwrap_or_default(),
        candidate.value.get(4..).unwrap_or_default(),
    );
    if short_word(first) || short_word(last) {
        return Verdict::No;
    }
    let one_piece = !candidate.shape.contains([' ', '-']) || candidate.capitals();
    at_least_cued(one_piece && age.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Prefix and suffix styles: in one piece with three figures they need no cue, nor in capitals.
pub(super) fn lettered_vrm(candidate: &Candidate<'_>) -> Verdict {
    let mut letters = candidate
        .value
        .split(|c: char| c.is_ascii_digit())
        .filter(|part| !part.is_empty());
    // "ccv 377 n exp ...".
    let word = letters
        .clone()
        .any(|part| short_word(part) || part == "ccv");
    let road = letters
        .next()
        .is_some_and(|first| matches!(first, "a" | "b" | "m"));
    let spaced = candidate.shape.contains([' ', '-']);
    let length = candidate.value.len();
    let whole = length == 7 || candidate.capitals() && length >= 6;
    // "M94 KTB", not "m6 jct".
    let shown = candidate.capitals() && length >= 6;
    if whole && !word && (shown || !(road && spaced)) {
        return Verdict::Sure;
    }
    old_vrm(candidate)
}

/// With a cue, and not where a word or a road is meant.
fn old_vrm(candidate: &Candidate<'_>) -> Verdict {
    let mut letters = candidate.value.split(|c: char| c.is_ascii_digit());
    let spaced = candidate.shape.contains(' ') && !candidate.capitals();
    let word = letters.any(short_word);
    if spaced && word {
        Verdict::No
    } else {
        Verdict::NeedsCue
    }
}

/// Northern Ireland: three letters, one of them I or Z, or two letters where one is, and a number.
pub(super) fn northern_irish_vrm(candidate: &Candidate<'_>) -> Verdict {
    let letters = candidate
        .value
        .bytes()
        .filter(u8::is_ascii_alphabetic)
        .count();
    let irish = candidate.value.contains(['i', 'z']) && (letters == 3 || candidate.capitals());
    // "JCZ9231": hardly any word has a z among three letters.
    let whole = letters == 3
        && candidate.value.len() == 7
        && candidate.value.contains('z')
        && candidate.capitals();
    if whole {
        return Verdict::Sure;
    }
    if irish {
        old_vrm(candidate)
    } else {
        Verdict::No
    }
}

/// Any registration beside a word for it: of no style (personal plates, other ages), in one piece or in
/// capitals; not "on 12", "5pm", "a34", "1st".
pub(super) fn any_plate(candidate: &Candidate<'_>) -> Verdict {
    let whole = !candidate.shape.contains([' ', '-']) || candidate.capitals();
    if whole {
        spaced_plate(candidate)
    } else {
        Verdict::No
    }
}

/// The same in capitals beside a word for a vehicle: not "BMW 320", "XC90".
pub(super) fn capital_plate(candidate: &Candidate<'_>) -> Verdict {
    const MODELS: [&str; 14] = [
        "mx", "xc", "cx", "gt", "gti", "tdi", "bmw", "vw", "mk", "mg", "hgv", "rs", "gs", "crv",
    ];
    let letters = candidate
        .value
        .split(|c: char| c.is_ascii_digit())
        .next()
        .unwrap_or_default();
    if candidate.capitals() && !MODELS.contains(&letters) {
        any_plate(candidate)
    } else {
        Verdict::No
    }
}

/// The same in any spacing.
pub(super) fn spaced_plate(candidate: &Candidate<'_>) -> Verdict {
    let value = candidate.value;
    let letters = value.bytes().filter(u8::is_ascii_alphabetic).count();
    let first = value
        .split(|c: char| c.is_ascii_digit())
        .next()
        .unwrap_or_default();
    let last = value
        .rsplit(|c: char| c.is_ascii_digit())
        .next()
        .unwrap_or_default();
    let unit = matches!(
        last,
        "st" | "nd"
            | "rd"
            | "th"
            | "am"
            | "pm"
            | "mph"
            | "p"
            | "k"
            | "x"
            | "m"
            | "mm"
            | "cc"
            | "hrs"
            | "yrs"
            | "wd"
    );
    let road = matches!(first, "a" | "b" | "m") && last.is_empty();
    // The first half of a postcode: "CW11".
    let outward = last.is_empty() && value.len() - letters <= 2 && is_postcode_area(first);
    let length = (4..=7).contains(&value.len()) && letters >= 2 && letters < value.len();
    if length && !outward && !unit && !road && !short_word(first) && !short_word(last) {
        Verdict::NeedsCue
    } else {
        Verdict::No
    }
}

/// Surname, decade, month (50 more for women), day, year, initials, number, check letters.
pub(super) fn driving_licence(candidate: &Candidate<'_>) -> Verdict {
    let number = |from: usize, to: usize| {
        candidate
            .value
            .get(from..to)
            .and_then(|part| part.parse::<u8>().ok())
            .unwrap_or(99)
    };
    let month = number(6, 8) % 50;
    sure_if((1..=12).contains(&month) && number(6, 8) <= 62 && (1..=31).contains(&number(8, 10)))
}

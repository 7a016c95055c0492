//! Street addresses, streets and house numbers: "flat 2, 14a Acacia Avenue", "number 42".
//!
//! A street without a number is what a message may keep of an address that nobody asked for. Finding
//! whole addresses in what a resident writes, in order to hide them, is `pii`'s.

use super::numbers::cardinal;
use super::words::Words;
use std::fmt;

/// An address as far as it was said, as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Address {
    /// "Flat 2", or nothing.
    pub unit: String,
    /// "14a", in figures, or nothing.
    pub house: String,
    /// "Acacia Avenue", or nothing.
    pub street: String,
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit_ends = if self.house.is_empty() && self.street.is_empty() {
            ""
        } else {
            ", "
        };
        let house_ends = if self.house.is_empty() || self.street.is_empty() {
            ""
        } else {
            " "
        };
        if !self.unit.is_empty() {
            write!(f, "{}{unit_ends}", self.unit)?;
        }
        write!(f, "{}{house_ends}{}", self.house, self.street)
    }
}

pub(super) const UNITS: &[&str] = &["flat", "apartment", "apt", "unit", "fflat"];
pub(super) const NUMBERED: &[&str] = &["number", "no", "num", "house", "rhif"];
/// Words that end the name of a street and mean little else.
pub(super) const STREETS: &[&str] = &[
    "street",
    "road",
    "rd",
    "lane",
    "avenue",
    "ave",
    "crescent",
    "cres",
    "terrace",
    "gardens",
    "grove",
    "mews",
    "boulevard",
    "parade",
];
/// Words that end the name of a street and have other uses: with a number, or in capitals.
pub(super) const STREETS_DOUBTFUL: &[&str] = &[
    "st", "ln", "av", "close", "cl", "drive", "dr", "way", "court", "ct", "place", "pl", "square",
    "sq", "row", "hill", "park", "view", "walk", "green", "rise", "fields", "croft", "bank",
    "gate", "chase", "meadow", "meadows",
];
/// Welsh words that begin the name of a street.
pub(super) const STREETS_WELSH: &[&str] =
    &["heol", "ffordd", "stryd", "lon", "rhodfa", "clos", "maes"];
/// Words that are in no street's name.
const NOT_IN_STREET: &[&str] = &[
    "a",
    "an",
    "the",
    "and",
    "or",
    "of",
    "on",
    "in",
    "at",
    "to",
    "by",
    "for",
    "from",
    "with",
    "off",
    "near",
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "has",
    "have",
    "had",
    "my",
    "our",
    "your",
    "his",
    "her",
    "their",
    "its",
    "this",
    "that",
    "these",
    "those",
    "it",
    "i",
    "we",
    "you",
    "he",
    "she",
    "they",
    "not",
    "no",
    "bin",
    "bins",
    "along",
    "down",
    "up",
    "outside",
    "opposite",
    "behind",
    "across",
    "into",
    "between",
    "under",
    "over",
    "around",
    "round",
    "past",
    "through",
    "whole",
    "every",
    "each",
    "all",
    "same",
    "next",
    "last",
    "other",
    "one",
    "side",
    "end",
    "pothole",
    "potholes",
    "light",
    "lights",
    "car",
    "cars",
    "van",
    "bus",
    "council",
    "street",
    "road",
    "roads",
    "streets",
    "which",
    "what",
    "who",
    "when",
    "where",
    "how",
    "empty",
    "emptied",
    "collect",
    "collected",
    "live",
    "lives",
    "living",
    "house",
    "flat",
    "number",
    "cross",
    "busy",
    "dead",
    "main",
    "there",
    "here",
    "so",
    "but",
    "if",
    "as",
    "do",
    "does",
    "did",
    "can",
    "will",
    "just",
    "really",
    "please",
    "block",
    "blocked",
];
/// Words after a street that make it something else: "a street light".
const NOT_AFTER_STREET: &[&str] = &[
    "light",
    "lights",
    "lamp",
    "lighting",
    "sign",
    "signs",
    "party",
    "works",
    "cleaning",
    "cleaner",
    "sweeper",
    "sweeping",
    "name",
    "names",
    "furniture",
    "tax",
    "safety",
    "closure",
    "markings",
];
const BEFORE_STREET: &[&str] = &[
    "on", "in", "at", "of", "along", "down", "up", "to", "from", "off", "outside", "near", "for",
    "by", "behind", "opposite", "into", "onto", "and", "across", "round", "ar", "yn",
];

/// What an address begins with from the word `at` on, and the word after it.
pub(super) fn read(w: &Words<'_>, at: usize) -> Option<(usize, Address)> {
    let mut address = Address::default();
    let mut end = at;
    if w.is(at, UNITS)
        && let Some((number, after)) = house_number(w, at + 1)
    {
        address.unit = format!("{} {number}", w.written(at..at + 1));
        end = after;
    }
    let cued =
        w.is(end, NUMBERED) && (w.get(end) != "no" || matches!(w.gap(end + 1), ". " | "." | " "));
    let first = end + usize::from(cued);
    if let Some((number, after)) = house_number(w, first).filter(|_| end == at || w.follows(end)) {
        if let Some(street_end) = street(w, after, true).filter(|_| w.follows(after)) {
            address.house = number;
            w.written(after..street_end).clone_into(&mut address.street);
            return Some((street_end, address));
        }
        if cued && (end > at || !w.is(end, &["no", "house"])) && !w.is(after, &["of", "one"]) {
            address.house = number;
            return Some((after, address));
        }
    }
    if !address.unit.is_empty() {
        if let Some(street_end) = street(w, end, true).filter(|_| w.follows(end)) {
            w.written(end..street_end).clone_into(&mut address.street);
            return Some((street_end, address));
        }
        return Some((end, address));
    }
    read_street(w, at)
}

/// A street without a number from the word `at` on, and the word after it.
pub(super) fn read_street(w: &Words<'_>, at: usize) -> Option<(usize, Address)> {
    let end = street(w, at, false)?;
    let address = Address {
        street: w.written(at..end).to_owned(),
        ..Address::default()
    };
    Some((end, address))
}

/// "14", "14a", "fourteen", "a hundred and six", "14 a" with a street after it, "b" of a flat.
pub(super) fn house_number(w: &Words<'_>, at: usize) -> Option<(String, usize)> {
    if let Some((number, letter)) = w.figures(at)
        && letter.len() <= 1
        && number <= 9_999
    {
        return Some((format!("{number}{letter}"), at + 1));
    }
    if let Some(said) = cardinal(w, at).filter(|said| (1..=9_999).contains(&said.value)) {
        return Some((said.value.to_string(), said.end));
    }
    let is_flat = at > 0 && w.is(at - 1, UNITS);
    let letter = w.get(at);
    (is_flat && letter.len() == 1 && w.follows(at)).then(|| (letter.to_owned(), at + 1))
}

/// One past the last word of a street's name that begins at `at`.
fn street(w: &Words<'_>, at: usize, numbered: bool) -> Option<usize> {
    let is_name = |at: usize| {
        let word = w.get(at);
        word.len() > 1 && word.chars().all(char::is_alphabetic) && !NOT_IN_STREET.contains(&word)
    };
    let ends = |end: usize| (!(w.follows(end) && w.is(end, NOT_AFTER_STREET))).then_some(end);
    if w.is(at, STREETS_WELSH) {
        // "Heol y Bont", "Ffordd yr Orsaf"
        let name = at + 1 + usize::from(w.is(at + 1, &["y", "yr"]));
        if is_name(name) && w.follows(name) && (numbered || w.is_capital(name)) {
            let more =
                usize::from(w.follows(name + 1) && w.is_capital(name + 1) && is_name(name + 1));
            return ends(name + 1 + more);
        }
    }
    let known = |at: usize| w.is(at, STREETS) || w.is(at, STREETS_DOUBTFUL);
    // "22 the crescent"
    if numbered && w.is(at, &["the"]) && known(at + 1) {
        return ends(at + 2);
    }
    let begins =
        numbered || w.begins(at) || at > 0 && w.is(at - 1, BEFORE_STREET) || w.is_capital(at);
    if !begins {
        return None;
    }
    for length in 1..=3 {
        let kind = at + length;
        if !is_name(kind - 1)
            || (length > 1 && !w.follows(kind - 1))
            || !w.follows(kind)
            || w.gap(kind).contains(',')
        {
            return None;
        }
        if !known(kind) {
            continue;
        }
        let doubtful = !w.is(kind, STREETS);
        if doubtful && !numbered && !(w.is_capital(kind) && w.is_capital(kind - 1)) {
            continue;
        }
        // "mill lane close": the longer name.
        let more = usize::from(
            w.follows(kind + 1)
                && known(kind + 1)
                && !w.gap(kind + 1).contains(',')
                && (w.is_capital(kind + 1) || numbered && w.is(kind + 1, &["close", "court"])),
        );
        return ends(kind + 1 + more);
    }
    None
}

/// Words after an address that are no part of it.
const AFTER: &[&str] = &[
    "please", "thanks", "thank", "cheers", "and", "but", "my", "i", "it", "is", "was", "that",
    "thats", "the", "if", "diolch", "mate", "love", "ok", "okay", "not", "has", "where", "which",
    "because", "so",
];

/// An address that answers the question for one: from its number to where something else is said,
/// with its number in figures.
pub(super) fn answer(w: &Words<'_>) -> Option<String> {
    let (mut end, address) = (0..w.len()).find_map(|at| {
        let (end, address) = read(w, at)?;
        let has_number = !address.house.is_empty() || !address.unit.is_empty();
        (has_number && !address.street.is_empty()).then_some((end, address))
    })?;
    let street_end = end;
    while w.follows(end) && !w.is(end, AFTER) {
        end += 1;
    }
    let more = w
        .source()
        .get(w.span(0..street_end).end..w.span(0..end).end)?;
    Some(format!("{address}{more}"))
}

//! The rule table as JSON, for the detector in the browser: `web/pii/rules.json`.
//!
//! Everything that is data: rows, cues, word lists, foldings, constants. What the checks and grammars
//! named in it do is written down in `docs/pii.md`.

use super::cues::{Cues, PHRASES};
use super::detector::extra_phrases;
use super::digits::DIGITS_MAX;
use super::rule::{Rule, Shape};
use super::table::RULES;
use super::vocabulary::word_lists;
use super::{PiiKind, address, checks, identifiers, normal, vehicles};
use serde_json::{Map, Value, json};

/// The table. It changes with the code only, and is the same on every machine.
#[must_use]
pub fn table_json() -> Value {
    let kinds: Map<String, Value> = PiiKind::ALL
        .iter()
        .map(|kind| (kind.name().to_owned(), kind.token().into()))
        .collect();
    json!({
        "kinds": kinds,
        "rules": RULES.iter().map(rule).collect::<Vec<_>>(),
        "cues": phrases(),
        "lists": lists(),
        "characters": characters(),
        "digits_max": DIGITS_MAX,
        "postcode_areas": words(checks::AREAS),
        "words_before_at": words(checks::BEFORE_AT),
        "mail_providers": checks::PROVIDERS,
        "short_words": words(vehicles::SHORT_WORDS),
        "place_endings": address::PLACE_ENDINGS,
        "street_endings": address::STREET_ENDINGS,
        "iban_lengths": iban_lengths(),
    })
}

fn words(list: &str) -> Vec<&str> {
    list.split_ascii_whitespace().collect()
}

fn rule(rule: &Rule) -> Value {
    let shape = match rule.shape {
        Shape::Digits(least, most) => json!({"digits": [least, most]}),
        // JavaScript's \\b is about ASCII without being told.
        Shape::Pattern(digits, pattern) => json!({
            "pattern": pattern.replace(r"(?-u:\b)", r"\b"),
            "digits_least": digits,
        }),
        Shape::Grammar(grammar) => json!({"grammar": grammar.name}),
    };
    let beside: Vec<&str> = rule.beside.iter().map(|kind| kind.name()).collect();
    json!({
        "name": rule.name,
        "kind": rule.kind.map(PiiKind::name),
        "shape": shape,
        "check": rule.check.name,
        "cues": rule.cues.names(),
        "vetoes": rule.vetoes.names(),
        "strict": rule.strict,
        "reach": [rule.reach.0, rule.reach.1],
        "beside": beside,
    })
}

/// Phrases by cue. One that stands under several cues gives all of them; those under `NONE` only
/// keep shorter ones from being read.
fn phrases() -> Value {
    let mut cues = Map::new();
    for (set, list) in PHRASES.iter().chain(&extra_phrases()) {
        let names = if *set == Cues::NONE {
            vec!["NONE"]
        } else {
            set.names()
        };
        for name in names {
            let known = cues.entry(name).or_insert_with(|| json!([]));
            if let Some(known) = known.as_array_mut() {
                known.extend(list.split('|').map(Value::from));
            }
        }
    }
    Value::Object(cues)
}

/// Word lists, each as one string with spaces between.
fn lists() -> Value {
    let mut lists: Map<String, Value> = Map::new();
    for (list, text) in word_lists() {
        let mut all = words(text).join(" ");
        if let Some(Value::String(known)) = lists.get(list.name()) {
            all = format!("{known} {all}");
        }
        lists.insert(list.name().to_owned(), all.into());
    }
    Value::Object(lists)
}

/// What each character that is not ASCII is read as, by code point in hexadecimal; empty for one
/// that is dropped. Those that are not here are only put in lower case.
fn characters() -> Value {
    let mut read = Map::new();
    for code in 0x80..=0xe_01ef_u32 {
        let Some(c) = char::from_u32(code) else {
            continue;
        };
        if let Some(plain) = normal::plain(c) {
            let plain = match plain {
                '\0' => String::new(),
                plain => plain.to_ascii_lowercase().to_string(),
            };
            read.insert(format!("{code:x}"), plain.into());
        }
    }
    Value::Object(read)
}

fn iban_lengths() -> Value {
    let lengths = identifiers::IBAN_LENGTHS
        .iter()
        .flat_map(|(length, countries)| {
            countries
                .split(' ')
                .map(|country| (country.to_owned(), Value::from(*length)))
        });
    Value::Object(lengths.collect())
}

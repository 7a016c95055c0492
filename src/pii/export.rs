//! The rule table for the detector in the browser, as JavaScript modules: `web/pii/rules.js`, which
//! finds identifiers, and `web/pii/words.js`, the word lists and phrases of the grammars, which is
//! larger and loaded when somebody begins to write.
//!
//! Everything that is data: rows, cues, word lists, foldings, constants. What the checks and grammars
//! named in it do is written down in `docs/pii.md`.

use super::cues::Cues;
use super::detector::extra_phrases;
use super::digits::DIGITS_MAX;
use super::phrases::PHRASES;
use super::rule::{Rule, Shape};
use super::table::{self, NEAR};
use super::vocabulary::word_lists;
use super::{
    PiiKind, Treatment, address, checks, houses, identifiers, lexicon, mails, normal, offences,
    pass, places, treatment, turns, vehicles,
};
use serde_json::{Map, Value, json};

/// `web/pii/rules.js`. It changes with the code only, and is the same on every machine.
#[must_use]
pub fn rules_js() -> String {
    let kinds: Map<String, Value> = PiiKind::ALL
        .iter()
        .map(|kind| (kind.name().to_owned(), kind.token().into()))
        .collect();
    let refused = PiiKind::ALL
        .iter()
        .filter(|kind| treatment(**kind, true) == Treatment::Refuse);
    module(&[
        ("kinds", kinds.into()),
        ("refused", refused.map(|kind| kind.name()).collect()),
        ("rules", table::rules().map(rule).collect()),
        ("cues", phrases(PHRASES)),
        ("characters", characters()),
        ("digits_max", DIGITS_MAX.into()),
        (
            "postcode_areas",
            pack(words(checks::AREAS).into_iter()).into(),
        ),
        ("words_before_at", words(mails::BEFORE_AT).into()),
        ("mail_providers", mails::PROVIDERS.as_slice().into()),
        ("desks", pack(words(mails::DESKS).into_iter()).into()),
        (
            "words_before_mailbox",
            pack(words(mails::BEFORE_MAILBOX).into_iter()).into(),
        ),
        (
            "short_words",
            pack(words(vehicles::SHORT_WORDS).into_iter()).into(),
        ),
        ("iban_lengths", iban_lengths()),
    ])
}

/// `web/pii/words.js`, likewise.
#[must_use]
pub fn words_js() -> String {
    module(&[
        ("cues", phrases(&extra_phrases())),
        ("turns", turns()),
        ("sets", sets()),
        ("lists", lists()),
        ("place_endings", places::PLACE_ENDINGS.as_slice().into()),
        ("street_endings", address::STREET_ENDINGS.as_slice().into()),
        ("house_endings", houses::HOUSE_ENDINGS.as_slice().into()),
        (
            "condition_endings",
            lexicon::CONDITION_ENDINGS.as_slice().into(),
        ),
        ("prisons", words(offences::PRISONS).into()),
        (
            "beside_numbers",
            pack(words(pass::BESIDE).into_iter()).into(),
        ),
        (
            "names_of_numbers",
            pack(words(pass::NAMES).into_iter()).into(),
        ),
    ])
}

/// A module that exports one object.
fn module(entries: &[(&str, Value)]) -> String {
    let entries: String = entries
        .iter()
        .map(|(key, value)| format!("  {key}: {},\n", in_lines(value)))
        .collect();
    format!(
        "// Written by 'cece pii rules' from the table in src/pii; do not edit.\n\
         export default {{\n{entries}}};\n"
    )
}

/// A value with an entry a line, so that a change of the table is a change of the lines that it is
/// about.
fn in_lines(value: &Value) -> String {
    if let Some(rows) = value.as_object() {
        let rows: Vec<String> = rows
            .iter()
            .map(|(key, row)| format!("{}: {row}", json!(key)))
            .collect();
        return format!("{{\n    {}\n  }}", rows.join(",\n    "));
    }
    match value.as_array() {
        Some(rows) if !rows.iter().all(Value::is_string) => {
            let rows: Vec<String> = rows.iter().map(Value::to_string).collect();
            format!("[\n    {}\n  ]", rows.join(",\n    "))
        }
        _ => value.to_string(),
    }
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
    let mut row = json!({
        "kind": rule.kind.map(PiiKind::name),
        "shape": shape,
        "check": rule.check.name,
        "cues": rule.cues.names(),
        "vetoes": rule.vetoes.names(),
        "strict": rule.strict,
        "within": rule.within.names(),
        "without": rule.without.names(),
        "reach": [rule.reach.0, rule.reach.1],
        "beside": beside,
    });
    // Sent to every visitor: no names, and what most rows have is said once, in the page's detector.
    if let Some(fields) = row.as_object_mut() {
        fields.retain(|_, value| {
            *value != json!([]) && *value != json!(false) && *value != json!([NEAR.0, NEAR.1])
        });
    }
    row
}

/// Rows of cues and the phrases that give them, packed. A phrase may stand in several rows; those of a row
/// without cues only keep shorter ones from being read.
fn phrases(rows: &[(Cues, &str)]) -> Value {
    rows.iter()
        .map(|(cues, list)| json!([cues.names(), pack(list.split('|'))]))
        .collect()
}

/// Turns of speech with their cues.
fn turns() -> Value {
    turns::all()
        .map(|(cues, turn)| json!([cues.names(), turn]))
        .collect()
}

/// The sets of words that turns of speech name.
fn sets() -> Value {
    let sets = turns::SETS.iter();
    let sets = sets.map(|(name, list)| ((*name).to_owned(), words(list).join(" ").into()));
    sets.collect::<Map<_, _>>().into()
}

/// Words in alphabetical order, each as how many letters it has in common with the one before it (A for none, B
/// for one) and the rest of it: "abbie abbot" is "AabbieDot". It saves a tenth of what is left after compression.
fn pack<'a>(words: impl Iterator<Item = &'a str>) -> String {
    const SHARED_MAX: u8 = 25;
    let mut sorted: Vec<&str> = words.collect();
    sorted.sort_unstable();
    sorted.dedup();
    let mut packed = String::new();
    let mut last = "";
    for word in sorted {
        let letters = word.bytes().zip(last.bytes());
        let shared = (0..SHARED_MAX).zip(letters.take_while(|(left, right)| left == right));
        let shared = shared.last().map_or(0, |(nth, _)| nth + 1);
        packed.push(char::from(b'A' + shared));
        packed.extend(word.chars().skip(usize::from(shared)));
        last = word;
    }
    packed
}

/// Word lists by their names, packed.
fn lists() -> Value {
    let mut lists: Vec<(&str, Vec<&str>)> = Vec::new();
    for (list, text) in word_lists() {
        match lists.iter_mut().find(|(name, _)| *name == list.name()) {
            Some((_, known)) => known.extend(words(text)),
            None => lists.push((list.name(), words(text))),
        }
    }
    let lists = lists.into_iter();
    lists
        .map(|(name, words)| (name.to_owned(), pack(words.into_iter()).into()))
        .collect::<Map<_, _>>()
        .into()
}

/// What characters that are not ASCII are read as: runs by their first code point in hexadecimal, a
/// reading a character, `X` for one that is dropped. Those that are not here are only put in lower
/// case.
fn characters() -> Value {
    const DROPPED: char = 'X';
    let mut runs: Vec<(u32, String)> = Vec::new();
    let mut end = 0;
    for code in 0x80..=0xe_01ef_u32 {
        let Some(reading) = char::from_u32(code).and_then(normal::plain) else {
            continue;
        };
        let reading = match reading {
            '\0' => DROPPED,
            plain => plain.to_ascii_lowercase(),
        };
        match runs.last_mut() {
            Some((_, run)) if end == code => run.push(reading),
            _ => runs.push((code, reading.into())),
        }
        end = code + 1;
    }
    runs.into_iter()
        .map(|(code, run)| (format!("{code:x}"), Value::from(run)))
        .collect::<Map<_, _>>()
        .into()
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

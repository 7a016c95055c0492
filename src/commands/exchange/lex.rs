//! Lex V2: the zip of a bot. Slots stand in braces in the utterances.

use super::files::{Files, list, text};
use super::questions::sample;
use super::{Haul, Mark, Utterance, Wanted};
use crate::commands::terminal::counted;
use anyhow::Result;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What an intent may have that has no counterpart here: where it is in the file, and what it is.
const LEFT_OUT: [(&str, &str); 5] = [
    ("/fulfillmentCodeHook/enabled", "the Lambda function"),
    (
        "/dialogCodeHook/enabled",
        "the Lambda function of the dialogue",
    ),
    (
        "/intentConfirmationSetting/promptSpecification",
        "the confirmation",
    ),
    (
        "/initialResponseSetting/initialResponse",
        "the first response",
    ),
    ("/outputContexts/0", "the contexts"),
];

/// Reads a bot. Of several locales one: English, and British English rather than any other.
///
/// # Errors
/// A file that is not JSON, by its name.
pub(super) fn read(files: &Files) -> Result<Haul> {
    let mut haul = Haul::default();
    let locale = chosen_locale(files, &mut haul)?;
    let locale = locale.as_str();
    let of_locale = |end: &'static str| {
        let paths = files.with(end);
        paths.filter(move |path| locale_of(path) == locale && path.ends_with(end))
    };
    if files.has("CustomVocabulary") {
        haul.left_out.push("the custom vocabulary".to_owned());
    }
    for path in of_locale("/SlotType.json") {
        slot_type(&files.json(path)?, &mut haul);
    }
    for path in of_locale("/Intent.json") {
        read_intent(files, path, &mut haul)?;
    }
    Ok(haul)
}

fn slot_type(file: &Value, haul: &mut Haul) {
    let name = text(file, "/name");
    if !text(file, "/valueSelectionSetting/regexFilter/pattern").is_empty() {
        haul.left_out
            .push(format!("the pattern of the slot type {name}"));
    }
    for value in list(file, "/slotTypeValues") {
        let words = list(value, "/synonyms").map(|word| text(word, "/value").to_owned());
        let entry = (
            text(value, "/sampleValue/value").to_owned(),
            words.collect(),
        );
        haul.list(name).values.push(entry);
    }
}

fn read_intent(files: &Files, path: &str, haul: &mut Haul) -> Result<()> {
    let intent = files.json(path)?;
    let name = text(&intent, "/name");
    if text(&intent, "/parentIntentSignature").starts_with("AMAZON.") {
        haul.left_out.push(format!("{name}, a built-in intent"));
        return Ok(());
    }
    for (pointer, what) in LEFT_OUT {
        let part = intent.pointer(pointer).unwrap_or(&Value::Null);
        if !matches!(part, Value::Null | Value::Bool(false)) {
            haul.left_out.push(format!("{what} of {name}"));
        }
    }
    let wanted = slots(files, path, &intent, haul)?;
    let samples: BTreeMap<&str, String> = wanted
        .iter()
        .map(|slot| (slot.name.as_str(), sample(slot, &haul.lists)))
        .collect();
    let said = list(&intent, "/sampleUtterances").map(|one| text(one, "/utterance"));
    let (answers, said): (Vec<&str>, Vec<&str>) = said.partition(|said| is_slot(said));
    if !answers.is_empty() {
        let what = counted(answers.len(), "utterance");
        haul.left_out
            .push(format!("{name}: {what} of a slot alone, which say no need"));
    }
    let said = said
        .into_iter()
        .map(|said| utterance(said, &wanted, &samples));
    let said: Vec<Utterance> = said.collect();
    let closing = "/intentClosingSetting";
    let is_off = intent.pointer(&format!("{closing}/isActive")) == Some(&Value::Bool(false));
    let answer = message(&intent, &format!("{closing}/closingResponse"));
    let brought = haul.intent(name);
    brought.utterances.extend(said);
    brought.answer = brought.answer.take().or(answer.filter(|_| !is_off));
    if brought.questions.is_empty() {
        brought.questions = wanted;
    }
    Ok(())
}

/// The slots of the intent at `path`, in the order in which they are asked.
fn slots(files: &Files, path: &str, intent: &Value, haul: &mut Haul) -> Result<Vec<Wanted>> {
    let folder = format!("{}Slots/", path.trim_end_matches("Intent.json"));
    let paths = files.with(&folder);
    let mut wanted = Vec::new();
    for path in paths.filter(|path| path.ends_with("/Slot.json")) {
        let file = files.json(path)?;
        let count = list(&file, "/valueElicitationSetting/sampleUtterances").count();
        if count > 0 {
            let (answers, slot) = (counted(count, "sample answer"), text(&file, "/name"));
            let of = text(intent, "/name");
            haul.left_out.push(format!("{answers} to {slot} of {of}"));
        }
        wanted.push(slot(&file));
    }
    sort_by_priority(&mut wanted, intent);
    Ok(wanted)
}

/// The locale that a file is of: the folder above `Intents` or `SlotTypes`.
fn locale_of(path: &str) -> &str {
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        if matches!(parts.peek(), Some(&("Intents" | "SlotTypes"))) {
            return part;
        }
    }
    ""
}

/// The locale that is read, and a line for each other.
fn chosen_locale(files: &Files, haul: &mut Haul) -> Result<String> {
    let intents = || {
        files
            .with("/Intent.json")
            .filter(|path| path.ends_with("/Intent.json"))
    };
    let locales: BTreeSet<&str> = intents().map(locale_of).collect();
    let rank = |locale: &&&str| (**locale != "en_GB", !locale.starts_with("en"));
    let chosen = locales.iter().min_by_key(rank).copied().unwrap_or_default();
    for other in locales.iter().filter(|locale| **locale != chosen) {
        let mut count = 0;
        for path in intents().filter(|path| locale_of(path) == *other) {
            count += list(&files.json(path)?, "/sampleUtterances").count();
        }
        let said = counted(count, "utterance");
        haul.left_out
            .push(format!("the locale {other} with {said}: {chosen} is read"));
    }
    Ok(chosen.to_owned())
}

/// The first message of a setting that can be read: plain, or the title of a card.
fn message(value: &Value, setting: &str) -> Option<String> {
    let groups = format!("{setting}/messageGroupsList");
    let mut said = list(value, &groups).flat_map(|group| {
        let ways = ["plainTextMessage/value", "imageResponseCard/title"];
        ways.map(|way| text(group, &format!("/message/{way}")).trim())
    });
    said.find(|said| !said.is_empty()).map(str::to_owned)
}

fn slot(file: &Value) -> Wanted {
    let setting = "/valueElicitationSetting";
    Wanted {
        name: text(file, "/name").to_owned(),
        entity: text(file, "/slotTypeName").to_owned(),
        prompt: message(file, &format!("{setting}/promptSpecification")),
        optional: text(file, &format!("{setting}/slotConstraint")) != "Required",
    }
}

fn sort_by_priority(wanted: &mut [Wanted], intent: &Value) {
    let order: BTreeMap<&str, u64> = list(intent, "/slotPriorities")
        .map(|one| {
            let priority = one.get("priority").and_then(Value::as_u64);
            (text(one, "/slotName"), priority.unwrap_or(u64::MAX))
        })
        .collect();
    wanted.sort_by_key(|slot| order.get(slot.name.as_str()).copied().unwrap_or(u64::MAX));
}

/// Whether it is one slot and no word: an answer, from which no need can be told.
fn is_slot(said: &str) -> bool {
    let inner = said
        .trim()
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'));
    inner.is_some_and(|inner| !inner.contains(['{', '}']))
}

fn utterance(said: &str, wanted: &[Wanted], samples: &BTreeMap<&str, String>) -> Utterance {
    let mut utterance = Utterance::default();
    let mut rest = said;
    while let Some((before, after)) = rest.split_once('{') {
        utterance.text.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            rest = after;
            continue;
        };
        let sample = samples.get(name).map_or(name, |sample| sample);
        let start = utterance.text.len();
        let sample = unsaid(&utterance.text, sample);
        utterance.text.push_str(sample);
        if let Some(slot) = wanted.iter().find(|slot| slot.name == name) {
            utterance.marks.push(Mark {
                at: start..utterance.text.len(),
                entity: slot.entity.clone(),
                value: None,
            });
        }
        rest = after;
    }
    utterance.text.push_str(rest);
    utterance
}

/// What of a sample is not said before it: "flight {FlightNumber}" is "flight number".
fn unsaid<'a>(before: &str, sample: &'a str) -> &'a str {
    let last = before.split_whitespace().next_back().unwrap_or_default();
    match sample.split_once(' ') {
        Some((first, rest)) if first.eq_ignore_ascii_case(last) => rest,
        Some(_) | None => sample,
    }
}

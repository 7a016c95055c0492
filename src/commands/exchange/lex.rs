//! Lex V2: the zip of a bot. Slots stand in braces in the utterances.

use super::files::{Files, list, text};
use super::{Haul, Mark, Utterance, Wanted};
use anyhow::Result;
use serde_json::Value;
use std::collections::BTreeMap;

/// Reads a bot; where it has several locales, all of them.
///
/// # Errors
/// A file that is not JSON, by its name.
pub(super) fn read(files: &Files) -> Result<Haul> {
    let mut haul = Haul::default();
    for path in files
        .with("/SlotTypes/")
        .filter(|path| path.ends_with("/SlotType.json"))
    {
        let file = files.json(path)?;
        for value in list(&file, "/slotTypeValues") {
            let words = list(value, "/synonyms").map(|word| text(word, "/value").to_owned());
            let entry = (
                text(value, "/sampleValue/value").to_owned(),
                words.collect(),
            );
            haul.list(text(&file, "/name")).values.push(entry);
        }
    }
    for path in files
        .with("/Intents/")
        .filter(|path| path.ends_with("/Intent.json"))
    {
        let intent = files.json(path)?;
        let name = text(&intent, "/name");
        if text(&intent, "/parentIntentSignature").starts_with("AMAZON.") {
            haul.left_out.push(format!("{name}, a built-in intent"));
            continue;
        }
        let slots = format!("{}Slots/", path.trim_end_matches("Intent.json"));
        let mut wanted = Vec::new();
        for path in files
            .with(&slots)
            .filter(|path| path.ends_with("/Slot.json"))
        {
            wanted.push(slot(&files.json(path)?));
        }
        sort_by_priority(&mut wanted, &intent);
        let samples: BTreeMap<&str, String> = wanted
            .iter()
            .map(|slot| (slot.name.as_str(), sample(&haul, slot)))
            .collect();
        let said = list(&intent, "/sampleUtterances").map(|one| text(one, "/utterance"));
        let said: Vec<Utterance> = said
            .map(|said| utterance(said, &wanted, &samples))
            .collect();
        let answer = message(&intent, "/intentClosingSetting/closingResponse");
        if intent.pointer("/fulfillmentCodeHook/enabled") == Some(&Value::Bool(true)) {
            haul.left_out.push(format!("the Lambda function of {name}"));
        }
        let brought = haul.intent(name);
        brought.utterances.extend(said);
        brought.answer = brought.answer.take().or(answer);
        if brought.questions.is_empty() {
            brought.questions = wanted;
        }
    }
    Ok(haul)
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

/// What stands for a slot in an utterance: its first value, or its name in words.
fn sample(haul: &Haul, slot: &Wanted) -> String {
    let list = haul.lists.iter().find(|list| list.entity == slot.entity);
    let first = list.and_then(|list| list.values.first());
    first.map_or_else(
        || crate::commands::writing::slug(&slot.name).replace('-', " "),
        |(value, _)| value.clone(),
    )
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
        let start = utterance.text.len();
        utterance
            .text
            .push_str(samples.get(name).map_or(name, |sample| sample));
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

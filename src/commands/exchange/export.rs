//! The content in forms that others read: utterances, intents, and the choices of questions as lists.

use super::Format;
use super::sheet::{HEADS, guarded};
use crate::commands::writing::{quoted, write_new};
use crate::content::{Assistant, Intent, Slot, SlotType};
use crate::dialogue::language_of;
use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::path::Path;

/// Values of a list, each with its synonyms.
type Values = Vec<(String, Vec<String>)>;

/// Writes the content to a file, or to a folder, that is not there yet.
///
/// # Errors
/// That it is there, or the system's.
pub(super) fn write(assistant: &Assistant, format: Format, to: &Path) -> Result<()> {
    if to.exists() {
        bail!("{} is there already: name a new one", to.display());
    }
    let json =
        |value: &Value| -> Result<String> { Ok(serde_json::to_string_pretty(value)? + "\n") };
    match format {
        Format::Csv => write_bytes(to, &csv(assistant)?),
        Format::Xlsx => write_bytes(to, &workbook(assistant)?),
        Format::Rasa => write_new(to, &rasa(assistant)),
        Format::Clu => write_new(to, &json(&clu(assistant))?),
        Format::Luis => write_new(to, &json(&luis(assistant))?),
        Format::Dialogflow => {
            for (path, value) in dialogflow(assistant) {
                write_new(&to.join(path), &json(&value)?)?;
            }
            Ok(())
        }
        Format::Lex => {
            let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
            for (path, value) in lex(assistant) {
                archive.start_file(path, zip::write::SimpleFileOptions::default())?;
                archive.write_all(json(&value)?.as_bytes())?;
            }
            write_bytes(to, archive.finish()?.get_ref())
        }
    }
}

fn write_bytes(to: &Path, bytes: &[u8]) -> Result<()> {
    std::fs::write(to, bytes).with_context(|| format!("cannot write {}", to.display()))
}

/// Every example as a row: utterance, intent, department, language.
fn rows(assistant: &Assistant) -> impl Iterator<Item = [String; 4]> {
    assistant.examples().map(|(name, text)| {
        let language = language_of(text, &assistant.wording.languages);
        let tag = language.map_or("en", |language| &language.tag);
        [text, name.as_str(), name.department(), tag].map(str::to_owned)
    })
}

fn csv(assistant: &Assistant) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADS)?;
    for row in rows(assistant) {
        writer.write_record(row.iter().map(|cell| guarded(cell)))?;
    }
    Ok(writer.into_inner()?)
}

fn workbook(assistant: &Assistant) -> Result<Vec<u8>> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, head) in (0..).zip(HEADS) {
        sheet.write_string(0, column, head)?;
    }
    for (line, row) in (1..).zip(rows(assistant)) {
        for (column, cell) in (0..).zip(&row) {
            sheet.write_string(line, column, cell)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(workbook.save_to_buffer()?)
}

/// The choices of every question, by a name that is the intent's and the slot's.
fn lists(assistant: &Assistant) -> BTreeMap<String, Values> {
    let slots = assistant.intents.values().flat_map(|intent| {
        let slots = intent.ask.iter();
        slots.map(move |slot| (intent, slot))
    });
    let lists = slots.filter_map(|(intent, slot)| {
        let SlotType::Choice(choices) = &slot.kind else {
            return None;
        };
        let values = choices.iter().map(|choice| {
            let mut words = vec![choice.label.en.to_string()];
            words.extend(choice.synonyms.iter().map(ToString::to_string));
            (choice.key.to_string(), words)
        });
        Some((list_name(intent, slot), values.collect()))
    });
    lists.collect()
}

/// A name that every format takes: letters, digits and underscores.
fn list_name(intent: &Intent, slot: &Slot) -> String {
    plain(&format!("{}_{}", intent.name, slot.name))
}

fn plain(name: &str) -> String {
    name.replace(|c: char| !c.is_ascii_alphanumeric(), "_")
}

fn rasa(assistant: &Assistant) -> String {
    let mut text = String::from("version: \"3.1\"\nnlu:\n");
    for intent in assistant.intents.values() {
        let _ = writeln!(
            text,
            "- intent: {}\n  examples: |",
            quoted(intent.name.as_str())
        );
        for example in &intent.examples {
            // A bracket would begin a mark.
            let _ = writeln!(text, "    - {}", example.replace(['[', ']'], ""));
        }
    }
    for (name, values) in lists(assistant) {
        let _ = writeln!(text, "- lookup: {name}\n  examples: |");
        for (key, _) in &values {
            let _ = writeln!(text, "    - {key}");
        }
        for (key, words) in &values {
            let _ = writeln!(text, "- synonym: {}\n  examples: |", quoted(key));
            for word in words {
                let _ = writeln!(text, "    - {word}");
            }
        }
    }
    text
}

fn clu(assistant: &Assistant) -> Value {
    let utterances = rows(assistant).map(|[text, intent, _, language]| {
        json!({
            "text": text,
            "language": language,
            "intent": intent,
            "entities": [],
            "dataset": "Train",
        })
    });
    let entities = lists(assistant).into_iter().map(|(name, values)| {
        let sublists = values.into_iter().map(|(key, words)| {
            json!({
                "listKey": key,
                "synonyms": [{ "language": "en", "values": words }],
            })
        });
        json!({
            "category": name,
            "compositionSetting": "combineComponents",
            "list": { "sublists": sublists.collect::<Vec<_>>() },
        })
    });
    let intents = assistant.intents.keys();
    json!({
        "projectFileVersion": "2023-04-01",
        "stringIndexType": "Utf16CodeUnit",
        "metadata": {
            "projectKind": "Conversation",
            "projectName": plain(&assistant.council.name),
            "multilingual": true,
            "language": "en",
            "settings": { "confidenceThreshold": 0 },
        },
        "assets": {
            "projectKind": "Conversation",
            "intents": intents.map(|name| json!({ "category": name })).collect::<Vec<_>>(),
            "entities": entities.collect::<Vec<_>>(),
            "utterances": utterances.collect::<Vec<_>>(),
        },
    })
}

fn luis(assistant: &Assistant) -> Value {
    let utterances = assistant
        .examples()
        .map(|(name, text)| json!({ "text": text, "intent": name, "entities": [] }));
    let closed = lists(assistant).into_iter().map(|(name, values)| {
        let sublists = values
            .into_iter()
            .map(|(key, words)| json!({ "canonicalForm": key, "list": words }));
        json!({ "name": name, "subLists": sublists.collect::<Vec<_>>(), "roles": [] })
    });
    let intents = assistant.intents.keys();
    json!({
        "luis_schema_version": "7.0.0",
        "versionId": "0.1",
        "name": &*assistant.council.name,
        "culture": "en-gb",
        "intents": intents.map(|name| json!({ "name": name })).collect::<Vec<_>>(),
        "entities": [],
        "closedLists": closed.collect::<Vec<_>>(),
        "utterances": utterances.collect::<Vec<_>>(),
        "patterns": [],
        "phraselists": [],
        "regex_entities": [],
        "composites": [],
    })
}

fn dialogflow(assistant: &Assistant) -> Vec<(String, Value)> {
    let mut files = vec![
        ("package.json".to_owned(), json!({ "version": "1.0.0" })),
        (
            "agent.json".to_owned(),
            json!({ "language": "en", "displayName": plain(&assistant.council.name) }),
        ),
    ];
    for intent in assistant.intents.values() {
        let file = plain(intent.name.as_str());
        let said = intent.examples.iter().map(|text| {
            json!({ "data": [{ "text": text, "userDefined": false }], "isTemplate": false, "count": 0 })
        });
        let parameters = intent.ask.iter().map(|slot| {
            json!({
                "name": slot.name,
                "required": !slot.optional,
                "dataType": format!("@{}", dialogflow_type(intent, slot)),
                "value": format!("${}", slot.name),
                "prompts": [{ "lang": "en", "value": slot.prompt.en }],
                "isList": false,
            })
        });
        let settings = json!({
            "name": intent.name,
            "auto": true,
            "responses": [{
                "parameters": parameters.collect::<Vec<_>>(),
                "messages": [{ "type": "0", "lang": "en", "speech": [intent.answer.text.en] }],
            }],
            "webhookUsed": false,
            "fallbackIntent": false,
        });
        files.push((format!("intents/{file}.json"), settings));
        let said = Value::Array(said.collect());
        files.push((format!("intents/{file}_usersays_en.json"), said));
    }
    for (name, values) in lists(assistant) {
        let entries = values
            .into_iter()
            .map(|(key, words)| json!({ "value": key, "synonyms": words }));
        files.push((
            format!("entities/{name}.json"),
            json!({ "name": name, "isEnum": false }),
        ));
        let entries = Value::Array(entries.collect());
        files.push((format!("entities/{name}_entries_en.json"), entries));
    }
    files
}

fn dialogflow_type(intent: &Intent, slot: &Slot) -> String {
    match &slot.kind {
        SlotType::Choice(_) => return list_name(intent, slot),
        SlotType::Address | SlotType::Location => "sys.location",
        SlotType::Postcode => "sys.zip-code",
        SlotType::Name => "sys.person",
        SlotType::Phone => "sys.phone-number",
        SlotType::Email => "sys.email",
        SlotType::Date => "sys.date",
        SlotType::Number { .. } => "sys.number",
        SlotType::Text | SlotType::Vehicle | SlotType::YesNo | SlotType::Reference => "sys.any",
    }
    .to_owned()
}

fn lex(assistant: &Assistant) -> Vec<(String, Value)> {
    let bot = plain(&assistant.council.name);
    let locale = format!("{bot}/BotLocales/en_GB");
    let manifest = json!({ "metaData": { "schemaVersion": "1", "fileFormat": "LexJson", "resourceType": "BOT" } });
    let mut files = vec![
        ("Manifest.json".to_owned(), manifest),
        (
            format!("{bot}/Bot.json"),
            json!({ "name": bot, "version": "DRAFT", "identifier": null }),
        ),
        (
            format!("{locale}/BotLocale.json"),
            json!({ "name": "English (GB)", "identifier": "en_GB", "nluConfidenceThreshold": 0.4 }),
        ),
    ];
    for (name, values) in lists(assistant) {
        let values = values.into_iter().map(|(key, words)| {
            let words = words.iter().map(|word| json!({ "value": word }));
            json!({ "sampleValue": { "value": key }, "synonyms": words.collect::<Vec<_>>() })
        });
        let file = json!({
            "name": name,
            "slotTypeValues": values.collect::<Vec<_>>(),
            "valueSelectionSetting": { "resolutionStrategy": "TOP_RESOLUTION" },
        });
        files.push((format!("{locale}/SlotTypes/{name}/SlotType.json"), file));
    }
    for intent in assistant.intents.values() {
        let name = plain(intent.name.as_str());
        let folder = format!("{locale}/Intents/{name}");
        let said = intent
            .examples
            .iter()
            .map(|text| json!({ "utterance": text }));
        let order = (1..).zip(&intent.ask);
        let order = order.map(|(at, slot)| json!({ "priority": at, "slotName": slot.name }));
        let file = json!({
            "name": name,
            "description": intent.title.en,
            "parentIntentSignature": null,
            "sampleUtterances": said.collect::<Vec<_>>(),
            "slotPriorities": order.collect::<Vec<_>>(),
            "intentClosingSetting": { "isActive": true, "closingResponse": lex_message(&intent.answer.text.en) },
        });
        files.push((format!("{folder}/Intent.json"), file));
        for slot in &intent.ask {
            let constraint = if slot.optional {
                "Optional"
            } else {
                "Required"
            };
            let file = json!({
                "name": slot.name,
                "slotTypeName": lex_type(intent, slot),
                "valueElicitationSetting": {
                    "slotConstraint": constraint,
                    "promptSpecification": lex_message(&slot.prompt.en),
                },
            });
            files.push((format!("{folder}/Slots/{}/Slot.json", slot.name), file));
        }
    }
    files
}

fn lex_message(text: &str) -> Value {
    json!({ "messageGroupsList": [{ "message": { "plainTextMessage": { "value": text } }, "variations": null }], "maxRetries": 2 })
}

fn lex_type(intent: &Intent, slot: &Slot) -> String {
    match &slot.kind {
        SlotType::Choice(_) => return list_name(intent, slot),
        SlotType::Address => "AMAZON.StreetName",
        SlotType::Location => "AMAZON.City",
        SlotType::Postcode => "AMAZON.UKPostalCode",
        SlotType::Name => "AMAZON.FirstName",
        SlotType::Phone => "AMAZON.PhoneNumber",
        SlotType::Email => "AMAZON.EmailAddress",
        SlotType::Date => "AMAZON.Date",
        SlotType::Number { .. } => "AMAZON.Number",
        SlotType::YesNo => "AMAZON.Confirmation",
        SlotType::Text | SlotType::Vehicle | SlotType::Reference => "AMAZON.FreeFormInput",
    }
    .to_owned()
}

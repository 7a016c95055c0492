//! Dialogflow ES: the folder (or zip) of an agent, with a file of phrases and one of settings for each
//! intent, and a file of entries for each entity.

use super::files::{Files, list, text};
use super::{Haul, Mark, Utterance, Wanted};
use anyhow::Result;
use serde_json::Value;

/// Reads an agent.
///
/// # Errors
/// A file that is not JSON, by its name.
pub(super) fn read(files: &Files) -> Result<Haul> {
    let mut haul = Haul::default();
    for path in files.with("intents/") {
        let Some(name) = stem(path) else {
            continue;
        };
        let file = files.json(path)?;
        if let Some((intent, _language)) = name.split_once("_usersays_") {
            // The settings have the intent's full name; a file's may be cut or changed.
            let settings = format!("{}{intent}.json", folder(path));
            let settings = files.json(&settings).ok();
            let name = settings.as_ref().map_or("", |file| text(file, "/name"));
            let name = if name.is_empty() { intent } else { name };
            let said = file.as_array().into_iter().flatten();
            haul.intent(name).utterances.extend(said.map(utterance));
        } else {
            settings(&mut haul, &file);
        }
    }
    for path in files.with("entities/") {
        let Some((entity, _language)) = stem(path).and_then(|name| name.split_once("_entries_"))
        else {
            continue;
        };
        let file = files.json(path)?;
        for entry in file.as_array().into_iter().flatten() {
            let words = list(entry, "/synonyms").filter_map(Value::as_str);
            let words = words.map(str::to_owned).collect();
            let value = text(entry, "/value").to_owned();
            haul.list(entity).values.push((value, words));
        }
    }
    Ok(haul)
}

fn stem(path: &str) -> Option<&str> {
    path.rsplit('/').next()?.strip_suffix(".json")
}

fn folder(path: &str) -> &str {
    path.rfind('/').and_then(|at| path.get(..=at)).unwrap_or("")
}

/// A phrase, which is cut where something in it is marked.
fn utterance(phrase: &Value) -> Utterance {
    let mut utterance = Utterance::default();
    for part in list(phrase, "/data") {
        let start = utterance.text.len();
        utterance.text.push_str(text(part, "/text"));
        let entity = text(part, "/meta").trim_start_matches('@');
        if !entity.is_empty() && entity != "sys.ignore" {
            utterance.marks.push(Mark {
                at: start..utterance.text.len(),
                entity: entity.to_owned(),
                value: None,
            });
        }
    }
    utterance
}

fn settings(haul: &mut Haul, file: &Value) {
    let name = text(file, "/name");
    if name.is_empty() {
        return;
    }
    if file.get("fallbackIntent").and_then(Value::as_bool) == Some(true) {
        haul.left_out.push(format!(
            "{name}: what is not understood has its own wording"
        ));
        return;
    }
    if file.get("webhookUsed").and_then(Value::as_bool) == Some(true) {
        haul.left_out.push(format!("the webhook of {name}"));
    }
    let mut contexts = list(file, "/contexts").chain(list(file, "/responses/0/affectedContexts"));
    if contexts.next().is_some() {
        haul.left_out.push(format!("the contexts of {name}"));
    }
    let wanted = list(file, "/responses/0/parameters").map(|parameter| Wanted {
        name: text(parameter, "/name").to_owned(),
        entity: text(parameter, "/dataType")
            .trim_start_matches('@')
            .to_owned(),
        prompt: Some(text(parameter, "/prompts/0/value"))
            .filter(|prompt| !prompt.is_empty())
            .map(str::to_owned),
        optional: parameter.get("required").and_then(Value::as_bool) != Some(true),
    });
    let wanted: Vec<Wanted> = wanted.collect();
    let speech = list(file, "/responses/0/messages").find_map(|message| {
        let speech = message.get("speech")?;
        let first = speech
            .as_array()
            .and_then(|all| all.first())
            .unwrap_or(speech);
        first.as_str().filter(|said| !said.trim().is_empty())
    });
    let brought = haul.intent(name);
    // Agents of before 2018 have the phrases beside the settings.
    brought
        .utterances
        .extend(list(file, "/userSays").map(utterance));
    brought.answer = speech.map(|said| said.trim().to_owned());
    brought.questions = wanted;
}

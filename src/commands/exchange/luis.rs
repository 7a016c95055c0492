//! LUIS: an app's JSON. Places are in UTF-16 code units, and an end is the last one that belongs.

use super::files::{byte_of_utf16, list, text, whole};
use super::{Haul, Mark};
use crate::commands::terminal::counted;
use anyhow::Result;
use serde_json::Value;

/// Parts of an app without a counterpart.
const LEFT_OUT: [(&str, &str); 8] = [
    ("/patterns", "patterns"),
    ("/phraselists", "phrase lists"),
    ("/model_features", "phrase lists"),
    ("/regex_entities", "entities by pattern"),
    ("/regex_features", "features by pattern"),
    ("/composites", "composite entities"),
    ("/prebuiltEntities", "prebuilt entities"),
    ("/patternAnyEntities", "entities of patterns"),
];

/// Reads an app.
///
/// # Errors
/// None so far: what is missing is left out.
pub(super) fn read(app: &Value) -> Result<Haul> {
    let mut haul = Haul::default();
    for intent in list(app, "/intents") {
        haul.intent(text(intent, "/name"));
    }
    let mut lost = 0;
    for utterance in list(app, "/utterances") {
        let said = text(utterance, "/text");
        let marks = list(utterance, "/entities").map(|entity| {
            let start = byte_of_utf16(said, whole(entity, "/startPos")?)?;
            let end = byte_of_utf16(said, whole(entity, "/endPos")? + 1)?;
            (start <= end).then(|| Mark {
                at: start..end,
                entity: text(entity, "/entity").to_owned(),
                value: None,
            })
        });
        lost += haul.say(text(utterance, "/intent"), said, marks);
    }
    for closed in list(app, "/closedLists") {
        let entity = text(closed, "/name");
        for sublist in list(closed, "/subLists") {
            let words = list(sublist, "/list").filter_map(Value::as_str);
            let words = words.map(str::to_owned).collect();
            let value = text(sublist, "/canonicalForm").to_owned();
            haul.list(entity).values.push((value, words));
        }
    }
    for (pointer, what) in LEFT_OUT {
        let count = list(app, pointer).count();
        if count > 0 {
            haul.left_out.push(format!("{count} {what}"));
        }
    }
    if lost > 0 {
        haul.left_out
            .push(format!("{} outside the utterance", counted(lost, "mark")));
    }
    Ok(haul)
}

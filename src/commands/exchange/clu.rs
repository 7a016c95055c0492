//! Azure conversational language understanding: a project's JSON. Places are in UTF-16 code units.

use super::files::{byte_of_utf16, list, text, whole};
use super::{Haul, Mark};
use crate::commands::terminal::counted;
use anyhow::Result;
use serde_json::Value;

/// Reads a project.
///
/// # Errors
/// None so far: what is missing is left out.
pub(super) fn read(project: &Value) -> Result<Haul> {
    let mut haul = Haul::default();
    for intent in list(project, "/assets/intents") {
        haul.intent(text(intent, "/category"));
    }
    let (mut tests, mut lost) = (0, 0);
    let by_unit = matches!(text(project, "/stringIndexType"), "" | "Utf16CodeUnit");
    for utterance in list(project, "/assets/utterances") {
        if text(utterance, "/dataset").eq_ignore_ascii_case("test") {
            tests += 1;
            continue;
        }
        let said = text(utterance, "/text");
        let byte = |place: usize| {
            if by_unit {
                byte_of_utf16(said, place)
            } else {
                let starts = said.char_indices().map(|(byte, _)| byte);
                starts.chain([said.len()]).nth(place)
            }
        };
        let marks = list(utterance, "/entities").map(|entity| {
            let offset = whole(entity, "/offset")?;
            let end = byte(offset + whole(entity, "/length")?)?;
            Some(Mark {
                at: byte(offset)?..end,
                entity: text(entity, "/category").to_owned(),
                value: None,
            })
        });
        lost += haul.say(text(utterance, "/intent"), said, marks);
    }
    for entity in list(project, "/assets/entities") {
        let name = text(entity, "/category");
        for sublist in list(entity, "/list/sublists") {
            let words = list(sublist, "/synonyms").flat_map(|of| list(of, "/values"));
            let words = words.filter_map(Value::as_str).map(str::to_owned).collect();
            let value = text(sublist, "/listKey").to_owned();
            haul.list(name).values.push((value, words));
        }
        for part in ["prebuilts", "regex"] {
            if entity.get(part).is_some_and(|part| !part.is_null()) {
                haul.left_out.push(format!("{part} of the entity {name}"));
            }
        }
    }
    if tests > 0 {
        let what = format!(
            "{} of the test set: measure with them (cece eval --test)",
            counted(tests, "utterance")
        );
        haul.left_out.push(what);
    }
    if lost > 0 {
        haul.left_out
            .push(format!("{} outside the utterance", counted(lost, "mark")));
    }
    Ok(haul)
}

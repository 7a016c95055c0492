//! Rasa: NLU data, responses, rules and stories, in one YAML file or in a folder of them.
//!
//! Entities are marked in the utterances; synonyms and lookup tables give them their values.

use super::files::Files;
use super::{Haul, Mark, Told, Utterance};
use anyhow::{Context as _, Result};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

#[derive(Deserialize, Default)]
#[serde(default)]
struct Document {
    nlu: Vec<Item>,
    stories: Vec<Steps>,
    rules: Vec<Steps>,
    responses: BTreeMap<String, Vec<Value>>,
    slots: Value,
    forms: Value,
    actions: Value,
}

impl Document {
    /// What of it has no counterpart, with how many there are.
    fn left_out(&self) -> impl Iterator<Item = String> {
        let parts = [
            (&self.slots, "slots"),
            (&self.forms, "forms"),
            (&self.actions, "actions"),
        ];
        parts.into_iter().filter_map(|(part, what)| {
            let listed = part.as_array().map_or(0, Vec::len);
            let count = part.as_object().map_or(listed, serde_json::Map::len);
            (count > 0).then(|| format!("{count} {what} of the domain"))
        })
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Item {
    intent: Option<String>,
    synonym: Option<String>,
    lookup: Option<String>,
    regex: Option<String>,
    examples: Examples,
}

/// `- one` a line, or a list of texts with metadata.
#[derive(Deserialize)]
#[serde(untagged)]
enum Examples {
    Lines(String),
    Listed(Vec<Listed>),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Listed {
    Plain(String),
    With { text: String },
}

impl Default for Examples {
    fn default() -> Self {
        Self::Listed(Vec::new())
    }
}

impl Examples {
    fn texts(&self) -> Vec<&str> {
        match self {
            Self::Lines(lines) => {
                // Early versions of the form have no dashes.
                let texts = lines.lines().map(str::trim);
                texts
                    .map(|line| line.strip_prefix('-').unwrap_or(line).trim())
                    .filter(|line| !line.is_empty())
                    .collect()
            }
            Self::Listed(listed) => {
                let texts = listed.iter().map(|one| match one {
                    Listed::Plain(text) | Listed::With { text } => text.trim(),
                });
                texts.collect()
            }
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Steps {
    story: Option<String>,
    rule: Option<String>,
    steps: Vec<Step>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Step {
    user: Option<String>,
    intent: Option<String>,
    action: Option<String>,
}

/// Reads every YAML file of Rasa's.
///
/// # Errors
/// A file that is not YAML, by its name.
pub(super) fn read(files: &Files) -> Result<Haul> {
    let mut haul = Haul::default();
    let mut synonyms: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let (mut rules, mut stories) = (Vec::new(), Vec::new());
    let mut responses: BTreeMap<String, String> = BTreeMap::new();
    for path in files
        .with(".y")
        .filter(|path| path.ends_with(".yml") || path.ends_with(".yaml"))
    {
        let text = files.text(path)?;
        let document: Document =
            serde_saphyr::from_str(text).with_context(|| format!("{path} is not YAML of Rasa"))?;
        haul.left_out.extend(document.left_out());
        for item in document.nlu {
            take_item(&mut haul, &mut synonyms, &item);
        }
        for (name, texts) in document.responses {
            let first = texts.iter().find_map(|one| one.get("text")?.as_str());
            if let Some(text) = first {
                responses.insert(name, text.trim().to_owned());
            }
        }
        rules.extend(document.rules);
        stories.extend(document.stories);
    }
    values_of_entities(&mut haul, &synonyms);
    answers(&mut haul, rules.iter().chain(&stories), &responses);
    for story in stories {
        let told = story
            .steps
            .iter()
            .filter(|step| step.user.is_some() || step.intent.is_some());
        let told = told.map(|step| Told {
            text: step.user.as_deref().map(|text| annotated(text).0),
            intent: step.intent.clone(),
        });
        let title = story.story.unwrap_or_default();
        let actions = story
            .steps
            .iter()
            .filter(|step| step.action.is_some())
            .count();
        if actions > 0 {
            let what = format!(
                "{actions} actions of the story \"{title}\": what is said is the content's"
            );
            haul.left_out.push(what);
        }
        haul.stories.push((title, told.collect()));
    }
    for rule in rules.iter().filter_map(|rule| rule.rule.as_ref()) {
        haul.left_out
            .push(format!("the rule \"{rule}\", but for its answer"));
    }
    Ok(haul)
}

fn take_item(haul: &mut Haul, synonyms: &mut BTreeMap<String, Vec<String>>, item: &Item) {
    let texts = item.examples.texts();
    if let Some(name) = &item.intent {
        let brought = haul.intent(name);
        let utterances = texts.iter().map(|text| {
            let (text, marks) = annotated(text);
            Utterance { text, marks }
        });
        brought.utterances.extend(utterances);
    }
    if let Some(value) = &item.synonym {
        let words = synonyms.entry(value.clone()).or_default();
        words.extend(texts.iter().map(|text| (*text).to_owned()));
    }
    if let Some(entity) = &item.lookup {
        let list = haul.list(entity);
        list.values
            .extend(texts.iter().map(|text| ((*text).to_owned(), Vec::new())));
    }
    if let Some(name) = &item.regex {
        let what =
            format!("the pattern {name}: numbers and references are read by their own rules");
        haul.left_out.push(what);
    }
}

/// Gives each entity the synonyms of its values: Rasa keeps those by value, for all entities.
fn values_of_entities(haul: &mut Haul, synonyms: &BTreeMap<String, Vec<String>>) {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for utterance in haul.intents.iter().flat_map(|intent| &intent.utterances) {
        for mark in &utterance.marks {
            let said = utterance.text.get(mark.at.clone()).unwrap_or_default();
            let value = mark.value.clone().unwrap_or_else(|| {
                let of = synonyms.iter().find(|(value, words)| {
                    let same = |word: &String| word.eq_ignore_ascii_case(said);
                    value.eq_ignore_ascii_case(said) || words.iter().any(same)
                });
                of.map_or_else(|| said.to_owned(), |(value, _)| value.clone())
            });
            let values = found.entry(mark.entity.clone()).or_default();
            if !values.contains(&value) {
                values.push(value);
            }
        }
    }
    let mut used = Vec::new();
    for (entity, values) in found {
        // An entity without synonyms and lookup is any words, not a list.
        let has_list = haul.lists.iter().any(|list| list.entity == entity);
        if !has_list && !values.iter().any(|value| synonyms.contains_key(value)) {
            continue;
        }
        let list = haul.list(&entity);
        for value in values {
            let words = synonyms.get(&value).cloned().unwrap_or_default();
            used.push(value.clone());
            match list
                .values
                .iter_mut()
                .find(|known| known.0.eq_ignore_ascii_case(&value))
            {
                Some(known) => known.1.extend(words),
                None => list.values.push((value, words)),
            }
        }
    }
    for value in synonyms.keys().filter(|value| !used.contains(value)) {
        haul.left_out
            .push(format!("the synonyms of \"{value}\", which no entity has"));
    }
}

/// What is said after an intent, where a rule or story says it at once.
fn answers<'a>(
    haul: &mut Haul,
    all: impl Iterator<Item = &'a Steps>,
    responses: &BTreeMap<String, String>,
) {
    for steps in all {
        for pair in steps.steps.windows(2) {
            let [first, second] = pair else {
                continue;
            };
            if let (Some(intent), Some(action)) = (&first.intent, &second.action)
                && let Some(text) = responses.get(action)
                && let Some(brought) = haul.intents.iter_mut().find(|one| one.name == *intent)
            {
                brought.answer.get_or_insert_with(|| text.clone());
            }
        }
    }
}

/// An utterance without its marks, and the marks: `[Paris](city)`, `[Paris](city:paris)` and
/// `[Paris]{"entity": "city", "value": "paris"}`.
pub(in crate::commands) fn annotated(text: &str) -> (String, Vec<Mark>) {
    let mut plain = String::with_capacity(text.len());
    let mut marks = Vec::new();
    let mut rest = text.trim();
    while let Some((before, after)) = rest.split_once('[') {
        plain.push_str(before);
        let read = after.split_once(']').and_then(|(said, after)| {
            let (entity, value, after) = entity(after)?;
            Some((said, entity, value, after))
        });
        let Some((said, entity, value, after)) = read else {
            plain.push('[');
            rest = after;
            continue;
        };
        let start = plain.len();
        plain.push_str(said);
        let at = start..plain.len();
        marks.push(Mark { at, entity, value });
        rest = after;
    }
    plain.push_str(rest);
    (plain, marks)
}

/// The entity after a bracket, its value, and what follows.
fn entity(after: &str) -> Option<(String, Option<String>, &str)> {
    if let Some(inside) = after.strip_prefix('(') {
        let (inside, rest) = inside.split_once(')')?;
        let (entity, value) = match inside.split_once(':') {
            Some((entity, value)) => (entity, Some(value.to_owned())),
            None => (inside, None),
        };
        return Some((entity.to_owned(), value, rest));
    }
    let inside = after.strip_prefix('{')?;
    let (inside, rest) = inside.split_once('}')?;
    let value: Value = serde_json::from_str(&format!("{{{inside}}}")).ok()?;
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    Some((text("entity")?, text("value"), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_where_their_words_do() {
        let text = "a [brown](bin:garden) bin in [Île]{\"entity\": \"place\"} [x] [y";
        let (plain, marks) = annotated(text);
        assert_eq!(plain, "a brown bin in Île [x] [y");
        let said: Vec<_> = marks
            .iter()
            .map(|mark| {
                (
                    plain.get(mark.at.clone()).unwrap(),
                    &*mark.entity,
                    mark.value.as_deref(),
                )
            })
            .collect();
        assert_eq!(
            said,
            [("brown", "bin", Some("garden")), ("Île", "place", None)]
        );
    }
}

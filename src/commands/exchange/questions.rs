//! What is asked for an intent of others: what they ask themselves, and what has a list of values.

use super::{Brought, List, Wanted};
use crate::commands::writing::{Question, slug};
use std::collections::BTreeSet;

/// What is asked: what the others ask, and what has a list of values.
pub(super) fn questions(
    brought: &Brought,
    lists: &[List],
    not_taken: &mut Vec<String>,
) -> Vec<Question> {
    let mut wanted = brought.questions.clone();
    let marked = brought
        .utterances
        .iter()
        .flat_map(|utterance| &utterance.marks);
    let marked: BTreeSet<&str> = marked.map(|mark| mark.entity.as_str()).collect();
    for entity in marked {
        if wanted.iter().any(|one| one.entity == entity) {
            continue;
        }
        if lists.iter().any(|list| list.entity == entity) {
            wanted.push(Wanted {
                name: entity.to_owned(),
                entity: entity.to_owned(),
                prompt: None,
                optional: true,
            });
        } else {
            not_taken.push(format!(
                "marks of {entity} in {}: it has no list and is not asked for; the words stay",
                brought.name
            ));
        }
    }
    let mut names = BTreeSet::new();
    let mut questions = Vec::new();
    for one in wanted {
        let slot = slug(&one.name).replace('-', "_");
        if !slot.is_empty() && names.insert(slot.clone()) {
            questions.push(question(slot, &one, lists));
        }
    }
    questions
}

fn question(slot: String, wanted: &Wanted, lists: &[List]) -> Question {
    let said = slug(&wanted.name).replace('-', " ");
    let list = lists.iter().find(|list| list.entity == wanted.entity);
    let choices = list.map(choices).unwrap_or_default();
    let (kind, pii) = if choices.len() > 1 {
        ("choice", None)
    } else {
        kind_of(&format!("{} {}", wanted.entity, wanted.name))
    };
    Question {
        slot,
        prompt: wanted
            .prompt
            .clone()
            .unwrap_or_else(|| format!("What is the {said}?")),
        kind: kind.to_owned(),
        pii,
        reason: "so that we can deal with it".to_owned(),
        optional: wanted.optional,
        choices: if kind == "choice" {
            choices
        } else {
            Vec::new()
        },
    }
}

/// The choices of a list: each word means one of them.
fn choices(list: &List) -> Vec<(String, String, Vec<String>)> {
    let mut taken = BTreeSet::new();
    let mut choices: Vec<(String, String, Vec<String>)> = Vec::new();
    for (value, synonyms) in &list.values {
        let key = slug(value);
        if key.is_empty() || !taken.insert(key.clone()) {
            continue;
        }
        let all = std::iter::once(value)
            .chain(synonyms)
            .map(|word| word.trim());
        let words = all.filter(|word| !word.is_empty() && taken.insert(word.to_lowercase()));
        let words = words.map(str::to_owned).collect();
        choices.push((key, value.trim().to_owned(), words));
    }
    choices
}

/// The type of answer that is meant by the name of an entity, and the personal data that it is.
fn kind_of(name: &str) -> (&'static str, Option<&'static str>) {
    let name = name.to_lowercase();
    let kinds: [(&[&str], &str, Option<&str>); 8] = [
        (&["postcode", "zip"], "postcode", Some("UK_POSTCODE")),
        (&["email"], "email", Some("EMAIL")),
        (&["phone"], "phone", Some("PHONE")),
        (&["date", "day"], "date", None),
        (&["address", "street"], "address", Some("UK_ADDRESS")),
        (
            &["person", "given-name", "firstname", "lastname"],
            "name",
            Some("PERSON"),
        ),
        (&["location", "geo", "city"], "location", None),
        (&["yesno", "confirmation"], "yes-no", None),
    ];
    let found = kinds
        .iter()
        .find(|(parts, ..)| parts.iter().any(|part| name.contains(part)));
    found.map_or(("text", None), |(_, kind, pii)| (*kind, *pii))
}

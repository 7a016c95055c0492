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
        kind_of(wanted).map_or(("text", None), |kind| (kind.name, kind.pii))
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

/// What stands for a value in an utterance: the first of its list, a word of its kind, or its name in words.
pub(super) fn sample(wanted: &Wanted, lists: &[List]) -> String {
    let list = lists.iter().find(|list| list.entity == wanted.entity);
    if let Some((value, _)) = list.and_then(|list| list.values.first()) {
        return value.clone();
    }
    match kind_of(wanted) {
        Some(kind) => kind.sample.to_owned(),
        None => slug(&wanted.name).replace('-', " "),
    }
}

/// A type of answer that others have as well.
struct Kind {
    /// Words of their names for it.
    words: &'static [&'static str],
    name: &'static str,
    /// The personal data that it is.
    pii: Option<&'static str>,
    /// What says it in an example, and is nobody's.
    sample: &'static str,
}

const KINDS: [Kind; 9] = [
    Kind {
        words: &["postcode", "post-code", "postal", "zip"],
        name: "postcode",
        pii: Some("UK_POSTCODE"),
        sample: "my postcode",
    },
    Kind {
        words: &["email", "e-mail"],
        name: "email",
        pii: Some("EMAIL"),
        sample: "my email address",
    },
    Kind {
        words: &["phone", "telephone", "phonenumber", "mobile"],
        name: "phone",
        pii: Some("PHONE"),
        sample: "my phone number",
    },
    Kind {
        words: &["date", "datetime", "datetimev2", "day"],
        name: "date",
        pii: None,
        sample: "Monday",
    },
    Kind {
        words: &["address", "street"],
        name: "address",
        pii: Some("UK_ADDRESS"),
        sample: "my address",
    },
    Kind {
        words: &[
            "person",
            "given-name",
            "first-name",
            "last-name",
            "firstname",
            "lastname",
            "surname",
        ],
        name: "name",
        pii: Some("PERSON"),
        sample: "my name",
    },
    Kind {
        words: &["location", "geo", "city"],
        name: "location",
        pii: None,
        sample: "the town centre",
    },
    Kind {
        words: &["yesno", "yes-no", "confirmation"],
        name: "yes-no",
        pii: None,
        sample: "yes",
    },
    Kind {
        words: &["number", "integer", "number-integer"],
        name: "number",
        pii: None,
        sample: "2",
    },
];

/// The kind of answer: by what it is for the others, then by what they call it.
fn kind_of(wanted: &Wanted) -> Option<&'static Kind> {
    let find = |name: &str, kinds: &'static [Kind]| {
        let words = format!("-{}-", parted(name));
        let has = |word: &&str| words.contains(&format!("-{word}-"));
        kinds.iter().find(|kind| kind.words.iter().any(has))
    };
    // Many a number is no number: "flight number", "reference number".
    let (number, others) = KINDS.split_last()?;
    let entity = parted(&wanted.entity);
    let is_number = number.words.iter().any(|word| {
        let others = ["", "amazon-", "builtin-", "sys-"];
        others
            .iter()
            .any(|prefix| entity == format!("{prefix}{word}"))
    });
    find(&wanted.entity, others)
        .or(is_number.then_some(number))
        .or_else(|| find(&wanted.name, others))
}

/// A name's words, also where capitals part them: `AMAZON.UKPostalCode` is "amazon-uk-postal-code".
fn parted(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut words = String::new();
    for (at, c) in letters.iter().enumerate() {
        let ends = at > 0 && letters[at - 1].is_uppercase();
        if ends && c.is_uppercase() && letters.get(at + 1).is_some_and(|next| next.is_lowercase()) {
            words.push(' ');
        }
        words.push(*c);
    }
    slug(&words)
}

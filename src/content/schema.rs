//! JSON Schema of the files that authors write, so that an editor completes keys and marks slips.
//!
//! Names that can be chosen come from the reader's own tables. What no schema can say (a department
//! that is not there, an example that another intent has) is `check`'s to find.

use super::Phrase;
use super::department::DAYS;
use super::intent::{EXAMPLES_MIN, OUT_OF_HOURS, THENS};
use super::languages::Script;
use super::phrases::COMMANDS;
use super::slot::TYPES;
use crate::pii::PiiKind;
use serde_json::{Map, Value, json};

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// `<department>/<intent>.toml`.
    Intent,
    /// `<department>/department.toml`.
    Department,
    /// `council.toml`.
    Council,
    /// `languages.toml`.
    Languages,
    /// `danger.toml`.
    Danger,
    /// `<department>/phrasings.toml`.
    Phrasings,
    /// `wording.<language>.toml`.
    Wording,
}

impl FileKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Intent,
        Self::Department,
        Self::Council,
        Self::Languages,
        Self::Danger,
        Self::Phrasings,
        Self::Wording,
    ];

    /// Its name, e.g. `intent`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Intent => "intent",
            Self::Department => "department",
            Self::Council => "council",
            Self::Languages => "languages",
            Self::Danger => "danger",
            Self::Phrasings => "phrasings",
            Self::Wording => "wording",
        }
    }

    /// The kind of the file at `path` inside the content folder.
    #[must_use]
    pub fn of(path: &str) -> Self {
        match path.rsplit_once('/') {
            Some((_, "department.toml")) => Self::Department,
            Some((_, "phrasings.toml")) => Self::Phrasings,
            Some(_) => Self::Intent,
            None if path == "council.toml" => Self::Council,
            None if path == "languages.toml" => Self::Languages,
            None if path == "danger.toml" => Self::Danger,
            None => Self::Wording,
        }
    }

    /// The JSON Schema (draft 2020-12) of such a file.
    #[must_use]
    pub fn schema(self) -> Value {
        let (table, title) = match self {
            Self::Intent => (intent(), "An intent: one thing that residents come for"),
            Self::Department => (department(), "A department: who takes an enquiry"),
            Self::Council => (council(), "The council, and the facts used in texts"),
            Self::Languages => (languages(), "Languages that residents write in"),
            Self::Danger => (
                danger(),
                "What danger sounds like, and what only sounds like it",
            ),
            Self::Phrasings => {
                let title = "How residents say it, beyond the intents' own examples";
                return named(
                    json!({"type": "object", "additionalProperties": list(&text())}),
                    title,
                );
            }
            Self::Wording => (wording(), "What belongs to no intent, in one language"),
        };
        named(table.build(), title)
    }
}

fn named(mut schema: Value, title: &str) -> Value {
    if let Value::Object(map) = &mut schema {
        map.insert(
            "$schema".to_owned(),
            json!("https://json-schema.org/draft/2020-12/schema"),
        );
        map.insert("title".to_owned(), json!(title));
    }
    schema
}

/// A table of a file: its keys, and which of them must be there. No others are known.
#[derive(Default)]
struct Table {
    keys: Map<String, Value>,
    required: Vec<&'static str>,
}

impl Table {
    fn may(mut self, key: &str, about: &str, mut value: Value) -> Self {
        if let Value::Object(map) = &mut value {
            map.insert("description".to_owned(), json!(about));
        }
        self.keys.insert(key.to_owned(), value);
        self
    }

    fn must(mut self, key: &'static str, about: &str, value: Value) -> Self {
        self.required.push(key);
        self.may(key, about, value)
    }

    /// A text that must be there in English and may be there in Welsh.
    fn must_say(self, key: &'static str, about: &str) -> Self {
        let welsh = format!("{about}, in Welsh");
        self.must(key, about, text())
            .may(&format!("{key}_cy"), &welsh, text())
    }

    /// A text that may be there in English, and then in Welsh.
    fn may_say(self, key: &str, about: &str) -> Self {
        let welsh = format!("{about}, in Welsh");
        self.may(key, about, text())
            .may(&format!("{key}_cy"), &welsh, text())
    }

    fn build(self) -> Value {
        json!({
            "type": "object",
            "properties": self.keys,
            "required": self.required,
            "additionalProperties": false,
        })
    }
}

fn text() -> Value {
    json!({ "type": "string", "minLength": 1, "pattern": "\\S" })
}

fn list(of: &Value) -> Value {
    json!({ "type": "array", "items": of })
}

fn flag() -> Value {
    json!({ "type": "boolean" })
}

fn whole() -> Value {
    json!({ "type": "integer" })
}

/// Editors hand a TOML day over as a string.
fn day() -> Value {
    json!({ "type": "string", "format": "date" })
}

fn names<'a>(known: impl Iterator<Item = &'a str>) -> Value {
    json!({ "type": "string", "enum": known.collect::<Vec<_>>() })
}

fn kinds() -> Value {
    list(&names(PiiKind::ALL.iter().map(|kind| kind.name())))
}

fn intent() -> Table {
    let links = Table::default()
        .must_say("text", "What the link says")
        .must(
            "url",
            "\"/page\" on the council's site, or \"https://…\"",
            text(),
        );
    let answer = Table::default()
        .must_say("text", "What the resident reads")
        .may_say("spoken", "What the resident hears on the phone")
        .may("valid_from", "First day on which it holds", day())
        .may("valid_to", "Last day on which it holds", day());
    let mut examples = list(&text());
    examples["uniqueItems"] = json!(true);
    let about = format!("Ways in which residents say it: {EXAMPLES_MIN} and more");
    Table::default()
        .must_say("title", "Plain words for it, e.g. \"Report a missed bin\"")
        .must("examples", &about, examples)
        .must(
            "then",
            "What it leads to",
            names(THENS.iter().map(|one| one.0)),
        )
        .must(
            "record",
            "How long it is kept: a class of the register",
            text(),
        )
        .may("confirm", "Whether what was collected is read back", flag())
        .may(
            "out_of_hours",
            "While the department is closed",
            names(OUT_OF_HOURS.iter().map(|one| one.0)),
        )
        .may(
            "never_ask",
            "Personal data that is never asked for here",
            kinds(),
        )
        .may(
            "lgsl",
            "Ids of the Local Government Services List",
            list(&whole()),
        )
        .may(
            "lgil",
            "Id of the Local Government Interaction List",
            whole(),
        )
        .may("elsewhere", "Whether it belongs to somebody else", flag())
        .may(
            "never_offer",
            "Whether it is never offered as a choice, e.g. small talk",
            flag(),
        )
        .may(
            "without_asking",
            "Whether it is taken as soon as it is the likeliest, with no question which was meant",
            flag(),
        )
        .may(
            "danger",
            "What the danger is, with then = \"danger\"",
            text(),
        )
        .must("answer", "What the resident is told", answer.build())
        .may("links", "Where they can go", list(&links.build()))
        .may("ask", "What is asked, in order", list(&ask().build()))
}

fn ask() -> Table {
    let choice = Table::default()
        .must("key", "What is recorded, e.g. \"brown\"", text())
        .must_say("label", "What the resident sees")
        .may("synonyms", "Other words for it", list(&text()));
    Table::default()
        .must("slot", "Its name, e.g. \"address\"", text())
        .must_say("prompt", "The question")
        .may_say("spoken", "The question on the phone")
        .must(
            "type",
            "How the answer is read",
            names(TYPES.iter().map(|one| one.0)),
        )
        .may("pii", "Personal data that the answer may hold", kinds())
        .must_say(
            "reason",
            "Why it is asked: \"so that the crew can find it\"",
        )
        .may_say("reask", "Said when the answer could not be read")
        .may("optional", "Whether it can be skipped", flag())
        .may("basis", "The condition of UK GDPR Article 9 or 10", text())
        .may_say("consent", "The words of consent")
        .may("min", "Least number", whole())
        .may("max", "Greatest number", whole())
        .may("choices", "What can be chosen", list(&choice.build()))
}

fn department() -> Table {
    let reach = Table::default()
        .may(
            "phone",
            "As it is dialled here, e.g. \"03069 990 011\"",
            text(),
        )
        .may("url", "Its page", text())
        .may("queue", "Its queue in the contact centre", text());
    let spans = json!({
        "type": "array",
        "items": { "type": "string", "pattern": "^[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}$" },
    });
    let open = Table::default().may("open_on_holidays", "Open on bank holidays too", flag());
    let hours = DAYS.iter().fold(open, |hours, day| {
        hours.may(day, "Spans of hours, e.g. [\"08:30-17:00\"]", spans.clone())
    });
    let away = Table::default()
        .must("text", "What is said while it is closed", text())
        .may("cy", "The same in Welsh", text())
        .may(
            "urgent_to",
            "The department that takes what cannot wait",
            text(),
        );
    Table::default()
        .must("name", "What a resident calls it", text())
        .must("handles", "What it deals with, in plain words", text())
        .may(
            "contractor",
            "Who does the work, if not the council",
            text(),
        )
        .may("reach", "How it can be reached", reach.build())
        .may("hours", "When it can be reached", hours.build())
        .may("out_of_hours", "While it is closed", away.build())
}

fn council() -> Table {
    let facts = json!({
        "type": "object",
        "propertyNames": { "pattern": "^[a-z0-9_]+$" },
        "additionalProperties": text(),
    });
    Table::default()
        .must("name", "The council's name", text())
        .must("base_url", "Where its pages are", text())
        .must("time_zone", "e.g. \"Europe/London\"", text())
        .must(
            "switchboard",
            "The department that takes whoever asks for a person",
            text(),
        )
        .must(
            "emergency",
            "The department for emergencies outside hours",
            text(),
        )
        .may(
            "closing_days",
            "Days on which the council is closed",
            list(&day()),
        )
        .may(
            "own_contacts",
            "The council's own numbers and addresses",
            list(&text()),
        )
        .may(
            "references",
            "Shapes of reference numbers, e.g. \"PL/####/####\"",
            list(&text()),
        )
        .may("facts", "Used as {key} in any text", facts)
}

fn languages() -> Table {
    let one = Table::default()
        .must("tag", "BCP 47 tag, e.g. \"pl\"", text())
        .must("name", "What its speakers call it", text())
        .must(
            "script",
            "Its letters",
            names(Script::NAMES.iter().map(|one| one.0)),
        )
        .may("words", "Its commonest words", list(&text()))
        .may("called", "What people say to ask for it", list(&text()))
        .may("answer", "What is said in it", text())
        .may("choice", "The choice for an interpreter", text());
    Table::default().may("languages", "One table a language", list(&one.build()))
}

fn danger() -> Table {
    Table::default()
        .may(
            "danger",
            "Messages that mean danger, whichever it is",
            list(&text()),
        )
        .may(
            "harmless",
            "Messages that only sound like it",
            list(&text()),
        )
}

fn wording() -> Table {
    let phrases = Phrase::ALL.iter().fold(Table::default(), |table, phrase| {
        table.must(phrase.key(), "A sentence that belongs to no intent", text())
    });
    let spoken = Phrase::ALL.iter().fold(Table::default(), |table, phrase| {
        table.may(phrase.key(), "The same for the ear", text())
    });
    let warning = Table::default()
        .must("what", "What it is called, e.g. \"a card number\"", text())
        .must(
            "advice",
            "Why it was removed and what to do instead",
            text(),
        )
        .may("spoken", "The same for the ear", text());
    let warning = warning.build();
    let warnings = PiiKind::ALL.iter().fold(Table::default(), |table, kind| {
        table.must(kind.name(), "What a resident is told", warning.clone())
    });
    let commands = COMMANDS.iter().fold(Table::default(), |table, (key, _)| {
        table.must(key, "What people say for it", list(&text()))
    });
    Table::default()
        .must(
            "phrases",
            "Sentences that belong to no intent",
            phrases.build(),
        )
        .may(
            "spoken",
            "What is another sentence on the phone",
            spoken.build(),
        )
        .must("warnings", "Warnings about personal data", warnings.build())
        .must(
            "commands",
            "What people say to the assistant itself",
            commands.build(),
        )
}

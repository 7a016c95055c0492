//! The shipped content, for the ear.

use super::root;
use cece::content::{self, Locale, Phrase, SlotType, ear};
use cece::pii::PiiKind;
use std::sync::Arc;

/// Every text of the shipped content that can be heard on the phone.
#[test]
fn everything_that_is_shipped_can_be_spoken() {
    let register = content::read_register(&root().join("transcripts/retention.toml")).unwrap();
    let today = jiff::civil::date(2026, 6, 10);
    let loaded = content::load(
        &root().join("intents"),
        Arc::new(register),
        today,
        &|_: &str| Vec::new(),
    );
    let assistant = loaded.unwrap().assistant;
    let mut heard: Vec<(String, String)> = Vec::new();
    for locale in [Locale::En, Locale::Cy] {
        for intent in assistant.intents.values() {
            let answer = intent.answer.spoken.as_ref().unwrap_or(&intent.answer.text);
            let mut add = |text: &str| heard.push((intent.name.to_string(), text.to_owned()));
            add(intent.title.get(locale));
            add(answer.get(locale));
            for slot in &intent.ask {
                add(slot.spoken.as_ref().unwrap_or(&slot.prompt).get(locale));
                add(slot.reason.get(locale));
                slot.reask.iter().for_each(|text| add(text.get(locale)));
                if let SlotType::Choice(choices) = &slot.kind {
                    choices
                        .iter()
                        .for_each(|choice| add(choice.label.get(locale)));
                }
            }
        }
        for phrase in Phrase::ALL {
            let text = assistant
                .wording
                .spoken(*phrase, locale)
                .replace(['{', '}'], "");
            heard.push((phrase.key().to_owned(), text));
        }
        for kind in PiiKind::ALL {
            let warning = assistant.wording.warning(*kind, locale).unwrap();
            let spoken = warning.spoken.as_ref().unwrap_or(&warning.advice);
            heard.push((kind.name().to_owned(), format!("{} {spoken}", warning.what)));
        }
        for department in assistant.departments.values() {
            let away = department.out_of_hours.text.get(locale);
            let texts = [&*department.title, &*department.handles, away];
            for text in texts {
                heard.push((department.name.to_string(), text.to_owned()));
            }
        }
    }
    let faults: Vec<String> = heard
        .iter()
        .map(|(name, text)| (name, text, ear::faults(&ear::spoken(text, Locale::En))))
        .filter(|(_, _, faults)| !faults.is_empty())
        .map(|(name, text, faults)| format!("{name}: {text}: {faults:?}"))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(heard.len() > 500, "{}", heard.len());
}

//! The golden conversations that are shipped, with the shipped content, understanding and screening.

use cece::content::{self, Loaded};
use cece::engine::golden::{Golden, Player};
use cece::nlu::{self, Training};
use cece::pii::{Detector, Expectation, RawText};
use cece::transcripts::retention::Register;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// The order in which examples are learnt; any fixed number will do.
const SEED: u64 = 1;

#[test]
fn every_shipped_conversation_holds() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("transcripts/retention.toml")).expect("the register");
    let register = Register::parse(&text, Path::new("transcripts/retention.toml"))
        .unwrap_or_else(|faults| panic!("{faults}"));
    // The middle of the shipped conversations' year, so that a passing day changes nothing.
    let today = jiff::civil::date(2026, 6, 10);
    let Loaded { assistant, .. } =
        content::load(&root.join("intents"), Arc::new(register), today, &|_| {
            Vec::new()
        })
        .unwrap_or_else(|faults| panic!("{faults}"));

    let of = |wanted: &dyn Fn(&content::Intent) -> bool| -> BTreeSet<_> {
        assistant
            .intents
            .values()
            .filter(|intent| wanted(intent))
            .map(|intent| intent.name.clone())
            .collect()
    };
    let model = nlu::train(&Training {
        examples: assistant
            .examples()
            .map(|(name, text)| (name.clone(), text))
            .collect(),
        danger: of(&|intent| intent.then == content::Then::Danger),
        elsewhere: of(&|intent| intent.elsewhere),
        commands: &assistant.commands,
        seed: SEED,
    })
    .expect("the shipped content trains");
    let detector = Detector::new(&assistant.council.own_contacts).expect("the rules compile");
    let screen =
        |raw: RawText, expectation: Option<&Expectation>| detector.screen(raw, expectation);
    let player = Player {
        assistant: &assistant,
        understand: &model,
        screen: &screen,
    };

    let folder = root.join("transcripts/golden");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .expect("transcripts/golden")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == "txt"))
        .collect();
    files.sort();
    assert!(
        !files.is_empty(),
        "no conversations in {}",
        folder.display()
    );
    let mut failures = Vec::new();
    for file in &files {
        let shown = file.strip_prefix(root).unwrap_or(file).display();
        let text = fs::read_to_string(file).expect("a conversation");
        match Golden::parse(&text) {
            Err(fault) => failures.push(format!("{shown}: {fault}")),
            Ok(golden) => {
                if let Err(difference) = player.play(&golden) {
                    failures.push(format!("{shown}: {difference}"));
                }
            }
        }
    }
    assert!(
        failures.is_empty(),
        "{} of {} conversations differ:\n\n{}",
        failures.len(),
        files.len(),
        failures.join("\n")
    );
}

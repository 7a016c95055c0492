//! The golden conversations that are shipped, with the shipped content, understanding and screening.

use cece::engine::golden::{Golden, Player};
use cece::engine::{Bundle, Sources};
use cece::pii::{Expectation, RawText};
use std::fs;
use std::path::Path;

#[test]
fn every_shipped_conversation_holds() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = Sources {
        intents: root.join("intents"),
        register: root.join("transcripts/retention.toml"),
    };
    // The middle of the shipped conversations' year, so that a passing day changes nothing.
    let today = jiff::civil::date(2026, 6, 10);
    // As the server loads it, so that what is played here is what residents meet.
    let (bundle, _) = Bundle::load(&sources, today).unwrap_or_else(|error| panic!("{error}"));
    let screen =
        |raw: RawText, expectation: Option<&Expectation>| bundle.detector.screen(raw, expectation);
    let player = Player {
        assistant: &bundle.assistant,
        understand: &*bundle.understand,
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

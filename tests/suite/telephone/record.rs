//! What is kept of a call, what is not, and whom it is found by.

use super::{BRIDGES, config, kept, ring, root, say, town};
use crate::town::get;
use cece::channels::client::call::{Act, Bridge};
use cece::content;
use cece::server::open_archive;
use cece::transcripts::archive::Identifier;
use jiff::tz::TimeZone;
use std::path::Path;
use std::sync::Arc;

#[tokio::test]
async fn a_call_is_kept_as_a_call_and_keys_and_cards_are_not() {
    let mut town = town().await;
    for bridge in BRIDGES {
        let (mut caller, _) = ring(town.address, bridge, 1).await;
        let answer = caller
            .act(&Act::Press("4111111111111111#".to_owned()))
            .await
            .unwrap();
        let said = answer.spoken.join(" ");
        assert!(
            said.contains("do not say card details to me"),
            "{bridge:?}: {said}"
        );
        let words = "take it from four one one one one one one one one one one one one one one one";
        caller.act(&say(words)).await.unwrap();
        // Somebody may be there by now, and the call put through.
        let _ = caller.act(&Act::Press("731946".to_owned())).await;
        let _ = caller.act(&Act::HangUp).await;
    }
    let folder = town.keep_folder();
    town.stopped().await;
    let kept = kept(folder.path()).await;
    assert_eq!(kept.len(), 3);
    for (contact, (turns, technical)) in &kept {
        assert_eq!(technical.caller.as_deref(), Some("+447700900123"));
        assert_eq!(technical.called.as_deref(), Some("+443069990000"));
        // Clocks, hashes and the platform's own number of the call have digits that nobody pressed.
        let events: Vec<_> = turns.iter().flat_map(|turn| &turn.events).collect();
        let record = serde_json::to_string(&events).unwrap().replace(contact, "");
        for digits in ["4111", "731946", "four one one", "7700900123"] {
            assert!(!record.contains(digits), "{contact}: {digits}: {record}");
        }
        assert!(record.contains("CREDIT_CARD"), "{record}");
        assert!(record.contains("\"type\":\"closed\""), "{record}");
    }
    let bytes = every_byte(folder.path());
    for raw in ["7700900123", "4111111111111111", "731946"] {
        let found = bytes
            .windows(raw.len())
            .any(|window| window == raw.as_bytes());
        assert!(!found, "{raw} stands on the disk");
    }
}

fn every_byte(folder: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            bytes.extend(every_byte(&path));
        } else if path.is_file() {
            bytes.extend(std::fs::read(&path).unwrap());
        }
    }
    bytes
}

#[tokio::test]
async fn whoever_rang_can_be_found_and_erased_by_their_number() {
    let mut town = town().await;
    let (mut caller, _) = ring(town.address, Bridge::Gather, 1).await;
    caller.act(&Act::HangUp).await.unwrap();
    let folder = town.keep_folder();
    town.stopped().await;
    let register = content::read_register(&root().join("transcripts/retention.toml")).unwrap();
    let zone = TimeZone::get("Europe/London").unwrap();
    let opened = open_archive(&config(folder.path()), Arc::new(register), zone).await;
    let (archive, ..) = opened.unwrap();
    let number = Identifier::phone("07700 900123").unwrap();
    assert_eq!(archive.find_subject(&number).await.unwrap().len(), 1);
    let other = Identifier::phone("07700 900124").unwrap();
    assert!(archive.find_subject(&other).await.unwrap().is_empty());
}

#[tokio::test]
async fn calls_are_counted_as_calls() {
    let town = town().await;
    ring(town.address, Bridge::Gather, 1).await;
    let (_, metrics) = get(town.address, "/metrics").await;
    assert!(
        metrics.contains("cece_conversations_total{channel=\"phone\"} 1"),
        "{metrics}"
    );
}

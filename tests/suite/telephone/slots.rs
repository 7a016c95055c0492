//! What callers answer, as a recogniser gives it, over each bridge: after the manner of the EVI benchmark
//! (PolyAI), where a caller is asked for a postcode, a name and a date of birth.

use super::{BRIDGES, kept, on_the_phone, ring, say};
use crate::town::{Town, small_content};
use cece::channels::client::call::{Act, Bridge};
use cece::dialogue::Event;
use cece::transcripts::record::TurnRecord;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What is asked for, in this order: name, type, and what else the content says of it.
const ASKED: [(&str, &str); 8] = [
    ("postcode", "type = \"postcode\"\npii = [\"UK_POSTCODE\"]"),
    ("full_name", "type = \"name\"\npii = [\"PERSON\"]"),
    ("birth", "type = \"date\"\npii = [\"DATE_OF_BIRTH\"]"),
    ("phone", "type = \"phone\"\npii = [\"PHONE\"]"),
    ("plate", "type = \"vehicle\"\npii = [\"UK_VRM\"]"),
    ("case", "type = \"reference\""),
    ("people", "type = \"number\"\nmin = 1\nmax = 20"),
    ("owner", "type = \"yes-no\""),
];

/// A town in which a record can be looked up.
async fn office(folder: &std::path::Path) -> Town {
    small_content(&folder.join("intents"));
    let mut intent = String::from(
        "title = \"Find my record\"\nthen = \"report\"\nrecord = \"enquiry\"\nconfirm = true\n\
         out_of_hours = \"log\"\n[answer]\ntext = \"I can look for it.\"\n",
    );
    let examples = [
        "find my record",
        "look up my record please",
        "can you bring up my record",
        "I would like my record looked up",
        "what do you hold on record for me",
        "pull up my record",
        "I need you to find my record",
        "search for my record",
        "have you got my record there",
        "my record please",
    ];
    intent.insert_str(0, &format!("examples = {examples:?}\n"));
    for (slot, kind) in ASKED {
        let asked = slot.replace('_', " ");
        write!(
            intent,
            "[[ask]]\nslot = \"{slot}\"\nprompt = \"What is the {asked}?\"\nreason = \"to find it\"\n{kind}\n"
        )
        .unwrap();
    }
    let path = folder.join("intents/customer-services/find-my-record.toml");
    std::fs::write(path, intent).unwrap();
    Town::start_in(folder, on_the_phone).await
}

/// What was filled in, by the last value of each.
fn filled(turns: &[TurnRecord]) -> BTreeMap<&str, &str> {
    let events = turns.iter().flat_map(|turn| &turn.events);
    events
        .filter_map(|event| {
            let Event::SlotFilled { slot, value, .. } = event else {
                return None;
            };
            Some((slot.as_str(), value.as_str()))
        })
        .collect()
}

/// The first reading of each answer, then what else was heard. Gather has one reading only, the last.
const ANSWERS: [&[&str]; 8] = [
    &["see w one two b jay", "c w 1 to b j", "c w one two b j"],
    &["it's 1 2 3", "my name is jan jones"],
    &[
        "twenty third of match nineteen eighty three",
        "twenty third of march nineteen eighty three",
    ],
    &["oh one six three two nine six oh double seven oh"],
    &["alpha bravo one two charlie delta echo", "a b 12 c d e"],
    &["c v seven k four m two nine two nine"],
    &["there are three of us"],
    &["yeah that's right"],
];

#[tokio::test]
async fn whatever_is_said_is_read_and_read_back_and_can_be_corrected() {
    let folder = tempfile::tempdir().unwrap();
    let town = office(folder.path()).await;
    for bridge in BRIDGES {
        let (mut caller, _) = ring(town.address, bridge, 1).await;
        let asks = caller.act(&say("find my record")).await.unwrap();
        assert!(asks.spoken.join(" ").contains("postcode"), "{asks:?}");
        let mut told = Vec::new();
        for readings in ANSWERS {
            // What the platform of this bridge would pass on.
            let (first, others) = match bridge {
                Bridge::Relay | Bridge::Cxone => (readings[0], &readings[1..]),
                Bridge::Gather => (*readings.last().unwrap(), &readings[..0]),
            };
            let others = others.iter().map(|one| (*one).to_owned()).collect();
            let answer = caller
                .act(&Act::Say(first.to_owned(), others))
                .await
                .unwrap();
            told.push(answer.spoken.join(" "));
        }
        let said = told.last().unwrap();
        for part in [
            "C W 1 2 B J",
            "jan jones",
            "23 March 1983",
            "0 1 6 3 2, 9 6 0, 7 7 0",
            "A B 1 2",
            "C V, 7 K 4 M, 2 9 2 9",
            "people: 3",
        ] {
            assert!(said.contains(part), "{bridge:?}: no {part} in {told:#?}");
        }
        let spelt = caller.act(&say("can you spell that")).await.unwrap();
        let said = spelt.spoken.join(" ");
        for part in [
            "C for Charlie, W for Whiskey, 1",
            "J for Juliet, A for Alpha, N for November",
        ] {
            assert!(said.contains(part), "{bridge:?}: no {part} in {said}");
        }
        let wrong = "no, the postcode is c w one two b l";
        let corrected = caller.act(&say(wrong)).await.unwrap();
        let said = corrected.spoken.join(" ");
        assert!(said.contains("C W 1 2 B L"), "{bridge:?}: {said}");
        let done = caller.act(&say("yes")).await.unwrap();
        assert!(!done.spoken.is_empty(), "{bridge:?}");
        let _ = caller.act(&Act::HangUp).await;
    }
    town.stopped().await;
    for (contact, (turns, _)) in kept(folder.path()).await {
        let filled = filled(&turns);
        for (slot, value) in [
            ("postcode", "CW1 2BL"),
            ("birth", "1983-03-23"),
            ("phone", "01632960770"),
            ("plate", "AB12CDE"),
            ("case", "CV-7K4M-2929"),
            ("people", "3"),
            ("owner", "yes"),
        ] {
            assert_eq!(filled.get(slot), Some(&value), "{contact}: {filled:?}");
        }
        // What was heard and said stands in the record without them.
        for event in turns.iter().flat_map(|turn| &turn.events) {
            let heard = if let Event::Heard { text } = event {
                text.as_str()
            } else {
                event.told().unwrap_or_default()
            };
            for value in ["CW1", "one two b", "960", "jones", "1983", "eighty"] {
                let is_there = heard.to_lowercase().contains(&value.to_lowercase());
                assert!(!is_there, "{contact}: {value}: {heard}");
            }
        }
    }
}

/// A number is keyed where it is asked for, with # or without.
#[tokio::test]
async fn numbers_can_be_keyed_where_they_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let town = office(folder.path()).await;
    for bridge in BRIDGES {
        let (mut caller, _) = ring(town.address, bridge, 1).await;
        for words in ["find my record", "c w one two b j", "jan jones"] {
            caller.act(&say(words)).await.unwrap();
        }
        caller
            .act(&Act::Press("23031983".to_owned()))
            .await
            .unwrap();
        let asks = caller
            .act(&Act::Press("01632960770#".to_owned()))
            .await
            .unwrap();
        let said = asks.spoken.join(" ");
        assert!(said.contains("plate"), "{bridge:?}: {said}");
        let _ = caller.act(&Act::HangUp).await;
    }
    town.stopped().await;
    for (contact, (turns, _)) in kept(folder.path()).await {
        let filled = filled(&turns);
        assert_eq!(filled.get("birth"), Some(&"1983-03-23"), "{contact}");
        assert_eq!(filled.get("phone"), Some(&"01632960770"), "{contact}");
    }
}

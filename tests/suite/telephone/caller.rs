//! What callers meet, whichever bridge they come by.

use super::exchange::{exchange, request};
use super::{BRIDGES, Caller, assert_ends_or_serves, kept, options, ring, say, town};
use cece::channels::client::call::{Act, Bridge};
use cece::content::ear;
use cece::dialogue::Event;
use serde_json::{Value, json};

#[tokio::test]
async fn the_first_words_say_what_must_be_said_and_a_person_is_one_key_away() {
    let town = town().await;
    for bridge in BRIDGES {
        let (mut caller, first) = ring(town.address, bridge, 1).await;
        let said = first.spoken.join(" ");
        for part in [
            "automated assistant",
            "Calls are recorded",
            "12 months",
            "person or press 0",
        ] {
            assert!(said.contains(part), "{bridge:?}: {said}");
        }
        assert!(ear::faults(&said).is_empty(), "{bridge:?}: {said}");
        let answer = caller.act(&Act::Press("0".to_owned())).await.unwrap();
        assert_ends_or_serves(bridge, &answer);
        let (mut caller, _) = ring(town.address, bridge, 2).await;
        let answer = caller
            .act(&say("can I speak to a person please"))
            .await
            .unwrap();
        assert_ends_or_serves(bridge, &answer);
    }
}

#[tokio::test]
async fn danger_is_said_before_anything_else() {
    let town = town().await;
    for bridge in BRIDGES {
        let (mut caller, _) = ring(town.address, bridge, 1).await;
        let words = "i can smell gas in the kitchen and my card is 4111 1111 1111 1111";
        let answer = caller.act(&say(words)).await.unwrap();
        if bridge == Bridge::Relay {
            assert!(answer.raw[0].contains("Go outside now"), "{:?}", answer.raw);
        }
        let first = &answer.spoken[0];
        assert!(
            first.starts_with("Go outside now"),
            "{bridge:?}: {:?}",
            answer.spoken
        );
    }
    // Also where it is the first thing that a script sends.
    let first = request("there is a fire in my house", &json!(1), 1, &Value::Null);
    let answer = exchange(town.address, &first).await;
    let said = answer["nextPromptSequence"]["prompts"][0]["textToSpeech"]
        .as_str()
        .unwrap();
    assert!(said.starts_with("Hang up and ring"), "{answer}");
}

#[tokio::test]
async fn a_welsh_call_is_welsh_from_its_first_word() {
    let town = town().await;
    for bridge in BRIDGES {
        let mut welsh = options(town.address, bridge, 1);
        welsh.locale = "cy-GB".to_owned();
        let (_, first) = Caller::ring(welsh).await.unwrap();
        let said = first.spoken.join(" ");
        assert!(
            said.contains("Caiff galwadau eu recordio"),
            "{bridge:?}: {said}"
        );
    }
}

/// What a recogniser heard otherwise is read where what it heard first cannot be.
#[tokio::test]
async fn the_reading_that_validates_wins_over_the_wire() {
    let mut town = town().await;
    for bridge in [Bridge::Relay, Bridge::Cxone] {
        let (mut caller, _) = ring(town.address, bridge, 1).await;
        caller.act(&say("my bin was missed")).await.unwrap();
        caller.act(&say("fourteen acacia avenue")).await.unwrap();
        caller.act(&Act::Press("2".to_owned())).await.unwrap();
        let otherwise = vec![
            "chews day just gone".to_owned(),
            "tuesday just gone".to_owned(),
        ];
        let act = Act::Say("choose they just gone".to_owned(), otherwise);
        caller.act(&act).await.unwrap();
    }
    let folder = town.keep_folder();
    town.stopped().await;
    for (contact, (turns, _)) in kept(folder.path()).await {
        let slots: Vec<_> = turns
            .iter()
            .flat_map(|turn| &turn.events)
            .filter_map(|event| {
                let Event::SlotFilled { slot, value, .. } = event else {
                    return None;
                };
                Some((slot.as_str(), value.as_str()))
            })
            .collect();
        assert!(
            slots.contains(&("bin_type", "silver")),
            "{contact}: {slots:?}"
        );
        assert!(
            slots.iter().any(|(slot, _)| *slot == "due_date"),
            "{contact}: {slots:?}"
        );
    }
}

/// Aloud a form is read back whole, so that a wrong figure is heard; the record covers it.
#[tokio::test]
async fn what_was_given_is_read_back_aloud_and_covered_in_the_record() {
    let mut town = town().await;
    for bridge in BRIDGES {
        let (mut caller, _) = ring(town.address, bridge, 1).await;
        caller.act(&say("my bin was missed")).await.unwrap();
        caller.act(&say("fourteen acacia avenue")).await.unwrap();
        caller.act(&Act::Press("2".to_owned())).await.unwrap();
        let answer = caller.act(&say("yesterday")).await.unwrap();
        let said = answer.spoken.join(" ");
        assert!(said.to_lowercase().contains("acacia"), "{bridge:?}: {said}");
        let again = caller.act(&say("say that again")).await.unwrap();
        assert!(
            again.spoken.join(" ").to_lowercase().contains("acacia"),
            "{bridge:?}"
        );
        let changed = caller.act(&say("no, I meant 40 not 14")).await.unwrap();
        let said = changed.spoken.join(" ");
        assert!(said.contains("40"), "{bridge:?}: {said}");
        // Who takes the call is told what was given, covered.
        let person = caller.act(&Act::Press("0".to_owned())).await.unwrap();
        let sent = person.raw.join(" ").to_lowercase();
        assert!(!sent.contains("acacia"), "{bridge:?}: {sent}");
        let _ = caller.act(&Act::HangUp).await;
    }
    let folder = town.keep_folder();
    town.stopped().await;
    for (turns, _) in kept(folder.path()).await.values() {
        for event in turns.iter().flat_map(|turn| &turn.events) {
            let told = event.told().unwrap_or_default().to_lowercase();
            assert!(!told.contains("acacia"), "{told}");
        }
    }
}

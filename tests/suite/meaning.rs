//! Danger that is said in words which are kept out of the record: it must be understood, and the
//! words must still be kept out. With the shipped content, over the wire, read back as recorded.

use crate::town::{Bare, Town, root};
use cece::server::admin::{self, Request};

/// What is said; what stands in the record and in every frame; what the answer tells them to ring.
const CASES: [(&str, &str, &str); 3] = [
    (
        "my daughter is suicidal",
        "my daughter is [sensitive detail]",
        "116 123",
    ),
    (
        "my mate is self harming",
        "my mate is [sensitive detail]",
        "999",
    ),
    (
        "i think my dad is having a heart attack",
        "i think my dad is having a [sensitive detail]",
        "999",
    ),
];

#[tokio::test]
async fn danger_is_understood_in_words_that_are_not_kept() {
    let town = Town::start(|config| config.intents = root().join("intents")).await;
    for (said, recorded, number) in CASES {
        let (mut client, welcome) = Bare::hello(town.address).await;
        client.frame().await;
        client.say(1, said).await;
        let frames = client.until("state").await;
        let spoken = frames.iter().find(|frame| frame["type"] == "say");
        let answer = spoken.and_then(|frame| frame["text"].as_str());
        assert!(
            answer.is_some_and(|text| text.contains(number)),
            "{said}: {answer:?}"
        );
        let urgent = |frame: &&serde_json::Value| frame["type"] == "redirect";
        assert_eq!(
            frames.iter().find(urgent).map(|frame| &frame["urgent"]),
            Some(&serde_json::json!(true)),
            "{said}: {frames:?}"
        );

        let (mut reader, _) = Bare::resume(town.address, &welcome["token"], 0).await;
        let replayed = reader.until("redirect").await;
        assert!(
            replayed.iter().any(|frame| frame["text"] == recorded),
            "{said}: {replayed:?}"
        );
        let reference = welcome["reference"].as_str().unwrap().to_owned();
        let socket = town.folder.join("live/admin.sock");
        let shown = admin::ask(&socket, &Request::Show { reference })
            .await
            .unwrap()
            .unwrap();
        let line = format!("resident: {recorded}\n");
        assert!(shown.text.contains(&line), "{}", shown.text);
        for text in [format!("{frames:?}"), format!("{replayed:?}"), shown.text] {
            assert!(!text.contains(said), "{said} stands in {text}");
        }
    }
    town.stopped().await;
}

//! The golden conversations that are shipped, with the shipped content, understanding and screening.

use crate::town::{SENTENCES, shipped};
use cece::content::Then;
use cece::engine::Bundle;
use cece::engine::golden::{Golden, Player};
use cece::nlu::Verdict;
use cece::pii::{Expectation, RawText};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

/// The shipped content as the server loads it, so that what holds here is what residents meet.
pub(crate) static BUNDLE: LazyLock<Bundle> = LazyLock::new(|| {
    // The middle of the shipped conversations' year, so that a passing day changes nothing.
    let today = jiff::civil::date(2026, 6, 10);
    let (bundle, _) = Bundle::load_with(SENTENCES.clone(), &shipped(), today)
        .unwrap_or_else(|error| panic!("{error}"));
    bundle.finish();
    assert!(bundle.is_finished());
    bundle
});

/// "gone", "floor", "wires": an answer of a word or two that an author foresaw is not taken for an
/// emergency. Only "fire" is, wherever it is said.
#[test]
fn a_foreseen_answer_raises_no_alarm() {
    let bundle = &*BUNDLE;
    let answers: BTreeSet<&str> = bundle
        .assistant
        .intents
        .values()
        .flat_map(|intent| &intent.ask)
        .flat_map(|slot| slot.kind.choices())
        .flat_map(|choice| &choice.synonyms)
        .map(|synonym| &**synonym)
        .collect();
    assert!(answers.len() > 100, "{}", answers.len());
    let alarming: Vec<&str> = answers
        .into_iter()
        .filter(|answer| {
            let said = bundle
                .detector
                .screen(RawText::new((*answer).to_owned()), None);
            let understood = bundle.understand.understand(&said.meaning);
            let sure = understood
                .ranked
                .first()
                .filter(|_| understood.verdict == Verdict::Sure);
            let is_danger = |name| bundle.assistant.intents[name].then == Then::Danger;
            understood.danger.is_some() || sure.is_some_and(|first| is_danger(&first.intent))
        })
        .collect();
    assert_eq!(alarming, ["fire"]);
}

/// "na diolch, dyna'r cyfan": what is said to the assistant and no more is no emergency.
#[test]
fn a_command_raises_no_alarm() {
    let commands = || BUNDLE.assistant.commands.values().flatten();
    assert!(commands().count() > 100, "{}", commands().count());
    for said in commands() {
        let understood = BUNDLE.understand_text(said.to_string());
        assert_eq!(understood.danger, None, "{said}");
    }
}

/// Of a danger that is likelier than all else nobody is asked whether it was meant; but a place or a thing, which may answer
/// a question of a form, is none, and an alarm that sounds is no alarm to buy.
#[test]
fn danger_in_few_words_is_heard_and_the_answer_to_a_question_is_none() {
    for (said, danger) in [
        ("cant do it no more", true),
        ("they don't feed him", true),
        ("they dont feed her", true),
        ("they dont feed him or the dog", true),
        ("i cant do this anymore please answer the phone", true),
        ("he's under the ice", true),
        ("someone under the train", true),
        (
            "she says she won't be here on monday and she's giving her things away",
            true,
        ),
        (
            "carbon monoxide alarm keeps going off, four beeps and a gap",
            true,
        ),
        ("can i get a carbon monoxide alarm fitted", false),
        ("how often should i test the carbon monoxide alarm", false),
        ("i can't do this form", false),
        ("in the kitchen", false),
        ("on the bridge", false),
        ("under the stairs", false),
        ("it's under the stairs", false),
        ("behind the door", false),
        ("he does not feed her cat", false),
        ("i cant do it any earlier", false),
        ("i can't do it anymore on the website", false),
        ("on the street", false),
        ("by the gas", false),
        ("it's a wire", false),
        ("tonight", false),
    ] {
        let understood = BUNDLE.understand_text(said.to_owned());
        assert_eq!(understood.danger.is_some(), danger, "{said}");
    }
}

/// Words of danger in what is asked of a figure, or is long over; and what is danger however calm the rest is.
#[test]
fn the_whole_outvotes_words_of_danger_but_not_a_cry() {
    for (said, danger) in [
        (
            "how many domestic abuse referrals were there in each ward last year, this is a freedom of information request",
            false,
        ),
        (
            "we would like to foster, i was abused as a child but that is a long time ago",
            false,
        ),
        (
            "my blue badge was in the car when it was on fire last year, how do i get a new one",
            false,
        ),
        ("is ani there, i was told to ask for ani", true),
        (
            "this is a freedom of information request about the bins and i want to kill myself",
            true,
        ),
    ] {
        let understood = BUNDLE.understand_text(said.to_owned());
        assert_eq!(understood.danger.is_some(), danger, "{said}");
    }
}

#[test]
fn every_shipped_conversation_holds() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let bundle = &*BUNDLE;
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

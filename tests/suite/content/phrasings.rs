//! What residents say beyond the examples: where it may stand, and that it is learnt.

use super::fixture::content;
use super::{check_only, load_files};
use crate::town::{SENTENCES, config, small_content};
use cece::content::{Faults, Loaded};
use cece::engine::Bundle;
use jiff::civil::date;
use std::fs;

fn with(phrasings: &str) -> Result<Loaded, Faults> {
    let mut files = content();
    files.insert("waste/phrasings.toml", phrasings.to_owned());
    load_files(&files, |_| ())
}

#[test]
fn they_belong_to_an_intent_of_their_department_and_stand_once() {
    let loaded = with("missed-bin = [\"the wagon drove right past ours\"]").unwrap();
    let phrasings: Vec<(&str, &str)> = loaded
        .assistant
        .phrasings
        .iter()
        .map(|(name, text)| (name.as_str(), &**text))
        .collect();
    assert_eq!(
        phrasings,
        [("waste/missed-bin", "the wagon drove right past ours")]
    );

    let of = |own: bool| {
        let mut examples = loaded.assistant.examples();
        let example = examples.find(|(name, _)| (name.as_str() == "waste/missed-bin") == own);
        example.unwrap().1.to_uppercase()
    };
    for (line, says) in [
        (
            "mised-bin = [\"gone past\"]",
            "error: unknown key `mised-bin`; did you mean `missed-bin`?",
        ),
        (
            "missed-bin = [\"gone past\", \"Gone past\"]",
            "warning: `Gone past` is written twice, here or as an example",
        ),
        (
            &format!("missed-bin = [\"{}\"]", of(true)),
            "warning: … is written twice, here or as an example",
        ),
        (
            &format!("missed-bin = [\"{}\"]", of(false)),
            "error: … is what residents say for",
        ),
        (
            "missed-bin = [\"ring me on 07700 900123\"]",
            "error: … holds personal data (PHONE)",
        ),
        ("missed-bin = [\"?!\"]", "error: … has no word in it"),
        ("missed-bin = \"gone past\"", "error: … a list of strings"),
    ] {
        check_only(with(line), "intents/waste/phrasings.toml:1:", says);
    }
}

/// The first model knows the examples; the one that takes its place while the assistant answers knows more.
#[test]
fn a_phrasing_is_understood_once_everything_is_learnt() {
    const SAID: &str = "the wagon sailed straight past ours";
    let place = tempfile::tempdir().unwrap();
    let intents = place.path().join("intents");
    small_content(&intents);
    // Nobody could guess what people here mean by it.
    let phrasings = [
        SAID,
        "wagon sailed past",
        "they sailed past with the wagon",
        "the wagon never stopped at ours",
    ];
    fs::write(
        intents.join("highways/phrasings.toml"),
        format!("pothole = {phrasings:?}"),
    )
    .unwrap();
    let sources = config(place.path()).sources();
    let (bundle, _) = Bundle::load_with(SENTENCES.clone(), &sources, date(2026, 6, 10)).unwrap();
    let confidence = || {
        let understood = bundle.understand_text(SAID.to_owned());
        let ranked = understood.ranked.iter();
        ranked
            .filter(|one| one.intent.as_str() == "highways/pothole")
            .map(|one| one.confidence)
            .sum::<f32>()
    };
    let at_first = confidence();
    assert!(at_first < 0.5, "{at_first}");
    assert!(bundle.finish().is_some());
    let at_last = confidence();
    assert!(at_last > 0.5, "{at_last}");
    assert!(bundle.finish().is_none());
}

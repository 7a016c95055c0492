//! The shipped content in cross-validation: everything residents say is asked once by a model that has not learnt it.

use crate::golden_content::BUNDLE;
use crate::town::{SENTENCES, shipped};
use cece::engine::Encodings;
use cece::engine::bundle::training;
use cece::nlu::IntentName;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The share of an intent's messages that may be taken for one other.
const CONFUSED_MAX: f64 = 0.1;

#[test]
fn no_two_intents_are_confused_more_than_one_time_in_ten_and_each_can_be_reached() {
    let bundle = &*BUNDLE;
    let lesson = training(&bundle.assistant, Some(SENTENCES.statics()));
    let (_, study) = cece::nlu::train(&lesson).unwrap();
    let texts: Vec<&str> = study.texts().collect();
    let encoder = SENTENCES.encoder();
    // The bundle has kept them.
    let kept = Encodings::in_folder(&shipped().encodings).of_a_part(encoder, &texts, 2);
    drop(texts);
    let mut taken: BTreeMap<IntentName, BTreeMap<Option<IntentName>, usize>> = BTreeMap::new();
    for (_, outcome) in study.outcomes(Arc::clone(encoder) as _, kept.encodings) {
        let expected = outcome.expected.expect("every message has its intent");
        let of = taken.entry(expected).or_default();
        *of.entry(outcome.predicted).or_default() += 1;
    }
    assert_eq!(
        taken.len(),
        bundle.assistant.intents.len(),
        "an intent has nothing to be asked"
    );
    let mut confused = Vec::new();
    for (intent, mut of) in taken {
        let all: usize = of.values().sum();
        let right = of.remove(&Some(intent.clone())).unwrap_or(0);
        assert!(2 * right > all, "{intent}: {right} of {all} reach it");
        for (other, count) in of {
            let share = count as f64 / all as f64;
            if share > CONFUSED_MAX {
                confused.push(format!(
                    "{count} of {all} of {intent} are taken for {other:?}"
                ));
            }
        }
    }
    assert!(confused.is_empty(), "\n{}", confused.join("\n"));
}

//! Personal data, as a resident meets it: what is found and what is left alone, what the record
//! shows, what a question may keep, and the laws that hold for any text.

use cece::pii::{Detector, Expectation, KindSet, PiiKind, RawText, Treatment};
use proptest::prelude::*;
use std::sync::{Arc, LazyLock};

static DETECTOR: LazyLock<Detector> = LazyLock::new(|| {
    let own: [Arc<str>; 3] = [
        "03069 990 000".into(),
        "01632 960999".into(),
        "@cheshvale.example".into(),
    ];
    Detector::new(&own).expect("the rule table compiles")
});

fn safe(text: &str) -> String {
    DETECTOR
        .screen(RawText::new(text.to_owned()), None)
        .safe
        .as_str()
        .to_owned()
}

/// Lines of "message => what the record shows". Gives every line that came out otherwise.
fn check(cases: &str) {
    let mut wrong = Vec::new();
    for (text, wanted) in cases
        .lines()
        .filter_map(|line| line.trim().split_once(" => "))
    {
        let shown = safe(text);
        if shown != wanted {
            wrong.push(format!("{text}\n  wanted {wanted}\n  shown  {shown}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn identifiers_are_replaced_by_what_they_are() {
    check(include_str!("pii/identifiers.txt"));
}

#[test]
fn facts_about_people_are_replaced_by_what_they_are() {
    check(include_str!("pii/people.txt"));
}

#[test]
fn harmless_messages_are_left_alone() {
    let lines = include_str!("pii/harmless.txt")
        .lines()
        .filter(|line| !line.is_empty());
    let wrong: Vec<String> = lines
        .filter(|line| safe(line) != **line)
        .map(|line| format!("{line}\n  shown  {}", safe(line)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

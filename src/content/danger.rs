//! Reading `danger.toml`: what the detector of danger learns besides the examples of the danger intents.
//!
//! Its messages belong to no intent: they say that there is danger, whichever, or that what sounds like it
//! is none. Authors write into it what was missed and what was a false alarm.

use super::fields::Fields;
use super::intent::check_examples;
use super::load::Ground;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Messages to learn danger from.
#[derive(Debug, Default)]
pub struct Sounds {
    /// What means danger.
    pub danger: Vec<Arc<str>>,
    /// What sounds like danger and is none.
    pub harmless: Vec<Arc<str>>,
}

/// Reads the file.
pub(super) fn read(fields: Fields<'_>, ground: &Ground<'_>) -> Sounds {
    let mut seen = BTreeSet::new();
    let mut read = |key: &str| -> Vec<Arc<str>> {
        let texts = check_examples(&fields, &fields.texts(key), ground).into_iter();
        let new = texts.filter(|text| {
            let new = seen.insert(text.value.to_lowercase());
            if !new {
                let what = format!("`{}` is written twice", text.value);
                fields.page.error(text.span.start, what, "keep it once");
            }
            new
        });
        new.map(|text| text.value.into()).collect()
    };
    let sounds = Sounds {
        danger: read("danger"),
        harmless: read("harmless"),
    };
    fields.done();
    sounds
}

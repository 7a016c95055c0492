//! Reading `<department>/phrasings.toml`: what residents say beyond the examples in the intents' own files.
//!
//! An author's examples show what an intent is; how strangers put it takes many people's words. They stand
//! beside, so that an intent's file stays something that can be read.

use super::Intent;
use super::fields::Fields;
use super::intent::check_examples;
use super::load::Ground;
use crate::nlu::IntentName;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What was read, from one file after another.
pub(super) struct Phrasings {
    read: Vec<(IntentName, Arc<str>)>,
    /// What is written already, in small letters, and whose it is.
    written: BTreeMap<String, IntentName>,
}

impl Phrasings {
    /// None yet, but the intents' examples.
    pub(super) fn beside(intents: &BTreeMap<IntentName, Intent>) -> Self {
        let examples = intents.values().flat_map(|intent| {
            let texts = intent.examples.iter();
            texts.map(|text| (text.to_lowercase(), intent.name.clone()))
        });
        Self {
            read: Vec::new(),
            written: examples.collect(),
        }
    }

    /// Reads the file of a department: a list of messages for each intent of `named` that is in it.
    pub(super) fn read(
        &mut self,
        fields: Fields<'_>,
        department: &str,
        named: &BTreeSet<IntentName>,
        ground: &Ground<'_>,
    ) {
        let own = |name: &&IntentName| name.department() == department;
        for name in named.iter().filter(own) {
            let (_, key) = name.as_str().split_once('/').unwrap_or_default();
            for text in check_examples(&fields, &fields.texts(key), ground) {
                let at = text.span.start;
                if !text.value.chars().any(char::is_alphanumeric) {
                    let what = format!("`{}` has no word in it", text.value);
                    fields.page.error(at, what, "write what residents say");
                    continue;
                }
                match self.written.entry(text.value.to_lowercase()) {
                    Entry::Vacant(new) => {
                        new.insert(name.clone());
                        self.read.push((name.clone(), text.value.into()));
                    }
                    // `cece review` makes examples of what was said, and some of it is here.
                    Entry::Occupied(known) if known.get() == name => {
                        let what =
                            format!("`{}` is written twice, here or as an example", text.value);
                        fields.page.warning(at, what, "keep it once");
                    }
                    Entry::Occupied(known) => {
                        let what =
                            format!("`{}` is what residents say for {}", text.value, known.get());
                        fields.page.error(at, what, "keep it where it belongs");
                    }
                }
            }
        }
        fields.done();
    }

    /// All of them, in the order of the departments and of their intents.
    pub(super) fn all(self) -> Vec<(IntentName, Arc<str>)> {
        self.read
    }
}

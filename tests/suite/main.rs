//! One integration binary: a module a contract.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(
    clippy::too_many_lines,
    reason = "a test tells one conversation from beginning to end"
)]

mod accounts;
mod archive;
mod archive_fixture;
mod audit;
mod authoring;
mod authors_day;
mod confusions;
mod content;
mod content_page;
mod crash;
mod damage;
mod departments;
mod dialogue;
mod dialogue_laws;
mod entities;
mod exchange;
mod golden;
mod golden_content;
mod hostile;
mod languages;
mod layers;
mod learning;
mod meaning;
mod nlu;
mod office;
mod oracle;
mod pii;
mod protocol;
mod reload;
mod residue;
mod retention;
mod rights;
mod routing;
mod second_look;
mod sentence_models;
mod sinks;
mod small_council;
mod store_story;
mod sweeping;
mod telephone;
mod town;

//! One integration binary: a module a contract.

mod archive;
mod archive_fixture;
mod content;
mod crash;
mod damage;
mod departments;
mod dialogue;
mod dialogue_laws;
mod golden;
mod golden_content;
mod hostile;
mod layers;
mod meaning;
mod nlu;
mod pii;
mod protocol;
mod reload;
mod retention;
mod sinks;
mod small_council;
mod store_story;
mod town;

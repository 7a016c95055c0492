//! One integration binary: a module a contract.

mod content;
mod crash;
mod departments;
mod dialogue;
mod dialogue_laws;
mod golden;
mod golden_content;
mod hostile;
mod layers;
mod nlu;
mod pii;
mod protocol;
mod retention;
mod small_council;
mod store_story;

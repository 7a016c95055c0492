//! One integration binary: a module a contract.

mod content;
mod crash;
mod departments;
mod dialogue;
mod golden;
mod hostile;
mod layers;
mod nlu;
mod pii;
mod protocol;
mod retention;
mod store_story;

//! `CeCe`: a conversational assistant engine for council contact centres.
//!
//! The modules in the order in which a message meets them:
//!
//! - [`channels`]: what carries it, from the chat's WebSocket to the telephone, one translator a protocol;
//! - [`engine`]: one turn from end to end: load, redact, understand, step, commit, answer;
//! - [`pii`]: what is personal data, the policy, and redaction, where raw text ends;
//! - [`nlu`]: what was meant;
//! - [`dialogue`]: the state machine, pure;
//! - [`departments`] and [`content`]: who deals with it, and what authors wrote in `intents/`;
//! - [`transcripts`]: what is kept, for how long, and how it goes;
//! - [`server`]: routes, limits, metrics, shutdown; [`commands`]: one file a subcommand.

pub mod channels;
pub mod commands;
pub mod content;
pub mod departments;
pub mod dialogue;
pub mod engine;
pub mod nlu;
pub mod pii;
pub mod server;
pub mod transcripts;

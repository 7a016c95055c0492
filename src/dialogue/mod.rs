//! The state machine: `step(&State, Input, &Assistant, now) -> Step`.
//!
//! Pure: the same arguments give the same events. A state is the fold of its recorded [`Event`]s,
//! and `step` builds its new state by applying the very events that it returns, so that a replay
//! cannot differ. It does not read raw text, know a channel's protocol, or store anything.

mod event;
mod input;

pub use event::{Channel, Choice, Event, Expects, Outcome, Redirection, Speaker, Why};
pub use input::{Input, Utterance};

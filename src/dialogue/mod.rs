//! The state machine: `step(&State, Input, &Assistant, now) -> Step`.
//!
//! Pure: the same arguments give the same events. A state is the fold of its recorded [`Event`]s,
//! and `step` builds its new state by applying the very events that it returns, so that a replay
//! cannot differ. It does not read raw text, know a channel's protocol, or store anything.

mod clarify;
mod collect;
mod correction;
mod event;
mod form;
mod input;
mod language;
mod needs;
mod noted;
mod reading;
mod route;
mod state;
mod step;
mod turn;
mod wait;
mod wording;

pub use crate::nlu::entities::VALUE_CHARS_MAX;
pub use event::{Channel, Choice, Event, Expects, Outcome, Redirection, Speaker, Why};
pub use input::{Input, Utterance};
pub use language::language_of;
pub use state::{
    CHOICES_MAX, FORMS_MAX, NEEDS_MAX, OFFICER_TURNS_MAX, REPEAT_CHARS_MAX, SAID_CHARS_MAX, State,
    TURNS_MAX,
};
pub use step::{Step, notice, step};
pub use wait::{Phase, Wait};

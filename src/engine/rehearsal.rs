//! A conversation that nobody has: an author's, with the content as it is. Nothing of it is kept.
//!
//! It goes the way of a resident's: screened with what was asked for, understood, stepped.

use super::bundle::Bundle;
use super::golden::{Player, read_move};
use crate::content::Locale;
use crate::dialogue::{Channel, Event, Input, State, step};
use crate::nlu::Understanding;
use crate::pii::{Finding, SafeText};
use jiff::Timestamp;

/// The reference that a rehearsed conversation has.
const REFERENCE: &str = "CV-7K4M-29QX";

/// A conversation with a bundle, at one moment.
pub struct Rehearsal<'a> {
    bundle: &'a Bundle,
    state: State,
    at: Timestamp,
}

/// What came of one move.
#[derive(Debug)]
pub struct Rehearsed {
    /// What happened.
    pub events: Vec<Event>,
    /// Where personal data stood in what was typed; none in a move that is no words.
    pub findings: Vec<Finding>,
    /// What was typed, without it.
    pub safe: Option<SafeText>,
    /// What was meant.
    pub understanding: Option<Understanding>,
}

impl<'a> Rehearsal<'a> {
    /// Begins one, and what the assistant says first.
    #[must_use]
    pub fn begin(
        bundle: &'a Bundle,
        channel: Channel,
        locale: Locale,
        at: Timestamp,
    ) -> (Self, Vec<Event>) {
        let start = Input::Start {
            channel,
            locale,
            reference: REFERENCE.to_owned(),
            page: None,
            contact: None,
        };
        let begun = step(&State::default(), start, &bundle.assistant, at);
        let rehearsal = Self {
            bundle,
            state: begun.state,
            at,
        };
        (rehearsal, begun.events)
    }

    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Says `line`, or does what stands in it in brackets, as in a golden conversation:
    /// `[choose LABEL]`, `[press 1]`, `[silence]`.
    ///
    /// # Errors
    /// That there is no such move or choice, in words for whoever typed it.
    pub fn play(&mut self, line: &str) -> Result<Rehearsed, String> {
        let screen = self.bundle.screen();
        let player = Player {
            assistant: &self.bundle.assistant,
            understand: &*self.bundle.understand,
            screen: &screen,
        };
        let input = player.input(&read_move(line)?, &self.state)?;
        let (mut findings, mut safe, mut understanding) = (Vec::new(), None, None);
        if let Input::Said(utterance) = &input {
            findings.clone_from(&utterance.findings);
            safe = Some(utterance.safe.clone());
            understanding = Some(utterance.understanding.clone());
        }
        let done = step(&self.state, input, &self.bundle.assistant, self.at);
        self.state = done.state;
        Ok(Rehearsed {
            events: done.events,
            findings,
            safe,
            understanding,
        })
    }
}

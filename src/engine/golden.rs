//! Golden conversations, `transcripts/golden/*.txt`: read, played, and compared turn by turn.
//!
//! An author can read and write them; each is played with the assistant, the screener and the
//! understanding that it is given. It touches no store and no file: it takes the text.
//!
//! What is said and done must come in the order written; others may stand between. What holds of the
//! whole turn (`warns`, `gentle`, `keeps`, `tag`, `unsure`, `command`, `quiet`) may stand anywhere.

use crate::content::{Assistant, Locale, Phrase, Then};
use crate::dialogue::{Channel, Event, Input, Outcome, Phase, State, Utterance, Wait, Why, step};
use crate::nlu::{Command, IntentName, Understand, Verdict};
use crate::pii::{Expectation, PiiKind, RawText, Screened, Treatment, treatment};
use jiff::Timestamp;

mod record;
mod script;

use record::happened;
pub use record::{expectations, written};
pub(super) use script::read_move;
use script::{Check, Move, Turn};
pub use script::{Fault, Golden};

/// The reference that a played conversation has.
const REFERENCE: &str = "CV-7K4M-29QX";

/// Plays golden conversations.
pub struct Player<'a> {
    /// The content.
    pub assistant: &'a Assistant,
    /// Understands what the screener let through.
    pub understand: &'a dyn Understand,
    /// Screens what the resident says, with what was asked for just now.
    pub screen: &'a dyn Fn(RawText, Option<&Expectation>) -> Screened,
}

/// How a conversation differs from what was expected: for an author's eyes.
#[derive(Debug, thiserror::Error)]
#[error("{name}:{line}: expected `{expected}` after `{said}`; {what}\nthe turn was:\n{turn}")]
pub struct Difference {
    /// The conversation's title.
    pub name: String,
    /// Line of the expectation, from 1.
    pub line: u32,
    /// The expectation as it is written.
    pub expected: String,
    /// What the resident did, as it is written.
    pub said: String,
    /// What is wrong.
    pub what: String,
    /// What happened in the turn, a line each, as far as it could be written as an expectation.
    pub turn: String,
}

impl Player<'_> {
    /// Plays `golden` from its beginning.
    ///
    /// # Errors
    ///
    /// The first expectation that does not hold, with what happened instead.
    pub fn play(&self, golden: &Golden) -> Result<(), Box<Difference>> {
        let start = Input::Start {
            channel: golden.channel,
            locale: golden.locale,
            reference: REFERENCE.to_owned(),
            page: None,
            contact: None,
        };
        let begun = step(&State::default(), start, self.assistant, golden.at);
        let mut state = begun.state;
        self.compare(golden, &golden.start, &begun.events, &state)?;
        for turn in &golden.turns {
            let done = match self.input(&turn.said, &state) {
                Ok(input) => step(&state, input, self.assistant, golden.at),
                Err(what) => {
                    return Err(Box::new(Difference {
                        name: golden.title.clone(),
                        line: turn.line,
                        expected: turn.written.clone(),
                        said: turn.written.clone(),
                        what,
                        turn: String::new(),
                    }));
                }
            };
            state = done.state;
            self.compare(golden, turn, &done.events, &state)?;
        }
        Ok(())
    }

    /// Every step of `golden` from phase to phase, with what made it in a word or two; up to where it
    /// cannot be played any further.
    #[must_use]
    pub fn walk(&self, golden: &Golden) -> Vec<(Phase, String, Phase)> {
        let start = Input::Start {
            channel: golden.channel,
            locale: golden.locale,
            reference: REFERENCE.to_owned(),
            page: None,
            contact: None,
        };
        let mut state = step(&State::default(), start, self.assistant, golden.at).state;
        let mut steps = Vec::new();
        for turn in &golden.turns {
            let Ok(input) = self.input(&turn.said, &state) else {
                break;
            };
            let done = step(&state, input, self.assistant, golden.at);
            steps.push((state.phase(), moved_by(&done.events), done.state.phase()));
            state = done.state;
        }
        steps
    }

    pub(super) fn input(&self, said: &Move, state: &State) -> Result<Input, String> {
        Ok(match said {
            Move::Nothing | Move::Silence => Input::Silence,
            Move::Says(text) => self.utterance(text, state),
            Move::Chooses(wanted) => Input::Chose {
                choice: find_choice(state, wanted)?,
            },
            Move::Presses(digit) => Input::Pressed { digit: *digit },
            Move::NoMatch => Input::NoMatch,
            Move::TimesOut => Input::TimedOut,
            Move::Ends => Input::Ended,
        })
    }

    fn utterance(&self, text: &str, state: &State) -> Input {
        let expectation = state.expectation();
        let screened = (self.screen)(RawText::new(text.to_owned()), expectation.as_ref());
        let understanding = self.understand.understand(&screened.meaning);
        Input::Said(Utterance {
            safe: screened.safe,
            findings: screened.findings,
            answer: screened.answer,
            heard_otherwise: Vec::new(),
            understanding,
        })
    }

    fn compare(
        &self,
        golden: &Golden,
        turn: &Turn,
        events: &[Event],
        state: &State,
    ) -> Result<(), Box<Difference>> {
        let mut from = 0;
        for expected in &turn.expects {
            let check = &expected.check;
            let found = |from: usize| {
                (from..events.len()).find(|place| {
                    events
                        .get(*place)
                        .is_some_and(|event| self.holds(check, event, state))
                })
            };
            let what = if let Check::Tag(class) = check {
                let kept = state.class().map_or("nothing", |class| class.as_str());
                (kept != class).then(|| format!("it is kept under `{kept}`"))
            } else if matches!(check, Check::Quiet) {
                found(0).map(|_| "there was a warning".to_owned())
            } else if check.is_of_turn() {
                found(0).is_none().then(|| "it did not happen".to_owned())
            } else {
                match (found(from), found(0)) {
                    (Some(place), _) => {
                        from = place;
                        None
                    }
                    (None, Some(_)) => Some("it came before what is expected above it".to_owned()),
                    (None, None) => Some("it did not happen".to_owned()),
                }
            };
            if let Some(what) = what {
                return Err(Box::new(Difference {
                    name: golden.title.clone(),
                    line: expected.line,
                    expected: expected.written.clone(),
                    said: turn.written.clone(),
                    what,
                    turn: happened(events, state, self.assistant).join("\n"),
                }));
            }
        }
        Ok(())
    }

    /// Whether `event` is what `check` asks for; of [`Check::Quiet`], what it forbids.
    fn holds(&self, check: &Check, event: &Event, state: &State) -> bool {
        let is_danger = |name: &IntentName| {
            let intent = self.assistant.intents.get(name);
            intent.is_some_and(|intent| intent.then == Then::Danger)
        };
        match check {
            Check::Intent(name) => {
                matches!(event, Event::IntentTaken { intent, .. } if intent.as_str() == name)
            }
            Check::Danger(name) => matches!(
                event,
                Event::IntentTaken { intent, .. } | Event::Understood { danger: Some(intent), .. }
                    if intent.as_str() == name && is_danger(intent)
            ),
            Check::Asks(name) => matches!(
                event,
                Event::Said { expects: Some(expects), .. } if expects.slot == *name
            ),
            Check::Clarifies(names) => names.iter().all(|name| is_offered(event, name)),
            Check::Offers(label) => is_offered(event, label),
            Check::Says(part) => event.told().is_some_and(|text| text.contains(part)),
            Check::Gentle => {
                let gentle = Phrase::Gentle;
                let gentle = self.assistant.wording.phrase(gentle, state.locale());
                matches!(event, Event::Warned { text, .. } if text == gentle)
            }
            Check::Warns(wanted) => matches!(
                event,
                Event::Warned { kinds, .. } if wanted.iter().all(|kind| kinds.contains(kind))
            ),
            Check::Quiet => {
                let is_gentle = |kind| treatment(kind, false) == Treatment::Gentle;
                matches!(event, Event::Warned { kinds, .. } if !kinds.iter().all(|kind| is_gentle(*kind)))
            }
            Check::Slot(name, wanted) => matches!(
                event,
                Event::SlotFilled { slot, value, .. } if slot == name && value.as_str() == wanted
            ),
            Check::Redirect(department, open) => matches!(
                event,
                Event::Redirected(to)
                    if to.department == *department && open.is_none_or(|open| open == to.open_now)
            ),
            Check::Outcome(wanted) => {
                matches!(event, Event::Settled { outcome, .. } if outcome == wanted)
            }
            Check::Keeps(name) => matches!(
                event,
                Event::NeedKept { intent } | Event::FormKept { intent } if intent.as_str() == name
            ),
            Check::Unsure => matches!(
                event,
                Event::Understood {
                    verdict: Verdict::Unsure,
                    ..
                } | Event::Waiting {
                    on: Wait::Rephrase | Wait::Department
                }
            ),
            Check::Closed(wanted) => matches!(event, Event::Closed { why } if why == wanted),
            Check::Command(wanted) => {
                matches!(event, Event::Understood { command, .. } if *command == Some(*wanted))
            }
            // Of the state after the turn, not of an event.
            Check::Tag(_) => false,
        }
    }
}

/// What moved a conversation on, in a word or two.
fn moved_by(events: &[Event]) -> String {
    let word = events.iter().find_map(|event| {
        if let Event::Understood {
            danger, command, ..
        } = event
        {
            let command = command.map(|command| format!("{command:?}").to_lowercase());
            return danger.as_ref().map(|_| "danger".to_owned()).or(command);
        }
        let words = [
            (matches!(event, Event::SlotFilled { .. }), "an answer"),
            (matches!(event, Event::IntentTaken { .. }), "a need"),
            (matches!(event, Event::Silent), "silence"),
            (matches!(event, Event::NotRecognised), "not recognised"),
            (matches!(event, Event::TimedOut), "time out"),
            (matches!(event, Event::EndRequested), "the resident ends it"),
        ];
        let word = words.into_iter().find(|(is, _)| *is);
        word.map(|(_, word)| word.to_owned())
    });
    word.unwrap_or_else(|| "not understood".to_owned())
}

/// Whether a choice with this id or label is offered.
fn is_offered(event: &Event, wanted: &str) -> bool {
    let Event::Said { choices, .. } = event else {
        return false;
    };
    choices
        .iter()
        .any(|one| one.id == wanted || one.label == wanted)
}

/// The id of the choice that is meant by its label or its id.
fn find_choice(state: &State, wanted: &str) -> Result<String, String> {
    let choices = state.choices();
    choices
        .iter()
        .find(|one| one.id == wanted || one.label == wanted)
        .map(|one| one.id.clone())
        .ok_or_else(|| {
            let labels: Vec<&str> = choices.iter().map(|one| one.label.as_str()).collect();
            format!(
                "there is no such choice; offered were: {}",
                labels.join(", ")
            )
        })
}

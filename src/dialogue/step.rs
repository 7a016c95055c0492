//! `step`: what happens to a conversation, decided into events. The first of them is the input's.
//!
//! Danger comes before anything, then the warning about personal data, then what was meant. It does
//! no work itself: each input is handed to the part that knows about it.

use super::reading::{self, Reading};
use super::state::{OFFICER_TURNS_MAX, TURNS_MAX};
use super::turn::Turn;
use super::wording;
use super::{Channel, Event, Input, Outcome, Speaker, State, Utterance, Wait, Why};
use crate::content::{Assistant, Locale, Phrase, ear};
use crate::nlu::{Command, RANKED_MAX, Understanding};
use crate::pii::{PiiKind, SafeText, Treatment};
use crate::transcripts::retention::ClassName;
use jiff::Timestamp;

/// The most characters of what a platform says about a failure, or a client about a choice.
const DETAIL_CHARS_MAX: usize = 200;

/// Silences in a row, or speech that could not be recognised, after which one more silence ends a call.
const MISSES_MAX: u8 = 4;

/// What a step gives.
#[derive(Debug, Clone)]
pub struct Step {
    /// What happened, the input first: what is recorded.
    pub events: Vec<Event>,
    /// The old state with exactly those events applied.
    pub state: State,
}

/// Decides what follows from `input`. A closed conversation takes nothing: no events, same state.
#[must_use]
pub fn step(state: &State, input: Input, assistant: &Assistant, now: Timestamp) -> Step {
    let mut turn = Turn::new(state, assistant, now);
    if !state.is_closed() {
        turn.take_input(input);
    }
    Step {
        events: turn.events,
        state: turn.state,
    }
}

/// That the assistant is automated, what is kept of this conversation and for how long, and how to
/// reach a person.
#[must_use]
pub fn notice(assistant: &Assistant, channel: Channel, locale: Locale, reference: &str) -> String {
    let class = ClassName::new(channel.record_class());
    let kept_for = assistant
        .register
        .rows
        .get(&class)
        .map(|row| wording::period(&row.keep_for, locale))
        .unwrap_or_default();
    let text = match channel {
        Channel::Web => assistant.wording.phrase(Phrase::Notice, locale),
        Channel::Phone => assistant.wording.spoken(Phrase::Notice, locale),
    };
    wording::fill(text, &[("reference", reference), ("kept_for", &kept_for)])
}

/// By which way a conversation came.
struct Arrival {
    page: Option<String>,
    contact: Option<String>,
}

impl<'a> Turn<'a> {
    fn take_input(&mut self, input: Input) {
        match input {
            Input::Start {
                channel,
                locale,
                reference,
                page,
                contact,
            } => self.start(channel, locale, reference, Arrival { page, contact }),
            Input::Said(utterance) => self.said(utterance),
            Input::Chose { choice } => self.chose(&choice),
            Input::Pressed { digit } => self.pressed(digit),
            Input::Keyed(utterance) => self.keyed(&utterance),
            Input::Language(locale) => self.change_language(locale),
            Input::Silence => self.missed(Event::Silent, Phrase::Silence),
            Input::NoMatch => self.missed(Event::NotRecognised, Phrase::NoMatch),
            // The resident is speaking: what they say follows, and talking over them would be rude.
            Input::Interrupted { heard_chars } => self.push(Event::Interrupted { heard_chars }),
            Input::TimedOut => {
                self.push(Event::TimedOut);
                self.say_phrase(Phrase::TimedOut, &[]);
                self.close(Why::TimedOut);
            }
            Input::OfficerJoined { officer } => self.officer_joined(officer),
            Input::OfficerSaid { text } => self.officer_said(&text),
            Input::OfficerLeft => {
                self.push(Event::OfficerLeft);
                self.say_phrase(Phrase::OfficerLeft, &[]);
                self.wait(Wait::Else);
            }
            Input::Ended => {
                self.push(Event::EndRequested);
                // A call ends by being put through or hung up; nobody says so but the channel.
                self.goodbye(if self.is_phone() {
                    Why::Channel
                } else {
                    Why::Resident
                });
            }
            Input::Failed { what } => self.failed(&what),
        }
    }

    fn start(&mut self, channel: Channel, locale: Locale, reference: String, from: Arrival) {
        self.push(Event::Started {
            channel,
            locale,
            assistant: self.assistant.version.to_string(),
            reference,
            page: from.page,
            contact: from.contact,
        });
        let council = &self.assistant.council.name;
        self.say_phrase(Phrase::Greeting, &[("council", council)]);
        // In writing, the channel shows the notice all the time; on the phone it has to be said.
        if self.is_phone() {
            let reference = self.state.reference.to_string();
            let text = notice(self.assistant, channel, locale, &reference);
            self.say(&text);
        }
    }

    fn said(&mut self, utterance: Utterance) {
        let reading = reading::read(self.before, &utterance, self.assistant, &self.reader());
        self.push(Event::Heard {
            text: reading::heard(&reading, &utterance),
        });
        // An answer may be a Welsh street or name.
        let is_answer = matches!(reading, Reading::Answer { .. } | Reading::Corrected { .. });
        let language = if is_answer || self.state.officer {
            None
        } else {
            self.hear_language(&utterance)
        };
        let understanding = &utterance.understanding;
        self.push(Event::Understood {
            verdict: understanding.verdict,
            ranked: understanding
                .ranked
                .iter()
                .take(RANKED_MAX)
                .cloned()
                .collect(),
            danger: understanding.danger.clone(),
            command: understanding.command,
        });
        self.record_exempt(&utterance, &reading);
        if let Reading::Danger(intent) = reading {
            self.say_danger(intent);
        }
        self.warn(&utterance);
        if let Reading::Danger(intent) = reading {
            self.keep_needs(&understanding.also);
            self.route_danger(intent);
        }
        if self.is_taken_elsewhere() {
            return;
        }
        let found = reading::taken(&utterance);
        match reading {
            Reading::Danger(_) => {}
            Reading::Chosen(id) => self.pick(&id, true),
            Reading::Answer { slot, value } => {
                self.keep_needs(&understanding.also);
                if value.is_none() && self.reader().is_impossible_date(&reading::said(&utterance)) {
                    self.say_phrase(Phrase::NoSuchDay, &[]);
                }
                self.note_beside(slot, &utterance.safe);
                self.answered(slot, value, found);
            }
            Reading::Corrected { slot, value } => self.corrected(slot, &value, found),
            Reading::Command(command) => self.command(command, understanding),
            Reading::Request if self.meet_language(language) => {}
            Reading::Request => {
                self.aside = Some(utterance.safe.clone());
                self.request(understanding);
            }
        }
    }

    /// Records what was asked for just now and so not warned about.
    fn record_exempt(&mut self, utterance: &Utterance, reading: &Reading) {
        let exempt: Vec<PiiKind> = reading::kinds(utterance, |one| one == Treatment::Take)
            .iter()
            .collect();
        if !exempt.is_empty() {
            let slot = match reading {
                Reading::Answer { slot, .. } | Reading::Corrected { slot, .. } => {
                    Some(slot.name.to_string())
                }
                Reading::Danger(_)
                | Reading::Chosen(_)
                | Reading::Command(_)
                | Reading::Request => self.before.expects.as_ref().map(|one| one.slot.clone()),
            };
            self.push(Event::Exempted {
                slot: slot.unwrap_or_default(),
                kinds: exempt,
            });
        }
    }

    /// The one warning of the turn, and the gentle word, whose text comes once in a conversation.
    fn warn(&mut self, utterance: &Utterance) {
        let of = |wanted: fn(Treatment) -> bool| -> Vec<PiiKind> {
            reading::kinds(utterance, wanted).iter().collect()
        };
        let warned = of(|one| matches!(one, Treatment::Warn | Treatment::Refuse));
        if !warned.is_empty() {
            let text = self.warning(&warned);
            self.push(Event::Warned {
                kinds: warned,
                text,
            });
        }
        let gentle = of(|one| one == Treatment::Gentle);
        if !gentle.is_empty() {
            let text = if self.before.gentle {
                String::new()
            } else {
                self.assistant
                    .wording
                    .phrase(Phrase::Gentle, self.locale())
                    .to_owned()
            };
            self.push(Event::Warned {
                kinds: gentle,
                text,
            });
        }
    }

    fn chose(&mut self, id: &str) {
        let offered = self.before.choices.iter().find(|one| one.id == id);
        let label = offered.map_or_else(String::new, |one| one.label.clone());
        self.push(Event::Chose {
            choice: id.chars().take(DETAIL_CHARS_MAX).collect(),
            label,
        });
        if !self.is_taken_elsewhere() {
            self.pick(id, offered.is_some());
        }
    }

    fn pressed(&mut self, digit: char) {
        let place = digit.to_digit(10).and_then(|n| n.checked_sub(1));
        let choice = place
            .and_then(|place| self.before.choices.get(usize::try_from(place).ok()?))
            .cloned();
        let label = choice.as_ref().map(|one| one.label.clone());
        self.push(Event::Pressed {
            label: label.unwrap_or_default(),
        });
        if self.is_taken_elsewhere() {
            return;
        }
        if digit == '0' {
            return self.hand_over(Phrase::Person);
        }
        match choice {
            Some(one) => self.pick(&one.id, true),
            None => self.press_answer(digit),
        }
    }

    /// Several keys at once: an answer where a number is asked for. Nothing else is kept of them.
    fn keyed(&mut self, utterance: &Utterance) {
        self.push(Event::Pressed {
            label: String::new(),
        });
        self.record_exempt(utterance, &Reading::Request);
        self.warn(utterance);
        if !self.is_taken_elsewhere() {
            self.answer_keys(utterance);
        }
    }

    /// From now on in `locale`, as the channel was told.
    fn change_language(&mut self, locale: Locale) {
        self.push(Event::LanguageChanged { locale });
        if !self.is_taken_elsewhere() {
            self.say_language_changed();
        }
    }

    /// In which language it goes on, and what was asked again in it.
    fn say_language_changed(&mut self) {
        let changed = self.phrase(Phrase::LanguageChanged);
        match self.state.wait {
            Wait::Need | Wait::Rephrase | Wait::Else => {
                let hello = self.phrase(Phrase::Hello);
                self.say(&wording::sentences(changed, hello));
            }
            Wait::Which
            | Wait::Department
            | Wait::Slot { .. }
            | Wait::Confirm
            | Wait::CorrectWhich
            | Wait::Resume
            | Wait::Transfer { .. } => self.repeat_question(changed),
        }
    }

    /// Silence or noise: the question again, and the second time in a row a person. Where nobody is
    /// there to take it, a line on which nobody speaks is not held for hours.
    fn missed(&mut self, event: Event, phrase: Phrase) {
        let is_silence = event == Event::Silent;
        self.push(event);
        if self.is_taken_elsewhere() {
            return;
        }
        if is_silence && self.state.misses >= MISSES_MAX {
            self.say_phrase(Phrase::TimedOut, &[]);
            return self.close(Why::TimedOut);
        }
        if self.state.misses >= 2 {
            return self.hand_over(Phrase::NoMatchPerson);
        }
        let text = self.phrase(phrase);
        self.repeat_question(text);
    }

    fn failed(&mut self, what: &str) {
        self.push(Event::Failed {
            what: what.chars().take(DETAIL_CHARS_MAX).collect(),
        });
        if !self.is_taken_elsewhere() {
            let text = self.phrase(Phrase::Failed);
            self.repeat_question(text);
        }
    }

    fn officer_joined(&mut self, officer: String) {
        self.push(Event::OfficerJoined {
            officer: officer.clone(),
        });
        self.say_phrase(Phrase::OfficerJoined, &[("officer", &officer)]);
        self.settle_all(Outcome::HandedOver);
        self.wait(Wait::Else);
    }

    fn officer_said(&mut self, text: &SafeText) {
        self.push(Event::Said {
            from: Speaker::Officer,
            text: text.as_str().to_owned(),
            aloud: None,
            choices: Vec::new(),
            links: Vec::new(),
            expects: None,
        });
        self.is_taken_elsewhere();
    }

    /// Whether the assistant has nothing to do: an officer has it, or it has become too long.
    fn is_taken_elsewhere(&mut self) -> bool {
        if self.state.officer {
            if self.state.turns >= OFFICER_TURNS_MAX {
                self.close(Why::TooLong);
            }
            return true;
        }
        if self.state.turns >= TURNS_MAX {
            self.hand_over(Phrase::TooLong);
            self.close(Why::TooLong);
            return true;
        }
        false
    }

    pub(super) fn goodbye(&mut self, why: Why) {
        let reference = self.state.reference.to_string();
        self.say_phrase(Phrase::Goodbye, &[("reference", &reference)]);
        self.close(why);
    }

    /// Closes; what was not settled was abandoned, and so was a conversation that came to nothing.
    fn close(&mut self, why: Why) {
        if self.has_open_needs() {
            self.settle_all(Outcome::Abandoned);
        } else if self.state.heard && !self.state.settled {
            self.settle(Outcome::Abandoned);
        }
        self.push(Event::Closed { why });
    }

    /// Said to the assistant itself.
    fn command(&mut self, command: Command, understanding: &Understanding) {
        match command {
            Command::Person => self.hand_over(Phrase::Person),
            Command::Stop => self.goodbye(Why::Resident),
            Command::StartAgain => {
                if self.has_open_needs() {
                    self.settle_all(Outcome::Abandoned);
                }
                self.push(Event::Restarted);
                self.say_phrase(Phrase::StartedAgain, &[]);
                self.wait(Wait::Need);
            }
            Command::Repeat => self.say_again(),
            Command::Thanks => {
                let text = self.phrase(Phrase::Welcome);
                self.resume_or_repeat(text);
            }
            Command::Greeting => {
                let text = self.phrase(Phrase::Hello);
                self.resume_or_repeat(text);
            }
            Command::GoBack => self.go_back(),
            Command::Correct => self.correct_which(understanding),
            Command::Why => self.say_why(understanding),
            Command::Skip => self.skip(understanding),
            Command::Yes if self.state.wait == Wait::Else => {
                self.say_phrase(Phrase::Hello, &[]);
                self.wait(Wait::Need);
            }
            Command::No if self.state.wait == Wait::Else => self.goodbye(Why::Resident),
            Command::Spell if self.is_phone() && self.state.wait == Wait::Confirm => {
                self.say_confirm_spelt();
            }
            Command::Spell => {
                let spelt = ear::phonetic(&self.state.reference, self.locale());
                let text = wording::fill(self.phrase(Phrase::Spelt), &[("reference", &spelt)]);
                self.resume_or_repeat(&text);
            }
            Command::English => self.speak(Locale::En),
            Command::Welsh => self.speak(Locale::Cy),
            Command::Yes | Command::No => self.request(understanding),
        }
    }

    /// A language was asked for.
    fn speak(&mut self, locale: Locale) {
        if locale != self.locale() {
            self.push(Event::Language { locale });
        }
        self.say_language_changed();
    }

    /// What was said last, once more.
    fn say_again(&mut self) {
        let before = self.before;
        if before.last_said.is_empty() {
            return self.say_phrase(Phrase::NothingToRepeat, &[]);
        }
        // Read back anew, with what the record covers.
        if before.wait == Wait::Confirm && self.is_phone() {
            return self.say_confirm("");
        }
        let expects = before.expects.as_deref().cloned();
        self.push(Event::Said {
            from: Speaker::Assistant,
            text: before.last_said.clone(),
            aloud: None,
            choices: before.choices.clone(),
            links: Vec::new(),
            expects,
        });
    }
}

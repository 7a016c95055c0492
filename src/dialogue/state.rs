//! The state of a conversation: the fold of its recorded events, and nothing else.
//!
//! [`State::apply`] is the only way in which a state changes. It holds what the next step needs and
//! not the conversation: texts are in the record. It decides nothing.

use super::form::{Form, Value};
use super::{Channel, Choice, Event, Expects, Outcome, Phase, Speaker, Wait, Why};
use crate::content::Locale;
use crate::nlu::IntentName;
use crate::pii::{Expectation, PiiKind};
use crate::transcripts::retention::ClassName;

/// The most turns of a conversation; then a person takes it and it is closed.
pub const TURNS_MAX: u16 = 200;
/// The most turns of a conversation that an officer has.
pub const OFFICER_TURNS_MAX: u16 = 5 * TURNS_MAX;
/// The most further needs that are kept for later.
pub const NEEDS_MAX: usize = 5;
/// The most half-filled forms that are kept.
pub const FORMS_MAX: usize = 3;
/// The most choices that are offered at once.
pub const CHOICES_MAX: usize = 8;
/// The most characters of what was said last that are kept for "say that again".
pub const REPEAT_CHARS_MAX: usize = 600;

/// The most characters of what a resident said of their need that are kept while it is dealt with.
pub const SAID_CHARS_MAX: usize = 400;

/// Where a conversation stands. `State::default()` is one that has not begun.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct State {
    pub(super) channel: Channel,
    pub(super) locale: Locale,
    pub(super) reference: Box<str>,
    pub(super) class: Option<ClassName>,
    pub(super) wait: Wait,
    /// The need that is being dealt with, with what was collected for it.
    pub(super) form: Option<Box<Form>>,
    /// Half-filled forms, the last put aside last.
    pub(super) kept: Vec<Form>,
    /// Further needs, the first said first.
    pub(super) needs: Vec<IntentName>,
    /// The intent that was taken last, settled or not.
    pub(super) subject: Option<IntentName>,
    pub(super) choices: Vec<Choice>,
    pub(super) expects: Option<Box<Expects>>,
    /// What the assistant said in its last turn.
    pub(super) last_said: String,
    /// What the resident said of their need, without identifiers, for what it fills unasked.
    pub(super) said: Box<str>,
    pub(super) turns: u16,
    /// Silences and unrecognised speech in a row.
    pub(super) misses: u8,
    /// Attempts in a row to find out which need it is.
    pub(super) lost: u8,
    /// Further tries at what is waited for.
    pub(super) tries: u8,
    /// The resident has said something.
    pub(super) heard: bool,
    /// Nothing was said in this turn yet.
    pub(super) silent: bool,
    pub(super) officer: bool,
    pub(super) queued: bool,
    pub(super) handed_over: bool,
    /// Some need came out, or the conversation as a whole.
    pub(super) settled: bool,
    /// The gentle word was said.
    pub(super) gentle: bool,
    pub(super) closed: Option<Why>,
}

impl State {
    /// The state after `events`, from the beginning.
    pub fn replay<'a>(events: impl IntoIterator<Item = &'a Event>) -> Self {
        let mut state = Self::default();
        for event in events {
            state.apply(event);
        }
        state
    }

    /// What the question asked just now expects, for the screener.
    #[must_use]
    pub fn expectation(&self) -> Option<Expectation> {
        let expects = self.expects.as_ref()?;
        Some(Expectation {
            slot: expects.slot.as_str().into(),
            kinds: expects.kinds,
        })
    }

    /// Where it stands.
    #[must_use]
    pub fn phase(&self) -> Phase {
        if self.closed.is_some() {
            return Phase::Closed;
        }
        if self.officer {
            return Phase::WithOfficer;
        }
        match self.wait {
            Wait::Need if !self.heard => Phase::Greeting,
            Wait::Need | Wait::Rephrase => Phase::Listening,
            Wait::Which | Wait::Department => Phase::Clarifying,
            Wait::Slot { .. } | Wait::CorrectWhich | Wait::Resume => Phase::Collecting,
            Wait::Confirm => Phase::Confirming,
            Wait::Transfer { .. } => Phase::Redirecting,
            Wait::Else if self.queued => Phase::Queued,
            Wait::Else => Phase::WrappingUp,
        }
    }

    /// Whether it is over: a closed conversation takes nothing.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.closed.is_some()
    }

    /// Whether it is about no need yet, or about one that is not known for sure.
    pub(super) fn is_idle(&self) -> bool {
        match self.wait {
            Wait::Need | Wait::Rephrase | Wait::Which | Wait::Department | Wait::Else => true,
            Wait::Slot { .. }
            | Wait::Confirm
            | Wait::CorrectWhich
            | Wait::Resume
            | Wait::Transfer { .. } => false,
        }
    }

    /// The language it is held in.
    #[must_use]
    pub fn locale(&self) -> Locale {
        self.locale
    }

    /// The channel it came by.
    #[must_use]
    pub fn channel(&self) -> Channel {
        self.channel
    }

    /// The record class it is kept under; none before it begins.
    #[must_use]
    pub fn class(&self) -> Option<&ClassName> {
        self.class.as_ref()
    }

    /// The choices that were offered last.
    #[must_use]
    pub fn choices(&self) -> &[Choice] {
        &self.choices
    }

    /// Changes the state by one recorded event.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Started {
                channel,
                locale,
                reference,
                ..
            } => {
                self.channel = *channel;
                self.locale = *locale;
                self.reference = reference.as_str().into();
                self.class = Some(ClassName::new(channel.record_class()));
                self.begin_turn();
            }
            Event::Heard { .. } | Event::Chose { .. } | Event::Pressed { .. } => {
                if let Event::Heard { text } = event {
                    self.remember(text.as_str());
                }
                self.heard = true;
                self.misses = 0;
                self.begin_turn();
            }
            Event::Silent | Event::NotRecognised => {
                self.misses = self.misses.saturating_add(1);
                self.begin_turn();
            }
            Event::LanguageChanged { locale } => {
                self.locale = *locale;
                self.misses = 0;
                self.begin_turn();
            }
            Event::Interrupted { .. }
            | Event::TimedOut
            | Event::EndRequested
            | Event::Failed { .. } => self.begin_turn(),
            Event::Language { locale } => self.locale = *locale,
            Event::OfficerJoined { .. } => {
                self.officer = true;
                self.begin_turn();
            }
            Event::OfficerLeft => {
                self.officer = false;
                self.handed_over = false;
                self.begin_turn();
            }
            Event::Said { .. } => self.apply_said(event),
            Event::Closed { why } => self.close(*why),
            Event::Understood { .. }
            | Event::Warned { .. }
            | Event::Exempted { .. }
            | Event::IntentTaken { .. }
            | Event::NeedKept { .. }
            | Event::SlotFilled { .. }
            | Event::SlotSkipped { .. }
            | Event::SlotCleared { .. }
            | Event::FormKept { .. }
            | Event::Restarted
            | Event::Waiting { .. }
            | Event::Retagged { .. }
            | Event::Settled { .. }
            | Event::Redirected(_) => self.apply_decision(event),
        }
    }

    /// The events of a turn that say what was decided.
    fn apply_decision(&mut self, event: &Event) {
        match event {
            Event::Warned { kinds, .. } => self.gentle |= kinds.iter().any(|kind| is_gentle(*kind)),
            Event::IntentTaken { intent, .. } => self.take(intent),
            Event::NeedKept { intent } => {
                if self.needs.len() < NEEDS_MAX {
                    self.needs.push(intent.clone());
                }
            }
            Event::SlotFilled {
                slot,
                value,
                personal,
                ..
            } => {
                let text = value.clone();
                let personal = *personal;
                self.set(slot, Some(Value { text, personal }));
            }
            Event::SlotSkipped { slot, .. } => self.set(slot, None),
            Event::SlotCleared { slot, .. } => {
                if let Some(form) = &mut self.form {
                    form.clear(slot);
                }
            }
            Event::FormKept { .. } => {
                if let Some(form) = self.form.take()
                    && self.kept.len() < FORMS_MAX
                {
                    self.kept.push(*form);
                }
            }
            Event::Restarted => {
                self.form = None;
                self.kept.clear();
                self.needs.clear();
                self.said = Box::default();
                self.lost = 0;
            }
            Event::Waiting { on } => self.wait_for(on),
            Event::Retagged { class, .. } => self.class = Some(class.clone()),
            Event::Settled { intent, outcome } => self.settle(intent.as_ref(), *outcome),
            Event::Redirected(to) => self.queued = to.transfer && to.queue.is_some(),
            Event::Started { .. }
            | Event::Heard { .. }
            | Event::Chose { .. }
            | Event::Pressed { .. }
            | Event::Silent
            | Event::NotRecognised
            | Event::Interrupted { .. }
            | Event::LanguageChanged { .. }
            | Event::TimedOut
            | Event::OfficerJoined { .. }
            | Event::OfficerLeft
            | Event::EndRequested
            | Event::Failed { .. }
            | Event::Language { .. }
            | Event::Understood { .. }
            | Event::Exempted { .. }
            | Event::Said { .. }
            | Event::Closed { .. } => {}
        }
    }

    /// Keeps what is said of a need while it is not known which, and not the answers to questions.
    fn remember(&mut self, text: &str) {
        match self.wait {
            Wait::Need | Wait::Else => self.said = cut(text, SAID_CHARS_MAX).into(),
            Wait::Rephrase | Wait::Which | Wait::Department => {
                self.said = cut(&format!("{text}. {}", self.said), SAID_CHARS_MAX).into();
            }
            Wait::Slot { .. }
            | Wait::Confirm
            | Wait::CorrectWhich
            | Wait::Resume
            | Wait::Transfer { .. } => {}
        }
    }

    fn begin_turn(&mut self) {
        self.turns = self.turns.saturating_add(1);
        self.silent = true;
    }

    fn apply_said(&mut self, event: &Event) {
        let Event::Said {
            from,
            text,
            choices,
            expects,
            ..
        } = event
        else {
            return;
        };
        match from {
            Speaker::Assistant => {
                if self.silent {
                    self.silent = false;
                    self.choices.clear();
                    self.expects = None;
                    self.last_said.clear();
                } else if !self.last_said.is_empty() {
                    self.last_said.push('\n');
                }
                self.last_said.push_str(text);
                let end = cut(&self.last_said, REPEAT_CHARS_MAX).len();
                self.last_said.truncate(end);
                if !choices.is_empty() {
                    self.choices = choices.iter().take(CHOICES_MAX).cloned().collect();
                }
                if let Some(expects) = expects {
                    self.expects = Some(Box::new(expects.clone()));
                }
            }
            // An officer's words are that turn's input.
            Speaker::Officer => self.begin_turn(),
            Speaker::Resident => {}
        }
    }

    fn take(&mut self, intent: &IntentName) {
        self.needs.retain(|need| need != intent);
        self.subject = Some(intent.clone());
        self.lost = 0;
        self.queued = false;
        self.handed_over = false;
        self.wait = Wait::Need;
        self.tries = 0;
        if self
            .form
            .as_ref()
            .is_some_and(|form| form.intent == *intent)
        {
            return;
        }
        let kept = self.kept.iter().position(|form| form.intent == *intent);
        self.form = Some(Box::new(match kept {
            Some(place) => self.kept.remove(place),
            None => Form::new(intent),
        }));
    }

    fn settle(&mut self, intent: Option<&IntentName>, outcome: Outcome) {
        if let Some(intent) = intent {
            if self
                .form
                .as_ref()
                .is_some_and(|form| form.intent == *intent)
            {
                self.form = None;
            }
            self.kept.retain(|form| form.intent != *intent);
            self.needs.retain(|need| need != intent);
        }
        self.lost = 0;
        self.handed_over = outcome == Outcome::HandedOver;
        self.settled = true;
        self.wait = Wait::Need;
        self.tries = 0;
    }

    fn set(&mut self, slot: &str, value: Option<Value>) {
        if let Some(form) = &mut self.form {
            form.set(slot, value);
        }
    }

    fn wait_for(&mut self, on: &Wait) {
        self.tries = if self.wait == *on {
            self.tries.saturating_add(1)
        } else {
            0
        };
        if matches!(on, Wait::Rephrase | Wait::Which | Wait::Department) {
            self.lost = self.lost.saturating_add(1);
        }
        self.wait = on.clone();
    }

    /// What is over keeps nothing but the fact.
    fn close(&mut self, why: Why) {
        *self = Self {
            channel: self.channel,
            locale: self.locale,
            reference: std::mem::take(&mut self.reference),
            class: self.class.take(),
            turns: self.turns,
            closed: Some(why),
            ..Self::default()
        };
    }
}

/// The first `chars_max` characters of `text`.
fn cut(text: &str, chars_max: usize) -> &str {
    // No text has more characters than bytes, and most are far shorter.
    if text.len() <= chars_max {
        return text;
    }
    let end = text.char_indices().nth(chars_max).map(|(at, _)| at);
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// Whether a kind is redacted with a gentle word and not a warning.
pub(super) fn is_gentle(kind: PiiKind) -> bool {
    matches!(kind, PiiKind::SpecialCategory | PiiKind::Criminal)
}

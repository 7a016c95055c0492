//! A recorded turn as it is spoken: segments in their order, what may be said or keyed next, where the
//! call goes. It words nothing: `content::ear` does.

use crate::content::{Assistant, Locale, SlotType, Then, ear};
use crate::dialogue::{Choice, Event, Expects, Redirection, Speaker};
use crate::engine::TurnOut;
use crate::transcripts::record::TurnRecord;

/// The most keys of a telephone number.
const PHONE_KEYS: usize = 11;
/// The most keys of a date: `23031983`.
const DATE_KEYS: usize = 8;

/// One thing said: one part of what a platform speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Segment {
    /// As it is recorded.
    pub(super) text: String,
    /// As it is spoken.
    pub(super) spoken: String,
}

/// Where the call goes after it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Next {
    /// The caller speaks.
    #[default]
    Listen,
    /// To a person.
    HandOver(Box<Redirection>),
    /// It is over.
    End,
}

/// What is said in a turn, or in several.
#[derive(Debug, Clone, Default)]
pub(super) struct Reply {
    pub(super) segments: Vec<Segment>,
    pub(super) next: Next,
    pub(super) locale: Locale,
    /// Keys that the next answer may have.
    pub(super) keys_max: usize,
    /// Choices offered.
    pub(super) choices: Vec<Choice>,
    /// What is asked for.
    pub(super) expects: Option<Expects>,
    /// What the conversation is about, and how sure that is.
    pub(super) intent: Option<(String, f32)>,
    /// What was collected, covered where it is personal.
    pub(super) slots: Vec<(String, String)>,
    /// What the caller said, as it is recorded.
    pub(super) heard: Option<String>,
    /// Why it goes to a person, in the platforms' words.
    pub(super) cause: Cause,
    /// The resident is in danger: nothing comes before this.
    pub(super) is_danger: bool,
    pub(super) reference: String,
    /// Number of the log's next entry.
    pub(super) next_seq: u64,
}

/// What led to a turn, by what the caller did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Cause {
    /// They spoke or chose.
    #[default]
    Said,
    /// They pressed a key.
    Key,
    /// They said nothing.
    Silence,
    /// They could not be understood.
    NoMatch,
}

impl Reply {
    /// What is said in a turn that was taken just now.
    pub(super) fn of(out: &TurnOut) -> Self {
        let mut reply = Self::begin(out.locale);
        reply.reference = out.reference.clone();
        reply.follow(&out.record, &out.bundle.assistant);
        reply
    }

    /// Nothing yet, in this language.
    pub(super) fn begin(locale: Locale) -> Self {
        Self {
            locale,
            ..Self::default()
        }
    }

    /// Adds a recorded turn.
    pub(super) fn follow(&mut self, turn: &TurnRecord, assistant: &Assistant) {
        self.keys_max = 1;
        self.choices.clear();
        self.expects = None;
        self.next = Next::Listen;
        self.next_seq = turn.next_seq();
        for event in &turn.events {
            self.add(event, assistant);
        }
        if let Some(expects) = &self.expects {
            self.keys_max = keys_max(expects, assistant);
        }
    }

    fn add(&mut self, event: &Event, assistant: &Assistant) {
        if let Event::Started {
            locale, reference, ..
        } = event
        {
            self.locale = *locale;
            self.reference.clone_from(reference);
        } else if let Event::LanguageChanged { locale } | Event::Language { locale } = event {
            self.locale = *locale;
        } else if let Event::Heard { text } = event {
            self.heard = Some(text.as_str().to_owned());
            self.cause = Cause::Said;
        } else if matches!(event, Event::Pressed { .. }) {
            self.cause = Cause::Key;
        } else if *event == Event::Silent {
            self.cause = Cause::Silence;
        } else if *event == Event::NotRecognised {
            self.cause = Cause::NoMatch;
        } else if let Event::Understood { danger, .. } = event {
            self.is_danger |= danger.is_some();
        } else if let Event::IntentTaken {
            intent, confidence, ..
        } = event
        {
            self.intent = Some((intent.to_string(), *confidence));
            let taken = assistant.intents.get(intent);
            self.is_danger |= taken.is_some_and(|intent| intent.then == Then::Danger);
        } else if let Event::SlotFilled {
            slot,
            value,
            personal,
            ..
        } = event
        {
            let shown = if *personal { "given" } else { value.as_str() };
            self.slots.push((slot.clone(), shown.to_owned()));
        } else if let Event::Warned { text, .. } = event {
            self.say(text);
        } else if let Event::Said {
            from,
            text,
            aloud,
            choices,
            expects,
            ..
        } = event
        {
            if *from == Speaker::Resident {
                return;
            }
            self.say_as(text, aloud.as_ref().map_or(text, |aloud| aloud.as_str()));
            self.choices.clone_from(choices);
            self.expects.clone_from(expects);
        } else if let Event::Redirected(to) = event {
            if to.transfer {
                self.next = Next::HandOver(Box::new(to.clone()));
            }
        } else if matches!(event, Event::Closed { .. }) && self.next == Next::Listen {
            self.next = Next::End;
        }
    }

    /// Something more is said.
    pub(super) fn say(&mut self, text: &str) {
        self.say_as(text, text);
    }

    /// The same, where it is another text aloud.
    fn say_as(&mut self, text: &str, aloud: &str) {
        let spoken = ear::spoken(aloud, self.locale);
        if !spoken.is_empty() {
            self.segments.push(Segment {
                text: text.to_owned(),
                spoken,
            });
        }
    }

    /// Everything that is said, as it is spoken.
    pub(super) fn spoken(&self) -> String {
        let texts: Vec<&str> = self
            .segments
            .iter()
            .map(|one| one.spoken.as_str())
            .collect();
        texts.join(" ")
    }

    /// Everything that is said, as it is recorded.
    pub(super) fn text(&self) -> String {
        let texts: Vec<&str> = self.segments.iter().map(|one| one.text.as_str()).collect();
        texts.join("\n")
    }
}

/// Keys that an answer to this question may have.
fn keys_max(expects: &Expects, assistant: &Assistant) -> usize {
    let slot = assistant.intents.get(&expects.intent).and_then(|intent| {
        let mut slots = intent.ask.iter();
        slots.find(|slot| *slot.name == *expects.slot)
    });
    match slot.map(|slot| &slot.kind) {
        Some(SlotType::Phone) => PHONE_KEYS,
        Some(SlotType::Date) => DATE_KEYS,
        Some(SlotType::Number { max, .. }) => max.to_string().len().max(1),
        Some(
            SlotType::Text
            | SlotType::Address
            | SlotType::Postcode
            | SlotType::Location
            | SlotType::Name
            | SlotType::Email
            | SlotType::Vehicle
            | SlotType::YesNo
            | SlotType::Reference
            | SlotType::Choice(_),
        )
        | None => 1,
    }
}

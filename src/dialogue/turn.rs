//! One turn in the making: the working state, the events so far, and how something is said.
//!
//! Everything that happens is pushed as an event and applied at once, so that the new state is the
//! fold of the events by construction. It words sentences and decides nothing.

use super::wording::{self, fill, list};
use super::{Channel, Choice, Event, Expects, Speaker, State, Wait};
use crate::content::{Assistant, Intent, Link, Locale, Phrase, Slot, SlotType};
use crate::nlu::IntentName;
use crate::nlu::entities::Reader;
use crate::pii::{PiiKind, SafeText, SlotText};
use jiff::{Timestamp, civil::Date};

/// Id of the choice for a person, among intents (`waste/missed-bin`) and departments (`waste`).
pub(super) const PERSON: &str = "person";
/// Id of the choice for none of those offered.
pub(super) const NONE: &str = "none";
/// Id of the choice for yes.
pub(super) const YES: &str = "yes";
/// Id of the choice for no.
pub(super) const NO: &str = "no";

/// A turn being made.
pub(super) struct Turn<'a> {
    /// The state before the turn.
    pub(super) before: &'a State,
    pub(super) state: State,
    pub(super) events: Vec<Event>,
    pub(super) assistant: &'a Assistant,
    pub(super) now: Timestamp,
    /// What was said in this turn beside what was asked, where it says another need.
    pub(super) aside: Option<SafeText>,
    /// What the next thing said is aloud, where it covers something.
    pub(super) aloud: Option<SlotText>,
}

impl<'a> Turn<'a> {
    pub(super) fn new(before: &'a State, assistant: &'a Assistant, now: Timestamp) -> Self {
        Self {
            before,
            state: before.clone(),
            events: Vec::new(),
            assistant,
            now,
            aside: None,
            aloud: None,
        }
    }

    pub(super) fn push(&mut self, event: Event) {
        self.state.apply(&event);
        self.events.push(event);
    }

    pub(super) fn locale(&self) -> Locale {
        self.state.locale
    }

    pub(super) fn is_phone(&self) -> bool {
        self.state.channel == Channel::Phone
    }

    /// Today, where the council is.
    pub(super) fn today(&self) -> Date {
        self.reader().now.date()
    }

    /// What reads values out of words, by the council's clock.
    pub(super) fn reader(&self) -> Reader<'a> {
        reader(self.assistant, self.now)
    }

    pub(super) fn intent(&self, name: &IntentName) -> Option<&'a Intent> {
        self.assistant.intents.get(name)
    }

    pub(super) fn title(&self, name: &IntentName) -> String {
        self.intent(name).map_or_else(String::new, |intent| {
            intent.title.get(self.locale()).to_owned()
        })
    }

    pub(super) fn wait(&mut self, on: Wait) {
        self.push(Event::Waiting { on });
    }

    pub(super) fn phrase(&self, phrase: Phrase) -> &'a str {
        let wording = &self.assistant.wording;
        if self.is_phone() {
            wording.spoken(phrase, self.locale())
        } else {
            wording.phrase(phrase, self.locale())
        }
    }

    pub(super) fn say(&mut self, text: &str) {
        self.say_all(text, Vec::new(), Vec::new(), None);
    }

    pub(super) fn say_phrase(&mut self, phrase: Phrase, values: &[(&str, &str)]) {
        let text = fill(self.phrase(phrase), values);
        self.say(&text);
    }

    /// Says `text` with `choices`; for the ear, the keys to press are said along.
    pub(super) fn offer(&mut self, text: &str, choices: Vec<Choice>) {
        self.say_all(text, choices, Vec::new(), None);
    }

    pub(super) fn say_all(
        &mut self,
        text: &str,
        choices: Vec<Choice>,
        links: Vec<Link>,
        expects: Option<Expects>,
    ) {
        if text.is_empty() && choices.is_empty() {
            return;
        }
        let text = if self.is_phone() {
            with_keys(text, &choices)
        } else {
            text.to_owned()
        };
        let aloud = self.aloud.take();
        self.push(Event::Said {
            from: Speaker::Assistant,
            text,
            aloud,
            choices,
            links,
            expects,
        });
    }

    pub(super) fn yes_no(&self) -> Vec<Choice> {
        vec![
            choice(YES, self.phrase(Phrase::YesChoice)),
            choice(NO, self.phrase(Phrase::NoChoice)),
        ]
    }

    /// What the intent tells a resident on this channel, with its links.
    pub(super) fn say_answer(&mut self, intent: &Intent) {
        let answer = &intent.answer;
        let text = match &answer.spoken {
            Some(spoken) if self.is_phone() => spoken,
            Some(_) | None => &answer.text,
        };
        let text = text.get(self.locale());
        let links = intent
            .links
            .iter()
            .map(|link| link.get(self.locale()))
            .collect();
        self.say_all(text, Vec::new(), links, None);
    }

    /// The question of `slot` after `before`, with its choices and what it expects.
    pub(super) fn say_question(&mut self, intent: &Intent, slot: &Slot, before: &str) {
        let prompt = match &slot.spoken {
            Some(spoken) if self.is_phone() => spoken,
            Some(_) | None => &slot.prompt,
        };
        let text = wording::sentences(before, prompt.get(self.locale()));
        self.say_question_as(intent, slot, &text);
    }

    /// The question of `slot` in other words.
    pub(super) fn say_question_as(&mut self, intent: &Intent, slot: &Slot, text: &str) {
        let choices = if slot.kind == SlotType::YesNo {
            self.yes_no()
        } else {
            let choices = slot.kind.choices().iter().take(super::state::CHOICES_MAX);
            choices
                .map(|one| choice(&one.key, one.label.get(self.locale())))
                .collect()
        };
        let expects = Expects {
            intent: intent.name.clone(),
            slot: slot.name.to_string(),
            kinds: slot.pii,
        };
        self.say_all(text, choices, Vec::new(), Some(expects));
    }

    /// One warning that names every kind: that it was removed, why, and the safe route.
    pub(super) fn warning(&self, kinds: &[PiiKind]) -> String {
        let mut names: Vec<&str> = Vec::new();
        let mut advice: Vec<&str> = Vec::new();
        for kind in kinds {
            if let Some(warning) = self.assistant.wording.warning(*kind, self.locale()) {
                if !names.contains(&&*warning.what) {
                    names.push(&warning.what);
                }
                let said = match &warning.spoken {
                    Some(spoken) if self.is_phone() => spoken,
                    _ => &warning.advice,
                };
                if !advice.contains(&&**said) {
                    advice.push(said);
                }
            }
        }
        let what = list(&names, self.locale());
        let removed = fill(self.phrase(Phrase::Removed), &[("what", &what)]);
        wording::sentences(&removed, &advice.join(" "))
    }
}

/// What reads values out of words, with what the content lists, by the council's clock.
pub(super) fn reader(assistant: &Assistant, now: Timestamp) -> Reader<'_> {
    let council = &assistant.council;
    Reader {
        lexicon: &assistant.lexicon,
        holidays: &council.holidays,
        now: council.time_zone.to_datetime(now),
    }
}

pub(super) fn choice(id: &str, label: &str) -> Choice {
    Choice {
        id: id.to_owned(),
        label: label.to_owned(),
    }
}

/// The text with the key for each choice, for the ear. Yes and no are simply said; a person is on 0.
fn with_keys(text: &str, choices: &[Choice]) -> String {
    if choices.iter().any(|one| one.id == YES) {
        return text.to_owned();
    }
    let mut spoken = text.to_owned();
    for (place, one) in choices.iter().enumerate() {
        let key = if one.id == PERSON { 0 } else { place + 1 };
        spoken = wording::sentences(&spoken, &format!("{key}: {}.", one.label));
    }
    spoken
}

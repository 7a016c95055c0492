//! A form, question by question: asking, re-asking, going back, correcting, reading back, reporting.
//!
//! How an answer is read is `nlu::entities`'; where the finished form goes is `route`'s.

use super::form::{Form, Value};
use super::turn::{NONE, PERSON, Turn, choice};
use super::wording::{self, fill, sentences, slot_words};
use super::{Choice, Event, Expects, Outcome, Utterance, VALUE_CHARS_MAX, Wait, noted, reading};
use crate::content::{Intent, Phrase, Slot, SlotType, Then, ear};
use crate::nlu::{IntentName, Understanding};
use crate::pii::{KindSet, SlotText, Treatment};

/// Times that a question is asked again before a person takes it.
const REASKS_MAX: u8 = 2;
/// The most characters of one value in a read-back or a summary.
pub(super) const SHOWN_CHARS_MAX: usize = 120;
/// The same where some are spelt, each letter as "W for Whiskey".
const SPELT_CHARS_MAX: usize = 5 * SHOWN_CHARS_MAX;

impl<'a> Turn<'a> {
    /// The intent whose form is being filled in.
    fn present(&self) -> Option<&'a Intent> {
        self.intent(&self.state.form.as_ref()?.intent)
    }

    /// The slot that is asked for now, with its intent.
    fn asked(&self) -> Option<(&'a Intent, &'a Slot)> {
        let Wait::Slot { slot } = &self.state.wait else {
            return None;
        };
        let intent = self.present()?;
        let slot = intent.ask.iter().find(|one| *one.name == **slot)?;
        Some((intent, slot))
    }

    /// Asks the next question of the present form; after the last, reads back or finishes.
    pub(super) fn collect(&mut self) {
        let (Some(intent), Some(form)) = (self.present(), &self.state.form) else {
            // Another content than it was begun with, in which this intent is gone.
            return self.hand_over(Phrase::Person);
        };
        match intent.ask.iter().find(|slot| !form.is_answered(&slot.name)) {
            Some(slot) => {
                self.wait(Wait::Slot {
                    slot: slot.name.to_string(),
                });
                let street = (slot.kind == SlotType::Address)
                    .then(|| noted::street(&self.state.said, &self.reader()))
                    .flatten();
                match street {
                    Some(street) => {
                        let text = fill(self.phrase(Phrase::HouseNumber), &[("street", &street)]);
                        self.say_question_as(intent, slot, &text);
                    }
                    None => self.say_question(intent, slot, ""),
                }
            }
            None if intent.confirm && !intent.ask.is_empty() => {
                self.wait(Wait::Confirm);
                self.say_confirm("");
            }
            None => self.complete(),
        }
    }

    /// An answer to the question asked: its value, or none where it could not be read, and what the
    /// screening `found` in it of what was asked for.
    pub(super) fn answered(&mut self, slot: &Slot, value: Option<String>, found: KindSet) {
        let Some(value) = value else {
            return self.ask_again();
        };
        let value = Value {
            text: SlotText::new(&value),
            personal: reading::is_personal(slot, found),
        };
        self.fill_slot(slot, &value);
        let is_cut = value.text.as_str().chars().count() >= VALUE_CHARS_MAX;
        if is_cut || (value.personal && !self.is_phone()) {
            let shown = self.shown(slot, &value, VALUE_CHARS_MAX, self.is_phone());
            self.say_phrase(
                Phrase::Masked,
                &[("slot", &slot_words(&slot.name)), ("value", &shown)],
            );
        }
        self.collect();
    }

    pub(super) fn fill_slot(&mut self, slot: &Slot, value: &Value) {
        if let Some(intent) = self.state.form.as_ref().map(|form| form.intent.clone()) {
            self.push(Event::SlotFilled {
                intent,
                slot: slot.name.to_string(),
                value: value.text.clone(),
                personal: value.personal,
            });
        }
    }

    /// One of the values offered was chosen.
    pub(super) fn pick_value(&mut self, id: &str) {
        match self.asked() {
            Some((_, slot)) => self.answered(slot, Some(id.to_owned()), KindSet::EMPTY),
            None => self.ask_again(),
        }
    }

    /// A key that is no choice: an answer where a single digit can be one.
    pub(super) fn press_answer(&mut self, digit: char) {
        let value = self.asked().and_then(|(intent, slot)| {
            let pressed = SlotText::new(&digit.to_string());
            let value = self.reader().answer(&intent.name, slot, &pressed, None)?;
            Some((slot, value))
        });
        match value {
            Some((slot, value)) => self.answered(slot, Some(value), KindSet::EMPTY),
            None => self.ask_again(),
        }
    }

    /// Several keys: an answer where the question asks for a number, and nothing elsewhere.
    pub(super) fn answer_keys(&mut self, keyed: &Utterance) {
        let refused = |one| matches!(one, Treatment::Warn | Treatment::Refuse);
        let refused = !reading::kinds(keyed, refused).is_empty();
        let value = self.asked().and_then(|(intent, slot)| {
            let is_number = matches!(
                slot.kind,
                SlotType::Phone | SlotType::Date | SlotType::Number { .. }
            );
            if refused || !is_number {
                return None;
            }
            let reader = self.reader();
            let value = reader.answer(&intent.name, slot, &reading::said(keyed), None)?;
            Some((slot, value))
        });
        match value {
            Some((slot, value)) => self.answered(slot, Some(value), reading::taken(keyed)),
            None => self.ask_again(),
        }
    }

    /// Asks the same once more, as something that could not be read; the third time a person.
    pub(super) fn ask_again(&mut self) {
        if self.state.tries >= REASKS_MAX {
            return self.hand_over(Phrase::ReaskGiveUp);
        }
        let wait = self.state.wait.clone();
        self.wait(wait);
        if let Some((intent, slot)) = self.asked()
            && let Some(reask) = &slot.reask
        {
            return self.say_question_as(intent, slot, reask.get(self.locale()));
        }
        self.repeat_question(self.phrase(Phrase::Reask));
    }

    /// Says `text`, then what is being asked at present, as one.
    pub(super) fn repeat_question(&mut self, text: &str) {
        let phrase = match self.state.wait.clone() {
            Wait::Slot { .. } => {
                return match self.asked() {
                    Some((intent, slot)) => self.say_question(intent, slot, text),
                    None => self.say(text),
                };
            }
            Wait::Confirm => return self.say_confirm(text),
            Wait::Resume => {
                let kept = self.state.kept.last().map(|form| &form.intent);
                let title = kept.map_or_else(String::new, |name| self.title(name));
                let question = fill(self.phrase(Phrase::ResumeForm), &[("intent", &title)]);
                return self.offer(&sentences(text, &question), self.yes_no());
            }
            Wait::Transfer { department, .. } => {
                let title = self.department_title(&department);
                let question = fill(
                    self.phrase(Phrase::TransferAgree),
                    &[("department", &title)],
                );
                return self.offer(&sentences(text, &question), self.yes_no());
            }
            Wait::CorrectWhich => Phrase::CorrectWhich,
            Wait::Which => Phrase::Clarify,
            Wait::Department => Phrase::UnsureOffer,
            Wait::Need | Wait::Rephrase | Wait::Else => return self.say(text),
        };
        let question = sentences(text, self.phrase(phrase));
        self.offer(&question, self.choices_again());
    }

    /// What was offered before, in the present language.
    fn choices_again(&self) -> Vec<Choice> {
        let again = |one: &Choice| {
            let label = match one.id.as_str() {
                PERSON => self.phrase(Phrase::PersonChoice).to_owned(),
                NONE => self.phrase(Phrase::NoneOfThese).to_owned(),
                id => Some(self.title(&IntentName::new(id)))
                    .filter(|title| !title.is_empty())
                    .unwrap_or_else(|| one.label.clone()),
            };
            choice(&one.id, &label)
        };
        self.before.choices.iter().map(again).collect()
    }

    /// Says `text`, then goes on: with the question at hand, or with what was kept.
    pub(super) fn resume_or_repeat(&mut self, text: &str) {
        self.repeat_question(text);
        let is_idle = matches!(self.state.wait, Wait::Need | Wait::Rephrase | Wait::Else);
        if is_idle && self.has_open_needs() {
            self.next();
        }
    }

    /// Why it is asked, and the question again.
    pub(super) fn say_why(&mut self, understanding: &Understanding) {
        match self.asked() {
            Some((intent, slot)) => {
                let reason = slot.reason.get(self.locale());
                let why = fill(self.phrase(Phrase::WeAsk), &[("reason", reason)]);
                self.say_question(intent, slot, &why);
            }
            None => self.request(understanding),
        }
    }

    pub(super) fn skip(&mut self, understanding: &Understanding) {
        match self.asked() {
            Some((intent, slot)) if slot.optional => {
                self.push(Event::SlotSkipped {
                    intent: intent.name.clone(),
                    slot: slot.name.to_string(),
                });
                self.collect();
            }
            Some(_) => self.ask_again(),
            None => self.request(understanding),
        }
    }

    /// The form, while it is being filled in or read back.
    fn open_form(&self) -> Option<&Form> {
        match self.state.wait {
            Wait::Slot { .. } | Wait::Confirm | Wait::CorrectWhich => self.state.form.as_deref(),
            Wait::Need
            | Wait::Rephrase
            | Wait::Which
            | Wait::Department
            | Wait::Resume
            | Wait::Transfer { .. }
            | Wait::Else => None,
        }
    }

    /// Back to the question before this one.
    pub(super) fn go_back(&mut self) {
        let last = self
            .open_form()
            .and_then(|form| Some(form.values.last()?.0.to_string()));
        match last {
            Some(slot) => self.reopen(&slot),
            None => self.repeat_question(self.phrase(Phrase::NothingToGoBack)),
        }
    }

    /// Takes the value of `slot` back and asks for it again.
    pub(super) fn reopen(&mut self, slot: &str) {
        if let Some(intent) = self.state.form.as_ref().map(|form| form.intent.clone()) {
            self.push(Event::SlotCleared {
                intent,
                slot: slot.to_owned(),
            });
        }
        self.collect();
    }

    /// Something is wrong: in a form, which answer; elsewhere it is a message like any other.
    pub(super) fn correct_which(&mut self, understanding: &Understanding) {
        match self.open_form() {
            Some(_) if self.state.wait == Wait::CorrectWhich => self.ask_again(),
            Some(_) => self.choose_correction(),
            None => self.request(understanding),
        }
    }

    /// Asks which of the answers should be changed; where there is only one, asks that again.
    pub(super) fn choose_correction(&mut self) {
        let given: Vec<String> = self.state.form.as_ref().map_or_else(Vec::new, |form| {
            form.values
                .iter()
                .map(|(slot, _)| slot.to_string())
                .collect()
        });
        match given.as_slice() {
            [] => self.ask_again(),
            [only] => self.reopen(only),
            several => {
                let choices = several
                    .iter()
                    .take(super::state::CHOICES_MAX)
                    .map(|slot| choice(slot, &slot_words(slot)))
                    .collect();
                self.wait(Wait::CorrectWhich);
                let text = self.phrase(Phrase::CorrectWhich);
                let expects = self.corrections();
                self.say_all(text, choices, Vec::new(), expects);
            }
        }
    }

    /// A slot was corrected in passing: said so, then back to what was asked. In "14 not 40" nothing
    /// is found, but the address that it goes into is as personal as it was.
    pub(super) fn corrected(&mut self, slot: &Slot, value: &str, found: KindSet) {
        let form = self.state.form.as_ref();
        let before = form.and_then(|form| form.get(&slot.name));
        let value = Value {
            text: SlotText::new(value),
            personal: reading::is_personal(slot, found) || before.is_some_and(|one| one.personal),
        };
        self.fill_slot(slot, &value);
        let text = fill(
            self.phrase(Phrase::Corrected),
            &[("slot", &slot_words(&slot.name))],
        );
        if self.state.wait == Wait::CorrectWhich {
            self.say(&text);
            self.collect();
        } else {
            self.repeat_question(&text);
        }
    }

    /// While a form is read back, a new value of what it asked for is no surprise.
    fn corrections(&self) -> Option<Expects> {
        let form = self.state.form.as_ref()?;
        let asking: Vec<&Slot> = form
            .values
            .iter()
            .filter_map(|(name, _)| reading::slot(self.assistant, form, name))
            .filter(|slot| !slot.pii.is_empty())
            .collect();
        Some(Expects {
            intent: form.intent.clone(),
            slot: asking.last()?.name.to_string(),
            kinds: asking
                .iter()
                .fold(KindSet::EMPTY, |kinds, slot| kinds.union(slot.pii)),
        })
    }

    pub(super) fn say_confirm(&mut self, before: &str) {
        if let Some(form) = self.state.form.clone() {
            let aloud = form.uncovered();
            self.read_back(before, &form, &aloud, SHOWN_CHARS_MAX);
        }
    }

    /// The read-back once more, as it was asked for: what is easily misheard by the telephone alphabet.
    pub(super) fn say_confirm_spelt(&mut self) {
        let Some(form) = self.state.form.clone() else {
            return;
        };
        let mut aloud = form.uncovered();
        for (name, value) in &mut aloud.values {
            let slot = reading::slot(self.assistant, &form, name);
            let is_spelt = slot.is_some_and(|slot| {
                matches!(
                    slot.kind,
                    SlotType::Address
                        | SlotType::Postcode
                        | SlotType::Vehicle
                        | SlotType::Reference
                        | SlotType::Name
                )
            });
            if let Some(value) = value.as_mut().filter(|_| is_spelt) {
                let spelt = ear::phonetic(value.text.as_str(), self.locale());
                value.text = SlotText::new(&spelt);
            }
        }
        self.read_back("", &form, &aloud, SPELT_CHARS_MAX);
    }

    /// Asks whether the form is right: recorded with what is personal covered, and on the phone said
    /// as `aloud` has it.
    fn read_back(&mut self, before: &str, form: &Form, aloud: &Form, chars_max: usize) {
        let question = |form: &Form, chars_max| {
            let slots = self.slots_in_words(form, self.is_phone(), chars_max);
            let title = self.title(&form.intent);
            let values = [("intent", title.as_str()), ("slots", slots.as_str())];
            sentences(before, &fill(self.phrase(Phrase::Confirm), &values))
        };
        let text = question(form, SHOWN_CHARS_MAX);
        let aloud = self.is_phone().then(|| question(aloud, chars_max));
        let expects = self.corrections();
        self.aloud = aloud
            .filter(|aloud| *aloud != text)
            .map(|aloud| SlotText::new(&aloud));
        self.say_all(&text, self.yes_no(), Vec::new(), expects);
    }

    /// What was collected, personal data masked: "address: 14 A***** A*****; bin type: Black bin".
    pub(super) fn slots_in_words(&self, form: &Form, for_ear: bool, chars_max: usize) -> String {
        let parts: Vec<String> = form
            .values
            .iter()
            .filter_map(|(name, value)| {
                let slot = reading::slot(self.assistant, form, name)?;
                let value = value.as_ref()?;
                let shown = self.shown(slot, value, chars_max, for_ear);
                Some(if shown.is_empty() {
                    slot_words(name)
                } else {
                    format!("{}: {shown}", slot_words(name))
                })
            })
            .collect();
        // An ear hears where one ends and the next begins only by a pause.
        parts.join(if for_ear { ". " } else { "; " })
    }

    /// A value as it is shown: personal data masked, choices and days in words.
    pub(super) fn shown(
        &self,
        slot: &Slot,
        value: &Value,
        chars_max: usize,
        for_ear: bool,
    ) -> String {
        let locale = self.locale();
        let personal = value.personal;
        let value = value.text.as_str();
        let shown = match &slot.kind {
            _ if personal && for_ear => wording::masked_for_ear(value),
            _ if personal => wording::masked(value),
            SlotType::Choice(choices) => choices
                .iter()
                .find(|one| *one.key == *value)
                .map_or(value, |one| one.label.get(locale))
                .to_owned(),
            SlotType::YesNo if value == super::turn::YES => {
                self.phrase(Phrase::YesChoice).to_owned()
            }
            SlotType::YesNo => self.phrase(Phrase::NoChoice).to_owned(),
            SlotType::Date => value
                .parse()
                .map_or_else(|_| value.to_owned(), |date| wording::day(date, locale)),
            SlotType::Text
            | SlotType::Address
            | SlotType::Postcode
            | SlotType::Location
            | SlotType::Name
            | SlotType::Phone
            | SlotType::Email
            | SlotType::Vehicle
            | SlotType::Number { .. }
            | SlotType::Reference => value.to_owned(),
        };
        shown.chars().take(chars_max).collect()
    }

    /// Everything is collected.
    pub(super) fn complete(&mut self) {
        let Some(intent) = self.present() else {
            return self.hand_over(Phrase::Person);
        };
        match intent.then {
            Then::Report | Then::Decide => self.report(intent),
            Then::Redirect => self.route(&intent.department),
            Then::Answer | Then::Form | Then::Pay | Then::Danger => {
                self.settle(Outcome::Answered);
                self.next();
            }
        }
    }
}

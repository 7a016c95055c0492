//! What a message says beside what was asked: slots that it fills, so that nobody is asked for what
//! they have said.
//!
//! Only from text without identifiers: what is personal is taken where it was asked for, and nowhere
//! else. What is noted is said, and stands in the read-back like every answer. Which words are a value
//! is `nlu::entities`'.

use super::form::Value;
use super::turn::Turn;
use super::wording::slot_words;
use crate::content::{Intent, Phrase, Slot, SlotType};
use crate::nlu::entities::{Address, Day, Entity, List, Reader, Value as Said};
use crate::pii::{SafeText, SlotText};

impl Turn<'_> {
    /// Fills what the message in which a need was said already answers.
    pub(super) fn note(&mut self, intent: &Intent) {
        let said = match self.aside.take() {
            Some(aside) if !self.before.is_idle() => aside.as_str().to_owned(),
            Some(_) | None => self.state.said.to_string(),
        };
        self.note_all(intent, None, &said);
    }

    /// Fills what an answer to `asked` says beside it. In free text any words may stand.
    pub(super) fn note_beside(&mut self, asked: &Slot, said: &SafeText) {
        let form = self.state.form.as_ref();
        if asked.kind != SlotType::Text
            && let Some(intent) = form.and_then(|form| self.intent(&form.intent))
        {
            self.note_all(intent, Some(asked), said.as_str());
        }
    }

    fn note_all(&mut self, intent: &Intent, asked: Option<&Slot>, said: &str) {
        if said.is_empty() || intent.ask.is_empty() {
            return;
        }
        let dates = intent.ask.iter().filter(|slot| slot.kind == SlotType::Date);
        let one_date = dates.count() == 1;
        let form = self.state.form.as_ref();
        // What is asked for as personal data is not taken from words that were said unasked.
        let is_open = |slot: &&Slot| {
            let noted = matches!(slot.kind, SlotType::Choice(_) | SlotType::Reference)
                || slot.kind == SlotType::Date && one_date;
            noted
                && slot.pii.is_empty()
                && form.is_some_and(|form| !form.is_answered(&slot.name))
                && asked.is_none_or(|asked| asked.name != slot.name)
        };
        let open: Vec<&Slot> = intent.ask.iter().filter(is_open).collect();
        if open.is_empty() {
            return;
        }
        let found = self.reader().read_text(said);
        let mut noted = Vec::new();
        for slot in open {
            let value = match &slot.kind {
                SlotType::Choice(_) => choice(&found, intent, slot),
                SlotType::Date => date(&found),
                SlotType::Reference => reference(&found),
                SlotType::Text
                | SlotType::Location
                | SlotType::Address
                | SlotType::Name
                | SlotType::Postcode
                | SlotType::Phone
                | SlotType::Email
                | SlotType::Vehicle
                | SlotType::YesNo
                | SlotType::Number { .. } => None,
            };
            if let Some(value) = value {
                let value = Value {
                    text: SlotText::new(&value),
                    personal: false,
                };
                self.fill_slot(slot, &value);
                let shown = self.shown(slot, &value, VALUE_CHARS_SHOWN, self.is_phone());
                noted.push(format!("{}: {shown}", slot_words(&slot.name)));
            }
        }
        if !noted.is_empty() {
            self.say_phrase(Phrase::Noted, &[("slots", &noted.join("; "))]);
        }
    }
}

/// The most characters that are shown of a value that was noted.
const VALUE_CHARS_SHOWN: usize = 120;

/// The one value that all of `found` agree on, as far as `value` knows them.
fn only<T: PartialEq>(found: &[Entity], value: impl Fn(&Said) -> Option<T>) -> Option<T> {
    let mut values = found.iter().filter_map(|entity| value(&entity.value));
    let first = values.next()?;
    values.all(|other| other == first).then_some(first)
}

fn choice(found: &[Entity], intent: &Intent, asked: &Slot) -> Option<String> {
    only(found, |value| match value {
        Said::Choice {
            list: List::Slot { intent: of, slot },
            key,
            is_refused: false,
        } if *of == intent.name && *slot == asked.name => Some(key.to_string()),
        Said::Choice { .. }
        | Said::Postcode(_)
        | Said::Address(_)
        | Said::Date(_)
        | Said::Time(_)
        | Said::Length(_)
        | Said::Money(_)
        | Said::Number(_)
        | Said::Ordinal(_)
        | Said::Phone(_)
        | Said::Email(_)
        | Said::Vehicle(_)
        | Said::Reference(_)
        | Said::Answer(_) => None,
    })
}

fn date(found: &[Entity]) -> Option<String> {
    only(found, |value| {
        let Said::Date(Day::On(date)) = value else {
            return None;
        };
        Some(date.to_string())
    })
}

fn reference(found: &[Entity]) -> Option<String> {
    only(found, |value| {
        let Said::Reference(reference) = value else {
            return None;
        };
        Some(reference.clone())
    })
}

/// The one street without a number that a text names: what it can say of an address.
pub(super) fn street(said: &str, reader: &Reader<'_>) -> Option<String> {
    if said.is_empty() {
        return None;
    }
    only(&reader.read_text(said), |value| {
        let Said::Address(Address {
            unit,
            house,
            street,
        }) = value
        else {
            return None;
        };
        (unit.is_empty() && house.is_empty() && !street.is_empty()).then(|| street.clone())
    })
}

//! What was collected for one need. Which slots there are, and in what order, is the content's.

use crate::nlu::IntentName;
use crate::pii::SlotText;

/// An answer as it was taken.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Value {
    pub(super) text: SlotText,
    /// It is personal data, and so shown masked.
    pub(super) personal: bool,
}

/// A need with what was collected for it so far.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Form {
    pub(super) intent: IntentName,
    /// Slots in the order in which they were answered; `None` where one was passed over.
    pub(super) values: Vec<(Box<str>, Option<Value>)>,
}

impl Form {
    pub(super) fn new(intent: &IntentName) -> Self {
        Self {
            intent: intent.clone(),
            values: Vec::new(),
        }
    }

    pub(super) fn is_answered(&self, slot: &str) -> bool {
        self.values.iter().any(|(name, _)| **name == *slot)
    }

    pub(super) fn get(&self, slot: &str) -> Option<&Value> {
        let (_, value) = self.values.iter().find(|(name, _)| **name == *slot)?;
        value.as_ref()
    }

    pub(super) fn set(&mut self, slot: &str, value: Option<Value>) {
        match self.values.iter_mut().find(|(name, _)| **name == *slot) {
            Some(entry) => entry.1 = value,
            None => self.values.push((slot.into(), value)),
        }
    }

    /// The same with nothing covered, for reading it back to the one who gave it.
    pub(super) fn uncovered(&self) -> Self {
        let mut form = self.clone();
        for value in form
            .values
            .iter_mut()
            .filter_map(|(_, value)| value.as_mut())
        {
            value.personal = false;
        }
        form
    }

    pub(super) fn clear(&mut self, slot: &str) {
        self.values.retain(|(name, _)| **name != *slot);
    }
}

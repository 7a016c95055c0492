//! Text by how far it may go: raw (nowhere), safe (anywhere), slot (the record of the flow that asked).

use super::PiiKind;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;
use zeroize::Zeroizing;

/// What a person typed or said, before screening.
///
/// It has no `Debug`, `Display`, `Serialize` or `Clone`, and only this module can read it, so that
/// it cannot reach a log, a store or a model by mistake. Its memory is overwritten on drop.
pub struct RawText(Zeroizing<String>);

impl RawText {
    /// Takes ownership of a message.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// Length in bytes of UTF-8, for limits.
    #[must_use]
    pub fn len_bytes(&self) -> usize {
        self.0.len()
    }

    /// Whether there is nothing in it but white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }

    /// What stands before the first of `marks`, still raw: an address without its query.
    #[must_use]
    pub fn before(&self, marks: &[char]) -> Self {
        Self::new(self.0.split(marks).next().unwrap_or_default().to_owned())
    }

    /// What follows a leading slash, still raw; none where there is no slash: how some protocols
    /// send the id of a button.
    #[must_use]
    pub fn after_slash(&self) -> Option<Self> {
        let rest = self.0.strip_prefix('/')?;
        Some(Self::new(rest.to_owned()))
    }

    /// The key that was pressed, where it is one key of a telephone and no more; a closing `#` aside.
    #[must_use]
    pub fn only_key(&self) -> Option<char> {
        let mut keys = self.0.trim().trim_end_matches('#').chars();
        let key = keys.next()?;
        let is_key = key.is_ascii_digit() || key == '*';
        (is_key && keys.next().is_none()).then_some(key)
    }

    /// The digits in it, still raw, at most so many.
    #[must_use]
    pub fn digits(&self, max: usize) -> Self {
        let digits = self.0.chars().filter(char::is_ascii_digit);
        Self::new(digits.take(max).collect())
    }

    /// This text and another, still raw.
    #[must_use]
    pub fn joined(&self, between: &str, other: &Self) -> Self {
        Self::new(format!("{}{between}{}", *self.0, *other.0))
    }

    pub(in crate::pii) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Frames are read straight into raw text, so that it is never an ordinary string.
impl<'de> Deserialize<'de> for RawText {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

impl schemars::JsonSchema for RawText {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "RawText".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        String::json_schema(generator)
    }
}

/// Text without identifiers: what logs, stores, models and people may see.
///
/// Made by screening, by a token, or read back from a record that held safe text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct SafeText(Arc<str>);

impl SafeText {
    pub(in crate::pii) fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The token of `kind` alone, for an answer of which nothing else may stand in the record.
    #[must_use]
    pub fn token(kind: PiiKind) -> Self {
        Self(kind.token().into())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SafeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The answer to a question that the dialogue asked: may hold personal data of the asked kinds,
/// belongs in the encrypted record of that flow and nowhere else. `Debug` shows its length only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SlotText(Box<str>);

impl SlotText {
    /// A value worked out from an answer (a choice's key, a corrected house number).
    #[must_use]
    pub fn new(value: &str) -> Self {
        Self(value.into())
    }

    /// The value.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SlotText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SlotText({} bytes)", self.0.len())
    }
}

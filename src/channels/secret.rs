//! A secret of the settings, which is shown to nobody: not in an error, a log or a test that fails.

use serde::Deserialize;
use std::fmt;

/// What a platform must know; empty where it is not set.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The words themselves.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() {
            "Secret(not set)"
        } else {
            "Secret(set)"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whether_it_is_set_is_shown_and_nothing_else() {
        assert_eq!(format!("{:?}", Secret::from("hunter2")), "Secret(set)");
        assert_eq!(format!("{:?}", Secret::default()), "Secret(not set)");
    }
}

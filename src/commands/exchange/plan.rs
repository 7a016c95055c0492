//! What would be written, and what an author is told about it before it is.

use crate::commands::terminal::counted;
use crate::commands::writing::{rewrite, write_new};
use anyhow::Result;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

/// What would be written, and what is to be said about it.
pub(super) struct Plan {
    pub(super) files: BTreeMap<PathBuf, Write>,
    pub(super) report: Report,
}

/// One file.
pub(super) enum Write {
    New(String),
    /// More examples for an intent that is there.
    Changed(String),
}

/// What is taken over and what is not.
#[derive(Debug, Default, Serialize, PartialEq)]
pub(super) struct Report {
    pub(super) new_intents: Vec<String>,
    pub(super) extended_intents: Vec<String>,
    pub(super) utterances_taken: usize,
    pub(super) conversations: usize,
    pub(super) not_taken: Vec<String>,
    /// What an author has to do before the content can be used.
    pub(super) to_do: Vec<String>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            new_intents,
            extended_intents,
            utterances_taken,
            conversations,
            ..
        } = self;
        writeln!(
            f,
            "taken over: {}, {}, {} with more examples, {}",
            counted(*utterances_taken, "utterance"),
            counted(new_intents.len(), "new intent"),
            extended_intents.len(),
            counted(*conversations, "conversation")
        )?;
        for (name, lines) in [
            ("new", new_intents),
            ("more examples", extended_intents),
            ("not taken over", &self.not_taken),
            ("to do", &self.to_do),
        ] {
            for line in lines {
                writeln!(f, "  {name}: {line}")?;
            }
        }
        Ok(())
    }
}

impl Plan {
    /// Writes every file.
    ///
    /// # Errors
    /// The system's, or that a new file is there by now.
    pub(super) fn write(&self) -> Result<()> {
        for (path, file) in &self.files {
            match file {
                Write::New(text) => write_new(path, text)?,
                Write::Changed(text) => rewrite(path, text)?,
            }
        }
        Ok(())
    }
}

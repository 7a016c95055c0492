//! What the assistant waits for, which is recorded, and the phase a client is shown.

use crate::departments::DepartmentName;
use serde::{Deserialize, Serialize};

/// What the assistant waits for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wait {
    /// Any need.
    #[default]
    Need,
    /// The same need in other words.
    Rephrase,
    /// Which of two or three intents is meant.
    Which,
    /// Which of the likeliest departments.
    Department,
    /// The answer to a question of the present form.
    Slot {
        /// Which slot.
        slot: String,
    },
    /// Whether what was read back is right.
    Confirm,
    /// Which of the answers should be changed.
    CorrectWhich,
    /// Whether to go on with the form that was put aside last.
    Resume,
    /// Whether the call may be put through.
    Transfer {
        /// To which department.
        department: DepartmentName,
        /// Whether it cannot wait.
        urgent: bool,
    },
    /// Whether there is anything else.
    Else,
}

impl Phase {
    /// Whether the conversation is over.
    #[must_use]
    pub fn is_closed(self) -> bool {
        self == Self::Closed
    }
}

/// Where a conversation stands, as a client or an officer sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// The resident has said nothing yet.
    Greeting,
    /// Any need.
    Listening,
    /// Which of several is meant.
    Clarifying,
    /// A form is being filled in, question by question.
    Collecting,
    /// A filled form was read back.
    Confirming,
    /// A transfer was offered.
    Redirecting,
    /// Handed over, and waiting for an officer.
    Queued,
    /// An officer has it.
    WithOfficer,
    /// The last need came out; anything else?
    WrappingUp,
    /// Over.
    Closed,
}

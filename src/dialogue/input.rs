//! What happens to a conversation.

use super::Channel;
use crate::content::Locale;
use crate::nlu::Understanding;
use crate::pii::{Finding, SafeText, SlotText};

/// What happens to a conversation, one a turn.
#[derive(Debug, Clone)]
pub enum Input {
    /// It begins.
    Start {
        /// By which channel.
        channel: Channel,
        /// In which language.
        locale: Locale,
        /// The resident's reference code.
        reference: String,
        /// The page it was opened on, where the channel has one: title and URL without its query.
        page: Option<String>,
        /// Of a call, what the telephony platform calls it.
        contact: Option<String>,
    },
    /// The resident wrote or spoke.
    Said(Utterance),
    /// The resident chose one of the choices offered.
    Chose {
        /// The choice's id.
        choice: String,
    },
    /// A key on the telephone.
    Pressed {
        /// `0` to `9`, `*` or `#`.
        digit: char,
    },
    /// Several keys on the telephone, read and screened like what is said. The record holds that keys
    /// were pressed, and a value only where the question asks for a number.
    Keyed(Utterance),
    /// The resident is to be spoken to in another language from now on.
    Language(Locale),
    /// The resident said nothing.
    Silence,
    /// Something was said that the platform could not recognise.
    NoMatch,
    /// The resident interrupted; what they had heard of the last thing said.
    Interrupted {
        /// Characters of it that were heard.
        heard_chars: u32,
    },
    /// Nothing happened for the longest time allowed.
    TimedOut,
    /// An officer took the conversation.
    OfficerJoined {
        /// Their display name.
        officer: String,
    },
    /// An officer wrote.
    OfficerSaid {
        /// Screened like a resident's words.
        text: SafeText,
    },
    /// The officer gave the conversation back.
    OfficerLeft,
    /// The resident ended it.
    Ended,
    /// The platform failed at something.
    Failed {
        /// What, in the platform's words, cut to 200 characters; no content.
        what: String,
    },
}

/// What the resident said, screened and understood.
#[derive(Debug, Clone)]
pub struct Utterance {
    /// Without identifiers.
    pub safe: SafeText,
    /// Personal data that was in it.
    pub findings: Vec<Finding>,
    /// The answer to the question asked just now, if one was.
    pub answer: Option<SlotText>,
    /// The same, as a recogniser heard it otherwise, likelier first.
    pub heard_otherwise: Vec<SlotText>,
    /// What was meant.
    pub understanding: Understanding,
}

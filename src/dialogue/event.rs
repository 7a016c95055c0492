//! What is recorded of a conversation: facts, from which its state is folded again.

use super::Wait;
use crate::content::{Link, Locale};
use crate::departments::DepartmentName;
use crate::nlu::{Command, IntentName, Ranked, Verdict};
use crate::pii::{KindSet, PiiKind, SafeText, SlotText};
use crate::transcripts::retention::ClassName;
use serde::{Deserialize, Serialize};

/// How a resident reaches the assistant.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// In writing: the website, a terminal.
    #[default]
    Web,
    /// By voice, over the telephone bridge.
    Phone,
}

impl Channel {
    /// The record class that a conversation begins with.
    #[must_use]
    pub fn record_class(self) -> &'static str {
        match self {
            Self::Web => "chat",
            Self::Phone => "call",
        }
    }

    /// The record class of its technical data. A call's numbers are kept as long as the call, so that
    /// its recording can be found and goes with it.
    #[must_use]
    pub fn technical_class(self) -> &'static str {
        match self {
            Self::Web => "technical",
            Self::Phone => "call",
        }
    }
}

/// Who said something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Speaker {
    /// The resident, redacted.
    Resident,
    /// The assistant.
    Assistant,
    /// An officer of the council.
    Officer,
}

/// One of the choices offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Choice {
    /// What comes back when it is chosen.
    pub id: String,
    /// What the resident sees.
    pub label: String,
}

/// What the assistant expects next, for the page's input field and the screener.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expects {
    /// The intent that asks.
    pub intent: IntentName,
    /// The slot asked for.
    pub slot: String,
    /// Personal data that the question asks for.
    pub kinds: KindSet,
}

/// Where a conversation was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Redirection {
    /// The department's slug.
    pub department: String,
    /// What a resident calls it.
    pub name: String,
    /// Who does the work, where that is a contractor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contractor: Option<String>,
    /// Its telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Its page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Its queue in a contact-centre or live-chat system.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
    /// Its hours in words, e.g. "Monday to Friday 08:30 to 17:00".
    pub hours: String,
    /// Whether it is open now.
    pub open_now: bool,
    /// When it opens, in words, while it is closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens: Option<String>,
    /// Why, in plain words: the intent's title, or that a person was asked for.
    pub reason: String,
    /// Everything that was collected, masked, so that nobody has to say it again.
    pub summary: String,
    /// Whether it cannot wait.
    pub urgent: bool,
    /// Whether the resident is put through now; false where only their report goes there, or where
    /// it is closed and they are told when it opens.
    #[serde(default)]
    pub transfer: bool,
}

/// How a conversation, or one need in it, came out. Counted separately and honestly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Advice was given.
    Answered,
    /// A report was taken.
    Reported,
    /// Taken to a department.
    Redirected,
    /// Handed to a person.
    HandedOver,
    /// The resident went away.
    Abandoned,
    /// Not the council's.
    OutOfScope,
}

/// Why a conversation was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// The resident ended it.
    Resident,
    /// Nothing was said for the longest time allowed.
    TimedOut,
    /// The longest conversation was reached.
    TooLong,
    /// The channel's call was transferred or hung up.
    Channel,
}

/// A recorded fact. The first of a turn says what came in; the others what was decided and said.
///
/// Those that a client shows ([`Event::takes_seq`]) take a number in the conversation's log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Event {
    /// It began.
    Started {
        /// By which channel.
        channel: Channel,
        /// In which language.
        locale: Locale,
        /// The content it began with.
        assistant: String,
        /// The resident's reference code.
        reference: String,
        /// The page it was opened on.
        #[serde(skip_serializing_if = "Option::is_none")]
        page: Option<String>,
        /// Of a call, what the telephony platform calls it: the reference of its recording.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        contact: Option<String>,
    },
    /// The resident wrote or spoke.
    Heard {
        /// Redacted.
        text: SafeText,
    },
    /// The resident chose.
    Chose {
        /// The choice's id.
        choice: String,
        /// What it said.
        label: String,
    },
    /// The resident pressed a key. Which one is nowhere kept: a card number may be keyed digit by digit.
    Pressed {
        /// What the choice said that the key stood for; empty where it stood for none.
        #[serde(default)]
        label: String,
    },
    /// The resident said nothing.
    Silent,
    /// Speech was not recognised.
    NotRecognised,
    /// The resident interrupted after so many characters.
    Interrupted {
        /// Characters heard of what was being said.
        heard_chars: u32,
    },
    /// From now on it is held in another language.
    LanguageChanged {
        /// Which.
        locale: Locale,
    },
    /// Nothing happened for the longest time allowed.
    TimedOut,
    /// An officer took the conversation.
    OfficerJoined {
        /// Their display name.
        officer: String,
    },
    /// An officer gave it back.
    OfficerLeft,
    /// The resident ended it.
    EndRequested,
    /// The platform failed at something.
    Failed {
        /// What; no content.
        what: String,
    },
    /// The conversation goes on in this language, which the resident wrote in or asked for.
    Language {
        /// The language.
        locale: Locale,
    },
    /// What was understood: decisions are recorded, so that replay never runs the classifier.
    Understood {
        /// How sure.
        verdict: Verdict,
        /// The ranking it rests on.
        ranked: Vec<Ranked>,
        /// Danger, where there was one.
        #[serde(skip_serializing_if = "Option::is_none")]
        danger: Option<IntentName>,
        /// A command, where it was one.
        #[serde(skip_serializing_if = "Option::is_none")]
        command: Option<Command>,
    },
    /// The resident was warned about these kinds, or they were redacted gently.
    Warned {
        /// The kinds, never the values.
        kinds: Vec<PiiKind>,
        /// What they were told: what was removed, why, and the safe route.
        text: String,
    },
    /// These kinds were asked for by this question and so not warned about: the evidence for it.
    Exempted {
        /// The slot that was asked for.
        slot: String,
        /// The kinds that were taken.
        kinds: Vec<PiiKind>,
    },
    /// The conversation is about this intent now.
    IntentTaken {
        /// The intent.
        intent: IntentName,
        /// How confident, 0 to 1; 1 where the resident chose it.
        confidence: f32,
        /// The department it belongs to.
        department: DepartmentName,
    },
    /// A further need was put aside for later.
    NeedKept {
        /// The intent.
        intent: IntentName,
    },
    /// A slot was filled.
    SlotFilled {
        /// The intent that asked.
        intent: IntentName,
        /// The slot.
        slot: String,
        /// Its value, for the flow that asked.
        value: SlotText,
        /// Whether it is personal data, and so shown masked from now on.
        personal: bool,
    },
    /// An optional slot was passed over.
    SlotSkipped {
        /// The intent that asked.
        intent: IntentName,
        /// The slot.
        slot: String,
    },
    /// A slot's value was taken back, to be asked for again.
    SlotCleared {
        /// The intent that asked.
        intent: IntentName,
        /// The slot.
        slot: String,
    },
    /// A half-filled form was put aside, as it is, for another need.
    FormKept {
        /// Its intent.
        intent: IntentName,
    },
    /// The resident began again: nothing that was collected or kept counts any more.
    Restarted,
    /// What the assistant waits for from now on. The same twice in a row is a further try.
    Waiting {
        /// For what.
        on: Wait,
    },
    /// The conversation's record class changed, because this intent's class keeps longer.
    Retagged {
        /// The class from now on.
        class: ClassName,
        /// The intent whose class it is.
        intent: IntentName,
    },
    /// A need came out.
    Settled {
        /// The intent, where one was taken.
        #[serde(skip_serializing_if = "Option::is_none")]
        intent: Option<IntentName>,
        /// How.
        outcome: Outcome,
    },
    /// Something was said to the resident.
    Said {
        /// By whom.
        from: Speaker,
        /// What, for the eye or the ear of this channel.
        text: String,
        /// The same as it is read back on the phone, to the one who gave it: what `text` covers is in
        /// it, so that a wrong figure is heard.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        aloud: Option<SlotText>,
        /// Choices offered with it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        choices: Vec<Choice>,
        /// Links offered with it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        links: Vec<Link>,
        /// What is expected next.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expects: Option<Expects>,
    },
    /// The resident was taken to a department.
    Redirected(Redirection),
    /// It is over.
    Closed {
        /// Why.
        why: Why,
    },
}

impl Outcome {
    /// Its name as it is recorded, e.g. `handed-over`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Reported => "reported",
            Self::Redirected => "redirected",
            Self::HandedOver => "handed-over",
            Self::Abandoned => "abandoned",
            Self::OutOfScope => "out-of-scope",
        }
    }
}

impl Event {
    /// What the assistant told the resident with it: said, or warned.
    #[must_use]
    pub fn told(&self) -> Option<&str> {
        if let Self::Said {
            from: Speaker::Assistant,
            text,
            ..
        }
        | Self::Warned { text, .. } = self
        {
            Some(text)
        } else {
            None
        }
    }

    /// Whether a client shows it, and so whether it takes a number in the log.
    ///
    /// What the resident did takes one, and what is said. What else comes in shows nothing by itself:
    /// numbering it would be a gap to those who show the log.
    #[must_use]
    pub fn takes_seq(&self) -> bool {
        match self {
            Self::Heard { .. }
            | Self::Chose { .. }
            | Self::Pressed { .. }
            | Self::EndRequested
            | Self::Said { .. }
            | Self::Redirected(_) => true,
            Self::Started { .. }
            | Self::Silent
            | Self::NotRecognised
            | Self::Interrupted { .. }
            | Self::LanguageChanged { .. }
            | Self::TimedOut
            | Self::OfficerJoined { .. }
            | Self::OfficerLeft
            | Self::Failed { .. }
            | Self::Language { .. }
            | Self::Understood { .. }
            | Self::Warned { .. }
            | Self::Exempted { .. }
            | Self::IntentTaken { .. }
            | Self::NeedKept { .. }
            | Self::SlotFilled { .. }
            | Self::SlotSkipped { .. }
            | Self::SlotCleared { .. }
            | Self::FormKept { .. }
            | Self::Restarted
            | Self::Waiting { .. }
            | Self::Retagged { .. }
            | Self::Settled { .. }
            | Self::Closed { .. } => false,
        }
    }
}

//! Reading `intents/`: files -> one validated [`Assistant`], or every fault with its place and mend.
//!
//! It does not decide anything about a conversation, and it does not train: `nlu` does, from
//! [`Assistant::examples`].

mod contact;
mod council;
mod danger;
mod department;
pub mod ear;
mod examples;
mod fault;
pub(crate) mod fields;
mod intent;
mod languages;
mod load;
pub(crate) mod page;
mod phrases;
mod phrasings;
mod readability;
mod reader;
mod say;
pub mod schema;
mod slot;
mod wording;

pub use danger::Sounds;
pub(crate) use fault::suggest;
pub use fault::{Fault, Faults, Mend, Severity};
pub use intent::{EXAMPLES_MAX, EXAMPLES_MIN};
pub use languages::{Language, Reply, Script};
pub use load::{Loaded, Scan, load};
pub(crate) use page::position;
pub use reader::read_register;
pub use wording::{Locale, Localized, Phrase, Wording};

use crate::departments::{BankHolidays, Department, DepartmentName};
use crate::nlu::entities::Lexicon;
use crate::nlu::{Command, IntentName};
use crate::pii::KindSet;
use crate::transcripts::retention::{ClassName, Register};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The whole content, checked: nothing in it refers to anything that is not there.
#[derive(Debug)]
pub struct Assistant {
    /// Hash of the files it was read from, 16 hex digits; the record names it with each decision.
    pub version: Arc<str>,
    /// The council it speaks for.
    pub council: Council,
    /// Every department, by its folder.
    pub departments: BTreeMap<DepartmentName, Department>,
    /// Every intent, by its path.
    pub intents: BTreeMap<IntentName, Intent>,
    /// How residents say it beyond the intents' examples, in the order of the intents' names.
    pub phrasings: Vec<(IntentName, Arc<str>)>,
    /// What danger is learnt from besides.
    pub sounds: Sounds,
    /// Greetings, notices, warnings, by language.
    pub wording: Wording,
    /// What people say to the assistant itself, per command, all languages together.
    pub commands: BTreeMap<Command, Vec<Arc<str>>>,
    /// What the content lists, compiled for finding it in messages.
    pub lexicon: Lexicon,
    /// The Information Asset Register that the intents' record classes come from.
    pub register: Arc<Register>,
}

/// The council, from `intents/council.toml`.
#[derive(Debug)]
pub struct Council {
    /// Its name, e.g. "Cheshvale Council".
    pub name: Arc<str>,
    /// Where its pages are; links in content are relative to it.
    pub base_url: Arc<str>,
    /// Its time zone, Europe/London.
    pub time_zone: jiff::tz::TimeZone,
    /// The department that takes a resident who asks for a person and has named no subject.
    pub switchboard: DepartmentName,
    /// The department for emergencies outside hours.
    pub emergency: DepartmentName,
    /// Bank holidays with the council's own closing days.
    pub holidays: BankHolidays,
    /// The council's own numbers, addresses and domains, which are not personal data.
    pub own_contacts: Vec<Arc<str>>,
}

/// What an intent leads to.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, serde::Serialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Then {
    /// The answer is all.
    Answer,
    /// The answer, then the department.
    Redirect,
    /// Slots are collected, confirmed and reported to the department.
    Report,
    /// The answer and a link to a form.
    Form,
    /// Slots are collected for a decision by rules, which a person can override.
    Decide,
    /// The answer and a link to the payment page; card details are never taken here.
    Pay,
    /// Danger: the answer at once, then a person.
    Danger,
}

/// What happens to an intent while its department is closed.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, serde::Serialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum OutOfHoursAction {
    /// The same as when open.
    Same,
    /// Taken down for the next working day.
    Log,
    /// To the department's out-of-hours line at once.
    Urgent,
    /// A call back is offered when the department opens.
    Callback,
}

/// One thing that residents come for.
#[derive(Debug)]
pub struct Intent {
    /// Its path, e.g. `waste/missed-bin`.
    pub name: IntentName,
    /// The department whose folder it is in.
    pub department: DepartmentName,
    /// Plain words for choices and confirmations, e.g. "Report a missed bin".
    pub title: Localized,
    /// How residents say it.
    pub examples: Vec<Arc<str>>,
    /// What they are told, with the days on which it holds.
    pub answer: Answer,
    /// Where they can go.
    pub links: Vec<IntentLink>,
    /// What is asked for, in order.
    pub ask: Vec<Slot>,
    /// Whether what was collected is read back before it is reported.
    pub confirm: bool,
    /// The record class, a row of the register.
    pub record: ClassName,
    /// What it leads to.
    pub then: Then,
    /// While the department is closed.
    pub out_of_hours: OutOfHoursAction,
    /// What must never be asked for here.
    pub never_ask: KindSet,
    /// Local Government Services List ids.
    pub lgsl: Vec<u32>,
    /// Local Government Interaction List id.
    pub lgil: Option<u32>,
    /// Whether it belongs to somebody else: an answer that says who, and no department.
    pub elsewhere: bool,
    /// Whether it is no choice to offer where it is unclear what is meant: nobody asks for small talk.
    pub never_offer: bool,
    /// Whether it is taken as soon as it is the likeliest, with no question which was meant: who seems to want a
    /// person gets one.
    pub without_asking: bool,
}

/// What a resident is told, by eye and by ear.
#[derive(Debug)]
pub struct Answer {
    /// For the eye.
    pub text: Localized,
    /// For the ear; the eye's text where it is missing.
    pub spoken: Option<Localized>,
    /// First day on which it holds.
    pub valid_from: Option<jiff::civil::Date>,
    /// Last day on which it holds.
    pub valid_to: Option<jiff::civil::Date>,
}

/// A link of an intent, in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntentLink {
    /// What the link says.
    pub text: Localized,
    /// Absolute URL, http or https.
    pub url: Arc<str>,
}

impl IntentLink {
    /// The link as it is shown in `locale`.
    #[must_use]
    pub fn get(&self, locale: Locale) -> Link {
        Link {
            text: self.text.get(locale).to_owned(),
            url: self.url.to_string(),
        }
    }
}

/// A link with its words, in the language of a conversation.
#[derive(
    Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
pub struct Link {
    /// What the link says.
    pub text: String,
    /// Absolute URL, http or https.
    pub url: String,
}

/// The type of a slot's value: decides how an answer is read and checked.
#[derive(Debug, Clone, PartialEq)]
pub enum SlotType {
    /// Any words.
    Text,
    /// A postal address: needs a house number or name and a street.
    Address,
    /// A full UK postcode.
    Postcode,
    /// A place: a road, a landmark, an address.
    Location,
    /// A person's name.
    Name,
    /// A UK telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A vehicle registration.
    Vehicle,
    /// Yes or no.
    YesNo,
    /// A whole number in a range.
    Number {
        /// Least.
        min: i64,
        /// Most.
        max: i64,
    },
    /// A calendar date, spoken or written, relative to today.
    Date,
    /// A reference of the council's.
    Reference,
    /// One of a list.
    Choice(Vec<SlotChoice>),
}

impl SlotType {
    /// What is chosen from; empty where nothing is.
    #[must_use]
    pub fn choices(&self) -> &[SlotChoice] {
        if let Self::Choice(choices) = self {
            choices
        } else {
            &[]
        }
    }
}

/// One of a list, with the words that mean it.
#[derive(Debug, Clone, PartialEq)]
pub struct SlotChoice {
    /// What is recorded, e.g. `brown`.
    pub key: Arc<str>,
    /// What the resident sees, e.g. "Brown bin (garden waste)".
    pub label: Localized,
    /// Other words for it.
    pub synonyms: Vec<Arc<str>>,
}

/// One question of an intent.
#[derive(Debug)]
pub struct Slot {
    /// Its name, e.g. `address`.
    pub name: Arc<str>,
    /// The question for the eye.
    pub prompt: Localized,
    /// The question for the ear; the eye's where it is missing.
    pub spoken: Option<Localized>,
    /// How the answer is read.
    pub kind: SlotType,
    /// Kinds of personal data that the question asks for.
    pub pii: KindSet,
    /// Why it is asked: "so that the crew can find the bin".
    pub reason: Localized,
    /// Said when the answer could not be read.
    pub reask: Option<Localized>,
    /// Whether it can be skipped.
    pub optional: bool,
}

impl Assistant {
    /// Every example with its intent, in a stable order: what the classifier learns first.
    pub fn examples(&self) -> impl Iterator<Item = (&IntentName, &str)> {
        self.intents.values().flat_map(|intent| {
            intent
                .examples
                .iter()
                .map(move |text| (&intent.name, &**text))
        })
    }
}

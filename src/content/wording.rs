//! What the assistant says that belongs to no intent, by language.
//!
//! Files are `intents/wording.en.toml` and `intents/wording.cy.toml`. Every [`Phrase`] and every
//! warned-about kind must be there in English; a missing Welsh one is a fault too.

use super::Language;
use crate::pii::PiiKind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A language that the assistant speaks.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
#[derive(schemars::JsonSchema)]
pub enum Locale {
    /// English.
    #[default]
    En,
    /// Welsh.
    Cy,
}

impl Locale {
    /// From a BCP 47 tag such as `cy-GB`; English for everything that is not Welsh.
    #[must_use]
    pub fn from_tag(tag: &str) -> Self {
        match tag.split(['-', '_']).next() {
            Some(language) if language.eq_ignore_ascii_case("cy") => Self::Cy,
            _ => Self::En,
        }
    }
}

/// A text in English and, where it is written, Welsh.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Localized {
    /// English.
    pub en: Arc<str>,
    /// Welsh.
    pub cy: Option<Arc<str>>,
}

impl Localized {
    /// The text in `locale`, or the English where there is none.
    #[must_use]
    pub fn get(&self, locale: Locale) -> &str {
        match (locale, &self.cy) {
            (Locale::Cy, Some(cy)) => cy,
            (Locale::En | Locale::Cy, _) => &self.en,
        }
    }
}

macro_rules! phrases {
    ($($(#[$doc:meta])* $variant:ident = $key:literal;)*) => {
        /// A sentence that belongs to no intent. `{name}` in a text is filled when it is said.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Phrase { $($(#[$doc])* $variant,)* }

        impl Phrase {
            /// Every phrase.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Its key in the wording files.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)* }
            }
        }
    };
}

phrases! {
    /// First words: `{council}`.
    Greeting = "greeting";
    /// That it is automated, what is kept and how long, how to reach a person: `{reference}`, `{kept_for}`.
    Notice = "notice";
    /// Not understood, first time: say so, ask to rephrase.
    Unsure = "unsure";
    /// Not understood again: offer the likeliest departments.
    UnsureOffer = "unsure_offer";
    /// Two or three intents are likely: ask which.
    Clarify = "clarify";
    /// The choice label for none of those offered.
    NoneOfThese = "none_of_these";
    /// The choice label for a person.
    PersonChoice = "person_choice";
    /// The choice label for yes.
    YesChoice = "yes_choice";
    /// The choice label for no.
    NoChoice = "no_choice";
    /// Taking them to a department that is open: `{department}`, `{reason}`.
    RedirectOpen = "redirect_open";
    /// The department is closed: `{department}`, `{opens}`.
    RedirectClosed = "redirect_closed";
    /// On the phone, before a transfer: `{department}`.
    TransferAgree = "transfer_agree";
    /// A person was asked for: `{department}`.
    Person = "person";
    /// A person was asked for and nobody is there: `{department}`, `{opens}`.
    PersonClosed = "person_closed";
    /// After an outcome.
    AnythingElse = "anything_else";
    /// Coming back to a need said before: `{intent}`.
    AlsoNext = "also_next";
    /// A half-filled form was kept: ask whether to go on: `{intent}`.
    ResumeForm = "resume_form";
    /// A form was put aside for another need: `{intent}`.
    FormKept = "form_kept";
    /// An answer to a slot could not be read.
    Reask = "reask";
    /// After two tries at a slot: a person.
    ReaskGiveUp = "reask_give_up";
    /// Read-back before reporting: `{intent}`, `{slots}`.
    Confirm = "confirm";
    /// Which of the answers should be changed?
    CorrectWhich = "correct_which";
    /// A slot was changed: `{slot}`.
    Corrected = "corrected";
    /// What was understood without being asked for: `{slots}`.
    Noted = "noted";
    /// The street is known, and its number is asked for: `{street}`.
    HouseNumber = "house_number";
    /// A date was given that no calendar has.
    NoSuchDay = "no_such_day";
    /// Reported: `{intent}`, `{department}`, `{reference}`.
    Reported = "reported";
    /// Taken down while the department is closed: `{department}`, `{opens}`, `{reference}`.
    ReportedClosed = "reported_closed";
    /// Nothing was said before that could be repeated.
    NothingToRepeat = "nothing_to_repeat";
    /// There is nothing to go back to.
    NothingToGoBack = "nothing_to_go_back";
    /// Started again.
    StartedAgain = "started_again";
    /// Reply to thanks.
    Welcome = "welcome";
    /// Reply to a greeting.
    Hello = "hello";
    /// Goodbye: `{reference}`.
    Goodbye = "goodbye";
    /// First silence.
    Silence = "silence";
    /// Speech that was not recognised, first time.
    NoMatch = "no_match";
    /// Twice in a row: taking them to a person.
    NoMatchPerson = "no_match_person";
    /// The platform failed at something.
    Failed = "failed";
    /// Closed after a time without a word.
    TimedOut = "timed_out";
    /// The longest conversation was reached: `{department}`.
    TooLong = "too_long";
    /// The queue, where there is one: `{queue}`.
    Queued = "queued";
    /// An officer has joined: `{officer}`.
    OfficerJoined = "officer_joined";
    /// The officer has left and the assistant is back.
    OfficerLeft = "officer_left";
    /// The survey question, at the end.
    Survey = "survey";
    /// Reply to a survey answer.
    SurveyThanks = "survey_thanks";
    /// The answer has passed its date: `{department}`.
    AnswerExpired = "answer_expired";
    /// Danger: a person is being called in: `{department}`.
    DangerPerson = "danger_person";
    /// A gentle word after Article 9 or 10 data.
    Gentle = "gentle";
    /// What was asked for is shown back masked: `{slot}`, `{value}`.
    Masked = "masked";
    /// Before the advice of a warning, what was taken out: `{what}`.
    Removed = "removed";
    /// Why something is asked; the slot's reason completes the sentence: `{reason}`.
    WeAsk = "we_ask";
    /// The reference letter by letter, as it was asked for: `{reference}`.
    Spelt = "spelt";
    /// The first words in another language than before.
    LanguageChanged = "language_changed";
}

/// What a resident is told about a kind of personal data that was not asked for.
#[derive(Debug, Clone)]
pub struct WarningText {
    /// What it is called, e.g. "a card number".
    pub what: Arc<str>,
    /// Why it was removed and what to do instead.
    pub advice: Arc<str>,
    /// The advice for the ear, where it is another: a number said figure by figure, no page.
    pub spoken: Option<Arc<str>>,
}

/// All wording, by language. Complete when loaded: looking up never fails.
#[derive(Debug, Default)]
pub struct Wording {
    pub(crate) phrases: BTreeMap<(Phrase, Locale), Arc<str>>,
    pub(crate) spoken: BTreeMap<(Phrase, Locale), Arc<str>>,
    pub(crate) warnings: BTreeMap<(PiiKind, Locale), WarningText>,
    /// Languages that residents write in, from `languages.toml`; none where there is no such file.
    pub languages: Vec<Language>,
}

impl Wording {
    /// The text of a phrase in `locale`; empty only for content that has not been checked.
    #[must_use]
    pub fn phrase(&self, phrase: Phrase, locale: Locale) -> &str {
        self.phrases
            .get(&(phrase, locale))
            .or_else(|| self.phrases.get(&(phrase, Locale::En)))
            .map_or("", |text| text)
    }

    /// The same for the ear, where that is another text.
    #[must_use]
    pub fn spoken(&self, phrase: Phrase, locale: Locale) -> &str {
        let spoken = self.spoken.get(&(phrase, locale));
        match spoken {
            Some(text) => text,
            None => self.phrase(phrase, locale),
        }
    }

    /// This wording with one phrase set, for an assistant that is built and not read.
    #[must_use]
    pub fn with_phrase(mut self, phrase: Phrase, locale: Locale, text: &str) -> Self {
        self.phrases.insert((phrase, locale), text.into());
        self
    }

    /// This wording with one warning set: what the kind is called, and why it was removed.
    #[must_use]
    pub fn with_warning(mut self, kind: PiiKind, locale: Locale, what: &str, advice: &str) -> Self {
        let warning = WarningText {
            what: what.into(),
            advice: advice.into(),
            spoken: None,
        };
        self.warnings.insert((kind, locale), warning);
        self
    }

    /// The warning about `kind` in `locale`.
    #[must_use]
    pub fn warning(&self, kind: PiiKind, locale: Locale) -> Option<&WarningText> {
        self.warnings
            .get(&(kind, locale))
            .or_else(|| self.warnings.get(&(kind, Locale::En)))
    }
}

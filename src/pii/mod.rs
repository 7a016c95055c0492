//! What is personal data, and how it leaves a message before anything else sees the message.
//!
//! [`RawText`] is what a person typed or said; it can only be read in this module, and
//! [`Detector::screen`] turns it into [`SafeText`], in which every identifier has become a typed
//! token such as `[card number]`. It does not decide what the resident is told: that is the
//! dialogue's, from the [`Finding`]s.
//!
//! The way of a text, file by file: `normal`, `words`, `units` and `spoken` read it as plain
//! characters; `cues` and `vocabulary` look its words up, `frames` its turns of speech (they are in
//! `turns`) and `misspelt` what is spelt wrongly; `digits` cuts out numbers; `table` says what is
//! looked for, by the checks in `checks`, `mails`, `dates`, `telephone`, `vehicles` and `identifiers` and the grammars in
//! `address`, `unknown_streets`, `places`, `flats`, `houses`, `doors`, `person`, `beside`, `mentions`,
//! `announced`, `unheard`, `nobody`, `sensitive`, `offences`, `subjects` and `iban`, with the words of
//! `introductions`, `names` and `lexicon`; `pass` runs the table and settles overlaps (`bridges` says what
//! belongs together), and `tagger` reads beside it what no rule foresaw; `screen` redacts; `labelled` and
//! `score` measure; `export` writes the table for the detector in the browser.

mod address;
mod announced;
mod badges;
mod beside;
mod bridges;
mod card_parts;
mod checks;
mod cues;
mod dates;
mod detector;
mod digits;
mod doors;
mod export;
mod flats;
mod frames;
mod houses;
mod iban;
mod identifiers;
mod introductions;
mod kind;
mod labelled;
mod lexicon;
mod mails;
mod mentions;
mod misspelt;
mod names;
mod nobody;
mod normal;
mod offences;
mod own;
mod pass;
mod person;
mod phrases;
mod places;
mod policy;
mod rule;
mod score;
mod screen;
mod sensitive;
mod signatures;
mod spoken;
mod subjects;
mod table;
mod tagger;
mod telephone;
mod text;
mod turns;
mod unheard;
mod units;
mod unknown_streets;
mod usual;
mod vehicles;
mod vocabulary;
mod words;

pub use card_parts::CardParts;
/// The reading of spoken forms, shared with the entities of understanding: it works on any text, and
/// is no way around screening.
pub(crate) use checks::is_postcode_area;
pub use detector::{Detector, DetectorError};
pub use export::{rules_js, words_js};
pub use frames::FrameError;
pub use identifiers::{AccountNumber, CardNumber, Iban, NhsNumber, Nino, Postcode, SortCode, Utr};
pub use kind::{KindSet, PiiKind};
pub use labelled::{Label, Labelled, LabelledError};
pub(crate) use normal::Normal;
pub use policy::{Treatment, treatment};
pub use score::{Misses, Score, Tally};
pub use tagger::{Training, WeightsError, train, weights_js};
pub use text::{RawText, SafeText, SlotText};
pub(crate) use words::{Word, classify};

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What the dialogue has asked for just now: holds for this one question and this one turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// The slot that was asked for.
    pub slot: Arc<str>,
    /// The kinds of personal data that the question asks for; empty for a question like "which bin?".
    pub kinds: KindSet,
}

/// A span of personal data in a message: where and what, never the value.
///
/// Offsets are Unicode code points in the text as it was sent, end exclusive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What it is.
    pub kind: PiiKind,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// What happens to it, by the policy table.
    pub treatment: Treatment,
}

/// A message after screening. The raw text is gone.
#[derive(Debug)]
pub struct Screened {
    /// The message with *every* finding, asked for or not, replaced by its token. It does not
    /// depend on the expectation, so that the same message always gives the same safe text.
    pub safe: SafeText,
    /// What understanding reads, for this one turn: every identifier is replaced by its token, but
    /// Article 9 and 10 words stand. They identify nobody by themselves, and danger hides in them:
    /// of "my daughter is suicidal" the safe text leaves nothing to be understood. Never recorded,
    /// logged or sent. Where nothing of those kinds was found it is `safe`, shared.
    pub meaning: SafeText,
    /// Every finding in order of position, with its treatment under this expectation.
    pub findings: Vec<Finding>,
    /// What the question may keep, if something was asked for: the spans of the asked kinds joined
    /// by ", " when there are any, otherwise the message with all other findings as tokens.
    pub answer: Option<SlotText>,
}

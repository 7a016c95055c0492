//! What was meant: ranked intents with calibrated confidence, danger, commands, several needs.
//!
//! It reads [`SafeText`] only, and always gives an [`Understanding`], never an error. It does not
//! decide what to do about it: that is the dialogue's.

mod both;
mod calibration;
mod cascade;
mod commands;
mod danger;
mod embedding;
mod encoder;
pub mod entities;
mod evaluation;
mod explanation;
mod features;
mod folding;
mod hashing;
mod kept;
mod linear;
mod look;
mod message;
mod model;
mod model_file;
mod needs;
mod packed;
mod phrases;
mod spelling;
mod stage;
mod static_embedding;
mod study;
mod topics;
mod training;
mod widest;
mod wordpiece;

pub use both::both;
pub use calibration::SURE_WRONG_MAX;
pub use cascade::Second;
pub use embedding::Embedding;
pub use encoder::{ENCODER_REVISION, ENCODER_TOKENS_MAX, ENCODING_DIMS, Encoder};
pub use evaluation::{Case, Evaluation, Outcome};
pub use explanation::Explanation;
pub use kept::NotKept;
pub use look::Depth;
pub use model::Model;
pub use model_file::ModelError;
pub use static_embedding::{STATIC_DIMS, StaticEmbeddings};
pub use study::Study;
pub use training::{EXAMPLES_MAX, INTENTS_MAX, Material, TrainError, Training, train};
pub use wordpiece::WordPiece;

use crate::pii::SafeText;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// An intent by its path in the content, e.g. `waste/missed-bin`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IntentName(Arc<str>);

impl IntentName {
    /// Names an intent; content loading is what checks that it exists.
    #[must_use]
    pub fn new(path: &str) -> Self {
        Self(path.into())
    }

    /// The path, e.g. `waste/missed-bin`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder of the path, which is the department, e.g. `waste`.
    #[must_use]
    pub fn department(&self) -> &str {
        self.0.split_once('/').map_or(&self.0, |(folder, _)| folder)
    }
}

impl fmt::Display for IntentName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An intent with the share of cases in which it is right when scored like this, 0 to 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ranked {
    /// The intent.
    pub intent: IntentName,
    /// Calibrated confidence, 0 to 1.
    pub confidence: f32,
}

/// How sure the understanding is, by the thresholds chosen in cross-validation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The first of the ranking is meant.
    Sure,
    /// One of the first two or three is meant.
    Between,
    /// None can be relied on: out of scope, or not understood.
    Unsure,
}

/// Something said to the assistant itself, in any state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[derive(schemars::JsonSchema)]
pub enum Command {
    /// "person", "human", "speak to someone".
    Person,
    /// "yes", "that's right".
    Yes,
    /// "no", "nope".
    No,
    /// "why do you need that?"
    Why,
    /// "say that again".
    Repeat,
    /// "go back".
    GoBack,
    /// "start again".
    StartAgain,
    /// "stop", "goodbye", "that's all".
    Stop,
    /// "no, I meant 14 not 40", "that's wrong".
    Correct,
    /// "skip", "I don't know".
    Skip,
    /// "thanks".
    Thanks,
    /// "hello".
    Greeting,
    /// "can you spell that?"
    Spell,
    /// "in English, please".
    English,
    /// "yn Gymraeg", "in Welsh please".
    Welsh,
}

/// What was meant by one message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Understanding {
    /// The danger intent whose answer must be said before anything else.
    pub danger: Option<IntentName>,
    /// The command, when the message is one or begins with one.
    pub command: Option<Command>,
    /// How sure.
    pub verdict: Verdict,
    /// The likeliest intents, best first, at most [`RANKED_MAX`].
    pub ranked: Vec<Ranked>,
    /// Further needs in the same message, each sure on its own, in the order they were said.
    pub also: Vec<IntentName>,
}

/// The most intents that an understanding ranks.
pub const RANKED_MAX: usize = 5;

impl Understanding {
    /// Nothing understood: what silence, noise or an untrained engine gives.
    #[must_use]
    pub fn unsure() -> Self {
        Self {
            danger: None,
            command: None,
            verdict: Verdict::Unsure,
            ranked: Vec::new(),
            also: Vec::new(),
        }
    }
}

/// What the first look at a message gives.
#[derive(Debug, Clone, PartialEq)]
pub enum First {
    /// A closer look would find the same.
    Decided(Understanding),
    /// A closer look is worth its milliseconds. This is what stands where nobody has the time for
    /// it, with no more confidence than the first look deserves.
    Doubtful(Understanding),
}

/// Understands messages. Implementations are deterministic and bounded in time and memory.
pub trait Understand: Send + Sync {
    /// What was meant by `text`, as closely as it can be told: milliseconds.
    fn understand(&self, text: &SafeText) -> Understanding;

    /// What a first look at `text` tells: microseconds.
    fn understand_at_first(&self, text: &SafeText) -> First {
        First::Decided(self.understand(text))
    }
}

//! Content, model and detector as one: read together, swapped together, or not at all.

use crate::content::{self, Assistant, Fault, Faults, Loaded};
use crate::nlu::{self, TrainError, Training, Understand};
use crate::pii::{Detector, DetectorError, PiiKind};
use jiff::civil::Date;
use std::path::PathBuf;
use std::sync::Arc;

/// Where content is read from.
#[derive(Debug, Clone)]
pub struct Sources {
    /// The folder `intents/`.
    pub intents: PathBuf,
    /// The register, `transcripts/retention.toml`.
    pub register: PathBuf,
}

/// What a conversation runs on.
pub struct Bundle {
    /// The checked content.
    pub assistant: Assistant,
    /// The model trained from it.
    pub understand: Box<dyn Understand>,
    /// The detector, which knows the council's own contacts.
    pub detector: Detector,
}

impl std::fmt::Debug for Bundle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Bundle({})", self.assistant.version)
    }
}

/// Why content cannot be run.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// It has faults: each with its place and its mend.
    #[error(transparent)]
    Faults(#[from] Faults),
    /// The rule table of the detector does not compile.
    #[error(transparent)]
    Detector(#[from] DetectorError),
    /// Nothing can be learnt from it.
    #[error(transparent)]
    Train(#[from] TrainError),
}

impl Bundle {
    /// Reads, checks and trains; gives the warnings with it.
    ///
    /// # Errors
    /// Every fault at once; the running bundle is not touched.
    pub fn load(sources: &Sources, today: Date) -> Result<(Self, Vec<Fault>), BundleError> {
        let loaded = Self::read(sources, today)?;
        Ok((Self::train(loaded.assistant)?, loaded.warnings))
    }

    /// Reads and checks, and does not train.
    ///
    /// # Errors
    /// Every fault at once.
    pub fn read(sources: &Sources, today: Date) -> Result<Loaded, BundleError> {
        let register = Arc::new(content::read_register(&sources.register)?);
        let scanner = Detector::new(&[])?;
        let scan = |text: &str| -> Vec<PiiKind> {
            scanner
                .scan(text)
                .into_iter()
                .map(|finding| finding.kind)
                .collect()
        };
        Ok(content::load(&sources.intents, register, today, &scan)?)
    }

    /// Trains the model and builds the detector for checked content.
    ///
    /// # Errors
    /// The detector's or the training's.
    pub fn train(assistant: Assistant) -> Result<Self, BundleError> {
        let intents = assistant.intents.values();
        let (understand, _) = nlu::train(&Training {
            examples: assistant
                .examples()
                .map(|(intent, text)| (intent.clone(), text))
                .collect(),
            danger: intents
                .clone()
                .filter(|intent| intent.then == content::Then::Danger)
                .map(|intent| intent.name.clone())
                .collect(),
            elsewhere: intents
                .filter(|intent| intent.elsewhere)
                .map(|intent| intent.name.clone())
                .collect(),
            titles: assistant
                .intents
                .values()
                .map(|intent| (intent.name.clone(), &*intent.title.en))
                .collect(),
            commands: &assistant.commands,
            statics: None,
            wrong_max: None,
            seed: 0,
        })?;
        let detector = Detector::new(&assistant.council.own_contacts)?;
        Ok(Self {
            assistant,
            understand: Box::new(understand),
            detector,
        })
    }
}

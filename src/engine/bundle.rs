//! Content, model and detector as one: read together, swapped together, or not at all.
//!
//! A bundle can be used when the first stage of understanding is trained, which takes a fraction of
//! a second; [`Bundle::finish`] trains the second and puts it in while the bundle is in use.

use super::encodings::Encodings;
use super::models::{Models, ModelsError};
use crate::content::{self, Assistant, Fault, Faults, Loaded};
use crate::nlu::{
    self, Embedding, Encoder, Explanation, Model, StaticEmbeddings, Study, TrainError, Training,
    Understand, Understanding,
};
use crate::pii::{Detector, DetectorError, Expectation, PiiKind, RawText, Screened};
use jiff::civil::Date;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// Where content is read from.
#[derive(Debug, Clone)]
pub struct Sources {
    /// The folder `intents/`.
    pub intents: PathBuf,
    /// The register, `transcripts/retention.toml`.
    pub register: PathBuf,
    /// The folder `models/`.
    pub models: PathBuf,
    /// Where the encodings of examples are kept from one start to the next.
    pub encodings: PathBuf,
}

/// What a conversation runs on.
pub struct Bundle {
    /// The checked content.
    pub assistant: Assistant,
    /// The model trained from it.
    pub understand: Arc<dyn Understand>,
    /// The detector, which knows the council's own contacts.
    pub detector: Detector,
    /// The sentence models, which the next bundle can share.
    pub sentences: Sentences,
    model: Arc<Model>,
    unfinished: Mutex<Option<Unfinished>>,
}

/// The sentence models, shared by all bundles of a process.
#[derive(Debug, Clone)]
pub struct Sentences {
    statics: Arc<StaticEmbeddings>,
    encoder: Arc<Encoder>,
}

/// What is needed to train the second stage.
struct Unfinished {
    study: Study,
    encodings: PathBuf,
}

/// What the training of the second stage took.
#[derive(Debug)]
pub struct Finished {
    /// Examples that had to be encoded; the others' encodings were kept from before.
    pub encoded: usize,
    /// Why encodings could not be kept, where they could not. The next start encodes again.
    pub not_kept: Option<std::io::Error>,
}

/// What `detector` leaves of a text that somebody has written: raw text ends here.
#[must_use]
pub fn screened(detector: &Detector, text: String) -> String {
    let safe = detector.screen(RawText::new(text), None).safe;
    safe.as_str().to_owned()
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
    /// The sentence models.
    #[error(transparent)]
    Models(#[from] ModelsError),
    /// Nothing can be learnt from it.
    #[error(transparent)]
    Train(#[from] TrainError),
}

impl Bundle {
    /// Reads, checks and trains the first stage; gives the warnings with it.
    ///
    /// # Errors
    /// Every fault at once; the running bundle is not touched.
    pub fn load(sources: &Sources, today: Date) -> Result<(Self, Vec<Fault>), BundleError> {
        let (sentences, loaded) =
            nlu::both(|| Sentences::read(sources), || Self::read(sources, today));
        Self::taught(loaded?, sentences?, sources)
    }

    /// The same with sentence models that were read before.
    ///
    /// # Errors
    /// Every fault at once.
    pub fn load_with(
        sentences: Sentences,
        sources: &Sources,
        today: Date,
    ) -> Result<(Self, Vec<Fault>), BundleError> {
        Self::taught(Self::read(sources, today)?, sentences, sources)
    }

    fn taught(
        loaded: Loaded,
        sentences: Sentences,
        sources: &Sources,
    ) -> Result<(Self, Vec<Fault>), BundleError> {
        let bundle = Self::train(loaded.assistant, sentences, sources)?;
        Ok((bundle, loaded.warnings))
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

    /// Trains the first stage and builds the detector for checked content.
    ///
    /// # Errors
    /// The detector's or the training's.
    fn train(
        assistant: Assistant,
        sentences: Sentences,
        sources: &Sources,
    ) -> Result<Self, BundleError> {
        let statics: Arc<dyn Embedding> = Arc::clone(&sentences.statics) as _;
        let (model, study) = nlu::train(&training(&assistant, Some(statics)))?;
        let detector = Detector::new(&assistant.council.own_contacts)?;
        let model = Arc::new(model);
        let understand = Arc::clone(&model);
        let unfinished = Unfinished {
            study,
            encodings: sources.encodings.clone(),
        };
        Ok(Self {
            assistant,
            understand,
            detector,
            sentences,
            model,
            unfinished: Mutex::new(Some(unfinished)),
        })
    }

    /// Trains the second stage and puts it in: some hundred milliseconds where the examples'
    /// encodings are kept, some milliseconds an example more where they are not. Nothing the second
    /// time.
    pub fn finish(&self) -> Option<Finished> {
        let mut unfinished = self
            .unfinished
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let Unfinished { study, encodings } = unfinished.take()?;
        let encoder = &self.sentences.encoder;
        let texts: Vec<&str> = study.texts().collect();
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let encoded = Encodings::in_folder(&encodings).of_examples(encoder, &texts, threads);
        drop(texts);
        self.model
            .complete(study.second(Arc::clone(encoder) as _, encoded.encodings));
        Some(Finished {
            encoded: encoded.computed,
            not_kept: encoded.not_kept,
        })
    }

    /// Screens a text that nobody is asked anything before, and understands it.
    #[must_use]
    pub fn understand_text(&self, text: String) -> Understanding {
        let screened = self.detector.screen(RawText::new(text), None);
        self.understand.understand(&screened.meaning)
    }

    /// What screens a message of a golden conversation, with what was asked for just now.
    pub fn screen(&self) -> impl Fn(RawText, Option<&Expectation>) -> Screened + '_ {
        |raw, expectation| self.detector.screen(raw, expectation)
    }

    /// Screens a text that nobody is asked anything before, and why it is understood as it is: the
    /// words that counted, and the nearest examples.
    #[must_use]
    pub fn explain_text(&self, text: String) -> Explanation {
        let screened = self.detector.screen(RawText::new(text), None);
        self.model.explain(screened.meaning.as_str())
    }

    /// Whether the second stage is there.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        // Held while it is trained: who cannot have it knows the answer.
        self.unfinished.try_lock().is_ok_and(|rest| rest.is_none())
    }
}

impl Sentences {
    /// Reads and checks the models.
    ///
    /// # Errors
    /// The first file that is not as it must be.
    pub fn read(sources: &Sources) -> Result<Self, ModelsError> {
        let Models {
            static_embeddings,
            encoder,
        } = Models::read(&sources.models)?;
        Ok(Self {
            statics: Arc::new(static_embeddings),
            encoder: Arc::new(encoder),
        })
    }

    /// Vectors of words.
    #[must_use]
    pub fn statics(&self) -> Arc<dyn Embedding> {
        Arc::clone(&self.statics) as _
    }

    /// Vectors of sentences.
    #[must_use]
    pub fn encoder(&self) -> &Arc<Encoder> {
        &self.encoder
    }
}

/// What a model is trained from, as the content has it.
#[must_use]
pub fn training(assistant: &Assistant, statics: Option<Arc<dyn Embedding>>) -> Training<'_> {
    let intents = || assistant.intents.values();
    let named = |keep: &dyn Fn(&content::Intent) -> bool| {
        let kept = intents().filter(|intent| keep(intent));
        kept.map(|intent| intent.name.clone()).collect()
    };
    Training {
        examples: assistant
            .examples()
            .map(|(intent, text)| (intent.clone(), text))
            .collect(),
        titles: intents()
            .map(|intent| (intent.name.clone(), &*intent.title.en))
            .collect(),
        danger: named(&|intent| intent.then == content::Then::Danger),
        sounds_of_danger: assistant.sounds.danger.iter().map(|text| &**text).collect(),
        sounds_harmless: assistant
            .sounds
            .harmless
            .iter()
            .map(|text| &**text)
            .collect(),
        elsewhere: named(&|intent| intent.elsewhere),
        commands: &assistant.commands,
        statics,
        wrong_max: None,
        seed: 0,
    }
}

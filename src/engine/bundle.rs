//! Content, model and detector as one: read together, swapped together, or not at all.
//!
//! A bundle that is opened can be used at once: messages wait until a first model is trained from the intents'
//! own examples ([`Bundle::teach`]), which takes about a second. [`Bundle::finish`] trains one from all
//! phrasings, then its second stage, and puts each in while the bundle is in use. What was learnt is kept, and
//! a bundle whose content was learnt before is finished when it is opened.

use super::encodings::Encodings;
use super::learnt::{Key, Learnt};
use super::models::{Models, ModelsError};
use crate::content::{self, Assistant, Fault, Faults, Loaded, Scan};
use crate::nlu::{
    self, Embedding, Encoder, Explanation, First, Material, Model, StaticEmbeddings, Study,
    TrainError, Training, Understand, Understanding,
};
use crate::pii::{Detector, DetectorError, Expectation, PiiKind, RawText, SafeText, Screened};
use jiff::civil::Date;
use std::cell::OnceCell;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};
use std::time::Duration;

/// Where content is read from.
#[derive(Debug, Clone)]
pub struct Sources {
    /// The folder `intents/`.
    pub intents: PathBuf,
    /// The register, `transcripts/retention.toml`.
    pub register: PathBuf,
    /// The folder `models/`.
    pub models: PathBuf,
    /// Where what was learnt is kept from one start to the next, and the encodings of examples.
    pub encodings: PathBuf,
}

/// What a conversation runs on.
pub struct Bundle {
    /// The checked content.
    pub assistant: Assistant,
    /// The model trained from it; it is waited for where it is not trained yet.
    pub understand: Arc<dyn Understand>,
    /// The detector, which knows the council's own contacts.
    pub detector: Detector,
    /// The sentence models, which the next bundle can share.
    pub sentences: Sentences,
    model: Arc<Taught>,
    learning: Mutex<Learning>,
    key: Option<Key>,
    encodings: PathBuf,
}

/// The sentence models, shared by all bundles of a process.
#[derive(Debug, Clone)]
pub struct Sentences {
    statics: Arc<StaticEmbeddings>,
    encoder: Arc<Encoder>,
}

/// How often a message that waits for the first stage looks whether it is there.
const TAUGHT_LOOK: Duration = Duration::from_millis(5);

/// How far the training is.
enum Learning {
    ToBegin {
        /// The intents' own examples, where there is more than those.
        examples: Option<Box<Material>>,
        everything: Box<Material>,
    },
    /// The examples are learnt.
    Everything(Box<Material>),
    FirstStage(Box<Study>),
    Finished,
}

/// The best model that there is; until there is one whoever asks waits.
#[derive(Default)]
struct Taught(OnceLock<RwLock<Arc<Model>>>);

impl Taught {
    fn model(&self) -> Arc<Model> {
        let model = self.0.wait().read();
        Arc::clone(&model.unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts a better one in.
    fn put(&self, model: Model) {
        let model = Arc::new(model);
        let held = self.0.get_or_init(|| RwLock::new(Arc::clone(&model)));
        *held.write().unwrap_or_else(PoisonError::into_inner) = model;
    }
}

impl Understand for Taught {
    fn understand(&self, text: &SafeText) -> Understanding {
        self.model().understand(text)
    }

    fn understand_at_first(&self, text: &SafeText) -> First {
        self.model().understand_at_first(text)
    }
}

/// What the training of the second stage took.
#[derive(Debug)]
pub struct Finished {
    /// Examples that had to be encoded; the others' encodings were kept from before.
    pub encoded: usize,
    /// Why encodings or what was learnt could not be kept, where they could not. The next start works them out again.
    pub not_kept: Option<std::io::Error>,
}

/// What `detector` leaves of a text that somebody has written: raw text ends here.
#[must_use]
pub fn screened(detector: &Detector, text: String) -> String {
    let safe = detector.screen(RawText::new(text), None).safe;
    safe.as_str().to_owned()
}

/// Finds personal data in examples, unless they are those that were learnt.
struct Scanner {
    learnt: Option<Key>,
    detector: OnceCell<Result<Detector, DetectorError>>,
}

impl Scan for Scanner {
    fn kinds(&self, example: &str) -> Vec<PiiKind> {
        // By the rules alone: what the tagger guesses is no fault of an author's that should stop a start.
        let detector = self.detector.get_or_init(Detector::rules_alone);
        let found = detector.as_ref().map(|detector| detector.scan(example));
        let kinds = found.into_iter().flatten().map(|finding| finding.kind);
        kinds.collect()
    }

    fn found_clean(&self, version: &str) -> bool {
        self.learnt.is_some() && self.learnt == Key::of(version)
    }
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
    /// Reads and checks; gives the warnings with it. What can be learnt is known, and to be learnt by
    /// [`Self::teach`].
    ///
    /// # Errors
    /// Every fault at once; the running bundle is not touched.
    pub fn open(sources: &Sources, today: Date) -> Result<(Self, Vec<Fault>), BundleError> {
        let files = || (Sentences::read(sources), Learnt::open(&sources.encodings));
        let ((sentences, learnt), loaded) = nlu::both(files, || {
            Self::read_knowing(sources, today, Learnt::key(&sources.encodings))
        });
        Self::of(loaded?, sentences?, learnt, sources)
    }

    /// The same with sentence models that were read before.
    ///
    /// # Errors
    /// Every fault at once; the running bundle is not touched.
    pub fn open_with(
        sentences: Sentences,
        sources: &Sources,
        today: Date,
    ) -> Result<(Self, Vec<Fault>), BundleError> {
        let loaded = Self::read_knowing(sources, today, Learnt::key(&sources.encodings))?;
        let learnt = Learnt::open(&sources.encodings);
        Self::of(loaded, sentences, learnt, sources)
    }

    /// Reads, checks and trains the first stage; gives the warnings with it.
    ///
    /// # Errors
    /// Every fault at once; the running bundle is not touched.
    pub fn load(sources: &Sources, today: Date) -> Result<(Self, Vec<Fault>), BundleError> {
        let opened = Self::open(sources, today)?;
        opened.0.teach();
        Ok(opened)
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
        let opened = Self::open_with(sentences, sources, today)?;
        opened.0.teach();
        Ok(opened)
    }

    /// Reads and checks, and does not train.
    ///
    /// # Errors
    /// Every fault at once.
    pub fn read(sources: &Sources, today: Date) -> Result<Loaded, BundleError> {
        Self::read_knowing(sources, today, None)
    }

    /// The same, where what was `learnt` was checked before by this program.
    fn read_knowing(
        sources: &Sources,
        today: Date,
        learnt: Option<Key>,
    ) -> Result<Loaded, BundleError> {
        let register = Arc::new(content::read_register(&sources.register)?);
        let scan = Scanner {
            learnt,
            detector: OnceCell::new(),
        };
        let loaded = content::load(&sources.intents, register, today, &scan);
        if let Some(Err(error)) = scan.detector.into_inner() {
            return Err(error.into());
        }
        Ok(loaded?)
    }

    fn of(
        loaded: Loaded,
        sentences: Sentences,
        learnt: Option<Learnt>,
        sources: &Sources,
    ) -> Result<(Self, Vec<Fault>), BundleError> {
        let assistant = loaded.assistant;
        let model = Arc::new(Taught::default());
        let mut bundle = Self {
            detector: Detector::new(&assistant.council.own_contacts)?,
            key: Key::of(&assistant.version),
            assistant,
            understand: Arc::clone(&model) as _,
            sentences,
            model,
            learning: Mutex::new(Learning::Finished),
            encodings: sources.encodings.clone(),
        };
        if !learnt.is_some_and(|learnt| bundle.recall(learnt)) {
            bundle.learning = Mutex::new(bundle.to_learn()?);
        }
        Ok((bundle, loaded.warnings))
    }

    /// What there is to learn, read.
    fn to_learn(&self) -> Result<Learning, TrainError> {
        let read = |training: Training<'_>| Material::read(&training).map(Box::new);
        let statics = || Some(self.sentences.statics());
        let examples = || {
            let phrased = !self.assistant.phrasings.is_empty();
            phrased.then(|| read(training_of_examples(&self.assistant, statics())))
        };
        let everything = || read(training(&self.assistant, statics()));
        let (examples, everything) = nlu::both(examples, everything);
        Ok(Learning::ToBegin {
            examples: examples.transpose()?,
            everything: everything?,
        })
    }

    /// Puts in what was learnt from this content before; whether it was.
    fn recall(&self, learnt: Learnt) -> bool {
        let kept = self.key.and_then(|key| learnt.of(key));
        let model = kept.and_then(|from| {
            let (statics, encoder) = (
                self.sentences.statics(),
                Arc::clone(&self.sentences.encoder),
            );
            Model::recall(from, &self.assistant.commands, Some(statics), encoder).ok()
        });
        model.map(|model| self.model.put(model)).is_some()
    }

    /// Puts in what another process has learnt from this content and kept; whether there was such a thing.
    pub fn take_learnt(&self) -> bool {
        let mut learning = self.learning();
        let taken = Learnt::open(&self.encodings).is_some_and(|learnt| self.recall(learnt));
        if taken {
            *learning = Learning::Finished;
        }
        taken
    }

    fn learning(&self) -> MutexGuard<'_, Learning> {
        self.learning.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Trains a first model from the intents' own examples, in about a second; nothing the second time.
    pub fn teach(&self) {
        let mut learning = self.learning();
        *learning = match std::mem::replace(&mut *learning, Learning::Finished) {
            Learning::ToBegin {
                examples: Some(examples),
                everything,
            } => {
                self.model.put(examples.learn().0);
                Learning::Everything(everything)
            }
            Learning::ToBegin {
                examples: None,
                everything,
            } => self.learn(*everything),
            further @ (Learning::Everything(_) | Learning::FirstStage(_) | Learning::Finished) => {
                further
            }
        };
    }

    fn learn(&self, material: Material) -> Learning {
        let (model, study) = material.learn();
        self.model.put(model);
        Learning::FirstStage(Box::new(study))
    }

    /// Waits until the first stage is trained. It looks now and then: a thread for each of a crowd that waits would be
    /// dearer.
    pub async fn taught(&self) {
        while !self.is_taught() {
            tokio::time::sleep(TAUGHT_LOOK).await;
        }
    }

    /// Trains on everything that residents say, then the second stage, and puts each in: some seconds where
    /// the texts' encodings are kept, some milliseconds a text more where they are not. What was learnt is
    /// kept. Nothing the second time.
    pub fn finish(&self) -> Option<Finished> {
        let mut learning = self.learning();
        let study = match std::mem::replace(&mut *learning, Learning::Finished) {
            Learning::ToBegin { everything, .. } | Learning::Everything(everything) => {
                self.learn(*everything)
            }
            other @ (Learning::FirstStage(_) | Learning::Finished) => other,
        };
        let Learning::FirstStage(study) = study else {
            return None;
        };
        let encoder = &self.sentences.encoder;
        let texts: Vec<&str> = study.texts().collect();
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let encoded = Encodings::in_folder(&self.encodings).of_examples(encoder, &texts, threads);
        drop(texts);
        let second = study.second(Arc::clone(encoder) as _, encoded.encodings);
        let model = self.model.model();
        model.complete(second);
        let keep = |key| Learnt::write(&self.encodings, key, &model.to_bytes()?).err();
        Some(Finished {
            encoded: encoded.computed,
            not_kept: encoded.not_kept.or_else(|| self.key.and_then(keep)),
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
        self.model.model().explain(screened.meaning.as_str())
    }

    /// Whether the second stage is there.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        // Held while it is trained: who cannot have it knows the answer.
        let learning = self.learning.try_lock();
        learning.is_ok_and(|learning| matches!(*learning, Learning::Finished))
    }

    /// Whether the first stage is there.
    #[must_use]
    pub fn is_taught(&self) -> bool {
        self.model.0.get().is_some()
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

/// What a model is trained from, as the content has it: the intents' examples and all other phrasings.
#[must_use]
pub fn training(assistant: &Assistant, statics: Option<Arc<dyn Embedding>>) -> Training<'_> {
    let phrasings = assistant.phrasings.iter();
    let phrasings = phrasings.map(|(intent, text)| (intent.clone(), &**text));
    Training {
        phrasings: phrasings.collect(),
        ..training_of_examples(assistant, statics)
    }
}

/// The same from the intents' own examples alone, which takes a fraction of the time.
#[must_use]
pub fn training_of_examples(
    assistant: &Assistant,
    statics: Option<Arc<dyn Embedding>>,
) -> Training<'_> {
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
        phrasings: Vec::new(),
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
        without_asking: named(&|intent| intent.without_asking),
        commands: &assistant.commands,
        statics,
        wrong_max: None,
        seed: 0,
    }
}

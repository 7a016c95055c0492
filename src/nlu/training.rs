//! From the content's examples to a model: what can be learnt, and the first stage.
//!
//! The same training gives the same model, bit for bit: one seed, one order, and every fold is
//! computed alone, on whichever thread. It reads no files and asks no clock.

use super::both::both;
use super::calibration::SURE_WRONG_MAX;
use super::commands::Commands;
use super::danger::Lexicon;
use super::embedding::Embedding;
use super::features::Vocabulary;
use super::linear::Features;
use super::look;
use super::message::Message;
use super::model::{Intent, Model};
use super::spelling::Spelling;
use super::study::{COMPARED_MAX, FOLDS, Lesson, Made, Study};
use super::topics::Topics;
use super::{Command, IntentName};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// The most intents that one assistant may have: memory is intents times n-grams.
pub const INTENTS_MAX: usize = 1_000;

/// The most examples that one assistant may have.
pub const EXAMPLES_MAX: usize = 100_000;

/// Weight of the n-grams beside the static embedding.
const SPARSE_WEIGHT: f32 = 0.7;

/// What a model is trained from.
#[derive(Debug)]
pub struct Training<'a> {
    /// How residents say it, with what they mean, in a stable order.
    pub examples: Vec<(IntentName, &'a str)>,
    /// How others say it, learnt like examples. What is a bare topic ("bins"), the examples say: among many
    /// people's words every topic is in several intents.
    pub phrasings: Vec<(IntentName, &'a str)>,
    /// What authors call the intents: one more example each, for which nobody has to be asked. With
    /// five examples an intent it is worth 2.8 points to the first stage and one to the second.
    pub titles: Vec<(IntentName, &'a str)>,
    /// The intents that are danger.
    pub danger: BTreeSet<IntentName>,
    /// What means danger, whichever, besides the examples of the danger intents.
    pub sounds_of_danger: Vec<&'a str>,
    /// What sounds like danger and is none.
    pub sounds_harmless: Vec<&'a str>,
    /// The intents that belong to others; all further ones are the council's own.
    pub elsewhere: BTreeSet<IntentName>,
    /// The intents that are taken as soon as they are the likeliest.
    pub without_asking: BTreeSet<IntentName>,
    /// What people say to the assistant itself.
    pub commands: &'a BTreeMap<Command, Vec<Arc<str>>>,
    /// What the first stage knows of words that are in no example; without it, n-grams only.
    pub statics: Option<Arc<dyn Embedding>>,
    /// Of the messages answered outright at most this share may be answered wrongly, 0 to 1; by
    /// default [`SURE_WRONG_MAX`](super::SURE_WRONG_MAX).
    pub wrong_max: Option<f32>,
    /// For the order of examples; the model does not depend on anything else.
    pub seed: u64,
}

/// Why no model can be trained from this content.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TrainError {
    /// There is nothing to tell apart.
    #[error("examples of {found} intents, at least 2 are needed; write examples for more intents")]
    TooFewIntents {
        /// How many there are.
        found: usize,
    },
    /// More intents than a model can have.
    #[error("{found} intents, at most {INTENTS_MAX} can be told apart; merge some of them")]
    TooManyIntents {
        /// How many there are.
        found: usize,
    },
    /// More examples than a model can learn.
    #[error("{found} examples, at most {EXAMPLES_MAX} can be learnt; keep the most different ones")]
    TooManyExamples {
        /// How many there are.
        found: usize,
    },
    /// An example in which no word can be read.
    #[error("example {position} of {intent} has no word in it; write what residents say")]
    EmptyExample {
        /// The intent.
        intent: IntentName,
        /// Which of its examples, from 1.
        position: usize,
    },
    /// An intent marked as danger or as elsewhere, or that has phrasings, and shows nothing of its own.
    #[error(
        "{intent} is marked as danger or elsewhere, or has phrasings, and has no examples; write some"
    )]
    NoExamples {
        /// The intent.
        intent: IntentName,
    },
}

/// Trains the first stage of a model; the study goes on to the second.
///
/// # Errors
///
/// See [`TrainError`]; none of them depends on what a resident says.
pub fn train(training: &Training<'_>) -> Result<(Model, Study), TrainError> {
    Ok(Material::read(training)?.learn())
}

/// Examples that were read and that a model can be trained from.
pub struct Material {
    intents: Vec<Intent>,
    /// The examples, then the titles, then what else danger is learnt from.
    messages: Vec<Message>,
    /// How many of them are examples.
    examples: usize,
    /// How many are examples or phrasings.
    said: usize,
    /// The intent of each example and title.
    class: Vec<usize>,
    /// For each example the fold in which it is held out, if it ever is.
    folds: Vec<Option<usize>>,
    /// Whether each of the last messages means danger.
    means_danger: Vec<bool>,
    commands: Commands,
    statics: Option<Arc<dyn Embedding>>,
    wrong_max: f32,
    seed: u64,
}

impl Material {
    /// Reads the examples: what takes long is to learn them.
    ///
    /// # Errors
    ///
    /// See [`TrainError`].
    pub fn read(training: &Training<'_>) -> Result<Self, TrainError> {
        let intents = intents(training)?;
        let class_of: BTreeMap<&IntentName, usize> = intents
            .iter()
            .enumerate()
            .map(|(at, intent)| (&intent.name, at))
            .collect();
        let said = || training.examples.iter().chain(&training.phrasings);
        let mut messages: Vec<Message> = said().map(|(_, text)| Message::read(text)).collect();
        let mut class: Vec<usize> = said().map(|(name, _)| class_of[name]).collect();
        let folds = folds(said(), &messages, &class, intents.len())?;
        let (examples, said) = (training.examples.len(), messages.len());
        let (classes_of_titles, titles) = titles(training, &class_of);
        class.extend(classes_of_titles);
        let (besides, means_danger) = besides(training);
        messages.extend(titles.into_iter().chain(besides));
        Ok(Self {
            messages,
            examples,
            said,
            class,
            folds,
            means_danger,
            commands: Commands::new(training.commands),
            statics: training.statics.clone(),
            wrong_max: training.wrong_max.unwrap_or(SURE_WRONG_MAX),
            seed: training.seed,
            intents,
        })
    }

    /// Trains the first stage.
    #[must_use]
    pub fn learn(self) -> (Model, Study) {
        let Self {
            intents,
            messages,
            examples,
            said,
            class,
            mut folds,
            means_danger,
            commands,
            statics,
            wrong_max,
            seed,
        } = self;
        let topics = Topics::count(&messages[..examples], &class[..examples], intents.len());
        folds.resize(class.len(), None);
        let (spelling, vocabulary) = both(
            || Spelling::learn(&messages[..said]),
            || Vocabulary::fit(&messages),
        );
        let (some, others) = messages.split_at(messages.len() / 2);
        let read = |messages| read_all(messages, &vocabulary, statics.as_deref());
        let (mut read, rest) = both(|| read(some), || read(others));
        read.extend(rest);
        let (texts, features): (Vec<Box<str>>, Vec<Features>) = read.into_iter().unzip();
        let lesson = Lesson {
            width: statics.as_ref().map_or(0, |statics| statics.width()),
            intents: intents.clone(),
            class,
            folds,
            wrong_max,
            compared_max: COMPARED_MAX,
            seed,
        };
        let (first, made) = lesson.learn(&features, &means_danger, None, &Made::default());
        let study = Study {
            calibration: first.calibration,
            lesson,
            texts,
            features,
            means_danger,
            made,
        };
        let model = Model {
            topics,
            spelling,
            lexicon: Lexicon::new(),
            commands,
            statics,
            first,
            second: OnceLock::new(),
            intents,
            vocabulary,
        };
        (model, study)
    }
}

/// The titles in which a word can be read, with the places of their intents.
fn titles(
    training: &Training<'_>,
    class_of: &BTreeMap<&IntentName, usize>,
) -> (Vec<usize>, Vec<Message>) {
    let titled = training
        .titles
        .iter()
        .filter_map(|(name, title)| Some((*class_of.get(name)?, Message::read(title))));
    titled
        .filter(|(_, title)| !title.words().is_empty())
        .unzip()
}

/// What danger is learnt from besides the examples, and whether each means it.
fn besides(training: &Training<'_>) -> (Vec<Message>, Vec<bool>) {
    let of_danger = training.sounds_of_danger.iter().map(|text| (text, true));
    let harmless = training.sounds_harmless.iter().map(|text| (text, false));
    let all = of_danger.chain(harmless);
    all.map(|(text, danger)| (Message::read(text), danger))
        .filter(|(message, _)| !message.words().is_empty())
        .unzip()
}

/// The messages as texts to encode, with their features for the first stage.
fn read_all(
    messages: &[Message],
    vocabulary: &Vocabulary,
    statics: Option<&dyn Embedding>,
) -> Vec<(Box<str>, Features)> {
    let read = |message: &Message| {
        let words = message.slices(message.words());
        let text = look::text(&words);
        let features = first_features(vocabulary.vector(&words), &text, statics);
        (Box::from(text), features)
    };
    messages.iter().map(read).collect()
}

impl Model {
    /// The first stage's features of some words; none where nothing in them is known. Single letters
    /// and numbers are in some example, and mean nothing alone.
    pub(super) fn features(&self, words: &[&[u8]]) -> Option<Features> {
        let tells = |word: &&[u8]| word.len() > 1 && !word.iter().all(u8::is_ascii_digit);
        let sparse = self.vocabulary.vector(words);
        if sparse.is_empty() || !words.iter().any(tells) {
            return None;
        }
        let text = look::text(words);
        Some(first_features(sparse, &text, self.statics.as_deref()))
    }
}

/// N-grams, and beside them the static embedding where there is one.
fn first_features(
    mut sparse: Vec<super::features::Entry>,
    text: &str,
    statics: Option<&dyn Embedding>,
) -> Features {
    let Some(statics) = statics else {
        return Features::new(sparse, Vec::new());
    };
    for entry in &mut sparse {
        entry.value *= SPARSE_WEIGHT;
    }
    Features::new(sparse, statics.embed(text))
}

/// The intents in the order of their names.
fn intents(training: &Training<'_>) -> Result<Vec<Intent>, TrainError> {
    let names: BTreeSet<&IntentName> = training.examples.iter().map(|(name, _)| name).collect();
    let phrased = training.phrasings.iter().map(|(name, _)| name);
    let mut named = training
        .danger
        .iter()
        .chain(&training.elsewhere)
        .chain(phrased);
    if let Some(intent) = named.find(|name| !names.contains(name)) {
        return Err(TrainError::NoExamples {
            intent: intent.clone(),
        });
    }
    match names.len() {
        found @ 0..2 => return Err(TrainError::TooFewIntents { found }),
        found if found > INTENTS_MAX => return Err(TrainError::TooManyIntents { found }),
        _ => {}
    }
    let found = training.examples.len() + training.phrasings.len();
    if found > EXAMPLES_MAX {
        return Err(TrainError::TooManyExamples { found });
    }
    Ok(names
        .into_iter()
        .map(|name| Intent {
            name: name.clone(),
            danger: training.danger.contains(name),
            elsewhere: training.elsewhere.contains(name),
            without_asking: training.without_asking.contains(name),
        })
        .collect())
}

/// For each example the fold in which it is held out: an intent's examples are dealt round. The
/// only example of an intent is never held out, because nothing would be left to know it by.
fn folds<'a>(
    said: impl Iterator<Item = &'a (IntentName, &'a str)>,
    messages: &[Message],
    own_class: &[usize],
    intents: usize,
) -> Result<Vec<Option<usize>>, TrainError> {
    let mut dealt = vec![0; intents];
    let mut folds = Vec::with_capacity(messages.len());
    for ((message, class), (name, _)) in messages.iter().zip(own_class).zip(said) {
        dealt[*class] += 1;
        if message.words().is_empty() {
            let position = dealt[*class];
            return Err(TrainError::EmptyExample {
                intent: name.clone(),
                position,
            });
        }
        folds.push(Some((dealt[*class] + class) % FOLDS));
    }
    for (fold, class) in folds.iter_mut().zip(own_class) {
        *fold = fold.filter(|_| dealt[*class] > 1);
    }
    Ok(folds)
}

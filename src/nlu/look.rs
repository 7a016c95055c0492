//! Looking at the words of one message, by the first stage and where that leaves doubt by the second.
//!
//! It remembers what it has encoded, and whether a closer look would have been worth it. It does not
//! know what is done with a reading.

use super::cascade::Second;
use super::linear::Features;
use super::message::{Message, Word};
use super::model::Model;
use super::stage::Reading;
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Times that one message is encoded, at most: the whole, and some of its sentences.
const ENCODED_MAX: usize = 4;

/// Words that are encoded, at most, from the beginning and from the end: some say what they need at
/// once, others after a long story.
const ENCODED_WORDS_EACH: usize = 48;

/// How closely a message is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// By the first stage: microseconds.
    First,
    /// By the second as well, where it is there and the first leaves doubt: milliseconds.
    Both,
    /// By the second wherever it is there, for comparison.
    Second,
}

/// A look at one message.
pub(super) struct Look<'m> {
    model: &'m Model,
    message: &'m Message,
    depth: Depth,
    doubtful: Cell<bool>,
    /// How familiar the words are that were scored first, and whether the second stage said so.
    familiarity: Cell<Option<(f32, bool)>>,
    encoded: RefCell<Vec<(String, Vec<f32>)>>,
    /// What the first stage said of which words: needs and danger are often looked for in the same.
    first: RefCell<Vec<(Vec<Word>, Option<First>)>>,
}

/// What the first stage says of some words, and what it went by.
#[derive(Clone)]
struct First {
    reading: Rc<Reading>,
    features: Rc<Features>,
}

impl<'m> Look<'m> {
    /// Begins to look.
    pub(super) fn new(model: &'m Model, message: &'m Message, depth: Depth) -> Self {
        Self {
            model,
            message,
            depth,
            doubtful: Cell::new(false),
            familiarity: Cell::new(None),
            encoded: RefCell::default(),
            first: RefCell::default(),
        }
    }

    /// Whether some words would have been worth a closer look than they were given.
    pub(super) fn is_doubtful(&self) -> bool {
        self.doubtful.get()
    }

    /// How familiar the words are that were scored first, which is the whole message; and whether
    /// the second stage said so. None where nothing in them is known.
    pub(super) fn familiarity(&self) -> Option<(f32, bool)> {
        self.familiarity.get()
    }

    /// Scores some words of the message; none where there is nothing in them that the model knows.
    pub(super) fn score(&self, words: &[Word]) -> Option<Rc<Reading>> {
        let first = self.first(words)?;
        let closer = self.closer(words, &first);
        let by_second = closer.is_some();
        let reading = closer.map_or(first.reading, Rc::new);
        if self.familiarity.get().is_none() {
            self.familiarity.set(Some((reading.score, by_second)));
        }
        Some(reading)
    }

    /// What the second stage says, where it is there and is to be asked.
    fn closer(&self, words: &[Word], first: &First) -> Option<Reading> {
        let second = self.model.second.get()?;
        let asked = self.depth == Depth::Second || second.policy.doubts(&first.reading);
        if asked && self.depth == Depth::First {
            self.doubtful.set(true);
            return None;
        }
        let dense = asked.then(|| self.encode(second, words)).flatten()?;
        let features = second.features(&first.features, dense);
        let before = Some(&*first.reading);
        Some(second.stage.read(&features, &self.model.intents, before))
    }

    /// Whether the first stage alone decides what some words mean.
    pub(super) fn is_settled(&self, words: &[Word]) -> bool {
        let Some(second) = self.model.second.get() else {
            return true;
        };
        let first = self.first(words);
        self.depth != Depth::Second
            && first.is_some_and(|first| !second.policy.doubts(&first.reading))
    }

    /// Scores some words by the first stage alone.
    pub(super) fn score_at_first(&self, words: &[Word]) -> Option<Rc<Reading>> {
        self.first(words).map(|first| first.reading)
    }

    /// What the first stage says of some words; none where there is nothing in them that it knows.
    fn first(&self, words: &[Word]) -> Option<First> {
        let known = self.first.borrow().iter().find_map(|(of, first)| {
            let same = of.as_slice() == words;
            same.then(|| first.clone())
        });
        known.unwrap_or_else(|| {
            let first = self.read_first(words);
            self.first
                .borrow_mut()
                .push((words.to_vec(), first.clone()));
            first
        })
    }

    /// Reads what was written and what was probably meant, and keeps what is understood better.
    fn read_first(&self, words: &[Word]) -> Option<First> {
        let read = |words: &[&[u8]]| {
            let features = self.model.features(words)?;
            let reading = self.model.first.read(&features, &self.model.intents, None);
            Some(First {
                reading: Rc::new(reading),
                features: Rc::new(features),
            })
        };
        let written = read(&self.message.slices(words));
        let meant = self.message.repaired(words).and_then(|words| read(&words));
        let confidence = |first: &First| first.reading.confidence();
        match (written, meant) {
            (Some(written), Some(meant)) if confidence(&meant) > confidence(&written) => {
                Some(meant)
            }
            (None, meant) => meant,
            (written, _) => written,
        }
    }

    /// The embedding of some words as they were probably meant; none once enough was encoded.
    pub(super) fn encode(&self, second: &Second, words: &[Word]) -> Option<Vec<f32>> {
        let words = &*ends(words);
        let slices = self.message.repaired(words);
        let text = text(&slices.unwrap_or_else(|| self.message.slices(words)));
        let mut encoded = self.encoded.borrow_mut();
        if let Some((_, embedding)) = encoded.iter().find(|(known, _)| *known == text) {
            return Some(embedding.clone());
        }
        if encoded.len() >= ENCODED_MAX {
            return None;
        }
        let embedding = second.encoder.embed(&text);
        encoded.push((text, embedding.clone()));
        Some(embedding)
    }
}

/// The words from both ends, where there are too many to encode.
fn ends(words: &[Word]) -> Cow<'_, [Word]> {
    let ends = words
        .split_first_chunk::<ENCODED_WORDS_EACH>()
        .and_then(|(head, rest)| Some((head, rest.last_chunk::<ENCODED_WORDS_EACH>()?)));
    match ends {
        Some((head, tail)) => Cow::Owned([*head, *tail].concat()),
        None => Cow::Borrowed(words),
    }
}

/// Words as a text to embed.
pub(super) fn text(words: &[&[u8]]) -> String {
    let mut text = String::with_capacity(words.len() * 6);
    for word in words {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&String::from_utf8_lossy(word));
    }
    text
}

//! Cross-validation while somebody waits: what each example is taken for when it is not learnt.
//!
//! The parts are those of [`crossval`](super::crossval). What costs time and changes next to nothing in
//! what is taken for what is left out: an example is asked as one sentence, what danger is learnt from
//! besides is not learnt, nothing is encoded twice, and the parts are learnt side by side.

use super::crossval::{Asked, FOLDS, deal, threads};
use super::terminal::Progress;
use crate::content::Assistant;
use crate::engine::bundle::training;
use crate::engine::{Encodings, Sentences, Sources};
use crate::nlu::{
    self, Case, Depth, Embedding, Encoder, IntentName, Model, Study, TrainError, Training,
};
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The content to be cross-validated.
pub(super) struct Swift<'a> {
    assistant: &'a Assistant,
    sentences: &'a Sentences,
    encodings: Encodings,
    known: Arc<Known>,
}

/// The encoder, and what it has encoded before.
struct Known {
    encoder: Arc<Encoder>,
    encodings: Mutex<HashMap<String, Vec<f32>>>,
}

impl Known {
    fn encodings(&self) -> MutexGuard<'_, HashMap<String, Vec<f32>>> {
        self.encodings
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Embedding for Known {
    fn width(&self) -> usize {
        self.encoder.width()
    }

    fn embed(&self, text: &str) -> Vec<f32> {
        let known = self.encodings().get(text).cloned();
        known.unwrap_or_else(|| self.encoder.encode(text))
    }
}

impl<'a> Swift<'a> {
    /// Of a content; the encodings of its examples are kept where they are kept for serving.
    pub(super) fn of(
        assistant: &'a Assistant,
        sentences: &'a Sentences,
        sources: &Sources,
    ) -> Self {
        Self {
            assistant,
            sentences,
            encodings: Encodings::in_folder(&sources.encodings),
            known: Arc::new(Known {
                encoder: Arc::clone(sentences.encoder()),
                encodings: Mutex::default(),
            }),
        }
    }

    /// Asks every example; `more` is learnt besides in every part and not asked.
    ///
    /// # Errors
    /// That nothing can be learnt from a part.
    pub(super) fn run(&self, more: &[(IntentName, String)]) -> Result<Vec<Asked>, TrainError> {
        let whole = training(self.assistant, Some(self.sentences.statics()));
        let fold_of = deal(&whole);
        let part = |fold: usize, held_out: bool| {
            let all = whole.examples.iter().zip(&fold_of);
            all.filter(move |(_, of)| (**of == fold) == held_out)
                .map(|(example, _)| example.clone())
        };
        let (progress, done) = (Progress::of("cross-validating"), AtomicUsize::new(0));
        let step = || progress.at(done.fetch_add(1, Ordering::Relaxed) + 1, 2 * FOLDS);
        progress.at(0, 2 * FOLDS);
        let trained = side_by_side((0..FOLDS).collect(), |fold| {
            let besides = more
                .iter()
                .map(|(name, text)| (name.clone(), text.as_str()));
            let trained = nlu::train(&Training {
                examples: part(fold, false).chain(besides).collect(),
                sounds_of_danger: Vec::new(),
                sounds_harmless: Vec::new(),
                ..training(self.assistant, Some(self.sentences.statics()))
            });
            step();
            trained
        });
        let trained: Vec<(Model, Study)> = trained.into_iter().collect::<Result<_, _>>()?;
        self.encode(&trained, more.is_empty());
        let trained: Vec<_> = trained.into_iter().enumerate().collect();
        let asked = side_by_side(trained, |(fold, (model, study))| {
            let asked = self.ask(&model, study, part(fold, true));
            step();
            asked
        });
        Ok(asked.concat())
    }

    /// Encodes what is learnt. Only what authors wrote is kept; what is learnt besides may be a
    /// resident's words, and is in memory alone.
    fn encode(&self, trained: &[(Model, Study)], keep: bool) {
        let texts = trained.iter().flat_map(|(_, study)| study.texts());
        let mut texts: Vec<&str> = texts.collect();
        texts.sort_unstable();
        texts.dedup();
        let mut known = self.known.encodings();
        let encoder = &self.known.encoder;
        let encodings = if keep {
            let encoded = self.encodings.of_examples(encoder, &texts, threads());
            encoded.encodings
        } else {
            texts.retain(|text| !known.contains_key(*text));
            encoder.encode_all(&texts, threads())
        };
        let texts = texts.into_iter().map(str::to_owned);
        known.extend(texts.zip(encodings));
    }

    fn ask<'e>(
        &self,
        model: &Model,
        study: Study,
        part: impl Iterator<Item = (IntentName, &'e str)>,
    ) -> Vec<Asked> {
        let encodings = study.texts().map(|text| self.known.embed(text)).collect();
        model.complete(study.second(Arc::clone(&self.known) as _, encodings));
        let asked = part.map(|(name, text)| {
            let case = Case {
                text: &one_sentence(text),
                intent: Some(&name),
            };
            Asked {
                outcome: model.outcome(&case, Depth::Both),
                text: text.to_owned(),
            }
        });
        asked.collect()
    }
}

/// Without what ends a sentence: each would be asked by itself as well.
fn one_sentence(text: &str) -> String {
    let ends = |c: char| matches!(c, '.' | '!' | '?' | ';' | ':' | ',' | '\n');
    text.replace(ends, " ")
}

/// Does `work` to each of `items` on as many threads as there are processors; in their order.
fn side_by_side<T: Send, R: Send>(items: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let queue = Mutex::new(items.into_iter().enumerate());
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let works = || -> Vec<(usize, R)> {
        let mut done = Vec::new();
        while let Some((at, item)) = next() {
            done.push((at, work(item)));
        }
        done
    };
    let mut done = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads()).map(|_| scope.spawn(works)).collect();
        let joined = threads.into_iter().map(|thread| {
            let joined = thread.join();
            joined.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        joined.flatten().collect::<Vec<_>>()
    });
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, one)| one).collect()
}

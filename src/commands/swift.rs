//! Cross-validation while somebody waits: what each example, or everything that residents say, is taken for when it is
//! not learnt.

use super::crossval::{Asked, threads};
use super::terminal::Progress;
use crate::content::Assistant;
use crate::engine::bundle::{training, training_of_examples};
use crate::engine::{Encodings, Sentences, Sources};
use crate::nlu::{self, IntentName, TrainError, Training};
use std::sync::Arc;

/// The content to be cross-validated.
pub(super) struct Swift<'a> {
    assistant: &'a Assistant,
    sentences: &'a Sentences,
    encodings: Encodings,
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
        }
    }

    /// Asks every example but the only one of an intent, within seconds; `more` is always learnt besides, as
    /// titles are, and not asked.
    ///
    /// # Errors
    /// That nothing can be learnt from it.
    pub(super) fn of_examples(
        &self,
        more: &[(IntentName, String)],
    ) -> Result<Vec<Asked>, TrainError> {
        let mut lesson = Training {
            sounds_of_danger: Vec::new(),
            sounds_harmless: Vec::new(),
            ..training_of_examples(self.assistant, Some(self.sentences.statics()))
        };
        let besides = more.iter().map(|(name, text)| (name.clone(), &**text));
        lesson.titles.extend(besides);
        self.run(lesson, more.is_empty())
    }

    /// Asks every example and phrasing, as they are learnt for residents: with 40,000 of them it takes a minute.
    ///
    /// # Errors
    /// That nothing can be learnt from it.
    pub(super) fn of_everything(&self) -> Result<Vec<Asked>, TrainError> {
        let lesson = training(self.assistant, Some(self.sentences.statics()));
        self.run(lesson, true)
    }

    fn run(&self, lesson: Training<'_>, by_authors: bool) -> Result<Vec<Asked>, TrainError> {
        let progress = Progress::of("cross-validating");
        progress.at(0, 2);
        let (_, study) = nlu::train(&lesson)?;
        progress.at(1, 2);
        let encoder = self.sentences.encoder();
        let texts: Vec<&str> = study.texts().collect();
        // Only what authors wrote is kept; what is learnt besides may be a resident's words.
        let encodings = if by_authors {
            let encoded = self.encodings.of_a_part(encoder, &texts, threads());
            encoded.encodings
        } else {
            self.encodings.of_texts(encoder, &texts, threads())
        };
        let outcomes = study.outcomes(Arc::clone(encoder) as _, encodings);
        let said: Vec<_> = lesson.examples.iter().chain(&lesson.phrasings).collect();
        let asked = outcomes.into_iter().map(|(place, outcome)| Asked {
            text: said[place].1.to_owned(),
            outcome,
        });
        Ok(asked.collect())
    }
}

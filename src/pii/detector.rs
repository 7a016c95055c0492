//! The detector: the rule table compiled, so that a row that is wrong stops the start and never
//! silently finds nothing.
//!
//! How it goes over a text is in [`super::pass`]; what is done with what it found in
//! [`super::screen`].

use super::cues::{CueFinder, Cues, PhrasesError};
use super::digits::DIGITS_MAX;
use super::frames::{FrameError, Frames};
use super::misspelt::Misspelt;
use super::own::OwnContacts;
use super::rule::{Grammar, Rule, Shape};
use super::table::rules;
use super::tagger::{Tagger, WeightsError};
use super::vocabulary::Vocabulary;
use super::{houses, introductions, lexicon};
use regex::{Regex, RegexSet};
use std::sync::{Arc, OnceLock};

/// Finds personal data in text. Shared by all conversations, and cheap to clone.
#[derive(Clone)]
pub struct Detector {
    pub(super) rules: Arc<[Compiled]>,
    /// All patterns in one, so that most texts are gone over once for all of them.
    pub(super) patterns: RegexSet,
    /// The rows of the patterns, in their order.
    pub(super) pattern_rows: Arc<[usize]>,
    /// What is read word by word.
    pub(super) grammars: Arc<[(&'static Rule, Grammar)]>,
    /// The digit rows, by the number of digits in a window.
    pub(super) by_length: Arc<[Vec<usize>; DIGITS_MAX + 1]>,
    pub(super) cues: Arc<CueFinder>,
    pub(super) vocabulary: Arc<Vocabulary>,
    pub(super) frames: Arc<Frames>,
    pub(super) misspelt: Arc<Misspelt>,
    pub(super) own: Arc<OwnContacts>,
    /// What is read beside the rules; none where it is trained or measured without.
    pub(super) tagger: Option<Arc<Tagger>>,
}

pub(super) struct Compiled {
    pub(super) rule: &'static Rule,
    /// For pattern rows.
    pub(super) regex: Option<Regex>,
}

/// Why a detector could not be made.
#[derive(Debug, thiserror::Error)]
pub enum DetectorError {
    /// A pattern of the rule table does not compile.
    #[error("the pattern of rule {rule:?} does not compile: {source}")]
    Pattern {
        /// The row's name.
        rule: &'static str,
        /// What is wrong with it.
        source: Box<regex::Error>,
    },
    /// A row asks for more digits than a window holds, or for none.
    #[error(
        "rule {rule:?} asks for {least} to {most} digits; give a range within 1 to {DIGITS_MAX}"
    )]
    Digits {
        /// The row's name.
        rule: &'static str,
        /// The least it asks for.
        least: usize,
        /// The most it asks for.
        most: usize,
    },
    /// A row has cues without phrases, so that it could never find anything.
    #[error("rule {rule:?} heeds a cue that has no phrases; add them to the cue list")]
    Cue {
        /// The row's name.
        rule: &'static str,
    },
    /// The cue phrases do not fit into one automaton.
    #[error("the cue phrases cannot be compiled: {0}")]
    Phrases(#[from] PhrasesError),
    /// A turn of speech is not written as it must be.
    #[error(transparent)]
    Turn(#[from] FrameError),
    /// The tagger's weights are not what was written.
    #[error(transparent)]
    Weights(#[from] WeightsError),
    /// One of the council's own contacts is neither a number nor a mail address or domain.
    #[error(
        "{0:?} is neither a telephone number nor a mail domain; write it like \"03069 990 000\" or \"@council.example\""
    )]
    OwnContact(Arc<str>),
}

impl Detector {
    /// Compiles the rule table. `own_contacts` are the council's own telephone numbers and mail
    /// domains or addresses ("03069 990 000", "@council.example"): they are never personal data.
    ///
    /// # Errors
    /// Names the row, or the contact, that is wrong.
    pub fn new(own_contacts: &[Arc<str>]) -> Result<Self, DetectorError> {
        // The table is part of the binary: compiled once, it serves all.
        static KNOWS_NOBODY: OnceLock<Detector> = OnceLock::new();
        let knows_nobody = match KNOWS_NOBODY.get() {
            Some(compiled) => compiled,
            None => {
                let compiled = Self::rules_alone()?.with_weights(super::tagger::WEIGHTS)?;
                KNOWS_NOBODY.get_or_init(|| compiled)
            }
        };
        Ok(Self {
            own: Arc::new(OwnContacts::new(own_contacts)?),
            ..knows_nobody.clone()
        })
    }

    /// The rules without the tagger and without contacts: what it is trained beside.
    ///
    /// # Errors
    /// Names the row that is wrong.
    pub fn rules_alone() -> Result<Self, DetectorError> {
        Self::with_rules(rules())
    }

    /// The same detector with other weights for its tagger, as [`super::train`] makes them.
    ///
    /// # Errors
    /// Says what is wrong with the weights.
    pub fn with_weights(self, weights: &[u8]) -> Result<Self, DetectorError> {
        Ok(Self {
            tagger: Some(Arc::new(Tagger::read(weights)?)),
            ..self
        })
    }

    fn with_rules(table: impl Iterator<Item = &'static Rule>) -> Result<Self, DetectorError> {
        let mut rules = Vec::new();
        let (mut patterns, mut pattern_rows) = (Vec::new(), Vec::new());
        let mut grammars = Vec::new();
        let mut by_length: [Vec<usize>; DIGITS_MAX + 1] = Default::default();
        for (row, rule) in table.enumerate() {
            for cues in [rule.cues, rule.vetoes] {
                if cues != Cues::NONE && !cues.has_phrases() {
                    return Err(DetectorError::Cue { rule: rule.name });
                }
            }
            let regex = match rule.shape {
                Shape::Pattern(_, pattern) => {
                    patterns.push(pattern);
                    pattern_rows.push(row);
                    Some(
                        Regex::new(pattern).map_err(|source| DetectorError::Pattern {
                            rule: rule.name,
                            source: Box::new(source),
                        })?,
                    )
                }
                Shape::Digits(least, most) => {
                    if least == 0 || least > most || most > DIGITS_MAX {
                        return Err(DetectorError::Digits {
                            rule: rule.name,
                            least,
                            most,
                        });
                    }
                    by_length[least..=most]
                        .iter_mut()
                        .for_each(|rows| rows.push(row));
                    None
                }
                Shape::Grammar(grammar) => {
                    grammars.push((rule, grammar));
                    None
                }
            };
            rules.push(Compiled { rule, regex });
        }
        let patterns = RegexSet::new(patterns).map_err(|source| DetectorError::Pattern {
            rule: "all patterns together",
            source: Box::new(source),
        })?;
        let frames = Frames::new()?;
        Ok(Self {
            rules: rules.into(),
            patterns,
            pattern_rows: pattern_rows.into(),
            grammars: grammars.into(),
            by_length: Arc::new(by_length),
            cues: Arc::new(CueFinder::new(&extra_phrases())?),
            vocabulary: Arc::new(Vocabulary::new(frames.anchors())),
            frames: Arc::new(frames),
            misspelt: Arc::new(Misspelt::new(&lexicon::all())),
            own: Arc::new(OwnContacts::new(&[])?),
            tagger: None,
        })
    }
}

/// The phrases of the grammars.
pub(super) fn extra_phrases() -> Vec<(Cues, &'static str)> {
    [
        houses::HOUSE_NAMES,
        introductions::PHRASES,
        lexicon::HEALTH,
        lexicon::IDENTITY,
        lexicon::CRIME,
        lexicon::IDIOMS,
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pii::table::PLAIN;

    /// What is wrong with a table of one row, which is the plain row but for what is given.
    #[track_caller]
    fn check(rule: Rule, wanted: &str) {
        let rule: &'static Rule = Box::leak(Box::new(rule));
        let error = Detector::with_rules(std::iter::once(rule)).err();
        let message = error.map(|error| error.to_string()).unwrap_or_default();
        assert!(message.starts_with(wanted), "{message}");
    }

    #[test]
    fn a_wrong_row_is_named() {
        check(
            Rule {
                name: "open",
                shape: Shape::Pattern(0, "("),
                ..PLAIN
            },
            "the pattern of rule \"open\" does not compile",
        );
        check(
            Rule {
                name: "long",
                shape: Shape::Digits(1, 99),
                ..PLAIN
            },
            "rule \"long\" asks for 1 to 99 digits",
        );
        check(
            Rule {
                name: "mute",
                shape: Shape::Digits(1, 2),
                cues: Cues::UNSPOKEN,
                ..PLAIN
            },
            "rule \"mute\" heeds a cue that has no phrases",
        );
    }

    /// An unbounded pattern could take quadratic time over a message.
    #[test]
    fn every_pattern_is_bounded_in_length() {
        for rule in rules() {
            if let Shape::Pattern(_, pattern) = rule.shape {
                let longest = regex_syntax::parse(pattern)
                    .ok()
                    .and_then(|shape| shape.properties().maximum_len());
                assert!(
                    longest.is_some_and(|bytes| bytes <= 512),
                    "{}: {longest:?}",
                    rule.name
                );
            }
        }
    }

    #[test]
    fn rows_have_names_of_their_own() {
        for (row, rule) in rules().enumerate() {
            assert!(!rule.name.is_empty());
            assert!(
                rules().skip(row + 1).all(|other| other.name != rule.name),
                "{}",
                rule.name
            );
        }
    }

    /// A row that is looked for only where one of its cues stands would never be found by its neighbour alone.
    #[test]
    fn rows_with_neighbours_are_looked_for_without_their_cues() {
        for rule in rules().filter(|rule| !rule.beside.is_empty()) {
            assert!(!rule.within.meets(rule.cues), "{}", rule.name);
        }
    }

    #[test]
    fn every_kind_has_a_row() {
        for kind in crate::pii::PiiKind::ALL {
            assert!(rules().any(|rule| rule.kind == Some(*kind)), "{kind:?}");
        }
    }
}

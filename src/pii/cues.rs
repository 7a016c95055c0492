//! The words beside a value that say what it is ("sort code", "my nhs number") or what it is not
//! ("order number", "penalty charge notice"), found in one pass over the text.
//!
//! Phrases are data, in [`super::phrases`]; which rule heeds which cue is in [`super::table`].

use super::PiiKind;
use super::phrases::PHRASES;
use aho_corasick::automaton::{Automaton as _, StateID};
use aho_corasick::dfa::DFA;
use aho_corasick::{Anchored, BuildError, MatchError, MatchKind, StartKind};

/// A set of cues, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cues(u64);

impl Cues {
    pub(super) const NONE: Self = Self(0);
    /// A cue that no phrase gives.
    #[cfg(test)]
    pub(super) const UNSPOKEN: Self = Self(1 << 63);

    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The cue at a place.
    pub(super) const fn at(place: usize) -> Self {
        Self(1 << place)
    }

    /// The places of its cues.
    pub(super) fn places(self) -> impl Iterator<Item = usize> {
        super::vocabulary::places(self.0)
    }

    /// Whether some phrase of this set exists.
    pub(super) fn has_phrases(self) -> bool {
        PHRASES.iter().any(|(cues, _)| cues.meets(self))
    }
}

macro_rules! cues {
    ($($name:ident),* $(,)?) => { cues!(@ 0; $($name,)*); };
    (@ $bit:expr; $name:ident, $($rest:ident,)*) => {
        impl Cues { pub(super) const $name: Self = Self(1 << ($bit)); }
        cues!(@ $bit + 1; $($rest,)*);
    };
    (@ $bit:expr;) => {};
}

macro_rules! named {
    ($($name:ident),* $(,)?) => {
        cues!($($name,)*);

        impl Cues {
            /// The names of the cues of this set, as the exported table gives them.
            pub(super) fn names(self) -> Vec<&'static str> {
                [$((Self::$name, stringify!($name)),)*]
                    .into_iter()
                    .filter(|(cues, _)| self.meets(*cues))
                    .map(|(_, name)| name)
                    .collect()
            }
        }
    };
}

named! {
    TOKEN, CARD, CVV, EXPIRY, NINO, NHS, SORT_CODE, ACCOUNT, UTR, PASSPORT, LICENCE, VEHICLE,
    POSTCODE, PHONE, EMAIL, BIRTH, IP, COUNCIL_TAX, BADGE, REFERENCE, PERMIT, PUBLIC, VERSION,
    NAMED, MAYBE_NAMED, KNOWN_NAMED, TITLED, FAMOUS, SIGN_OFF, HOUSE, CONDITION, STATE, ORIGIN, FACT, FIELD, OFFENCE,
    DEED, SAID, CRIME, CRIME_FIELD, DIAL, CODE, ASKED, BANK, PLATE, TURNED, PARKED, EVENT, CASE, PATIENT, TAX_REF, RELATION, BILL, BANK_NAME,
}

/// Where a phrase stands in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct CueHit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) cues: Cues,
}

/// Why the phrases do not fit into one automaton.
#[derive(Debug, thiserror::Error)]
pub enum PhrasesError {
    /// There are too many.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// It cannot begin at a given place.
    #[error(transparent)]
    Start(#[from] MatchError),
}

/// The automaton over all phrases.
pub(super) struct CueFinder {
    automaton: DFA,
    /// Its state before the first byte of a phrase.
    start: StateID,
    /// By the places of the phrases.
    cues: Vec<Cues>,
}

impl CueFinder {
    /// `extra` are further phrases: the lexicons of the grammars.
    pub(super) fn new(extra: &[(Cues, &str)]) -> Result<Self, PhrasesError> {
        let mut phrases: Vec<(String, Cues)> = PiiKind::ALL
            .iter()
            .map(|kind| (kind.token().to_ascii_lowercase(), Cues::TOKEN))
            .collect();
        for (cues, list) in PHRASES.iter().chain(extra) {
            for phrase in list.split('|') {
                // One phrase may serve several sets.
                match phrases.iter_mut().find(|(known, _)| known == phrase) {
                    Some((_, known)) => *known = known.and(*cues),
                    None => phrases.push((phrase.to_owned(), *cues)),
                }
            }
        }
        let automaton = DFA::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .start_kind(StartKind::Anchored)
            .build(phrases.iter().map(|(phrase, _)| phrase))?;
        Ok(Self {
            start: automaton.start_state(Anchored::Yes)?,
            automaton,
            cues: phrases.into_iter().map(|(_, cues)| cues).collect(),
        })
    }

    /// Whole-word phrases in order of position, none within another: the leftmost, and of those the longest that ends
    /// with a word ("first name", not "first name is", in "first name ishaan"). A digit beside a phrase does not spoil
    /// it ("nhs9434765919"), and nothing spoils a token, which its brackets end ("lane[card number]").
    pub(super) fn find(&self, text: &str) -> Vec<CueHit> {
        let bytes = text.as_bytes();
        let mut found = Vec::new();
        let mut start = 0;
        while start < bytes.len() {
            let in_word = is_letter(bytes, start.checked_sub(1)) && bytes[start] != b'[';
            let hit = (!in_word).then(|| self.longest(bytes, start)).flatten();
            start = hit.map_or(start + 1, |hit| hit.end);
            found.extend(hit);
        }
        found
    }

    /// The longest phrase that begins here and ends with a word.
    fn longest(&self, bytes: &[u8], start: usize) -> Option<CueHit> {
        let mut longest = None;
        let mut state = self.start;
        for (at, byte) in bytes.iter().enumerate().skip(start) {
            state = self.automaton.next_state(Anchored::Yes, state, *byte);
            if self.automaton.is_dead(state) {
                break;
            }
            let end = at + 1;
            if self.automaton.is_match(state)
                && (!is_letter(bytes, Some(end)) || *byte == b']')
                // A state is also one of the phrases that end here and begin further on.
                && let phrase = self.automaton.match_pattern(state, 0)
                && self.automaton.pattern_len(phrase) == end - start
            {
                longest = Some(CueHit {
                    start,
                    end,
                    cues: self.cues[phrase.as_usize()],
                });
            }
        }
        longest
    }
}

/// Whether a letter stands at a place.
fn is_letter(bytes: &[u8], at: Option<usize>) -> bool {
    let byte = at.and_then(|at| bytes.get(at));
    byte.is_some_and(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii())
}

/// How many bytes away from `start..end` the nearest cue of `wanted` is, within the given reach on
/// each side. A cue before the value counts as nearer than one after it.
pub(super) fn distance(
    hits: &[CueHit],
    wanted: Cues,
    (start, end): (usize, usize),
    (before, after): (usize, usize),
) -> Option<usize> {
    const AFTER_COSTS: usize = 6;
    let split = hits.partition_point(|hit| hit.start < end);
    let left = hits
        .iter()
        .take(split)
        .rev()
        .take_while(|hit| hit.end + before >= start)
        .find(|hit| hit.cues.meets(wanted) && hit.end <= start)
        .map(|hit| start - hit.end);
    let right = hits
        .iter()
        .skip(split)
        .take_while(|hit| hit.start <= end + after)
        .find(|hit| hit.cues.meets(wanted))
        .map(|hit| hit.start - end + AFTER_COSTS);
    match (left, right) {
        (Some(left), Some(right)) => Some(left.min(right)),
        (one, other) => one.or(other),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn phrases_are_whole_words_and_the_longest_wins() {
        let finder = CueFinder::new(&[]).unwrap();
        let found = |text: &str| {
            let hits = finder.find(text);
            hits.iter().map(|hit| hit.cues).collect::<Vec<_>>()
        };
        assert_eq!(found("advisable preface cardiff"), []);
        assert_eq!(found("my visa, nhs943"), [Cues::CARD, Cues::NHS]);
        assert_eq!(found("library card number"), [Cues::REFERENCE]);
        assert_eq!(
            found("severn trent ref"),
            [Cues::REFERENCE.and(Cues::TAX_REF).and(Cues::CODE)]
        );
        assert_eq!(found("[card number] 1234"), [Cues::TOKEN]);
        assert_eq!(
            found("qq[card number]zz[name]é"),
            [Cues::TOKEN, Cues::TOKEN]
        );
    }

    /// "sort code is" ends inside a word, "sort code" does not.
    #[test]
    fn the_longest_phrase_that_ends_with_a_word_counts() {
        let finder = CueFinder::new(&[]).unwrap();
        let hits = finder.find("sort code isle");
        assert_eq!(hits.len(), 1);
        assert_eq!((hits[0].start, hits[0].end), (0, "sort code".len()));
        assert!(finder.find("sortie").is_empty());
    }

    #[test]
    fn phrases_are_in_normal_form() {
        for (_, list) in PHRASES {
            for phrase in list.split('|') {
                let normal = super::super::normal::Normal::of(phrase);
                assert_eq!(normal.text(), phrase);
                assert_eq!(phrase.trim(), phrase);
            }
        }
    }

    #[test]
    fn the_nearest_cue_counts_on_either_side() {
        let finder = CueFinder::new(&[]).unwrap();
        let text = "order 1234 is on my card";
        let hits = finder.find(text);
        assert_eq!(distance(&hits, Cues::REFERENCE, (6, 10), (40, 30)), Some(1));
        assert_eq!(distance(&hits, Cues::CARD, (6, 10), (40, 30)), Some(16));
        assert_eq!(distance(&hits, Cues::CARD, (6, 10), (40, 5)), None);
    }
}

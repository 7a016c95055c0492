//! The words beside a value that say what it is ("sort code", "my nhs number") or what it is not
//! ("order number", "penalty charge notice"), found in one pass over the text.
//!
//! Phrases are data, in [`super::phrases`]; which rule heeds which cue is in [`super::table`].

use super::PiiKind;
use super::phrases::PHRASES;
use aho_corasick::{AhoCorasick, AhoCorasickKind, BuildError, Input, MatchKind};
use std::collections::HashMap;

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

/// The automaton over all phrases.
pub(super) struct CueFinder {
    automaton: AhoCorasick,
    phrases: Vec<Phrase>,
}

struct Phrase {
    cues: Cues,
    /// The longest phrase that this one begins with: "first name" of "first name is".
    shorter: Option<usize>,
    bytes: usize,
}

impl CueFinder {
    /// `extra` are further phrases: the lexicons of the grammars.
    pub(super) fn new(extra: &[(Cues, &str)]) -> Result<Self, BuildError> {
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
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .kind(Some(AhoCorasickKind::DFA))
            .build(phrases.iter().map(|(phrase, _)| phrase))?;
        let places: HashMap<&str, usize> = (0..)
            .zip(&phrases)
            .map(|(place, (phrase, _))| (phrase.as_str(), place))
            .collect();
        let phrases = phrases
            .iter()
            .map(|(phrase, cues)| Phrase {
                cues: *cues,
                shorter: (1..phrase.len())
                    .rev()
                    .find_map(|end| places.get(phrase.get(..end)?).copied()),
                bytes: phrase.len(),
            })
            .collect();
        Ok(Self { automaton, phrases })
    }

    /// Whole-word phrases in order of position. A digit beside a phrase does not spoil it
    /// ("nhs9434765919"), and nothing spoils a token, which its brackets end ("lane[card number]").
    /// Where the longest phrase ends inside a word ("first name is" in "first name ishaan"), the
    /// longest of those that it begins with counts.
    pub(super) fn find(&self, text: &str) -> Vec<CueHit> {
        let bytes = text.as_bytes();
        // Whether the byte at one place makes a phrase that is cut at the other a part of a word.
        let joined = |beside: Option<usize>, cut: usize| {
            let beside = beside.and_then(|at| bytes.get(at));
            beside.is_some_and(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii())
                && !matches!(bytes[cut], b'[' | b']')
        };
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(hit) = self.automaton.find(Input::new(text).range(from..)) {
            let start = hit.start();
            if joined(start.checked_sub(1), start) {
                // The next word may begin one inside it: not "rent ref" of "Severn Trent ref", but "ref".
                let rest = bytes[start..].iter();
                let letters = rest.take_while(|byte| byte.is_ascii_alphabetic()).count();
                from = start + letters.max(1);
                continue;
            }
            let mut phrase = Some(hit.pattern().as_usize());
            while let Some(ending) = phrase.map(|at| &self.phrases[at])
                && joined(Some(start + ending.bytes), start + ending.bytes - 1)
            {
                phrase = ending.shorter;
            }
            let Some(phrase) = phrase.map(|at| &self.phrases[at]) else {
                // Another may begin inside it: "having chemo" in "having chemotherapy".
                from = start + 1;
                continue;
            };
            from = start + phrase.bytes;
            found.push(CueHit {
                start,
                end: from,
                cues: phrase.cues,
            });
        }
        found
    }
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

//! Terms of the lexicon as people misspell them: "alchoholic", "skitzofrenic", "diabettes". A word that is in no
//! list is taken for a term that begins alike, sounds alike in its consonants and differs in few letters; and for an
//! illness or a medicine where it ends as those are named: "cholangitis", "nebivolol".
//!
//! Short terms are too like other words ("stroke" and "strike") and are read only as they are spelt.

use super::cues::{CueHit, Cues};
use super::lexicon::CONDITION_ENDINGS;
use super::rule::Scene;
use super::vocabulary::Mix;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

const LETTERS_MIN: usize = 7;
const LETTERS_MAX: usize = 20;
const CONSONANTS_MIN: usize = 4;
const SOUNDS_MAX: usize = 16;

/// Terms by their consonants.
pub(super) struct Misspelt(Terms);

type Terms = HashMap<Sounds, Vec<(&'static str, Cues)>, BuildHasherDefault<Mix>>;

/// The first letter of a word and the consonants after it as they sound, a byte each, the last one lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
struct Sounds(u128);

impl Sounds {
    /// Adds one, unless it is the one before or there are too many.
    fn push(&mut self, sound: u8) {
        let sound = u128::from(sound);
        if self.0 & 0xff != sound && self.count() < SOUNDS_MAX {
            self.0 = self.0 << 8 | sound;
        }
    }

    fn count(self) -> usize {
        16 - self.0.leading_zeros() as usize / 8
    }
}

impl Misspelt {
    /// `phrases` are the lexicon's; those of several words are left out, and so are peoples: many are a letter
    /// apart from each other or from another word.
    pub(super) fn new(phrases: &[(Cues, &'static str)]) -> Self {
        let sorts = Cues::CONDITION.and(Cues::STATE).and(Cues::OFFENCE);
        let mut terms = Terms::default();
        for (cues, list) in phrases.iter().filter(|(cues, _)| cues.meets(sorts)) {
            for term in list.split('|') {
                if term.len() >= LETTERS_MIN && term.bytes().all(|byte| byte.is_ascii_lowercase()) {
                    let consonants = consonants(term.as_bytes());
                    if consonants.count() >= CONSONANTS_MIN {
                        terms.entry(consonants).or_default().push((term, *cues));
                    }
                }
            }
        }
        Self(terms)
    }

    /// The misspelt terms of a text.
    pub(super) fn find(&self, scene: &Scene<'_>) -> Vec<CueHit> {
        let mut found = Vec::new();
        for (at, token) in scene.words.iter().enumerate() {
            let length = token.end - token.start;
            let unknown = scene.lists[at].is_unlisted();
            if !unknown || !(LETTERS_MIN - 1..=LETTERS_MAX).contains(&length) {
                continue;
            }
            let word = scene.word(at);
            let last = word.as_bytes().last();
            let mut endings = CONDITION_ENDINGS.iter();
            if endings.any(|ending| ending.as_bytes().last() == last && word.ends_with(ending)) {
                found.push(CueHit {
                    start: token.start,
                    end: token.end,
                    cues: Cues::CONDITION,
                });
                continue;
            }
            let terms = self.0.get(&consonants(word.as_bytes()));
            let meant = terms.into_iter().flatten().find(|(term, _)| {
                let differ = distance(word.as_bytes(), term.as_bytes());
                !term.starts_with(word) && differ <= term.len().div_ceil(3)
            });
            if let Some((term, cues)) = meant
                && *term != word
            {
                found.push(CueHit {
                    start: token.start,
                    end: token.end,
                    cues: *cues,
                });
            }
        }
        found
    }
}

/// The first letter and the consonants after it as they sound, each once where it stands twice.
fn consonants(word: &[u8]) -> Sounds {
    let mut sounds = Sounds::default();
    for (at, letter) in word.iter().enumerate() {
        let next = word.get(at + 1);
        match letter {
            b'p' if next == Some(&b'h') => sounds.push(b'f'),
            b't' if next == Some(&b'z') => {}
            b'c' | b'q' => sounds.push(b'k'),
            b'x' => {
                sounds.push(b'k');
                sounds.push(b's');
            }
            b'z' => sounds.push(b's'),
            b'a' | b'e' | b'i' | b'o' | b'u' | b'y' | b'h' | b'w' if at > 0 => {}
            letter => sounds.push(*letter),
        }
    }
    sounds
}

/// How many letters must be changed, added or left out to make one word the other.
fn distance(left: &[u8], right: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (nth, letter) in left.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = nth + 1;
        for (at, other) in right.iter().enumerate() {
            let changed = diagonal + usize::from(letter != other);
            diagonal = row[at + 1];
            row[at + 1] = changed.min(diagonal + 1).min(row[at] + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_sound_alike_have_the_same_consonants() {
        for (spelt, meant) in [
            ("skitzofrenic", "schizophrenic"),
            ("alchoholic", "alcoholic"),
            ("diabettick", "diabetic"),
            ("epelepsy", "epilepsy"),
            ("convickted", "convicted"),
        ] {
            assert_eq!(
                consonants(spelt.as_bytes()),
                consonants(meant.as_bytes()),
                "{spelt}"
            );
        }
        assert_ne!(consonants(b"artistic"), consonants(b"autistic"));
    }

    #[test]
    fn letters_that_differ_are_counted() {
        assert_eq!(distance(b"dimentia", b"dementia"), 1);
        assert_eq!(distance(b"", b"abc"), 3);
        assert_eq!(distance(b"abc", b"abc"), 0);
    }
}

//! The word lists of the grammars, in one table: a word is looked up once, and then every question
//! about it is a bit.

use super::words::{Token, tokens};
use super::{address, introductions, names, offences, sensitive};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A set of word lists, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Lists(u64);

impl Lists {
    /// A first name of either sort.
    pub(super) const ANY_NAME: Self = Self::KNOWN_NAME.and(Self::EVERYDAY_NAME);
    /// A first name that is hardly ever anything else, common or rare.
    pub(super) const KNOWN_NAME: Self = Self::FIRST_NAME.and(Self::RARE_NAME);

    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether a word of letters is in none of the lists.
    pub(super) fn is_unlisted(self) -> bool {
        let typed = Self::CAPITAL.and(Self::UPPER);
        Self(self.0 & !typed.0) == Self::LETTERS
    }

    pub(super) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Those of its lists that are among others.
    pub(super) const fn among(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The list at a place.
    pub(super) const fn at(place: usize) -> Self {
        Self(1 << place)
    }

    /// The places of its lists.
    pub(super) fn places(self) -> impl Iterator<Item = usize> {
        places(self.0)
    }
}

/// The places of the bits of a set, lowest first.
pub(super) fn places(set: u64) -> impl Iterator<Item = usize> {
    let mut left = set;
    std::iter::from_fn(move || {
        let place = (left != 0).then(|| left.trailing_zeros() as usize)?;
        left &= left - 1;
        Some(place)
    })
}

macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        lists!(@ 0; $($(#[$doc])* $name,)*);

        impl Lists {
            /// The name of a single list, as the exported table gives it.
            pub(super) fn name(self) -> &'static str {
                [$((Self::$name, stringify!($name)),)*]
                    .into_iter()
                    .find(|(list, _)| *list == self)
                    .map_or("", |(_, name)| name)
            }
        }
    };
    (@ $bit:expr; $(#[$doc:meta])* $name:ident, $($rest:tt)*) => {
        impl Lists { $(#[$doc])* pub(super) const $name: Self = Self(1 << ($bit)); }
        lists!(@ $bit + 1; $($rest)*);
    };
    (@ $bit:expr;) => {};
}

lists! {
    /// Ends the name of a street.
    STREET,
    /// Ends the name of a building with flats in it, or of a street, in capitals.
    BUILDING,
    /// "flat", "unit".
    UNIT,
    /// A street that is called just "The ...".
    THE_STREET,
    /// In no street's name between its number and its kind.
    NOT_IN_STREET,
    /// Before a number that is no house number.
    NOT_BEFORE_NUMBER,
    /// Says that a house number comes.
    HOUSE_NUMBER,
    /// After a street that is no address: "street light".
    NOT_AFTER_STREET,
    /// Comes after an address rather than in it.
    AFTER_ADDRESS,
    /// A first name that is hardly ever anything else.
    FIRST_NAME,
    /// A first name from elsewhere, found only where something says that a name comes.
    RARE_NAME,
    /// A first name that is an everyday word too.
    EVERYDAY_NAME,
    /// No part of a name.
    NOT_NAME,
    /// Usual in what residents write: no part of a name in small letters, nor of an address.
    COMMON,
    /// A surname: after a capitalised word it makes a name of both.
    SURNAME,
    /// A usual surname that is an everyday word too.
    EVERYDAY_SURNAME,
    /// No part of what is called as the words before it: "and", "yesterday".
    AFTER_NAME,
    TITLE,
    /// An animal that has a name.
    PET,
    PARTICLE,
    /// Before the name of a place.
    BEFORE_PLACE,
    /// Makes the name before it a place or an organisation.
    PLACE,
    /// A first name that is a place too.
    PLACE_NAME,
    /// Before a name that a place, a school or a pub is called after: "st", "queen".
    SAINT,
    /// Said before a name that is given without more words.
    GREETING,
    /// After a name, of who is here.
    HERE,
    /// Who somebody is to somebody: "mum", "neighbour".
    KIN,
    /// "my", "their".
    POSSESSIVE,
    /// Begins the name of a street in Welsh.
    WELSH_STREET,
    /// A person whom something may be said of.
    PERSON,
    /// Joins a person and a fact.
    LINK,
    /// Joins a person and what they are.
    BEING,
    /// Between a person and a term: a question, a topic, something else's.
    BREAK,
    /// The same, unless what joins them comes after it.
    PLACE_BREAK,
    /// Who says what somebody has: "the consultant".
    DIAGNOSER,
    /// Before "for" and an illness: "tablets".
    CURE,
    /// May stand before a message's first term: "just".
    HEADLESS,
    /// After a message's first term, where who is meant is left out.
    AFTER_HEADLESS,
    /// After a term: a thing or a topic.
    THING,
    /// Before a term and part of it.
    MODIFIER,
    /// Before "for" and what somebody did.
    TRIGGER,
    /// Ends the description of an offence.
    AFTER_OFFENCE,
    /// Who may be spoken of without more.
    SOMEBODY,
    /// Before a term that is asked about.
    TOPIC,
    /// Where a depression is a hole.
    GROUND,
    /// No list: turns of speech are looked up by the word.
    ANCHOR,
    /// No list: the word was typed with a capital first letter.
    CAPITAL,
    /// No list: its second letter was typed as a capital too: "PCSO".
    UPPER,
    /// No list: the word is ASCII letters and nothing else.
    LETTERS,
    /// No list: the word begins with a digit.
    DIGIT,
}

/// Every list with its words.
pub(super) fn word_lists() -> Vec<(Lists, &'static str)> {
    [
        address::WORDS,
        introductions::WORDS,
        offences::WORDS,
        names::WORDS,
        sensitive::WORDS,
    ]
    .concat()
}

/// Which lists each listed word is in. The words stand in the tables themselves: behind pointers, each look at one would
/// be one more place in memory. Most words are short, and their table is half as large.
pub(super) struct Vocabulary {
    short: HashMap<u64, Lists, BuildHasherDefault<Mix>>,
    long: HashMap<Spelling, Lists, BuildHasherDefault<Mix>>,
}

/// A word of few bytes, as a number. It may be a resident's, so it cannot be printed.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Spelling(u128);

impl Spelling {
    /// `None` for a longer word.
    pub(super) fn of(word: &str) -> Option<Self> {
        let fits = word.len() <= size_of::<u128>();
        let all = |word: &str| {
            word.bytes()
                .fold(0, |all: u128, byte| all << 8 | u128::from(byte))
        };
        fits.then(|| Self(all(word)))
    }
}

/// So many bytes of a word are its spelling.
const SHORT_MAX: usize = size_of::<u64>();

/// Mixes a number by a multiplication: the words are ours, so nobody can choose them to collide.
#[derive(Default)]
pub(super) struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        // By the golden ratio; the upper half, which is mixed best, is brought down to where the table looks.
        let mixed = (number ^ self.0).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ mixed >> 32;
    }

    fn write_u128(&mut self, number: u128) {
        self.write_u64((number >> 64) as u64 ^ (number as u64).rotate_left(29));
    }
}

impl Vocabulary {
    /// `anchors` are the words that turns of speech are looked up by. No listed word is too long: a test holds it.
    pub(super) fn new(anchors: impl Iterator<Item = &'static str>) -> Self {
        let mut vocabulary = Self {
            short: HashMap::default(),
            long: HashMap::default(),
        };
        let anchors = anchors.map(|word| (Lists::ANCHOR, word));
        for (list, text) in anchors.chain(word_lists()) {
            for word in text.split_ascii_whitespace() {
                let lists = match (tokens(word).as_slice(), Spelling::of(word)) {
                    ([token], _) if word.len() <= SHORT_MAX => {
                        vocabulary.short.entry(token.spelling).or_default()
                    }
                    (_, Some(spelling)) => vocabulary.long.entry(spelling).or_default(),
                    (_, None) => continue,
                };
                *lists = lists.and(list);
            }
        }
        vocabulary
    }

    /// The lists of a word and its text. A word in none that begins with Mc is a surname.
    pub(super) fn lists(&self, word: &Token, text: &str) -> Lists {
        let lists = if word.end - word.start <= SHORT_MAX {
            self.short.get(&word.spelling)
        } else {
            Spelling::of(text).and_then(|spelling| self.long.get(&spelling))
        };
        lists.copied().unwrap_or_else(|| match text.as_bytes() {
            [b'm', b'c', a, b, c, ..] if [a, b, c].iter().all(|byte| byte.is_ascii_lowercase()) => {
                Lists::SURNAME
            }
            _ => Lists::default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists(vocabulary: &Vocabulary, word: &str) -> Lists {
        vocabulary.lists(&tokens(word)[0], word)
    }

    #[test]
    fn a_word_has_the_bits_of_all_its_lists() {
        let vocabulary = Vocabulary::new(std::iter::empty());
        let lists = |word| lists(&vocabulary, word);
        assert!(lists("road").meets(Lists::STREET));
        assert!(lists("road").meets(Lists::PLACE));
        assert!(!lists("road").meets(Lists::FIRST_NAME));
        assert_eq!(lists("qwertyuiop"), Lists::default());
    }

    #[test]
    fn a_first_name_is_no_everyday_word() {
        let vocabulary = Vocabulary::new(std::iter::empty());
        let words = word_lists()
            .into_iter()
            .flat_map(|(_, text)| text.split_ascii_whitespace());
        for word in words {
            let both = Lists::EVERYDAY_NAME.and(Lists::NOT_NAME);
            let lists = lists(&vocabulary, word);
            assert!(
                !(lists.meets(Lists::KNOWN_NAME) && lists.meets(both)),
                "{word}"
            );
        }
    }

    #[test]
    fn every_listed_word_is_found_by_itself() {
        let mut spelt = HashMap::new();
        for word in word_lists()
            .into_iter()
            .flat_map(|(_, text)| text.split_ascii_whitespace())
        {
            let spelling = Spelling::of(word);
            assert!(spelling.is_some(), "{word} is too long");
            assert_eq!(*spelt.entry(spelling).or_insert(word), word);
        }
    }
}

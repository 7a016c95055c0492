//! A text as the tagger reads it: a row of items, each a word or a value that the rules found, and for each item the
//! numbers of its features.
//!
//! Everything is 32-bit whole numbers by operations that JavaScript has too, so that `web/pii/tagger.js` gives the
//! same numbers. What the features are worth is in [`super::model`].

use super::KINDS;
use super::model::Model;
use crate::pii::PiiKind;
use crate::pii::cues::{CueHit, Cues};
use crate::pii::normal::offset;
use crate::pii::pass::Hit;
use crate::pii::rule::Scene;
use crate::pii::vocabulary::Lists;
use crate::pii::words::{Token, hash};

/// Features are numbered in so many bits: different features may share a number, and learn to.
pub(super) const FEATURE_BITS: u32 = 22;

/// How many items before and after a text's first and last one are looked at.
pub(super) const BEFORE: usize = 3;
pub(super) const AFTER: usize = 2;

/// The lists that say something of names and addresses; the others are about facts, which the turns of speech find.
const LISTS: [Lists; 26] = [
    Lists::STREET,
    Lists::BUILDING,
    Lists::UNIT,
    Lists::THE_STREET,
    Lists::NOT_IN_STREET,
    Lists::NOT_BEFORE_NUMBER,
    Lists::HOUSE_NUMBER,
    Lists::FIRST_NAME,
    Lists::RARE_NAME,
    Lists::EVERYDAY_NAME,
    Lists::NOT_NAME,
    Lists::COMMON,
    Lists::SURNAME,
    Lists::TITLE,
    Lists::PET,
    Lists::PARTICLE,
    Lists::BEFORE_PLACE,
    Lists::PLACE,
    Lists::PLACE_NAME,
    Lists::SAINT,
    Lists::KIN,
    Lists::POSSESSIVE,
    Lists::WELSH_STREET,
    Lists::PERSON,
    Lists::LINK,
    Lists::BEING,
];

/// A word, or a value that the rules found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Item {
    /// Bytes of the normalised text.
    pub(super) start: u32,
    pub(super) end: u32,
    /// The word, or the kind of the value.
    pub(super) word: u32,
    /// The word if training saw it often, or else how it ends.
    key: u32,
    /// Its lists and its shape.
    class: u32,
    /// Digits, capitals.
    shape: u32,
    /// Its last letters.
    ending: u32,
    /// What stands before it.
    gap: u32,
    /// How far back in the sentence the last word is that may mean a person; 0 for none.
    near: u32,
    /// The cue or the turn of speech that it is in; 0 for none.
    mark: u32,
    /// A value of another kind, or public: nothing of what is looked for.
    pub(super) taken: bool,
}

/// Puts two numbers into one; the order matters.
pub(super) const fn mix(left: u32, right: u32) -> u32 {
    (left.rotate_left(5) ^ right).wrapping_mul(0x9e37_79b1)
}

/// The numbers of what lists and cues are called: by their names, so that a new list or cue changes no other.
pub(super) struct Names {
    /// [`LISTS`] in one.
    all: Lists,
    lists: [u32; 64],
    cues: [u32; 64],
    /// By the places of the kinds.
    kinds: Vec<u32>,
}

impl Names {
    pub(super) fn new() -> Self {
        let mut names = Self {
            all: LISTS
                .iter()
                .fold(Lists::default(), |all, list| all.and(*list)),
            lists: [0; 64],
            cues: [0; 64],
            kinds: PiiKind::ALL
                .iter()
                .map(|kind| hash(kind.token().to_ascii_lowercase().as_bytes()))
                .collect(),
        };
        for place in LISTS.iter().flat_map(|list| list.places()) {
            names.lists[place] = hash(Lists::at(place).name().as_bytes());
        }
        for (place, cue) in names.cues.iter_mut().enumerate() {
            *cue = Cues::at(place)
                .names()
                .first()
                .map_or(0, |name| hash(name.as_bytes()));
        }
        names
    }

    fn lists(&self, lists: Lists) -> u32 {
        lists
            .among(self.all)
            .places()
            .fold(0, |all, place| all ^ self.lists[place])
    }

    /// Never 0.
    fn cues(&self, cues: Cues) -> u32 {
        cues.places().fold(1, |all, place| all ^ self.cues[place]) | 1
    }
}

/// What stands between a word and the one before it, as one of few sorts.
fn gap(text: &str) -> u32 {
    match text {
        " " | "" => 0,
        _ if text.contains('\n') => 1,
        _ if text.contains(['.', '!', '?', ';']) => 2,
        _ if text.contains(',') => 3,
        "'" => 4,
        _ if text.trim_matches(' ').is_empty() => 0,
        _ => 5,
    }
}

/// Digits, digits and letters, capitals, a capital, none of these; capitals count only where not most of the text is.
fn shape(word: &Token, text: &[u8], lists: Lists, capitals: bool) -> u32 {
    let [.., last] = word.spelling.to_be_bytes();
    if lists.meets(Lists::DIGIT) || last.is_ascii_digit() {
        let letters = text.iter().any(|byte| !byte.is_ascii_digit());
        return if letters { 2 } else { 1 };
    }
    match (capitals, lists) {
        (true, lists) if lists.meets(Lists::UPPER) => 3,
        (true, lists) if lists.meets(Lists::CAPITAL) => 4,
        _ => 5,
    }
}

/// The mark of a word by the cues that stand on it, and by the turns of speech; 0 for none.
type Marks = (u32, u32);

/// Marks the words that cues or turns of speech stand on, with what begins there and what goes on. Where several stand
/// the highest counts, in whatever order they come.
fn marked(scene: &Scene<'_>, names: &Names) -> Vec<Marks> {
    if scene.cues.is_empty() && scene.turns.is_empty() {
        return Vec::new();
    }
    let mut marks = vec![Marks::default(); scene.words.len()];
    let mut mark = |hit: &CueHit, of: fn(&mut Marks) -> &mut u32| {
        let first = scene.word_at(hit.start);
        let words = scene.words.iter().zip(&mut marks).skip(first);
        let value = names.cues(hit.cues);
        for (nth, (_, marks)) in words
            .take_while(|(word, _)| word.start < hit.end)
            .enumerate()
        {
            let mark = of(marks);
            *mark = (*mark).max(if nth == 0 { value } else { mix(value, 1) });
        }
    };
    scene.cues.iter().for_each(|hit| mark(hit, |(cue, _)| cue));
    scene
        .turns
        .iter()
        .for_each(|hit| mark(hit, |(_, turn)| turn));
    marks
}

/// The items of a text, with [`BEFORE`] empty ones before and [`AFTER`] after them. `hits` are those of the rules, in
/// order.
pub(super) fn items(scene: &Scene<'_>, hits: &[Hit], names: &Names, model: &Model) -> Vec<Item> {
    let count = scene.words.len();
    let upper = scene.lists.iter().filter(|lists| lists.meets(Lists::UPPER));
    let reader = Reader {
        scene,
        names,
        model,
        marks: marked(scene, names),
        capitals: scene.has_small && upper.count() * 2 <= count,
    };
    let mut items = Vec::with_capacity(BEFORE + count + AFTER);
    items.resize(BEFORE, Item::default());
    let mut hits = hits.iter().peekable();
    // The finding that the item before is in, if it is in one.
    let mut last = None;
    // How many words ago a person was spoken of, and nobody for long.
    let mut person = NOBODY;
    for (at, word) in scene.words.iter().enumerate() {
        let gap = gap(scene.gap(at));
        person = match gap {
            _ if scene.is(at, PEOPLE) => 0,
            1 | 2 => NOBODY,
            _ => person + 1,
        };
        while hits.next_if(|hit| hit.range.end <= word.start).is_some() {}
        let hit = hits.peek().filter(|hit| hit.range.start < word.end);
        let goes_on = hit.is_some() && last == hit.map(|hit| hit.range.start);
        last = hit.map(|hit| hit.range.start);
        match (hit, items.last_mut()) {
            (Some(hit), before) if !hit.kind.is_some_and(|kind| KINDS.contains(&kind)) => {
                match before {
                    Some(before) if goes_on => before.end = offset(word.end),
                    _ => items.push(reader.taken(word, hit, gap)),
                }
            }
            _ => items.push(reader.word(at, gap, person)),
        }
    }
    items.resize(items.len() + AFTER, Item::default());
    items
}

/// Who may be spoken of.
const PEOPLE: Lists = Lists::PERSON.and(Lists::KIN).and(Lists::POSSESSIVE);
const NOBODY: usize = 99;

/// A text and what is known of its words.
struct Reader<'a> {
    scene: &'a Scene<'a>,
    names: &'a Names,
    model: &'a Model,
    marks: Vec<Marks>,
    /// Whether capitals say anything.
    capitals: bool,
}

impl Reader<'_> {
    /// Word `at` as an item; `person` was spoken of so many words ago.
    fn word(&self, at: usize, gap: u32, person: usize) -> Item {
        let token = &self.scene.words[at];
        let lists = self.scene.lists[at];
        let (word, ending) = (token.hash, token.spelling as u32);
        let shape = shape(token, self.scene.word(at).as_bytes(), lists, self.capitals);
        Item {
            start: offset(token.start),
            end: offset(token.end),
            word,
            key: if self.model.knows(word) {
                word
            } else {
                // Three letters of the four.
                mix(3, ending & 0x00ff_ffff)
            },
            class: mix(self.names.lists(lists), shape),
            shape,
            ending,
            gap,
            near: match person {
                0..=1 => 1,
                2 => 2,
                3..=4 => 3,
                5..=9 => 4,
                _ => 0,
            },
            mark: match self.marks.get(at) {
                None => 0,
                Some((cue, 0)) => *cue,
                Some((_, turn)) => mix(*turn, 2) | 1,
            },
            taken: false,
        }
    }

    /// A value of another kind, called as it is redacted: the token that stands for it is read alike.
    fn taken(&self, word: &Token, hit: &Hit, gap: u32) -> Item {
        let shown = self
            .scene
            .normal
            .bytes()
            .get(hit.range.clone())
            .unwrap_or_default();
        let name = match hit.kind {
            Some(kind) => self.names.kinds[kind as usize],
            None if shown.starts_with(b"[") => hash(shown),
            None => hash(b"public"),
        };
        Item {
            start: offset(word.start),
            end: offset(word.end),
            word: name,
            key: name,
            class: 7,
            shape: 7,
            ending: 7,
            gap,
            near: 0,
            mark: 0,
            taken: true,
        }
    }
}

/// An item and its neighbours: three before and two after.
pub(super) type Window = [Item; BEFORE + 1 + AFTER];

/// The window of item `at`, counted without the empty ones.
pub(super) fn window(items: &[Item], at: usize) -> Option<&Window> {
    items.get(at..)?.first_chunk()
}

/// The number of a feature: of the template and of what it is made of.
const fn number(template: u32, parts: u32) -> u32 {
    mix(template, parts) >> (32 - FEATURE_BITS)
}

/// Calls `of` with the features that mostly tell by themselves that an item is nothing.
#[inline(always)]
pub(super) fn first(window: &Window, mut of: impl FnMut(u32)) {
    let [_, _, before, item, after, _] = window;
    of(number(1, item.word));
    of(number(2, mix(before.key, item.gap)));
    of(number(3, mix(after.key, after.gap)));
    of(number(4, item.class));
    of(number(5, item.ending));
    of(number(6, mix(before.class, item.gap)));
    of(number(7, mix(item.near, item.key)));
    if item.mark != 0 {
        of(number(8, item.mark));
        of(number(9, mix(item.near, item.mark)));
    }
}

/// Calls `of` with all others.
#[inline(always)]
pub(super) fn further(window: &Window, mut of: impl FnMut(u32)) {
    let [third, second, before, item, after, next] = window;
    of(number(10, next.key));
    of(number(11, mix(item.key, after.key)));
    of(number(12, mix(second.key, before.key)));
    of(number(13, mix(before.key, item.class)));
    of(number(14, mix(mix(before.class, item.gap), item.class)));
    of(number(15, mix(mix(after.key, after.gap), item.class)));
    of(number(16, mix(after.class, after.gap)));
    of(number(17, third.key));
    of(number(18, mix(item.gap, item.shape)));
    if item.mark | before.mark | after.mark != 0 {
        of(number(19, mix(item.mark, before.key)));
        of(number(20, mix(item.mark, after.mark)));
        of(number(21, mix(mix(item.mark, second.key), before.key)));
        of(number(22, mix(before.mark, item.class)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The page is held to the same numbers (web/pii/pii.test.mjs).
    #[test]
    fn numbers_are_those_of_the_page() {
        assert_eq!(hash(b"smith"), 1_475_481_488);
        assert_eq!(hash("si\u{e2}n".as_bytes()), 1_790_416_726);
        assert_eq!(hash(b""), 2_166_136_261);
        assert_eq!(hash(b"14a"), hash(b"99a"));
        assert_eq!(mix(1, 2), 56_502_658);
        assert_eq!(mix(0xffff_ffff, 0x8000_0000), 3_788_015_183);
        assert_eq!(mix(hash(b"smith"), 7), 4_257_972_221);
        assert_ne!(mix(1, 2), mix(2, 1));
    }

    #[test]
    fn lists_and_cues_are_told_apart_by_their_names() {
        let names = Names::new();
        let name = names.lists(Lists::FIRST_NAME.and(Lists::CAPITAL));
        assert_eq!(name, hash(b"FIRST_NAME"));
        assert_eq!(names.lists(Lists::LETTERS), 0);
        assert_ne!(names.cues(Cues::NONE), 0);
        assert_ne!(names.cues(Cues::NAMED), names.cues(Cues::TITLED));
    }

    #[test]
    fn what_stands_between_words_is_of_few_sorts() {
        for (text, sort) in [
            (" ", 0),
            ("  ", 0),
            (",\n", 1),
            (". ", 2),
            (", ", 3),
            ("'", 4),
            (" - ", 5),
        ] {
            assert_eq!(gap(text), sort, "{text:?}");
        }
    }
}

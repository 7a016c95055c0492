//! Lists of the content in a message: the choices of every slot with their synonyms, departments, and
//! the shapes of the council's references.
//!
//! One automaton over all of them, made when content loads. The longest phrase of a list wins; a
//! misspelt word is read as the listed word it comes near to, unless it is a word of the content
//! itself ("back" is not "black"); "not the black bin, the brown" refuses the one and means the
//! other. Which choice an answer means where only its number is said is `choices`'.

use super::choices::Ways;
use super::references::ReferenceShape;
use super::repaired::Repaired;
use super::slots;
use super::spelling::is_nearly;
use super::words::Words;
use crate::content::{Intent, SlotType};
use crate::departments::{Department, DepartmentName};
use crate::nlu::IntentName;
use aho_corasick::AhoCorasick;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

/// A list of the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum List {
    /// The choices of a slot.
    Slot {
        /// The intent that asks.
        intent: IntentName,
        /// The slot.
        slot: Arc<str>,
    },
    /// The departments, by their titles.
    Departments,
}

/// What may be said of a list: one of its entries, in some words.
#[derive(Debug, Clone, Copy)]
struct Phrase {
    list: usize,
    entry: usize,
    /// A label or a synonym, and not only the key that is recorded.
    is_said: bool,
}

/// An entry of a list where it stands in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) list: usize,
    pub(super) entry: usize,
    pub(super) words: Range<usize>,
    pub(super) is_refused: bool,
    pub(super) is_said: bool,
    pub(super) is_misspelt: bool,
}

/// Everything that the content lists, compiled.
#[derive(Debug, Default)]
pub struct Lexicon {
    automaton: Option<AhoCorasick>,
    /// What each pattern of the automaton may mean.
    meanings: Vec<Vec<Phrase>>,
    lists: Vec<(List, Vec<Arc<str>>)>,
    /// Of the lists of slots, which come first, how the whole of an answer says each entry.
    ways: Vec<Ways>,
    /// Words of the phrases, by their first letter.
    vocabulary: HashMap<u8, Vec<Box<str>>>,
    /// Words that are spelt as they should be.
    known: HashSet<Box<str>>,
    references: Vec<ReferenceShape>,
}

/// Phrases in the making.
#[derive(Default)]
struct Phrases {
    places: HashMap<String, usize>,
    meanings: Vec<Vec<Phrase>>,
}

impl Phrases {
    fn add(&mut self, text: &str, phrase: Phrase) {
        let words = Words::of(text);
        let folded = words.folded().trim_end();
        if folded.is_empty() {
            return;
        }
        let phrase = Phrase {
            is_said: phrase.is_said && !is_general(folded),
            ..phrase
        };
        let next = self.meanings.len();
        let place = *self.places.entry(folded.to_owned()).or_insert(next);
        if place == next {
            self.meanings.push(Vec::new());
        }
        if let Some(meanings) = self.meanings.get_mut(place)
            && !meanings
                .iter()
                .any(|known| (known.list, known.entry) == (phrase.list, phrase.entry))
        {
            meanings.push(phrase);
        }
    }
}

/// Whether a phrase says something only as the answer to a question: "other", "off", "both".
fn is_general(phrase: &str) -> bool {
    const GENERAL: &[&str] = &[
        "other",
        "others",
        "another",
        "both",
        "none",
        "mixed",
        "just one",
        "something else",
        "dead",
        "little",
        "small",
        "large",
        "huge",
        "massive",
        "bigger",
        "cold",
        "daily",
        "always",
        "never",
    ];
    phrase.chars().count() < 4 || GENERAL.contains(&phrase)
}

impl Lexicon {
    /// From the checked content.
    #[must_use]
    pub fn of(
        intents: &BTreeMap<IntentName, Intent>,
        departments: &BTreeMap<DepartmentName, Department>,
        references: Vec<ReferenceShape>,
    ) -> Self {
        let mut phrases = Phrases::default();
        let (mut lists, mut ways) = (Vec::new(), Vec::new());
        for intent in intents.values() {
            for slot in &intent.ask {
                let SlotType::Choice(choices) = &slot.kind else {
                    continue;
                };
                for (entry, choice) in choices.iter().enumerate() {
                    let mut add = |text: &str, is_said| {
                        phrases.add(
                            text,
                            Phrase {
                                list: lists.len(),
                                entry,
                                is_said,
                            },
                        )
                    };
                    for label in std::iter::once(&choice.label.en).chain(&choice.label.cy) {
                        add(label, true);
                        // "Black bin (general rubbish)"
                        for part in label.split(['(', ')']) {
                            add(part, true);
                        }
                    }
                    choice
                        .synonyms
                        .iter()
                        .for_each(|synonym| add(synonym, true));
                    add(&choice.key, false);
                }
                ways.push(slots::ways(choices));
                let list = List::Slot {
                    intent: intent.name.clone(),
                    slot: slot.name.clone(),
                };
                lists.push((
                    list,
                    choices.iter().map(|choice| choice.key.clone()).collect(),
                ));
            }
        }
        for (entry, department) in departments.values().enumerate() {
            phrases.add(
                &department.title,
                Phrase {
                    list: lists.len(),
                    entry,
                    is_said: true,
                },
            );
        }
        lists.push((
            List::Departments,
            departments
                .keys()
                .map(|name| name.as_str().into())
                .collect(),
        ));
        Self {
            ways,
            ..Self::compiled(phrases, lists, known(intents), references)
        }
    }

    fn compiled(
        phrases: Phrases,
        lists: Vec<(List, Vec<Arc<str>>)>,
        known: HashSet<Box<str>>,
        references: Vec<ReferenceShape>,
    ) -> Self {
        let mut patterns = vec![String::new(); phrases.meanings.len()];
        let mut vocabulary: HashMap<u8, Vec<Box<str>>> = HashMap::new();
        let mut seen = HashSet::new();
        for (text, place) in phrases.places {
            for word in text.split(' ').filter(|word| word.len() >= 4) {
                if seen.insert(word.to_owned()) {
                    vocabulary
                        .entry(word.as_bytes()[0])
                        .or_default()
                        .push(word.into());
                }
            }
            if let Some(pattern) = patterns.get_mut(place) {
                *pattern = text;
            }
        }
        // One order on every machine, whatever the hashing.
        vocabulary
            .values_mut()
            .for_each(|words| words.sort_unstable());
        Self {
            // Compiling fails only past 2^31 states, which no content reaches.
            automaton: AhoCorasick::new(&patterns).ok(),
            meanings: phrases.meanings,
            lists,
            ways: Vec::new(),
            vocabulary,
            known,
            references,
        }
    }

    /// The shapes of references, this house's own first.
    pub(super) fn references(&self) -> &[ReferenceShape] {
        &self.references
    }

    /// A list by its place.
    pub(super) fn list(&self, place: usize) -> Option<&(List, Vec<Arc<str>>)> {
        self.lists.get(place)
    }

    /// How the choices of a slot's list are said.
    pub(super) fn ways(&self, place: usize) -> Option<&Ways> {
        self.ways.get(place)
    }

    /// The place of the list of a slot.
    pub(super) fn place(&self, intent: &IntentName, slot: &str) -> Option<usize> {
        self.lists.iter().position(|(list, _)| {
            matches!(list, List::Slot { intent: of, slot: name } if of == intent && **name == *slot)
        })
    }

    /// Every entry of every list that the text mentions, by list and then in order.
    pub(super) fn mentions(&self, w: &Words<'_>) -> Vec<Mention> {
        let Some(automaton) = &self.automaton else {
            return Vec::new();
        };
        let repaired = self.repaired(w);
        let text = repaired
            .as_ref()
            .map_or(w.folded(), |repaired| &repaired.text);
        let mut mentions = Vec::new();
        for found in automaton.find_overlapping_iter(text) {
            let places = match &repaired {
                Some(repaired) => repaired.start(found.start()).zip(repaired.end(found.end())),
                None => w.folded_start(found.start()).zip(w.folded_end(found.end())),
            };
            let Some((first, last)) = places else {
                continue;
            };
            let is_misspelt = repaired
                .as_ref()
                .is_some_and(|text| (first..=last).any(|at| text.changed.contains(&at)));
            for phrase in self
                .meanings
                .get(found.pattern().as_usize())
                .into_iter()
                .flatten()
            {
                mentions.push(Mention {
                    list: phrase.list,
                    entry: phrase.entry,
                    words: first..last + 1,
                    is_refused: false,
                    is_said: phrase.is_said,
                    is_misspelt,
                });
            }
        }
        let mut mentions = longest(mentions);
        refuse(w, &mut mentions);
        mentions
    }

    /// The mentions of a message in which nobody asked. A key alone counts beside what is surely of
    /// its list: "not the black bin, the brown". What is part of a department's name is not more.
    pub(super) fn unasked(&self, w: &Words<'_>) -> Vec<Mention> {
        let mentions = self.mentions(w);
        let is_department =
            |mention: &Mention| matches!(self.list(mention.list), Some((List::Departments, _)));
        let counts = |mention: &Mention| {
            let beside = mentions
                .iter()
                .any(|other| other.list == mention.list && (other.is_said || other.is_refused));
            let within = mentions.iter().any(|other| {
                is_department(other)
                    && other.words.len() > mention.words.len()
                    && other.words.start <= mention.words.start
                    && mention.words.end <= other.words.end
            });
            beside && !within
        };
        mentions.iter().filter(|one| counts(one)).cloned().collect()
    }

    /// The text with misspelt words as the listed words that they come near to, if there are any.
    fn repaired(&self, w: &Words<'_>) -> Option<Repaired> {
        let repairs: Vec<(usize, &str)> = (0..w.len())
            .filter_map(|at| Some((at, self.nearest(w.get(at))?)))
            .collect();
        if repairs.is_empty() {
            return None;
        }
        Some(Repaired::of(w, &repairs))
    }

    /// The listed word that an unknown word comes near to; none where there are two.
    fn nearest(&self, word: &str) -> Option<&str> {
        let first = *word.as_bytes().first()?;
        if word.len() < 3 || !first.is_ascii_alphabetic() || self.known.contains(word) {
            return None;
        }
        let mut near = self
            .vocabulary
            .get(&first)?
            .iter()
            .filter(|listed| is_nearly(word, listed));
        let found = near.next()?;
        if **found == *word {
            return None;
        }
        match near.next() {
            None => Some(found),
            // "gardn" is one slip from "garden" and two from "gardens".
            Some(_) => self
                .vocabulary
                .get(&first)?
                .iter()
                .map(|listed| {
                    (
                        super::spelling::distance(word.as_bytes(), listed.as_bytes()),
                        listed,
                    )
                })
                .min()
                .map(|(_, listed)| &**listed),
        }
    }
}

/// Of mentions that overlap in one list, the longest.
fn longest(mut mentions: Vec<Mention>) -> Vec<Mention> {
    mentions.sort_by(|left, right| {
        (left.list, right.words.len(), left.words.start).cmp(&(
            right.list,
            left.words.len(),
            right.words.start,
        ))
    });
    let mut kept: Vec<Mention> = Vec::with_capacity(mentions.len());
    for mention in mentions {
        let overlaps = kept
            .iter()
            .rev()
            .take_while(|one| one.list == mention.list)
            .any(|one| one.words.start < mention.words.end && mention.words.start < one.words.end);
        if !overlaps {
            kept.push(mention);
        }
    }
    kept.sort_by_key(|mention| (mention.list, mention.words.start));
    kept
}

/// Words between "not" and what it refuses.
const BETWEEN: &[&str] = &[
    "the", "my", "a", "an", "our", "your", "its", "it", "that", "in", "on", "for", "y", "yr", "of",
    "than",
];
const NOT: &[&str] = &[
    "not", "isnt", "wasnt", "nid", "ddim", "never", "arent", "instead", "rather", "except", "nor",
    "no",
];

/// Marks what was refused: "not the black bin", "brown and not black or silver".
fn refuse(w: &Words<'_>, mentions: &mut [Mention]) {
    let mut refused: Vec<(usize, usize)> = Vec::new();
    for mention in mentions {
        let mut at = mention.words.start;
        let mut steps = 0;
        while steps < 3 && at > 0 && w.follows(at) && w.is(at - 1, BETWEEN) {
            at -= 1;
            steps += 1;
        }
        let not = at > 0 && w.follows(at) && w.is(at - 1, NOT);
        let or = at > 0
            && w.is(at - 1, &["or", "nor", "neu"])
            && refused.contains(&(mention.list, at - 1));
        mention.is_refused = not || or;
        if mention.is_refused {
            refused.push((mention.list, mention.words.end));
        }
    }
}

/// Words that are spelt as they should be: what residents are shown, and what more than one intent's
/// examples use.
fn known(intents: &BTreeMap<IntentName, Intent>) -> HashSet<Box<str>> {
    let mut known: HashSet<Box<str>> = COMMON.split_ascii_whitespace().map(Into::into).collect();
    let mut add = |text: &str| {
        let words = Words::of(text);
        known.extend((0..words.len()).map(|at| Box::from(words.get(at))));
    };
    let mut used: HashMap<Box<str>, &IntentName> = HashMap::new();
    for intent in intents.values() {
        let localized = std::iter::once(&intent.title)
            .chain([&intent.answer.text])
            .chain(&intent.answer.spoken)
            .chain(intent.ask.iter().map(|slot| &slot.prompt));
        for text in localized.flat_map(|one| std::iter::once(&one.en).chain(&one.cy)) {
            add(text);
        }
    }
    for intent in intents.values() {
        for example in &intent.examples {
            let words = Words::of(example);
            for at in 0..words.len() {
                let word = words.get(at);
                match used.get(word) {
                    Some(first) if **first != intent.name => add(word),
                    Some(_) => {}
                    None => {
                        used.insert(word.into(), &intent.name);
                    }
                }
            }
        }
    }
    known
}

/// Words of everyday speech that come near to words which content lists.
const COMMON: &str = "back lack slack block green great greed brow crown blown food good mood foot fool wood paper \
    papers caper larger large garden harden guarden glass grass class pass path bath batch catch match small mall \
    shall smell still spill steel stole store stone story plan plane plant place plate later water waiter letter \
    other others order older border power tower shower lower flower house horse hose those these there their three \
    tree trees free tried trial light night right fight might sight since once twice nice mice rice price prices \
    call cell sell well will wall ball bill bell fill fell full pull dull hole whole home some same game name lame \
    flame blame frame came come coming going doing being seeing having had has his hers this that than then them \
    they from form farm firm foam roam room road load loud cloud could would should found round sound ground pound \
    here hear heard hard card cart part party past last late lane line lines like likes live lives left lift list \
    lost last least lease leave leaves level";

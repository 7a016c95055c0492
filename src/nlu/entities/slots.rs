//! Reading an answer by the type of its slot: the value as it is recorded, or none if unreadable.
//!
//! Values are normalised where there is a normal form: a choice's key, `yes` and `no`, digits, an ISO
//! date, a postcode in capitals. It does not say what is asked again, nor how often.

use super::choices::Ways;
use super::leads::Leads;
use super::shapes::{self, SHORT_CHARS_MAX, Spelt};
use super::spelling::letters_heard;
use super::words::{Words, words};
use super::{Day, Reader, answers, choices, days, money, names, places, times};
use crate::content::{Slot, SlotChoice, SlotType};
use crate::nlu::{Command, IntentName};
use crate::pii::SlotText;

/// The longest value in characters; what is longer is cut, and shown back.
pub const VALUE_CHARS_MAX: usize = 500;

/// Characters of an answer that are read.
const READ_CHARS_MAX: usize = 4 * VALUE_CHARS_MAX;

/// Words by which an address without a house number is told from a sentence.
const STREETS: &[&str] = &[
    "street", "st", "road", "rd", "lane", "ln", "avenue", "ave", "close", "drive", "way", "court",
    "crescent", "terrace", "place", "square", "gardens", "grove", "row", "hill", "park", "view",
    "walk", "mews", "green", "heol", "ffordd", "stryd", "lon", "rhodfa", "clos", "maes",
];

impl Reader<'_> {
    /// The value of `slot` of `intent` in an answer, or none where it cannot be read as one.
    ///
    /// `command` is what the understanding made of the whole answer, so that every way to say yes or
    /// no that the content knows counts.
    #[must_use]
    pub fn answer(
        &self,
        intent: &IntentName,
        slot: &Slot,
        answer: &SlotText,
        command: Option<Command>,
    ) -> Option<String> {
        let answer = answer.as_str();
        self.as_said(intent, slot, answer, command)
            .or_else(|| self.as_heard(slot, answer))
    }

    /// The value of `slot` in what a recogniser offers for one utterance, best first: the first that
    /// reads as it stands, else the first that reads with letters heard as words ("see" for c); with
    /// its place among them.
    #[must_use]
    pub fn best_of(
        &self,
        intent: &IntentName,
        slot: &Slot,
        alternatives: &[SlotText],
        command: Option<Command>,
    ) -> Option<(usize, String)> {
        let first = |read: &dyn Fn(&str) -> Option<String>| {
            let mut each = alternatives.iter().enumerate();
            each.find_map(|(place, said)| Some((place, read(said.as_str())?)))
        };
        first(&|said| self.as_said(intent, slot, said, command))
            .or_else(|| first(&|said| self.as_heard(slot, said)))
    }

    /// Whether an answer names a date that no calendar has, and no other: "31 June".
    #[must_use]
    pub fn is_impossible_date(&self, answer: &SlotText) -> bool {
        matches!(self.day(answer.as_str()), Some(Day::Impossible))
    }

    /// The house number that is the whole of an answer: "14", "it's number fourteen", "flat 2, 14b".
    #[must_use]
    pub fn house(&self, answer: &SlotText) -> Option<String> {
        let w = Words::of(clipped(answer.as_str()));
        let leading = |at: &usize| {
            w.is(
                *at,
                &[
                    "its", "it", "is", "at", "the", "number", "no", "house", "were", "im", "sorry",
                    "rhif",
                ],
            )
        };
        let at = (0..w.len()).find(|at| !leading(at))?;
        let (end, unit) = match places::read(&w, at) {
            Some((end, address)) if !address.unit.is_empty() && address.street.is_empty() => {
                (end, address.to_string())
            }
            _ => {
                let (house, end) = places::house_number(&w, at)?;
                (end, house)
            }
        };
        let rest = (end..w.len()).all(|at| w.is(at, &["please", "thanks", "mate", "thank", "you"]));
        rest.then_some(unit)
    }

    fn as_said(
        &self,
        intent: &IntentName,
        slot: &Slot,
        answer: &str,
        command: Option<Command>,
    ) -> Option<String> {
        let answer = clipped(answer.trim());
        match &slot.kind {
            SlotType::Text => (!answer.is_empty()).then(|| cut(answer)),
            SlotType::Location => has_word(answer).then(|| cut(answer)),
            SlotType::Address => address(answer),
            SlotType::Name => names::read(answer),
            SlotType::Postcode => postcode(answer),
            SlotType::Phone => Spelt::of(answer).phone(0).map(|(found, _)| found.value),
            SlotType::Email => shapes::email(answer, true).map(|found| found.value),
            SlotType::Vehicle => vehicle(answer, false)
                .or_else(|| vehicle(&letters_heard(answer), false))
                .or_else(|| vehicle(answer, true)),
            SlotType::YesNo => self.yes_no(answer, command),
            SlotType::Number { min, max } => choices::number(answer)
                .filter(|n| (min..=max).contains(&n))
                .map(|n| n.to_string()),
            SlotType::Date => self.day(answer)?.date().map(|date| date.to_string()),
            SlotType::Reference => self.reference(answer),
            SlotType::Choice(choices) => self.choice(intent, slot, choices, answer),
        }
    }

    /// The answer with letters and numbers that a recogniser wrote as words, for types in which they
    /// are all that is said.
    fn as_heard(&self, slot: &Slot, answer: &str) -> Option<String> {
        let answer = clipped(answer);
        let heard = || letters_heard(answer);
        match &slot.kind {
            SlotType::Postcode => Spelt::of(&heard())
                .postcode(0)
                .map(|(found, _)| found.value),
            SlotType::Phone => Spelt::of(&heard()).phone(0).map(|(found, _)| found.value),
            SlotType::Vehicle => vehicle(&heard(), true),
            SlotType::Number { min, max } if words(answer).len() == 1 => choices::number(&heard())
                .filter(|n| (min..=max).contains(&n))
                .map(|n| n.to_string()),
            SlotType::Text
            | SlotType::Location
            | SlotType::Address
            | SlotType::Name
            | SlotType::Email
            | SlotType::YesNo
            | SlotType::Number { .. }
            | SlotType::Date
            | SlotType::Reference
            | SlotType::Choice(_) => None,
        }
    }

    /// The first day that an answer names and does not refuse; an impossible one where there is no
    /// other.
    fn day(&self, answer: &str) -> Option<Day> {
        let w = Words::of(answer);
        let leads = Leads::of(&w);
        let context = self.context(true);
        let mut impossible = None;
        let mut at = 0;
        while at < w.len() {
            let found = leads.may_begin(at).then(|| days::read(&w, at, &context));
            let Some((end, day)) = found.flatten() else {
                at += 1;
                continue;
            };
            let refused = at > 0 && w.is(at - 1, &["not", "nid"]);
            match day {
                Day::On(_) if !refused => return Some(day),
                Day::Impossible if impossible.is_none() => impossible = Some(day),
                Day::On(_) | Day::Within(..) | Day::Impossible => {}
            }
            at = end.max(at + 1);
        }
        impossible
    }

    /// The time of day in an answer to a question for one.
    #[must_use]
    pub fn time(&self, answer: &SlotText) -> Option<times::Clock> {
        self.first(answer, times::read)
    }

    /// The length of time in an answer to a question for one.
    #[must_use]
    pub fn length(&self, answer: &SlotText) -> Option<times::Length> {
        self.first(answer, times::length)
    }

    /// The sum of money in an answer to a question for one.
    #[must_use]
    pub fn money(&self, answer: &SlotText) -> Option<money::Money> {
        self.first(answer, money::read)
    }

    fn first<T>(
        &self,
        answer: &SlotText,
        read: impl Fn(&Words<'_>, usize, &super::Context<'_>) -> Option<(usize, T)>,
    ) -> Option<T> {
        let w = Words::of(clipped(answer.as_str()));
        let context = self.context(true);
        (0..w.len()).find_map(|at| Some(read(&w, at, &context)?.1))
    }

    fn yes_no(&self, answer: &str, command: Option<Command>) -> Option<String> {
        let said = answers::read(&Words::of(answer), false);
        let says = said.or(match command {
            Some(Command::Yes) => Some(true),
            Some(Command::No) => Some(false),
            Some(_) | None => None,
        })?;
        Some(if says { "yes" } else { "no" }.to_owned())
    }

    /// Whether an answer is a reference of one of the council's shapes, as it is written or spelt.
    #[must_use]
    pub fn has_reference(&self, answer: &SlotText) -> bool {
        self.shaped(clipped(answer.as_str())).is_some()
    }

    fn shaped(&self, answer: &str) -> Option<String> {
        let shapes = self.lexicon.references();
        let spelt = Spelt::of(answer).reference(0, shapes);
        let heard = || Spelt::of(&letters_heard(answer)).reference(0, shapes);
        spelt.or_else(heard).map(|(found, _)| found.value)
    }

    /// One of the council's shapes, or else the parts of the answer that hold a digit.
    fn reference(&self, answer: &str) -> Option<String> {
        if let Some(value) = self.shaped(answer) {
            return Some(value);
        }
        let kept: Vec<String> = answer
            .split_whitespace()
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
            .filter(|word| word.chars().any(|c| c.is_ascii_digit()))
            .map(str::to_uppercase)
            .collect();
        let value = if kept.is_empty() {
            let w = Words::of(answer);
            (0..w.len())
                .find_map(|at| super::numbers::digits(&w, at))?
                .0
        } else {
            kept.join(" ")
        };
        (3..=SHORT_CHARS_MAX)
            .contains(&value.chars().count())
            .then_some(value)
    }

    /// The key of the one choice that an answer means.
    fn choice(
        &self,
        intent: &IntentName,
        slot: &Slot,
        choices: &[SlotChoice],
        answer: &str,
    ) -> Option<String> {
        let w = Words::of(answer);
        let key = |entry: usize| choices.get(entry).map(|one| one.key.to_string());
        let place = self.lexicon.place(intent, &slot.name);
        if let Some(place) = place {
            let mut mentions = self.lexicon.mentions(&w);
            mentions.retain(|mention| mention.list == place);
            let mut meant = mentions.iter().filter(|mention| !mention.is_refused);
            if let Some(first) = meant.next() {
                return if meant.all(|other| other.entry == first.entry) {
                    key(first.entry)
                } else {
                    None
                };
            }
            if !mentions.is_empty() {
                return None;
            }
        }
        let listed = place.and_then(|place| self.lexicon.ways(place));
        key(match listed {
            Some(ways) => ways.pick(answer),
            None => ways(choices).pick(answer),
        }?)
    }
}

/// The ways in which each of a slot's choices is said.
pub(super) fn ways(choices: &[SlotChoice]) -> Ways {
    Ways::of(choices.iter().map(|one| {
        [&*one.key, &*one.label.en]
            .into_iter()
            .chain(one.label.cy.as_deref())
            .chain(one.synonyms.iter().map(|synonym| &**synonym))
    }))
}

/// Whether a value that could be read settles that this was an answer and not another need.
pub(crate) fn is_telling(kind: &SlotType) -> bool {
    match kind {
        SlotType::Postcode
        | SlotType::Phone
        | SlotType::Email
        | SlotType::Vehicle
        | SlotType::YesNo
        | SlotType::Number { .. }
        | SlotType::Date
        | SlotType::Choice(_) => true,
        SlotType::Text
        | SlotType::Location
        | SlotType::Address
        | SlotType::Name
        | SlotType::Reference => false,
    }
}

fn cut(text: &str) -> String {
    text.chars().take(VALUE_CHARS_MAX).collect()
}

/// Whether there is a letter in it.
fn has_word(answer: &str) -> bool {
    answer.chars().any(char::is_alphabetic)
}

/// A house number and a street, or a house's name and its street.
fn address(answer: &str) -> Option<String> {
    if let Some(address) = places::answer(&Words::of(answer)) {
        return Some(cut(&address));
    }
    let words = words(answer);
    let is_name = |word: &String| word.chars().all(char::is_alphabetic) && word.len() > 1;
    let has_number =
        |word: &String| word.chars().any(|c| c.is_ascii_digit()) || choices::number(word).is_some();
    let numbered = words.iter().any(has_number);
    let named = words.iter().any(|word| is_name(word) && !has_number(word));
    let street = words.iter().any(|word| STREETS.contains(&word.as_str()));
    (named && (numbered || (street && words.len() > 2))).then(|| cut(answer))
}

/// A postcode; where it was spelt out, with the letters before it that were heard as words: "see w
/// one two b j".
fn postcode(answer: &str) -> Option<String> {
    let (said, _) = Spelt::of(answer).postcode(0)?;
    let written = answer.get(said.span).unwrap_or_default();
    let is_spelt = written.split_whitespace().count() > 2;
    let heard = || Spelt::of(&letters_heard(answer)).postcode(0);
    let longer = is_spelt
        .then(heard)
        .flatten()
        .map(|(found, _)| found.value)
        .filter(|heard| heard.ends_with(&said.value));
    Some(longer.unwrap_or(said.value))
}

/// A registration of the present style, or with `older` the marks of any other.
fn vehicle(answer: &str, older: bool) -> Option<String> {
    let (found, _) = Spelt::of(answer).vehicle(0, older)?;
    Some(found.value)
}

/// As much of an answer as is read for its value.
fn clipped(answer: &str) -> &str {
    let mut chars = answer.char_indices();
    let end = chars.nth(READ_CHARS_MAX).map_or(answer.len(), |(at, _)| at);
    answer.get(..end).unwrap_or_default()
}

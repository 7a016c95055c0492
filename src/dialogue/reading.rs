//! How an utterance is read in the present state: as danger, a choice, an answer, another need.
//!
//! Read before anything is recorded, because what may stand in the record depends on it. It decides
//! how words are taken and not what follows from them.

use super::form::Form;
use super::turn::{NO, NONE, YES};
use super::{State, Utterance, Wait, correction, noted};
use crate::content::{Assistant, Intent, Slot, SlotType, Then};
use crate::nlu::entities::{Reader, Ways, is_telling, words};
use crate::nlu::{Command, Understanding, Verdict};
use crate::pii::{KindSet, PiiKind, SafeText, SlotText, Treatment};

/// The most words of an answer whose type settles that it is one ("10 June", "the brown one").
const TELLING_WORDS_MAX: usize = 8;
/// The most words of a name.
const NAME_WORDS_MAX: usize = 4;

/// First words of a question or a request, by which it is told from free text that was asked for.
const ASKING: &[&str] = &[
    "how", "when", "what", "whats", "where", "wheres", "who", "which", "why", "can", "could", "do",
    "does", "is", "are", "will", "should", "also", "actually", "sut", "pryd", "beth", "ble", "pwy",
    "pam", "faint", "oes", "ga", "alla",
];
const WANTING: &[&[&str]] = &[
    &["i", "want"],
    &["i", "need"],
    &["i", "would", "like"],
    &["id", "like"],
    &["hoffwn", "i"],
    &["dw", "i", "eisiau"],
];

/// First words of a place, before one of [`POINTING`]: what is short and begins so says where ("round the corner"), and
/// is no need ("in arrears with my rent").
const PLACING: &[&str] = &[
    "at", "by", "near", "in", "on", "outside", "inside", "opposite", "behind", "beside", "between",
    "under", "below", "above", "over", "round", "around", "across", "along", "past", "down", "up",
    "ar", "yn", "ger", "wrth", "dan", "rownd", "gyferbyn", "lawr",
];
const POINTING: &[&str] = &[
    "the", "a", "my", "our", "this", "that", "y", "yr", "fy", "ein",
];
const PLACE_WORDS_MAX: usize = 5;

/// What an utterance is taken for.
#[derive(Debug)]
pub(super) enum Reading<'a> {
    /// Danger, by this intent.
    Danger(&'a Intent),
    /// One of the choices offered, by its id.
    Chosen(String),
    /// The answer to the question asked: its value, or none where it cannot be read.
    Answer {
        slot: &'a Slot,
        value: Option<String>,
    },
    /// Another value for a slot that was filled before.
    Corrected { slot: &'a Slot, value: String },
    /// Said to the assistant itself.
    Command(Command),
    /// A need, or what cannot be told from one.
    Request,
}

/// The slot of the present form by its name.
pub(super) fn slot<'a>(assistant: &'a Assistant, form: &Form, name: &str) -> Option<&'a Slot> {
    assistant
        .intents
        .get(&form.intent)?
        .ask
        .iter()
        .find(|slot| *slot.name == *name)
}

/// Takes `utterance` for what it most likely is.
pub(super) fn read<'a>(
    state: &State,
    utterance: &Utterance,
    assistant: &'a Assistant,
    reader: &Reader<'_>,
) -> Reading<'a> {
    let understanding = &utterance.understanding;
    if let Some(intent) = danger(understanding, assistant) {
        return Reading::Danger(intent);
    }
    if understanding.command == Some(Command::Person) {
        return Reading::Command(Command::Person);
    }
    if let Some(reading) = corrected(state, utterance, assistant, reader) {
        return reading;
    }
    if let Wait::Slot { slot: name } = &state.wait
        && let Some(slot) = state
            .form
            .as_ref()
            .and_then(|form| slot(assistant, form, name))
    {
        return answer(state, utterance, slot, assistant, reader);
    }
    if let Some(id) =
        chosen(state, utterance, reader).or_else(|| named(state, utterance, assistant))
    {
        return Reading::Chosen(id);
    }
    understanding
        .command
        .map_or(Reading::Request, Reading::Command)
}

/// The danger intent of a message: the detector's, or the intent that is surely meant.
fn danger<'a>(understanding: &Understanding, assistant: &'a Assistant) -> Option<&'a Intent> {
    let sure = match understanding.verdict {
        Verdict::Sure => understanding.ranked.first().map(|first| &first.intent),
        Verdict::Between | Verdict::Unsure => None,
    };
    let detected = understanding
        .danger
        .iter()
        .find_map(|name| assistant.intents.get(name));
    detected.or_else(|| {
        sure.into_iter()
            .chain(&understanding.also)
            .filter_map(|name| assistant.intents.get(name))
            .find(|intent| intent.then == Then::Danger)
    })
}

/// One of the choices by its words, its number, or yes and no.
fn chosen(state: &State, utterance: &Utterance, reader: &Reader<'_>) -> Option<String> {
    let asked = state.choices.iter().any(|one| one.id == YES);
    let is_sure = utterance.understanding.verdict == Verdict::Sure;
    let command = utterance.understanding.command.or_else(|| {
        // "go on then", "not really": where yes or no was asked, and no need is as sure.
        if !asked || is_sure {
            return None;
        }
        let says = reader.says(&utterance.safe)?;
        Some(if says { Command::Yes } else { Command::No })
    });
    let is_offered = |id: &str| state.choices.iter().any(|one| one.id == id);
    if is_offered(YES) && command == Some(Command::Yes) {
        Some(YES.to_owned())
    } else if is_offered(YES) && command == Some(Command::No) {
        Some(NO.to_owned())
    } else if is_offered(NONE) && command == Some(Command::No) {
        Some(NONE.to_owned())
    } else if command.is_some() || (is_offered(YES) && is_sure) {
        // "no heating" is a need and not a no.
        None
    } else {
        pick(state, utterance)
    }
}

/// While departments are offered: another one, called by its name.
fn named(state: &State, utterance: &Utterance, assistant: &Assistant) -> Option<String> {
    if state.wait != Wait::Department {
        return None;
    }
    let said = words(utterance.safe.as_str());
    assistant
        .departments
        .values()
        .find(|department| words(&department.title) == said)
        .map(|department| department.name.to_string())
}

fn pick(state: &State, utterance: &Utterance) -> Option<String> {
    if state.choices.is_empty() {
        return None;
    }
    let offered = Ways::of(state.choices.iter().map(|one| [one.label.as_str()]));
    let place = offered.pick(utterance.safe.as_str())?;
    state.choices.get(place).map(|one| one.id.clone())
}

/// A correction that says what is wrong and what is right, or, while the form is read back, a new
/// value of a kind that only one slot asks for.
fn corrected<'a>(
    state: &State,
    utterance: &Utterance,
    assistant: &'a Assistant,
    reader: &Reader<'_>,
) -> Option<Reading<'a>> {
    let form = state.form.as_ref()?;
    // With a token in it, the words do not say what is right.
    if utterance.understanding.command == Some(Command::Correct)
        && utterance.findings.is_empty()
        && let Some((name, value)) =
            correction::read(utterance.safe.as_str(), form, |name, text| {
                let slot = slot(assistant, form, name)?;
                reader.answer(&form.intent, slot, &SlotText::new(text), None)
            })
    {
        return Some(Reading::Corrected {
            slot: slot(assistant, form, &name)?,
            value,
        });
    }
    if state.wait == Wait::Confirm
        && utterance.findings.is_empty()
        && let Some((name, value)) =
            correction::alone(utterance.safe.as_str(), form, |name, present, text| {
                let slot = slot(assistant, form, name)?;
                let text = SlotText::new(text);
                if slot.kind == SlotType::Address {
                    return correction::renumbered(present, &reader.house(&text)?);
                }
                (is_telling(&slot.kind) && slot.kind != SlotType::YesNo)
                    .then(|| reader.answer(&form.intent, slot, &text, None))?
            })
    {
        return Some(Reading::Corrected {
            slot: slot(assistant, form, &name)?,
            value,
        });
    }
    let taken = taken(utterance);
    if !matches!(state.wait, Wait::Confirm | Wait::CorrectWhich) || taken.is_empty() {
        return None;
    }
    let mut asking = form
        .values
        .iter()
        .filter_map(|(name, _)| slot(assistant, form, name))
        .filter(|slot| taken.iter().any(|kind| slot.pii.contains(kind)));
    let slot = asking.next().filter(|_| asking.next().is_none())?;
    let answer = utterance.answer.as_ref()?;
    let value = reader.answer(&form.intent, slot, answer, None)?;
    Some(Reading::Corrected { slot, value })
}

/// While a slot is asked for: the answer, unless it is a command or surely another need.
fn answer<'a>(
    state: &State,
    utterance: &Utterance,
    slot: &'a Slot,
    assistant: &Assistant,
    reader: &Reader<'_>,
) -> Reading<'a> {
    let command = utterance.understanding.command;
    match command {
        None | Some(Command::Yes) => {}
        Some(Command::No) if slot.optional && slot.kind != SlotType::YesNo => {
            return Reading::Command(Command::Skip);
        }
        Some(Command::No) => {}
        // "no, it's 14 Acacia Avenue"
        Some(Command::Correct) if !taken(utterance).is_empty() => {}
        Some(
            command @ (Command::Person
            | Command::Why
            | Command::Repeat
            | Command::GoBack
            | Command::StartAgain
            | Command::Stop
            | Command::Correct
            | Command::Skip
            | Command::Thanks
            | Command::Greeting
            | Command::Spell
            | Command::English
            | Command::Welsh),
        ) => return Reading::Command(command),
    }
    let value = state.form.as_ref().and_then(|form| {
        let answer = said(utterance);
        let mut readings = vec![answer.clone()];
        readings.extend(utterance.heard_otherwise.iter().cloned());
        reader
            .best_of(&form.intent, slot, &readings, command)
            .map(|(_, value)| value)
            .or_else(|| on_known_street(state, slot, &answer, reader))
    });
    // A reference that is spelt is no message, whatever it sounds like.
    let is_reference = slot.kind == SlotType::Reference && reader.has_reference(&said(utterance));
    let is_other = || is_another_need(state, utterance, slot, value.is_some(), assistant);
    if !is_reference && is_other() {
        return Reading::Request;
    }
    Reading::Answer { slot, value }
}

/// The answer as the screening lets it through.
pub(super) fn said(utterance: &Utterance) -> SlotText {
    utterance
        .answer
        .clone()
        .unwrap_or_else(|| SlotText::new(utterance.safe.as_str()))
}

/// A house number alone, where the street was said before.
fn on_known_street(
    state: &State,
    slot: &Slot,
    answer: &SlotText,
    reader: &Reader<'_>,
) -> Option<String> {
    if slot.kind != SlotType::Address {
        return None;
    }
    let street = noted::street(&state.said, reader)?;
    Some(format!("{} {street}", reader.house(answer)?))
}

/// Whether an utterance is another need rather than the answer that was asked for.
///
/// Only one that is surely understood can be. What the screener found of an asked kind, or a short
/// value of a strict type, is an answer whatever else it sounds like; where any words are an
/// answer, it must be worded as a question or a request.
fn is_another_need(
    state: &State,
    utterance: &Utterance,
    slot: &Slot,
    readable: bool,
    assistant: &Assistant,
) -> bool {
    let understanding = &utterance.understanding;
    let other = understanding.ranked.first().is_some_and(|first| {
        // Chat is no need to leave a form for, where not any words are an answer.
        let any_words = matches!(slot.kind, SlotType::Text | SlotType::Location);
        let intent = assistant.intents.get(&first.intent);
        intent.is_some_and(|intent| any_words || !intent.never_offer)
            && state
                .form
                .as_ref()
                .is_none_or(|form| form.intent != first.intent)
    });
    if understanding.verdict != Verdict::Sure || !other || !taken(utterance).is_empty() {
        return false;
    }
    let words = words(utterance.safe.as_str());
    if readable && is_telling(&slot.kind) && words.len() <= TELLING_WORDS_MAX {
        return false;
    }
    let is_among = |at: usize, list: &[&str]| {
        let word = words.get(at);
        word.is_some_and(|word| list.contains(&word.as_str()))
    };
    let placed = words.len() <= PLACE_WORDS_MAX && is_among(0, PLACING) && is_among(1, POINTING);
    match slot.kind {
        SlotType::Address | SlotType::Postcode if placed => false,
        SlotType::Name if words.len() <= NAME_WORDS_MAX => false,
        SlotType::Text | SlotType::Location => {
            let begins = |with: &&[&str]| {
                with.iter().zip(&words).all(|(word, said)| word == said)
                    && words.len() >= with.len()
            };
            utterance.safe.as_str().contains('?')
                || is_among(0, ASKING)
                || WANTING.iter().any(begins)
        }
        SlotType::Name
        | SlotType::Address
        | SlotType::Postcode
        | SlotType::Phone
        | SlotType::Email
        | SlotType::Vehicle
        | SlotType::YesNo
        | SlotType::Number { .. }
        | SlotType::Date
        | SlotType::Reference
        | SlotType::Choice(_) => true,
    }
}

/// Whether an answer to `slot`, in which the screening found the kinds `found`, is personal data.
///
/// What is asked for as an address or a name is one, found or not. A place or free text is personal
/// only by what was found in it: "Mill Lane outside the school" tells the crew where to go, and
/// nobody where anyone lives.
pub(super) fn is_personal(slot: &Slot, found: KindSet) -> bool {
    match slot.kind {
        SlotType::Location | SlotType::Text => slot.pii.iter().any(|kind| found.contains(kind)),
        SlotType::Address
        | SlotType::Postcode
        | SlotType::Name
        | SlotType::Phone
        | SlotType::Email
        | SlotType::Vehicle
        | SlotType::YesNo
        | SlotType::Number { .. }
        | SlotType::Date
        | SlotType::Reference
        | SlotType::Choice(_) => !slot.pii.is_empty(),
    }
}

/// The kinds that the question asked for and that were found.
pub(super) fn taken(utterance: &Utterance) -> KindSet {
    kinds(utterance, |treatment| treatment == Treatment::Take)
}

/// The kinds found whose treatment is `wanted`.
pub(super) fn kinds(utterance: &Utterance, wanted: impl Fn(Treatment) -> bool) -> KindSet {
    utterance
        .findings
        .iter()
        .filter(|finding| wanted(finding.treatment))
        .map(|finding| finding.kind)
        .collect()
}

/// What stands in the record for what was said: the safe text, or a token alone where an answer
/// was given to a question for personal data and nothing in it could be told to be that data.
pub(super) fn heard(reading: &Reading, utterance: &Utterance) -> SafeText {
    let asked = match reading {
        Reading::Answer { slot, .. } | Reading::Corrected { slot, .. } => slot.pii,
        Reading::Danger(_) | Reading::Chosen(_) | Reading::Command(_) | Reading::Request => {
            KindSet::EMPTY
        }
    };
    if asked.is_empty() || !taken(utterance).is_empty() {
        return utterance.safe.clone();
    }
    // An answer to "what is the address?" that may be one is called an address.
    let first = [PiiKind::UkAddress]
        .into_iter()
        .chain(asked.iter())
        .find(|kind| asked.contains(*kind));
    first.map_or_else(|| utterance.safe.clone(), SafeText::token)
}

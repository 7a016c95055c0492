//! Reading an answer by the type of its slot: the value as it is recorded, or none if unreadable.
//!
//! Values are normalised where there is a normal form: a choice's key, `yes` and `no`, digits, an
//! ISO date, a postcode in capitals. It does not say what is asked again, nor how often.

use super::dates;
use super::shapes::{email, phone, postcode, reference, vehicle};
use super::words::{number, words};
use crate::content::{Slot, SlotChoice, SlotType};
use crate::nlu::Command;
use jiff::civil::Date;

/// The longest value in characters; what is longer is cut, and shown back.
pub const VALUE_CHARS_MAX: usize = 500;

/// The longest name in characters.
const NAME_CHARS_MAX: usize = 100;

const YES: &[&str] = &[
    "yes", "y", "yeah", "yep", "yup", "aye", "ok", "okay", "sure", "correct", "right", "ydw",
    "ydy", "ie", "oes", "do", "iawn",
];
const NO: &[&str] = &[
    "no", "n", "nope", "nah", "never", "wrong", "na", "nage", "nac", "naddo",
];
/// Words by which an address without a house number is told from a sentence.
const STREETS: &[&str] = &[
    "street", "st", "road", "rd", "lane", "ln", "avenue", "ave", "close", "drive", "way", "court",
    "crescent", "terrace", "place", "square", "gardens", "grove", "row", "hill", "park", "view",
    "walk", "mews", "green", "heol", "ffordd", "stryd", "lôn", "rhodfa", "clos", "maes",
];

/// The value of `slot` in an answer, or none where it cannot be read as one.
///
/// `command` is what the understanding made of the whole answer, so that every way to say yes or
/// no that the content knows counts.
pub(super) fn read(
    slot: &Slot,
    answer: &str,
    command: Option<Command>,
    today: Date,
) -> Option<String> {
    let answer = answer.trim();
    match &slot.kind {
        SlotType::Text => some_text(answer, VALUE_CHARS_MAX),
        SlotType::Location => has_word(answer, 1).then(|| cut(answer, VALUE_CHARS_MAX)),
        SlotType::Address => is_address(answer).then(|| cut(answer, VALUE_CHARS_MAX)),
        SlotType::Name => has_word(answer, 2).then(|| cut(answer, NAME_CHARS_MAX)),
        SlotType::Postcode => postcode(answer),
        SlotType::Phone => phone(answer),
        SlotType::Email => email(answer),
        SlotType::Vehicle => vehicle(answer),
        SlotType::YesNo => yes_no(answer, command),
        SlotType::Number { min, max } => number(answer)
            .filter(|n| (min..=max).contains(&n))
            .map(|n| n.to_string()),
        SlotType::Date => dates::read(answer, today).map(|date| date.to_string()),
        SlotType::Reference => reference(answer),
        SlotType::Choice(choices) => one_of(choices, answer),
    }
}

/// Whether a value that could be read settles that this was an answer and not another need.
pub(super) fn is_telling(kind: &SlotType) -> bool {
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

fn cut(text: &str, chars_max: usize) -> String {
    text.chars().take(chars_max).collect()
}

fn some_text(answer: &str, chars_max: usize) -> Option<String> {
    (!answer.is_empty()).then(|| cut(answer, chars_max))
}

/// Whether there is a word of at least so many letters.
fn has_word(answer: &str, letters_min: usize) -> bool {
    words(answer)
        .iter()
        .any(|word| word.chars().filter(|c| c.is_alphabetic()).count() >= letters_min)
}

/// A house number and a word, or a house's name and its street.
fn is_address(answer: &str) -> bool {
    let words = words(answer);
    let is_name = |word: &String| word.chars().all(char::is_alphabetic) && word.len() > 1;
    let numbered = words
        .iter()
        .any(|word| word.chars().any(|c| c.is_ascii_digit()) || number(word).is_some());
    let street = words.iter().any(|word| STREETS.contains(&word.as_str()));
    words.iter().any(is_name) && (numbered || (street && words.len() > 2))
}

fn yes_no(answer: &str, command: Option<Command>) -> Option<String> {
    let said = |list: &[&str]| {
        words(answer)
            .first()
            .is_some_and(|w| list.contains(&w.as_str()))
    };
    if command == Some(Command::Yes) || said(YES) {
        Some("yes".to_owned())
    } else if command == Some(Command::No) || said(NO) {
        Some("no".to_owned())
    } else {
        None
    }
}

/// The key of the one choice that an answer means.
fn one_of(choices: &[SlotChoice], answer: &str) -> Option<String> {
    let said: Vec<Vec<&str>> = choices
        .iter()
        .map(|one| {
            [&*one.key, &*one.label.en]
                .into_iter()
                .chain(one.label.cy.as_deref())
                .chain(one.synonyms.iter().map(|synonym| &**synonym))
                .collect()
        })
        .collect();
    let place = super::words::pick(&said, answer)?;
    choices.get(place).map(|one| one.key.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Localized;
    use crate::pii::KindSet;
    use jiff::civil::date;

    fn slot(kind: SlotType) -> Slot {
        let text = |text: &str| Localized {
            en: text.into(),
            cy: None,
        };
        Slot {
            name: "it".into(),
            prompt: text("?"),
            spoken: None,
            kind,
            pii: KindSet::EMPTY,
            reason: text(""),
            reask: None,
            optional: false,
        }
    }

    fn bins() -> SlotType {
        let bin = |key: &str, label: &str, synonyms: &[&str]| SlotChoice {
            key: key.into(),
            label: Localized {
                en: label.into(),
                cy: Some(format!("Bin {key}").into()),
            },
            synonyms: synonyms.iter().map(|one| (*one).into()).collect(),
        };
        SlotType::Choice(vec![
            bin(
                "black",
                "Black bin (general rubbish)",
                &["rubbish", "refuse"],
            ),
            bin(
                "brown",
                "Brown bin (garden waste)",
                &["garden bin", "green waste"],
            ),
            bin("food", "Food caddy", &["caddy"]),
        ])
    }

    /// Answers to a slot of one type, with the value or `-` where it cannot be read.
    fn check(kind: &SlotType, cases: &[(&str, &str)]) {
        for (answer, expected) in cases {
            let value = read(&slot(kind.clone()), answer, None, date(2026, 6, 10));
            assert_eq!(
                value.as_deref().unwrap_or("-"),
                *expected,
                "{kind:?}: {answer}"
            );
        }
    }

    #[test]
    fn a_choice_by_key_label_synonym_number_or_place() {
        check(
            &bins(),
            &[
                ("black", "black"),
                ("Brown bin (garden waste)", "brown"),
                ("the brown one please", "brown"),
                ("my garden bin", "brown"),
                ("2", "brown"),
                ("the third one", "food"),
                ("option one", "black"),
                ("bin brown", "brown"),
                ("4", "-"),
                ("purple", "-"),
                ("black or brown", "-"),
                ("bin", "-"),
                ("", "-"),
            ],
        );
    }

    #[test]
    fn an_address_has_a_number_or_a_house_name_and_a_street() {
        check(
            &SlotType::Address,
            &[
                ("14 Acacia Avenue", "14 Acacia Avenue"),
                ("fourteen acacia avenue", "fourteen acacia avenue"),
                ("flat 2b, 9 mill lane", "flat 2b, 9 mill lane"),
                (
                    "The Old Rectory, Church Lane",
                    "The Old Rectory, Church Lane",
                ),
                ("Acacia Avenue", "-"),
                ("14", "-"),
                ("CV7 9ZZ", "-"),
                ("i dont know it", "-"),
                ("", "-"),
            ],
        );
    }

    #[test]
    fn numbers_in_figures_and_words_within_their_range() {
        check(
            &SlotType::Number { min: 1, max: 60 },
            &[
                ("2", "2"),
                ("about twelve of them", "12"),
                ("twenty one", "21"),
                ("forty-two", "42"),
                ("tri", "3"),
                ("0", "-"),
                ("61", "-"),
                ("2 or 3", "-"),
                ("lots", "-"),
                ("99999999999999999999999", "-"),
            ],
        );
    }

    #[test]
    fn yes_and_no() {
        check(
            &SlotType::YesNo,
            &[
                ("yes it is", "yes"),
                ("Nope", "no"),
                ("ie", "yes"),
                ("maybe", "-"),
            ],
        );
        let by_command = read(
            &slot(SlotType::YesNo),
            "that'd be grand",
            Some(Command::Yes),
            date(2026, 6, 10),
        );
        assert_eq!(by_command.as_deref(), Some("yes"));
    }

    #[test]
    fn text_is_bounded_and_not_empty() {
        check(
            &SlotType::Text,
            &[(" by the gate ", "by the gate"), ("   ", "-")],
        );
        check(&SlotType::Name, &[("Jo Bloggs", "Jo Bloggs"), ("7", "-")]);
        let long = "ŵ".repeat(2 * VALUE_CHARS_MAX);
        let value = read(&slot(SlotType::Text), &long, None, date(2026, 6, 10));
        assert_eq!(
            value.map(|value| value.chars().count()),
            Some(VALUE_CHARS_MAX)
        );
    }
}

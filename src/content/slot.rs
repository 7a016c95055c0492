//! Reading `[[ask]]`: the questions of an intent, and whether they may be asked at all.

use super::fields::Fields;
use super::intent::kinds;
use super::load::Ground;
use super::page::{Placed, Text};
use super::{Locale, Localized, Slot, SlotChoice, SlotType, ear};
use crate::pii::{KindSet, PiiKind};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Card details are never taken here: payment pages take them.
const CARDS: KindSet = KindSet::EMPTY
    .with(PiiKind::CreditCard)
    .with(PiiKind::Cvv)
    .with(PiiKind::CardExpiry);

/// UK GDPR Articles 9 and 10: asked for only on a stated basis and with consent.
const SENSITIVE: KindSet = KindSet::EMPTY
    .with(PiiKind::SpecialCategory)
    .with(PiiKind::Criminal);

/// The type names, each with the personal data that an answer of this type is.
pub(super) const TYPES: &[(&str, Option<PiiKind>)] = &[
    ("text", None),
    ("address", Some(PiiKind::UkAddress)),
    ("postcode", Some(PiiKind::UkPostcode)),
    ("location", None),
    ("name", Some(PiiKind::Person)),
    ("phone", Some(PiiKind::Phone)),
    ("email", Some(PiiKind::Email)),
    ("vehicle", Some(PiiKind::UkVrm)),
    ("yes-no", None),
    ("number", None),
    ("date", None),
    ("reference", None),
    ("choice", None),
];

/// Reads the questions of an intent that must never ask for `never_ask`.
pub(super) fn read_all(
    fields: &Fields<'_>,
    never_ask: &[Placed<PiiKind>],
    ground: &Ground<'_>,
) -> Vec<Slot> {
    let mut names = BTreeSet::new();
    let mut slots = Vec::new();
    for table in fields.tables("ask") {
        let name = table.need_text("slot", "slot = \"address\"");
        if let Some(name) = &name {
            check_key(&table, "slot", name);
            if !names.insert(name.value) {
                table.page.error(
                    name.span.start,
                    format!("slot `{}` is asked twice", name.value),
                    "give each question its own slot",
                );
            }
        }
        slots.extend(read(table, name, never_ask, ground));
    }
    slots
}

fn read(
    fields: Fields<'_>,
    name: Option<Text<'_>>,
    never_ask: &[Placed<PiiKind>],
    ground: &Ground<'_>,
) -> Option<Slot> {
    let facts = &ground.facts;
    let prompt = facts.need_localized(&fields, "prompt", "prompt = \"What is the address?\"");
    let spoken = facts.localized(&fields, "spoken");
    let reason = facts.need_localized(
        &fields,
        "reason",
        "reason = \"so that the crew can find it\"",
    );
    let reask = facts.localized(&fields, "reask");
    ear::check_either(&fields, "spoken", "prompt");
    ear::check_either(&fields, "reask", "reask");
    let optional = fields.flag("optional");
    let pii = kinds(&fields, "pii");
    let kind = fields.need_text("type", "type = \"text\"");
    let known = kind.as_ref().and_then(|text| {
        let implied = fields.page.one_of("`type` value", text, TYPES)?;
        Some((text, implied))
    });
    if let Some((text, Some(implied))) = &known {
        check_implied(&fields, text, *implied, &pii, never_ask);
    }
    let consent = facts.localized(&fields, "consent");
    check_kinds(&fields, &pii, never_ask, consent.is_some());
    let kind = read_type(&fields, known.map(|(text, _)| text.value), ground);
    fields.done();
    Some(Slot {
        name: name?.value.into(),
        prompt: with_consent(prompt?, consent.as_ref()),
        spoken: spoken.map(|spoken| with_consent(spoken, consent.as_ref())),
        kind: kind?,
        pii: pii.iter().map(|kind| kind.value).collect(),
        reason: reason?,
        reask,
        optional,
    })
}

/// A question opens with its consent text, so that nobody can answer it without having been told.
fn with_consent(question: Localized, consent: Option<&Localized>) -> Localized {
    let Some(consent) = consent else {
        return question;
    };
    let join = |locale| Arc::from(format!("{} {}", consent.get(locale), question.get(locale)));
    Localized {
        en: join(Locale::En),
        cy: question.cy.as_ref().map(|_| join(Locale::Cy)),
    }
}

/// A question for an e-mail address asks for personal data, whether its author says so or not.
fn check_implied(
    fields: &Fields<'_>,
    kind: &Text<'_>,
    implied: PiiKind,
    pii: &[Placed<PiiKind>],
    never_ask: &[Placed<PiiKind>],
) {
    if pii.iter().any(|declared| declared.value == implied) {
        return;
    }
    let name = implied.name();
    if never_ask.iter().any(|never| never.value == implied) {
        fields.page.error(
            kind.span.start,
            format!(
                "type `{}` asks for {name}, which `never_ask` forbids",
                kind.value
            ),
            "take the question away, or the kind out of `never_ask`",
        );
    } else {
        fields.page.error(
            kind.span.start,
            format!(
                "type `{}` asks for {name}, and `pii` does not say so",
                kind.value
            ),
            format!("add \"{name}\" to `pii`: otherwise the answer is warned about"),
        );
    }
}

fn check_kinds(
    fields: &Fields<'_>,
    pii: &[Placed<PiiKind>],
    never_ask: &[Placed<PiiKind>],
    consent: bool,
) {
    let basis = fields.text("basis").is_some();
    for kind in pii {
        let (name, place) = (kind.value.name(), kind.span.start);
        if CARDS.contains(kind.value) {
            fields.page.error(
                place,
                format!("{name} is asked for, and card details are never taken here"),
                "take it away, and link to the payment page with then = \"pay\"",
            );
        } else if never_ask.iter().any(|never| never.value == kind.value) {
            fields.page.error(
                place,
                format!("{name} is asked for, which `never_ask` forbids"),
                "take it out of `pii` or out of `never_ask`",
            );
        }
        if SENSITIVE.contains(kind.value) && !(basis && consent) {
            fields.page.error(
                place,
                format!("{name} is asked for without `basis` and `consent`"),
                "add both: the condition of UK GDPR Art 9 or 10, and the words of consent",
            );
        }
    }
}

fn read_type(fields: &Fields<'_>, kind: Option<&str>, ground: &Ground<'_>) -> Option<SlotType> {
    let min = fields.whole("min");
    let max = fields.whole("max");
    if kind.is_some_and(|kind| kind != "number") {
        for bound in [&min, &max].into_iter().flatten() {
            fields.page.error(
                bound.span.start,
                "`min` and `max` are only for type `number`",
                "take them away, or write type = \"number\"",
            );
        }
    }
    let choices = read_choices(fields, kind, ground);
    Some(match kind? {
        "text" => SlotType::Text,
        "address" => SlotType::Address,
        "postcode" => SlotType::Postcode,
        "location" => SlotType::Location,
        "name" => SlotType::Name,
        "phone" => SlotType::Phone,
        "email" => SlotType::Email,
        "vehicle" => SlotType::Vehicle,
        "yes-no" => SlotType::YesNo,
        "number" => {
            fields.need("min", "min = 1");
            fields.need("max", "max = 20");
            let (min, max) = (min?, max?);
            if min.value > max.value {
                fields.page.error(
                    min.span.start,
                    format!("`min` {} is more than `max` {}", min.value, max.value),
                    "swap or correct the two",
                );
            }
            SlotType::Number {
                min: min.value,
                max: max.value,
            }
        }
        "date" => SlotType::Date,
        "reference" => SlotType::Reference,
        "choice" => SlotType::Choice(choices),
        _ => return None,
    })
}

fn read_choices(fields: &Fields<'_>, kind: Option<&str>, ground: &Ground<'_>) -> Vec<SlotChoice> {
    let tables = fields.tables("choices");
    match kind {
        Some("choice") if tables.len() < 2 => fields.page.error(
            fields.place("choices"),
            format!("{} choices; a choice needs two", tables.len()),
            "add [[ask.choices]] tables, each with a `key` and a `label`",
        ),
        Some(kind) if kind != "choice" && !tables.is_empty() => fields.page.error(
            fields.place("choices"),
            "choices are only for type `choice`",
            "take them away, or write type = \"choice\"",
        ),
        Some(_) | None => {}
    }
    // Who says a word must get one choice by it, whether it is a key, a label or a synonym.
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    let mut choices = Vec::new();
    for table in tables {
        let key = table.need_text("key", "key = \"brown\"");
        let label = ground
            .facts
            .need_localized(&table, "label", "label = \"Brown bin\"");
        let synonyms = table.texts("synonyms");
        if let Some(key) = &key {
            check_key(&table, "choice", key);
            for word in std::iter::once(key).chain(&synonyms) {
                let other = taken.insert(word.value.to_lowercase(), key.value);
                let itself = word.span != key.span && other == Some(key.value);
                if let Some(other) = other.filter(|_| !itself) {
                    table.page.error(
                        word.span.start,
                        format!("`{}` means choice `{other}` already", word.value),
                        "keep it with one of the two",
                    );
                }
            }
        }
        table.done();
        if let (Some(key), Some(label)) = (key, label) {
            choices.push(SlotChoice {
                key: key.value.into(),
                label,
                synonyms: synonyms.iter().map(|word| word.value.into()).collect(),
            });
        }
    }
    choices
}

fn check_key(fields: &Fields<'_>, what: &str, name: &Text<'_>) {
    let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
    if !name.value.chars().all(letter) {
        fields.page.error(
            name.span.start,
            format!("`{}` is not the name of a {what}", name.value),
            "use lower-case letters, digits, hyphens and underscores",
        );
    }
}

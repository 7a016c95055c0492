//! Reading `wording.<lang>.toml`: what belongs to no intent, and what people say to the assistant.

use super::fields::Fields;
use super::page::Text;
use super::say::{Facts, placeholders};
use super::wording::WarningText;
use super::{Locale, Phrase, Wording, ear};
use crate::nlu::Command;
use crate::pii::PiiKind;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Every placeholder that is filled when a phrase is said; no fact may have such a name.
pub(super) const LATER: &[&str] = &[
    "department",
    "intent",
    "kept_for",
    "officer",
    "opens",
    "queue",
    "reason",
    "reference",
    "slot",
    "slots",
    "street",
    "value",
    "what",
];

pub(super) const COMMANDS: &[(&str, Command)] = &[
    ("person", Command::Person),
    ("yes", Command::Yes),
    ("no", Command::No),
    ("why", Command::Why),
    ("repeat", Command::Repeat),
    ("go-back", Command::GoBack),
    ("start-again", Command::StartAgain),
    ("stop", Command::Stop),
    ("correct", Command::Correct),
    ("skip", Command::Skip),
    ("thanks", Command::Thanks),
    ("greeting", Command::Greeting),
    ("spell", Command::Spell),
    ("english", Command::English),
    ("welsh", Command::Welsh),
];

/// Reads the file of `locale` into `wording` and `commands`; English must be read first, so that a
/// translation can be held against it.
pub(super) fn read(
    fields: Fields<'_>,
    locale: Locale,
    facts: &Facts,
    wording: &mut Wording,
    commands: &mut BTreeMap<Command, Vec<Arc<str>>>,
) {
    let spoken = fields.table("spoken");
    if let Some(table) = fields.need_table("phrases", "[phrases] with greeting = \"…\"") {
        for phrase in Phrase::ALL {
            read_phrase(&table, spoken.as_ref(), *phrase, locale, facts, wording);
        }
        table.done();
    }
    if let Some(table) = spoken {
        for phrase in Phrase::ALL {
            read_spoken(&table, *phrase, locale, facts, wording);
        }
        table.done();
    }
    if let Some(table) = fields.need_table("warnings", "[warnings.CREDIT_CARD]") {
        for kind in PiiKind::ALL {
            if let Some(warning) = read_warning(&table, *kind, locale, facts) {
                wording.warnings.insert((*kind, locale), warning);
            }
        }
        table.done();
    }
    if let Some(table) = fields.need_table("commands", "[commands] with person = [\"…\"]") {
        read_commands(table, commands);
    }
    fields.done();
}

fn read_phrase(
    table: &Fields<'_>,
    spoken: Option<&Fields<'_>>,
    phrase: Phrase,
    locale: Locale,
    facts: &Facts,
    wording: &mut Wording,
) {
    let key = phrase.key();
    let Some(text) = table.need_text(key, &format!("{key} = \"…\"")) else {
        return;
    };
    if !spoken.is_some_and(|spoken| spoken.has(key)) {
        ear::check(table.page, &text);
    }
    let said = facts.say(table.page, &text, locale, filled_later(phrase));
    if let Some(english) = wording.phrases.get(&(phrase, Locale::En)) {
        let there = placeholders(&said);
        let wanted = placeholders(english).into_iter().collect::<BTreeSet<_>>();
        let filled = |name: &&str| filled_later(phrase).contains(name);
        for missing in wanted.into_iter().filter(filled) {
            if !there.contains(&missing) {
                table.page.warning(
                    text.span.start,
                    format!("`{key}` leaves out `{{{missing}}}`, which the English says"),
                    format!("say `{{{missing}}}` here too"),
                );
            }
        }
    }
    wording.phrases.insert((phrase, locale), said);
}

/// What a phrase is on the phone, where that is another.
fn read_spoken(
    table: &Fields<'_>,
    phrase: Phrase,
    locale: Locale,
    facts: &Facts,
    wording: &mut Wording,
) {
    if let Some(text) = table.text(phrase.key()) {
        ear::check(table.page, &text);
        let said = facts.say(table.page, &text, locale, filled_later(phrase));
        wording.spoken.insert((phrase, locale), said);
    }
}

fn read_warning(
    table: &Fields<'_>,
    kind: PiiKind,
    locale: Locale,
    facts: &Facts,
) -> Option<WarningText> {
    let name = kind.name();
    let table = table.need_table(name, &format!("[warnings.{name}]"))?;
    let what = table.need_text("what", "what = \"a card number\"");
    let advice = table.need_text("advice", "advice = \"…\"");
    let spoken = table.text("spoken");
    if let Some(heard) = spoken.as_ref().or(advice.as_ref()) {
        ear::check(table.page, heard);
    }
    let say = |text: Text<'_>| facts.say(table.page, &text, locale, &[]);
    let (what, advice, spoken) = (what.map(say), advice.map(say), spoken.map(say));
    table.done();
    Some(WarningText {
        what: what?,
        advice: advice?,
        spoken,
    })
}

fn read_commands(table: Fields<'_>, commands: &mut BTreeMap<Command, Vec<Arc<str>>>) {
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    for (key, command) in COMMANDS {
        let texts = table.need_texts(key, &format!("{key} = [\"…\"]"));
        if texts.is_empty() && table.has(key) {
            table.page.error(
                table.place(key),
                format!("`{key}` has no phrase"),
                "write what people say for it",
            );
        }
        for text in texts {
            match taken.insert(text.value.to_lowercase(), key) {
                Some(other) if other != *key => table.page.error(
                    text.span.start,
                    format!("`{}` means `{other}` already", text.value),
                    format!("keep it under `{other}` or under `{key}`"),
                ),
                Some(_) | None => commands
                    .entry(*command)
                    .or_default()
                    .push(text.value.into()),
            }
        }
    }
    table.done();
}

/// What is filled in when the phrase is said.
fn filled_later(phrase: Phrase) -> &'static [&'static str] {
    match phrase {
        Phrase::Notice => &["reference", "kept_for"],
        Phrase::RedirectOpen => &["department", "reason"],
        Phrase::RedirectClosed | Phrase::PersonClosed => &["department", "opens"],
        Phrase::TransferAgree
        | Phrase::Person
        | Phrase::TooLong
        | Phrase::AnswerExpired
        | Phrase::DangerPerson => &["department"],
        Phrase::AlsoNext | Phrase::ResumeForm | Phrase::FormKept => &["intent"],
        Phrase::Confirm => &["intent", "slots"],
        Phrase::Corrected => &["slot"],
        Phrase::Noted => &["slots"],
        Phrase::HouseNumber => &["street"],
        Phrase::Reported => &["intent", "department", "reference"],
        Phrase::ReportedClosed => &["department", "opens", "reference"],
        Phrase::Goodbye | Phrase::Spelt => &["reference"],
        Phrase::Queued => &["queue"],
        Phrase::OfficerJoined => &["officer"],
        Phrase::Masked => &["slot", "value"],
        Phrase::Removed => &["what"],
        Phrase::WeAsk => &["reason"],
        // The council's name is a fact, filled in when the greeting is read.
        Phrase::Greeting
        | Phrase::Unsure
        | Phrase::UnsureOffer
        | Phrase::LanguageChanged
        | Phrase::Clarify
        | Phrase::NoneOfThese
        | Phrase::PersonChoice
        | Phrase::YesChoice
        | Phrase::NoChoice
        | Phrase::AnythingElse
        | Phrase::Reask
        | Phrase::ReaskGiveUp
        | Phrase::CorrectWhich
        | Phrase::NoSuchDay
        | Phrase::NothingToRepeat
        | Phrase::NothingToGoBack
        | Phrase::StartedAgain
        | Phrase::Welcome
        | Phrase::Hello
        | Phrase::Silence
        | Phrase::NoMatch
        | Phrase::NoMatchPerson
        | Phrase::Failed
        | Phrase::TimedOut
        | Phrase::OfficerLeft
        | Phrase::Survey
        | Phrase::SurveyThanks
        | Phrase::Gentle => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_fact_can_take_the_name_of_a_placeholder() {
        for phrase in Phrase::ALL {
            for name in filled_later(*phrase) {
                assert!(LATER.contains(name), "{name}");
            }
        }
    }

    #[test]
    fn a_command_has_the_name_under_which_it_is_recorded() {
        for (key, command) in COMMANDS {
            let recorded = serde_json::to_value(command).unwrap();
            assert_eq!(recorded, *key);
        }
    }
}

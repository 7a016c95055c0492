//! What is kept, in words for an operator: a list, and one conversation.
//!
//! It shows what the record holds, which is redacted; a slot's value stays covered.

use super::archive::{Held, Listing, Note, NoteRecord, Summary};
use super::record::{DataClass, Tag, TurnRecord};
use crate::content::Locale;
use crate::dialogue::{Choice, Event, Speaker};
use crate::pii::PiiKind;
use std::fmt::Write as _;

/// A list of conversations in words.
#[must_use]
pub fn list(listing: &Listing) -> String {
    let mut text = format!(
        "{:<13} {:<6} {:<17} {:>5}  {:<20} {:<11} {:<7} {}\n",
        "REFERENCE",
        "BY",
        "BEGUN (UTC)",
        "TURNS",
        "RECORD CLASS",
        "KEPT UNTIL",
        "STATE",
        "DEPARTMENTS"
    );
    for summary in &listing.conversations {
        text.push_str(&line(summary));
    }
    for (id, why) in &listing.unreadable {
        let _ = writeln!(text, "conversation {id} cannot be read: {why}");
    }
    let _ = writeln!(text, "{} conversations", listing.conversations.len());
    text
}

fn line(summary: &Summary) -> String {
    format!(
        "{:<13} {:<6} {:<17} {:>5}  {:<20} {:<11} {:<7} {}\n",
        summary.reference,
        format!("{:?}", summary.channel).to_lowercase(),
        summary.started.strftime("%Y-%m-%d %H:%M"),
        summary.turns,
        summary.class,
        summary
            .due
            .map_or_else(|| "open".to_owned(), |due| due.to_string()),
        if summary.closed.is_some() {
            "closed"
        } else {
            "open"
        },
        summary.departments.join(", ")
    )
}

/// A conversation in words, with what was noted of it.
#[must_use]
pub fn show(held: &Held, turns: &[TurnRecord], notes: &[NoteRecord]) -> String {
    let mut text = format!("{}  conversation {}\n\n", held.reference(), held.id());
    for (name, class) in [
        ("what was said", DataClass::Conversation),
        ("usage data", DataClass::Usage),
        ("technical data", DataClass::Technical),
    ] {
        text.push_str(&tag(name, held.tags().of(class)));
    }
    for turn in turns {
        let _ = writeln!(text, "\n{}", turn.at.strftime("%Y-%m-%d %H:%M:%S UTC"));
        entries(turn, notes, &mut text);
    }
    for record in notes {
        let _ = writeln!(
            text,
            "\n{}  noted by {}: {}",
            record.at.strftime("%Y-%m-%d %H:%M:%S UTC"),
            record.by,
            noted(&record.note)
        );
    }
    text
}

/// A note in words.
#[must_use]
pub fn noted(note: &Note) -> String {
    match note {
        Note::CaseClosed { on } => format!("its case was closed on {on}"),
        Note::ConsentWithdrawn { on } => format!("consent was withdrawn on {on}"),
        Note::Corrected { seq, text } => format!("entry {seq} is wrong; right is: {text}"),
        Note::Retagged { class, reason } => {
            format!("record class {class} from now on, because: {reason}")
        }
    }
}

/// What stands in the place of an entry, if it was corrected; the last correction counts.
#[must_use]
pub fn correction(notes: &[NoteRecord], number: u64) -> Option<&str> {
    notes.iter().rev().find_map(|record| match &record.note {
        Note::Corrected { seq, text } if *seq == number => Some(text.as_str()),
        Note::Corrected { .. }
        | Note::CaseClosed { .. }
        | Note::ConsentWithdrawn { .. }
        | Note::Retagged { .. } => None,
    })
}

fn tag(name: &str, tag: &Tag) -> String {
    let due = tag
        .due
        .map_or_else(|| "not known yet".to_owned(), |due| due.to_string());
    format!(
        "{name}: class {}, kept for {} from {:?}, until {due}; {}\n",
        tag.class, tag.keep_for, tag.keep_from, tag.basis
    )
}

/// The entries of a turn in words, a line each.
#[must_use]
pub fn lines(turn: &TurnRecord) -> Vec<String> {
    let mut text = String::new();
    entries(turn, &[], &mut text);
    text.lines()
        .map(|line| line.trim_end().to_owned())
        .collect()
}

fn entries(turn: &TurnRecord, notes: &[NoteRecord], text: &mut String) {
    let mut seq = turn.seq;
    for event in &turn.events {
        let number = if event.takes_seq() {
            seq += 1;
            format!("{:>4}", seq - 1)
        } else {
            "    ".to_owned()
        };
        let _ = writeln!(text, "{number}  {}", words(event));
        if event.takes_seq()
            && let Some(right) = correction(notes, seq - 1)
        {
            let _ = writeln!(text, "      (corrected: {right})");
        }
    }
}

pub(super) fn words(event: &Event) -> String {
    match event {
        Event::Started {
            channel,
            assistant,
            page,
            contact,
            ..
        } => {
            let begun = format!("begun: {channel:?}, content {assistant}").to_lowercase();
            let page = page
                .iter()
                .map(|page| format!(", from {page}").to_lowercase());
            let contact = contact.iter().map(|contact| format!(", contact {contact}"));
            format!("({begun}{})", page.chain(contact).collect::<String>())
        }
        Event::Heard { text } => format!("resident: {text}"),
        Event::Chose { label, .. } => format!("resident chose: {label}"),
        Event::Pressed { label } if label.is_empty() => "resident pressed a key".into(),
        Event::Pressed { label } => format!("resident pressed the key for: {label}"),
        Event::Silent => "(silence)".into(),
        Event::NotRecognised => "(not recognised)".into(),
        Event::Interrupted { heard_chars } => {
            format!("(interrupted after {heard_chars} characters)")
        }
        Event::LanguageChanged { locale: Locale::En } => "(in English from here on)".into(),
        Event::LanguageChanged { locale: Locale::Cy } => "(in Welsh from here on)".into(),
        Event::TimedOut => "(timed out)".into(),
        Event::OfficerJoined { officer } => format!("(officer {officer} joined)"),
        Event::OfficerLeft => "(the officer left)".into(),
        Event::EndRequested => "(ended by the resident)".into(),
        Event::Failed { what } => format!("(platform failure: {what})"),
        Event::Language { locale } => format!("(goes on in: {locale:?})").to_lowercase(),
        Event::Understood {
            verdict,
            ranked,
            danger,
            command,
        } => understood(*verdict, ranked, danger.as_ref(), *command),
        Event::Warned { kinds, text } => format!("(warned: {}) {text}", names(kinds)),
        Event::Exempted { slot, kinds } => {
            format!("(asked for by {slot}, so not warned: {})", names(kinds))
        }
        Event::IntentTaken {
            intent, confidence, ..
        } => format!("(intent {intent}, {confidence:.2})"),
        Event::NeedKept { intent } => format!("(kept for later: {intent})"),
        Event::SlotFilled { slot, .. } => format!("(filled: {slot})"),
        Event::SlotSkipped { slot, .. } => format!("(skipped: {slot})"),
        Event::SlotCleared { slot, .. } => format!("(taken back: {slot})"),
        Event::FormKept { intent } => format!("(form put aside: {intent})"),
        Event::Restarted => "(started again)".into(),
        Event::Waiting { on } => format!("(waiting: {on:?})"),
        Event::Retagged { class, intent } => {
            format!("(record class {class} from now on, for {intent})")
        }
        Event::Settled { outcome, .. } => format!("(outcome: {})", outcome.name()),
        Event::Said {
            from,
            text,
            choices,
            ..
        } => said(*from, text, choices),
        Event::Redirected(to) => format!("redirected to {} ({})", to.name, to.department),
        Event::Closed { why } => format!("(closed: {why:?})").to_lowercase(),
    }
}

fn names(kinds: &[PiiKind]) -> String {
    let names: Vec<_> = kinds.iter().map(|kind| kind.name()).collect();
    names.join(", ")
}

fn said(from: Speaker, text: &str, choices: &[Choice]) -> String {
    let who = match from {
        Speaker::Resident => "resident",
        Speaker::Assistant => "assistant",
        Speaker::Officer => "officer",
    };
    let labels: Vec<_> = choices
        .iter()
        .map(|choice| format!("[{}]", choice.label))
        .collect();
    format!("{who}: {text} {}", labels.join(" "))
        .trim_end()
        .to_owned()
}

fn understood(
    verdict: crate::nlu::Verdict,
    ranked: &[crate::nlu::Ranked],
    danger: Option<&crate::nlu::IntentName>,
    command: Option<crate::nlu::Command>,
) -> String {
    let mut parts = vec![format!("{verdict:?}").to_lowercase()];
    parts.extend(danger.map(|intent| format!("DANGER {intent}")));
    parts.extend(command.map(|command| format!("command {command:?}").to_lowercase()));
    parts.extend(
        ranked
            .iter()
            .take(3)
            .map(|one| format!("{} {:.2}", one.intent, one.confidence)),
    );
    format!("(understood: {})", parts.join(", "))
}

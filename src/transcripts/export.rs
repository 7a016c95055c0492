//! Everything that is held of a conversation, for the person it is about (UK GDPR Art 15): what, why, on
//! which basis, until when, where it came from, who received it, and what was decided.
//!
//! As a page for people and as JSON (Art 20). What was redacted is not in it, because it was never kept;
//! what a form asked for is in it in full, because it is theirs.

use super::archive::{Held, NoteRecord};
use super::holdings::escaped;
use super::record::{Tag, TechnicalRecord, TurnRecord, UsageRecord};
use super::report::{correction, noted, words};
use super::retention::Register;
use crate::dialogue::Event;
use jiff::Timestamp;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

/// What is handed out.
#[derive(Debug)]
pub struct Export {
    /// When.
    pub made: Timestamp,
    /// The conversation.
    pub held: Held,
    /// Its turns.
    pub turns: Vec<TurnRecord>,
    /// What was noted of it.
    pub notes: Vec<NoteRecord>,
    /// Usage data, while it is kept.
    pub usage: Option<UsageRecord>,
    /// Technical data, while it is kept.
    pub technical: Option<TechnicalRecord>,
    /// The register.
    pub register: Arc<Register>,
}

impl Export {
    /// As data.
    #[must_use]
    pub fn json(&self) -> Value {
        let tags = self.tags().map(|(what, tag)| {
            let row = self.register.rows.get(&tag.class);
            json!({
                "data": what,
                "class": tag.class,
                "purpose": row.map(|row| &row.information),
                "authority": row.map(|row| &row.authority),
                "basis": tag.basis,
                "keep_for": tag.keep_for,
                "keep_from": tag.keep_from,
                "kept_until": tag.due,
                "register": tag.register,
            })
        });
        json!({
            "made": self.made,
            "reference": self.held.reference(),
            "source": self.source(),
            "held": tags,
            "recipients": self.recipients(),
            "decisions": self.decisions(),
            "log": self.turns,
            "notes": self.notes,
            "usage": self.usage,
            "technical": self.technical,
        })
    }

    /// As a page.
    #[must_use]
    pub fn html(&self) -> String {
        let mut page = format!(
            "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n<title>Your data, {0}</title>\n<style>\n\
             body{{font:1rem/1.5 system-ui,sans-serif;max-width:50rem;margin:0 auto;padding:1rem;color:#0b0c0c}}\n\
             table{{border-collapse:collapse;width:100%}}th,td{{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #b1b4b6}}\n\
             </style>\n</head>\n<body>\n<h1>Your data: conversation {0}</h1>\n\
             <p>Made on {1}. This is everything that is held of this conversation. Where you wrote personal details that \
             were not asked for, they were removed before anything was kept, and a note such as [card number] stands in their place.</p>\n",
            escaped(self.held.reference()),
            self.made.strftime("%-d %B %Y, %H:%M UTC")
        );
        self.why(&mut page);
        list(&mut page, "Where it came from", &[self.source().to_owned()]);
        list(&mut page, "Who received it", &self.recipients());
        list(
            &mut page,
            "What was decided, and by what",
            &self.decisions(),
        );
        self.log(&mut page);
        let notes: Vec<_> = self
            .notes
            .iter()
            .map(|note| format!("{}: {}", note.at.strftime("%-d %B %Y"), noted(&note.note)))
            .collect();
        list(&mut page, "What was noted afterwards", &notes);
        list(&mut page, "Usage data", &self.usage_lines());
        list(&mut page, "Technical data", &self.technical_lines());
        list(&mut page, "Your rights", &RIGHTS.map(str::to_owned));
        page.push_str("</body>\n</html>\n");
        page
    }

    fn why(&self, page: &mut String) {
        page.push_str(
            "<h2>What is kept, why, and until when</h2>\n<table>\n<tr><th scope=\"col\">What</th><th scope=\"col\">Purpose</th>\
             <th scope=\"col\">Legal basis</th><th scope=\"col\">Kept for</th><th scope=\"col\">Until</th></tr>\n",
        );
        for (what, tag) in self.tags() {
            let row = self.register.rows.get(&tag.class);
            let purpose = row.map_or(String::new(), |row| {
                format!("{}. {}", row.information, row.authority)
            });
            let until = tag
                .due
                .map_or_else(|| "not known yet".to_owned(), |due| due.to_string());
            let _ = writeln!(
                page,
                "<tr><th scope=\"row\">{what}</th><td>{}</td><td>{}</td><td>{}</td><td>{until}</td></tr>",
                escaped(&purpose),
                escaped(&tag.basis),
                escaped(&tag.keep_for)
            );
        }
        page.push_str("</table>\n");
    }

    fn log(&self, page: &mut String) {
        page.push_str("<h2>What was said</h2>\n<table>\n");
        for turn in &self.turns {
            let mut number = turn.seq;
            for event in &turn.events {
                // What they gave is theirs, and so shown to them in full.
                let mut text = if let Event::SlotFilled { slot, value, .. } = event {
                    format!("(you gave {slot}: {})", value.as_str())
                } else {
                    words(event)
                };
                if event.takes_seq() {
                    if let Some(right) = correction(&self.notes, number) {
                        let _ = write!(text, " (corrected: {right})");
                    }
                    number += 1;
                }
                let _ = writeln!(
                    page,
                    "<tr><td>{}</td><td>{}</td></tr>",
                    turn.at.strftime("%Y-%m-%d %H:%M:%S"),
                    escaped(&text)
                );
            }
        }
        page.push_str("</table>\n");
    }

    fn tags(&self) -> [(&'static str, &Tag); 3] {
        let tags = self.held.tags();
        [
            ("What was said and decided", &tags.conversation),
            ("Usage data", &tags.usage),
            ("Technical data", &tags.technical),
        ]
    }

    fn source(&self) -> &'static str {
        match self.held.usage().channel {
            crate::dialogue::Channel::Web => "You, in the chat on the website.",
            crate::dialogue::Channel::Phone => "You, on the telephone.",
        }
    }

    fn recipients(&self) -> Vec<String> {
        let mut recipients = BTreeSet::new();
        for event in self.turns.iter().flat_map(|turn| &turn.events) {
            if let Event::Redirected(to) = event {
                let contractor = to
                    .contractor
                    .as_ref()
                    .map(|name| format!(", whose work {name} does"))
                    .unwrap_or_default();
                recipients.insert(format!("{}{contractor}", to.name));
            }
        }
        recipients.into_iter().collect()
    }

    /// What software decided: which need it took for, how sure it was, and where it took the resident.
    fn decisions(&self) -> Vec<String> {
        let mut decisions = Vec::new();
        for turn in &self.turns {
            let decided = turn.events.iter().filter_map(decision);
            decisions.extend(
                decided.map(|what| format!("{}: {what}", turn.at.strftime("%Y-%m-%d %H:%M"))),
            );
        }
        decisions
    }

    fn usage_lines(&self) -> Vec<String> {
        let Some(usage) = &self.usage else {
            return Vec::new();
        };
        let mut lines = vec![
            format!("Begun {}", usage.started.strftime("%Y-%m-%d %H:%M UTC")),
            format!("{} messages", usage.messages),
        ];
        if let Some(closed) = usage.closed {
            lines.push(format!("Closed {}", closed.strftime("%Y-%m-%d %H:%M UTC")));
        }
        lines.extend(
            usage
                .outcomes
                .iter()
                .map(|outcome| format!("Outcome: {}", outcome.name())),
        );
        lines
    }

    fn technical_lines(&self) -> Vec<String> {
        let Some(technical) = &self.technical else {
            return Vec::new();
        };
        [
            ("Internet address", &technical.address),
            ("Browser and device", &technical.user_agent),
            ("Languages", &technical.languages),
            ("Number that rang", &technical.caller),
            ("Number that was rung", &technical.called),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some(format!("{name}: {}", value.as_ref()?)))
        .collect()
    }
}

fn decision(event: &Event) -> Option<String> {
    if let Event::IntentTaken {
        intent, confidence, ..
    } = event
    {
        let percent = confidence * 100.0;
        return Some(format!(
            "understood as {intent} ({percent:.0} % sure), by software"
        ));
    }
    if let Event::Retagged { class, intent } = event {
        return Some(format!(
            "kept as record class {class}, because it was about {intent}"
        ));
    }
    if let Event::Redirected(to) = event {
        return Some(format!("taken to {}: {}", to.name, to.reason));
    }
    None
}

const RIGHTS: [&str; 4] = [
    "You may ask for what is wrong to be corrected.",
    "You may ask for it to be erased, unless the law makes the council keep it, and you will be told why.",
    "You may object, ask for a person to look at what software decided, and withdraw consent where it rests on that.",
    "You may complain to the Information Commissioner: ico.org.uk.",
];

fn list(page: &mut String, title: &str, lines: &[String]) {
    let _ = write!(page, "<h2>{title}</h2>\n<ul>\n");
    for line in lines {
        let _ = writeln!(page, "<li>{}</li>", escaped(line));
    }
    if lines.is_empty() {
        page.push_str("<li>nothing</li>\n");
    }
    page.push_str("</ul>\n");
}

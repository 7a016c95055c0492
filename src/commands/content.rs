//! `cece content`: the whole content on one page, for whoever approves it before it goes live.
//!
//! The page needs nothing else: no script, no style sheet, no picture. It shows what residents are
//! told, as they are told it, with the council's facts filled in. It does not judge: `check` does,
//! and what it warns about stands on the page too.

use super::html::Escaped;
use crate::content::{
    Assistant, Fault, Intent, Language, Localized, OutOfHoursAction, Reply, Slot, SlotType, Then,
};
use crate::departments::Department;
use crate::engine::{Bundle, Sources};
use crate::server;
use crate::server::config::Config;
use anyhow::{Context as _, Result};
use clap::Args;
use jiff::civil::Date;
use std::fmt::{self, Write as _};
use std::path::PathBuf;

/// Flags of `cece content`.
#[derive(Debug, Args)]
pub struct ContentArgs {
    /// File to write the page to
    #[arg(long, value_name = "FILE")]
    html: PathBuf,
}

/// Writes the page; the content must have no error.
///
/// # Errors
/// Every fault of the content, or that the file cannot be written.
pub fn run(config: &Config, args: &ContentArgs) -> Result<()> {
    let page = page(&config.sources(), server::today())?;
    std::fs::write(&args.html, page)
        .with_context(|| format!("cannot write {}", args.html.display()))
}

/// The page as HTML, as of `today`.
///
/// # Errors
/// Every fault of the content at once.
pub fn page(sources: &Sources, today: Date) -> Result<String> {
    let loaded = Bundle::read(sources, today)?;
    let page = Page {
        assistant: &loaded.assistant,
        warnings: &loaded.warnings,
        today,
    };
    let mut html = String::new();
    page.write(&mut html)?;
    Ok(html)
}

const STYLE: &str = "
body{font:1rem/1.5 system-ui,sans-serif;max-width:52rem;margin:0 auto;padding:1rem;color:#111;background:#fff}
h2{margin-top:3rem;border-bottom:3px solid #111}h3{margin-top:2.5rem}h4{margin:1rem 0 .25rem}
nav ol{columns:20rem 2;column-gap:2rem;padding-left:0;list-style-position:inside}a{color:#003078}
blockquote{margin:.5rem 0;padding:.5rem 1rem;border-left:4px solid #00703c;background:#f3f6f4}
.danger blockquote{border-color:#b10e1e;background:#fbf2f2}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:.5rem 0}
.facts dt{font-weight:600}.facts dd{margin:0;overflow-wrap:anywhere}summary{cursor:pointer}
.warnings{border:3px solid #b10e1e;padding:0 1rem}code{overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%}th,td{border:1px solid #767676;padding:.25rem .5rem;text-align:left;vertical-align:top}
a:focus,summary:focus{outline:3px solid #111;outline-offset:2px}
@media print{body{max-width:none;font-size:10pt}section.intent{break-inside:avoid}h2{break-before:page}nav ol{columns:3}a{color:inherit}}
";

struct Page<'a> {
    assistant: &'a Assistant,
    warnings: &'a [Fault],
    today: Date,
}

impl Page<'_> {
    fn write(&self, out: &mut String) -> fmt::Result {
        let assistant = self.assistant;
        let council = Escaped(&assistant.council.name);
        writeln!(
            out,
            "<!doctype html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\">"
        )?;
        writeln!(
            out,
            "<meta name=\"viewport\" content=\"width=device-width\">"
        )?;
        writeln!(out, "<title>What the assistant of {council} says</title>")?;
        writeln!(out, "<style>{STYLE}</style></head><body>")?;
        writeln!(out, "<header><h1>What the assistant of {council} says</h1>")?;
        writeln!(
            out,
            "<p>{} intents in {} departments, version <code>{}</code>, read on {}.</p></header>",
            assistant.intents.len(),
            assistant.departments.len(),
            assistant.version,
            self.today
        )?;
        self.contents(out)?;
        writeln!(out, "<main>")?;
        self.warnings(out)?;
        for department in assistant.departments.values() {
            self.department(out, department)?;
        }
        self.languages(out)?;
        writeln!(out, "</main></body></html>")
    }

    fn contents(&self, out: &mut String) -> fmt::Result {
        writeln!(
            out,
            "<nav aria-labelledby=\"contents\"><h2 id=\"contents\">Contents</h2><ol>"
        )?;
        for department in self.assistant.departments.values() {
            let name = department.name.as_str();
            let title = Escaped(&department.title);
            let count = self.intents(department).count();
            writeln!(out, "<li><a href=\"#{name}\">{title}</a> ({count})</li>")?;
        }
        writeln!(
            out,
            "<li><a href=\"#languages\">Other languages</a></li></ol></nav>"
        )
    }

    fn warnings(&self, out: &mut String) -> fmt::Result {
        if self.warnings.is_empty() {
            return writeln!(
                out,
                "<p>The checker has nothing to say about this content.</p>"
            );
        }
        let count = self.warnings.len();
        writeln!(
            out,
            "<section class=\"warnings\"><h2>Look at this first ({count})</h2><ul>"
        )?;
        for warning in self.warnings {
            writeln!(out, "<li>{}</li>", Escaped(&warning.to_string()))?;
        }
        writeln!(out, "</ul></section>")
    }

    fn intents(&self, department: &Department) -> impl Iterator<Item = &Intent> {
        let name = department.name.clone();
        let intents = self.assistant.intents.values();
        intents.filter(move |intent| intent.department == name)
    }

    fn department(&self, out: &mut String, department: &Department) -> fmt::Result {
        let name = department.name.as_str();
        let title = Escaped(&department.title);
        writeln!(out, "<section id=\"{name}\"><h2>{title}</h2>")?;
        writeln!(
            out,
            "<p>Handles {}.</p><dl class=\"facts\">",
            Escaped(&department.handles)
        )?;
        let reach = &department.channels;
        let hours = department.hours.in_words(crate::content::Locale::En);
        let urgent = department.out_of_hours.urgent_to.as_ref();
        let facts = [
            ("Contractor", department.contractor.as_deref()),
            ("Telephone", reach.phone.as_deref()),
            ("Page", reach.url.as_deref()),
            ("Queue", reach.queue.as_deref()),
            ("Open", Some(&*hours)),
            ("Urgent when closed", urgent.map(|to| to.as_str())),
        ];
        for (term, fact) in facts {
            if let Some(fact) = fact {
                fact_row(out, term, fact)?;
            }
        }
        writeln!(out, "</dl><h4>When it is closed</h4>")?;
        both(out, &department.out_of_hours.text)?;
        for intent in self.intents(department) {
            self.intent(out, intent)?;
        }
        writeln!(out, "</section>")
    }

    fn intent(&self, out: &mut String, intent: &Intent) -> fmt::Result {
        let class = if intent.then == Then::Danger {
            "intent danger"
        } else {
            "intent"
        };
        let name = intent.name.as_str();
        writeln!(
            out,
            "<section class=\"{class}\" id=\"{name}\"><h3>{}</h3><p><code>{name}</code>. {}</p>",
            Escaped(&intent.title.en),
            leads_to(intent.then)
        )?;
        writeln!(out, "<h4>To read</h4>")?;
        both(out, &intent.answer.text)?;
        if let Some(spoken) = &intent.answer.spoken {
            writeln!(out, "<h4>To hear</h4>")?;
            both(out, spoken)?;
        }
        for link in &intent.links {
            let (url, text) = (Escaped(&link.url), Escaped(&link.text.en));
            writeln!(out, "<p>Link: <a href=\"{url}\">{text}</a></p>")?;
        }
        questions(out, &intent.ask)?;
        self.facts(out, intent)?;
        let count = intent.examples.len();
        writeln!(out, "<h4>What residents say ({count} examples)</h4><ul>")?;
        for example in &intent.examples {
            writeln!(out, "<li>{}</li>", Escaped(example))?;
        }
        writeln!(out, "</ul>")?;
        self.phrasings(out, intent)?;
        writeln!(out, "</section>")
    }

    /// What others say besides, closed, and so not printed: there may be hundreds.
    fn phrasings(&self, out: &mut String, intent: &Intent) -> fmt::Result {
        let all = self.assistant.phrasings.iter();
        let own: Vec<_> = all.filter(|(name, _)| *name == intent.name).collect();
        if own.is_empty() {
            return Ok(());
        }
        let count = own.len();
        writeln!(
            out,
            "<details><summary>How others say it ({count} phrasings)</summary><ul>"
        )?;
        for (_, phrasing) in own {
            writeln!(out, "<li>{}</li>", Escaped(phrasing))?;
        }
        writeln!(out, "</ul></details>")
    }

    fn facts(&self, out: &mut String, intent: &Intent) -> fmt::Result {
        let kept = self.assistant.register.rows.get(&intent.record);
        let kept = kept.map_or("", |row| row.keep_for_text.as_str());
        writeln!(out, "<dl class=\"facts\">")?;
        fact_row(out, "Kept as", &format!("{}, {kept}", intent.record))?;
        fact_row(out, "When closed", when_closed(intent.out_of_hours))?;
        let never = intent.never_ask.iter().map(|kind| kind.name());
        let never: Vec<&str> = never.collect();
        if !never.is_empty() {
            fact_row(out, "Never asked", &never.join(", "))?;
        }
        let answer = &intent.answer;
        let days = [
            ("Holds from", answer.valid_from),
            ("Holds to", answer.valid_to),
        ];
        for (term, day) in days {
            if let Some(day) = day {
                fact_row(out, term, &day.to_string())?;
            }
        }
        let ids: Vec<String> = intent.lgsl.iter().map(u32::to_string).collect();
        if !ids.is_empty() {
            fact_row(out, "LGSL", &ids.join(", "))?;
        }
        writeln!(out, "</dl>")
    }

    fn languages(&self, out: &mut String) -> fmt::Result {
        writeln!(out, "<section id=\"languages\"><h2>Other languages</h2>")?;
        writeln!(
            out,
            "<p>Said once to somebody who writes in the language.</p>"
        )?;
        for language in &self.assistant.wording.languages {
            other_language(out, language)?;
        }
        writeln!(out, "</section>")
    }
}

fn other_language(out: &mut String, language: &Language) -> fmt::Result {
    let Reply::Interpreter { answer, choice } = &language.reply else {
        return Ok(());
    };
    let (tag, name) = (Escaped(&language.tag), Escaped(&language.name));
    writeln!(out, "<h3 lang=\"{tag}\" dir=\"auto\">{name}</h3>")?;
    let (answer, choice) = (Escaped(answer), Escaped(choice));
    writeln!(
        out,
        "<blockquote lang=\"{tag}\" dir=\"auto\">{answer}<br>[{choice}]</blockquote>"
    )
}

fn fact_row(out: &mut String, term: &str, fact: &str) -> fmt::Result {
    writeln!(out, "<dt>{term}</dt><dd>{}</dd>", Escaped(fact))
}

/// A text in English and, where it is written, Welsh.
fn both(out: &mut String, text: &Localized) -> fmt::Result {
    writeln!(out, "<blockquote>{}</blockquote>", Escaped(&text.en))?;
    match &text.cy {
        Some(cy) => writeln!(out, "<blockquote lang=\"cy\">{}</blockquote>", Escaped(cy)),
        None => Ok(()),
    }
}

fn questions(out: &mut String, slots: &[Slot]) -> fmt::Result {
    if slots.is_empty() {
        return Ok(());
    }
    writeln!(out, "<h4>What is asked</h4><table><thead><tr>")?;
    writeln!(
        out,
        "<th scope=\"col\">Question</th><th scope=\"col\">We ask</th><th scope=\"col\">Answers</th></tr></thead><tbody>"
    )?;
    for slot in slots {
        let optional = if slot.optional {
            " (can be skipped)"
        } else {
            ""
        };
        writeln!(
            out,
            "<tr><td>{}{optional}</td><td>{}</td><td>{}</td></tr>",
            Escaped(&slot.prompt.en),
            Escaped(&slot.reason.en),
            Escaped(&kind_in_words(&slot.kind))
        )?;
    }
    writeln!(out, "</tbody></table>")
}

fn kind_in_words(kind: &SlotType) -> String {
    match kind {
        SlotType::Text => "any words",
        SlotType::Address => "an address",
        SlotType::Postcode => "a postcode",
        SlotType::Location => "a place",
        SlotType::Name => "a name",
        SlotType::Phone => "a telephone number",
        SlotType::Email => "an e-mail address",
        SlotType::Vehicle => "a number plate",
        SlotType::YesNo => "yes or no",
        SlotType::Number { min, max } => return format!("a number from {min} to {max}"),
        SlotType::Date => "a date",
        SlotType::Reference => "a reference",
        SlotType::Choice(choices) => {
            let labels: Vec<&str> = choices.iter().map(|choice| &*choice.label.en).collect();
            return labels.join("; ");
        }
    }
    .to_owned()
}

fn leads_to(then: Then) -> &'static str {
    match then {
        Then::Answer => "The answer is all.",
        Then::Redirect => "After the answer they are taken to the department.",
        Then::Report => "A report is taken and sent to the department.",
        Then::Form => "The answer leads to a form.",
        Then::Decide => "Rules decide, and a person can override them.",
        Then::Pay => "The answer leads to the payment page.",
        Then::Danger => {
            "Danger: this is said at once, before anything else, and a person is called in."
        }
    }
}

fn when_closed(action: OutOfHoursAction) -> &'static str {
    match action {
        OutOfHoursAction::Same => "the same as when open",
        OutOfHoursAction::Log => "taken down for the next working day",
        OutOfHoursAction::Urgent => "to the out-of-hours line at once",
        OutOfHoursAction::Callback => "a call back is offered",
    }
}

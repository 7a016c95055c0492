//! `cece try`: what one message would come to, and why, for whoever writes the content.
//!
//! Each message stands by itself and is forgotten; nothing of it is kept.

use super::terminal::{Ink, Pen, ask, printable};
use crate::content::{Assistant, Intent, Locale};
use crate::departments::{Department, OpenStatus, moment_in_words};
use crate::dialogue::{Channel, Event};
use crate::engine::Bundle;
use crate::engine::clock::{Clock as _, SystemClock};
use crate::engine::rehearsal::{Rehearsal, Rehearsed};
use crate::nlu::{Explanation, Verdict};
use crate::pii::{Finding, Treatment};
use crate::server::config::Config;
use anyhow::{Result, anyhow};
use clap::Args;
use jiff::Timestamp;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::Write as _;

/// What `try` takes.
#[derive(Debug, Args)]
pub struct TryArgs {
    /// What a resident might say; without it messages are asked for, one after another
    text: Option<String>,
    /// In Welsh
    #[arg(long)]
    welsh: bool,
    /// When it is said, e.g. 2026-12-25T10:00:00Z [default: now]
    #[arg(long, value_name = "MOMENT")]
    at: Option<Timestamp>,
    /// Write JSON, one object a message
    #[arg(long)]
    json: bool,
}

/// Words that are shown of those that counted.
const WORDS_SHOWN: usize = 6;
/// Examples that are shown of the nearest.
const NEAREST_SHOWN: usize = 3;
/// Runners-up that are shown.
const RUNNERS_UP: usize = 3;

/// Tries one message, or those that are typed.
///
/// # Errors
/// The content's faults, or the terminal's.
pub fn run(config: &Config, args: &TryArgs) -> Result<u8> {
    let bundle = super::learnt(config)?;
    let locale = if args.welsh { Locale::Cy } else { Locale::En };
    let pen = Pen::for_output();
    let try_one = |text: &str| -> Result<()> {
        let at = args.at.unwrap_or_else(|| SystemClock::new().now());
        let trial = Trial::of(&bundle, text, locale, at)?;
        let mut out = std::io::stdout();
        if args.json {
            writeln!(out, "{}", trial.json())?;
        } else {
            writeln!(out, "{}", trial.in_words(pen))?;
        }
        Ok(out.flush()?)
    };
    if let Some(text) = &args.text {
        try_one(text)?;
        return Ok(0);
    }
    while let Some(text) = ask(">")? {
        if !text.is_empty() {
            try_one(&text)?;
        }
    }
    Ok(0)
}

/// One message with all that came of it.
pub struct Trial<'a> {
    assistant: &'a Assistant,
    locale: Locale,
    at: Timestamp,
    explanation: Explanation,
    verdict: Verdict,
    danger: Option<String>,
    also: Vec<String>,
    findings: Vec<Finding>,
    recorded: String,
    by_eye: Vec<Event>,
    by_ear: Vec<Event>,
}

impl<'a> Trial<'a> {
    /// Tries `text` as the first message of a conversation at `at`, in writing and on the phone.
    ///
    /// # Errors
    /// That it is no message, but a move in brackets that is not known.
    pub fn of(bundle: &'a Bundle, text: &str, locale: Locale, at: Timestamp) -> Result<Self> {
        let play = |channel| -> Result<Rehearsed> {
            let (mut rehearsal, _) = Rehearsal::begin(bundle, channel, locale, at);
            rehearsal.play(text).map_err(|what| anyhow!(what))
        };
        let (eye, ear) = (play(Channel::Web)?, play(Channel::Phone)?);
        let understood = eye
            .understanding
            .unwrap_or_else(crate::nlu::Understanding::unsure);
        let explanation = bundle.explain_text(text.to_owned());
        Ok(Self {
            assistant: &bundle.assistant,
            locale,
            at,
            explanation: Explanation {
                ranked: understood.ranked,
                ..explanation
            },
            verdict: understood.verdict,
            danger: understood.danger.map(|name| name.to_string()),
            also: understood.also.iter().map(ToString::to_string).collect(),
            findings: eye.findings,
            recorded: eye.safe.map(|safe| safe.to_string()).unwrap_or_default(),
            by_eye: eye.events,
            by_ear: ear.events,
        })
    }

    /// The likeliest intent, as the content has it.
    fn intent(&self) -> Option<&'a Intent> {
        let first = self.explanation.ranked.first()?;
        self.assistant.intents.get(&first.intent)
    }

    /// For a person.
    pub(super) fn in_words(&self, pen: Pen) -> String {
        let mut text = String::new();
        let mut row = |name: &str, said: &str| {
            let said = printable(said).replace('\n', "\n             ");
            let name = pen.ink(Ink::Quiet, &format!("  {name:<11}"));
            let _ = writeln!(text, "{name}{said}");
        };
        if let Some(danger) = &self.danger {
            row("danger", &pen.ink(Ink::Bad, danger));
        }
        match self.explanation.ranked.first() {
            None => row("intent", "nothing in it is known"),
            Some(first) => {
                let title = self
                    .intent()
                    .map_or("", |intent| intent.title.get(self.locale));
                let name = pen.ink(Ink::Name, first.intent.as_str());
                let sure = verdict_in_words(self.verdict);
                let confidence = percent(first.confidence);
                row("intent", &format!("{name}  {title}  {confidence}, {sure}"));
            }
        }
        for other in self.explanation.ranked.iter().skip(1).take(RUNNERS_UP) {
            row(
                "",
                &format!("{}  {}", other.intent, percent(other.confidence)),
            );
        }
        for also in &self.also {
            row("also", also);
        }
        row("because", &self.because());
        for (example, of, cosine) in self.explanation.nearest.iter().take(NEAREST_SHOWN) {
            row("nearest", &format!("\"{example}\"  {of}  {cosine:.2}"));
        }
        if let Some(intent) = self.intent() {
            if let Some(department) = self.assistant.departments.get(&intent.department) {
                row("department", &self.department(department));
            }
            let kept = self.assistant.register.rows.get(&intent.record);
            let kept = kept.map_or("", |row| row.keep_for_text.as_str());
            row("kept as", &format!("{}, {kept}", intent.record));
        }
        row("personal", &self.personal());
        row("by eye", &told(&self.by_eye));
        row("by ear", &told(&self.by_ear));
        text
    }

    /// The words that spoke for the likeliest intent, and those that spoke against it.
    fn because(&self) -> String {
        let mut words: Vec<&(String, f32)> = self.explanation.words.iter().collect();
        words.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        let shown = words.into_iter().take(WORDS_SHOWN);
        let shown: Vec<String> = shown
            .map(|(word, part)| format!("{word} {part:+.1}"))
            .collect();
        let stage = if self.explanation.by_second {
            "looked at twice"
        } else {
            "clear at first sight"
        };
        format!("{}  ({stage})", shown.join("  "))
    }

    fn department(&self, department: &Department) -> String {
        let mut text = format!("{} ({})", department.title, department.name);
        if let Some(contractor) = &department.contractor {
            let _ = write!(text, ", {contractor}");
        }
        let council = &self.assistant.council;
        let status = department
            .hours
            .status(self.at, &council.time_zone, &council.holidays);
        let moment = |moment| moment_in_words(moment, self.at, self.locale);
        let now = match &status {
            OpenStatus::Open { until: Some(until) } => format!("open, until {}", moment(until)),
            OpenStatus::Open { until: None } => "always open".to_owned(),
            OpenStatus::Closed { opens: Some(opens) } => {
                format!("closed, opens {}", moment(opens))
            }
            OpenStatus::Closed { opens: None } => "closed".to_owned(),
        };
        let _ = write!(text, "; {now}");
        text
    }

    fn personal(&self) -> String {
        if self.findings.is_empty() {
            return "none found".to_owned();
        }
        let found = self.findings.iter().map(|finding| {
            let done = match finding.treatment {
                Treatment::Refuse => "never kept",
                Treatment::Take => "taken",
                Treatment::Warn => "warned about",
                Treatment::Gentle => "kept out, gently",
            };
            format!("{} ({done})", finding.kind.name())
        });
        let found: Vec<String> = found.collect();
        format!("{}; recorded as: {}", found.join(", "), self.recorded)
    }

    /// For a program.
    pub fn json(&self) -> Value {
        let department = self.intent().map(|intent| &intent.department);
        let department = department.and_then(|name| self.assistant.departments.get(name));
        let council = &self.assistant.council;
        let open = department.map(|department| {
            let hours = &department.hours;
            let status = hours.status(self.at, &council.time_zone, &council.holidays);
            matches!(status, OpenStatus::Open { .. })
        });
        json!({
            "ranked": self.explanation.ranked,
            "verdict": self.verdict,
            "danger": self.danger,
            "also": self.also,
            "words": self.explanation.words,
            "nearest": self.explanation.nearest,
            "department": department.map(|department| &department.name),
            "open_now": open,
            "personal": self.findings.iter().map(|one| one.kind).collect::<Vec<_>>(),
            "recorded_as": self.recorded,
            "by_eye": told(&self.by_eye),
            "by_ear": told(&self.by_ear),
        })
    }
}

/// What the resident is told in a turn, with the choices and links that come with it.
pub(super) fn told(events: &[Event]) -> String {
    let mut lines = Vec::new();
    for event in events {
        lines.extend(event.told().map(str::to_owned));
        if let Event::Said { choices, links, .. } = event {
            lines.extend(choices.iter().map(|choice| format!("[{}]", choice.label)));
            lines.extend(
                links
                    .iter()
                    .map(|link| format!("{}: {}", link.text, link.url)),
            );
        }
        if let Event::Redirected(to) = event {
            lines.push(format!("-> {} ({})", to.name, to.department));
        }
    }
    lines.join("\n")
}

fn verdict_in_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Sure => "sure",
        Verdict::Between => "in doubt: the resident is asked which",
        Verdict::Unsure => "not sure: the resident is asked to say it again",
    }
}

fn percent(share: f32) -> String {
    format!("{:.0} %", 100.0 * share)
}

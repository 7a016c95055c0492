//! `cece graph`: the routing as the content has it, and the dialogue as the golden conversations walk
//! through it, as Mermaid or as a page with pictures.
//!
//! The dialogue's picture is of what happens: every arrow was walked by a conversation that is played
//! for it, so that it cannot be out of date.

use super::html::{Escaped, page, table};
use crate::content::{Assistant, Locale, OutOfHoursAction, Then};
use crate::dialogue::Phase;
use crate::engine::Bundle;
use crate::engine::golden::{Golden, Player};
use crate::server;
use crate::server::config::Config;
use anyhow::{Context as _, Result, bail};
use clap::{Args, ValueEnum};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// What `graph` takes.
#[derive(Debug, Args)]
pub struct GraphArgs {
    /// Which picture, as Mermaid
    #[arg(value_enum, required_unless_present = "html")]
    of: Option<Picture>,
    /// Write both as a page with pictures
    #[arg(long, value_name = "FILE", conflicts_with = "of")]
    html: Option<PathBuf>,
    /// Only this department
    #[arg(long, value_name = "FOLDER")]
    department: Option<String>,
}

/// A picture.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Picture {
    /// Departments, their intents, and what each leads to
    Routing,
    /// The states of a conversation, as the golden conversations walk through them
    Dialogue,
}

/// How often each step from phase to phase was made, and by what.
pub type Walks = BTreeMap<(String, String), BTreeMap<String, usize>>;

/// Draws.
///
/// # Errors
/// The content's faults, a golden conversation that cannot be read, or the system's.
pub fn run(config: &Config, args: &GraphArgs) -> Result<u8> {
    let mut out = std::io::stdout();
    let only = args.department.as_deref();
    if let Some(file) = &args.html {
        let bundle = super::learnt(config)?;
        let walks = walks(&bundle, &config.golden())?;
        // Mermaid's drawing of it knows whether there is such a department.
        routing(&bundle.assistant, only)?;
        let text = html(&bundle.assistant, only, &walks);
        std::fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))?;
        return Ok(0);
    }
    match args.of {
        Some(Picture::Dialogue) => {
            let bundle = super::learnt(config)?;
            write!(out, "{}", dialogue(&walks(&bundle, &config.golden())?))?;
        }
        Some(Picture::Routing) | None => {
            let assistant = Bundle::read(&config.sources(), server::today())?.assistant;
            write!(out, "{}", routing(&assistant, only)?)?;
        }
    }
    Ok(0)
}

/// Plays every golden conversation in a folder and counts its steps.
///
/// # Errors
/// A folder or file that cannot be read.
pub fn walks(bundle: &Bundle, golden: &Path) -> Result<Walks> {
    let screen = bundle.screen();
    let player = Player {
        assistant: &bundle.assistant,
        understand: &*bundle.understand,
        screen: &screen,
    };
    let mut walks = Walks::new();
    let entries =
        std::fs::read_dir(golden).with_context(|| format!("cannot read {}", golden.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_none_or(|end| end != "txt") {
            continue;
        }
        let text = std::fs::read_to_string(&path)?;
        let golden = Golden::parse(&text).with_context(|| path.display().to_string())?;
        for (from, by, to) in player.walk(&golden) {
            let step = walks.entry((name(from), name(to))).or_default();
            *step.entry(by).or_default() += 1;
        }
    }
    Ok(walks)
}

fn name(phase: Phase) -> String {
    format!("{phase:?}")
}

/// What an intent leads to, in two or three words.
fn leads_to(then: Then) -> &'static str {
    match then {
        Then::Answer => "an answer",
        Then::Redirect => "the department",
        Then::Report => "a report",
        Then::Form => "a form",
        Then::Decide => "a decision",
        Then::Pay => "the payment page",
        Then::Danger => "danger: a person at once",
    }
}

fn when_closed(action: OutOfHoursAction) -> &'static str {
    match action {
        OutOfHoursAction::Same => "",
        OutOfHoursAction::Log => ", taken down when closed",
        OutOfHoursAction::Urgent => ", at once when closed",
        OutOfHoursAction::Callback => ", a call back when closed",
    }
}

/// The routing as Mermaid.
///
/// # Errors
/// That there is no such department.
pub fn routing(assistant: &Assistant, only: Option<&str>) -> Result<String> {
    let wanted = |name: &str| only.is_none_or(|only| only == name);
    let mut text = String::from("flowchart LR\n  resident([resident])\n");
    let plain = |name: &str| name.replace(['-', '/'], "_");
    // A quotation mark would end the label.
    let label = |text: &str| text.replace('"', "#quot;");
    let mut found = false;
    for department in assistant.departments.values() {
        if !wanted(department.name.as_str()) {
            continue;
        }
        found = true;
        let slug = plain(department.name.as_str());
        let title = label(&department.title);
        let _ = writeln!(text, "  resident --> {slug}[\"{title}\"]");
        if let Some(urgent) = &department.out_of_hours.urgent_to {
            let urgent = plain(urgent.as_str());
            let _ = writeln!(text, "  {slug} -. \"urgent, when closed\" .-> {urgent}");
        }
    }
    if !found {
        bail!("there is no department {}", only.unwrap_or_default());
    }
    for intent in assistant.intents.values() {
        if !wanted(intent.department.as_str()) {
            continue;
        }
        let (slug, department) = (
            plain(intent.name.as_str()),
            plain(intent.department.as_str()),
        );
        let title = label(&intent.title.en);
        let then = format!(
            "{}{}",
            leads_to(intent.then),
            when_closed(intent.out_of_hours)
        );
        let _ = writeln!(text, "  {department} --> i_{slug}[\"{title}<br/>{then}\"]");
    }
    Ok(text)
}

/// The dialogue as Mermaid.
#[must_use]
pub fn dialogue(walks: &Walks) -> String {
    let mut text = String::from("stateDiagram-v2\n  [*] --> Greeting\n");
    for ((from, to), by) in walks {
        let mut by: Vec<(&String, &usize)> = by.iter().collect();
        by.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
        let by: Vec<&str> = by.iter().map(|(word, _)| word.as_str()).collect();
        let _ = writeln!(text, "  {from} --> {to}: {}", by.join(", "));
    }
    text.push_str("  Closed --> [*]\n");
    text
}

fn html(assistant: &Assistant, only: Option<&str>, walks: &Walks) -> String {
    let mut body = String::from("<h2>Where a message goes</h2>");
    body.push_str(&routing_picture(assistant, only));
    body.push_str(
        "<h2>How a conversation goes</h2><p>Every arrow was walked by a golden conversation.</p>",
    );
    body.push_str(&dialogue_picture(walks));
    let rows: Vec<Vec<String>> = walks
        .iter()
        .map(|((from, to), by)| {
            let words: Vec<String> = by.iter().map(|(word, n)| format!("{word} ({n})")).collect();
            vec![from.clone(), to.clone(), words.join(", ")]
        })
        .collect();
    body.push_str(&table(&["From", "To", "By (how often)"], &[], &rows));
    page("Routing and dialogue", &body)
}

/// Departments on the left, a line to each of their intents, what it leads to on the right.
fn routing_picture(assistant: &Assistant, only: Option<&str>) -> String {
    const ROW: usize = 22;
    let wanted = |name: &str| only.is_none_or(|only| only == name);
    let departments = assistant.departments.values();
    let departments: Vec<_> = departments
        .filter(|one| wanted(one.name.as_str()))
        .collect();
    let mut rows = String::new();
    let mut line = 0;
    for department in departments {
        let intents = assistant.intents.values();
        let intents: Vec<_> = intents
            .filter(|one| one.department == department.name)
            .collect();
        let middle = line * ROW + intents.len().max(1) * ROW / 2;
        let _ = writeln!(
            rows,
            "<text x=\"270\" y=\"{}\" text-anchor=\"end\" font-weight=\"600\">{}</text>",
            middle + 4,
            Escaped(&department.title)
        );
        for (at, intent) in intents.iter().enumerate() {
            let y = (line + at) * ROW + ROW / 2;
            let colour = if intent.then == Then::Danger {
                "#b10e1e"
            } else {
                "#00703c"
            };
            let _ = writeln!(
                rows,
                "<path d=\"M278 {middle} C320 {middle} 320 {y} 362 {y}\" fill=\"none\" stroke=\"{colour}\"/>\
                 <text x=\"370\" y=\"{}\">{}</text><text x=\"760\" y=\"{}\" fill=\"{colour}\">{}{}</text>",
                y + 4,
                Escaped(intent.title.get(Locale::En)),
                y + 4,
                leads_to(intent.then),
                when_closed(intent.out_of_hours)
            );
        }
        line += intents.len().max(1) + 1;
    }
    format!(
        "<div class=\"wide\"><svg role=\"img\" viewBox=\"0 0 1080 {0}\" width=\"1080\"><title>Departments, \
         their intents, and what each leads to</title>\n{rows}</svg></div>\n",
        line * ROW
    )
}

/// The phases on a circle, in the order in which they mostly follow one another.
fn dialogue_picture(walks: &Walks) -> String {
    const ORDER: [Phase; 10] = [
        Phase::Greeting,
        Phase::Listening,
        Phase::Clarifying,
        Phase::Collecting,
        Phase::Confirming,
        Phase::Redirecting,
        Phase::Queued,
        Phase::WithOfficer,
        Phase::WrappingUp,
        Phase::Closed,
    ];
    let walked = |phase: &&Phase| {
        let name = name(**phase);
        walks.keys().any(|(from, to)| *from == name || *to == name)
    };
    let names: Vec<String> = ORDER
        .iter()
        .filter(walked)
        .map(|phase| name(*phase))
        .collect();
    let count = f64::from(u32::try_from(names.len().max(1)).unwrap_or(1));
    let places: BTreeMap<&str, (f64, f64)> = (0_u32..)
        .zip(&names)
        .map(|(at, name)| {
            let angle = f64::from(at) / count * std::f64::consts::TAU - std::f64::consts::FRAC_PI_2;
            (
                name.as_str(),
                (360.0 + 270.0 * angle.cos(), 320.0 + 270.0 * angle.sin()),
            )
        })
        .collect();
    let mut text = String::from(
        "<svg role=\"img\" viewBox=\"0 0 720 640\" width=\"720\"><title>The states of a conversation; the \
         table below says the same</title><defs><marker id=\"tip\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" \
         markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0 10 5 0 10z\"/></marker></defs>\n",
    );
    for ((from, to), by) in walks {
        if let (Some(a), Some(b)) = (places.get(from.as_str()), places.get(to.as_str())) {
            let words: Vec<&str> = by.keys().map(String::as_str).collect();
            text.push_str(&arrow(*a, *b, &words.join(", ")));
        }
    }
    for (name, (x, y)) in places {
        let _ = writeln!(
            text,
            "<rect x=\"{:.0}\" y=\"{:.0}\" width=\"108\" height=\"28\" rx=\"6\" fill=\"#f3f6f4\" stroke=\"#111\"/>\
             <text x=\"{x:.0}\" y=\"{:.0}\" text-anchor=\"middle\">{name}</text>",
            x - 54.0,
            y - 14.0,
            y + 5.0
        );
    }
    text + "</svg>\n"
}

/// An arrow from place to place, bent to its right, so that there and back are two, and cut short before
/// the names; a circle where it goes nowhere else.
fn arrow(a: (f64, f64), b: (f64, f64), words: &str) -> String {
    let words = Escaped(words);
    if a == b {
        return format!(
            "<circle cx=\"{:.0}\" cy=\"{:.0}\" r=\"22\" fill=\"none\" stroke=\"#505a5f\"><title>{words}</title></circle>\n",
            a.0,
            a.1 - 24.0
        );
    }
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length = dx.hypot(dy).max(1.0);
    let (ux, uy) = (dx / length, dy / length);
    let bend = (
        f64::midpoint(a.0, b.0) - uy * 30.0,
        f64::midpoint(a.1, b.1) + ux * 30.0,
    );
    format!(
        "<path d=\"M{:.0} {:.0} Q{:.0} {:.0} {:.0} {:.0}\" fill=\"none\" stroke=\"#505a5f\" \
         marker-end=\"url(#tip)\"><title>{words}</title></path>\n",
        a.0 + ux * 34.0,
        a.1 + uy * 20.0,
        bend.0,
        bend.1,
        b.0 - ux * 40.0,
        b.1 - uy * 22.0
    )
}

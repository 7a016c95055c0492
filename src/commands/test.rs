//! `cece test`: the golden conversations played with the content as it is, with a readable
//! difference; and a chat turned into one.
//!
//! Test stories of Rasa and text scripts of Botium are read as golden conversations, as far as there
//! is something of the same meaning here; what is left out is counted.

use super::foreign_tests::{self, Script};
use super::terminal::{Ink, Pen, ask, printable, somebody_is_here};
use super::trial::told;
use super::writing::write_new;
use crate::content::Locale;
use crate::dialogue::Channel;
use crate::engine::Bundle;
use crate::engine::clock::{Clock as _, SystemClock};
use crate::engine::golden::{Difference, Golden, Player, expectations, written};
use crate::engine::rehearsal::Rehearsal;
use crate::server::config::Config;
use anyhow::{Context as _, Result, bail};
use clap::Args;
use jiff::Timestamp;
use serde_json::json;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// What `test` takes.
#[derive(Debug, Args)]
pub struct TestArgs {
    /// Files or folders: golden conversations (.txt), Rasa test stories (.yml), Botium scripts
    /// (.convo.txt) [default: the folder `golden` beside the register]
    files: Vec<PathBuf>,
    /// Chat now, and write the chat into this file as a golden conversation
    #[arg(long, value_name = "FILE", conflicts_with = "files")]
    record: Option<PathBuf>,
    /// What the recorded conversation is called [default: made from the file's name]
    #[arg(long, requires = "record")]
    title: Option<String>,
    /// The recorded conversation is a call
    #[arg(long, requires = "record")]
    phone: bool,
    /// The recorded conversation is in Welsh
    #[arg(long, requires = "record")]
    welsh: bool,
    /// Personal data in what is recorded is invented, and may stand in the file
    #[arg(long, requires = "record")]
    invented: bool,
    /// Write JSON
    #[arg(long)]
    json: bool,
}

/// Plays or records; the exit code is 1 where a conversation differs.
///
/// # Errors
/// The content's faults, a file that cannot be read, or the terminal's.
pub fn run(config: &Config, args: &TestArgs) -> Result<u8> {
    let bundle = super::learnt(config)?;
    if let Some(file) = &args.record {
        return record(&bundle, file, args).map(|()| 0);
    }
    let default = vec![config.golden()];
    let given = if args.files.is_empty() {
        &default
    } else {
        &args.files
    };
    let results = play_all(&bundle, given)?;
    let mut out = std::io::stdout();
    if args.json {
        let shown: Vec<_> = results.iter().map(Played::json).collect();
        writeln!(out, "{}", serde_json::to_string_pretty(&shown)?)?;
    } else {
        write!(out, "{}", in_words(&results, Pen::for_output()))?;
    }
    Ok(u8::from(results.iter().any(|one| one.wrong.is_some())))
}

/// A conversation that was played.
pub struct Played {
    /// Its file.
    pub file: PathBuf,
    /// Its title; empty where the file could not be read.
    pub title: String,
    /// Lines of the file that have no counterpart here.
    pub left_out: Vec<String>,
    /// Whether it is held to anything.
    pub holds: bool,
    /// What is wrong with it.
    pub wrong: Option<Wrong>,
}

/// What is wrong with a conversation.
pub enum Wrong {
    /// It cannot be read.
    Unreadable(String),
    /// Something else happened than is expected.
    Differs(Box<Difference>),
}

/// Plays every conversation in `given`, files and folders, in order.
///
/// # Errors
/// A file that cannot be opened, or that there is none.
pub fn play_all(bundle: &Bundle, given: &[PathBuf]) -> Result<Vec<Played>> {
    let mut files = Vec::new();
    for path in given {
        collect(path, &mut files)?;
    }
    if files.is_empty() {
        bail!("no conversations there: golden conversations end in .txt, Rasa stories in .yml");
    }
    let mut results = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file)
            .with_context(|| format!("cannot read {}", file.display()))?;
        match foreign_tests::read(&file, &text, &bundle.assistant) {
            Ok(scripts) => results.extend(scripts.iter().map(|one| play(bundle, &file, one))),
            Err(what) => results.push(Played {
                file,
                title: String::new(),
                left_out: Vec::new(),
                holds: true,
                wrong: Some(Wrong::Unreadable(what)),
            }),
        }
    }
    Ok(results)
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    let entries = std::fs::read_dir(path)
        .with_context(|| format!("cannot read {}", path.display()))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<std::io::Result<Vec<_>>>()?;
    let known = |path: &PathBuf| {
        let end = path.extension().and_then(|end| end.to_str());
        matches!(end, Some("txt" | "yml" | "yaml"))
    };
    let mut inside: Vec<PathBuf> = entries.into_iter().filter(known).collect();
    inside.sort();
    files.extend(inside);
    Ok(())
}

fn play(bundle: &Bundle, file: &Path, script: &Script) -> Played {
    let screen = bundle.screen();
    let player = Player {
        assistant: &bundle.assistant,
        understand: &*bundle.understand,
        screen: &screen,
    };
    let (title, wrong) = match Golden::parse(&script.text) {
        Err(fault) => (String::new(), Some(Wrong::Unreadable(fault.to_string()))),
        Ok(golden) => {
            let differs = player.play(&golden).err();
            (golden.title, differs.map(Wrong::Differs))
        }
    };
    Played {
        file: file.to_owned(),
        title,
        left_out: script.left_out.clone(),
        holds: script.text.lines().any(|line| line.starts_with('<')),
        wrong,
    }
}

impl Played {
    fn json(&self) -> serde_json::Value {
        let mut shown = json!({
            "file": self.file,
            "title": self.title,
            "ok": self.wrong.is_none(),
            "left_out": self.left_out,
            "holds_to_anything": self.holds,
        });
        match &self.wrong {
            None => {}
            Some(Wrong::Unreadable(what)) => shown["what"] = json!(what),
            Some(Wrong::Differs(difference)) => {
                shown["line"] = json!(difference.line);
                shown["expected"] = json!(difference.expected);
                shown["said"] = json!(difference.said);
                shown["what"] = json!(difference.what);
                shown["happened"] =
                    json!(difference.turn.lines().map(str::trim).collect::<Vec<_>>());
            }
        }
        shown
    }
}

/// The results for a person: each difference with what was expected and what happened.
fn in_words(results: &[Played], pen: Pen) -> String {
    let mut text = String::new();
    for one in results {
        let file = one.file.display();
        match &one.wrong {
            None => {}
            Some(Wrong::Unreadable(what)) => {
                let _ = writeln!(text, "{}", pen.ink(Ink::Bad, &format!("{file}: {what}")));
            }
            Some(Wrong::Differs(difference)) => {
                let head = format!("{file}:{}: {}", difference.line, one.title);
                let _ = writeln!(text, "{}", pen.ink(Ink::Name, &head));
                let said = printable(difference.said.trim_start_matches('>').trim());
                let _ = writeln!(text, "  > {said}");
                let expected = format!("  - < {}", printable(&difference.expected));
                let what = pen.ink(Ink::Quiet, &format!("   ({})", difference.what));
                let _ = writeln!(text, "{}{what}", pen.ink(Ink::Bad, &expected));
                for line in difference.turn.lines() {
                    let line = format!("  + {}", printable(line.trim()));
                    let _ = writeln!(text, "{}", pen.ink(Ink::Good, &line));
                }
                text.push('\n');
            }
        }
        if !one.left_out.is_empty() {
            let count = one.left_out.len();
            let what = one.left_out.join("; ");
            let line = format!("{file}: {}: {count} not compared: {what}", one.title);
            let _ = writeln!(text, "{}", pen.ink(Ink::Quiet, &line));
        }
    }
    let wrong = results.iter().filter(|one| one.wrong.is_some()).count();
    let said = if wrong == 0 {
        pen.ink(
            Ink::Good,
            &match results.len() {
                1 => "1 conversation goes as it should".to_owned(),
                all => format!("{all} conversations go as they should"),
            },
        )
    } else {
        let all = results.len();
        pen.ink(
            Ink::Bad,
            &format!("{wrong} of {all} conversations do not go as they should"),
        )
    };
    let _ = writeln!(text, "{said}");
    let idle = results.iter().filter(|one| !one.holds).count();
    if idle > 0 {
        let line = format!("of these, {idle} expect nothing that is here");
        let _ = writeln!(text, "{}", pen.ink(Ink::Warning, &line));
    }
    text
}

fn record(bundle: &Bundle, file: &Path, args: &TestArgs) -> Result<()> {
    if file.exists() {
        bail!("{} is there already: name a new file", file.display());
    }
    let channel = if args.phone {
        Channel::Phone
    } else {
        Channel::Web
    };
    let locale = if args.welsh { Locale::Cy } else { Locale::En };
    let at = SystemClock::new().now();
    let settings = settings(bundle, at, args);
    // What is recorded is played at the minute that is written.
    let minute = 60_000;
    let at = Timestamp::from_millisecond(at.as_millisecond() / minute * minute)?;
    let (mut rehearsal, begun) = Rehearsal::begin(bundle, channel, locale, at);
    let mut out = std::io::stdout();
    let help = "[choose LABEL], [press 1], [silence] do what they say; an empty line ends.";
    if somebody_is_here() {
        writeln!(out, "{}\n{help}", told(&begun))?;
    }
    let mut turns = Vec::new();
    while let Some(line) = ask(">")? {
        if line.is_empty() {
            break;
        }
        let moved = match rehearsal.play(&line) {
            Ok(moved) => moved,
            Err(what) => {
                writeln!(out, "{what}")?;
                continue;
            }
        };
        writeln!(out, "{}", printable(&told(&moved.events)))?;
        if !moved.findings.is_empty() && !args.invented {
            bail!(
                "that holds personal data, and a golden conversation is kept: nothing was written; say it \
                 with invented data and --invented"
            );
        }
        let state = rehearsal.state();
        turns.push((line, expectations(&moved.events, state, &bundle.assistant)));
        if state.is_closed() {
            break;
        }
    }
    if turns.is_empty() {
        bail!("nothing was said, and nothing was written");
    }
    if let (Some(class), Some(last)) = (rehearsal.state().class(), turns.last_mut()) {
        last.1.push(format!("tag {class}"));
    }
    let name = file
        .file_stem()
        .and_then(|name| name.to_str())
        .unwrap_or("");
    let title = args.title.clone();
    let title = title.unwrap_or_else(|| super::writing::words(name));
    write_new(file, &written(&title, &settings, &turns))?;
    writeln!(out, "{} is written; cece test plays it", file.display())?;
    Ok(())
}

/// The lines of a recorded conversation that say when, how and in which language it was.
fn settings(bundle: &Bundle, at: Timestamp, args: &TestArgs) -> Vec<String> {
    let zone = &bundle.assistant.council.time_zone;
    let here = at.to_zoned(zone.clone());
    let zone = zone.iana_name().unwrap_or("Europe/London");
    let mut settings = vec![format!("{} {zone}", here.strftime("%Y-%m-%dT%H:%M"))];
    if args.phone {
        settings.push("channel phone".to_owned());
    }
    if args.welsh {
        settings.push("locale cy-GB".to_owned());
    }
    settings
}

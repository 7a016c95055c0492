//! `cece check`: every fault of the content and of the register, with its place and its mend.
//!
//! What needs no decision of the author's it can mend itself; it can look again whenever a file
//! changes, and can say which intents are taken for one another.

use super::confusion::per_intent;
use super::swift::Swift;
use super::terminal::{Ink, Pen, counted};
use super::writing::rewrite;
use crate::content::{Assistant, Fault, Faults, Mend, Severity};
use crate::engine::{Bundle, BundleError, Sentences, Sources};
use crate::nlu::IntentName;
use crate::server;
use crate::server::config::Config;
use crate::server::reload::{LOOK_PERIOD, look};
use anyhow::{Context as _, Result};
use clap::Args;
use jiff::civil::Date;
use serde_json::json;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What `check` takes.
#[derive(Debug, Default, Args)]
pub struct CheckArgs {
    /// Mend what needs no decision: misspelt keys, quotes around dates, examples written twice
    #[arg(long)]
    fix: bool,
    /// Look again whenever a file changes; ctrl-C stops
    #[arg(long)]
    watch: bool,
    /// Also learn from four fifths of what residents say and ask the rest: which intents are confused (a minute with 40,000 messages)
    #[arg(long)]
    confusions: bool,
    /// Write JSON
    #[arg(long)]
    json: bool,
}

/// The share of an intent's examples and phrasings that may be taken for one other without a warning.
const CONFUSED_MAX: f64 = 0.1;
/// Confused messages that a warning shows.
const SHOWN_MAX: usize = 3;
/// Times that mended files are looked at again; a mend shows no more than a few others.
const MEND_ROUNDS: usize = 5;

/// Checks the content as of today and prints what there is to say; the exit code is 1 for faults.
///
/// # Errors
/// If standard output cannot be written to, or the check itself cannot run.
pub async fn run(config: &Config, args: &CheckArgs) -> Result<u8> {
    let sources = config.sources();
    if !args.watch {
        return once(&sources, args);
    }
    loop {
        let before = look(&sources);
        once(&sources, args)?;
        writeln!(std::io::stdout(), "(waiting for a change; ctrl-C stops)\n")?;
        // Once it has been still for a look, so that half of a save is not read.
        let mut seen = before.clone();
        loop {
            tokio::time::sleep(LOOK_PERIOD).await;
            let now = look(&sources);
            if now != before && now == seen {
                break;
            }
            seen = now;
        }
    }
}

fn once(sources: &Sources, args: &CheckArgs) -> Result<u8> {
    let mut out = std::io::stdout();
    let today = server::today();
    if args.fix {
        for mended in fix(sources, today)? {
            // Beside the JSON there must be nothing else.
            if !args.json {
                writeln!(out, "mended: {mended}")?;
            }
        }
    }
    let mut found = read(sources, today)?;
    if let (true, Some(assistant)) = (args.confusions, &found.assistant) {
        let confused = confusions(assistant, sources)?;
        found.faults.extend(confused);
        found.faults = Faults::sorted(found.faults).0;
    }
    if args.json {
        serde_json::to_writer_pretty(&mut out, &found.json())?;
        writeln!(out)?;
    } else {
        found.write(Pen::for_output(), &mut out)?;
    }
    Ok(u8::from(found.assistant.is_none()))
}

/// Writes every fault to `out`, one a line, then a line that says how it came out; whether the
/// content can be used.
///
/// # Errors
/// If `out` cannot be written to, or the check itself cannot run.
pub fn check(sources: &Sources, today: Date, out: &mut dyn Write) -> Result<bool> {
    let found = read(sources, today)?;
    found.write(Pen::plain(), out)?;
    Ok(found.assistant.is_some())
}

/// Makes every mend that faults of the content come with; the faults that were mended.
///
/// # Errors
/// If a file cannot be written, or the check itself cannot run.
pub fn fix(sources: &Sources, today: Date) -> Result<Vec<Fault>> {
    let mut mended = Vec::new();
    for _ in 0..MEND_ROUNDS {
        let mut of_file: BTreeMap<PathBuf, Vec<Fault>> = BTreeMap::new();
        for fault in read(sources, today)?.faults {
            if fault.mend.is_some()
                && let Some(path) = place(&sources.intents, &fault.file)
            {
                of_file.entry(path).or_default().push(fault);
            }
        }
        if of_file.is_empty() {
            break;
        }
        for (path, faults) in of_file {
            let source = std::fs::read_to_string(&path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            let mends = faults
                .iter()
                .filter_map(|fault| fault.mend.as_deref().cloned());
            rewrite(&path, &Mend::apply(&source, mends.collect()))?;
            mended.extend(faults);
        }
    }
    Ok(mended)
}

/// Where the file is that a fault of the content names; none for the register's, which is signed.
fn place(intents: &Path, file: &Path) -> Option<PathBuf> {
    let mut parts = file.components();
    parts.next()?;
    let path = intents.join(parts.as_path());
    path.is_file().then_some(path)
}

/// What a check found.
struct Found {
    /// The content, where it can be used.
    assistant: Option<Assistant>,
    faults: Vec<Fault>,
}

fn read(sources: &Sources, today: Date) -> Result<Found> {
    match Bundle::read(sources, today) {
        Ok(loaded) => Ok(Found {
            assistant: Some(loaded.assistant),
            faults: loaded.warnings,
        }),
        Err(BundleError::Faults(Faults(faults))) => Ok(Found {
            assistant: None,
            faults,
        }),
        Err(error) => Err(error.into()),
    }
}

impl Found {
    fn errors(&self) -> usize {
        let error = |fault: &&Fault| fault.severity == Severity::Error;
        self.faults.iter().filter(error).count()
    }

    fn write(&self, pen: Pen, out: &mut dyn Write) -> Result<()> {
        for fault in &self.faults {
            let ink = match fault.severity {
                Severity::Error => Ink::Bad,
                Severity::Warning => Ink::Warning,
            };
            writeln!(out, "{}", pen.ink(ink, &fault.to_string()))?;
        }
        let errors = self.errors();
        let warnings = counted(self.faults.len() - errors, "warning");
        let said = match &self.assistant {
            Some(assistant) => pen.ink(
                Ink::Good,
                &format!(
                    "version {}: {} intents in {} departments, {} record classes; no errors, {warnings}",
                    assistant.version,
                    assistant.intents.len(),
                    assistant.departments.len(),
                    assistant.register.rows.len(),
                ),
            ),
            None => pen.ink(
                Ink::Bad,
                &format!(
                    "{} and {warnings}: the content is not used until the errors are mended{}",
                    counted(errors, "error"),
                    self.mendable()
                ),
            ),
        };
        Ok(writeln!(out, "{said}")?)
    }

    fn mendable(&self) -> String {
        match self
            .faults
            .iter()
            .filter(|fault| fault.mend.is_some())
            .count()
        {
            0 => String::new(),
            count => format!(" ({count} by `cece check --fix`)"),
        }
    }

    fn json(&self) -> serde_json::Value {
        let faults = self.faults.iter().map(|fault| {
            json!({
                "file": fault.file,
                "line": fault.line,
                "column": fault.column,
                "severity": fault.severity.to_string(),
                "what": fault.what,
                "fix": fault.fix,
                "mendable": fault.mend.is_some(),
            })
        });
        let errors = self.errors();
        json!({
            "ok": self.assistant.is_some(),
            "version": self.assistant.as_ref().map(|assistant| &assistant.version),
            "intents": self.assistant.as_ref().map(|assistant| assistant.intents.len()),
            "errors": errors,
            "warnings": self.faults.len() - errors,
            "faults": faults.collect::<Vec<_>>(),
        })
    }
}

/// A warning for each intent of which more is taken for one other than may be.
fn confusions(assistant: &Assistant, sources: &Sources) -> Result<Vec<Fault>> {
    let sentences = Sentences::read(sources)?;
    let asked = Swift::of(assistant, &sentences, sources).of_everything()?;
    let mut faults = Vec::new();
    for one in per_intent(&asked) {
        let Some((other, count)) = one.confused_with.first() else {
            continue;
        };
        if super::confusion::ratio(*count, one.support) <= CONFUSED_MAX {
            continue;
        }
        let taken = asked.iter().filter(|asked| {
            let outcome = &asked.outcome;
            outcome.expected.as_ref() == Some(&one.name)
                && outcome.predicted.as_ref() == Some(other)
        });
        let shown: Vec<&str> = taken.map(|one| &*one.text).take(SHOWN_MAX).collect();
        let Some(first) = shown.first() else {
            continue;
        };
        let (path, line, column) = place_of(assistant, &one.name, first, sources);
        let folder = sources.intents.file_name().unwrap_or_default();
        faults.push(Fault {
            line,
            column,
            ..Fault::whole(
                Severity::Warning,
                Path::new(folder).join(path),
                format!(
                    "{count} of the {} ways to say {} are taken for {other} by an assistant that has not learnt them, \
                     such as `{}`",
                    one.support,
                    one.name,
                    shown.join("`, `")
                ),
                format!(
                    "give {other} those that mean it and say the rest so that they do not, or make one intent of the two"
                ),
            )
        });
    }
    Ok(faults)
}

/// Where a message is written: among an intent's examples, or among its department's phrasings; the beginning of that
/// file where it is written in another way.
fn place_of(
    assistant: &Assistant,
    intent: &IntentName,
    message: &str,
    sources: &Sources,
) -> (String, u32, u32) {
    let own = assistant.intents.get(intent);
    let is_example = own.is_some_and(|own| own.examples.iter().any(|text| **text == *message));
    let path = if is_example {
        format!("{intent}.toml")
    } else {
        format!("{}/phrasings.toml", intent.department())
    };
    let text = std::fs::read_to_string(sources.intents.join(&path)).unwrap_or_default();
    let quoted = super::writing::quoted(message);
    let mut found = (1..).zip(text.lines()).filter_map(|(number, line)| {
        let before = line.split_once(&quoted)?.0;
        Some((number, u32::try_from(before.chars().count()).ok()? + 1))
    });
    let (line, column) = found.next().unwrap_or((1, 1));
    (path, line, column)
}

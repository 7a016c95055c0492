//! `cece pii`: the detector by itself, to look through text and to be measured on labelled text.
//!
//! The council's own contacts are those of the content, where there is any. Nothing is kept but the
//! misses of `eval`, which quote the labelled set, never a resident.

mod report;

use crate::content;
use crate::engine::clock::{Clock as _, SystemClock};
use crate::engine::{Bundle, BundleError};
use crate::pii::{self, Detector, KindSet, Label, Labelled, Misses, PiiKind, Score};
use crate::server;
use crate::server::config::Config;
use anyhow::{Context as _, bail};
use serde::{Deserialize, Serialize};
use std::hint::black_box;
use std::io::{BufRead as _, Read as _, Write};
use std::path::PathBuf;
use std::time::Duration;

/// What `cece pii` is to do.
#[derive(Debug, clap::Args)]
pub struct PiiArgs {
    #[command(subcommand)]
    command: PiiCommand,
}

#[derive(Debug, clap::Subcommand)]
enum PiiCommand {
    /// Find personal data: a text in, a line of JSON out with spans in code points and the text redacted
    Scan(ScanArgs),
    /// Measure on labelled messages: precision, recall, F1, F2, leak, false alarm, speed
    Eval(EvalArgs),
    /// Print the rule table as a JavaScript module, for the detector in the browser: web/pii/rules.js
    Rules {
        /// The word lists of names, addresses and sensitive facts instead: web/pii/words.js
        #[arg(long)]
        words: bool,
    },
}

/// What to scan.
#[derive(Debug, clap::Args)]
struct ScanArgs {
    /// File to read; standard input without one
    file: Option<PathBuf>,
    /// Each line is {"text": "..."}, and each gives a line
    #[arg(long)]
    jsonl: bool,
}

/// What to measure on.
#[derive(Debug, clap::Args)]
struct EvalArgs {
    /// Labelled messages: JSON Lines, or with the extension .txt one message a line, labelled like
    /// {{UK_NINO|QQ123456C}}
    file: PathBuf,
    /// Count these kinds only, e.g. CREDIT_CARD,PHONE
    #[arg(long, value_delimiter = ',', value_name = "KIND")]
    kinds: Vec<String>,
    /// Count these messages only, the first being 1
    #[arg(long, value_name = "FROM-TO", value_parser = range)]
    lines: Option<(usize, usize)>,
    /// Where to write what was missed or found wrongly
    #[arg(long, default_value = "pii-misses.jsonl", value_name = "FILE")]
    misses: PathBuf,
}

fn range(text: &str) -> Result<(usize, usize), String> {
    let wrong = || format!("{text:?} is no range; write it like 1-122");
    let (from, to) = text.split_once('-').ok_or_else(wrong)?;
    match (from.parse(), to.parse()) {
        (Ok(from), Ok(to)) if 1 <= from && from <= to => Ok((from, to)),
        _ => Err(wrong()),
    }
}

/// Runs the command; the exit code of the process.
///
/// # Errors
/// Input that cannot be read, with its line, or output that cannot be written.
pub fn run(config: &Config, args: PiiArgs) -> anyhow::Result<u8> {
    let detector = detector(config)?;
    let out = &mut std::io::BufWriter::new(std::io::stdout().lock());
    match args.command {
        PiiCommand::Scan(args) => scan(&detector, &args, out)?,
        PiiCommand::Eval(args) => eval(&detector, &args, out)?,
        PiiCommand::Rules { words } => {
            let module = if words {
                pii::words_js()
            } else {
                pii::rules_js()
            };
            out.write_all(module.as_bytes())?;
        }
    }
    out.flush()?;
    Ok(0)
}

/// The detector that a conversation would have, or a plain one where there is no content.
fn detector(config: &Config) -> anyhow::Result<Detector> {
    let sources = config.sources();
    if !sources.intents.exists() {
        return Ok(Detector::new(&[])?);
    }
    match Bundle::read(&sources, server::today()) {
        Ok(content::Loaded { assistant, .. }) => {
            Ok(Detector::new(&assistant.council.own_contacts)?)
        }
        Err(BundleError::Faults(_)) => bail!(
            "the content in {} has faults, so the council's own contacts are not known: see `cece check`",
            sources.intents.display()
        ),
        Err(error) => Err(error.into()),
    }
}

/// A line of `--jsonl`; whatever else it holds is not looked at.
#[derive(Deserialize)]
struct Line {
    text: String,
}

#[derive(Serialize)]
struct Scanned<'a> {
    spans: Vec<Label>,
    redacted: &'a str,
}

fn scan(detector: &Detector, args: &ScanArgs, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut input: Box<dyn std::io::BufRead> = match &args.file {
        Some(path) => Box::new(std::io::BufReader::new(
            std::fs::File::open(path).with_context(|| path.display().to_string())?,
        )),
        None => Box::new(std::io::stdin().lock()),
    };
    if !args.jsonl {
        let mut text = String::new();
        input
            .read_to_string(&mut text)
            .context("the text is not UTF-8")?;
        return write_scanned(detector, &text, out);
    }
    for (line, number) in input.lines().zip(1..) {
        let line = line.with_context(|| format!("line {number}"))?;
        if line.trim().is_empty() {
            continue;
        }
        // The parser's error would quote the text.
        let Ok(Line { text }) = serde_json::from_str(&line) else {
            bail!("line {number} is not a JSON object with a text: write {{\"text\": \"...\"}}");
        };
        write_scanned(detector, &text, out)?;
    }
    Ok(())
}

fn write_scanned(detector: &Detector, text: &str, out: &mut dyn Write) -> anyhow::Result<()> {
    let (findings, safe) = detector.redact(text);
    let spans = findings.into_iter().map(|finding| Label {
        start: finding.start,
        end: finding.end,
        name: finding.kind.name().to_owned(),
    });
    let scanned = Scanned {
        spans: spans.collect(),
        redacted: safe.as_str(),
    };
    serde_json::to_writer(&mut *out, &scanned)?;
    Ok(writeln!(out)?)
}

/// A message with what was wrong about it, for the author of the set.
#[derive(Serialize)]
struct Miss<'a> {
    line: usize,
    text: &'a str,
    missed: &'a [Label],
    wrong: &'a [Label],
}

fn eval(detector: &Detector, args: &EvalArgs, out: &mut dyn Write) -> anyhow::Result<()> {
    let set = read(args)?;
    let kinds = kinds(&args.kinds)?;
    let mut score = Score::new();
    let mut misses: Vec<(usize, &Labelled, Misses)> = Vec::new();
    for (number, message) in &set {
        let missed = score.add(message, &detector.scan(&message.text), kinds);
        if !missed.is_empty() {
            misses.push((*number, message, missed));
        }
    }
    report::write(out, &score, kinds)?;
    let rate = messages_a_second(detector, &set);
    writeln!(
        out,
        "speed           {rate:.0} messages a second, on one core, in the fastest round"
    )?;

    let mut file = std::io::BufWriter::new(
        std::fs::File::create(&args.misses)
            .with_context(|| format!("cannot write {}", args.misses.display()))?,
    );
    for (line, message, missed) in &misses {
        let miss = Miss {
            line: *line,
            text: &message.text,
            missed: &missed.missed,
            wrong: &missed.wrong,
        };
        serde_json::to_writer(&mut file, &miss)?;
        writeln!(file)?;
    }
    file.flush()?;
    let path = args.misses.display();
    writeln!(out, "misses          {} messages, in {path}", misses.len())?;
    Ok(())
}

/// The messages that are asked for, with their numbers.
fn read(args: &EvalArgs) -> anyhow::Result<Vec<(usize, Labelled)>> {
    let name = || args.file.display().to_string();
    let text = std::fs::read_to_string(&args.file).with_context(name)?;
    let marked_up = args.file.extension().is_some_and(|end| end == "txt");
    let set = if marked_up {
        Labelled::read_text(&text)
    } else {
        Labelled::read_jsonl(&text)
    };
    let (from, to) = args.lines.unwrap_or((1, usize::MAX));
    let set: Vec<(usize, Labelled)> = (1..)
        .zip(set.with_context(name)?)
        .filter(|(number, _)| (from..=to).contains(number))
        .collect();
    if set.is_empty() {
        bail!("{} has no such messages", name());
    }
    Ok(set)
}

fn kinds(names: &[String]) -> anyhow::Result<KindSet> {
    if names.is_empty() {
        return Ok(PiiKind::ALL.iter().copied().collect());
    }
    let kind = |name: &String| {
        PiiKind::from_name(name).with_context(|| {
            let all: Vec<&str> = PiiKind::ALL.iter().map(|kind| kind.name()).collect();
            format!("{name:?} is no kind; they are {}", all.join(", "))
        })
    };
    names.iter().map(kind).collect()
}

/// Goes through the set again and again for a second; what counts is the fastest round, because the
/// machine may have other things to do in the others.
fn messages_a_second(detector: &Detector, set: &[(usize, Labelled)]) -> f64 {
    const FOR: Duration = Duration::from_secs(1);
    let clock = SystemClock::new();
    let mut fastest = Duration::MAX;
    while clock.elapsed() < FOR {
        let started = clock.elapsed();
        for (_, message) in set {
            black_box(detector.redact(&message.text));
        }
        fastest = fastest.min(clock.elapsed().saturating_sub(started));
    }
    let messages = u32::try_from(set.len()).unwrap_or(u32::MAX);
    f64::from(messages) / fastest.as_secs_f64()
}

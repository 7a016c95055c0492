//! `cece eval`: how well messages are understood, on a file of examples or on the content itself.
//!
//! With `--train` it learns from one TSV file and is asked another; without, the content is
//! cross-validated: learnt from its phrasings and four fifths of its examples and asked the rest, five times.

use super::confusion::{PerIntent, by_name, intent_report, per_intent, predictions, ratio};
use super::crossval::{Asked, Crossing, ask, threads, train_timed, with_texts};
use super::eval_page;
use super::eval_report::{Report, peak_memory_bytes};
use super::tsv::{self, Line};
use crate::engine::clock::{Clock, SystemClock};
use crate::engine::{Bundle, Sentences, Sources};
use crate::nlu::{Case, Depth, Evaluation, IntentName, Outcome, Training};
use crate::server;
use crate::server::config::Config;
use anyhow::{Context as _, Result, bail};
use clap::Args;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Intents and pairs of them that are shown of the worst.
const SHOWN: usize = 10;

/// What `eval` takes.
#[derive(Debug, Args)]
pub struct EvalArgs {
    /// Examples to learn from: message, tab, intent
    #[arg(long, value_name = "FILE", requires = "test")]
    train: Option<PathBuf>,
    /// Messages to be asked, with what is right
    #[arg(long, value_name = "FILE", requires = "train")]
    test: Option<PathBuf>,
    /// Messages that are out of scope; what stands after a tab is not looked at
    #[arg(long, value_name = "FILE", requires = "test")]
    oos: Option<PathBuf>,
    /// Messages on which the thresholds for 1 and 3 points of loss are chosen [default: the test's]
    #[arg(long, value_name = "FILE", requires = "test")]
    valid: Option<PathBuf>,
    /// Measure each stage by itself as well; the second then reads every message
    #[arg(long)]
    stages: bool,
    /// Write JSON
    #[arg(long)]
    json: bool,
    /// Write a page: figures, confusion matrix, confidence, errors in a table that can be sorted
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Write intent_report.json, intent_errors.json and intent_successes.json into this folder
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Exit with 1 where fewer than so many in 100 are understood rightly
    #[arg(long, value_name = "PERCENT")]
    fail_under: Option<f32>,
}

/// What was measured, and every message it was measured on.
struct Measured {
    report: Report,
    asked: Vec<Asked>,
}

/// Measures and writes the report; the exit code is 1 below `--fail-under`.
///
/// # Errors
/// A file that cannot be read, with its line; the content's faults; nothing to learn from.
pub fn run(config: &Config, args: &EvalArgs) -> Result<u8> {
    let sources = config.sources();
    let sentences = Sentences::read(&sources)?;
    let clock = SystemClock::new();
    let Measured { report, asked } = match (&args.train, &args.test) {
        (Some(train), Some(test)) => on_files(&sentences, (train, test), args, &clock)?,
        _ => on_content(&sentences, &sources, args, &clock)?,
    };
    let intents = per_intent(&asked);
    if let Some(file) = &args.html {
        write(
            file,
            &eval_page::html(&report.to_string(), &asked, &intents),
        )?;
    }
    if let Some(folder) = &args.out {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
        let right = asked.iter().filter(|one| one.outcome.is_right()).count();
        let inside = asked.iter().filter(|one| one.outcome.expected.is_some());
        let report = intent_report(&intents, ratio(right, inside.count()));
        for (name, value) in [
            ("intent_report.json", report),
            ("intent_errors.json", predictions(&asked, false).into()),
            ("intent_successes.json", predictions(&asked, true).into()),
        ] {
            write(&folder.join(name), &serde_json::to_string_pretty(&value)?)?;
        }
    }
    let mut out = std::io::stdout().lock();
    if args.json {
        let mut shown = serde_json::to_value(&report)?;
        shown["intents"] = by_name(&intents);
        serde_json::to_writer_pretty(&mut out, &shown)?;
        out.write_all(b"\n")?;
    } else {
        write!(out, "{report}")?;
        for line in confusion_lines(&intents) {
            writeln!(out, "{line}")?;
        }
    }
    let least = args.fail_under.unwrap_or(0.0);
    Ok(u8::from(report.accuracy_percent() < least))
}

/// The intents that are understood least well, and the pairs that are taken for one another most
/// often.
fn confusion_lines(intents: &[PerIntent]) -> Vec<String> {
    let mut worst: Vec<&PerIntent> = intents.iter().filter(|one| one.support > 0).collect();
    worst.sort_by(|a, b| a.f1.total_cmp(&b.f1));
    let worst = worst.into_iter().take(SHOWN).map(|one| {
        let percents = [one.precision, one.recall, one.f1].map(|share| 100.0 * share);
        let [precision, recall, f1] = percents;
        format!("  {precision:6.1} {recall:6.1} {f1:6.1}  {}", one.name)
    });
    let head = "\nleast well understood: precision, recall, F1 in 100".to_owned();
    let mut lines: Vec<String> = std::iter::once(head).chain(worst).collect();
    let pairs = intents.iter().flat_map(|one| {
        let confused = one.confused_with.iter();
        confused.map(move |(other, count)| (*count, one, other))
    });
    let mut pairs: Vec<_> = pairs.collect();
    pairs.sort_by(|a, b| (b.0, &a.1.name, a.2).cmp(&(a.0, &b.1.name, b.2)));
    if !pairs.is_empty() {
        lines.push("\nmost often confused:".to_owned());
    }
    lines.extend(pairs.into_iter().take(SHOWN).map(|(count, one, other)| {
        format!(
            "  {count:>4} of {:<4} {} taken for {other}",
            one.support, one.name
        )
    }));
    lines
}

fn write(file: &Path, text: &str) -> Result<()> {
    std::fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
}

fn on_files(
    sentences: &Sentences,
    (train, test): (&Path, &Path),
    args: &EvalArgs,
    clock: &SystemClock,
) -> Result<Measured> {
    let examples = tsv::read(train)?;
    let known: BTreeSet<IntentName> = examples
        .iter()
        .filter_map(|line| line.intent.clone())
        .collect();
    let asked = tsv::read(test)?;
    let valid = args.valid.as_deref().map(tsv::read).transpose()?;
    known_only((test, &asked), train, &known)?;
    if let (Some(path), Some(lines)) = (args.valid.as_deref(), &valid) {
        known_only((path, lines), train, &known)?;
    }
    let outside = args
        .oos
        .as_deref()
        .map(tsv::read_messages)
        .transpose()?
        .unwrap_or_default();

    let titles: Vec<(IntentName, String)> = known
        .iter()
        .map(|name| (name.clone(), title(name)))
        .collect();
    let commands = BTreeMap::new();
    let lesson = Training {
        examples: pairs(&examples),
        phrasings: Vec::new(),
        titles: titles
            .iter()
            .map(|(name, title)| (name.clone(), title.as_str()))
            .collect(),
        danger: BTreeSet::new(),
        sounds_of_danger: Vec::new(),
        sounds_harmless: Vec::new(),
        elsewhere: BTreeSet::new(),
        without_asking: BTreeSet::new(),
        commands: &commands,
        statics: Some(sentences.statics()),
        wrong_max: None,
        seed: 0,
    };
    let encode = |texts: &[&str]| sentences.encoder().encode_all(texts, threads());
    let (model, times) =
        train_timed(&lesson, sentences, &encode).with_context(|| train.display().to_string())?;
    let all = || cases(&asked).chain(cases(&outside));
    let (outcomes, times) = ask(&model, all(), times);
    let thresholds = valid.map(|lines| {
        let outcomes: Vec<Outcome> = cases(&lines)
            .map(|case| model.outcome(&case, Depth::Both))
            .collect();
        Evaluation::of(&outcomes)
    });
    let mut report = Report::new(&Evaluation::of(&outcomes), thresholds.as_ref(), times);
    if args.stages {
        for depth in [Depth::First, Depth::Second] {
            let outcomes: Vec<Outcome> = all().map(|case| model.outcome(&case, depth)).collect();
            report.add_stage(depth, &Evaluation::of(&outcomes));
        }
    }
    report.finish(clock.elapsed(), peak_memory_bytes());
    Ok(Measured {
        asked: with_texts(all(), outcomes).collect(),
        report,
    })
}

/// That every message asked about has an intent that was learnt.
fn known_only(
    (path, lines): (&Path, &[Line]),
    train: &Path,
    known: &BTreeSet<IntentName>,
) -> Result<()> {
    let is_known = |name: &IntentName| known.contains(name);
    let unknown = lines
        .iter()
        .find(|line| !line.intent.as_ref().is_some_and(is_known));
    let Some(line) = unknown else {
        return Ok(());
    };
    let (path, train) = (path.display(), train.display());
    match &line.intent {
        Some(name) => bail!(
            "{path}:{}: {name} is not in {train}: no answer could be right",
            line.number
        ),
        None => bail!("{path}:{}: no intent; write it after a tab", line.number),
    }
}

fn on_content(
    sentences: &Sentences,
    sources: &Sources,
    args: &EvalArgs,
    clock: &SystemClock,
) -> Result<Measured> {
    let assistant = Bundle::read(sources, server::today())?.assistant;
    let mut crossing = Crossing::of(&assistant, sentences, sources)?;
    let crossed = crossing.run(args.stages)?;
    let outcomes: Vec<Outcome> = crossed
        .asked
        .iter()
        .map(|one| one.outcome.clone())
        .collect();
    let mut report = Report::new(&Evaluation::of(&outcomes), None, crossed.times);
    for (depth, outcomes) in &crossed.by_stage {
        report.add_stage(*depth, &Evaluation::of(outcomes));
    }
    report.finish(clock.elapsed(), peak_memory_bytes());
    Ok(Measured {
        report,
        asked: crossed.asked,
    })
}

fn pairs(lines: &[Line]) -> Vec<(IntentName, &str)> {
    let named = |line: &Line| line.intent.clone();
    let pairs = lines
        .iter()
        .filter_map(|line| Some((named(line)?, line.text.as_str())));
    pairs.collect()
}

fn cases(lines: &[Line]) -> impl Iterator<Item = Case<'_>> {
    lines.iter().map(|line| Case {
        text: &line.text,
        intent: line.intent.as_ref(),
    })
}

/// An intent's name as words: `card_arrival` is one more example of itself.
fn title(name: &IntentName) -> String {
    name.as_str().replace(['_', '-', '/', '.'], " ")
}

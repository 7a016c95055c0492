//! `cece eval`: how well messages are understood, on a file of examples or on the content itself.
//!
//! With `--train` it learns from one TSV file and is asked another; without, the content is
//! cross-validated: learnt from four fifths of its examples and asked the rest, five times.

use super::eval_report::{Report, Times, peak_memory_bytes};
use super::tsv::{self, Line};
use crate::engine::bundle::training;

use crate::engine::clock::{Clock, SystemClock};
use crate::engine::{Bundle, Encodings, Sentences, Sources};
use crate::nlu::{self, Case, Depth, Evaluation, IntentName, Model, Outcome, TrainError, Training};
use crate::server;
use crate::server::config::Config;
use anyhow::{Context as _, Result, bail};
use clap::Args;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Parts of the content that are asked in turn.
const FOLDS: usize = 5;

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
}

/// Measures and writes the report.
///
/// # Errors
/// A file that cannot be read, with its line; the content's faults; nothing to learn from.
pub fn run(config: &Config, args: &EvalArgs) -> Result<u8> {
    let sources = config.sources();
    let sentences = Sentences::read(&sources)?;
    let report = match (&args.train, &args.test) {
        (Some(train), Some(test)) => on_files(&sentences, train, test, args)?,
        _ => on_content(&sentences, &sources, args)?,
    };
    let mut out = std::io::stdout().lock();
    if args.json {
        serde_json::to_writer_pretty(&mut out, &report)?;
        out.write_all(b"\n")?;
    } else {
        write!(out, "{report}")?;
    }
    Ok(0)
}

fn on_files(sentences: &Sentences, train: &Path, test: &Path, args: &EvalArgs) -> Result<Report> {
    let examples = tsv::read(train)?;
    let known: BTreeSet<IntentName> = examples
        .iter()
        .filter_map(|line| line.intent.clone())
        .collect();
    let asked = tsv::read(test)?;
    let valid = args.valid.as_deref().map(tsv::read).transpose()?;
    check_labels(test, &asked, train, &known)?;
    if let (Some(path), Some(lines)) = (args.valid.as_deref(), &valid) {
        check_labels(path, lines, train, &known)?;
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
        titles: titles
            .iter()
            .map(|(name, title)| (name.clone(), title.as_str()))
            .collect(),
        danger: BTreeSet::new(),
        sounds_of_danger: Vec::new(),
        sounds_harmless: Vec::new(),
        elsewhere: BTreeSet::new(),
        commands: &commands,
        statics: Some(sentences.statics()),
        wrong_max: None,
        seed: 0,
    };
    let clock = SystemClock::new();
    let encode = |texts: &[&str]| sentences.encoder().encode_all(texts, threads());
    let (model, times) =
        train_timed(&lesson, sentences, &encode).with_context(|| train.display().to_string())?;
    let (outcomes, times) = ask(&model, cases(&asked).chain(cases(&outside)), times);
    let thresholds = valid.map(|lines| {
        let outcomes: Vec<Outcome> = cases(&lines)
            .map(|case| model.outcome(&case, Depth::Both))
            .collect();
        Evaluation::of(&outcomes)
    });
    let mut report = Report::new(&Evaluation::of(&outcomes), thresholds.as_ref(), times);
    if args.stages {
        for depth in [Depth::First, Depth::Second] {
            let all = cases(&asked).chain(cases(&outside));
            let outcomes: Vec<Outcome> = all.map(|case| model.outcome(&case, depth)).collect();
            report.add_stage(depth, &Evaluation::of(&outcomes));
        }
    }
    report.finish(clock.elapsed(), peak_memory_bytes());
    Ok(report)
}

/// Every line must have an intent that can be learnt from `train`.
fn check_labels(
    path: &Path,
    lines: &[tsv::Line],
    train: &Path,
    known: &BTreeSet<IntentName>,
) -> Result<()> {
    let is_known = |name: &IntentName| known.contains(name);
    let Some(line) = lines
        .iter()
        .find(|line| !line.intent.as_ref().is_some_and(is_known))
    else {
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

fn on_content(sentences: &Sentences, sources: &Sources, args: &EvalArgs) -> Result<Report> {
    let clock = SystemClock::new();
    let assistant = Bundle::read(sources, server::today())?.assistant;
    let whole = training(&assistant, Some(sentences.statics()));
    let encodings = Encodings::in_folder(&sources.encodings);
    let encode = |texts: &[&str]| {
        encodings
            .of_examples(sentences.encoder(), texts, threads())
            .encodings
    };
    // Once for all of them, so that every fold finds its encodings kept.
    let mut times = train_timed(&whole, sentences, &encode)?.1;
    let mut dealt: BTreeMap<&IntentName, usize> = BTreeMap::new();
    let fold_of: Vec<usize> = whole
        .examples
        .iter()
        .map(|(name, _)| {
            let dealt = dealt.entry(name).or_default();
            *dealt += 1;
            *dealt % FOLDS
        })
        .collect();
    let mut outcomes = Vec::new();
    let mut by_stage: [(Depth, Vec<Outcome>); 2] =
        [(Depth::First, Vec::new()), (Depth::Second, Vec::new())];
    for fold in 0..FOLDS {
        let part = |held_out: bool| {
            let all = whole.examples.iter().zip(&fold_of);
            all.filter(move |(_, of)| (**of == fold) == held_out)
                .map(|(example, _)| example.clone())
        };
        let lesson = Training {
            examples: part(false).collect(),
            ..training(&assistant, Some(sentences.statics()))
        };
        let (model, _) = train_timed(&lesson, sentences, &encode)?;
        let held_out: Vec<(IntentName, &str)> = part(true).collect();
        let cases = || {
            held_out.iter().map(|(name, text)| Case {
                text,
                intent: Some(name),
            })
        };
        let (fold_outcomes, fold_times) = ask(&model, cases(), Times::default());
        outcomes.extend(fold_outcomes);
        times.add(fold_times);
        if args.stages {
            for (depth, outcomes) in &mut by_stage {
                outcomes.extend(cases().map(|case| model.outcome(&case, *depth)));
            }
        }
    }
    let mut report = Report::new(&Evaluation::of(&outcomes), None, times);
    for (depth, outcomes) in by_stage.iter().filter(|(_, outcomes)| !outcomes.is_empty()) {
        report.add_stage(*depth, &Evaluation::of(outcomes));
    }
    report.finish(clock.elapsed(), peak_memory_bytes());
    Ok(report)
}

/// Trains both stages, and how long each took.
fn train_timed(
    lesson: &Training<'_>,
    sentences: &Sentences,
    encode: &dyn Fn(&[&str]) -> Vec<Vec<f32>>,
) -> Result<(Model, Times), TrainError> {
    let clock = SystemClock::new();
    let (model, study) = nlu::train(lesson)?;
    let first = clock.elapsed();
    let encodings = encode(&study.texts().collect::<Vec<_>>());
    let encoded = clock.elapsed();
    model.complete(study.second(Arc::clone(sentences.encoder()) as _, encodings));
    let times = Times {
        train_first: first,
        encode: encoded.saturating_sub(first),
        train_second: clock.elapsed().saturating_sub(encoded),
        ..Times::default()
    };
    Ok((model, times))
}

/// Asks every case, and how long each took: the first stage alone, and the cascade.
fn ask<'a>(
    model: &Model,
    cases: impl Iterator<Item = Case<'a>>,
    mut times: Times,
) -> (Vec<Outcome>, Times) {
    let clock = SystemClock::new();
    let mut outcomes = Vec::new();
    for case in cases {
        let timed = |depth| {
            let started = clock.elapsed();
            let outcome = model.outcome(&case, depth);
            (outcome, clock.elapsed().saturating_sub(started))
        };
        times.first.push(timed(Depth::First).1);
        let (outcome, took) = timed(Depth::Both);
        times.cascade.push(took);
        outcomes.push(outcome);
    }
    (outcomes, times)
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

fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

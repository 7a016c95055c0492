//! `cece diff`: what changes for residents between two versions of the content: which messages are
//! decided otherwise, not which lines differ.

use super::terminal::{Ink, Pen, Progress, counted, printable};
use super::tsv;
use crate::content::Assistant;
use crate::engine::{Bundle, Sentences, Sources};
use crate::nlu::{Understanding, Verdict};
use crate::server;
use crate::server::config::Config;
use anyhow::{Context as _, Result};
use clap::Args;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// What `diff` takes.
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// The content before: a folder such as "intents"
    before: PathBuf,
    /// The content after
    after: PathBuf,
    /// Messages to decide, one a line; what stands after a tab is not looked at [default: the
    /// examples of both]
    #[arg(long, value_name = "FILE")]
    corpus: Option<PathBuf>,
    /// Write JSON
    #[arg(long)]
    json: bool,
}

/// Messages of one change that are shown.
const SHOWN: usize = 3;

/// What is different.
#[derive(Debug, Default, Serialize, PartialEq)]
pub struct Difference {
    /// Messages that were decided.
    pub messages: usize,
    /// Intents that are new.
    pub added: Vec<String>,
    /// Intents that are gone.
    pub removed: Vec<String>,
    /// Intents that say, ask or lead to something else.
    pub changed: Vec<String>,
    /// Messages that are decided otherwise: before, after, and which, redacted.
    pub decisions: BTreeMap<String, Vec<String>>,
}

/// Compares; the exit code is 1 where a message is decided otherwise.
///
/// # Errors
/// Faults of either content, or a corpus that cannot be read.
pub fn run(config: &Config, args: &DiffArgs) -> Result<u8> {
    let sources = config.sources();
    let sentences = Sentences::read(&sources)?;
    let load = |folder: &Path, kept: &str| -> Result<Bundle> {
        let own = Sources {
            intents: folder.to_owned(),
            // A folder of encodings is for one content; the one that is served keeps its own.
            encodings: sources.encodings.join(kept),
            ..sources.clone()
        };
        let (bundle, _) = Bundle::load_with(sentences.clone(), &own, server::today())
            .with_context(|| folder.display().to_string())?;
        bundle.finish();
        Ok(bundle)
    };
    let progress = Progress::of("learning both");
    progress.at(0, 2);
    let before = load(&args.before, "before")?;
    progress.at(1, 2);
    let after = load(&args.after, "after")?;
    drop(progress);
    let corpus: Option<Vec<String>> = match &args.corpus {
        None => None,
        Some(file) => Some(
            tsv::read_messages(file)?
                .into_iter()
                .map(|line| line.text)
                .collect(),
        ),
    };
    let difference = compare(&before, &after, corpus);
    let mut out = std::io::stdout();
    if args.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&difference)?)?;
    } else {
        write!(out, "{}", difference.in_words(Pen::for_output()))?;
    }
    Ok(u8::from(!difference.decisions.is_empty()))
}

/// Decides every message by both; without a corpus, the examples of both.
#[must_use]
pub fn compare(before: &Bundle, after: &Bundle, corpus: Option<Vec<String>>) -> Difference {
    let examples = || {
        let all = [before, after].into_iter();
        let all = all.flat_map(|bundle| bundle.assistant.examples());
        let all: BTreeSet<String> = all.map(|(_, text)| text.to_owned()).collect();
        all.into_iter().collect()
    };
    let corpus = corpus.unwrap_or_else(examples);
    let mut difference = Difference {
        messages: corpus.len(),
        ..Difference::default()
    };
    difference.intents(&before.assistant, &after.assistant);
    let progress = Progress::of("deciding");
    for (at, text) in corpus.into_iter().enumerate() {
        progress.at(at, difference.messages);
        let decided = |bundle: &Bundle| decision(&bundle.understand_text(text.clone()));
        let (was, is) = (decided(before), decided(after));
        if was != is {
            let shown = after.detector.redact(&text).1.to_string();
            let change = format!("{was} -> {is}");
            difference.decisions.entry(change).or_default().push(shown);
        }
    }
    difference
}

/// Where a message goes, in words that are the same where it goes the same way.
fn decision(understood: &Understanding) -> String {
    if let Some(danger) = &understood.danger {
        return format!("danger {danger}");
    }
    let mut named = understood
        .ranked
        .iter()
        .map(|ranked| ranked.intent.to_string());
    let mut text = match (understood.verdict, understood.command) {
        (_, Some(command)) => format!("command {command:?}").to_lowercase(),
        (Verdict::Sure, None) => named.next().unwrap_or_default(),
        (Verdict::Between, None) => {
            let mut both: Vec<String> = named.take(2).collect();
            both.sort();
            format!("asked: {}", both.join(" or "))
        }
        (Verdict::Unsure, None) => "not understood".to_owned(),
    };
    for also in &understood.also {
        let _ = write!(text, " and {also}");
    }
    text
}

impl Difference {
    fn intents(&mut self, before: &Assistant, after: &Assistant) {
        for (name, intent) in &after.intents {
            match before.intents.get(name) {
                None => self.added.push(name.to_string()),
                Some(was) => {
                    // Examples aside: what they change is in the decisions.
                    let told = |intent: &crate::content::Intent| {
                        format!(
                            "{:?} {:?} {:?} {:?} {:?} {:?} {:?}",
                            intent.answer,
                            intent.links,
                            intent.ask,
                            intent.then,
                            intent.record,
                            intent.out_of_hours,
                            intent.confirm
                        )
                    };
                    if told(was) != told(intent) {
                        self.changed.push(name.to_string());
                    }
                }
            }
        }
        let gone = before
            .intents
            .keys()
            .filter(|name| !after.intents.contains_key(*name));
        self.removed.extend(gone.map(ToString::to_string));
    }

    fn in_words(&self, pen: Pen) -> String {
        let mut text = String::new();
        for (what, ink, names) in [
            ("new", Ink::Good, &self.added),
            ("gone", Ink::Bad, &self.removed),
            ("says or does something else", Ink::Warning, &self.changed),
        ] {
            for name in names {
                let _ = writeln!(text, "{}", pen.ink(ink, &format!("{what}: {name}")));
            }
        }
        let mut decisions: Vec<_> = self.decisions.iter().collect();
        decisions.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then_with(|| a.0.cmp(b.0)));
        for (change, messages) in decisions {
            let head = pen.ink(Ink::Name, &format!("{change}  ({})", messages.len()));
            let _ = writeln!(text, "{head}");
            for message in messages.iter().take(SHOWN) {
                let _ = writeln!(text, "    \"{}\"", printable(message));
            }
        }
        let changed: usize = self.decisions.values().map(Vec::len).sum();
        let _ = writeln!(
            text,
            "{changed} of {} decided otherwise",
            counted(self.messages, "message")
        );
        text
    }
}

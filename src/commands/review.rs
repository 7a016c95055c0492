//! `cece review`: what the assistant did not understand, alike beside alike, and one step from there to
//! an example of an intent, or to being ignored for good.
//!
//! Before an example is written its effect on cross-validation is shown, and it is looked through for
//! personal data once more. What is ignored is remembered by its hash.

use super::office::Office;
use super::swift::Swift;
use super::terminal::{Ink, Pen, agreed, ask, counted, printable, somebody_is_here};
use super::writing::{rewrite, with_examples};
use crate::content::{Assistant, suggest};
use crate::engine::{Bundle, Sentences};
use crate::nlu::{Evaluation, IntentName, Outcome};
use crate::pii::{Detector, PiiKind};
use crate::server;
use crate::server::admin::Request;
use crate::server::config::Config;
use crate::server::office::Unclear;
use crate::transcripts::durable;
use anyhow::{Context as _, Result, bail};
use clap::Args;
use serde::Serialize;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;

/// What `review` takes.
#[derive(Debug, Args)]
pub struct ReviewArgs {
    /// Look in at most so many conversations, the newest
    #[arg(long, default_value_t = 1000)]
    limit: usize,
    /// Make this message an example of --into
    #[arg(long, value_name = "TEXT", requires = "into")]
    accept: Option<String>,
    /// The intent that it becomes an example of
    #[arg(long, value_name = "INTENT", requires = "accept")]
    into: Option<String>,
    /// Never show this message again
    #[arg(long, value_name = "TEXT", conflicts_with = "accept")]
    ignore: Option<String>,
    /// Do not ask before the example is written
    #[arg(long)]
    yes: bool,
    /// Write the groups as JSON
    #[arg(long)]
    json: bool,
}

/// Cosine from which two messages are shown together.
const ALIKE: f32 = 0.6;
/// The file of what is ignored, beside the store.
const IGNORED: &str = "review-ignored";

/// Messages that are alike.
#[derive(Debug, Clone, Serialize, PartialEq)]
pub struct Group {
    /// The messages, each once, as they were first said.
    pub messages: Vec<String>,
    /// How often they were said in all.
    pub times: usize,
    /// Where their conversations can be looked up.
    pub references: Vec<String>,
    /// The intent that most of them were nearest to.
    pub nearest: Option<String>,
}

/// Shows the groups, or carries out one decision.
///
/// # Errors
/// If neither a server nor the store can be asked; an example that may not be written.
pub async fn run(config: &Config, args: &ReviewArgs) -> Result<u8> {
    let mut shelf = Shelf::of(config)?;
    if let Some(text) = &args.ignore {
        shelf.ignore(text)?;
        writeln!(std::io::stdout(), "it is not shown again")?;
        return Ok(0);
    }
    if let (Some(text), Some(into)) = (&args.accept, &args.into) {
        return Ok(u8::from(!shelf.accept(text, into, args.yes)?));
    }
    let limit = args.limit;
    let reply = Office::at(config).reply(Request::Unclear { limit }).await?;
    if !reply.ok {
        bail!("{}", reply.text.trim_end());
    }
    let unclear: Vec<Unclear> = serde_json::from_value(reply.data["unclear"].clone())?;
    let ignored = shelf.ignored()?;
    let left: Vec<Unclear> = unclear
        .into_iter()
        .filter(|one| !ignored.contains(&mark(&one.text)))
        .collect();
    let groups = shelf.groups(&left)?;
    let mut out = std::io::stdout();
    if args.json {
        writeln!(
            out,
            "{}",
            serde_json::to_string_pretty(&json!({ "groups": groups }))?
        )?;
    } else if somebody_is_here() {
        shelf.go_through(&groups)?;
    } else {
        write!(out, "{}", in_words(&groups, Pen::for_output()))?;
    }
    Ok(0)
}

fn in_words(groups: &[Group], pen: Pen) -> String {
    let numbered = (1..).zip(groups);
    let mut text: String = numbered
        .map(|(at, group)| group.in_words(at, pen))
        .collect();
    let count = counted(groups.len(), "group");
    let _ = writeln!(text, "not understood: {count} of messages");
    text
}

impl Group {
    fn in_words(&self, at: usize, pen: Pen) -> String {
        let nearest = self.nearest.as_deref().unwrap_or("nothing");
        let times = counted(self.times, "time");
        let head = format!("{at}. said {times}, nearest to {nearest}");
        let mut text = pen.ink(Ink::Name, &head) + "\n";
        for message in &self.messages {
            let _ = writeln!(text, "   \"{}\"", printable(message));
        }
        text
    }
}

/// The same message however it was written, as a hash that says nothing by itself.
fn mark(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let digest = Sha256::digest(words.join(" ").as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Puts messages together that are alike by their encodings, the most frequent first.
#[must_use]
pub fn group(unclear: &[Unclear], encodings: &[Vec<f32>]) -> Vec<Group> {
    let mut groups: Vec<(Group, &[f32], Vec<&str>)> = Vec::new();
    for (one, encoding) in unclear.iter().zip(encodings) {
        let near = groups
            .iter_mut()
            .map(|group| (cosine(group.1, encoding), group))
            .filter(|(likeness, _)| *likeness >= ALIKE)
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let (group, _, nearest) = match near {
            Some((_, group)) => group,
            None => {
                let group = Group {
                    messages: Vec::new(),
                    times: 0,
                    references: Vec::new(),
                    nearest: None,
                };
                groups.push((group, encoding, Vec::new()));
                let Some(last) = groups.last_mut() else {
                    continue;
                };
                last
            }
        };
        group.times += 1;
        if !group
            .messages
            .iter()
            .any(|known| mark(known) == mark(&one.text))
        {
            group.messages.push(one.text.clone());
        }
        if !group.references.contains(&one.reference) {
            group.references.push(one.reference.clone());
        }
        nearest.extend(one.nearest.first().map(String::as_str));
    }
    let mut groups: Vec<Group> = groups
        .into_iter()
        .map(|(group, _, nearest)| {
            let names: BTreeSet<&str> = nearest.iter().copied().collect();
            let times = |name: &&str| nearest.iter().filter(|other| *other == name).count();
            let most = names.into_iter().max_by_key(times).map(str::to_owned);
            Group {
                nearest: most,
                ..group
            }
        })
        .collect();
    groups.sort_by(|a, b| {
        b.times
            .cmp(&a.times)
            .then_with(|| a.messages.cmp(&b.messages))
    });
    groups
}

fn cosine(a: &[f32], b: &[f32]) -> f32 {
    let dot = |a: &[f32], b: &[f32]| -> f32 { a.iter().zip(b).map(|(x, y)| x * y).sum() };
    let length = (dot(a, a) * dot(b, b)).sqrt();
    if length > 0.0 {
        dot(a, b) / length
    } else {
        0.0
    }
}

/// What decisions are made with.
struct Shelf<'a> {
    config: &'a Config,
    assistant: Assistant,
    sentences: Sentences,
    detector: Detector,
    /// What was accepted in this sitting, with what the last of it made of cross-validation.
    accepted: Vec<(IntentName, String)>,
    now: Option<Evaluation>,
}

impl<'a> Shelf<'a> {
    fn of(config: &'a Config) -> Result<Self> {
        let sources = config.sources();
        let loaded = Bundle::read(&sources, server::today())
            .context("the content has faults: mend them first (cece check)")?;
        Ok(Self {
            config,
            sentences: Sentences::read(&sources)?,
            detector: Detector::new(&[])?,
            assistant: loaded.assistant,
            accepted: Vec::new(),
            now: None,
        })
    }

    fn ignored_file(&self) -> PathBuf {
        self.config.data.join(IGNORED)
    }

    fn ignored(&self) -> Result<BTreeSet<String>> {
        let file = self.ignored_file();
        match std::fs::read_to_string(&file) {
            Ok(text) => Ok(text.lines().map(str::to_owned).collect()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(BTreeSet::new()),
            Err(error) => Err(error).with_context(|| format!("cannot read {}", file.display())),
        }
    }

    fn ignore(&self, text: &str) -> Result<()> {
        let mut ignored = self.ignored()?;
        ignored.insert(mark(text));
        let mut lines: Vec<String> = ignored.into_iter().collect();
        lines.push(String::new());
        durable::make_dir(&self.config.data)
            .with_context(|| format!("cannot make {}", self.config.data.display()))?;
        rewrite(&self.ignored_file(), &lines.join("\n"))
    }

    fn groups(&self, unclear: &[Unclear]) -> Result<Vec<Group>> {
        let texts: Vec<&str> = unclear.iter().map(|one| one.text.as_str()).collect();
        // In memory only: an encoding gives away much of its text.
        let encodings = self
            .sentences
            .encoder()
            .encode_all(&texts, super::crossval::threads());
        Ok(group(unclear, &encodings))
    }

    /// Group by group, with a question after each.
    fn go_through(&mut self, groups: &[Group]) -> Result<()> {
        let (pen, mut out) = (Pen::for_output(), std::io::stdout());
        let all = counted(groups.len(), "group");
        writeln!(out, "not understood: {all} of messages")?;
        for (at, group) in (1..).zip(groups) {
            write!(out, "\n{}", group.in_words(at, pen))?;
            if !self.settle(group, pen)? {
                break;
            }
        }
        Ok(())
    }

    /// Asks what becomes of a group until that can be done; whether to go on with the next.
    fn settle(&mut self, group: &Group, pen: Pen) -> Result<bool> {
        let question = "An intent (waste/missed-bin) to accept the first message into it, i to ignore the \
                        group for good, q to stop, enter for the next:";
        loop {
            match ask(question)?.as_deref() {
                None | Some("q") => return Ok(false),
                Some("") => return Ok(true),
                Some("i") => {
                    for message in &group.messages {
                        self.ignore(message)?;
                    }
                    return Ok(true);
                }
                Some(into) => {
                    let first = group.messages.first().map_or("", String::as_str);
                    match self.accept(first, into, false) {
                        Ok(_) => return Ok(true),
                        Err(error) => writeln!(
                            std::io::stdout(),
                            "{}",
                            pen.ink(Ink::Bad, &format!("{error:#}"))
                        )?,
                    }
                }
            }
        }
    }

    /// Writes `text` as an example of `into`, once it is looked through and its effect is agreed to;
    /// whether it was written.
    fn accept(&mut self, text: &str, into: &str, yes: bool) -> Result<bool> {
        let name = IntentName::new(into);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.may_be_kept(&text, &name)?;
        let (before, after) = self.effect(&name, &text)?;
        let mut out = std::io::stdout();
        writeln!(
            out,
            "cross-validation: {:.2} % right before, {:.2} % with it ({} examples asked)",
            100.0 * before.accuracy,
            100.0 * after.accuracy,
            before.in_scope
        )?;
        if !agreed(yes, &format!("Add \"{}\" to {into}?", printable(&text)))? {
            writeln!(out, "nothing was written")?;
            return Ok(false);
        }
        let file = self.config.intents.join(format!("{name}.toml"));
        let source = std::fs::read_to_string(&file)
            .with_context(|| format!("cannot read {}", file.display()))?;
        let changed = with_examples(&source, std::slice::from_ref(&text))
            .with_context(|| file.display().to_string())?;
        rewrite(&file, &changed)?;
        self.accepted.push((name, text));
        self.now = Some(after);
        writeln!(
            out,
            "{} has it now; cece reload puts it to use",
            file.display()
        )?;
        Ok(true)
    }

    fn may_be_kept(&self, text: &str, name: &IntentName) -> Result<()> {
        if !self.assistant.intents.contains_key(name) {
            let known = self.assistant.intents.keys().map(IntentName::as_str);
            bail!(
                "there is no intent {name}; {}",
                suggest(name.as_str(), known)
            );
        }
        if text.is_empty() {
            bail!("there is no word in it");
        }
        if let Some(kind) = PiiKind::ALL.iter().find(|kind| text.contains(kind.token())) {
            bail!(
                "{} stands in it, where something was taken out: write it anew without that",
                kind.token()
            );
        }
        let found = self.detector.scan(text);
        if let Some(finding) = found.first() {
            bail!(
                "it holds personal data ({}): write it anew without that",
                finding.kind.name()
            );
        }
        let same = |other: &str| mark(other) == mark(text);
        let accepted = self.accepted.iter();
        let accepted = accepted.map(|(owner, other)| (owner, other.as_str()));
        let mut all = self.assistant.examples().chain(accepted);
        if let Some((owner, _)) = all.find(|(_, other)| same(other)) {
            bail!("it is an example of {owner} already");
        }
        Ok(())
    }

    /// How the content does in cross-validation without and with one more example.
    fn effect(&mut self, name: &IntentName, text: &str) -> Result<(Evaluation, Evaluation)> {
        let sources = self.config.sources();
        let swift = Swift::of(&self.assistant, &self.sentences, &sources);
        let evaluated = |more: &[(IntentName, String)]| -> Result<Evaluation> {
            let asked = swift.of_examples(more)?.into_iter();
            let outcomes: Vec<Outcome> = asked.map(|one| one.outcome).collect();
            Ok(Evaluation::of(&outcomes))
        };
        let before = match self.now.take() {
            Some(now) => now,
            None => evaluated(&self.accepted)?,
        };
        let mut more = self.accepted.clone();
        more.push((name.clone(), text.to_owned()));
        let after = evaluated(&more)?;
        self.now = Some(before.clone());
        Ok((before, after))
    }
}

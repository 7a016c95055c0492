//! `cece new-intent`: asks what a new intent needs, or takes it from flags, and writes its file.

use super::terminal::{Ink, Pen, ask, somebody_is_here};
use super::writing::{Draft, slug, write_new, write_schemas};
use crate::content::{Assistant, Fault, Faults};
use crate::departments::DepartmentName;
use crate::engine::{Bundle, BundleError};
use crate::server;
use crate::server::config::Config;
use crate::transcripts::retention::ClassName;
use anyhow::{Context as _, Result, bail};
use clap::Args;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// What `new-intent` takes; what is left out is asked for.
#[derive(Debug, Default, Args)]
pub struct NewIntentArgs {
    /// Department and name, e.g. "waste/lost-bin"
    intent: Option<String>,
    /// Plain words for it, e.g. "Report a lost bin"
    #[arg(long)]
    title: Option<String>,
    /// A way in which residents say it; repeat it, ten and more are needed
    #[arg(long = "example", value_name = "TEXT")]
    examples: Vec<String>,
    /// A file with one example a line
    #[arg(long, value_name = "FILE")]
    examples_from: Option<PathBuf>,
    /// What the resident reads
    #[arg(long)]
    answer: Option<String>,
    /// What the resident hears on the phone [default: the answer]
    #[arg(long)]
    spoken: Option<String>,
    /// answer, or redirect: after the answer they are taken to the department [default: answer]
    #[arg(long, value_name = "WHAT", value_parser = ["answer", "redirect"])]
    then: Option<String>,
    /// How long it is kept: a class of the register [default: enquiry]
    #[arg(long, value_name = "CLASS")]
    record: Option<String>,
    /// A link as "WORDS=URL"; repeat it for more
    #[arg(long = "link", value_name = "WORDS=URL")]
    links: Vec<String>,
}

/// Writes the file, then checks it; the exit code is 1 where something in it is to be mended.
///
/// # Errors
/// What is missing where nobody is here to ask; content that has faults before; a file that is there.
pub fn run(config: &Config, args: NewIntentArgs) -> Result<u8> {
    let assistant = Bundle::read(&config.sources(), server::today())
        .context("the content has faults already: mend them first (cece check)")?
        .assistant;
    let asked = Asked::from(args, &assistant)?;
    let path = format!("{}.toml", asked.name);
    let file = config.intents.join(&path);
    write_new(&file, &asked.draft.text(&path))?;
    write_schemas(&config.intents)?;
    let found = faults_of(config, &path)?;
    let (pen, mut out) = (Pen::for_output(), std::io::stdout());
    writeln!(
        out,
        "{}",
        pen.ink(Ink::Good, &format!("{} is written.", file.display()))
    )?;
    for fault in &found {
        writeln!(out, "{fault}")?;
    }
    let first = asked.draft.examples.first().map_or("…", String::as_str);
    writeln!(
        out,
        "\nNext:\n  cece check\n  cece try \"{}\"",
        first.replace('"', "'")
    )?;
    Ok(u8::from(!found.is_empty()))
}

/// The faults of one file of the content.
fn faults_of(config: &Config, path: &str) -> Result<Vec<Fault>> {
    let faults = match Bundle::read(&config.sources(), server::today()) {
        Ok(loaded) => loaded.warnings,
        Err(BundleError::Faults(Faults(faults))) => faults,
        Err(error) => return Err(error.into()),
    };
    let of_it = |fault: &Fault| fault.file.ends_with(Path::new(path));
    Ok(faults.into_iter().filter(of_it).collect())
}

struct Asked {
    name: String,
    draft: Draft,
}

impl Asked {
    fn from(args: NewIntentArgs, assistant: &Assistant) -> Result<Self> {
        let name = named(args.intent, assistant)?;
        let title = given(
            args.title,
            "--title",
            "What is it, in plain words (\"Report a lost bin\")?",
        )?;
        let mut examples = args.examples;
        if let Some(file) = &args.examples_from {
            let text = std::fs::read_to_string(file)
                .with_context(|| format!("cannot read {}", file.display()))?;
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            examples.extend(lines.map(str::to_owned));
        }
        if examples.is_empty() {
            examples = asked_examples()?;
        }
        let answer = given(args.answer, "--answer", "What is the resident told?")?;
        let links = args.links.iter().map(|link| {
            let (words, url) = link
                .rsplit_once('=')
                .with_context(|| format!("--link {link}: write it as \"WORDS=URL\""))?;
            Ok((words.trim().to_owned(), url.trim().to_owned()))
        });
        let record = args.record.unwrap_or_else(|| "enquiry".to_owned());
        let rows = &assistant.register.rows;
        if !rows.contains_key(&ClassName::new(&record)) {
            let known: Vec<&str> = rows.keys().map(ClassName::as_str).collect();
            bail!(
                "--record {record} is no class of the register; use one of: {}",
                known.join(", ")
            );
        }
        Ok(Self {
            draft: Draft {
                title,
                examples,
                then: args.then.unwrap_or_else(|| "answer".to_owned()),
                record,
                elsewhere: name.starts_with("none/"),
                answer,
                spoken: args.spoken,
                links: links.collect::<Result<_>>()?,
                ..Draft::default()
            },
            name,
        })
    }
}

/// The intent's path, in a department that is there, by a name that is free.
fn named(given: Option<String>, assistant: &Assistant) -> Result<String> {
    let departments = || {
        let names = assistant.departments.keys().map(DepartmentName::as_str);
        names.collect::<Vec<_>>().join(", ")
    };
    let written = match given {
        Some(written) => written,
        None if somebody_is_here() => {
            let department = ask(&format!("Which department? ({})", departments()))?;
            let name = ask("A short name for it, e.g. lost-bin?")?;
            let (Some(department), Some(name)) = (department, name) else {
                bail!("nothing was written");
            };
            format!("{department}/{name}")
        }
        None => bail!(
            "nobody is here to ask: name department and intent, e.g. cece new-intent waste/lost-bin"
        ),
    };
    let Some((department, name)) = written.split_once('/') else {
        bail!("{written} names no department; write e.g. waste/lost-bin");
    };
    if !assistant
        .departments
        .contains_key(&DepartmentName::new(department))
    {
        bail!(
            "there is no department {department}; there are: {}",
            departments()
        );
    }
    let name = slug(name);
    if name.is_empty() {
        bail!("{written} names no intent; use lower-case letters, digits and hyphens");
    }
    Ok(format!("{department}/{name}"))
}

fn given(given: Option<String>, flag: &str, question: &str) -> Result<String> {
    if let Some(given) = given {
        return Ok(given);
    }
    if !somebody_is_here() {
        bail!("nobody is here to ask: add {flag} \"…\"");
    }
    loop {
        match ask(question)? {
            None => bail!("nothing was written"),
            Some(line) if line.is_empty() => {}
            Some(line) => return Ok(line),
        }
    }
}

fn asked_examples() -> Result<Vec<String>> {
    if !somebody_is_here() {
        bail!(
            "nobody is here to ask: add --example \"…\" ten times and more, or --examples-from FILE"
        );
    }
    writeln!(
        std::io::stdout(),
        "How do residents say it? One way a line, ten and more, short and long; an empty line ends."
    )?;
    let mut examples = Vec::new();
    while let Some(line) = ask(&format!("{:>3}.", examples.len() + 1))? {
        if line.is_empty() {
            break;
        }
        examples.push(line);
    }
    Ok(examples)
}

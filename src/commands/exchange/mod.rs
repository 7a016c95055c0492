//! `cece import` and `cece export`: what authors have elsewhere, and what others can read.
//!
//! A format is read into a [`Haul`], which knows nothing of this house; [`take`] decides what of it
//! goes where, and says what does not.

mod clu;
mod dialogflow;
mod export;
mod files;
mod lex;
mod luis;
mod plan;
mod questions;
pub(super) mod rasa;
mod sheet;
mod take;

use super::terminal::{agreed, counted};
use crate::content::Assistant;
use crate::engine::Bundle;
use crate::server;
use crate::server::config::Config;
use anyhow::{Context as _, Result, bail};
use clap::{Args, ValueEnum};
use files::Files;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// What `import` takes.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// CSV, XLSX, Rasa YAML (a file or a folder), CLU or LUIS JSON, a Dialogflow ES folder or zip, a
    /// Lex V2 zip
    file: PathBuf,
    /// Department of intents that name none [default: the switchboard]
    #[arg(long, value_name = "FOLDER")]
    department: Option<String>,
    /// Record class of new intents
    #[arg(long, value_name = "CLASS", default_value = "enquiry")]
    record: String,
    /// Only say what would be taken over
    #[arg(long)]
    dry_run: bool,
    /// Do not ask before files are written
    #[arg(long)]
    yes: bool,
    /// Write the report as JSON
    #[arg(long)]
    json: bool,
}

/// What `export` takes.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// File to write, or folder for Dialogflow; it must not be there yet
    file: PathBuf,
    /// The form [default: by the file's ending: csv, xlsx, yml, zip]
    #[arg(long, value_enum)]
    format: Option<Format>,
}

/// A form that others read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// utterance, intent, department, language
    Csv,
    /// The same as a workbook
    Xlsx,
    /// Rasa NLU, YAML
    Rasa,
    /// Azure conversational language understanding, JSON
    Clu,
    /// LUIS, JSON
    Luis,
    /// A folder of Dialogflow ES
    Dialogflow,
    /// Lex V2, zip
    Lex,
}

/// What a file of others holds.
#[derive(Debug, Default)]
pub(super) struct Haul {
    pub(super) intents: Vec<Brought>,
    /// Lists of values, by the entity or slot type that has them.
    pub(super) lists: Vec<List>,
    /// Conversations: what is said or only meant, turn by turn.
    pub(super) stories: Vec<(String, Vec<Told>)>,
    /// What is in it and has no counterpart here.
    pub(super) left_out: Vec<String>,
}

/// An intent of others.
#[derive(Debug, Default, Clone)]
pub(super) struct Brought {
    pub(super) name: String,
    pub(super) department: Option<String>,
    pub(super) utterances: Vec<Utterance>,
    pub(super) answer: Option<String>,
    pub(super) questions: Vec<Wanted>,
}

/// An utterance with what is marked in it.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Utterance {
    pub(super) text: String,
    pub(super) marks: Vec<Mark>,
}

/// A part of an utterance that is a value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mark {
    /// Bytes of the utterance.
    pub(super) at: std::ops::Range<usize>,
    pub(super) entity: String,
    /// What it stands for, where that is another word.
    pub(super) value: Option<String>,
}

/// Something that is asked for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wanted {
    pub(super) name: String,
    pub(super) entity: String,
    pub(super) prompt: Option<String>,
    pub(super) optional: bool,
}

/// The values of an entity, each with its synonyms.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct List {
    pub(super) entity: String,
    pub(super) values: Vec<(String, Vec<String>)>,
}

/// A turn of a story.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Told {
    pub(super) text: Option<String>,
    pub(super) intent: Option<String>,
}

impl Brought {
    /// Whether it marks or asks for values of that entity.
    pub(super) fn mentions(&self, entity: &str) -> bool {
        let mut marks = self.utterances.iter().flat_map(|one| &one.marks);
        marks.any(|mark| mark.entity == entity)
            || self.questions.iter().any(|one| one.entity == entity)
    }
}

impl Haul {
    /// The intent of that name, which is made where it is missing.
    pub(super) fn intent(&mut self, name: &str) -> &mut Brought {
        let at = self.intents.iter().position(|one| one.name == name);
        let at = at.unwrap_or_else(|| {
            self.intents.push(Brought {
                name: name.to_owned(),
                ..Brought::default()
            });
            self.intents.len() - 1
        });
        &mut self.intents[at]
    }

    /// Adds an utterance to an intent; how many of its marks lie outside it and are lost.
    pub(super) fn say(
        &mut self,
        intent: &str,
        said: &str,
        marks: impl Iterator<Item = Option<Mark>>,
    ) -> usize {
        let marks: Vec<Option<Mark>> = marks.collect();
        let lost = marks.iter().filter(|mark| mark.is_none()).count();
        self.intent(intent).utterances.push(Utterance {
            text: said.to_owned(),
            marks: marks.into_iter().flatten().collect(),
        });
        lost
    }

    /// The list of that entity, which is made where it is missing.
    pub(super) fn list(&mut self, entity: &str) -> &mut List {
        let at = self.lists.iter().position(|one| one.entity == entity);
        let at = at.unwrap_or_else(|| {
            self.lists.push(List {
                entity: entity.to_owned(),
                ..List::default()
            });
            self.lists.len() - 1
        });
        &mut self.lists[at]
    }
}

/// Reads whatever `path` is.
///
/// # Errors
/// That it is none of the forms, or what is wrong with it.
pub(super) fn read(path: &Path) -> Result<Haul> {
    let files = Files::read(path)?;
    let name = path
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or("");
    let ending = path.extension().and_then(|end| end.to_str()).unwrap_or("");
    let haul = match ending.to_lowercase().as_str() {
        "csv" => sheet::read_csv(files.only()?),
        "xlsx" | "xlsm" | "xlsb" | "xls" | "ods" => sheet::read_workbook(files.only()?),
        "yml" | "yaml" => rasa::read(&files),
        "json" => {
            let value = files.json(name)?;
            if value.get("assets").is_some() {
                clu::read(&value)
            } else if value.get("luis_schema_version").is_some() {
                luis::read(&value)
            } else if value.pointer("/metadata/importType").is_some() {
                bail!(
                    "it is a bot of Lex V1: migrate it to V2 in the console of AWS, and export that"
                );
            } else {
                bail!(
                    "it is JSON, but neither of CLU (\"assets\") nor of LUIS (\"luis_schema_version\"); of Dialogflow, \
                     Lex and Rasa name the folder or the zip"
                );
            }
        }
        _ if files.has("Intents/") && files.has("/Intent.json") => lex::read(&files),
        _ if files.has("agent.json") || files.has("_usersays_") => dialogflow::read(&files),
        _ if files.has(".yml") || files.has(".yaml") => rasa::read(&files),
        _ => bail!(
            "this is none of the forms that can be read: CSV, XLSX, Rasa YAML, CLU JSON, LUIS JSON, a \
             Dialogflow ES folder or zip, a Lex V2 zip"
        ),
    };
    haul.with_context(|| format!("reading {}", path.display()))
}

/// Reads, says what is taken over and what is not, asks, and writes; the exit code is 1 where nothing
/// could be taken over.
///
/// # Errors
/// A file that cannot be read, faults of the content as it is, or that nobody is here to ask.
pub fn import(config: &Config, args: &ImportArgs) -> Result<u8> {
    let assistant = sound(config)?;
    let haul = read(&args.file)?;
    let wishes = take::Wishes {
        department: args.department.as_deref(),
        record: &args.record,
    };
    let plan = take::plan(haul, &assistant, &config.intents, &config.golden(), &wishes)?;
    let mut out = std::io::stdout();
    if args.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&plan.report)?)?;
    } else {
        write!(out, "{}", plan.report)?;
    }
    if plan.files.is_empty() {
        return Ok(1);
    }
    if args.dry_run {
        return Ok(0);
    }
    let question = format!("Write {}?", counted(plan.files.len(), "file"));
    if !agreed(args.yes, &question)? {
        writeln!(out, "nothing was written")?;
        return Ok(0);
    }
    plan.write()?;
    if !args.json {
        writeln!(out, "written; now: cece check, then cece test")?;
    }
    Ok(0)
}

/// Writes the content in a form that others read.
///
/// # Errors
/// The content's faults, that the file is there, or the system's.
pub fn export(config: &Config, args: &ExportArgs) -> Result<u8> {
    let ending = args.file.extension().and_then(|end| end.to_str());
    let format = match (args.format, ending) {
        (Some(format), _) => format,
        (None, Some("csv")) => Format::Csv,
        (None, Some("xlsx")) => Format::Xlsx,
        (None, Some("yml" | "yaml")) => Format::Rasa,
        (None, Some("zip")) => Format::Lex,
        (None, _) => bail!("the file's ending does not say which form; add --format"),
    };
    let assistant = sound(config)?;
    export::write(&assistant, format, &args.file)?;
    let examples = assistant.examples().count();
    writeln!(
        std::io::stdout(),
        "{} intents with {examples} examples written to {}",
        assistant.intents.len(),
        args.file.display()
    )?;
    Ok(0)
}

fn sound(config: &Config) -> Result<Assistant> {
    let loaded = Bundle::read(&config.sources(), server::today())
        .context("the content has faults: mend them first (cece check)")?;
    Ok(loaded.assistant)
}

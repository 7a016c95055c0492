//! `cece new`: a small working assistant to start from.
//!
//! What it begins with is what ships: the wording, the dangers, a department with two intents. It
//! overwrites nothing.

use super::terminal::{Ink, Pen};
use super::writing::{quoted, schema_line, slug, words, write_new, write_schemas};
use crate::server::config::Config;
use anyhow::{Context as _, Result, bail};
use clap::Args;
use std::collections::HashSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// What `new` takes.
#[derive(Debug, Args)]
pub struct NewArgs {
    /// Folder to make, e.g. "anytown"
    name: PathBuf,
    /// Name of the council [default: made from the folder's name]
    #[arg(long, value_name = "NAME")]
    council: Option<String>,
}

/// A shipped file of the content, by its path in `intents/`.
macro_rules! shipped {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../../intents/", $path)))),*]
    };
}

/// What a new assistant has of the shipped content.
const CONTENT: &[(&str, &str)] = shipped![
    "languages.toml",
    "wording.en.toml",
    "wording.cy.toml",
    "customer-services/department.toml",
    "customer-services/contact-opening.toml",
    "customer-services/talk-to-person.toml",
    "customer-services/make-payment.toml",
    "emergency/department.toml",
    "emergency/collapse.toml",
    "emergency/crisis-self-harm.toml",
    "emergency/crisis-someone-else.toml",
    "emergency/electricity.toml",
    "emergency/fire.toml",
    "emergency/flood-in-home.toml",
    "emergency/gas.toml",
    "emergency/medical.toml",
    "emergency/violence-now.toml",
    "none/department.toml",
    "none/nhs-health.toml",
    "none/off-topic.toml",
    "none/police-matters.toml",
    "none/small-talk.toml",
    "waste/department.toml",
    "waste/bin-collection-day.toml",
    "waste/missed-bin.toml",
];

/// Messages that mean danger, and messages that only sound like it.
const DANGER: &str = include_str!("../../intents/danger.toml");
/// What residents ask councils, a message a line: an assistant of a few intents would otherwise take for
/// danger what it has never heard of.
const ORDINARY: &str = include_str!("../../examples/assistant/ordinary.txt");

const COUNCIL: &str = include_str!("../../examples/assistant/council.toml");
/// The name in [`COUNCIL`] that the new council's takes the place of.
const COUNCIL_NAME: &str = "Cheshvale Council";
/// The domain in it, which the new one's, reserved likewise, takes the place of.
const DOMAIN: &str = "cheshvale.example";
/// A line of the shipped content that is true of the made-up council alone.
const CONTRACTOR: &str = "contractor = \"Cheshvale Environmental Services\"\n";

/// What stands beside the content.
const BESIDE: &[(&str, &str)] = &[
    (
        "transcripts/retention.toml",
        include_str!("../../transcripts/retention.toml"),
    ),
    (
        "transcripts/golden/missed-bin.txt",
        include_str!("../../examples/assistant/golden/missed-bin.txt"),
    ),
    (
        "transcripts/golden/fire.txt",
        include_str!("../../examples/assistant/golden/fire.txt"),
    ),
    (
        "transcripts/golden/person.txt",
        include_str!("../../examples/assistant/golden/person.txt"),
    ),
    (
        ".gitignore",
        "/transcripts/live\n/transcripts/keys\n/transcripts/audit\n/transcripts/checkpoints\n/encodings\n",
    ),
];

/// Makes the folder and says what to do next.
///
/// # Errors
/// That the folder holds something, that there are no sentence models, or the system's.
pub fn run(config: &Config, args: &NewArgs) -> Result<u8> {
    let models = std::fs::canonicalize(&config.models).with_context(|| {
        format!(
            "the sentence models are not in {}; name their folder with --models",
            config.models.display()
        )
    })?;
    make(&args.name, args.council.as_deref(), &models)?;
    let (pen, mut out) = (Pen::for_output(), std::io::stdout());
    let folder = args.name.display();
    writeln!(
        out,
        "{}\n\nNext:\n  cd {folder}\n  cece check          is it sound?\n  cece try \"my bin was missed\"\n  \
         cece new-intent     teach it something new\n  cece test           do the conversations still go right?\n  \
         cece serve          chat at http://127.0.0.1:8080",
        pen.ink(Ink::Good, &format!("{folder} is a working assistant."))
    )?;
    Ok(0)
}

/// What ships of danger, and at its end what residents ask councils that is none.
fn danger() -> String {
    let open = DANGER.trim_end().trim_end_matches(']');
    let head = "    # What residents ask councils otherwise: none of it is danger.\n";
    let written = |line: &str| line.trim().to_lowercase();
    let known: HashSet<String> = DANGER.lines().map(written).collect();
    let ordinary = ORDINARY
        .lines()
        .map(|line| format!("    {},\n", quoted(line)))
        .filter(|line| !known.contains(&written(line)));
    std::iter::once(format!("{open}{head}"))
        .chain(ordinary)
        .chain(["]\n".to_owned()])
        .collect()
}

/// Makes a new assistant in `folder`, that uses the sentence models in `models`.
///
/// # Errors
/// That the folder holds something, or the system's.
pub fn make(folder: &Path, council: Option<&str>, models: &Path) -> Result<()> {
    if std::fs::read_dir(folder).is_ok_and(|mut inside| inside.next().is_some()) {
        bail!(
            "{} is there and not empty; name a new folder",
            folder.display()
        );
    }
    let name = folder.file_name().and_then(|name| name.to_str());
    let council = match (council.map(str::trim), name) {
        (Some(council), _) if !council.is_empty() => council.to_owned(),
        (_, Some(name)) => format!("{} Council", words(name)),
        (_, None) => bail!("name the new folder, e.g. cece new anytown"),
    };
    let intents = folder.join("intents");
    let domain = name.map(slug).filter(|slug| !slug.is_empty());
    let domain = domain.map_or_else(|| DOMAIN.to_owned(), |slug| format!("{slug}.example"));
    let named = COUNCIL.replace(&quoted(COUNCIL_NAME), &quoted(&council));
    let named = named.replace(DOMAIN, &domain);
    let made = [("council.toml", named.as_str()), ("danger.toml", &danger())];
    for (path, text) in CONTENT.iter().copied().chain(made) {
        let text = schema_line(path) + &text.replace(CONTRACTOR, "");
        write_new(&intents.join(path), &text)?;
    }
    for (path, text) in BESIDE {
        write_new(&folder.join(path), text)?;
    }
    let models = models
        .to_str()
        .context("the folder of the models is not UTF-8")?;
    let settings = format!(
        "# Every setting with its default: docs/cece.example.toml.\nmodels = {}\nencodings = \"encodings\"\n",
        quoted(models)
    );
    write_new(&folder.join("cece.toml"), &settings)?;
    write_schemas(&intents)
}

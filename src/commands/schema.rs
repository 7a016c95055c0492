//! `cece schema`: JSON Schema of the content's files, for editors.

use super::writing::write_schemas;
use crate::content::schema::FileKind;
use crate::server::config::Config;
use anyhow::Result;
use clap::{Args, ValueEnum};
use std::io::Write as _;

/// What `schema` takes.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// Of which kind of file
    #[arg(value_enum, required_unless_present = "write")]
    of: Option<Of>,
    /// Write all of them into the content folder, where `#:schema` lines find them
    #[arg(long)]
    write: bool,
}

/// A kind of file.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Of {
    /// DEPARTMENT/INTENT.toml
    Intent,
    /// DEPARTMENT/department.toml
    Department,
    /// council.toml
    Council,
    /// languages.toml
    Languages,
    /// danger.toml
    Danger,
    /// DEPARTMENT/phrasings.toml
    Phrasings,
    /// wording.LANGUAGE.toml
    Wording,
}

/// Prints a schema, or writes all.
///
/// # Errors
/// The system's.
pub fn run(config: &Config, args: &SchemaArgs) -> Result<u8> {
    let mut out = std::io::stdout();
    if args.write {
        write_schemas(&config.intents)?;
        let folder = config.intents.join(".schema");
        writeln!(out, "written to {}", folder.display())?;
    }
    if let Some(of) = args.of {
        let kind = match of {
            Of::Intent => FileKind::Intent,
            Of::Department => FileKind::Department,
            Of::Council => FileKind::Council,
            Of::Languages => FileKind::Languages,
            Of::Danger => FileKind::Danger,
            Of::Phrasings => FileKind::Phrasings,
            Of::Wording => FileKind::Wording,
        };
        writeln!(out, "{}", serde_json::to_string_pretty(&kind.schema())?)?;
    }
    Ok(0)
}

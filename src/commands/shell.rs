//! `cece completions` and `cece man`: what a shell and a reader of manuals need, made from the
//! commands themselves.

use super::Cli;
use anyhow::{Context as _, Result};
use clap::{Args, CommandFactory as _};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// What `completions` takes.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// For which shell
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

/// What `man` takes.
#[derive(Debug, Args)]
pub struct ManArgs {
    /// Write a page for every command into this folder
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
}

/// Writes the completions of a shell.
///
/// # Errors
/// If standard output cannot be written to.
pub fn completions(args: &CompletionsArgs) -> Result<u8> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "cece", &mut text);
    std::io::stdout().write_all(&text)?;
    Ok(0)
}

/// Writes the manual page, or a page a command into a folder.
///
/// # Errors
/// The system's.
pub fn man(args: &ManArgs) -> Result<u8> {
    let mut command = Cli::command();
    command.build();
    match &args.out {
        None => std::io::stdout().write_all(&page(&command)?)?,
        Some(folder) => {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("cannot make {}", folder.display()))?;
            pages(&command, "cece", folder)?;
        }
    }
    Ok(0)
}

fn page(command: &clap::Command) -> Result<Vec<u8>> {
    let mut text = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut text)?;
    Ok(text)
}

fn pages(command: &clap::Command, name: &str, folder: &Path) -> Result<()> {
    let file = folder.join(format!("{name}.1"));
    std::fs::write(&file, page(command)?)
        .with_context(|| format!("cannot write {}", file.display()))?;
    for inner in command
        .get_subcommands()
        .filter(|one| one.get_name() != "help")
    {
        pages(inner, &format!("{name}-{}", inner.get_name()), folder)?;
    }
    Ok(())
}

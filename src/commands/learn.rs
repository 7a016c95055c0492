//! `cece learn`: learns the content ahead, so that the next command or server that needs it begins at once.

use super::terminal::Progress;
use crate::engine::Bundle;
use crate::server;
use crate::server::config::Config;
use anyhow::Context as _;
use clap::Args;
use std::io::Write as _;

/// What `learn` takes.
#[derive(Debug, Args)]
pub struct LearnArgs {
    /// Stand back for a server that waits for it, and end with standard input
    #[arg(long, hide = true)]
    pub(super) for_server: bool,
}

/// Learns and keeps what was learnt, unless it was learnt before.
///
/// # Errors
/// Faults of the content, or a folder that cannot be written.
pub fn run(config: &Config, args: &LearnArgs) -> anyhow::Result<u8> {
    if args.for_server {
        // Refused where the process may not set priorities: then it takes its share.
        let _ = rustix::process::nice(server::TRAINING_PRIORITY_BACK);
        std::thread::spawn(|| {
            let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
            std::process::exit(1);
        });
    }
    let progress = Progress::of("learning the examples");
    progress.at(0, 1);
    let (bundle, _) = Bundle::open(&config.sources(), server::today())?;
    let finished = bundle.finish();
    progress.at(1, 1);
    let folder = config.sources().encodings;
    let intents = bundle.assistant.intents.len();
    let mut out = std::io::stdout();
    let Some(finished) = finished else {
        writeln!(
            out,
            "{intents} intents: learnt before, kept in {}",
            folder.display()
        )?;
        return Ok(0);
    };
    if let Some(error) = finished.not_kept {
        return Err(error).with_context(|| {
            format!(
                "what was learnt cannot be kept in {} (encodings in cece.toml)",
                folder.display()
            )
        });
    }
    writeln!(
        out,
        "{intents} intents: learnt, kept in {}",
        folder.display()
    )?;
    Ok(0)
}

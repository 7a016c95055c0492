//! `cece audit`: who looked at, handed out, changed or destroyed what, and that the log of it is whole.

use super::Office;
use super::office::print;
use crate::server::admin::Request;
use crate::server::config::Config;
use crate::server::office::audit_words;
use crate::transcripts::audit;
use crate::transcripts::notes::NoteVerifier;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// What `audit` takes.
#[derive(Debug, Args)]
pub struct AuditArgs {
    #[command(subcommand)]
    what: What,
    /// Answer in JSON
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Recompute every link and every checkpoint; the first bad entry is named
    #[command(
        after_help = "Example: cece audit verify --against /mnt/elsewhere/000000000123.note\n\
                      Example, without this installation: cece audit verify --log log --key \"cece+1a2b3c4d+…\" --against 000000000123.note\n\
                      Exit code: 0 all is as it was written, 1 not"
    )]
    Verify {
        /// A checkpoint that was kept where nobody who could change the log can change it
        #[arg(long, value_name = "CHECKPOINT")]
        against: Option<PathBuf>,
        /// Check this file and not the installation's log; with --key
        #[arg(long, requires = "key")]
        log: Option<PathBuf>,
        /// The public key, as `cece audit key` shows it
        #[arg(long)]
        key: Option<String>,
    },
    /// Entries of the log, the last ones
    #[command(after_help = "Example: cece audit list --reference CV-7K4M-29QX")]
    List {
        /// At most so many
        #[arg(long, default_value_t = 50)]
        limit: usize,
        /// Those about one conversation, which may be erased
        #[arg(long)]
        reference: Option<String>,
    },
    /// The public key that checks checkpoints and the register's signature; keep it elsewhere too
    #[command(after_help = "Example: cece audit key")]
    Key,
}

/// Asks the office, or checks a copy by itself.
///
/// # Errors
/// If it cannot be asked.
pub async fn run(config: &Config, args: AuditArgs) -> anyhow::Result<u8> {
    let request = match args.what {
        What::Verify {
            against,
            log: Some(log),
            key: Some(key),
        } => {
            let verifier = NoteVerifier::parse(&key)?;
            let nowhere = PathBuf::new();
            let found = audit::verify(&log, &nowhere, against.as_deref(), &verifier)?;
            return print(&audit_words(&found), args.json);
        }
        What::Verify { against, .. } => {
            // The server stands elsewhere than the person.
            let against = against.map(std::path::absolute).transpose()?;
            Request::AuditVerify { against }
        }
        What::List { limit, reference } => Request::AuditList { limit, reference },
        What::Key => Request::AuditKey,
    };
    Office::at(config).ask(request, args.json).await
}

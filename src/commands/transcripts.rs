//! `cece transcripts`: what is kept, from a running server or, while none runs, from the store.

use super::Office;
use crate::engine::clock::{Clock as _, SystemClock, SystemRandom};
use crate::server::admin::{self, Request};
use crate::server::config::Config;
use crate::server::{self, office};
use crate::transcripts::audit::{Action, Deed};
use crate::transcripts::keys::Keyring;
use crate::transcripts::{Room, Sled};
use clap::{Args, Subcommand};
use std::io::Write as _;
use std::sync::Arc;

/// What `transcripts` takes.
#[derive(Debug, Args)]
pub struct TranscriptsArgs {
    #[command(subcommand)]
    what: What,
    /// Answer in JSON
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The conversations that are kept, newest first
    #[command(after_help = "Example: cece transcripts list --limit 20")]
    List {
        /// At most so many
        #[arg(long, default_value_t = 100)]
        limit: usize,
    },
    /// One conversation, as it is recorded
    #[command(after_help = "Example: cece transcripts show CV-7K4M-29QX")]
    Show {
        /// The reference code that the resident was given, e.g. CV-7K4M-29QX
        reference: String,
    },
    /// Whether every record opens, is whole and is tagged by the register
    #[command(after_help = "Example: cece transcripts verify\nExit code: 0 all is whole, 1 faults")]
    Verify,
    /// Give the space of what is gone back to the disk; the server must be stopped
    #[command(after_help = "Example: cece transcripts compact")]
    Compact,
    /// A conversation is of another record class than it was taken for: it is kept by that from now on
    #[command(
        after_help = "Example: cece transcripts retag CV-7K4M-29QX --class complaint --reason \"it was a complaint\""
    )]
    Retag {
        /// The conversation's reference code
        reference: String,
        /// A record class of the register
        #[arg(long)]
        class: String,
        /// Why; it is noted with the conversation
        #[arg(long)]
        reason: String,
    },
    /// A case that a conversation opened was closed, where periods run from that day
    #[command(after_help = "Example: cece transcripts case-closed CV-7K4M-29QX --on 2026-11-20")]
    CaseClosed {
        /// The conversation's reference code
        reference: String,
        /// The day on which it was closed [default: today]
        #[arg(long)]
        on: Option<jiff::civil::Date>,
    },
}

/// Asks the running server, or opens the store itself.
///
/// # Errors
/// If the store cannot be opened.
pub async fn run(config: &Config, args: TranscriptsArgs) -> anyhow::Result<u8> {
    let request = match args.what {
        What::List { limit } => Request::List { limit },
        What::Show { reference } => Request::Show { reference },
        What::Verify => Request::Verify,
        What::Retag {
            reference,
            class,
            reason,
        } => Request::Retag {
            reference,
            class,
            reason,
        },
        What::CaseClosed { reference, on } => Request::CaseClosed { reference, on },
        What::Compact => return compact(config).await,
    };
    Office::at(config).ask(request, args.json).await
}

async fn compact(config: &Config) -> anyhow::Result<u8> {
    if admin::ask(&config.admin_socket(), &Request::AuditKey)
        .await?
        .is_some()
    {
        anyhow::bail!(
            "compaction needs the store to itself: stop the server, run this again, then start it"
        );
    }
    let room = Room {
        floor_bytes: config.free_space_floor_bytes,
        ..Room::default()
    };
    let random = Arc::new(SystemRandom);
    let keyring = Keyring::open_in(&config.keys, server::credentials().as_deref(), &*random)?;
    let now = SystemClock::new().now();
    let books = office::Books::open(config, Arc::new(keyring), random, now)?;
    let actor = admin::user(rustix::process::getuid().as_raw());
    let deed = Deed::new(&actor, Action::Compacted, "");
    books.audit.enter(deed, now).await?;
    let store = config.store();
    let done = tokio::task::spawn_blocking(move || Sled::compact(&store, room)).await??;
    writeln!(
        std::io::stdout(),
        "{} records; {:.1} MiB before, {:.1} MiB now",
        done.pairs,
        mebibytes(done.before_bytes),
        mebibytes(done.after_bytes)
    )?;
    Ok(0)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a size for people, with one digit after the point"
)]
fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}

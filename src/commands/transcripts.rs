//! `cece transcripts`: what is kept, from a running server or, while none runs, from the store.

use crate::engine::Bundle;
use crate::server;
use crate::server::admin::{self, Request};
use crate::server::config::Config;
use clap::{Args, Subcommand};
use std::io::Write as _;

/// What `transcripts` takes.
#[derive(Debug, Args)]
pub struct TranscriptsArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The conversations that are kept, newest first
    List {
        /// At most so many
        #[arg(long, default_value_t = 100)]
        limit: usize,
    },
    /// One conversation, as it is recorded
    Show {
        /// The reference code that the resident was given, e.g. CV-7K4M-29QX
        reference: String,
    },
    /// Whether every record opens, is whole and is tagged by the register
    Verify,
}

/// Asks the running server, or opens the store itself.
///
/// # Errors
/// If the store cannot be opened.
pub async fn run(config: &Config, args: &TranscriptsArgs) -> anyhow::Result<u8> {
    let request = match &args.what {
        What::List { limit } => Request::List { limit: *limit },
        What::Show { reference } => Request::Show {
            reference: reference.clone(),
        },
        What::Verify => Request::Verify,
    };
    let reply = match admin::ask(&config.admin_socket(), &request).await? {
        Some(reply) => reply,
        None => {
            let assistant = Bundle::read(&config.sources(), server::today())?.assistant;
            let (archive, _store) =
                server::open_archive(config, assistant.register, assistant.council.time_zone)
                    .await?;
            admin::answer(&archive, &request).await
        }
    };
    writeln!(std::io::stdout(), "{}", reply.text.trim_end())?;
    Ok(u8::from(!reply.ok))
}

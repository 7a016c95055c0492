//! `cece retention`: the register's signature, what is held, and what goes.

use super::Office;
use super::office::{confirm, print, write_private};
use crate::server::admin::Request;
use crate::server::config::Config;
use clap::{Args, Subcommand};
use std::io::Write as _;
use std::path::PathBuf;

/// What `retention` takes.
#[derive(Debug, Args)]
pub struct RetentionArgs {
    #[command(subcommand)]
    what: What,
    /// Answer in JSON
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Sign the register as it stands, as a named officer; from then on it destroys what is over
    #[command(
        after_help = "Example: cece retention sign --by \"A. Officer\" --role \"Data Protection Officer\""
    )]
    Sign {
        /// The officer's name
        #[arg(long)]
        by: String,
        /// Their role
        #[arg(long)]
        role: String,
        /// Do not ask first
        #[arg(long)]
        yes: bool,
    },
    /// What is held, by record class, age and month in which it is due; as a page with --to
    #[command(after_help = "Example: cece retention report --to held.html")]
    Report {
        /// A new file for the page
        #[arg(long)]
        to: Option<PathBuf>,
    },
    /// Purge what is over, and destroy the keys of months that are
    #[command(
        after_help = "Example: cece retention sweep --dry-run\nExit code: 0 done, 1 refused: unsigned, or more than is usual"
    )]
    Sweep {
        /// Show what would go, and why, and change nothing
        #[arg(long)]
        dry_run: bool,
        /// The number of records that the dry run showed, where it is more than is usual
        #[arg(long, value_name = "RECORDS")]
        expect: Option<u64>,
        /// Do not ask first
        #[arg(long)]
        yes: bool,
    },
    /// The clock was ahead once and is right now: go by it again
    #[command(
        after_help = "Example: cece retention clock-is-right\nA day that was seen stays seen, so that a clock that is set back brings nothing back; this says that it was seen by mistake."
    )]
    ClockIsRight {
        /// Do not ask first
        #[arg(long)]
        yes: bool,
    },
    /// What is over and waits for a person to look at it
    #[command(after_help = "Example: cece retention review")]
    Review,
    /// Destroy one conversation that was looked at
    #[command(after_help = "Example: cece retention dispose CV-7K4M-29QX")]
    Dispose {
        /// The conversation's reference code
        reference: String,
        /// Do not ask first
        #[arg(long)]
        yes: bool,
    },
}

/// Asks the office.
///
/// # Errors
/// If it cannot be asked.
pub async fn run(config: &Config, args: RetentionArgs) -> anyhow::Result<u8> {
    let office = Office::at(config);
    let request = match args.what {
        What::Sign { by, role, yes } => {
            let deed = format!(
                "{} will be signed by {by} ({role}), and what is over by it will be destroyed",
                config.register.display()
            );
            confirm(yes, &deed, "sign")?;
            Request::Sign { by, role }
        }
        What::Report { to } => return report(&office, to, args.json).await,
        What::Sweep { dry_run: true, .. } => Request::SweepPlan,
        What::Sweep { expect, yes, .. } => {
            confirm(yes, "what is over will be destroyed", "destroy")?;
            Request::Sweep { expect }
        }
        What::ClockIsRight { yes } => {
            let deed =
                "what was over by the later day is shown again until it is over by the clock";
            confirm(yes, deed, "right")?;
            Request::ClockIsRight
        }
        What::Review => Request::Review,
        What::Dispose { reference, yes } => {
            confirm(yes, &format!("{reference} will be destroyed"), &reference)?;
            Request::Dispose { reference }
        }
    };
    office.ask(request, args.json).await
}

async fn report(office: &Office<'_>, to: Option<PathBuf>, json: bool) -> anyhow::Result<u8> {
    let mut reply = office.reply(Request::RetentionReport).await?;
    if let Some(to) = to.filter(|_| reply.ok) {
        write_private(&to, reply.data["html"].as_str().unwrap_or_default())?;
        if !json {
            writeln!(std::io::stdout(), "the page is in {}", to.display())?;
        }
    }
    if reply.ok {
        reply.data = reply.data["json"].take();
    }
    print(&reply, json)
}

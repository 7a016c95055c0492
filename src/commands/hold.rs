//! `cece hold`: legal holds, which keep something whatever the register says.

use super::Office;
use super::office::confirm;
use crate::server::admin::Request;
use crate::server::config::Config;
use clap::{Args, Subcommand};
use jiff::civil::Date;

/// What `hold` takes.
#[derive(Debug, Args)]
pub struct HoldArgs {
    #[command(subcommand)]
    what: What,
    /// Answer in JSON
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Keep a conversation, or everything of a record class, until it is released
    #[command(
        after_help = "Example: cece hold add CV-7K4M-29QX --owner \"Legal services\" --reason \"claim 2026/41\" --review 2027-06-01\n\
                      Example: cece hold add --class safeguarding --owner \"Children's services\" --reason \"inquiry\" --review 2027-01-31"
    )]
    Add {
        /// The conversation's reference code
        #[arg(required_unless_present = "class", conflicts_with = "class")]
        reference: Option<String>,
        /// Or a record class of the register
        #[arg(long)]
        class: Option<String>,
        /// Who answers for the hold
        #[arg(long)]
        owner: String,
        /// Why; it is sealed, and destroyed with the hold
        #[arg(long)]
        reason: String,
        /// The day on which it is looked at again, e.g. 2027-06-01
        #[arg(long)]
        review: Date,
    },
    /// All holds, and which are due to be looked at again
    #[command(after_help = "Example: cece hold list")]
    List,
    /// Let something go again when the register says; what is over already goes with the next sweep
    #[command(after_help = "Example: cece hold release 1a2b3c4d")]
    Release {
        /// The hold's number, as `cece hold list` shows it
        id: String,
        /// Do not ask first
        #[arg(long)]
        yes: bool,
    },
}

/// Asks the office.
///
/// # Errors
/// If it cannot be asked.
pub async fn run(config: &Config, args: HoldArgs) -> anyhow::Result<u8> {
    let request = match args.what {
        What::Add {
            reference,
            class,
            owner,
            reason,
            review,
        } => Request::HoldAdd {
            reference,
            class,
            owner,
            reason,
            review,
        },
        What::List => Request::HoldList,
        What::Release { id, yes } => {
            confirm(yes, &format!("hold {id} will be released"), &id)?;
            Request::HoldRelease { id }
        }
    };
    Office::at(config).ask(request, args.json).await
}

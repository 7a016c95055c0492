//! `cece keys`: new keys.

use super::Office;
use super::office::confirm;
use crate::server::admin::Request;
use crate::server::config::Config;
use clap::{Args, Subcommand};

/// What `keys` takes.
#[derive(Debug, Args)]
pub struct KeysArgs {
    #[command(subcommand)]
    what: What,
    /// Answer in JSON
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Take another master key; the conversations stay as they are
    #[command(
        after_help = "Example: cece keys rotate\nBack up the keys folder afterwards: older copies of it belong to older copies of the data."
    )]
    Rotate {
        /// Replace every key of the keyring too, and seal what they sealed anew
        #[arg(long)]
        all: bool,
        /// Do not ask first
        #[arg(long)]
        yes: bool,
    },
}

/// Asks the office.
///
/// # Errors
/// If it cannot be asked.
pub async fn run(config: &Config, args: KeysArgs) -> anyhow::Result<u8> {
    let What::Rotate { all, yes } = args.what;
    let deed = "the old master key will be overwritten, and copies of the keyring that it opens stay with it";
    confirm(yes, deed, "rotate")?;
    Office::at(config)
        .ask(Request::RotateKeys { all }, args.json)
        .await
}

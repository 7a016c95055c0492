//! `cece subject`: what a person may ask about their data.

use super::Office;
use super::office::{confirm, print, write_private};
use crate::server::admin::Request;
use crate::server::config::Config;
use crate::server::office::Known;
use clap::{Args, Subcommand};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// What `subject` takes.
#[derive(Debug, Args)]
pub struct SubjectArgs {
    #[command(subcommand)]
    what: What,
    /// Answer in JSON
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Args)]
struct By {
    /// The reference code of a conversation
    #[arg(long)]
    reference: Option<String>,
    /// A telephone number that they gave a form
    #[arg(long)]
    phone: Option<String>,
    /// An e-mail address that they gave a form
    #[arg(long)]
    email: Option<String>,
    /// A name that they gave a form; with --born
    #[arg(long, requires = "born")]
    name: Option<String>,
    /// A date of birth that they gave a form, e.g. 1985-03-07; with --name
    #[arg(long, requires = "name")]
    born: Option<String>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The conversations of a person
    #[command(after_help = "Example: cece subject find --phone 07700900123")]
    Find(By),
    /// Everything that is held of a conversation, as a page and as JSON, in a new folder
    #[command(after_help = "Example: cece subject export CV-7K4M-29QX --to /tmp/answer")]
    Export {
        /// The conversation's reference code
        reference: String,
        /// A new folder for the two files
        #[arg(long)]
        to: PathBuf,
    },
    /// Put what is right in the place of an entry that is wrong; the entry stays as evidence
    #[command(
        after_help = "Example: cece subject correct CV-7K4M-29QX --entry 7 --text \"It was the green bin\""
    )]
    Correct {
        /// The conversation's reference code
        reference: String,
        /// The entry's number, as `cece transcripts show` gives it
        #[arg(long)]
        entry: u64,
        /// What is right
        #[arg(long)]
        text: String,
    },
    /// Erase a conversation for good, with a receipt; what a hold or the law keeps stays, with the reason
    #[command(
        after_help = "Example: cece subject erase CV-7K4M-29QX\nExit code: 0 all is erased, 1 something is kept"
    )]
    Erase {
        /// The conversation's reference code
        reference: String,
        /// Do not ask first
        #[arg(long)]
        yes: bool,
    },
    /// Consent is withdrawn: what rests on it goes when the register says, and no survey is sent again
    #[command(after_help = "Example: cece subject withdraw --email jo@example.org")]
    Withdraw(By),
}

/// Asks the office.
///
/// # Errors
/// If it cannot be asked.
pub async fn run(config: &Config, args: SubjectArgs) -> anyhow::Result<u8> {
    let office = Office::at(config);
    let request = match args.what {
        What::Find(by) => Request::Find { by: known(by)? },
        What::Withdraw(by) => Request::Withdraw { by: known(by)? },
        What::Correct {
            reference,
            entry,
            text,
        } => Request::Correct {
            reference,
            entry,
            text,
        },
        What::Erase { reference, yes } => {
            confirm(yes, &format!("{reference} will be erased"), &reference)?;
            Request::Erase { reference }
        }
        What::Export { reference, to } => {
            return export(&office, reference, &to, args.json).await;
        }
    };
    office.ask(request, args.json).await
}

async fn export(
    office: &Office<'_>,
    reference: String,
    to: &Path,
    json: bool,
) -> anyhow::Result<u8> {
    if to.exists() {
        anyhow::bail!("{} is there already: name a new folder", to.display());
    }
    let reply = office.reply(Request::Export { reference }).await?;
    if !reply.ok {
        return print(&reply, json);
    }
    std::fs::create_dir_all(to)?;
    let html = reply.data["html"].as_str().unwrap_or_default();
    write_private(&to.join("your-data.html"), html)?;
    let data = serde_json::to_string_pretty(&reply.data["json"])?;
    write_private(&to.join("your-data.json"), &data)?;
    writeln!(
        std::io::stdout(),
        "{} is in {}: your-data.html to read, your-data.json for a machine",
        reply.text,
        to.display()
    )?;
    Ok(0)
}

fn known(by: By) -> anyhow::Result<Known> {
    let person = by.name.zip(by.born);
    let mut given: Vec<Known> = [
        by.reference.map(Known::Reference),
        by.phone.map(Known::Phone),
        by.email.map(Known::Email),
        person.map(|(name, born)| Known::Person { name, born }),
    ]
    .into_iter()
    .flatten()
    .collect();
    match (given.pop(), given.is_empty()) {
        (Some(known), true) => Ok(known),
        _ => anyhow::bail!(
            "say by what to find them: one of --reference, --phone, --email, or --name with --born"
        ),
    }
}

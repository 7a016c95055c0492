//! `cece users`: local accounts for the HTTP API.

use super::Office;
use crate::server::admin::Request;
use crate::server::config::Config;
use crate::server::office::Password;
use clap::{Args, Subcommand};
use std::io::{BufRead as _, IsTerminal as _, Write as _};

/// What `users` takes.
#[derive(Debug, Args)]
pub struct UsersArgs {
    #[command(subcommand)]
    what: What,
    /// Answer in JSON
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Make an account, or give one another role and password; the password is read from standard input
    #[command(
        after_help = "Example: cece users add jo --role data-protection\nRoles: officer, supervisor, data-protection, admin"
    )]
    Add {
        /// The account's name
        name: String,
        /// Its role
        #[arg(long)]
        role: String,
    },
    /// Remove an account and end its sessions
    #[command(after_help = "Example: cece users remove jo")]
    Remove {
        /// The account's name
        name: String,
    },
    /// All accounts
    #[command(after_help = "Example: cece users list")]
    List,
}

/// Asks the office.
///
/// # Errors
/// If it cannot be asked.
pub async fn run(config: &Config, args: UsersArgs) -> anyhow::Result<u8> {
    let request = match args.what {
        What::Add { name, role } => Request::AccountAdd {
            password: password()?,
            name,
            role,
        },
        What::Remove { name } => Request::AccountRemove { name },
        What::List => Request::AccountList,
    };
    Office::at(config).ask(request, args.json).await
}

/// One line of standard input; at a terminal it is not shown.
fn password() -> anyhow::Result<Password> {
    let input = std::io::stdin();
    let mut line = String::new();
    if !input.is_terminal() {
        input.lock().read_line(&mut line)?;
        return Ok(Password::new(
            line.trim_end_matches(['\r', '\n']).to_owned(),
        ));
    }
    let mut out = std::io::stdout();
    write!(out, "password: ")?;
    out.flush()?;
    let shown = rustix::termios::tcgetattr(&input)?;
    let mut hidden = shown.clone();
    hidden.local_modes.remove(rustix::termios::LocalModes::ECHO);
    rustix::termios::tcsetattr(&input, rustix::termios::OptionalActions::Now, &hidden)?;
    let read = input.lock().read_line(&mut line);
    rustix::termios::tcsetattr(&input, rustix::termios::OptionalActions::Now, &shown)?;
    writeln!(out)?;
    read?;
    Ok(Password::new(
        line.trim_end_matches(['\r', '\n']).to_owned(),
    ))
}

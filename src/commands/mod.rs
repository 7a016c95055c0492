//! The subcommands of `cece`, one file each, and what they have in common on the command line.

pub mod audit;
pub mod backup;
pub mod call;
pub mod chat;
pub mod check;
pub mod content;
pub mod eval;
pub mod hold;
pub mod keys;
pub mod office;
pub mod pii;
pub mod reload;
pub mod retention;
pub mod serve;
pub mod subject;
pub mod transcripts;
pub mod understand;
pub mod users;

mod eval_report;
mod tsv;

use office::Office;

use crate::server::config::{Config, ConfigError};
use clap::{Args, Parser, Subcommand};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// A conversational assistant for council contact centres.
#[derive(Debug, Parser)]
#[command(
    name = "cece",
    version,
    about,
    after_help = "Without a command, `cece` serves."
)]
pub struct Cli {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Option<Command>,
}

/// Settings that go before those of `cece.toml`.
#[derive(Debug, Clone, Args)]
pub struct Settings {
    /// Settings file; `cece.toml` is read where it exists
    #[arg(long, global = true, env = "CECE_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// Address and port to listen on [default: 127.0.0.1:8080]
    #[arg(long, global = true, env = "CECE_LISTEN", value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
    /// Folder of the content [default: intents]
    #[arg(long, global = true, env = "CECE_INTENTS", value_name = "FOLDER")]
    intents: Option<PathBuf>,
    /// The Information Asset Register [default: transcripts/retention.toml]
    #[arg(long, global = true, env = "CECE_REGISTER", value_name = "FILE")]
    register: Option<PathBuf>,
    /// Folder of the sentence models [default: models]
    #[arg(long, global = true, env = "CECE_MODELS", value_name = "FOLDER")]
    models: Option<PathBuf>,
    /// Folder of the live transcripts [default: transcripts/live]
    #[arg(long, global = true, env = "CECE_DATA", value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// Folder of the keys, not inside the data [default: transcripts/keys]
    #[arg(long, global = true, env = "CECE_KEYS", value_name = "FOLDER")]
    keys: Option<PathBuf>,
}

impl Settings {
    /// The settings: flags, then environment, then the file, then defaults.
    ///
    /// # Errors
    /// The file's, or a setting that cannot be.
    pub fn config(&self) -> Result<Config, ConfigError> {
        let mut config = match &self.config {
            Some(path) => Config::read(path)?,
            None if Path::new("cece.toml").exists() => Config::read(Path::new("cece.toml"))?,
            None => Config::default(),
        };
        fn set<T: Clone>(setting: &mut T, given: Option<&T>) {
            if let Some(given) = given {
                setting.clone_from(given);
            }
        }
        set(&mut config.listen, self.listen.as_ref());
        set(&mut config.intents, self.intents.as_ref());
        set(&mut config.register, self.register.as_ref());
        set(&mut config.models, self.models.as_ref());
        set(&mut config.data, self.data.as_ref());
        set(&mut config.keys, self.keys.as_ref());
        config.check()
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the chat: loads the content, makes keys and store on first run
    #[command(after_help = "Example: cece serve --listen 127.0.0.1:9000 --watch")]
    Serve(serve::ServeArgs),
    /// Check the content: every fault with file, line, column and the mend
    #[command(after_help = "Example: cece check\nExit code: 0 no fault, 1 faults")]
    Check,
    /// Write the whole content as one page, to be read and approved
    #[command(after_help = "Example: cece content --html content.html")]
    Content(content::ContentArgs),
    /// Chat in the terminal with a running server
    #[command(after_help = "Example: cece chat --url ws://127.0.0.1:8080/ws")]
    Chat(chat::ChatArgs),
    /// Ring a running server as a telephony platform does
    #[command(after_help = "Example: cece call relay\n         cece call cxone --locale cy-GB")]
    Call(call::CallArgs),
    /// Find personal data in a text, or measure how well it is found
    #[command(
        after_help = "Example: echo 'my nino is QQ123456C' | cece pii scan\n         cece pii eval labelled.jsonl"
    )]
    Pii(pii::PiiArgs),
    /// Look at what is kept
    #[command(after_help = "Example: cece transcripts show CV-7K4M-29QX")]
    Transcripts(transcripts::TranscriptsArgs),
    /// Measure how well messages are understood: the content by cross-validation, or a TSV file
    #[command(
        after_help = "Example: cece eval --train train.tsv --test test.tsv --oos out-of-scope.tsv\nA line is a message, a tab, and its intent. Without --train the content is cross-validated."
    )]
    Eval(eval::EvalArgs),
    /// Understand messages from standard input, one JSON object a line
    #[command(
        after_help = "Example: echo '{\"text\":\"my bin was missed\"}' | cece understand --jsonl"
    )]
    Understand(understand::UnderstandArgs),
    /// What a person may ask about their data: find, export, correct, erase, withdraw
    #[command(after_help = "Example: cece subject find --reference CV-7K4M-29QX")]
    Subject(subject::SubjectArgs),
    /// Legal holds: keep something whatever the register says
    #[command(after_help = "Example: cece hold list")]
    Hold(hold::HoldArgs),
    /// The retention register: sign it, see what is held, purge what is over
    #[command(after_help = "Example: cece retention sweep --dry-run")]
    Retention(retention::RetentionArgs),
    /// The audit log: who did what, and that it is whole
    #[command(after_help = "Example: cece audit verify")]
    Audit(audit::AuditArgs),
    /// Copy what is kept into a new folder, from a running server too
    #[command(after_help = "Example: cece backup /mnt/a/monday --keys-to /mnt/b/monday")]
    Backup(backup::BackupArgs),
    /// Restore a backup into a new folder; what was erased since is erased again
    #[command(after_help = "Example: cece restore /mnt/a/monday --to transcripts/restored")]
    Restore(backup::RestoreArgs),
    /// Keys
    #[command(after_help = "Example: cece keys rotate")]
    Keys(keys::KeysArgs),
    /// Accounts for the HTTP API
    #[command(after_help = "Example: cece users add jo --role officer")]
    Users(users::UsersArgs),
    /// Have a running server read its content anew; a faulty one changes nothing
    #[command(
        after_help = "Example: cece reload\nExit code: 0 in use, 1 faults, the old one stays"
    )]
    Reload,
}

impl Cli {
    /// Runs the command; the exit code of the process.
    ///
    /// # Errors
    /// Whatever stops it, in words for whoever typed it.
    pub async fn run(self) -> anyhow::Result<u8> {
        let settings = self.settings;
        match self
            .command
            .unwrap_or_else(|| Command::Serve(serve::ServeArgs::default()))
        {
            Command::Serve(args) => serve::run(&settings, &args).await,
            Command::Check => check::run(&settings.config()?),
            Command::Content(args) => content::run(&settings.config()?, &args).map(|()| 0),
            Command::Chat(args) => chat::run(args).await.map(|()| 0),
            Command::Call(args) => call::run(&settings, args).await.map(|()| 0),
            Command::Pii(args) => pii::run(&settings.config()?, args),
            Command::Eval(args) => eval::run(&settings.config()?, &args),
            Command::Understand(args) => understand::run(&settings.config()?, &args),
            Command::Transcripts(args) => transcripts::run(&settings.config()?, args).await,
            Command::Subject(args) => subject::run(&settings.config()?, args).await,
            Command::Hold(args) => hold::run(&settings.config()?, args).await,
            Command::Retention(args) => retention::run(&settings.config()?, args).await,
            Command::Audit(args) => audit::run(&settings.config()?, args).await,
            Command::Backup(args) => backup::run(&settings.config()?, args).await,
            Command::Restore(args) => backup::restore(&settings.config()?, args).await,
            Command::Keys(args) => keys::run(&settings.config()?, args).await,
            Command::Users(args) => users::run(&settings.config()?, args).await,
            Command::Reload => reload::run(&settings.config()?).await,
        }
    }
}

//! The subcommands of `cece`, one file each, and what they have in common on the command line.

pub mod audit;
pub mod backup;
pub mod call;
pub mod chat;
pub mod check;
pub mod content;
pub mod diff;
pub mod eval;
pub mod exchange;
pub mod graph;
pub mod hold;
pub mod keys;
pub mod learn;
pub mod new;
pub mod new_intent;
pub mod office;
pub mod pii;
pub mod reload;
pub mod report;
pub mod retention;
pub mod review;
pub mod schema;
pub mod serve;
pub mod shell;
pub mod subject;
pub mod test;
pub mod transcripts;
pub mod trial;
pub mod understand;
pub mod users;

mod confusion;
mod crossval;
mod eval_page;
mod eval_report;
mod foreign_tests;
mod html;
mod swift;
mod terminal;
mod tsv;
mod writing;

use office::Office;
use terminal::Progress;

use crate::engine::Bundle;
use crate::server;
use crate::server::Learner;
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
    after_help = "Without a command, `cece` serves.\nExit code 2: flags or arguments that are not as they must be; the others each command says itself."
)]
pub struct Cli {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Option<Command>,
}

/// Settings that go before those of `cece.toml`.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Settings")]
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

    /// What learns the content of these settings in a process of its own; none where the system does not say which
    /// program this is.
    fn learner(&self) -> Option<Learner> {
        let folders = [
            ("--config", &self.config),
            ("--intents", &self.intents),
            ("--register", &self.register),
            ("--models", &self.models),
        ];
        let given = folders
            .into_iter()
            .filter_map(|(flag, path)| Some([flag.into(), path.as_ref()?.into()]));
        Some(Learner {
            program: std::env::current_exe().ok()?,
            arguments: ["learn".into(), "--for-server".into()]
                .into_iter()
                .chain(given.flatten())
                .collect(),
        })
    }
}

/// The content with what is learnt from it, as it is served, its examples read closely too; a line
/// says that it is learning while that takes its time.
fn learnt(config: &Config) -> anyhow::Result<Bundle> {
    let progress = Progress::of("learning the examples");
    progress.at(0, 2);
    let (bundle, _) = Bundle::open(&config.sources(), server::today())?;
    progress.at(1, 2);
    bundle.finish();
    Ok(bundle)
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the chat: loads the content, makes keys and store on first run
    #[command(after_help = "Example: cece serve --listen 127.0.0.1:9000 --watch")]
    Serve(serve::ServeArgs),
    /// Make a small working assistant to start from
    #[command(
        after_help = "Example: cece new anytown --council \"Anytown Council\"\nExit code: 0 made, 1 not"
    )]
    New(new::NewArgs),
    /// Write a new intent: asks for what it needs, or takes it from flags
    #[command(
        after_help = "Example: cece new-intent waste/lost-bin\n         cece new-intent waste/lost-bin --title \"Report a lost bin\" --examples-from lost.txt --answer \"We bring a new one.\"\nExit code: 0 written, 1 written and to be mended, or not written"
    )]
    NewIntent(new_intent::NewIntentArgs),
    /// JSON Schema of the content's files, for editors
    #[command(
        after_help = "Example: cece schema intent\n         cece schema --write\nExit code: 0 written, 1 not"
    )]
    Schema(schema::SchemaArgs),
    /// Check the content: every fault with file, line, column and the mend
    #[command(
        after_help = "Example: cece check\n         cece check --fix\n         cece check --confusions\nExit code: 0 no fault, 1 faults"
    )]
    Check(check::CheckArgs),
    /// Try a message: what it would come to, and why
    #[command(
        after_help = "Example: cece try \"my bin was missed\"\n         cece try\nExit code: 0 whatever it comes to, 1 the content has faults"
    )]
    Try(trial::TryArgs),
    /// Play the golden conversations, or turn a chat into one
    #[command(
        after_help = "Example: cece test\n         cece test --record transcripts/golden/lost-bin.txt\n         cece test tests/test_stories.yml\nExit code: 0 all go as they should, 1 some do not"
    )]
    Test(test::TestArgs),
    /// Take over intents from elsewhere: CSV, XLSX, Rasa, CLU, LUIS, Dialogflow ES, Lex V2
    #[command(
        after_help = "Example: cece import nlu.yml --department waste --dry-run\nExit code: 0 taken over, or only looked, or not agreed to, 1 nothing can be taken over"
    )]
    Import(exchange::ImportArgs),
    /// Write the content in a form that others read
    #[command(
        after_help = "Example: cece export intents.xlsx\n         cece export agent --format dialogflow\nExit code: 0 written, 1 not"
    )]
    Export(exchange::ExportArgs),
    /// Draw the routing and the dialogue, as Mermaid or as a page with pictures
    #[command(
        after_help = "Example: cece graph routing --department waste\n         cece graph --html graph.html\nExit code: 0 drawn, 1 not"
    )]
    Graph(graph::GraphArgs),
    /// What changes between two versions of the content: which messages are decided otherwise
    #[command(
        after_help = "Example: cece diff ../live/intents intents --corpus messages.txt\nExit code: 0 all decided alike, 1 some otherwise, or it cannot be told"
    )]
    Diff(diff::DiffArgs),
    /// Go through what was not understood: accept it into an intent, or ignore it for good
    #[command(
        after_help = "Example: cece review\n         cece review --accept \"my wheelie has gone walkabout\" --into waste/lost-bin\nExit code: 0 done, 1 not written"
    )]
    Review(review::ReviewArgs),
    /// What was asked over a period and how it came out, in counts
    #[command(
        after_help = "Example: cece report --from 2026-06-01 --to 2026-06-30 --html june.html\nExit code: 0 written, 1 not"
    )]
    Report(report::ReportArgs),
    /// Completions for a shell
    #[command(
        after_help = "Example: cece completions bash > /etc/bash_completion.d/cece\nExit code: 0 written"
    )]
    Completions(shell::CompletionsArgs),
    /// The manual, as pages for man
    #[command(
        after_help = "Example: cece man | man -l -\n         cece man --out man1\nExit code: 0 written, 1 not"
    )]
    Man(shell::ManArgs),
    /// Write the whole content as one page, to be read and approved
    #[command(
        after_help = "Example: cece content --html content.html\nExit code: 0 written, 1 not"
    )]
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
        after_help = "Example: cece eval --train train.tsv --test test.tsv --oos out-of-scope.tsv\nA line is a message, a tab, and its intent. Without --train the content is cross-validated.\nExit code: 0 measured, 1 below --fail-under, or it cannot be measured"
    )]
    Eval(eval::EvalArgs),
    /// Understand messages from standard input, one JSON object a line
    #[command(
        after_help = "Example: echo '{\"text\":\"my bin was missed\"}' | cece understand --jsonl\nExit code: 0 every line is answered, 1 the content has faults, or a line is no such object"
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
    /// Learn the content ahead: the next start, and whatever needs to understand, begins at once
    #[command(
        after_help = "Example: cece learn --intents intents\nExit code: 0 learnt and kept, 1 not"
    )]
    Learn(learn::LearnArgs),
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
            Command::New(args) => new::run(&settings.config()?, &args),
            Command::NewIntent(args) => new_intent::run(&settings.config()?, args),
            Command::Schema(args) => schema::run(&settings.config()?, &args),
            Command::Check(args) => check::run(&settings.config()?, &args).await,
            Command::Try(args) => trial::run(&settings.config()?, &args),
            Command::Test(args) => test::run(&settings.config()?, &args),
            Command::Import(args) => exchange::import(&settings.config()?, &args),
            Command::Export(args) => exchange::export(&settings.config()?, &args),
            Command::Graph(args) => graph::run(&settings.config()?, &args),
            Command::Diff(args) => diff::run(&settings.config()?, &args),
            Command::Review(args) => review::run(&settings.config()?, &args).await,
            Command::Report(args) => report::run(&settings.config()?, &args).await,
            Command::Completions(args) => shell::completions(&args),
            Command::Man(args) => shell::man(&args),
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
            Command::Learn(args) => learn::run(&settings.config()?, &args),
            Command::Reload => reload::run(&settings.config()?).await,
        }
    }
}

//! `cece serve`: the main job.

use super::Settings;
use crate::engine::Bundle;
use crate::server::{self, Server};
use anyhow::Context as _;
use clap::{Args, ValueEnum};
use std::io::Write as _;
use tokio::signal::unix::{SignalKind, signal};

/// What `serve` takes.
#[derive(Debug, Default, Args)]
pub struct ServeArgs {
    /// Read the content anew when its files change
    #[arg(long)]
    watch: bool,
    /// Form of the log on standard error
    #[arg(long, value_enum, default_value_t, env = "CECE_LOG_FORMAT")]
    log: LogForm,
}

/// The form of the log. Neither holds what anybody said.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum LogForm {
    /// For people
    #[default]
    Plain,
    /// One JSON object a line
    Json,
}

/// Serves until SIGTERM or ctrl-C.
///
/// # Errors
/// What stops it from starting, with what to do.
pub async fn run(settings: &Settings, args: &ServeArgs) -> anyhow::Result<u8> {
    log_to_stderr(args.log);
    let config = settings.config()?;
    // A dump of this process would hold keys and words; better none.
    let none = rustix::process::Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    rustix::process::setrlimit(rustix::process::Resource::Core, none)
        .context("switching core dumps off")?;
    let (bundle, warnings) = Bundle::open(&config.sources(), server::today())?;
    for warning in &warnings {
        tracing::warn!("{warning}");
    }
    let counts = (
        bundle.assistant.intents.len(),
        bundle.assistant.departments.len(),
    );
    let version = bundle.assistant.version.clone();
    let mut server = Server::open(config, bundle).await?;
    if let Some(learner) = settings.learner() {
        server.learn_with(learner);
    }
    let address = server.address()?;
    server.finish_understanding();
    let (intents, departments) = counts;
    tracing::info!(%address, intents, departments, content = %version, "ready");
    let standing = server.office().standing();
    let welcome = format!(
        "CeCe is ready. Open http://{address}/ to chat; ctrl-C stops.\n\
         Note: {standing}.\n"
    );
    // Nobody may be reading; that is no reason not to serve.
    let _ = std::io::stdout().write_all(welcome.as_bytes());
    let mut terminate = signal(SignalKind::terminate())?;
    let stop = async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
    };
    server.run(args.watch, stop).await?;
    Ok(0)
}

fn log_to_stderr(form: LogForm) {
    let filter = tracing_subscriber::EnvFilter::try_from_env("CECE_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    match form {
        LogForm::Plain => {
            let colours = std::io::IsTerminal::is_terminal(&std::io::stderr());
            log.with_ansi(colours).init();
        }
        LogForm::Json => log.json().flatten_event(true).init(),
    }
}

//! Asking the records office from the command line: the running server's, or one of our own while none
//! runs; and asking the person first, before something that cannot be taken back.

use crate::engine::Bundle;
use crate::engine::clock::SystemClock;
use crate::pii::Detector;
use crate::server::admin::{self, Reply, Request};
use crate::server::config::Config;
use crate::server::office::Shelves;
use crate::server::{self, office};
use anyhow::Context as _;
use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::sync::Arc;

/// The office of one installation.
pub struct Office<'a> {
    config: &'a Config,
}

impl<'a> Office<'a> {
    /// The office of the installation with these settings.
    #[must_use]
    pub fn at(config: &'a Config) -> Self {
        Self { config }
    }

    /// Asks, and prints the reply; the exit code: 0 done, 1 refused or faulty.
    ///
    /// # Errors
    /// If neither a server nor the store can be asked.
    pub async fn ask(&self, request: Request, json: bool) -> anyhow::Result<u8> {
        let reply = self.reply(request).await?;
        print(&reply, json)
    }

    /// Asks, and gives the reply.
    ///
    /// # Errors
    /// If neither a server nor the store can be asked.
    pub async fn reply(&self, request: Request) -> anyhow::Result<Reply> {
        if let Some(reply) = admin::ask(&self.config.admin_socket(), &request).await? {
            return Ok(reply);
        }
        let assistant = Bundle::read(&self.config.sources(), server::today())?.assistant;
        let detector = Detector::new(&assistant.council.own_contacts)?;
        let zone = assistant.council.time_zone.clone();
        let (archive, _store, books) =
            server::open_archive(self.config, assistant.register, zone).await?;
        let office = office::Office::new(
            Shelves::Archive(Box::new(archive)),
            books,
            self.config,
            Arc::new(SystemClock::new()),
            detector,
        );
        office.finish_erasures().await?;
        let actor = admin::user(rustix::process::getuid().as_raw());
        let reply = office.answer(&actor, request).await;
        office.checkpoint().await?;
        Ok(reply)
    }
}

/// Prints a reply for a person or for a machine; the exit code.
///
/// # Errors
/// If standard output cannot be written to.
pub fn print(reply: &Reply, json: bool) -> anyhow::Result<u8> {
    let mut out = std::io::stdout();
    if json {
        let shown = if reply.data.is_null() {
            serde_json::json!({ "ok": reply.ok, "text": reply.text.trim_end() })
        } else if reply.ok {
            reply.data.clone()
        } else {
            serde_json::json!({ "ok": false, "error": reply.text.trim_end(), "detail": reply.data })
        };
        writeln!(out, "{}", serde_json::to_string_pretty(&shown)?)?;
    } else {
        writeln!(out, "{}", reply.text.trim_end())?;
    }
    Ok(u8::from(!reply.ok))
}

/// Asks the person for `word` before `deed`; `--yes` answers for them.
///
/// # Errors
/// If they do not agree, or nobody is there to ask.
pub fn confirm(yes: bool, deed: &str, word: &str) -> anyhow::Result<()> {
    if yes {
        return Ok(());
    }
    let input = std::io::stdin();
    if !input.is_terminal() {
        anyhow::bail!(
            "nobody is here to ask: {deed}, and that cannot be taken back; add --yes to do it"
        );
    }
    let mut out = std::io::stdout();
    write!(
        out,
        "{deed}. This cannot be taken back. Type {word} to go on: "
    )?;
    out.flush()?;
    let mut line = String::new();
    input.lock().read_line(&mut line)?;
    if line.trim() == word {
        Ok(())
    } else {
        anyhow::bail!("nothing was done")
    }
}

/// Writes a file that only its owner may read, and that was not there.
///
/// # Errors
/// The system's.
pub fn write_private(path: &Path, text: &str) -> anyhow::Result<()> {
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .with_context(|| format!("writing {}", path.display()))?;
    file.write_all(text.as_bytes())?;
    Ok(file.sync_all()?)
}

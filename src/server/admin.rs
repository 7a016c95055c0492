//! What an operator may ask a running server: a Unix socket in the data folder, for those who may
//! enter that folder, one line of JSON each way.
//!
//! The store belongs to one process; this is how `cece transcripts` and `cece reload` work beside a
//! running server.

use super::reload::Reloader;
use crate::engine::Engine;
use crate::transcripts::archive::Archive;
use crate::transcripts::report;
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::Arc;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::task::JoinSet;

/// Longest request or reply, bytes.
const LINE_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// A request.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Request {
    /// The conversations that are kept.
    List {
        /// At most so many.
        limit: usize,
    },
    /// One conversation, by its reference code.
    Show {
        /// The reference code.
        reference: String,
    },
    /// Whether every record opens and every tag is right.
    Verify,
    /// Read the content anew.
    Reload,
}

/// A reply: text for the operator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// Whether it was done, and nothing was wrong.
    pub ok: bool,
    /// What to show.
    pub text: String,
}

/// Begins to listen; a server without the socket still serves, so a failure is only logged.
pub(super) fn listen(path: &Path) -> Option<UnixListener> {
    // The store's lock is held, so a socket that is there was left behind by a server that is gone.
    let _ = std::fs::remove_file(path);
    UnixListener::bind(path)
        .inspect_err(|error| {
            tracing::warn!(path = %path.display(), %error, "no admin socket: `cece transcripts` works only while the server is stopped");
        })
        .ok()
}

/// Answers until it is stopped, and those who are being answered with it.
pub(super) async fn serve(listener: UnixListener, engine: Arc<Engine>, reloads: Arc<Reloader>) {
    let mut asking = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => if let Ok((stream, _)) = accepted {
                asking.spawn(reply(stream, Arc::clone(&engine), Arc::clone(&reloads)));
            },
            Some(_) = asking.join_next() => {}
        }
    }
}

async fn reply(stream: UnixStream, engine: Arc<Engine>, reloads: Arc<Reloader>) {
    let (read, mut write) = stream.into_split();
    let mut line = String::new();
    let mut reader = BufReader::new(read.take(LINE_BYTES_MAX));
    if reader.read_line(&mut line).await.is_err() {
        return;
    }
    let reply = match serde_json::from_str(&line) {
        Ok(Request::Reload) => match reloads.reload().await {
            Ok(text) => Reply { ok: true, text },
            Err(text) => Reply { ok: false, text },
        },
        Ok(request) => answer(engine.archive(), &request).await,
        Err(_) => Reply {
            ok: false,
            text: "this server does not know that request".into(),
        },
    };
    if let Ok(mut line) = serde_json::to_string(&reply) {
        line.push('\n');
        // Whoever asked may have gone.
        let _ = write.write_all(line.as_bytes()).await;
    }
}

/// Answers a request about transcripts from `archive`.
pub async fn answer(archive: &Archive, request: &Request) -> Reply {
    let result = match request {
        Request::List { limit } => report::list(archive, *limit).await.map(|text| (true, text)),
        Request::Show { reference } => report::show(archive, reference).await,
        Request::Verify => report::verify(archive).await,
        Request::Reload => Ok((
            false,
            "no server is running: start it with `cece serve`".into(),
        )),
    };
    match result {
        Ok((ok, text)) => Reply { ok, text },
        Err(error) => Reply {
            ok: false,
            text: error.to_string(),
        },
    }
}

/// Asks the server that listens at `path`; none if none does.
///
/// # Errors
/// The system's, once a server has taken the call.
pub async fn ask(path: &Path, request: &Request) -> std::io::Result<Option<Reply>> {
    let Ok(stream) = UnixStream::connect(path).await else {
        return Ok(None);
    };
    let (read, mut write) = stream.into_split();
    let mut line = serde_json::to_string(request)?;
    line.push('\n');
    write.write_all(line.as_bytes()).await?;
    let mut reply = String::new();
    BufReader::new(read.take(LINE_BYTES_MAX))
        .read_line(&mut reply)
        .await?;
    Ok(Some(serde_json::from_str(&reply)?))
}

//! What an operator may ask a running server: a Unix socket in the data folder, for those who may
//! enter that folder, one line of JSON each way.
//!
//! The store belongs to one process; this is how the command line works beside a running server. Who asks
//! is told by the system, so that the audit log can name them.

use super::office::Office;
pub use super::office::{Reply, Request};
use super::reload::Reloader;
use std::path::Path;
use std::sync::Arc;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::task::JoinSet;

/// Longest request or reply, bytes.
const LINE_BYTES_MAX: u64 = 64 * 1024 * 1024;

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
pub(super) async fn serve(listener: UnixListener, office: Arc<Office>, reloads: Arc<Reloader>) {
    let mut asking = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => if let Ok((stream, _)) = accepted {
                asking.spawn(reply(stream, Arc::clone(&office), Arc::clone(&reloads)));
            },
            Some(_) = asking.join_next() => {}
        }
    }
}

async fn reply(stream: UnixStream, office: Arc<Office>, reloads: Arc<Reloader>) {
    let actor = stream.peer_cred().map_or_else(
        |_| "somebody on this machine".to_owned(),
        |peer| user(peer.uid()),
    );
    let (read, mut write) = stream.into_split();
    let mut line = String::new();
    let mut reader = BufReader::new(read.take(LINE_BYTES_MAX));
    if reader.read_line(&mut line).await.is_err() {
        return;
    }
    let reply = match serde_json::from_str(&line) {
        Ok(Request::Reload) => match reloads.reload().await {
            Ok(text) => Reply::done(text),
            Err(text) => Reply::refused(text),
        },
        Ok(request) => office.answer(&actor, request).await,
        Err(_) => Reply::refused("this server does not know that request"),
    };
    if let Ok(mut line) = serde_json::to_string(&reply) {
        line.push('\n');
        // Whoever asked may have gone.
        let _ = write.write_all(line.as_bytes()).await;
    }
}

/// A user of this machine, by name where it has one.
#[must_use]
pub fn user(uid: u32) -> String {
    let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let name = users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)?.parse() == Ok(uid)).then(|| name.to_owned())
    });
    name.map_or_else(
        || format!("user {uid}"),
        |name| format!("{name} (user {uid})"),
    )
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

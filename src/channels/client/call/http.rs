//! One POST over a plain connection: what a platform does for a turn, and a library would be a
//! dependency for.

use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Longest that an answer may take.
const ANSWER_MAX: Duration = Duration::from_secs(30);

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// The address is not one that can be rung.
    #[error("`{0}` is no http:// address: ring the server itself, not its proxy")]
    Address(String),
    /// The connection failed.
    #[error("{0}: {1}")]
    Io(String, std::io::Error),
    /// Nothing came in time.
    #[error("no answer within {} seconds", ANSWER_MAX.as_secs())]
    Late,
    /// What came is no HTTP.
    #[error("the answer is no HTTP")]
    Form,
}

/// Host and port of an `http://` address.
pub(super) fn authority(url: &str) -> Result<&str, HttpError> {
    let rest = url.strip_prefix("http://");
    rest.filter(|rest| !rest.contains('/') && !rest.is_empty())
        .ok_or_else(|| HttpError::Address(url.to_owned()))
}

/// Posts `body` to `path`; the status and the body that come back.
pub(super) async fn post(
    url: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Result<(u16, String), HttpError> {
    let host = authority(url)?;
    let failed = |cause| HttpError::Io(host.to_owned(), cause);
    let mut request = format!("POST {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
    for (name, value) in headers {
        request = format!("{request}{name}: {value}\r\n");
    }
    request = format!("{request}Content-Length: {}\r\n\r\n{body}", body.len());
    let exchange = async {
        let mut stream = TcpStream::connect(host).await.map_err(failed)?;
        stream.write_all(request.as_bytes()).await.map_err(failed)?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.map_err(failed)?;
        Ok(bytes)
    };
    let bytes = tokio::time::timeout(ANSWER_MAX, exchange)
        .await
        .map_err(|_| HttpError::Late)??;
    let text = String::from_utf8(bytes).map_err(|_| HttpError::Form)?;
    let (head, body) = text.split_once("\r\n\r\n").ok_or(HttpError::Form)?;
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    Ok((status.ok_or(HttpError::Form)?, body.to_owned()))
}

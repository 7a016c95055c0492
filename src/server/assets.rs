//! Files that ship in the binary: compressed once, with a hash by which a browser knows that it has
//! them already. What is made anew for a site is in `chat`.

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest as _, Sha256, Sha384};
use std::io::Write as _;

/// Media types.
pub(super) const JS: &str = "text/javascript; charset=utf-8";
pub(super) const CSS: &str = "text/css; charset=utf-8";
pub(super) const HTML: &str = "text/html; charset=utf-8";

/// A file as it is sent.
pub(super) struct Asset {
    kind: &'static str,
    plain: Bytes,
    gzip: Bytes,
    tag: HeaderValue,
}

impl Asset {
    /// Compresses `bytes` of media type `kind`.
    pub(super) fn new(kind: &'static str, bytes: impl Into<Bytes>) -> Self {
        let plain = bytes.into();
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        // Writing into memory does not fail; were it to, an empty file would be seen by every test.
        let _ = encoder.write_all(&plain);
        let gzip = encoder.finish().unwrap_or_default().into();
        let tag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(Sha256::digest(&plain)));
        Self {
            kind,
            plain,
            gzip,
            tag: HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("\"\"")),
        }
    }

    /// The answer to a request with these headers: the file, or that it has not changed.
    pub(super) fn answer(&self, request: &HeaderMap) -> Response {
        let says = |name: header::HeaderName, part: &str| {
            let value = request.get(name).and_then(|value| value.to_str().ok());
            value.is_some_and(|value| {
                let mut parts = value
                    .split(',')
                    .map(|one| one.trim().trim_start_matches("W/"));
                parts.any(|one| one.starts_with(part))
            })
        };
        let known = self.tag.to_str().unwrap_or_default();
        let mut response = if says(header::IF_NONE_MATCH, known) {
            StatusCode::NOT_MODIFIED.into_response()
        } else if says(header::ACCEPT_ENCODING, "gzip") {
            ([(header::CONTENT_ENCODING, "gzip")], self.gzip.clone()).into_response()
        } else {
            self.plain.clone().into_response()
        };
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.kind));
        headers.insert(header::ETAG, self.tag.clone());
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        // Asked for each time, and answered with "not changed": an update is there at once.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        response
    }

    #[cfg(test)]
    pub(super) fn gzip_bytes(&self) -> usize {
        self.gzip.len()
    }

    #[cfg(test)]
    pub(super) fn plain_text(&self) -> String {
        String::from_utf8(self.plain.to_vec()).unwrap()
    }
}

/// A script without the lines that only comment and without indents, which are a tenth of what is sent. Every other line
/// keeps its number. A template literal over several lines would lose its indents: those that are sent have none.
pub(super) fn lean(script: &str) -> String {
    let mut lean = String::with_capacity(script.len());
    let mut in_comment = false;
    for line in script.lines() {
        let line = line.trim();
        let opens = !in_comment && line.starts_with("/*");
        let is_comment = in_comment || line.starts_with("//") || opens;
        in_comment = (in_comment || opens) && !line.ends_with("*/");
        if !is_comment {
            lean.push_str(line);
        }
        lean.push('\n');
    }
    lean
}

/// What a page writes into `integrity`, so that no other script is run in its place.
#[must_use]
pub(super) fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_sent_without_its_comments_and_indents() {
        let script = "// Why.\n/** A\n * block. */\nexport const a = () => {\n  /* one */\n  return 1; // as is\n};\n";
        let wanted = "\n\n\nexport const a = () => {\n\nreturn 1; // as is\n};\n";
        assert_eq!(lean(script), wanted);
    }
}

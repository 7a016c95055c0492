//! Whether a request is a platform's: the address that it signed, its signature, and that it is not an
//! old one again.

use super::Phone;
use crate::channels::signature;
use axum::http::{HeaderMap, Uri};
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// How long a platform sends the same request again; later, somebody else does.
const RETRY: Duration = Duration::from_secs(30);
/// Signatures that are remembered; beyond it, those of calls that are over for sure are forgotten.
const SEEN_MAX: usize = 50_000;
/// Longer than any call.
const CALL_MAX: Duration = Duration::from_secs(4 * 60 * 60);

/// Signatures by their digest, with when they came first.
#[derive(Default)]
pub(super) struct Seen(Mutex<HashMap<[u8; 32], Duration>>);

impl Seen {
    /// Whether a signature is new, or its request is one that the platform is sending again.
    fn is_fresh(&self, signature: &str, now: Duration) -> bool {
        let digest: [u8; 32] = Sha256::digest(signature).into();
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= SEEN_MAX {
            seen.retain(|_, first| now.saturating_sub(*first) < CALL_MAX);
        }
        let first = *seen.entry(digest).or_insert(now);
        now.saturating_sub(first) <= RETRY
    }
}

/// A form as it came, in its order.
pub(super) type Form = Vec<(String, String)>;

/// The pairs of a form.
pub(super) fn form(body: &[u8]) -> Form {
    let pairs = form_urlencoded::parse(body);
    pairs
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect()
}

/// The value of a field that came.
pub(super) fn field<'f>(form: &'f [(String, String)], name: &str) -> Option<&'f str> {
    let mut pairs = form.iter();
    pairs
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.as_str())
}

impl Phone {
    /// The address of this request as the platform knows it, with another scheme for a WebSocket.
    pub(super) fn url(&self, headers: &HeaderMap, uri: &Uri, web_socket: bool) -> String {
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        let base = self.base(headers);
        let base = match base.strip_prefix("http") {
            Some(rest) if web_socket => format!("ws{rest}"),
            _ => base,
        };
        format!("{base}{path}")
    }

    /// Scheme and host under which this server is reached.
    pub(super) fn base(&self, headers: &HeaderMap) -> String {
        let set = self.settings.public_url.trim_end_matches('/');
        if !set.is_empty() {
            return set.to_owned();
        }
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let secure = self.gate.behind_proxy && text("x-forwarded-proto") == Some("https");
        let scheme = if secure { "https" } else { "http" };
        format!("{scheme}://{}", text("host").unwrap_or_default())
    }

    /// Whether a request with a form is Twilio's or Telnyx's, and not an old one.
    pub(super) fn is_platforms(
        &self,
        headers: &HeaderMap,
        uri: &Uri,
        body: &[u8],
        form: &[(String, String)],
    ) -> bool {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let engine = &self.gate.engine;
        if let Some(given) = text("x-twilio-signature") {
            let url = self.url(headers, uri, false);
            let token = self.settings.twilio_token.reveal();
            let is_json = text("content-type").is_some_and(|kind| kind.contains("json"));
            let fits = if is_json {
                signature::is_twilios_body(token, &url, body, given)
            } else {
                signature::is_twilios(token, &url, form, given)
            };
            return fits && self.seen.is_fresh(given, engine.clock().elapsed());
        }
        let (given, time) = (text("telnyx-signature-ed25519"), text("telnyx-timestamp"));
        let (Some(given), Some(time)) = (given, time) else {
            return false;
        };
        let now = engine.clock().now().as_second();
        signature::is_telnyxs(&self.settings.telnyx_key, time, body, given, now)
            && self.seen.is_fresh(given, engine.clock().elapsed())
    }

    /// Whether a WebSocket is a platform's: by a ticket that it was given, and by Twilio's signature
    /// where Twilio connects.
    pub(super) fn is_platforms_socket(&self, headers: &HeaderMap, uri: &Uri) -> bool {
        let query = uri.query().unwrap_or_default();
        let query = form(query.as_bytes());
        let ticket = field(&query, "ticket");
        let has_ticket = ticket.is_some_and(|text| self.tickets.redeem(&self.gate.engine, text));
        let given = headers
            .get("x-twilio-signature")
            .and_then(|value| value.to_str().ok());
        match given {
            Some(given) => {
                let url = self.url(headers, uri, true);
                signature::is_twilios(self.settings.twilio_token.reveal(), &url, &[], given)
                    && (ticket.is_none() || has_ticket)
            }
            // Telnyx signs the request that the ticket was given for, and not this one.
            None => has_ticket && !self.settings.telnyx_key.is_empty(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_good_while_a_platform_would_repeat_it() {
        let seen = Seen::default();
        assert!(seen.is_fresh("a", Duration::from_secs(100)));
        assert!(seen.is_fresh("a", Duration::from_secs(130)));
        assert!(!seen.is_fresh("a", Duration::from_secs(131)));
        assert!(seen.is_fresh("b", Duration::from_secs(131)));
    }
}

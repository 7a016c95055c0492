//! Who may come in: origins, and how much at once, by address and by conversation.
//!
//! It knows no protocol; a channel words the refusal.

use crate::engine::Engine;
use crate::engine::limits::TokenBucket;
use crate::transcripts::record::{ConversationId, TechnicalRecord};
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, header};
use std::collections::HashMap;
use std::hash::Hash;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::watch;

/// Most buckets of a kind that are remembered; beyond it, full ones are forgotten.
const BUCKETS_MAX: usize = 50_000;

/// What every connection and request shares.
pub struct Gate {
    /// The engine.
    pub engine: Arc<Engine>,
    /// Origins of the sites that may embed the chat, besides the server's own.
    pub origins: Vec<String>,
    /// Whether `X-Forwarded-For` is set by a proxy of ours.
    pub behind_proxy: bool,
    /// Becomes true when the server is going away.
    pub drain: watch::Receiver<bool>,
    addresses: Buckets<IpAddr>,
    conversations: Buckets<ConversationId>,
}

impl Gate {
    /// A gate that nobody has come through yet.
    #[must_use]
    pub fn new(
        engine: Arc<Engine>,
        origins: Vec<String>,
        behind_proxy: bool,
        drain: watch::Receiver<bool>,
    ) -> Self {
        Self {
            engine,
            origins,
            behind_proxy,
            drain,
            addresses: Buckets::default(),
            conversations: Buckets::default(),
        }
    }

    /// The address of the client; the last hop's word where a proxy of ours stands before us.
    pub(super) fn address(&self, peer: SocketAddr, headers: &HeaderMap) -> IpAddr {
        let forwarded = || {
            let hops = headers.get("x-forwarded-for")?.to_str().ok()?;
            hops.rsplit(',').next()?.trim().parse().ok()
        };
        self.behind_proxy
            .then(forwarded)
            .flatten()
            .unwrap_or(peer.ip())
    }

    /// Whether a page of `origin` may connect: the server's own, or a configured site.
    /// Programs that are no browser send no origin.
    pub(super) fn allows(&self, headers: &HeaderMap) -> bool {
        let Some(origin) = headers.get(header::ORIGIN) else {
            return true;
        };
        let Ok(origin) = origin.to_str() else {
            return false;
        };
        let host = headers
            .get(header::HOST)
            .and_then(|host| host.to_str().ok());
        let own = origin.split_once("://").map(|(_, authority)| authority);
        (own.is_some() && own == host) || self.origins.iter().any(|site| site == origin)
    }

    /// The whole body of a request; where it is longer than `frame_bytes_max`, words that say so.
    pub(super) async fn read(&self, body: Body) -> Result<Bytes, String> {
        let limit = self.engine.limits().frame_bytes_max;
        let whole = axum::body::to_bytes(body, limit).await;
        whole.map_err(|_| format!("at most {limit} bytes (frame_bytes_max) are taken at once"))
    }

    /// Takes a connection from the address's bucket, or says how long to wait, milliseconds.
    pub(super) fn admit(&self, address: IpAddr) -> Result<(), u64> {
        let limits = self.engine.limits();
        let (burst, per_second) = (limits.connections_burst, limits.connections_per_second);
        self.addresses.take(address, burst, per_second, self.now())
    }

    /// Takes a turn from the conversation's bucket, or says how long to wait, milliseconds: for
    /// channels without a connection that could hold one.
    pub(super) fn admit_turn(&self, conversation: ConversationId) -> Result<(), u64> {
        let limits = self.engine.limits();
        let (burst, per_second) = (limits.turns_burst, limits.turns_per_second);
        self.conversations
            .take(conversation, burst, per_second, self.now())
    }

    /// What is recorded of a client.
    pub(super) fn technical(&self, peer: SocketAddr, headers: &HeaderMap) -> TechnicalRecord {
        TechnicalRecord {
            address: Some(self.address(peer, headers).to_string()),
            user_agent: cut(headers, &header::USER_AGENT, 256),
            languages: cut(headers, &header::ACCEPT_LANGUAGE, 64),
            ..TechnicalRecord::default()
        }
    }

    fn now(&self) -> f64 {
        self.engine.clock().elapsed().as_secs_f64()
    }
}

/// A header as text, at most `bytes` of it.
fn cut(headers: &HeaderMap, name: &header::HeaderName, bytes: usize) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?;
    Some(value.get(..bytes).unwrap_or(value).to_owned())
}

/// Buckets by key, in a bounded map.
struct Buckets<Key>(Mutex<HashMap<Key, TokenBucket>>);

impl<Key> Default for Buckets<Key> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<Key: Eq + Hash> Buckets<Key> {
    fn take(&self, key: Key, burst: f64, per_second: f64, now: f64) -> Result<(), u64> {
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= BUCKETS_MAX {
            buckets.retain(|_, bucket| !bucket.is_full(burst, per_second, now));
        }
        buckets
            .entry(key)
            .or_insert_with(|| TokenBucket::full(burst, now))
            .take(burst, per_second, now)
    }
}

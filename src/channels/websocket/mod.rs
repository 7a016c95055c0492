//! The native WebSocket, `GET /ws`: who may connect, and how a connection begins.
//!
//! What is sent is in [`frames`], how a connection begins in `hello`, its life in `connection`.

pub mod frames;

mod connection;
mod emit;
mod hello;
mod wire;

use crate::engine::Engine;
use crate::engine::limits::TokenBucket;
use crate::transcripts::record::TechnicalRecord;
use axum::extract::ws::{WebSocket, WebSocketUpgrade};
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use connection::Connection;
use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::watch;

/// Bytes that a connection reads at once. The library's default of 128 KiB is what an idle
/// connection would hold; messages are a few hundred bytes.
pub const READ_BUFFER_BYTES: usize = 2 * 1024;

/// Bytes that may wait to be sent to one connection, and at which the waiting begins.
pub const WRITE_BUFFER_BYTES: usize = 64 * 1024;
const WRITE_BUFFER_BYTES_MAX: usize = 1024 * 1024;

/// Most addresses whose buckets are remembered; beyond it, full buckets are forgotten.
const ADDRESSES_MAX: usize = 50_000;

/// What every connection shares.
pub struct Gate {
    /// The engine.
    pub engine: Arc<Engine>,
    /// Origins of the sites that may embed the chat, besides the server's own.
    pub origins: Vec<String>,
    /// Whether `X-Forwarded-For` is set by a proxy of ours.
    pub behind_proxy: bool,
    /// Becomes true when the server is going away.
    pub drain: watch::Receiver<bool>,
    addresses: Mutex<HashMap<IpAddr, TokenBucket>>,
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
            addresses: Mutex::default(),
        }
    }

    /// The address of the client; the last hop's word where a proxy of ours stands before us.
    fn address(&self, peer: SocketAddr, headers: &HeaderMap) -> IpAddr {
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
    fn allows(&self, headers: &HeaderMap) -> bool {
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

    /// Takes a connection from the address's bucket, or says how long to wait, milliseconds.
    fn admit(&self, address: IpAddr) -> Result<(), u64> {
        let limits = self.engine.limits();
        let (burst, per_second) = (limits.connections_burst, limits.connections_per_second);
        let now = self.engine.clock().elapsed().as_secs_f64();
        let mut addresses = self
            .addresses
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if addresses.len() >= ADDRESSES_MAX {
            addresses.retain(|_, bucket| !bucket.is_full(burst, per_second, now));
        }
        addresses
            .entry(address)
            .or_insert_with(|| TokenBucket::full(burst, now))
            .take(burst, per_second, now)
    }
}

/// `GET /ws`.
pub async fn upgrade(
    State(gate): State<Arc<Gate>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    socket: WebSocketUpgrade,
) -> Response {
    if !gate.allows(&headers) {
        gate.engine.meters().refused("origin");
        let words = "this site is not among the configured origins (cece.toml, origins)\n";
        return (StatusCode::FORBIDDEN, words).into_response();
    }
    if *gate.drain.borrow() {
        return (StatusCode::SERVICE_UNAVAILABLE, "going away, come back\n").into_response();
    }
    let address = gate.address(peer, &headers);
    if let Err(wait_ms) = gate.admit(address) {
        gate.engine.meters().refused("connections");
        let seconds = wait_ms.div_ceil(1000).to_string();
        let words = "too many connections from this address, try again later\n";
        return (
            StatusCode::TOO_MANY_REQUESTS,
            [(header::RETRY_AFTER, seconds)],
            words,
        )
            .into_response();
    }
    let technical = TechnicalRecord {
        address: Some(address.to_string()),
        user_agent: cut(&headers, &header::USER_AGENT, 256),
        languages: cut(&headers, &header::ACCEPT_LANGUAGE, 64),
    };
    let frame_bytes_max = gate.engine.limits().frame_bytes_max;
    socket
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(WRITE_BUFFER_BYTES)
        .max_write_buffer_size(WRITE_BUFFER_BYTES_MAX)
        .max_message_size(frame_bytes_max)
        .max_frame_size(frame_bytes_max)
        .on_upgrade(move |socket: WebSocket| Box::pin(Connection::run(socket, gate, technical)))
}

/// A header as text, at most `bytes` of it.
fn cut(headers: &HeaderMap, name: &header::HeaderName, bytes: usize) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?;
    Some(value.get(..bytes).unwrap_or(value).to_owned())
}

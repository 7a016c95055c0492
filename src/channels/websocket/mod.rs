//! The native WebSocket, `GET /ws`: who may connect, and how a connection begins.
//!
//! What is sent is in [`super::frames`], how a connection begins in `hello`, its life in `connection`.

mod connection;
mod hello;
mod wire;

pub use super::frames;

use super::{Gate, emit, welcome};
use axum::extract::ws::{WebSocket, WebSocketUpgrade};
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use connection::Connection;
use std::net::SocketAddr;
use std::sync::Arc;

/// Bytes that a connection reads at once. The library's default of 128 KiB is what an idle
/// connection would hold; messages are a few hundred bytes.
pub const READ_BUFFER_BYTES: usize = 2 * 1024;

/// Bytes that may wait to be sent to one connection, and at which the waiting begins.
pub const WRITE_BUFFER_BYTES: usize = 64 * 1024;
const WRITE_BUFFER_BYTES_MAX: usize = 1024 * 1024;

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
    let technical = gate.technical(peer, &headers);
    let frame_bytes_max = gate.engine.limits().frame_bytes_max;
    socket
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(WRITE_BUFFER_BYTES)
        .max_write_buffer_size(WRITE_BUFFER_BYTES_MAX)
        .max_message_size(frame_bytes_max)
        .max_frame_size(frame_bytes_max)
        .on_upgrade(move |socket: WebSocket| Box::pin(Connection::run(socket, gate, technical)))
}

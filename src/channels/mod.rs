//! Translators: each turns a protocol's messages into one [`crate::engine::TurnIn`] and one
//! [`crate::engine::TurnOut`] back. None decides anything about a dialogue, and none knows another.

pub mod client;
pub mod websocket;

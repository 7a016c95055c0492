//! Translators: each turns a protocol's messages into one [`crate::engine::TurnIn`] and one
//! [`crate::engine::TurnOut`] back. None decides anything about a dialogue, and none knows another.
//!
//! What they share stands beside them (docs/decisions/0010): [`frames`], the native protocol that a
//! WebSocket or requests carry, with `emit`, which puts a recorded turn into them; the [`signature`]s of
//! telephony platforms; and the [`Gate`] that everybody comes through.

pub mod client;
pub mod direct_line;
pub mod frames;
pub mod phone;
pub mod rest;
pub mod signature;
pub mod websocket;

mod emit;
mod gate;
mod secret;
mod welcome;

pub use gate::Gate;
pub use secret::Secret;

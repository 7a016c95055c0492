//! (being built)

pub mod chat;

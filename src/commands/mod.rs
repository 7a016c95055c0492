//! The subcommands, one file each.

pub mod chat;
pub mod check;

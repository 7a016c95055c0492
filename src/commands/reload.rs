//! `cece reload`: asks a running server to read its content anew.

use crate::server::admin::{self, Request};
use crate::server::config::Config;
use std::io::Write as _;

/// Asks, and says what came of it.
///
/// # Errors
/// If no server runs, or it cannot be asked.
pub async fn run(config: &Config) -> anyhow::Result<u8> {
    let socket = config.admin_socket();
    let Some(reply) = admin::ask(&socket, &Request::Reload).await? else {
        anyhow::bail!(
            "no server listens at {}: start it with `cece serve`",
            socket.display()
        );
    };
    writeln!(std::io::stdout(), "{}", reply.text)?;
    Ok(u8::from(!reply.ok))
}

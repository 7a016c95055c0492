//! Learning a content in a process of its own.
//!
//! To learn takes several times the memory that is held afterwards, and an allocator gives it back late and in
//! part: a process gives back all of it. It keeps what it learnt as a file, which the server takes in.

use crate::engine::Bundle;
use std::ffi::OsString;
use std::io::Read as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A program that learns the content and keeps what it learnt, and ends when its standard input does: so it does not
/// outlive whoever started it, however that ends.
#[derive(Debug, Clone)]
pub struct Learner {
    /// The file to run.
    pub program: PathBuf,
    /// What it is told.
    pub arguments: Vec<OsString>,
}

impl Learner {
    /// Runs it until it ends.
    ///
    /// # Errors
    /// What it says where it fails, or the system's words.
    fn run(&self) -> Result<(), String> {
        let system = |error: std::io::Error| format!("{}: {error}", self.program.display());
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(system)?;
        // Held until it has ended: waiting for it would close it.
        let held = child.stdin.take();
        let mut says = String::new();
        if let Some(mut stderr) = child.stderr.take() {
            let _ = stderr.read_to_string(&mut says);
        }
        let ended = child.wait().map_err(system)?;
        drop(held);
        if ended.success() {
            Ok(())
        } else {
            Err(format!("{ended}: {}", says.trim()))
        }
    }
}

/// Has the content learnt elsewhere; whether the bundle has it now. Where it has not, the log says why.
pub(super) fn learn_apart(bundle: &Bundle, learner: Option<&Learner>) -> bool {
    let Some(learner) = learner else {
        return false;
    };
    let error = match learner.run() {
        Ok(()) if bundle.take_learnt() => return true,
        Ok(()) => "what it learnt is of another content or of another version".to_owned(),
        Err(error) => error,
    };
    tracing::warn!(%error, "nothing was learnt in a process of its own: learning here, with more memory");
    false
}

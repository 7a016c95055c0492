//! `cece check`: every fault of the content and of the register, with its place and its mend.

use crate::engine::{Bundle, BundleError, Sources};
use crate::server;
use crate::server::config::Config;
use anyhow::Result;
use jiff::civil::Date;
use std::io::Write;

/// Checks the content as of today and prints what there is to say; the exit code is 1 for faults.
///
/// # Errors
/// If standard output cannot be written to, or the check itself cannot run.
pub fn run(config: &Config) -> Result<u8> {
    let good = check(&config.sources(), server::today(), &mut std::io::stdout())?;
    Ok(u8::from(!good))
}

/// Writes every fault to `out`, one a line, then a line that says how it came out; whether the
/// content can be used.
///
/// # Errors
/// If `out` cannot be written to, or the check itself cannot run.
pub fn check(sources: &Sources, today: Date, out: &mut dyn Write) -> Result<bool> {
    match Bundle::read(sources, today) {
        Ok(loaded) => {
            for warning in &loaded.warnings {
                writeln!(out, "{warning}")?;
            }
            let assistant = &loaded.assistant;
            writeln!(
                out,
                "version {}: {} intents in {} departments, {} record classes; no errors, {} warnings",
                assistant.version,
                assistant.intents.len(),
                assistant.departments.len(),
                assistant.register.rows.len(),
                loaded.warnings.len()
            )?;
            Ok(true)
        }
        Err(BundleError::Faults(faults)) => {
            let errors = faults.errors().count();
            writeln!(
                out,
                "{faults}\n{errors} errors and {} warnings: the content is not used until the errors are mended",
                faults.0.len() - errors
            )?;
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}

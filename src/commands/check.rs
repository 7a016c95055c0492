//! `cece check`: every fault of the content and of the register, with its place and its mend.
//!
//! It changes nothing, and it asks no clock: the day comes from the caller.

use crate::content::{self, Faults, Loaded, Scan};
use crate::transcripts::retention::Register;
use anyhow::{Context, Result, bail};
use jiff::civil::Date;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// Checks the content folder `intents` and the register in the file `retention` as of `today`, and
/// writes every fault to `out`, one a line, then one line that says how it came out.
///
/// `scan` finds personal data in examples.
///
/// # Errors
///
/// Where a fault is an error, after all of them have been written; where `retention` cannot be read;
/// where `out` cannot be written to.
pub fn run(
    intents: &Path,
    retention: &Path,
    today: Date,
    scan: &Scan<'_>,
    out: &mut dyn Write,
) -> Result<()> {
    let text = std::fs::read_to_string(retention)
        .with_context(|| format!("the register at {} cannot be read", retention.display()))?;
    let register = match Register::parse(&text, retention) {
        Ok(register) => Arc::new(register),
        Err(faults) => return refuse(&faults, out),
    };
    match content::load(intents, register, today, scan) {
        Ok(loaded) => accept(&loaded, out),
        Err(faults) => refuse(&faults, out),
    }
}

fn accept(loaded: &Loaded, out: &mut dyn Write) -> Result<()> {
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
    Ok(())
}

fn refuse(faults: &Faults, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "{faults}")?;
    let errors = faults.errors().count();
    bail!(
        "{errors} errors and {} warnings: the content is not used until the errors are mended",
        faults.0.len() - errors
    );
}

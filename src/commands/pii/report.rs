//! The scores of `cece pii eval` as a table.

use crate::pii::{KindSet, Score, Tally};
use std::io::Write;

/// Writes a row for each kind that occurs, the sum, and the shares over messages.
pub(super) fn write(out: &mut dyn Write, score: &Score, kinds: KindSet) -> anyhow::Result<()> {
    writeln!(
        out,
        "{:<20}{:>7} {:^27} {:^27} {:>6}",
        "", "labels", "strict", "overlap", "leak"
    )?;
    let columns = || format!("{:>6} {:>6} {:>6} {:>6}", "P", "R", "F1", "F2");
    writeln!(out, "{:<27} {} {}", "kind", columns(), columns())?;
    for kind in kinds.iter() {
        let at = kind as usize;
        let (strict, overlap) = (score.strict[at], score.overlap[at]);
        if strict.labels + strict.findings > 0 {
            row(
                out,
                kind.name(),
                strict,
                overlap,
                leak(score.leaks[at], strict.labels),
            )?;
        }
    }
    let (strict, overlap) = score.total();
    row(out, "all", strict, overlap, score.leak())?;
    let (personal, found) = score.personal;
    let (harmless, alarms) = score.harmless;
    writeln!(
        out,
        "message recall  {:.3} ({found} of {personal} with something personal)\n\
         false alarm     {:.3} ({alarms} of {harmless} with nothing personal)",
        score.message_recall(),
        score.false_alarm()
    )?;
    Ok(())
}

/// Counts here are far below 2^52.
#[allow(clippy::cast_precision_loss)]
fn leak(leaks: usize, labels: usize) -> f64 {
    leaks as f64 / labels.max(1) as f64
}

fn row(
    out: &mut dyn Write,
    name: &str,
    strict: Tally,
    overlap: Tally,
    leak: f64,
) -> anyhow::Result<()> {
    let four = |tally: Tally| {
        format!(
            "{:>6.3} {:>6.3} {:>6.3} {:>6.3}",
            tally.precision(),
            tally.recall(),
            tally.f(1.0),
            tally.f(2.0)
        )
    };
    writeln!(
        out,
        "{name:<20}{:>7} {} {} {leak:>6.3}",
        strict.labels,
        four(strict),
        four(overlap)
    )?;
    Ok(())
}

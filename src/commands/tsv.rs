//! Labelled messages: a line a message, a tab, an intent. Every fault with its file and line.

use crate::nlu::IntentName;
use anyhow::{Context as _, Result, bail};
use std::path::Path;

/// A line of a file.
#[derive(Debug)]
pub(super) struct Line {
    /// Its number, from 1.
    pub(super) number: usize,
    /// The message.
    pub(super) text: String,
    /// The intent; none in a file of messages that are out of scope.
    pub(super) intent: Option<IntentName>,
}

/// Reads messages with their intents; empty lines are left out.
///
/// # Errors
/// A file that cannot be read or holds nothing, or a line without a message or an intent.
pub(super) fn read(path: &Path) -> Result<Vec<Line>> {
    lines(path, |number, line| {
        let Some((text, intent)) = line.split_once('\t') else {
            bail!(
                "{}:{number}: no tab; write the message, a tab, and its intent",
                path.display()
            );
        };
        let intent = intent.trim();
        if text.trim().is_empty() || intent.is_empty() || intent.contains('\t') {
            bail!(
                "{}:{number}: write a message, one tab, and one intent",
                path.display()
            );
        }
        Ok(Line {
            number,
            text: text.to_owned(),
            intent: Some(IntentName::new(intent)),
        })
    })
}

/// Reads messages only; what stands after a tab is left out.
///
/// # Errors
/// A file that cannot be read or holds nothing.
pub(super) fn read_messages(path: &Path) -> Result<Vec<Line>> {
    lines(path, |number, line| {
        Ok(Line {
            number,
            text: line.split('\t').next().unwrap_or(line).to_owned(),
            intent: None,
        })
    })
}

fn lines(path: &Path, read: impl Fn(usize, &str) -> Result<Line>) -> Result<Vec<Line>> {
    let bytes = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    let Ok(text) = std::str::from_utf8(&bytes) else {
        let good = bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
        let number = good.matches('\n').count() + 1;
        bail!(
            "{}:{number}: not UTF-8; save the file as UTF-8",
            path.display()
        );
    };
    let numbered = (1..).zip(text.trim_start_matches('\u{feff}').lines());
    let lines: Vec<Line> = numbered
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(number, line)| read(number, line))
        .collect::<Result<_>>()?;
    if lines.is_empty() {
        bail!("{}: no messages in it", path.display());
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_has_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.tsv");
        for (bytes, fault) in [
            (&b"a bin\twaste/bin\n\nno tab here\n"[..], "a.tsv:3: no tab"),
            (
                b"a bin\twaste/bin\na\tb\tc\n",
                "a.tsv:2: write a message, one tab",
            ),
            (b"\twaste/bin\n", "a.tsv:1: write a message"),
            (b"a\tb\n\xff\tc\n", "a.tsv:2: not UTF-8"),
            (b"\n\n", "a.tsv: no messages"),
        ] {
            std::fs::write(&path, bytes).unwrap();
            let said = read(&path).unwrap_err().to_string();
            assert!(said.contains(fault), "{said}");
        }
        std::fs::write(&path, "\u{feff}a bin\twaste/bin\r\n").unwrap();
        let lines = read(&path).unwrap();
        assert_eq!(lines[0].text, "a bin");
        assert_eq!(lines[0].intent, Some(IntentName::new("waste/bin")));
    }
}

//! What commands need of a terminal: ink where somebody looks, questions where somebody can answer,
//! and a line that moves while something takes its time.

use anyhow::{Context as _, Result, bail};
use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

/// How a piece of text is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Plain,
    Name,
    Quiet,
    Warning,
    Good,
    Bad,
}

impl Ink {
    fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Name => "1;36",
            Self::Quiet => "2",
            Self::Warning => "1;33",
            Self::Good => "32",
            Self::Bad => "31",
        }
    }
}

/// Writes in colours, or not.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pen {
    colours: bool,
}

impl Pen {
    /// With colours where standard output is a terminal and nobody has refused them (`NO_COLOR`).
    pub(super) fn for_output() -> Self {
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self {
            colours: !refused && io::stdout().is_terminal(),
        }
    }

    /// Without colours.
    pub(super) fn plain() -> Self {
        Self { colours: false }
    }

    /// The text in an ink.
    pub(super) fn ink(self, ink: Ink, text: &str) -> String {
        let code = ink.code();
        if self.colours && !code.is_empty() {
            format!("\x1b[{code}m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }
}

/// Whether somebody sits at the keyboard.
pub(super) fn somebody_is_here() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Asks, where somebody is there to be asked, and gives the next line; none at the end of the input.
///
/// # Errors
/// The terminal's.
pub(super) fn ask(question: &str) -> Result<Option<String>> {
    if io::stdin().is_terminal() {
        let mut out = io::stdout();
        write!(out, "{question} ")?;
        out.flush()?;
    }
    let mut line = String::new();
    let read = io::stdin()
        .lock()
        .read_line(&mut line)
        .context("reading what is typed")?;
    Ok((read > 0).then(|| line.trim().to_owned()))
}

/// Whether the person agrees; `yes` answers for them.
///
/// # Errors
/// If nobody is here to ask.
pub(super) fn agreed(yes: bool, question: &str) -> Result<bool> {
    if yes {
        return Ok(true);
    }
    if !somebody_is_here() {
        bail!(
            "nobody is here to answer \"{question}\"; add --yes to do it, --dry-run to only look"
        );
    }
    let answer = ask(&format!("{question} [y/N]"))?.unwrap_or_default();
    Ok(matches!(answer.to_lowercase().as_str(), "y" | "yes"))
}

/// A line on standard error that says how far something is; nothing where nobody looks.
#[derive(Debug)]
pub(super) struct Progress {
    what: &'static str,
    shown: bool,
}

impl Progress {
    /// Begins one.
    pub(super) fn of(what: &'static str) -> Self {
        Self {
            what,
            shown: io::stderr().is_terminal(),
        }
    }

    /// Shows that `done` of `all` are done.
    pub(super) fn at(&self, done: usize, all: usize) {
        if self.shown {
            const WIDTH: usize = 30;
            let full = (done * WIDTH).checked_div(all).unwrap_or(WIDTH).min(WIDTH);
            let (full, empty) = ("#".repeat(full), ".".repeat(WIDTH - full));
            // Nobody may be looking any more; what is done goes on.
            let _ = write!(io::stderr(), "\r{} [{full}{empty}] {done}/{all}", self.what);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

/// So many of something: "1 file", "2 files".
pub(super) fn counted(count: usize, what: &str) -> String {
    let more = if count == 1 { "" } else { "s" };
    format!("{count} {what}{more}")
}

/// Without control characters: what somebody typed elsewhere must not steer this terminal.
pub(super) fn printable(text: &str) -> String {
    text.chars()
        .filter(|c| *c == '\n' || !c.is_control())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(printable("a\x1b[2Jb\u{9b}c\r\nd\x07"), "a[2Jbc\nd");
    }
}

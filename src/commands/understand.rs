//! `cece understand --jsonl`: a line in, a line out, for programs that test or compare.
//!
//! Each message is screened as in a conversation, understood, and forgotten.

use crate::engine::Bundle;
use crate::nlu::{Understanding, Verdict};
use crate::server;
use crate::server::config::Config;
use anyhow::{Context as _, Result};
use clap::Args;
use serde::{Deserialize, Serialize};
use std::io::{BufRead, Write};

/// What `understand` takes.
#[derive(Debug, Args)]
pub struct UnderstandArgs {
    /// Read one JSON object a line, `{"text": "..."}`, and write one a line
    #[arg(long, required = true)]
    jsonl: bool,
}

/// A line in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    text: String,
}

/// A line out.
#[derive(Serialize)]
struct Answered<'a> {
    /// The likeliest intent.
    intent: Option<&'a str>,
    /// Whose it is.
    department: Option<&'a str>,
    /// The share of messages scored like this in which it is right, 0 to 1.
    confidence: f32,
    /// The danger intent whose answer goes before all else.
    danger: Option<&'a str>,
    /// Whether nothing that the content knows can be relied on.
    out_of_scope: bool,
    /// Further needs in the same message.
    also: Vec<&'a str>,
}

/// Understands every line of standard input.
///
/// # Errors
/// The content's faults, or a line that is no such object, by its number.
pub fn run(config: &Config, _args: &UnderstandArgs) -> Result<u8> {
    let (bundle, _) = Bundle::load(&config.sources(), server::today())?;
    bundle.finish();
    let mut out = std::io::stdout().lock();
    answer(&bundle, std::io::stdin().lock(), &mut out)?;
    Ok(0)
}

/// Answers every line of `asked`, empty ones left out.
///
/// # Errors
/// A line that is no such object, by its number; nothing of what it says is repeated.
pub fn answer(bundle: &Bundle, asked: impl BufRead, out: &mut dyn Write) -> Result<()> {
    for (number, line) in (1..).zip(asked.lines()) {
        let line = line.with_context(|| format!("reading line {number}"))?;
        if line.trim().is_empty() {
            continue;
        }
        let Ok(Asked { text }) = serde_json::from_str(&line) else {
            anyhow::bail!(
                "line {number} is not an object like {{\"text\": \"my bin was missed\"}}"
            );
        };
        let understanding = bundle.understand_text(text);
        serde_json::to_writer(&mut *out, &answered(&understanding))?;
        out.write_all(b"\n")?;
        out.flush()?;
    }
    Ok(())
}

fn answered(understanding: &Understanding) -> Answered<'_> {
    let first = understanding.ranked.first();
    Answered {
        intent: first.map(|first| first.intent.as_str()),
        department: first.map(|first| first.intent.department()),
        confidence: first.map_or(0.0, |first| first.confidence),
        danger: understanding.danger.as_ref().map(|name| name.as_str()),
        out_of_scope: understanding.verdict == Verdict::Unsure,
        also: understanding
            .also
            .iter()
            .map(|name| name.as_str())
            .collect(),
    }
}

//! `cece understand --jsonl`: a line in, a line out, for programs that test or compare.
//!
//! Each message is screened as in a conversation, understood, and forgotten.

use crate::content::Assistant;
use crate::engine::Bundle;
use crate::nlu::{Command, IntentName, Ranked, Understanding, Verdict};
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
    /// What was said to the assistant itself, "person" or "yes", which comes before what was meant.
    command: Option<Command>,
    /// The danger intent whose answer goes before all else.
    danger: Option<&'a str>,
    /// Whether nothing here is meant: it is not understood, or belongs to somebody else.
    out_of_scope: bool,
    /// Further needs in the same message.
    also: Vec<&'a str>,
}

/// Understands every line of standard input.
///
/// # Errors
/// The content's faults, or a line that is no such object, by its number.
pub fn run(config: &Config, _args: &UnderstandArgs) -> Result<u8> {
    let bundle = super::learnt(config)?;
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
        serde_json::to_writer(&mut *out, &answered(&understanding, &bundle.assistant))?;
        out.write_all(b"\n")?;
        out.flush()?;
    }
    Ok(())
}

fn answered<'a>(understanding: &'a Understanding, assistant: &'a Assistant) -> Answered<'a> {
    let likeliest = understanding.ranked.first();
    let likeliest = likeliest.map(|first| (&first.intent, first.confidence));
    let asks_for_person = understanding.command == Some(Command::Person);
    let person = asks_for_person.then(|| person(assistant)).flatten();
    let first = person.map(|person| (person, 1.0)).or(likeliest);
    Answered {
        intent: first.map(|(intent, _)| intent.as_str()),
        department: first.map(|(intent, _)| intent.department()),
        confidence: first.map_or(0.0, |(_, confidence)| confidence),
        command: understanding.command,
        danger: understanding.danger.as_ref().map(|name| name.as_str()),
        out_of_scope: is_out_of_scope(understanding, assistant),
        also: understanding
            .also
            .iter()
            .map(|name| name.as_str())
            .collect(),
    }
}

/// The intent of who asks for a person, who gets one without being asked anything.
fn person(assistant: &Assistant) -> Option<&IntentName> {
    let mut intents = assistant.intents.iter();
    let person = intents.find(|(_, intent)| intent.without_asking);
    person.map(|(name, _)| name)
}

/// Whether a conversation could come to nothing that the council does: danger goes before, a person is
/// there for whoever asks, and the answer to what belongs to somebody else is settled as out of scope.
fn is_out_of_scope(understanding: &Understanding, assistant: &Assistant) -> bool {
    if understanding.danger.is_some() || understanding.command == Some(Command::Person) {
        return false;
    }
    let elsewhere = |one: &Ranked| {
        let intent = assistant.intents.get(&one.intent);
        intent.is_some_and(|intent| intent.elsewhere)
    };
    let ranked = &understanding.ranked;
    match understanding.verdict {
        Verdict::Sure => ranked.first().is_some_and(elsewhere),
        // The resident is asked which of the two.
        Verdict::Between => ranked.iter().take(2).all(elsewhere),
        Verdict::Unsure => true,
    }
}

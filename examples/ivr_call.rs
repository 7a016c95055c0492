//! A call, as a telephony platform makes it: a missed bin, reported by voice and keys.
//!
//! ```text
//! cece serve            with twilio_token = "12345" under [phone] in cece.toml
//! cargo run --example ivr_call -- relay http://127.0.0.1:8080 12345
//! ```

use cece::channels::client::call::{Act, Bridge, Caller, Line, Options};
use std::io::Write as _;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let bridge = match args.next().as_deref() {
        Some("cxone") => Bridge::Cxone,
        Some("gather") => Bridge::Gather,
        Some("relay") | None => Bridge::Relay,
        Some(other) => return Err(format!("no bridge `{other}`: relay, cxone or gather").into()),
    };
    let url = args
        .next()
        .unwrap_or_else(|| "http://127.0.0.1:8080".to_owned());
    let secret = args.next().unwrap_or_else(|| "12345".to_owned());
    let contact = std::process::id().to_string();

    let (mut caller, first) = Caller::ring(Options::new(bridge, &url, &secret, &contact)).await?;
    let mut out = std::io::stdout().lock();
    for text in &first.spoken {
        writeln!(out, "Assistant: {text}")?;
    }
    let say = |words: &str| Act::Say(words.to_owned(), Vec::new());
    let acts = [
        say("my bin has not been emptied"),
        say("fourteen acacia avenue"),
        Act::Press("2".to_owned()),
        say("yesterday"),
        say("yes that's right"),
        say("no that's all thank you"),
    ];
    for act in &acts {
        writeln!(out, "Caller:    {act:?}")?;
        let answer = caller.act(act).await?;
        for text in &answer.spoken {
            writeln!(out, "Assistant: {text}")?;
        }
        if answer.line != Line::Open {
            writeln!(out, "{:?}", answer.line)?;
            return Ok(());
        }
    }
    caller.act(&Act::HangUp).await?;
    Ok(())
}

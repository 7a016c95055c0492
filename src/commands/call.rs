//! `cece call`: a telephone on the desk. It plays a telephony platform with a caller on the line against
//! any of the three bridges; what would be spoken is shown.
//!
//! The platform's part is [`crate::channels::client::call`]'s; this reads lines and prints.

use super::Settings;
use crate::channels::client::call::{Act, Answer, Bridge, Caller, Line, Options};
use crate::engine::clock::SystemRandom;
use crate::transcripts::keys::Random as _;
use anyhow::bail;
use std::io::{IsTerminal as _, Write as _};
use tokio::sync::mpsc;

/// Ring the assistant from the terminal, as a telephony platform does.
#[derive(Debug, clap::Args)]
pub struct CallArgs {
    /// Which of the bridges is rung
    #[arg(value_enum)]
    bridge: Bridge,
    /// The server
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    url: String,
    /// The platform's secret [default: that of cece.toml, [phone]]
    #[arg(long, env = "CECE_PHONE_SECRET", hide_env_values = true)]
    secret: Option<String>,
    /// Language as a BCP 47 tag: en-GB or cy-GB
    #[arg(long, default_value = "en-GB")]
    locale: String,
    /// The number that rings
    #[arg(long, default_value = "+447700900123")]
    from: String,
    /// Print what comes as it comes, a line each, for programs
    #[arg(long)]
    raw: bool,
}

/// What can be typed.
const HELP: &str = "Type what the caller says. What a recogniser heard otherwise follows a |.\n\
     /press 0   keys   /silence   /noise   not recognised   /interrupt HEARD   spoken over   /hang-up";

/// Rings, then passes lines to and fro until the call is over, or hung up with Ctrl-D.
///
/// # Errors
/// No secret is set, the server cannot be reached, or it refuses the call.
pub async fn run(settings: &Settings, args: CallArgs) -> anyhow::Result<()> {
    let phone = settings.config()?.phone;
    let set = match args.bridge {
        Bridge::Relay | Bridge::Gather => ("twilio_token", phone.twilio_token),
        Bridge::Cxone => ("cxone_secret", phone.cxone_secret),
    };
    let secret = args.secret.unwrap_or_else(|| set.1.reveal().to_owned());
    if secret.is_empty() {
        bail!(
            "this bridge is off: set {} under [phone] in cece.toml, of the server too",
            set.0
        );
    }
    let mut options = Options::new(args.bridge, &args.url, &secret, &contact(args.bridge));
    options.cxone_header = phone.cxone_header;
    options.locale = args.locale;
    options.from = args.from;
    let (mut caller, first) = Caller::ring(options).await?;
    if std::io::stdin().is_terminal() && !args.raw {
        print(&[HELP.to_owned()])?;
    }
    show(&first, args.raw)?;
    let mut typed = typed_lines();
    let mut line = first.line;
    while line == Line::Open {
        let act = tokio::select! {
            biased; // what is said unasked belongs before what is done next
            heard = caller.listen() => {
                let heard = heard?;
                show(&heard, args.raw)?;
                line = heard.line;
                continue;
            }
            typed = typed.recv() => match typed.as_deref().map(act) {
                None => Act::HangUp,
                Some(Ok(Some(act))) => act,
                Some(Ok(None)) => continue,
                Some(Err(mend)) => {
                    print(&[mend.to_owned()])?;
                    continue;
                }
            },
        };
        let answer = caller.act(&act).await?;
        show(&answer, args.raw)?;
        line = if act == Act::HangUp {
            Line::Over
        } else {
            answer.line
        };
    }
    Ok(())
}

/// A new call's name, as the platform would give it.
fn contact(bridge: Bridge) -> String {
    let mut bytes = [0; 8];
    SystemRandom.fill(&mut bytes);
    match bridge {
        Bridge::Cxone => (u64::from_be_bytes(bytes) >> 16).to_string(),
        Bridge::Relay | Bridge::Gather => format!("CA{:032x}", u64::from_be_bytes(bytes)),
    }
}

/// Lines of standard input, while they are text. On a thread of its own, because a blocked read on the
/// runtime would keep the process from ending until one more line was typed.
fn typed_lines() -> mpsc::Receiver<String> {
    let (sender, receiver) = mpsc::channel(1);
    std::thread::spawn(move || {
        for line in std::io::stdin().lines().map_while(Result::ok) {
            if sender.blocking_send(line).is_err() {
                break;
            }
        }
    });
    receiver
}

/// What a line stands for; none for an empty one.
fn act(line: &str) -> Result<Option<Act>, &'static str> {
    let line = line.trim();
    if line.is_empty() {
        return Ok(None);
    }
    let Some(command) = line.strip_prefix('/') else {
        let mut readings = line.split('|').map(|words| words.trim().to_owned());
        let first = readings.next().unwrap_or_default();
        return Ok(Some(Act::Say(first, readings.collect())));
    };
    let (name, rest) = command.split_once(' ').unwrap_or((command, ""));
    match name {
        "press" if rest.chars().any(|key| key.is_ascii_digit() || key == '*') => {
            Ok(Some(Act::Press(rest.trim().to_owned())))
        }
        "press" => Err("/press is followed by keys: /press 0"),
        "silence" => Ok(Some(Act::Silence)),
        "noise" => Ok(Some(Act::NoMatch)),
        "interrupt" => Ok(Some(Act::Interrupt(rest.to_owned()))),
        "hang-up" => Ok(Some(Act::HangUp)),
        _ => Err(HELP),
    }
}

fn show(answer: &Answer, raw: bool) -> std::io::Result<()> {
    if raw {
        return print(&answer.raw);
    }
    let mut lines: Vec<String> = answer
        .spoken
        .iter()
        .map(|text| format!("Assistant: {text}"))
        .collect();
    match &answer.line {
        Line::Open => {}
        Line::PutThrough(to) => lines.push(format!("(put through to {to})")),
        Line::Over => lines.push("(the call is over)".to_owned()),
    }
    print(&lines)
}

/// Without control characters: what came must not steer this terminal.
fn print(lines: &[String]) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for line in lines {
        let shown: String = line
            .chars()
            .filter(|c| *c == '\n' || !c.is_control())
            .collect();
        writeln!(out, "{shown}")?;
    }
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_what_the_caller_does() {
        let say = |first: &str, others: &[&str]| {
            let others = others.iter().map(|other| (*other).to_owned()).collect();
            Some(Act::Say(first.to_owned(), others))
        };
        for (line, expected) in [
            (" my bin was missed\n", say("my bin was missed", &[])),
            ("b four | before", say("b four", &["before"])),
            ("/press 0", Some(Act::Press("0".to_owned()))),
            ("/silence", Some(Act::Silence)),
            ("/noise", Some(Act::NoMatch)),
            (
                "/interrupt Hello, this",
                Some(Act::Interrupt("Hello, this".to_owned())),
            ),
            ("/hang-up", Some(Act::HangUp)),
            ("", None),
        ] {
            assert_eq!(act(line), Ok(expected), "{line}");
        }
        assert!(act("/press x").is_err() && act("/jump").is_err());
    }
}

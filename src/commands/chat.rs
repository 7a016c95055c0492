//! `cece chat`: the assistant in a terminal, over the same WebSocket as the website.
//!
//! It reads lines, shows what comes back, resumes by itself and sends again what was not
//! acknowledged; all of that is [`crate::channels::client`]'s. It keeps nothing on disk.

use super::terminal::{Ink, Pen, printable};
use crate::channels::client::{Bye, Client, Frame, Heard, Options, Say, Welcome};
use crate::dialogue::{Choice, Redirection, Speaker};
use anyhow::Context;
use std::io::Write;
use tokio::sync::mpsc;

/// Talk to a running assistant from the terminal.
#[derive(Debug, clap::Args)]
pub struct ChatArgs {
    /// The assistant's WebSocket, or its page.
    #[arg(long, default_value = "ws://127.0.0.1:8080/ws")]
    pub url: String,
    /// Language as a BCP 47 tag: en-GB or cy-GB.
    #[arg(long, default_value = "en-GB")]
    pub locale: String,
    /// Print each frame of the server's as a line of JSON, for programs.
    #[arg(long)]
    pub json: bool,
}

/// Connects, then passes lines to and fro until one side ends: the resident with Ctrl-D.
///
/// # Errors
/// When the assistant cannot be reached, or the connection stays lost.
pub async fn run(args: ChatArgs) -> anyhow::Result<()> {
    let mut options = Options::new(&args.url);
    options.locale.clone_from(&args.locale);
    options.jitter_seed = std::process::id().into();
    let client = Client::connect(options).await?;
    let mut terminal = Terminal::new(args.json);
    let talked = talk(client, &mut terminal).await;
    match talked {
        // The reader of our output has gone (`cece chat | head`): nobody is left to tell.
        Err(cause) if is_broken_pipe(&cause) => Ok(()),
        other => other,
    }
}

async fn talk(mut client: Client, terminal: &mut Terminal) -> anyhow::Result<()> {
    let mut typed = typed_lines();
    let mut open = true;
    loop {
        tokio::select! {
            biased; // what has come already goes first: it may be the choices that a number names
            heard = client.next() => match heard? {
                Some(heard) => terminal.show(&heard)?,
                None => return Ok(()),
            },
            // One message at a time: lines that are piped in wait for the answer to the one before.
            line = typed.recv(), if open && !terminal.waiting && client.pending().is_none() => match line {
                Some(line) => {
                    let line = line.context("cannot read what is typed: it is not UTF-8 text")?;
                    let line = line.trim();
                    if let Some(choice) = terminal.chosen(line) {
                        client.choose(&choice).await?;
                    } else if line.is_empty() {
                        continue;
                    } else {
                        client.send_text(line).await?;
                    }
                    terminal.waiting = true;
                }
                None => {
                    open = false;
                    client.end().await?;
                }
            },
        }
    }
}

/// Lines of standard input; the channel closes at its end.
///
/// On a thread of its own, because a blocked read on the runtime would keep the process from
/// ending until one more line was typed.
fn typed_lines() -> mpsc::Receiver<std::io::Result<String>> {
    let (sender, receiver) = mpsc::channel(1);
    std::thread::spawn(move || {
        for line in std::io::stdin().lines() {
            let failed = line.is_err();
            if sender.blocking_send(line).is_err() || failed {
                break;
            }
        }
    });
    receiver
}

fn is_broken_pipe(cause: &anyhow::Error) -> bool {
    cause
        .downcast_ref::<std::io::Error>()
        .is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
}

/// What is on the screen, and what follows from it.
struct Terminal {
    json: bool,
    pen: Pen,
    /// Choices that can be typed by their number.
    choices: Vec<Choice>,
    /// Something was sent, and nothing was said to it yet.
    waiting: bool,
    /// Said once, not after each reconnection.
    greeted: bool,
}

impl Terminal {
    fn new(json: bool) -> Self {
        Self {
            json,
            pen: if json {
                Pen::plain()
            } else {
                Pen::for_output()
            },
            choices: Vec::new(),
            waiting: false,
            greeted: false,
        }
    }

    /// The choice that `line` names by its number, if choices are open.
    fn chosen(&self, line: &str) -> Option<String> {
        let number: usize = line.trim().parse().ok()?;
        let choice = self.choices.get(number.checked_sub(1)?)?;
        Some(choice.id.clone())
    }

    fn show(&mut self, heard: &Heard) -> anyhow::Result<()> {
        match heard {
            Heard::Frame { frame, json } => {
                self.follow(frame);
                if self.json {
                    let mut out = std::io::stdout().lock();
                    writeln!(out, "{json}")?;
                    out.flush()?;
                } else {
                    let lines = self.lines(frame);
                    self.print(&lines)?;
                }
            }
            Heard::Lost { cause, retry_in } => self.note(&format!(
                "connection lost ({cause}); trying again in {:.1} s",
                retry_in.as_secs_f32()
            ))?,
            Heard::Reconnected => self.note("connected again")?,
            Heard::BegunAnew { unsent } => {
                self.choices.clear();
                self.waiting = false;
                self.greeted = false;
                self.note("the earlier conversation is over; a new one begins")?;
                if unsent.is_some() {
                    self.note("your last message was not received: please send it again")?;
                }
            }
        }
        Ok(())
    }

    /// What a frame means for what can be typed next.
    fn follow(&mut self, frame: &Frame) {
        match frame {
            Frame::Say(say) if say.from == Speaker::Resident => {}
            Frame::Say(say) => {
                self.waiting = false;
                self.choices.clone_from(&say.choices);
            }
            // Sent again in a while by the client itself.
            Frame::Error(refusal) if refusal.retry_after_ms.is_some() => {}
            Frame::Redirect { .. } | Frame::State { .. } | Frame::Error(_) => self.waiting = false,
            Frame::Welcome(_)
            | Frame::Ack { .. }
            | Frame::Warn(_)
            | Frame::Typing
            | Frame::Reconnect { .. }
            | Frame::Bye { .. }
            | Frame::Unknown => {}
        }
    }

    fn lines(&mut self, frame: &Frame) -> Vec<(Ink, String)> {
        match frame {
            Frame::Welcome(_) if self.greeted => Vec::new(),
            Frame::Welcome(welcome) => {
                self.greeted = true;
                welcomed(welcome)
            }
            // An end that was asked for earlier is replayed as no words.
            Frame::Say(say) if say.text.is_empty() && say.choices.is_empty() => Vec::new(),
            Frame::Say(say) => said(say),
            Frame::Redirect { to, .. } => redirected(to),
            // Its text says the advice on every finding already.
            Frame::Warn(warning) => vec![(Ink::Warning, format!("! {}", warning.text))],
            Frame::Error(refusal) => vec![(Ink::Warning, format!("! {}", refusal.message))],
            Frame::Reconnect { .. } => {
                vec![(Ink::Quiet, "The service restarts; please wait.".to_owned())]
            }
            Frame::Bye { reason } => vec![(Ink::Quiet, farewell(*reason).to_owned())],
            Frame::Ack { .. } | Frame::State { .. } | Frame::Typing | Frame::Unknown => Vec::new(),
        }
    }

    fn print(&self, lines: &[(Ink, String)]) -> std::io::Result<()> {
        let mut out = std::io::stdout().lock();
        for (ink, text) in lines {
            writeln!(out, "{}", self.pen.ink(*ink, &printable(text)))?;
        }
        out.flush()
    }

    /// News of the connection: beside the frames where those are for a program.
    fn note(&self, text: &str) -> std::io::Result<()> {
        if self.json {
            writeln!(std::io::stderr(), "{}", printable(text))
        } else {
            self.print(&[(Ink::Quiet, format!("({text})"))])
        }
    }
}

fn welcomed(welcome: &Welcome) -> Vec<(Ink, String)> {
    let reference = format!("Your reference is {}. End with Ctrl-D.", welcome.reference);
    [&welcome.notice, &welcome.hours, &reference]
        .into_iter()
        .filter(|text| !text.is_empty())
        .map(|text| (Ink::Quiet, text.clone()))
        .collect()
}

fn said(say: &Say) -> Vec<(Ink, String)> {
    let who = match say.from {
        Speaker::Assistant => "Assistant",
        Speaker::Officer => "Officer",
        Speaker::Resident => "You",
    };
    let mut lines = vec![
        (Ink::Name, format!("{who}:")),
        (Ink::Plain, say.text.clone()),
    ];
    for (at, choice) in say.choices.iter().enumerate() {
        lines.push((Ink::Plain, format!("  {}. {}", at + 1, choice.label)));
    }
    for link in &say.links {
        lines.push((Ink::Plain, format!("  {}: {}", link.text, link.url)));
    }
    lines
}

fn redirected(to: &Redirection) -> Vec<(Ink, String)> {
    let urgent = if to.urgent { "Urgent: " } else { "" };
    let mut lines = vec![(Ink::Name, format!("{urgent}{}", to.name))];
    let mut add = |label: &str, value: &str| {
        if !value.is_empty() {
            let value = value.replace('\n', "\n    ");
            lines.push((Ink::Plain, format!("  {label}: {value}")));
        }
    };
    add("For", &to.reason);
    add("Work done by", to.contractor.as_deref().unwrap_or_default());
    add("Phone", to.phone.as_deref().unwrap_or_default());
    add("Web", to.url.as_deref().unwrap_or_default());
    add("Hours", &to.hours);
    match (&to.opens, to.open_now) {
        (_, true) => add("Now", "open"),
        (Some(opens), false) => add("Now", &format!("closed, opens {opens}")),
        (None, false) => add("Now", "closed"),
    }
    add("Passed on", &to.summary);
    lines
}

fn farewell(reason: Bye) -> &'static str {
    match reason {
        Bye::Ended => "The conversation has ended.",
        Bye::TimedOut => "The conversation has ended, because nothing was said for a long time.",
        Bye::TooLong => "The conversation has ended, because it reached its longest length.",
        Bye::Superseded => "The conversation goes on in another window.",
        Bye::Slow | Bye::Drain => "The service restarts; please wait.",
        Bye::Other => "The service ended the connection.",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// The lines that a frame leads to, without their ink.
    fn check(json: &str, expected: &str) {
        let mut terminal = Terminal::new(false);
        let lines = terminal.lines(&serde_json::from_str(json).unwrap());
        let seen: Vec<String> = lines.into_iter().map(|(_, text)| text).collect();
        assert_eq!(seen.join("\n"), expected);
    }

    #[test]
    fn what_a_resident_must_see_is_shown() {
        check(
            r#"{"type":"welcome","conversation":"c","token":"secret","epoch":1,"head_seq":2,"reference":"CV-7K4M-29QX","notice":"This is an automated assistant.","hours":"Monday to Friday"}"#,
            "This is an automated assistant.\nMonday to Friday\nYour reference is CV-7K4M-29QX. End with Ctrl-D.",
        );
        check(
            r#"{"type":"say","seq":4,"from":"assistant","text":"Which one?","choices":[{"id":"a","label":"A missed bin"},{"id":"b","label":"A new bin"}],"links":[{"text":"Bin days","url":"https://example.org/bins"}]}"#,
            "Assistant:\nWhich one?\n  1. A missed bin\n  2. A new bin\n  Bin days: https://example.org/bins",
        );
        check(
            r#"{"type":"warn","client_seq":1,"findings":[{"kind":"CREDIT_CARD","start":0,"end":19,"advice":"Pay on the website."},{"kind":"CVV","start":20,"end":23,"advice":"Pay on the website."}],"text":"I have removed a card number. Pay on the website."}"#,
            "! I have removed a card number. Pay on the website.",
        );
        check(
            r#"{"type":"redirect","seq":6,"department":"waste","name":"Waste and recycling","contractor":"Ansa","phone":"01632 960001","hours":"Monday to Friday 08:30 to 17:00","open_now":false,"opens":"tomorrow at 08:30","reason":"Report a missed bin","summary":"address: given","urgent":false}"#,
            "Waste and recycling\n  For: Report a missed bin\n  Work done by: Ansa\n  Phone: 01632 960001\n  Hours: Monday to Friday 08:30 to 17:00\n  Now: closed, opens tomorrow at 08:30\n  Passed on: address: given",
        );
    }

    #[test]
    fn a_choice_can_be_typed_by_its_number_while_it_stands() {
        let mut terminal = Terminal::new(false);
        assert_eq!(terminal.chosen("1"), None);
        let offer = r#"{"type":"say","seq":4,"from":"assistant","text":"?","choices":[{"id":"a","label":"A"},{"id":"b","label":"B"}]}"#;
        terminal.follow(&serde_json::from_str(offer).unwrap());
        assert_eq!(terminal.chosen(" 2 ").as_deref(), Some("b"));
        for line in ["0", "3", "-1", "two", "1 bin"] {
            assert_eq!(terminal.chosen(line), None, "{line}");
        }
        let next = r#"{"type":"say","seq":6,"from":"assistant","text":"Your house number?"}"#;
        terminal.follow(&serde_json::from_str(next).unwrap());
        assert_eq!(terminal.chosen("1"), None);
    }
}

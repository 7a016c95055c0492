//! The form of a golden conversation, and reading it: every fault with its line and its mend.
//!
//! ```text
//! # Missed bin, with a digression
//! @ 2026-06-10T10:00 Europe/London
//! > my bin wasnt collected
//! < intent waste/missed-bin
//! < asks address
//! ```
//!
//! It does not know whether the intents, slots and departments named exist: playing it tells.

use super::{Channel, Command, Locale, Outcome, PiiKind, Timestamp, Why};
use jiff::{civil::DateTime, tz::TimeZone};
use serde::de::{DeserializeOwned, value::StrDeserializer};

/// When a conversation happens that does not say: a Wednesday, in office hours.
const DEFAULT_AT: &str = "2026-06-10T10:00 Europe/London";

/// A line that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: `{written}`: {what}")]
pub struct Fault {
    /// The line, from 1.
    pub line: u32,
    /// What stands there.
    pub written: String,
    /// What is wrong, and how to mend it.
    pub what: String,
}

/// A golden conversation.
#[derive(Debug)]
pub struct Golden {
    /// From its first line.
    pub title: String,
    pub(super) at: Timestamp,
    pub(super) locale: Locale,
    pub(super) channel: Channel,
    /// The beginning, before the resident does anything.
    pub(super) start: Turn,
    pub(super) turns: Vec<Turn>,
}

/// What the resident does, and what must be true then.
#[derive(Debug)]
pub(super) struct Turn {
    pub(super) line: u32,
    pub(super) written: String,
    pub(super) said: Move,
    pub(super) expects: Vec<Expected>,
}

/// An expectation with its place.
#[derive(Debug)]
pub(super) struct Expected {
    pub(super) line: u32,
    pub(super) written: String,
    pub(super) check: Check,
}

/// What the resident does.
#[derive(Debug)]
pub(in crate::engine) enum Move {
    /// Only begins.
    Nothing,
    Says(String),
    Chooses(String),
    Presses(char),
    Silence,
    NoMatch,
    TimesOut,
    Ends,
}

/// What must be true of a turn.
#[derive(Debug)]
pub(super) enum Check {
    Intent(String),
    Asks(String),
    Clarifies(Vec<String>),
    Warns(Vec<PiiKind>),
    Gentle,
    Slot(String, String),
    Danger(String),
    /// Department, and whether it is open where that is said.
    Redirect(String, Option<bool>),
    Tag(String),
    Says(String),
    Offers(String),
    Outcome(Outcome),
    Keeps(String),
    Unsure,
    Closed(Why),
    Command(Command),
    Quiet,
}

impl Check {
    /// Whether it holds of the turn as a whole and so has no place in its order.
    pub(super) fn is_of_turn(&self) -> bool {
        match self {
            Self::Warns(_)
            | Self::Gentle
            | Self::Tag(_)
            | Self::Keeps(_)
            | Self::Unsure
            | Self::Command(_)
            | Self::Quiet => true,
            Self::Intent(_)
            | Self::Asks(_)
            | Self::Clarifies(_)
            | Self::Slot(..)
            | Self::Danger(_)
            | Self::Redirect(..)
            | Self::Says(_)
            | Self::Offers(_)
            | Self::Outcome(_)
            | Self::Closed(_) => false,
        }
    }
}

impl Golden {
    /// Reads a conversation.
    ///
    /// # Errors
    ///
    /// The first line that cannot be read.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let mut golden = Self {
            title: String::new(),
            at: moment(DEFAULT_AT).map_err(|what| fault(0, DEFAULT_AT, what))?,
            locale: Locale::En,
            channel: Channel::Web,
            start: Turn {
                line: 0,
                written: "(the beginning)".to_owned(),
                said: Move::Nothing,
                expects: Vec::new(),
            },
            turns: Vec::new(),
        };
        for (place, line) in text.lines().enumerate() {
            let number = u32::try_from(place + 1).unwrap_or(u32::MAX);
            let line = line.trim();
            golden
                .read_line(number, line)
                .map_err(|what| fault(number, line, what))?;
        }
        if golden.title.is_empty() || golden.turns.is_empty() {
            let what = "a conversation has a title, `# …`, and at least one line `> …`";
            return Err(fault(1, "", what.to_owned()));
        }
        Ok(golden)
    }

    fn read_line(&mut self, number: u32, line: &str) -> Result<(), String> {
        let (mark, rest) = match line.split_once(' ') {
            Some((mark, rest)) => (mark, rest.trim()),
            None => (line, ""),
        };
        match mark {
            "" => {}
            "#" => {
                if self.title.is_empty() {
                    rest.clone_into(&mut self.title);
                }
            }
            "@" => self.read_setting(rest)?,
            ">" => self.turns.push(Turn {
                line: number,
                written: line.to_owned(),
                said: read_move(rest)?,
                expects: Vec::new(),
            }),
            "<" => {
                let turn = self.turns.last_mut().unwrap_or(&mut self.start);
                turn.expects.push(Expected {
                    line: number,
                    written: rest.to_owned(),
                    check: read_check(rest)?,
                });
            }
            _ => {
                return Err(
                    "a line begins with `# ` (title), `@ ` (setting), `> ` (resident) or `< ` \
                     (expectation)"
                        .to_owned(),
                );
            }
        }
        Ok(())
    }

    fn read_setting(&mut self, rest: &str) -> Result<(), String> {
        match rest.split_once(' ') {
            Some(("locale", tag)) => self.locale = Locale::from_tag(tag.trim()),
            Some(("channel", name)) => self.channel = named(name)?,
            _ => self.at = moment(rest)?,
        }
        Ok(())
    }
}

fn fault(line: u32, written: &str, what: String) -> Fault {
    Fault {
        line,
        written: written.to_owned(),
        what,
    }
}

/// "2026-06-10T10:00 Europe/London"
fn moment(text: &str) -> Result<Timestamp, String> {
    let fix = "write a moment as `2026-06-10T10:00 Europe/London`";
    let (civil, zone) = text.split_once(' ').ok_or(fix)?;
    let civil: DateTime = civil.parse().map_err(|_| fix)?;
    let zone = TimeZone::get(zone.trim()).map_err(|_| fix)?;
    let zoned = civil.to_zoned(zone).map_err(|_| fix)?;
    Ok(zoned.timestamp())
}

pub(in crate::engine) fn read_move(text: &str) -> Result<Move, String> {
    let Some(inner) = text
        .strip_prefix('[')
        .and_then(|inner| inner.strip_suffix(']'))
    else {
        return Ok(Move::Says(text.to_owned()));
    };
    match inner.split_once(' ') {
        Some(("choose", choice)) => Ok(Move::Chooses(choice.trim().to_owned())),
        Some(("press", key)) => match key.trim().chars().collect::<Vec<_>>().as_slice() {
            [key @ ('0'..='9' | '*' | '#')] => Ok(Move::Presses(*key)),
            _ => Err("one key is pressed at a time: `[press 1]`".to_owned()),
        },
        _ => match inner {
            "silence" => Ok(Move::Silence),
            "no-match" => Ok(Move::NoMatch),
            "timeout" => Ok(Move::TimesOut),
            "end" => Ok(Move::Ends),
            _ => Err(
                "in brackets stand `choose LABEL`, `press KEY`, `silence`, `no-match`, `timeout` \
                 or `end`"
                    .to_owned(),
            ),
        },
    }
}

fn read_check(text: &str) -> Result<Check, String> {
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    let rest = rest.trim();
    let given = || {
        if rest.is_empty() {
            Err(format!("`{word}` needs something after it"))
        } else {
            Ok(rest.to_owned())
        }
    };
    let several = || given().map(|all| all.split_whitespace().map(str::to_owned).collect());
    Ok(match word {
        "intent" => Check::Intent(given()?),
        "asks" => Check::Asks(given()?),
        "clarifies" => Check::Clarifies(several()?),
        "warns" => {
            let names: Vec<String> = several()?;
            let kinds: Result<_, _> = names.iter().map(|name| named(name)).collect();
            Check::Warns(kinds?)
        }
        "gentle" => Check::Gentle,
        "slot" => {
            let (name, value) = rest
                .split_once('=')
                .ok_or("write `slot NAME = \"value\"`")?;
            Check::Slot(name.trim().to_owned(), quoted(value.trim())?)
        }
        "danger" => Check::Danger(given()?),
        "redirect" => match rest.split_once(' ') {
            None => Check::Redirect(given()?, None),
            Some((department, "open")) => Check::Redirect(department.to_owned(), Some(true)),
            Some((department, "closed")) => Check::Redirect(department.to_owned(), Some(false)),
            Some(_) => return Err("after the department stands `open`, `closed` or nothing".into()),
        },
        "tag" => Check::Tag(given()?),
        "says" => Check::Says(quoted(rest)?),
        "offers" => Check::Offers(quoted(rest)?),
        "outcome" => Check::Outcome(named(rest)?),
        "keeps" => Check::Keeps(given()?),
        "unsure" => Check::Unsure,
        "closed" => Check::Closed(named(rest)?),
        "command" => Check::Command(named(rest)?),
        "quiet" => Check::Quiet,
        _ => {
            return Err(
                "an expectation begins with intent, asks, clarifies, warns, gentle, slot, danger, \
                 redirect, tag, says, offers, outcome, keeps, unsure, closed, command or quiet"
                    .to_owned(),
            );
        }
    })
}

/// The text between quotation marks; they may be left out.
fn quoted(text: &str) -> Result<String, String> {
    let inner = text
        .strip_prefix('"')
        .and_then(|inner| inner.strip_suffix('"'))
        .unwrap_or(text);
    if inner.is_empty() {
        return Err("put what is expected between quotation marks".to_owned());
    }
    Ok(inner.to_owned())
}

/// A value by the name that the record knows it by.
fn named<T: DeserializeOwned>(name: &str) -> Result<T, String> {
    let name = name.trim();
    T::deserialize(StrDeserializer::<serde::de::value::Error>::new(name))
        .map_err(|error| error.to_string())
}

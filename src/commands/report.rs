//! `cece report`: what was asked over a period and how it came out, as text, a page with charts, CSV or
//! JSON. It holds counts, and nothing that was said.

use super::html::{bars, page, table};
use super::office::Office;
use crate::server;
use crate::server::admin::Request;
use crate::server::config::Config;
use crate::server::office::Activity;
use anyhow::{Context as _, Result, bail};
use clap::Args;
use jiff::Span;
use jiff::civil::Date;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;

/// What `report` takes.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// First day [default: 30 days before the last]
    #[arg(long, value_name = "DAY")]
    from: Option<Date>,
    /// Last day [default: today]
    #[arg(long, value_name = "DAY")]
    to: Option<Date>,
    /// Write a page with charts
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Write CSV: what is counted, its name, how often
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    /// Write JSON
    #[arg(long)]
    json: bool,
}

/// Days that are counted unless others are asked for.
const DAYS: i32 = 30;

/// Counts and writes.
///
/// # Errors
/// If neither a server nor the store can be asked, or a file cannot be written.
pub async fn run(config: &Config, args: &ReportArgs) -> Result<u8> {
    let to = args.to.unwrap_or_else(server::today);
    let from = args
        .from
        .unwrap_or(to.saturating_sub(Span::new().days(DAYS)));
    if from > to {
        bail!("--from {from} is after --to {to}");
    }
    let reply = Office::at(config)
        .reply(Request::Activity { from, to })
        .await?;
    if !reply.ok {
        bail!("{}", reply.text.trim_end());
    }
    let activity: Activity = serde_json::from_value(reply.data)?;
    let write = |file: &PathBuf, text: String| {
        std::fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
    };
    if let Some(file) = &args.html {
        write(file, html(&activity, from, to))?;
    }
    if let Some(file) = &args.csv {
        write(file, csv(&activity)?)?;
    }
    let mut out = std::io::stdout();
    if args.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&activity)?)?;
    } else if args.html.is_none() && args.csv.is_none() {
        write!(out, "{}", in_words(&activity, from, to))?;
    }
    Ok(0)
}

/// The counts with what they count: a heading, and name and count of each.
fn sections(activity: &Activity) -> [(&'static str, Vec<(String, u64)>); 6] {
    let days = activity
        .days
        .iter()
        .map(|(day, count)| (day.to_string(), *count));
    let sorted = |counts: &std::collections::BTreeMap<String, u64>| {
        let mut rows: Vec<(String, u64)> = counts.clone().into_iter().collect();
        rows.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        rows
    };
    [
        ("Conversations by day", days.collect()),
        ("Conversations by channel", sorted(&activity.channels)),
        ("Needs by outcome", sorted(&activity.outcomes)),
        ("Needs by intent", sorted(&activity.intents)),
        ("Taken to departments", sorted(&activity.departments)),
        ("Warnings about personal data", sorted(&activity.warnings)),
    ]
}

fn summary(activity: &Activity) -> String {
    let Activity {
        conversations,
        messages,
        unclear,
        ..
    } = activity;
    format!("{conversations} conversations, {messages} messages, {unclear} of them not understood")
}

fn in_words(activity: &Activity, from: Date, to: Date) -> String {
    let mut text = format!("{from} to {to}: {}\n", summary(activity));
    for (heading, rows) in sections(activity) {
        if rows.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n{heading}");
        for (name, count) in rows {
            let _ = writeln!(text, "{count:>8}  {name}");
        }
    }
    text
}

/// The page.
#[must_use]
pub fn html(activity: &Activity, from: Date, to: Date) -> String {
    let mut body = format!("<p>{}.</p>", summary(activity));
    for (heading, rows) in sections(activity) {
        let _ = write!(body, "<h2>{heading}</h2>");
        if rows.is_empty() {
            body.push_str("<p>None.</p>");
            continue;
        }
        body.push_str(&bars(heading, &rows));
        let cells: Vec<Vec<String>> = rows
            .into_iter()
            .map(|(name, count)| vec![name, count.to_string()])
            .collect();
        let _ = write!(
            body,
            "<details><summary>As a table</summary>{}</details>",
            table(&["Name", "How often"], &[1], &cells)
        );
    }
    page(&format!("{from} to {to}"), &body)
}

/// The same as CSV.
///
/// # Errors
/// None that can be named: it is written to memory.
pub fn csv(activity: &Activity) -> Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["what", "name", "count"])?;
    for (name, count) in [
        ("conversations", activity.conversations),
        ("messages", activity.messages),
        ("not understood", activity.unclear),
    ] {
        writer.write_record(["In all", name, &count.to_string()])?;
    }
    for (heading, rows) in sections(activity) {
        for (name, count) in rows {
            writer.write_record([heading, &name, &count.to_string()])?;
        }
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

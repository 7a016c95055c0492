//! CSV and workbooks: a row an utterance, with its intent and where they are known its department and
//! language. The columns are found by their heads, in any order, on every sheet.

use super::{Haul, Utterance};
use crate::commands::terminal::counted;
use crate::commands::writing::slug;
use anyhow::{Context as _, Result, bail};
use calamine::{Data, Reader as _};
use std::collections::BTreeMap;
use std::io::Cursor;

/// Heads by which a column is known, the surest first; the first is ours.
const COLUMNS: [&[&str]; 4] = [
    &["utterance", "text", "example", "phrase", "message", "query"],
    &["intent", "label", "category", "class"],
    &["department", "team", "service"],
    &["language", "locale", "lang"],
];

/// The heads that are written.
pub(super) const HEADS: [&str; 4] = ["utterance", "intent", "department", "language"];

/// The heads stand in one of the first rows: a title may come before them.
const HEAD_ROWS: usize = 10;

/// With what a file begins that is protected by a password, or of a program before 2007.
const COMPOUND_FILE: &[u8] = b"\xd0\xcf\x11\xe0";

/// A cell's text; none where it holds something else: a date, yes or no, an error.
type Cell = Option<String>;

/// Reads CSV, with commas, semicolons or tabs.
///
/// # Errors
/// Which line cannot be read, or that columns are missing.
pub(super) fn read_csv(bytes: &[u8]) -> Result<Haul> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head = bytes
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let count = |sign: u8| head.iter().filter(|byte| **byte == sign).count();
    // Excel writes semicolons where a comma is the decimal sign.
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .rev()
        .max_by_key(|sign| count(*sign))
        .unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(bytes);
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for record in reader.records() {
        let Ok(record) = record else {
            let line = rows.len() + 1;
            bail!("row {line} is not CSV in UTF-8: save the file as \"CSV UTF-8\"");
        };
        rows.push(record.iter().map(|cell| Some(cell.to_owned())).collect());
    }
    let mut sheets = Sheets::default();
    sheets.read("the file", &rows);
    sheets.finish()
}

/// Reads all sheets of a workbook.
///
/// # Errors
/// That it is no workbook, or that no sheet has the columns.
pub(super) fn read_workbook(bytes: &[u8]) -> Result<Haul> {
    let Ok(mut workbook) = calamine::open_workbook_auto_from_rs(Cursor::new(bytes.to_vec())) else {
        bail!(why_no_workbook(bytes));
    };
    let mut sheets = Sheets::default();
    for name in workbook.sheet_names() {
        let sheet = workbook.worksheet_range(&name);
        let sheet = sheet.with_context(|| format!("the sheet {name}"))?;
        let rows = sheet.rows().map(|row| row.iter().map(cell).collect());
        let rows: Vec<Vec<Cell>> = rows.collect();
        sheets.read(&format!("the sheet {name}"), &rows);
    }
    sheets.finish()
}

fn why_no_workbook(bytes: &[u8]) -> &'static str {
    match bytes {
        [] => "it is empty",
        [b'P', b'K', ..] => {
            "it is damaged or not complete: open it in a spreadsheet program and save it again"
        }
        [b'<', ..] => {
            "it is a web page under another name: open it in a spreadsheet program and save it as .xlsx"
        }
        _ if bytes.starts_with(COMPOUND_FILE) => {
            "it is protected by a password, or no workbook: open it in a spreadsheet program, take the \
             password off and save it as .xlsx"
        }
        _ => {
            "it is no workbook: if it is a table in text, name it .csv; otherwise save it as .xlsx"
        }
    }
}

fn cell(cell: &Data) -> Cell {
    match cell {
        Data::String(text) => Some(text.clone()),
        Data::Int(_) | Data::Float(_) => Some(cell.to_string()),
        Data::Empty => Some(String::new()),
        Data::Bool(_)
        | Data::DateTime(_)
        | Data::DateTimeIso(_)
        | Data::DurationIso(_)
        | Data::Error(_) => None,
    }
}

/// What was read of some sheets.
#[derive(Default)]
struct Sheets {
    haul: Haul,
    /// Those that have the columns.
    read: usize,
    /// Those that have not.
    others: Vec<String>,
    /// What each intent is called where it is met first, by its name as a slug.
    names: BTreeMap<String, String>,
    incomplete: usize,
    /// Rows whose utterance or intent is no text.
    odd: usize,
    languages: BTreeMap<String, usize>,
    /// Rows that give their intent another department than the first, by intent and department.
    elsewhere: BTreeMap<(String, String), usize>,
}

impl Sheets {
    fn read(&mut self, name: &str, rows: &[Vec<Cell>]) {
        let found = rows
            .iter()
            .take(HEAD_ROWS)
            .enumerate()
            .find_map(|(at, row)| {
                let heads = heads(row);
                let (utterance, intent) =
                    (column(&heads, COLUMNS[0])?, column(&heads, COLUMNS[1])?);
                Some((at, heads, utterance, intent))
            });
        let Some((at, heads, utterance, intent)) = found else {
            if rows
                .iter()
                .flatten()
                .any(|cell| cell.as_deref() != Some(""))
            {
                self.others.push(name.to_owned());
            }
            return;
        };
        self.read += 1;
        let [department, language] = [COLUMNS[2], COLUMNS[3]].map(|names| column(&heads, names));
        for (at, head) in heads.iter().enumerate() {
            let used = [Some(utterance), Some(intent), department, language];
            if !head.is_empty() && !used.contains(&Some(at)) {
                let what = format!("the column {head} of {name}");
                self.haul.left_out.push(what);
            }
        }
        for row in &rows[at + 1..] {
            let cell = |at: usize| match row.get(at) {
                Some(Some(text)) => Some(unguarded(text.trim()).to_owned()),
                Some(None) => None,
                None => Some(String::new()),
            };
            let (Some(said), Some(intent)) = (cell(utterance), cell(intent)) else {
                self.odd += 1;
                continue;
            };
            let other = |at: Option<usize>| at.and_then(cell).unwrap_or_default();
            self.row(said, &intent, other(department), other(language));
        }
    }

    fn row(&mut self, said: String, intent: &str, department: String, language: String) {
        if said.is_empty() && intent.is_empty() {
            return;
        }
        if said.is_empty() || intent.is_empty() {
            self.incomplete += 1;
            return;
        }
        *self.languages.entry(language).or_insert(0) += 1;
        // "Missed bin" and "missed_bin" are one: people write sheets by hand.
        let name = self.names.entry(slug(intent)).or_insert(intent.to_owned());
        let brought = self.haul.intent(name);
        brought.utterances.push(Utterance {
            text: said,
            marks: Vec::new(),
        });
        if department.is_empty() {
            return;
        }
        let first = brought.department.get_or_insert(department.clone());
        if slug(first) != slug(&department) {
            let row = (name.clone(), department);
            *self.elsewhere.entry(row).or_default() += 1;
        }
    }

    fn finish(self) -> Result<Haul> {
        let Self { mut haul, .. } = self;
        // What stands in the sheet is not repeated: without heads its first row may be what a resident wrote.
        if self.read == 0 {
            bail!(
                "the first row must name the columns: utterance, intent, and if you like department, language; \
                 nothing of that is in the first {HEAD_ROWS} rows"
            );
        }
        let not = &mut haul.left_out;
        not.extend(self.others.iter().map(|other| {
            format!(
                "{other}: none of its first {HEAD_ROWS} rows names the columns utterance and intent"
            )
        }));
        if self.incomplete > 0 {
            let rows = counted(self.incomplete, "row");
            not.push(format!("{rows} without an utterance or without an intent"));
        }
        if self.odd > 0 {
            let rows = counted(self.odd, "row");
            not.push(format!(
                "{rows} whose utterance or intent is a date, a time, true or false, or an error: write it as text"
            ));
        }
        for ((intent, department), count) in self.elsewhere {
            let rows = counted(count, "row");
            not.push(format!(
                "the department {department} in {rows} of {intent}: an intent goes to one, that of its first row"
            ));
        }
        if self.languages.keys().any(|tag| !tag.is_empty()) {
            let shown = self.languages.iter().map(|(tag, count)| {
                let tag = if tag.is_empty() { "none" } else { tag };
                format!("{tag} {count}")
            });
            let shown = shown.collect::<Vec<_>>().join(", ");
            not.push(format!(
                "the language of each utterance ({shown}): examples of all languages stand in one list"
            ));
        }
        Ok(haul)
    }
}

fn heads(row: &[Cell]) -> Vec<String> {
    let texts = row.iter().map(|cell| cell.as_deref().unwrap_or_default());
    texts.map(|head| head.trim().to_lowercase()).collect()
}

fn column(heads: &[String], names: &[&str]) -> Option<usize> {
    let mut names = names.iter();
    names.find_map(|name| heads.iter().position(|head| head == name))
}

/// A cell as it is written into CSV: what a spreadsheet would take for a formula gets the mark by
/// which it is taken for text.
pub(super) fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        Some(_) | None => text,
    }
}

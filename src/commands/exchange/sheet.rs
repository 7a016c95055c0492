//! CSV and workbooks: a row an utterance, with its intent and where they are known its department and
//! language. The columns are found by their heads, in any order.

use super::{Haul, Utterance};
use anyhow::{Context as _, Result, bail};
use calamine::{Data, Reader as _};
use std::io::Cursor;

/// Heads by which a column is known; the first is ours.
const COLUMNS: [&[&str]; 4] = [
    &["utterance", "text", "example", "phrase", "message", "query"],
    &["intent", "label", "category", "class"],
    &["department", "team", "service"],
    &["language", "locale", "lang"],
];

/// The heads that are written.
pub(super) const HEADS: [&str; 4] = ["utterance", "intent", "department", "language"];

/// Reads CSV, with commas or semicolons.
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
    let delimiter = if count(b';') > count(b',') {
        b';'
    } else {
        b','
    };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(bytes);
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.context("this is not CSV in UTF-8: save it as \"CSV UTF-8\"")?;
        rows.push(record.iter().map(str::to_owned).collect());
    }
    from_rows(rows)
}

/// Reads the first sheet of a workbook.
///
/// # Errors
/// That it is no workbook, or that columns are missing.
pub(super) fn read_workbook(bytes: &[u8]) -> Result<Haul> {
    let mut workbook = calamine::open_workbook_auto_from_rs(Cursor::new(bytes.to_vec()))
        .context("this is no workbook")?;
    let sheet = workbook
        .worksheet_range_at(0)
        .context("it has no sheet")??;
    let cell = |cell: &Data| cell.to_string();
    from_rows(
        sheet
            .rows()
            .map(|row| row.iter().map(cell).collect())
            .collect(),
    )
}

fn from_rows(rows: Vec<Vec<String>>) -> Result<Haul> {
    let mut rows = rows.into_iter();
    let heads: Vec<String> = rows.next().context("it is empty")?;
    let heads: Vec<String> = heads
        .iter()
        .map(|head| head.trim().to_lowercase())
        .collect();
    let column = |names: &[&str]| heads.iter().position(|head| names.contains(&head.as_str()));
    let [utterance, intent, department, language] = COLUMNS.map(column);
    let (Some(utterance), Some(intent)) = (utterance, intent) else {
        bail!(
            "the first row must name the columns: utterance, intent, and if you like department, language"
        );
    };
    let mut haul = Haul::default();
    let (mut incomplete, mut languages) = (0, std::collections::BTreeMap::new());
    for row in rows {
        let cell = |at: Option<usize>| {
            let text = at.and_then(|at| row.get(at)).map_or("", |text| text.trim());
            unguarded(text).to_owned()
        };
        let (said, name) = (cell(Some(utterance)), cell(Some(intent)));
        if said.is_empty() && name.is_empty() {
            continue;
        }
        if said.is_empty() || name.is_empty() {
            incomplete += 1;
            continue;
        }
        let other = Some(cell(department)).filter(|text| !text.is_empty());
        *languages.entry(cell(language)).or_insert(0) += 1;
        let brought = haul.intent(&name);
        brought.department = brought.department.take().or(other);
        brought.utterances.push(Utterance {
            text: said,
            marks: Vec::new(),
        });
    }
    if incomplete > 0 {
        let what = format!("{incomplete} rows without an utterance or without an intent");
        haul.left_out.push(what);
    }
    if languages.keys().any(|tag| !tag.is_empty()) {
        let shown = languages.iter().map(|(tag, count)| {
            let tag = if tag.is_empty() { "none" } else { tag };
            format!("{tag} {count}")
        });
        let shown = shown.collect::<Vec<_>>().join(", ");
        haul.left_out.push(format!(
            "the language of each utterance ({shown}): examples of all languages stand in one list"
        ));
    }
    Ok(haul)
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

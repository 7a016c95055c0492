//! The Information Asset Register: how long each record class is kept, from when, and on what basis.
//!
//! Read from `transcripts/retention.toml`; every fault is found at load, with its place. It computes
//! due dates and does not delete anything.

use crate::content::Faults;
use crate::content::fields::Fields;
use crate::content::page::{Page, Placed};
use jiff::{Span, civil::Date};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// Longest period that a row may have; beyond it a period is a slip of the keyboard.
const KEEP_YEARS_MAX: i16 = 150;

/// Classes of which a person could not say by looking whether they are still needed: they hold no words.
const NOTHING_TO_REVIEW: [&str; 3] = ["usage", "technical", "audit"];

/// A record class: a row of the register, e.g. `service-request`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClassName(Arc<str>);

impl ClassName {
    /// Names a class; loading is what checks that it has a row.
    #[must_use]
    pub fn new(class: &str) -> Self {
        Self(class.into())
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ClassName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a period runs from.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Trigger {
    /// When it was made.
    Created,
    /// When something last happened in it.
    LastActivity,
    /// When the conversation was closed.
    ConversationClosed,
    /// When the case was closed.
    CaseClosed,
    /// When consent was withdrawn.
    ConsentWithdrawn,
    /// The 31 March after it was made.
    EndOfFinancialYear,
}

/// What happens when the period is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Disposal {
    /// Its key is destroyed.
    Delete,
    /// A person looks at it.
    Review,
    /// Only counts stay.
    Anonymise,
}

/// A row of the register.
#[derive(Debug, Clone)]
pub struct Row {
    /// The record class.
    pub class: ClassName,
    /// What it is, in the register's words.
    pub information: String,
    /// ISO 8601 period.
    pub keep_for: Span,
    /// The period as written, e.g. `P12M`.
    pub keep_for_text: String,
    /// What it runs from; the latest where there are several.
    pub keep_from: Vec<Trigger>,
    /// What happens then.
    pub then: Disposal,
    /// Legal basis, e.g. "UK GDPR Art 6(1)(e)".
    pub basis: String,
    /// Statute or business reason.
    pub authority: String,
    /// Where the period comes from.
    pub source: String,
    /// Whether the law makes the council keep it, so that the right to erasure does not apply (UK GDPR
    /// Art 17(3)).
    pub must_keep: bool,
}

/// The register, checked.
#[derive(Debug, Clone)]
pub struct Register {
    /// Hash of the file, 16 hex digits.
    pub version: Arc<str>,
    /// Rows by class.
    pub rows: BTreeMap<ClassName, Row>,
}

/// When the things happened that periods run from, as days in the council's time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moments {
    /// It was made.
    pub created: Date,
    /// Something last happened in it.
    pub last_activity: Date,
    /// The conversation was closed.
    pub conversation_closed: Option<Date>,
    /// The case was closed.
    pub case_closed: Option<Date>,
    /// Consent was withdrawn.
    pub consent_withdrawn: Option<Date>,
}

impl Moments {
    /// The day of a trigger; none while it has not happened.
    fn day(&self, trigger: Trigger) -> Option<Date> {
        match trigger {
            Trigger::Created => Some(self.created),
            Trigger::LastActivity => Some(self.last_activity),
            Trigger::ConversationClosed => self.conversation_closed,
            Trigger::CaseClosed => self.case_closed,
            Trigger::ConsentWithdrawn => self.consent_withdrawn,
            Trigger::EndOfFinancialYear => end_of_financial_year(self.created),
        }
    }
}

/// The 31 March on which the financial year of `day` ends.
fn end_of_financial_year(day: Date) -> Option<Date> {
    let this_year = Date::new(day.year(), 3, 31).ok()?;
    if day <= this_year {
        Some(this_year)
    } else {
        Date::new(day.year() + 1, 3, 31).ok()
    }
}

impl Register {
    /// Reads a register from its text; `file` is what faults call it.
    ///
    /// # Errors
    ///
    /// Every fault in it, with line and column.
    pub fn parse(text: &str, file: &Path) -> Result<Self, Faults> {
        let page = Page::new(file, text);
        let rows = page.parse().map_or_else(BTreeMap::new, |table| {
            read_rows(Fields::root(&page, &table))
        });
        let faults = Faults::sorted(page.into_faults());
        if faults.errors().next().is_some() {
            return Err(faults);
        }
        let digest = Sha256::digest(text.as_bytes());
        let version = digest.iter().take(8).map(|byte| format!("{byte:02x}"));
        Ok(Self {
            version: version.collect::<String>().into(),
            rows,
        })
    }

    /// The last day on which a record of `class` is kept.
    ///
    /// The period runs from the latest of the row's triggers and ends on the corresponding day of
    /// its last month (the last day of the month where there is none): twelve months from
    /// 15 January 2026 end with 15 January 2027. None while a trigger of the row has not happened,
    /// and for a class without a row.
    #[must_use]
    pub fn due(&self, class: &ClassName, moments: &Moments) -> Option<Date> {
        let row = self.rows.get(class)?;
        let days = row.keep_from.iter().map(|trigger| moments.day(*trigger));
        let from = days.collect::<Option<Vec<Date>>>()?.into_iter().max()?;
        from.checked_add(row.keep_for).ok()
    }
}

fn read_rows(fields: Fields<'_>) -> BTreeMap<ClassName, Row> {
    let mut rows = BTreeMap::new();
    let tables = fields.tables("row");
    if tables.is_empty() {
        fields.missing("row", "[[row]]");
    }
    for table in tables {
        let page = table.page;
        let name = table.need_text("class", "class = \"service-request\"");
        if let Some(name) = &name {
            let slug = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            if !name.value.chars().all(slug) {
                page.error(
                    name.span.start,
                    format!("`{}` is not a class name", name.value),
                    "use lower-case letters, digits and hyphens",
                );
            } else if rows.contains_key(&ClassName::new(name.value)) {
                page.error(
                    name.span.start,
                    format!("class `{}` has a row already", name.value),
                    "keep one row a class",
                );
            }
        }
        let place = table.place("then");
        if let Some(row) = read_row(table, name.map(|name| ClassName::new(name.value))) {
            if row.then == Disposal::Review && NOTHING_TO_REVIEW.contains(&row.class.as_str()) {
                page.error(
                    place,
                    format!("nobody can review what is of class `{}`", row.class),
                    "write then = \"delete\", or \"anonymise\" to keep counts",
                );
            }
            rows.insert(row.class.clone(), row);
        }
    }
    fields.done();
    rows
}

fn read_row(table: Fields<'_>, class: Option<ClassName>) -> Option<Row> {
    let owned = |text: Option<Placed<&str>>| text.map(|text| text.value.to_owned());
    let information = owned(table.need_text("information", "information = \"…\""));
    let keep_for = table.need_text("keep_for", "keep_for = \"P12M\"");
    let span = keep_for.as_ref().and_then(|text| period(table.page, text));
    let keep_from = triggers(&table);
    let then = table
        .need_text("then", "then = \"delete\"")
        .and_then(|text| table.page.one_of("`then` value", &text, DISPOSALS));
    let basis = owned(table.need_text("basis", "basis = \"UK GDPR Art 6(1)(e)\""));
    let authority = owned(table.need_text("authority", "authority = \"…\""));
    let source = owned(table.need_text("source", "source = \"proposed, the council sets it\""));
    let must_keep = table.flag("must_keep");
    table.done();
    Some(Row {
        class: class?,
        information: information?,
        keep_for: span?,
        keep_for_text: keep_for?.value.to_owned(),
        keep_from,
        then: then?,
        basis: basis?,
        authority: authority?,
        source: source?,
        must_keep,
    })
}

const DISPOSALS: &[(&str, Disposal)] = &[
    ("delete", Disposal::Delete),
    ("review", Disposal::Review),
    ("anonymise", Disposal::Anonymise),
];

const TRIGGERS: &[(&str, Trigger)] = &[
    ("created", Trigger::Created),
    ("last-activity", Trigger::LastActivity),
    ("conversation-closed", Trigger::ConversationClosed),
    ("case-closed", Trigger::CaseClosed),
    ("consent-withdrawn", Trigger::ConsentWithdrawn),
    ("end-of-financial-year", Trigger::EndOfFinancialYear),
];

fn triggers(table: &Fields<'_>) -> Vec<Trigger> {
    let example = "keep_from = [\"conversation-closed\"]";
    let texts = table.need_texts("keep_from", example);
    if texts.is_empty() {
        table.page.error(
            table.place("keep_from"),
            "`keep_from` names no trigger",
            format!("write e.g. `{example}`"),
        );
    }
    texts
        .iter()
        .filter_map(|text| table.page.one_of("trigger", text, TRIGGERS))
        .collect()
}

/// An ISO 8601 period of whole days or more, e.g. `P12M`.
fn period(page: &Page<'_>, text: &Placed<&str>) -> Option<Span> {
    let fault = |what: &str| {
        page.error(
            text.span.start,
            format!("`{}` {what}", text.value),
            "write an ISO 8601 period of days, weeks, months or years, e.g. \"P12M\"",
        );
    };
    // jiff also reads "12 months"; the register is written in one way.
    let span = match text.value.parse::<Span>() {
        Ok(span) if text.value.starts_with('P') && !text.value.contains('T') => span,
        Ok(_) | Err(_) => {
            fault("is not a period");
            return None;
        }
    };
    if !span.is_positive() {
        fault("is no time at all");
        return None;
    }
    let longest = Date::constant(2000 + KEEP_YEARS_MAX, 1, 1);
    match Date::constant(2000, 1, 1).checked_add(span) {
        Ok(end) if end <= longest => Some(span),
        Ok(_) | Err(_) => {
            fault(&format!("is longer than {KEEP_YEARS_MAX} years"));
            None
        }
    }
}

//! The Information Asset Register: how long each record class is kept, from when, and on what basis.
//!
//! Read from `transcripts/retention.toml`; every fault is found at load, with its place. It computes
//! due dates and does not delete anything.

use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

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

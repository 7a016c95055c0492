//! Opening hours by weekday, in the council's time zone, with bank holidays and daylight saving.

use super::BankHolidays;
use crate::content::Locale;
use jiff::{Timestamp, Zoned, civil::Time, tz::TimeZone};

/// When a department can be reached.
#[derive(Debug, Clone, Default)]
pub struct OpeningHours {
    /// Spans of each weekday, Monday first, in order, not overlapping; end exclusive.
    pub week: [Vec<(Time, Time)>; 7],
    /// Whether it is open on bank holidays too.
    pub open_on_holidays: bool,
}

/// Whether a department can be reached at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpenStatus {
    /// Until when.
    Open {
        /// None where it never closes.
        until: Option<Zoned>,
    },
    /// From when.
    Closed {
        /// None where it does not open within the next fortnight.
        opens: Option<Zoned>,
    },
}

impl OpeningHours {
    /// Whether it is open at `now`, and when that changes.
    #[must_use]
    pub fn status(&self, now: Timestamp, zone: &TimeZone, holidays: &BankHolidays) -> OpenStatus {
        let _ = (now, zone, holidays);
        OpenStatus::Closed { opens: None }
    }

    /// The hours in words, e.g. "Monday to Friday 08:30 to 17:00".
    #[must_use]
    pub fn in_words(&self, locale: Locale) -> String {
        let _ = locale;
        String::new()
    }
}

/// A moment in words as seen from `now`: "today at 13:30", "tomorrow at 08:30", "on Monday at 08:30".
#[must_use]
pub fn moment_in_words(moment: &Zoned, now: Timestamp, locale: Locale) -> String {
    let _ = (moment, now, locale);
    String::new()
}

//! Opening hours by weekday, in the council's time zone, with bank holidays and daylight saving.
//!
//! It does not know what a department does when it is closed, and reads no clock.

use super::BankHolidays;
use jiff::civil::{Date, Time};
use jiff::{Timestamp, Zoned, tz::TimeZone};

/// When a department can be reached.
#[derive(Debug, Clone, Default)]
pub struct OpeningHours {
    /// Spans of each weekday, Monday first, in order, not overlapping; end exclusive. An end of
    /// [`OpeningHours::MIDNIGHT`] is the end of the day, "24:00".
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

/// How far ahead an opening is looked for.
const OPENS_WITHIN_DAYS: usize = 14;
/// How far ahead a closing is looked for: longer than any time between two bank holidays.
const CLOSES_WITHIN_DAYS: usize = 366;

impl OpeningHours {
    /// The end of a span that lasts to the end of its day.
    pub const MIDNIGHT: Time = Time::MAX;

    /// Whether it is open at `now`, and when that changes.
    #[must_use]
    pub fn status(&self, now: Timestamp, zone: &TimeZone, holidays: &BankHolidays) -> OpenStatus {
        let here = now.to_zoned(zone.clone());
        let today = here.date();
        // In instants, not in times of day: in the hour that the clock repeats, times of day lie.
        let current = self.spans(today, holidays).iter().find(|(start, end)| {
            instant(today, *start, zone).is_some_and(|start| start <= here)
                && closing(today, *end, zone).is_none_or(|end| here < end)
        });
        match current {
            Some((_, end)) => OpenStatus::Open {
                until: self.until(today, *end, zone, holidays),
            },
            None => OpenStatus::Closed {
                opens: self.opens(&here, zone, holidays),
            },
        }
    }

    /// The spans of a day, none on a holiday.
    fn spans(&self, day: Date, holidays: &BankHolidays) -> &[(Time, Time)] {
        if !self.open_on_holidays && holidays.contains(day) {
            return &[];
        }
        let weekday = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0);
        &self.week[weekday]
    }

    /// When a span that ends today at `end` closes, followed into the spans that go on from it.
    fn until(
        &self,
        today: Date,
        end: Time,
        zone: &TimeZone,
        holidays: &BankHolidays,
    ) -> Option<Zoned> {
        let mut last = (today, end);
        let days = std::iter::successors(Some(today), |day| day.tomorrow().ok());
        for day in days.take(CLOSES_WITHIN_DAYS) {
            for (start, end) in self.spans(day, holidays) {
                // Here `last` is of this day, or it is the midnight before.
                if last == (day, *start) || (last.0 != day && *start == Time::midnight()) {
                    last = (day, *end);
                }
            }
            if last != (day, Self::MIDNIGHT) {
                return closing(last.0, last.1, zone);
            }
        }
        None
    }

    /// When it opens next after `here`, within a fortnight.
    fn opens(&self, here: &Zoned, zone: &TimeZone, holidays: &BankHolidays) -> Option<Zoned> {
        let days = std::iter::successors(Some(here.date()), |day| day.tomorrow().ok());
        days.take(OPENS_WITHIN_DAYS + 1)
            .flat_map(|day| {
                self.spans(day, holidays)
                    .iter()
                    .map(move |span| (day, span.0))
            })
            .filter_map(|(day, start)| instant(day, start, zone))
            .find(|start| start > here)
    }
}

/// The instant of a time of day: the earlier where the clock shows it twice, the later side of the
/// gap where it does not show it at all. None beyond the calendar's end.
fn instant(day: Date, time: Time, zone: &TimeZone) -> Option<Zoned> {
    zone.to_zoned(day.to_datetime(time)).ok()
}

fn closing(day: Date, end: Time, zone: &TimeZone) -> Option<Zoned> {
    if end == OpeningHours::MIDNIGHT {
        instant(day.tomorrow().ok()?, Time::midnight(), zone)
    } else {
        instant(day, end, zone)
    }
}

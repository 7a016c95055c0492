//! Bank holidays of England and Wales, by rule, for any year.
//!
//! It knows the eight that the Banking and Financial Dealings Act 1971 and custom give each year,
//! with their substitute days. It does not know days proclaimed for one occasion, or a holiday moved
//! by proclamation: those are written in the council's `closing_days`.

use jiff::civil::{Date, Weekday};
use std::collections::BTreeSet;

/// Bank holidays by rule, with the days that were proclaimed or that the council itself closes.
#[derive(Debug, Clone, Default)]
pub struct BankHolidays {
    /// Days that no rule gives.
    pub extra: BTreeSet<Date>,
}

impl BankHolidays {
    /// Whether `day` is a bank holiday or a closing day.
    ///
    /// Where New Year's Day, Christmas Day or Boxing Day falls on a weekend, that day counts as well
    /// as the weekday in its place: nobody is there on a Saturday that is Christmas Day.
    #[must_use]
    pub fn contains(&self, day: Date) -> bool {
        self.extra.contains(&day) || by_rule(day)
    }
}

fn by_rule(day: Date) -> bool {
    let weekday = day.weekday();
    match (day.month(), day.day()) {
        (1, 1) | (12, 25 | 26) => true,
        // The Monday after a New Year's Day on Saturday or Sunday.
        (1, 2 | 3) => weekday == Weekday::Monday,
        // Christmas or Boxing Day at the weekend: Monday 27th (Christmas on Saturday), Tuesday 27th
        // (Christmas on Sunday), Monday 28th (Boxing Day on Saturday), Tuesday 28th (on Sunday).
        (12, 27 | 28) => matches!(weekday, Weekday::Monday | Weekday::Tuesday),
        (3 | 4, _) => easter_sunday(day.year()).is_some_and(|easter| {
            // Good Friday and Easter Monday, which may stand in different months.
            let in_two_days = day.tomorrow().and_then(Date::tomorrow);
            in_two_days.is_ok_and(|sunday| sunday == easter)
                || day.yesterday().is_ok_and(|sunday| sunday == easter)
        }),
        // The first Monday of May, the last of May and the last of August.
        (5, date) => weekday == Weekday::Monday && (date <= 7 || date > 24),
        (8, date) => weekday == Weekday::Monday && date > 24,
        _ => false,
    }
}

/// Easter Sunday by the Gregorian computus ("Nature", 20 April 1876).
fn easter_sunday(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let golden = y.rem_euclid(19);
    let (century, in_century) = (y.div_euclid(100), y.rem_euclid(100));
    let correction = (century - (century + 8).div_euclid(25) + 1).div_euclid(3);
    let epact = (19 * golden + century - century.div_euclid(4) - correction + 15).rem_euclid(30);
    let weekday = (32 + 2 * century.rem_euclid(4) + 2 * (in_century / 4) - epact - in_century % 4)
        .rem_euclid(7);
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let days = epact + weekday - 7 * late + 114;
    let month = i8::try_from(days / 31).ok()?;
    let day = i8::try_from(days % 31 + 1).ok()?;
    Date::new(year, month, day).ok()
}

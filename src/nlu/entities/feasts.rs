//! Days by their name: "bank holiday monday", "good friday", "christmas day".
//!
//! Which days are bank holidays is the departments' to know.

use super::Context;
use super::days::{Day, Found, year_after};
use super::weeks::named_weekday;
use super::words::Words;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// "bank holiday monday", "good friday", "christmas day": the last one, or with "next" the one to come.
pub(super) fn holiday(w: &Words<'_>, at: usize, context: &Context<'_>) -> Found {
    let today = context.today();
    let mut first = at + usize::from(w.is(at, &["the"]));
    let ahead = w.is(first, &["next", "this", "coming"]);
    first += usize::from(ahead || w.is(first, &["last"]));
    if w.are(first, &["bank", "holiday"]) {
        let day = named_weekday(w, first + 2);
        let end = first + 2 + usize::from(day.is_some());
        let fits = |date: &Date| {
            let weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
            // "bank holiday weekend" days are near one, and only the holiday itself is on a weekday.
            let near = match day {
                Some(Weekday::Saturday) => 2,
                Some(Weekday::Sunday) => 1,
                Some(_) | None => 0,
            };
            let held = date
                .checked_add(near.days())
                .is_ok_and(|on| context.holidays.contains(on));
            held && day.map_or(!weekend, |day| day == date.weekday())
        };
        return Some((end, Day::On(nearest(today, ahead, fits)?)));
    }
    let is_easter = |date: &Date, weekday: Weekday| {
        matches!(date.month(), 3 | 4)
            && date.weekday() == weekday
            && context.holidays.contains(*date)
    };
    let two = (w.get(first), w.get(first + 1));
    let fixed = |month: i8, day: i8| move |date: &Date| (date.month(), date.day()) == (month, day);
    let (date, length) = match two {
        ("good", "friday") => (
            nearest(today, ahead, |date| is_easter(date, Weekday::Friday)),
            2,
        ),
        ("easter", "monday") => (
            nearest(today, ahead, |date| is_easter(date, Weekday::Monday)),
            2,
        ),
        ("easter", "sunday") => (
            nearest(today, ahead, |date| {
                date.tomorrow()
                    .is_ok_and(|next| is_easter(&next, Weekday::Monday))
            }),
            2,
        ),
        ("christmas", "day") | ("xmas", "day") => (nearest(today, ahead, fixed(12, 25)), 2),
        ("christmas", "eve") | ("xmas", "eve") => (nearest(today, ahead, fixed(12, 24)), 2),
        ("boxing", "day") => (nearest(today, ahead, fixed(12, 26)), 2),
        ("new", "years" | "year") if w.is(first + 2, &["day"]) => {
            (nearest(today, ahead, fixed(1, 1)), 3)
        }
        ("new", "years" | "year") if w.is(first + 2, &["eve"]) => {
            (nearest(today, ahead, fixed(12, 31)), 3)
        }
        ("bonfire", "night") => (nearest(today, ahead, fixed(11, 5)), 2),
        ("dydd", "nadolig") => (nearest(today, ahead, fixed(12, 25)), 2),
        _ => return None,
    };
    let (date, end) = (date?, first + length);
    // "christmas day nineteen fifty"
    if let (Some(year), end) = year_after(w, end, context) {
        let in_year = Date::new(year, date.month(), date.day()).ok();
        if !matches!(two.0, "good" | "easter") {
            return Some((end, in_year.map_or(Day::Impossible, Day::On)));
        }
    }
    Some((end, Day::On(date)))
}

/// The last day up to today that fits, or the first one after it; within thirteen months.
fn nearest(today: Date, ahead: bool, fits: impl Fn(&Date) -> bool) -> Option<Date> {
    const DAYS_MAX: usize = 400;
    let step = |date: &Date| {
        if ahead {
            date.tomorrow()
        } else {
            date.yesterday()
        }
        .ok()
    };
    let first = if ahead { today.tomorrow().ok()? } else { today };
    std::iter::successors(Some(first), step)
        .take(DAYS_MAX)
        .find(fits)
}

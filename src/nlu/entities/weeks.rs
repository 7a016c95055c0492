//! Days by their weekday, by weeks and by counting: "a week last Tuesday", "Friday next week", "three
//! weeks ago", "the end of the month".
//!
//! Dates in figures and by their month are [`super::days`]'.

use super::Context;
use super::days::{Day, Found, shifted};
use super::numbers::cardinal;
use super::spelling::is_nearly;
use super::words::Words;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

pub(super) const WEEKDAYS: &[(Weekday, &[&str])] = &[
    (Weekday::Monday, &["monday", "mon", "llun", "lun"]),
    (
        Weekday::Tuesday,
        &["tuesday", "tues", "tue", "mawrth", "fawrth"],
    ),
    (
        Weekday::Wednesday,
        &["wednesday", "wed", "weds", "mercher", "fercher"],
    ),
    (
        Weekday::Thursday,
        &["thursday", "thurs", "thu", "thur", "iau"],
    ),
    (Weekday::Friday, &["friday", "fri", "gwener", "wener"]),
    (Weekday::Saturday, &["saturday", "sat", "sadwrn"]),
    (Weekday::Sunday, &["sunday", "sun", "sul"]),
];
/// Names of days that are words of their own too: only where something says that a day is meant.
const DOUBTFUL: &[&str] = &[
    "sat", "sun", "wed", "mon", "llun", "lun", "mawrth", "fawrth", "iau", "sul",
];
const BEFORE_DAY: &[&str] = &[
    "on", "last", "next", "this", "every", "since", "dydd", "ddydd", "nos", "by", "until",
];

/// "a week", "two weeks", "a fortnight", as weeks.
pub(super) fn weeks(w: &Words<'_>, at: usize) -> Option<(i64, usize)> {
    if w.is(at, &["wythnos"]) {
        return Some((1, at + 1));
    }
    if w.is(at, &["week", "fortnight"]) {
        let weeks = if w.is(at, &["week"]) { 1 } else { 2 };
        return Some((weeks, at + 1));
    }
    let (count, unit) = if w.is(at, &["a", "one"]) {
        (1, at + 1)
    } else {
        let count = cardinal(w, at)?;
        (count.value, count.end)
    };
    let weeks = match w.get(unit) {
        "week" | "weeks" => count,
        "fortnight" | "fortnights" => count.checked_mul(2)?,
        _ => return None,
    };
    Some((weeks, unit + 1))
}

/// "three weeks ago", "in two weeks", "two weeks' time", "a couple of days back".
pub(super) fn counted(w: &Words<'_>, at: usize, context: &Context<'_>) -> Found {
    let ahead = w.is(at, &["in", "mewn", "ymhen"]);
    let first = at + usize::from(ahead);
    let first = first
        + usize::from(w.is(first, &["about", "around", "over", "nearly", "exactly"]) && ahead);
    let (count, unit) = if w.is(first, &["a", "an", "one"])
        && cardinal(w, first).is_none_or(|said| said.end == first + 1)
    {
        (1, first + 1)
    } else {
        let count = cardinal(w, first)?;
        (count.value, count.end)
    };
    let count = i32::try_from(count).ok().filter(|count| *count <= 5_000)?;
    let span = match w.get(unit) {
        "day" | "days" => count.days(),
        "diwrnod" => count.days(),
        "week" | "weeks" | "wk" | "wks" | "wythnos" => count.weeks(),
        "fortnight" | "fortnights" => count.checked_mul(2)?.weeks(),
        "month" | "months" | "mis" => count.months(),
        "year" | "years" | "flynedd" | "blynedd" => count.years(),
        _ => return None,
    };
    let after = unit + 1;
    let today = context.today();
    if w.is(after, &["ago", "back"]) || w.are(after, &["yn", "ol"]) {
        let on = named_ago(w, after + 1);
        let end = if w.is(after, &["yn"]) {
            after + 2
        } else {
            after + 1
        };
        if let Some((end, weekday)) = on {
            // "two weeks ago on tuesday": the Tuesday of that week.
            let day = today.checked_sub(span).ok()?;
            let monday = day
                .checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days())
                .ok()?;
            return Some((
                end,
                shifted(monday, weekday.to_monday_zero_offset().into())?,
            ));
        }
        return Some((end, Day::On(today.checked_sub(span).ok()?)));
    }
    let end = if w.is(after, &["time"]) {
        after + 1
    } else if w.is(after, &["from"]) && w.is(after + 1, &["now", "today"]) {
        after + 2
    } else if ahead {
        after
    } else {
        return None;
    };
    Some((end, Day::On(today.checked_add(span).ok()?)))
}

/// "on tuesday" after "two weeks ago".
fn named_ago(w: &Words<'_>, at: usize) -> Option<(usize, Weekday)> {
    let at = at + usize::from(w.is(at, &["on"]));
    named_weekday(w, at).map(|day| (at + 1, day))
}

pub(super) fn named_weekday(w: &Words<'_>, at: usize) -> Option<Weekday> {
    let word = w.get(at);
    if word.len() < 3 {
        return None;
    }
    let singular = singular(word);
    let (day, _) = WEEKDAYS.iter().find(|(_, said)| {
        said.contains(&singular) || said.first().is_some_and(|full| is_nearly(singular, full))
    })?;
    Some(*day)
}

/// A weekday's name without the s of "mondays".
pub(super) fn singular(word: &str) -> &str {
    if word.len() > 6 {
        word.strip_suffix('s').unwrap_or(word)
    } else {
        word
    }
}

/// The monday of the week that is so many weeks from this one.
fn week(today: Date, weeks: i64) -> Option<Date> {
    let monday = i64::from(today.weekday().to_monday_zero_offset());
    today.checked_add((7 * weeks - monday).days()).ok()
}

/// "last week", "this", "next", and how many weeks that is from this one.
fn which_week(w: &Words<'_>, at: usize) -> Option<(i64, usize)> {
    let weeks = match w.get(at) {
        "last" => -1,
        "this" => 0,
        "next" => 1,
        "wythnos" => {
            return match w.get(at + 1) {
                "nesaf" => Some((1, at + 2)),
                "diwethaf" | "ddiwethaf" => Some((-1, at + 2)),
                _ => None,
            };
        }
        _ => return None,
    };
    if w.are(at + 1, &["week"]) {
        return Some((weeks, at + 2));
    }
    None
}

/// A weekday with what is said around it.
pub(super) fn weekday(w: &Words<'_>, at: usize, context: &Context<'_>) -> Found {
    let today = context.today();
    let nth = |nth: i32, day: Weekday, weeks: i64| {
        let day = today.nth_weekday(nth, day).ok()?;
        shifted(day, 7 * weeks)
    };
    // "last week wednesday"
    if let Some((weeks, next)) = which_week(w, at) {
        let next = next + usize::from(w.is(next, &["on"]));
        if let Some(day) = named_weekday(w, next) {
            return Some((
                next + 1,
                shifted(week(today, weeks)?, day.to_monday_zero_offset().into())?,
            ));
        }
        return None;
    }
    if let Some(found) = weeks_from(w, at, today) {
        return found;
    }
    let mut first = at + usize::from(w.is(at, &["the", "dydd", "ddydd", "nos"]));
    let before = w.get(first);
    let how = match before {
        "last" | "past" => Some(-1),
        "next" | "this" | "coming" => Some(1),
        _ => None,
    };
    if how.is_some() {
        first += 1 + usize::from(w.is(first + 1, &["coming", "past"]));
    }
    let day = named_weekday(w, first)?;
    let word = w.get(first);
    let is_sure = !DOUBTFUL.contains(&word)
        || context.is_asked
        || how.is_some()
        || first
            .checked_sub(1)
            .is_some_and(|left| w.is(left, BEFORE_DAY))
        || w.is(first + 1, &["diwethaf", "nesaf"]);
    if !is_sure || w.is(first + 1, &["haul"]) {
        return None;
    }
    let end = first + 1;
    let end = end
        + usize::from(
            w.follows(end)
                && w.is(
                    end,
                    &[
                        "morning",
                        "afternoon",
                        "evening",
                        "night",
                        "teatime",
                        "lunchtime",
                    ],
                ),
        );
    let this = before == "this" && !w.is(at + 1, &["past"]);
    if let Some(found) = after_weekday(w, end, day, today) {
        return Some(found);
    }
    let found = match how {
        Some(-1) => nth(-1, day, 0),
        Some(_) if this && today.weekday() == day => Some(Day::On(today)),
        Some(_) => nth(1, day, 0),
        None if today.weekday() == day => Some(Day::On(today)),
        None => nth(-1, day, 0),
    };
    Some((end, found?))
}

/// What is said after a weekday: "just gone", "week", "of last week", "before last", "diwethaf".
fn after_weekday(w: &Words<'_>, end: usize, day: Weekday, today: Date) -> Found {
    let nth = |nth: i32, weeks: i64| shifted(today.nth_weekday(nth, day).ok()?, 7 * weeks);
    let of = usize::from(w.is(end, &["of", "in"]));
    if let Some((weeks, end)) = which_week(w, end + of) {
        return Some((
            end,
            shifted(week(today, weeks)?, day.to_monday_zero_offset().into())?,
        ));
    }
    let just = usize::from(w.is(end, &["just"]));
    if w.is(end + just, &["gone", "past", "passed"]) {
        return Some((end + just + 1, nth(-1, 0)?));
    }
    if w.are(end, &["before", "last"]) {
        return Some((end + 2, nth(-1, -1)?));
    }
    if w.are(end, &["after", "next"]) {
        return Some((end + 2, nth(1, 1)?));
    }
    match w.get(end) {
        "week" if !w.is(end + 1, &["ago"]) => Some((end + 1, nth(1, 1)?)),
        "fortnight" => Some((end + 1, nth(1, 2)?)),
        "last" | "diwethaf" | "ddiwethaf" => Some((end + 1, nth(-1, 0)?)),
        "next" | "nesaf" | "coming" => Some((end + 1, nth(1, 0)?)),
        _ => None,
    }
}

/// "next week", "the end of the month", "the beginning of next week".
pub(super) fn part_of(w: &Words<'_>, at: usize, context: &Context<'_>) -> Found {
    let today = context.today();
    let first = at + usize::from(w.is(at, &["the"]));
    let part = w.get(first);
    let (part, next) = match part {
        "end" | "start" | "beginning" | "middle" if w.is(first + 1, &["of"]) => (part, first + 2),
        _ => ("", at),
    };
    let next =
        next + usize::from(!part.is_empty() && w.is(next, &["the"]) && !w.is(next + 1, &["week"]));
    if let Some((weeks, end)) = which_week(w, next)
        .or_else(|| (!part.is_empty() && w.are(next, &["the", "week"])).then_some((0, next + 2)))
    {
        let on = usize::from(w.is(end, &["on"]));
        if named_weekday(w, end + on).is_some() {
            return None;
        }
        let monday = week(today, weeks)?;
        let on = |days: i64| monday.checked_add(days.days()).ok();
        let day = match part {
            "" => Day::Within(monday, on(6)?),
            "end" => Day::On(on(4)?),
            "middle" => Day::On(on(2)?),
            _ => Day::On(monday),
        };
        return Some((end, day));
    }
    let (months, end) = match (w.get(next), w.get(next + 1)) {
        ("last", "month") => (-1, next + 2),
        ("this", "month") => (0, next + 2),
        ("next", "month") => (1, next + 2),
        ("month", _) if !part.is_empty() => (0, next + 1),
        _ => return None,
    };
    let first = today.first_of_month().checked_add(months.months()).ok()?;
    let day = match part {
        "" => Day::Within(first, first.last_of_month()),
        "end" => Day::On(first.last_of_month()),
        "middle" => Day::On(first.checked_add(14.days()).ok()?),
        _ => Day::On(first),
    };
    Some((end, day))
}

/// "a week last tuesday", "a week on friday", "wythnos i ddydd Llun"; none where no number of weeks
/// comes first.
fn weeks_from(w: &Words<'_>, at: usize, today: Date) -> Option<Found> {
    let (weeks, next) = weeks(w, at)?;
    let back = w.is(next, &["last", "ago", "past"]);
    let ahead = w.is(next, &["on", "next", "this", "from", "i", "come"]);
    let next = next + usize::from(back || ahead);
    let next = next + usize::from(w.is(next, &["on", "last", "dydd", "ddydd"]));
    let Some(day) = named_weekday(w, next).filter(|_| back || ahead) else {
        return Some(None);
    };
    let (nth, weeks) = if back { (-1, -weeks) } else { (1, weeks) };
    let found = today.nth_weekday(nth, day).ok();
    Some(found.and_then(|day| Some((next + 1, shifted(day, 7 * weeks)?))))
}

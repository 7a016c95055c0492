//! Days as they are typed and said: "a week last Tuesday", "23/3/83", "bank holiday monday", "ddoe".
//!
//! DD/MM always. A weekday alone is the last one, today included, since residents report what has
//! happened; "next" and "this" make it the one to come. A day without its year is the one nearest to
//! today. Civil dates only, so that no clock change moves a day. How far back "three weeks ago" is
//! counted in days; times of day are `times`'.

use super::Context;
use super::feasts::holiday;
use super::numbers::{digit, in_century, ordinal, small, year};
use super::spelling::is_nearly;
use super::weeks::{counted, named_weekday, part_of, weekday, weeks};
use super::words::Words;
use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// What a date says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// One day.
    On(Date),
    /// A time of several days, first and last: "next week".
    Within(Date, Date),
    /// A date that no calendar has: 31 June.
    Impossible,
}

impl Day {
    /// The day, where it is one.
    #[must_use]
    pub fn date(self) -> Option<Date> {
        match self {
            Self::On(date) => Some(date),
            Self::Within(..) | Self::Impossible => None,
        }
    }
}

pub(super) type Found = Option<(usize, Day)>;

pub(super) const MONTHS: &[(&str, &str)] = &[
    ("january", "ionawr"),
    ("february", "chwefror"),
    ("march", "mawrth"),
    ("april", "ebrill"),
    ("may", "mai"),
    ("june", "mehefin"),
    ("july", "gorffennaf"),
    ("august", "awst"),
    ("september", "medi"),
    ("october", "hydref"),
    ("november", "tachwedd"),
    ("december", "rhagfyr"),
];
/// Months with their first letter mutated, after "o".
pub(super) const MUTATED: &[(&str, usize)] = &[
    ("fawrth", 3),
    ("fai", 5),
    ("fehefin", 6),
    ("orffennaf", 7),
    ("fedi", 9),
    ("dachwedd", 11),
    ("ragfyr", 12),
];

/// The day that is named from the word `at` on, and the word after it.
pub(super) fn read(w: &Words<'_>, at: usize, context: &Context<'_>) -> Found {
    if at > 0 && w.is(at - 1, &["flat", "number", "no", "unit"]) {
        return None;
    }
    figures(w, at, context)
        .or_else(|| spoken_figures(w, at, context))
        .or_else(|| written(w, at, context))
        .or_else(|| dated_weekday(w, at, context))
        .or_else(|| relative(w, at, context))
        .or_else(|| holiday(w, at, context))
        .or_else(|| counted(w, at, context))
        .or_else(|| part_of(w, at, context))
        .or_else(|| weekday(w, at, context))
        .or_else(|| bare(w, at, context))
}

pub(super) fn shifted(today: Date, days: i64) -> Option<Day> {
    today.checked_add(days.days()).ok().map(Day::On)
}

/// "2026-06-09", "23/3/83", "10/06"; between other marks with its year, or where a date was asked for.
fn figures(w: &Words<'_>, at: usize, context: &Context<'_>) -> Found {
    let plain = |at: usize| w.figures(at).filter(|(_, rest)| rest.is_empty());
    let (first, _) = plain(at)?;
    let (second, _) = plain(at + 1)?;
    let mark = w.gap(at + 1);
    if !matches!(mark, "/" | "." | "-") || matches!(w.gap(at), "/" | "." | "-" | "£") {
        return None;
    }
    let third = plain(at + 2).filter(|_| w.gap(at + 2) == mark);
    if w.get(at).len() == 4 {
        let (day, _) = third?;
        let date = dated(
            Some(i16::try_from(first).ok()?),
            second,
            day,
            context.today(),
        );
        return Some((at + 3, date));
    }
    match third {
        Some((third, _)) => {
            let year = match w.get(at + 2).len() {
                2 => in_century(third.into(), context.today().year())?,
                4 => i16::try_from(third).ok()?,
                _ => return None,
            };
            // "10.30.15" is a time; a date in points has its year last, and a month.
            Some((at + 3, dated(Some(year), second, first, context.today())))
        }
        None => {
            let fraction = (first, second) == (24, 7) || second > 12 || first > 31 || second == 0;
            let doubtful = (mark != "/" && !context.is_asked) || fraction;
            let goes_on = w.gap(at + 2) == mark;
            (!doubtful && !goes_on).then(|| (at + 2, dated(None, second, first, context.today())))
        }
    }
}

/// Three numbers, where a date was asked for: "2 6 65", "oh two oh six nineteen sixty five", and in
/// one piece "020665".
fn spoken_figures(w: &Words<'_>, at: usize, context: &Context<'_>) -> Found {
    if !context.is_asked {
        return None;
    }
    let number = |at: usize, most: i64| {
        let oh = (digit(w, at) == Some(0))
            .then(|| digit(w, at + 1))
            .flatten();
        match oh {
            Some(units) => Some((i64::from(units), at + 2)),
            None => small(w, at)
                .filter(|said| (1..=most).contains(&said.value))
                .map(|said| (said.value, said.end)),
        }
    };
    if let Some(date) = one_piece(w, at, context) {
        return Some(date);
    }
    let (day, next) = number(at, 31)?;
    let (month, next) = number(next, 12)?;
    let (year, end) = year(w, next, true, context.today().year())?;
    let day = dated(
        Some(year),
        u32::try_from(month).ok()?,
        u32::try_from(day).ok()?,
        context.today(),
    );
    Some((end, day))
}

/// "020665" and "02061965".
fn one_piece(w: &Words<'_>, at: usize, context: &Context<'_>) -> Found {
    let word = w.get(at);
    let part = |range: std::ops::Range<usize>| word.get(range)?.parse::<u32>().ok();
    let year = match word.len() {
        6 => in_century(part(4..6)?.into(), context.today().year())?,
        8 => i16::try_from(part(4..8)?).ok()?,
        _ => return None,
    };
    Some((
        at + 1,
        dated(Some(year), part(2..4)?, part(0..2)?, context.today()),
    ))
}

/// "9 June", "June 9th 2026", "the 9th of June", "the second of the sixth sixty five".
fn written(w: &Words<'_>, at: usize, context: &Context<'_>) -> Found {
    let today = context.today();
    let at = at + usize::from(w.is(at, &["the", "y", "yr"]));
    if let Some(month) = month(w, at) {
        let next = at + 1 + usize::from(w.is(at + 1, &["the"]));
        let day = ordinal(w, next).or_else(|| {
            // "september nineteen ninety nine" has no day.
            let is_year = year(w, next, false, today.year()).is_some();
            small(w, next).filter(|_| w.follows(next) && !is_year)
        })?;
        let day_number = u32::try_from(day.value)
            .ok()
            .filter(|day| (1..=39).contains(day))?;
        // "june 2026" has no day.
        let (year, end) = year_after(w, day.end, context);
        return Some((end, dated(year, month, day_number, today)));
    }
    let ordinal = ordinal(w, at);
    let day = ordinal.or_else(|| small(w, at))?;
    let number = u32::try_from(day.value)
        .ok()
        .filter(|day| (1..=39).contains(day))?;
    let of = usize::from(w.is(day.end, &["of", "o"]));
    let next = day.end + of;
    if w.follows(day.end)
        && let Some(month) = month(w, next)
    {
        // "the march past": a month after a bare word is one only with a number before it.
        let (year, end) = year_after(w, next + 1, context);
        return Some((end, dated(year, month, number, today)));
    }
    // "the second of the sixth sixty five"
    if of == 0 || ordinal.is_none() || !w.is(next, &["the"]) {
        return None;
    }
    let month = super::numbers::ordinal(w, next + 1).filter(|month| month.value >= 1)?;
    let (year, end) = year(w, month.end, true, today.year())?;
    let month = u32::try_from(month.value).ok()?;
    Some((end, dated(Some(year), month, number, today)))
}

/// The year after a day and a month: "1983", ", 1983", "in 1983"; "83" and "eighty three" as well.
pub(super) fn year_after(w: &Words<'_>, at: usize, context: &Context<'_>) -> (Option<i16>, usize) {
    let next = at + usize::from(w.is(at, &["in"]));
    if !w.follows(next) {
        return (None, at);
    }
    // "9 june 10 bins": two figures are a year only where nothing is counted by them.
    let ends = |end: usize| context.is_asked || end >= w.len() || !w.follows(end);
    match year(w, next, true, context.today().year()) {
        Some((year, end)) if year_is_full(w, next) || ends(end) => (Some(year), end),
        Some(_) | None => (None, at),
    }
}

fn year_is_full(w: &Words<'_>, at: usize) -> bool {
    year(w, at, false, 2000).is_some()
}

/// The month by its name, number from 1.
fn month(w: &Words<'_>, at: usize) -> Option<u32> {
    let word = w.get(at);
    if word.len() < 3 {
        return None;
    }
    let fits = |name: &str| {
        name == word
            || word == "sept" && name == "september"
            || word.len() == 3 && name.starts_with(word)
            || is_nearly(word, name)
    };
    let place = MONTHS
        .iter()
        .position(|(en, cy)| fits(en) || fits(cy))
        .map(|place| place + 1)
        .or_else(|| {
            MUTATED
                .iter()
                .find(|(name, _)| *name == word)
                .map(|(_, month)| *month)
        })?;
    u32::try_from(place).ok()
}

/// The day in its year, or in the year that brings it nearest to today.
fn dated(year: Option<i16>, month: u32, day: u32, today: Date) -> Day {
    let date = |year: i16| {
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        Date::new(year, month, day).ok()
    };
    let distance = |date: &Date| {
        let between: Span = today.until(*date).unwrap_or_default();
        between.get_days().abs()
    };
    let found = match year {
        Some(year) => date(year),
        None => [-1, 0, 1]
            .into_iter()
            .filter_map(|years| date(today.year().checked_add(years)?))
            .min_by_key(distance)
            // 29 February is a day, in the years that have it.
            .or_else(|| {
                [-2, 2]
                    .into_iter()
                    .filter_map(|years| date(today.year().checked_add(years)?))
                    .min_by_key(distance)
            }),
    };
    found.map_or(Day::Impossible, Day::On)
}

/// "Tuesday the 9th of June", "dydd Mawrth 9 Mehefin": the date counts.
fn dated_weekday(w: &Words<'_>, at: usize, context: &Context<'_>) -> Found {
    let at = at + usize::from(w.is(at, &["dydd"]));
    named_weekday(w, at)?;
    if !w.follows(at + 1) {
        return None;
    }
    figures(w, at + 1, context).or_else(|| written(w, at + 1, context))
}

/// "today", "last night", "the day before yesterday", "a week yesterday".
fn relative(w: &Words<'_>, at: usize, context: &Context<'_>) -> Found {
    let today = context.today();
    let at = at + usize::from(w.is(at, &["the"]));
    if w.are(at, &["day", "before", "yesterday"]) {
        return Some((at + 3, shifted(today, -2)?));
    }
    if w.are(at, &["day", "after", "tomorrow"]) {
        return Some((at + 3, shifted(today, 2)?));
    }
    if w.are(at, &["other", "day"]) {
        return None;
    }
    let part = |at: usize| {
        w.is(
            at,
            &[
                "morning",
                "afternoon",
                "evening",
                "night",
                "nite",
                "bore",
                "prynhawn",
            ],
        )
    };
    if w.is(at, &["this"]) && part(at + 1) {
        return Some((at + 2, Day::On(today)));
    }
    if w.is(at, &["last"]) && w.is(at + 1, &["night", "nite", "evening"]) {
        return Some((at + 2, shifted(today, -1)?));
    }
    let one = |at: usize| -> Option<(usize, i64)> {
        let word = w.get(at);
        let days = match word {
            "today" | "tonight" | "heddiw" | "heno" | "2day" => 0,
            "yesterday" | "ddoe" | "doe" | "yday" => -1,
            "echdoe" => -2,
            "tomorrow" | "yfory" | "fory" | "tmrw" | "tomoz" | "2moro" => 1,
            "trennydd" => 2,
            _ if is_nearly(word, "yesterday") => -1,
            _ if is_nearly(word, "tomorrow") => 1,
            _ => return None,
        };
        let end = at + 1;
        Some((end + usize::from(w.follows(end) && part(end)), days))
    };
    if let Some((end, days)) = one(at) {
        return Some((end, shifted(today, days)?));
    }
    // "a week yesterday", "a fortnight tomorrow"
    let (weeks, next) = weeks(w, at)?;
    let ago = w.is(next, &["ago"]);
    let next = next + usize::from(ago);
    let (end, days) = one(next)?;
    let sign = if ago || days < 0 { -1 } else { 1 };
    Some((end, shifted(today, days + sign * 7 * weeks)?))
}

/// "on the 12th": the nearest such day; only where nothing follows that it could count.
fn bare(w: &Words<'_>, at: usize, context: &Context<'_>) -> Found {
    let the = w.is(at, &["the"]);
    let day = ordinal(w, at + usize::from(the)).filter(|day| (1..=31).contains(&day.value))?;
    let ends = day.end >= w.len() || !w.follows(day.end);
    let on = at > 0 && w.is(at - 1, &["on", "since", "until", "by"]);
    if !the || !ends || !(on || context.is_asked) {
        return None;
    }
    let (today, day_number) = (context.today(), i8::try_from(day.value).ok()?);
    let near = [-1, 0, 1]
        .into_iter()
        .filter_map(|months| {
            let first = today.first_of_month().checked_add(months.months()).ok()?;
            Date::new(first.year(), first.month(), day_number).ok()
        })
        .min_by_key(|date| {
            today
                .until(*date)
                .map_or(i32::MAX, |span| span.get_days().abs())
        })?;
    Some((day.end, Day::On(near)))
}

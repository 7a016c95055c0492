//! Times of day and lengths of time: "half seven", "ten to nine tonight", "7.30pm", "nineteen
//! thirty"; "a fortnight", "an hour and a half".
//!
//! "Half seven" is half past seven, as in the United Kingdom. A time on the twelve-hour clock with
//! nothing that says morning or evening is given as it was said, and says so.

use super::Context;
use super::numbers::{cardinal, digit, small};
use super::words::Words;
use crate::pii::Word;
use jiff::civil::Time;
use std::fmt;

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// The time; where it is open, the one before noon.
    pub time: Time,
    /// Whether it may as well be twelve hours later: "half seven".
    pub is_open: bool,
}

/// A length of time, as it was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Length {
    /// Years.
    pub years: u16,
    /// Months.
    pub months: u16,
    /// Weeks.
    pub weeks: u16,
    /// Days.
    pub days: u16,
    /// Hours.
    pub hours: u16,
    /// Minutes.
    pub minutes: u16,
}

impl fmt::Display for Clock {
    /// `07:30`, with a question mark where it may be twelve hours later.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let open = if self.is_open { "?" } else { "" };
        write!(f, "{:02}:{:02}{open}", self.time.hour(), self.time.minute())
    }
}

impl fmt::Display for Length {
    /// As in ISO 8601: `P2Y6M`, `P3W`, `PT1H30M`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("P")?;
        for (count, unit) in [
            (self.years, 'Y'),
            (self.months, 'M'),
            (self.weeks, 'W'),
            (self.days, 'D'),
        ] {
            if count > 0 {
                write!(f, "{count}{unit}")?;
            }
        }
        if self.hours > 0 || self.minutes > 0 {
            f.write_str("T")?;
        }
        for (count, unit) in [(self.hours, 'H'), (self.minutes, 'M')] {
            if count > 0 {
                write!(f, "{count}{unit}")?;
            }
        }
        Ok(())
    }
}

/// Words by which a time is in one half of the day.
const MORNING: &[&str] = &["morning", "am", "bore"];
const EVENING: &[&str] = &["afternoon", "evening", "pm", "tonight", "prynhawn", "heno"];
const NIGHT: &[&str] = &["night", "nite"];

/// The time that is said from the word `at` on, and the word after it.
pub(super) fn read(w: &Words<'_>, at: usize, context: &Context<'_>) -> Option<(usize, Clock)> {
    if let Some((end, hour)) = named(w, at) {
        let time = Time::new(hour, 0, 0, 0).ok()?;
        return Some((
            end,
            Clock {
                time,
                is_open: false,
            },
        ));
    }
    let (mut end, hour, minute, marked) = past_or_to(w, at)
        .or_else(|| figures(w, at, context))
        .or_else(|| spoken(w, at, context))?;
    let oclock = w.is(end, &["oclock"]) || w.are(end, &["o", "clock"]);
    if oclock {
        end += if w.is(end, &["oclock"]) { 1 } else { 2 };
    }
    let half = half_after(w, end);
    if let Some((after, _)) = half {
        end = after;
    }
    if !(marked || oclock || half.is_some() || context.is_asked) {
        return None;
    }
    let evening = half.map(|(_, half)| half).or_else(|| half_before(w, at));
    let hour = i8::try_from(hour).ok()?;
    let (hour, is_open) = match evening {
        // Morning, or the small hours of a night.
        Some(Half::Morning) => (if hour == 12 { 0 } else { hour }, false),
        Some(Half::Night) if hour == 12 => (0, false),
        Some(Half::Night) if hour < 6 => (hour, false),
        Some(Half::Evening | Half::Night) if hour < 12 => (hour + 12, false),
        Some(Half::Evening | Half::Night) => (hour, false),
        // "07:45" and "19:30" are on the clock of twenty-four hours.
        None => (
            hour,
            (1..=12).contains(&hour) && !w.get(at).starts_with('0'),
        ),
    };
    let time = Time::new(hour, i8::try_from(minute).ok()?, 0, 0).ok()?;
    Some((end, Clock { time, is_open }))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Evening,
    Night,
}

fn half(w: &Words<'_>, at: usize) -> Option<Half> {
    if w.is(at, MORNING) {
        Some(Half::Morning)
    } else if w.is(at, EVENING) {
        Some(Half::Evening)
    } else if w.is(at, NIGHT) {
        Some(Half::Night)
    } else {
        None
    }
}

/// "pm", "p m", "in the evening", "at night"; "tonight" and "tomorrow morning" say a day as well, and
/// are not part of the time.
fn half_after(w: &Words<'_>, at: usize) -> Option<(usize, Half)> {
    if at > 0
        && let Some((_, rest)) = w.figures(at - 1)
        && matches!(rest, "am" | "pm")
    {
        return Some((
            at,
            if rest == "am" {
                Half::Morning
            } else {
                Half::Evening
            },
        ));
    }
    if w.is(at, &["am", "pm"]) {
        return half(w, at).map(|half| (at + 1, half));
    }
    if w.is(at, &["a", "p"]) && w.is(at + 1, &["m"]) {
        return Some((
            at + 2,
            if w.is(at, &["a"]) {
                Half::Morning
            } else {
                Half::Evening
            },
        ));
    }
    if w.are(at, &["in", "the"]) || w.are(at, &["yn", "y"]) {
        return half(w, at + 2).map(|half| (at + 3, half));
    }
    if w.are(at, &["at", "night"]) {
        return Some((at + 2, Half::Night));
    }
    if w.is(at, &["tonight", "heno"]) {
        return Some((at, Half::Evening));
    }
    if w.is(at, &["this", "tomorrow", "yesterday", "last"]) {
        return half(w, at + 1).map(|half| (at, half));
    }
    None
}

/// "sunday afternoon about three", "tonight at ten".
fn half_before(w: &Words<'_>, at: usize) -> Option<Half> {
    (1..=3)
        .filter_map(|back| at.checked_sub(back))
        .take_while(|at| w.follows(at + 1))
        .find_map(|at| half(w, at).filter(|_| !w.is(at, &["am", "pm"])))
}

fn named(w: &Words<'_>, at: usize) -> Option<(usize, i8)> {
    match (w.get(at), w.get(at + 1)) {
        ("twelve" | "12", "noon" | "midday") => Some((at + 2, 12)),
        ("twelve" | "12", "midnight") => Some((at + 2, 0)),
        ("noon" | "midday", _) => Some((at + 1, 12)),
        ("midnight", _) => Some((at + 1, 0)),
        ("hanner", "dydd") => Some((at + 2, 12)),
        ("hanner", "nos") => Some((at + 2, 0)),
        _ => None,
    }
}

type Said = (usize, i64, i64, bool);

fn hour(w: &Words<'_>, at: usize) -> Option<(i64, usize)> {
    let said = small(w, at).filter(|said| (1..=12).contains(&said.value))?;
    let written = w.get(at);
    (!written.starts_with('0') || written.len() == 2).then_some((said.value, said.end))
}

/// "half past seven", "half seven", "quarter to eight", "ten to nine", "five and twenty past six".
fn past_or_to(w: &Words<'_>, at: usize) -> Option<Said> {
    let first = at + usize::from(w.is(at, &["a"]) && w.is(at + 1, &["quarter"]));
    if w.is(first, &["half"]) {
        let past = usize::from(w.is(first + 1, &["past"]));
        let (hour, end) = hour(w, first + 1 + past)?;
        // "half seven pounds" is no time, nor "half 2 bags".
        let counts = past == 0 && w.follows(end) && is_unit(w.get(end));
        return (!counts).then_some((end, hour, 30, true));
    }
    let (minutes, mut next) = if w.is(first, &["quarter"]) {
        (15, first + 1)
    } else if w.is(first, &["five"]) && w.are(first + 1, &["and", "twenty"]) {
        (25, first + 3)
    } else {
        let said = small(w, first).filter(|said| (1..=29).contains(&said.value))?;
        (said.value, said.end)
    };
    next += usize::from(w.is(next, &["minutes", "mins", "min"]));
    let to = w.is(next, &["to", "til", "till"]);
    if !to && !w.is(next, &["past", "after", "gone"]) {
        return None;
    }
    // "5 to 10 bins" is a range: minutes before the hour are said in fives, or called minutes.
    if to && minutes % 5 != 0 && !w.is(next - 1, &["minutes", "mins", "min"]) {
        return None;
    }
    let (hour, end) = hour(w, next + 1)?;
    let counted = to
        && w.follows(end)
        && (is_unit(w.get(end)) || w.get(end).ends_with('s') && !w.is(end, &["as"]));
    if counted {
        return None;
    }
    Some(if to {
        (
            end,
            if hour == 1 { 12 } else { hour - 1 },
            60 - minutes,
            true,
        )
    } else {
        (end, hour, minutes, true)
    })
}

/// "7.30pm", "19:30", "7pm"; "8 30" and "1930" where a time was asked for.
fn figures(w: &Words<'_>, at: usize, context: &Context<'_>) -> Option<Said> {
    let (first, rest) = w.figures(at)?;
    if matches!(w.gap(at), "/" | "." | ":" | "£" | ",") {
        return None;
    }
    let hour = i64::from(first);
    let is_half = |rest: &str| matches!(rest, "am" | "pm");
    if is_half(rest) {
        return (1..=12).contains(&hour).then_some((at + 1, hour, 0, true));
    }
    if !rest.is_empty() {
        return None;
    }
    let mark = w.gap(at + 1);
    if let Some((second, rest)) = w.figures(at + 1)
        && matches!(mark, "." | ":" | " ")
        && w.get(at + 1).trim_end_matches(rest).len() == 2
        && (rest.is_empty() || is_half(rest))
        && !matches!(w.gap(at + 2), "." | "/")
        && hour < 24
        && second < 60
    {
        let marked = mark == ":" || is_half(rest);
        if marked || context.is_asked || mark == "." && half_after(w, at + 2).is_some() {
            return Some((at + 2, hour, second.into(), marked));
        }
    }
    let four = w.get(at).len() == 4 && hour / 100 < 24 && hour % 100 < 60;
    if four && (w.is(at + 1, &["hours", "hrs"]) || context.is_asked) {
        let end = at + 1 + usize::from(w.is(at + 1, &["hours", "hrs"]));
        return Some((end, hour / 100, hour % 100, true));
    }
    None
}

/// "seven thirty", "nineteen thirty", "nine oh five"; "seven" with what follows it, or asked for.
fn spoken(w: &Words<'_>, at: usize, context: &Context<'_>) -> Option<Said> {
    let first = small(w, at).filter(|said| said.value < 24)?;
    if w.get(at).len() > 2 && w.kind(at) == Word::Digits
        || matches!(w.gap(at), "/" | "." | ":" | "£" | ",")
    {
        return None;
    }
    let next = first.end;
    let minute = if matches!(w.kind(next), Word::Oh | Word::Letter(b'o')) {
        digit(w, next + 1).map(|units| (i64::from(units), next + 2))
    } else {
        small(w, next)
            .filter(|said| (10..60).contains(&said.value) && w.follows(next))
            .map(|said| (said.value, said.end))
    };
    let typed = matches!(w.kind(at), Word::Digits | Word::Typed(_));
    if let Some((minute, end)) = minute.filter(|_| !typed) {
        // In any message only times that are said in fives, with nothing that they could count.
        let free = w.follows(end) && (is_unit(w.get(end)) || small(w, end).is_some());
        let after = at > 0 && w.follows(at) && small(w, at - 1).is_some();
        let cued = at > 0
            && w.is(
                at - 1,
                &[
                    "at", "about", "around", "by", "before", "after", "until", "from",
                ],
            );
        if context.is_asked || minute % 5 == 0 && !free && !after && (cued || first.value < 20) {
            return Some((end, first.value, minute, true));
        }
        return None;
    }
    (first.value > 0).then_some((next, first.value, 0, false))
}

/// Whether a word is what a number counts or measures.
fn is_unit(word: &str) -> bool {
    matches!(
        word,
        "pound"
            | "pounds"
            | "quid"
            | "p"
            | "pence"
            | "day"
            | "days"
            | "week"
            | "weeks"
            | "month"
            | "months"
            | "year"
            | "years"
            | "hour"
            | "hours"
            | "minute"
            | "minutes"
            | "mins"
            | "bins"
            | "bags"
            | "miles"
            | "hundred"
            | "thousand"
            | "times"
            | "people"
    )
}

/// The length of time that is said from the word `at` on, and the word after it.
pub(super) fn length(w: &Words<'_>, at: usize, context: &Context<'_>) -> Option<(usize, Length)> {
    // "twice a week", "240 pounds a month" say how often.
    let article = w.is(at, &["a", "an"]) && cardinal(w, at).is_none();
    let rate = article && at > 0 && w.follows(at) && !context.is_asked && !w.is(at - 1, FOR);
    if rate {
        return None;
    }
    let mut length = Length::default();
    let mut end = part(w, at, &mut length)?;
    let unit = w.get(end - 1);
    if w.are(end, &["and", "a", "half"]) {
        add_half(unit, &mut length)?;
        end += 3;
    } else {
        let next = end + usize::from(w.is(end, &["and"]));
        let mut more = length;
        if w.follows(next)
            && let Some(after) = part(w, next, &mut more)
        {
            (length, end) = (more, after);
        }
    }
    Some((end, length))
}

/// Words after which "a week" is a length of time.
const FOR: &[&str] = &[
    "for", "in", "within", "about", "over", "after", "than", "take", "takes", "took", "taken",
    "nearly", "almost", "around", "under", "lasted", "waited", "waiting", "been", "only", "last",
    "am", "ers",
];

/// "three weeks", "half an hour", "two and a half years", "10 mins".
fn part(w: &Words<'_>, at: usize, length: &mut Length) -> Option<usize> {
    if w.is(at, &["half"]) && w.is(at + 1, &["a", "an"]) {
        add_half(w.get(at + 2), length)?;
        return Some(at + 3);
    }
    // "10mins"
    if let Some((count, rest)) = w.figures(at)
        && !rest.is_empty()
    {
        add(rest, count.into(), length)?;
        return Some(at + 1);
    }
    let (count, mut unit) = match cardinal(w, at) {
        Some(said) => (said.value, said.end),
        None if w.is(at, &["a", "an"]) || w.is(at, &["fortnight"]) => {
            (1, at + usize::from(!w.is(at, &["fortnight"])))
        }
        None => return None,
    };
    let half = w.are(unit, &["and", "a", "half"]);
    unit += if half { 3 } else { 0 };
    if !w.follows(unit) {
        return None;
    }
    add(w.get(unit), count, length)?;
    if half {
        add_half(w.get(unit), length)?;
    }
    Some(unit + 1)
}

fn add(unit: &str, count: i64, length: &mut Length) -> Option<()> {
    let count = u16::try_from(count).ok().filter(|count| *count > 0)?;
    let (place, times) = match unit {
        "minute" | "minutes" | "min" | "mins" | "munud" => (&mut length.minutes, 1),
        "hour" | "hours" | "hr" | "hrs" | "awr" => (&mut length.hours, 1),
        "day" | "days" | "diwrnod" => (&mut length.days, 1),
        "week" | "weeks" | "wk" | "wks" | "wythnos" => (&mut length.weeks, 1),
        "fortnight" | "fortnights" => (&mut length.weeks, 2),
        "month" | "months" | "mth" | "mths" | "mis" => (&mut length.months, 1),
        "year" | "years" | "yr" | "yrs" | "blwyddyn" | "flynedd" | "blynedd" | "mlynedd" => {
            (&mut length.years, 1)
        }
        _ => return None,
    };
    if *place > 0 {
        return None;
    }
    *place = count.checked_mul(times)?;
    Some(())
}

fn add_half(unit: &str, length: &mut Length) -> Option<()> {
    match unit {
        "hour" | "hours" => length.minutes = 30,
        "year" | "years" => length.months = 6,
        "day" | "days" => length.hours = 12,
        _ => return None,
    }
    Some(())
}

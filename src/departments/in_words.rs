//! Hours and moments in words, in English and Welsh.
//!
//! It does not know what is open when: `hours` does.

use super::OpeningHours;
use crate::content::Locale;
use jiff::civil::{Date, Time, Weekday};
use jiff::{Timestamp, Zoned};

/// The spans of a day, as [`OpeningHours::week`] holds them.
type Spans = [(Time, Time)];

impl OpeningHours {
    /// The hours in words, e.g. "Monday to Friday 08:30 to 17:00".
    #[must_use]
    pub fn in_words(&self, locale: Locale) -> String {
        let words = Words::of(locale);
        let mut groups: Vec<(&Spans, Vec<usize>)> = Vec::new();
        for (day, spans) in self.week.iter().enumerate() {
            if spans.is_empty() {
                continue;
            }
            match groups.iter_mut().find(|(hours, _)| hours == spans) {
                Some((_, days)) => days.push(day),
                None => groups.push((spans, vec![day])),
            }
        }
        match groups.as_slice() {
            [] => words.closed.to_owned(),
            [(spans, days)] if days.len() == 7 && all_day(spans) => words.any_time.to_owned(),
            groups => groups
                .iter()
                .map(|(spans, days)| format!("{} {}", words.days(days), words.spans(spans)))
                .collect::<Vec<_>>()
                .join("; "),
        }
    }
}

/// A moment in words as seen from `now`: "today at 13:30", "tomorrow at 08:30", "on Monday at
/// 08:30", and with its date from a week ahead: "on Monday 5 January at 08:30".
#[must_use]
pub fn moment_in_words(moment: &Zoned, now: Timestamp, locale: Locale) -> String {
    let words = Words::of(locale);
    let today = now.to_zoned(moment.time_zone().clone()).date();
    let day = moment.date();
    let time = clock(moment.time());
    let at = words.at;
    let days = (day - today).get_days();
    match days {
        0 => format!("{} {at} {time}", words.today),
        1 if moment.time() == Time::midnight() => words.tonight_midnight.to_owned(),
        1 => format!("{} {at} {time}", words.tomorrow),
        _ => {
            let date = match (2..7).contains(&days) {
                true => String::new(),
                false => format!(" {} {}", day.day(), words.month(day)),
            };
            format!("{}{date} {at} {time}", words.on_day(day.weekday()))
        }
    }
}

fn all_day(spans: &Spans) -> bool {
    *spans == [(Time::midnight(), OpeningHours::MIDNIGHT)]
}

fn clock(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// The few words that hours are made of, in one language.
struct Words {
    days: [&'static str; 7],
    /// What stands before a day: nothing in English, "dydd" in Welsh, mutated after "i" and where the
    /// day says when something happens.
    day: &'static str,
    day_mutated: &'static str,
    on: &'static str,
    to: &'static str,
    and: &'static str,
    at: &'static str,
    every_day: &'static str,
    any_time: &'static str,
    all_day: &'static str,
    midnight: &'static str,
    tonight_midnight: &'static str,
    closed: &'static str,
    today: &'static str,
    tomorrow: &'static str,
    months: [&'static str; 12],
}

const ENGLISH: Words = Words {
    days: [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ],
    day: "",
    day_mutated: "",
    on: "on ",
    to: "to",
    and: "and",
    at: "at",
    every_day: "every day",
    any_time: "at any time",
    all_day: "all day",
    midnight: "midnight",
    tonight_midnight: "at midnight tonight",
    closed: "closed",
    today: "today",
    tomorrow: "tomorrow",
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
};

const WELSH: Words = Words {
    days: [
        "Llun", "Mawrth", "Mercher", "Iau", "Gwener", "Sadwrn", "Sul",
    ],
    day: "dydd ",
    day_mutated: "ddydd ",
    on: "",
    to: "i",
    and: "a",
    at: "am",
    every_day: "bob dydd",
    any_time: "ar unrhyw adeg",
    all_day: "drwy'r dydd",
    midnight: "hanner nos",
    tonight_midnight: "am hanner nos heno",
    closed: "ar gau",
    today: "heddiw",
    tomorrow: "yfory",
    months: [
        "Ionawr",
        "Chwefror",
        "Mawrth",
        "Ebrill",
        "Mai",
        "Mehefin",
        "Gorffennaf",
        "Awst",
        "Medi",
        "Hydref",
        "Tachwedd",
        "Rhagfyr",
    ],
};

impl Words {
    fn of(locale: Locale) -> &'static Self {
        match locale {
            Locale::En => &ENGLISH,
            Locale::Cy => &WELSH,
        }
    }

    fn on_day(&self, day: Weekday) -> String {
        let day = usize::try_from(day.to_monday_zero_offset()).unwrap_or(0);
        format!("{}{}{}", self.on, self.day_mutated, self.days[day])
    }

    fn month(&self, day: Date) -> &'static str {
        self.months[usize::try_from(day.month() - 1).unwrap_or(0)]
    }

    /// Days in words, runs of three and more shortened: "Monday to Wednesday and Friday".
    fn days(&self, days: &[usize]) -> String {
        if days.len() == 7 {
            return self.every_day.to_owned();
        }
        let mut parts = Vec::new();
        for run in days.chunk_by(|a, b| a + 1 == *b) {
            match run {
                [first, _, .., last] => parts.push(format!(
                    "{}{} {} {}{}",
                    self.day, self.days[*first], self.to, self.day_mutated, self.days[*last]
                )),
                run => parts.extend(
                    run.iter()
                        .map(|day| format!("{}{}", self.day, self.days[*day])),
                ),
            }
        }
        self.join(&parts)
    }

    fn spans(&self, spans: &Spans) -> String {
        if all_day(spans) {
            return self.all_day.to_owned();
        }
        let in_words = |(start, end): &(Time, Time)| {
            let end = match *end == OpeningHours::MIDNIGHT {
                true => self.midnight.to_owned(),
                false => clock(*end),
            };
            format!("{} {} {end}", clock(*start), self.to)
        };
        self.join(&spans.iter().map(in_words).collect::<Vec<_>>())
    }

    fn join(&self, parts: &[String]) -> String {
        match parts {
            [] => String::new(),
            [only] => only.clone(),
            [most @ .., last] => format!("{} {} {last}", most.join(", "), self.and),
        }
    }
}

//! Reading a day as people say it: "yesterday", "last Tuesday", "9 June", "10/06", in both languages.
//!
//! A weekday alone is the last one, today included, since residents report what has happened; "next"
//! makes it the one to come. A day without its year is the one nearest to today.

use super::wording::MONTHS;
use super::words::words;
use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

/// Days by a word, relative to today.
const RELATIVE: &[(&str, i64)] = &[
    ("today", 0),
    ("tonight", 0),
    ("heddiw", 0),
    ("yesterday", -1),
    ("ddoe", -1),
    ("doe", -1),
    ("tomorrow", 1),
    ("yfory", 1),
    ("fory", 1),
];

const WEEKDAYS: &[(Weekday, &[&str])] = &[
    (Weekday::Monday, &["monday", "mon", "llun"]),
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

/// The day that `text` names, seen from `today`; none where it names none.
pub(super) fn read(text: &str, today: Date) -> Option<Date> {
    if let Some(date) = text.split_whitespace().find_map(|word| word.parse().ok()) {
        return Some(date);
    }
    let words = words(text);
    written(&words, today)
        .or_else(|| figures(text, today))
        .or_else(|| relative(&words, today))
        .or_else(|| weekday(&words, today))
}

fn relative(words: &[String], today: Date) -> Option<Date> {
    let has = |word: &str| words.iter().any(|said| said == word);
    let (_, days) = RELATIVE.iter().find(|(word, _)| has(word))?;
    // "the day before yesterday", "the day after tomorrow"
    let further = if has("before") || has("after") { 2 } else { 1 };
    today.checked_add((days * further).days()).ok()
}

fn weekday(words: &[String], today: Date) -> Option<Date> {
    let (day, _) = WEEKDAYS
        .iter()
        .find(|(_, said)| words.iter().any(|word| said.contains(&word.as_str())))?;
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    if has(&["next", "coming", "nesaf"]) {
        today.nth_weekday(1, *day).ok()
    } else if today.weekday() == *day && !has(&["last", "diwethaf"]) {
        Some(today)
    } else {
        today.nth_weekday(-1, *day).ok()
    }
}

/// "9 June", "June 9th 2026", "the 9th of June".
fn written(words: &[String], today: Date) -> Option<Date> {
    let place = words.iter().position(|word| month(word).is_some())?;
    let month = month(words.get(place)?)?;
    let near = words.get(place.saturating_sub(2)..(place + 3).min(words.len()))?;
    let day = near.iter().find_map(|word| ordinal(word))?;
    let year = near.iter().find_map(|word| year(word));
    dated(year, month, day, today)
}

/// "10/06", "10.6.26", "10-06-2026": day first, as in the United Kingdom.
fn figures(text: &str, today: Date) -> Option<Date> {
    text.split_whitespace().find_map(|word| {
        let parts: Vec<&str> = word
            .trim_matches(|c: char| !c.is_ascii_digit())
            .split(['/', '.', '-'])
            .collect();
        let (day, month, year) = match parts.as_slice() {
            [day, month] => (day, month, None),
            [day, month, year] => (day, month, Some(full_year(year.parse().ok()?))),
            _ => return None,
        };
        dated(year, month.parse().ok()?, day.parse().ok()?, today)
    })
}

fn month(word: &str) -> Option<i8> {
    let fits = |name: &str| {
        let name = name.to_lowercase();
        // Short forms have three letters; "may" and "sul" are words of their own, so no shorter.
        name == word || (word.len() >= 3 && word.is_ascii() && name.starts_with(word))
    };
    let place = MONTHS.iter().position(|(en, cy)| fits(en) || fits(cy))?;
    i8::try_from(place + 1).ok()
}

/// "9", "9th", "1st"; no year.
fn ordinal(word: &str) -> Option<i8> {
    let figures = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    figures.parse().ok().filter(|day| (1..=31).contains(day))
}

fn year(word: &str) -> Option<i16> {
    word.parse()
        .ok()
        .filter(|year| (1900..=2100).contains(year))
}

fn full_year(year: i16) -> i16 {
    if (0..100).contains(&year) {
        2000 + year
    } else {
        year
    }
}

/// The day in its year, or in the year that brings it nearest to today.
fn dated(year: Option<i16>, month: i8, day: i8, today: Date) -> Option<Date> {
    if let Some(year) = year {
        return Date::new(year, month, day).ok();
    }
    let distance = |date: &Date| {
        let between: Span = today.until(*date).unwrap_or_default();
        between.get_days().abs()
    };
    [-1, 0, 1]
        .into_iter()
        .filter_map(|years| Date::new(today.year().checked_add(years)?, month, day).ok())
        .min_by_key(distance)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// What is said on Wednesday 10 June 2026, and the day it means, or `-`.
    fn check(today: Date, cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            let read = read(text, today).map_or_else(|| "-".to_owned(), |date| date.to_string());
            assert_eq!(read, *expected, "{text}");
        }
    }

    #[test]
    fn days_as_people_say_them() {
        check(
            date(2026, 6, 10),
            &[
                ("today", "2026-06-10"),
                ("it was yesterday morning", "2026-06-09"),
                ("the day before yesterday", "2026-06-08"),
                ("tomorrow", "2026-06-11"),
                ("ddoe", "2026-06-09"),
                ("tuesday", "2026-06-09"),
                ("wednesday", "2026-06-10"),
                ("last wednesday", "2026-06-03"),
                ("next tuesday", "2026-06-16"),
                ("dydd Llun", "2026-06-08"),
                ("9 June", "2026-06-09"),
                ("the 9th of june", "2026-06-09"),
                ("June 9th 2025", "2025-06-09"),
                ("9 Mehefin", "2026-06-09"),
                ("10/06", "2026-06-10"),
                ("10/06/26", "2026-06-10"),
                ("10.6.2026", "2026-06-10"),
                ("2026-06-09", "2026-06-09"),
                ("31 June", "-"),
                ("31/02/2026", "-"),
                ("dunno", "-"),
                ("", "-"),
            ],
        );
    }

    #[test]
    fn a_day_without_its_year_is_the_nearest_one() {
        check(
            date(2026, 1, 3),
            &[
                ("30 December", "2025-12-30"),
                ("2/1", "2026-01-02"),
                ("1 march", "2026-03-01"),
            ],
        );
        check(date(2027, 1, 3), &[("29 Feb", "2028-02-29")]);
    }
}

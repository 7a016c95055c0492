//! What residents are told about opening: now, next, in words, over holidays and changed clocks.
use cece::content::Locale;
use cece::departments::{BankHolidays, OpenStatus, OpeningHours, moment_in_words};
use jiff::civil::{Date, Time, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

fn london() -> TimeZone {
    TimeZone::get("Europe/London").unwrap()
}

/// Hours from text: days apart by `;`, spans by space, e.g. "mon-fri 08:30-17:00; sat 09:00-12:00".
fn hours(text: &str) -> OpeningHours {
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let place = |day: &str| days.iter().position(|known| *known == day).unwrap();
    let time = |text: &str| match text {
        "24:00" => OpeningHours::MIDNIGHT,
        text => text.parse::<Time>().unwrap(),
    };
    let mut hours = OpeningHours::default();
    for group in text
        .split(';')
        .map(str::trim)
        .filter(|group| !group.is_empty())
    {
        let (which, spans) = group.split_once(' ').unwrap();
        let (first, last) = which.split_once('-').unwrap_or((which, which));
        for day in &mut hours.week[place(first)..=place(last)] {
            day.extend(spans.split(' ').map(|span| {
                let (start, end) = span.split_once('-').unwrap();
                (time(start), time(end))
            }));
        }
    }
    hours
}

/// A local time in London; where the clock shows it twice, "first" or "second" says which.
fn moment(text: &str) -> Timestamp {
    let (civil, which) = text.split_once('~').unwrap_or((text, "first"));
    let ambiguous = london().to_ambiguous_zoned(civil.replace(' ', "T").parse().unwrap());
    let zoned = match which {
        "second" => ambiguous.later(),
        _ => ambiguous.compatible(),
    };
    zoned.unwrap().timestamp()
}

fn shown(moment: Option<&Zoned>) -> String {
    moment.map_or("never".to_owned(), |moment| {
        moment.strftime("%F %H:%M %Z").to_string()
    })
}

/// Each case: hours, a local time, and what the status is then.
#[test]
fn a_department_is_open_within_its_hours_and_says_when_that_changes() {
    let office = "mon-fri 08:30-17:00";
    let lunch = "mon-fri 10:30-12:30 13:30-16:30";
    let night = "mon-sun 00:00-06:00 22:00-24:00";
    let cases = [
        (office, "2026-07-01 08:29", "opens 2026-07-01 08:30 BST"),
        (office, "2026-07-01 08:30", "until 2026-07-01 17:00 BST"),
        (office, "2026-07-01 16:59:59", "until 2026-07-01 17:00 BST"),
        (office, "2026-07-01 17:00", "opens 2026-07-02 08:30 BST"),
        (office, "2026-07-03 17:00", "opens 2026-07-06 08:30 BST"),
        (lunch, "2026-07-01 13:00", "opens 2026-07-01 13:30 BST"),
        (lunch, "2026-07-01 12:29", "until 2026-07-01 12:30 BST"),
        // Good Friday 2026 is 3 April; Easter Monday is closed as well.
        (office, "2026-04-02 18:00", "opens 2026-04-07 08:30 BST"),
        (office, "2026-04-03 10:00", "opens 2026-04-07 08:30 BST"),
        // Christmas 2026: Friday, Boxing Day on Saturday, its substitute on Monday.
        (office, "2026-12-24 17:30", "opens 2026-12-29 08:30 GMT"),
        // One span that begins as another ends does not close in between.
        (
            "wed 08:00-12:00 12:00-17:00",
            "2026-07-01 09:00",
            "until 2026-07-01 17:00 BST",
        ),
        (night, "2026-07-01 23:00", "until 2026-07-02 06:00 BST"),
        (night, "2026-07-01 06:00", "opens 2026-07-01 22:00 BST"),
        // In the hour that the clock repeats on 25 October 2026, it is 01:30 twice.
        (
            "sun 00:00-01:45",
            "2026-10-25 01:30",
            "until 2026-10-25 01:45 BST",
        ),
        (
            "sun 00:00-01:45",
            "2026-10-25 01:30~second",
            "opens 2026-11-01 00:00 GMT",
        ),
        (
            "sun 00:00-02:00",
            "2026-10-25 01:30~second",
            "until 2026-10-25 02:00 GMT",
        ),
        // The hour that the clock leaves out on 29 March 2026.
        (
            "sun 01:30-03:00",
            "2026-03-29 00:59",
            "opens 2026-03-29 02:30 BST",
        ),
        (
            "mon-fri 08:30-17:00",
            "2026-03-27 18:00",
            "opens 2026-03-30 08:30 BST",
        ),
        ("", "2026-07-01 12:00", "opens never"),
        // Only on a Monday that is a holiday: nothing within a fortnight but the Monday after.
        (
            "mon 09:00-10:00",
            "2026-08-31 09:30",
            "opens 2026-09-07 09:00 BST",
        ),
    ];
    for (text, at, expected) in cases {
        check(&hours(text), at, expected);
    }
}

fn check(hours: &OpeningHours, at: &str, expected: &str) {
    let status = hours.status(moment(at), &london(), &BankHolidays::default());
    let said = match &status {
        OpenStatus::Open { until } => format!("until {}", shown(until.as_ref())),
        OpenStatus::Closed { opens } => format!("opens {}", shown(opens.as_ref())),
    };
    assert_eq!(said, expected, "{} at {at}", hours.in_words(Locale::En));
}

#[test]
fn who_is_there_around_the_clock_never_closes() {
    let mut always = hours("mon-sun 00:00-24:00");
    // Without holidays it closes for the next one.
    check(&always, "2026-07-01 12:00", "until 2026-08-31 00:00 BST");
    check(&always, "2026-08-31 12:00", "opens 2026-09-01 00:00 BST");
    always.open_on_holidays = true;
    check(&always, "2026-12-25 03:00", "until never");
    check(&always, "2026-10-25 01:30~second", "until never");
}

#[test]
fn a_department_that_keeps_holidays_opens_within_a_fortnight_or_says_nothing() {
    let office = hours("mon-fri 08:30-17:00");
    let all_of = |from: Date, days: usize| {
        let extra = from.series(jiff::Span::new().days(1)).take(days).collect();
        BankHolidays { extra }
    };
    let now = moment("2026-07-01 12:00");
    let opens =
        |closed: usize| match office.status(now, &london(), &all_of(date(2026, 7, 1), closed)) {
            OpenStatus::Closed { opens } => shown(opens.as_ref()),
            OpenStatus::Open { .. } => "open".to_owned(),
        };
    assert_eq!(opens(0), "open");
    assert_eq!(opens(14), "2026-07-15 08:30 BST");
    assert_eq!(opens(15), "never");
}

#[test]
fn hours_are_said_in_words() {
    let cases = [
        (
            "mon-fri 08:30-17:00",
            "Monday to Friday 08:30 to 17:00",
            "dydd Llun i ddydd Gwener 08:30 i 17:00",
        ),
        (
            "sat 09:00-12:00",
            "Saturday 09:00 to 12:00",
            "dydd Sadwrn 09:00 i 12:00",
        ),
        (
            "mon-fri 10:30-12:30 13:30-16:30",
            "Monday to Friday 10:30 to 12:30 and 13:30 to 16:30",
            "dydd Llun i ddydd Gwener 10:30 i 12:30 a 13:30 i 16:30",
        ),
        (
            "mon-thu 09:00-17:00; fri 09:00-16:30; sat-sun 10:00-14:00",
            "Monday to Thursday 09:00 to 17:00; Friday 09:00 to 16:30; Saturday and Sunday 10:00 to 14:00",
            "dydd Llun i ddydd Iau 09:00 i 17:00; dydd Gwener 09:00 i 16:30; dydd Sadwrn a dydd Sul 10:00 i 14:00",
        ),
        (
            "mon 09:00-12:00; wed 09:00-12:00; fri 09:00-12:00",
            "Monday, Wednesday and Friday 09:00 to 12:00",
            "dydd Llun, dydd Mercher a dydd Gwener 09:00 i 12:00",
        ),
        (
            "mon-sun 08:00-20:00",
            "every day 08:00 to 20:00",
            "bob dydd 08:00 i 20:00",
        ),
        ("mon-sun 00:00-24:00", "at any time", "ar unrhyw adeg"),
        (
            "sat-sun 00:00-24:00; mon 18:00-24:00",
            "Monday 18:00 to midnight; Saturday and Sunday all day",
            "dydd Llun 18:00 i hanner nos; dydd Sadwrn a dydd Sul drwy'r dydd",
        ),
        ("", "closed", "ar gau"),
    ];
    for (text, english, welsh) in cases {
        assert_eq!(hours(text).in_words(Locale::En), english);
        assert_eq!(hours(text).in_words(Locale::Cy), welsh);
    }
}

#[test]
fn moments_are_said_as_a_person_would() {
    // Wednesday 30 December 2026.
    let now = moment("2026-12-30 12:00");
    let cases = [
        ("2026-12-30 13:30", "today at 13:30", "heddiw am 13:30"),
        ("2026-12-31 08:30", "tomorrow at 08:30", "yfory am 08:30"),
        (
            "2026-12-31 00:00",
            "at midnight tonight",
            "am hanner nos heno",
        ),
        (
            "2027-01-01 08:30",
            "on Friday at 08:30",
            "ddydd Gwener am 08:30",
        ),
        (
            "2027-01-05 08:30",
            "on Tuesday at 08:30",
            "ddydd Mawrth am 08:30",
        ),
        (
            "2027-01-06 08:30",
            "on Wednesday 6 January at 08:30",
            "ddydd Mercher 6 Ionawr am 08:30",
        ),
        (
            "2027-02-01 09:00",
            "on Monday 1 February at 09:00",
            "ddydd Llun 1 Chwefror am 09:00",
        ),
    ];
    for (at, english, welsh) in cases {
        let at = moment(at).to_zoned(london());
        assert_eq!(moment_in_words(&at, now, Locale::En), english);
        assert_eq!(moment_in_words(&at, now, Locale::Cy), welsh);
    }
    // Today is the council's day: at 23:30 UTC in summer it is tomorrow already.
    let late: Timestamp = "2026-07-01T23:30:00Z".parse().unwrap();
    let morning = moment("2026-07-02 08:30").to_zoned(london());
    assert_eq!(
        moment_in_words(&morning, late, Locale::En),
        "today at 08:30"
    );
}

/// As published for England and Wales; without the days proclaimed for one occasion (8 May 2020 in
/// place of 4 May; 2 and 3 June 2022 with 2 in place of 30 May; 19 September 2022; 8 May 2023), which
/// no rule gives.
const PUBLISHED: &str = "\
2019-01-01 2019-04-19 2019-04-22 2019-05-06 2019-05-27 2019-08-26 2019-12-25 2019-12-26
2020-01-01 2020-04-10 2020-04-13            2020-05-25 2020-08-31 2020-12-25 2020-12-28
2021-01-01 2021-04-02 2021-04-05 2021-05-03 2021-05-31 2021-08-30 2021-12-27 2021-12-28
2022-01-03 2022-04-15 2022-04-18 2022-05-02            2022-08-29 2022-12-26 2022-12-27
2023-01-02 2023-04-07 2023-04-10 2023-05-01 2023-05-29 2023-08-28 2023-12-25 2023-12-26
2024-01-01 2024-03-29 2024-04-01 2024-05-06 2024-05-27 2024-08-26 2024-12-25 2024-12-26
2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25 2025-12-25 2025-12-26
2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28
2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28";

#[test]
fn bank_holidays_are_the_published_ones_and_no_others() {
    let moved_away = [date(2020, 5, 4), date(2022, 5, 30)];
    let published: Vec<Date> = PUBLISHED
        .split_whitespace()
        .map(|day| day.parse().unwrap())
        .collect();
    let rules = BankHolidays::default();
    let mut day = date(2019, 1, 1);
    while day < date(2028, 1, 1) {
        let weekday = day.weekday().to_monday_one_offset() <= 5;
        if weekday && !moved_away.contains(&day) {
            assert_eq!(rules.contains(day), published.contains(&day), "{day}");
        }
        day = day.tomorrow().unwrap();
    }
}

#[test]
fn a_holiday_at_the_weekend_is_kept_on_the_day_too() {
    let rules = BankHolidays::default();
    for day in [
        date(2021, 12, 25),
        date(2022, 1, 1),
        date(2022, 12, 25),
        date(2026, 12, 26),
    ] {
        assert!(rules.contains(day), "{day}");
    }
    assert!(!rules.contains(date(2026, 12, 27)));
}

#[test]
fn proclaimed_and_closing_days_come_from_the_council() {
    let coronation = date(2023, 5, 8);
    assert!(!BankHolidays::default().contains(coronation));
    let with = BankHolidays {
        extra: [coronation].into(),
    };
    assert!(with.contains(coronation));
}

#[test]
fn every_year_of_the_calendar_has_its_holidays() {
    let rules = BankHolidays::default();
    for year in [-9999_i16, -1, 0, 1583, 2038, 9999] {
        let days = date(year, 1, 1).series(jiff::Span::new().days(1)).take(365);
        let count = days.filter(|day| rules.contains(*day)).count();
        assert!((8..=11).contains(&count), "{year}: {count}");
    }
}

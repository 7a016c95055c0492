//! The retention oracle: last days, what is over, and what is kept, against a model of its own that
//! shares no code with the program: not its calendar, not its time zone, not its rules.

use crate::archive_fixture::{Repeatable, archive, id, keyring};
use cece::transcripts::archive::Scope;
use cece::transcripts::record::Tag;
use cece::transcripts::retention::{ClassName, Disposal, Moments, Register, Row, Trigger};
use cece::transcripts::{Memory, Store};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use std::collections::BTreeMap;
use std::sync::Arc;

const CASES: u64 = 120_000;

/// A day of the proleptic Gregorian calendar, by counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Day {
    year: i64,
    month: i64,
    day: i64,
}

fn is_leap(year: i64) -> bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
}

fn length(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + i64::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The day so many days after 1 January 1970, by walking over years and months.
fn day_after_epoch(mut days: i64) -> Day {
    let mut year = 1970;
    loop {
        let long = 365 + i64::from(is_leap(year));
        if days < long {
            break;
        }
        days -= long;
        year += 1;
    }
    let mut month = 1;
    while days >= length(year, month) {
        days -= length(year, month);
        month += 1;
    }
    Day {
        year,
        month,
        day: days + 1,
    }
}

fn days_since_epoch(day: Day) -> i64 {
    let years: i64 = (1970..day.year)
        .map(|year| 365 + i64::from(is_leap(year)))
        .sum();
    let months: i64 = (1..day.month).map(|month| length(day.year, month)).sum();
    years + months + day.day - 1
}

/// Second of the last Sunday of a month at 01:00 UTC, when British clocks change.
fn change(year: i64, month: i64) -> i64 {
    let last = days_since_epoch(Day {
        year,
        month,
        day: length(year, month),
    });
    // 1 January 1970 was a Thursday.
    let weekday = (last + 4) % 7;
    (last - weekday) * 86_400 + 3600
}

/// The day that it is in London.
fn london(second: i64) -> Day {
    let utc = day_after_epoch(second.div_euclid(86_400));
    let summer = second >= change(utc.year, 3) && second < change(utc.year, 10);
    day_after_epoch((second + 3600 * i64::from(summer)).div_euclid(86_400))
}

/// Years and months first, to the end of a shorter month; then weeks and days.
fn later(day: Day, (years, months, weeks, days): (i64, i64, i64, i64)) -> Day {
    let total = day.year * 12 + day.month - 1 + years * 12 + months;
    let (year, month) = (total / 12, total % 12 + 1);
    let day = Day {
        year,
        month,
        day: day.day.min(length(year, month)),
    };
    day_after_epoch(days_since_epoch(day) + weeks * 7 + days)
}

fn date_of(day: Day) -> Date {
    date(day.year as i16, day.month as i8, day.day as i8)
}

/// A second between 1996, since when British clocks go back on the last Sunday of October, and 2076; often within hours of a change of clocks, of a leap day, or of the
/// end of a month or of a financial year.
fn second(random: &Repeatable) -> i64 {
    let year = 1996 + random.below(80) as i64;
    let at = match random.below(5) {
        0 => change(year, if random.below(2) == 0 { 3 } else { 10 }),
        1 => {
            days_since_epoch(Day {
                year,
                month: 3,
                day: 1,
            }) * 86_400
        }
        2 => {
            let month = 1 + random.below(12) as i64;
            days_since_epoch(Day {
                year,
                month,
                day: length(year, month),
            }) * 86_400
                + 86_400
        }
        3 => {
            days_since_epoch(Day {
                year,
                month: 4,
                day: 1,
            }) * 86_400
        }
        _ => {
            return days_since_epoch(Day {
                year,
                month: 1,
                day: 1,
            }) * 86_400
                + random.below(31_536_000) as i64;
        }
    };
    at - 7200 + random.below(14_400) as i64
}

const TRIGGERS: [Trigger; 6] = [
    Trigger::Created,
    Trigger::LastActivity,
    Trigger::ConversationClosed,
    Trigger::CaseClosed,
    Trigger::ConsentWithdrawn,
    Trigger::EndOfFinancialYear,
];

#[tokio::test]
async fn last_days_and_what_is_over_are_those_of_an_independent_model() {
    let folder = tempfile::tempdir().unwrap();
    let store: Arc<dyn Store> = Arc::new(Memory::default());
    let archive = archive(store, &keyring(folder.path()), 2);
    archive.bind().await.unwrap();
    let long_ago: Timestamp = "1990-01-01T00:00:00Z".parse().unwrap();
    let why = ("Legal services", "a test");
    let held = Scope::Conversation {
        id: id(1),
        reference: "CV-TEST-0001".to_owned(),
    };
    for scope in [held, Scope::Class(ClassName::new("on-hold"))] {
        archive
            .add_hold(scope, why, date(2100, 1, 1), long_ago)
            .await
            .unwrap();
    }
    let random = Repeatable::seeded(2026);
    let mut seen = BTreeMap::<&str, u64>::new();
    for case in 0..CASES {
        let seconds: [i64; 5] = std::array::from_fn(|_| second(&random));
        let days = seconds.map(london);
        let told = seconds.map(|second| archive.today(Timestamp::from_second(second).unwrap()));
        assert_eq!(
            told,
            days.map(date_of),
            "case {case}: days in London of {seconds:?}"
        );

        let happened = [
            true,
            true,
            random.below(5) > 0,
            random.below(5) > 0,
            random.below(5) > 0,
        ];
        let period = loop {
            let mut part = |limit| {
                if random.below(2) == 0 {
                    0
                } else {
                    random.below(limit) as i64
                }
            };
            let period = (part(20), part(30), part(10), part(60));
            if period != (0, 0, 0, 0) {
                break period;
            }
        };
        let mut triggers: Vec<usize> = (0..6).filter(|_| random.below(3) == 0).collect();
        if triggers.is_empty() {
            triggers.push(random.below(6) as usize);
        }
        let then =
            [Disposal::Delete, Disposal::Review, Disposal::Anonymise][random.below(3) as usize];
        let class = ClassName::new(if random.below(4) == 0 {
            "on-hold"
        } else {
            "free"
        });
        let whose = id(1 + random.below(4));

        // The model.
        let year_end = {
            let day = days[0];
            let year = day.year + i64::from((day.month, day.day) > (3, 31));
            Day {
                year,
                month: 3,
                day: 31,
            }
        };
        let day_of = |trigger: usize| match trigger {
            5 => Some(year_end),
            other => happened[other].then_some(days[other]),
        };
        let from: Option<Vec<Day>> = triggers.iter().map(|trigger| day_of(*trigger)).collect();
        let due = from.map(|days| later(days.into_iter().max().unwrap(), period));
        let today = london(seconds[4]);
        let kept_by_hold = class.as_str() == "on-hold" || whose == id(1);
        let over = due.is_some_and(|due| due < today) && then != Disposal::Review && !kept_by_hold;

        // The program.
        let some = |at: usize| happened[at].then(|| told[at]);
        let moments = Moments {
            created: told[0],
            last_activity: told[1],
            conversation_closed: some(2),
            case_closed: some(3),
            consent_withdrawn: some(4),
        };
        let (years, months, weeks, extra) = period;
        let text = format!("P{years}Y{months}M{weeks}W{extra}D");
        let row = Row {
            class: class.clone(),
            information: String::new(),
            keep_for: text.parse().unwrap(),
            keep_for_text: text,
            keep_from: triggers.iter().map(|trigger| TRIGGERS[*trigger]).collect(),
            then,
            basis: String::new(),
            authority: String::new(),
            source: String::new(),
            must_keep: false,
        };
        let register = Arc::new(Register {
            version: "0123456789abcdef".into(),
            rows: [(class.clone(), row.clone())].into(),
        });
        let shown = format!("case {case}: {row:?} {moments:?}");
        let given = register.due(&class, &moments);
        assert_eq!(given, due.map(date_of), "{shown}");
        archive.use_register(register);
        let tag = Tag {
            class,
            basis: String::new(),
            keep_for: row.keep_for_text,
            keep_from: row.keep_from,
            due: given,
            register: String::new(),
        };
        let now = Timestamp::from_second(seconds[4]).unwrap();
        assert_eq!(
            archive.over(whose, &tag, now),
            given.filter(|_| over),
            "{shown} {now}"
        );

        let mut count = |name, holds: bool| *seen.entry(name).or_default() += u64::from(holds);
        count("max of several", triggers.len() > 1 && due.is_some());
        count("not known yet", due.is_none());
        count("over", over);
        count(
            "kept by a hold",
            kept_by_hold && due.is_some_and(|due| due < today),
        );
        count(
            "for review",
            then == Disposal::Review && due.is_some_and(|due| due < today),
        );
        count(
            "shorter month",
            due.is_some_and(|due| (due.month, due.day) == (2, 28)),
        );
        count(
            "leap day",
            due.is_some_and(|due| (due.month, due.day) == (2, 29)),
        );
        count(
            "another day than in UTC",
            london(seconds[0]) != day_after_epoch(seconds[0].div_euclid(86_400)),
        );
    }
    // Each thing that the model is asked about was asked often.
    for (name, times) in seen {
        println!("{times:>7}  {name}");
        assert!(times >= 100, "{name}: {times}");
    }
}

//! How long records are kept: the register as written, and the due days it gives.
use cece::transcripts::retention::{ClassName, Disposal, Moments, Register};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use std::path::Path;

const SHIPPED: &str = include_str!("../../transcripts/retention.toml");

const ROW: &str = r#"[[row]]
class = "chat"
information = "Messages"
keep_for = "P12M"
keep_from = ["conversation-closed"]
then = "delete"
basis = "UK GDPR Art 6(1)(e)"
authority = "Answering enquiries"
source = "proposed, the council sets it"
"#;

fn parse(text: &str) -> Register {
    Register::parse(text, Path::new("retention.toml")).unwrap()
}

/// A register with one class, `chat`, of this period and these triggers.
fn register(keep_for: &str, keep_from: &str) -> Register {
    let triggers: Vec<_> = keep_from.split(' ').map(|t| format!("\"{t}\"")).collect();
    parse(
        &ROW.replace("P12M", keep_for)
            .replace("\"conversation-closed\"", &triggers.join(", ")),
    )
}

fn moments(created: Date) -> Moments {
    Moments {
        created,
        last_activity: created,
        conversation_closed: None,
        case_closed: None,
        consent_withdrawn: None,
    }
}

fn due(register: &Register, moments: &Moments) -> Option<Date> {
    register.due(&ClassName::new("chat"), moments)
}

#[test]
fn the_shipped_register_has_a_row_for_every_class_that_is_used() {
    let register = parse(SHIPPED);
    let classes = "chat call usage technical service-request enquiry complaint application \
        appointment case case-enquiry claim allegation penalty-case account account-change \
        claim-change subscription care-record safeguarding urgent-request information-request \
        intelligence payment preference public-record decision survey contact audit";
    for class in classes.split_whitespace() {
        assert!(
            register.rows.contains_key(&ClassName::new(class)),
            "{class}"
        );
    }
    assert_eq!(register.rows.len(), classes.split_whitespace().count());
    assert_eq!(register.version.len(), 16);
    let technical = &register.rows[&ClassName::new("technical")];
    assert_eq!(
        (technical.keep_for_text.as_str(), technical.then),
        ("P30D", Disposal::Delete)
    );
    // The privacy notice: complaints seven years from the closing of the case, calls twelve months.
    let mut moments = moments(date(2026, 1, 15));
    moments.conversation_closed = Some(date(2026, 1, 15));
    moments.case_closed = Some(date(2026, 3, 1));
    let due = |class| register.due(&ClassName::new(class), &moments);
    assert_eq!(due("complaint"), Some(date(2033, 3, 1)));
    assert_eq!(due("call"), Some(date(2027, 1, 15)));
}

#[test]
fn technical_data_is_kept_for_the_shortest_time_of_all_data_classes() {
    let register = parse(SHIPPED);
    let mut moments = moments(date(2026, 1, 15));
    moments.conversation_closed = Some(moments.created);
    let technical = register.due(&ClassName::new("technical"), &moments);
    for class in [
        "chat", "call", "usage", "survey", "contact", "decision", "audit",
    ] {
        assert!(
            technical < register.due(&ClassName::new(class), &moments),
            "{class}"
        );
    }
}

#[test]
fn a_period_ends_on_the_corresponding_day() {
    let cases = [
        ("P12M", "2026-01-15", "2027-01-15"),
        ("P1M", "2026-01-31", "2026-02-28"),
        ("P1M", "2028-01-31", "2028-02-29"),
        ("P1Y", "2028-02-29", "2029-02-28"),
        ("P4Y", "2028-02-29", "2032-02-29"),
        ("P30D", "2026-12-15", "2027-01-14"),
        ("P2W", "2026-12-25", "2027-01-08"),
        ("P1Y6M", "2026-08-31", "2028-02-29"),
    ];
    for (period, from, last) in cases {
        let register = register(period, "created");
        let last: Date = last.parse().unwrap();
        assert_eq!(
            due(&register, &moments(from.parse().unwrap())),
            Some(last),
            "{period} {from}"
        );
    }
}

#[test]
fn the_financial_year_ends_on_the_next_31_march() {
    let register = register("P6Y", "end-of-financial-year");
    for (made, last) in [
        ("2026-03-31", "2032-03-31"),
        ("2026-04-01", "2033-03-31"),
        ("2026-12-31", "2033-03-31"),
        ("2027-01-01", "2033-03-31"),
    ] {
        let last: Date = last.parse().unwrap();
        assert_eq!(
            due(&register, &moments(made.parse().unwrap())),
            Some(last),
            "{made}"
        );
    }
}

#[test]
fn nothing_is_due_before_every_trigger_has_happened_and_then_the_latest_counts() {
    let register = register("P1Y", "conversation-closed case-closed");
    let mut moments = moments(date(2026, 1, 1));
    assert_eq!(due(&register, &moments), None);
    moments.case_closed = Some(date(2026, 6, 1));
    assert_eq!(due(&register, &moments), None);
    moments.conversation_closed = Some(date(2026, 2, 1));
    assert_eq!(due(&register, &moments), Some(date(2027, 6, 1)));
    moments.conversation_closed = Some(date(2026, 7, 1));
    assert_eq!(due(&register, &moments), Some(date(2027, 7, 1)));

    assert_eq!(register.due(&ClassName::new("unheard-of"), &moments), None);
}

/// Plants one slip: the first `from` becomes `to`, in which `‸` marks the fault's place.
fn check(from: &str, to: &str, says: &str) {
    assert!(ROW.contains(from), "no {from}");
    let marked = ROW.replacen(from, to, 1);
    let (before, after) = marked.split_once('‸').unwrap();
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    let faults = Register::parse(&format!("{before}{after}"), Path::new("retention.toml"));
    let shown = faults.unwrap_err().to_string();
    let place = format!("retention.toml:{line}:{column}: error: ");
    assert_eq!(shown.lines().count(), 1, "{shown}");
    assert!(shown.starts_with(&place), "{place} expected: {shown}");
    for part in says.split(" … ") {
        assert!(shown.contains(part), "`{part}` expected: {shown}");
    }
}

#[test]
fn slips_in_the_register_are_found_at_their_place() {
    let cases = [
        (
            "\"P12M\"",
            "‸\"12 months\"",
            "`12 months` is not a period … P12M",
        ),
        ("\"P12M\"", "‸\"PT12H\"", "`PT12H` is not a period"),
        ("\"P12M\"", "‸\"P0D\"", "`P0D` is no time at all"),
        ("\"P12M\"", "‸\"-P1Y\"", "`-P1Y` is not a period"),
        (
            "\"P12M\"",
            "‸\"P1200Y\"",
            "`P1200Y` is longer than 150 years",
        ),
        ("\"P12M\"", "‸12", "`keep_for` is an integer … string"),
        (
            "\"conversation-closed\"",
            "‸\"closed\"",
            "unknown trigger `closed` … case-closed",
        ),
        (
            "\"conversation-closed\"",
            "\"created\", ‸\"case-close\"",
            "did you mean `case-closed`?",
        ),
        (
            "[\"conversation-closed\"]",
            "‸[]",
            "`keep_from` names no trigger",
        ),
        (
            "\"delete\"",
            "‸\"destroy\"",
            "unknown `then` value `destroy` … delete, review, anonymise",
        ),
        (
            "\"chat\"",
            "‸\"Web Chat\"",
            "`Web Chat` is not a class name … lower-case",
        ),
        (
            "basis =",
            "‸bassis = 1\nbasis =",
            "unknown key `bassis`; did you mean `basis`?",
        ),
        (
            "[[row]]\nclass =",
            "‸[[row]]\n#",
            "`class` is missing; add `class = ",
        ),
    ];
    for (from, to, says) in cases {
        check(from, to, says);
    }
}

#[test]
fn a_class_has_one_row_and_a_register_has_rows() {
    let twice = Register::parse(&format!("{ROW}{ROW}"), Path::new("r.toml")).unwrap_err();
    assert!(
        twice
            .to_string()
            .contains("r.toml:11:9: error: class `chat` has a row already"),
        "{twice}"
    );
    let empty = Register::parse("", Path::new("r.toml")).unwrap_err();
    assert!(
        empty
            .to_string()
            .contains("r.toml:1:1: error: `row` is missing"),
        "{empty}"
    );
    let broken = Register::parse("[[row]\n", Path::new("r.toml")).unwrap_err();
    assert!(broken.to_string().contains("r.toml:1:"), "{broken}");
}

#[test]
fn the_version_follows_the_text() {
    assert_eq!(parse(ROW).version, parse(ROW).version);
    assert_ne!(parse(ROW).version, register("P13M", "created").version);
}

/// Days of a month, reckoned apart from the library that the register uses.
fn days_in(year: i32, month: i32) -> i32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

proptest! {
    #[test]
    fn due_days_agree_with_an_independent_reckoning(
        year in 1990_i32..2100, month in 1_i32..=12, day in 1_i32..=31, later in 0_i64..2000,
        years in 0_i32..50, months in 0_i32..30,
    ) {
        prop_assume!(years + months > 0);
        let day = day.min(days_in(year, month));
        let created = date(year as i16, month as i8, day as i8);
        let mut moments = moments(created);
        moments.case_closed = Some(created);
        moments.last_activity = created.checked_add(jiff::Span::new().days(later)).unwrap();

        let last = moments.last_activity;
        let total = i32::from(last.year()) * 12 + i32::from(last.month()) - 1 + years * 12 + months;
        let (year, month) = (total / 12, total % 12 + 1);
        let expected = (year, month, i32::from(last.day()).min(days_in(year, month)));

        let register = register(&format!("P{years}Y{months}M"), "case-closed last-activity");
        let got = due(&register, &moments).unwrap();
        prop_assert_eq!((got.year().into(), got.month().into(), got.day().into()), expected);
    }
}

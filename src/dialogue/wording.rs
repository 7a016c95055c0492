//! Words put together: placeholders, lists, periods and days in words, masked values.
//!
//! Sentences are phrases of the content, which authors can change; only numbers, dates and lists are
//! worded here, in both languages. It knows nothing of a conversation.

use crate::content::Locale;
use jiff::{Span, civil::Date};

/// Stands for a character that is not shown.
const MASK: char = '*';
/// From so many digits on, a value is a number of which only the end is shown.
const NUMBER_DIGITS_MIN: usize = 6;
/// Characters shown of the end of a masked number.
const NUMBER_END_SHOWN: usize = 3;

/// `template` with each `{name}` replaced, in one pass: braces in a value stay what they are.
pub(super) fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let known = after.split_once('}').and_then(|(name, tail)| {
            let (_, value) = values.iter().find(|(key, _)| *key == name)?;
            Some((value, tail))
        });
        match known {
            Some((value, tail)) => {
                filled.push_str(value);
                rest = tail;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// Two texts, one after the other; either may be empty.
pub(super) fn sentences(first: &str, second: &str) -> String {
    match (first.is_empty(), second.is_empty()) {
        (true, _) => second.to_owned(),
        (_, true) => first.to_owned(),
        (false, false) => format!("{first} {second}"),
    }
}

/// "a, b and c".
pub(super) fn list(items: &[&str], locale: Locale) -> String {
    let and = match locale {
        Locale::En => "and",
        Locale::Cy => "a",
    };
    match items {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [most @ .., last] => format!("{} {and} {last}", most.join(", ")),
    }
}

/// A slot's name as it is said: `bin_type` is "bin type".
pub(super) fn slot_words(slot: &str) -> String {
    slot.replace('_', " ")
}

/// A period in words, e.g. "12 months".
pub(super) fn period(span: &Span, locale: Locale) -> String {
    let units = [
        (
            i64::from(span.get_years()),
            years_cy(span.get_years().into()),
            ("year", "years"),
        ),
        (i64::from(span.get_months()), "mis", ("month", "months")),
        (i64::from(span.get_weeks()), "wythnos", ("week", "weeks")),
        (i64::from(span.get_days()), "diwrnod", ("day", "days")),
    ];
    let parts: Vec<String> = units
        .iter()
        .filter(|(count, _, _)| *count != 0)
        .map(|(count, cy, (one, many))| match locale {
            Locale::En if *count == 1 => format!("1 {one}"),
            Locale::En => format!("{count} {many}"),
            Locale::Cy => format!("{count} {cy}"),
        })
        .collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    list(&parts, locale)
}

/// The Welsh for years after a number mutates with it.
fn years_cy(count: i64) -> &'static str {
    match count {
        1 => "flwyddyn",
        2 => "flynedd",
        3 | 4 | 6 => "blynedd",
        _ => "mlynedd",
    }
}

/// Months as they are written in dates, January first, in English and Welsh.
pub(super) const MONTHS: [(&str, &str); 12] = [
    ("January", "Ionawr"),
    ("February", "Chwefror"),
    ("March", "Mawrth"),
    ("April", "Ebrill"),
    ("May", "Mai"),
    ("June", "Mehefin"),
    ("July", "Gorffennaf"),
    ("August", "Awst"),
    ("September", "Medi"),
    ("October", "Hydref"),
    ("November", "Tachwedd"),
    ("December", "Rhagfyr"),
];

/// A day in words, e.g. "9 June 2026".
pub(super) fn day(date: Date, locale: Locale) -> String {
    let place = usize::try_from(date.month() - 1).unwrap_or(0);
    let (en, cy) = MONTHS.get(place).copied().unwrap_or_default();
    let month = match locale {
        Locale::En => en,
        Locale::Cy => cy,
    };
    format!("{} {month} {}", date.day(), date.year())
}

/// A personal value as it is shown back: enough for the person who gave it to know it again.
///
/// Of a number the last three characters stay, of words the first letter and of an address its
/// number: `14 A***** A*****`, `***** ***123`, `j**@e******.o**`.
pub(super) fn masked(value: &str) -> String {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    if digits >= NUMBER_DIGITS_MIN {
        let hidden = value
            .chars()
            .filter(|c| c.is_alphanumeric())
            .count()
            .saturating_sub(NUMBER_END_SHOWN);
        let mut seen = 0;
        return value
            .chars()
            .map(|c| {
                seen += usize::from(c.is_alphanumeric());
                if c.is_alphanumeric() && seen <= hidden {
                    MASK
                } else {
                    c
                }
            })
            .collect();
    }
    let mut shown = false;
    value
        .chars()
        .map(|c| {
            if !c.is_alphanumeric() {
                shown = false;
                c
            } else if c.is_ascii_digit() {
                shown = true;
                c
            } else if shown {
                MASK
            } else {
                shown = true;
                c
            }
        })
        .collect()
}

/// A masked value for the ear: its figures, since initials say nothing when they are spoken. Empty
/// where there are none.
pub(super) fn masked_for_ear(value: &str) -> String {
    let masked = masked(value);
    let figures: Vec<&str> = masked
        .split(|c: char| !c.is_ascii_digit())
        .filter(|figures| !figures.is_empty())
        .collect();
    figures.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_in_one_pass() {
        let cases = [
            ("Hello {name}.", "Hello Ann."),
            ("{name}{other}", "Ann{name}"),
            ("{unknown} {name", "{unknown} {name"),
            ("", ""),
        ];
        for (template, expected) in cases {
            let filled = fill(template, &[("name", "Ann"), ("other", "{name}")]);
            assert_eq!(filled, expected, "{template}");
        }
    }

    #[test]
    fn masked_values_show_enough_to_be_known_again_and_no_more() {
        let cases = [
            ("14 Acacia Avenue", "14 A***** A*****", "14"),
            ("07700 900123", "***** ***123", "123"),
            ("jan@example.org", "j**@e******.o**", ""),
            ("CV7 9ZZ", "C*7 9**", "7 9"),
            ("Ann", "A**", ""),
            ("", "", ""),
        ];
        for (value, eye, ear) in cases {
            assert_eq!(masked(value), eye, "{value}");
            assert_eq!(masked_for_ear(value), ear, "{value}");
        }
    }

    #[test]
    fn periods_and_days_in_words() {
        let cases = [
            (Span::new().months(12), "12 months", "12 mis"),
            (Span::new().years(7), "7 years", "7 mlynedd"),
            (
                Span::new().years(1).months(6),
                "1 year and 6 months",
                "1 flwyddyn a 6 mis",
            ),
            (Span::new().days(1), "1 day", "1 diwrnod"),
        ];
        for (span, en, cy) in cases {
            assert_eq!(period(&span, Locale::En), en);
            assert_eq!(period(&span, Locale::Cy), cy);
        }
        assert_eq!(
            day(jiff::civil::date(2026, 6, 9), Locale::En),
            "9 June 2026"
        );
        assert_eq!(
            day(jiff::civil::date(2026, 6, 9), Locale::Cy),
            "9 Mehefin 2026"
        );
    }

    #[test]
    fn lists_are_joined() {
        assert_eq!(list(&["a", "b", "c"], Locale::En), "a, b and c");
        assert_eq!(list(&["a"], Locale::En), "a");
    }
}

//! Reading `<department>/department.toml`: who takes an enquiry, how and when they can be reached.

use super::contact::{is_link, is_uk_phone};
use super::fields::Fields;
use super::load::Ground;
use super::page::{Page, Text};
use super::{Locale, Localized};
use crate::departments::{Department, DepartmentName, OpeningHours, OutOfHours, Reach};
use jiff::civil::Time;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The folder of what belongs to others: it takes nobody.
pub(super) const NOBODY: &str = "none";

/// Reads the file of the folder `slug`.
pub(super) fn read(fields: Fields<'_>, slug: &str, ground: &Ground<'_>) -> Option<Department> {
    let page = fields.page;
    let say =
        |text: Option<Text<'_>>| text.map(|text| ground.facts.say(page, &text, Locale::En, &[]));
    let title = say(fields.need_text("name", "name = \"Waste and Recycling\""));
    let handles = say(fields.need_text("handles", "handles = \"bins and missed collections\""));
    let contractor = say(fields.text("contractor"));
    let reach = fields.table("reach");
    let place = reach.as_ref().map_or(fields.at, |reach| reach.at);
    let channels = reach.map_or_else(Reach::default, |reach| read_reach(reach, ground));
    let hours = if slug == NOBODY {
        fields.table("hours")
    } else {
        let unreachable =
            channels.phone.is_none() && channels.url.is_none() && channels.queue.is_none();
        if unreachable {
            page.error(
                place,
                "nobody can reach this department",
                "give it a `phone`, `url` or `queue` under [reach]",
            );
        }
        fields.need_table("hours", "[hours] with monday = [\"08:30-17:00\"]")
    };
    let hours = hours.map_or_else(OpeningHours::default, |hours| read_hours(hours, slug));
    let out_of_hours = read_out_of_hours(&fields, slug, ground);
    fields.done();
    Some(Department {
        name: DepartmentName::new(slug),
        title: title?,
        handles: handles?,
        contractor,
        channels,
        hours,
        out_of_hours: out_of_hours?,
    })
}

/// The department that `text` names, which must be one that takes people.
pub(super) fn named(
    page: &Page<'_>,
    text: &Text<'_>,
    departments: &BTreeSet<&str>,
) -> Option<DepartmentName> {
    if text.value != NOBODY && departments.contains(text.value) {
        return Some(DepartmentName::new(text.value));
    }
    let known = departments.iter().copied().filter(|slug| *slug != NOBODY);
    page.unknown("department", text, known);
    None
}

fn read_reach(fields: Fields<'_>, ground: &Ground<'_>) -> Reach {
    let page = fields.page;
    let phone = fields.text("phone");
    if let Some(phone) = phone.as_ref().filter(|phone| !is_uk_phone(phone.value)) {
        page.error(
            phone.span.start,
            format!("`{}` is no UK telephone number", phone.value),
            "write it as it is dialled here, e.g. \"03069 990 011\"",
        );
    }
    let url = fields.text("url").map(|url| link(page, &url, ground));
    let queue = fields.text("queue");
    fields.done();
    Reach {
        phone: phone.map(|phone| phone.value.into()),
        url,
        queue: queue.map(|queue| queue.value.into()),
    }
}

/// The absolute URL of a link, which may be relative to the council's pages.
pub(super) fn link(page: &Page<'_>, url: &Text<'_>, ground: &Ground<'_>) -> Arc<str> {
    if !is_link(url.value) {
        page.error(
            url.span.start,
            format!("`{}` is no link", url.value),
            "write \"/page\" for the council's own pages, \"https://…\" for others",
        );
    }
    match &ground.base_url {
        Some(base) if url.value.starts_with('/') => format!("{base}{}", url.value).into(),
        Some(_) | None => url.value.into(),
    }
}

pub(super) const DAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

fn read_hours(fields: Fields<'_>, slug: &str) -> OpeningHours {
    let mut hours = OpeningHours {
        open_on_holidays: fields.flag("open_on_holidays"),
        ..OpeningHours::default()
    };
    for (spans, day) in hours.week.iter_mut().zip(DAYS) {
        let mut read: Vec<_> = fields
            .texts(day)
            .into_iter()
            .filter_map(|text| Some((span(fields.page, &text)?, text)))
            .collect();
        read.sort_by_key(|(span, _)| *span);
        for pair in read.windows(2) {
            if let [((_, end), first), ((start, _), second)] = pair
                && start < end
            {
                fields.page.error(
                    second.span.start,
                    format!("`{}` overlaps `{}`", second.value, first.value),
                    "let each span begin when the one before has ended",
                );
            }
        }
        *spans = read.into_iter().map(|(span, _)| span).collect();
    }
    if slug != NOBODY && hours.week.iter().all(Vec::is_empty) {
        fields.page.warning(
            fields.at,
            "this department never opens",
            "give the days on which it does, e.g. monday = [\"08:30-17:00\"]",
        );
    }
    fields.done();
    hours
}

/// A span such as "08:30-17:00"; an end of "24:00" is the end of the day.
fn span(page: &Page<'_>, text: &Text<'_>) -> Option<(Time, Time)> {
    let example = "write it as \"HH:MM-HH:MM\", e.g. \"08:30-17:00\" or \"00:00-24:00\"";
    let times = text.value.split_once('-').and_then(|(start, end)| {
        let end = match end {
            "24:00" => OpeningHours::MIDNIGHT,
            end => time(end)?,
        };
        Some((time(start)?, end))
    });
    let Some((start, end)) = times else {
        let what = format!("`{}` is no span of hours", text.value);
        page.error(text.span.start, what, example);
        if let Some(meant) = meant_span(text.value) {
            page.mend(text.span.clone(), format!("\"{meant}\""));
        }
        return None;
    };
    if end <= start {
        page.error(
            text.span.start,
            format!("`{}` ends before it begins", text.value),
            "split a span that goes over midnight: one to \"24:00\", one from \"00:00\" next day",
        );
        return None;
    }
    Some((start, end))
}

/// The span that is meant by "8:30 – 17.00": the same figures, written as they are read here.
fn meant_span(text: &str) -> Option<String> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let (start, end) = plain.split_once(['-', '–', '—'])?;
    let meant = |written: &str| {
        let (hour, minute) = written.split_once([':', '.'])?;
        let written = format!("{hour:0>2}:{minute}");
        (written == "24:00" || time(&written).is_some()).then_some(written)
    };
    Some(format!("{}-{}", meant(start)?, meant(end)?))
}

/// A time of day as "HH:MM", 00:00 to 23:59.
fn time(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(':')?;
    let two_digits = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    if !two_digits(hour) || !two_digits(minute) {
        return None;
    }
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

fn read_out_of_hours(fields: &Fields<'_>, slug: &str, ground: &Ground<'_>) -> Option<OutOfHours> {
    let table = if slug == NOBODY {
        fields.table("out_of_hours")
    } else {
        fields.need_table("out_of_hours", "[out_of_hours] with text = \"…\"")
    };
    let Some(table) = table else {
        // What belongs to others is never taken anywhere, and so never told of hours.
        let nothing = Localized {
            en: "".into(),
            cy: None,
        };
        return (slug == NOBODY).then_some(OutOfHours {
            urgent_to: None,
            text: nothing,
        });
    };
    table.need("text", "text = \"We are closed now.\"");
    let text = ground.facts.both(&table, "text", "cy");
    let urgent_to = table.text("urgent_to").and_then(|text| {
        if text.value == slug {
            table.page.error(
                text.span.start,
                format!("`{slug}` sends urgent matters to itself"),
                "name another department, or take the key away",
            );
            return None;
        }
        named(table.page, &text, &ground.departments)
    });
    table.done();
    Some(OutOfHours {
        urgent_to,
        text: text?,
    })
}

//! Reading `council.toml`: the council, and the facts that vary from council to council.

use super::contact::{is_absolute_url, is_own_contact};
use super::fields::Fields;
use super::page::{Page, Text};
use super::say::plain;
use super::{Council, phrases};
use crate::departments::BankHolidays;
use crate::nlu::entities::ReferenceShape;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What `council.toml` gives, as far as it could be read.
#[derive(Default)]
pub(super) struct CouncilFile {
    /// The council; none where something of it is missing or wrong.
    pub(super) council: Option<Council>,
    /// Where its pages are.
    pub(super) base_url: Option<Arc<str>>,
    /// The facts, with the council's name as `council` where no fact is called that.
    pub(super) facts: BTreeMap<String, String>,
    /// Shapes of references that residents may give, this house's own first.
    pub(super) references: Vec<ReferenceShape>,
}

/// Reads the file; `departments` are the folders there are.
pub(super) fn read(fields: Fields<'_>, departments: &BTreeSet<&str>) -> CouncilFile {
    let page = fields.page;
    let name = fields.need_text("name", "name = \"Cheshvale Council\"");
    let base_url = fields
        .need_text("base_url", "base_url = \"https://www.cheshvale.example\"")
        .filter(|url| absolute(page, url))
        .map(|url| Arc::from(url.value.trim_end_matches('/')));
    let zone = fields
        .need_text("time_zone", "time_zone = \"Europe/London\"")
        .and_then(|name| time_zone(page, &name));
    let department = |key: &str| {
        let text = fields.need_text(key, &format!("{key} = \"customer-services\""))?;
        super::department::named(page, &text, departments)
    };
    let switchboard = department("switchboard");
    let emergency = department("emergency");
    let closing_days = fields.dates("closing_days");
    let own_contacts = fields.texts("own_contacts");
    for contact in own_contacts.iter().filter(|c| !is_own_contact(c.value)) {
        page.error(
            contact.span.start,
            format!(
                "`{}` is no UK telephone number, mail domain or address",
                contact.value
            ),
            "write e.g. \"03069 990 000\" or \"@cheshvale.example\"",
        );
    }
    let references = read_references(&fields);
    let mut facts = read_facts(&fields);
    let council = facts.entry("council".to_owned());
    council.or_insert_with(|| name.as_ref().map_or("", |name| name.value).to_owned());
    fields.done();
    let council = || {
        Some(Council {
            name: name?.value.into(),
            base_url: base_url.clone()?,
            time_zone: zone?,
            switchboard: switchboard?,
            emergency: emergency?,
            holidays: BankHolidays {
                extra: closing_days.into_iter().map(|day| day.value).collect(),
            },
            own_contacts: own_contacts.iter().map(|c| c.value.into()).collect(),
        })
    };
    CouncilFile {
        council: council(),
        base_url,
        facts,
        references,
    }
}

/// The house's own shape, and those that the council's other systems give out.
fn read_references(fields: &Fields<'_>) -> Vec<ReferenceShape> {
    let mut shapes = vec![ReferenceShape::own()];
    for text in fields.texts("references") {
        match ReferenceShape::parse(text.value) {
            Some(shape) => shapes.push(shape),
            None => fields.page.error(
                text.span.start,
                format!("`{}` is no shape of a reference", text.value),
                "write # for a digit, @ for a letter, * for either and capitals for themselves, e.g. \
                 \"PL/####/####\"",
            ),
        }
    }
    shapes
}

fn absolute(page: &Page<'_>, url: &Text<'_>) -> bool {
    let good = is_absolute_url(url.value);
    if !good {
        page.error(
            url.span.start,
            format!("`{}` is no URL", url.value),
            "write it whole, e.g. \"https://www.cheshvale.example\"",
        );
    }
    good
}

fn time_zone(page: &Page<'_>, name: &Text<'_>) -> Option<TimeZone> {
    let zone = TimeZone::get(name.value);
    if zone.is_err() {
        page.error(
            name.span.start,
            format!("unknown time zone `{}`", name.value),
            "use a name of the IANA database, e.g. \"Europe/London\"",
        );
    }
    zone.ok()
}

fn read_facts(fields: &Fields<'_>) -> BTreeMap<String, String> {
    let mut facts = BTreeMap::new();
    let Some(table) = fields.table("facts") else {
        return facts;
    };
    for (key, value) in table.entries() {
        let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if !key.value.chars().all(letter) {
            fields.page.error(
                key.span.start,
                format!("`{}` is not the name of a fact", key.value),
                "use lower-case letters, digits and underscores",
            );
        } else if phrases::LATER.contains(&key.value) {
            fields.page.error(
                key.span.start,
                format!("`{{{}}}` is filled by the assistant itself", key.value),
                "choose another name for the fact",
            );
            // Filled in from here it would hide what is wrong with the texts that have it.
            continue;
        }
        plain(fields.page, &value);
        facts.insert(key.value.to_owned(), value.value.to_owned());
    }
    facts
}

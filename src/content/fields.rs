//! Typed access to the tables of a file: every slip becomes a fault with its place, and reading goes on.
//!
//! It knows TOML's types and nothing of what the keys mean.

use super::fault::nearest;
use super::page::{Page, Placed, Text};
use jiff::civil::Date;
use std::cell::RefCell;
use std::collections::BTreeSet;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A table of a file. A key that was never asked for is unknown: [`Fields::done`] says so.
pub(crate) struct Fields<'p> {
    /// The file it is in.
    pub(crate) page: &'p Page<'p>,
    /// Where it begins.
    pub(crate) at: usize,
    table: &'p DeTable<'p>,
    asked: RefCell<BTreeSet<String>>,
}

impl<'p> Fields<'p> {
    /// The table of the whole file.
    pub(crate) fn root(page: &'p Page<'p>, table: &'p Spanned<DeTable<'p>>) -> Self {
        Self::new(page, table.get_ref(), 0)
    }

    fn new(page: &'p Page<'p>, table: &'p DeTable<'p>, at: usize) -> Self {
        Self {
            page,
            at,
            table,
            asked: RefCell::default(),
        }
    }

    /// Ends the reading: whatever was not asked for is unknown.
    pub(crate) fn done(self) {
        let asked = self.asked.into_inner();
        for key in self.table.keys() {
            if !asked.contains(key.get_ref().as_ref()) {
                let name = Placed {
                    value: key.get_ref().as_ref(),
                    span: key.span(),
                };
                let known = || asked.iter().map(String::as_str);
                self.page.unknown("key", &name, known());
                let meant = nearest(name.value, known());
                // Two keys of one name would be another fault.
                if let Some(meant) = meant.filter(|meant| !self.table.contains_key(*meant)) {
                    self.page.mend(name.span, meant);
                }
            }
        }
    }

    /// Whether a key is there.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Notes a key that must be there and is not.
    pub(crate) fn need(&self, key: &str, example: &str) {
        if !self.has(key) {
            self.missing(key, example);
        }
    }

    /// Notes that a key must be there; `example` is the line or table that would mend it.
    pub(crate) fn missing(&self, key: &str, example: &str) {
        self.page.error(
            self.at,
            format!("`{key}` is missing"),
            format!("add `{example}`"),
        );
    }

    /// Where a key's value stands; the table where it has none.
    pub(crate) fn place(&self, key: &str) -> usize {
        self.table
            .get(key)
            .map_or(self.at, |value| value.span().start)
    }

    /// A string that may be left out, but not be empty.
    pub(crate) fn text(&self, key: &str) -> Option<Text<'p>> {
        let value = self.get(key)?;
        string(self.page, key, value)
    }

    /// A string that must be there.
    pub(crate) fn need_text(&self, key: &str, example: &str) -> Option<Text<'p>> {
        self.need(key, example);
        self.text(key)
    }

    /// A list of strings that may be left out.
    pub(crate) fn texts(&self, key: &str) -> Vec<Text<'p>> {
        self.list(key, "a list of strings, e.g. [\"…\", \"…\"]")
            .filter_map(|value| string(self.page, key, value))
            .collect()
    }

    /// A list of strings that must be there; empty lists are the caller's to judge.
    pub(crate) fn need_texts(&self, key: &str, example: &str) -> Vec<Text<'p>> {
        self.need(key, example);
        self.texts(key)
    }

    /// How many values the list under a key has, right or wrong.
    pub(crate) fn count(&self, key: &str) -> usize {
        let value = self.table.get(key).map(Spanned::get_ref);
        value
            .and_then(DeValue::as_array)
            .map_or(0, |list| list.len())
    }

    /// Yes or no; no where it is left out.
    pub(crate) fn flag(&self, key: &str) -> bool {
        match self.get(key).map(|value| (value, value.get_ref())) {
            None => false,
            Some((_, DeValue::Boolean(flag))) => *flag,
            Some((value, _)) => {
                wrong_type(self.page, key, value, "true or false, without quotes");
                match value.get_ref().as_str().map(str::trim) {
                    Some("true" | "yes") => self.page.mend(value.span(), "true"),
                    Some("false" | "no") => self.page.mend(value.span(), "false"),
                    Some(_) | None => {}
                }
                false
            }
        }
    }

    /// A whole number that may be left out.
    pub(crate) fn whole(&self, key: &str) -> Option<Placed<i64>> {
        let value = self.get(key)?;
        whole(self.page, key, value)
    }

    /// A list of whole numbers that may be left out.
    pub(crate) fn wholes(&self, key: &str) -> Vec<Placed<i64>> {
        self.list(key, "a list of whole numbers, e.g. [524]")
            .filter_map(|value| whole(self.page, key, value))
            .collect()
    }

    /// A date that may be left out.
    pub(crate) fn date(&self, key: &str) -> Option<Placed<Date>> {
        let value = self.get(key)?;
        date(self.page, key, value)
    }

    /// A list of dates that may be left out.
    pub(crate) fn dates(&self, key: &str) -> Vec<Placed<Date>> {
        self.list(key, "a list of dates, e.g. [2026-12-29]")
            .filter_map(|value| date(self.page, key, value))
            .collect()
    }

    /// A table that may be left out.
    pub(crate) fn table(&self, key: &str) -> Option<Fields<'p>> {
        let value = self.get(key)?;
        table(self.page, key, value)
    }

    /// A table that must be there.
    pub(crate) fn need_table(&self, key: &str, example: &str) -> Option<Fields<'p>> {
        self.need(key, example);
        self.table(key)
    }

    /// The tables of a list written `[[key]]`.
    pub(crate) fn tables(&self, key: &str) -> Vec<Fields<'p>> {
        self.list(key, &format!("a list of tables, each headed [[{key}]]"))
            .filter_map(|value| table(self.page, key, value))
            .collect()
    }

    /// Every key of this table with its string: for tables whose keys the author chooses.
    pub(crate) fn entries(&self) -> Vec<(Text<'p>, Text<'p>)> {
        let pair = |(key, value): (&'p Spanned<_>, _)| {
            let name: &'p std::borrow::Cow<'p, str> = key.get_ref();
            self.asked.borrow_mut().insert(name.to_string());
            let key = Placed {
                value: &**name,
                span: key.span(),
            };
            Some((key, string(self.page, name, value)?))
        };
        self.table.iter().filter_map(pair).collect()
    }

    fn get(&self, key: &str) -> Option<&'p Spanned<DeValue<'p>>> {
        self.asked.borrow_mut().insert(key.to_owned());
        self.table.get(key)
    }

    fn list(&self, key: &str, wanted: &str) -> std::slice::Iter<'p, Spanned<DeValue<'p>>> {
        let Some(value) = self.get(key) else {
            return [].iter();
        };
        let Some(list) = value.get_ref().as_array() else {
            wrong_type(self.page, key, value, wanted);
            let one = value.get_ref().as_str().is_some() || value.get_ref().as_integer().is_some();
            if one {
                let written = self.page.source(&value.span());
                self.page.mend(value.span(), format!("[{written}]"));
            }
            return [].iter();
        };
        list.iter()
    }
}

fn string<'p>(page: &Page<'_>, key: &str, value: &'p Spanned<DeValue<'p>>) -> Option<Text<'p>> {
    let Some(text) = value.get_ref().as_str() else {
        wrong_type(page, key, value, "a string, in double quotes");
        return None;
    };
    if text.trim().is_empty() {
        page.error(
            value.span().start,
            format!("`{key}` is empty"),
            "write it, or take the key away where it is optional",
        );
        return None;
    }
    Some(Placed {
        value: text,
        span: value.span(),
    })
}

fn whole(page: &Page<'_>, key: &str, value: &Spanned<DeValue<'_>>) -> Option<Placed<i64>> {
    let number = value
        .get_ref()
        .as_integer()
        .and_then(|integer| i64::from_str_radix(integer.as_str(), integer.radix()).ok());
    if number.is_none() {
        wrong_type(page, key, value, "a whole number, without quotes");
        if let Some(quoted) = value.get_ref().as_str()
            && let Ok(number) = quoted.trim().parse::<i64>()
        {
            page.mend(value.span(), number.to_string());
        }
    }
    Some(Placed {
        value: number?,
        span: value.span(),
    })
}

fn date(page: &Page<'_>, key: &str, value: &Spanned<DeValue<'_>>) -> Option<Placed<Date>> {
    // TOML's dates are valid days already; a date with a time is not a day.
    let day = value
        .get_ref()
        .as_datetime()
        .filter(|moment| moment.time.is_none())
        .and_then(|moment| moment.date.as_ref())
        .and_then(|day| {
            let year = i16::try_from(day.year).ok()?;
            let (month, day) = (i8::try_from(day.month).ok()?, i8::try_from(day.day).ok()?);
            Date::new(year, month, day).ok()
        });
    if day.is_none() {
        wrong_type(page, key, value, "a day without quotes, e.g. 2027-03-31");
        if let Some(quoted) = value.get_ref().as_str()
            && let Ok(day) = quoted.trim().parse::<Date>()
        {
            page.mend(value.span(), day.to_string());
        }
    }
    Some(Placed {
        value: day?,
        span: value.span(),
    })
}

fn table<'p>(page: &'p Page<'p>, key: &str, value: &'p Spanned<DeValue<'p>>) -> Option<Fields<'p>> {
    let Some(table) = value.get_ref().as_table() else {
        wrong_type(page, key, value, &format!("a table, headed [{key}]"));
        return None;
    };
    Some(Fields::new(page, table, value.span().start))
}

fn wrong_type(page: &Page<'_>, key: &str, value: &Spanned<DeValue<'_>>, wanted: &str) {
    let found = match value.get_ref() {
        DeValue::Integer(_) | DeValue::Array(_) => "an",
        DeValue::String(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_)
        | DeValue::Table(_) => "a",
    };
    page.error(
        value.span().start,
        format!("`{key}` is {found} {}", value.get_ref().type_str()),
        format!("write {wanted}"),
    );
}

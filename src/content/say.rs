//! Texts that residents see or hear: facts filled in, and the slips that a reader would stumble on.
//!
//! It does not judge what a text says.

use super::contact::is_uk_phone;
use super::fields::Fields;
use super::page::{Page, Text};
use super::{Locale, Localized, fault::suggest};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The facts of the council, which vary from place to place: `{key}` in any text stands for one, in
/// Welsh for `<key>_cy` where that is written.
pub(super) struct Facts {
    /// By key. None where council.toml could not be read: then no key can be called unknown.
    pub(super) values: Option<BTreeMap<String, String>>,
}

impl Facts {
    /// The text under `key` in English, with its Welsh partner `<key>_cy` where there is one.
    pub(super) fn localized(&self, fields: &Fields<'_>, key: &str) -> Option<Localized> {
        let partner = format!("{key}_cy");
        if fields.has(&partner) && !fields.has(key) {
            fields.page.error(
                fields.place(&partner),
                format!("`{partner}` has no English partner"),
                format!("add `{key}`"),
            );
        }
        self.both(fields, key, &partner)
    }

    /// The same, where the English must be there.
    pub(super) fn need_localized(
        &self,
        fields: &Fields<'_>,
        key: &str,
        example: &str,
    ) -> Option<Localized> {
        fields.need(key, example);
        self.both(fields, key, &format!("{key}_cy"))
    }

    /// The texts under `en` and `cy`; none where there is no English.
    pub(super) fn both(&self, fields: &Fields<'_>, en: &str, cy: &str) -> Option<Localized> {
        let cy = fields.text(cy);
        let en = fields.text(en);
        Some(Localized {
            cy: cy.map(|text| self.say(fields.page, &text, Locale::Cy, &[])),
            en: en.map(|text| self.say(fields.page, &text, Locale::En, &[]))?,
        })
    }

    /// A text with its facts filled in. Placeholders in `later` are left for when it is said.
    pub(super) fn say(
        &self,
        page: &Page<'_>,
        text: &Text<'_>,
        locale: Locale,
        later: &[&str],
    ) -> Arc<str> {
        plain(page, text);
        let mut filled = String::with_capacity(text.value.len());
        let mut rest = text.value;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((name, after)) = after.split_once('}') else {
                page.error(
                    page.find(text, "{"),
                    "a `{` without its `}`",
                    "write a placeholder as {name}, or take the brace away",
                );
                return filled.into();
            };
            match self.value(name, locale) {
                Some(value) => filled.push_str(value),
                None => {
                    if !later.contains(&name) {
                        self.unknown(page, text, name, later);
                    }
                    filled.push('{');
                    filled.push_str(name);
                    filled.push('}');
                }
            }
            rest = after;
        }
        filled.push_str(rest);
        filled.into()
    }

    fn value(&self, name: &str, locale: Locale) -> Option<&String> {
        let values = self.values.as_ref()?;
        let welsh = match locale {
            Locale::Cy => values.get(&format!("{name}_cy")),
            Locale::En => None,
        };
        welsh.or_else(|| values.get(name))
    }

    fn unknown(&self, page: &Page<'_>, text: &Text<'_>, name: &str, later: &[&str]) {
        let Some(values) = &self.values else {
            return;
        };
        let known = values
            .keys()
            .map(String::as_str)
            .chain(later.iter().copied());
        page.error(
            page.find(text, &format!("{{{name}}}")),
            format!("unknown placeholder `{{{name}}}`: it is no fact of council.toml"),
            suggest(name, known),
        );
    }
}

/// The placeholders of a text, in order.
pub(super) fn placeholders(text: &str) -> Vec<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .collect()
}

/// Holds a text to plain words: no URL, no markdown, no telephone number that cannot be dialled.
pub(super) fn plain(page: &Page<'_>, text: &Text<'_>) {
    for sign in ["http://", "https://", "www."] {
        if text.value.contains(sign) {
            page.error(
                page.find(text, sign),
                "a URL in a text, which nobody can press and which the phone reads out",
                "move it to [[links]]",
            );
            break;
        }
    }
    for sign in ["**", "__", "](", "`", "<"] {
        if text.value.contains(sign) {
            markup(page, text, sign);
        }
    }
    for line in text.value.lines() {
        for sign in ["# ", "- ", "* ", "| "] {
            if line.trim_start().starts_with(sign) {
                markup(page, text, line.trim_end());
            }
        }
    }
    for number in numbers(text.value) {
        // Other figures may follow it: "03069 990 011 24 hours a day".
        let ends = number.match_indices(' ').map(|(at, _)| at);
        let mut readings = ends
            .chain([number.len()])
            .filter_map(|end| number.get(..end));
        if !readings.any(is_uk_phone) {
            page.error(
                page.find(text, number),
                format!("`{number}` is no UK telephone number"),
                "check its digits: 0300 and mobile numbers have 11",
            );
        }
    }
}

fn markup(page: &Page<'_>, text: &Text<'_>, sign: &str) {
    page.error(
        page.find(text, sign),
        "markup in a text, which is shown as it stands and read out on the phone",
        "write plain sentences, with an empty line between paragraphs",
    );
}

/// What looks like a telephone number: from a 0 on, nine digits and more with spaces between them.
fn numbers(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_digit() && c != ' ')
        .map(str::trim)
        .filter(|run| {
            let digits = run.chars().filter(char::is_ascii_digit).count();
            run.starts_with('0') && digits >= 9
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn facts_are_filled_and_what_is_said_later_is_left() {
        let values = BTreeMap::from([
            ("fee".to_owned(), "£59".to_owned()),
            ("days".to_owned(), "14 days".to_owned()),
            ("days_cy".to_owned(), "14 diwrnod".to_owned()),
        ]);
        let facts = Facts {
            values: Some(values),
        };
        let source = "{fee} at {department} for {days}: {fee}";
        let page = Page::new(Path::new("x.toml"), source);
        let text = Text {
            value: source,
            span: 0..source.len(),
        };
        let say = |locale| facts.say(&page, &text, locale, &["department"]);
        assert_eq!(&*say(Locale::En), "£59 at {department} for 14 days: £59");
        assert_eq!(&*say(Locale::Cy), "£59 at {department} for 14 diwrnod: £59");
        assert_eq!(page.into_faults(), []);
    }
}

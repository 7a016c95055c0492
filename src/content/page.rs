//! One file that an author wrote, with the faults found in it, each at its line and column.
//!
//! It knows no keys: `fields` reads those.

use super::fault::{Fault, Mend, Severity, nearest, suggest};
use std::cell::RefCell;
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::DeTable;

/// A file with the faults found in it so far.
pub(crate) struct Page<'s> {
    file: PathBuf,
    source: &'s str,
    faults: RefCell<Vec<Fault>>,
}

/// A value with its place in the file, in bytes.
#[derive(Debug, Clone)]
pub(crate) struct Placed<T> {
    /// The value.
    pub(crate) value: T,
    /// Where it stands.
    pub(crate) span: Range<usize>,
}

/// A string with its place.
pub(crate) type Text<'p> = Placed<&'p str>;

impl<'s> Page<'s> {
    /// A file's text under the name that faults give it.
    pub(crate) fn new(file: &Path, source: &'s str) -> Self {
        Self {
            file: file.to_owned(),
            source,
            faults: RefCell::default(),
        }
    }

    /// Its tables; none where it is not TOML, since what is left of a broken file tells lies.
    pub(crate) fn parse(&self) -> Option<Spanned<DeTable<'s>>> {
        let (table, errors) = DeTable::parse_recoverable(self.source);
        if errors.is_empty() {
            return Some(table);
        }
        let mut places: Vec<_> = errors
            .iter()
            .map(|error| (error.span().map_or(0, |span| span.start), error.message()))
            .collect();
        places.sort_unstable();
        // One slip makes several complaints on its line: the first one is the cause.
        places.dedup_by_key(|(at, _)| position(self.source, *at).0);
        for (at, message) in places {
            let (what, fix) = match message.split_once(", expected ") {
                Some((what, expected)) => (what, format!("expected {expected}")),
                None if message == "duplicate key" => (message, "keep one of the two".to_owned()),
                None => (message, "mend it here or on the line above".to_owned()),
            };
            self.error(at, format!("this is not TOML: {what}"), fix);
        }
        None
    }

    /// Notes a fault that stops the content from being used.
    pub(crate) fn error(&self, at: usize, what: impl Into<String>, fix: impl Into<String>) {
        self.note(Severity::Error, at, what.into(), fix.into());
    }

    /// Notes a fault that does not.
    pub(crate) fn warning(&self, at: usize, what: impl Into<String>, fix: impl Into<String>) {
        self.note(Severity::Warning, at, what.into(), fix.into());
    }

    /// Notes that a name is not known, and the nearest that is.
    pub(crate) fn unknown<'k>(
        &self,
        what: &str,
        name: &Text<'_>,
        known: impl IntoIterator<Item = &'k str>,
    ) {
        self.error(
            name.span.start,
            format!("unknown {what} `{}`", name.value),
            suggest(name.value, known),
        );
    }

    /// The one of `known` that `name` names.
    pub(crate) fn one_of<T: Copy>(
        &self,
        what: &str,
        name: &Text<'_>,
        known: &[(&str, T)],
    ) -> Option<T> {
        let found = known.iter().find(|(key, _)| *key == name.value);
        if found.is_none() {
            let keys = || known.iter().map(|(key, _)| *key);
            self.unknown(what, name, keys());
            if let Some(meant) = nearest(name.value, keys()) {
                self.mend(name.span.clone(), format!("\"{meant}\""));
            }
        }
        found.map(|(_, value)| *value)
    }

    /// Says how the fault noted last is mended: where that decides nothing for the author.
    pub(crate) fn mend(&self, at: Range<usize>, text: impl Into<String>) {
        if let Some(fault) = self.faults.borrow_mut().last_mut() {
            let text = text.into();
            fault.mend = Some(Box::new(Mend { at, text }));
        }
    }

    /// The bytes that go with an element of a list: its comma, and its line where it has one alone.
    pub(crate) fn element(&self, span: &Range<usize>) -> Range<usize> {
        let after = self.source.get(span.end..).unwrap_or_default();
        let rest = after.trim_start_matches([' ', '\t']);
        let rest = rest.strip_prefix(',').unwrap_or(rest);
        let rest = rest.trim_start_matches([' ', '\t', '\r']);
        let before = self.source.get(..span.start).unwrap_or_default();
        let start = before.trim_end_matches([' ', '\t']);
        let alone = (start.is_empty() || start.ends_with('\n')) && rest.starts_with('\n');
        let end = self.source.len() - rest.len();
        if alone {
            start.len()..end + 1
        } else {
            span.start..end
        }
    }

    /// What stands at `span`.
    pub(crate) fn source(&self, span: &Range<usize>) -> &'s str {
        self.source.get(span.clone()).unwrap_or_default()
    }

    /// Where `needle` stands inside a text, as far as the file spells it the same; its start if not.
    pub(crate) fn find(&self, text: &Text<'_>, needle: &str) -> usize {
        self.source
            .get(text.span.clone())
            .and_then(|source| source.find(needle))
            .map_or(text.span.start, |offset| text.span.start + offset)
    }

    /// What was found.
    pub(crate) fn into_faults(self) -> Vec<Fault> {
        self.faults.into_inner()
    }

    fn note(&self, severity: Severity, at: usize, what: String, fix: String) {
        let (line, column) = position(self.source, at);
        self.faults.borrow_mut().push(Fault {
            severity,
            file: self.file.clone(),
            line,
            column,
            what,
            fix,
            mend: None,
        });
    }
}

/// Line and column in characters, both from 1, of a byte offset.
pub(crate) fn position(source: &str, at: usize) -> (u32, u32) {
    let before = source.get(..at).unwrap_or(source);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    // A byte order mark is no column that an editor shows.
    let beginning = before.get(line_start..).unwrap_or("");
    let column = beginning.trim_start_matches('\u{feff}').chars().count() + 1;
    (
        u32::try_from(line).unwrap_or(u32::MAX),
        u32::try_from(column).unwrap_or(u32::MAX),
    )
}

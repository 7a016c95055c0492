//! What is wrong with a file that an author wrote: where, what, and how to mend it.
//!
//! It does not read files and does not decide what is wrong. A fault never holds a resident's words.

use std::fmt;
use std::ops::Range;
use std::path::PathBuf;

/// Something wrong in one place of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Whether it stops the content from being used.
    pub severity: Severity,
    /// The file, from the content folder's own name on, e.g. `intents/waste/missed-bin.toml`.
    pub file: PathBuf,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// What is wrong, with the offending value.
    pub what: String,
    /// What to do about it.
    pub fix: String,
    /// The change of the file that does it, where that decides nothing that is the author's to decide.
    pub mend: Option<Box<Mend>>,
}

/// A change of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mend {
    /// The bytes of the file that are replaced.
    pub at: Range<usize>,
    /// What stands there afterwards.
    pub text: String,
}

impl Mend {
    /// The file's text with every one of `mends` made; of two that overlap the first is made.
    #[must_use]
    pub fn apply(source: &str, mut mends: Vec<Self>) -> String {
        mends.sort_by_key(|mend| (mend.at.start, mend.at.end));
        let mut mended = String::with_capacity(source.len());
        let mut done = 0;
        for mend in mends {
            if mend.at.start >= done
                && let Some(before) = source.get(done..mend.at.start)
            {
                mended.push_str(before);
                mended.push_str(&mend.text);
                done = mend.at.end;
            }
        }
        mended.push_str(source.get(done..).unwrap_or_default());
        mended
    }
}

/// Whether a fault stops the content from being used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It does.
    Error,
    /// It does not, but an author should look.
    Warning,
}

/// Every fault that was found, in order of file, line and column. Shown one a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl Fault {
    /// A fault of a file as a whole, or of a folder: line 1, column 1.
    pub(crate) fn whole(
        severity: Severity,
        file: impl Into<PathBuf>,
        what: impl Into<String>,
        fix: impl Into<String>,
    ) -> Self {
        Self {
            severity,
            file: file.into(),
            line: 1,
            column: 1,
            what: what.into(),
            fix: fix.into(),
            mend: None,
        }
    }
}

impl Faults {
    /// In the order in which an author would go through the files.
    pub(crate) fn sorted(mut faults: Vec<Fault>) -> Self {
        faults.sort_by(|a, b| {
            (&a.file, a.line, a.column, a.severity).cmp(&(&b.file, b.line, b.column, b.severity))
        });
        Self(faults)
    }

    /// Those that stop the content from being used.
    pub fn errors(&self) -> impl Iterator<Item = &Fault> {
        let error = |fault: &&Fault| fault.severity == Severity::Error;
        self.0.iter().filter(error)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}:{}:{}: {}: {}; {}",
            self.file.display(),
            self.line,
            self.column,
            self.severity,
            self.what,
            self.fix
        )
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            fault.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}

/// How to mend a name that is not known: the nearest known one, or all of them.
pub(crate) fn suggest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    match nearest(name, known.iter().copied()) {
        Some(candidate) => format!("did you mean `{candidate}`?"),
        None if known.is_empty() => "there is none yet: add it first".to_owned(),
        None => format!("use one of: {}", known.join(", ")),
    }
}

/// The known name that was probably meant.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A third of the letters may differ: more than that is another word.
    let limit = (name.chars().count() / 3).max(1);
    let near = known
        .into_iter()
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit);
    near.min().map(|(_, candidate)| candidate)
}

/// Edits (insert, delete, replace, swap of neighbours) from `a` to `b`, letter case aside.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.to_lowercase().chars().collect();
    let b: Vec<char> = b.to_lowercase().chars().collect();
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let mut least = replaced.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    least = least.min(rows[i - 2][j - 2] + 1);
                }
                least
            };
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mends_are_made_in_their_places_and_one_in_anothers_place_is_not() {
        let mend = |at: Range<usize>, text: &str| Mend {
            at,
            text: text.to_owned(),
        };
        let mends = vec![mend(4..7, "B"), mend(0..3, "A"), mend(5..9, "C")];
        assert_eq!(Mend::apply("one two three", mends), "A B three");
    }

    #[test]
    fn a_name_is_mended_by_its_nearest_neighbour_and_not_by_a_stranger() {
        let known = ["examples", "title", "then"];
        assert_eq!(suggest("exmaples", known), "did you mean `examples`?");
        assert_eq!(suggest("Title", known), "did you mean `title`?");
        assert_eq!(suggest("thne", known), "did you mean `then`?");
        assert_eq!(
            suggest("colour", known),
            "use one of: examples, title, then"
        );
        assert_eq!(suggest("waste", []), "there is none yet: add it first");
    }
}

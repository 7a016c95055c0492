//! What a row of the rule table is made of, and what a row is asked about.
//!
//! The rows are in [`super::table`]; how they are run is in [`super::detector`].

use super::PiiKind;
use super::cues::{CueHit, Cues};
use super::normal::Normal;
use super::vocabulary::Lists;
use super::words::Token;
use std::ops::Range;

/// One way in which one kind of personal data is recognised.
///
/// What the resident is told about it is looked up by its kind (`content::Wording::warning`).
pub(super) struct Rule {
    /// Names the row in errors and tests.
    pub(super) name: &'static str,
    /// `None`: the shape of something public (a council's line). It takes its span, so that no
    /// other row reads it as something else, and is not reported.
    pub(super) kind: Option<PiiKind>,
    pub(super) shape: Shape,
    /// Judges a candidate of the shape.
    pub(super) check: Check,
    /// The cues that turn [`Verdict::NeedsCue`] into a finding, and make any finding surer.
    pub(super) cues: Cues,
    /// The cues that say that it is something else, unless one of `cues` is nearer.
    pub(super) vetoes: Cues,
    /// A veto before the value counts even where a cue is nearer: "my permit expires 12/27".
    pub(super) strict: bool,
    /// A cue that must stand somewhere in the text, and cues none of which may. What never is a finding without a cue,
    /// nor by a neighbour, names its cues here too: it is not looked for where there is none.
    pub(super) within: Cues,
    pub(super) without: Cues,
    /// How far, in bytes, a cue may stand before and after the value.
    pub(super) reach: (usize, usize),
    /// Kinds that do for a cue when they stand directly beside the value.
    pub(super) beside: &'static [PiiKind],
}

/// A judgement on one candidate, with the name that the exported table gives it.
#[derive(Clone, Copy)]
pub(super) struct Check {
    pub(super) name: &'static str,
    pub(super) judge: fn(&Candidate<'_>) -> Verdict,
}

/// A reading of a text word by word, with the name that the exported table gives it.
#[derive(Clone, Copy)]
pub(super) struct Grammar {
    pub(super) name: &'static str,
    pub(super) find: fn(&Scene<'_>) -> Vec<Range<usize>>,
}

/// What a value looks like in normalised text.
pub(super) enum Shape {
    /// So many digits (least, most), in groups with separators between them or in one.
    Digits(usize, usize),
    /// A regular expression of bounded length, over a text with at least so many digits.
    Pattern(usize, &'static str),
    /// Phrases that are read word by word.
    Grammar(Grammar),
}

/// A stretch of text that has the shape of a row.
pub(super) struct Candidate<'a> {
    /// Its letters and digits alone, lower case.
    pub(super) value: &'a str,
    /// Where it stands in the normalised text, and as it stands there.
    pub(super) range: Range<usize>,
    pub(super) shape: &'a str,
    /// As it was typed.
    pub(super) source: &'a str,
    /// The normalised bytes before and after it; a space at the edges of the text.
    pub(super) around: (u8, u8),
    /// Whether a comma, a slash or a wide gap stands between its groups.
    pub(super) loose: bool,
    /// Whether it is a part of digits that were said in one go.
    pub(super) part: bool,
    /// Whether hardly anything else stands in the text.
    pub(super) alone: bool,
}

impl Candidate<'_> {
    /// Typed without small letters.
    pub(super) fn capitals(&self) -> bool {
        !self.source.chars().any(char::is_lowercase)
    }
}

/// How far a candidate speaks for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is not one, whatever stands beside it.
    No,
    /// It is one if something beside it says so.
    NeedsCue,
    /// It is one.
    Sure,
    /// It is one by a check over so many characters that no cue of another kind says otherwise.
    Certain,
}

/// A text with what was found out about it, for grammars.
pub(super) struct Scene<'a> {
    pub(super) normal: &'a Normal,
    pub(super) cues: &'a [CueHit],
    /// Turns of speech, and terms that are misspelt.
    pub(super) turns: Vec<CueHit>,
    pub(super) words: &'a [Token],
    /// What stands before each word and the word itself, and what stands after the last and nothing.
    pub(super) texts: &'a [(&'a str, &'a str)],
    /// The lists that each of the words is in.
    pub(super) lists: &'a [Lists],
    /// The lists that any of the words is in.
    pub(super) all_lists: Lists,
    /// How many digits there are.
    pub(super) digits: usize,
    /// Whether a small letter was typed: otherwise capitals say nothing.
    pub(super) has_small: bool,
}

impl Scene<'_> {
    /// The normalised text of word `at`; empty past the ends.
    pub(super) fn word(&self, at: usize) -> &str {
        self.texts.get(at).map_or("", |(_, word)| word)
    }

    /// Whether word `at` is in one of the lists.
    pub(super) fn is(&self, at: usize, lists: Lists) -> bool {
        self.lists.get(at).is_some_and(|word| word.meets(lists))
    }

    /// Whether any word is in one of the lists.
    pub(super) fn any(&self, lists: Lists) -> bool {
        self.all_lists.meets(lists)
    }

    /// What stands between word `at` and the one before it; the text's beginning for the first.
    pub(super) fn gap(&self, at: usize) -> &str {
        self.texts
            .get(at)
            .map_or(self.normal.text(), |(before, _)| before)
    }

    /// Whether word `at` was typed with a capital first letter.
    pub(super) fn capital(&self, at: usize) -> bool {
        self.is(at, Lists::CAPITAL)
    }

    /// Whether what somebody or something is called may end before word `at`: nothing follows, or a word that is no part
    /// of it.
    pub(super) fn is_closed(&self, at: usize) -> bool {
        !matches!(self.gap(at), " " | "-") || self.is(at, Lists::AFTER_NAME)
    }

    /// The word that a byte is in, or else the first after it.
    pub(super) fn word_at(&self, byte: usize) -> usize {
        self.words.partition_point(|word| word.end <= byte)
    }
}

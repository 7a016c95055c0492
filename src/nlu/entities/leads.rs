//! Which words a value may begin with: with most words of a message none does, and no grammar need be
//! tried there.
//!
//! It looks at a word and at the one after it, and says rather too much than too little: what stands
//! there is the grammars' to say. Whoever teaches a grammar a new beginning adds it here.

use super::days::{MONTHS, MUTATED};
use super::money::POUNDS;
use super::numbers::{WELSH, WELSH_ORDINALS};
use super::places::{NUMBERED, STREETS, STREETS_DOUBTFUL, STREETS_WELSH, UNITS};
use super::spelling::is_nearly;
use super::weeks::{WEEKDAYS, singular};
use super::words::Words;
use crate::nlu::hashing::QuickMap;
use crate::pii::Word;
use std::sync::LazyLock;

/// What may begin with a word.
#[derive(Debug, Clone, Copy, Default)]
enum Begins {
    #[default]
    Nothing,
    /// A value, whatever follows.
    Value,
    /// A value where the next word is in one of these lists, or may itself begin one: "a week", "the third".
    Before(&'static [&'static [&'static str]]),
}

/// The most words that only stand before a value; after more, one may begin.
const BEFORE_MAX: usize = 4;

/// The most words of a street's name, but for the one that says what it is.
const STREET_WORDS_MAX: usize = 3;

/// Words that begin a value whatever follows them, beside those of the grammars' own lists.
#[rustfmt::skip]
const VALUES: &[&str] = &[
    "half", "quarter", "dozen", "couple", "nil", "sept", "today", "tonight", "heddiw", "heno", "ddoe", "doe", "yday",
    "echdoe", "yfory", "fory", "tmrw", "tomoz", "trennydd", "week", "fortnight", "wythnos", "noon", "midday",
    "midnight", "fiver", "fivers", "tenner", "tenners",
];

/// Of the day, week or month that "last", "this" and "next" are said of, what begins no value by itself.
#[rustfmt::skip]
const OF_DAYS: &[&str] = &[
    "month", "morning", "afternoon", "evening", "night", "nite", "bore", "prynhawn",
];

/// What is counted by "a" and "an", and what stands between.
#[rustfmt::skip]
const COUNTED: &[&str] = &[
    "minute", "minutes", "min", "mins", "munud", "hour", "hours", "hr", "hrs", "awr", "day", "days", "diwrnod", "weeks",
    "wk", "wks", "fortnights", "month", "months", "mth", "mths", "mis", "year", "years", "yr", "yrs", "blwyddyn",
    "flynedd", "blynedd", "mlynedd", "and", "grand",
];

/// Words that begin a value only with what follows.
#[rustfmt::skip]
const BEFORE: &[(&[&str], &[&[&str]])] = &[
    (&["a", "an"], &[COUNTED, POUNDS]),
    (&["the"], &[&["grand"]]),
    (&["y", "yr", "ddydd", "nos", "past", "coming"], &[]),
    (&["dydd"], &[&["nadolig"]]),
    (&["last", "this", "next"], &[OF_DAYS]),
    (&["in", "mewn", "ymhen"], &[&["about", "around", "over", "nearly", "exactly"]]),
    (&["day"], &[&["before", "after"]]),
    (&["end", "start", "beginning", "middle"], &[&["of"]]),
    (&["bank"], &[&["holiday"]]),
    (&["good"], &[&["friday"]]),
    (&["easter"], &[&["monday", "sunday"]]),
    (&["christmas", "xmas"], &[&["day", "eve"]]),
    (&["boxing"], &[&["day"]]),
    (&["new"], &[&["year", "years"]]),
    (&["bonfire"], &[&["night"]]),
    (&["hanner"], &[&["dydd", "nos"]]),
    (NUMBERED, &[]),
];

/// Days by where they are from today, in full.
const RELATIVE: [&str; 2] = ["yesterday", "tomorrow"];

/// What is known of words.
struct Known {
    begins: QuickMap<&'static str, Begins>,
    /// Words that end the name of a street.
    streets: QuickMap<&'static str, ()>,
    /// Names that are read when they are misspelt, by their first letter.
    names: [Vec<&'static str>; 26],
}

static KNOWN: LazyLock<Known> = LazyLock::new(Known::new);

impl Known {
    fn new() -> Self {
        let mut begins: QuickMap<&'static str, Begins> = QuickMap::default();
        let months = || MONTHS.iter().flat_map(|(en, cy)| [*en, *cy]);
        let weekdays = WEEKDAYS.iter().flat_map(|(_, said)| *said);
        let numbers = WELSH.iter().chain(WELSH_ORDINALS);
        let lists = [VALUES, UNITS, STREETS_WELSH].into_iter().flatten();
        let values = lists
            .chain(weekdays)
            .chain(numbers.flat_map(|(_, said)| *said))
            .copied()
            .chain(months())
            .chain(months().filter_map(|name| name.get(..3)))
            .chain(MUTATED.iter().map(|(name, _)| *name))
            .chain(RELATIVE);
        begins.extend(values.map(|word| (word, Begins::Value)));
        for (words, next) in BEFORE {
            begins.extend(words.iter().map(|word| (*word, Begins::Before(next))));
        }
        let weekdays = WEEKDAYS.iter().filter_map(|(_, said)| said.first());
        let mut names: [Vec<&'static str>; 26] = Default::default();
        for name in months().chain(weekdays.copied()).chain(RELATIVE) {
            if let Some(of_letter) = letter(name).and_then(|at| names.get_mut(at)) {
                of_letter.push(name);
            }
        }
        let streets = STREETS.iter().chain(STREETS_DOUBTFUL);
        Self {
            begins,
            streets: streets.map(|word| (*word, ())).collect(),
            names,
        }
    }

    fn begins(&self, word: &str) -> Begins {
        let known = self.begins.get(word);
        // "mondays"
        let known = known.or_else(|| self.begins.get(singular(word)));
        match known {
            Some(begins) => *begins,
            None if word.starts_with(|c: char| c.is_ascii_digit()) => Begins::Value,
            None if self.is_nearly_a_name(word) => Begins::Value,
            None => Begins::Nothing,
        }
    }

    fn is_nearly_a_name(&self, word: &str) -> bool {
        let names = letter(word).and_then(|at| self.names.get(at));
        let mut names = names.into_iter().flatten();
        names.any(|name| is_nearly(word, name) || is_nearly(singular(word), name))
    }
}

/// The place of a word's first letter in the alphabet.
fn letter(word: &str) -> Option<usize> {
    let first = word.bytes().next()?;
    first.checked_sub(b'a').map(usize::from)
}

/// What may begin with each word of a text.
pub(super) struct Leads<'w, 't> {
    w: &'w Words<'t>,
    /// By word; and whether it ends the name of a street.
    of: Vec<(Begins, bool)>,
}

impl<'w, 't> Leads<'w, 't> {
    pub(super) fn of(w: &'w Words<'t>) -> Self {
        let known = &*KNOWN;
        let of = (0..w.len()).map(|at| {
            let is_street = known.streets.contains_key(w.get(at));
            (begins(known, w, at), is_street)
        });
        Self {
            w,
            of: of.collect(),
        }
    }

    /// The words of the text.
    pub(super) fn words(&self) -> &'w Words<'t> {
        self.w
    }

    /// Whether something else than a street's name may begin with a word.
    pub(super) fn may_begin(&self, at: usize) -> bool {
        let mut next = at;
        while let Some((begins, _)) = self.of.get(next) {
            match begins {
                Begins::Nothing => return false,
                Begins::Value => return true,
                Begins::Before(lists) => {
                    next += 1;
                    let is_next = lists.iter().any(|list| self.w.is(next, list));
                    if is_next || next > at + BEFORE_MAX {
                        return true;
                    }
                }
            }
        }
        false
    }

    /// Whether a word may be the first of a street's name, which ends with what it is.
    pub(super) fn may_begin_street(&self, at: usize) -> bool {
        let next = self.of.iter().skip(at + 1).take(STREET_WORDS_MAX);
        next.into_iter().any(|(_, is_street)| *is_street)
    }
}

fn begins(known: &Known, w: &Words<'_>, at: usize) -> Begins {
    let kind = w.kind(at);
    let typed = matches!(kind, Word::Digits | Word::Typed(_) | Word::Letter(b'o'));
    // "flat b"
    let of_unit = matches!(kind, Word::Letter(_)) && at > 0 && w.is(at - 1, UNITS);
    if typed || of_unit || kind.says_number() {
        Begins::Value
    } else {
        known.begins(w.get(at))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{best, days, furthest};
    use super::*;
    use crate::departments::BankHolidays;
    use crate::nlu::entities::Context;
    use jiff::civil::datetime;

    /// What the grammars read beside the words that are listed here.
    const MORE: &[&str] = &[
        "bin", "12", "3rd", "7pm", "10/06", "2026", "83", "020665", "£12.50", "50p", "14a",
        "acacia", "Acacia", "Station", "one", "two", "ten", "twenty", "hundred", "thousand", "oh",
        "first", "third", "double", "seven", "ago", "time", "from", "now", "past", "to", "and",
        "a", "the", "of", "oclock", "pence", "mondays", "wednsday", "feburary", "yesteday",
        "tomorow", "ol", "yn", "haul", "b", "£", ",", ".", "-",
    ];

    /// Where it says that nothing begins, no grammar reads anything.
    #[test]
    fn nothing_is_missed_by_not_trying() {
        let known = &*KNOWN;
        let mut said: Vec<&str> = known.begins.keys().copied().collect();
        said.extend(known.streets.keys());
        said.extend(
            BEFORE
                .iter()
                .flat_map(|(_, lists)| *lists)
                .copied()
                .flatten(),
        );
        said.extend(MORE);
        said.sort_unstable();
        let holidays = BankHolidays::default();
        let context = |is_asked| Context {
            now: datetime(2026, 6, 10, 10, 0, 0, 0),
            holidays: &holidays,
            is_asked,
        };
        let mut seed = 1_u64;
        let mut random = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            usize::try_from(seed >> 33).unwrap_or(0) % below
        };
        for _ in 0..50_000 {
            let words: Vec<&str> = (0..2 + random(6))
                .map(|_| said[random(said.len())])
                .collect();
            let text = words.join(" ");
            let w = Words::of(&text);
            let leads = Leads::of(&w);
            for at in 0..w.len() {
                let found = best(&leads, at, &context(false));
                assert_eq!(found, furthest(&w, at, &context(false)), "{text}: {at}");
                let day = days::read(&w, at, &context(true));
                assert!(day.is_none() || leads.may_begin(at), "{text}: {at}");
            }
        }
    }
}

//! Values in a text: postcodes, addresses, days, times, money, numbers, references, yes and no, and what
//! the content lists; each with where it stands, what it is, and how it was said.
//!
//! [`Reader::read`] finds them in any screened message, [`Reader::answer`] reads the answer to one
//! question, with the same grammars. Pure: the clock is an argument, in the council's own time. It
//! fills no slot by itself and asks nothing: that is the dialogue's.
//!
//! File by file: `words` splits, `numbers` counts, `spelling` forgives, `leads` says where to look; `days` with `weeks`
//! and `feasts`, `times`, `money`, `places`, `shapes`, `answers` and `lists` are a grammar each; `slots` reads answers
//! by their type.

mod answers;
mod choices;
mod days;
mod feasts;
mod leads;
mod lists;
mod money;
mod names;
mod numbers;
mod places;
mod references;
mod repaired;
mod shapes;
mod slots;
mod spelling;
mod times;
mod weeks;
mod words;

pub use days::Day;
pub use lists::{Lexicon, List};
pub use money::Money;
pub use places::Address;
pub use references::ReferenceShape;
pub use slots::VALUE_CHARS_MAX;
pub use times::{Clock, Length};

pub(crate) use choices::{Ways, in_figures};
pub(crate) use slots::is_telling;
pub(crate) use words::words;

use crate::departments::BankHolidays;
use crate::pii::{SafeText, Word};
use jiff::civil::{Date, DateTime};
use leads::Leads;
use shapes::{Shaped, Spelt};
use std::ops::Range;
use std::sync::Arc;
use words::Words;

/// The most values that are found in one text.
pub const ENTITIES_MAX: usize = 64;

/// A value in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// Bytes of the text, on character boundaries.
    pub span: Range<usize>,
    /// What it is.
    pub value: Value,
    /// How it was said.
    pub said: Said,
}

/// How a value was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// In figures or signs: "14", "23/3/83", "jo@example.org".
    Figures,
    /// In words: "fourteen", "half seven", "last Tuesday".
    Words,
    /// In words that were misspelt, read as what they come near to.
    Misspelt,
}

/// A value by its type.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A full postcode, as it is written: `SW1A 1AA`.
    Postcode(String),
    /// A street address, a street, or a house number.
    Address(Address),
    /// A day, a time of several days, or a date that no calendar has.
    Date(Day),
    /// A time of day.
    Time(Clock),
    /// A length of time.
    Length(Length),
    /// A sum of money.
    Money(Money),
    /// A whole number.
    Number(i64),
    /// A place in a row: "the third".
    Ordinal(i64),
    /// A telephone number as digits from its leading nought.
    Phone(String),
    /// An e-mail address, in lower case.
    Email(String),
    /// A vehicle registration, in capitals.
    Vehicle(String),
    /// A reference of the council's.
    Reference(String),
    /// Yes or no, where the whole text says it.
    Answer(bool),
    /// An entry of a list of the content.
    Choice {
        /// The list.
        list: List,
        /// The entry, e.g. `brown`, or a department's slug.
        key: Arc<str>,
        /// Whether it was named as what is not meant: "not the black one".
        is_refused: bool,
    },
}

/// What a text is read against.
struct Context<'a> {
    now: DateTime,
    holidays: &'a BankHolidays,
    /// Whether this very type was asked for, so that a bare number may be one.
    is_asked: bool,
}

impl Context<'_> {
    fn today(&self) -> Date {
        self.now.date()
    }
}

/// Reads values out of texts, with the content's lists and the conversation's clock.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// What the content lists.
    pub lexicon: &'a Lexicon,
    /// The council's bank holidays.
    pub holidays: &'a BankHolidays,
    /// The time where the council is, by its own clocks.
    pub now: DateTime,
}

/// Looks for a shape from a piece of the text on.
type Find<'f> = &'f dyn Fn(usize) -> Option<(Shaped, usize)>;
/// What a shape's value is.
type Of = fn(String) -> Value;

impl Reader<'_> {
    /// Every value in a message, in the order in which they begin; at most [`ENTITIES_MAX`]. Values of
    /// one kind do not overlap. Linear in the length of the text, of which the first 1,000 words count.
    #[must_use]
    pub fn read(&self, text: &SafeText) -> Vec<Entity> {
        self.read_text(text.as_str())
    }

    /// As [`Reader::read`], for what was kept of a screened message.
    pub(crate) fn read_text(&self, text: &str) -> Vec<Entity> {
        let w = Words::of(text);
        let mut found = Vec::new();
        // Shapes are looked for in the part that was split, so that both see the same text.
        let read_to = w.span(0..w.len()).end;
        let part = text.get(..read_to).unwrap_or_default();
        self.shapes(part, &mut found);
        let taken: Vec<Range<usize>> = found
            .iter()
            .map(|entity| {
                w.word_at(entity.span.start)..w.word_at(entity.span.end.saturating_sub(1)) + 1
            })
            .collect();
        self.grammars(&w, &taken, &mut found);
        self.listed(&w, &mut found);
        if let Some(says) = answers::read(&w, true) {
            found.push(entity(&w, 0..w.len(), Value::Answer(says)));
        }
        found.sort_by_key(|entity| (entity.span.start, entity.span.end));
        found.truncate(ENTITIES_MAX);
        found
    }

    /// Whether a whole text says yes or no.
    #[must_use]
    pub fn says(&self, text: &SafeText) -> Option<bool> {
        answers::read(&Words::of(text.as_str()), true)
    }

    fn context(&self, is_asked: bool) -> Context<'_> {
        Context {
            now: self.now,
            holidays: self.holidays,
            is_asked,
        }
    }

    fn shapes(&self, text: &str, found: &mut Vec<Entity>) {
        let spelt = Spelt::of(text);
        if let Some(email) = shapes::email(text, false) {
            found.push(shaped(text, email, Value::Email));
        }
        if !spelt.has_figures() {
            return;
        }
        let references = self.lexicon.references();
        let finds: [(Find<'_>, Of); 4] = [
            (&|from| spelt.reference(from, references), Value::Reference),
            (&|from| spelt.postcode(from), Value::Postcode),
            (&|from| spelt.phone(from), Value::Phone),
            (&|from| spelt.vehicle(from, false), Value::Vehicle),
        ];
        for (find, value) in finds {
            let mut from = 0;
            while let Some((one, next)) = find(from) {
                let overlaps = found.iter().any(|known| {
                    known.span.start < one.span.end && one.span.start < known.span.end
                });
                if !overlaps {
                    found.push(shaped(text, one, value));
                }
                from = next;
                if found.len() >= ENTITIES_MAX {
                    return;
                }
            }
        }
    }

    /// From left to right, at each word the grammar that reads furthest.
    fn grammars(&self, w: &Words<'_>, taken: &[Range<usize>], found: &mut Vec<Entity>) {
        let context = self.context(false);
        let leads = Leads::of(w);
        let mut at = 0;
        while at < w.len() && found.len() < ENTITIES_MAX {
            if let Some(range) = taken.iter().find(|range| range.contains(&at)) {
                at = range.end;
                continue;
            }
            match best(&leads, at, &context) {
                Some((end, value)) => {
                    found.push(entity(w, at..end, value));
                    at = end.max(at + 1);
                }
                None => at += 1,
            }
        }
    }

    fn listed(&self, w: &Words<'_>, found: &mut Vec<Entity>) {
        for mention in self.lexicon.unasked(w) {
            let Some((list, keys)) = self.lexicon.list(mention.list) else {
                continue;
            };
            let span = w.span(mention.words);
            let in_address = found.iter().any(|known| {
                matches!(known.value, Value::Address(_) | Value::Email(_))
                    && known.span.start < span.end
                    && span.start < known.span.end
            });
            if let Some(key) = keys.get(mention.entry).filter(|_| !in_address) {
                found.push(Entity {
                    span,
                    value: Value::Choice {
                        list: list.clone(),
                        key: key.clone(),
                        is_refused: mention.is_refused,
                    },
                    said: if mention.is_misspelt {
                        Said::Misspelt
                    } else {
                        Said::Words
                    },
                });
            }
        }
    }
}

fn entity(w: &Words<'_>, words: Range<usize>, value: Value) -> Entity {
    let figures = w.written(words.clone()).contains(|c: char| c.is_numeric());
    Entity {
        span: w.span(words),
        value,
        said: if figures { Said::Figures } else { Said::Words },
    }
}

fn shaped(text: &str, shaped: Shaped, value: fn(String) -> Value) -> Entity {
    let source = text.get(shaped.span.clone()).unwrap_or_default();
    let typed = source.contains(|c: char| c.is_numeric() || c == '@');
    Entity {
        span: shaped.span,
        value: value(shaped.value),
        said: if typed { Said::Figures } else { Said::Words },
    }
}

/// As [`furthest`], without trying what cannot begin there.
fn best(leads: &Leads<'_, '_>, at: usize, context: &Context<'_>) -> Option<(usize, Value)> {
    if leads.may_begin(at) {
        furthest(leads.words(), at, context)
    } else if leads.may_begin_street(at) {
        let (end, street) = places::read_street(leads.words(), at)?;
        Some((end, Value::Address(street)))
    } else {
        None
    }
}

/// The reading from the word `at` on that goes furthest; of those as long, the first listed.
fn furthest(w: &Words<'_>, at: usize, context: &Context<'_>) -> Option<(usize, Value)> {
    let readings = [
        days::read(w, at, context).map(|(end, day)| (end, Value::Date(day))),
        times::read(w, at, context).map(|(end, time)| (end, Value::Time(time))),
        money::read(w, at, context).map(|(end, money)| (end, Value::Money(money))),
        places::read(w, at).map(|(end, address)| (end, Value::Address(address))),
        times::length(w, at, context).map(|(end, length)| (end, Value::Length(length))),
        number(w, at),
    ];
    readings
        .into_iter()
        .flatten()
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
}

/// A number or an ordinal that counts something.
fn number(w: &Words<'_>, at: usize) -> Option<(usize, Value)> {
    if let Some(ordinal) = numbers::ordinal(w, at) {
        // "first" and "second" are words of their own without "the".
        let spelt = w.figures(at).is_none();
        let the = at > 0 && w.is(at - 1, &["the", "my", "this", "our", "a"]);
        let is_place =
            !spelt || (the && w.kind(at) != Word::Other && !w.is(ordinal.end, &["hand"]));
        return is_place.then_some((ordinal.end, Value::Ordinal(ordinal.value)));
    }
    if choices::is_digit_by_digit(w, at)
        && let Some((said, end)) = numbers::digits(w, at)
    {
        return Some((end, Value::Number(said.parse().ok()?)));
    }
    let said = numbers::cardinal(w, at)?;
    // "one" is mostly no number ("the brown one"), and Welsh numbers are English words ("pump").
    let is_number = w.kind(at) != Word::Other
        || w.is(at, &["a", "dozen", "couple", "half"])
        || w.figures(at).is_some();
    let is_one = w.is(at, &["one"]) && said.end == at + 1;
    (is_number && !is_one).then_some((said.end, Value::Number(said.value)))
}

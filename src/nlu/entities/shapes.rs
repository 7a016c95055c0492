//! Values that have a shape: postcodes, telephone numbers, e-mail addresses, registrations,
//! references.
//!
//! They are looked for in the text as the screening reads it, with spoken digits and letters as
//! characters ("c w one two b j" is `c~w~12~b~j`), so that there is one reading of them. What the
//! screening removes from a message is not there to be found; it is in answers that asked for it.

use super::references::ReferenceShape;
use crate::pii::{Normal, is_postcode_area};
use std::ops::Range;

/// The longest e-mail address or reference in characters.
pub(super) const SHORT_CHARS_MAX: usize = 100;
/// The most pieces of one value: "0 7 7 0 0 9 0 0 1 2 3".
const PIECES_MAX: usize = 14;

/// A value that was found, with the bytes of the source that it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shaped {
    pub(super) value: String,
    pub(super) span: Range<usize>,
}

/// A text with spoken digits and letters as characters, cut into pieces of letters and digits.
pub(super) struct Spelt {
    normal: Normal,
    pieces: Vec<Range<usize>>,
}

impl Spelt {
    pub(super) fn of(text: &str) -> Self {
        let normal = Normal::of(text);
        let bytes = normal.text().as_bytes();
        let mut pieces = Vec::with_capacity(bytes.len() / 4);
        let mut at = 0;
        while at < bytes.len() {
            // A token of the screening holds no value.
            if bytes[at] == b'['
                && let Some(close) = bytes[at..].iter().take(32).position(|byte| *byte == b']')
            {
                at += close + 1;
                continue;
            }
            let start = at;
            while at < bytes.len() && bytes[at].is_ascii_alphanumeric() {
                at += 1;
            }
            if at > start {
                pieces.push(start..at);
            } else {
                at += 1;
            }
        }
        Self { normal, pieces }
    }

    /// Whether there is a digit in it, without which there is no shape but an e-mail address.
    pub(super) fn has_figures(&self) -> bool {
        self.normal.text().bytes().any(|byte| byte.is_ascii_digit())
    }

    fn piece(&self, at: usize) -> &str {
        let range = self.pieces.get(at).cloned().unwrap_or(0..0);
        self.normal.text().get(range).unwrap_or_default()
    }

    /// What stands between a piece and the one before it.
    fn gap(&self, at: usize) -> &str {
        let (Some(left), Some(right)) = (
            at.checked_sub(1).and_then(|left| self.pieces.get(left)),
            self.pieces.get(at),
        ) else {
            return "\n";
        };
        self.normal
            .text()
            .get(left.end..right.start)
            .unwrap_or_default()
    }

    fn is_close(&self, at: usize) -> bool {
        let gap = self.gap(at);
        gap.len() <= 3
            && gap
                .bytes()
                .all(|byte| matches!(byte, b' ' | b'~' | b'-' | b'.' | b',' | b'(' | b')' | b'/'))
    }

    fn shaped(&self, pieces: Range<usize>, value: String) -> Option<Shaped> {
        let (first, last) = (
            self.pieces.get(pieces.start)?,
            self.pieces.get(pieces.end.checked_sub(1)?)?,
        );
        Some(Shaped {
            value,
            span: self.normal.source(first.start..last.end),
        })
    }

    /// The first run of pieces from `from` on that `reads` makes a value of, the longest from its
    /// first piece, and one past its last piece.
    fn first(
        &self,
        from: usize,
        chars_max: usize,
        reads: impl Fn(&str, usize, usize) -> Option<String>,
    ) -> Option<(Shaped, usize)> {
        (from..self.pieces.len()).find_map(|start| {
            let mut joined = String::new();
            let mut found = None;
            for end in start..(start + PIECES_MAX).min(self.pieces.len()) {
                if end > start && !self.is_close(end) {
                    break;
                }
                joined.push_str(self.piece(end));
                if joined.len() > chars_max {
                    break;
                }
                if let Some(value) = reads(&joined, start, end + 1) {
                    found = self
                        .shaped(start..end + 1, value)
                        .map(|shaped| (shaped, end + 1));
                }
            }
            found
        })
    }

    fn is_spoken(&self, start: usize, end: usize) -> bool {
        (start + 1..end).any(|at| self.gap(at).contains('~'))
    }

    /// Full postcodes, as they are written: `SW1A 1AA`.
    pub(super) fn postcode(&self, from: usize) -> Option<(Shaped, usize)> {
        self.first(from, 7, |joined, start, end| {
            // In writing a postcode is one piece or two; spoken it may be a piece a letter.
            let typed = end - start <= 2
                || self.is_spoken(start, end)
                || (start..end).all(|at| self.piece(at).len() <= 2);
            postcode(joined).filter(|_| typed)
        })
    }

    /// A UK number as digits from its leading nought.
    pub(super) fn phone(&self, from: usize) -> Option<(Shaped, usize)> {
        self.first(from, 16, |joined, _, _| phone(joined))
    }

    /// Letters and digits of a registration; `asked` takes any mark that the DVLA may have issued.
    pub(super) fn vehicle(&self, from: usize, asked: bool) -> Option<(Shaped, usize)> {
        self.first(from, 7, |joined, start, end| {
            let typed = end - start <= 2
                || self.is_spoken(start, end)
                || (start..end).all(|at| self.is_spelt(at));
            let is_mark = is_current(joined) || asked && is_older(joined);
            (is_mark && typed).then(|| joined.to_ascii_uppercase())
        })
    }

    /// Whether a piece is a letter, or figures: "a b 12 c d e", where no one would say "i a 12 the".
    fn is_spelt(&self, at: usize) -> bool {
        let piece = self.piece(at);
        piece.len() == 1 || piece.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// A reference of one of `shapes`.
    pub(super) fn reference(
        &self,
        from: usize,
        shapes: &[ReferenceShape],
    ) -> Option<(Shaped, usize)> {
        if shapes.is_empty() {
            return None;
        }
        self.first(from, SHORT_CHARS_MAX, |joined, _, _| {
            shapes.iter().find_map(|shape| shape.read(joined))
        })
    }
}

fn postcode(joined: &str) -> Option<String> {
    let (outward, inward) = joined.split_at_checked(joined.len().checked_sub(3)?)?;
    let letters = outward.bytes().take_while(u8::is_ascii_lowercase).count();
    let (area, district) = outward.split_at_checked(letters)?;
    // A letter ends a district only after one digit: EC1A, W1T.
    let district = match district.as_bytes() {
        [b'0'..=b'9'] => true,
        [b'1'..=b'9', last] => last.is_ascii_alphanumeric(),
        _ => false,
    };
    (is_postcode_area(area) && district && is_inward(inward.as_bytes())).then(|| {
        format!(
            "{} {}",
            outward.to_ascii_uppercase(),
            inward.to_ascii_uppercase()
        )
    })
}

/// A digit and two letters without those that look like others (C I K M O V).
fn is_inward(bytes: &[u8]) -> bool {
    matches!(bytes, [digit, letters @ ..]
        if digit.is_ascii_digit()
            && letters.iter().all(|c| c.is_ascii_lowercase() && !b"cikmov".contains(c)))
}

fn phone(joined: &str) -> Option<String> {
    if !joined.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let national = match joined
        .strip_prefix("0044")
        .or_else(|| joined.strip_prefix("44"))
    {
        Some(rest) => format!("0{}", rest.trim_start_matches('0')),
        None => joined.to_owned(),
    };
    let is_whole = match national.as_bytes() {
        // Some numbers of small exchanges have ten digits; mobiles and 02 numbers never have.
        [b'0', b'1', b'1'..=b'9', ..] => matches!(national.len(), 10 | 11),
        [b'0', b'2' | b'3' | b'5' | b'7' | b'8' | b'9', ..] => national.len() == 11,
        _ => false,
    };
    is_whole.then_some(national)
}

/// Letters and digits in turn, as a pattern: "aa99aaa".
fn pattern(joined: &str) -> String {
    joined
        .bytes()
        .map(|byte| if byte.is_ascii_digit() { '9' } else { 'a' })
        .collect()
}

/// The style since September 2001.
fn is_current(joined: &str) -> bool {
    joined.len() == 7 && pattern(joined) == "aa99aaa"
}

/// Prefix, suffix, Northern Irish and older styles.
fn is_older(joined: &str) -> bool {
    let pattern = pattern(joined);
    let letters = pattern.bytes().filter(|byte| *byte == b'a').count();
    let runs = pattern
        .as_bytes()
        .chunk_by(|left, right| left == right)
        .count();
    (4..=7).contains(&joined.len())
        && (1..=4).contains(&letters)
        && (2..=3).contains(&runs)
        && letters < joined.len()
}

/// An e-mail address from the piece of text it stands in: spoken "at", "dot", "underscore", "dash".
///
/// `asked` joins words before a spoken "at", which is done only where an address was asked for; else
/// one word, or words joined by "dot", stand before it.
pub(super) fn email(text: &str, asked: bool) -> Option<Shaped> {
    if let Some(typed) = typed_email(text) {
        return Some(typed);
    }
    let words: Vec<(usize, &str)> = word_places(text);
    let at = words
        .iter()
        .position(|(_, word)| word.eq_ignore_ascii_case("at"))?;
    let mark = |word: &str| match word.to_ascii_lowercase().as_str() {
        "dot" | "point" => Some('.'),
        "underscore" => Some('_'),
        "dash" | "hyphen" => Some('-'),
        "plus" => Some('+'),
        _ => None,
    };
    let mut domain = String::new();
    let mut last = at;
    let mut dotted = false;
    for (place, (_, word)) in words.iter().enumerate().skip(at + 1) {
        let open = domain.is_empty() || domain.ends_with(['.', '-', '_']);
        match mark(word) {
            Some(c) if !open => {
                domain.push(c);
                dotted |= c == '.';
            }
            None if open || !dotted && asked && !domain.contains('.') => {
                domain.push_str(&word.to_ascii_lowercase());
                last = place;
            }
            Some(_) | None => break,
        }
    }
    let domain = domain.trim_end_matches(['.', '-', '_']);
    let is_top = |end: &str| end.len() >= 2 && end.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !domain.contains('.') || !domain.split('.').next_back().is_some_and(is_top) {
        return None;
    }
    let mut first = at;
    let mut parts: Vec<String> = Vec::new();
    while let Some((_, word)) = first.checked_sub(1).and_then(|left| words.get(left)) {
        let joined = parts
            .first()
            .is_none_or(|after| after.len() == 1 && ".-_+".contains(after.as_str()));
        let part = match mark(word) {
            Some(c) if !joined => c.to_string(),
            None if joined || asked && !is_leading(word) => word.to_ascii_lowercase(),
            Some(_) | None => break,
        };
        parts.insert(0, part);
        first -= 1;
    }
    let local: String = parts.concat();
    let local = local.trim_matches(['.', '-', '_', '+']);
    let is_local = !local.is_empty()
        && local
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".-_+".contains(&byte));
    let value = format!("{local}@{domain}");
    let (start, _) = words.get(first)?;
    let (end, word) = words.get(last)?;
    (is_local && value.len() <= SHORT_CHARS_MAX).then(|| Shaped {
        value,
        span: *start..end + word.len(),
    })
}

/// Words before a spoken address that are no part of it.
fn is_leading(word: &str) -> bool {
    const LEADING: &[&str] = &[
        "its", "it's", "is", "email", "e-mail", "mail", "my", "address", "it", "the", "yes",
        "yeah", "on", "to", "me", "that's", "thats", "ok", "um",
    ];
    LEADING.contains(&word.to_ascii_lowercase().as_str())
}

/// The words of a text without the marks around them, with where each begins.
fn word_places(text: &str) -> Vec<(usize, &str)> {
    let mut places = Vec::new();
    let mut from = 0;
    for piece in text.split_inclusive(char::is_whitespace) {
        let is_mark = |c: char| !c.is_alphanumeric();
        let begun = piece.trim_start_matches(is_mark);
        let word = begun.trim_end_matches(is_mark);
        if !word.is_empty() && places.len() < super::words::WORDS_MAX {
            places.push((from + piece.len() - begun.len(), word));
        }
        from += piece.len();
    }
    places
}

fn typed_email(text: &str) -> Option<Shaped> {
    let at = text.find('@')?;
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '\'');
    let start = text
        .get(..at)?
        .char_indices()
        .rev()
        .take_while(|(_, c)| is_part(*c))
        .last()?
        .0;
    let domain: &str = text.get(at + 1..)?.split(|c: char| !is_part(c)).next()?;
    let domain = domain.trim_end_matches(['.', '-', '_', '\'']);
    let end = at + 1 + domain.len();
    let (name, tld) = domain.rsplit_once('.')?;
    let value = text.get(start..end)?;
    let local_ok = text.get(start..at)?.starts_with(char::is_alphanumeric);
    (local_ok && !name.is_empty() && tld.len() >= 2 && value.chars().count() <= SHORT_CHARS_MAX)
        .then(|| Shaped {
            value: value.to_lowercase(),
            span: start..end,
        })
}

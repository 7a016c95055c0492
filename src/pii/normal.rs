//! A message as the rules read it: lower case, plain ASCII where there is a plain ASCII reading,
//! and for every byte the place in the source that it came from.
//!
//! It folds characters; spoken forms are read by [`super::spoken`]. It finds nothing by itself.

use super::words::{Token, tokens};
use std::ops::Range;
use zeroize::{Zeroize, Zeroizing};

/// Where a byte of the normalised text came from: a byte range of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Source {
    pub(super) start: u32,
    pub(super) end: u32,
}

/// A normalised text with its way back to the source. It holds what the resident wrote, so its
/// memory is overwritten on drop.
pub(crate) struct Normal {
    text: Zeroizing<String>,
    /// One entry a byte of `text`; `None` where every byte came from its own position.
    map: Option<Vec<Source>>,
    /// The words of `text`.
    words: Vec<Token>,
}

impl Normal {
    /// Folds case, width, look-alikes, foreign digits, dashes and spaces; drops invisible
    /// characters and combining marks; reads spoken digits and letters.
    pub(crate) fn of(source: &str) -> Self {
        super::spoken::read(Self::fold(source))
    }

    fn fold(source: &str) -> Self {
        if source.is_ascii() {
            return Self::with(Zeroizing::new(source.to_ascii_lowercase()), None);
        }
        let mut folded = Rewrite::with_capacity(source.len());
        for (at, raw) in source.char_indices() {
            let from = Source {
                start: offset(at),
                end: offset(at + raw.len_utf8()),
            };
            match plain(raw) {
                Some('\0') => {}
                Some(plain) => folded.push(plain.to_ascii_lowercase(), from),
                None => raw
                    .to_lowercase()
                    .filter(|lower| !invisible(*lower))
                    .for_each(|lower| folded.push(lower, from)),
            }
        }
        folded.done()
    }

    fn with(text: Zeroizing<String>, map: Option<Vec<Source>>) -> Self {
        let words = tokens(&text);
        Self { text, map, words }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn words(&self) -> &[Token] {
        &self.words
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// The source bytes behind one normalised byte.
    pub(super) fn source_of(&self, at: usize) -> Source {
        match &self.map {
            Some(map) => map[at],
            None => Source {
                start: offset(at),
                end: offset(at + 1),
            },
        }
    }

    /// The source bytes behind a range, which must not be empty.
    pub(crate) fn source(&self, range: Range<usize>) -> Range<usize> {
        let first = self.source_of(range.start).start as usize;
        first..self.source_of(range.end - 1).end as usize
    }

    /// Whether two neighbouring bytes stand directly beside each other in the source too: false
    /// where spelled-out characters were joined, so that each stays a group of its own.
    pub(super) fn contiguous(&self, at: usize) -> bool {
        self.map.as_ref().is_none_or(|map| {
            map[at - 1].end == map[at].start || map[at - 1].start == map[at].start
        })
    }
}

impl Drop for Normal {
    fn drop(&mut self) {
        // They hold what short words were.
        for word in &mut self.words {
            word.spelling.zeroize();
        }
    }
}

/// Builds a normalised text.
pub(super) struct Rewrite {
    text: Zeroizing<String>,
    map: Vec<Source>,
}

impl Rewrite {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self {
            text: Zeroizing::new(String::with_capacity(bytes)),
            map: Vec::with_capacity(bytes),
        }
    }

    pub(super) fn push(&mut self, c: char, from: Source) {
        self.text.push(c);
        self.map.resize(self.text.len(), from);
    }

    /// Copies a part of another text as it is.
    pub(super) fn copy(&mut self, from: &Normal, range: Range<usize>) {
        if let Some(part) = from.text.get(range.clone()) {
            self.text.push_str(part);
            self.map.extend(range.map(|at| from.source_of(at)));
        }
    }

    pub(super) fn done(self) -> Normal {
        Normal::with(self.text, Some(self.map))
    }
}

/// Messages are far shorter than 4 GiB (`message_bytes_max`); a longer one would lose its tail's
/// offsets, not its redaction.
pub(super) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Characters that are not seen: zero width spaces and joiners, soft hyphen, direction marks,
/// variation selectors, combining marks, the keycap frame.
pub(super) fn invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}'
        | '\u{20e3}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}')
}

/// The plain ASCII reading of a character; NUL for one that is dropped; `None` where there is no
/// plain reading.
pub(super) fn plain(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(if c == '\0' { ' ' } else { c });
    }
    if invisible(c) {
        return Some('\0');
    }
    if let '\u{ff01}'..='\u{ff5e}' = c {
        return char::from_u32(c as u32 - 0xfee0);
    }
    digit(c).or_else(|| latin(c)).or_else(|| look_alike(c))
}

/// The first digit of each run of ten decimal digits (Unicode general category Nd) that a phone
/// keyboard offers; superscripts and circled digits have their own order.
pub(super) const ZEROS: &[u32] = &[
    0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66,
    0x0de6, 0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x17e0, 0x1810, 0x2080, 0x1d7ce, 0x1d7d8, 0x1d7e2,
    0x1d7ec, 0x1d7f6, 0x1fbf0,
];

fn digit(c: char) -> Option<char> {
    let code = c as u32;
    let value = match c {
        '\u{b2}' | '\u{b3}' => code - 0xb0,
        '\u{b9}' => 1,
        '\u{2070}' | '\u{24ea}' | '\u{24ff}' => 0,
        '\u{2074}'..='\u{2079}' => code - 0x2070,
        '\u{2460}'..='\u{2468}' => code - 0x245f,
        '\u{2776}'..='\u{277e}' => code - 0x2775,
        '\u{2780}'..='\u{2788}' => code - 0x277f,
        _ => {
            let zero = ZEROS
                .iter()
                .find(|zero| (**zero..**zero + 10).contains(&code))?;
            code - zero
        }
    };
    char::from_digit(value, 10)
}

/// The base letters of U+00C0 to U+017F, in order; `-` where there is none.
pub(super) const LATIN: &str = "aaaaaaaceeeeiiiidnooooo-ouuuuytsaaaaaaaceeeeiiiidnooooo-ouuuuyty\
    aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

fn latin(c: char) -> Option<char> {
    let at = (c as usize).checked_sub(0xc0)?;
    let base = LATIN.as_bytes().get(at)?;
    base.is_ascii_alphabetic()
        .then(|| char::from(base.to_ascii_lowercase()))
}

/// Letters and marks of other scripts that look like ASCII ones, after the Unicode confusables
/// data (UTS 39), for those that occur in identifiers and mail addresses.
pub(super) fn look_alike(c: char) -> Option<char> {
    let code = c as u32;
    Some(match c {
        '\u{1d400}'..='\u{1d6a3}' => {
            // Mathematical alphabets: 26 capitals, 26 small letters, style after style.
            let letter = u8::try_from((code - 0x1d400) % 26).ok()?;
            (b'a' + letter) as char
        }
        '\u{24b6}'..='\u{24e9}' => {
            let letter = u8::try_from((code - 0x24b6) % 26).ok()?;
            (b'a' + letter) as char
        }
        'А' | 'а' | 'Α' | 'α' => 'a',
        'В' | 'Β' => 'b',
        'С' | 'с' | 'Ϲ' | 'ϲ' => 'c',
        'Е' | 'е' | 'Ε' => 'e',
        'Н' | 'Η' => 'h',
        'І' | 'і' | 'Ι' | 'ι' | 'ı' => 'i',
        'Ј' | 'ј' => 'j',
        'К' | 'к' | 'Κ' | 'κ' => 'k',
        'М' | 'Μ' => 'm',
        'Ν' | 'ν' => 'n',
        'О' | 'о' | 'Ο' | 'ο' => 'o',
        'Р' | 'р' | 'Ρ' | 'ρ' => 'p',
        'Ѕ' | 'ѕ' => 's',
        'Т' | 'т' | 'Τ' => 't',
        'Х' | 'х' | 'Χ' | 'χ' => 'x',
        'У' | 'у' | 'Υ' | 'υ' => 'y',
        'Ζ' => 'z',
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
            ' '
        }
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        '\u{2024}' | '\u{3002}' | '\u{ff61}' | '\u{b7}' | '\u{2022}' => '.',
        '\u{2044}' | '\u{2215}' => '/',
        '\u{2028}' | '\u{2029}' | '\u{85}' => '\n',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::string_slice)]
    use super::*;

    #[track_caller]
    fn check(source: &str, normal: &str) {
        assert_eq!(Normal::of(source).text(), normal, "{source}");
    }

    #[test]
    fn characters_are_folded() {
        check("AB12 CDE", "ab12 cde");
        check("４１１１\u{a0}１１１１", "4111 1111");
        check("٠٧٧٠٠ ९००", "07700 900");
        check("07700\u{200b}900\u{ad}123", "07700900123");
        check("ＡВ12\u{2011}34", "ab12-34");
        check("𝟒𝟏𝟏𝟏 ①②⓪ 4\u{fe0f}\u{20e3}", "4111 120 4");
        check("Zoë’s İ Łódź ÷", "zoe's i lodz ÷");
    }

    #[test]
    fn spans_lead_back_to_the_source() {
        let source = "é ４１\u{200b}１ x";
        let normal = Normal::of(source);
        let at = normal.text().find("411").unwrap();
        assert_eq!(&source[normal.source(at..at + 3)], "４１\u{200b}１");
    }
}

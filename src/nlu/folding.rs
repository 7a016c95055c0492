//! One character at a time: case, width, accents and decoration folded away.
//!
//! It covers what residents' keyboards, recognisers and pasted text produce (Latin with accents,
//! full-width and mathematical letters, ligatures, curly quotes, zero-width marks). It is not
//! Unicode normalisation: other scripts pass through in lower case.

/// What a character is to the reader of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Folded {
    /// Part of a word, up to three characters long once folded.
    Letters([char; 3]),
    /// Joins the letters around it: `don't`.
    Apostrophe,
    /// Nothing: a zero-width mark, a combining accent, a variation selector.
    Nothing,
    /// Ends a word: space, punctuation, emoji.
    Other(char),
}

/// Folds one character.
pub(super) fn fold(c: char) -> Folded {
    if c.is_ascii() {
        return match c {
            'a'..='z' | '0'..='9' => one(c),
            'A'..='Z' => one(c.to_ascii_lowercase()),
            '\'' | '`' => Folded::Apostrophe,
            other => Folded::Other(other),
        };
    }
    match c {
        '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{2032}' | '\u{02BC}' | '\u{00B4}' => {
            Folded::Apostrophe
        }
        '\u{2013}' | '\u{2014}' | '\u{2015}' | '\u{2212}' => Folded::Other('-'),
        '\u{2026}' | '\u{3002}' => Folded::Other('.'),
        '\u{FF01}'..='\u{FF5E}' => plain(u32::from(c) - 0xFF01 + 0x21),
        '\u{24B6}'..='\u{24CF}' => plain(u32::from(c) - 0x24B6 + 0x61),
        '\u{24D0}'..='\u{24E9}' => plain(u32::from(c) - 0x24D0 + 0x61),
        // Thirteen mathematical alphabets of 26 capitals and 26 small letters, then five of digits.
        '\u{1D400}'..='\u{1D6A3}' => plain((u32::from(c) - 0x1D400) % 26 + 0x61),
        '\u{1D7CE}'..='\u{1D7FF}' => plain((u32::from(c) - 0x1D7CE) % 10 + 0x30),
        _ if is_invisible(c) => Folded::Nothing,
        _ if c.is_alphanumeric() => latin(c.to_lowercase().next().unwrap_or(c)),
        _ => Folded::Other(c),
    }
}

fn one(c: char) -> Folded {
    Folded::Letters([c, '\0', '\0'])
}

fn plain(code: u32) -> Folded {
    char::from_u32(code).map_or(Folded::Nothing, |c| {
        if c.is_ascii() {
            fold(c)
        } else {
            Folded::Other(c)
        }
    })
}

fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{FEFF}'
        | '\u{0300}'..='\u{036F}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// A lower-case letter without its accent; Welsh circumflexes are among them.
fn latin(c: char) -> Folded {
    let base = match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ'..='ặ' | 'ª' => 'a',
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => 'c',
        'ð' | 'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ẹ'..='ệ' => 'e',
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => 'g',
        'ĥ' | 'ħ' => 'h',
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ị' => 'i',
        'ĵ' => 'j',
        'ķ' => 'k',
        'ĺ' | 'ļ' | 'ľ' | 'ł' => 'l',
        'ñ' | 'ń' | 'ņ' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ọ'..='ợ' | 'ơ' | 'º' => 'o',
        'ŕ' | 'ŗ' | 'ř' => 'r',
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => 's',
        'ţ' | 'ť' | 'ŧ' | 'ț' => 't',
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ụ'..='ự' | 'ư' => 'u',
        'ŵ' | 'ẁ' | 'ẃ' | 'ẅ' => 'w',
        'ý' | 'ÿ' | 'ŷ' | 'ỳ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        'æ' => return Folded::Letters(['a', 'e', '\0']),
        'œ' => return Folded::Letters(['o', 'e', '\0']),
        'ß' => return Folded::Letters(['s', 's', '\0']),
        'ﬀ' => return Folded::Letters(['f', 'f', '\0']),
        'ﬁ' => return Folded::Letters(['f', 'i', '\0']),
        'ﬂ' => return Folded::Letters(['f', 'l', '\0']),
        'ﬃ' => return Folded::Letters(['f', 'f', 'i']),
        other => other,
    };
    one(base)
}

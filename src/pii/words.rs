//! Splitting a normalised text into words, and what each word can stand for when it is said aloud. All that is asked of
//! the letters of every word is found in one go over them: loops of their own cost more than what they do.
//!
//! It knows words one at a time; what a sequence of them means is read in [`super::spoken`].

use super::vocabulary::Lists;

/// A word of the text, by byte offsets.
#[derive(Clone, Copy)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) word: Word,
    /// [`Lists::LETTERS`] or [`Lists::DIGIT`], or neither.
    pub(super) made_of: Lists,
    /// Its last eight bytes as one number, the last lowest.
    pub(super) spelling: u64,
    /// See [`hash`].
    pub(super) hash: u32,
}

/// What a word can stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Word {
    Other,
    /// Two or more typed digits.
    Digits,
    /// One typed digit.
    Typed(u8),
    /// Digits with `o`, `i` or `l` among them: "9oo".
    Blurred,
    /// One typed letter.
    Letter(u8),
    /// A spoken digit.
    Digit(u8),
    Teen(u8),
    Tens(u8),
    Hundred,
    Thousand,
    /// "double", "triple".
    Repeat(u8),
    /// A word of the radio alphabet, or what a letter is called where that is no other word.
    Nato(u8),
    Oh,
    /// "to", "too": heard for "two".
    To,
    /// "for": heard for "four", and what joins a letter to its word.
    For,
    Ordinal(u8),
    /// What is said between two parts of a number and means nothing: "um", "space", "yes".
    Pause,
}

impl Word {
    /// Whether a number or a digit is said, in a word.
    pub(crate) fn says_number(self) -> bool {
        matches!(
            self,
            Self::Oh
                | Self::Digit(_)
                | Self::Teen(_)
                | Self::Tens(_)
                | Self::Hundred
                | Self::Thousand
                | Self::Repeat(_)
                | Self::Ordinal(_)
        )
    }
}

/// FNV-1a in 32 bits, with every digit read as a nine: which number it is says nothing.
pub(super) fn hash(word: &[u8]) -> u32 {
    word.iter()
        .fold(HASH_OF_NOTHING, |hash, byte| hashed(hash, *byte))
}

const HASH_OF_NOTHING: u32 = 0x811c_9dc5;

fn hashed(hash: u32, byte: u8) -> u32 {
    let byte = if byte.is_ascii_digit() { b'9' } else { byte };
    (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
}

/// What a byte is in a text.
const NO_WORD: u8 = 0;
const LETTER: u8 = 1;
const DIGIT: u8 = 2;
const OTHER: u8 = 4;
const SORTS: [u8; 256] = {
    let mut sorts = [OTHER; 256];
    let mut byte = 0;
    while byte < 128 {
        sorts[byte as usize] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'0'..=b'9' => DIGIT,
            _ => NO_WORD,
        };
        byte += 1;
    }
    sorts
};

/// The words of a text: runs of ASCII letters and digits and of any other letters.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let bytes = text.as_bytes();
    let sort = |byte: u8| SORTS[usize::from(byte)];
    // All that there can be: no copy of what was written is left where a smaller one was.
    let mut tokens = Vec::with_capacity(bytes.len().div_ceil(2));
    let mut at = 0;
    while let Some(first) = bytes.get(at) {
        if sort(*first) == NO_WORD {
            at += 1;
            continue;
        }
        let start = at;
        let (mut sorts, mut spelling, mut hash) = (NO_WORD, 0, HASH_OF_NOTHING);
        while let Some(byte) = bytes.get(at)
            && sort(*byte) != NO_WORD
        {
            sorts |= sort(*byte);
            spelling = spelling << 8 | u64::from(*byte);
            hash = hashed(hash, *byte);
            at += 1;
        }
        tokens.push(Token {
            start,
            end: at,
            word: classify(&bytes[start..at]),
            made_of: match (sort(*first), sorts) {
                (DIGIT, _) => Lists::DIGIT,
                (_, LETTER) => Lists::LETTERS,
                _ => Lists::default(),
            },
            spelling,
            hash,
        });
    }
    tokens
}

/// Whether a word is a month, in full or by its usual short forms.
pub(super) fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    word.len() >= 3
        && (word == "sept"
            || MONTHS
                .iter()
                .any(|month| *month == word || month.get(..3) == Some(word)))
}

/// What a folded word stands for by itself.
pub(crate) fn classify(word: &[u8]) -> Word {
    match word {
        [digit @ b'0'..=b'9'] => Word::Typed(digit - b'0'),
        [letter @ b'a'..=b'z'] => Word::Letter(*letter),
        [b'0'..=b'9', ..] | [b'o' | b'i' | b'l', b'0'..=b'9' | b'o' | b'i' | b'l', ..] => {
            numeric(word)
        }
        [_, _] => match word {
            b"oh" => Word::Oh,
            b"ay" => Word::Nato(b'a'),
            b"el" => Word::Nato(b'l'),
            b"to" => Word::To,
            b"um" | b"uh" | b"er" => Word::Pause,
            _ => Word::Other,
        },
        [_, _, _] => three(word),
        [_, _, _, _] => four(word),
        [_, _, _, _, _] => five(word),
        [_, _, _, _, _, _] => six(word),
        _ if word.len() <= 11 => longer(word),
        _ => Word::Other,
    }
}

fn numeric(word: &[u8]) -> Word {
    if word.iter().all(u8::is_ascii_digit) {
        return Word::Digits;
    }
    let readable = word
        .iter()
        .all(|byte| matches!(byte, b'0'..=b'9' | b'o' | b'i' | b'l'));
    let digits = word.iter().filter(|byte| byte.is_ascii_digit()).count();
    // Postcodes and their halves: "l11", "ol10", "1ll", "l100ll".
    let area = matches!(word, [b'l', ..] | [b'o', b'l', ..]);
    let inward = matches!(word, [.., b'0'..=b'9', b'l', b'l']);
    let postcode = area && (digits <= 2 || inward) || inward && word.len() == 3;
    // "li999", as a driving licence begins.
    let surname = matches!(word, [b'i' | b'l' | b'o', b'i' | b'l' | b'o', _, _, b'9']);
    if readable && digits > 0 && (3..=16).contains(&word.len()) && !postcode && !surname {
        return Word::Blurred;
    }
    match word.len() {
        4 => four(word),
        _ => Word::Other,
    }
}

fn three(word: &[u8]) -> Word {
    match word {
        b"one" => Word::Digit(1),
        b"two" => Word::Digit(2),
        b"six" => Word::Digit(6),
        b"ten" => Word::Teen(10),
        b"too" => Word::To,
        b"zed" | b"zee" => Word::Nato(b'z'),
        b"pee" => Word::Nato(b'p'),
        b"vee" => Word::Nato(b'v'),
        b"eff" => Word::Nato(b'f'),
        b"ess" => Word::Nato(b's'),
        b"arr" => Word::Nato(b'r'),
        b"bee" => Word::Nato(b'b'),
        b"gee" => Word::Nato(b'g'),
        b"ell" => Word::Nato(b'l'),
        b"tee" => Word::Nato(b't'),
        b"for" => Word::For,
        b"nil" => Word::Digit(0),
        b"erm" | b"yep" | b"yes" => Word::Pause,
        _ => Word::Other,
    }
}

fn four(word: &[u8]) -> Word {
    match word {
        b"zero" => Word::Digit(0),
        b"four" => Word::Digit(4),
        b"five" => Word::Digit(5),
        b"nine" => Word::Digit(9),
        b"echo" => Word::Nato(b'e'),
        b"golf" => Word::Nato(b'g'),
        b"kilo" => Word::Nato(b'k'),
        b"lima" => Word::Nato(b'l'),
        b"mike" => Word::Nato(b'm'),
        b"papa" => Word::Nato(b'p'),
        b"xray" => Word::Nato(b'x'),
        b"zulu" => Word::Nato(b'z'),
        b"yeah" => Word::Pause,
        _ => Word::Other,
    }
}

fn five(word: &[u8]) -> Word {
    match word {
        b"three" => Word::Digit(3),
        b"space" | b"pause" => Word::Pause,
        b"seven" => Word::Digit(7),
        b"eight" => Word::Digit(8),
        b"forty" => Word::Tens(40),
        b"fifty" => Word::Tens(50),
        b"sixty" => Word::Tens(60),
        b"first" => Word::Ordinal(1),
        b"third" => Word::Ordinal(3),
        b"fifth" => Word::Ordinal(5),
        b"sixth" => Word::Ordinal(6),
        b"ninth" => Word::Ordinal(9),
        b"tenth" => Word::Ordinal(10),
        b"alpha" => Word::Nato(b'a'),
        b"aitch" => Word::Nato(b'h'),
        b"queue" => Word::Nato(b'q'),
        b"bravo" => Word::Nato(b'b'),
        b"delta" => Word::Nato(b'd'),
        b"hotel" => Word::Nato(b'h'),
        b"india" => Word::Nato(b'i'),
        b"oscar" => Word::Nato(b'o'),
        b"romeo" => Word::Nato(b'r'),
        b"tango" => Word::Nato(b't'),
        _ => Word::Other,
    }
}

fn six(word: &[u8]) -> Word {
    match word {
        b"nought" | b"naught" => Word::Digit(0),
        b"eleven" => Word::Teen(11),
        b"twelve" => Word::Teen(12),
        b"twenty" => Word::Tens(20),
        b"thirty" => Word::Tens(30),
        b"eighty" => Word::Tens(80),
        b"ninety" => Word::Tens(90),
        b"double" => Word::Repeat(2),
        b"triple" | b"treble" => Word::Repeat(3),
        b"second" => Word::Ordinal(2),
        b"fourth" => Word::Ordinal(4),
        b"eighth" => Word::Ordinal(8),
        b"juliet" => Word::Nato(b'j'),
        b"quebec" => Word::Nato(b'q'),
        b"sierra" => Word::Nato(b's'),
        b"victor" => Word::Nato(b'v'),
        b"whisky" => Word::Nato(b'w'),
        b"yankee" => Word::Nato(b'y'),
        _ => Word::Other,
    }
}

fn longer(word: &[u8]) -> Word {
    match word {
        b"thirteen" => Word::Teen(13),
        b"fourteen" => Word::Teen(14),
        b"fifteen" => Word::Teen(15),
        b"sixteen" => Word::Teen(16),
        b"seventeen" => Word::Teen(17),
        b"eighteen" => Word::Teen(18),
        b"nineteen" => Word::Teen(19),
        b"seventy" => Word::Tens(70),
        b"hundred" => Word::Hundred,
        b"thousand" => Word::Thousand,
        b"seventh" => Word::Ordinal(7),
        b"eleventh" => Word::Ordinal(11),
        b"twelfth" => Word::Ordinal(12),
        b"thirteenth" => Word::Ordinal(13),
        b"fourteenth" => Word::Ordinal(14),
        b"fifteenth" => Word::Ordinal(15),
        b"sixteenth" => Word::Ordinal(16),
        b"seventeenth" => Word::Ordinal(17),
        b"eighteenth" => Word::Ordinal(18),
        b"nineteenth" => Word::Ordinal(19),
        b"twentieth" => Word::Ordinal(20),
        b"thirtieth" => Word::Ordinal(30),
        b"charlie" => Word::Nato(b'c'),
        b"queenie" => Word::Nato(b'q'),
        b"foxtrot" => Word::Nato(b'f'),
        b"juliett" => Word::Nato(b'j'),
        b"november" => Word::Nato(b'n'),
        b"uniform" => Word::Nato(b'u'),
        b"whiskey" => Word::Nato(b'w'),
        _ => Word::Other,
    }
}

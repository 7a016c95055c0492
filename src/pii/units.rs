//! One spoken unit at a time: a digit, a number, a letter, "double oh", "m for mother".
//!
//! Which units belong together is decided in [`super::spoken`].

use super::spoken::Reader;
use super::words::Word;

/// One spoken unit: up to sixteen characters from a few tokens.
#[derive(Clone, Copy)]
pub(super) struct Unit {
    pub(super) text: [u8; 16],
    pub(super) len: usize,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) letter: bool,
    pub(super) spoken: bool,
}

impl Unit {
    fn new(from: usize, to: usize) -> Self {
        Self {
            text: [0; 16],
            len: 0,
            from,
            to,
            letter: false,
            spoken: true,
        }
    }

    fn push(mut self, byte: u8) -> Self {
        if let Some(place) = self.text.get_mut(self.len) {
            *place = byte;
            self.len += 1;
        }
        self
    }

    pub(super) fn number(from: usize, to: usize, value: u32) -> Self {
        let mut unit = Self::new(from, to);
        let mut scale = 1000;
        while scale > 0 {
            if value >= scale || scale == 1 {
                unit = unit.push(b'0' + u8::try_from(value / scale % 10).unwrap_or(0));
            }
            scale /= 10;
        }
        unit
    }

    fn letter(from: usize, to: usize, letter: u8, spoken: bool) -> Self {
        Self {
            letter: true,
            spoken,
            ..Self::new(from, to).push(letter)
        }
    }
}

/// The number that a word says.
fn said(word: Word) -> Option<u32> {
    if let Word::Digit(value) | Word::Teen(value) | Word::Tens(value) = word {
        return Some(u32::from(value));
    }
    None
}

impl Reader<'_> {
    /// One unit at `at`, given those before it in its run.
    pub(super) fn unit(&self, at: usize, before: &[Unit]) -> Option<Unit> {
        let after_digit = before.last().is_some_and(|unit| !unit.letter);
        let after_letter = before.last().is_some_and(|unit| unit.letter);
        match self.word(at) {
            // "four noughts", "four ones".
            Word::Digit(times @ 2..) => Some(self.several(at, times).unwrap_or(self.number(at))),
            Word::Digit(_) | Word::Teen(_) | Word::Tens(_) => Some(self.number(at)),
            Word::Typed(digit)
                if matches!(self.word(at + 1), Word::Hundred) && self.close(at + 1) =>
            {
                Some(Unit::number(at, at + 2, u32::from(digit) * 100))
            }
            Word::Typed(digit) => Some(Unit {
                spoken: false,
                ..Unit::number(at, at + 1, u32::from(digit))
            }),
            Word::Blurred => {
                // "r l234 56 7 a": here the l is a letter.
                let letter = self.text(at).starts_with(['i', 'l', 'o']);
                let second = letter && at > 0 && self.letter_like(at - 1) && self.close(at);
                (before.is_empty() && !second && !self.begins_plate(at)).then(|| self.blurred(at))
            }
            // "6304 0000 oooo 0000".
            Word::Other if before.is_empty() && self.noughts(at) => Some(self.blurred(at)),
            Word::Repeat(times) if self.close(at + 1) => self.repeated(at, times),
            // "o for oscar" is no zero.
            Word::Letter(letter) if self.spelt(at, letter).is_some() => {
                Some(self.letter(at, letter))
            }
            Word::Oh | Word::Letter(b'o') if self.says_zero(at, before) => {
                Some(Unit::number(at, at + 1, 0))
            }
            // "oh el seventeen".
            Word::Oh if self.names_letter(at) => Some(Unit::letter(at, at + 1, b'o', true)),
            // "a hundred and four".
            Word::Letter(b'a') if self.word(at + 1) == Word::Hundred && self.close(at + 1) => {
                Some(self.number(at))
            }
            // "x ray", in two words.
            Word::Letter(b'x') if self.text(at + 1) == "ray" && self.close(at + 1) => {
                Some(Unit::letter(at, at + 2, b'x', true))
            }
            // "the postcode's m 1 1 a e".
            Word::Letter(b's') if self.after_apostrophe(at) => None,
            Word::Letter(letter) => Some(self.letter(at, letter)),
            Word::Nato(letter) => {
                let digits = before
                    .iter()
                    .filter(|unit| !unit.letter)
                    .map(|unit| unit.len);
                // "four hotel papa nine zulu two": whoever has said one letter so says all so.
                let said = before.iter().any(|unit| unit.letter && unit.spoken);
                let spelled = after_letter
                    || said
                    || self.letter_like(at + 1) && self.close(at + 1)
                    || self.lead(at)
                    || digits.sum::<usize>() >= 4
                    || self.ends_a_number(at, letter);
                spelled.then(|| Unit::letter(at, at + 1, letter, true))
            }
            Word::To | Word::For if after_digit => self.heard_as_digit(at, before),
            Word::Other
            | Word::Digits
            | Word::Hundred
            | Word::Thousand
            | Word::Repeat(_)
            | Word::Oh
            | Word::Ordinal(_)
            | Word::Pause
            | Word::To
            | Word::For => None,
        }
    }

    /// "oh seven seven four for two": only in the middle of digits that were said.
    fn heard_as_digit(&self, at: usize, before: &[Unit]) -> Option<Unit> {
        const SAID_MIN: usize = 3;
        let mut last = before.iter().rev().take(SAID_MIN);
        let said = before.len() >= SAID_MIN && last.all(|unit| unit.spoken && !unit.letter);
        let value = if self.word(at) == Word::To { 2 } else { 4 };
        let more = matches!(
            self.word(at + 1),
            Word::Digit(_) | Word::Repeat(_) | Word::Oh
        );
        (said && more).then(|| Unit::number(at, at + 1, value))
    }

    fn several(&self, at: usize, times: u8) -> Option<Unit> {
        let digit = self.plural(at + 1).filter(|_| self.close(at + 1))?;
        Some((0..times).fold(Unit::new(at, at + 2), |unit, _| unit.push(digit)))
    }

    /// The digit of which several are said: "noughts", "ones".
    fn plural(&self, at: usize) -> Option<u8> {
        match self.text(at) {
            "noughts" | "naughts" | "zeros" | "zeroes" | "ohs" => Some(b'0'),
            "ones" => Some(b'1'),
            "twos" => Some(b'2'),
            "threes" => Some(b'3'),
            "fours" => Some(b'4'),
            "fives" => Some(b'5'),
            "sixes" => Some(b'6'),
            "sevens" => Some(b'7'),
            "eights" => Some(b'8'),
            "nines" => Some(b'9'),
            _ => None,
        }
    }

    /// "two oh dash oh oh", "two dot oh dot two".
    fn after_dash(&self, at: usize) -> bool {
        let zero = |at: usize| matches!(self.word(at), Word::Oh | Word::Letter(b'o'));
        at > 1
            && matches!(
                self.text(at - 1),
                "dash" | "hyphen" | "dot" | "point" | "stroke" | "slash"
            )
            && (self.digit_like(at - 2) || zero(at - 2))
    }

    /// "zulu four november", "quebec five, seven, whisky": a letter, digits and a letter, all said.
    fn lead(&self, at: usize) -> bool {
        const DIGITS_MAX: usize = 3;
        let digit = |next: &usize| matches!(self.word(*next), Word::Digit(_)) && self.close(*next);
        let digits = (at + 1..=at + DIGITS_MAX).take_while(digit).count();
        let next = at + 1 + digits;
        digits > 0 && self.close(next) && matches!(self.word(next), Word::Nato(_))
    }

    /// Whether o or oh is a zero, beside digits.
    fn says_zero(&self, at: usize, before: &[Unit]) -> bool {
        let after_digit = before.last().is_some_and(|unit| !unit.letter);
        let after_letter = before.last().is_some_and(|unit| unit.letter);
        after_digit
            || at > 0 && self.word(at - 1) == Word::Digits && self.close(at)
            || !after_letter && (self.zero_before_digits(at) || self.after_dash(at))
            // "whisky november oh six".
            || self.word(at) == Word::Oh && self.after_letters(before) && self.is_digit_next(at)
    }

    /// Whether the last two were letters.
    fn after_letters(&self, before: &[Unit]) -> bool {
        before.len() > 1 && before.iter().rev().take(2).all(|unit| unit.letter)
    }

    fn is_digit_next(&self, at: usize) -> bool {
        matches!(self.word(at + 1), Word::Digit(_) | Word::Typed(_)) && self.close(at + 1)
    }

    /// Whether what is called like a letter and digits come after.
    fn names_letter(&self, at: usize) -> bool {
        matches!(self.word(at + 1), Word::Nato(_)) && self.close(at + 1) && self.digit_like(at + 2)
    }

    fn zero_before_digits(&self, at: usize) -> bool {
        const ZEROS_MAX: usize = 4;
        let zero = |next: &usize| {
            matches!(self.word(*next), Word::Oh | Word::Letter(b'o')) && self.close(*next)
        };
        let zeros = (at + 1..at + ZEROS_MAX).take_while(zero).count();
        let next = at + 1 + zeros;
        // "oh 12 34 56 c" is a national insurance number, typed; "oh seven" is said.
        let typed = matches!(
            self.word(next),
            Word::Digits | Word::Typed(_) | Word::Blurred
        );
        // "oh oh oh oh".
        let zeros_alone = self.word(at) == Word::Oh && zeros == ZEROS_MAX - 1;
        zeros_alone
            || self.digit_like(next) && self.close(next) && !(typed && self.word(at) == Word::Oh)
    }

    /// "12 34 56 charlie": the last letter of a national insurance number after typed digits.
    fn ends_a_number(&self, at: usize, letter: u8) -> bool {
        let is_digits = |back: usize| at >= back && self.word(at - back) == Word::Digits;
        (b'a'..=b'd').contains(&letter) && is_digits(1) && self.close(at) && is_digits(2)
    }

    /// A spoken number: "seven", "nineteen", "seventy one", "nine hundred", "two thousand and
    /// nineteen". What follows without "and" stays a unit of its own: "nine hundred four" is 9004.
    fn number(&self, at: usize) -> Unit {
        let (value, next) = self.below_hundred(at);
        let scale = match (self.word(next), value) {
            (Word::Hundred, 1..) => 100,
            (Word::Thousand, 1..10) => 1000,
            _ => return Unit::number(at, next, value),
        };
        if !self.close(next) {
            return Unit::number(at, next, value);
        }
        let and = self.text(next + 1) == "and";
        let rest = if and { next + 2 } else { next + 1 };
        let year = scale == 1000 && matches!(self.word(rest), Word::Teen(_) | Word::Tens(_));
        if (and || year) && said(self.word(rest)).is_some() {
            let (more, end) = self.below_hundred(rest);
            return Unit::number(at, end, value * scale + more);
        }
        Unit::number(at, next + 1, value * scale)
    }

    fn after_apostrophe(&self, at: usize) -> bool {
        let before = self.start(at).checked_sub(1);
        before.is_some_and(|before| self.byte(before) == b'\'')
    }

    /// The number that is said at `at`, up to ninety nine, and the token after it; "a" is one.
    fn below_hundred(&self, at: usize) -> (u32, usize) {
        let value = said(self.word(at)).unwrap_or(u32::from(self.word(at) == Word::Letter(b'a')));
        if let (Word::Tens(_), Word::Digit(digit @ 1..)) = (self.word(at), self.word(at + 1))
            && self.close(at + 1)
        {
            return (value + u32::from(digit), at + 2);
        }
        (value, at + 1)
    }

    fn repeated(&self, at: usize, times: u8) -> Option<Unit> {
        let next = self.word(at + 1);
        let (byte, letter) = if let Word::Digit(digit) | Word::Typed(digit) = next {
            (b'0' + digit, false)
        } else if matches!(next, Word::Oh | Word::Letter(b'o')) {
            (b'0', false)
        } else if let Word::Letter(letter) | Word::Nato(letter) = next {
            (letter, true)
        } else {
            return self.double_u(at);
        };
        if (byte, times) == (b'u', 2) {
            return self.double_u(at);
        }
        let unit = (0..times).fold(Unit::new(at, at + 2), |unit, _| unit.push(byte));
        Some(Unit { letter, ..unit })
    }

    /// "double u" is a w; "double you" is where letters or digits come after it.
    fn double_u(&self, at: usize) -> Option<Unit> {
        let goes_on =
            || (self.letter_like(at + 2) || self.digit_like(at + 2)) && self.close(at + 2);
        let named = match self.text(at + 1) {
            "u" => true,
            "you" => self.text(at) == "double" && goes_on(),
            _ => false,
        };
        named.then(|| Unit::letter(at, at + 2, b'w', true))
    }

    /// Where "m for mother", "b as in bravo" or "x for x ray" ends, which begins at `at`.
    fn spelt(&self, at: usize, letter: u8) -> Option<usize> {
        let begins = |next: usize| {
            self.text(next).as_bytes().first() == Some(&letter) && self.text(next).len() > 1
        };
        let ray = letter == b'x' && self.text(at + 2) == "x" && self.text(at + 3) == "ray";
        let is_for = self.word(at + 1) == Word::For || self.text(at + 1) == "like";
        let as_in = self.text(at + 1) == "as" && self.text(at + 2) == "in";
        if is_for && ray || as_in && begins(at + 3) {
            Some(at + 4)
        } else if is_for && begins(at + 2) {
            Some(at + 3)
        } else {
            None
        }
    }

    fn letter(&self, at: usize, letter: u8) -> Unit {
        match self.spelt(at, letter) {
            Some(to) => Unit::letter(at, to, letter, true),
            None => Unit::letter(at, at + 1, letter, false),
        }
    }

    /// A group of letters o between groups of digits.
    fn noughts(&self, at: usize) -> bool {
        let text = self.text(at);
        let group = |at: usize| matches!(self.word(at), Word::Digits | Word::Blurred);
        (2..=4).contains(&text.len())
            && text.bytes().all(|byte| byte == b'o')
            && at > 0
            && group(at - 1)
            && self.close(at)
            && group(at + 1)
            && self.close(at + 1)
    }

    /// "l443 bry": a registration that begins with an l.
    fn begins_plate(&self, at: usize) -> bool {
        let next = self.text(at + 1);
        let letters = next.len() == 3 && next.bytes().all(|byte| byte.is_ascii_alphabetic());
        self.text(at).starts_with('l')
            && self.text(at).len() == 4
            && letters
            && self.close(at + 1)
            && self.word(at + 1) == Word::Other
    }

    /// "9oo" or "l23": digits with letters that look like digits.
    fn blurred(&self, at: usize) -> Unit {
        self.text(at)
            .bytes()
            .fold(Unit::new(at, at + 1), |unit, byte| {
                unit.push(match byte {
                    b'o' => b'0',
                    b'i' | b'l' => b'1',
                    digit => digit,
                })
            })
    }
}

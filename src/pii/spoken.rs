//! Spoken and spelled-out forms, read as characters: "double oh seven" is 007, "q q one two" is
//! q~q~12, "m for mother" is m, "9oo" is 900, "the ninth of May" is "the 9th of may".
//!
//! It rewrites a [`Normal`] text; whether the characters mean anything is the rules' business.

use super::normal::{Normal, Rewrite, Source};
use super::units::Unit;
use super::words::{Token, Word, is_month};
use std::ops::Range;

/// Reads spoken forms. A text without any comes back as it is, at the price of one pass.
pub(super) fn read(normal: Normal) -> Normal {
    if !worth_reading(normal.words()) {
        return normal;
    }
    let reader = Reader {
        normal: &normal,
        tokens: normal.words(),
    };
    let mut edits: Vec<Edit> = Vec::new();
    let mut at = 0;
    while at < reader.tokens.len() {
        at = reader.run(at, &mut edits);
    }
    if edits.is_empty() {
        return normal;
    }
    reader.rewrite(&edits)
}

fn worth_reading(tokens: &[Token]) -> bool {
    let mut single = 0;
    let mut last = Word::Other;
    for token in tokens {
        let word = token.word;
        if word == Word::Pause && last == Word::Digits {
            return true;
        }
        last = word;
        if word.says_number() || matches!(word, Word::Blurred | Word::Letter(b'o') | Word::Nato(_))
        {
            return true;
        }
        single += usize::from(matches!(word, Word::Letter(_) | Word::Typed(_)));
    }
    single >= 3
}

/// What stands between a letter and its neighbours where they were spelled out, so that a pattern
/// may begin and end between any two of them: "my nino is a a b 1 2 3 4 5 6 c".
const JOINT: char = '~';

/// What stands in place of the tokens of a few units.
struct Edit {
    /// The tokens.
    from: usize,
    to: usize,
    /// None: the tokens mean nothing, up to the next one.
    units: Vec<Unit>,
    /// Written after the units: the "th" of an ordinal.
    suffix: &'static str,
}

pub(super) struct Reader<'a> {
    normal: &'a Normal,
    tokens: &'a [Token],
}

impl Reader<'_> {
    pub(super) fn word(&self, at: usize) -> Word {
        self.tokens.get(at).map_or(Word::Other, |token| token.word)
    }

    pub(super) fn text(&self, at: usize) -> &str {
        let token = self.tokens.get(at);
        let range = token.map_or(0..0, |token| token.start..token.end);
        self.normal.text().get(range).unwrap_or_default()
    }

    /// Where token `at` begins.
    pub(super) fn start(&self, at: usize) -> usize {
        self.tokens.get(at).map_or(0, |token| token.start)
    }

    pub(super) fn byte(&self, at: usize) -> u8 {
        self.normal.bytes().get(at).copied().unwrap_or(b' ')
    }

    /// Whether token `at` follows the one before it closely enough to belong to the same number.
    pub(super) fn close(&self, at: usize) -> bool {
        let left = at.checked_sub(1).and_then(|left| self.tokens.get(left));
        let (Some(left), Some(right)) = (left, self.tokens.get(at)) else {
            return false;
        };
        let gap = self.normal.bytes().get(left.end..right.start);
        gap.is_some_and(|gap| {
            gap.len() <= 3
                && gap
                    .iter()
                    .all(|byte| matches!(byte, b' ' | b'-' | b'.' | b',' | b'_'))
        })
    }

    pub(super) fn digit_like(&self, at: usize) -> bool {
        matches!(
            self.word(at),
            Word::Digits
                | Word::Blurred
                | Word::Typed(_)
                | Word::Digit(_)
                | Word::Teen(_)
                | Word::Tens(_)
                | Word::Repeat(_)
        )
    }

    pub(super) fn letter_like(&self, at: usize) -> bool {
        matches!(self.word(at), Word::Letter(_) | Word::Nato(_))
    }

    /// Reads the run of units that starts at `at`, notes its edits, and gives the token after it.
    fn run(&self, at: usize, edits: &mut Vec<Edit>) -> usize {
        if let Some(to) = self.abbreviation(at) {
            return to;
        }
        if let Some(to) = self.pauses(at) {
            edits.push(Edit {
                from: at,
                to,
                units: Vec::new(),
                suffix: "",
            });
            return to;
        }
        if self.pronoun(at) {
            return at + 1;
        }
        if let Some((edit, to)) = self.ordinal(at) {
            edits.push(edit);
            return to;
        }
        let mut units: Vec<Unit> = Vec::new();
        let mut next = at;
        while next < self.tokens.len() && (units.is_empty() || self.close(next)) {
            let Some(unit) = self.unit(next, &units) else {
                match self.after_hesitation(next, &units) {
                    Some(to) => next = to,
                    None => break,
                }
                continue;
            };
            next = unit.to;
            units.push(unit);
            // A typed group stays a group of its own.
            if self.word(next - 1) == Word::Blurred {
                break;
            }
        }
        if units.is_empty() {
            return at + 1;
        }
        keep_what_was_said(trim(&units), edits);
        next
    }

    /// "q q then 41 um 22", "then an a": the token after what is said between two parts of a number, where another part
    /// comes; in a number of digits alone "then" may begin another.
    fn after_hesitation(&self, at: usize, before: &[Unit]) -> Option<usize> {
        const WORDS_MAX: usize = 3;
        let letters = before.iter().any(|unit| unit.letter);
        if !letters && !before.last()?.spoken {
            return None;
        }
        let said = |next: &usize| {
            let word = self.text(*next);
            let goes_on = letters
                && matches!(
                    word,
                    "then" | "and" | "again" | "an" | "dash" | "hyphen" | "next"
                );
            self.close(*next) && (self.word(*next) == Word::Pause || goes_on)
        };
        let mut to = at + (at..at + WORDS_MAX).take_while(said).count();
        // "and then a b for bravo".
        let article = self.text(to) == "a" && self.letter_like(to + 1) && self.close(to);
        to += usize::from(article && self.text(to - 1) == "then");
        let part = self.digit_like(to) || self.letter_like(to) || self.word(to) == Word::Oh;
        let alone_and = to == at + 1 && self.text(at) == "and";
        (to > at && !alone_and && self.close(to) && part).then_some(to)
    }

    /// The token after pauses between two typed groups: "47 um 13".
    fn pauses(&self, at: usize) -> Option<usize> {
        const WORDS_MAX: usize = 3;
        let number = |at: usize| self.digit_like(at) || matches!(self.word(at), Word::Oh);
        let pause = |at: &usize| self.word(*at) == Word::Pause && self.close(*at);
        let to = at + (at..at + WORDS_MAX).take_while(pause).count();
        (to > at && number(at - 1) && number(to) && self.close(to)).then_some(to)
    }

    /// "the new one" and "the last four are", which begin no number.
    fn pronoun(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|left| self.text(left));
        let group = matches!(before, Some("last" | "first" | "final" | "other"));
        if group && self.text(at) == "four" && matches!(self.text(at + 1), "are" | "is" | "s") {
            return true;
        }
        self.text(at) == "one"
            && matches!(
                before,
                Some(
                    "new"
                        | "old"
                        | "blue"
                        | "red"
                        | "other"
                        | "right"
                        | "proper"
                        | "correct"
                        | "wrong"
                        | "next"
                        | "big"
                        | "long"
                        | "short"
                        | "this"
                        | "that"
                )
            )
    }

    /// "d.o.b. 1 jan": the letters are a cue and begin no identifier. Gives the token after them.
    fn abbreviation(&self, at: usize) -> Option<usize> {
        let letters = [self.text(at), self.text(at + 1), self.text(at + 2)];
        let cue = matches!(letters, ["d", "o", "b"] | ["n", "h", "s"] | ["u", "t", "r"]);
        (cue && self.close(at + 1) && self.close(at + 2)).then_some(at + 3)
    }

    /// "ninth" and "twenty first", only beside a month: "first name" is not a date.
    fn ordinal(&self, at: usize) -> Option<(Edit, usize)> {
        let (day, to) = match (self.word(at), self.word(at + 1)) {
            (Word::Ordinal(day), _) => (day, at + 1),
            (Word::Tens(tens), Word::Ordinal(day)) if day < 10 => (tens + day, at + 2),
            _ => return None,
        };
        let dated = self.text(to) == "of"
            || is_month(self.text(to))
            || at > 0 && is_month(self.text(at - 1))
            || at > 1 && self.text(at - 1) == "the" && is_month(self.text(at - 2))
            // "the third of the fourth".
            || at > 1 && self.text(at - 1) == "the" && self.text(at - 2) == "of";
        let edit = || Edit {
            from: at,
            to,
            units: vec![Unit::number(at, to, u32::from(day))],
            suffix: "th",
        };
        dated.then(|| (edit(), to))
    }

    fn rewrite(&self, edits: &[Edit]) -> Normal {
        let mut out = Rewrite::with_capacity(self.normal.text().len());
        let mut done = 0;
        for edit in edits {
            out.copy(self.normal, done..self.tokens[edit.from].start);
            if edit.units.is_empty() {
                done = self.tokens[edit.to].start;
                continue;
            }
            for (nth, unit) in edit.units.iter().enumerate() {
                let range = self.range(unit.from..unit.to);
                let before = nth.checked_sub(1).and_then(|left| edit.units.get(left));
                if before.is_some_and(|before| before.letter || unit.letter) {
                    out.push(JOINT, self.normal.source_of(range.start));
                }
                let exact = range.len() == unit.len;
                let whole = self.normal.source(range.clone());
                for (nth, byte) in unit.text.iter().take(unit.len).enumerate() {
                    let from = if exact {
                        self.normal.source_of(range.start + nth)
                    } else {
                        Source {
                            start: super::normal::offset(whole.start),
                            end: super::normal::offset(whole.end),
                        }
                    };
                    out.push(char::from(*byte), from);
                }
            }
            let end = self.tokens[edit.to - 1].end;
            for c in edit.suffix.chars() {
                out.push(c, self.normal.source_of(end - 1));
            }
            done = end;
        }
        out.copy(self.normal, done..self.normal.text().len());
        out.done()
    }

    fn range(&self, tokens: Range<usize>) -> Range<usize> {
        self.tokens[tokens.start].start..self.tokens[tokens.end - 1].end
    }
}

/// "i" and "a" at the edge of a run are the words, not letters of an identifier.
fn trim(units: &[Unit]) -> &[Unit] {
    let word = |unit: &Unit, letters: &[u8]| {
        unit.letter && !unit.spoken && letters.contains(&unit.text[0])
    };
    let mut units = units;
    while let [first, rest @ ..] = units {
        let article = rest.first().is_some_and(|next| !next.letter);
        if word(first, b"i") || article && word(first, b"a") {
            units = rest;
        } else {
            break;
        }
    }
    while let [rest @ .., last] = units {
        if !word(last, b"i") {
            break;
        }
        units = rest;
    }
    units
}

/// Letters and digits in turn are one identifier; otherwise digits that were said are one number,
/// and letters that were said are one word.
fn keep_what_was_said(units: &[Unit], edits: &mut Vec<Edit>) {
    let letters = units.iter().filter(|unit| unit.letter).count();
    let mut edit = |units: &[Unit]| {
        if let [first, ..] = units
            && let [.., last] = units
        {
            edits.push(Edit {
                from: first.from,
                to: last.to,
                units: units.to_vec(),
                suffix: "",
            });
        }
    };
    if units.len() >= 4 && letters > 0 && letters < units.len() {
        return edit(units);
    }
    for part in units.chunk_by(|left, right| left.letter == right.letter) {
        if part.iter().any(|unit| unit.spoken) {
            edit(part);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::string_slice)]
    use super::*;

    #[test]
    fn spoken_forms_are_read_as_characters() {
        let cases = "
            double oh seven | 007
            zero double seven double zero nine hundred four five six | 07700900456
            oh seven seven o o, nine double oh one to three | 07700900123
            its o seven... sorry 07700 9oo 777 | its 07... sorry 07700 900 777
            j g one zero three seven five nine a | j~g~103759~a
            q q one two three four five six charlie | q~q~123456~c
            a for apple b as in bravo 1 2 3 4 5 6 d | a~b~123456~d
            november echo 12 34 56 charlie | n~e 12 34 56 c
            postcode is s k one one e b | postcode is s~k~11~e~b
            twenty two sycamore drive | 22 sycamore drive
            number one hundred and forty two mill lane | number 142 mill lane
            birthday the ninth of november nineteen seventy one | birthday the 9th of november 1971
            two thousand and nineteen | 2019
            nineteen oh five | 1905
            first name second time | first name second time
            i have 4 1 1 1 2 | i have 4 1 1 1 2
            oh no i lost it | oh no i lost it
            a dead fox on golf road | a dead fox on golf road
            plate c d seven three e f g i think | plate c~d~73~e~f~g i think
            triple four double l | 444 ll
            my card ends l234 0o7 | my card ends 1234 007
            q q then forty one um two two c for cat | q~q~4122~c
            double oh um seven | 007
            47 um 13 yes 90 | 47 13 90
            twelve yes nought seven space two | 12072
            oh oh oh oh, oh oh oh oh | 00000000
            and the last four are one one double one | and the last four are 1111
            q like queen q like queen five seven two eight one one b | q~q~572811~b
            whisky november oh six tango | w~n~06~t
            landys l443 bry | landys l443 bry
            the new one, two three | the new one, 23
            four ones, three noughts | 1111000
            six oh oh oooo 0000 | 600 oooo 0000
            l11 8jq or ol10 1ll | l11 8jq or ol10 1ll
        ";
        for case in cases.lines().filter(|line| line.contains('|')) {
            let (said, read) = case.split_once('|').unwrap();
            let folded = Normal::of(said.trim());
            assert_eq!(folded.text(), read.trim(), "{said}");
        }
    }

    #[test]
    fn a_spoken_span_leads_back_to_its_words() {
        let source = "nino j g one zero three seven five nine a thanks";
        let normal = Normal::of(source);
        let at = normal.text().find("j~g~103759~a").unwrap();
        let span = normal.source(at..at + 12);
        assert_eq!(&source[span], "j g one zero three seven five nine a");
    }
}

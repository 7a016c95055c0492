//! Misspelt words and misheard letters.
//!
//! One slip (a letter missing, doubled, wrong or swapped with its neighbour) is forgiven in words of
//! four to seven letters, two in longer ones, never the first letter: "recyling", "brwon", "cady".
//! Letters that a recogniser wrote as words ("bee", "double you") are read only where letters were
//! asked for.

/// The slips that are forgiven in a word of so many letters.
pub(super) fn slips_max(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// Whether `word` is `name` with at most the slips that a word of its length is forgiven.
pub(super) fn is_nearly(word: &str, name: &str) -> bool {
    let (word, name) = (word.as_bytes(), name.as_bytes());
    if word.first() != name.first() {
        return false;
    }
    if word == name {
        return true;
    }
    let slips = slips_max(name.len().min(word.len() + 1));
    slips > 0
        && word.len().abs_diff(name.len()) <= slips
        && word.len() <= LETTERS_MAX
        && name.len() <= LETTERS_MAX
        && distance(word, name) <= slips
}

/// Longer words are compared letter by letter only.
const LETTERS_MAX: usize = 24;

/// Letters inserted, left out, replaced or swapped with their neighbour (optimal string alignment).
pub(super) fn distance(left: &[u8], right: &[u8]) -> usize {
    // Of a byte each, so that a row is in a register or two.
    let mut before = [0_u8; LETTERS_MAX + 1];
    let mut last = [0_u8; LETTERS_MAX + 1];
    for (at, count) in last.iter_mut().zip(0..) {
        *at = count;
    }
    let width = right.len().min(LETTERS_MAX);
    for (row, (a, count)) in left.iter().take(LETTERS_MAX).zip(1..).enumerate() {
        let mut now = [count; LETTERS_MAX + 1];
        for (column, b) in right.iter().take(width).enumerate() {
            let replaced = last[column] + u8::from(a != b);
            now[column + 1] = replaced.min(last[column + 1] + 1).min(now[column] + 1);
            let swapped = row > 0
                && column > 0
                && left.get(row - 1) == Some(b)
                && right.get(column - 1) == Some(a);
            if swapped {
                now[column + 1] = now[column + 1].min(before[column - 1] + 1);
            }
        }
        (before, last) = (last, now);
    }
    last[width].into()
}

/// Letters and digits as a recogniser writes them, and what was said.
const HEARD: &[(&str, &str)] = &[
    ("ay", "a"),
    ("hey", "a"),
    ("eh", "a"),
    ("bee", "b"),
    ("be", "b"),
    ("see", "c"),
    ("sea", "c"),
    ("cee", "c"),
    ("dee", "d"),
    ("eff", "f"),
    ("ef", "f"),
    ("gee", "g"),
    ("aitch", "h"),
    ("haitch", "h"),
    ("eye", "i"),
    ("jay", "j"),
    ("kay", "k"),
    ("okay", "k"),
    ("el", "l"),
    ("ell", "l"),
    ("em", "m"),
    ("en", "n"),
    ("pea", "p"),
    ("pee", "p"),
    ("queue", "q"),
    ("cue", "q"),
    ("kew", "q"),
    ("are", "r"),
    ("ar", "r"),
    ("ess", "s"),
    ("es", "s"),
    ("tea", "t"),
    ("tee", "t"),
    ("you", "u"),
    ("yew", "u"),
    ("vee", "v"),
    ("ex", "x"),
    ("why", "y"),
    ("wye", "y"),
    ("zed", "z"),
    ("zee", "z"),
    ("won", "one"),
    ("to", "two"),
    ("too", "two"),
    ("for", "four"),
    ("fore", "four"),
    ("ate", "eight"),
    ("tree", "three"),
    ("niner", "nine"),
    ("eco", "echo"),
    ("alfa", "alpha"),
    ("juliette", "juliet"),
    ("oscars", "oscar"),
    ("x-ray", "x"),
];

/// The letters that stand in `text` as words, as letters: "see double you one" is "c w one".
pub(super) fn letters_heard(text: &str) -> String {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let mut heard = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let next = words
            .get(at + 1)
            .map_or("", |next| next.trim_matches(|c: char| !c.is_alphanumeric()));
        let before = at
            .checked_sub(1)
            .and_then(|left| words.get(left))
            .copied()
            .unwrap_or("");
        at += 1;
        if !heard.is_empty() {
            heard.push(' ');
        }
        if bare == "double" && matches!(next, "you" | "u") {
            heard.push('w');
            at += 1;
        } else if bare == "x" && next == "ray" {
            heard.push('x');
            at += 1;
        } else if bare == "for" && is_letter(before) && next.len() > 1 && next.starts_with(before) {
            // "m for mother"
            heard.push_str(word);
        } else if let Some((_, said)) = HEARD.iter().find(|(said, _)| *said == bare) {
            heard.push_str(said);
        } else {
            heard.push_str(word);
        }
    }
    heard
}

fn is_letter(word: &str) -> bool {
    word.len() == 1 && word.starts_with(|c: char| c.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_forgiven_by_length() {
        for (word, name, expected) in [
            ("recyling", "recycling", true),
            ("brwon", "brown", true),
            ("cady", "caddy", true),
            ("back", "black", true),
            ("lack", "black", false),
            ("fod", "food", true),
            ("bun", "bin", false),
            ("someday", "sunday", false),
            ("thrusday", "thursday", true),
            ("", "", true),
        ] {
            assert_eq!(is_nearly(word, name), expected, "{word} for {name}");
        }
    }

    #[test]
    fn letters_that_were_heard_as_words() {
        for (text, expected) in [
            ("see double you one two bee jay", "c w one two b j"),
            ("m for mother won", "m for mother one"),
            ("s for sugar", "s for sugar"),
            ("four for two", "four four two"),
        ] {
            assert_eq!(letters_heard(text), expected, "{text}");
        }
    }
}

//! A text as it is spoken: numbers and references in groups, nothing that only an eye can follow.
//!
//! [`spoken`] derives it from any text, and [`heard_chars`] finds how much of a text was heard when its
//! speaking was interrupted. What authors write for the ear is held to it in `eye`. It does not speak:
//! that is the telephony platform's.

mod eye;

pub use eye::faults;
pub(super) use eye::{check, check_either};

use super::Locale;

/// Numbers that everybody knows figure by figure.
const SHORT_NUMBERS: &[&str] = &["999", "112", "101", "105", "111", "119", "159"];
/// From so many digits on, a number is no quantity and is read in groups.
const GROUPED_DIGITS_MIN: usize = 5;
/// Digits of a telephone number; what follows so many is another.
const NUMBER_DIGITS: usize = 11;
/// Fewest characters of a reference: "MOT2" is a word, "CV-7K4M" is none.
const REFERENCE_CHARS_MIN: usize = 2;

/// `text` for the ear: what is spelt is spelt, long numbers are grouped, signs are words or gone.
#[must_use]
pub fn spoken(text: &str, locale: Locale) -> String {
    let mut said = String::with_capacity(text.len() + text.len() / 4);
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    for line in lines {
        if !said.is_empty() {
            if !said.ends_with(['.', '?', '!', ':', ',']) {
                said.push('.');
            }
            said.push(' ');
        }
        line_spoken(line, locale, &mut said);
    }
    said
}

fn line_spoken(line: &str, locale: Locale, said: &mut String) {
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut at = 0;
    let mut first = true;
    while let Some(word) = words.get(at) {
        let (text, taken) = match number(words.get(at..).unwrap_or_default()) {
            Some((number, taken)) => (number, taken),
            None => (word_spoken(word, locale), 1),
        };
        at += taken;
        // A mark that lost its word belongs to the one before it.
        let is_mark = !text.is_empty() && text.chars().all(|c| c.is_ascii_punctuation());
        if text.is_empty() {
            continue;
        }
        if is_mark {
            if !said.ends_with(['.', ',', '?', '!', ':']) {
                said.push_str(&text);
            }
            continue;
        }
        if !first {
            // A bracket is a pause.
            if word.starts_with('(') && said.ends_with(char::is_alphanumeric) {
                said.push(',');
            }
            said.push(' ');
        }
        first = false;
        said.push_str(&text);
    }
    if said.ends_with(',') {
        said.pop();
    }
}

/// A telephone number at the beginning of `words`, figure by figure in its written groups, and how
/// many words it took.
fn number(words: &[&str]) -> Option<(String, usize)> {
    if !words
        .first()?
        .trim_start_matches('(')
        .starts_with(['0', '+'])
    {
        return None;
    }
    let bare = |word: &str| -> Option<String> {
        let inner = word.trim_matches(|c: char| c.is_ascii_punctuation() && c != '+');
        let is_number = !inner.is_empty()
            && inner
                .chars()
                .enumerate()
                .all(|(place, c)| c.is_ascii_digit() || (place == 0 && c == '+'));
        is_number.then(|| inner.trim_start_matches('+').to_owned())
    };
    let mut groups = Vec::new();
    let mut tail = "";
    for word in words {
        let so_far: usize = groups.iter().map(String::len).sum();
        let Some(digits) = bare(word).filter(|_| so_far < NUMBER_DIGITS) else {
            break;
        };
        groups.push(digits);
        let end = word
            .trim_end_matches(|c: char| c.is_ascii_punctuation())
            .len();
        tail = word.get(end..).unwrap_or_default().trim_matches(')');
        if !tail.is_empty() {
            break;
        }
    }
    let digits: usize = groups.iter().map(String::len).sum();
    if digits < GROUPED_DIGITS_MIN || (groups.len() > 1 && digits < 9) {
        return None;
    }
    let taken = groups.len();
    let groups: Vec<String> = groups.iter().map(|group| grouped(group)).collect();
    Some((format!("{}{tail}", groups.join(", ")), taken))
}

/// Digits one by one, in groups of at most five that leave none alone.
fn grouped(digits: &str) -> String {
    let all: Vec<char> = digits.chars().collect();
    let size = match all.len() {
        0..=5 => 5,
        11 => 5,
        length if length % 3 == 1 => 4,
        _ => 3,
    };
    let (first, rest) = all.split_at(size.min(all.len()));
    let rest_size = if all.len() == 11 { 3 } else { size };
    std::iter::once(first)
        .chain(rest.chunks(rest_size))
        .map(apart)
        .collect::<Vec<_>>()
        .join(", ")
}

/// Characters with spaces between them.
fn apart(chars: &[char]) -> String {
    let each: Vec<String> = chars.iter().map(char::to_string).collect();
    each.join(" ")
}

/// One word; empty where nothing of it can be spoken.
fn word_spoken(word: &str, locale: Locale) -> String {
    let (and, or) = match locale {
        Locale::En => ("and", "or"),
        Locale::Cy => ("a", "neu"),
    };
    match word {
        "&" => return and.to_owned(),
        "-" | "–" | "—" | "/" | "|" | "*" => return ",".to_owned(),
        "e.g." => return "for example".to_owned(),
        _ => {}
    }
    if word.contains("://") || word.starts_with("www.") {
        let end = word.trim_end_matches(['.', ',', '?', '!']).len();
        return word.get(end..).unwrap_or_default().to_owned();
    }
    if let Some((local, domain)) = word.split_once('@') {
        return format!("{local} at {}", domain.replace('.', " dot "))
            .trim_end_matches(" dot ")
            .to_owned();
    }
    let is_inner = |c: char| c.is_alphanumeric();
    let start = word.find(is_inner).unwrap_or(0);
    let end = word.rfind(is_inner).map_or(0, |at| {
        at + word
            .get(at..)
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8)
    });
    let core = word.get(start..end).unwrap_or_default();
    let before = word.get(..start).unwrap_or(word);
    let after = word.get(end..).unwrap_or_default();
    let mut said = String::new();
    said.push_str(&marks(before));
    if let Some(spelt) = spelt(core) {
        said.push_str(&spelt);
    } else if core.contains('/') && core.chars().all(|c| c.is_alphabetic() || c == '/') {
        said.push_str(&core.replace('/', &format!(" {or} ")));
    } else {
        let plain =
            |c: char| !matches!(c, '(' | ')' | '*' | '_' | '`' | '<' | '>' | '{' | '}' | '|');
        said.extend(core.chars().filter(|c| plain(*c)));
    }
    said.push_str(&marks(after));
    said
}

/// Of the signs around a word, those that a voice follows: a bracket is a pause.
fn marks(signs: &str) -> String {
    let mut kept = String::new();
    for sign in signs.chars() {
        match sign {
            '£' | '$' | '€' | '%' | '\'' | '’' | '"' | '.' | '?' | '!' | ':' | ',' | '-' | '+' =>
            {
                kept.push(sign);
            }
            ')' | ';' | '–' | '—' => kept.push(','),
            _ => {}
        }
    }
    for (doubled, single) in [(",.", "."), (",,", ","), (",?", "?"), (",:", ":")] {
        kept = kept.replace(doubled, single);
    }
    kept
}

/// A reference, a registration, a postcode part or a long number, character by character in groups.
fn spelt(core: &str) -> Option<String> {
    if SHORT_NUMBERS.contains(&core) {
        return Some(apart(&core.chars().collect::<Vec<_>>()));
    }
    let digits = core.chars().filter(char::is_ascii_digit).count();
    let capitals = core.chars().filter(char::is_ascii_uppercase).count();
    let shaped = core
        .chars()
        .all(|c| c.is_ascii_digit() || c.is_ascii_uppercase() || matches!(c, '-' | '/'));
    if !shaped || digits == 0 || core.len() < REFERENCE_CHARS_MIN {
        return None;
    }
    if capitals == 0 {
        return (digits == core.len() && digits >= GROUPED_DIGITS_MIN).then(|| grouped(core));
    }
    let groups: Vec<String> = core
        .split(['-', '/'])
        .filter(|group| !group.is_empty())
        .map(|group| apart(&group.chars().collect::<Vec<_>>()))
        .collect();
    Some(groups.join(", "))
}

/// The letters and figures of `reference` by the telephone alphabet: "C for Charlie, V for Victor; 7".
#[must_use]
pub fn phonetic(reference: &str, locale: Locale) -> String {
    let by = match locale {
        Locale::En => "for",
        Locale::Cy => "am",
    };
    let groups: Vec<String> = reference
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|group| !group.is_empty())
        .map(|group| {
            let each: Vec<String> = group
                .chars()
                .map(|c| match letter(c) {
                    Some(word) => format!("{} {by} {word}", c.to_ascii_uppercase()),
                    None => c.to_string(),
                })
                .collect();
            each.join(", ")
        })
        .collect();
    groups.join(". ")
}

/// The word for a letter in the alphabet of the International Telecommunication Union.
fn letter(c: char) -> Option<&'static str> {
    const WORDS: [&str; 26] = [
        "Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India",
        "Juliet", "Kilo", "Lima", "Mike", "November", "Oscar", "Papa", "Quebec", "Romeo", "Sierra",
        "Tango", "Uniform", "Victor", "Whiskey", "X-ray", "Yankee", "Zulu",
    ];
    let place = u32::from(c.to_ascii_uppercase()).checked_sub(u32::from('A'))?;
    WORDS.get(usize::try_from(place).ok()?).copied()
}

/// How many characters of `text` were heard when a platform says that `until` of its spoken form was: as
/// far as both are the same, or everything where they are not from the beginning.
///
/// Spelling puts in spaces and takes out signs, so letters and figures are what both have in common.
#[must_use]
pub fn heard_chars(text: &str, until: &str) -> u32 {
    let common = |text: &str| -> Vec<char> {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let (whole, part) = (common(text), common(until));
    let all = || u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    if part.is_empty() {
        return 0;
    }
    let found = whole.windows(part.len()).position(|window| window == part);
    // Aloud, a value that the record covers was spoken: up to there both are the same.
    let alike = || {
        whole
            .iter()
            .zip(&part)
            .take_while(|(one, other)| one == other)
            .count()
    };
    let heard = match found {
        Some(start) => start + part.len(),
        None => alike(),
    };
    if heard == 0 {
        return all();
    }
    let mut seen = 0;
    for (place, c) in text.chars().enumerate() {
        seen += if c.is_alphanumeric() {
            c.to_lowercase().count()
        } else {
            0
        };
        if seen >= heard {
            return u32::try_from(place + 1).unwrap_or(u32::MAX);
        }
    }
    all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_spoken_so_that_it_can_be_written_down() {
        let cases = [
            (
                "Your reference is CV-7K4M-29QX.",
                "Your reference is C V, 7 K 4 M, 2 9 Q X.",
            ),
            (
                "Ring 03069 990 011 now.",
                "Ring 0 3 0 6 9, 9 9 0, 0 1 1 now.",
            ),
            ("Ring 03069990011.", "Ring 0 3 0 6 9, 9 9 0, 0 1 1."),
            (
                "If it is an emergency, ring 999.",
                "If it is an emergency, ring 9 9 9.",
            ),
            (
                "It costs £59, or £1,250.50 a year",
                "It costs £59, or £1,250.50 a year",
            ),
            ("Open 8:30am to 5pm in 2026", "Open 8:30am to 5pm in 2026"),
            ("Black bin (general rubbish)", "Black bin, general rubbish"),
            ("Bins (all) go.", "Bins, all, go."),
            ("03069 990 011 24 hours", "0 3 0 6 9, 9 9 0, 0 1 1 24 hours"),
            (
                "bins & caddies, and/or sacks",
                "bins and caddies, and or or sacks",
            ),
            ("First line\nSecond line", "First line. Second line"),
            ("See https://www.cheshvale.example/bins.", "See."),
            ("Write to jo@example.org", "Write to jo at example dot org"),
            ("AB12 CDE at CW1 2BJ", "A B 1 2 CDE at C W 1 2 B J"),
            ("account 12345678", "account 1 2 3, 4 5 6, 7 8"),
            ("14 Acacia Avenue", "14 Acacia Avenue"),
            ("0 3 0 6 9, 9 9 0, 0 4 0", "0 3 0 6 9, 9 9 0, 0 4 0"),
        ];
        for (text, expected) in cases {
            let said = spoken(text, Locale::En);
            assert_eq!(said, expected, "{text}");
            assert_eq!(spoken(&said, Locale::En), said, "{text}: spoken twice");
        }
    }

    #[test]
    fn letters_go_by_the_telephone_alphabet() {
        let said = phonetic("CV-7K4M", Locale::En);
        assert_eq!(
            said,
            "C for Charlie, V for Victor. 7, K for Kilo, 4, M for Mike"
        );
        assert_eq!(phonetic("ŵ!", Locale::Cy), "");
    }

    #[test]
    fn what_was_heard_is_found_in_what_is_recorded() {
        let text = "Thank you. Your reference is CV-7K4M-29QX. Anything else?";
        for (until, heard) in [
            ("Thank you.", "Thank you"),
            (
                "Thank you. Your reference is C V, 7 K",
                "Thank you. Your reference is CV-7K",
            ),
            ("Your reference", "Thank you. Your reference"),
            ("", ""),
            (
                "Thank you. Your reference is hidden",
                "Thank you. Your reference is",
            ),
            ("of another turn", text),
        ] {
            let chars = usize::try_from(heard_chars(text, until)).unwrap();
            assert_eq!(
                text.chars().take(chars).collect::<String>(),
                heard,
                "{until}"
            );
        }
    }

    #[test]
    fn what_is_for_the_eye_is_found() {
        assert_eq!(faults("Click the link, see below").len(), 3);
        assert_eq!(faults("Your reference is 12345678").len(), 1);
        assert!(
            faults(&spoken(
                "Ring 03069 990 011 (free) on\n**Monday**",
                Locale::En
            ))
            .is_empty()
        );
    }
}

//! Values that have a shape: postcodes, telephone numbers, e-mail addresses, registrations, references.
//!
//! Found in an answer to a question that asked for them, and given in their normal form. Finding
//! them where nobody asked is `pii`'s.

use super::words::{digits, words};

/// The longest e-mail address or reference in characters.
const SHORT_CHARS_MAX: usize = 100;

/// A full postcode, as it is written: `SW1A 1AA`.
pub(super) fn postcode(answer: &str) -> Option<String> {
    let words = words(answer);
    (0..words.len()).find_map(|start| {
        (1..=3).find_map(|count| {
            let joined = words.get(start..start + count)?.concat().to_uppercase();
            let chars: Vec<char> = joined.chars().collect();
            let (outward, inward) = chars.split_at_checked(chars.len().checked_sub(3)?)?;
            (is_outward(outward) && is_inward(inward)).then(|| {
                let outward: String = outward.iter().collect();
                let inward: String = inward.iter().collect();
                format!("{outward} {inward}")
            })
        })
    })
}

fn is_outward(chars: &[char]) -> bool {
    let letters = chars.iter().take_while(|c| c.is_ascii_uppercase()).count();
    let rest = chars.get(letters..).unwrap_or_default();
    (1..=2).contains(&letters)
        && (1..=2).contains(&rest.len())
        && rest.first().is_some_and(char::is_ascii_digit)
        && rest.iter().all(char::is_ascii_alphanumeric)
}

/// A digit and two letters without those that look like others (C I K M O V).
fn is_inward(chars: &[char]) -> bool {
    matches!(chars, [digit, letters @ ..]
        if digit.is_ascii_digit()
            && letters.iter().all(|c| c.is_ascii_uppercase() && !"CIKMOV".contains(*c)))
}

/// A UK number as digits from its leading nought.
pub(super) fn phone(answer: &str) -> Option<String> {
    let digits = digits(answer);
    let national = match digits.strip_prefix("44") {
        Some(rest) => format!("0{}", rest.trim_start_matches('0')),
        None => digits,
    };
    (national.starts_with('0') && (10..=11).contains(&national.len())).then_some(national)
}

/// An address with one `@` and a dot after it; "at" and "dot" where it was spoken.
pub(super) fn email(answer: &str) -> Option<String> {
    let spoken = format!(" {} ", answer.to_lowercase());
    let joined = spoken.replace(" at ", "@").replace(" dot ", ".");
    joined
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .find(|word| {
            word.chars().count() <= SHORT_CHARS_MAX
                && word.split_once('@').is_some_and(|(local, domain)| {
                    !local.is_empty()
                        && !domain.contains('@')
                        && domain
                            .split_once('.')
                            .is_some_and(|(name, end)| !name.is_empty() && end.len() >= 2)
                })
        })
        .map(str::to_owned)
}

/// Letters and digits of a registration, at most seven, in capitals.
pub(super) fn vehicle(answer: &str) -> Option<String> {
    let words = words(answer);
    let is_mark = |mark: &str| {
        (2..=7).contains(&mark.len())
            && mark.chars().all(|c| c.is_ascii_alphanumeric())
            && mark.chars().any(|c| c.is_ascii_digit())
            && mark.chars().any(|c| c.is_ascii_alphabetic())
    };
    let whole = words.concat().to_uppercase();
    if is_mark(&whole) {
        return Some(whole);
    }
    // Within a sentence: two words that make a mark together, best where the first has the number
    // ("red van QQ12 ABC"), or one that is a mark alone.
    let pair = |is_first: fn(&str) -> bool| {
        words
            .windows(2)
            .filter(|pair| pair.first().is_some_and(|first| is_first(first)))
            .map(|pair| pair.concat().to_uppercase())
            .find(|joined| joined.len() >= 5 && is_mark(joined))
    };
    let numbered = pair(|first| first.contains(|c: char| c.is_ascii_digit()));
    numbered.or_else(|| pair(|_| true)).or_else(|| {
        words
            .iter()
            .map(|word| word.to_uppercase())
            .find(|word| word.len() >= 3 && is_mark(word))
    })
}

/// The words of an answer that hold a digit, in capitals: at least three characters together.
pub(super) fn reference(answer: &str) -> Option<String> {
    let kept: Vec<String> = answer
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| word.chars().any(|c| c.is_ascii_digit()))
        .map(str::to_uppercase)
        .collect();
    let joined = kept.join(" ");
    let value = if joined.is_empty() {
        digits(answer)
    } else {
        joined
    };
    (3..=SHORT_CHARS_MAX)
        .contains(&value.chars().count())
        .then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Answers, with the value or `-` where there is none.
    fn check(find: fn(&str) -> Option<String>, cases: &[(&str, &str)]) {
        for (answer, expected) in cases {
            assert_eq!(
                find(answer).as_deref().unwrap_or("-"),
                *expected,
                "{answer}"
            );
        }
    }

    #[test]
    fn shapes_are_found_and_normalised() {
        check(
            postcode,
            &[
                ("sw1a1aa", "SW1A 1AA"),
                ("it's m1 1ae thanks", "M1 1AE"),
                ("at 5pm", "-"),
                ("M1", "-"),
            ],
        );
        check(
            phone,
            &[
                ("07700 900123", "07700900123"),
                ("+44 7700 900 123", "07700900123"),
                (
                    "oh double seven double oh nine double oh one two three",
                    "07700900123",
                ),
                ("01632 960 12", "0163296012"),
                ("12345", "-"),
                ("no phone", "-"),
            ],
        );
        check(
            email,
            &[
                ("jan@example.org", "jan@example.org"),
                ("it's jan at example dot org", "jan@example.org"),
                ("jan@example", "-"),
                ("@example.org", "-"),
            ],
        );
        check(
            vehicle,
            &[
                ("qq12 abc", "QQ12ABC"),
                ("it's a red van QQ12 ABC", "QQ12ABC"),
                ("red van", "-"),
            ],
        );
        check(
            reference,
            &[
                ("ref is cv-7k4m", "CV-7K4M"),
                ("12345678", "12345678"),
                ("one two three four", "1234"),
                ("dunno", "-"),
            ],
        );
    }
}

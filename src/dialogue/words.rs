//! Words of a short answer: splitting, numbers, spelt digits, picking one of several by its words.
//!
//! English and Welsh. For answers to questions that the assistant has asked; what a whole message
//! means is `nlu`'s.

/// The most words of an answer that are looked at.
const WORDS_MAX: usize = 200;

/// The words of `text` in lower case, apostrophes dropped, everything else that is no letter or
/// digit a break.
pub(super) fn words(text: &str) -> Vec<String> {
    let lower: String = text
        .chars()
        .filter(|c| !matches!(c, '\'' | '’'))
        .flat_map(char::to_lowercase)
        .collect();
    lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(WORDS_MAX)
        .map(str::to_owned)
        .collect()
}

/// Small numbers by their words, with the ordinals: value, then how it is said.
const SMALL: &[(i64, &[&str])] = &[
    (0, &["zero", "none", "nought", "dim"]),
    (1, &["one", "first", "un", "cyntaf"]),
    (2, &["two", "second", "dau", "dwy", "ail"]),
    (3, &["three", "third", "tri", "tair", "trydydd"]),
    (4, &["four", "fourth", "pedwar", "pedair"]),
    (5, &["five", "fifth", "pump"]),
    (6, &["six", "sixth", "chwech"]),
    (7, &["seven", "seventh", "saith"]),
    (8, &["eight", "eighth", "wyth"]),
    (9, &["nine", "ninth", "naw"]),
    (10, &["ten", "tenth", "deg"]),
    (11, &["eleven", "eleventh"]),
    (12, &["twelve", "twelfth"]),
    (13, &["thirteen"]),
    (14, &["fourteen"]),
    (15, &["fifteen"]),
    (16, &["sixteen"]),
    (17, &["seventeen"]),
    (18, &["eighteen"]),
    (19, &["nineteen"]),
];
const TENS: &[(i64, &str)] = &[
    (20, "twenty"),
    (30, "thirty"),
    (40, "forty"),
    (50, "fifty"),
    (60, "sixty"),
    (70, "seventy"),
    (80, "eighty"),
    (90, "ninety"),
];

fn small(word: &str) -> Option<i64> {
    let (value, _) = SMALL.iter().find(|(_, said)| said.contains(&word))?;
    Some(*value)
}

/// The one whole number in `text`, in figures or words up to ninety-nine; none where there are two.
pub(super) fn number(text: &str) -> Option<i64> {
    let words = words(text);
    let mut found = Vec::new();
    let mut rest = words.iter().peekable();
    while let Some(word) = rest.next() {
        if let Some((tens, _)) = TENS.iter().find(|(_, said)| said == word) {
            let units = rest
                .next_if(|next| small(next).is_some_and(|units| (1..10).contains(&units)))
                .and_then(|next| small(next));
            found.push(tens + units.unwrap_or(0));
        } else if let Some(value) = small(word).or_else(|| word.parse().ok()) {
            found.push(value);
        }
    }
    // "the second one": an ordinal and a filler.
    if let [value, 1] = found.as_slice()
        && words.last().is_some_and(|word| word == "one")
        && words.len() > 1
    {
        return Some(*value);
    }
    match found.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

/// Every digit of `text`, written or spoken ("oh double seven"), in order.
pub(super) fn digits(text: &str) -> String {
    let mut found = String::new();
    let mut times = 1;
    for word in words(text) {
        match word.as_str() {
            "double" => times = 2,
            "triple" | "treble" => times = 3,
            "oh" | "o" => found.push_str(&"0".repeat(std::mem::replace(&mut times, 1))),
            other => {
                let figures: String = other.chars().filter(char::is_ascii_digit).collect();
                let said = match small(other) {
                    Some(value) if value < 10 => value.to_string(),
                    Some(_) | None => figures,
                };
                found.push_str(&said.repeat(std::mem::replace(&mut times, 1)));
            }
        }
    }
    found
}

/// Rules out what stands behind it.
const NOT: &str = "not";

/// Words that say nothing about which one is meant.
const FILLERS: &[&str] = &[
    "the", "a", "an", "one", "please", "option", "number", "its", "it", "is", "i", "want", "my",
    "to", "for", "y", "yr", "un", "os", "gwelwch", "yn", "dda", "that", "this",
];

/// The place of the one of `choices` (each with the ways in which it is said) that `answer` means:
/// by its words, by its number or place, or none where several or none fit.
pub(super) fn pick(choices: &[Vec<&str>], answer: &str) -> Option<usize> {
    let denies = |text: &str| words(text).iter().any(|word| word == NOT);
    let is_choice = choices.iter().flatten().any(|way| denies(way));
    if denies(answer) && !is_choice {
        return pick(choices, &affirmed(answer));
    }
    let said = words(answer);
    let ways: Vec<Vec<Vec<String>>> = choices
        .iter()
        .map(|ways| ways.iter().map(|way| words(way)).collect())
        .collect();
    let whole = only(&ways, |way| *way == said);
    // The longest way that stands in the answer wins: "garden bin" before "bin".
    let longest = || {
        let length = |ways: &Vec<Vec<String>>| {
            ways.iter()
                .filter(|way| !way.is_empty() && said.windows(way.len()).any(|part| part == *way))
                .map(Vec::len)
                .max()
                .unwrap_or(0)
        };
        let best = ways.iter().map(length).max().filter(|best| *best > 0)?;
        let mut fitting = (0..ways.len()).filter(|i| ways.get(*i).map(length) == Some(best));
        let first = fitting.next();
        if fitting.next().is_some() {
            None
        } else {
            first
        }
    };
    let telling: Vec<&String> = said
        .iter()
        .filter(|word| !FILLERS.contains(&word.as_str()))
        .collect();
    let within = || {
        if telling.is_empty() {
            return None;
        }
        only(&ways, |way| telling.iter().all(|word| way.contains(word)))
    };
    let by_place = || {
        if telling.iter().any(|word| number(word).is_none()) {
            return None;
        }
        let place = usize::try_from(number(answer)?).ok()?.checked_sub(1)?;
        (place < choices.len()).then_some(place)
    };
    whole.or_else(longest).or_else(within).or_else(by_place)
}

/// What `answer` says without what it rules out: "the brown one" of "not the black one, the brown
/// one", and of "the brown one not the black". Empty where all of it is ruled out.
fn affirmed(answer: &str) -> String {
    let mut said = Vec::new();
    for clause in answer.split([',', ';', '.', '!', '-']) {
        for part in words(clause).split(|word| word == "but" || word == "its") {
            said.extend(part.iter().take_while(|word| *word != NOT).cloned());
        }
    }
    said.join(" ")
}

/// The only one of which some way fits.
fn only(ways: &[Vec<Vec<String>>], fits: impl Fn(&Vec<String>) -> bool) -> Option<usize> {
    let mut fitting = ways
        .iter()
        .enumerate()
        .filter(|(_, ways)| ways.iter().any(|way| !way.is_empty() && fits(way)));
    let (first, _) = fitting.next()?;
    fitting.next().is_none().then_some(first)
}

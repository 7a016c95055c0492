//! What only an eye can follow, in a text that is heard: found for authors, and in what is about to be
//! spoken. It changes no text.

use super::GROUPED_DIGITS_MIN;
use crate::content::fields::Fields;
use crate::content::page::{Page, Text};

/// What a sentence for the eye says, with what can be said instead.
const FOR_THE_EYE: &[(&str, &str)] = &[
    ("click", "say what to do by voice or key"),
    ("scroll", "say what to do by voice or key"),
    ("a link", "say where it is, or offer a person"),
    ("the link", "say where it is, or offer a person"),
    ("links", "say where it is, or offer a person"),
    ("see below", "say it, or leave it out"),
    ("see above", "say it, or leave it out"),
    ("on screen", "say it, or leave it out"),
    ("on the screen", "say it, or leave it out"),
    ("this chat", "say \"this call\""),
    ("in a chat", "say \"on the phone\""),
    ("can type", "say \"can say\", or \"can key in\" for digits"),
    ("never type", "say \"never say\""),
    ("type or say", "say \"say\""),
    ("cliciwch", "say what to do by voice or key"),
    ("y ddolen", "say where it is, or offer a person"),
    ("gweler isod", "say it, or leave it out"),
    ("ar y sgrin", "say it, or leave it out"),
    ("deipio neu", "say \"ddweud\""),
];

/// Holds a text that is heard to what an ear can follow.
pub(in crate::content) fn check(page: &Page<'_>, text: &Text<'_>) {
    for (words, mend) in for_the_eye(text.value) {
        page.warning(
            text.span.start,
            format!("\"{words}\" in a text that is heard on the phone"),
            format!("{mend}; or write another text under `spoken`"),
        );
    }
}

/// The same for what stands under `key`, or else under `other`, in every language.
pub(in crate::content) fn check_either(fields: &Fields<'_>, key: &str, other: &str) {
    for language in ["", "_cy"] {
        let heard = fields.text(&format!("{key}{language}"));
        let heard = heard.or_else(|| fields.text(&format!("{other}{language}")));
        if let Some(text) = heard {
            check(fields.page, &text);
        }
    }
}

/// What a text says that only an eye can follow, with what can be said instead.
fn for_the_eye(text: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let text = format!(" {} ", words.join(" "));
    let found = FOR_THE_EYE.iter().copied();
    found.filter(move |(words, _)| text.contains(&format!(" {words} ")))
}

/// What is wrong with a text that is about to be spoken; empty for whatever
/// [`spoken`](super::spoken) gives.
#[must_use]
pub fn faults(text: &str) -> Vec<String> {
    let mut faults: Vec<String> = for_the_eye(text)
        .map(|(words, _)| format!("\"{words}\" is for the eye"))
        .collect();
    for sign in [
        "http", "www.", "**", "__", "`", "<", ">", "{", "}", "|", "(", ")", "*", "_", "\n",
    ] {
        if text.contains(sign) {
            faults.push(format!("{sign:?} cannot be spoken"));
        }
    }
    for word in text.split_whitespace() {
        let digits = word.chars().filter(char::is_ascii_digit).count();
        let is_sum = word.starts_with('£') || word.contains(',');
        if digits >= GROUPED_DIGITS_MIN && !is_sum {
            faults.push(format!("a number of {digits} digits is not in groups"));
        }
    }
    faults
}

//! What the examples of different intents have in common: the same words twice teach nothing.
//!
//! It compares words. Whether a classifier confuses two intents is for `nlu` to measure.

use super::page::{Page, Text};
use crate::nlu::IntentName;
use std::collections::{BTreeMap, BTreeSet};

/// Share of words in common from which two examples are near-duplicates.
const NEAR: f64 = 0.8;

/// Words that do not tell one need from another.
const EMPTY_WORDS: &[&str] = &[
    "a", "an", "and", "am", "are", "can", "could", "do", "for", "hello", "hi", "i", "id", "im",
    "is", "it", "its", "ive", "just", "like", "me", "my", "need", "of", "our", "please", "the",
    "there", "to", "want", "we", "would", "you",
];

/// An example with its intent and its place.
pub(super) struct Sample<'p> {
    /// Whose it is.
    pub(super) intent: &'p IntentName,
    /// The file it is in.
    pub(super) page: &'p Page<'p>,
    /// Its words.
    pub(super) text: Text<'p>,
}

/// Notes examples that are written twice, and those of different intents that are nearly the same.
pub(super) fn compare(samples: &[Sample<'_>]) {
    let mut first: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    let mut distinct = Vec::new();
    for (index, sample) in samples.iter().enumerate() {
        let words = words(sample.text.value);
        match first.get(&words) {
            Some(earlier) => duplicate(sample, samples[*earlier].intent),
            None => {
                let content = words.iter().filter(|word| !EMPTY_WORDS.contains(&&***word));
                distinct.push((index, content.cloned().collect::<BTreeSet<_>>()));
                first.insert(words, index);
            }
        }
    }
    // Only examples that share a word are compared, by an index from words to examples.
    let mut holders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut shared = vec![0_usize; distinct.len()];
    for (place, (index, content)) in distinct.iter().enumerate() {
        let mut others = Vec::new();
        for word in content {
            let earlier = holders.entry(word).or_default();
            for other in earlier.iter() {
                if shared[*other] == 0 {
                    others.push(*other);
                }
                shared[*other] += 1;
            }
            earlier.push(place);
        }
        others.sort_unstable();
        let twin = others.iter().find(|other| {
            let (other_index, other_content) = &distinct[**other];
            let common = shared[**other];
            let all = content.len() + other_content.len() - common;
            common as f64 >= NEAR * all as f64
                && samples[*other_index].intent != samples[*index].intent
        });
        if let Some(other) = twin {
            near(samples, &distinct, place, *other);
        }
        for other in others {
            shared[other] = 0;
        }
    }
}

fn duplicate(sample: &Sample<'_>, owner: &IntentName) {
    let what = if owner == sample.intent {
        format!("`{}` is written twice", sample.text.value)
    } else {
        format!("`{}` is an example of {owner} already", sample.text.value)
    };
    sample.page.error(
        sample.text.span.start,
        what,
        "keep it in one place, with the intent that residents mean by it",
    );
    // Between two intents it is for the author to say whose it is.
    if owner == sample.intent {
        let page = sample.page;
        page.mend(page.element(&sample.text.span), "");
    }
}

/// Notes the nearly same pair at the one that is the stranger among its own.
fn near(
    samples: &[Sample<'_>],
    distinct: &[(usize, BTreeSet<String>)],
    later: usize,
    earlier: usize,
) {
    let of = |place: usize| &samples[distinct[place].0];
    let likeness = |place: usize, intent: &IntentName| {
        let others = distinct.iter().enumerate().filter(|(other, (index, _))| {
            *other != later && *other != earlier && samples[*index].intent == intent
        });
        let shares: Vec<f64> = others
            .map(|(_, (_, words))| share(&distinct[place].1, words))
            .collect();
        shares.iter().sum::<f64>() / (shares.len().max(1)) as f64
    };
    let (own, other) = (of(later).intent, of(earlier).intent);
    let (at_own, at_other) = (likeness(later, own), likeness(later, other));
    let (stranger, twin, nearer) = if at_own > at_other {
        (of(earlier), of(later), own)
    } else {
        (of(later), of(earlier), other)
    };
    stranger.page.warning(
        stranger.text.span.start,
        format!(
            "`{}` is nearly `{}` of {}, and its words are nearer to {nearer}",
            stranger.text.value, twin.text.value, twin.intent
        ),
        format!("reword it so that it differs, or keep it with {nearer} alone"),
    );
}

fn share(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let common = a.intersection(b).count();
    common as f64 / (a.len() + b.len() - common).max(1) as f64
}

/// The words of a text without case, punctuation and the "s" of a plural.
fn words(text: &str) -> Vec<String> {
    let kept = |c: char| c.is_alphanumeric() || c == '\'' || c == '’';
    text.to_lowercase()
        .split(|c| !kept(c))
        .map(|word| word.replace(['\'', '’'], ""))
        .map(|word| match word.strip_suffix('s') {
            Some(stem) if stem.len() > 2 && !stem.ends_with('s') => stem.to_owned(),
            Some(_) | None => word,
        })
        .filter(|word| !word.is_empty())
        .collect()
}

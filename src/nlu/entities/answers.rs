//! Yes and no, plainly and in a roundabout way, in English and Welsh.
//!
//! What a resident says to the assistant itself is `commands`', which authors can add to; this reads
//! the answer to a question that is answered with yes or no.

use super::words::Words;

/// Whole phrases, the longer first where one begins with another.
const NO: &[&str] = &[
    "absolutely not",
    "certainly not",
    "definitely not",
    "not really",
    "not yet",
    "not at all",
    "not for me",
    "not that i know of",
    "not that im aware of",
    "not this time",
    "not now",
    "not likely",
    "no way",
    "no chance",
    "no thanks",
    "no thank you",
    "no it isnt",
    "no it is not",
    "i dont think so",
    "dont think so",
    "i do not think so",
    "i doubt it",
    "i dont",
    "i do not",
    "i havent",
    "i have not",
    "i cant",
    "i wont",
    "it isnt",
    "it is not",
    "its not",
    "it wasnt",
    "they arent",
    "theyre not",
    "there isnt",
    "there arent",
    "im not",
    "i am not",
    "we havent",
    "we dont",
    "thats not right",
    "that is not right",
    "thats wrong",
    "that isnt right",
    "not right",
    "id rather not",
    "i would rather not",
    "rather not",
    "never",
    "neither",
    "negative",
    "wrong",
    "incorrect",
    "nope",
    "nah",
    "naw",
    "no",
    "n",
    "not",
    "nac oes",
    "nac ydw",
    "nac ydy",
    "nac ydi",
    "naddo",
    "nage",
    "na",
    "dim diolch",
    "ddim eto",
    "nac",
    "dim o gwbl",
    "nid",
];
const YES: &[&str] = &[
    "go on then",
    "go on",
    "go ahead",
    "go for it",
    "thats the one",
    "that is the one",
    "thats it",
    "that is it",
    "thats right",
    "that is right",
    "thats correct",
    "that is correct",
    "thats fine",
    "thats me",
    "that will do",
    "thatll do",
    "of course",
    "course",
    "spot on",
    "no problem",
    "not a problem",
    "no worries",
    "why not",
    "please do",
    "do it",
    "yes please",
    "if you could",
    "if you would",
    "if you like",
    "i think so",
    "think so",
    "i believe so",
    "i suppose so",
    "i guess so",
    "suppose so",
    "i do",
    "i am",
    "i have",
    "i did",
    "it is",
    "it does",
    "it was",
    "they are",
    "they do",
    "there is",
    "there are",
    "we do",
    "we are",
    "we have",
    "he is",
    "she is",
    "by all means",
    "sounds good",
    "sounds right",
    "fair enough",
    "fine by me",
    "all good",
    "too right",
    "got it in one",
    "absolutely",
    "definitely",
    "certainly",
    "indeed",
    "exactly",
    "affirmative",
    "correct",
    "right",
    "sure",
    "fine",
    "okay",
    "ok",
    "yep",
    "yup",
    "yeah",
    "yeh",
    "yes",
    "aye",
    "ya",
    "y",
    "wrth gwrs",
    "ydw",
    "ydy",
    "ydi",
    "ydyn",
    "oes",
    "ie",
    "do",
    "iawn",
    "cywir",
    "byddaf",
    "byddwn",
    "popeth yn iawn",
];
/// Words before an answer that are none.
const OPENING: &[&str] = &[
    "oh", "well", "um", "er", "erm", "ah", "actually", "i", "mean", "so", "and", "just", "please",
    "sorry", "hmm", "o",
];

/// Words after an answer that say no more.
const CLOSING: &[&str] = &[
    "please", "thanks", "thank", "you", "mate", "love", "it", "is", "isnt", "does", "do", "thats",
    "right", "fine", "then", "cheers", "diolch", "i", "think", "so", "yes", "no", "not", "they",
    "are",
];

/// Whether the words from the beginning on say yes or no; `whole` asks that little else is said.
pub(super) fn read(w: &Words<'_>, whole: bool) -> Option<bool> {
    let opening = (0..w.len())
        .take_while(|at| w.is(*at, OPENING) && w.get(*at) != "i")
        .count();
    let longest = |list: &[&str], from: usize| {
        let first = w.get(from);
        let fits = |phrase: &&&str| {
            let mut words = phrase.split(' ').enumerate();
            phrase.starts_with(first) && words.all(|(nth, word)| w.get(from + nth) == word)
        };
        let found = list.iter().filter(fits);
        found
            .map(|phrase| phrase.split(' ').count())
            .max()
            .unwrap_or(0)
    };
    let (yes, no) = (longest(YES, opening), longest(NO, opening));
    if yes == no {
        return None;
    }
    let (says, length) = if yes > no { (true, yes) } else { (false, no) };
    let end = opening + length;
    // "yes and no", "no, wait, yes"
    let other = if says {
        longest(NO, end)
    } else {
        longest(YES, end)
    };
    let next = end + usize::from(w.is(end, &["and", "but", "or"]));
    let turned = if says {
        longest(NO, next)
    } else {
        longest(YES, next)
    };
    if next > end && turned > 0 {
        return None;
    }
    // "yes it isnt": what is said at more length counts.
    let says = if other > length { !says } else { says };
    let rest = w.len() - end.min(w.len());
    let closes = (end..w.len()).all(|at| w.is(at, CLOSING));
    // "do you come on fridays" and "not the black one" are no answers.
    let begins_more = matches!(
        (w.get(opening), length),
        ("do" | "not" | "right" | "never" | "nid" | "dim", 1)
    ) && rest > 0;
    (!begins_more && (!whole || closes)).then_some(says)
}

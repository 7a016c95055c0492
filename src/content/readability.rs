//! How hard a text is to read: the Flesch-Kincaid grade (Kincaid and others, 1975).
//!
//! English only. It counts, and does not know whether a text is good.

/// School grade, in years, that a reader needs for `text`; reading age is five more. None for a text
/// that is too short to tell.
pub(super) fn grade(text: &str) -> Option<f64> {
    const WORDS_MIN: u32 = 12;
    let (mut words, mut syllables, mut sentences) = (0_u32, 0_u32, 0_u32);
    let mut open = false;
    for token in text.split_whitespace() {
        let letters: String = token.chars().filter(|c| c.is_alphabetic()).collect();
        // A figure is read in one go: a telephone number does not make a sentence harder.
        if !letters.is_empty() {
            words += 1;
            syllables += syllables_of(&letters.to_lowercase());
            open = true;
        }
        let quotes = ['"', '\'', ')', '”', '’'];
        if open
            && token
                .trim_end_matches(quotes)
                .ends_with(['.', '!', '?', ':', ';'])
        {
            sentences += 1;
            open = false;
        }
    }
    sentences += u32::from(open);
    if words < WORDS_MIN {
        return None;
    }
    let (words, syllables) = (f64::from(words), f64::from(syllables));
    Some(0.39 * words / f64::from(sentences.max(1)) + 11.8 * syllables / words - 15.59)
}

/// Groups of vowels, without a silent "e" or "ed" at the end: within a tenth of a dictionary's count.
fn syllables_of(word: &str) -> u32 {
    let vowel = |c: char| "aeiouyáéíóúâêîôûŵŷ".contains(c);
    let silent = ["es", "ed", "e"].into_iter().find_map(|end| {
        let stem = word.strip_suffix(end)?;
        let spoken = match end {
            "ed" => stem.ends_with(['t', 'd']),
            "es" => stem.ends_with(['s', 'c', 'g', 'x', 'z', 'h']),
            _ => stem.ends_with('l') && !stem.trim_end_matches('l').ends_with(vowel),
        };
        (!spoken).then_some(stem)
    });
    let mut groups = 0;
    let mut inside = false;
    for letter in silent.unwrap_or(word).chars() {
        if vowel(letter) && !inside {
            groups += 1;
        }
        inside = vowel(letter);
    }
    groups.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_those_of_the_dictionary() {
        let words = "bin 1|collect 2|collected 3|missed 1|table 2|use 1|boxes 2|recycling 3\
            |council 2|the 1|fire 1|address 2|rates 1|waste 1|emergency 4|people 2";
        for case in words.split('|') {
            let (word, count) = case.trim().split_once(' ').unwrap();
            assert_eq!(syllables_of(word).to_string(), count, "{word}");
        }
    }

    #[test]
    fn plain_words_have_a_low_grade_and_officialese_a_high_one() {
        let plain = "We can come back for a missed bin. Tell us within 14 days. Put the bin out \
            by half past six and leave the lid shut.";
        let stiff = "Notwithstanding the aforementioned provisions, applications for discretionary \
            consideration necessitate comprehensive documentary substantiation prior to determination.";
        assert!(grade(plain).unwrap() < 5.0);
        assert!(grade(stiff).unwrap() > 16.0);
        assert_eq!(grade("Ring 999 now."), None);
        // A sentence may end with a figure.
        let figures =
            "Ring us at once on 999. Then go and stand by the gate on road 4. Wait there.";
        let words = "Ring us at once on it. Then go and stand by the gate on road x. Wait there.";
        assert!((grade(figures).unwrap() - grade(words).unwrap()).abs() < 1.0);
    }
}

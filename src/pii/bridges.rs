//! What may stand between two values that belong together: a card and its expiry date, a sort code and an account.

/// Whether hardly anything stands between two values: "... 1111 and 09/28".
pub(super) fn joined(gap: &str) -> bool {
    const GAP_MAX: usize = 4;
    let separator = |c: char| " ,./-;:(&\n\"+".contains(c);
    gap == " and " || (1..=GAP_MAX).contains(&gap.len()) && gap.chars().all(separator)
}

/// So many bytes may stand between two values of one account.
pub(super) const BRIDGE_MAX: usize = 24;

/// Whether no more stands between two values than what the second is called: "20-00-00 account 55779911",
/// "... 1111 exp 09/28 code 737".
pub(super) fn bridged(gap: &str) -> bool {
    const WORDS: [&str; 40] = [
        "at", "yes", "got", "that", "so", "followed", "by", "and", "in", "account", "acc", "ac",
        "acct", "no", "number", "is", "the", "code", "with", "then", "exp", "expiry", "expires",
        "security", "date", "s", "it", "valid", "sec", "good", "til", "till", "until", "to", "on",
        "back", "strip", "last", "3", "dated",
    ];
    let mut words = gap
        .split([' ', ',', ':', '.', '\''])
        .filter(|word| !word.is_empty())
        .peekable();
    gap.len() <= BRIDGE_MAX
        && gap.starts_with([' ', ',', '.'])
        && gap.ends_with([' ', ':'])
        && words.peek().is_some()
        && words.all(|word| WORDS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_value_is_called_joins_it_to_the_one_before() {
        for gap in [
            " account ",
            " and account number is ",
            " exp ",
            ", code ",
            " acc no: ",
        ] {
            assert!(bridged(gap), "{gap:?}");
        }
        for gap in [
            "",
            " ",
            " order ",
            "account",
            " account from my other bank is ",
            " code",
        ] {
            assert!(!bridged(gap), "{gap:?}");
        }
        assert!(joined(" and ") && joined(", ") && !joined("") && !joined(" account "));
    }
}

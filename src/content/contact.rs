//! Shapes of telephone numbers, links and addresses, as authors write them.
//!
//! It checks what is published on purpose. Finding personal data in a resident's words is `pii`'s.

/// Whether `text` is a telephone number that can be dialled in the United Kingdom: a national line
/// such as 999 or 116 123, or a number of the length that its range has (Ofcom's numbering plan).
pub(super) fn is_uk_phone(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '(' | ')');
    let (national, international) = match text.strip_prefix("+44") {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    if !national.chars().all(allowed) {
        return false;
    }
    let mut digits: String = national.chars().filter(char::is_ascii_digit).collect();
    if international {
        digits.insert(0, '0');
    }
    if !digits.starts_with('0') {
        // 116 numbers are the helplines harmonised across Europe; the others are national lines.
        const SHORT: &[&str] = &["999", "112", "111", "101", "105", "119", "159"];
        return SHORT.contains(&&*digits) || (digits.starts_with("116") && digits.len() == 6);
    }
    // Childline keeps the short form it was published with.
    if digits == "08001111" {
        return true;
    }
    match digits.as_bytes().get(1) {
        Some(b'1' | b'8') => matches!(digits.len(), 10 | 11),
        Some(b'2' | b'3' | b'7' | b'9') => digits.len() == 11,
        Some(_) | None => false,
    }
}

/// Whether `text` is a link: an absolute http or https URL, or a path of the council's own pages.
pub(super) fn is_link(text: &str) -> bool {
    if text.starts_with('/') {
        return !text.starts_with("//") && is_url_text(text);
    }
    is_absolute_url(text)
}

/// Whether `text` is an absolute http or https URL with the name of a host.
pub(super) fn is_absolute_url(text: &str) -> bool {
    let Some(rest) = ["https://", "http://"]
        .iter()
        .find_map(|scheme| text.strip_prefix(scheme))
    else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    is_url_text(rest) && is_domain(host)
}

/// Whether `text` is an own contact as `own_contacts` takes it: a number, `@domain` or an address.
pub(super) fn is_own_contact(text: &str) -> bool {
    match text.split_once('@') {
        Some((local, domain)) => is_domain(domain) && !local.contains(char::is_whitespace),
        None => is_uk_phone(text),
    }
}

fn is_domain(text: &str) -> bool {
    let label = |part: &str| {
        let letters = part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        letters && !part.is_empty() && !part.starts_with('-') && !part.ends_with('-')
    };
    text.contains('.') && text.split('.').all(label)
}

fn is_url_text(text: &str) -> bool {
    // RFC 3986 has no spaces, quotes or angle brackets; braces would be a placeholder left over.
    let never = |c: char| c.is_whitespace() || c.is_control() || "\"<>\\^`{|}".contains(c);
    !text.contains(never)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_can_be_dialled_are_told_from_slips() {
        let good = "03069 990 011|0300 123 4567|01632 960 123|01632 96012|07700 900123|999|101|105\
            |111|116 123|0800 111 999|0800 1111|+44 3069 990011|020 7946 0123|(01632) 960-123";
        for number in good.split('|') {
            assert!(is_uk_phone(number), "{number}");
        }
        let bad = "3069 990 011|03069 990 01|03069 990 0111|0600 123 4567|12345|07700 90012\
            |0300 I23 4567|ring us|+33 1 23 45 67 89|00306 999 0011||998";
        for number in bad.split('|') {
            assert!(!is_uk_phone(number), "{number}");
        }
    }

    #[test]
    fn links_are_told_from_words() {
        let good = "/bins|/a/b?c=d#e|https://www.example.org|http://example.org/x|/";
        for link in good.split('|') {
            assert!(is_link(link), "{link}");
        }
        let bad = "bins|www.example.org|//example.org|https://|https://example|ftp://example.org\
            |/with space|https://exa mple.org|javascript:alert(1)|/{page}|https://-a.org";
        for link in bad.split('|') {
            assert!(!is_link(link), "{link}");
        }
    }

    #[test]
    fn own_contacts_are_numbers_domains_and_addresses() {
        for contact in [
            "03069 990 000",
            "@cheshvale.example",
            "info@cheshvale.example",
        ] {
            assert!(is_own_contact(contact), "{contact}");
        }
        for contact in [
            "cheshvale.example",
            "@",
            "@nowhere",
            "us",
            "a b@cheshvale.example",
        ] {
            assert!(!is_own_contact(contact), "{contact}");
        }
    }
}

//! The council's own telephone numbers and mail addresses: they stand in leaflets, not in anybody's
//! private life, and are no personal data in whatever spacing they are typed.

use super::PiiKind;
use super::detector::DetectorError;
use super::rule::Candidate;
use super::telephone::national;
use std::sync::Arc;
use zeroize::Zeroizing;

pub(super) struct OwnContacts {
    /// As [`number`] reads them.
    numbers: Vec<(String, bool)>,
    /// "@council.example" or "desk@council.example", lower case.
    mail: Vec<String>,
}

impl OwnContacts {
    pub(super) fn new(contacts: &[Arc<str>]) -> Result<Self, DetectorError> {
        let mut own = Self {
            numbers: Vec::new(),
            mail: Vec::new(),
        };
        for contact in contacts {
            let digits: String = contact.chars().filter(char::is_ascii_digit).collect();
            let is_number = contact
                .chars()
                .all(|c| c.is_ascii_digit() || " +()-.".contains(c));
            if contact.contains('@') && !contact.ends_with('@') {
                own.mail.push(contact.to_ascii_lowercase());
            } else if is_number && digits.len() >= 3 {
                let (digits, is_national) = number(&digits);
                own.numbers.push((digits.to_owned(), is_national));
            } else {
                return Err(DetectorError::OwnContact(Arc::clone(contact)));
            }
        }
        Ok(own)
    }

    /// Whether a telephone number or mail address is one of the council's.
    pub(super) fn has(&self, kind: Option<PiiKind>, candidate: &Candidate<'_>) -> bool {
        match kind {
            Some(PiiKind::Phone) => {
                let (digits, is_national) = number(candidate.value);
                let mut own = self.numbers.iter();
                own.any(|own| own.0 == digits && own.1 == is_national)
            }
            Some(PiiKind::Email) => {
                let plain = Zeroizing::new(candidate.shape.replace(" dot ", "."));
                let plain = Zeroizing::new(plain.replace(" at ", "@"));
                self.mail.iter().any(|own| match own.strip_prefix('@') {
                    Some(domain) => plain.rsplit('@').next().is_some_and(|host| {
                        host == domain
                            || host
                                .strip_suffix(domain)
                                .is_some_and(|sub| sub.ends_with('.'))
                    }),
                    None => *own == *plain,
                })
            }
            _ => false,
        }
    }
}

/// The national number, or else the digits as they are: however it is dialled it is the same; and whether it is national.
fn number(digits: &str) -> (&str, bool) {
    national(digits).map_or((digits, false), |number| (number, true))
}

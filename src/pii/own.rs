//! The council's own telephone numbers and mail addresses: they stand in leaflets, not in anybody's
//! private life, and are no personal data in whatever spacing they are typed.

use super::PiiKind;
use super::detector::DetectorError;
use super::rule::Candidate;
use super::telephone::national;
use std::sync::Arc;
use zeroize::Zeroizing;

pub(super) struct OwnContacts {
    /// National digits.
    numbers: Vec<Zeroizing<String>>,
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
            let number = contact
                .chars()
                .all(|c| c.is_ascii_digit() || " +()-.".contains(c));
            if contact.contains('@') && !contact.ends_with('@') {
                own.mail.push(contact.to_ascii_lowercase());
            } else if number && digits.len() >= 3 {
                own.numbers.push(national(&digits).unwrap_or(digits.into()));
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
                let number = national(candidate.value);
                let number = number
                    .as_ref()
                    .map_or(candidate.value, |number| number.as_str());
                self.numbers.iter().any(|own| own.as_str() == number)
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

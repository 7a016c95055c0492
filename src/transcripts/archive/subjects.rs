//! Finding a person's conversations by what they gave a form: telephone, e-mail, name with date of birth;
//! and their calls by the number that they rang from.
//!
//! The index holds digests under the keyring's own key and nothing plain, so that whoever has the store
//! alone can test no number against it. What was redacted is in no index: it was never kept.

use super::layout::{self, Kind};
use super::{Archive, ArchiveError};
use crate::dialogue::Event;
use crate::transcripts::record::{ConversationId, TechnicalRecord, TurnRecord};
use crate::transcripts::store::Batch;
use jiff::Timestamp;
use jiff::civil::Date;

/// Fewest digits of a telephone number.
const PHONE_DIGITS_MIN: usize = 7;

/// What a person is known by.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Identifier {
    /// A telephone number: national digits.
    Phone(String),
    /// An e-mail address, lower case.
    Email(String),
    /// A name, lower case, and a date of birth.
    Person(String, Date),
}

/// No identifier reaches a log: only its kind is shown.
impl std::fmt::Debug for Identifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.kind())
    }
}

impl Identifier {
    /// Reads a telephone number, in any usual form.
    #[must_use]
    pub fn phone(text: &str) -> Option<Self> {
        let usual = |c: char| c.is_ascii_digit() || " +-().".contains(c);
        if !text.trim().chars().all(usual) {
            return None;
        }
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let national = match digits.strip_prefix("00").unwrap_or(&digits) {
            rest if rest.len() > PHONE_DIGITS_MIN + 3 && rest.starts_with("44") => {
                let rest = rest.get(2..).unwrap_or_default();
                format!("0{}", rest.strip_prefix('0').unwrap_or(rest))
            }
            _ => digits,
        };
        (national.len() >= PHONE_DIGITS_MIN).then_some(Self::Phone(national))
    }

    /// Reads an e-mail address.
    #[must_use]
    pub fn email(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let (local, domain) = text.rsplit_once('@')?;
        let whole =
            !local.is_empty() && domain.contains('.') && !text.contains(char::is_whitespace);
        whole.then_some(Self::Email(text))
    }

    /// A person, by name and date of birth (`1985-03-07` or `07/03/1985`).
    #[must_use]
    pub fn person(name: &str, born: &str) -> Option<Self> {
        let name = name
            .split(|c: char| !c.is_alphanumeric() && c != '\'')
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
            .to_lowercase();
        (!name.is_empty()).then_some(Self::Person(name, date(born)?))
    }

    /// What kind it is, for a log.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Phone(_) => "phone",
            Self::Email(_) => "email",
            Self::Person(..) => "name and date of birth",
        }
    }
}

fn date(text: &str) -> Option<Date> {
    if let Ok(date) = text.trim().parse() {
        return Some(date);
    }
    let mut parts = text.trim().splitn(3, ['/', '.', '-']);
    let mut number = || parts.next()?.trim().parse::<i16>().ok();
    let (day, month, year) = (number()?, number()?, number()?);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

impl Archive {
    /// The conversations in which a form was given this, or that were rung in from it.
    ///
    /// # Errors
    /// The store's.
    pub async fn find_subject(
        &self,
        identifier: &Identifier,
    ) -> Result<Vec<ConversationId>, ArchiveError> {
        let digest = self.subject_digest(identifier);
        let mut entries = self.walk(layout::digested(Kind::Subject, &digest));
        let mut found = Vec::new();
        while let Some(page) = entries.next().await? {
            let ids = page.iter();
            found.extend(ids.filter_map(|(key, _)| layout::parse_subject(key)));
        }
        Ok(found)
    }

    /// Remembers, as a digest, that this person wishes no surveys.
    ///
    /// # Errors
    /// The store's.
    pub async fn opt_out(
        &self,
        identifier: &Identifier,
        now: Timestamp,
    ) -> Result<(), ArchiveError> {
        let key = layout::digested(Kind::OptOut, &self.subject_digest(identifier));
        let mut batch = Batch::default();
        self.put_own(&mut batch, key, &self.today(now))?;
        Ok(self.store.commit(batch).await?)
    }

    /// Since when this person wishes no surveys.
    ///
    /// # Errors
    /// The store's.
    pub async fn opted_out(&self, identifier: &Identifier) -> Result<Option<Date>, ArchiveError> {
        let key = layout::digested(Kind::OptOut, &self.subject_digest(identifier));
        self.own(key, "a wish for no surveys").await
    }

    /// Adds to `batch` that `turn` was given identifiers.
    pub(super) async fn write_subjects(
        &self,
        batch: &mut Batch,
        id: ConversationId,
        turn: &TurnRecord,
    ) -> Result<(), ArchiveError> {
        let personal = |event: &Event| matches!(event, Event::SlotFilled { personal: true, .. });
        if !turn.events.iter().any(personal) {
            return Ok(());
        }
        let mut turns = vec![turn.clone()];
        // A name counts with a date of birth, and they are answers of different turns.
        if turn
            .events
            .iter()
            .any(|event| part_of_person(event).is_some())
            && let Some((_, before)) = self.read(id).await?
        {
            turns.extend(before);
        }
        for identifier in identifiers(&turns) {
            let key = self.subject_key(&identifier, id);
            batch.writes.push((key, Some(Vec::new())));
        }
        Ok(())
    }

    /// The keys under which `turns` of a conversation are in the index.
    pub(super) fn subject_keys(&self, id: ConversationId, turns: &[TurnRecord]) -> Vec<Vec<u8>> {
        let keys = identifiers(turns).into_iter();
        keys.map(|identifier| self.subject_key(&identifier, id))
            .collect()
    }

    /// The key under which a call is in the index by the number that rang.
    pub(super) fn caller_key(
        &self,
        id: ConversationId,
        technical: &TechnicalRecord,
    ) -> Option<Vec<u8>> {
        let identifier = Identifier::phone(technical.caller.as_deref()?)?;
        Some(self.subject_key(&identifier, id))
    }

    fn subject_key(&self, identifier: &Identifier, id: ConversationId) -> Vec<u8> {
        layout::subject(&self.subject_digest(identifier), id)
    }

    fn subject_digest(&self, identifier: &Identifier) -> [u8; 16] {
        let kind = identifier.kind().as_bytes();
        match identifier {
            Identifier::Phone(text) | Identifier::Email(text) => {
                self.keyring.digest(&[b"subject", kind, text.as_bytes()])
            }
            Identifier::Person(name, born) => {
                let born = born.to_string();
                let parts: [&[u8]; 4] = [b"subject", kind, name.as_bytes(), born.as_bytes()];
                self.keyring.digest(&parts)
            }
        }
    }
}

enum Part<'a> {
    Name(&'a str),
    Born(&'a str),
}

fn part_of_person(event: &Event) -> Option<Part<'_>> {
    let Event::SlotFilled { slot, value, .. } = event else {
        return None;
    };
    match slot.as_str() {
        "name" | "full_name" | "your_name" => Some(Part::Name(value.as_str())),
        "date_of_birth" | "dob" | "born" => Some(Part::Born(value.as_str())),
        _ => None,
    }
}

/// What forms were given in `turns`.
fn identifiers(turns: &[TurnRecord]) -> Vec<Identifier> {
    let (mut found, mut names, mut born) = (Vec::new(), Vec::new(), Vec::new());
    for event in turns.iter().flat_map(|turn| &turn.events) {
        match part_of_person(event) {
            Some(Part::Name(name)) => names.push(name),
            Some(Part::Born(date)) => born.push(date),
            None => {}
        }
        if let Event::SlotFilled {
            slot,
            value,
            personal: true,
            ..
        } = event
        {
            let value = value.as_str();
            found.extend(Identifier::email(value));
            if slot.contains("phone") || slot.contains("mobile") || slot.contains("contact") {
                found.extend(Identifier::phone(value));
            }
        }
    }
    for name in names {
        let people = born
            .iter()
            .filter_map(|born| Identifier::person(name, born));
        found.extend(people);
    }
    found.sort();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_the_same_however_they_are_written() {
        let phone = Some(Identifier::Phone("07700900123".to_owned()));
        for text in [
            "07700 900123",
            "+44 7700 900 123",
            "0044 7700 900123",
            "(07700) 900-123",
            "+44 (0)7700 900123",
        ] {
            assert!(Identifier::phone(text) == phone, "{text}");
        }
        for text in ["12", "call me", "a@example.org", ""] {
            assert!(Identifier::phone(text).is_none(), "{text}");
        }
        let email = Some(Identifier::Email("jo.bloggs@example.org".to_owned()));
        assert!(Identifier::email(" Jo.Bloggs@Example.org ") == email);
        for text in ["jo", "@example.org", "jo@example", "j o@example.org"] {
            assert!(Identifier::email(text).is_none(), "{text}");
        }
        let person = Identifier::person("Jo  O'Bloggs-Smith", "1985-03-07");
        assert!(person.is_some());
        assert!(person == Identifier::person("jo o'bloggs smith", "07/03/1985"));
        assert!(Identifier::person("Jo", "31/02/1985").is_none());
        assert_eq!(format!("{phone:?}"), "Some(phone)");
    }
}

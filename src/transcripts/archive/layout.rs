//! Under which keys records stand.
//!
//! `kind / conversation id (16 bytes) / seq (u64 big-endian)`; the expiry index is
//! `kind / day (u32 big-endian, e.g. 20271103) / conversation id / data class`, so that what is due
//! comes first. Ids are UUIDv7: what began together stands together.

use crate::transcripts::keys::KekId;
use crate::transcripts::record::{ConversationId, DataClass};
use jiff::civil::Date;
use uuid::Uuid;

/// The kinds of keys; the numbers are on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Kind {
    /// Reference, channel, session, tags, and the conversation's data key.
    Head = 1,
    /// A turn.
    Turn = 2,
    /// Usage data, with its data key.
    Usage = 3,
    /// Technical data, with its data key.
    Technical = 4,
    /// From a digest of the reference code to the conversation.
    Reference = 5,
    /// Conversations that are not closed.
    Open = 6,
    /// Last days.
    Expiry = 7,
    /// To which keyring the store belongs.
    Keyring = 8,
    /// What was ever sealed under a key of the keyring: what is sealed anew before it is destroyed.
    Under = 9,
    /// What was noted of a conversation after it: a case was closed, an entry corrected.
    Note = 10,
    /// From a digest of an identifier that a form was given to conversations.
    Subject = 11,
    /// Legal holds.
    Hold = 12,
    /// Counts that stay when usage data goes.
    Count = 13,
    /// The latest day that was seen, and what the last runs of the sweeper came to.
    Sweep = 14,
    /// What was disposed of.
    Disposition = 15,
    /// Digests of identifiers that wish no surveys.
    OptOut = 16,
    /// The other way round from [`Kind::Under`]: under which keys something was ever sealed.
    Over = 17,
}

/// All conversations' keys of a kind.
pub(super) fn all(kind: Kind) -> Vec<u8> {
    vec![kind as u8]
}

/// A conversation's keys of a kind.
pub(super) fn of(kind: Kind, id: ConversationId) -> Vec<u8> {
    let mut key = Vec::with_capacity(25);
    key.push(kind as u8);
    key.extend_from_slice(id.0.as_bytes());
    key
}

/// A record's key; heads, usage and technical data have the number 0.
pub(super) fn record(kind: Kind, id: ConversationId, seq: u64) -> Vec<u8> {
    let mut key = of(kind, id);
    key.extend_from_slice(&seq.to_be_bytes());
    key
}

/// The conversation and number that a record's key, or the beginning of it, names.
pub(super) fn parse(key: &[u8]) -> Option<(ConversationId, u64)> {
    let key = key.get(1..)?;
    let seq = match key.get(16..)? {
        [] => 0,
        seq => u64::from_be_bytes(seq.try_into().ok()?),
    };
    Some((parse_id(key)?, seq))
}

/// The conversation whose id `bytes` begin with.
pub(super) fn parse_id(bytes: &[u8]) -> Option<ConversationId> {
    let id = bytes.first_chunk::<16>()?;
    Some(ConversationId(Uuid::from_bytes(*id)))
}

/// The key of a last day.
pub(super) fn expiry(due: Date, id: ConversationId, class: DataClass) -> Vec<u8> {
    let mut key = Vec::with_capacity(22);
    key.push(Kind::Expiry as u8);
    let day = i32::from(due.year()) * 10_000 + i32::from(due.month()) * 100 + i32::from(due.day());
    key.extend_from_slice(&day.to_be_bytes());
    key.extend_from_slice(id.0.as_bytes());
    key.push(class_byte(class));
    key
}

/// The last day, conversation and data class that a key of the expiry index names.
pub(super) fn parse_expiry(key: &[u8]) -> Option<(Date, ConversationId, DataClass)> {
    let (day, rest) = key.get(1..)?.split_first_chunk::<4>()?;
    let (id, class) = rest.split_first_chunk::<16>()?;
    let day = i32::from_be_bytes(*day);
    let due = Date::new(
        i16::try_from(day / 10_000).ok()?,
        i8::try_from(day / 100 % 100).ok()?,
        i8::try_from(day % 100).ok()?,
    );
    let class = data_class(class)?;
    Some((due.ok()?, ConversationId(Uuid::from_bytes(*id)), class))
}

/// The key of "this was sealed under that key of the keyring".
pub(super) fn under(kek: KekId, id: ConversationId, class: DataClass) -> Vec<u8> {
    let mut key = all_under(kek);
    key.extend_from_slice(id.0.as_bytes());
    key.push(class_byte(class));
    key
}

/// The beginning of the keys of everything that was sealed under a key of the keyring.
pub(super) fn all_under(kek: KekId) -> Vec<u8> {
    let mut key = Vec::with_capacity(26);
    key.push(Kind::Under as u8);
    key.extend_from_slice(&kek.0.to_be_bytes());
    key
}

/// What comes after the keys of everything that was sealed under a key of the keyring.
pub(super) fn after_under(kek: KekId) -> Vec<u8> {
    let mut key = all_under(kek);
    key.extend_from_slice(&[0xff; 17]);
    key
}

/// The key of the keyring that such a key names.
pub(super) fn parse_kek(key: &[u8]) -> Option<KekId> {
    let kek = key.get(1..)?.first_chunk::<8>()?;
    Some(KekId(u64::from_be_bytes(*kek)))
}

/// The key of "this was sealed under that key of the keyring", by what was sealed.
pub(super) fn over(id: ConversationId, class: DataClass, kek: KekId) -> Vec<u8> {
    let mut key = all_over(id, class);
    key.extend_from_slice(&kek.0.to_be_bytes());
    key
}

/// The beginning of the keys of all that a data class of a conversation was sealed under.
pub(super) fn all_over(id: ConversationId, class: DataClass) -> Vec<u8> {
    let mut key = Vec::with_capacity(26);
    key.extend_from_slice(&of(Kind::Over, id));
    key.push(class_byte(class));
    key
}

/// The key of the keyring that such a key names.
pub(super) fn parse_over(key: &[u8]) -> Option<KekId> {
    let kek = key.get(18..)?.first_chunk::<8>()?;
    Some(KekId(u64::from_be_bytes(*kek)))
}

/// The conversation and data class that a key by key of the keyring names.
pub(super) fn parse_under(key: &[u8]) -> Option<(ConversationId, DataClass)> {
    let (id, class) = key.get(9..)?.split_first_chunk::<16>()?;
    let class = data_class(class)?;
    Some((ConversationId(Uuid::from_bytes(*id)), class))
}

/// A key of `kind` that begins with a digest.
pub(super) fn digested(kind: Kind, digest: &[u8; 16]) -> Vec<u8> {
    let mut key = all(kind);
    key.extend_from_slice(digest);
    key
}

/// The key of "this person's conversation", by a digest of what they are known by.
pub(super) fn subject(digest: &[u8; 16], id: ConversationId) -> Vec<u8> {
    let mut key = digested(Kind::Subject, digest);
    key.extend_from_slice(id.0.as_bytes());
    key
}

/// The conversation that such a key names.
pub(super) fn parse_subject(key: &[u8]) -> Option<ConversationId> {
    parse_id(key.get(17..)?)
}

/// Where the record of a data class stands.
pub(super) fn kind_of(class: DataClass) -> Kind {
    match class {
        DataClass::Conversation => Kind::Head,
        DataClass::Usage => Kind::Usage,
        DataClass::Technical => Kind::Technical,
    }
}

fn data_class(bytes: &[u8]) -> Option<DataClass> {
    DATA_CLASSES
        .into_iter()
        .find(|known| *bytes == [class_byte(*known)])
}

/// Every data class.
pub(super) const DATA_CLASSES: [DataClass; 3] = [
    DataClass::Conversation,
    DataClass::Usage,
    DataClass::Technical,
];

fn class_byte(class: DataClass) -> u8 {
    match class {
        DataClass::Conversation => 1,
        DataClass::Usage => 2,
        DataClass::Technical => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn keys_sort_by_what_they_say_and_read_back() {
        let id = |last: u128| ConversationId(Uuid::from_u128((7 << 76) + last));
        let turns = [(1, 1), (1, 2), (1, 256), (2, 1)];
        let keys: Vec<_> = turns
            .iter()
            .map(|(last, seq)| record(Kind::Turn, id(*last), *seq))
            .collect();
        assert!(keys.is_sorted());
        for (key, (last, seq)) in keys.iter().zip(turns) {
            assert_eq!(parse(key), Some((id(last), seq)));
            assert!(key.starts_with(&of(Kind::Turn, id(last))));
        }
        let days = [date(2026, 9, 30), date(2026, 10, 1), date(2027, 1, 1)];
        let keys: Vec<_> = days
            .iter()
            .map(|day| expiry(*day, id(1), DataClass::Usage))
            .collect();
        assert!(keys.is_sorted());
        for (key, day) in keys.iter().zip(days) {
            assert_eq!(parse_expiry(key), Some((day, id(1), DataClass::Usage)));
        }
        assert_eq!(parse_expiry(&keys[0][..20]), None);
        assert_eq!(parse(&[2, 1]), None);
    }
}

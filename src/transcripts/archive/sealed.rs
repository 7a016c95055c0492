//! How a record becomes a value and comes back: serialised, sealed, bound to its place.
//!
//! A record is `MessagePack` with named fields: as self-describing as JSON, so that a later version
//! reads what an earlier one wrote, but nothing in it has to be escaped, and it is a sixth shorter.
//!
//! | value | of |
//! |---|---|
//! | form, key id, sealed body | a turn |
//! | form, key id, wrapped data key, sealed body | a head, usage, technical data |
//!
//! What is sealed is bound to the form's version, conversation, number, kind and key id: a value that
//! was changed, or copied to another key, does not open.

use super::ArchiveError;
use super::layout::Kind;
use crate::transcripts::keys::{Dek, KekId, Keyring, Random, SEAL_BYTES};
use crate::transcripts::record::ConversationId;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Display;

const FORM: u8 = 2;
const WRAPPED_BYTES: usize = 32 + SEAL_BYTES;
/// Room for a usual turn, so that its plain text is not left behind by a growing buffer.
const USUAL_BYTES: usize = 2048;

/// The place of a record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) kind: Kind,
    pub(super) conversation: ConversationId,
    pub(super) seq: u64,
}

impl Place {
    /// Of the single record of a kind.
    pub(super) fn single(kind: Kind, conversation: ConversationId) -> Self {
        Self {
            kind,
            conversation,
            seq: 0,
        }
    }

    /// What a body is bound to; `wraps` for the data key in front of it.
    fn context(self, kek: KekId, wraps: bool) -> [u8; 35] {
        let mut context = [0; 35];
        context[0] = FORM;
        context[1..17].copy_from_slice(self.conversation.0.as_bytes());
        context[17..25].copy_from_slice(&self.seq.to_be_bytes());
        context[25] = self.kind as u8;
        context[26] = u8::from(wraps);
        context[27..].copy_from_slice(&kek.0.to_be_bytes());
        context
    }

    pub(super) fn unreadable(self, why: impl Display) -> ArchiveError {
        ArchiveError::Unreadable {
            conversation: self.conversation,
            seq: self.seq,
            why: why.to_string(),
        }
    }
}

/// `record`, sealed under a data key that stands elsewhere, itself under `kek`.
pub(super) fn seal<T: Serialize>(
    place: Place,
    kek: KekId,
    dek: &Dek,
    random: &dyn Random,
    record: &T,
) -> Result<Vec<u8>, ArchiveError> {
    let mut value = Vec::with_capacity(USUAL_BYTES);
    value.push(FORM);
    value.extend_from_slice(&kek.0.to_be_bytes());
    seal_body(value, place, kek, dek, random, record)
}

/// `record`, sealed under `dek`, which goes in front of it, wrapped under `kek`.
pub(super) fn seal_with_key<T: Serialize>(
    place: Place,
    (keyring, kek): (&Keyring, KekId),
    dek: &Dek,
    random: &dyn Random,
    record: &T,
) -> Result<Vec<u8>, ArchiveError> {
    let mut value = Vec::with_capacity(USUAL_BYTES);
    value.push(FORM);
    value.extend_from_slice(&kek.0.to_be_bytes());
    value.extend_from_slice(&keyring.wrap(kek, dek, &place.context(kek, true), random)?);
    seal_body(value, place, kek, dek, random, record)
}

fn seal_body<T: Serialize>(
    mut value: Vec<u8>,
    place: Place,
    kek: KekId,
    dek: &Dek,
    random: &dyn Random,
    record: &T,
) -> Result<Vec<u8>, ArchiveError> {
    dek.seal_onto(&mut value, &place.context(kek, false), random, |value| {
        let mut named = rmp_serde::Serializer::new(value)
            .with_struct_map()
            .with_human_readable();
        record.serialize(&mut named)
    })
    .map_err(|_| ArchiveError::BadTurn {
        conversation: place.conversation,
        seq: place.seq,
        why: "it cannot be serialised",
    })?;
    Ok(value)
}

/// The record that was sealed under `dek`.
pub(super) fn open<T: DeserializeOwned>(
    place: Place,
    dek: &Dek,
    value: &[u8],
) -> Result<T, ArchiveError> {
    let (kek, sealed) = header(place, value)?;
    open_body(place, kek, dek, sealed)
}

/// The record that was sealed under the key in front of it, that key, and what that is under.
pub(super) fn open_with_key<T: DeserializeOwned>(
    place: Place,
    keyring: &Keyring,
    value: &[u8],
) -> Result<(T, Dek, KekId), ArchiveError> {
    let (kek, rest) = header(place, value)?;
    let (wrapped, sealed) = rest
        .split_at_checked(WRAPPED_BYTES)
        .ok_or_else(|| place.unreadable("it is cut short"))?;
    let dek = keyring
        .unwrap(kek, wrapped, &place.context(kek, true))
        .map_err(|error| place.unreadable(error))?;
    let record = open_body(place, kek, &dek, sealed)?;
    Ok((record, dek, kek))
}

/// The key of the keyring that a value names.
pub(super) fn key_of(value: &[u8]) -> Option<KekId> {
    let kek = value.get(1..)?.first_chunk::<8>()?;
    Some(KekId(u64::from_be_bytes(*kek)))
}

fn header(place: Place, value: &[u8]) -> Result<(KekId, &[u8]), ArchiveError> {
    match value.split_first() {
        Some((&FORM, rest)) => {
            let (kek, sealed) = rest
                .split_first_chunk::<8>()
                .ok_or_else(|| place.unreadable("it is cut short"))?;
            Ok((KekId(u64::from_be_bytes(*kek)), sealed))
        }
        Some((form, _)) => Err(place.unreadable(format_args!(
            "its form is {form}, and this version reads {FORM}"
        ))),
        None => Err(place.unreadable("it is empty")),
    }
}

fn open_body<T: DeserializeOwned>(
    place: Place,
    kek: KekId,
    dek: &Dek,
    sealed: &[u8],
) -> Result<T, ArchiveError> {
    let plain = dek
        .open(sealed, &place.context(kek, false))
        .map_err(|error| place.unreadable(error))?;
    let mut named = rmp_serde::Deserializer::from_read_ref(&plain).with_human_readable();
    // serde's own message may quote what was said.
    T::deserialize(&mut named)
        .map_err(|_| place.unreadable("it opens, but is not a record of this version"))
}

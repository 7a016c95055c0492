//! A trained model as bytes, and back, so that what was learnt can be kept and need not be learnt again.
//!
//! The bytes are for the program that made them and for no other: they bear no version, and whoever keeps them
//! sees that they come back whole. What the content says of commands is not in them, nor the sentence models.

use super::Command;
use super::cascade::Second;
use super::commands::Commands;
use super::danger::Lexicon;
use super::embedding::Embedding;
use super::model::Model;
use std::collections::BTreeMap;
use std::io::Read;
use std::sync::{Arc, OnceLock};

/// Why bytes are no model.
#[derive(Debug, thiserror::Error)]
#[error("these bytes are no model that this program has kept: {0}")]
pub struct NotKept(#[from] rmp_serde::decode::Error);

impl Model {
    /// The model with both its stages; none while the second is not there.
    #[must_use]
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        let second = self.second.get()?;
        let parts = (
            (&self.intents, &self.vocabulary, &self.spelling),
            (&self.topics, &self.first),
            (&second.stage, second.policy, &second.texts),
        );
        rmp_serde::to_vec(&parts).ok()
    }

    /// Reads the model of [`Self::to_bytes`], with the commands and the sentence models that it was trained with;
    /// not what follows it.
    ///
    /// # Errors
    ///
    /// Bytes that are something else, or cannot be read.
    pub fn recall(
        from: impl Read,
        commands: &BTreeMap<Command, Vec<Arc<str>>>,
        statics: Option<Arc<dyn Embedding>>,
        encoder: Arc<dyn Embedding>,
    ) -> Result<Self, NotKept> {
        let ((intents, vocabulary, spelling), (topics, first), (stage, policy, texts)) =
            rmp_serde::from_read(from)?;
        let second = Second {
            stage,
            encoder,
            policy,
            texts,
        };
        Ok(Self {
            intents,
            vocabulary,
            spelling,
            statics,
            first,
            second: OnceLock::from(second),
            lexicon: Lexicon::new(),
            topics,
            commands: Commands::new(commands),
        })
    }
}

/// Signed bytes as a piece, where one by one would take ten times as long.
pub(super) mod signed {
    use serde::de::{Error, Visitor};
    use serde::{Deserializer, Serializer};
    use std::fmt;

    pub(in crate::nlu) fn serialize<S: Serializer>(bytes: &[i8], to: S) -> Result<S::Ok, S::Error> {
        let bytes: Vec<u8> = bytes.iter().map(|byte| byte.cast_unsigned()).collect();
        to.serialize_bytes(&bytes)
    }

    pub(in crate::nlu) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Vec<i8>, D::Error> {
        from.deserialize_byte_buf(Signed)
    }

    struct Signed;

    impl Visitor<'_> for Signed {
        type Value = Vec<i8>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("bytes")
        }

        fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<Vec<i8>, E> {
            Ok(bytes.into_iter().map(u8::cast_signed).collect())
        }

        fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<i8>, E> {
            self.visit_byte_buf(bytes.to_vec())
        }
    }
}

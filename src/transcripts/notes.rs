//! Signed notes: text that shows by whom it was signed, in the form of C2SP `signed-note`, with Ed25519.
//!
//! Checkpoints of the audit log and the signature of the retention register are such notes: anybody
//! with the public key can check them, with this program or another. What a text means it does not know.

use super::durable;
use super::keys::{KeyError, Random, private};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};
use std::fs;
use std::io;
use std::path::Path;
use zeroize::Zeroizing;

/// The number that stands for Ed25519 in a signed note.
const ED25519: u8 = 1;

/// A key that signs notes.
#[derive(Debug)]
pub struct NoteSigner {
    name: String,
    key: SigningKey,
}

/// A key that checks notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteVerifier {
    name: String,
    key: VerifyingKey,
}

/// Why a note is not to be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// It is not in the form of a signed note.
    #[error("it is not a signed note: a text, an empty line, and signature lines are expected")]
    NotANote,
    /// No signature is of the key that is asked for.
    #[error("it carries no signature of this key")]
    Unsigned,
    /// The signature is not of this text.
    #[error("its signature does not fit its text: it was changed after it was signed")]
    Forged,
    /// The public key is none.
    #[error("that is not a public key: it looks like cece+1a2b3c4d+AbCd…")]
    NotAKey,
}

impl NoteSigner {
    /// Reads the key at `path`, or makes it there, for its owner alone. `name` goes into every note.
    ///
    /// # Errors
    /// [`KeyError`] as for a master key.
    pub fn load_or_make(path: &Path, name: &str, random: &dyn Random) -> Result<Self, KeyError> {
        let failed = |what| {
            move |error: io::Error| KeyError::Io {
                what,
                path: path.display().to_string(),
                cause: error.to_string(),
            }
        };
        if !path.exists() {
            let mut seed = Zeroizing::new([0; 32]);
            random.fill(&mut *seed);
            match durable::create(path, &*seed) {
                // Another process was first: its key is the one.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                done => done.map_err(failed("making the signing key"))?,
            }
        }
        private(path)?;
        let bytes = Zeroizing::new(fs::read(path).map_err(failed("reading the signing key"))?);
        let seed: &[u8; 32] = bytes.as_slice().try_into().map_err(|_| KeyError::NotAKey {
            path: path.display().to_string(),
            bytes: bytes.len() as u64,
        })?;
        Ok(Self {
            name: name.to_owned(),
            key: SigningKey::from_bytes(seed),
        })
    }

    /// `text`, which ends with a line break, as a signed note.
    #[must_use]
    pub fn sign(&self, text: &str) -> String {
        let verifier = self.verifier();
        let mut signed = verifier.key_hash().to_vec();
        signed.extend_from_slice(&self.key.sign(text.as_bytes()).to_bytes());
        format!(
            "{text}\n\u{2014} {} {}\n",
            self.name,
            STANDARD.encode(signed)
        )
    }

    /// What checks its notes.
    #[must_use]
    pub fn verifier(&self) -> NoteVerifier {
        NoteVerifier {
            name: self.name.clone(),
            key: self.key.verifying_key(),
        }
    }
}

impl NoteVerifier {
    /// The public key as text: `name+hash+key`.
    #[must_use]
    pub fn text(&self) -> String {
        let mut key = vec![ED25519];
        key.extend_from_slice(self.key.as_bytes());
        let hash = u32::from_be_bytes(self.key_hash());
        format!("{}+{hash:08x}+{}", self.name, STANDARD.encode(key))
    }

    /// Reads a public key from its text.
    ///
    /// # Errors
    /// [`NoteError::NotAKey`].
    pub fn parse(text: &str) -> Result<Self, NoteError> {
        let mut parts = text.trim().splitn(3, '+');
        let (Some(name), Some(hash), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NoteError::NotAKey);
        };
        let key = STANDARD.decode(key).map_err(|_| NoteError::NotAKey)?;
        let Some((&ED25519, key)) = key.split_first() else {
            return Err(NoteError::NotAKey);
        };
        let key = key.try_into().map_err(|_| NoteError::NotAKey)?;
        let read = Self {
            name: name.to_owned(),
            key: VerifyingKey::from_bytes(key).map_err(|_| NoteError::NotAKey)?,
        };
        let hash = u32::from_str_radix(hash, 16).map_err(|_| NoteError::NotAKey)?;
        if hash.to_be_bytes() == read.key_hash() {
            Ok(read)
        } else {
            Err(NoteError::NotAKey)
        }
    }

    /// The text of `note`, if this key has signed it.
    ///
    /// # Errors
    /// [`NoteError`].
    pub fn open<'a>(&self, note: &'a str) -> Result<&'a str, NoteError> {
        let (text, signatures) = note.rsplit_once("\n\n").ok_or(NoteError::NotANote)?;
        let text = note.get(..=text.len()).ok_or(NoteError::NotANote)?;
        for line in signatures.lines() {
            let line = line.strip_prefix("\u{2014} ").ok_or(NoteError::NotANote)?;
            let (name, signed) = line.split_once(' ').ok_or(NoteError::NotANote)?;
            let signed = STANDARD.decode(signed).map_err(|_| NoteError::NotANote)?;
            let Some((hash, signature)) = signed.split_first_chunk::<4>() else {
                return Err(NoteError::NotANote);
            };
            if name != self.name || *hash != self.key_hash() {
                continue;
            }
            let signature = signature.try_into().map_err(|_| NoteError::NotANote)?;
            return self
                .key
                .verify_strict(text.as_bytes(), &Signature::from_bytes(signature))
                .map(|()| text)
                .map_err(|_| NoteError::Forged);
        }
        Err(NoteError::Unsigned)
    }

    fn key_hash(&self) -> [u8; 4] {
        let digest = Sha256::new()
            .chain_update(&self.name)
            .chain_update([b'\n', ED25519])
            .chain_update(self.key.as_bytes())
            .finalize();
        let mut hash = [0; 4];
        hash.copy_from_slice(&digest[..4]);
        hash
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_key_of_the_specification_reads_and_opens_its_note() {
        // From the documentation of golang.org/x/mod/sumdb/note, the reference implementation.
        let key = NoteVerifier::parse(
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        )
        .unwrap();
        let note = "If you think cryptography is the answer to your problem,\n\
                    then you don't know what your problem is.\n\
                    \n\
                    \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
        assert!(key.open(note).unwrap().starts_with("If you think"));
        let changed = note.replace("answer", "solution");
        assert_eq!(key.open(&changed), Err(NoteError::Forged));
    }

    #[test]
    fn a_note_opens_with_its_key_and_as_it_was_signed() {
        let random = super::super::keys::tests::Repeatable::fresh();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("signing");
        let signer = NoteSigner::load_or_make(&path, "cece", &random).unwrap();
        let note = signer.sign("cece/audit\n3\nabc=\n");
        let verifier = NoteVerifier::parse(&signer.verifier().text()).unwrap();
        assert_eq!(verifier.open(&note), Ok("cece/audit\n3\nabc=\n"));
        assert_eq!(
            verifier.open(&note.replace("\n3\n", "\n4\n")),
            Err(NoteError::Forged)
        );
        assert_eq!(verifier.open("nothing"), Err(NoteError::NotANote));
        let other =
            NoteSigner::load_or_make(&folder.path().join("other"), "cece", &random).unwrap();
        assert_eq!(other.verifier().open(&note), Err(NoteError::Unsigned));
        let again = NoteSigner::load_or_make(&path, "cece", &random).unwrap();
        assert_eq!(again.verifier(), verifier);
    }
}

//! Keys: what makes a record readable, and so what is destroyed when it must go.
//!
//! Three layers. A data key ([`Dek`]) a conversation and data class seals records; a key of the keyring
//! ([`Keyring`], one a record class and month of expiry) seals data keys; the master key
//! ([`KeyProvider`]) seals the keyring. To destroy a key of the keyring is to destroy, everywhere and in
//! every copy, what was sealed under it: bytes cannot be taken off a disk, a key can.
//!
//! AES-256-GCM with random nonces throughout. A data key seals far fewer records than the 2^32 that
//! NIST SP 800-38D allows with random nonces.

mod bucket;
mod form;
mod keyring;
mod master;

pub use bucket::{Bucket, KekId, Month};
pub use keyring::{KekInfo, Keyring};
pub use master::{KeyProvider, MasterKey};

pub(super) use master::private;

use aes_gcm::aead::{AeadInOut, KeyInit};
use aes_gcm::{Aes256Gcm, Key, Nonce, Tag};
use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// The source of random bytes, given by whoever runs the program.
pub trait Random: Send + Sync {
    /// Fills `bytes` with bytes that nobody can guess.
    fn fill(&self, bytes: &mut [u8]);
}

/// What sealing adds to the length: nonce and tag.
pub const SEAL_BYTES: usize = NONCE_BYTES + TAG_BYTES;
const NONCE_BYTES: usize = 12;
const TAG_BYTES: usize = 16;

/// Why keys could not be had or used.
#[derive(Debug, Clone, thiserror::Error)]
pub enum KeyError {
    /// Others than the owner may read a key file.
    #[error(
        "{path} may be read by others (mode {mode:03o}): run `chmod 600 {path}`, then start again"
    )]
    Permissions {
        /// The file.
        path: String,
        /// Its permission bits.
        mode: u32,
    },
    /// The master key file does not hold a key.
    #[error(
        "{path} holds {bytes} bytes and a master key has 32: put the right file back from your backup"
    )]
    NotAKey {
        /// The file.
        path: String,
        /// Its length.
        bytes: u64,
    },
    /// The keyring was made with another master key, or changed since.
    #[error(
        "{path} does not open with this master key, or was changed: put back the two that belong together"
    )]
    WrongMaster {
        /// The keyring.
        path: String,
    },
    /// The keyring is there and its master key is not.
    #[error(
        "there is a keyring, and no master key at {path}: put it back from your backup, or, where systemd gives it \
         to the service, let the service run and ask it"
    )]
    NoMaster {
        /// Where it was looked for.
        path: String,
    },
    /// systemd gives the master key, and not the next one.
    #[error(
        "systemd gives the master key, so that only systemd can give another: give the new one as the credential \
         {}, restart the service, and rotate again (docs/records.md, Keys)",
        MasterKey::NEXT_CREDENTIAL
    )]
    NextNotGiven,
    /// The keyring is under the next master key already.
    #[error(
        "the keyring is sealed under the credential {} already: put that in the place of {}, restart the service, \
         and throw the old one away (docs/records.md, Keys)",
        MasterKey::NEXT_CREDENTIAL,
        MasterKey::CREDENTIAL
    )]
    NextInUse,
    /// The keyring is not one.
    #[error(
        "{path} is not a keyring that this version reads ({why}): put it back from your backup"
    )]
    NotAKeyring {
        /// The file.
        path: String,
        /// What is wrong with it; never content.
        why: String,
    },
    /// A key has been destroyed, or belongs to another keyring.
    #[error("key {0} is not in the keyring: what it sealed has expired or was erased")]
    Missing(KekId),
    /// Sealed bytes do not open.
    #[error("it does not open under its key: it was changed, or stands in another's place")]
    Forged,
    /// The operating system refused something.
    #[error("{what} at {path}: {cause}")]
    Io {
        /// What was being done.
        what: &'static str,
        /// Where.
        path: String,
        /// The system's words.
        cause: String,
    },
}

/// 32 secret bytes, overwritten when they go.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub(super) struct Secret(Box<[u8; 32]>);

impl Secret {
    pub(super) fn random(random: &dyn Random) -> Self {
        let mut secret = Self(Box::new([0; 32]));
        random.fill(&mut *secret.0);
        secret
    }

    pub(super) fn from_slice(bytes: &[u8]) -> Option<Self> {
        let mut secret = Self(Box::new([0; 32]));
        if bytes.len() != secret.0.len() {
            return None;
        }
        secret.0.copy_from_slice(bytes);
        Some(secret)
    }

    pub(super) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Seals `buffer` from `from` on, in place: `nonce, sealed bytes, tag`.
    ///
    /// The caller has left [`NONCE_BYTES`] at `from`, so that nothing has to be moved.
    fn seal_in_place(
        &self,
        buffer: &mut Vec<u8>,
        from: usize,
        context: &[u8],
        random: &dyn Random,
    ) {
        let (_, rest) = buffer.split_at_mut(from);
        let (nonce, body) = rest.split_at_mut(NONCE_BYTES);
        random.fill(nonce);
        let nonce = Nonce::try_from(&*nonce).unwrap_or_default();
        let tag = self
            .cipher()
            .encrypt_inout_detached(&nonce, context, body.into());
        match tag {
            Ok(tag) => buffer.extend_from_slice(&tag),
            // Only a body of 64 GiB is refused; then nothing of it stays, and it will not open.
            Err(_) => buffer.truncate(from),
        }
    }

    /// `sealed`, opened; overwritten when it goes.
    pub(super) fn open(
        &self,
        sealed: &[u8],
        context: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        let (nonce, rest) = sealed
            .split_at_checked(NONCE_BYTES)
            .ok_or(KeyError::Forged)?;
        let body = rest.len().checked_sub(TAG_BYTES).ok_or(KeyError::Forged)?;
        let (body, tag) = rest.split_at(body);
        let nonce = Nonce::try_from(nonce).map_err(|_| KeyError::Forged)?;
        let tag = Tag::try_from(tag).map_err(|_| KeyError::Forged)?;
        let mut body = Zeroizing::new(body.to_vec());
        self.cipher()
            .decrypt_inout_detached(&nonce, context, body.as_mut_slice().into(), &tag)
            .map_err(|_| KeyError::Forged)?;
        Ok(body)
    }

    /// `plain`, sealed into a buffer of its own.
    pub(super) fn seal(&self, plain: &[u8], context: &[u8], random: &dyn Random) -> Vec<u8> {
        let mut buffer = Vec::with_capacity(plain.len() + SEAL_BYTES);
        buffer.resize(NONCE_BYTES, 0);
        buffer.extend_from_slice(plain);
        self.seal_in_place(&mut buffer, 0, context, random);
        buffer
    }

    fn cipher(&self) -> Aes256Gcm {
        Aes256Gcm::new(&Key::<Aes256Gcm>::from(*self.0))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// A data key: seals the records of one data class of one conversation.
///
/// It is kept as its 32 bytes, not as an expanded cipher: that takes 100 ns to set up and 1 KiB to
/// keep, and there is one for every live conversation.
#[derive(Debug, Clone)]
pub struct Dek(Secret);

impl Dek {
    /// A new one.
    #[must_use]
    pub fn random(random: &dyn Random) -> Self {
        Self(Secret::random(random))
    }

    /// Appends to `out` what `write` puts down, sealed.
    ///
    /// # Errors
    /// Those of `write`; `out` is then of no use.
    pub fn seal_onto<E>(
        &self,
        out: &mut Vec<u8>,
        context: &[u8],
        random: &dyn Random,
        write: impl FnOnce(&mut Vec<u8>) -> Result<(), E>,
    ) -> Result<(), E> {
        let from = out.len();
        out.resize(from + NONCE_BYTES, 0);
        write(out)?;
        self.0.seal_in_place(out, from, context, random);
        Ok(())
    }

    /// `sealed`, opened; overwritten when it goes.
    ///
    /// # Errors
    /// [`KeyError::Forged`] if a bit of it, of the key or of the context is another.
    pub fn open(&self, sealed: &[u8], context: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        self.0.open(sealed, context)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use sha2::{Digest, Sha256};
    use std::sync::atomic::{AtomicU64, Ordering};

    /// Random bytes that are other in every draw.
    #[derive(Default)]
    pub(crate) struct Repeatable(AtomicU64);

    impl Repeatable {
        /// One that draws other bytes than those before.
        pub(crate) fn fresh() -> Self {
            static MADE: AtomicU64 = AtomicU64::new(1);
            Self(AtomicU64::new(MADE.fetch_add(1, Ordering::Relaxed) << 32))
        }
    }

    impl Random for Repeatable {
        fn fill(&self, bytes: &mut [u8]) {
            for chunk in bytes.chunks_mut(32) {
                let drawn = self.0.fetch_add(1, Ordering::Relaxed);
                let digest = Sha256::digest(drawn.to_be_bytes());
                chunk.copy_from_slice(&digest[..chunk.len()]);
            }
        }
    }

    #[test]
    fn what_is_sealed_opens_under_its_key_and_context_and_with_every_bit_as_it_was() {
        let random = Repeatable::default();
        let key = Secret::random(&random);
        let plain = b"the bin was not collected";
        let sealed = key.seal(plain, b"context", &random);
        assert_eq!(sealed.len(), plain.len() + SEAL_BYTES);
        assert_eq!(*key.open(&sealed, b"context").unwrap(), plain);
        assert_ne!(
            sealed,
            key.seal(plain, b"context", &random),
            "a nonce was used twice"
        );

        assert!(key.open(&sealed, b"another").is_err());
        assert!(Secret::random(&random).open(&sealed, b"context").is_err());
        for bit in 0..sealed.len() * 8 {
            let mut changed = sealed.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(key.open(&changed, b"context").is_err(), "bit {bit}");
        }
        for len in 0..sealed.len() {
            assert!(key.open(&sealed[..len], b"context").is_err(), "{len} bytes");
        }
    }

    #[test]
    fn sealing_onto_a_header_leaves_it_and_holds_nothing_plain() {
        let random = Repeatable::default();
        let key = Dek::random(&random);
        let mut out = b"header".to_vec();
        let write = |out: &mut Vec<u8>| -> Result<(), ()> {
            out.extend_from_slice(b"a plain marker");
            Ok(())
        };
        key.seal_onto(&mut out, b"", &random, write).unwrap();
        let (header, sealed) = out.split_at(6);
        assert_eq!(header, b"header");
        assert!(!out.windows(5).any(|window| window == b"plain"));
        assert_eq!(*key.open(sealed, b"").unwrap(), b"a plain marker");
        assert_eq!(format!("{key:?}"), "Dek(Secret)");
    }
}

//! The master key: where it comes from, and that nobody else may read it.
//!
//! It opens the keyring and nothing else. A provider that never gives its key away (a hardware module,
//! a key service) fits the same trait.

use super::{KeyError, Keyring, Random, Secret};
use crate::transcripts::durable;
use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;
use zeroize::Zeroizing;

/// Whatever holds the master key: it seals and opens the keys of the keyring.
pub trait KeyProvider: Send + Sync + std::fmt::Debug {
    /// `key`, sealed, for `context` alone.
    ///
    /// # Errors
    /// Whatever keeps the provider from its key.
    fn seal_key(
        &self,
        key: &[u8; 32],
        context: &[u8],
        random: &dyn Random,
    ) -> Result<Vec<u8>, KeyError>;

    /// The key that was sealed for `context`.
    ///
    /// # Errors
    /// [`KeyError::Forged`] if it was sealed by another master key or for something else.
    fn open_key(&self, sealed: &[u8], context: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyError>;
}

/// The name of a new key while a rotation is under way.
const NEXT: &str = "master.next";

/// A master key in a file.
#[derive(Debug)]
pub struct MasterKey(Secret);

impl MasterKey {
    /// The name of the systemd credential.
    pub const CREDENTIAL: &str = "cece-master";

    /// Reads the key from the folder of systemd's credentials, if there is one and it is there, or
    /// from `path`; makes `path` if it is not there.
    ///
    /// # Errors
    /// [`KeyError::Permissions`] if others may read `path`; [`KeyError::NotAKey`]; [`KeyError::Io`].
    pub fn load_or_make(
        path: &Path,
        credentials: Option<&Path>,
        random: &dyn Random,
    ) -> Result<Self, KeyError> {
        let credential = credentials.map(|folder| folder.join(Self::CREDENTIAL));
        if let Some(credential) = credential.filter(|path| path.exists()) {
            // systemd keeps it in memory and sets who may read it.
            return Self::read(&credential);
        }
        let failed = |what| move |error: io::Error| io_failure(path, what, &error);
        if !path.exists() {
            if let Some(folder) = path.parent() {
                durable::make_dir(folder).map_err(failed("making the folder of the master key"))?;
            }
            let key = Secret::random(random);
            match durable::create(path, key.bytes()) {
                // Another process was first: its key is the one.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                done => done.map_err(failed("making the master key"))?,
            }
        }
        private(path)?;
        Self::read(path)
    }

    /// Makes a new master key in `folder` and seals `keyring` anew under it; gives how many keys that
    /// were. Between the two steps on disk both master keys are there, and [`Keyring::open_in`] takes
    /// the one that opens the keyring.
    ///
    /// # Errors
    /// [`KeyError::Io`]; the old key is then still good.
    pub fn rotate(
        folder: &Path,
        keyring: &Keyring,
        random: &dyn Random,
    ) -> Result<usize, KeyError> {
        let (path, next) = (folder.join("master"), folder.join(NEXT));
        let failed = |error: io::Error| io_failure(&next, "making the new master key", &error);
        let key = Secret::random(random);
        durable::replace(&next, key.bytes()).map_err(failed)?;
        let count = keyring.reseal(Arc::new(Self(key.clone())), random)?;
        Self::put_in_place(&path, &next)?;
        Ok(count)
    }

    /// The new key of a rotation that was stopped half way, if there is one.
    pub(super) fn next(folder: &Path) -> Option<Self> {
        let next = folder.join(NEXT);
        next.exists().then(|| Self::read(&next).ok()).flatten()
    }

    /// Ends a rotation: the new key takes the old one's place, which is overwritten.
    pub(super) fn finish_rotation(folder: &Path) -> Result<(), KeyError> {
        Self::put_in_place(&folder.join("master"), &folder.join(NEXT))
    }

    fn put_in_place(path: &Path, next: &Path) -> Result<(), KeyError> {
        let failed =
            |error: io::Error| io_failure(path, "putting the new master key in place", &error);
        let bytes = Zeroizing::new(fs::read(next).map_err(failed)?);
        durable::replace(path, &bytes).map_err(failed)?;
        // Overwritten before its name goes.
        durable::replace(next, &[0; 32]).map_err(failed)?;
        fs::remove_file(next).map_err(failed)
    }

    fn read(path: &Path) -> Result<Self, KeyError> {
        let bytes = fs::read(path)
            .map(Zeroizing::new)
            .map_err(|error| io_failure(path, "reading the master key", &error))?;
        Secret::from_slice(&bytes)
            .map(Self)
            .ok_or_else(|| KeyError::NotAKey {
                path: path.display().to_string(),
                bytes: bytes.len() as u64,
            })
    }
}

impl KeyProvider for MasterKey {
    fn seal_key(
        &self,
        key: &[u8; 32],
        context: &[u8],
        random: &dyn Random,
    ) -> Result<Vec<u8>, KeyError> {
        Ok(self.0.seal(key, context, random))
    }

    fn open_key(&self, sealed: &[u8], context: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        self.0.open(sealed, context)
    }
}

/// Refuses a file that others than its owner may read or write.
pub(in crate::transcripts) fn private(path: &Path) -> Result<(), KeyError> {
    let mode = fs::metadata(path)
        .map_err(|error| io_failure(path, "reading the permissions", &error))?
        .permissions()
        .mode()
        & 0o777;
    if mode & 0o077 == 0 {
        Ok(())
    } else {
        Err(KeyError::Permissions {
            path: path.display().to_string(),
            mode,
        })
    }
}

pub(super) fn io_failure(path: &Path, what: &'static str, error: &io::Error) -> KeyError {
    KeyError::Io {
        what,
        path: path.display().to_string(),
        cause: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::Repeatable;
    use super::*;

    fn load(path: &Path, credentials: Option<&Path>) -> Result<MasterKey, KeyError> {
        MasterKey::load_or_make(path, credentials, &Repeatable::default())
    }

    fn same(a: &MasterKey, b: &MasterKey) -> bool {
        a.0.bytes() == b.0.bytes()
    }

    #[test]
    fn a_key_is_made_once_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys/master");
        let made = load(&path, None).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o600);
        assert_eq!(mode(path.parent().unwrap()), 0o700);
        assert_eq!(fs::read(&path).unwrap().len(), 32);
        assert!(same(&load(&path, None).unwrap(), &made));
    }

    #[test]
    fn a_key_that_others_may_read_is_refused_with_the_command_that_mends_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master");
        load(&path, None).unwrap();
        for mode in [0o640, 0o604, 0o620, 0o660, 0o644, 0o666] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            let told = load(&path, None).unwrap_err().to_string();
            let command = format!("chmod 600 {}", path.display());
            assert!(
                told.contains(&command) && told.contains(&format!("{mode:o}")),
                "{told}"
            );
        }
        for mode in [0o600, 0o400] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            load(&path, None).unwrap();
        }
    }

    #[test]
    fn a_file_that_is_no_key_is_named_and_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master");
        for bytes in [0, 31, 33, 64] {
            fs::write(&path, vec![7; bytes]).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
            let told = load(&path, None).unwrap_err().to_string();
            assert!(told.contains(&format!("holds {bytes} bytes")), "{told}");
            assert_eq!(fs::read(&path).unwrap().len(), bytes);
        }
    }

    #[test]
    fn a_systemd_credential_comes_first() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master");
        let own = load(&path, Some(folder.path())).unwrap();
        fs::write(folder.path().join(MasterKey::CREDENTIAL), [9; 32]).unwrap();
        let given = load(&path, Some(folder.path())).unwrap();
        assert_eq!(given.0.bytes(), &[9; 32]);
        assert!(!same(&given, &own));
    }
}

//! The master key: where it comes from, and that nobody else may read it.
//!
//! It opens the keyring and nothing else. A provider that never gives its key away (a hardware module,
//! a key service) fits the same trait.

use super::{KeyError, Keyring, Random, Secret};
use crate::transcripts::durable;
use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
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

/// A master key in a file.
#[derive(Debug)]
pub struct MasterKey(Secret);

/// Where the master key is, and where the next one is while a rotation is under way.
#[derive(Debug)]
struct Places {
    present: PathBuf,
    next: PathBuf,
    /// Whether systemd gives them, and so alone can change them.
    given: bool,
}

impl Places {
    fn of(folder: &Path, credentials: Option<&Path>) -> Self {
        let given = credentials.map(|credentials| Self {
            present: credentials.join(MasterKey::CREDENTIAL),
            next: credentials.join(MasterKey::NEXT_CREDENTIAL),
            given: true,
        });
        let given = given.filter(|given| given.present.exists() || given.next.exists());
        given.unwrap_or_else(|| Self {
            present: folder.join("master"),
            next: folder.join("master.next"),
            given: false,
        })
    }

    /// The next key takes the present one's place, which is overwritten.
    fn put_next_in_place(&self) -> Result<(), KeyError> {
        let failed = |error: io::Error| {
            io_failure(&self.present, "putting the new master key in place", &error)
        };
        let bytes = Zeroizing::new(fs::read(&self.next).map_err(failed)?);
        durable::replace(&self.present, &bytes).map_err(failed)?;
        // Overwritten before its name goes.
        durable::replace(&self.next, &[0; 32]).map_err(failed)?;
        fs::remove_file(&self.next).map_err(failed)
    }
}

impl MasterKey {
    /// The name of the systemd credential.
    pub const CREDENTIAL: &str = "cece-master";
    /// The name of the systemd credential with the next key, for a rotation.
    pub const NEXT_CREDENTIAL: &str = "cece-master-next";

    /// Opens the keyring in `folder`, or makes it, with the master key: systemd's credential, if there is
    /// one in the folder `credentials`, or the file beside the keyring, which is made with it.
    pub(super) fn open_keyring(
        folder: &Path,
        credentials: Option<&Path>,
        random: &dyn Random,
    ) -> Result<Keyring, KeyError> {
        let keyring = folder.join("keyring");
        let places = Places::of(folder, credentials);
        if keyring.exists()
            && let Ok(next) = Self::read(&places.next)
            && let Ok(open) = Keyring::open(&keyring, Arc::new(next), random)
        {
            // A rotation was stopped after the keyring was sealed anew, or systemd has not been told yet.
            if !places.given {
                places.put_next_in_place()?;
            }
            return Ok(open);
        }
        let master = if places.given {
            // systemd keeps it in memory and sets who may read it.
            Self::read(&places.present)?
        } else if keyring.exists() && !places.present.exists() {
            return Err(KeyError::NoMaster {
                path: places.present.display().to_string(),
            });
        } else {
            Self::load_or_make(&places.present, random)?
        };
        Keyring::open(&keyring, Arc::new(master), random)
    }

    /// Reads the key from `path`; makes it if it is not there.
    ///
    /// # Errors
    /// [`KeyError::Permissions`] if others may read `path`; [`KeyError::NotAKey`]; [`KeyError::Io`].
    pub fn load_or_make(path: &Path, random: &dyn Random) -> Result<Self, KeyError> {
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

    /// Seals `keyring` anew under another master key; gives how many keys that were. A key in a file is
    /// replaced by a new one; where systemd gives it, the next one is the credential
    /// [`MasterKey::NEXT_CREDENTIAL`]. While both are there, [`Keyring::open_in`] takes the one that opens
    /// the keyring, so that a stop at any moment leaves one that does.
    ///
    /// # Errors
    /// [`KeyError::NextNotGiven`], [`KeyError::NextInUse`]; [`KeyError::Io`], and the old key is then still
    /// good.
    pub fn rotate(
        folder: &Path,
        credentials: Option<&Path>,
        keyring: &Keyring,
        random: &dyn Random,
    ) -> Result<usize, KeyError> {
        let places = Places::of(folder, credentials);
        if places.given {
            return Self::rotate_given(&places, keyring, random);
        }
        let failed =
            |error: io::Error| io_failure(&places.next, "making the new master key", &error);
        let key = Secret::random(random);
        durable::replace(&places.next, key.bytes()).map_err(failed)?;
        let count = keyring.reseal(Arc::new(Self(key)), random)?;
        places.put_next_in_place()?;
        Ok(count)
    }

    fn rotate_given(
        places: &Places,
        keyring: &Keyring,
        random: &dyn Random,
    ) -> Result<usize, KeyError> {
        if !places.next.exists() {
            return Err(KeyError::NextNotGiven);
        }
        let next = Arc::new(Self::read(&places.next)?);
        if Keyring::open(keyring.path(), Arc::clone(&next) as _, random).is_ok() {
            return Err(KeyError::NextInUse);
        }
        keyring.reseal(next, random)
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

    fn load(path: &Path) -> Result<MasterKey, KeyError> {
        MasterKey::load_or_make(path, &Repeatable::default())
    }

    fn write(path: &Path, key: [u8; 32]) {
        fs::write(path, key).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
    }

    #[test]
    fn a_key_is_made_once_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys/master");
        let made = load(&path).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o600);
        assert_eq!(mode(path.parent().unwrap()), 0o700);
        assert_eq!(fs::read(&path).unwrap().len(), 32);
        assert_eq!(load(&path).unwrap().0.bytes(), made.0.bytes());
    }

    #[test]
    fn a_key_that_others_may_read_is_refused_with_the_command_that_mends_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master");
        load(&path).unwrap();
        for mode in [0o640, 0o604, 0o620, 0o660, 0o644, 0o666] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            let told = load(&path).unwrap_err().to_string();
            let command = format!("chmod 600 {}", path.display());
            assert!(
                told.contains(&command) && told.contains(&format!("{mode:o}")),
                "{told}"
            );
        }
        for mode in [0o600, 0o400] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            load(&path).unwrap();
        }
    }

    #[test]
    fn a_file_that_is_no_key_is_named_and_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master");
        for bytes in [0, 31, 33, 64] {
            fs::write(&path, vec![7; bytes]).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
            let told = load(&path).unwrap_err().to_string();
            assert!(told.contains(&format!("holds {bytes} bytes")), "{told}");
            assert_eq!(fs::read(&path).unwrap().len(), bytes);
        }
    }

    #[test]
    fn a_keyring_without_its_master_key_is_named_and_no_other_is_made() {
        let folder = tempfile::tempdir().unwrap();
        let random = Repeatable::default();
        Keyring::open_in(folder.path(), None, &random).unwrap();
        let master = folder.path().join("master");
        fs::remove_file(&master).unwrap();
        let told = Keyring::open_in(folder.path(), None, &random).unwrap_err();
        assert!(matches!(told, KeyError::NoMaster { .. }), "{told}");
        assert!(!master.exists());
    }

    #[test]
    fn a_master_key_that_systemd_gives_is_rotated_to_the_next_that_it_gives() {
        let folder = tempfile::tempdir().unwrap();
        let (keys, given) = (folder.path().join("keys"), folder.path().join("given"));
        fs::create_dir(&given).unwrap();
        let random = Repeatable::default();
        let open = || Keyring::open_in(&keys, Some(&given), &random);
        let (present, next) = (
            given.join(MasterKey::CREDENTIAL),
            given.join(MasterKey::NEXT_CREDENTIAL),
        );
        write(&present, [9; 32]);
        let keyring = open().unwrap();
        assert!(!keys.join("master").exists(), "the credential is the key");
        let rotate = |keyring: &Keyring| MasterKey::rotate(&keys, Some(&given), keyring, &random);
        let told = rotate(&keyring).unwrap_err();
        assert!(matches!(told, KeyError::NextNotGiven), "{told}");
        assert!(told.to_string().contains(MasterKey::NEXT_CREDENTIAL));
        open().unwrap();

        write(&next, [8; 32]);
        let keyring = open().unwrap();
        rotate(&keyring).unwrap();
        let told = rotate(&keyring).unwrap_err();
        assert!(matches!(told, KeyError::NextInUse), "{told}");
        // Before systemd is told, and after.
        open().unwrap();
        fs::rename(&next, &present).unwrap();
        open().unwrap();
        write(&present, [9; 32]);
        let told = open().unwrap_err();
        assert!(matches!(told, KeyError::WrongMaster { .. }), "{told}");
    }
}

//! The keyring: a key a record class and month of expiry, in one file that the master key seals.
//!
//! When a month is over, its keys are destroyed and with them all that was due in it, in the live
//! store, in its files' leftovers and in every backup of the store. The file belongs outside the data
//! folder, so that a copy of the data alone can never be read.
//!
//! A conversation of which the end is not known yet is sealed under an open key of the month in which
//! that was so; when all of a month's have been sealed anew, that key can go too.

use super::form::{KeyFile, Text};
use super::master::{io_failure, private};
use super::{Bucket, Dek, KekId, KeyError, KeyProvider, MasterKey, Random, Secret};
use crate::transcripts::durable;
use crate::transcripts::retention::ClassName;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// What is known of a key besides the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KekInfo {
    /// Which.
    pub id: KekId,
    /// The record class that it is for.
    pub class: ClassName,
    /// When it goes.
    pub bucket: Bucket,
}

/// The keyring, open.
#[derive(Debug)]
pub struct Keyring {
    path: PathBuf,
    /// Held while the file is written, so that readers need not wait for the disk.
    writer: Mutex<Writer>,
    keys: RwLock<Keys>,
}

#[derive(Debug)]
struct Writer {
    provider: Arc<dyn KeyProvider>,
    file: KeyFile,
}

/// All keys.
#[derive(Debug)]
pub(super) struct Keys {
    /// Under which resident-facing handles are looked up, so that they stand nowhere in plain.
    pub(super) index: Kept,
    pub(super) by_id: BTreeMap<KekId, (KekInfo, Kept)>,
    current: HashMap<(ClassName, Bucket), KekId>,
}

/// A key, and the same as the master key has sealed it.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) key: Secret,
    pub(super) sealed: Vec<u8>,
}

/// What the index key is sealed for.
pub(super) const INDEX: &[u8] = b"cece keyring 1 index";

impl Keyring {
    /// Opens the keyring and the master key in `folder`, or makes them; the master key comes from the
    /// folder of systemd's credentials if it is there.
    ///
    /// # Errors
    /// [`KeyError::NoMaster`] where the keyring is there and its master key is not; as
    /// [`MasterKey::load_or_make`] and [`Keyring::open`].
    pub fn open_in(
        folder: &Path,
        credentials: Option<&Path>,
        random: &dyn Random,
    ) -> Result<Self, KeyError> {
        MasterKey::open_keyring(folder, credentials, random)
    }

    /// Opens the keyring at `path`, or makes an empty one.
    ///
    /// # Errors
    /// [`KeyError`], for a file that others may read, that is no keyring, or that does not belong to
    /// this master key.
    pub fn open(
        path: &Path,
        provider: Arc<dyn KeyProvider>,
        random: &dyn Random,
    ) -> Result<Self, KeyError> {
        let mut file = KeyFile::at(path);
        let keys = match fs::read(path) {
            Ok(bytes) => {
                private(path)?;
                file.read(&bytes, &*provider)?
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let keys = Keys::new(Kept::new(&*provider, INDEX, random)?);
                if let Some(folder) = path.parent() {
                    durable::make_dir(folder)
                        .map_err(|error| io_failure(path, "making the folder", &error))?;
                }
                file.replace(keys.text(|_| true))?;
                keys
            }
            Err(error) => return Err(io_failure(path, "reading the keyring", &error)),
        };
        Ok(Self {
            path: path.to_owned(),
            writer: Mutex::new(Writer { provider, file }),
            keys: RwLock::new(keys),
        })
    }

    /// The key for `class` and `bucket`, if it has been made.
    #[must_use]
    pub fn current(&self, class: &ClassName, bucket: Bucket) -> Option<KekId> {
        self.keys().current.get(&(class.clone(), bucket)).copied()
    }

    /// The key for `class` and `bucket`; made, and on disk when this returns, if there was none. Waits
    /// for the disk, once a class and month.
    ///
    /// # Errors
    /// [`KeyError::Io`]; the keyring is then as it was.
    pub fn make(
        &self,
        class: &ClassName,
        bucket: Bucket,
        random: &dyn Random,
    ) -> Result<KekId, KeyError> {
        self.renew(class, bucket, None, random)
    }

    /// A new key for `class` and `bucket` in the place of `full`; the one that is there, if somebody
    /// else was first. On disk when this returns.
    ///
    /// # Errors
    /// [`KeyError::Io`]; the keyring is then as it was.
    pub fn renew(
        &self,
        class: &ClassName,
        bucket: Bucket,
        full: Option<KekId>,
        random: &dyn Random,
    ) -> Result<KekId, KeyError> {
        let mut writer = self.writer();
        // Whoever waited here for a new key mostly finds it made.
        let made = self.current(class, bucket);
        if let Some(made) = made.filter(|made| Some(*made) != full) {
            return Ok(made);
        }
        let mut id = [0; 8];
        random.fill(&mut id);
        let info = KekInfo {
            id: KekId(u64::from_be_bytes(id)),
            class: class.clone(),
            bucket,
        };
        let id = info.id;
        let key = (
            info.clone(),
            Kept::new(&*writer.provider, &context(&info), random)?,
        );
        if !writer.file.append(&key)? {
            let keys = self.keys();
            let all = Text::of(&keys.index, keys.by_id.values().chain([&key]));
            drop(keys);
            writer.file.replace(all)?;
        }
        self.keys_mut().add(key);
        Ok(id)
    }

    /// Takes keys out of use for what is sealed from now on; they still open what they sealed.
    pub fn set_aside(&self, ids: &[KekId]) {
        self.keys_mut().current.retain(|_, id| !ids.contains(id));
    }

    /// Destroys keys, and with them for good what was sealed under them. On disk when this returns;
    /// those that are not there are passed by.
    ///
    /// # Errors
    /// [`KeyError::Io`], and then they may be there still.
    pub fn destroy_all(&self, ids: &[KekId]) -> Result<(), KeyError> {
        let ids: BTreeSet<_> = ids.iter().copied().collect();
        let mut writer = self.writer();
        let left = {
            let keys = self.keys();
            if !ids.iter().any(|id| keys.by_id.contains_key(id)) {
                return Ok(());
            }
            keys.text(|id| !ids.contains(&id))
        };
        writer.file.replace(left)?;
        let mut keys = self.keys_mut();
        keys.by_id.retain(|id, _| !ids.contains(id));
        keys.current.retain(|_, id| !ids.contains(id));
        Ok(())
    }

    /// Seals every key anew, for another master key. On disk when this returns.
    ///
    /// # Errors
    /// The provider's; [`KeyError::Io`], and then the keyring on disk is under the one or the other.
    pub fn reseal(
        &self,
        under: Arc<dyn KeyProvider>,
        random: &dyn Random,
    ) -> Result<usize, KeyError> {
        let mut writer = self.writer();
        let anew = |kept: &Kept, context: &[u8]| {
            let sealed = under.seal_key(kept.key.bytes(), context, random)?;
            let key = kept.key.clone();
            Ok::<_, KeyError>(Kept { key, sealed })
        };
        let resealed = {
            let keys = self.keys();
            let mut resealed = Keys::new(anew(&keys.index, INDEX)?);
            for (info, kept) in keys.by_id.values() {
                resealed.add((info.clone(), anew(kept, &context(info))?));
            }
            resealed
        };
        writer.file.replace(resealed.text(|_| true))?;
        let mut keys = self.keys_mut();
        keys.index = resealed.index;
        keys.by_id = resealed.by_id;
        writer.provider = under;
        Ok(keys.by_id.len())
    }

    /// Where the keyring stands.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Destroys a key, and with it for good what was sealed under it. On disk when this returns.
    ///
    /// # Errors
    /// [`KeyError::Missing`]; [`KeyError::Io`], and then it may be there still.
    pub fn destroy(&self, id: KekId) -> Result<(), KeyError> {
        if self.info(id).is_none() {
            return Err(KeyError::Missing(id));
        }
        self.destroy_all(&[id])
    }

    /// What is known of a key; none if it is not there.
    #[must_use]
    pub fn info(&self, id: KekId) -> Option<KekInfo> {
        self.keys().by_id.get(&id).map(|(info, _)| info.clone())
    }

    /// All keys, by what is known of them.
    #[must_use]
    pub fn keks(&self) -> Vec<KekInfo> {
        let keys = self.keys();
        keys.by_id.values().map(|(info, _)| info.clone()).collect()
    }

    /// A data key, sealed under `id` for `context` alone.
    ///
    /// # Errors
    /// [`KeyError::Missing`].
    pub fn wrap(
        &self,
        id: KekId,
        dek: &Dek,
        context: &[u8],
        random: &dyn Random,
    ) -> Result<Vec<u8>, KeyError> {
        let keys = self.keys();
        let (_, kept) = keys.by_id.get(&id).ok_or(KeyError::Missing(id))?;
        Ok(kept.key.seal(dek.0.bytes(), context, random))
    }

    /// The data key that was sealed under `id` for `context`.
    ///
    /// # Errors
    /// [`KeyError::Missing`]; [`KeyError::Forged`].
    pub fn unwrap(&self, id: KekId, wrapped: &[u8], context: &[u8]) -> Result<Dek, KeyError> {
        let keys = self.keys();
        let (_, kept) = keys.by_id.get(&id).ok_or(KeyError::Missing(id))?;
        let key = kept.key.open(wrapped, context)?;
        Secret::from_slice(&key).map(Dek).ok_or(KeyError::Forged)
    }

    /// What stands for `parts` in an index: the same for the same parts, and telling nothing of them
    /// to whoever has not this keyring.
    #[must_use]
    pub fn digest(&self, parts: &[&[u8]]) -> [u8; 16] {
        let keys = self.keys();
        // HMAC's key is a block of SHA-256, filled up with zeros.
        let mut block = hmac::digest::Key::<Hmac<Sha256>>::default();
        block[..32].copy_from_slice(keys.index.key.bytes());
        let mut mac = Hmac::<Sha256>::new(&block);
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        let digest = mac.finalize().into_bytes();
        let mut half = [0; 16];
        half.copy_from_slice(&digest[..16]);
        half
    }

    fn keys(&self) -> RwLockReadGuard<'_, Keys> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn keys_mut(&self) -> RwLockWriteGuard<'_, Keys> {
        self.keys.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn writer(&self) -> MutexGuard<'_, Writer> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Keys {
    pub(super) fn new(index: Kept) -> Self {
        Self {
            index,
            by_id: BTreeMap::new(),
            current: HashMap::new(),
        }
    }

    pub(super) fn add(&mut self, key: (KekInfo, Kept)) {
        let (info, _) = &key;
        let (class, id) = (info.class.clone(), info.id);
        self.current.insert((class, info.bucket), id);
        self.by_id.insert(id, key);
    }

    /// The file of those keys that stay.
    fn text(&self, stays: impl Fn(KekId) -> bool + Clone) -> Text {
        let left = self.by_id.values().filter(|(info, _)| stays(info.id));
        Text::of(&self.index, left)
    }
}

impl Kept {
    fn new(
        provider: &dyn KeyProvider,
        context: &[u8],
        random: &dyn Random,
    ) -> Result<Self, KeyError> {
        let key = Secret::random(random);
        let sealed = provider.seal_key(key.bytes(), context, random)?;
        Ok(Self { key, sealed })
    }
}

/// What a key is sealed for: a key that is moved to another's place in the file does not open.
pub(super) fn context(info: &KekInfo) -> Vec<u8> {
    format!(
        "cece keyring 1 kek {} {} {}",
        info.id, info.bucket, info.class
    )
    .into_bytes()
}

#[cfg(test)]
mod tests;

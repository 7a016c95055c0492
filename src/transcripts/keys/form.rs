//! The keyring as a file: what is known of each key, and the key as the master key has sealed it.

use super::keyring::{INDEX, KekInfo, Kept, Keys, context};
use super::master::io_failure;
use super::{Bucket, KekId, KeyError, KeyProvider, Secret};
use crate::transcripts::durable;
use crate::transcripts::retention::ClassName;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use std::io;
use std::path::Path;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: u32,
    index: String,
    keys: Vec<FileKey>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileKey {
    id: String,
    class: String,
    until: String,
    key: String,
}

/// The version of this form.
const FORMAT: u32 = 1;

/// Puts `keys` in the place of the file at `path`.
pub(super) fn write(path: &Path, keys: &Keys) -> Result<(), KeyError> {
    let file = File {
        format: FORMAT,
        index: STANDARD.encode(&keys.index.sealed),
        keys: keys
            .by_id
            .values()
            .map(|(info, kept)| FileKey {
                id: info.id.to_string(),
                class: info.class.to_string(),
                until: info.bucket.to_string(),
                key: STANDARD.encode(&kept.sealed),
            })
            .collect(),
    };
    let failed = |error: io::Error| io_failure(path, "writing the keyring", &error);
    let text = serde_json::to_vec_pretty(&file).map_err(|error| failed(error.into()))?;
    durable::replace(path, &text).map_err(failed)
}

/// The keys in `bytes`, which are the file at `path`.
pub(super) fn read(
    path: &Path,
    bytes: &[u8],
    provider: &dyn KeyProvider,
) -> Result<Keys, KeyError> {
    let bad = |why: &str| KeyError::NotAKeyring {
        path: path.display().to_string(),
        why: why.to_owned(),
    };
    let file: File = serde_json::from_slice(bytes)
        .map_err(|error| bad(&format!("line {}, column {}", error.line(), error.column())))?;
    if file.format != FORMAT {
        return Err(bad(&format!("its format is {}", file.format)));
    }
    let kept = |key: &str, context: &[u8]| {
        let sealed = STANDARD
            .decode(key)
            .map_err(|_| bad("a key is no base64"))?;
        let key = provider.open_key(&sealed, context).map_err(|error| {
            if matches!(error, KeyError::Forged) {
                KeyError::WrongMaster {
                    path: path.display().to_string(),
                }
            } else {
                error
            }
        })?;
        let key = Secret::from_slice(&key).ok_or_else(|| bad("a key has not 32 bytes"))?;
        Ok(Kept { key, sealed })
    };
    let mut keys = Keys::new(kept(&file.index, INDEX)?);
    for key in &file.keys {
        let id = u64::from_str_radix(&key.id, 16).map_err(|_| bad("an id is no number"))?;
        let info = KekInfo {
            id: KekId(id),
            class: ClassName::new(&key.class),
            bucket: Bucket::parse(&key.until).ok_or_else(|| bad("a month is no month"))?,
        };
        let kept = kept(&key.key, &context(&info))?;
        keys.add(info, kept);
    }
    Ok(keys)
}

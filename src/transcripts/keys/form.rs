//! The keyring as a file: what is known of each key, and the key as the master key has sealed it.
//!
//! A line of JSON each. The first says how many keys follow, at least; it is written over after each that is
//! added, so that a file that was cut off is told from one whose last line a crash has torn: of that key
//! nobody has been told. A key that goes takes the whole file with it, which is written anew.

use super::keyring::{INDEX, KekInfo, Kept, Keys, context};
use super::master::io_failure;
use super::{Bucket, KekId, KeyError, KeyProvider, Secret};
use crate::transcripts::durable;
use crate::transcripts::retention::ClassName;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use std::fs::OpenOptions;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

/// The file, and how far it is known to be whole.
#[derive(Debug)]
pub(super) struct KeyFile {
    path: PathBuf,
    /// None where it ends in half a line, or may: then nothing can be added to it.
    whole: Option<Whole>,
}

#[derive(Debug, Clone, Copy)]
struct Whole {
    keys: u64,
    bytes: u64,
}

/// The first line.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    /// In [`COUNT_DIGITS`] digits, at [`COUNT_AT`], to be written over.
    keys: String,
    format: u32,
    index: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    id: String,
    class: String,
    until: String,
    key: String,
}

/// The form before: all of it one value of JSON.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FirstForm {
    format: u32,
    index: String,
    keys: Vec<Line>,
}

/// The version of this form.
const FORMAT: u32 = 2;
const COUNT_AT: u64 = r#"{"keys":""#.len() as u64;
const COUNT_DIGITS: usize = 12;

impl KeyFile {
    /// A file at `path` of which nothing is known.
    pub(super) fn at(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            whole: None,
        }
    }

    /// The keys in `bytes`, which are the file's.
    ///
    /// # Errors
    /// [`KeyError::NotAKeyring`], [`KeyError::WrongMaster`]; the provider's.
    pub(super) fn read(
        &mut self,
        bytes: &[u8],
        provider: &dyn KeyProvider,
    ) -> Result<Keys, KeyError> {
        let (index, lines, whole) = match serde_json::from_slice::<FirstForm>(bytes) {
            Ok(first) if first.format == 1 => (first.index, first.keys, None),
            Ok(_) | Err(_) => self.lines(bytes)?,
        };
        let mut keys = Keys::new(self.open(&index, INDEX, provider)?);
        for line in &lines {
            let id =
                u64::from_str_radix(&line.id, 16).map_err(|_| self.bad("an id is no number"))?;
            let bucket = Bucket::parse(&line.until);
            let info = KekInfo {
                id: KekId(id),
                class: ClassName::new(&line.class),
                bucket: bucket.ok_or_else(|| self.bad("a month is no month"))?,
            };
            let kept = self.open(&line.key, &context(&info), provider)?;
            keys.add((info, kept));
        }
        self.whole = whole;
        Ok(keys)
    }

    /// The index key and the lines of the present form, and how far they are whole.
    fn lines(&self, bytes: &[u8]) -> Result<(String, Vec<Line>, Option<Whole>), KeyError> {
        let mut lines = bytes.split_inclusive(|byte| *byte == b'\n').peekable();
        let head: Head = self.parse(1, lines.next().unwrap_or_default())?;
        if head.format != FORMAT {
            return Err(self.bad(&format!("its format is {}", head.format)));
        }
        let at_least = head.keys.parse::<usize>();
        let at_least = at_least.map_err(|_| self.bad("its number of keys is no number"))?;
        let mut keys = Vec::new();
        let mut torn = false;
        while let Some(line) = lines.next() {
            torn = lines.peek().is_none() && !line.ends_with(b"\n");
            if !torn {
                keys.push(self.parse(keys.len() + 2, line)?);
            }
        }
        if keys.len() < at_least {
            let missing = at_least - keys.len();
            return Err(self.bad(&format!(
                "it is cut off: {missing} of its {at_least} keys are missing"
            )));
        }
        let whole = Whole {
            keys: keys.len() as u64,
            bytes: bytes.len() as u64,
        };
        Ok((head.index, keys, (!torn).then_some(whole)))
    }

    fn parse<'a, T: Deserialize<'a>>(&self, number: usize, line: &'a [u8]) -> Result<T, KeyError> {
        serde_json::from_slice(line)
            .map_err(|error| self.bad(&format!("line {number}, column {}", error.column())))
    }

    fn open(
        &self,
        key: &str,
        context: &[u8],
        provider: &dyn KeyProvider,
    ) -> Result<Kept, KeyError> {
        let sealed = STANDARD.decode(key);
        let sealed = sealed.map_err(|_| self.bad("a key is no base64"))?;
        let key = provider.open_key(&sealed, context).map_err(|error| {
            if matches!(error, KeyError::Forged) {
                KeyError::WrongMaster {
                    path: self.path.display().to_string(),
                }
            } else {
                error
            }
        })?;
        let key = Secret::from_slice(&key).ok_or_else(|| self.bad("a key has not 32 bytes"))?;
        Ok(Kept { key, sealed })
    }

    fn bad(&self, why: &str) -> KeyError {
        KeyError::NotAKeyring {
            path: self.path.display().to_string(),
            why: why.to_owned(),
        }
    }

    /// Puts a file with these keys in the place of this one; durable when this returns.
    ///
    /// # Errors
    /// [`KeyError::Io`]; the file is then the one or the other.
    pub(super) fn replace(&mut self, text: Text) -> Result<(), KeyError> {
        self.whole = None;
        let Text { text, keys } = text;
        durable::replace(&self.path, text.as_bytes()).map_err(|error| self.failed(&error))?;
        self.whole = Some(Whole {
            keys,
            bytes: text.len() as u64,
        });
        Ok(())
    }

    /// Adds a key; durable when this returns. False, and nothing was done, where the file's end is not known
    /// to be whole: then it has to be replaced.
    ///
    /// # Errors
    /// [`KeyError::Io`]; the key may then stand in the file or not.
    pub(super) fn append(&mut self, key: &(KekInfo, Kept)) -> Result<bool, KeyError> {
        let Some(whole) = self.whole.take() else {
            return Ok(false);
        };
        let added = || -> io::Result<Option<Whole>> {
            let file = OpenOptions::new().write(true).open(&self.path)?;
            if file.metadata()?.len() != whole.bytes {
                return Ok(None);
            }
            let text = line(key);
            file.write_all_at(text.as_bytes(), whole.bytes)?;
            file.sync_data()?;
            let keys = whole.keys + 1;
            // Not synced: whatever of it survives is a lower bound.
            file.write_all_at(count(keys).as_bytes(), COUNT_AT)?;
            Ok(Some(Whole {
                keys,
                bytes: whole.bytes + text.len() as u64,
            }))
        };
        self.whole = added().map_err(|error| self.failed(&error))?;
        Ok(self.whole.is_some())
    }

    fn failed(&self, error: &io::Error) -> KeyError {
        io_failure(&self.path, "writing the keyring", error)
    }
}

/// What a whole file says.
pub(super) struct Text {
    text: String,
    keys: u64,
}

impl Text {
    /// Of `keys`, under this index key.
    pub(super) fn of<'a>(
        index: &Kept,
        keys: impl Iterator<Item = &'a (KekInfo, Kept)> + Clone,
    ) -> Self {
        let number = keys.clone().count() as u64;
        let mut text = head(number, &index.sealed);
        for key in keys {
            text.push_str(&line(key));
        }
        Self { text, keys: number }
    }
}

// By hand: the order of what is in the first line matters, and nothing can go wrong.

fn head(keys: u64, index: &[u8]) -> String {
    let (count, index) = (count(keys), STANDARD.encode(index));
    format!("{{\"keys\":\"{count}\",\"format\":{FORMAT},\"index\":\"{index}\"}}\n")
}

fn line((info, kept): &(KekInfo, Kept)) -> String {
    let (id, until) = (info.id, info.bucket);
    let class = serde_json::Value::from(info.class.as_str());
    let key = STANDARD.encode(&kept.sealed);
    format!("{{\"id\":\"{id}\",\"class\":{class},\"until\":\"{until}\",\"key\":\"{key}\"}}\n")
}

fn count(keys: u64) -> String {
    format!("{keys:0COUNT_DIGITS$}")
}

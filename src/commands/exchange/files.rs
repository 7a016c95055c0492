//! What a path holds: one file, a folder's files, or a zip's, within limits.

use anyhow::{Context as _, Result, anyhow, bail};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::path::Path;
use zip::result::ZipError;

/// Largest total of what is read, unpacked.
const BYTES_MAX: u64 = 64 << 20;
/// Most files that are read.
const FILES_MAX: usize = 10_000;

/// Files by their path inside what was named, parts joined by `/`.
pub(super) struct Files {
    files: BTreeMap<String, Vec<u8>>,
}

impl Files {
    /// Reads a file, a folder or a zip.
    ///
    /// # Errors
    /// The system's, a broken zip, or that it is too large.
    pub(super) fn read(path: &Path) -> Result<Self> {
        let mut files = Self {
            files: BTreeMap::new(),
        };
        if path.is_dir() {
            files.folder(path, "")?;
            return Ok(files);
        }
        let bytes =
            std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        if path
            .extension()
            .is_some_and(|end| end.eq_ignore_ascii_case("zip"))
        {
            files
                .zip(bytes)
                .with_context(|| format!("reading {}", path.display()))?;
        } else {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            files.add(name.into_owned(), bytes)?;
        }
        Ok(files)
    }

    fn folder(&mut self, folder: &Path, prefix: &str) -> Result<()> {
        let entries = std::fs::read_dir(folder)
            .with_context(|| format!("cannot read {}", folder.display()))?;
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') {
                continue;
            }
            let path = format!("{prefix}{name}");
            // A link may lead anywhere, and into itself.
            if entry.file_type()?.is_dir() {
                self.folder(&entry.path(), &format!("{path}/"))?;
            } else if entry.file_type()?.is_file() {
                self.add(path, std::fs::read(entry.path())?)?;
            }
        }
        Ok(())
    }

    fn zip(&mut self, bytes: Vec<u8>) -> Result<()> {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| anyhow!("this is no zip, or not all of it: download it once more"))?;
        for at in 0..archive.len() {
            let entry = archive.by_index(at).map_err(|error| {
                if matches!(
                    error,
                    ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)
                ) {
                    anyhow!("it is protected by a password: unpack it and name the folder")
                } else {
                    error.into()
                }
            })?;
            if entry.is_dir() {
                continue;
            }
            // Some programs on Windows part folders by backslashes.
            let name = entry.name()?.replace('\\', "/");
            let mut unpacked = Vec::new();
            entry.take(BYTES_MAX + 1).read_to_end(&mut unpacked)?;
            self.add(name, unpacked)?;
        }
        Ok(())
    }

    fn add(&mut self, name: String, bytes: Vec<u8>) -> Result<()> {
        let total: usize = self.files.values().map(Vec::len).sum();
        if (total + bytes.len()) as u64 > BYTES_MAX || self.files.len() == FILES_MAX {
            bail!("more than {FILES_MAX} files or {BYTES_MAX} bytes");
        }
        self.files.insert(name, bytes);
        Ok(())
    }

    /// The bytes of the one file that was named.
    ///
    /// # Errors
    /// That there are more.
    pub(super) fn only(&self) -> Result<&[u8]> {
        match self.files.values().collect::<Vec<_>>().as_slice() {
            [one] => Ok(one),
            _ => bail!("name one file"),
        }
    }

    /// Whether the path of some file holds `part`.
    pub(super) fn has(&self, part: &str) -> bool {
        self.files.keys().any(|path| path.contains(part))
    }

    /// Paths that hold `part`, in order.
    pub(super) fn with<'a>(&'a self, part: &'a str) -> impl Iterator<Item = &'a str> {
        let paths = self.files.keys().map(String::as_str);
        paths.filter(move |path| path.contains(part))
    }

    /// A file's text.
    ///
    /// # Errors
    /// That it is not there, or not UTF-8.
    pub(super) fn text(&self, path: &str) -> Result<&str> {
        let bytes = self
            .files
            .get(path)
            .with_context(|| format!("{path} is missing"))?;
        let text = std::str::from_utf8(bytes).with_context(|| format!("{path} is not UTF-8"))?;
        Ok(text.trim_start_matches('\u{feff}'))
    }

    /// A file's JSON.
    ///
    /// # Errors
    /// That it is not there, or not JSON.
    pub(super) fn json(&self, path: &str) -> Result<Value> {
        serde_json::from_str(self.text(path)?).with_context(|| format!("{path} is not JSON"))
    }
}

/// The elements of the list at a pointer such as `/assets/intents`; none where there is none.
pub(super) fn list<'a>(value: &'a Value, pointer: &str) -> impl Iterator<Item = &'a Value> {
    let list = value.pointer(pointer).and_then(Value::as_array);
    list.into_iter().flatten()
}

/// The string at a pointer; empty where there is none.
pub(super) fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or("")
}

/// The whole number at a pointer; none where there is none.
pub(super) fn whole(value: &Value, pointer: &str) -> Option<usize> {
    let number = value.pointer(pointer)?.as_u64()?;
    usize::try_from(number).ok()
}

/// The byte at which UTF-16 code unit `unit` of `text` begins; none inside a character or beyond.
pub(super) fn byte_of_utf16(text: &str, unit: usize) -> Option<usize> {
    let mut units = 0;
    for (byte, c) in text.char_indices() {
        if units == unit {
            return Some(byte);
        }
        units += c.len_utf16();
    }
    (units == unit).then_some(text.len())
}

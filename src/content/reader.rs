//! The files of the content folder, read within limits and in a fixed order.
//!
//! The only place of the pure layer that touches a file system. It does not look into the files.

use super::fault::{Fault, Faults, Severity};
use crate::transcripts::retention::Register;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Largest file that is read.
const FILE_BYTES_MAX: u64 = 1024 * 1024;
/// Most files that are read.
const FILES_MAX: usize = 5_000;

/// A file of the content folder.
pub(super) struct Source {
    /// Its path inside the folder, parts joined by `/`, e.g. `waste/missed-bin.toml`.
    pub(super) path: String,
    /// Its text.
    pub(super) text: String,
}

/// What the content folder holds.
pub(super) struct Folder {
    /// The folder's own name, with which faults begin, e.g. `intents`.
    pub(super) name: PathBuf,
    /// Its files, sorted by path.
    pub(super) sources: Vec<Source>,
    /// Paths that are there and could not be read: not missing, and already complained about.
    pub(super) unreadable: Vec<String>,
    /// The folders in it, sorted.
    pub(super) folders: Vec<String>,
    /// What could not be read, and why.
    pub(super) faults: Vec<Fault>,
}

/// Reads `dir` and the folders in it; nothing deeper. An error is that `dir` itself cannot be read.
pub(super) fn read(dir: &Path) -> Result<Folder, Fault> {
    // `.` has no name of its own; its real path has.
    let real = fs::canonicalize(dir);
    let name = dir
        .file_name()
        .or_else(|| real.as_ref().ok().and_then(|real| real.file_name()))
        .map_or_else(|| PathBuf::from("intents"), PathBuf::from);
    let mut folder = Folder {
        name,
        sources: Vec::new(),
        unreadable: Vec::new(),
        folders: Vec::new(),
        faults: Vec::new(),
    };
    let readable = real.and_then(|real| fs::read_dir(&real).map(|_| real));
    let real = readable.map_err(|cause| {
        Fault::whole(
            Severity::Error,
            &folder.name,
            format!("the content folder cannot be read: {cause}"),
            "name a folder that holds council.toml, wording files and department folders",
        )
    })?;
    folder.walk(&real, &real, "");
    folder.sources.sort_by(|a, b| a.path.cmp(&b.path));
    folder.folders.sort();
    Ok(folder)
}

impl Folder {
    /// The name under which a path inside the folder is shown.
    pub(super) fn shown(&self, path: &str) -> PathBuf {
        if path.is_empty() {
            self.name.clone()
        } else {
            self.name.join(path)
        }
    }

    fn fault(&mut self, severity: Severity, path: &str, what: impl Into<String>, fix: &str) {
        let file = self.shown(path);
        self.faults.push(Fault::whole(severity, file, what, fix));
    }

    fn walk(&mut self, root: &Path, dir: &Path, prefix: &str) {
        let entries = match fs::read_dir(dir) {
            Ok(entries) => entries,
            Err(cause) => {
                let what = format!("the folder cannot be read: {cause}");
                return self.fault(Severity::Error, prefix, what, "make it readable");
            }
        };
        for entry in entries.flatten() {
            let file_name = entry.file_name();
            let Some(file_name) = file_name.to_str() else {
                self.fault(
                    Severity::Error,
                    prefix,
                    format!("the name {} is not UTF-8", file_name.display()),
                    "use lower-case letters, digits and hyphens",
                );
                continue;
            };
            // Editors and version control keep hidden files; they are nobody's content.
            if file_name.starts_with('.') {
                continue;
            }
            let path = if prefix.is_empty() {
                file_name.to_owned()
            } else {
                format!("{prefix}/{file_name}")
            };
            self.enter(root, &entry.path(), &path, prefix.is_empty());
        }
    }

    fn enter(&mut self, root: &Path, place: &Path, path: &str, top: bool) {
        let real = match fs::canonicalize(place) {
            Ok(real) if real.starts_with(root) => real,
            Ok(_) => {
                return self.fault(
                    Severity::Warning,
                    path,
                    "this symbolic link leads out of the content folder and is not read",
                    "put the file itself here",
                );
            }
            Err(cause) => {
                let what = format!("it cannot be read: {cause}");
                return self.fault(Severity::Error, path, what, "mend or remove it");
            }
        };
        if real.is_dir() && top {
            self.folders.push(path.to_owned());
            self.walk(root, &real, path);
        } else if real.is_dir() {
            self.fault(
                Severity::Error,
                path,
                "a folder inside a department's folder is not read",
                "move its files up into the department's folder",
            );
        } else if self.sources.len() + self.unreadable.len() == FILES_MAX {
            self.fault(
                Severity::Error,
                path,
                format!("there are more than {FILES_MAX} files, and the rest are not read"),
                "name the content folder itself, not one above it",
            );
            self.unreadable.push(path.to_owned());
        } else if self.sources.len() + self.unreadable.len() < FILES_MAX {
            self.file(&real, path);
        }
    }

    fn file(&mut self, place: &Path, path: &str) {
        match read_text(place) {
            Ok(text) => self.sources.push(Source {
                path: path.to_owned(),
                text,
            }),
            Err(fault) => {
                let file = self.shown(path);
                self.faults.push(Fault { file, ..fault });
                self.unreadable.push(path.to_owned());
            }
        }
    }
}

/// The file's text, or what is wrong with it, with the place inside it where there is one.
fn read_text(place: &Path) -> Result<String, Fault> {
    let fault = |what: String, fix: &str| Fault::whole(Severity::Error, PathBuf::new(), what, fix);
    let unreadable =
        |cause: std::io::Error| fault(format!("it cannot be read: {cause}"), "make it readable");
    // Opening a pipe would wait for its writer for ever.
    if !fs::metadata(place).map_err(unreadable)?.is_file() {
        return Err(fault(
            "it is not a regular file".to_owned(),
            "put a file here",
        ));
    }
    let mut bytes = Vec::new();
    fs::File::open(place)
        .and_then(|file| file.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes))
        .map_err(unreadable)?;
    if bytes.len() as u64 > FILE_BYTES_MAX {
        return Err(fault(
            format!("the file is larger than {FILE_BYTES_MAX} bytes (1 MiB)"),
            "split it, one intent a file, or keep what differs most",
        ));
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let good = String::from_utf8_lossy(error.as_bytes().get(..valid).unwrap_or_default());
        let (line, column) = super::page::position(&good, good.len());
        Fault {
            line,
            column,
            ..fault(
                "the file is not UTF-8 from here on".to_owned(),
                "save it as UTF-8",
            )
        }
    })
}

/// Reads the Information Asset Register.
///
/// # Errors
/// Every fault of it, or that it cannot be read.
pub fn read_register(path: &Path) -> Result<Register, Faults> {
    let text = fs::read_to_string(path).map_err(|cause| {
        let what = format!("the register cannot be read: {cause}");
        let fix = "name the file that holds the Information Asset Register (register in cece.toml)";
        Faults(vec![Fault::whole(Severity::Error, path, what, fix)])
    })?;
    Register::parse(&text, path)
}

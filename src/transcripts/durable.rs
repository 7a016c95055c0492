//! Files that are there after a power cut: write, fsync, rename, fsync of the directory.
//!
//! It knows nothing of what is in them. `rename` alone is not enough: until its directory is synced
//! the old name may come back.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read as _, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// Puts `bytes` in the place of `path`, readable by its owner alone, so that a crash at any moment
/// leaves either the old content or the new.
///
/// What stood there before is overwritten with zeros where no other name holds it, so that a key that
/// was taken out does not live on in the free space of the disk.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = sibling(path, ".new");
    write_private(&new, bytes)?;
    put_in_place(&new, path)
}

/// Puts the file `new`, which is synced, in the place of `path`, as [`replace`] does.
pub(super) fn put_in_place(new: &Path, path: &Path) -> io::Result<()> {
    let old = match OpenOptions::new().write(true).open(path) {
        Ok(file) => Some(file),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    fs::rename(new, path)?;
    sync_parent(path)?;
    if let Some(mut file) = old {
        let was = file.metadata()?;
        if was.nlink() == 0 {
            io::copy(&mut io::repeat(0).take(was.len()), &mut file)?;
            file.sync_all()?;
        }
    }
    Ok(())
}

/// Makes `path` with `bytes`, readable by its owner alone; fails if it is there.
pub(super) fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = sibling(path, ".new");
    write_private(&new, bytes)?;
    // A hard link, unlike a rename, never replaces what another process made in the meantime.
    let linked = fs::hard_link(&new, path);
    fs::remove_file(&new)?;
    linked?;
    sync_parent(path)
}

fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = new_file(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// A new file at `path`, for its owner alone; what a crash has left there goes.
pub(super) fn new_file(path: &Path) -> io::Result<File> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Ok(()) | Err(_) => {}
    }
    OpenOptions::new()
        .read(true)
        .append(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
}

/// Makes `dir` and what is missing above it, for its owner alone, and syncs each new name.
pub(crate) fn make_dir(dir: &Path) -> io::Result<()> {
    if dir.as_os_str().is_empty() || dir.is_dir() {
        return Ok(());
    }
    if let Some(parent) = dir.parent() {
        make_dir(parent)?;
    }
    match DirBuilder::new().mode(0o700).create(dir) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && dir.is_dir() => Ok(()),
        Err(error) => Err(error),
        Ok(()) => sync_parent(dir),
    }
}

/// Syncs every file and folder under `dir`, and its own name.
pub(super) fn sync_tree(dir: &Path) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_tree(&entry.path())?;
        } else {
            File::open(entry.path())?.sync_all()?;
        }
    }
    File::open(dir)?.sync_all()?;
    sync_parent(dir)
}

/// Syncs the folder that `path` is in.
pub(super) fn sync_parent(path: &Path) -> io::Result<()> {
    let parent = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        Some(_) | None => Path::new("."),
    };
    File::open(parent)?.sync_all()
}

/// `path` with `suffix` at the end of its last name.
pub(super) fn sibling(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

//! Files of the person who runs the client: what is shared, passphrases, what was received, and the settings. None of
//! them belongs to a database.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;
use zeroize::Zeroizing;

/// The bytes of a file, at most `limit`; one more byte is an error. Room is made at once, because what is moved to a
/// larger place leaves a copy behind.
#[expect(clippy::disallowed_methods, reason = "a file that the user named, no database")]
pub(crate) fn read(path: &Path, limit: u64) -> io::Result<Zeroizing<Vec<u8>>> {
    let file = File::open(path)?;
    let meta = file.metadata()?;
    if meta.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let room = usize::try_from(meta.len().min(limit)).unwrap_or(0);
    let mut bytes = Zeroizing::new(Vec::with_capacity(room + 1));
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

/// A new file that only its owner reads; what is there already, a link included, is an error.
#[expect(clippy::disallowed_methods, reason = "a new file, no database")]
pub(crate) fn create_new(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// A new file, whole and on the disk, or none.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = create_new(path)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    if written.is_err() {
        let _ = fs::remove_file(path);
    }
    written
}

/// Puts a whole file in place of another, or of none: nobody sees half of it.
pub(crate) fn replace(path: &Path, temporary: &Path, bytes: &[u8]) -> io::Result<()> {
    write_new(temporary, bytes)?;
    let placed = fs::rename(temporary, path);
    if placed.is_err() {
        let _ = fs::remove_file(temporary);
    }
    placed
}

/// Gives a whole file its name. What has that name already, a link included, is an error, and the file keeps the name
/// that it had.
pub(crate) fn place_new(temporary: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(temporary, path) {
        Ok(()) => {
            let _ = fs::remove_file(temporary);
            Ok(())
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        Err(_) => place_without_links(temporary, path),
    }
}

/// For file systems without hard links: the name is taken first, and what is then replaced is our own and empty.
fn place_without_links(temporary: &Path, path: &Path) -> io::Result<()> {
    create_new(path)?;
    fs::rename(temporary, path).inspect_err(|_| {
        let _ = fs::remove_file(path);
    })
}

/// Makes a folder, and those above it, for their owner alone.
pub(crate) fn create_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Makes sure that the names in a folder are on the disk too, where the system knows how.
#[cfg_attr(unix, expect(clippy::disallowed_methods, reason = "a folder, no database"))]
pub(crate) fn sync_folder(path: &Path) {
    #[cfg(unix)]
    let _ = File::open(path).and_then(|folder| folder.sync_all());
    #[cfg(not(unix))]
    let _ = path;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_given_once() {
        type Place = fn(&Path, &Path) -> io::Result<()>;
        for place in [place_new as Place, place_without_links] {
            let folder = tempfile::tempdir().unwrap();
            let (temporary, path) = (folder.path().join("temporary"), folder.path().join("path"));
            write_new(&temporary, b"one").unwrap();
            place(&temporary, &path).unwrap();
            assert!(!temporary.exists());
            write_new(&temporary, b"two").unwrap();
            assert_eq!(place(&temporary, &path).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
            assert_eq!(*read(&path, 9).unwrap(), b"one");
            assert!(temporary.exists());
        }
    }
}

//! The folder that received files go into: proved before anything is consumed, and nothing in it is lost by chance.

use crate::disk;
use crate::safe_name::{safe_name, split_ending};
use rand::RngExt;
use rand::rngs::StdRng;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Names that are tried before giving up.
const TRIES: u32 = 999;

/// A folder that can be written to.
pub(crate) struct OutputFolder {
    path: PathBuf,
    /// Replace what is there.
    force: bool,
    /// Names that this delivery has given away, as systems see them that know no case.
    given: BTreeSet<String>,
    /// What this delivery has made, so that it can be taken back.
    made: Vec<PathBuf>,
    /// Folders that were not there before, the innermost first.
    new: Vec<PathBuf>,
}

/// A file that was written.
#[derive(Debug)]
pub(crate) struct Saved {
    pub(crate) path: PathBuf,
    /// The name that it should have had, if it has another.
    pub(crate) instead_of: Option<String>,
}

impl OutputFolder {
    /// Makes the folder if need be, and proves that it takes files.
    pub(crate) fn prepare(path: &Path, force: bool, rng: &mut StdRng) -> io::Result<Self> {
        let is_new = |folder: &&Path| !folder.as_os_str().is_empty() && folder.symlink_metadata().is_err();
        let new = path.ancestors().take_while(is_new).map(Path::to_owned).collect();
        let (given, made) = (BTreeSet::new(), Vec::new());
        let folder = Self { path: path.to_owned(), force, given, made, new };
        disk::create_folder(path)?;
        let probe = folder.temporary(rng);
        let written = disk::create_new(&probe).and_then(|mut file| file.write_all(b"probe"));
        let removed = fs::remove_file(&probe);
        written.and(removed).map(|()| folder)
    }

    /// Writes a file under a harmless name, which it has when it is whole.
    pub(crate) fn save(&mut self, claimed: &str, bytes: &[u8], rng: &mut StdRng) -> io::Result<Saved> {
        let temporary = self.temporary(rng);
        disk::write_new(&temporary, bytes)?;
        self.place(claimed, &temporary).inspect_err(|_| {
            let _ = fs::remove_file(&temporary);
        })
    }

    fn place(&mut self, claimed: &str, temporary: &Path) -> io::Result<Saved> {
        let wanted = safe_name(claimed);
        for number in 1..=TRIES {
            let name = numbered(&wanted, number);
            let path = self.path.join(&name);
            if !self.given.insert(name.to_lowercase()) {
                continue;
            }
            let placed =
                if self.force { fs::rename(temporary, &path) } else { disk::place_new(temporary, &path) };
            match placed {
                Ok(()) => {
                    if !self.force {
                        self.made.push(path.clone());
                    }
                    let instead_of = (name != claimed).then(|| claimed.to_owned());
                    return Ok(Saved { path, instead_of });
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && !self.force => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// The names are on the disk too.
    pub(crate) fn finish(&self) {
        disk::sync_folder(&self.path);
    }

    /// Removes what this delivery has made: it will be made again.
    pub(crate) fn take_back(&mut self) {
        for path in self.made.drain(..) {
            let _ = fs::remove_file(path);
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    fn temporary(&self, rng: &mut StdRng) -> PathBuf {
        self.path.join(format!(".burnbag-{:016x}", rng.random::<u64>()))
    }
}

/// Folders that were made for nothing go again; those with anything in them stay.
impl Drop for OutputFolder {
    fn drop(&mut self) {
        let _ = self.new.iter().try_for_each(fs::remove_dir);
    }
}

/// `name (2).ext`
fn numbered(name: &str, number: u32) -> String {
    if number == 1 {
        return name.to_owned();
    }
    let (stem, ending) = split_ending(name);
    format!("{stem} ({number}){ending}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    fn names(path: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(path)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn nothing_is_overwritten_unless_forced() {
        let (folder, mut rng) = (tempfile::tempdir().unwrap(), StdRng::seed_from_u64(1));
        let path = folder.path().join("new/deep");
        let mut output = OutputFolder::prepare(&path, false, &mut rng).unwrap();
        assert!(names(&path).is_empty());
        for text in ["one", "two", "three"] {
            output.save("a.txt", text.as_bytes(), &mut rng).unwrap();
        }
        assert_eq!(names(&path), ["a (2).txt", "a (3).txt", "a.txt"]);
        let mut forced = OutputFolder::prepare(&path, true, &mut rng).unwrap();
        forced.save("a.txt", b"new", &mut rng).unwrap();
        // Two of one delivery do not replace each other.
        let second = forced.save("A.TXT", b"newer", &mut rng).unwrap();
        assert_eq!(second.path, path.join("A (2).TXT"));
        let read = |name: &str| disk::read(&path.join(name), 99).unwrap().to_vec();
        assert_eq!(
            (read("a.txt"), read("a (2).txt"), read("A (2).TXT")),
            (b"new".into(), b"two".into(), b"newer".into())
        );
        forced.take_back();
        output.take_back();
        assert_eq!(names(&path), ["A (2).TXT"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        use std::os::unix::fs::PermissionsExt;
        let (folder, mut rng) = (tempfile::tempdir().unwrap(), StdRng::seed_from_u64(1));
        let outside = folder.path().join("outside");
        let path = folder.path().join("in");
        for force in [false, true] {
            let mut output = OutputFolder::prepare(&path, force, &mut rng).unwrap();
            std::os::unix::fs::symlink(&outside, path.join(format!("{force}.txt"))).unwrap();
            output.save(&format!("{force}.txt"), b"x", &mut rng).unwrap();
            assert!(!outside.exists());
        }
        assert_eq!(names(&path), ["false (2).txt", "false.txt", "true.txt"]);
        for name in ["false (2).txt", "true.txt"] {
            assert_eq!(fs::metadata(path.join(name)).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn a_folder_that_takes_nothing_is_refused_before() {
        let (folder, mut rng) = (tempfile::tempdir().unwrap(), StdRng::seed_from_u64(1));
        let file = folder.path().join("file");
        fs::write(&file, "x").unwrap();
        assert!(OutputFolder::prepare(&file, false, &mut rng).is_err());
        assert!(OutputFolder::prepare(&file.join("below"), true, &mut rng).is_err());
    }

    #[test]
    fn folders_that_got_nothing_are_removed_again() {
        let (folder, mut rng) = (tempfile::tempdir().unwrap(), StdRng::seed_from_u64(1));
        let path = folder.path().join("new/deep");
        drop(OutputFolder::prepare(&path, false, &mut rng).unwrap());
        assert!(names(folder.path()).is_empty());
        OutputFolder::prepare(&path, false, &mut rng).unwrap().save("a", b"x", &mut rng).unwrap();
        drop(OutputFolder::prepare(&path, false, &mut rng).unwrap());
        assert_eq!(names(&path), ["a"]);
    }
}

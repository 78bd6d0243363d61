//! Where the client keeps what it remembers: profile and client key. Where the system has no such place it remembers
//! nothing.

use crate::disk;
use etcetera::BaseStrategy;
use rand::RngExt;
use rand::rngs::StdRng;
use std::io;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// More than any of our files.
const LIMIT: u64 = 64 * 1024;

/// `burnbag` in the user's folder of settings (XDG: `~/.config`).
#[derive(Debug)]
pub(crate) struct SettingsFolder(PathBuf);

impl SettingsFolder {
    pub(crate) fn find() -> Option<Self> {
        let strategy = etcetera::choose_base_strategy().ok()?;
        Some(Self(strategy.config_dir().join("burnbag")))
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// A file, if it is there.
    pub(crate) fn read(&self, name: &str) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
        match disk::read(&self.path(name), LIMIT) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Writes a file whole, over what was there.
    pub(crate) fn write(&self, name: &str, bytes: &[u8], rng: &mut StdRng) -> io::Result<()> {
        disk::create_folder(&self.0)?;
        let temporary = self.path(&format!(".{name}.{:016x}", rng.random::<u64>()));
        disk::replace(&self.path(name), &temporary, bytes)?;
        disk::sync_folder(&self.0);
        Ok(())
    }

    /// The folder itself, made if need be.
    pub(crate) fn make(&self) -> io::Result<&Path> {
        disk::create_folder(&self.0)?;
        Ok(&self.0)
    }
}

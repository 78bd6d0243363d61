//! Where the client keeps what it remembers: profile and client key. Where the system has no such place it remembers
//! nothing.

use crate::disk;
use etcetera::BaseStrategy;
use rand::RngExt;
use rand::rngs::StdRng;
use std::io;
use std::path::PathBuf;
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
        disk::replace(&self.path(name), &self.temporary(name, rng), bytes)?;
        disk::sync_folder(&self.0);
        Ok(())
    }

    /// Writes a file whole, if there is none.
    pub(crate) fn write_new(&self, name: &str, bytes: &[u8], rng: &mut StdRng) -> io::Result<()> {
        disk::create_folder(&self.0)?;
        let temporary = self.temporary(name, rng);
        disk::write_new(&temporary, bytes)?;
        disk::place_new(&temporary, &self.path(name)).inspect_err(|_| {
            let _ = std::fs::remove_file(&temporary);
        })?;
        disk::sync_folder(&self.0);
        Ok(())
    }

    fn temporary(&self, name: &str, rng: &mut StdRng) -> PathBuf {
        self.path(&format!(".{name}.{:016x}", rng.random::<u64>()))
    }
}

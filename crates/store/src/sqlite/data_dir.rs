//! The folder that holds an embedded store.

use rustix::fs::statfs;
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// A data directory: where the database, the life keys and the server key stand.
#[derive(Clone, Debug)]
pub struct DataDir(PathBuf);

/// Why a folder cannot be used as a data directory.
#[derive(Debug, thiserror::Error)]
pub enum DataDirError {
    /// There is no store in it.
    #[error("no Burnbag data at {}; pass --data or run this where serve runs", .0.display())]
    Missing(PathBuf),
    /// Its files would get another owner.
    #[error("the data at {} belongs to user {owner}; run this as that user", path.display())]
    OtherOwner {
        /// The folder.
        path: PathBuf,
        /// Its owner's name, or number where it has none.
        owner: String,
    },
    /// Locks do not hold there.
    #[error("{} is on a network file system, where SQLite's locks do not hold; use a local disk", .0.display())]
    Network(PathBuf),
    /// The system refused.
    #[error("cannot use {} as data directory: {error}", path.display())]
    Io {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
}

/// File system types (statfs(2)) without dependable locks: NFS, SMB, CIFS, SMB2, AFS, Ceph.
const NETWORK: [i64; 6] = [0x6969, 0x517B, 0xFF53_4D42, 0xFE53_4D42, 0x5346_414F, 0x00C3_6400];

impl DataDir {
    /// The folder at `path`, made (mode 0700) if it does not exist.
    pub fn create(path: &Path) -> Result<Self, DataDirError> {
        let io = |error| DataDirError::Io { path: path.to_owned(), error };
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(io)?;
        Self(path.to_owned()).checked()
    }

    /// The folder at `path`, which must hold a store already. Never creates anything.
    pub fn existing(path: &Path) -> Result<Self, DataDirError> {
        let dir = Self(path.to_owned());
        if dir.holds_store() { dir.checked() } else { Err(DataDirError::Missing(path.to_owned())) }
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Whether a store is in it.
    #[must_use]
    pub fn holds_store(&self) -> bool {
        self.database().is_file()
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.0.join("burnbag.db")
    }

    pub(crate) fn life_keys(&self) -> PathBuf {
        self.0.join("keys")
    }

    /// Makes the database file, empty and private, if there is none: SQLite itself would make it readable to all.
    #[expect(
        clippy::disallowed_methods,
        reason = "before any connection is open, and never an existing file"
    )]
    pub(crate) fn create_database(&self) -> io::Result<()> {
        match std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(self.database()) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
            _ => Ok(()),
        }
    }

    fn checked(self) -> Result<Self, DataDirError> {
        let path = self.0.clone();
        let io = |error: io::Error| DataDirError::Io { path: path.clone(), error };
        let judged = if self.holds_store() { self.database() } else { self.0.clone() };
        let owner = std::fs::metadata(judged).map_err(io)?.uid();
        if owner != rustix::process::geteuid().as_raw() {
            return Err(DataDirError::OtherOwner { path, owner: user_name(owner) });
        }
        let kind = statfs(&self.0).map_err(|error| io(error.into()))?.f_type;
        if NETWORK.contains(&kind) {
            return Err(DataDirError::Network(path));
        }
        Ok(self)
    }
}

/// The name of a user in the system's list (passwd(5)), or the number.
#[expect(clippy::disallowed_methods, reason = "the system's list of users")]
fn user_name(number: u32) -> String {
    let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let number = number.to_string();
    let named = users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let (name, _, found) = (fields.next()?, fields.next()?, fields.next()?);
        (found == number).then(|| name.to_owned())
    });
    named.unwrap_or(number)
}

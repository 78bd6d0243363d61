//! The file `keys`: the life key of row N at offset 32 × N.

use burnbag_core::life_key::LifeKey;
use burnbag_core::tag::Row;
use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::Path;
use zeroize::Zeroizing;

/// Life keys of all rows. Several processes may have it open: each writes only the rows it leased or ended.
#[derive(Debug)]
pub(crate) struct LifeFile(File);

impl LifeFile {
    /// Opens the file, made private and empty if there is none.
    #[expect(clippy::disallowed_methods, reason = "the file of life keys is not SQLite's")]
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path)?;
        // The name must survive a power failure as surely as the keys.
        if let Some(folder) = path.parent() {
            File::open(folder)?.sync_all()?;
        }
        Ok(Self(file))
    }

    /// Writes the life keys of the rows from `first` on, durably.
    pub(crate) fn write(&self, first: Row, lives: &[LifeKey]) -> io::Result<()> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(lives.len() * LifeKey::LENGTH));
        for life in lives {
            bytes.extend_from_slice(life.expose());
        }
        self.0.write_all_at(&bytes, offset(first))?;
        self.0.sync_data()
    }

    /// Writes the life keys of any rows, durably.
    pub(crate) fn put<'a>(&self, lives: impl Iterator<Item = (Row, &'a LifeKey)>) -> io::Result<()> {
        for (row, life) in lives {
            self.0.write_all_at(life.expose(), offset(row))?;
        }
        self.0.sync_data()
    }

    /// Overwrites all life keys, durably.
    pub(crate) fn erase(&self) -> io::Result<()> {
        static ZEROS: [u8; 1 << 16] = [0; 1 << 16];
        let length = self.0.metadata()?.len();
        let mut at = 0;
        while at < length {
            let left = usize::try_from(length - at).unwrap_or(ZEROS.len()).min(ZEROS.len());
            self.0.write_all_at(&ZEROS[..left], at)?;
            at += left as u64;
        }
        self.0.sync_data()
    }

    /// The life key of a row; [`LifeKey::DEAD`] where there is none.
    pub(crate) fn read(&self, row: Row) -> io::Result<LifeKey> {
        let mut bytes = Zeroizing::new([0; LifeKey::LENGTH]);
        match self.0.read_exact_at(bytes.as_mut_slice(), offset(row)) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(LifeKey::DEAD),
            Err(error) => Err(error),
            Ok(()) => Ok(LifeKey::from_bytes(*bytes)),
        }
    }

    /// Overwrites the life keys of rows that ended. From now on nobody reads them; a power failure may bring them back
    /// until [`LifeFile::sync`].
    pub(crate) fn overwrite(&self, rows: &[Row]) -> io::Result<()> {
        rows.iter().try_for_each(|row| self.0.write_all_at(LifeKey::DEAD.expose(), offset(*row)))
    }

    /// Returns when what was overwritten is so on the disk.
    pub(crate) fn sync(&self) -> io::Result<()> {
        self.0.sync_data()
    }

    /// Overwrites the life keys of rows that ended, durably.
    pub(crate) fn shred(&self, rows: &[Row]) -> io::Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        self.overwrite(rows)?;
        self.sync()
    }
}

const fn offset(row: Row) -> u64 {
    row.0 * LifeKey::LENGTH as u64
}

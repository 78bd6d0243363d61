//! What the statements share: how rows are read, and several statements as one.

use super::life_file::LifeFile;
use crate::{Held, Holder, StoreError};
use burnbag_core::life_key::LifeKey;
use burnbag_core::opener::{Kind, Salt};
use burnbag_core::seal::Place;
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;
use rusqlite::{Connection, Row as Record};

/// Several statements as one: when one fails, none of them happened.
pub(super) fn all_or_nothing<T>(
    connection: &Connection,
    work: impl FnOnce() -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    connection.prepare_cached("SAVEPOINT step")?.execute([])?;
    let result = work();
    if result.is_err() && !connection.is_autocommit() {
        connection.prepare_cached("ROLLBACK TO step")?.execute([])?;
    }
    if !connection.is_autocommit() {
        connection.prepare_cached("RELEASE step")?.execute([])?;
    }
    result
}

pub(super) fn unavailable(error: rusqlite::Error) -> StoreError {
    StoreError::Unavailable(Box::new(error))
}

/// A row's number as SQLite counts; below 2⁶³ because the tag's range is.
pub(super) const fn number(row: Row) -> i64 {
    row.0.cast_signed()
}

/// The allowance that a row counts against, from two columns.
pub(super) fn held(record: &Record<'_>, at: usize) -> rusqlite::Result<Option<Held>> {
    let (holder, bytes): (Option<i64>, Option<u32>) = (record.get(at)?, record.get(at + 1)?);
    Ok(holder.zip(bytes).map(|(holder, bytes)| Held { holder: Holder(holder), bytes }))
}

/// Reads `created, expires, kind, salt` from the first four columns.
pub(super) fn place(record: &Record<'_>, row: Row) -> rusqlite::Result<Result<Place, StoreError>> {
    let (created, expires) = (Timestamp(record.get(0)?), Timestamp(record.get(1)?));
    let kind = Kind::from_code(record.get(2)?, record.get::<_, Option<[u8; 16]>>(3)?.map(Salt));
    Ok(kind.map(|kind| Place { row, kind, created, expires }).ok_or(StoreError::Corrupt("kind of a secret")))
}

/// The life key of a row.
pub(super) fn life(lives: &LifeFile, row: Row) -> Result<LifeKey, StoreError> {
    lives.read(row).map_err(|error| StoreError::Unavailable(Box::new(error)))
}

/// Reads again what an end overtook: a row that still waited when its statement ran, and whose life key was dead when
/// that was read. The next statement sees the end.
pub(super) fn not_overtaken<T>(
    read: impl Fn() -> Result<T, StoreError>,
    is_overtaken: impl Fn(&T) -> bool,
) -> Result<T, StoreError> {
    const TRIES: usize = 3;
    let mut found = read()?;
    for _ in 1..TRIES {
        if !is_overtaken(&found) {
            break;
        }
        found = read()?;
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn what_an_end_overtook_is_read_again() {
        let reads = |overtaken: i32| {
            let count = Cell::new(0);
            let read = || {
                count.set(count.get() + 1);
                Ok(count.get())
            };
            not_overtaken(read, |read| *read <= overtaken).unwrap()
        };
        assert_eq!([0, 1, 9].map(reads), [1, 2, 3], "nearly always once, once more, not for ever");
    }
}

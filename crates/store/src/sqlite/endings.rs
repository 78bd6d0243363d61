//! Notes of rows that end: what makes the overwriting of life keys survive a crash.
//!
//! The note of an end is committed with the end; the life key is overwritten afterwards. A note may stand longer than
//! it is needed and may name rows that wait again: whether a row has ended, `pair` and `kept` alone know.

use super::life_file::LifeFile;
use super::record::{number, unavailable};
use super::turn::Turn;
use crate::StoreError;
use burnbag_core::tag::Row;
use rusqlite::{Connection, params};

/// Replaces the note of one writer.
pub(super) fn note<'a>(
    connection: &Connection,
    writer: i64,
    rows: impl Iterator<Item = &'a Row>,
) -> rusqlite::Result<()> {
    let bytes: Vec<u8> = rows.flat_map(|row| row.0.to_be_bytes()).collect();
    connection
        .prepare_cached("INSERT OR REPLACE INTO ending (writer, rows) VALUES (?1, ?2)")?
        .execute(params![writer, bytes])
        .map(drop)
}

/// Whether a writer's note still stands. It is gone when another handle finished all notes.
pub(super) fn is_noted(connection: &Connection, writer: i64) -> rusqlite::Result<bool> {
    connection.prepare_cached("SELECT 1 FROM ending WHERE writer = ?1")?.exists([writer])
}

/// Overwrites the life keys of all noted rows, whoever noted them, and removes the notes. Inside a write transaction,
/// so that no note is removed unread and no row waits again meanwhile.
pub(super) fn finish(connection: &Connection, lives: &LifeFile, turn: &Turn) -> Result<(), StoreError> {
    let turn = turn.take();
    connection.execute_batch("BEGIN IMMEDIATE").map_err(unavailable)?;
    drop(turn);
    let finished = finish_all(connection, lives).and_then(|notes| {
        // Removing nothing would be a write all the same.
        let end = if notes == 0 { "COMMIT" } else { "DELETE FROM ending; COMMIT" };
        connection.execute_batch(end).map_err(unavailable)
    });
    if finished.is_err() && !connection.is_autocommit() {
        let _ = connection.execute_batch("ROLLBACK");
    }
    finished
}

/// Answers the number of notes.
fn finish_all(connection: &Connection, lives: &LifeFile) -> Result<usize, StoreError> {
    let mut ended = Vec::new();
    let notes = notes(connection).map_err(unavailable)?;
    for note in &notes {
        for row in note.as_chunks().0 {
            let row = Row(u64::from_be_bytes(*row));
            if !waits(connection, row).map_err(unavailable)? {
                ended.push(row);
            }
        }
    }
    lives.shred(&ended).map_err(|error| StoreError::Unavailable(Box::new(error)))?;
    Ok(notes.len())
}

fn notes(connection: &Connection) -> rusqlite::Result<Vec<Vec<u8>>> {
    connection.prepare_cached("SELECT rows FROM ending")?.query_map([], |record| record.get(0))?.collect()
}

/// Whether the life key of a row is still needed: for a secret that waits, or for a kept copy.
fn waits(connection: &Connection, row: Row) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "SELECT 1 FROM pair WHERE row = ?1 AND fate IS NULL UNION ALL SELECT 1 FROM kept WHERE life = ?1",
        )?
        .exists([number(row)])
}

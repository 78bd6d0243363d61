//! Moving what the data directory holds.

mod records;

use super::record::{all_or_nothing, unavailable};
use super::writer::Effects;
use super::{Sqlite, life_file_error};
use crate::{Cursor, Import, LastMove, MoveId, Moving, Piece, Record, Stage, StoreError};
use async_trait::async_trait;
use burnbag_core::life_key::LifeKey;
use burnbag_core::tag::Row;
use rusqlite::{Connection, OptionalExtension, params};
use std::sync::Arc;

/// What nobody may change once it is elsewhere.
const CLOSED: [&str; 6] = ["pair", "kept", "listing", "account", "credential", "outbox"];
/// In which ways.
const CHANGES: [&str; 3] = ["INSERT", "UPDATE", "DELETE"];

#[async_trait]
impl Moving for Sqlite {
    async fn last_move(&self) -> Result<Option<LastMove>, StoreError> {
        last_move(&self.reader()).map_err(unavailable)
    }

    async fn set_last_move(&self, last: Option<LastMove>) -> Result<(), StoreError> {
        self.writer
            .write(move |connection, _| all_or_nothing(connection, || set_last_move(connection, last)))
            .await
    }

    async fn export(&self, from: Cursor, limit: u32) -> Result<Piece, StoreError> {
        let reader = self.reader();
        // One moment, whatever is written meanwhile.
        reader.execute_batch("BEGIN").map_err(unavailable)?;
        let piece = records::export(&reader, &self.lives, from, limit);
        reader.execute_batch("COMMIT").map_err(unavailable)?;
        piece
    }

    async fn import(&self, records: Vec<Record>) -> Result<Import, StoreError> {
        let lives = Arc::clone(&self.lives);
        self.writer
            .write(move |connection, effects| {
                let import = || import(connection, effects, &records);
                let Some(new) = all_or_nothing(connection, import)? else { return Ok(Import::Occupied) };
                // Of what is new only: the life key of what ended here meanwhile is dead, and stays so. Should the
                // transaction not be committed, the keys belong to nothing.
                lives.put(new.iter().copied().filter_map(life_key)).map_err(life_file_error)?;
                Ok(Import::Done(u32::try_from(new.len()).unwrap_or(u32::MAX)))
            })
            .await
    }

    async fn erase(&self) -> Result<(), StoreError> {
        let lives = Arc::clone(&self.lives);
        self.free(move |connection, _| {
            // First: what is left anywhere opens for nobody from then on.
            lives.erase().map_err(life_file_error)?;
            all_or_nothing(connection, || erase(connection))
        })
        .await?;
        self.writer.truncate_log().await.map(drop)
    }
}

fn last_move(connection: &Connection) -> rusqlite::Result<Option<LastMove>> {
    let last: Option<([u8; 16], u8)> = connection
        .prepare_cached("SELECT move, stage FROM last_move")?
        .query_row([], |record| Ok((record.get(0)?, record.get(1)?)))
        .optional()?;
    let Some((id, code)) = last else { return Ok(None) };
    let stage = Stage::from_code(code).ok_or(rusqlite::Error::IntegralValueOutOfRange(1, i64::from(code)))?;
    Ok(Some((MoveId(id), stage)))
}

fn set_last_move(connection: &Connection, last: Option<LastMove>) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM last_move", [])?;
    if let Some((MoveId(id), stage)) = last {
        let noted = "INSERT INTO last_move (id, move, stage) VALUES (1, ?1, ?2)";
        connection.execute(noted, params![&id[..], stage.code()])?;
    }
    if last.is_some_and(|(_, stage)| stage.is_closed()) { close(connection) } else { open(connection) }
}

fn close(connection: &Connection) -> rusqlite::Result<()> {
    for table in CLOSED {
        for change in CHANGES {
            connection.execute_batch(&format!(
                "CREATE TRIGGER IF NOT EXISTS closed_{table}_{change} BEFORE {change} ON {table}
                 BEGIN SELECT RAISE(ABORT, 'what this store holds moves to another one, or comes from there'); END"
            ))?;
        }
    }
    Ok(())
}

fn open(connection: &Connection) -> rusqlite::Result<()> {
    for table in CLOSED {
        for change in CHANGES {
            connection.execute_batch(&format!("DROP TRIGGER IF EXISTS closed_{table}_{change}"))?;
        }
    }
    Ok(())
}

/// Stores records. While they arrive the store is open for them alone: others see it open at no moment.
fn import<'a>(
    connection: &Connection,
    effects: &mut Effects,
    records: &'a [Record],
) -> rusqlite::Result<Option<Vec<&'a Record>>> {
    let arrives = last_move(connection)?.is_some_and(|(_, stage)| stage == Stage::Arriving);
    if arrives {
        open(connection)?;
    }
    let new = records::import(connection, effects, records)?;
    if arrives {
        close(connection)?;
    }
    Ok(new)
}

fn erase(connection: &Connection) -> rusqlite::Result<()> {
    let last = last_move(connection)?;
    open(connection)?;
    for table in ["kept", "listing", "outbox", "pair", "credential", "account", "ending"] {
        connection.execute(&format!("DELETE FROM {table}"), [])?;
    }
    connection.execute("UPDATE counter SET value = 0 WHERE name = 'held'", [])?;
    set_last_move(connection, last)
}

/// The life key of a secret that waits.
fn life_key(record: &Record) -> Option<(Row, &LifeKey)> {
    match record {
        Record::Pair(stored) if stored.end.is_none() => Some((stored.pair.place.row, &stored.pair.life)),
        Record::Pair(_)
        | Record::Numbers(_)
        | Record::ServerKey(_)
        | Record::Account(_)
        | Record::Mail(_) => None,
    }
}

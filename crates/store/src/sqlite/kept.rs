//! The statements of kept copies, one function each.

use super::life_file::LifeFile;
use super::record::{life, not_overtaken, number, place, unavailable};
use super::writer::Effects;
use crate::{Keep, Kept, StoreError};
use burnbag_core::key::Check;
use burnbag_core::life_key::LifeKey;
use burnbag_core::seal::Sealed;
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Params, params};

/// Keeps a copy of the secret at a row, in the step that ends it.
pub(super) fn keep(connection: &Connection, row: Row, keep: &Keep) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO kept (life, row, until, sealed) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![number(keep.life_row), number(row), keep.until.0, keep.sealed.as_bytes()])
        .map(drop)
}

/// The kept copy of the secret at a row.
pub(super) fn redeliver(
    connection: &Connection,
    lives: &LifeFile,
    (row, check): (Row, &Check),
    now: Timestamp,
) -> Result<Option<Kept>, StoreError> {
    let is_dead = |kept: &Option<Kept>| kept.as_ref().is_some_and(|kept| kept.life == LifeKey::DEAD);
    let found = not_overtaken(|| redeliver_once(connection, lives, (row, check), now), is_dead)?;
    Ok(found.filter(|kept| kept.life != LifeKey::DEAD))
}

fn redeliver_once(
    connection: &Connection,
    lives: &LifeFile,
    (row, check): (Row, &Check),
    now: Timestamp,
) -> Result<Option<Kept>, StoreError> {
    let found = connection
        .prepare_cached(
            "SELECT created, expires, kind, salt, kept.life, kept.sealed FROM pair JOIN kept ON kept.row = pair.row
             WHERE pair.row = ?1 AND secret_check = ?2 AND until > ?3",
        )
        .and_then(|mut statement| {
            statement
                .query_row(params![number(row), &check.0[..], now.0], |record| {
                    let life_row = Row(record.get::<_, i64>(4)?.cast_unsigned());
                    Ok((place(record, row)?, life_row, Sealed::from_bytes(record.get(5)?)))
                })
                .optional()
        })
        .map_err(unavailable)?;
    let Some((place, life_row, sealed)) = found else {
        return Ok(None);
    };
    Ok(Some(Kept { place: place?, life: life(lives, life_row)?, sealed }))
}

/// Forgets the kept copy of a secret, for the holder of one of its keys.
pub(super) fn forget(
    connection: &Connection,
    effects: &mut Effects,
    (row, check): (Row, Check),
) -> rusqlite::Result<bool> {
    let mine = "DELETE FROM kept WHERE row = ?1 AND EXISTS (SELECT 1 FROM pair
        WHERE pair.row = ?1 AND (secret_check = ?2 OR receipt_check = ?2)) RETURNING life";
    Ok(remove(connection, mine, params![number(row), &check.0[..]], effects)? != 0)
}

/// Forgets what is kept of the secret at a row, whose receipt goes.
pub(super) fn forget_row(connection: &Connection, row: Row, effects: &mut Effects) -> rusqlite::Result<()> {
    let of_row = "DELETE FROM kept WHERE row = ?1 RETURNING life";
    remove(connection, of_row, [number(row)], effects).map(drop)
}

/// Forgets what is kept of an account's secrets.
pub(super) fn forget_account(
    connection: &Connection,
    account: i64,
    effects: &mut Effects,
) -> rusqlite::Result<()> {
    let of_account = "DELETE FROM kept WHERE EXISTS (SELECT 1 FROM pair
        WHERE pair.row = kept.row AND pair.account = ?1) RETURNING life";
    remove(connection, of_account, [account], effects).map(drop)
}

/// Forgets copies whose time is over, and answers how many.
pub(super) fn sweep(
    connection: &Connection,
    effects: &mut Effects,
    now: Timestamp,
    limit: u32,
) -> rusqlite::Result<u32> {
    let over = "DELETE FROM kept WHERE life IN
        (SELECT life FROM kept WHERE until <= ?1 ORDER BY until LIMIT ?2) RETURNING life";
    remove(connection, over, params![now.0, limit], effects)
}

/// Runs a statement that removes copies and answers their life keys' rows, which end with them.
fn remove(
    connection: &Connection,
    sql: &str,
    params: impl Params,
    effects: &mut Effects,
) -> rusqlite::Result<u32> {
    let before = effects.ended.len();
    let mut statement = connection.prepare_cached(sql)?;
    for row in statement.query_map(params, |record| record.get::<_, i64>(0))? {
        effects.ended.push(Row(row?.cast_unsigned()));
    }
    Ok(u32::try_from(effects.ended.len() - before).unwrap_or(u32::MAX))
}

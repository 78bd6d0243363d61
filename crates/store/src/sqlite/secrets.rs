//! The statements of secrets and receipts, one function each.

use super::kept;
use super::life_file::LifeFile;
use super::record::{all_or_nothing, held, life, not_overtaken, number, place, unavailable};
use super::writer::Effects;
use crate::{Claim, Keep, Notice, Pair, Put, StoreError, Take, Waiting};
use burnbag_core::account::AccountId;
use burnbag_core::key::Check;
use burnbag_core::life_key::LifeKey;
use burnbag_core::opener::Kind;
use burnbag_core::outline::{Form, Outline};
use burnbag_core::seal::Sealed;
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row as Record, params};

/// Moves the counter of row numbers by `count` and answers where it stood.
pub(super) fn lease(connection: &Connection, count: usize) -> rusqlite::Result<Row> {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let next: i64 = connection
        .prepare_cached("UPDATE counter SET value = value + ?1 WHERE name = 'next_row' RETURNING value")?
        .query_row([count], |record| record.get(0))?;
    Ok(Row((next - count).cast_unsigned()))
}

/// Inserts the row, and the entry in the list with it.
pub(super) fn put(connection: &Connection, effects: &mut Effects, pair: &Pair) -> rusqlite::Result<Put> {
    let Some(listing) = &pair.listing else {
        return insert(connection, effects, pair, None);
    };
    all_or_nothing(connection, || {
        let put = insert(connection, effects, pair, Some(listing.account))?;
        if put == Put::Stored {
            connection
                .prepare_cached(
                    "INSERT INTO listing (account, created, row, sealed) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![
                    listing.account.0,
                    pair.place.created.0,
                    number(pair.place.row),
                    listing.sealed_receipt_key
                ])?;
        }
        Ok(put)
    })
}

fn insert(
    connection: &Connection,
    effects: &mut Effects,
    pair: &Pair,
    account: Option<AccountId>,
) -> rusqlite::Result<Put> {
    let place = &pair.place;
    let salt = match &place.kind {
        Kind::Passphrase(salt) => Some(&salt.0[..]),
        Kind::Open | Kind::Proof { .. } => None,
    };
    let (size, files) = outline_columns(pair.outline);
    let inserted = connection
        .prepare_cached(
            "INSERT INTO pair (row, due, created, expires, kind, strikes, account, holder, held, notice, salt,
                secret_check, receipt_check, recipient, link, sealed, label, size, files)
             VALUES (?1, ?2, ?3, ?2, ?4, 0, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
             ON CONFLICT (row) DO NOTHING",
        )?
        .execute(params![
            number(place.row),
            place.expires.0,
            place.created.0,
            place.kind.code(),
            account.map(|account| account.0),
            pair.held.map(|held| held.holder.0),
            pair.held.map(|held| held.bytes),
            pair.notice.map(Notice::code),
            salt,
            &pair.secret_check.0[..],
            &pair.receipt_check.0[..],
            pair.recipient.as_ref().map(Sealed::as_bytes),
            pair.link.as_bytes(),
            pair.sealed.as_bytes(),
            pair.label.as_ref().map(Sealed::as_bytes),
            size,
            files,
        ])?;
    if inserted == 0 {
        return Ok(Put::RowExists);
    }
    effects.held += pair.held.map_or(0, |held| i64::from(held.bytes));
    Ok(Put::Stored)
}

/// The secret that waits at a row.
pub(super) fn peek(
    connection: &Connection,
    lives: &LifeFile,
    place: (Row, &Check),
    now: Timestamp,
) -> Result<Option<Waiting>, StoreError> {
    let is_dead =
        |waiting: &Option<Waiting>| waiting.as_ref().is_some_and(|waiting| waiting.life == LifeKey::DEAD);
    let found = not_overtaken(|| peek_once(connection, lives, place, now), is_dead)?;
    // Dead although nothing ended it: a copy of the database that was put back. To its reader it is gone.
    Ok(found.filter(|waiting| waiting.life != LifeKey::DEAD))
}

fn peek_once(
    connection: &Connection,
    lives: &LifeFile,
    (row, check): (Row, &Check),
    now: Timestamp,
) -> Result<Option<Waiting>, StoreError> {
    let found = connection
        .prepare_cached(
            "SELECT created, expires, kind, salt, strikes, holder, held, link, sealed, size, files FROM pair
             WHERE row = ?1 AND secret_check = ?2 AND fate IS NULL AND expires > ?3",
        )
        .and_then(|mut statement| {
            statement
                .query_row(params![number(row), &check.0[..], now.0], |record| {
                    Ok((
                        place(record, row)?,
                        record.get(4)?,
                        held(record, 5)?,
                        Sealed::from_bytes(record.get(7)?),
                        Sealed::from_bytes(record.get(8)?),
                        outline(record)?,
                    ))
                })
                .optional()
        })
        .map_err(unavailable)?;
    let Some((place, strikes, held, link, sealed, outline)) = found else {
        return Ok(None);
    };
    Ok(Some(Waiting { place: place?, life: life(lives, row)?, sealed, link, outline, strikes, held }))
}

/// What a sender says of a content, as two columns: its size; and nothing for a text, else the number of files.
fn outline_columns(outline: Option<Outline>) -> (Option<i64>, Option<u8>) {
    let size = outline.map(|outline| i64::try_from(outline.size).unwrap_or(i64::MAX));
    let files = match outline.map(|outline| outline.form) {
        Some(Form::Files(count)) => Some(count.unwrap_or(0)),
        Some(Form::Text) | None => None,
    };
    (size, files)
}

fn outline(record: &Record<'_>) -> rusqlite::Result<Option<Outline>> {
    let (size, files): (Option<i64>, Option<u8>) = (record.get(9)?, record.get(10)?);
    let form = files.map_or(Form::Text, |count| Form::Files((count > 0).then_some(count)));
    Ok(size.map(|size| Outline { form, size: size.unsigned_abs() }))
}

/// Ends a waiting secret, and keeps a copy if that is asked for.
pub(super) fn take(
    connection: &Connection,
    effects: &mut Effects,
    take: &Take,
    keep: Option<&Keep>,
) -> rusqlite::Result<bool> {
    let Some(keep) = keep else {
        return end(connection, effects, take);
    };
    all_or_nothing(connection, || {
        let won = end(connection, effects, take)?;
        if won {
            kept::keep(connection, take.row, keep)?;
        }
        Ok(won)
    })
}

/// This statement decides who wins.
fn end(connection: &Connection, effects: &mut Effects, take: &Take) -> rusqlite::Result<bool> {
    let held: Option<Option<i64>> = connection
        .prepare_cached(
            "UPDATE pair SET fate = ?4, ended = ?3, claim = ?5, sealed = NULL, link = NULL
             WHERE row = ?1 AND secret_check = ?2 AND fate IS NULL AND expires > ?3
             RETURNING held",
        )?
        .query_row(
            params![number(take.row), &take.check.0[..], take.now.0, take.fate.code(), &take.claim.0[..]],
            |record| record.get(0),
        )
        .optional()?;
    let Some(held) = held else {
        return Ok(false);
    };
    effects.ended.push(take.row);
    effects.held -= held.unwrap_or(0);
    Ok(true)
}

/// Whether a claim ended the secret at a row.
pub(super) fn settle(connection: &Connection, row: Row, claim: Claim) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT 1 FROM pair WHERE row = ?1 AND claim = ?2")?
        .exists(params![number(row), &claim.0[..]])
}

/// Whether a claim ended the secret at a row, and it would still wait otherwise.
pub(super) fn is_releasable(
    connection: &Connection,
    row: Row,
    claim: Claim,
    now: Timestamp,
) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT 1 FROM pair WHERE row = ?1 AND claim = ?2 AND expires > ?3")?
        .exists(params![number(row), &claim.0[..], now.0])
}

/// Puts a secret back that this claim ended, and answers the bytes that count again. The life key stands in its file
/// again before this runs.
pub(super) fn release(
    connection: &Connection,
    claim: Claim,
    waiting: &Waiting,
    now: Timestamp,
) -> rusqlite::Result<Option<i64>> {
    let held: Option<Option<i64>> = connection
        .prepare_cached(
            "UPDATE pair SET due = expires, fate = NULL, ended = NULL, claim = NULL, link = ?3, sealed = ?4
             WHERE row = ?1 AND claim = ?2 AND expires > ?5 RETURNING held",
        )?
        .query_row(
            params![
                number(waiting.place.row),
                &claim.0[..],
                waiting.link.as_bytes(),
                waiting.sealed.as_bytes(),
                now.0
            ],
            |record| record.get(0),
        )
        .optional()?;
    Ok(held.map(Option::unwrap_or_default))
}

/// Counts a wrong opener, or takes one back, and answers the count before it.
pub(super) fn strike(
    connection: &Connection,
    (row, check): (Row, Check),
    change: i32,
    now: Timestamp,
) -> rusqlite::Result<Option<u32>> {
    let before: Option<u32> = connection
        .prepare_cached(
            "SELECT strikes FROM pair WHERE row = ?1 AND secret_check = ?2 AND fate IS NULL AND expires > ?3",
        )?
        .query_row(params![number(row), &check.0[..], now.0], |record| record.get(0))
        .optional()?;
    if let Some(before) = before {
        connection
            .prepare_cached("UPDATE pair SET strikes = ?2 WHERE row = ?1")?
            .execute(params![number(row), before.saturating_add_signed(change)])?;
    }
    Ok(before)
}

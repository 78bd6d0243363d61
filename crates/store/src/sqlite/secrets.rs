//! The statements of secrets and receipts, one function each.

use super::life_file::LifeFile;
use super::record::{all_or_nothing, held, life, not_overtaken, number, place, unavailable};
use super::writer::Effects;
use super::{kept, outbox};
use crate::{Claim, Glance, Keep, Pair, Put, StoreError, Take, Waiting};
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

/// Inserts the row, the entry in the list, and the mails with it.
pub(super) fn put(connection: &Connection, effects: &mut Effects, pair: &Pair) -> rusqlite::Result<Put> {
    if pair.listing.is_none() && pair.mails.is_empty() {
        return insert(connection, effects, pair);
    }
    all_or_nothing(connection, || {
        let put = insert(connection, effects, pair)?;
        if put == Put::Stored {
            list(connection, pair)?;
            outbox::post_with_secret(connection, &pair.place, &pair.mails)?;
        }
        Ok(put)
    })
}

pub(super) fn list(connection: &Connection, pair: &Pair) -> rusqlite::Result<()> {
    let Some(listing) = &pair.listing else {
        return Ok(());
    };
    connection
        .prepare_cached("INSERT INTO listing (account, created, row, sealed) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![
            listing.account.0,
            pair.place.created.0,
            number(pair.place.row),
            listing.sealed_receipt_key
        ])
        .map(drop)
}

pub(super) fn insert(connection: &Connection, effects: &mut Effects, pair: &Pair) -> rusqlite::Result<Put> {
    let place = &pair.place;
    let account = pair.listing.as_ref().map(|listing| listing.account.0);
    let salt = match &place.kind {
        Kind::Passphrase(salt) => Some(&salt.0[..]),
        Kind::Open | Kind::Proof { .. } => None,
    };
    let (size, files) = outline_columns(pair.outline);
    let inserted = connection
        .prepare_cached(
            "INSERT INTO pair (row, due, created, expires, kind, strikes, account, holder, held, notice, salt,
                secret_check, receipt_check, recipient, link, sealed, label, size, files, mails)
             VALUES (?1, ?2, ?3, ?2, ?4, 0, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
             ON CONFLICT (row) DO NOTHING",
        )?
        .execute(params![
            number(place.row),
            place.expires.0,
            place.created.0,
            place.kind.code(),
            account,
            pair.held.map(|held| held.holder.0),
            pair.held.map(|held| held.bytes),
            pair.mailing.map(|mailing| mailing.code().0),
            salt,
            &pair.secret_check.0[..],
            &pair.receipt_check.0[..],
            pair.recipient.as_ref().map(Sealed::as_bytes),
            pair.link.as_bytes(),
            pair.sealed.as_bytes(),
            pair.label.as_ref().map(Sealed::as_bytes),
            size,
            files,
            (!pair.mails.is_empty()).then_some(1),
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
                        outline(record, 9)?,
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

/// What may be told of the secret that waits at a row.
pub(super) fn glance(
    connection: &Connection,
    lives: &LifeFile,
    (row, check): (Row, &Check),
    now: Timestamp,
) -> Result<Option<Glance>, StoreError> {
    let found = connection
        .prepare_cached(
            "SELECT created, expires, kind, salt, strikes, length(sealed), size, files FROM pair
             WHERE row = ?1 AND secret_check = ?2 AND fate IS NULL AND expires > ?3",
        )
        .and_then(|mut statement| {
            statement
                .query_row(params![number(row), &check.0[..], now.0], |record| {
                    let length: Option<i64> = record.get(5)?;
                    let length = length.unwrap_or(0).unsigned_abs();
                    Ok((place(record, row)?, record.get(4)?, length, outline(record, 6)?))
                })
                .optional()
        })
        .map_err(unavailable)?;
    // Dead: it ended since the statement ran, or a copy of the database was put back.
    let Some((place, strikes, length, outline)) = found.filter(|_| life_is_there(lives, row)) else {
        return Ok(None);
    };
    Ok(Some(Glance { place: place?, outline, length, strikes }))
}

/// Whether there is a life key at a row. One that cannot be read is met again by who wants to open the secret.
fn life_is_there(lives: &LifeFile, row: Row) -> bool {
    life(lives, row).map_or(true, |life| life != LifeKey::DEAD)
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

pub(super) fn outline(record: &Record<'_>, at: usize) -> rusqlite::Result<Option<Outline>> {
    let (size, files): (Option<i64>, Option<u8>) = (record.get(at)?, record.get(at + 1)?);
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
    effects.copied.extend(keep.map(|keep| keep.life_row));
    // Nearly always one statement is all, and needs no bracket.
    if keep.is_none() && end(connection, effects, take, Company::NONE)?.is_some() {
        return Ok(true);
    }
    all_or_nothing(connection, || {
        let Some(ended) = end(connection, effects, take, Company { copy: keep.is_some(), mails: true })?
        else {
            return Ok(false);
        };
        if ended.mails {
            outbox::taken(connection, take.row, take.fate, take.now)?;
        }
        keep.map_or(Ok(()), |keep| kept::keep(connection, take.row, keep))?;
        Ok(true)
    })
}

/// What goes with the end of a secret, beside its row.
#[derive(Clone, Copy)]
struct Company {
    /// A copy is kept.
    copy: bool,
    /// Mails were posted with it; asked for: or may have been.
    mails: bool,
}

impl Company {
    const NONE: Self = Self { copy: false, mails: false };
}

/// Ends a waiting secret, but one with more company than it is asked to. This statement decides who wins.
fn end(
    connection: &Connection,
    effects: &mut Effects,
    take: &Take,
    company: Company,
) -> rusqlite::Result<Option<Company>> {
    let ended: Option<(Option<i64>, bool)> = connection
        .prepare_cached(
            "UPDATE pair SET fate = ?4, ended = ?3, claim = ?5, copied = ?6, sealed = NULL, link = NULL,
                notice = iif(notice = ?7, ?8, notice)
             WHERE row = ?1 AND secret_check = ?2 AND fate IS NULL AND expires > ?3 AND (mails IS NULL OR ?9)
             RETURNING held, mails IS NOT NULL",
        )?
        .query_row(
            params![
                number(take.row),
                &take.check.0[..],
                take.now.0,
                take.fate.code(),
                &take.claim.0[..],
                company.copy.then_some(1),
                outbox::QUEUED,
                outbox::ENDED,
                company.mails,
            ],
            |record| Ok((record.get(0)?, record.get(1)?)),
        )
        .optional()?;
    Ok(ended.map(|(held, mails)| {
        effects.ended.push(take.row);
        effects.held -= held.unwrap_or(0);
        Company { mails, ..company }
    }))
}

/// Whether a claim ended the secret at a row.
pub(super) fn settle(connection: &Connection, row: Row, claim: Claim) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT 1 FROM pair WHERE row = ?1 AND claim = ?2")?
        .exists(params![number(row), &claim.0[..]])
}

/// Nothing was given out of what a take left: it left no copy, or the copy stands and was not redelivered.
const UNREAD: &str =
    "(copied IS NULL OR EXISTS (SELECT 1 FROM kept WHERE kept.row = pair.row AND given = 0))";

/// Whether a claim ended the secret at a row, nobody got it, and it would still wait otherwise.
pub(super) fn is_releasable(
    connection: &Connection,
    row: Row,
    claim: Claim,
    now: Timestamp,
) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(&format!(
            "SELECT 1 FROM pair WHERE row = ?1 AND claim = ?2 AND expires > ?3 AND {UNREAD}"
        ))?
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
    let held: Option<(Option<i64>, bool)> = connection
        .prepare_cached(
            &format!(
            "UPDATE pair SET due = expires, fate = NULL, ended = NULL, claim = NULL, copied = NULL, link = ?3, sealed = ?4
             WHERE row = ?1 AND claim = ?2 AND expires > ?5 AND {UNREAD}
             RETURNING held, mails IS NOT NULL"),
        )?
        .query_row(
            params![
                number(waiting.place.row),
                &claim.0[..],
                waiting.link.as_bytes(),
                waiting.sealed.as_bytes(),
                now.0
            ],
            |record| Ok((record.get(0)?, record.get(1)?)),
        )
        .optional()?;
    let Some((held, mails)) = held else {
        return Ok(None);
    };
    if mails {
        outbox::released(connection, &waiting.place)?;
    }
    Ok(Some(held.unwrap_or_default()))
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

//! The statements of secrets and receipts, one function each.

use super::life_file::LifeFile;
use super::writer::Effects;
use crate::{Claim, Held, Holder, Listed, Notice, Pair, Put, ReceiptRow, StoreError, Swept, Take, Waiting};
use burnbag_core::account::{AccountId, Email};
use burnbag_core::fate::{Fate, State, receipt_ends};
use burnbag_core::key::Check;
use burnbag_core::opener::{Kind, Salt};
use burnbag_core::seal::{Place, Sealed};
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
        Kind::Open => None,
    };
    let inserted = connection
        .prepare_cached(
            "INSERT INTO pair (row, due, created, expires, kind, strikes, account, holder, held, notice, salt,
                secret_check, receipt_check, recipient, link, sealed)
             VALUES (?1, ?2, ?3, ?2, ?4, 0, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
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
    (row, check): (Row, &Check),
    now: Timestamp,
) -> Result<Option<Waiting>, StoreError> {
    let found = connection
        .prepare_cached(
            "SELECT created, expires, kind, salt, strikes, holder, held, link, sealed FROM pair
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
                    ))
                })
                .optional()
        })
        .map_err(unavailable)?;
    let Some((place, strikes, held, link, sealed)) = found else {
        return Ok(None);
    };
    let life = lives.read(row).map_err(|error| StoreError::Unavailable(Box::new(error)))?;
    Ok(Some(Waiting { place: place?, life, sealed, link, strikes, held }))
}

/// Ends a waiting secret. This statement decides who wins.
pub(super) fn take(connection: &Connection, effects: &mut Effects, take: &Take) -> rusqlite::Result<bool> {
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

/// Puts a secret back that this claim ended. The life key stands in its file again before this runs.
pub(super) fn release(
    connection: &Connection,
    effects: &mut Effects,
    claim: Claim,
    waiting: &Waiting,
    now: Timestamp,
) -> rusqlite::Result<bool> {
    let released = connection
        .prepare_cached(
            "UPDATE pair SET fate = NULL, ended = NULL, claim = NULL, link = ?3, sealed = ?4
             WHERE row = ?1 AND claim = ?2 AND expires > ?5",
        )?
        .execute(params![
            number(waiting.place.row),
            &claim.0[..],
            waiting.link.as_bytes(),
            waiting.sealed.as_bytes(),
            now.0
        ])?;
    if released == 1 {
        effects.released.push(waiting.place.row);
        effects.held += waiting.held.map_or(0, |held| i64::from(held.bytes));
    } else {
        // It expired meanwhile: its life key must not stand in its file again.
        effects.ended.push(waiting.place.row);
    }
    Ok(released == 1)
}

/// Counts a wrong opener, or takes one back.
pub(super) fn strike(
    connection: &Connection,
    (row, check): (Row, Check),
    change: i32,
    now: Timestamp,
) -> rusqlite::Result<Option<u32>> {
    let after: Option<i64> = connection
        .prepare_cached(
            "UPDATE pair SET strikes = max(strikes + ?4, 0)
             WHERE row = ?1 AND secret_check = ?2 AND fate IS NULL AND expires > ?3 RETURNING strikes",
        )?
        .query_row(params![number(row), &check.0[..], now.0, change], |record| record.get(0))
        .optional()?;
    Ok(after.map(|after| u32::try_from(after - i64::from(change)).unwrap_or(0)))
}

/// Forgives all wrong openers, for the receipt's holder.
pub(super) fn unlock(
    connection: &Connection,
    (row, check): (Row, Check),
    now: Timestamp,
) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "UPDATE pair SET strikes = 0
             WHERE row = ?1 AND receipt_check = ?2 AND fate IS NULL AND expires > ?3",
        )?
        .execute(params![number(row), &check.0[..], now.0])
        .map(|changed| changed == 1)
}

/// The columns of a receipt, in the order that [`receipt_row`] reads.
const RECEIPT: &str = "pair.created, pair.expires, pair.kind, pair.salt, pair.strikes, pair.fate, pair.ended,
    pair.notice, pair.recipient, pair.link, pair.account, account.email, pair.row";

/// The receipt at a row.
pub(super) fn receipt(
    connection: &Connection,
    lives: &LifeFile,
    (row, check): (Row, &Check),
    now: Timestamp,
) -> Result<Option<ReceiptRow>, StoreError> {
    let sql = format!(
        "SELECT {RECEIPT} FROM pair LEFT JOIN account ON account.id = pair.account
         WHERE row = ?1 AND receipt_check = ?2"
    );
    let mut statement = connection.prepare_cached(&sql).map_err(unavailable)?;
    let mut records = statement.query(params![number(row), &check.0[..]]).map_err(unavailable)?;
    let Some(record) = records.next().map_err(unavailable)? else {
        return Ok(None);
    };
    let receipt = receipt_row(record, lives, now)?;
    Ok(Some(receipt).filter(|receipt| now < receipt_ends(receipt.place.created, receipt.place.expires)))
}

/// The newest entries of an account's list.
pub(super) fn recent(
    connection: &Connection,
    lives: &LifeFile,
    account: AccountId,
    limit: u32,
    now: Timestamp,
) -> Result<Vec<Listed>, StoreError> {
    let sql = format!(
        "SELECT {RECEIPT}, listing.sealed FROM listing
         JOIN pair ON pair.row = listing.row AND pair.account = listing.account
         LEFT JOIN account ON account.id = pair.account
         WHERE listing.account = ?1 ORDER BY listing.created DESC, listing.row DESC LIMIT ?2"
    );
    let mut statement = connection.prepare_cached(&sql).map_err(unavailable)?;
    let mut records = statement.query(params![account.0, limit]).map_err(unavailable)?;
    let mut list = Vec::new();
    while let Some(record) = records.next().map_err(unavailable)? {
        let receipt = receipt_row(record, lives, now)?;
        if now < receipt_ends(receipt.place.created, receipt.place.expires) {
            list.push(Listed { sealed_receipt_key: record.get(13).map_err(unavailable)?, receipt });
        }
    }
    Ok(list)
}

/// Ends expired secrets, and removes receipts whose time is over.
pub(super) fn sweep(
    connection: &Connection,
    effects: &mut Effects,
    now: Timestamp,
    limit: u32,
) -> rusqlite::Result<Swept> {
    let mut swept = Swept::default();
    let mut due = connection.prepare_cached(
        "SELECT row, created, expires, fate, account, holder, held FROM pair
         WHERE due <= ?1 ORDER BY due LIMIT ?2",
    )?;
    let found = due.query_map(params![now.0, limit], Due::read)?.collect::<rusqlite::Result<Vec<_>>>()?;
    for due in found {
        if due.waiting {
            effects.ended.push(due.row);
            effects.held -= due.held.map_or(0, |held| i64::from(held.bytes));
            swept.released.extend(due.held);
        }
        let ends = receipt_ends(due.created, due.expires);
        if now >= ends {
            swept.receipts += 1;
            due.remove(connection)?;
        } else {
            swept.expired += u32::from(due.waiting);
            due.expire(connection, ends)?;
        }
    }
    Ok(swept)
}

/// A row that the sweep must look at.
struct Due {
    row: Row,
    created: Timestamp,
    expires: Timestamp,
    waiting: bool,
    account: Option<i64>,
    held: Option<Held>,
}

impl Due {
    fn read(record: &Record<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            row: Row(record.get::<_, i64>(0)?.cast_unsigned()),
            created: Timestamp(record.get(1)?),
            expires: Timestamp(record.get(2)?),
            waiting: record.get::<_, Option<u8>>(3)?.is_none(),
            account: record.get(4)?,
            held: held(record, 5)?,
        })
    }

    /// Ends the secret if it still waits, and sets the row's next date.
    fn expire(&self, connection: &Connection, next: Timestamp) -> rusqlite::Result<()> {
        if self.waiting {
            connection
                .prepare_cached(
                    "UPDATE pair SET due = ?2, fate = ?3, ended = expires, sealed = NULL, link = NULL WHERE row = ?1",
                )?
                .execute(params![number(self.row), next.0, Fate::Expired.code()])?;
        } else {
            connection
                .prepare_cached("UPDATE pair SET due = ?2 WHERE row = ?1")?
                .execute(params![number(self.row), next.0])?;
        }
        Ok(())
    }

    fn remove(&self, connection: &Connection) -> rusqlite::Result<()> {
        connection.prepare_cached("DELETE FROM pair WHERE row = ?1")?.execute([number(self.row)])?;
        if let Some(account) = self.account {
            connection
                .prepare_cached("DELETE FROM listing WHERE account = ?1 AND created = ?2 AND row = ?3")?
                .execute(params![account, self.created.0, number(self.row)])?;
        }
        Ok(())
    }
}

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
const fn number(row: Row) -> i64 {
    row.0.cast_signed()
}

fn held(record: &Record<'_>, at: usize) -> rusqlite::Result<Option<Held>> {
    let (holder, bytes): (Option<i64>, Option<u32>) = (record.get(at)?, record.get(at + 1)?);
    Ok(holder.zip(bytes).map(|(holder, bytes)| Held { holder: Holder(holder), bytes }))
}

/// Reads `created, expires, kind, salt` from the first four columns.
fn place(record: &Record<'_>, row: Row) -> rusqlite::Result<Result<Place, StoreError>> {
    let (created, expires) = (Timestamp(record.get(0)?), Timestamp(record.get(1)?));
    let kind = Kind::from_code(record.get(2)?, record.get::<_, Option<[u8; 16]>>(3)?.map(Salt));
    Ok(kind.map(|kind| Place { row, kind, created, expires }).ok_or(StoreError::Corrupt("kind of a secret")))
}

fn receipt_row(record: &Record<'_>, lives: &LifeFile, now: Timestamp) -> Result<ReceiptRow, StoreError> {
    let row = Row(record.get::<_, i64>(12).map_err(unavailable)?.cast_unsigned());
    let place = place(record, row).map_err(unavailable)??;
    let recorded = recorded_fate(record)?;
    let state = State::at(now, recorded, place.expires);
    let link: Option<Vec<u8>> = record.get(9).map_err(unavailable)?;
    let link = match link.filter(|_| state == State::New) {
        Some(link) => {
            let life = lives.read(row).map_err(|error| StoreError::Unavailable(Box::new(error)))?;
            Some((Sealed::from_bytes(link), life))
        }
        None => None,
    };
    Ok(ReceiptRow {
        place,
        state,
        link,
        recipient: record.get::<_, Option<_>>(8).map_err(unavailable)?.map(Sealed::from_bytes),
        notice: record.get::<_, Option<u8>>(7).map_err(unavailable)?.and_then(Notice::from_code),
        owner: owner(record)?,
        strikes: record.get(4).map_err(unavailable)?,
    })
}

fn recorded_fate(record: &Record<'_>) -> Result<Option<(Fate, Timestamp)>, StoreError> {
    let code: Option<u8> = record.get(5).map_err(unavailable)?;
    let ended: Option<i64> = record.get(6).map_err(unavailable)?;
    match (code, ended) {
        (None, _) => Ok(None),
        (Some(code), Some(ended)) => Fate::from_code(code)
            .map(|fate| Some((fate, Timestamp(ended))))
            .ok_or(StoreError::Corrupt("fate of a secret")),
        (Some(_), None) => Err(StoreError::Corrupt("end of a secret")),
    }
}

fn owner(record: &Record<'_>) -> Result<Option<(AccountId, Email)>, StoreError> {
    let account: Option<i64> = record.get(10).map_err(unavailable)?;
    let email: Option<String> = record.get(11).map_err(unavailable)?;
    let Some((account, email)) = account.zip(email) else {
        return Ok(None);
    };
    let email = email.parse().map_err(|_| StoreError::Corrupt("address of an account"))?;
    Ok(Some((AccountId(account), email)))
}

//! The statements of receipts, one function each.

use super::life_file::LifeFile;
use super::record::{life, not_overtaken, number, place, unavailable};
use crate::{Listed, ReceiptRow, StoreError};
use burnbag_core::account::{AccountId, Email};
use burnbag_core::fate::{Fate, State};
use burnbag_core::key::Check;
use burnbag_core::life_key::LifeKey;
use burnbag_core::mail::Mailing;
use burnbag_core::seal::Sealed;
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;
use rusqlite::{Connection, Row as Record, params};

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
    pair.notice, pair.recipient, pair.link, pair.account, account.email, pair.row,
    pair.label, pair.noticed";

/// Whether a receipt's time, twice the lifetime of its secret, is not over at `?3`. `receipt_ends` of core in SQL.
const SHOWN: &str = "?3 < pair.expires + max(pair.expires - pair.created, 0)";

/// The receipt at a row.
pub(super) fn receipt(
    connection: &Connection,
    lives: &LifeFile,
    (row, check): (Row, &Check),
    now: Timestamp,
) -> Result<Option<ReceiptRow>, StoreError> {
    let sql = format!(
        "SELECT {RECEIPT} FROM pair LEFT JOIN account ON account.id = pair.account
         WHERE row = ?1 AND receipt_check = ?2 AND {SHOWN}"
    );
    let read = || {
        let mut statement = connection.prepare_cached(&sql).map_err(unavailable)?;
        let mut records = statement.query(params![number(row), &check.0[..], now.0]).map_err(unavailable)?;
        let record = records.next().map_err(unavailable)?;
        record.map(|record| receipt_row(record, lives, now)).transpose()
    };
    not_overtaken(read, |receipt| receipt.as_ref().is_some_and(has_dead_link))
}

fn newest() -> String {
    format!(
        "SELECT {RECEIPT}, listing.sealed FROM listing
         JOIN pair ON pair.row = listing.row AND pair.account = listing.account
         LEFT JOIN account ON account.id = pair.account
         WHERE listing.account = ?1 AND {SHOWN} ORDER BY listing.created DESC, listing.row DESC LIMIT ?2"
    )
}

/// The newest entries of an account's list.
pub(super) fn recent(
    connection: &Connection,
    lives: &LifeFile,
    account: AccountId,
    limit: u32,
    now: Timestamp,
) -> Result<Vec<Listed>, StoreError> {
    let sql = newest();
    let read = || {
        let mut statement = connection.prepare_cached(&sql).map_err(unavailable)?;
        let mut records = statement.query(params![account.0, limit, now.0]).map_err(unavailable)?;
        let mut list = Vec::new();
        while let Some(record) = records.next().map_err(unavailable)? {
            let receipt = receipt_row(record, lives, now)?;
            list.push(Listed { sealed_receipt_key: record.get(15).map_err(unavailable)?, receipt });
        }
        Ok(list)
    };
    not_overtaken(read, |list: &Vec<Listed>| list.iter().any(|listed| has_dead_link(&listed.receipt)))
}

fn has_dead_link(receipt: &ReceiptRow) -> bool {
    matches!(&receipt.link, Some((_, life)) if *life == LifeKey::DEAD)
}

fn receipt_row(record: &Record<'_>, lives: &LifeFile, now: Timestamp) -> Result<ReceiptRow, StoreError> {
    let row = Row(record.get::<_, i64>(12).map_err(unavailable)?.cast_unsigned());
    let place = place(record, row).map_err(unavailable)??;
    let recorded = recorded_fate(record)?;
    let state = State::at(now, recorded, place.expires);
    let link: Option<Vec<u8>> = record.get(9).map_err(unavailable)?;
    let link = match link.filter(|_| state == State::New) {
        Some(link) => Some((Sealed::from_bytes(link), life(lives, row)?)),
        None => None,
    };
    Ok(ReceiptRow {
        place,
        state,
        link,
        recipient: record.get::<_, Option<_>>(8).map_err(unavailable)?.map(Sealed::from_bytes),
        label: record.get::<_, Option<_>>(13).map_err(unavailable)?.map(Sealed::from_bytes),
        mailing: mailing(record).map_err(unavailable)?,
        owner: owner(record)?,
        strikes: record.get(4).map_err(unavailable)?,
    })
}

fn mailing(record: &Record<'_>) -> rusqlite::Result<Option<Mailing>> {
    let (code, detail): (Option<u8>, Option<i64>) = (record.get(7)?, record.get(14)?);
    Ok(code.and_then(|code| Mailing::from_code(code, detail)))
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Newest first without sorting: what is not shown is not read, however long the list.
    #[test]
    fn a_list_is_read_no_further_than_it_is_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("test.db");
        Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 0").unwrap();
        let connection = super::super::connection::open_writer(&path).unwrap();
        let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {}", newest())).unwrap();
        let plan = statement.query_map([1, 30, 0], |record| record.get("detail")).unwrap();
        let plan: Vec<String> = plan.map(Result::unwrap).collect();
        assert!(plan.len() == 3 && plan.iter().all(|step| step.starts_with("SEARCH")), "{plan:?}");
    }
}

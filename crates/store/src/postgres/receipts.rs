//! The statements of receipts, one function each.

use super::record::{life, maybe_sealed, maybe_small, number, place, row, sealed, small};
use super::secrets::Asked;
use super::step::Step;
use super::trouble::Trouble;
use crate::{Listed, ReceiptRow};
use burnbag_core::account::{AccountId, Email};
use burnbag_core::fate::{Fate, State};
use burnbag_core::mail::Mailing;
use burnbag_core::time::Timestamp;
use tokio_postgres::Row as Record;

/// Forgives all wrong openers, for the receipt's holder.
pub(super) async fn unlock(step: Step<'_>, (row, check, now): &Asked) -> Result<bool, Trouble> {
    let forgiven = step
        .run(
            "UPDATE pair SET strikes = 0
             WHERE row = $1 AND receipt_check = $2 AND fate IS NULL AND expires > $3",
            &[&number(*row), &&check.0[..], &now.0],
        )
        .await?;
    Ok(forgiven == 1)
}

/// The columns of a receipt, in the order that [`receipt_row`] reads.
const RECEIPT: &str = "pair.created, pair.expires, pair.kind, pair.salt, pair.strikes, pair.fate, pair.ended,
    pair.notice, pair.recipient, pair.link, pair.account, account.email, pair.row,
    pair.label, pair.noticed, pair.life";

/// Whether a receipt's time, twice the lifetime of its secret, is not over at `$3`. `receipt_ends` of core in SQL.
const SHOWN: &str = "$3 < pair.expires + GREATEST(pair.expires - pair.created, 0)";

/// The receipt at a row.
pub(super) async fn receipt(
    step: Step<'_>,
    (row, check, now): &Asked,
) -> Result<Option<ReceiptRow>, Trouble> {
    let sql = format!(
        "SELECT {RECEIPT} FROM pair LEFT JOIN account ON account.id = pair.account
         WHERE pair.row = $1 AND receipt_check = $2 AND {SHOWN}"
    );
    let found = step.one(&sql, &[&number(*row), &&check.0[..], &now.0]).await?;
    found.map(|found| receipt_row(&found, *now)).transpose()
}

/// The newest entries of an account's list. LIMIT inside keeps the database to looking up one secret after the other; it
/// would find those of the account only by reading all there are.
pub(super) async fn recent(
    step: Step<'_>,
    (account, limit, now): &(AccountId, u32, Timestamp),
) -> Result<Vec<Listed>, Trouble> {
    let sql = format!(
        "SELECT {RECEIPT}, listing.sealed FROM listing
         CROSS JOIN LATERAL (SELECT * FROM pair
            WHERE pair.row = listing.row AND pair.account = listing.account LIMIT 1) AS pair
         LEFT JOIN account ON account.id = pair.account
         WHERE listing.account = $1 AND {SHOWN} ORDER BY listing.created DESC, listing.row DESC LIMIT $2"
    );
    let found = step.all(&sql, &[&account.0, &i64::from(*limit), &now.0]).await?;
    let listed = found.iter().map(|found| {
        Ok(Listed { sealed_receipt_key: found.try_get(16)?, receipt: receipt_row(found, *now)? })
    });
    listed.collect()
}

fn receipt_row(record: &Record, now: Timestamp) -> Result<ReceiptRow, Trouble> {
    let place = place(record, row(record, 12)?)?;
    let state = State::at(now, recorded_fate(record)?, place.expires);
    let link = match state {
        State::New => Some((sealed(record, 9)?, life(record, 15)?)),
        State::Ended(..) => None,
    };
    Ok(ReceiptRow {
        place,
        state,
        link,
        recipient: maybe_sealed(record, 8)?,
        label: maybe_sealed(record, 13)?,
        mailing: mailing(record)?,
        owner: owner(record)?,
        strikes: small(record, 4)?,
    })
}

fn mailing(record: &Record) -> Result<Option<Mailing>, Trouble> {
    let detail: Option<i64> = record.try_get(14)?;
    Ok(maybe_small(record, 7)?.and_then(|code| Mailing::from_code(code, detail)))
}

fn recorded_fate(record: &Record) -> Result<Option<(Fate, Timestamp)>, Trouble> {
    let ended: Option<i64> = record.try_get(6)?;
    match (maybe_small(record, 5)?, ended) {
        (None, _) => Ok(None),
        (Some(code), Some(ended)) => Fate::from_code(code)
            .map(|fate| Some((fate, Timestamp(ended))))
            .ok_or(Trouble::Corrupt("fate of a secret")),
        (Some(_), None) => Err(Trouble::Corrupt("end of a secret")),
    }
}

fn owner(record: &Record) -> Result<Option<(AccountId, Email)>, Trouble> {
    let account: Option<i64> = record.try_get(10)?;
    let email: Option<&str> = record.try_get(11)?;
    let Some((account, email)) = account.zip(email) else { return Ok(None) };
    let email = email.parse().map_err(|_| Trouble::Corrupt("address of an account"))?;
    Ok(Some((AccountId(account), email)))
}

//! The orders of receipts, one function each.

use super::desk::Desk;
use super::key::{Bucket, Chest};
use super::reply::Fields;
use super::secrets::Asked;
use super::trouble::Trouble;
use crate::{ReceiptRow, StoreError};
use burnbag_core::account::{AccountId, Email};
use burnbag_core::fate::{Fate, State, receipt_ends};
use burnbag_core::mail::Mailing;
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;

/// What is read of a receipt.
pub(super) const FIELDS: [&str; 14] = [
    "created",
    "expires",
    "kind",
    "salt",
    "strikes",
    "fate",
    "ended",
    "mailing",
    "mailed",
    "recipient",
    "label",
    "link",
    "life",
    "account",
];
/// Where the account stands among them.
pub(super) const ACCOUNT: usize = 13;

/// The receipt at a row.
pub(super) async fn receipt(
    desk: &Desk,
    (row, check, now): &Asked,
) -> Result<Option<ReceiptRow>, StoreError> {
    let chest = Chest::of_row(*row);
    let mut ask = redis::cmd("HMGET");
    ask.arg(desk.keys.in_box(&chest, "pair")).arg(&FIELDS[..]).arg("receipt_check");
    let Some(found) = Fields::of(desk.ask(chest.bucket, &ask).await?)? else { return Ok(None) };
    if found.maybe_bytes(FIELDS.len()) != Some(&check.0[..]) {
        return Ok(None);
    }
    let account = found.maybe_number(ACCOUNT)?.map(AccountId);
    let Some(mut receipt) = shown(found, *row, *now)? else { return Ok(None) };
    if let Some(account) = account {
        receipt.owner = owner(desk, account).await?;
    }
    Ok(Some(receipt))
}

/// Who made it, if his account is still there.
pub(super) async fn owner(desk: &Desk, account: AccountId) -> Result<Option<(AccountId, Email)>, Trouble> {
    let mut ask = redis::cmd("HMGET");
    ask.arg(desk.keys.account(account.0)).arg("email");
    let found = Fields::of(desk.ask(Bucket::ACCOUNTS, &ask).await?)?;
    let email = found.as_ref().map(|found| found.maybe_text(0)).transpose()?.flatten();
    let email = email.map(str::parse).transpose().map_err(|_| Trouble::Corrupt("address of an account"))?;
    Ok(email.map(|email| (account, email)))
}

/// A receipt whose time is not over. Its owner is found elsewhere.
pub(super) fn shown(mut found: Fields, row: Row, now: Timestamp) -> Result<Option<ReceiptRow>, Trouble> {
    let place = found.place(0, row)?;
    if now >= receipt_ends(place.created, place.expires) {
        return Ok(None);
    }
    let state = State::at(now, recorded_fate(&found)?, place.expires);
    let link = match state {
        State::New => Some((found.sealed(11)?, found.life(12)?)),
        State::Ended(..) => None,
    };
    Ok(Some(ReceiptRow {
        place,
        state,
        link,
        recipient: found.maybe_sealed(9),
        label: found.maybe_sealed(10),
        mailing: mailing(&found, 7)?,
        owner: None,
        strikes: found.maybe_number(4)?.unwrap_or(0),
    }))
}

/// What a receipt says of the recipient's mail, from two places on.
pub(super) fn mailing(found: &Fields, at: usize) -> Result<Option<Mailing>, Trouble> {
    let detail = found.maybe_number(at + 1)?;
    Ok(found.maybe_number(at)?.and_then(|code| Mailing::from_code(code, detail)))
}

fn recorded_fate(found: &Fields) -> Result<Option<(Fate, Timestamp)>, Trouble> {
    let Some(code) = found.maybe_number(5)? else { return Ok(None) };
    let fate = Fate::from_code(code).ok_or(Trouble::Corrupt("fate of a secret"))?;
    Ok(Some((fate, found.time(6)?)))
}

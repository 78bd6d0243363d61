//! Lists of accounts: the newest of many receipts. An entry is written before its pair, in another slot; while there is
//! no pair that knows of it, it counts as none.

use super::desk::Desk;
use super::key::{Bucket, Chest};
use super::order::Order;
use super::receipts::{self, FIELDS};
use super::reply::Fields;
use super::script;
use super::secrets::receipt_lives;
use super::trouble::Trouble;
use crate::{Listed, Listing, StoreError};
use burnbag_core::account::AccountId;
use burnbag_core::seal::Place;
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;
use redis::{Cmd, Value};

/// Bytes of a row's number, before the rest of an entry: entries of one moment are in the order of rows.
const ROW: usize = 8;
/// For how long an entry without a pair may be one whose pair is still being written, by far.
const DAY: i64 = 24 * 60 * 60;

/// An entry as it is stored.
pub(super) fn entry(row: Row, sealed_receipt_key: &[u8]) -> Vec<u8> {
    [&row.0.to_be_bytes(), sealed_receipt_key].concat()
}

/// Notes an entry, before its pair is there.
pub(super) async fn enlist(desk: &Desk, listing: &Listing, place: &Place) -> Result<(), StoreError> {
    let number = listing.account.0;
    let order = Order::write(Bucket::ACCOUNTS, &script::ENLIST, desk.keys.for_account(number))
        .text(number)
        .text(place.created)
        .bytes(entry(place.row, &listing.sealed_receipt_key))
        .text(receipt_lives(place));
    // Whatever becomes of it: without the pair it is none.
    desk.run(&order).await.map_err(|failure| StoreError::from(failure.trouble)).map(drop)
}

/// Removes entries that count as none already.
pub(super) async fn delist(desk: &Desk, number: i64, entries: &[Vec<u8>]) {
    if !entries.is_empty() {
        let order =
            Order::write(Bucket::ACCOUNTS, &script::DELIST, desk.keys.for_account(number)).text(number);
        let order = entries.iter().fold(order, |order, entry| order.bytes(entry.as_slice()));
        // Should it fail, who meets them tries again.
        let _ = desk.run(&order).await;
    }
}

/// Whether an entry stands in a list.
pub(super) async fn holds(desk: &Desk, number: i64, entry: &[u8]) -> Result<bool, Trouble> {
    let mut ask = redis::cmd("ZSCORE");
    ask.arg(desk.keys.list(number)).arg(entry);
    Ok(desk.ask(Bucket::ACCOUNTS, &ask).await? != Value::Nil)
}

/// The newest entries of an account's list.
pub(super) async fn recent(
    desk: &Desk,
    (account, limit, now): &(AccountId, u32, Timestamp),
) -> Result<Vec<Listed>, StoreError> {
    let limit = usize::try_from(*limit).unwrap_or(usize::MAX);
    let owner = receipts::owner(desk, *account).await?;
    let (mut listed, mut from) = (Vec::new(), 0);
    while listed.len() < limit {
        // As many as are wanted still, and some more: those that count as none are met one after the other.
        let wanted = (limit - listed.len()).saturating_add(8).min(1000);
        let entries = entries(desk, account.0, from, wanted).await?;
        let (met, is_last) = (entries.len(), entries.len() < wanted);
        let (found, void) = read(desk, account.0, entries, *now).await?;
        from += met - void.len();
        delist(desk, account.0, &void).await;
        listed.extend(found);
        if is_last {
            break;
        }
    }
    listed.truncate(limit);
    for listed in &mut listed {
        listed.receipt.owner.clone_from(&owner);
    }
    Ok(listed)
}

/// Entries from a place on, and when each was made.
async fn entries(
    desk: &Desk,
    number: i64,
    from: usize,
    count: usize,
) -> Result<Vec<(Vec<u8>, f64)>, Trouble> {
    let mut ask = redis::cmd("ZREVRANGE");
    ask.arg(desk.keys.list(number)).arg(from).arg(from + count - 1).arg("WITHSCORES");
    let found = desk.ask(Bucket::ACCOUNTS, &ask).await?;
    redis::from_redis_value(found).map_err(|_| Trouble::Corrupt("a list"))
}

/// Receipts of entries, and those entries that have none and never will.
async fn read(
    desk: &Desk,
    number: i64,
    entries: Vec<(Vec<u8>, f64)>,
    now: Timestamp,
) -> Result<(Vec<Listed>, Vec<Vec<u8>>), Trouble> {
    let mut asked = Vec::with_capacity(entries.len());
    for (entry, _) in &entries {
        asked.push(ask_pair(desk, row_of(entry)?));
    }
    let (mut listed, mut void) = (Vec::new(), Vec::new());
    for ((entry, made), value) in entries.into_iter().zip(desk.ask_all(&asked).await?) {
        let key = &entry[ROW..];
        match receipt(value, row_of(&entry)?, (number, key), now)? {
            Found::Shown(receipt) => {
                listed.push(Listed { sealed_receipt_key: key.to_vec(), receipt: *receipt });
            }
            Found::None if is_old(made, now) => void.push(entry),
            Found::None | Found::Over => {}
        }
    }
    Ok((listed, void))
}

enum Found {
    Shown(Box<crate::ReceiptRow>),
    Over,
    None,
}

fn receipt(value: Value, row: Row, (number, key): (i64, &[u8]), now: Timestamp) -> Result<Found, Trouble> {
    let Some(fields) = Fields::of(value)?.filter(|fields| !fields.is_empty()) else { return Ok(Found::None) };
    // Another's pair stands where this one's was refused.
    let is_theirs = fields.maybe_number(receipts::ACCOUNT)? == Some(number);
    if !is_theirs || fields.maybe_bytes(FIELDS.len()) != Some(key) {
        return Ok(Found::None);
    }
    let shown = receipts::shown(fields, row, now)?;
    Ok(shown.map_or(Found::Over, |receipt| Found::Shown(Box::new(receipt))))
}

fn ask_pair(desk: &Desk, row: Row) -> (Bucket, Cmd) {
    let chest = Chest::of_row(row);
    let mut ask = redis::cmd("HMGET");
    ask.arg(desk.keys.in_box(&chest, "pair")).arg(&FIELDS[..]).arg("entry");
    (chest.bucket, ask)
}

fn row_of(entry: &[u8]) -> Result<Row, Trouble> {
    let number = entry.first_chunk::<ROW>().ok_or(Trouble::Corrupt("an entry of a list"))?;
    Ok(Row(u64::from_be_bytes(*number)))
}

/// Whether an entry is older than a put can last.
#[expect(clippy::cast_precision_loss, reason = "a day more or less of some million years")]
fn is_old(made: f64, now: Timestamp) -> bool {
    made < now.0.saturating_sub(DAY) as f64
}

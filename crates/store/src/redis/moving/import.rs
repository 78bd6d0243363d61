//! Records of another store, and what they become here.

use super::super::accounts;
use super::super::credentials::with_used;
use super::super::desk::Desk;
use super::super::key::Chest;
use super::super::lists;
use super::super::order::{Order, PATIENCE};
use super::super::outbox;
use super::super::reply::{Fields, held_text, word};
use super::super::script;
use super::super::secrets::{content_lives, fields, patience, receipt_lives};
use crate::{Import, Numbers, Record, StoreError, StoredAccount, StoredPair};
use burnbag_core::fate::{Fate, receipt_ends};
use burnbag_core::key::Check;
use redis::Value;

pub(super) async fn import(desk: &Desk, records: &[Record]) -> Result<Import, StoreError> {
    if is_occupied(desk, records).await? {
        return Ok(Import::Occupied);
    }
    let mut new = 0;
    for record in records {
        new += u32::from(store(desk, record).await?);
    }
    Ok(Import::Done(new))
}

/// Whether something else stands in the place of a record.
async fn is_occupied(desk: &Desk, records: &[Record]) -> Result<bool, StoreError> {
    for record in records {
        let is_in_the_way = match record {
            Record::Numbers(_) | Record::ServerKey(_) | Record::Mail(_) => false,
            Record::Account(stored) => has_other_account(desk, stored).await?,
            Record::Pair(stored) => has_other_pair(desk, stored).await?,
        };
        if is_in_the_way {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn has_other_account(desk: &Desk, stored: &StoredAccount) -> Result<bool, StoreError> {
    let account = &stored.account;
    let by_address = accounts::number_of(desk, &account.email).await?;
    let by_number = accounts::with_number(desk, account.id).await?;
    Ok(by_address.is_some_and(|number| number != account.id.0)
        || by_number.is_some_and(|other| other.email != account.email))
}

async fn has_other_pair(desk: &Desk, stored: &StoredPair) -> Result<bool, StoreError> {
    let chest = Chest::of_row(stored.pair.place.row);
    let mut ask = redis::cmd("HMGET");
    ask.arg(desk.keys.in_box(&chest, "pair")).arg("secret_check");
    let found = Fields::of(desk.ask(chest.bucket, &ask).await?)?.filter(|found| found.has(0));
    let check = found.map(|found| found.exact(0)).transpose()?.map(Check);
    Ok(check.is_some_and(|check| check != stored.pair.secret_check))
}

/// Answers whether it is new.
async fn store(desk: &Desk, record: &Record) -> Result<bool, StoreError> {
    match record {
        Record::Numbers(numbers) => raise(desk, *numbers).await.map(|()| false),
        Record::ServerKey(key) => {
            let is_new = !accounts::server_keys(desk).await?.iter().any(|known| known.id == key.id);
            accounts::remember_server_key(desk, key).await.map(|()| is_new)
        }
        Record::Account(stored) => store_account(desk, stored).await,
        Record::Mail(stored) => {
            Ok(word(desk.run(&outbox::post_order(desk, &script::IMPORT_MAIL, stored)).await?)? == "stored")
        }
        Record::Pair(stored) => store_pair(desk, stored).await,
    }
}

async fn raise(desk: &Desk, numbers: Numbers) -> Result<(), StoreError> {
    let raise = |name| accounts::order(desk, &script::RAISE, 0).confirmed().names(&[name]);
    desk.run(&raise("next_row").text(numbers.next_row)).await?;
    Ok(desk.run(&raise("last_account").text(numbers.last_account)).await.map(drop)?)
}

async fn store_account(desk: &Desk, stored: &StoredAccount) -> Result<bool, StoreError> {
    let account = &stored.account;
    let order = accounts::order(desk, &script::IMPORT_ACCOUNT, account.id.0)
        .confirmed()
        .text(account.email.as_str())
        .text(&account.plan)
        .text(account.created)
        .text(account.notify.bits())
        .maybe(account.language.as_ref())
        .text(u8::from(stored.provisional));
    let order = stored
        .credentials
        .iter()
        .fold(order, |order, (credential, used)| with_used(order, credential, *used));
    Ok(desk.run(&order).await? == Value::Int(1))
}

async fn store_pair(desk: &Desk, stored: &StoredPair) -> Result<bool, StoreError> {
    let pair = &stored.pair;
    if let Some(listing) = &pair.listing {
        lists::enlist(desk, listing, &pair.place).await?;
    }
    Ok(desk.run(&pair_order(desk, stored)).await? == Value::Int(1))
}

fn pair_order(desk: &Desk, stored: &StoredPair) -> Order {
    let (pair, place) = (&stored.pair, &stored.pair.place);
    let chest = Chest::of_row(place.row);
    let was_swept = stored.end.is_some_and(|end| end.fate == Fate::Expired);
    let due = if was_swept { receipt_ends(place.created, place.expires) } else { place.expires };
    let held = if stored.end.is_none() { pair.held } else { None };
    let order = Order::write(chest.bucket, &script::IMPORT, desk.keys.for_box(&chest, ""))
        .within(patience(PATIENCE, pair.sealed.as_bytes().len()))
        .confirmed()
        .text(&chest.name)
        .text(due)
        .text(receipt_lives(place))
        .bytes(pair.sealed.as_bytes())
        .text(content_lives(place.expires.since(place.created)))
        .maybe(held.map(held_text));
    let order = ending(fields(outbox::with_mails(order, &stored.mails), pair), stored);
    // Whose it is stays known when the list was emptied.
    let maker = stored.maker.filter(|_| pair.listing.is_none());
    match maker {
        Some(maker) => order.names(&["account"]).text(maker.0),
        None => order,
    }
}

/// The fields that came later.
fn ending(order: Order, stored: &StoredPair) -> Order {
    let order = order.names(&["strikes"]).text(stored.strikes);
    let Some(end) = stored.end else { return order };
    let order = order.names(&["fate"]).text(end.fate.code()).names(&["ended"]).text(end.when);
    let order = match end.claim {
        Some(claim) => order.names(&["claim"]).bytes(claim.0),
        None => order,
    };
    if end.copied { order.names(&["copied", "1"]) } else { order }
}

//! The orders of accounts and server keys, one function each.

use super::credentials::{self, with_credential};
use super::desk::Desk;
use super::key::{Bucket, Chest};
use super::order::Order;
use super::reply::{Fields, count, word, yes};
use super::script::{self, Lua};
use super::sweep::run_all;
use super::trouble::Trouble;
use crate::{Account, KnownServerKey, NewAccount, Notify, StoreError};
use burnbag_core::account::{AccountId, Email};
use burnbag_core::server_key::ServerKeyId;
use burnbag_core::tag::Row;
use data_encoding::HEXLOWER;
use redis::Value;
use std::collections::BTreeMap;

/// What is read of an account.
pub(super) const FIELDS: [&str; 5] = ["email", "plan", "created", "notify", "language"];

/// An order in the slot of accounts.
pub(super) fn order(desk: &Desk, script: &'static Lua, number: i64) -> Order {
    Order::write(Bucket::ACCOUNTS, script, desk.keys.for_account(number)).text(number)
}

/// Moves a counter, and answers where it stands then.
pub(super) async fn next(desk: &Desk, name: &str, by: usize) -> Result<i64, StoreError> {
    // Where the answer got lost numbers are left out.
    let moved = desk.run(&order(desk, &script::NEXT, 0).confirmed().text(name).text(by)).await;
    Ok(count(&moved.map_err(|failure| failure.trouble)?)?)
}

/// A number for a handle, also of a store that is being left.
pub(super) async fn next_handle(desk: &Desk) -> Result<i64, StoreError> {
    let moved = desk.run(&order(desk, &script::HANDLE, 0).text("handles").text(1)).await;
    Ok(count(&moved.map_err(|failure| failure.trouble)?)?)
}

/// Moves the counter of row numbers by `count` and answers where it stood.
pub(super) async fn lease(desk: &Desk, count: &usize) -> Result<Row, StoreError> {
    let moved = next(desk, "next_row", *count).await?;
    let first = u64::try_from(moved).ok().and_then(|moved| moved.checked_sub(u64::try_from(*count).ok()?));
    Ok(Row(first.ok_or(Trouble::Corrupt("the counter of rows"))?))
}

/// Makes an account and its first credential, or gives one that nobody accepted to whom it is made for.
pub(super) async fn create(desk: &Desk, new: &NewAccount) -> Result<Option<AccountId>, StoreError> {
    let number = next(desk, "last_account", 1).await?;
    loop {
        match make(desk, &script::CREATE, number, new).await?.as_str() {
            "made" => return Ok(Some(AccountId(number))),
            "exists" if new.provisional => return Ok(None),
            "exists" => {}
            _ => return Err(credentials::known()),
        }
        let Some(owner) = number_of(desk, &new.email).await? else { continue };
        match make(desk, &script::TAKE_OVER, owner, new).await?.as_str() {
            "made" => return Ok(Some(AccountId(owner))),
            "exists" => return Ok(None),
            // The address is another account's since it was asked for.
            "moved" => {}
            _ => return Err(credentials::known()),
        }
    }
}

async fn make(
    desk: &Desk,
    script: &'static Lua,
    number: i64,
    new: &NewAccount,
) -> Result<String, StoreError> {
    let order = order(desk, script, number)
        .confirmed()
        .text(new.email.as_str())
        .text(&new.plan)
        .text(new.credential.created)
        .text(u8::from(new.provisional));
    Ok(word(desk.run(&with_credential(order, &new.credential)).await?)?)
}

/// All accounts.
pub(super) async fn list(desk: &Desk) -> Result<Vec<Account>, StoreError> {
    let numbers = addresses(desk).await?;
    let asked: Vec<_> = numbers.values().map(|number| (Bucket::ACCOUNTS, ask(desk, *number))).collect();
    let mut all = Vec::with_capacity(asked.len());
    for (number, found) in numbers.values().zip(desk.ask_all(&asked).await?) {
        all.extend(read(*number, found)?);
    }
    all.sort_by(|one, other| one.email.as_str().cmp(other.email.as_str()));
    Ok(all)
}

/// All addresses, and the number of each account.
pub(super) async fn addresses(desk: &Desk) -> Result<BTreeMap<String, i64>, Trouble> {
    let mut ask = redis::cmd("HGETALL");
    ask.arg(desk.keys.of_accounts("addresses"));
    let found = desk.ask(Bucket::ACCOUNTS, &ask).await?;
    redis::from_redis_value(found).map_err(|_| Trouble::Corrupt("addresses of accounts"))
}

/// The number of the account with an address.
pub(super) async fn number_of(desk: &Desk, email: &Email) -> Result<Option<i64>, Trouble> {
    let mut ask = redis::cmd("HGET");
    ask.arg(desk.keys.of_accounts("addresses")).arg(email.as_str());
    let found = desk.ask(Bucket::ACCOUNTS, &ask).await?;
    redis::from_redis_value(found).map_err(|_| Trouble::Corrupt("number of an account"))
}

/// The account with an address.
pub(super) async fn with_address(desk: &Desk, email: &Email) -> Result<Option<Account>, StoreError> {
    match number_of(desk, email).await? {
        Some(number) => Ok(with_number(desk, AccountId(number)).await?),
        None => Ok(None),
    }
}

/// The account with a number.
pub(super) async fn with_number(desk: &Desk, account: AccountId) -> Result<Option<Account>, Trouble> {
    read(account.0, desk.ask(Bucket::ACCOUNTS, &ask(desk, account.0)).await?)
}

fn ask(desk: &Desk, number: i64) -> redis::Cmd {
    let mut ask = redis::cmd("HMGET");
    ask.arg(desk.keys.account(number)).arg(&FIELDS[..]);
    ask
}

fn read(number: i64, found: Value) -> Result<Option<Account>, Trouble> {
    let found = Fields::of(found)?.filter(|found| !found.is_empty());
    found.map(|found| account(AccountId(number), &found)).transpose()
}

/// Of the first five fields.
pub(super) fn account(id: AccountId, found: &Fields) -> Result<Account, Trouble> {
    Ok(Account {
        id,
        email: found.text(0)?.parse().map_err(|_| Trouble::Corrupt("address of an account"))?,
        plan: found.text(1)?.to_owned(),
        created: found.time(2)?,
        notify: Notify::from_bits(found.number(3)?),
        language: found.maybe_text(4)?.map(str::to_owned),
    })
}

/// Notes of what an account's owner is told by mail.
pub(super) async fn set_notify(
    desk: &Desk,
    (account, notify): &(AccountId, Notify),
) -> Result<bool, StoreError> {
    let order = order(desk, &script::SET, account.0).confirmed().text("notify").text(notify.bits());
    Ok(yes(&desk.run(&order).await?)?)
}

/// Notes the language that an account's owner chose.
pub(super) async fn set_language(
    desk: &Desk,
    (account, language): &(AccountId, Option<String>),
) -> Result<bool, StoreError> {
    let order = order(desk, &script::SET, account.0).confirmed().text("language").maybe(language.as_ref());
    Ok(yes(&desk.run(&order).await?)?)
}

/// Removes an account with its credentials, its list, its mails, and what is kept of its secrets: what is in buckets
/// first, so that who is stopped in between finds the account and begins again; and once more behind it, because a put or
/// a take may have come in between.
pub(super) async fn remove(desk: &Desk, email: &Email) -> Result<bool, StoreError> {
    let Some(number) = number_of(desk, email).await? else { return Ok(false) };
    forget_in_buckets(desk, number).await?;
    let removed = desk.run(&order(desk, &script::REMOVE, number).confirmed().text(email.as_str())).await?;
    forget_in_buckets(desk, number).await?;
    Ok(yes(&removed)?)
}

async fn forget_in_buckets(desk: &Desk, number: i64) -> Result<(), StoreError> {
    let mut orders = Vec::new();
    for bucket in Bucket::of_rows() {
        for name in owned(desk, bucket, number).await? {
            let chest = Chest::named(bucket, &name);
            let keys = desk.keys.for_box(&chest, "");
            orders.push(Order::write(bucket, &script::FORGET_ACCOUNT, keys).text(&name).text(number));
        }
    }
    run_all(desk, orders).await.map(drop)
}

/// What is an account's in a bucket: boxes with mails or a copy.
async fn owned(desk: &Desk, bucket: Bucket, number: i64) -> Result<Vec<String>, Trouble> {
    let (mut cursor, mut names) = (0_u64, Vec::new());
    loop {
        let mut ask = redis::cmd("HSCAN");
        ask.arg(desk.keys.of(bucket, "owned")).arg(cursor).arg("COUNT").arg(1000);
        let found = desk.ask(bucket, &ask).await?;
        let found: Result<(u64, Vec<(String, i64)>), _> = redis::from_redis_value(found);
        let (next, found) = found.map_err(|_| Trouble::Corrupt("what is an account's"))?;
        names.extend(found.into_iter().filter(|(_, owner)| *owner == number).map(|(name, _)| name));
        cursor = next;
        if cursor == 0 {
            return Ok(names);
        }
    }
}

/// The server keys that were used.
pub(super) async fn server_keys(desk: &Desk) -> Result<Vec<KnownServerKey>, StoreError> {
    let mut ask = redis::cmd("HGETALL");
    ask.arg(desk.keys.of_accounts("server_keys"));
    let found = desk.ask(Bucket::ACCOUNTS, &ask).await?;
    let found: BTreeMap<String, Vec<u8>> =
        redis::from_redis_value(found).map_err(|_| Trouble::Corrupt("server keys"))?;
    let named = found.iter().filter_map(|(name, check)| Some((name.strip_suffix(".check")?, check)));
    let keys = named.map(|(name, check)| {
        let until = found.get(&format!("{name}.until")).and_then(|until| std::str::from_utf8(until).ok());
        let id = HEXLOWER.decode(name.as_bytes()).ok().and_then(|id| id.try_into().ok()).map(ServerKeyId);
        let check = check.as_slice().try_into().ok();
        let until = until.and_then(|until| until.parse().ok()).map(burnbag_core::time::Timestamp);
        let key = id.zip(check).zip(until).ok_or(Trouble::Corrupt("a server key"))?;
        let ((id, check), needed_until) = key;
        Ok(KnownServerKey { id, check, needed_until })
    });
    keys.collect()
}

/// Notes a server key, or that it is needed longer.
pub(super) async fn remember_server_key(desk: &Desk, key: &KnownServerKey) -> Result<(), StoreError> {
    let order = order(desk, &script::REMEMBER, 0)
        .confirmed()
        .text(HEXLOWER.encode(&key.id.0))
        .bytes(key.check)
        .text(key.needed_until);
    Ok(desk.run(&order).await.map(drop)?)
}

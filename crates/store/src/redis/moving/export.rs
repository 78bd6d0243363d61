//! What the store holds, as records.

use super::super::accounts;
use super::super::credentials;
use super::super::desk::Desk;
use super::super::key::{Bucket, Chest};
use super::super::lists;
use super::super::outbox;
use super::super::receipts;
use super::super::reply::Fields;
use super::super::trouble::Trouble;
use crate::moving::fitting;
use crate::{
    Claim, Cursor, Listing, Mail, Numbers, Pair, Part, Piece, Record, StoreError, StoredAccount, StoredEnd,
    StoredMail, StoredPair,
};
use burnbag_core::account::AccountId;
use burnbag_core::fate::Fate;
use burnbag_core::key::Check;
use burnbag_core::life_key::LifeKey;
use burnbag_core::mail::{MailId, MailKind};
use burnbag_core::seal::Sealed;
use data_encoding::HEXLOWER;
use redis::Value;
use std::collections::HashMap;

/// Names of an index that are looked at in one step.
const STEP: usize = 1000;
/// A place in an index: the number of its bucket, and how many stand before.
const RANKS: u32 = 64;

/// What else than a receipt's fields is read of a pair.
const MORE: [&str; 9] =
    ["secret_check", "receipt_check", "size", "files", "held", "claim", "copied", "entry", "ends"];

pub(super) async fn export(desk: &Desk, from: Cursor, limit: usize) -> Result<Piece, StoreError> {
    match from.part {
        Part::Numbers => Ok(Piece { records: numbers(desk).await?, next: from.next_part() }),
        Part::Accounts => export_accounts(desk, from, limit).await,
        Part::Mails => export_mails(desk, from, limit).await,
        Part::Pairs => export_pairs(desk, from, limit).await,
    }
}

async fn numbers(desk: &Desk) -> Result<Vec<Record>, StoreError> {
    let mut ask = redis::cmd("HMGET");
    ask.arg(desk.keys.of_accounts("counters")).arg("next_row").arg("last_account");
    let found = Fields::of(desk.ask(Bucket::ACCOUNTS, &ask).await?)?.ok_or(Trouble::Corrupt("counters"))?;
    let next_row = found.maybe_number(0)?.unwrap_or(0);
    let last_account = found.maybe_number(1)?.unwrap_or(0);
    let keys = accounts::server_keys(desk).await?.into_iter().map(Record::ServerKey);
    Ok(std::iter::once(Record::Numbers(Numbers { next_row, last_account })).chain(keys).collect())
}

async fn export_accounts(desk: &Desk, from: Cursor, limit: usize) -> Result<Piece, StoreError> {
    let place = |number: i64| u128::from(number.cast_unsigned());
    let mut numbers: Vec<i64> = accounts::addresses(desk).await?.into_values().collect();
    numbers.retain(|number| from.behind.is_none_or(|behind| place(*number) > behind));
    numbers.sort_unstable();
    numbers.truncate(limit);
    let mut records = Vec::with_capacity(numbers.len());
    for number in &numbers {
        if let Some(account) = accounts::with_number(desk, AccountId(*number)).await? {
            let mut ask = redis::cmd("HEXISTS");
            ask.arg(desk.keys.account(*number)).arg("provisional");
            let provisional = desk.ask(Bucket::ACCOUNTS, &ask).await? == Value::Int(1);
            let credentials = credentials::all(desk, *number).await?;
            records.push(Record::Account(StoredAccount { account, provisional, credentials }));
        }
    }
    let next = from.after(numbers.last().map(|number| place(*number)), numbers.len() == limit);
    Ok(Piece { records, next })
}

/// A name in an index, and the place behind it.
struct Named {
    bucket: Bucket,
    name: String,
    behind: u128,
}

/// Names from a place on, of buckets one after the other, and whether there may be more. While nothing changes the place
/// of each is the same.
async fn walk(
    desk: &Desk,
    index: &str,
    (from, limit): (Cursor, usize),
    is_meant: impl Fn(&str) -> bool,
) -> Result<(Vec<Named>, bool), Trouble> {
    let behind = from.behind.unwrap_or(0);
    let mut rank = usize::try_from(behind & u128::from(u64::MAX)).unwrap_or(usize::MAX);
    let first = usize::try_from(behind >> RANKS).unwrap_or(usize::MAX);
    let mut found = Vec::new();
    for bucket in Bucket::of_rows().skip(first) {
        loop {
            let mut ask = redis::cmd("ZRANGE");
            ask.arg(desk.keys.of(bucket, index)).arg(rank).arg(rank.saturating_add(STEP - 1));
            let names: Vec<String> = redis::from_redis_value(desk.ask(bucket, &ask).await?)
                .map_err(|_| Trouble::Corrupt("an index"))?;
            let is_last = names.len() < STEP;
            for name in names {
                rank += 1;
                if is_meant(&name) {
                    let behind = (bucket.index() as u128) << RANKS | rank as u128;
                    found.push(Named { bucket, name, behind });
                }
                if found.len() == limit {
                    return Ok((found, true));
                }
            }
            if is_last {
                break;
            }
        }
        rank = 0;
    }
    Ok((found, false))
}

/// Mails of no secret: those that are a box of their own. Each has a time when it is given up.
async fn export_mails(desk: &Desk, from: Cursor, limit: usize) -> Result<Piece, StoreError> {
    let is_alone = |name: &str| name.split_once('/').is_some_and(|(id, chest)| id == chest);
    let (names, more) = walk(desk, "mail_until", (from, limit), is_alone).await?;
    let mut records = Vec::with_capacity(names.len());
    for named in &names {
        let (_, chest) = outbox::split(named.bucket, &named.name)?;
        records.extend(mails(desk, &chest).await?.into_iter().map(Record::Mail));
    }
    Ok(Piece { records, next: from.after(names.last().map(|named| named.behind), more) })
}

/// All mails of a box.
async fn mails(desk: &Desk, chest: &Chest) -> Result<Vec<StoredMail>, Trouble> {
    let mut ask = redis::cmd("HGETALL");
    ask.arg(desk.keys.in_box(chest, "mails"));
    let all: HashMap<String, Vec<u8>> = redis::from_redis_value(desk.ask(chest.bucket, &ask).await?)
        .map_err(|_| Trouble::Corrupt("mails"))?;
    let ids = all.get("ids").map(|ids| String::from_utf8_lossy(ids).into_owned()).unwrap_or_default();
    ids.split_ascii_whitespace().map(|id| mail(&all, id)).collect()
}

fn mail(all: &HashMap<String, Vec<u8>>, id: &str) -> Result<StoredMail, Trouble> {
    let names = ["kind", "account", "sealed", "since", "due", "until", "paused", "tries", "pick"];
    let mut fields = Fields::from(names.map(|name| all.get(&format!("{id}.{name}")).cloned()).to_vec());
    let id = HEXLOWER.decode(id.as_bytes()).ok().and_then(|id| id.try_into().ok());
    let mail = Mail {
        id: MailId(id.ok_or(Trouble::Corrupt("id of a mail"))?),
        kind: MailKind::from_code(fields.number(0)?).ok_or(Trouble::Corrupt("kind of a mail"))?,
        account: fields.maybe_number(1)?.map(AccountId),
        sealed: fields.sealed(2)?,
    };
    Ok(StoredMail {
        mail,
        since: fields.time(3)?,
        due: fields.maybe_time(4)?,
        until: fields.maybe_time(5)?,
        paused: fields.maybe_time(6)?,
        tries: fields.number(7)?,
        pick: fields.number(8)?,
    })
}

async fn export_pairs(desk: &Desk, from: Cursor, limit: usize) -> Result<Piece, StoreError> {
    let (mut names, mut more) = walk(desk, "due", (from, limit), |_| true).await?;
    let lengths: Vec<_> = names
        .iter()
        .map(|named| {
            let mut ask = redis::cmd("STRLEN");
            ask.arg(desk.keys.in_box(&Chest::named(named.bucket, &named.name), "sealed"));
            (named.bucket, ask)
        })
        .collect();
    let lengths: Result<Vec<u64>, _> =
        desk.ask_all(&lengths).await?.into_iter().map(redis::from_redis_value).collect();
    let fits = fitting(lengths.map_err(|_| Trouble::Corrupt("length of a content"))?);
    more |= fits < names.len();
    names.truncate(fits);
    let mut records = Vec::with_capacity(names.len());
    for named in &names {
        let chest = Chest::named(named.bucket, &named.name);
        records.extend(pair(desk, &chest).await?.map(|pair| Record::Pair(Box::new(pair))));
    }
    Ok(Piece { records, next: from.after(names.last().map(|named| named.behind), more) })
}

/// A pair with all that belongs to it. Of what the engine removed nothing is left.
async fn pair(desk: &Desk, chest: &Chest) -> Result<Option<StoredPair>, Trouble> {
    let row = chest.row().ok_or(Trouble::Corrupt("number of a row"))?;
    let mut fields = redis::cmd("HMGET");
    fields.arg(desk.keys.in_box(chest, "pair")).arg(&receipts::FIELDS[..]).arg(&MORE[..]);
    let mut content = redis::cmd("GET");
    content.arg(desk.keys.in_box(chest, "sealed"));
    let found = Fields::of(desk.ask(chest.bucket, &fields).await?)?.filter(|found| !found.is_empty());
    let Some(mut found) = found else { return Ok(None) };
    let content: Option<Vec<u8>> = redis::from_redis_value(desk.ask(chest.bucket, &content).await?)
        .map_err(|_| Trouble::Corrupt("a content"))?;
    let more = receipts::FIELDS.len();
    let place = found.place(0, row)?;
    let maker = found.maybe_number(receipts::ACCOUNT)?.map(AccountId);
    let end = end(&found, more)?;
    let strikes = found.maybe_number(4)?.unwrap_or(0);
    let empty = || Sealed::from_bytes(Vec::new());
    let entry = found.take(more + 7);
    let listing = match (maker, entry) {
        (Some(account), Some(sealed_receipt_key)) => {
            let is_listed = lists::holds(desk, account.0, &lists::entry(row, &sealed_receipt_key)).await?;
            is_listed.then_some(Listing { account, sealed_receipt_key })
        }
        (Some(_), None) | (None, _) => None,
    };
    let pair = Pair {
        place,
        secret_check: Check(found.exact(more)?),
        receipt_check: Check(found.exact(more + 1)?),
        life: if found.has(12) { found.life(12)? } else { LifeKey::DEAD },
        sealed: content.map_or_else(empty, Sealed::from_bytes),
        link: found.maybe_sealed(11).unwrap_or_else(empty),
        recipient: found.maybe_sealed(9),
        label: found.maybe_sealed(10),
        outline: found.outline(more + 2)?,
        mailing: receipts::mailing(&found, 7)?,
        mails: Vec::new(),
        listing,
        held: found.held(more + 4)?.filter(|_| end.is_none()),
    };
    Ok(Some(StoredPair { pair, maker, strikes, end, mails: mails(desk, chest).await? }))
}

fn end(found: &Fields, more: usize) -> Result<Option<StoredEnd>, Trouble> {
    let Some(code) = found.maybe_number(5)? else { return Ok(None) };
    Ok(Some(StoredEnd {
        fate: Fate::from_code(code).ok_or(Trouble::Corrupt("fate of a secret"))?,
        when: found.time(6)?,
        claim: if found.has(more + 5) { Some(Claim(found.exact(more + 5)?)) } else { None },
        copied: found.has(more + 6),
    }))
}

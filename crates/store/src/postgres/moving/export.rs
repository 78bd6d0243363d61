//! What a database holds as records.

use crate::moving::fitting;
use crate::postgres::credentials::maybe_time;
use crate::postgres::record::{
    bytes, held, life, maybe_sealed, maybe_small, number, outline, place, row, sealed, small, time,
};
use crate::postgres::step::Step;
use crate::postgres::trouble::Trouble;
use crate::postgres::{accounts, credentials};
use crate::{
    Claim, Cursor, Listing, Mail, Numbers, Pair, Part, Piece, Record, StoredAccount, StoredEnd, StoredMail,
    StoredPair,
};
use burnbag_core::account::AccountId;
use burnbag_core::fate::Fate;
use burnbag_core::key::Check;
use burnbag_core::life_key::LifeKey;
use burnbag_core::mail::{MailId, MailKind, Mailing};
use burnbag_core::seal::Sealed;
use burnbag_core::tag::Row;
use std::collections::HashMap;
use tokio_postgres::Row as Found;

/// A record, and its place in the order of its part.
type Placed = (u128, Record);

pub(super) async fn export(step: Step<'_>, (from, limit): &(Cursor, u32)) -> Result<Piece, Trouble> {
    step.tell("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ").await?;
    step.tell(super::STATEMENT).await?;
    let mut limit = i64::from(*limit);
    let records = match from.part {
        Part::Numbers => {
            return Ok(Piece { records: numbers(step).await?, next: from.next_part() });
        }
        Part::Accounts => accounts(step, from.behind, limit).await?,
        Part::Mails => mails(step, from.behind, limit).await?,
        Part::Pairs => {
            let sizes = sizes(step, from.behind, limit).await?;
            limit = limit.min(i64::try_from(fitting(sizes)).unwrap_or(i64::MAX).max(1));
            pairs(step, from.behind, limit).await?
        }
    };
    let is_full = i64::try_from(records.len()).is_ok_and(|count| count == limit);
    let next = from.after(records.last().map(|(place, _)| *place), is_full);
    Ok(Piece { records: records.into_iter().map(|(_, record)| record).collect(), next })
}

async fn numbers(step: Step<'_>) -> Result<Vec<Record>, Trouble> {
    let mut numbers = Numbers { next_row: 0, last_account: 0 };
    for counter in step.all("SELECT name, value FROM counter", &[]).await? {
        let value: i64 = counter.try_get(1)?;
        match counter.try_get(0)? {
            "next_row" => numbers.next_row = value.cast_unsigned(),
            "last_account" => numbers.last_account = value,
            _ => {}
        }
    }
    let keys = accounts::server_keys(step, &()).await?.into_iter().map(Record::ServerKey);
    Ok(std::iter::once(Record::Numbers(numbers)).chain(keys).collect())
}

/// What stands before the first number of a part.
fn behind(place: Option<u128>) -> i64 {
    place.map_or(-1, |place| i64::try_from(place).unwrap_or(i64::MAX))
}

async fn accounts(step: Step<'_>, after: Option<u128>, limit: i64) -> Result<Vec<Placed>, Trouble> {
    let found = step
        .all(
            "SELECT id, email, plan, created, language, notify, provisional FROM account
             WHERE id > $1 ORDER BY id LIMIT $2",
            &[&behind(after), &limit],
        )
        .await?;
    let mut records = Vec::new();
    for found in found {
        let account = accounts::account(&found)?;
        let place = u128::from(account.id.0.cast_unsigned());
        let credentials = credentials::all(step, account.id).await?;
        let provisional = found.try_get(6)?;
        records.push((place, Record::Account(StoredAccount { account, provisional, credentials })));
    }
    Ok(records)
}

const MAIL: &str =
    "SELECT id, kind, account, sealed, since, due, until, paused, tries, pick, row FROM outbox";

async fn mails(step: Step<'_>, after: Option<u128>, limit: i64) -> Result<Vec<Placed>, Trouble> {
    let sql =
        format!("{MAIL} WHERE row IS NULL AND (CAST($1 AS BYTEA) IS NULL OR id > $1) ORDER BY id LIMIT $2");
    let after = after.map(u128::to_be_bytes);
    let found = step.all(&sql, &[&after.as_ref().map(|id| &id[..]), &limit]).await?;
    let mails = found.iter().map(|found| {
        let mail = mail(found)?;
        Ok((mail.mail.id.number(), Record::Mail(mail)))
    });
    mails.collect()
}

fn mail(found: &Found) -> Result<StoredMail, Trouble> {
    let kind = MailKind::from_code(small(found, 1)?).ok_or(Trouble::Corrupt("kind of a mail"))?;
    Ok(StoredMail {
        mail: Mail {
            id: MailId(bytes(found, 0)?),
            kind,
            account: found.try_get::<_, Option<i64>>(2)?.map(AccountId),
            sealed: sealed(found, 3)?,
        },
        since: time(found, 4)?,
        due: maybe_time(found, 5)?,
        until: maybe_time(found, 6)?,
        paused: maybe_time(found, 7)?,
        tries: small(found, 8)?,
        pick: small(found, 9)?,
    })
}

/// The sizes of the next contents.
async fn sizes(step: Step<'_>, after: Option<u128>, limit: i64) -> Result<Vec<u64>, Trouble> {
    let sizes = "SELECT CAST(COALESCE(octet_length(sealed), 0) AS BIGINT) FROM pair
        WHERE row > $1 ORDER BY row LIMIT $2";
    let sizes = step.all(sizes, &[&behind(after), &limit]).await?;
    sizes.iter().map(|size| small(size, 0)).collect()
}

async fn pairs(step: Step<'_>, after: Option<u128>, limit: i64) -> Result<Vec<Placed>, Trouble> {
    let found = step
        .all(
            "SELECT pair.created, expires, kind, salt, holder, held, size, files, pair.row, secret_check, receipt_check,
                life, pair.sealed, link, recipient, label, notice, noticed, account, strikes, fate, ended, claim, copied,
                (SELECT listing.sealed FROM listing WHERE listing.account = pair.account
                    AND listing.created = pair.created AND listing.row = pair.row)
             FROM pair WHERE pair.row > $1 ORDER BY pair.row LIMIT $2",
            &[&behind(after), &limit],
        )
        .await?;
    let mut mails = mails_of(step, &found).await?;
    let mut records = Vec::new();
    for found in &found {
        let row = row(found, 8)?;
        let stored = pair(found, row, mails.remove(&number(row)).unwrap_or_default())?;
        records.push((u128::from(row.0), Record::Pair(Box::new(stored))));
    }
    Ok(records)
}

/// The mails of many secrets, by their rows.
async fn mails_of(step: Step<'_>, pairs: &[Found]) -> Result<HashMap<i64, Vec<StoredMail>>, Trouble> {
    let rows = pairs.iter().map(|pair| pair.try_get(8)).collect::<Result<Vec<i64>, _>>()?;
    let mut mails: HashMap<i64, Vec<StoredMail>> = HashMap::new();
    for found in step.all(&format!("{MAIL} WHERE row = ANY($1) ORDER BY id"), &[&rows]).await? {
        mails.entry(found.try_get(10)?).or_default().push(mail(&found)?);
    }
    Ok(mails)
}

fn pair(found: &Found, row: Row, mails: Vec<StoredMail>) -> Result<StoredPair, Trouble> {
    let end = end(found)?;
    let maker = found.try_get::<_, Option<i64>>(18)?.map(AccountId);
    let entry: Option<Vec<u8>> = found.try_get(24)?;
    let detail: Option<i64> = found.try_get(17)?;
    let waits = end.is_none();
    let empty = || Sealed::from_bytes(Vec::new());
    let pair = Pair {
        place: place(found, row)?,
        secret_check: Check(bytes(found, 9)?),
        receipt_check: Check(bytes(found, 10)?),
        life: if waits { life(found, 11)? } else { LifeKey::DEAD },
        sealed: maybe_sealed(found, 12)?.unwrap_or_else(empty),
        link: maybe_sealed(found, 13)?.unwrap_or_else(empty),
        recipient: maybe_sealed(found, 14)?,
        label: maybe_sealed(found, 15)?,
        outline: outline(found, 6)?,
        mailing: maybe_small(found, 16)?.and_then(|code| Mailing::from_code(code, detail)),
        mails: Vec::new(),
        listing: maker
            .zip(entry)
            .map(|(account, sealed_receipt_key)| Listing { account, sealed_receipt_key }),
        held: held(found, 4)?.filter(|_| waits),
    };
    Ok(StoredPair { pair, maker, strikes: small(found, 19)?, end, mails })
}

fn end(found: &Found) -> Result<Option<StoredEnd>, Trouble> {
    let Some(code) = maybe_small(found, 20)? else { return Ok(None) };
    let fate = Fate::from_code(code).ok_or(Trouble::Corrupt("fate of a secret"))?;
    let claim = found.try_get::<_, Option<&[u8]>>(22)?.map(|_| bytes(found, 22)).transpose()?.map(Claim);
    Ok(Some(StoredEnd { fate, when: time(found, 21)?, claim, copied: found.try_get(23)? }))
}

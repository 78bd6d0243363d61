//! Records as what a database holds.

use crate::postgres::record::number;
use crate::postgres::step::Step;
use crate::postgres::trouble::Trouble;
use crate::postgres::{accounts, credentials, outbox, parts, secrets};
use crate::{Import, Numbers, Pair, Record, Stage, StoredAccount, StoredMail, StoredPair};
use burnbag_core::tag::Row;
use futures_util::future::try_join_all;
use std::collections::HashMap;

pub(super) async fn import(step: Step<'_>, records: &[Record]) -> Result<Import, Trouble> {
    step.tell(super::STATEMENT).await?;
    if super::last_move(step).await?.is_some_and(|(_, stage)| stage == Stage::Arriving) {
        step.tell("SET LOCAL burnbag.import = 'on'").await?;
    }
    let known = known_rows(step, records).await?;
    for record in records {
        if is_in_the_way(step, record, &known).await? {
            return Ok(Import::Occupied);
        }
    }
    // One behind the other on the wire, without waiting in between.
    let stored = try_join_all(records.iter().map(|record| store(step, record, &known))).await?;
    let is_new = |(record, is_new): (&'_ Record, &bool)| held(record).filter(|_| *is_new);
    // Last, because others wait for the parts until the commit.
    parts::add_all(step, records.iter().zip(&stored).filter_map(is_new)).await?;
    let new = stored.iter().filter(|is_new| **is_new).count();
    Ok(Import::Done(u32::try_from(new).unwrap_or(u32::MAX)))
}

/// The rows of these records that are taken, each with the check of the secret there.
type Known = HashMap<i64, Vec<u8>>;

async fn known_rows(step: Step<'_>, records: &[Record]) -> Result<Known, Trouble> {
    let rows: Vec<i64> = records.iter().filter_map(pair_of).map(|pair| number(pair.place.row)).collect();
    let found = step.all("SELECT row, secret_check FROM pair WHERE row = ANY($1)", &[&rows]).await?;
    found.iter().map(|found| Ok((found.try_get(0)?, found.try_get(1)?))).collect()
}

fn pair_of(record: &Record) -> Option<&Pair> {
    match record {
        Record::Pair(stored) => Some(&stored.pair),
        Record::Numbers(_) | Record::ServerKey(_) | Record::Account(_) | Record::Mail(_) => None,
    }
}

/// What a record counts: what ended counts nothing.
fn held(record: &Record) -> Option<(Row, i64)> {
    match record {
        Record::Pair(stored) if stored.end.is_none() => {
            stored.pair.held.map(|held| (stored.pair.place.row, i64::from(held.bytes)))
        }
        Record::Pair(_)
        | Record::Numbers(_)
        | Record::ServerKey(_)
        | Record::Account(_)
        | Record::Mail(_) => None,
    }
}

/// Whether something else stands in the place of a record.
async fn is_in_the_way(step: Step<'_>, record: &Record, known: &Known) -> Result<bool, Trouble> {
    match record {
        Record::Numbers(_) | Record::ServerKey(_) | Record::Mail(_) => Ok(false),
        Record::Account(stored) => {
            let other = "SELECT id FROM account WHERE (id = $1) <> (email = $2)";
            step.any(other, &[&stored.account.id.0, &stored.account.email.as_str()]).await
        }
        Record::Pair(stored) => {
            let there = known.get(&number(stored.pair.place.row));
            Ok(there.is_some_and(|check| *check != stored.pair.secret_check.0))
        }
    }
}

/// Answers whether it is new.
async fn store(step: Step<'_>, record: &Record, known: &Known) -> Result<bool, Trouble> {
    match record {
        Record::Numbers(numbers) => numbers_are(step, *numbers).await.map(|()| false),
        Record::ServerKey(key) => accounts::remember_server_key(step, key).await.map(|()| false),
        Record::Account(stored) => account(step, stored).await,
        Record::Mail(stored) => mail(step, stored, None).await,
        Record::Pair(stored) if known.contains_key(&number(stored.pair.place.row)) => Ok(false),
        Record::Pair(stored) => pair(step, stored).await,
    }
}

async fn numbers_are(step: Step<'_>, numbers: Numbers) -> Result<(), Trouble> {
    let larger = "UPDATE counter SET value = GREATEST(value, $2) WHERE name = $1";
    step.run(larger, &[&"next_row", &numbers.next_row.cast_signed()]).await?;
    step.run(larger, &[&"last_account", &numbers.last_account]).await.map(drop)
}

async fn account(step: Step<'_>, stored: &StoredAccount) -> Result<bool, Trouble> {
    let account = &stored.account;
    let new = step
        .run(
            "INSERT INTO account (id, email, plan, created, language, notify, provisional)
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING",
            &[
                &account.id.0,
                &account.email.as_str(),
                &account.plan,
                &account.created.0,
                &account.language,
                &i64::from(account.notify.bits()),
                &stored.provisional,
            ],
        )
        .await?;
    if new == 0 {
        return Ok(false);
    }
    for (credential, used) in &stored.credentials {
        credentials::insert(step, account.id.0, credential).await?;
        if let Some(used) = used {
            credentials::touch(step, &(credential.id, *used)).await?;
        }
    }
    Ok(true)
}

async fn mail(step: Step<'_>, stored: &StoredMail, row: Option<Row>) -> Result<bool, Trouble> {
    let id = &stored.mail.id.0[..];
    if step.any("SELECT id FROM outbox WHERE id = $1", &[&id]).await? {
        return Ok(false);
    }
    outbox::insert(step, &stored.mail, row, (stored.since, stored.due, stored.until)).await?;
    let rest = "UPDATE outbox SET paused = $2, tries = $3, pick = $4 WHERE id = $1";
    let paused = stored.paused.map(|time| time.0);
    step.run(rest, &[&id, &paused, &i64::from(stored.tries), &i64::from(stored.pick)]).await?;
    Ok(true)
}

async fn pair(step: Step<'_>, stored: &StoredPair) -> Result<bool, Trouble> {
    if !secrets::insert(step, &stored.pair).await? {
        return Ok(false);
    }
    secrets::list(step, &stored.pair).await?;
    if stored.end.is_some() || stored.strikes > 0 || stored.has_mails() || stored.pair.listing.is_none() {
        amend(step, stored).await?;
    }
    for posted in &stored.mails {
        mail(step, posted, Some(stored.pair.place.row)).await?;
    }
    Ok(true)
}

/// What a secret that was just put has not.
async fn amend(step: Step<'_>, stored: &StoredPair) -> Result<(), Trouble> {
    let end = stored.end.as_ref();
    step.run(
        "UPDATE pair SET account = $2, strikes = $3, fate = $4, ended = $5, claim = $6, copied = $7, noticed = $8, mailed = $9,
            life = CASE WHEN $10 THEN life END, sealed = CASE WHEN $10 THEN sealed END, link = CASE WHEN $10 THEN link END
         WHERE row = $1",
        &[
            &number(stored.pair.place.row),
            &stored.maker.map(|maker| maker.0),
            &i64::from(stored.strikes),
            &end.map(|end| i64::from(end.fate.code())),
            &end.map(|end| end.when.0),
            &end.and_then(|end| end.claim).as_ref().map(|claim| &claim.0[..]),
            &end.is_some_and(|end| end.copied),
            &stored.pair.mailing.and_then(|mailing| mailing.code().1),
            &stored.has_mails(),
            &end.is_none(),
        ],
    )
    .await
    .map(drop)
}

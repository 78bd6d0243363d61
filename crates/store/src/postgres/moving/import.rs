//! Records as what a database holds.

use crate::postgres::record::number;
use crate::postgres::step::Step;
use crate::postgres::trouble::Trouble;
use crate::postgres::{accounts, credentials, outbox, parts, secrets};
use crate::{Import, Numbers, Record, StoredAccount, StoredMail, StoredPair};
use burnbag_core::tag::Row;

pub(super) async fn import(step: Step<'_>, records: &[Record]) -> Result<Import, Trouble> {
    step.tell("SET LOCAL statement_timeout = 60000").await?;
    for record in records {
        if is_in_the_way(step, record).await? {
            return Ok(Import::Occupied);
        }
    }
    let (mut new, mut held) = (0, Vec::new());
    for record in records {
        let is_new = match record {
            Record::Numbers(numbers) => numbers_are(step, *numbers).await.map(|()| false)?,
            Record::ServerKey(key) => accounts::remember_server_key(step, key).await.map(|()| false)?,
            Record::Account(stored) => account(step, stored).await?,
            Record::Mail(stored) => mail(step, stored, None).await?,
            Record::Pair(stored) => {
                let is_new = pair(step, stored).await?;
                let counts = stored.pair.held.filter(|_| is_new);
                held.extend(counts.map(|held| (stored.pair.place.row, i64::from(held.bytes))));
                is_new
            }
        };
        new += u32::from(is_new);
    }
    // Last, because others wait for the parts until the commit.
    parts::add_all(step, held.into_iter()).await?;
    Ok(Import::Done(new))
}

/// Whether something else stands in the place of a record.
async fn is_in_the_way(step: Step<'_>, record: &Record) -> Result<bool, Trouble> {
    match record {
        Record::Numbers(_) | Record::ServerKey(_) | Record::Mail(_) => Ok(false),
        Record::Account(stored) => {
            let other = "SELECT id FROM account WHERE (id = $1) <> (email = $2)";
            step.any(other, &[&stored.account.id.0, &stored.account.email.as_str()]).await
        }
        Record::Pair(stored) => {
            let other = "SELECT row FROM pair WHERE row = $1 AND secret_check <> $2";
            step.any(other, &[&number(stored.pair.place.row), &&stored.pair.secret_check.0[..]]).await
        }
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

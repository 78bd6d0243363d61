//! The statements of accounts and server keys, one function each.

use super::record::{bytes, small, time};
use super::step::Step;
use super::trouble::Trouble;
use super::{credentials, kept, outbox};
use crate::{Account, KnownServerKey, NewAccount, Notify};
use burnbag_core::account::{AccountId, Email};
use burnbag_core::server_key::ServerKeyId;
use tokio_postgres::Row as Record;

/// Inserts an account and its first credential, or gives one that nobody accepted to whom it is made for.
pub(super) async fn create(step: Step<'_>, new: &NewAccount) -> Result<Option<AccountId>, Trouble> {
    let number = "UPDATE counter SET value = value + 1 WHERE name = 'last_account' RETURNING value";
    let number = step.one(number, &[]).await?.ok_or(Trouble::Corrupt("the counter of accounts"))?;
    let id: i64 = number.try_get(0)?;
    // In one statement, so that an account which goes meanwhile keeps nobody from its address.
    let made =
        "INSERT INTO account (id, email, plan, created, notify, provisional) VALUES ($1, $2, $3, $4, 0, $5)
        ON CONFLICT (email) DO UPDATE SET plan = EXCLUDED.plan, created = EXCLUDED.created
        WHERE account.provisional AND NOT EXCLUDED.provisional
        RETURNING id";
    let (email, created) = (new.email.as_str(), new.credential.created.0);
    let made = step.one(made, &[&id, &email, &new.plan, &created, &new.provisional]).await?;
    let Some(made) = made else { return Ok(None) };
    let owner: i64 = made.try_get(0)?;
    if owner == id {
        credentials::insert(step, id, &new.credential).await?;
    } else {
        credentials::exchange(step, owner, std::slice::from_ref(&new.credential)).await?;
    }
    Ok(Some(AccountId(owner)))
}

/// All accounts.
pub(super) async fn list(step: Step<'_>, (): &()) -> Result<Vec<Account>, Trouble> {
    // By bytes, whatever the database's language is.
    let all = "SELECT id, email, plan, created, language, notify FROM account";
    let mut all = step.all(all, &[]).await?.iter().map(account).collect::<Result<Vec<_>, _>>()?;
    all.sort_by(|one, other| one.email.as_str().cmp(other.email.as_str()));
    Ok(all)
}

/// The account with an address.
pub(super) async fn with_address(step: Step<'_>, email: &Email) -> Result<Option<Account>, Trouble> {
    let one = "SELECT id, email, plan, created, language, notify FROM account WHERE email = $1";
    step.one(one, &[&email.as_str()]).await?.as_ref().map(account).transpose()
}

/// Notes of what an account's owner is told by mail.
pub(super) async fn set_notify(
    step: Step<'_>,
    (account, notify): &(AccountId, Notify),
) -> Result<bool, Trouble> {
    let noted = "UPDATE account SET notify = $2 WHERE id = $1";
    Ok(step.run(noted, &[&account.0, &i64::from(notify.bits())]).await? == 1)
}

/// Notes the language that an account's owner chose.
pub(super) async fn set_language(
    step: Step<'_>,
    (account, language): &(AccountId, Option<String>),
) -> Result<bool, Trouble> {
    let noted = "UPDATE account SET language = $2 WHERE id = $1";
    Ok(step.run(noted, &[&account.0, language]).await? == 1)
}

/// Removes an account with its credentials, its list, its mails, and what is kept of its secrets.
pub(super) async fn remove(step: Step<'_>, email: &Email) -> Result<bool, Trouble> {
    let Some(id) = lock_with_address(step, email).await? else { return Ok(false) };
    credentials::forget(step, id).await?;
    kept::forget_account(step, id).await?;
    outbox::forget_account(step, id).await?;
    step.run("DELETE FROM account WHERE id = $1", &[&id]).await?;
    Ok(true)
}

/// The server keys that were used.
pub(super) async fn server_keys(step: Step<'_>, (): &()) -> Result<Vec<KnownServerKey>, Trouble> {
    let keys = step.all("SELECT id, check_value, needed_until FROM server_key", &[]).await?;
    let keys = keys.iter().map(|key| {
        Ok(KnownServerKey {
            id: ServerKeyId(bytes(key, 0)?),
            check: bytes(key, 1)?,
            needed_until: time(key, 2)?,
        })
    });
    keys.collect()
}

/// Notes a server key, or that it is needed longer.
pub(super) async fn remember_server_key(step: Step<'_>, key: &KnownServerKey) -> Result<(), Trouble> {
    step.run(
        "INSERT INTO server_key (id, check_value, needed_until) VALUES ($1, $2, $3)
         ON CONFLICT (id) DO UPDATE SET needed_until = GREATEST(server_key.needed_until, excluded.needed_until)",
        &[&&key.id.0[..], &&key.check[..], &key.needed_until.0],
    )
    .await
    .map(drop)
}

/// Keeps others from an account and its credentials until the commit. Answers whether there is one.
pub(super) async fn lock(step: Step<'_>, account: i64) -> Result<bool, Trouble> {
    step.any("SELECT id FROM account WHERE id = $1 FOR UPDATE", &[&account]).await
}

/// The same, by the address.
pub(super) async fn lock_with_address(step: Step<'_>, email: &Email) -> Result<Option<i64>, Trouble> {
    let found = step.one("SELECT id FROM account WHERE email = $1 FOR UPDATE", &[&email.as_str()]).await?;
    Ok(found.map(|found| found.try_get(0)).transpose()?)
}

/// Reads `id, email, plan, created, language, notify` from the first six columns.
pub(super) fn account(record: &Record) -> Result<Account, Trouble> {
    let email: &str = record.try_get(1)?;
    Ok(Account {
        id: AccountId(record.try_get(0)?),
        email: email.parse().map_err(|_| Trouble::Corrupt("address of an account"))?,
        plan: record.try_get(2)?,
        created: time(record, 3)?,
        language: record.try_get(4)?,
        notify: Notify::from_bits(small(record, 5)?),
    })
}

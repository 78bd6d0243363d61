//! The statements of credentials, one function each. Who changes an account's credentials locks the account first.

use super::accounts::{account, lock, lock_with_address};
use super::record::{bytes, small, time};
use super::step::Step;
use super::trouble::Trouble;
use crate::{Credential, CredentialView, Revoke, Unlocked};
use burnbag_core::account::{AccountId, CredentialId, CredentialKind, Email};
use burnbag_core::time::Timestamp;
use tokio_postgres::Row as Record;

/// The account of a credential.
pub(super) async fn unlocked_by(
    step: Step<'_>,
    (credential, now): &(CredentialId, Timestamp),
) -> Result<Option<Unlocked>, Trouble> {
    let found = step
        .one(
            "SELECT account.id, email, plan, account.created, language, notify,
                    wrapped, kind, credential.created, used
             FROM credential
             JOIN account ON account.id = credential.account
             WHERE credential.id = $1 AND (expires IS NULL OR expires > $2)",
            &[&&credential.0[..], &now.0],
        )
        .await?;
    let Some(found) = found else { return Ok(None) };
    Ok(Some(Unlocked {
        account: account(&found)?,
        wrapped: found.try_get(6)?,
        kind: kind(&found, 7)?,
        created: time(&found, 8)?,
        used: maybe_time(&found, 9)?,
    }))
}

/// Notes the last use.
pub(super) async fn touch(
    step: Step<'_>,
    (credential, now): &(CredentialId, Timestamp),
) -> Result<(), Trouble> {
    let noted = "UPDATE credential SET used = GREATEST(COALESCE(used, $2), $2) WHERE id = $1";
    step.run(noted, &[&&credential.0[..], &now.0]).await.map(drop)
}

/// Adds a credential, in the place of an earlier one of its kind if that is single.
pub(super) async fn add(
    step: Step<'_>,
    (account, by, credential): &(AccountId, Option<CredentialId>, Credential),
) -> Result<bool, Trouble> {
    if !lock(step, account.0).await? {
        return Ok(false);
    }
    if let Some(by) = by {
        let stands = "SELECT id FROM credential
            WHERE id = $1 AND account = $2 AND (expires IS NULL OR expires > $3)";
        if !step.any(stands, &[&&by.0[..], &account.0, &credential.created.0]).await? {
            return Ok(false);
        }
    }
    if credential.kind.is_single() {
        let earlier = "DELETE FROM credential WHERE account = $1 AND kind = $2";
        step.run(earlier, &[&account.0, &i64::from(credential.kind.code())]).await?;
    }
    insert(step, account.0, credential).await?;
    Ok(true)
}

/// The credentials of an account.
pub(super) async fn list(
    step: Step<'_>,
    (account, now): &(AccountId, Timestamp),
) -> Result<Vec<CredentialView>, Trouble> {
    let found = step
        .all(
            "SELECT id, kind, label, created, used, expires FROM credential
             WHERE account = $1 AND (expires IS NULL OR expires > $2) ORDER BY created, id",
            &[&account.0, &now.0],
        )
        .await?;
    let views = found.iter().map(|found| {
        Ok(CredentialView {
            id: CredentialId(bytes(found, 0)?),
            kind: kind(found, 1)?,
            label: found.try_get(2)?,
            created: time(found, 3)?,
            used: maybe_time(found, 4)?,
            expires: maybe_time(found, 5)?,
        })
    });
    views.collect()
}

/// All credentials of an account, with when each was last used.
pub(super) async fn all(
    step: Step<'_>,
    account: AccountId,
) -> Result<Vec<(Credential, Option<Timestamp>)>, Trouble> {
    let found = step
        .all(
            "SELECT id, kind, label, wrapped, created, expires, used FROM credential
             WHERE account = $1 ORDER BY id",
            &[&account.0],
        )
        .await?;
    let all = found.iter().map(|found| {
        let credential = Credential {
            id: CredentialId(bytes(found, 0)?),
            kind: kind(found, 1)?,
            label: found.try_get(2)?,
            wrapped: found.try_get(3)?,
            created: time(found, 4)?,
            expires: maybe_time(found, 5)?,
        };
        Ok((credential, maybe_time(found, 6)?))
    });
    all.collect()
}

/// Revokes one credential of an account, or its sessions.
pub(super) async fn revoke(step: Step<'_>, (account, which): &(AccountId, Revoke)) -> Result<u32, Trouble> {
    lock(step, account.0).await?;
    let revoked = match which {
        Revoke::One(id) => {
            let one = "DELETE FROM credential WHERE account = $1 AND id = $2";
            step.run(one, &[&account.0, &&id.0[..]]).await?
        }
        Revoke::Sessions { except } => {
            let sessions = "DELETE FROM credential WHERE account = $1 AND kind = $2 AND (CAST($3 AS BYTEA) IS NULL OR id <> $3)";
            let except = except.as_ref().map(|id| &id.0[..]);
            step.run(sessions, &[&account.0, &i64::from(CredentialKind::Session.code()), &except]).await?
        }
    };
    Ok(u32::try_from(revoked).unwrap_or(u32::MAX))
}

/// Accepts an invitation that stands.
pub(super) async fn accept(
    step: Step<'_>,
    (invitation, credentials, now): &(CredentialId, Vec<Credential>, Timestamp),
) -> Result<Option<AccountId>, Trouble> {
    let invitation = &invitation.0[..];
    let found = step.one("SELECT account FROM credential WHERE id = $1", &[&invitation]).await?;
    let Some(found) = found else { return Ok(None) };
    let account: i64 = found.try_get(0)?;
    if !lock(step, account).await? {
        return Ok(None);
    }
    let kind = i64::from(CredentialKind::Invitation.code());
    let accepted = "DELETE FROM credential
        WHERE id = $1 AND account = $2 AND kind = $3 AND (expires IS NULL OR expires > $4)";
    if step.run(accepted, &[&invitation, &account, &kind, &now.0]).await? == 0 {
        return Ok(None);
    }
    exchange(step, account, credentials).await?;
    Ok(Some(AccountId(account)))
}

/// Exchanges all credentials of the account with this address for one.
pub(super) async fn replace(
    step: Step<'_>,
    (email, credential): &(Email, Credential),
) -> Result<bool, Trouble> {
    let Some(account) = lock_with_address(step, email).await? else { return Ok(false) };
    exchange(step, account, std::slice::from_ref(credential)).await?;
    Ok(true)
}

/// Removes credentials whose time is over, and answers how many. A provisional account goes with its last one. Those of
/// an account that somebody else has locked come next time.
pub(super) async fn sweep(step: Step<'_>, now: Timestamp, limit: i64) -> Result<u32, Trouble> {
    let over = "SELECT id, account FROM credential WHERE expires <= $1 ORDER BY expires LIMIT $2";
    let over = step.all(over, &[&now.0, &limit]).await?;
    if over.is_empty() {
        return Ok(0);
    }
    let accounts = over.iter().map(|over| over.try_get(1)).collect::<Result<Vec<i64>, _>>()?;
    let mine = "SELECT id FROM account WHERE id = ANY($1) FOR UPDATE SKIP LOCKED";
    let mine = step.all(mine, &[&accounts]).await?;
    let mine = mine.iter().map(|mine| mine.try_get(0)).collect::<Result<Vec<i64>, _>>()?;
    let ids = over.iter().map(|over| over.try_get(0)).collect::<Result<Vec<&[u8]>, _>>()?;
    let removed = "DELETE FROM credential WHERE id = ANY($1) AND expires <= $2 AND account = ANY($3)";
    let removed = step.run(removed, &[&ids, &now.0, &mine]).await?;
    step.run(
        "DELETE FROM account WHERE id = ANY($1) AND provisional
         AND NOT EXISTS (SELECT 1 FROM credential WHERE credential.account = account.id)",
        &[&mine],
    )
    .await?;
    Ok(u32::try_from(removed).unwrap_or(u32::MAX))
}

/// Revokes all credentials of an account, and empties the list that none of them opens any more.
pub(super) async fn forget(step: Step<'_>, account: i64) -> Result<(), Trouble> {
    step.run("DELETE FROM credential WHERE account = $1", &[&account]).await?;
    step.run("DELETE FROM listing WHERE account = $1", &[&account]).await.map(drop)
}

pub(super) async fn insert(step: Step<'_>, account: i64, credential: &Credential) -> Result<(), Trouble> {
    step.run(
        "INSERT INTO credential (id, account, wrapped, created, kind, label, expires)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[
            &&credential.id.0[..],
            &account,
            &credential.wrapped,
            &credential.created.0,
            &i64::from(credential.kind.code()),
            &credential.label,
            &credential.expires.map(|expires| expires.0),
        ],
    )
    .await
    .map(drop)
}

/// Puts credentials in the place of all others. The account is provisional no more.
pub(super) async fn exchange(
    step: Step<'_>,
    account: i64,
    credentials: &[Credential],
) -> Result<(), Trouble> {
    forget(step, account).await?;
    step.run("UPDATE account SET provisional = FALSE WHERE id = $1", &[&account]).await?;
    for credential in credentials {
        insert(step, account, credential).await?;
    }
    Ok(())
}

fn kind(record: &Record, at: usize) -> Result<CredentialKind, Trouble> {
    CredentialKind::from_code(small(record, at)?).ok_or(Trouble::Corrupt("kind of a credential"))
}

pub(super) fn maybe_time(record: &Record, at: usize) -> Result<Option<Timestamp>, Trouble> {
    Ok(record.try_get::<_, Option<i64>>(at)?.map(Timestamp))
}

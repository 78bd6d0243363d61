//! The statements of credentials, one function each.

use super::accounts::{account, find};
use super::record::all_or_nothing;
use crate::{Credential, CredentialView, Revoke, Unlocked};
use burnbag_core::account::{AccountId, CredentialId, CredentialKind, Email};
use burnbag_core::time::Timestamp;
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row as Record, params};

/// The account of a credential.
pub(super) fn unlocked_by(
    connection: &Connection,
    credential: &CredentialId,
    now: Timestamp,
) -> rusqlite::Result<Option<Unlocked>> {
    connection
        .prepare_cached(
            "SELECT account.id, email, plan, account.created, language, notify,
                    wrapped, kind, credential.created, used
             FROM credential
             JOIN account ON account.id = credential.account
             WHERE credential.id = ?1 AND (expires IS NULL OR expires > ?2)",
        )?
        .query_row(params![&credential.0[..], now.0], |record| {
            Ok(Unlocked {
                account: account(record)?,
                wrapped: record.get(6)?,
                kind: kind(record, 7)?,
                created: Timestamp(record.get(8)?),
                used: time(record, 9)?,
            })
        })
        .optional()
}

/// Notes the last use.
pub(super) fn touch(
    connection: &Connection,
    credential: &CredentialId,
    now: Timestamp,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE credential SET used = max(coalesce(used, ?2), ?2) WHERE id = ?1")?
        .execute(params![&credential.0[..], now.0])
        .map(drop)
}

/// Adds a credential, in the place of an earlier one of its kind if that is single.
pub(super) fn add(
    connection: &Connection,
    account: AccountId,
    by: Option<&CredentialId>,
    credential: &Credential,
) -> rusqlite::Result<bool> {
    all_or_nothing(connection, || {
        let exists = connection.prepare_cached("SELECT 1 FROM account WHERE id = ?1")?.exists([account.0])?;
        let may = by.map_or(Ok(true), |by| stands_on(connection, account, by, credential.created))?;
        if !exists || !may {
            return Ok(false);
        }
        if credential.kind.is_single() {
            connection
                .prepare_cached("DELETE FROM credential WHERE account = ?1 AND kind = ?2")?
                .execute(params![account.0, credential.kind.code()])?;
        }
        insert(connection, account.0, credential)?;
        Ok(true)
    })
}

/// The credentials of an account.
pub(super) fn list(
    connection: &Connection,
    account: AccountId,
    now: Timestamp,
) -> rusqlite::Result<Vec<CredentialView>> {
    connection
        .prepare_cached(
            "SELECT id, kind, label, created, used, expires FROM credential
             WHERE account = ?1 AND (expires IS NULL OR expires > ?2) ORDER BY created, id",
        )?
        .query_map(params![account.0, now.0], |record| {
            Ok(CredentialView {
                id: CredentialId(record.get(0)?),
                kind: kind(record, 1)?,
                label: record.get(2)?,
                created: Timestamp(record.get(3)?),
                used: time(record, 4)?,
                expires: time(record, 5)?,
            })
        })?
        .collect()
}

/// All credentials of an account, with when each was last used.
pub(super) fn all(
    connection: &Connection,
    account: AccountId,
) -> rusqlite::Result<Vec<(Credential, Option<Timestamp>)>> {
    connection
        .prepare_cached(
            "SELECT id, kind, label, wrapped, created, expires, used FROM credential
             WHERE account = ?1 ORDER BY id",
        )?
        .query_map([account.0], |record| {
            let credential = Credential {
                id: CredentialId(record.get(0)?),
                kind: kind(record, 1)?,
                label: record.get(2)?,
                wrapped: record.get(3)?,
                created: Timestamp(record.get(4)?),
                expires: time(record, 5)?,
            };
            Ok((credential, time(record, 6)?))
        })?
        .collect()
}

/// Revokes one credential of an account, or its sessions.
pub(super) fn revoke(connection: &Connection, account: AccountId, which: Revoke) -> rusqlite::Result<u32> {
    let revoked = match which {
        Revoke::One(id) => connection
            .prepare_cached("DELETE FROM credential WHERE account = ?1 AND id = ?2")?
            .execute(params![account.0, &id.0[..]]),
        Revoke::Sessions { except } => connection
            .prepare_cached("DELETE FROM credential WHERE account = ?1 AND kind = ?2 AND id IS NOT ?3")?
            .execute(params![account.0, CredentialKind::Session.code(), except.map(|id| id.0)]),
    };
    revoked.map(|count| u32::try_from(count).unwrap_or(u32::MAX))
}

/// Accepts an invitation that stands.
pub(super) fn accept(
    connection: &Connection,
    invitation: &CredentialId,
    credentials: &[Credential],
    now: Timestamp,
) -> rusqlite::Result<Option<AccountId>> {
    all_or_nothing(connection, || {
        let account: Option<i64> = connection
            .prepare_cached(
                "SELECT account FROM credential
                 WHERE id = ?1 AND kind = ?2 AND (expires IS NULL OR expires > ?3)",
            )?
            .query_row(params![&invitation.0[..], CredentialKind::Invitation.code(), now.0], |record| {
                record.get(0)
            })
            .optional()?;
        if let Some(account) = account {
            exchange(connection, account, credentials)?;
        }
        Ok(account.map(AccountId))
    })
}

/// Exchanges all credentials of the account with this address for one.
pub(super) fn replace(
    connection: &Connection,
    email: &Email,
    credential: &Credential,
) -> rusqlite::Result<bool> {
    all_or_nothing(connection, || {
        let Some(account) = find(connection, email)? else {
            return Ok(false);
        };
        exchange(connection, account, std::slice::from_ref(credential))?;
        Ok(true)
    })
}

/// Removes credentials whose time is over, and answers how many. A provisional account goes with its last one.
pub(super) fn sweep(connection: &Connection, now: Timestamp, limit: u32) -> rusqlite::Result<u32> {
    let accounts: Vec<i64> = connection
        .prepare_cached(
            "DELETE FROM credential WHERE id IN
             (SELECT id FROM credential WHERE expires <= ?1 ORDER BY expires LIMIT ?2) RETURNING account",
        )?
        .query_map(params![now.0, limit], |record| record.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for account in &accounts {
        connection
            .prepare_cached(
                "DELETE FROM account WHERE id = ?1 AND provisional = 1
                 AND NOT EXISTS (SELECT 1 FROM credential WHERE account = ?1)",
            )?
            .execute([account])?;
    }
    Ok(u32::try_from(accounts.len()).unwrap_or(u32::MAX))
}

/// Revokes all credentials of an account, and empties the list that none of them opens any more.
pub(super) fn forget(connection: &Connection, account: i64) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM credential WHERE account = ?1")?.execute([account])?;
    connection.prepare_cached("DELETE FROM listing WHERE account = ?1")?.execute([account])?;
    Ok(())
}

pub(super) fn insert(connection: &Connection, account: i64, credential: &Credential) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO credential (id, account, wrapped, created, kind, label, expires)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            &credential.id.0[..],
            account,
            credential.wrapped,
            credential.created.0,
            credential.kind.code(),
            credential.label,
            credential.expires.map(|expires| expires.0)
        ])
        .map(drop)
}

/// Puts credentials in the place of all others. The account is provisional no more.
pub(super) fn exchange(
    connection: &Connection,
    account: i64,
    credentials: &[Credential],
) -> rusqlite::Result<()> {
    forget(connection, account)?;
    connection.prepare_cached("UPDATE account SET provisional = 0 WHERE id = ?1")?.execute([account])?;
    credentials.iter().try_for_each(|credential| insert(connection, account, credential))
}

fn stands_on(
    connection: &Connection,
    account: AccountId,
    credential: &CredentialId,
    now: Timestamp,
) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "SELECT 1 FROM credential WHERE id = ?1 AND account = ?2 AND (expires IS NULL OR expires > ?3)",
        )?
        .exists(params![&credential.0[..], account.0, now.0])
}

fn kind(record: &Record<'_>, at: usize) -> rusqlite::Result<CredentialKind> {
    CredentialKind::from_code(record.get(at)?).ok_or_else(|| {
        rusqlite::Error::FromSqlConversionFailure(at, Type::Integer, "kind of a credential".into())
    })
}

fn time(record: &Record<'_>, at: usize) -> rusqlite::Result<Option<Timestamp>> {
    Ok(record.get::<_, Option<i64>>(at)?.map(Timestamp))
}

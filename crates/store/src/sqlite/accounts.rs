//! The statements of accounts, credentials and server keys, one function each.

use super::kept;
use super::record::all_or_nothing;
use super::writer::Effects;
use crate::{Account, Credential, KnownServerKey, NewAccount, Unlocked};
use burnbag_core::account::{AccountId, CredentialId, Email};
use burnbag_core::server_key::ServerKeyId;
use burnbag_core::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row as Record, params};

/// Inserts an account and its first credential.
pub(super) fn create(connection: &Connection, new: &NewAccount) -> rusqlite::Result<Option<AccountId>> {
    all_or_nothing(connection, || {
        let id: Option<i64> = connection
            .prepare_cached(
                "INSERT INTO account (email, plan, created) VALUES (?1, ?2, ?3)
                 ON CONFLICT (email) DO NOTHING RETURNING id",
            )?
            .query_row(params![new.email.as_str(), new.plan, new.credential.created.0], |record| {
                record.get(0)
            })
            .optional()?;
        if let Some(id) = id {
            insert_credential(connection, id, &new.credential)?;
        }
        Ok(id.map(AccountId))
    })
}

/// All accounts.
pub(super) fn list(connection: &Connection) -> rusqlite::Result<Vec<Account>> {
    connection
        .prepare_cached("SELECT id, email, plan, created FROM account ORDER BY email")?
        .query_map([], account)?
        .collect()
}

/// The account of a credential.
pub(super) fn unlocked_by(
    connection: &Connection,
    credential: &CredentialId,
) -> rusqlite::Result<Option<Unlocked>> {
    connection
        .prepare_cached(
            "SELECT account.id, email, plan, account.created, wrapped FROM credential
             JOIN account ON account.id = credential.account WHERE credential.id = ?1",
        )?
        .query_row([&credential.0[..]], |record| {
            Ok(Unlocked { account: account(record)?, wrapped: record.get(4)? })
        })
        .optional()
}

/// Exchanges all credentials of an account for one, and empties the list that none of them opens any more.
pub(super) fn replace(
    connection: &Connection,
    email: &Email,
    credential: &Credential,
) -> rusqlite::Result<bool> {
    all_or_nothing(connection, || {
        let Some(id) = find(connection, email)? else {
            return Ok(false);
        };
        forget(connection, id)?;
        insert_credential(connection, id, credential)?;
        Ok(true)
    })
}

/// Removes an account with its credentials, its list, and what is kept of its secrets.
pub(super) fn remove(
    connection: &Connection,
    effects: &mut Effects,
    email: &Email,
) -> rusqlite::Result<bool> {
    all_or_nothing(connection, || {
        let Some(id) = find(connection, email)? else {
            return Ok(false);
        };
        forget(connection, id)?;
        kept::forget_account(connection, id, effects)?;
        connection.prepare_cached("DELETE FROM account WHERE id = ?1")?.execute([id])?;
        Ok(true)
    })
}

/// The server keys that were used.
pub(super) fn server_keys(connection: &Connection) -> rusqlite::Result<Vec<KnownServerKey>> {
    connection
        .prepare_cached("SELECT id, check_value, needed_until FROM server_key")?
        .query_map([], |record| {
            Ok(KnownServerKey {
                id: ServerKeyId(record.get(0)?),
                check: record.get(1)?,
                needed_until: Timestamp(record.get(2)?),
            })
        })?
        .collect()
}

/// Notes a server key, or that it is needed longer.
pub(super) fn remember_server_key(connection: &Connection, key: &KnownServerKey) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO server_key (id, check_value, needed_until) VALUES (?1, ?2, ?3)
             ON CONFLICT (id) DO UPDATE SET needed_until = max(needed_until, excluded.needed_until)",
        )?
        .execute(params![&key.id.0[..], &key.check[..], key.needed_until.0])
        .map(drop)
}

fn find(connection: &Connection, email: &Email) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT id FROM account WHERE email = ?1")?
        .query_row([email.as_str()], |record| record.get(0))
        .optional()
}

fn forget(connection: &Connection, account: i64) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM credential WHERE account = ?1")?.execute([account])?;
    connection.prepare_cached("DELETE FROM listing WHERE account = ?1")?.execute([account])?;
    Ok(())
}

fn insert_credential(connection: &Connection, account: i64, credential: &Credential) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO credential (id, account, wrapped, created) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![&credential.id.0[..], account, credential.wrapped, credential.created.0])
        .map(drop)
}

/// Reads `id, email, plan, created`. An address was checked when it was written.
fn account(record: &Record<'_>) -> rusqlite::Result<Account> {
    let email: String = record.get(1)?;
    let email = email.parse().map_err(|error: burnbag_core::account::NotAnAddress| {
        rusqlite::Error::FromSqlConversionFailure(1, rusqlite::types::Type::Text, Box::new(error))
    })?;
    Ok(Account {
        id: AccountId(record.get(0)?),
        email,
        plan: record.get(2)?,
        created: Timestamp(record.get(3)?),
    })
}

//! The statements of accounts and server keys, one function each.

use super::record::all_or_nothing;
use super::writer::Effects;
use super::{credentials, kept, outbox};
use crate::{Account, KnownServerKey, NewAccount, Notify};
use burnbag_core::account::{AccountId, Email};
use burnbag_core::server_key::ServerKeyId;
use burnbag_core::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row as Record, params};

/// Inserts an account and its first credential, or gives one that nobody accepted to whom it is made for.
pub(super) fn create(connection: &Connection, new: &NewAccount) -> rusqlite::Result<Option<AccountId>> {
    all_or_nothing(connection, || {
        let id: Option<i64> = connection
            .prepare_cached(
                "INSERT INTO account (email, plan, created, provisional) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (email) DO NOTHING RETURNING id",
            )?
            .query_row(
                params![new.email.as_str(), new.plan, new.credential.created.0, new.provisional],
                |record| record.get(0),
            )
            .optional()?;
        let id = match id {
            Some(id) => {
                credentials::insert(connection, id, &new.credential)?;
                Some(id)
            }
            None if new.provisional => None,
            None => take_over(connection, new)?,
        };
        Ok(id.map(AccountId))
    })
}

fn take_over(connection: &Connection, new: &NewAccount) -> rusqlite::Result<Option<i64>> {
    let taken = connection
        .prepare_cached(
            "UPDATE account SET plan = ?2, created = ?3 WHERE email = ?1 AND provisional = 1 RETURNING id",
        )?
        .query_row(params![new.email.as_str(), new.plan, new.credential.created.0], |record| record.get(0))
        .optional()?;
    if let Some(id) = taken {
        credentials::exchange(connection, id, std::slice::from_ref(&new.credential))?;
    }
    Ok(taken)
}

/// All accounts.
pub(super) fn list(connection: &Connection) -> rusqlite::Result<Vec<Account>> {
    connection
        .prepare_cached("SELECT id, email, plan, created, language, notify FROM account ORDER BY email")?
        .query_map([], account)?
        .collect()
}

/// The account with an address.
pub(super) fn with_address(connection: &Connection, email: &Email) -> rusqlite::Result<Option<Account>> {
    connection
        .prepare_cached("SELECT id, email, plan, created, language, notify FROM account WHERE email = ?1")?
        .query_row([email.as_str()], account)
        .optional()
}

/// Notes of what an account's owner is told by mail.
pub(super) fn set_notify(
    connection: &Connection,
    account: AccountId,
    notify: Notify,
) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("UPDATE account SET notify = ?2 WHERE id = ?1")?
        .execute(params![account.0, notify.bits()])
        .map(|changed| changed == 1)
}

/// Notes the language that an account's owner chose.
pub(super) fn set_language(
    connection: &Connection,
    account: AccountId,
    language: Option<&str>,
) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("UPDATE account SET language = ?2 WHERE id = ?1")?
        .execute(params![account.0, language])
        .map(|changed| changed == 1)
}

/// Removes an account with its credentials, its list, its mails, and what is kept of its secrets.
pub(super) fn remove(
    connection: &Connection,
    effects: &mut Effects,
    email: &Email,
) -> rusqlite::Result<bool> {
    all_or_nothing(connection, || {
        let Some(id) = find(connection, email)? else {
            return Ok(false);
        };
        credentials::forget(connection, id)?;
        kept::forget_account(connection, id, effects)?;
        outbox::forget_account(connection, id)?;
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

pub(super) fn find(connection: &Connection, email: &Email) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT id FROM account WHERE email = ?1")?
        .query_row([email.as_str()], |record| record.get(0))
        .optional()
}

/// Reads `id, email, plan, created, language, notify` from the first six columns. An address was checked when it was written.
pub(super) fn account(record: &Record<'_>) -> rusqlite::Result<Account> {
    let email: String = record.get(1)?;
    let email = email.parse().map_err(|error: burnbag_core::account::NotAnAddress| {
        rusqlite::Error::FromSqlConversionFailure(1, rusqlite::types::Type::Text, Box::new(error))
    })?;
    Ok(Account {
        id: AccountId(record.get(0)?),
        email,
        plan: record.get(2)?,
        created: Timestamp(record.get(3)?),
        language: record.get(4)?,
        notify: Notify::from_bits(record.get(5)?),
    })
}

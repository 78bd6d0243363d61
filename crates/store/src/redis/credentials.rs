//! The orders of credentials, one function each. Which account a credential is of is asked first; the script that changes
//! the account looks again.

use super::accounts::{self, order};
use super::desk::Desk;
use super::key::Bucket;
use super::order::Order;
use super::reply::{Fields, count, word, yes};
use super::script;
use super::trouble::Trouble;
use crate::{Credential, CredentialView, Revoke, StoreError, Unlocked};
use burnbag_core::account::{AccountId, CredentialId, CredentialKind, Email};
use burnbag_core::time::Timestamp;
use data_encoding::HEXLOWER;
use redis::Value;

/// What is read of a credential.
const FIELDS: [&str; 6] = ["kind", "label", "wrapped", "created", "expires", "used"];

pub(super) fn known() -> StoreError {
    Trouble::Other("the credential exists".to_owned()).into()
}

fn name(id: &CredentialId) -> String {
    HEXLOWER.encode(&id.0)
}

/// An order, with a credential.
pub(super) fn with_credential(order: Order, credential: &Credential) -> Order {
    with_used(order, credential, None)
}

/// An order, with a credential that was used.
pub(super) fn with_used(order: Order, credential: &Credential, used: Option<Timestamp>) -> Order {
    order
        .text(name(&credential.id))
        .text(credential.kind.code())
        .maybe(credential.label.as_ref())
        .bytes(credential.wrapped.as_slice())
        .text(credential.created)
        .maybe(credential.expires)
        .maybe(used)
}

/// The account that a credential leads to.
async fn owner(desk: &Desk, id: &str) -> Result<Option<i64>, Trouble> {
    let mut ask = redis::cmd("HGET");
    ask.arg(desk.keys.of_accounts("index")).arg(id);
    let found = desk.ask(Bucket::ACCOUNTS, &ask).await?;
    redis::from_redis_value(found).map_err(|_| Trouble::Corrupt("number of an account"))
}

/// The account of a credential.
pub(super) async fn unlocked_by(
    desk: &Desk,
    (credential, now): &(CredentialId, Timestamp),
) -> Result<Option<Unlocked>, StoreError> {
    let id = name(credential);
    let Some(number) = owner(desk, &id).await? else { return Ok(None) };
    let mut ask = redis::cmd("HMGET");
    ask.arg(desk.keys.account(number)).arg(&accounts::FIELDS[..]);
    ask.arg(FIELDS.map(|field| format!("{id}.{field}")).to_vec());
    let Some(mut found) = Fields::of(desk.ask(Bucket::ACCOUNTS, &ask).await?)? else { return Ok(None) };
    let at = accounts::FIELDS.len();
    if !found.has(at) || found.maybe_time(at + 4)?.is_some_and(|expires| *now >= expires) {
        return Ok(None);
    }
    Ok(Some(Unlocked {
        account: accounts::account(AccountId(number), &found)?,
        kind: kind(&found, at)?,
        wrapped: found.take(at + 2).ok_or(Trouble::Corrupt("a wrapped key"))?,
        created: found.time(at + 3)?,
        used: found.maybe_time(at + 5)?,
    }))
}

/// Notes the last use.
pub(super) async fn touch(
    desk: &Desk,
    (credential, now): &(CredentialId, Timestamp),
) -> Result<(), StoreError> {
    let id = name(credential);
    let Some(number) = owner(desk, &id).await? else { return Ok(()) };
    Ok(desk.run(&order(desk, &script::TOUCH, number).text(id).text(now)).await.map(drop)?)
}

/// Adds a credential, in the place of an earlier one of its kind if that is single.
pub(super) async fn add(
    desk: &Desk,
    (account, by, credential): &(AccountId, Option<CredentialId>, Credential),
) -> Result<bool, StoreError> {
    let order = order(desk, &script::ADD, account.0)
        .confirmed()
        .maybe(by.as_ref().map(name))
        .text(u8::from(credential.kind.is_single()));
    answer(desk.run(&with_credential(order, credential)).await?)
}

/// Yes or no, or that a credential is another account's.
fn answer(value: Value) -> Result<bool, StoreError> {
    if matches!(value, Value::Int(_)) {
        return Ok(yes(&value)?);
    }
    match word(value)?.as_str() {
        "known" => Err(known()),
        _ => Err(Trouble::Corrupt("shape of an answer").into()),
    }
}

/// The credentials of an account.
pub(super) async fn list(
    desk: &Desk,
    (account, now): &(AccountId, Timestamp),
) -> Result<Vec<CredentialView>, StoreError> {
    let mut found: Vec<CredentialView> = all(desk, account.0).await?.into_iter().map(view).collect();
    found.retain(|view| view.expires.is_none_or(|expires| *now < expires));
    found.sort_by_key(|view| (view.created, view.id));
    Ok(found)
}

fn view((credential, used): (Credential, Option<Timestamp>)) -> CredentialView {
    let Credential { id, kind, label, created, expires, .. } = credential;
    CredentialView { id, kind, label, created, used, expires }
}

/// Every credential of an account, and when it was last used.
pub(super) async fn all(desk: &Desk, number: i64) -> Result<Vec<(Credential, Option<Timestamp>)>, Trouble> {
    let mut ask = redis::cmd("HGET");
    ask.arg(desk.keys.account(number)).arg("ids");
    let ids: Option<String> = redis::from_redis_value(desk.ask(Bucket::ACCOUNTS, &ask).await?)
        .map_err(|_| Trouble::Corrupt("names of credentials"))?;
    let ids: Vec<&str> = ids.iter().flat_map(|ids| ids.split_ascii_whitespace()).collect();
    let ask = |id: &&str| {
        let mut ask = redis::cmd("HMGET");
        ask.arg(desk.keys.account(number)).arg(FIELDS.map(|field| format!("{id}.{field}")).to_vec());
        (Bucket::ACCOUNTS, ask)
    };
    let asked: Vec<_> = ids.iter().map(ask).collect();
    let mut found = Vec::with_capacity(ids.len());
    for (id, fields) in ids.into_iter().zip(desk.ask_all(&asked).await?) {
        // One that went meanwhile is none.
        if let Some(fields) = Fields::of(fields)?.filter(|fields| fields.has(0)) {
            found.push(credential(id, fields)?);
        }
    }
    Ok(found)
}

fn credential(id: &str, mut found: Fields) -> Result<(Credential, Option<Timestamp>), Trouble> {
    let id = HEXLOWER.decode(id.as_bytes()).ok().and_then(|id| id.try_into().ok());
    let credential = Credential {
        id: CredentialId(id.ok_or(Trouble::Corrupt("name of a credential"))?),
        kind: kind(&found, 0)?,
        label: found.maybe_text(1)?.map(str::to_owned),
        wrapped: found.take(2).ok_or(Trouble::Corrupt("a wrapped key"))?,
        created: found.time(3)?,
        expires: found.maybe_time(4)?,
    };
    Ok((credential, found.maybe_time(5)?))
}

fn kind(found: &Fields, at: usize) -> Result<CredentialKind, Trouble> {
    CredentialKind::from_code(found.number(at)?).ok_or(Trouble::Corrupt("kind of a credential"))
}

/// Revokes one credential of an account, or its sessions.
pub(super) async fn revoke(desk: &Desk, (account, which): &(AccountId, Revoke)) -> Result<u32, StoreError> {
    let order = order(desk, &script::REVOKE, account.0).confirmed();
    let order = match which {
        Revoke::One(id) => order.text(name(id)).names(&["", ""]),
        Revoke::Sessions { except } => {
            order.names(&[""]).text(CredentialKind::Session.code()).maybe(except.as_ref().map(name))
        }
    };
    Ok(u32::try_from(count(&desk.run(&order).await?)?).unwrap_or(u32::MAX))
}

/// Accepts an invitation that stands.
pub(super) async fn accept(
    desk: &Desk,
    (invitation, credentials, now): &(CredentialId, Vec<Credential>, Timestamp),
) -> Result<Option<AccountId>, StoreError> {
    let id = name(invitation);
    let Some(number) = owner(desk, &id).await? else { return Ok(None) };
    let order = order(desk, &script::ACCEPT, number)
        .confirmed()
        .text(id)
        .text(CredentialKind::Invitation.code())
        .text(now);
    let order = credentials.iter().fold(order, with_credential);
    Ok(answer(desk.run(&order).await?)?.then_some(AccountId(number)))
}

/// Exchanges all credentials of the account with this address for one.
pub(super) async fn replace(
    desk: &Desk,
    (email, credential): &(Email, Credential),
) -> Result<bool, StoreError> {
    loop {
        let Some(number) = accounts::number_of(desk, email).await? else { return Ok(false) };
        let order = order(desk, &script::REPLACE, number).confirmed().text(email.as_str());
        let said = desk.run(&with_credential(order, credential)).await?;
        // Where it "moved" the address is another account's since it was asked for.
        if said != Value::BulkString(b"moved".to_vec()) {
            return answer(said);
        }
    }
}

/// What removes credentials whose time is over.
pub(super) async fn sweep_orders(desk: &Desk, ids: &[String], now: Timestamp) -> Result<Vec<Order>, Trouble> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut ask = redis::cmd("HMGET");
    ask.arg(desk.keys.of_accounts("index")).arg(ids);
    let owners =
        Fields::of(desk.ask(Bucket::ACCOUNTS, &ask).await?)?.ok_or(Trouble::Corrupt("shape of an answer"))?;
    let orders = ids.iter().enumerate().map(|(at, id)| {
        // Of one that leads nowhere only the name is left; the script removes it.
        let number = owners.maybe_number(at)?.unwrap_or(0);
        Ok(order(desk, &script::SWEEP_CREDENTIAL, number).text(id).text(now))
    });
    orders.collect()
}

//! Laws of accounts, credentials and server keys.

use super::lists::{account, credential, new_account};
use super::{Fixture, NOW, Wish};
use crate::KnownServerKey;
use burnbag_core::account::{AccountKey, ApiKey, Email};
use burnbag_core::server_key::{ServerKey, ServerKeyId};
use std::sync::Arc;

fn email(text: &str) -> Email {
    text.parse().expect("an address")
}

/// Of many who make an account for one address at once, one does.
pub async fn an_address_has_one_account(fixture: &mut Fixture) {
    let mut calls = Vec::new();
    for number in 0..16 {
        let store = Arc::clone(if number % 2 == 0 { &fixture.one } else { &fixture.two });
        let (key, api) = (AccountKey::make(&mut fixture.rng()), ApiKey::make(&mut fixture.rng()));
        let new = new_account(fixture, "A@Example.com", &key, &api);
        calls.push(tokio::spawn(async move { store.create_account(new).await.expect("create works") }));
    }
    let mut made = Vec::new();
    for call in calls {
        made.extend(call.await.expect("no panic"));
    }
    assert_eq!(made.len(), 1, "exactly one account");
    account(fixture, "0@example.com").await;
    let accounts = fixture.two.accounts().await.expect("accounts works");
    let addresses: Vec<&str> = accounts.iter().map(|account| account.email.as_str()).collect();
    assert_eq!(addresses, ["0@example.com", "a@example.com"], "by address");
    assert_eq!(accounts[1].id, made[0]);
    assert_eq!((accounts[1].plan.as_str(), accounts[1].created), ("standard", NOW));
}

/// An account whose credential cannot be stored is not made, and a credential that cannot be stored revokes nothing.
pub async fn accounts_are_all_or_nothing(fixture: &mut Fixture) {
    let (id, _, api) = account(fixture, "a@example.com").await;
    let (_, other_key, other_api) = account(fixture, "b@example.com").await;
    let key = AccountKey::make(&mut fixture.rng());
    let new = new_account(fixture, "c@example.com", &key, &api);
    assert!(fixture.one.create_account(new).await.is_err(), "the credential is another's");
    assert_eq!(fixture.one.accounts().await.expect("accounts works").len(), 2);
    let stolen = credential(fixture, &other_key, &api);
    assert!(fixture.one.replace_credentials(&email("b@example.com"), stolen).await.is_err());
    assert!(fixture.one.unlocked_by(&other_api.id(), NOW).await.expect("works").is_some(), "still valid");
    let mine = fixture.one.unlocked_by(&api.id(), NOW).await.expect("works").expect("still valid");
    assert_eq!(mine.account.id, id);
}

/// A credential leads to its account and unwraps its key; another leads nowhere.
pub async fn credentials_unlock_their_account(fixture: &mut Fixture) {
    let (id, key, api) = account(fixture, "a@example.com").await;
    let unlocked = fixture.two.unlocked_by(&api.id(), NOW).await.expect("works").expect("it unlocks");
    assert_eq!((unlocked.account.id, unlocked.account.email.as_str()), (id, "a@example.com"));
    let unwrapped = api.unwrap_account_key(&unlocked.wrapped).expect("it unwraps");
    let sample = fixture.put(Wish { maker: Some((id, &key)), ..Wish::default() }).await;
    let list = fixture.one.recent(id, 1, NOW).await.expect("recent works");
    let opened = unwrapped.open_listing(sample.row(), &list[0].sealed_receipt_key);
    assert_eq!(opened, Some(sample.receipt));
    let unknown = ApiKey::make(&mut fixture.rng());
    assert!(fixture.one.unlocked_by(&unknown.id(), NOW).await.expect("works").is_none());
}

/// A new credential is the only one, and the list that only the old one opened is empty. Secrets live on.
pub async fn replaced_credentials_unlock_nothing(fixture: &mut Fixture) {
    let (id, key, old) = account(fixture, "a@example.com").await;
    let (other, other_key, _) = account(fixture, "b@example.com").await;
    let sample = fixture.put(Wish { maker: Some((id, &key)), ..Wish::default() }).await;
    fixture.put(Wish { maker: Some((other, &other_key)), ..Wish::default() }).await;
    let (key, new) = (AccountKey::make(&mut fixture.rng()), ApiKey::make(&mut fixture.rng()));
    let fresh = credential(fixture, &key, &new);
    assert!(!fixture.one.replace_credentials(&email("no@example.com"), fresh.clone()).await.expect("works"));
    assert!(fixture.one.replace_credentials(&email("a@example.com"), fresh).await.expect("works"));
    assert!(fixture.two.unlocked_by(&old.id(), NOW).await.expect("works").is_none(), "revoked");
    let unlocked = fixture.two.unlocked_by(&new.id(), NOW).await.expect("works").expect("valid");
    assert_eq!(unlocked.account.id, id);
    assert!(fixture.one.recent(id, 10, NOW).await.expect("recent works").is_empty());
    assert_eq!(fixture.one.recent(other, 10, NOW).await.expect("recent works").len(), 1);
    fixture.assert_waits(&fixture.one, &sample).await;
    let next = fixture.put(Wish { maker: Some((id, &key)), ..Wish::default() }).await;
    assert_eq!(fixture.two.recent(id, 10, NOW).await.expect("recent works")[0].receipt.place.row, next.row());
}

/// An account goes with its credentials and its list; its secrets and their receipts live on, without owner.
pub async fn removed_accounts_leave_their_secrets(fixture: &mut Fixture) {
    let (id, key, api) = account(fixture, "a@example.com").await;
    let sample = fixture.put(Wish { maker: Some((id, &key)), ..Wish::default() }).await;
    assert!(!fixture.one.remove_account(&email("no@example.com")).await.expect("remove works"));
    assert!(fixture.one.remove_account(&email("a@example.com")).await.expect("remove works"));
    assert!(!fixture.two.remove_account(&email("a@example.com")).await.expect("remove works"), "once");
    assert!(fixture.two.accounts().await.expect("accounts works").is_empty());
    assert!(fixture.two.unlocked_by(&api.id(), NOW).await.expect("works").is_none());
    assert!(fixture.two.recent(id, 10, NOW).await.expect("recent works").is_empty());
    fixture.assert_waits(&fixture.two, &sample).await;
    let receipt = fixture.one.receipt(sample.row(), &sample.receipt.check(), NOW).await;
    assert!(receipt.expect("receipt works").expect("it stays").owner.is_none());
}

/// A number of an account that was removed names nobody, for ever: what it made is not another's.
pub async fn account_numbers_are_never_used_again(fixture: &mut Fixture) {
    let mut seen = Vec::new();
    for _ in 0..4 {
        let (id, _, _) = account(fixture, "a@example.com").await;
        assert!(!seen.contains(&id), "a number came again");
        seen.push(id);
        assert!(fixture.two.remove_account(&email("a@example.com")).await.expect("remove works"));
        fixture.restart().await;
    }
}

/// Each server key is kept once, with the latest time until which it is needed.
pub async fn server_keys_are_remembered(fixture: &mut Fixture) {
    assert!(fixture.one.server_keys().await.expect("works").is_empty());
    let server = ServerKey::make(&mut fixture.rng());
    let known =
        |seconds| KnownServerKey { id: server.id(), check: server.check(), needed_until: NOW.after(seconds) };
    for seconds in [5, 9, 7] {
        fixture.one.remember_server_key(known(seconds)).await.expect("works");
    }
    let other = KnownServerKey { id: ServerKeyId([9; 4]), ..known(1) };
    fixture.two.remember_server_key(other).await.expect("works");
    fixture.restart().await;
    let mut keys = fixture.one.server_keys().await.expect("works");
    keys.sort_by_key(|key| key.needed_until);
    assert_eq!(keys, [other, known(9)]);
}

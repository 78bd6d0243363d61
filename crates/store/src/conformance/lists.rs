//! Laws of receipts and of an account's list.

use super::{Fixture, NOW, TTL, Wish};
use crate::{Credential, DynStore, NewAccount};
use burnbag_core::account::{AccountId, AccountKey, ApiKey, CredentialKind};
use burnbag_core::fate::{Fate, State};
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;

/// An account with this address, its number and its key.
pub(super) async fn account(fixture: &Fixture, email: &str) -> (AccountId, AccountKey, ApiKey) {
    let (key, api) = (AccountKey::make(&mut fixture.rng()), ApiKey::make(&mut fixture.rng()));
    let new = new_account(fixture, email, &key, &api);
    let id = fixture.one.create_account(new).await.expect("an account can be made");
    (id.expect("the address is free"), key, api)
}

/// What makes an account.
pub(super) fn new_account(fixture: &Fixture, email: &str, key: &AccountKey, api: &ApiKey) -> NewAccount {
    NewAccount {
        email: email.parse().expect("an address"),
        plan: "standard".to_owned(),
        credential: credential(fixture, key, api),
        provisional: false,
    }
}

/// What lets an API key unlock an account.
pub(super) fn credential(fixture: &Fixture, key: &AccountKey, api: &ApiKey) -> Credential {
    let wrapped = api.wrap(key, &mut fixture.rng());
    let kind = CredentialKind::ApiKey;
    Credential { id: api.id(), kind, label: None, wrapped, created: NOW, expires: None }
}

async fn rows(store: &DynStore, account: AccountId, limit: u32, now: Timestamp) -> Vec<Row> {
    let list = store.recent(account, limit, now).await.expect("recent works");
    list.iter().map(|listed| listed.receipt.place.row).collect()
}

/// A receipt is there until twice its secret's lifetime is over, whatever became of the secret, swept or not.
pub async fn receipts_vanish_after_twice_the_lifetime(fixture: &mut Fixture) {
    let (id, key, _) = account(fixture, "a@example.com").await;
    let maker = Some((id, &key));
    let (read, unread) = (
        fixture.put(Wish { maker, ..Wish::default() }).await,
        fixture.put(Wish { maker, ..Wish::default() }).await,
    );
    fixture.end(&read, Fate::Revealed).await;
    let (last, over) = (NOW.after(2 * TTL - 1), NOW.after(2 * TTL));
    for swept in [false, true] {
        for sample in [&read, &unread] {
            let check = sample.receipt.check();
            let at = async |now| fixture.one.receipt(sample.row(), &check, now).await.expect("receipt works");
            assert!(at(last).await.is_some(), "the last second");
            assert!(at(over).await.is_none(), "over");
        }
        assert_eq!(rows(&fixture.two, id, 10, last).await.len(), 2);
        assert!(rows(&fixture.two, id, 10, over).await.is_empty());
        if !swept {
            fixture.one.sweep(last, 10).await.expect("sweep works");
        }
    }
    assert_eq!(fixture.one.sweep(over, 10).await.expect("sweep works").receipts, 2);
    assert!(rows(&fixture.two, id, 10, NOW).await.is_empty(), "gone from the list for good");
}

/// The newest come first, as many as asked for, with state and owner, and the account key opens each entry.
pub async fn recent_is_newest_first_and_limited(fixture: &mut Fixture) {
    let (id, key, _) = account(fixture, "a@example.com").await;
    let mut samples = Vec::new();
    for age in [30, 10, 20, 10] {
        let created = Timestamp(NOW.0 - age);
        samples.push(fixture.put(Wish { created, maker: Some((id, &key)), ..Wish::default() }).await);
    }
    let order: Vec<Row> = [3, 1, 2, 0].iter().map(|index: &usize| samples[*index].row()).collect();
    assert_eq!(rows(&fixture.two, id, 10, NOW).await, order);
    assert_eq!(rows(&fixture.one, id, 2, NOW).await, order[..2]);
    assert!(rows(&fixture.one, id, 0, NOW).await.is_empty());
    fixture.end(&samples[3], Fate::Burned).await;
    let list = fixture.two.recent(id, 10, NOW).await.expect("recent works");
    for (index, listed) in list.iter().enumerate() {
        let receipt_key = key.open_listing(listed.receipt.place.row, &listed.sealed_receipt_key);
        let sample = samples.iter().find(|sample| sample.row() == listed.receipt.place.row);
        assert_eq!(receipt_key.as_ref(), sample.map(|sample| &sample.receipt));
        let state = if index == 0 { State::Ended(Fate::Burned, NOW) } else { State::New };
        assert_eq!(listed.receipt.state, state);
        assert_eq!(listed.receipt.link.is_some(), index != 0);
        assert_eq!(listed.receipt.owner.as_ref().map(|owner| owner.1.as_str()), Some("a@example.com"));
    }
}

/// Nobody sees entries of another account, nor those of nobody.
pub async fn recent_shows_only_ones_own(fixture: &mut Fixture) {
    let (mine, my_key, _) = account(fixture, "a@example.com").await;
    let (yours, your_key, _) = account(fixture, "b@example.com").await;
    fixture.put(Wish::default()).await;
    let my_sample = fixture.put(Wish { maker: Some((mine, &my_key)), ..Wish::default() }).await;
    let your_sample = fixture.put(Wish { maker: Some((yours, &your_key)), ..Wish::default() }).await;
    assert_eq!(rows(&fixture.one, mine, 10, NOW).await, [my_sample.row()]);
    assert_eq!(rows(&fixture.two, yours, 10, NOW).await, [your_sample.row()]);
    assert!(rows(&fixture.one, AccountId(99), 10, NOW).await.is_empty());
}

/// Entries whose time is over take no place from those that are shown, swept or not.
pub async fn recent_does_not_count_what_is_over(fixture: &mut Fixture) {
    let (id, key, _) = account(fixture, "a@example.com").await;
    let maker = Some((id, &key));
    let long = fixture.put(Wish { maker, ttl: 100 * TTL, ..Wish::default() }).await;
    let created = NOW.after(1);
    for _ in 0..3 {
        fixture.put(Wish { created, maker, ttl: 60, ..Wish::default() }).await;
    }
    assert_eq!(rows(&fixture.one, id, 1, NOW.after(TTL)).await, [long.row()]);
}

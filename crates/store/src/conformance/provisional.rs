//! Laws of accounts that somebody asked for himself, and of what an account's owner wants to be told.

use super::lists::{account, credential, new_account};
use super::outbox::{ALL, pick_one};
use super::{Fixture, NOW, TTL, Wish};
use crate::{Account, Credential, DynStore, NewAccount, Notify, Revoke};
use burnbag_core::account::{AccountId, AccountKey, ApiKey, CredentialKind, Email};
use burnbag_core::mail::MailKind;

fn email(text: &str) -> Email {
    text.parse().expect("an address")
}

fn fresh(fixture: &Fixture, kind: CredentialKind, lives: Option<i64>) -> Credential {
    let (key, api) = (AccountKey::make(&mut fixture.rng()), ApiKey::make(&mut fixture.rng()));
    Credential { kind, expires: lives.map(|lives| NOW.after(lives)), ..credential(fixture, &key, &api) }
}

/// An account with an invitation only.
async fn invited(fixture: &Fixture, address: &str, provisional: bool) -> (AccountId, Credential) {
    let invitation = fresh(fixture, CredentialKind::Invitation, Some(TTL));
    let (key, api) = (AccountKey::make(&mut fixture.rng()), ApiKey::make(&mut fixture.rng()));
    let new = new_account(fixture, address, &key, &api);
    let new = NewAccount { credential: invitation.clone(), provisional, ..new };
    (fixture.one.create_account(new).await.expect("create works").expect("it is new"), invitation)
}

async fn addresses(store: &DynStore) -> Vec<String> {
    let accounts = store.accounts().await.expect("accounts works");
    accounts.iter().map(|account| account.email.as_str().to_owned()).collect()
}

/// An account that nobody accepted goes with its invitation when that is swept, and its address is free again. One that
/// the operator made stays.
pub async fn an_account_that_nobody_accepted_goes(fixture: &mut Fixture) {
    let (gone, _) = invited(fixture, "a@example.com", true).await;
    invited(fixture, "b@example.com", false).await;
    account(fixture, "c@example.com").await;
    assert_eq!(fixture.two.sweep(NOW.after(TTL - 1), 10).await.expect("sweep works").credentials, 0);
    assert_eq!(addresses(&fixture.one).await, ["a@example.com", "b@example.com", "c@example.com"]);
    assert_eq!(fixture.two.sweep(NOW.after(TTL), 10).await.expect("sweep works").credentials, 2);
    assert_eq!(addresses(&fixture.one).await, ["b@example.com", "c@example.com"]);
    assert!(fixture.one.account(&email("a@example.com")).await.expect("account works").is_none());
    let (again, _) = invited(fixture, "a@example.com", true).await;
    assert_ne!(again, gone, "another account");
}

/// It stays when the invitation is accepted, in time; when the operator gives it another credential instead; and while a
/// later invitation stands.
pub async fn an_account_that_somebody_wants_stays(fixture: &mut Fixture) {
    let (accepted, invitation) = invited(fixture, "a@example.com", true).await;
    let password = fresh(fixture, CredentialKind::Password, None);
    let session = fresh(fixture, CredentialKind::Session, Some(TTL));
    let by = fixture.one.accept(&invitation.id, vec![password, session], NOW).await.expect("accept works");
    assert_eq!(by, Some(accepted));
    invited(fixture, "b@example.com", true).await;
    let replacement = fresh(fixture, CredentialKind::Invitation, Some(TTL));
    assert!(fixture.one.replace_credentials(&email("b@example.com"), replacement).await.expect("works"));
    let (added, _) = invited(fixture, "c@example.com", true).await;
    let api = fresh(fixture, CredentialKind::ApiKey, None);
    let revoked = Revoke::One(api.id);
    assert!(fixture.one.add_credential(added, None, api).await.expect("add works"));
    let (later, _) = invited(fixture, "d@example.com", true).await;
    let invitation = fresh(fixture, CredentialKind::Invitation, Some(2 * TTL));
    assert!(fixture.one.add_credential(later, None, invitation).await.expect("add works"));

    let (_, late) = invited(fixture, "e@example.com", true).await;
    let password = fresh(fixture, CredentialKind::Password, None);
    let by = fixture.one.accept(&late.id, vec![password], NOW.after(TTL)).await.expect("accept works");
    assert_eq!(by, None, "too late");
    fixture.restart().await;
    fixture.two.sweep(NOW.after(TTL), 10).await.expect("sweep works");
    let stay = ["a@example.com", "b@example.com", "c@example.com", "d@example.com"];
    assert_eq!(addresses(&fixture.one).await, stay);
    assert_eq!(fixture.one.revoke(added, revoked).await.expect("revoke works"), 1);
    fixture.two.sweep(NOW.after(2 * TTL), 10).await.expect("sweep works");
    assert_eq!(addresses(&fixture.one).await, stay[..3], "with the later invitation");
}

/// What the operator makes takes the place of what a stranger asked for, with its plan; the stranger's link ends. Nothing else
/// takes the place of anything.
pub async fn an_account_that_nobody_accepted_gives_way(fixture: &mut Fixture) {
    let (asked, invitation) = invited(fixture, "a@example.com", true).await;
    let (key, api) = (AccountKey::make(&mut fixture.rng()), ApiKey::make(&mut fixture.rng()));
    let own = NewAccount { plan: "guests".to_owned(), ..new_account(fixture, "a@example.com", &key, &api) };
    let again = NewAccount {
        provisional: true,
        credential: fresh(fixture, CredentialKind::ApiKey, None),
        ..own.clone()
    };
    assert_eq!(fixture.one.create_account(again).await.expect("create works"), None, "another stranger");
    let own = NewAccount { credential: Credential { created: NOW.after(5), ..own.credential }, ..own };
    let made = fixture.two.create_account(own.clone()).await.expect("create works");
    assert!(made.is_some(), "instead of {asked:?}");
    fixture.restart().await;
    let account = fixture.one.account(&own.email).await.expect("account works").expect("it is there");
    assert_eq!((Some(account.id), account.plan.as_str(), account.created), (made, "guests", NOW.after(5)));
    assert_eq!(addresses(&fixture.two).await, ["a@example.com"]);
    let unlocked = fixture.two.unlocked_by(&api.id(), NOW).await.expect("works").expect("it unlocks");
    assert_eq!(unlocked.account, account);
    let password = fresh(fixture, CredentialKind::Password, None);
    let late = fixture.one.accept(&invitation.id, vec![password], NOW).await.expect("accept works");
    assert_eq!(late, None, "the stranger's link");
    fixture.two.sweep(NOW.after(TTL), 10).await.expect("sweep works");
    let second = NewAccount { credential: fresh(fixture, CredentialKind::ApiKey, None), ..own };
    assert_eq!(fixture.one.create_account(second).await.expect("create works"), None, "it stays");
    let (_, operators) = invited(fixture, "b@example.com", false).await;
    let other = NewAccount {
        email: email("b@example.com"),
        ..new_account(fixture, "b@example.com", &key, &ApiKey::make(&mut fixture.rng()))
    };
    assert_eq!(fixture.two.create_account(other).await.expect("create works"), None, "the operator's own");
    assert!(fixture.one.unlocked_by(&operators.id, NOW).await.expect("works").is_some());
}

/// Accepting and sweeping at the same moment: the account stays with its password, or it is gone and nobody accepted.
pub async fn accepting_and_sweeping_exclude_each_other(fixture: &mut Fixture) {
    for round in 0..16 {
        let address = format!("a{round}@example.com");
        let (id, invitation) = invited(fixture, &address, true).await;
        let password = fresh(fixture, CredentialKind::Password, None);
        let (store, unlocks) = (std::sync::Arc::clone(&fixture.two), password.id);
        let sweep = tokio::spawn(async move { store.sweep(NOW.after(TTL), 10).await });
        let accepted = fixture.one.accept(&invitation.id, vec![password], NOW).await.expect("accept works");
        sweep.await.expect("no panic").expect("sweep works");
        let there = fixture.two.account(&email(&address)).await.expect("account works");
        assert_eq!(there.map(|account| account.id), accepted, "round {round}");
        assert!(accepted.is_none_or(|account| account == id));
        let unlocked = fixture.one.unlocked_by(&unlocks, NOW).await.expect("works");
        assert_eq!(unlocked.is_some(), accepted.is_some());
    }
}

/// Sweeping and making at the same moment: what goes keeps nobody from its address.
pub async fn what_gives_way_may_go_meanwhile(fixture: &mut Fixture) {
    for round in 0..16 {
        let address = format!("a{round}@example.com");
        invited(fixture, &address, true).await;
        let (key, api) = (AccountKey::make(&mut fixture.rng()), ApiKey::make(&mut fixture.rng()));
        let own = new_account(fixture, &address, &key, &api);
        let store = std::sync::Arc::clone(&fixture.two);
        let sweep = tokio::spawn(async move { store.sweep(NOW.after(TTL), 10).await });
        let made = fixture.one.create_account(own).await.expect("create works");
        sweep.await.expect("no panic").expect("sweep works");
        let there = fixture.two.account(&email(&address)).await.expect("account works");
        assert!(made.is_some() && there.map(|account| account.id) == made, "round {round}: {made:?}");
        assert!(fixture.one.unlocked_by(&api.id(), NOW).await.expect("works").is_some(), "round {round}");
    }
}

/// What an owner wants to be told is kept, and shown wherever his account is.
pub async fn an_account_is_told_what_its_owner_chose(fixture: &mut Fixture) {
    let (id, key, api) = account(fixture, "a@example.com").await;
    account(fixture, "b@example.com").await;
    let address = email("a@example.com");
    let mut expected = Notify::default();
    for round in 0..5 {
        let found = fixture.two.account(&address).await.expect("account works").expect("it is there");
        assert_eq!((found.id, found.notify, found.plan.as_str()), (id, expected, "standard"));
        let unlocked = fixture.two.unlocked_by(&api.id(), NOW).await.expect("works").expect("it unlocks");
        fixture.put(Wish { mails: ALL, maker: Some((id, &key)), ..Wish::default() }).await;
        let mail = pick_one(&fixture.two, NOW).await;
        let listed = fixture.two.accounts().await.expect("accounts works");
        let shown: [&Account; 3] = [&unlocked.account, &listed[0], mail.account.as_ref().expect("his")];
        assert!(shown.iter().all(|account| **account == found), "round {round}: {shown:?}");
        assert_eq!(listed[1].notify, Notify::default(), "his alone");
        expected = Notify { opened: round % 2 == 0, expired: round < 2 };
        assert!(fixture.one.set_notify(id, expected).await.expect("set works"));
        fixture.restart().await;
    }
    assert!(!fixture.one.set_notify(AccountId(99), expected).await.expect("set works"), "nobody");
    assert!(fixture.one.account(&email("no@example.com")).await.expect("account works").is_none());
    assert!(expected.wants(MailKind::Link) && expected.wants(MailKind::Invitation), "not his to choose");
}

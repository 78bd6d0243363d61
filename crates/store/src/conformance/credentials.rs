//! Laws of the credentials of an account: kinds, times, who may add, revoking, invitations.

use super::lists::{account, credential};
use super::{Fixture, NOW, TTL, Wish};
use crate::{Credential, CredentialView, DynStore, Revoke, Swept};
use burnbag_core::account::{AccountId, AccountKey, ApiKey, CredentialId, CredentialKind};
use burnbag_core::time::Timestamp;
use std::sync::Arc;
use tokio::sync::Barrier;

/// A fresh credential of a kind.
fn fresh(fixture: &Fixture, key: &AccountKey, kind: CredentialKind) -> Credential {
    Credential { kind, ..credential(fixture, key, &ApiKey::make(&mut fixture.rng())) }
}

/// The same, added by the operator.
async fn added(fixture: &Fixture, to: (AccountId, &AccountKey), kind: CredentialKind) -> CredentialId {
    let credential = fresh(fixture, to.1, kind);
    let id = credential.id;
    assert!(fixture.one.add_credential(to.0, None, credential).await.expect("add works"));
    id
}

async fn stands(store: &DynStore, id: &CredentialId) -> bool {
    store.unlocked_by(id, NOW).await.expect("works").is_some()
}

async fn ids(store: &DynStore, account: AccountId) -> Vec<CredentialId> {
    let views = store.credentials(account, NOW).await.expect("credentials works");
    views.iter().map(|view| view.id).collect()
}

/// What was added unlocks like the first credential, and its owner sees it as it was added, oldest first.
pub async fn added_credentials_unlock_and_are_listed(fixture: &mut Fixture) {
    let (id, key, api) = account(fixture, "a@example.com").await;
    account(fixture, "b@example.com").await;
    let kinds = [CredentialKind::Session, CredentialKind::ApiKey, CredentialKind::Password];
    let mut expected = vec![(api.id(), CredentialKind::ApiKey, None, NOW, None)];
    for (age, kind) in (1..).zip(kinds) {
        let label = (kind == CredentialKind::ApiKey).then(|| "flow of Ann".to_owned());
        let expires = (kind == CredentialKind::Session).then(|| NOW.after(TTL));
        let created = Timestamp(NOW.0 - age);
        let new = Credential { label: label.clone(), created, expires, ..fresh(fixture, &key, kind) };
        let (by, wrapped) = (Some(api.id()), new.wrapped.clone());
        expected.insert(0, (new.id, kind, label, created, expires));
        let found = new.id;
        assert!(fixture.one.add_credential(id, by, new).await.expect("add works"));
        let unlocked = fixture.two.unlocked_by(&found, NOW).await.expect("works").expect("it unlocks");
        assert_eq!((unlocked.account.id, unlocked.kind, unlocked.used), (id, kind, None));
        assert_eq!(unlocked.created, created);
        assert_eq!(unlocked.wrapped, wrapped);
    }
    let views = fixture.two.credentials(id, NOW).await.expect("credentials works");
    let expected: Vec<_> = expected
        .into_iter()
        .map(|(id, kind, label, created, expires)| CredentialView {
            id,
            kind,
            label,
            created,
            used: None,
            expires,
        })
        .collect();
    assert_eq!(views, expected);
}

/// An expired credential unlocks nothing, is not listed and adds nothing, swept or not; the sweep is limited.
pub async fn expired_credentials_are_absent(fixture: &mut Fixture) {
    let (id, key, api) = account(fixture, "a@example.com").await;
    let mut sessions = Vec::new();
    for _ in 0..3 {
        let session = fresh(fixture, &key, CredentialKind::Session);
        sessions.push(session.id);
        let session = Credential { expires: Some(NOW.after(TTL)), ..session };
        assert!(fixture.one.add_credential(id, None, session).await.expect("add works"));
    }
    let (last, over) = (NOW.after(TTL - 1), NOW.after(TTL));
    for (now, count) in [(last, 4), (over, 1)] {
        assert_eq!(fixture.two.credentials(id, now).await.expect("works").len(), count);
        let unlocked = fixture.two.unlocked_by(&sessions[0], now).await.expect("works");
        assert_eq!(unlocked.is_some(), now == last);
    }
    let late = Credential { created: over, ..fresh(fixture, &key, CredentialKind::ApiKey) };
    assert!(!fixture.one.add_credential(id, Some(sessions[0]), late).await.expect("add works"));
    assert_eq!(fixture.one.sweep(last, 2).await.expect("sweep works"), Swept::default());
    for credentials in [2, 1, 0] {
        let swept = fixture.two.sweep(over, 2).await.expect("sweep works");
        assert_eq!(swept, Swept { credentials, ..Swept::default() });
    }
    assert_eq!(ids(&fixture.one, id).await, [api.id()], "gone for good, and what does not end stays");
}

/// The last use is noted, never set back, and creates nothing.
pub async fn the_last_use_is_noted(fixture: &mut Fixture) {
    let (id, _, api) = account(fixture, "a@example.com").await;
    let later = NOW.after(9);
    for now in [NOW, later, NOW.after(5)] {
        fixture.one.touch(&api.id(), now).await.expect("touch works");
    }
    fixture.one.touch(&CredentialId([9; 16]), NOW).await.expect("touch works");
    fixture.restart().await;
    let unlocked = fixture.two.unlocked_by(&api.id(), NOW).await.expect("works").expect("it unlocks");
    assert_eq!(unlocked.used, Some(later));
    let views = fixture.two.credentials(id, NOW).await.expect("works");
    assert_eq!((views.len(), views[0].used), (1, Some(later)));
    assert!(!stands(&fixture.one, &CredentialId([9; 16])).await);
}

/// An account has one password and one invitation: a new one takes the place of the earlier. Other accounts keep theirs.
pub async fn a_password_takes_the_place_of_the_earlier(fixture: &mut Fixture) {
    let (id, key, api) = account(fixture, "a@example.com").await;
    let (other, other_key, _) = account(fixture, "b@example.com").await;
    for kind in [CredentialKind::Password, CredentialKind::Invitation] {
        let others = added(fixture, (other, &other_key), kind).await;
        let first = added(fixture, (id, &key), kind).await;
        let second = added(fixture, (id, &key), kind).await;
        assert!(!stands(&fixture.two, &first).await);
        assert!(stands(&fixture.two, &second).await && stands(&fixture.two, &others).await);
        // Somebody sets the password that he has.
        let same = Credential { id: second, ..fresh(fixture, &key, kind) };
        assert!(fixture.one.add_credential(id, Some(second), same).await.expect("add works"));
        assert!(stands(&fixture.two, &second).await);
    }
    for kind in [CredentialKind::ApiKey, CredentialKind::Session] {
        let (first, second) =
            (added(fixture, (id, &key), kind).await, added(fixture, (id, &key), kind).await);
        assert!(stands(&fixture.two, &first).await && stands(&fixture.two, &second).await, "any number");
    }
    assert!(stands(&fixture.two, &api.id()).await);
}

/// Only the holder of a credential that stands on the same account adds one, and a refused one changes nothing.
pub async fn a_revoked_credential_adds_nothing(fixture: &mut Fixture) {
    let (id, key, api) = account(fixture, "a@example.com").await;
    let (_, _, other_api) = account(fixture, "b@example.com").await;
    let password = added(fixture, (id, &key), CredentialKind::Password).await;
    let session = added(fixture, (id, &key), CredentialKind::Session).await;
    assert_eq!(fixture.one.revoke(id, Revoke::One(session)).await.expect("revoke works"), 1);
    for by in [session, other_api.id(), CredentialId([9; 16])] {
        let new = fresh(fixture, &key, CredentialKind::Password);
        assert!(!fixture.two.add_credential(id, Some(by), new).await.expect("add works"));
    }
    let new = fresh(fixture, &key, CredentialKind::ApiKey);
    assert!(!fixture.one.add_credential(AccountId(99), None, new).await.expect("add works"), "no account");
    let taken = Credential { id: other_api.id(), ..fresh(fixture, &key, CredentialKind::Password) };
    assert!(fixture.one.add_credential(id, None, taken).await.is_err(), "it is another's");
    let mut left = [api.id(), password];
    left.sort_unstable();
    assert_eq!(ids(&fixture.two, id).await, left);
}

/// One credential, or sessions, with or without one that stays; never those of another account.
pub async fn revoking_is_exact(fixture: &mut Fixture) {
    let (id, key, api) = account(fixture, "a@example.com").await;
    let (other, other_key, other_api) = account(fixture, "b@example.com").await;
    let others = added(fixture, (other, &other_key), CredentialKind::Session).await;
    let mut sessions = Vec::new();
    for _ in 0..3 {
        sessions.push(added(fixture, (id, &key), CredentialKind::Session).await);
    }
    let password = added(fixture, (id, &key), CredentialKind::Password).await;
    for which in [other_api.id(), others, CredentialId([9; 16])].map(Revoke::One) {
        assert_eq!(fixture.one.revoke(id, which).await.expect("revoke works"), 0);
    }
    let but_one = Revoke::Sessions { except: Some(sessions[1]) };
    for count in [2, 0] {
        assert_eq!(fixture.one.revoke(id, but_one).await.expect("revoke works"), count);
    }
    assert!(!stands(&fixture.two, &sessions[0]).await && stands(&fixture.two, &sessions[1]).await);
    let all = Revoke::Sessions { except: None };
    assert_eq!(fixture.two.revoke(id, all).await.expect("revoke works"), 1);
    for one in [api.id(), password, other_api.id(), others] {
        assert!(stands(&fixture.one, &one).await);
    }
    assert_eq!(fixture.two.revoke(id, Revoke::One(api.id())).await.expect("revoke works"), 1);
    assert_eq!(ids(&fixture.one, id).await, [password]);
}

/// What replaces every credential replaces those of every kind.
pub async fn a_replacement_revokes_every_kind(fixture: &mut Fixture) {
    let (id, key, _) = account(fixture, "a@example.com").await;
    let kinds = [CredentialKind::Password, CredentialKind::Session, CredentialKind::Invitation];
    let mut earlier = Vec::new();
    for kind in kinds {
        earlier.push(added(fixture, (id, &key), kind).await);
    }
    let new = fresh(fixture, &key, CredentialKind::ApiKey);
    let (only, email) = (new.id, "a@example.com".parse().expect("an address"));
    assert!(fixture.one.replace_credentials(&email, new).await.expect("replace works"));
    assert_eq!(ids(&fixture.two, id).await, [only]);
    for one in &earlier {
        assert!(!stands(&fixture.one, one).await);
    }
    let late = fresh(fixture, &key, CredentialKind::Session);
    assert!(!fixture.one.add_credential(id, Some(earlier[0]), late).await.expect("add works"), "too late");
}

/// Who accepts an invitation has the account's only credentials, and an empty list. Secrets live on.
pub async fn an_invitation_revokes_what_was_before(fixture: &mut Fixture) {
    let (id, key, api) = account(fixture, "a@example.com").await;
    let (other, other_key, other_api) = account(fixture, "b@example.com").await;
    let sample = fixture.put(Wish { maker: Some((id, &key)), ..Wish::default() }).await;
    fixture.put(Wish { maker: Some((other, &other_key)), ..Wish::default() }).await;
    let expires = Some(NOW.after(TTL));
    let invitation = Credential { expires, ..fresh(fixture, &key, CredentialKind::Invitation) };
    let invited = invitation.id;
    assert!(fixture.one.add_credential(id, None, invitation).await.expect("add works"));
    let new = [CredentialKind::Password, CredentialKind::Session].map(|kind| fresh(fixture, &key, kind));
    for (no, now) in [(api.id(), NOW), (CredentialId([9; 16]), NOW), (invited, NOW.after(TTL))] {
        let accepted = fixture.one.accept(&no, new.to_vec(), now).await.expect("accept works");
        assert_eq!(accepted, None, "no invitation, or not any more");
    }
    let taken = vec![Credential { id: other_api.id(), ..new[0].clone() }];
    assert!(fixture.one.accept(&invited, taken, NOW).await.is_err(), "it is another's");
    assert!(stands(&fixture.two, &api.id()).await && stands(&fixture.two, &invited).await);
    assert_eq!(fixture.one.recent(id, 10, NOW).await.expect("recent works").len(), 1);
    let last = NOW.after(TTL - 1);
    assert_eq!(fixture.one.accept(&invited, new.to_vec(), last).await.expect("accept works"), Some(id));
    assert_eq!(fixture.two.accept(&invited, new.to_vec(), last).await.expect("accept works"), None, "once");
    let mut left = [new[0].id, new[1].id];
    left.sort_unstable();
    assert_eq!(ids(&fixture.two, id).await, left);
    assert!(!stands(&fixture.two, &api.id()).await && stands(&fixture.two, &other_api.id()).await);
    assert!(fixture.two.recent(id, 10, NOW).await.expect("recent works").is_empty());
    assert_eq!(fixture.two.recent(other, 10, NOW).await.expect("recent works").len(), 1);
    fixture.assert_waits(&fixture.one, &sample).await;
}

/// Of many who accept one invitation at once, one does, and the credentials are his.
pub async fn one_of_many_accepts_an_invitation(fixture: &mut Fixture) {
    let (id, key, _) = account(fixture, "a@example.com").await;
    for _ in 0..4 {
        let invited = added(fixture, (id, &key), CredentialKind::Invitation).await;
        let start = Arc::new(Barrier::new(16));
        let mut calls = Vec::new();
        for number in 0..16 {
            let store = Arc::clone(if number % 2 == 0 { &fixture.one } else { &fixture.two });
            let (password, start) = (fresh(fixture, &key, CredentialKind::Password), Arc::clone(&start));
            calls.push(tokio::spawn(async move {
                start.wait().await;
                let chosen = password.id;
                let accepted = store.accept(&invited, vec![password], NOW).await.expect("accept works");
                accepted.map(|account| (account, chosen))
            }));
        }
        let mut winners = Vec::new();
        for call in calls {
            winners.extend(call.await.expect("no panic"));
        }
        assert_eq!(winners.len(), 1, "exactly one accepts");
        assert_eq!((winners[0].0, ids(&fixture.two, id).await), (id, vec![winners[0].1]));
    }
}

/// A language is kept, changed and taken back; credentials and list know it.
pub async fn an_account_has_a_language(fixture: &mut Fixture) {
    let (id, _, api) = account(fixture, "a@example.com").await;
    account(fixture, "b@example.com").await;
    for language in [Some("de".to_owned()), Some("fr".to_owned()), None] {
        assert!(fixture.one.set_language(id, language.clone()).await.expect("it works"));
        let unlocked = fixture.two.unlocked_by(&api.id(), NOW).await.expect("works").expect("it unlocks");
        assert_eq!(unlocked.account.language, language);
        let accounts = fixture.two.accounts().await.expect("accounts works");
        let languages: Vec<_> = accounts.into_iter().map(|account| account.language).collect();
        assert_eq!(languages, [language, None]);
    }
    assert!(!fixture.one.set_language(AccountId(99), None).await.expect("it works"), "no account");
}

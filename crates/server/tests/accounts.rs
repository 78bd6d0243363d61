//! Signing in, and what the owner of an account does with his credentials. At the vault: the pages stand before it.

use crate::faults::faulty;
use crate::support::{Credentials, START, TestServer, get, post};
use burnbag_core::account::{ApiKey, CredentialId, CredentialKind, InvitationToken, Password, SessionToken};
use burnbag_core::sensitive::SensitiveText;
use burnbag_core::time::Timestamp;
use burnbag_server::client::Client;
use burnbag_server::limit::Wait;
use burnbag_server::vault::{Invited, Invitee, Session, VaultError, invite};
use burnbag_store::faulty::{Fault, Gate, Verb};
use rand::SeedableRng;
use rand::rngs::StdRng;

pub(crate) const ANN: &str = "ann@example.com";
pub(crate) const PASSWORD: &str = "correct horse battery";
pub(crate) const OTHER: &str = "staple for the second";
const CLIENT: Client = Client::V4(1);
const DAY: i64 = 24 * 60 * 60;

pub(crate) fn text(text: &str) -> SensitiveText {
    text.to_owned().into()
}

pub(crate) fn password(chosen: &str) -> Password {
    Password::new(&text(chosen)).expect("a password")
}

pub(crate) async fn sign_in(
    server: &TestServer,
    email: &str,
    secret: &str,
) -> Option<(SessionToken, Session)> {
    server.app.vault.sign_in(email, text(secret), CLIENT).await.expect("it is tried")
}

/// Signed in, where that must succeed.
pub(crate) async fn signed_in(server: &TestServer, secret: &str) -> (SessionToken, Session) {
    sign_in(server, ANN, secret).await.expect("signed in")
}

pub(crate) async fn stands(server: &TestServer, token: &SessionToken) -> bool {
    server.app.vault.session(token).await.expect("the store").is_some()
}

/// Ann, with a key, a session and a password.
pub(crate) async fn ann(server: &TestServer) -> (Credentials, SessionToken, Session) {
    let key = server.account(ANN, "standard").await;
    let (token, session) = signed_in(server, &key.api_key).await;
    assert!(server.app.vault.set_password(&session, None, password(PASSWORD)).await.expect("it is set"));
    (key, token, session)
}

pub(crate) async fn invited(server: &TestServer, email: &str, seed: u64) -> (InvitationToken, Invited) {
    let (email, rng) = (email.parse().expect("an address"), &mut StdRng::seed_from_u64(seed));
    let vault = &server.app.vault;
    let invitee = Invitee { email, plan: Some("standard".to_owned()), provisional: false };
    let invited = invite(&**vault.store(), invitee, vault.now(), rng).await;
    invited.expect("the store").expect("an account")
}

/// Which kinds of credential there are; sorted, because some are made within one second.
pub(crate) async fn kinds(server: &TestServer, session: &Session) -> Vec<CredentialKind> {
    let views = server.app.vault.credentials(session).await.expect("the store");
    let mut kinds: Vec<_> = views.iter().map(|view| view.kind).collect();
    kinds.sort_by_key(|kind| kind.code());
    kinds
}

pub(crate) async fn listed(server: &TestServer, session: &Session) -> usize {
    server.app.vault.recent(session).await.expect("the list").len()
}

#[tokio::test]
async fn an_api_key_and_a_password_sign_in() {
    let server = TestServer::start().await;
    let (key, token, session) = ann(&server).await;
    server.send(&post("/api/v1/share?secret=hello").basic(&key)).await.keys();
    assert_eq!((session.kind(), session.credential()), (CredentialKind::Session, token.id()));
    for secret in [key.api_key.as_str(), PASSWORD] {
        let (token, session) = sign_in(&server, " Ann@Example.com", secret).await.expect("signed in");
        assert_eq!(listed(&server, &session).await, 1, "the same list");
        let again = server.app.vault.session(&token).await.expect("the store").expect("signed in");
        assert_eq!((again.account.id, again.credential()), (session.account.id, token.id()));
        assert_eq!(listed(&server, &again).await, 1);
        let shown = format!("{token:?} {session:?}");
        assert!(!shown.contains(token.expose().as_str()) && !shown.contains("ann@"), "{shown}");
    }
    let unknown = SessionToken::make(&mut StdRng::seed_from_u64(9));
    assert!(!stands(&server, &unknown).await);
}

#[tokio::test]
async fn a_session_ends_after_thirty_days_or_by_signing_out() {
    let server = TestServer::start().await;
    let (key, first, session) = ann(&server).await;
    let (second, _) = signed_in(&server, &key.api_key).await;
    server.pass(30 * DAY - 1).await;
    assert!(stands(&server, &first).await && stands(&server, &second).await);
    server.app.vault.sign_out(&session).await.expect("the store");
    assert!(!stands(&server, &first).await && stands(&server, &second).await);
    server.clock.advance(1);
    assert!(!stands(&server, &second).await, "not swept yet");
    server.pass(0).await;
    let (third, session) = signed_in(&server, &key.api_key).await;
    let (fourth, _) = signed_in(&server, PASSWORD).await;
    assert_eq!(kinds(&server, &session).await.len(), 4, "what expired is swept");
    server.app.vault.sign_out_everywhere(&session).await.expect("the store");
    assert!(!stands(&server, &third).await && !stands(&server, &fourth).await);
    // Keys and passwords are no browsers.
    let by_key = server.app.vault.authenticate(ANN, ApiKey::presented(key.api_key.clone())).await;
    let by_key = by_key.expect("the store").expect("the key stands");
    server.app.vault.sign_out(&by_key).await.expect("the store");
    assert_eq!(kinds(&server, &by_key).await, [CredentialKind::ApiKey, CredentialKind::Password]);
}

#[tokio::test]
async fn one_browser_too_many_ends_the_oldest() {
    let server = TestServer::start().await;
    let key = server.account(ANN, "standard").await;
    let mut tokens = Vec::new();
    for _ in 0..22 {
        // Within one second too: never the one that signs in.
        server.clock.advance(i64::from(tokens.len() < 5));
        tokens.push(signed_in(&server, &key.api_key).await.0);
    }
    let mut standing = Vec::new();
    for token in &tokens {
        standing.push(stands(&server, token).await);
    }
    assert_eq!(standing.iter().filter(|stands| **stands).count(), 20);
    assert!(!standing[0] && !standing[1] && standing[21], "{standing:?}");
}

#[tokio::test]
async fn what_is_wrong_gets_one_answer_and_ten_tries() {
    let server = TestServer::start().await;
    let (key, token, _) = ann(&server).await;
    server.account("keyonly@example.com", "standard").await;
    let vault = &server.app.vault;
    for email in ["nobody@example.com", "keyonly@example.com", "no address", "", ANN] {
        assert!(sign_in(&server, email, "wrong, and long enough").await.is_none(), "{email}");
    }
    for wrong in
        ["", PASSWORD.strip_suffix('y').unwrap(), &key.api_key[1..], &"0".repeat(40), "x", "y", "z", "a"]
    {
        assert!(sign_in(&server, ANN, wrong).await.is_none(), "{wrong}");
    }
    signed_in(&server, PASSWORD).await;
    assert!(sign_in(&server, ANN, "the tenth").await.is_none());
    for secret in ["the eleventh", PASSWORD] {
        let refused = vault.sign_in(ANN, text(secret), CLIENT).await;
        assert!(matches!(refused, Err(VaultError::Later(Wait(600)))), "{refused:?}");
    }
    // Nobody else is kept out, nor who is signed in, nor who has what cannot be guessed.
    assert!(vault.sign_in(ANN, text(PASSWORD), Client::V4(2)).await.expect("it is tried").is_some());
    assert!(stands(&server, &token).await);
    signed_in(&server, &key.api_key).await;
    server.clock.advance(600);
    signed_in(&server, PASSWORD).await;
}

#[tokio::test]
async fn what_signs_a_browser_in_is_no_api_key() {
    let server = TestServer::start().await;
    let (key, session, _) = ann(&server).await;
    let (invitation, _) = invited(&server, ANN, 1).await;
    let basic = |secret: &str| {
        get("/api/v1/authcheck").basic(&Credentials { email: ANN.to_owned(), api_key: secret.to_owned() })
    };
    assert_eq!(server.send(&basic(&key.api_key)).await.status, 200);
    for other in [session.expose().as_str(), invitation.expose().as_str(), PASSWORD] {
        assert_eq!(server.send(&basic(other)).await.status, 404, "wire spec: 404 for 401");
        if other != PASSWORD {
            assert!(sign_in(&server, ANN, other).await.is_none());
        }
    }
    let as_session: SessionToken = invitation.expose().parse().expect("a token");
    let as_invitation: InvitationToken = session.expose().parse().expect("a token");
    assert!(!stands(&server, &as_session).await);
    assert!(server.app.vault.invitation(&as_invitation).await.expect("the store").is_none());
}

#[tokio::test]
async fn another_password_keeps_keys_and_list() {
    let server = TestServer::start().await;
    let (key, token, session) = ann(&server).await;
    server.send(&post("/api/v1/share?secret=hello").basic(&key)).await.keys();
    let (other, _) = signed_in(&server, PASSWORD).await;
    let vault = &server.app.vault;
    for current in [None, Some(text("wrong, and long enough")), Some(text(&key.api_key))] {
        let set = vault.set_password(&session, current, password(OTHER)).await;
        assert!(!set.expect("it is tried"), "the current one is needed");
    }
    assert!(stands(&server, &other).await);
    let set = vault.set_password(&session, Some(text(PASSWORD)), password(OTHER)).await;
    assert!(set.expect("it is set"));
    assert!(stands(&server, &token).await && !stands(&server, &other).await, "this session stays");
    assert!(sign_in(&server, ANN, PASSWORD).await.is_none());
    let (_, session) = signed_in(&server, OTHER).await;
    assert_eq!(listed(&server, &session).await, 1);
    assert_eq!(server.send(&get("/api/v1/authcheck").basic(&key)).await.status, 200);
    // Tries at the current password are counted.
    for _ in 0..8 {
        let set = vault.set_password(&session, Some(text("wrong again and again")), password(OTHER)).await;
        assert!(!set.expect("it is tried"));
    }
    let set = vault.set_password(&session, Some(text(OTHER)), password(PASSWORD)).await;
    assert!(matches!(set, Err(VaultError::Later(_))), "{set:?}");
}

#[tokio::test]
async fn api_keys_have_labels_and_a_limit() {
    let server = TestServer::start().await;
    let (first, _, session) = ann(&server).await;
    let vault = &server.app.vault;
    let made = vault.create_api_key(&session, " flow of Ann ").await.expect("a key");
    let second = Credentials { email: ANN.to_owned(), api_key: made.expose().to_owned() };
    server.send(&post("/api/v1/share?secret=hello").basic(&second)).await.keys();
    assert_eq!(listed(&server, &session).await, 1, "the same list");
    let views = vault.credentials(&session).await.expect("the store");
    let labels: Vec<_> = views.iter().filter_map(|view| view.label.as_deref()).collect();
    assert_eq!(labels, ["flow of Ann"]);
    let too_long = vault.create_api_key(&session, &"ä".repeat(101)).await;
    assert!(matches!(too_long, Err(VaultError::LabelTooLong)), "{too_long:?}");
    for _ in 0..48 {
        vault.create_api_key(&session, &"ä".repeat(100)).await.expect("a key");
    }
    let refused = vault.create_api_key(&session, "").await;
    assert!(matches!(refused, Err(VaultError::TooManyKeys)), "{refused:?}");
    let id = ApiKey::presented(first.api_key.clone()).id();
    assert!(vault.revoke_api_key(&session, id).await.expect("the store"));
    assert!(!vault.revoke_api_key(&session, id).await.expect("the store"), "once");
    assert_eq!(server.send(&get("/api/v1/authcheck").basic(&first)).await.status, 404);
    assert_eq!(server.send(&get("/api/v1/authcheck").basic(&second)).await.status, 200);
    vault.create_api_key(&session, "").await.expect("a key");
}

#[tokio::test]
async fn only_ones_own_api_keys_are_revoked_that_way() {
    let server = TestServer::start().await;
    let (_, token, session) = ann(&server).await;
    let bob = server.account("bob@example.com", "standard").await;
    let password = server.app.vault.credentials(&session).await.expect("the store");
    let password = password.iter().find(|view| view.kind == CredentialKind::Password).expect("she has one");
    for id in [token.id(), password.id, ApiKey::presented(bob.api_key.clone()).id(), CredentialId([0; 16])] {
        assert!(!server.app.vault.revoke_api_key(&session, id).await.expect("the store"));
    }
    assert!(stands(&server, &token).await);
    assert_eq!(server.send(&get("/api/v1/authcheck").basic(&bob)).await.status, 200);
}

/// What was begun with a credential is not finished once that is revoked.
#[tokio::test]
async fn a_session_that_ended_changes_nothing() {
    let server = TestServer::start().await;
    let (_, _, session) = ann(&server).await;
    let vault = &server.app.vault;
    vault.set_language(&session, Some("de".to_owned())).await.expect("it is noted");
    vault.sign_out(&session).await.expect("the store");
    let refused = vault.create_api_key(&session, "").await;
    assert!(matches!(refused, Err(VaultError::SignedOut)), "{refused:?}");
    let refused = vault.set_password(&session, Some(text(PASSWORD)), password(OTHER)).await;
    assert!(matches!(refused, Err(VaultError::SignedOut)), "{refused:?}");
    let (_, session) = signed_in(&server, PASSWORD).await;
    assert_eq!(session.account.language.as_deref(), Some("de"));
    assert_eq!(kinds(&server, &session).await.len(), 3, "key, password, this session");
}

/// What a credential's last use costs its user: nothing, also where it cannot be noted.
#[tokio::test]
async fn the_last_use_is_noted_beside_the_call() {
    let (server, store) = faulty().await;
    let key = server.account(ANN, "standard").await;
    let check = get("/api/v1/authcheck").basic(&key);
    let id = ApiKey::presented(key.api_key.clone()).id();
    let used = async || {
        let unlocked = server.app.vault.store().unlocked_by(&id, Timestamp(START)).await;
        unlocked.expect("the store").expect("the key").used
    };
    let gate = Gate::new();
    store.next(Verb::Touch, Fault::PauseBefore(gate.clone()));
    assert_eq!(server.send(&check).await.status, 200, "answered, and not noted yet");
    gate.arrival().await;
    assert_eq!(used().await, None);
    store.always(Verb::Touch, Fault::Unavailable);
    assert_eq!(server.send(&check).await.status, 200);
    store.mend(Verb::Touch);
    let gate = Gate::new();
    store.next(Verb::Touch, Fault::PauseAfter(gate.clone()));
    assert_eq!(server.send(&check).await.status, 200);
    gate.arrival().await;
    assert_eq!(used().await, Some(Timestamp(START)));
    // Within a quarter of an hour it is not noted again: this would find no gate to wait at.
    store.always(Verb::Touch, Fault::PauseAfter(gate.clone()));
    server.clock.advance(15 * 60);
    assert_eq!(server.send(&check).await.status, 200);
    server.clock.advance(1);
    assert_eq!(server.send(&check).await.status, 200);
    gate.arrival().await;
    assert_eq!(used().await, Some(Timestamp(START + 15 * 60 + 1)));
}

/// A store that fails half-way leaves no browser signed in, and no try is charged for it.
#[tokio::test]
async fn a_store_that_fails_signs_nobody_in() {
    let (server, store) = faulty().await;
    ann(&server).await;
    for _ in 0..12 {
        store.next(Verb::AddCredential, Fault::Unavailable);
        let failed = server.app.vault.sign_in(ANN, text(PASSWORD), CLIENT).await;
        assert!(matches!(failed, Err(VaultError::Store(_))), "{failed:?}");
    }
    let (_, session) = signed_in(&server, PASSWORD).await;
    assert_eq!(kinds(&server, &session).await.len(), 4, "key, password, the first session and this one");
    let (invitation, _) = invited(&server, ANN, 1).await;
    store.next(Verb::Accept, Fault::Unavailable);
    let failed = server.app.vault.accept_invitation(&invitation, password(OTHER)).await;
    assert!(matches!(failed, Err(VaultError::Store(_))), "{failed:?}");
    assert!(server.app.vault.invitation(&invitation).await.expect("the store").is_some(), "it still stands");
}

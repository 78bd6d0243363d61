//! Invitations: the way in, and the way back after a forgotten password.

use crate::accounts::{
    ANN, OTHER, PASSWORD, ann, invited, kinds, listed, password, sign_in, signed_in, stands,
};
use crate::support::{Credentials, TestServer, get, post};
use burnbag_core::account::CredentialKind;
use burnbag_server::vault::{InvitationView, Invited, Invitee, create_account, invite};
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::sync::Arc;

#[tokio::test]
async fn an_invitation_makes_an_account() {
    let server = TestServer::start().await;
    let vault = &server.app.vault;
    let (earlier, whom) = invited(&server, ANN, 1).await;
    assert_eq!(whom, Invited::New);
    let (token, whom) = invited(&server, ANN, 2).await;
    assert_eq!(whom, Invited::New, "still without a credential");
    assert!(vault.invitation(&earlier).await.expect("the store").is_none(), "the newer one counts");
    assert!(vault.accept_invitation(&earlier, password(OTHER)).await.expect("it is tried").is_none());
    let expected = InvitationView { email: ANN.parse().expect("an address"), is_new_account: true };
    assert_eq!(vault.invitation(&token).await.expect("the store"), Some(expected));
    assert!(sign_in(&server, ANN, PASSWORD).await.is_none(), "nobody yet");
    server.clock.advance(72 * 60 * 60 - 1);
    let accepted = vault.accept_invitation(&token, password(PASSWORD)).await.expect("it is tried");
    let (session_token, session) = accepted.expect("it stands");
    assert!(stands(&server, &session_token).await);
    assert_eq!(kinds(&server, &session).await, [CredentialKind::Password, CredentialKind::Session]);
    assert!(vault.invitation(&token).await.expect("the store").is_none(), "once");
    let key = vault.create_api_key(&session, "").await.expect("a key").expose().to_owned();
    let key = Credentials { email: ANN.to_owned(), api_key: key };
    server.send(&post("/api/v1/share?secret=hello").basic(&key)).await.keys();
    assert_eq!(listed(&server, &signed_in(&server, PASSWORD).await.1).await, 1);
}

/// Who asked for an account may have asked for somebody else's address.
#[tokio::test]
async fn what_the_operator_makes_takes_the_place_of_what_a_stranger_asked_for() {
    let server = TestServer::start().await;
    let (store, now) = (server.app.vault.store(), server.app.vault.now());
    let plan = async |email: &str| {
        let account = store.account(&email.parse().expect("an address")).await.expect("the store");
        account.expect("an account").plan
    };
    let asks = async |email: &str, plan: &str, provisional: bool, rng: &mut StdRng| {
        let (email, plan) = (email.parse().expect("an address"), Some(plan.to_owned()));
        let invited = invite(&**store, Invitee { email, plan, provisional }, now, rng).await;
        invited.expect("the store").expect("invited").0
    };
    let rng = &mut StdRng::seed_from_u64(1);
    let theirs = asks(ANN, "guests", true, rng).await;
    let email = ANN.parse().expect("an address");
    let made = create_account(&**store, email, "standard".to_owned(), now, rng).await;
    assert!(made.expect("the store").is_some());
    assert_eq!(plan(ANN).await, "standard");
    assert!(server.app.vault.invitation(&theirs).await.expect("the store").is_none(), "the stranger's link");
    let theirs = asks("bob@example.com", "guests", true, rng).await;
    let own = asks("bob@example.com", "standard", false, rng).await;
    assert_eq!(plan("bob@example.com").await, "standard");
    assert!(server.app.vault.invitation(&theirs).await.expect("the store").is_none(), "the stranger's link");
    server.app.vault.invitation(&own).await.expect("the store").expect("it stands");
    server.pass(72 * 3600 + 1).await;
    assert_eq!(plan("bob@example.com").await, "standard", "it does not go again");
}

#[tokio::test]
async fn an_invitation_is_the_way_back_and_the_list_starts_empty() {
    let server = TestServer::start().await;
    let (key, token, session) = ann(&server).await;
    let (secret, _) = server.send(&post("/api/v1/share?secret=hello").basic(&key)).await.keys();
    let vault = &server.app.vault;
    let (expired, whom) = invited(&server, ANN, 1).await;
    assert_eq!(whom, Invited::Existing);
    assert!(!vault.invitation(&expired).await.expect("the store").expect("it stands").is_new_account);
    // Looking at it, or letting it lie, changes nothing.
    server.clock.advance(72 * 60 * 60);
    assert!(vault.invitation(&expired).await.expect("the store").is_none());
    assert!(vault.accept_invitation(&expired, password(OTHER)).await.expect("it is tried").is_none());
    assert_eq!(listed(&server, &session).await, 1);
    let (invitation, _) = invited(&server, ANN, 2).await;
    let accepted = vault.accept_invitation(&invitation, password(OTHER)).await.expect("it is tried");
    let (_, session) = accepted.expect("it stands");
    assert_eq!(listed(&server, &session).await, 0);
    assert!(!stands(&server, &token).await);
    assert!(sign_in(&server, ANN, PASSWORD).await.is_none());
    assert_eq!(server.send(&get("/api/v1/authcheck").basic(&key)).await.status, 404);
    assert_eq!(server.reveal(&secret, "").await.json()["value"], "hello", "links live on");
    signed_in(&server, OTHER).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_of_many_accepts() {
    let server = TestServer::start().await;
    let (token, _) = invited(&server, ANN, 1).await;
    let mut tasks = Vec::new();
    for number in 0..8 {
        let (vault, token) = (Arc::clone(&server.app.vault), token.clone());
        tasks.push(tokio::spawn(async move {
            let chosen = format!("the password of number {number}");
            let accepted = vault.accept_invitation(&token, password(&chosen)).await;
            accepted.expect("it is tried").map(|(token, _)| (token, chosen))
        }));
    }
    let mut winners = Vec::new();
    for task in tasks {
        winners.extend(task.await.expect("no panic"));
    }
    assert_eq!(winners.len(), 1, "exactly one");
    assert!(stands(&server, &winners[0].0).await);
    signed_in(&server, &winners[0].1).await;
}

//! A store that fails: nothing is given out that was not won, nothing is lost that was acknowledged.

use crate::support::{Answer, TestServer, post};
use burnbag_core::life_key::LifeKey;
use burnbag_core::server_key::{Keyring, ServerKey};
use burnbag_core::tag::Row;
use burnbag_server::config::Config;
use burnbag_store::conformance::{Sample, Wish};
use burnbag_store::faulty::{Fault, Faulty, Gate, Verb};
use burnbag_store::{DynStore, Store};
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::sync::Arc;

/// A server whose store fails on demand.
pub(crate) async fn faulty() -> (TestServer, Arc<Faulty>) {
    faulty_with(|_| {}).await
}

/// The same, otherwise configured.
pub(crate) async fn faulty_with(change: impl FnOnce(&mut Config)) -> (TestServer, Arc<Faulty>) {
    let mut faulty = None;
    let wrap = |store: DynStore| -> DynStore {
        let wrapped = Arc::new(Faulty::new(store));
        faulty = Some(Arc::clone(&wrapped));
        wrapped
    };
    let server = TestServer::over(wrap, change).await;
    (server, faulty.expect("wrapped"))
}

fn assert_unavailable(answer: &Answer) {
    assert_eq!(answer.status, 503, "{answer:?}");
    assert_eq!(answer.header("Retry-After"), Some("1"));
    assert_eq!(answer.text(), r#"{"message":"Service temporarily unavailable. Please try again shortly."}"#);
}

#[tokio::test]
async fn a_take_in_doubt_that_was_done_is_delivered() {
    let (server, store) = faulty().await;
    for passphrase in ["", "phrase"] {
        let (secret, receipt) = server.share("hello", passphrase).await;
        store.next(Verb::Take, Fault::InDoubtDone);
        assert_eq!(server.reveal(&secret, passphrase).await.json()["value"], "hello");
        assert_eq!(server.receipt(&receipt).await["state"], "received");
    }
    let (secret, receipt) = server.share("hello", "").await;
    store.next(Verb::Take, Fault::InDoubtDone);
    let burned = server.send(&post(&format!("/api/v1/private/{receipt}/burn"))).await;
    assert_eq!(burned.json()["state"]["state"], "burned");
    assert_eq!(server.reveal(&secret, "").await.status, 404);
}

#[tokio::test]
async fn a_take_in_doubt_that_was_not_done_gives_nothing_out() {
    let (server, store) = faulty().await;
    let (secret, receipt) = server.share("hello", "").await;
    store.next(Verb::Take, Fault::InDoubtNotDone);
    let answer = server.reveal(&secret, "").await;
    assert_ne!(answer.status, 200, "{answer:?}");
    assert_eq!(server.receipt(&receipt).await["state"], "new");
    // The reader must not be told that it is gone: it is not, and he may try again.
    assert_unavailable(&answer);
    assert_eq!(server.reveal(&secret, "").await.json()["value"], "hello");
}

#[tokio::test]
async fn a_take_that_cannot_be_settled_is_put_back() {
    let (server, store) = faulty().await;
    for fault in [Fault::InDoubtDone, Fault::InDoubtNotDone] {
        let (secret, receipt) = server.share("hello", "").await;
        store.next(Verb::Take, fault);
        store.next(Verb::Settle, Fault::Unavailable);
        assert_unavailable(&server.reveal(&secret, "").await);
        assert_eq!(server.receipt(&receipt).await["state"], "new");
        assert_eq!(server.reveal(&secret, "").await.json()["value"], "hello");
        assert_eq!(server.reveal(&secret, "").await.status, 404);
    }
}

/// Where even that fails it is done as soon as the store answers again: nobody else has it.
#[tokio::test]
async fn what_cannot_be_put_back_at_once_is_put_back_later() {
    let (server, store) = faulty().await;
    let (secret, receipt) = server.share("hello", "").await;
    store.next(Verb::Take, Fault::InDoubtDone);
    store.next(Verb::Settle, Fault::Unavailable);
    store.next(Verb::Release, Fault::Unavailable);
    assert_unavailable(&server.reveal(&secret, "").await);
    assert_eq!(server.receipt(&receipt).await["state"], "received");
    while server.receipt(&receipt).await["state"] != "new" {
        tokio::task::yield_now().await;
    }
    assert_eq!(server.reveal(&secret, "").await.json()["value"], "hello");
}

#[tokio::test]
async fn a_store_that_is_away_keeps_its_secrets() {
    let (server, store) = faulty().await;
    let (secret, receipt) = server.share("hello", "phrase").await;
    for verb in [Verb::Peek, Verb::Take] {
        store.always(verb, Fault::Unavailable);
        for _ in 0..3 {
            assert_unavailable(&server.reveal(&secret, "phrase").await);
        }
        store.mend(verb);
    }
    for verb in [Verb::Put, Verb::Peek] {
        store.next(verb, Fault::Unavailable);
    }
    assert_unavailable(&server.send(&post("/api/v1/share").form(&[("secret", "x")])).await);
    assert_unavailable(&server.reveal(&secret, "phrase").await);
    assert_eq!(server.receipt(&receipt).await["state"], "new");
    assert_eq!(server.reveal(&secret, "phrase").await.json()["value"], "hello");
    server.assert_serves().await;
}

#[tokio::test]
async fn no_row_numbers_means_no_secrets_and_no_panic() {
    let (server, store) = faulty().await;
    store.always(Verb::Lease, Fault::Unavailable);
    for _ in 0..3 {
        assert_unavailable(&server.send(&post("/api/v1/share").form(&[("secret", "x")])).await);
    }
    store.mend(Verb::Lease);
    server.assert_serves().await;
}

/// What is on the disk is acknowledged, or else its maker would send it again.
#[tokio::test]
async fn a_put_in_doubt_that_was_done_is_acknowledged() {
    let (server, store) = faulty().await;
    store.next(Verb::Put, Fault::InDoubtDone);
    // It stays away for a moment.
    for _ in 0..2 {
        store.next(Verb::Receipt, Fault::Unavailable);
    }
    let made = server.send(&post("/api/v1/share").form(&[("secret", "hello")])).await;
    assert_eq!(made.status, 200, "{made:?}");
    assert_eq!(server.reveal(&made.keys().0, "").await.json()["value"], "hello");
    store.next(Verb::Put, Fault::InDoubtNotDone);
    let made = server.send(&post("/api/v1/share").form(&[("secret", "hello")])).await;
    assert_unavailable(&made);
}

/// A reader that leaves while the store works: the work is finished, and the receipt says so.
#[tokio::test]
async fn leaving_during_the_take() {
    let (server, store) = faulty().await;
    for (fault, name) in [(Fault::PauseBefore as fn(Gate) -> Fault, "before"), (Fault::PauseAfter, "after")] {
        let (secret, receipt) = server.share("hello", "").await;
        let gate = Gate::new();
        store.next(Verb::Take, fault(gate.clone()));
        let mut connection = server.connect().await;
        connection.send(&crate::support::server::reveal(&secret, "")).await;
        gate.arrival().await;
        drop(connection);
        // The server has time to notice before the store goes on.
        server.assert_serves().await;
        gate.open();
        while server.receipt(&receipt).await["state"] == "new" {
            tokio::task::yield_now().await;
        }
        assert_eq!(server.receipt(&receipt).await["state"], "received", "{name}");
        assert_eq!(server.reveal(&secret, "").await.status, 404);
    }
}

/// A store that lost its data gives row numbers anew: those on hand are another node's too. They are left at once, so that
/// senders are not told again and again that it does not work.
#[tokio::test]
async fn rows_that_are_another_nodes_are_left() {
    let (server, store) = faulty().await;
    let rng = &mut StdRng::seed_from_u64(3);
    let keyring = Keyring::new(ServerKey::make(rng), Vec::new());
    let life = LifeKey::make(rng);
    let first = store.lease(vec![life]).await.expect("a row");
    for row in first.0..first.0 + 10 {
        let sample = Sample::seal(Row(row), LifeKey::make(rng), Wish::default(), &keyring, rng);
        store.put(sample.pair).await.expect("it is stored");
    }
    let (secret, _) = server.share("hello", "").await;
    assert_eq!(server.reveal(&secret, "").await.json()["value"], "hello");
}

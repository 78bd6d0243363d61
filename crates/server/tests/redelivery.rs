//! Redelivery: who repeats a reveal with the same idempotency key, and everything else that it needed, gets the same
//! answer for a while. Nobody else does, and there is no second reader.

use crate::device::{Device, prove};
use crate::faults::faulty;
use crate::support::server::reveal;
use crate::support::{Request, TestServer, get, post};
use burnbag_core::content::Content;
use burnbag_server::config::Redelivery;
use burnbag_store::faulty::{Fault, Verb};
use serde_json::json;

const KEY: &str = "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk";
const OTHER: &str = "ooooooooooooooooooooooooooooooooooooooooooo";

fn repeatable(request: Request, key: &str) -> Request {
    request.header("Idempotency-Key", key)
}

fn forget(key: &str, passphrase: &str) -> Request {
    post(&format!("/api/v1/secret/{key}/forget")).form(&[("passphrase", passphrase)])
}

#[tokio::test]
async fn a_repeated_reveal_gets_the_same_answer_for_sixty_seconds() {
    let server = TestServer::start().await;
    for passphrase in ["", "right"] {
        let (secret, receipt) = server.share("hello", passphrase).await;
        let request = repeatable(reveal(&secret, passphrase), KEY);
        let first = server.send(&request).await;
        assert_eq!(first.json()["value"], "hello");
        let opened = server.receipt(&receipt).await;
        for _ in 0..3 {
            assert_eq!(server.send(&request).await.text(), first.text());
        }
        server.clock.advance(59);
        assert_eq!(server.send(&request).await.text(), first.text());
        let still = server.receipt(&receipt).await;
        assert_eq!((&still["state"], &still["received"]), (&json!("received"), &opened["received"]));
        server.clock.advance(1);
        assert_eq!(server.send(&request).await.message(), "Unknown secret", "swept or not");
        server.pass(1).await;
        assert_eq!(server.send(&request).await.message(), "Unknown secret");
    }
}

#[tokio::test]
async fn nobody_else_gets_it() {
    let server = TestServer::start().await;
    let (secret, _) = server.share("hello", "right").await;
    let (another, _) = server.share("another", "right").await;
    let request = repeatable(reveal(&secret, "right"), KEY);
    assert_eq!(server.send(&request).await.status, 200);
    assert_eq!(server.send(&repeatable(reveal(&another, "right"), KEY)).await.json()["value"], "another");
    for other in [
        reveal(&secret, "right"),
        repeatable(reveal(&secret, "right"), OTHER),
        repeatable(reveal(&secret, "right"), &KEY[1..]),
        repeatable(reveal(&secret, "wrong"), KEY),
        repeatable(reveal(&secret, ""), KEY),
    ] {
        let answer = server.send(&other).await;
        assert_eq!((answer.status, answer.message().as_str()), (404, "Unknown secret"), "{other:?}");
    }
    assert_eq!(server.send(&request).await.json()["value"], "hello");
}

/// It never counts as a wrong opener: the reader is not kept out by who guesses.
#[tokio::test]
async fn tries_at_what_is_kept_are_not_counted() {
    let server = TestServer::start().await;
    let device = Device::seal(&Content::Text("hello".to_owned().into()), None, 1);
    let wrong = Device::seal(&Content::Text("x".to_owned().into()), None, 2);
    let (secret, _) = server.send(&device.share(&[])).await.keys();
    let request = repeatable(prove(&secret, &device.proof), KEY);
    let first = server.send(&request).await;
    for _ in 0..30 {
        assert_eq!(server.send(&repeatable(prove(&secret, &wrong.proof), KEY)).await.status, 404);
    }
    assert_eq!(server.send(&request).await.text(), first.text());
}

/// Two readers with different idempotency keys, and with the same one and different proofs: one value. The same reader
/// twice at once: the same value twice.
#[tokio::test]
async fn there_is_no_second_reader() {
    let server = TestServer::start().await;
    let wrong = Device::seal(&Content::Text("x".to_owned().into()), None, 99);
    for round in 0..10 {
        let device = Device::seal(&Content::Text("hello".to_owned().into()), None, round);
        let (secret, _) = server.send(&device.share(&[])).await.keys();
        let same = repeatable(prove(&secret, &device.proof), KEY);
        let other = repeatable(prove(&secret, &device.proof), OTHER);
        let forged = repeatable(prove(&secret, &wrong.proof), KEY);
        let race = [&same, &other, &forged, &same, &other, &forged];
        let answers = futures_util::future::join_all(race.map(|request| server.send(request))).await;
        let won: Vec<bool> = answers.iter().map(|answer| answer.status == 200).collect();
        assert!(!won[2] && !won[5], "a wrong proof never wins");
        assert_eq!((won[0], won[1]), (won[3], won[4]), "the same reader gets the same");
        assert!(won[0] != won[1], "one of two readers gets it: {won:?}");
        let again = [&same, &other].map(|request| server.send(request));
        let again = futures_util::future::join_all(again).await;
        assert_eq!([again[0].status == 200, again[1].status == 200], [won[0], won[1]]);
    }
}

#[tokio::test]
async fn forgetting_ends_it_at_once_for_who_could_repeat_it() {
    let server = TestServer::start().await;
    let (secret, _) = server.share("hello", "right").await;
    assert_eq!(
        server.send(&repeatable(forget(&secret, "right"), KEY)).await.status,
        404,
        "nothing is kept yet"
    );
    let request = repeatable(reveal(&secret, "right"), KEY);
    assert_eq!(server.send(&request).await.status, 200);
    for not_enough in [
        forget(&secret, "right"),
        repeatable(forget(&secret, "right"), OTHER),
        repeatable(forget(&secret, "wrong"), KEY),
    ] {
        assert_eq!(server.send(&not_enough).await.message(), "Unknown secret");
        assert_eq!(server.send(&request).await.status, 200, "it is still there");
    }
    let forgotten = server.send(&repeatable(forget(&secret, "right"), KEY)).await;
    assert_eq!(forgotten.json(), json!({"secret_key": secret, "forgotten": true}));
    assert_eq!(server.send(&request).await.message(), "Unknown secret");
    assert_eq!(server.send(&repeatable(forget(&secret, "right"), KEY)).await.status, 404, "nothing is left");
}

/// A waiting secret is not touched by a forget.
#[tokio::test]
async fn forgetting_consumes_nothing() {
    let server = TestServer::start().await;
    let (secret, _) = server.share("hello", "").await;
    assert_eq!(server.send(&repeatable(forget(&secret, ""), KEY)).await.status, 404);
    assert_eq!(server.reveal(&secret, "").await.json()["value"], "hello");
}

#[tokio::test]
async fn another_form_of_key_is_refused_before_anything_is_taken() {
    let server = TestServer::start().await;
    let (secret, _) = server.share("hello", "").await;
    for bad in
        ["", "short", &"a".repeat(129), &format!("{} b", "a".repeat(40)), &format!("{}/", "a".repeat(40))]
    {
        for request in [reveal(&secret, ""), forget(&secret, "")] {
            let answer = server.send(&repeatable(request, bad)).await;
            assert_eq!(answer.status, 400, "{bad}: {answer:?}");
            assert!(answer.json()["detail"].as_str().unwrap().contains("Idempotency-Key"), "{answer:?}");
        }
    }
    let doubled = repeatable(repeatable(reveal(&secret, ""), KEY), KEY);
    assert_eq!(server.send(&doubled).await.status, 400);
    assert_eq!(server.reveal(&secret, "").await.json()["value"], "hello");
}

#[tokio::test]
async fn zero_switches_it_off() {
    let server = TestServer::configured(|config| config.redelivery = Redelivery(0)).await;
    let (secret, _) = server.share("hello", "").await;
    let request = repeatable(reveal(&secret, ""), KEY);
    assert_eq!(server.send(&request).await.json()["value"], "hello");
    assert_eq!(server.send(&request).await.message(), "Unknown secret");
}

/// Who has the receipt ends it: the burn says that there is nothing to burn, and nothing is left.
#[tokio::test]
async fn a_burn_forgets_what_is_kept() {
    let server = TestServer::start().await;
    let (secret, receipt) = server.share("hello", "").await;
    let request = repeatable(reveal(&secret, ""), KEY);
    assert_eq!(server.send(&request).await.status, 200);
    let burned = server.send(&post(&format!("/api/v1/private/{receipt}/burn"))).await;
    assert_eq!((burned.status, burned.message().as_str()), (404, "Unknown secret"));
    assert_eq!(server.receipt(&receipt).await["state"], "received");
    assert_eq!(server.send(&request).await.message(), "Unknown secret");
}

/// A caller that went away before the answer: the value was taken, and is there for his next try.
#[tokio::test]
async fn a_lost_answer_is_not_lost() {
    let server = TestServer::start().await;
    for round in 0..20 {
        let (secret, receipt) = server.share("hello", "").await;
        let request = repeatable(reveal(&secret, ""), KEY);
        let mut connection = server.connect().await;
        connection.send(&request).await;
        // The connection is dropped at some moment of the request.
        for _ in 0..round {
            tokio::task::yield_now().await;
        }
        drop(connection);
        assert_eq!(server.send(&request).await.json()["value"], "hello");
        assert_eq!(server.receipt(&receipt).await["state"], "received");
    }
}

/// A take in doubt that cannot be settled is put back, and with it goes what was kept.
#[tokio::test]
async fn faults_of_the_store() {
    let (server, store) = faulty().await;
    let (secret, _) = server.share("hello", "").await;
    let (mine, other) = (repeatable(reveal(&secret, ""), KEY), repeatable(reveal(&secret, ""), OTHER));
    store.next(Verb::Take, Fault::InDoubtDone);
    store.next(Verb::Settle, Fault::Unavailable);
    assert_eq!(server.send(&mine).await.status, 503);
    assert_eq!(
        server.send(&get(&format!("/api/v1/secret/{secret}/status"))).await.status,
        200,
        "it waits again"
    );
    assert_eq!(server.send(&other).await.json()["value"], "hello");
    assert_eq!(server.send(&mine).await.status, 404);
    // While what is kept cannot be asked for the reader is told to come again, not that it is gone.
    store.next(Verb::Redeliver, Fault::Unavailable);
    assert_eq!(server.send(&other).await.status, 503);
    assert_eq!(server.send(&other).await.json()["value"], "hello");
    store.next(Verb::Take, Fault::InDoubtDone);
    let (secret, _) = server.share("again", "").await;
    let request = repeatable(reveal(&secret, ""), KEY);
    assert_eq!(server.send(&request).await.json()["value"], "again", "in doubt, settled, delivered");
    assert_eq!(server.send(&request).await.json()["value"], "again");
}

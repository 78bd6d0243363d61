//! Wrong passphrases: 10 in ten minutes and 20 in all for a client, 100 for a secret, which then is locked.

use crate::support::server::reveal;
use crate::support::{Answer, Request, TestServer, post};
use serde_json::json;

const RIGHT: &str = "right";

/// A server behind a proxy, a passphrase secret, its keys.
async fn guarded() -> (TestServer, String, String) {
    let server = TestServer::configured(|config| {
        config.trusted_proxies = serde_json::from_value(json!("127.0.0.1")).expect("proxies");
    })
    .await;
    let (secret, receipt) = server.share("hello", RIGHT).await;
    (server, secret, receipt)
}

fn from(client: &str, request: Request) -> Request {
    request.header("X-Forwarded-For", client)
}

fn burn(receipt: &str, passphrase: &str) -> Request {
    post(&format!("/api/v1/private/{receipt}/burn")).form(&[("passphrase", passphrase)])
}

async fn guess(server: &TestServer, client: &str, secret: &str) -> Answer {
    server.send(&from(client, reveal(secret, "wrong"))).await
}

/// Wrong guesses of `clients` clients, ten each.
async fn tens_of_guesses(server: &TestServer, secret: &str, clients: std::ops::Range<usize>) {
    for client in clients {
        for _ in 0..10 {
            assert_eq!(guess(server, &format!("198.51.100.{client}"), secret).await.status, 404);
        }
    }
}

#[tokio::test]
async fn ten_in_ten_minutes_and_twenty_in_all_for_a_client() {
    let (server, secret, _) = guarded().await;
    for _ in 0..10 {
        assert_eq!(guess(&server, "192.0.2.1", &secret).await.message(), "Unknown secret");
    }
    // The eleventh is not tried, be it right or wrong.
    for passphrase in ["wrong", RIGHT] {
        let answer = server.send(&from("192.0.2.1", reveal(&secret, passphrase))).await;
        assert_eq!((answer.status, answer.header("Retry-After")), (429, Some("600")), "{answer:?}");
    }
    server.clock.advance(600);
    for _ in 0..10 {
        assert_eq!(guess(&server, "192.0.2.1", &secret).await.status, 404);
    }
    server.clock.advance(6_000);
    let answer = server.send(&from("192.0.2.1", reveal(&secret, RIGHT))).await;
    assert_eq!((answer.status, answer.message().as_str()), (404, "Unknown secret"), "twenty in all");
    // Nobody else is kept out by that.
    let answer = server.send(&from("192.0.2.2", reveal(&secret, RIGHT))).await;
    assert_eq!(answer.json()["value"], "hello");
}

#[tokio::test]
async fn a_missing_passphrase_is_no_try() {
    let (server, secret, receipt) = guarded().await;
    for _ in 0..30 {
        assert_eq!(server.reveal(&secret, "").await.message(), "Unknown secret");
        assert_eq!(
            server.send(&post(&format!("/api/v1/private/{receipt}/burn"))).await.message(),
            "Double check that passphrase"
        );
    }
    assert_eq!(server.reveal(&secret, RIGHT).await.json()["value"], "hello");
}

#[tokio::test]
async fn burning_counts_like_reading() {
    let (server, secret, receipt) = guarded().await;
    for _ in 0..10 {
        let answer = server.send(&from("192.0.2.1", burn(&receipt, "wrong"))).await;
        assert_eq!(answer.message(), "Double check that passphrase");
    }
    assert_eq!(server.send(&from("192.0.2.1", burn(&receipt, RIGHT))).await.status, 429);
    assert_eq!(guess(&server, "192.0.2.1", &secret).await.status, 429);
    assert_eq!(server.send(&from("192.0.2.2", burn(&receipt, RIGHT))).await.status, 200);
}

#[tokio::test]
async fn a_hundred_wrong_ones_lock_and_the_receipt_unlocks() {
    let (server, secret, receipt) = guarded().await;
    tens_of_guesses(&server, &secret, 0..9).await;
    assert_eq!(server.receipt(&receipt).await.get("locked"), None);
    tens_of_guesses(&server, &secret, 9..10).await;
    let shown = server.receipt(&receipt).await;
    assert_eq!((&shown["locked"], &shown["state"]), (&json!(true), &json!("new")));
    assert_eq!(shown["secret_key"], secret.as_str());
    // Locked, not consumed; to who has the link it looks like a wrong passphrase.
    let answer = server.send(&from("192.0.2.9", reveal(&secret, RIGHT))).await;
    assert_eq!((answer.status, answer.message().as_str()), (404, "Unknown secret"));
    let answer = server.send(&from("192.0.2.9", burn(&receipt, RIGHT))).await;
    assert_eq!(answer.message(), "Double check that passphrase");

    let unlock = post(&format!("/api/v1/private/{receipt}/unlock"));
    let unlocked = server.send(&unlock).await;
    assert_eq!((unlocked.status, unlocked.json().get("locked").is_none()), (200, true));
    assert_eq!(server.receipt(&receipt).await.get("locked"), None);
    let read = server.send(&from("192.0.2.9", reveal(&secret, RIGHT))).await;
    assert_eq!(read.json()["value"], "hello", "{read:?}");
    assert_eq!(server.send(&unlock).await.message(), "Unknown secret", "nothing is left to unlock");
}

#[tokio::test]
async fn the_owner_burns_a_locked_secret() {
    let (server, _, _) = guarded().await;
    let who = server.account("a@example.com", "standard").await;
    let made = post("/api/v1/share").form(&[("secret", "x"), ("passphrase", RIGHT)]).basic(&who);
    let (secret, receipt) = server.send(&made).await.keys();
    tens_of_guesses(&server, &secret, 0..10).await;
    let answer = server.send(&post(&format!("/api/v1/private/{receipt}/burn")).basic(&who)).await;
    assert_eq!(answer.json()["state"]["state"], "burned");
}

/// Without the link nobody can use up anybody's tries.
#[tokio::test]
async fn guesses_at_other_keys_lock_nobody_out() {
    let (server, secret, receipt) = guarded().await;
    let near = format!("{}{}", &secret[..30], if secret.ends_with('a') { 'b' } else { 'a' });
    for client in 0..11 {
        for _ in 0..10 {
            guess(&server, &format!("198.51.100.{client}"), &near).await;
            guess(&server, &format!("198.51.100.{client}"), &receipt).await;
        }
    }
    assert_eq!(server.receipt(&receipt).await.get("locked"), None);
    assert_eq!(server.send(&from("198.51.100.1", reveal(&secret, RIGHT))).await.json()["value"], "hello");
}

/// What is gone, or never was, answers like a wrong passphrase, and counts for nothing: of many readers at the same time
/// those that come too late are told so.
#[tokio::test]
async fn tries_at_what_is_gone_are_told_so() {
    let (server, secret, _) = guarded().await;
    server.reveal(&secret, RIGHT).await;
    for key in [secret.as_str(), "abcdefghijklmnopqrstuvwxyz12345"] {
        for _ in 0..15 {
            let answer = guess(&server, "192.0.2.1", key).await;
            assert_eq!((answer.status, answer.message().as_str()), (404, "Unknown secret"));
        }
    }
}

/// The holder of the receipt frees a reader who used up his tries.
#[tokio::test]
async fn unlocking_forgives_the_reader_too() {
    let (server, secret, receipt) = guarded().await;
    for _ in 0..10 {
        guess(&server, "192.0.2.1", &secret).await;
    }
    assert_eq!(guess(&server, "192.0.2.1", &secret).await.status, 429);
    server.send(&from("192.0.2.1", post(&format!("/api/v1/receipt/{receipt}/unlock")))).await;
    assert_eq!(server.send(&from("192.0.2.1", reveal(&secret, RIGHT))).await.json()["value"], "hello");
}

/// What opens is no wrong try, however often it is made at the same time.
#[tokio::test]
async fn right_ones_are_not_counted() {
    let server = TestServer::start().await;
    for _ in 0..15 {
        let (secret, _) = server.share("hello", RIGHT).await;
        assert_eq!(server.reveal(&secret, RIGHT).await.status, 200);
    }
}

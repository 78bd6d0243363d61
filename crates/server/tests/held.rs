//! Bytes that anonymous secrets occupy: limited for a client and in total, free again when a secret ends.

use crate::support::{Answer, Request, TestServer, post};
use burnbag_server::config::Size;
use serde_json::json;

async fn server(per_client: u64, in_total: u64) -> TestServer {
    TestServer::configured(|config| {
        config.limits.held_per_client = Size(per_client);
        config.limits.held_in_total = Size(in_total);
        config.trusted_proxies = serde_json::from_value(json!("127.0.0.1")).expect("proxies");
    })
    .await
}

fn share(client: &str) -> Request {
    post("/api/v1/share")
        .form(&[("secret", &"x".repeat(1_000)), ("ttl", "600")])
        .header("X-Forwarded-For", client)
}

/// The keys of as many secrets as the client may hold.
async fn fill(server: &TestServer, client: &str) -> Vec<(String, String)> {
    let mut keys = Vec::new();
    loop {
        let answer = server.send(&share(client)).await;
        if answer.status != 200 {
            return keys;
        }
        keys.push(answer.keys());
    }
}

fn assert_for_client(answer: &Answer) {
    assert_eq!((answer.status, answer.header("Retry-After")), (429, Some("60")), "{answer:?}");
}

#[tokio::test]
async fn a_client_holds_so_much_and_gets_it_back() {
    let server = server(10_000, 1_000_000).await;
    let held = fill(&server, "192.0.2.1").await;
    assert!((5..10).contains(&held.len()), "{}", held.len());
    assert_for_client(&server.send(&share("192.0.2.1")).await);
    assert_eq!(server.send(&share("192.0.2.2")).await.status, 200);
    // Read, burned, expired: each makes room for one.
    assert_eq!(server.reveal(&held[0].0, "").await.status, 200);
    assert_eq!(fill(&server, "192.0.2.1").await.len(), 1);
    assert_eq!(server.send(&post(&format!("/api/v1/private/{}/burn", held[1].1))).await.status, 200);
    assert_eq!(fill(&server, "192.0.2.1").await.len(), 1);
    server.pass(601).await;
    assert_eq!(fill(&server, "192.0.2.1").await.len(), held.len());
}

#[tokio::test]
async fn all_clients_together_hold_so_much() {
    let server = server(1_000_000, 10_000).await;
    let who = server.account("a@example.com", "standard").await;
    let mut made = 0;
    let refused = loop {
        let answer = server.send(&share(&format!("192.0.2.{made}"))).await;
        if answer.status != 200 {
            break answer;
        }
        made += 1;
    };
    assert!((5..10).contains(&made), "{made}");
    assert_eq!((refused.status, refused.message().as_str()), (503, "Could not store your secret"));
    assert!(refused.header("Retry-After").is_some());
    // An account is not held up by it.
    let account = post("/api/v1/share").form(&[("secret", &"x".repeat(100_000))]).basic(&who);
    assert_eq!(server.send(&account).await.status, 200);
    server.pass(601).await;
    assert_eq!(server.send(&share("192.0.2.1")).await.status, 200);
}

#[tokio::test]
async fn what_was_refused_is_not_held() {
    let server = server(3_000, 1_000_000).await;
    for _ in 0..20 {
        let request = post("/api/v1/share")
            .form(&[("secret", &"x".repeat(5_000))])
            .header("X-Forwarded-For", "192.0.2.1");
        assert_for_client(&server.send(&request).await);
    }
    assert_eq!(fill(&server, "192.0.2.1").await.len(), 2);
}

#[tokio::test]
async fn a_full_disk_takes_no_secrets_and_gives_out_all() {
    let server = TestServer::configured(|config| config.limits.min_free_disk = Size(u64::MAX / 2)).await;
    let refused = server.send(&post("/api/v1/share").form(&[("secret", "x")])).await;
    assert_eq!((refused.status, refused.message().as_str()), (503, "Could not store your secret"));
    assert_eq!(server.reveal("abcdefghijklmnopqrstuvwxyz12345", "").await.status, 404);
    let ready = server.send(&crate::support::get("/readyz")).await;
    assert!(ready.status == 200 && ready.text().contains("disk"), "{ready:?}");
}

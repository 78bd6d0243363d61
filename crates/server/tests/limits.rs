//! Calls per time: whose they are, and who is told to wait.

use crate::support::{Answer, Connection, Credentials, Request, TestServer, get, post};
use burnbag_server::config::{Config, Networks};
use serde_json::json;
use std::net::IpAddr;

/// A server with a throttle, and 127.0.0.1 for a proxy of the operator's.
async fn throttled(rate: &str) -> TestServer {
    TestServer::configured(|config| {
        config.throttle = rate.parse().expect("a rate");
        config.trusted_proxies = proxies(&["127.0.0.1", "10.0.0.0/8"]);
    })
    .await
}

fn proxies(networks: &[&str]) -> Networks {
    serde_json::from_value(json!(networks)).expect("networks")
}

fn status_from(client: &str) -> Request {
    get("/api/v1/status").header("X-Forwarded-For", client)
}

/// How many of `most` calls are let through before the first is refused.
async fn allowance(server: &TestServer, request: &Request, most: usize) -> usize {
    let mut connection = server.connect().await;
    for count in 0..most {
        if connection.exchange(request).await.status == 429 {
            return count;
        }
    }
    most
}

fn assert_must_wait(answer: &Answer) {
    answer.assert_sound();
    assert_eq!(answer.status, 429);
    assert_eq!(answer.text(), r#"{"message":"Rate limit exceeded. Please try again later."}"#);
    let wait: i64 = answer.header("Retry-After").expect("Retry-After").parse().expect("seconds");
    assert!((1..=60).contains(&wait), "{answer:?}");
}

#[tokio::test]
async fn a_hundred_calls_in_sixty_seconds_by_default() {
    let server = TestServer::configured(|config| config.throttle = Config::default().throttle).await;
    let (secret, receipt) = server.share("hello", "").await;
    assert_eq!(allowance(&server, &get("/api/v1/status"), 200).await, 99);
    // Nothing is touched by a call that must wait.
    assert_must_wait(&server.reveal(&secret, "").await);
    assert_must_wait(&server.send(&post("/api/v1/share").form(&[("secret", "x")])).await);
    assert_must_wait(&server.send(&get("/api/v1/private/recent")).await);
    // Health is no call.
    assert_eq!(server.send(&get("/healthz")).await.status, 200);
    server.clock.advance(60);
    assert_eq!(server.receipt(&receipt).await["state"], "new");
    assert_eq!(server.reveal(&secret, "").await.json()["value"], "hello");
}

#[tokio::test]
async fn who_waits_as_told_gets_through() {
    let server = throttled("10/60s").await;
    assert_eq!(allowance(&server, &status_from("192.0.2.1"), 50).await, 10);
    let refused = server.send(&status_from("192.0.2.1")).await;
    let wait: i64 = refused.header("Retry-After").expect("Retry-After").parse().expect("seconds");
    server.clock.advance(wait);
    assert_eq!(server.send(&status_from("192.0.2.1")).await.status, 200);
}

#[tokio::test]
async fn an_account_and_its_address_are_two_callers() {
    let server = throttled("10/60s").await;
    let (one, two) = (
        server.account("a@example.com", "standard").await,
        server.account("b@example.com", "standard").await,
    );
    let call = |who: &Credentials, from: &str| status_from(from).basic(who);
    assert_eq!(allowance(&server, &call(&one, "192.0.2.1"), 50).await, 10);
    // The same account from elsewhere has no calls left; another account, and nobody, from the same address do.
    assert_must_wait(&server.send(&call(&one, "192.0.2.2")).await);
    assert_eq!(allowance(&server, &call(&two, "192.0.2.1"), 50).await, 10);
    assert_eq!(allowance(&server, &status_from("192.0.2.1"), 50).await, 10);
}

#[tokio::test]
async fn wrong_credentials_count_for_the_address() {
    let server = throttled("10/60s").await;
    let who = server.account("a@example.com", "standard").await;
    let guess = status_from("192.0.2.1").basic(&Credentials { api_key: "0".repeat(40), ..who.clone() });
    assert_eq!(allowance(&server, &guess, 50).await, 10);
    assert_must_wait(&server.send(&status_from("192.0.2.1")).await);
    // Its owner is not locked out, from the same address neither.
    assert_eq!(server.send(&status_from("192.0.2.1").basic(&who)).await.status, 200);
}

#[tokio::test]
async fn ipv6_counts_by_network_and_by_site() {
    let server = throttled("10/60s").await;
    let mut passed = 0;
    for host in 0..20 {
        passed += allowance(&server, &status_from(&format!("2001:db8:0:1::{host:x}")), 1).await;
    }
    assert_eq!(passed, 10, "one network of 64 bits");
    for network in 2..20 {
        passed += allowance(&server, &status_from(&format!("2001:db8:0:{network:x}::1")), 10).await;
    }
    assert_eq!(passed, 40, "one site of 48 bits has four times as much");
    assert_eq!(server.send(&status_from("2001:db8:1::1")).await.status, 200);
    assert_eq!(allowance(&server, &status_from("::ffff:192.0.2.1"), 50).await, 10);
    assert_must_wait(&server.send(&status_from("192.0.2.1")).await);
}

#[tokio::test]
async fn only_named_proxies_are_believed() {
    let server = TestServer::configured(|config| config.throttle = "10/60s".parse().expect("a rate")).await;
    let mut passed = 0;
    for client in 0..30 {
        passed += allowance(&server, &status_from(&format!("192.0.2.{client}")), 1).await;
    }
    assert_eq!(passed, 10, "the socket's address counts");
    let ready = server.send(&get("/readyz")).await;
    assert!(ready.text().contains("trusted_proxies"), "{ready:?}");
    // Another address of this machine is another caller.
    let elsewhere: IpAddr = "127.0.0.2".parse().unwrap();
    let answer =
        Connection::open_from(elsewhere, server.address).await.exchange(&get("/api/v1/status")).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn what_stands_left_of_the_last_foreign_hop_is_a_claim() {
    let server = throttled("10/60s").await;
    let mut passed = 0;
    for forged in 0..30 {
        let chain = format!("198.51.100.{forged}, 192.0.2.1, 10.0.0.7");
        passed += allowance(&server, &status_from(&chain), 1).await;
    }
    assert_eq!(passed, 10);
    assert_must_wait(&server.send(&status_from("192.0.2.1")).await);
    // Over several lines, and with something that is no address.
    let lines =
        get("/api/v1/status").header("X-Forwarded-For", "203.0.113.9").header("X-Forwarded-For", "192.0.2.1");
    assert_must_wait(&server.send(&lines).await);
    assert_eq!(server.send(&status_from("203.0.113.9, 198.51.100.1")).await.status, 200);
}

#[tokio::test]
async fn the_standard_header_works_too() {
    let server = throttled("10/60s").await;
    let from = |value: &str| get("/api/v1/status").header("Forwarded", value);
    let forms = [
        "for=192.0.2.1",
        "For=\"192.0.2.1:4711\";proto=https",
        "for=unknown, for=192.0.2.1;by=10.0.0.1",
        "for=203.0.113.5,for=192.0.2.1",
    ];
    let mut passed = 0;
    for count in 0..20 {
        passed += allowance(&server, &from(forms[count % forms.len()]), 1).await;
    }
    assert_eq!(passed, 10);
    assert_eq!(server.send(&from("for=\"[2001:db8::1]:80\"")).await.status, 200);
    // Where both stand the other one alone counts: it is the one that proxies set.
    let both = from("for=198.51.100.9").header("X-Forwarded-For", "192.0.2.1");
    assert_must_wait(&server.send(&both).await);
    // The scheme that the proxy names stands in links.
    let made =
        post("/api/v1/share").form(&[("secret", "x")]).header("Forwarded", "for=198.51.100.77;proto=https");
    let link = server.send(&made).await.json()["share_url"].as_str().unwrap().to_owned();
    assert!(link.starts_with("https://"), "{link}");
}

/// A chain of proxies only, or one that cannot be read, still counts for somebody.
#[tokio::test]
async fn chains_that_name_nobody() {
    let server = throttled("10/60s").await;
    for chain in ["", ",", "unknown", "10.0.0.1, 10.0.0.2", "\u{fc}", "999.1.1.1", "192.0.2.1:x"] {
        assert!(server.send(&status_from(chain)).await.status < 500, "{chain}");
    }
    let mut passed = 0;
    for count in 0..30 {
        passed += allowance(&server, &status_from(&format!("unknown{count}")), 1).await;
    }
    assert!(passed <= 10, "{passed}");
}

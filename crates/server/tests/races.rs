//! One reader, whatever happens at the same time.

use crate::support::server::reveal;
use crate::support::{Answer, Connection, Request, TestServer, post};
use serde_json::json;

/// Sends every request on a connection of its own, all of them connected before the first byte is sent.
async fn all_at_once(server: &TestServer, requests: Vec<Request>) -> Vec<Answer> {
    let mut connections = Vec::new();
    for _ in &requests {
        connections.push(server.connect().await);
    }
    let exchange =
        |(mut connection, request): (Connection, Request)| async move { connection.exchange(&request).await };
    let tasks: Vec<_> =
        connections.into_iter().zip(requests).map(|pair| tokio::spawn(exchange(pair))).collect();
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.expect("an answer"));
    }
    answers
}

fn values(answers: &[Answer]) -> Vec<serde_json::Value> {
    for answer in answers {
        answer.assert_sound();
    }
    answers
        .iter()
        .filter(|answer| answer.status == 200)
        .map(|answer| answer.json()["value"].clone())
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_of_64_readers() {
    let server = TestServer::start().await;
    for round in 0..5 {
        let (secret, receipt) = server.share("hello", "").await;
        let answers = all_at_once(&server, vec![reveal(&secret, ""); 64]).await;
        assert_eq!(values(&answers), [json!("hello")], "round {round}");
        assert!(answers.iter().all(|answer| answer.status == 200 || answer.message() == "Unknown secret"));
        assert_eq!(server.receipt(&receipt).await["state"], "received");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_of_64_readers_with_a_passphrase() {
    let server = TestServer::start().await;
    let (secret, receipt) = server.share("hello", "phrase").await;
    let answers = all_at_once(&server, vec![reveal(&secret, "phrase"); 64]).await;
    assert_eq!(values(&answers), [json!("hello")]);
    assert_eq!(server.receipt(&receipt).await["state"], "received");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn reading_against_burning() {
    let server = TestServer::start().await;
    for _ in 0..10 {
        let (secret, receipt) = server.share("hello", "").await;
        let burn = post(&format!("/api/v1/private/{receipt}/burn"));
        let requests = (0..16).map(|n| if n % 2 == 0 { burn.clone() } else { reveal(&secret, "") }).collect();
        let answers = all_at_once(&server, requests).await;
        let won: Vec<_> = answers.iter().filter(|answer| answer.status == 200).collect();
        assert_eq!(won.len(), 1, "{answers:?}");
        let state = if won[0].json().get("value").is_some() { "received" } else { "burned" };
        assert_eq!(server.receipt(&receipt).await["state"], state);
    }
}

/// A reader that leaves may have read. What the receipt says and what the next reader gets agree all the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn leaving_right_after_asking() {
    let server = TestServer::start().await;
    for passphrase in ["", "phrase"] {
        for _ in 0..8 {
            let (secret, receipt) = server.share("hello", passphrase).await;
            let mut connection = server.connect().await;
            connection.send(&reveal(&secret, passphrase)).await;
            drop(connection);
            let before = server.receipt(&receipt).await;
            let again = server.reveal(&secret, passphrase).await;
            let after = server.receipt(&receipt).await;
            assert_eq!(after["state"], "received");
            // What was received once stays so.
            assert!(before["state"] == "new" || again.status == 404, "{before} {again:?}");
        }
    }
}

/// Many makers and readers at once, each pair on its own.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn secrets_do_not_get_mixed_up() {
    let server = TestServer::start().await;
    let texts: Vec<String> = (0..64).map(|number| format!("text number {number}")).collect();
    let made: Vec<Request> =
        texts.iter().map(|text| post("/api/v1/share").form(&[("secret", text)])).collect();
    let made = all_at_once(&server, made).await;
    let reading = made.iter().map(|answer| reveal(&answer.keys().0, "")).collect();
    let read = all_at_once(&server, reading).await;
    for (text, answer) in texts.iter().zip(read) {
        assert_eq!(answer.json()["value"], text.as_str());
    }
}

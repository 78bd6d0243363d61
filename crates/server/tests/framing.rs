//! What goes wrong below HTTP's meaning: lengths, versions, sizes, halves of requests. Such a connection gets a
//! refusal or is closed, and no other one notices.

use crate::support::server::reveal;
use crate::support::{Answer, Connection, TestServer, get, post};
use std::time::Duration;
use tokio::time::timeout;

/// Sends bytes, and what comes back: an answer, or the end.
async fn raw(server: &TestServer, bytes: &[u8]) -> (Connection, Option<Answer>) {
    let mut connection = server.connect().await;
    // The server may refuse before everything is sent.
    let _ = connection.write(bytes).await;
    let answer = connection.answer("POST").await;
    (connection, answer)
}

async fn assert_status(server: &TestServer, bytes: &[u8], status: u16) {
    let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(120)]).into_owned();
    let (_, answer) = raw(server, bytes).await;
    assert_eq!(answer.expect("an answer").status, status, "{shown:?}");
    server.assert_serves().await;
}

#[tokio::test]
async fn lengths_that_contradict_each_other() {
    let server = TestServer::start().await;
    let request =
        |headers: &str| format!("POST /api/v1/share HTTP/1.1\r\nHost: a\r\n{headers}\r\n\r\nsecret=x");
    for headers in [
        "Content-Length: 8\r\nContent-Length: 9",
        "Content-Length: -1",
        "Content-Length: x",
        "Content-Length: 99999999999999999999999",
        "Content-Length: 8, 9",
        "Transfer-Encoding: gzip",
        "Transfer-Encoding: chunked, gzip",
    ] {
        assert_status(&server, request(headers).as_bytes(), 400).await;
    }
    // The framing that a proxy might read otherwise: never two requests.
    let smuggled =
        b"POST /api/v1/share HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n\
        0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";
    let (mut connection, first) = raw(&server, smuggled).await;
    first.expect("an answer").assert_client_error("both lengths");
    assert!(connection.is_closed().await);
}

#[tokio::test]
async fn no_length_means_no_body() {
    let server = TestServer::start().await;
    let (_, answer) = raw(&server, b"POST /api/v1/share HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!(answer.expect("an answer").message(), "You did not provide anything to share");
    let by_query = b"POST /api/v1/share?secret=x HTTP/1.1\r\nHost: a\r\n\r\n";
    assert_status(&server, by_query, 200).await;
    // What follows is read as the next request, which it is not.
    let (mut connection, first) =
        raw(&server, b"POST /api/v1/share HTTP/1.1\r\nHost: a\r\n\r\nsecret=x\r\n\r\n").await;
    assert_eq!(first.expect("an answer").status, 404);
    assert!(connection.answer("POST").await.is_none_or(|second| second.status == 400));
}

#[tokio::test]
async fn broken_chunks() {
    let server = TestServer::start().await;
    let request = |body: &str| {
        format!("POST /api/v1/share HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n{body}")
    };
    assert_status(&server, request("8\r\nsecret=x\r\n0\r\n\r\n").as_bytes(), 200).await;
    assert_status(
        &server,
        request("3;ext=1\r\nsec\r\n5\r\nret=x\r\n0\r\nTrailer: x\r\n\r\n").as_bytes(),
        200,
    )
    .await;
    for body in
        ["z\r\nsecret=x\r\n0\r\n\r\n", "-1\r\n\r\n", "fffffffffffffffff\r\nx", "8\r\nsecret=xNO\r\n0\r\n\r\n"]
    {
        assert_status(&server, request(body).as_bytes(), 400).await;
    }
    // The body breaks off.
    let mut connection = server.connect().await;
    connection.write(request("8\r\nsecr").as_bytes()).await.unwrap();
    connection.finish_sending().await;
    assert!(connection.answer("POST").await.is_none_or(|answer| answer.status == 400));
    let mut connection = server.connect().await;
    connection
        .write(b"POST /api/v1/share HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\nsecret=x")
        .await
        .unwrap();
    connection.finish_sending().await;
    assert!(connection.answer("POST").await.is_none_or(|answer| answer.status == 400));
    server.assert_serves().await;
}

#[tokio::test]
async fn versions() {
    let server = TestServer::start().await;
    assert_status(&server, b"GET /api/v1/status HTTP/1.0\r\n\r\n", 200).await;
    let old = b"POST /api/v1/share HTTP/1.0\r\nContent-Length: 8\r\n\r\nsecret=x";
    let (mut connection, answer) = raw(&server, old).await;
    let link = answer.expect("an answer").json()["share_url"].as_str().unwrap().to_owned();
    assert!(link.starts_with(&format!("http://{}/secret/", server.address)), "{link}");
    assert!(connection.is_closed().await);
    for version in ["HTTP/0.9", "HTTP/1.2", "HTTP/9.9", "HTTPS/1.1", "", "x"] {
        let (_, answer) = raw(&server, format!("GET / {version}\r\nHost: a\r\n\r\n").as_bytes()).await;
        if let Some(answer) = answer {
            answer.assert_client_error(version);
        }
    }
    let (mut connection, _) = raw(&server, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").await;
    assert!(connection.is_closed().await);
    server.assert_serves().await;
}

/// HTTP/1.1 asks every request for one `Host` (RFC 9112 §3.2).
#[tokio::test]
async fn a_missing_host() {
    let server = TestServer::start().await;
    assert_status(&server, b"GET /api/v1/status HTTP/1.1\r\n\r\n", 400).await;
    assert_status(&server, b"POST /api/v1/share?secret=x HTTP/1.1\r\nContent-Length: 0\r\n\r\n", 400).await;
}

#[tokio::test]
async fn targets_up_to_64_kib() {
    let server = TestServer::start().await;
    let target = |length: usize| format!("/api/v1/share?secret=x&pad={}", "a".repeat(length - 27));
    for (length, status) in [(60 * 1024, 200), (65_534, 200), (65_536, 414), (70 * 1024, 414)] {
        let request = format!("POST {} HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", target(length));
        assert_status(&server, request.as_bytes(), status).await;
    }
}

#[tokio::test]
async fn heads_that_are_too_large() {
    let server = TestServer::start().await;
    let many = "X-Header: x\r\n".repeat(200);
    assert_status(&server, format!("GET / HTTP/1.1\r\nHost: a\r\n{many}\r\n").as_bytes(), 431).await;
    let long = "x".repeat(2_000_000);
    assert_status(&server, format!("GET / HTTP/1.1\r\nHost: a\r\nX: {long}\r\n\r\n").as_bytes(), 431).await;
}

#[tokio::test]
async fn bytes_that_belong_nowhere() {
    let server = TestServer::start().await;
    for bytes in [
        &b"GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n"[..],
        b"GET / HTTP/1.1\r\nHost: a\0b\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX\0: b\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\n folded: b\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost : a\r\n\r\n",
        b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
        b"GET  /  HTTP/1.1\r\nHost: a\r\n\r\n",
        b"\0\0\0\0\0\0\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 a TLS hello\r\n\r\n",
        b"GET /api/v1/\xff\xfe HTTP/1.1\r\nHost: a\r\n\r\n",
    ] {
        let (_, answer) = raw(&server, bytes).await;
        if let Some(answer) = answer {
            answer.assert_client_error(&String::from_utf8_lossy(bytes));
        }
        server.assert_serves().await;
    }
    // A header's value may hold bytes beyond ASCII; nothing here minds.
    assert_status(&server, b"GET /api/v1/status HTTP/1.1\r\nHost: a\r\nX: \xff\r\n\r\n", 200).await;
    assert_status(&server, b"GET /api/v1/status HTTP/1.1\r\nHost: a\r\nAuthorization: \xff\r\n\r\n", 404)
        .await;
    assert_status(
        &server,
        b"POST /api/v1/share HTTP/1.1\r\nHost: a\r\nOrigin: \xff\r\nContent-Length: 0\r\n\r\n",
        403,
    )
    .await;
}

#[tokio::test]
async fn slow_clients_stand_in_nobodys_way() {
    let server = TestServer::start().await;
    let mut slow = Vec::new();
    for start in
        ["", "POST /api/v1/sh", "POST /api/v1/share HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\nsecr"]
    {
        for _ in 0..50 {
            let mut connection = server.connect().await;
            connection.write(start.as_bytes()).await.unwrap();
            slow.push(connection);
        }
    }
    timeout(Duration::from_secs(20), server.assert_serves()).await.expect("slow clients block others");
    // One of them makes up its mind.
    slow[50].write(b"are HTTP/1.1\r\nHost: a\r\nContent-Length: 8\r\n\r\nsecret=x").await.unwrap();
    assert_eq!(slow[50].answer("POST").await.expect("an answer").status, 200);
}

#[tokio::test]
async fn a_client_that_closed_its_side_gets_its_answer() {
    let server = TestServer::start().await;
    let (secret, _) = server.share("hello", "phrase").await;
    let mut connection = server.connect().await;
    connection.send(&reveal(&secret, "phrase")).await;
    connection.finish_sending().await;
    assert_eq!(connection.answer("POST").await.expect("an answer").json()["value"], "hello");
    assert!(connection.is_closed().await);
}

#[tokio::test]
async fn requests_sent_in_one_go_are_answered_in_order() {
    let server = TestServer::start().await;
    let host = server.address.to_string();
    let bytes: Vec<u8> = (0..10)
        .flat_map(|number| {
            post("/api/v1/generate").form(&[("ttl", &format!("{}", 100 + number))]).bytes(&host)
        })
        .chain(get("/api/v1/status").bytes(&host))
        .collect();
    let mut connection = server.connect().await;
    connection.write(&bytes).await.unwrap();
    for number in 0..10 {
        assert_eq!(connection.answer("POST").await.expect("an answer").json()["ttl"], 100 + number);
    }
    assert_eq!(connection.answer("GET").await.expect("an answer").json()["status"], "nominal");
}

#[tokio::test]
async fn clients_that_leave_early() {
    let server = TestServer::start().await;
    let whole = post("/api/v1/share").form(&[("secret", "x")]).bytes("a");
    for length in (0..whole.len()).step_by(7).chain([whole.len()]) {
        let mut connection = server.connect().await;
        connection.write(&whole[..length]).await.unwrap();
    }
    server.assert_serves().await;
}

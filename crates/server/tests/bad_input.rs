//! Requests that no client should send: each gets a clear refusal, and nobody else notices.

use crate::support::{Answer, Request, TestServer, get, post};

const MEGABYTE: usize = 1_000_000;

/// Sends each request and expects a refusal with this status.
async fn assert_refused(server: &TestServer, status: u16, requests: impl IntoIterator<Item = Request>) {
    for request in requests {
        let answer = server.send(&request).await;
        answer.assert_sound();
        let shown = String::from_utf8_lossy(&request.body).chars().take(60).collect::<String>();
        assert_eq!(answer.status, status, "{:?} {shown:?}: {answer:?}", request.headers);
        assert!(!answer.message().is_empty() || answer.text().contains("error"), "{answer:?}");
    }
    server.assert_serves().await;
}

/// A body in chunks of 64 kB.
fn chunked(mut request: Request) -> Request {
    let mut body = Vec::new();
    for chunk in request.body.chunks(65_536) {
        body.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
        body.extend_from_slice(chunk);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"0\r\n\r\n");
    request.body = body;
    request.header("Transfer-Encoding", "chunked")
}

#[tokio::test]
async fn bodies_that_are_too_large() {
    let server = TestServer::start().await;
    for size in [MEGABYTE, 25 * MEGABYTE] {
        let body = [b"secret=".as_slice(), &vec![b'x'; size]].concat();
        let request = post("/api/v1/share").body(body);
        for request in [request.clone(), chunked(request)] {
            let answer = server.send(&request).await;
            answer.assert_sound();
            assert_eq!(answer.status, 404);
            assert_eq!(answer.header("X-OTS-Intended-Status"), Some("400"));
            assert_eq!(answer.message(), "Secret value exceeds the maximum size of 10000 bytes");
        }
    }
    server.assert_serves().await;
}

/// Credentials come first: who has none that are right uploads nothing.
#[tokio::test]
async fn a_large_body_does_not_help_wrong_credentials() {
    let server = TestServer::start().await;
    let request = post("/api/v1/share").header("Authorization", "Basic eDp5").body(vec![b'x'; MEGABYTE]);
    let mut connection = server.connect().await;
    // The server may close before everything is sent.
    let _ = connection.write(&request.bytes("localhost")).await;
    if let Some(answer) = connection.answer("POST").await {
        assert_eq!((answer.status, answer.message().as_str()), (404, "Not authorized"));
    }
    server.assert_serves().await;
}

/// JSON whose values would take many times the memory of their text is refused before any is built.
#[tokio::test]
async fn json_that_grows_when_it_is_read() {
    let server = TestServer::start().await;
    let numbers = format!("{{\"secret\":\"x\",\"other\":[{}0]}}", "0,".repeat(50_000));
    let answer = server.send(&post("/api/v1/share").json(&numbers)).await;
    assert_eq!((answer.status, answer.message().as_str()), (400, "Bad Request"));
    let large = format!("[{}0]", "0,".repeat(10 * MEGABYTE));
    let answer = server.send(&post("/api/v1/share").json(&large)).await;
    answer.assert_client_error("ten million numbers");
    server.assert_serves().await;
}

#[tokio::test]
async fn malformed_json() {
    let server = TestServer::start().await;
    let deep = "[".repeat(10_000);
    let deep_but_whole = format!("{{\"a\":{}{}}}", "[".repeat(60), "]".repeat(60));
    let bodies = [
        "{",
        "}",
        "{\"secret\":}",
        "{\"secret\":\"x\"",
        "{'secret':'x'}",
        "{\"secret\":\"x\"} trailing",
        "nul",
        "{\"secret\":\"\\ud800\"}",
        "{\"secret\":\"\\x\"}",
        "{\"secret\":\"\n\"}",
        &deep,
        &deep_but_whole,
    ];
    assert_refused(&server, 400, bodies.map(|body| post("/api/v1/share").json(body))).await;
    let invalid_utf8 = post("/api/v1/share").json("").body(b"{\"secret\":\"\xff\"}".as_slice());
    assert_refused(&server, 400, [invalid_utf8]).await;
    let shapes = [
        "{\"secret\":[]}",
        "{\"secret\":[\"a\"]}",
        "{\"ttl\":{}}",
        "{\"secret\":{\"secret\":{}}}",
        "{\"secret\":\"x\",\"passphrase\":[\"a\"]}",
    ];
    for body in shapes {
        let answer = server.send(&post("/api/v1/share").json(body)).await;
        assert_eq!((answer.status, answer.message().as_str()), (404, "Incorrect payload format"), "{body}");
    }
}

#[tokio::test]
async fn broken_escapes_and_forms() {
    let server = TestServer::start().await;
    let queries = ["%", "%z", "%zz", "a=%4", "a=%%41", "secret=x&b=%", "%u0041=x"];
    assert_refused(&server, 400, queries.map(|query| post(&format!("/api/v1/share?{query}")))).await;
    assert_refused(&server, 400, queries.map(|query| get(&format!("/api/v1/status?{query}")))).await;
    assert_refused(&server, 400, queries.map(|body| post("/api/v1/share").body(body))).await;
    let many = "a=b&".repeat(200);
    assert_refused(&server, 400, [post("/api/v1/share").body(many.as_str())]).await;
    let object = (0..200).map(|number| format!("\"k{number}\":1")).collect::<Vec<_>>().join(",");
    assert_refused(&server, 400, [post("/api/v1/share").json(&format!("{{{object}}}"))]).await;
}

#[tokio::test]
async fn broken_multipart() {
    let server = TestServer::start().await;
    let part = |name: &str| format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\nx\r\n");
    let many = format!("{}--b--\r\n", part("a").repeat(40));
    let bodies = [
        "x",
        "--b",
        "--b\r\n",
        "--b--x",
        "--b\r\n\r\nx",
        &part("secret"),
        &many,
        "--c\r\n\r\nx\r\n--c--",
        "--b\r\nContent-Disposition: form-data\r\n\r\nx",
    ];
    let request = |body: &str| {
        post("/api/v1/share").header("Content-Type", "multipart/form-data; boundary=b").body(body)
    };
    for body in bodies {
        server.send(&request(body)).await.assert_client_error(body);
    }
    for kind in [
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"",
        "multipart/form-data;;",
    ] {
        let answer =
            server.send(&post("/api/v1/share").header("Content-Type", kind).body(part("secret"))).await;
        answer.assert_client_error(kind);
    }
    server.assert_serves().await;
}

#[tokio::test]
async fn doubled_and_odd_headers() {
    let server = TestServer::start().await;
    let twice = |name: &str, one: &str, two: &str| {
        post("/api/v1/share").header(name, one).header(name, two).body("secret=x")
    };
    let requests = [
        twice("Host", "a.example", "b.example"),
        twice("Host", "a.example", "a.example"),
        twice("Authorization", "Basic eDp5", "Basic eDp5"),
        twice("Idempotency-Key", &"a".repeat(40), &"b".repeat(40)),
        post("/api/v1/share").header("Host", "a/b").body("secret=x"),
        post("/api/v1/share").header("Host", "a\"b").body("secret=x"),
        post("/api/v1/share").header("Host", "").body("secret=x"),
    ];
    assert_refused(&server, 400, requests).await;
    let encoded = ["gzip", "br", "deflate", "identity, gzip", "x"];
    let encoded = encoded.map(|name| post("/api/v1/share").header("Content-Encoding", name).body("secret=x"));
    assert_refused(&server, 415, encoded).await;
    for kind in [
        "",
        ";",
        "application/json;;;",
        "text/html, x",
        "\u{fc}",
        "application/x-www-form-urlencoded; charset=utf-16",
    ] {
        let request = post("/api/v1/share").header("Content-Type", kind).body("secret=x");
        let answer = server.send(&request).await;
        assert!(answer.status < 500, "{kind}: {answer:?}");
    }
    let cookie = post("/api/v1/share").header("Cookie", "sess=x").body("secret=x");
    assert_eq!(server.send(&cookie).await.status, 200);
}

#[tokio::test]
async fn requests_from_pages_of_other_sites() {
    let server = TestServer::start().await;
    let (secret, receipt) = server.share("x", "").await;
    let paths = [
        "/api/v1/share".to_owned(),
        "/api/v1/generate".to_owned(),
        format!("/api/v1/secret/{secret}"),
        format!("/api/v1/private/{receipt}"),
        format!("/api/v1/private/{receipt}/burn"),
        "/elsewhere".to_owned(),
    ];
    let foreign = paths.map(|path| post(&path).header("Origin", "https://evil.example").body("secret=x"));
    assert_refused(&server, 403, foreign).await;
    assert_eq!(server.receipt(&receipt).await["state"], "new");
    for own in [format!("http://{}", server.address), "null".to_owned(), "moz-extension://abc".to_owned()] {
        let answer = server.send(&post("/api/v1/share").header("Origin", &own).body("secret=x")).await;
        assert_eq!(answer.status, 200, "{own}");
    }
    let reading = get("/api/v1/status").header("Origin", "https://evil.example");
    assert_eq!(server.send(&reading).await.status, 200);
}

#[tokio::test]
async fn keys_of_any_form_are_unknown_secrets() {
    let server = TestServer::start().await;
    let long = "a".repeat(20_000);
    let keys = [
        ("abc", "abc"),
        ("%61bc", "abc"),
        ("a%20b", "a b"),
        ("a%2Fb", "a/b"),
        ("%00", "\0"),
        ("..%2f", "../"),
        ("%C3%BC", "ü"),
        ("%FF", "\u{fffd}"),
        ("%22%5C", "\"\\"),
        ("%zz", "%zz"),
        ("%", "%"),
        (".", "."),
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZ12345", "ABCDEFGHIJKLMNOPQRSTUVWXYZ12345"),
        ("recent'--", "recent'--"),
        ("abcdefghijklmnopqrstuvwxyz12345", "abcdefghijklmnopqrstuvwxyz12345"),
        (&long, &long),
        ("{key}", "{key}"),
    ];
    for (path, shown) in keys {
        for request in [
            post(&format!("/api/v1/secret/{path}")),
            get(&format!("/api/v1/private/{path}")),
            post(&format!("/api/v1/private/{path}/burn")),
            post(&format!("/api/v1/receipt/{path}/unlock")),
        ] {
            let answer = server.send(&request).await;
            answer.assert_sound();
            assert_eq!(answer.status, 404, "{}: {answer:?}", request.target);
            assert_eq!(answer.json()["secret_key"], shown, "{}: {answer:?}", request.target);
            assert_eq!(answer.message(), "Unknown secret");
        }
    }
    server.assert_serves().await;
}

#[tokio::test]
async fn methods_that_no_route_has() {
    let server = TestServer::start().await;
    for method in ["TRACE", "OPTIONS", "PROPFIND", "get", "LONGMETHODNAMETHATNOBODYKNOWS", "M-SEARCH"] {
        for target in ["/api/v1/share", "/api/v1/status", "/", "*"] {
            let answer = server.send(&Request::new(method, target)).await;
            answer.assert_client_error(method);
        }
    }
    let connect: Answer = server.send(&Request::new("CONNECT", "example.com:443")).await;
    connect.assert_client_error("CONNECT");
    server.assert_serves().await;
}

//! Sealed on a device: the server gets an envelope and a proof, gives the envelope to who proves, and learns nothing.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use crate::support::server::reveal;
use crate::support::{Answer, Request, TestServer, get, post};
use burnbag_core::content::{Content, File};
use burnbag_core::envelope::Envelope;
use burnbag_core::fragment::Fragment;
use burnbag_core::opener::Passphrase;
use burnbag_core::sensitive::SensitiveText;
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::{Value, json};

/// What a device made: the link's fragment, and what goes to the server.
pub(crate) struct Device {
    fragment: Fragment,
    pub(crate) proof: String,
    pub(crate) envelope: String,
}

impl Device {
    pub(crate) fn seal(content: &Content, passphrase: Option<&str>, seed: u64) -> Self {
        let rng = &mut StdRng::seed_from_u64(seed);
        let fragment = Fragment::make(passphrase.is_some(), rng);
        let passphrase = passphrase.and_then(|text| Passphrase::new(text.to_owned().into()));
        let keys = fragment.derive_keys(passphrase.as_ref()).unwrap();
        let envelope = Envelope::seal(&content.encode().unwrap(), &keys, rng).to_text();
        Self { fragment, proof: keys.proof.expose().to_string(), envelope }
    }

    fn text(text: &str, seed: u64) -> Self {
        Self::seal(&Content::Text(text.to_owned().into()), None, seed)
    }

    /// What a reader's device makes of the answer to a reveal.
    fn open(&self, answer: &Answer, passphrase: Option<&str>) -> Content {
        assert_eq!((answer.status, &answer.json()["sealed"]), (200, &json!("device")), "{answer:?}");
        let passphrase = passphrase.and_then(|text| Passphrase::new(text.to_owned().into()));
        let keys = self.fragment.derive_keys(passphrase.as_ref()).unwrap();
        let envelope = Envelope::parse(answer.json()["value"].as_str().unwrap()).unwrap();
        Content::decode(envelope.open(&keys).unwrap().expose()).unwrap()
    }

    pub(crate) fn share(&self, more: &[(&str, &str)]) -> Request {
        let fields = [&[("secret", self.envelope.as_str()), ("proof", self.proof.as_str())], more].concat();
        post("/api/v1/share").form(&fields)
    }
}

pub(crate) fn prove(key: &str, proof: &str) -> Request {
    post(&format!("/api/v1/secret/{key}")).form(&[("proof", proof)])
}

fn status(key: &str) -> Request {
    get(&format!("/api/v1/secret/{key}/status"))
}

fn text_of(content: &Content) -> &SensitiveText {
    match content {
        Content::Text(text) => text,
        Content::Files(_) => unreachable!("a text was sealed"),
    }
}

#[tokio::test]
async fn who_proves_gets_the_envelope_once() {
    let server = TestServer::start().await;
    let device = Device::text("hello", 1);
    let made = server.send(&device.share(&[("ttl", "600")])).await;
    let (secret, receipt) = made.keys();
    assert_eq!(
        (&made.json()["sealed"], &made.json()["passphrase_required"]),
        (&json!("device"), &json!(false))
    );
    let answer = server.send(&prove(&secret, &device.proof)).await;
    assert_eq!(text_of(&device.open(&answer, None)).expose(), "hello");
    assert_eq!(server.send(&prove(&secret, &device.proof)).await.message(), "Unknown secret");
    let receipt = server.receipt(&receipt).await;
    assert_eq!((&receipt["state"], &receipt["sealed"]), (&json!("received"), &json!("device")));
}

/// A missing proof is no try; a wrong one is. Neither consumes anything, nor does a passphrase in its place.
#[tokio::test]
async fn without_the_right_proof_nothing_is_consumed() {
    let server = TestServer::start().await;
    let (device, other) = (Device::text("hello", 1), Device::text("x", 2));
    let (secret, receipt) = server.send(&device.share(&[])).await.keys();
    for _ in 0..30 {
        assert_eq!(server.reveal(&secret, "").await.message(), "Unknown secret");
        assert_eq!(server.reveal(&secret, &device.proof).await.message(), "Unknown secret");
    }
    for _ in 0..10 {
        let answer = server.send(&prove(&secret, &other.proof)).await;
        assert_eq!((answer.status, answer.message().as_str()), (404, "Unknown secret"));
    }
    assert_eq!(server.send(&prove(&secret, &other.proof)).await.status, 429, "tries are limited");
    assert_eq!(server.receipt(&receipt).await["state"], "new");
    server.clock.advance(600);
    let answer = server.send(&prove(&secret, &device.proof)).await;
    assert_eq!(text_of(&device.open(&answer, None)).expose(), "hello");
}

#[tokio::test]
async fn what_is_no_proof_is_named_before_anything_is_tried() {
    let server = TestServer::start().await;
    let device = Device::text("hello", 1);
    let (secret, _) = server.send(&device.share(&[])).await.keys();
    for bad in ["x", &device.proof[1..], &format!("{}=", device.proof), &"!".repeat(43)] {
        for request in
            [prove(&secret, bad), post("/api/v1/share").form(&[("secret", &device.envelope), ("proof", bad)])]
        {
            let answer = server.send(&request).await;
            assert_eq!(answer.message(), "proof must be 43 characters of base64url", "{bad}");
            assert_eq!(answer.header("X-OTS-Intended-Status"), Some("400"));
        }
    }
    let answer = server.send(&prove(&secret, &device.proof)).await;
    assert_eq!(answer.status, 200);
}

/// The kind stands in the row: a proof that nobody asked for is ignored, and the text comes as it is.
#[tokio::test]
async fn a_proof_for_what_the_server_sealed_is_ignored() {
    let server = TestServer::start().await;
    let device = Device::text("x", 1);
    // A text that looks like an envelope is a text.
    let (secret, _) = server.share(&device.envelope, "").await;
    let answer = server.send(&prove(&secret, &device.proof)).await;
    assert_eq!((&answer.json()["value"], answer.json().get("sealed")), (&json!(device.envelope), None));
}

#[tokio::test]
async fn bad_drafts_are_named() {
    let server = TestServer::start().await;
    let who = server.account("a@example.com", "standard").await;
    let device = Device::text("hello", 1);
    let empty = Device::text("", 2);
    let cases: [(Request, &str); 11] = [
        (device.share(&[("passphrase", "x")]), "not both"),
        (device.share(&[("recipient", "a@example.com")]), "An account is required"),
        (device.share(&[("recipient", "a@example.com")]).basic(&who), "cannot be mailed"),
        (device.share(&[("kind", "picture")]), "kind must be"),
        (device.share(&[("kind", "files")]), "An account is required to share files."),
        (device.share(&[("kind", "files"), ("files", "11")]).basic(&who), "files must be"),
        (device.share(&[("size", "-1")]), "size must be"),
        (device.share(&[("passphrase_required", "yes")]), "true or false"),
        (post("/api/v1/share").form(&[("secret", "no envelope!"), ("proof", &device.proof)]), "base64url"),
        (empty.share(&[]), "You did not provide anything to share"),
        (post("/api/v1/generate").form(&[("proof", &device.proof)]), "cannot be sealed on a device"),
    ];
    for (request, named) in cases {
        let answer = server.send(&request).await;
        assert_eq!(answer.header("X-OTS-Intended-Status"), Some("400"), "{answer:?}");
        assert!(answer.message().contains(named), "{named}: {answer:?}");
    }
    assert_eq!(server.app.vault.store().held().await.unwrap(), 0, "nothing was stored");
}

/// Limits count what is in the envelope: 10,000 bytes of text fit sealed as they do in clear.
#[tokio::test]
async fn limits_count_the_content() {
    let server = TestServer::start().await;
    let fits = Device::text(&"x".repeat(10_000), 1);
    assert_eq!(server.send(&fits.share(&[])).await.status, 200);
    let over = Device::text(&"x".repeat(10_001), 2);
    let answer = server.send(&over.share(&[])).await;
    assert_eq!(answer.message(), "Secret value exceeds the maximum size of 10000 bytes");
}

fn files(count: u8, bytes: usize) -> Content {
    let file = |number: u8| File {
        name: format!("{number:0200}"),
        media_type: "application/octet-stream".into(),
        bytes: vec![number; bytes].into(),
    };
    Content::Files((0..count).map(file).collect())
}

#[tokio::test]
async fn ten_files_of_25_mb_together() {
    let server = TestServer::start().await;
    let who = server.account("a@example.com", "standard").await;
    let content = files(10, 2_500_000);
    let device = Device::seal(&content, Some("sesame"), 1);
    let declared =
        [("kind", "files"), ("files", "10"), ("size", "25000000"), ("passphrase_required", "true")];
    let made = server.send(&device.share(&declared).basic(&who)).await;
    let (secret, _) = made.keys();
    assert_eq!(made.json()["passphrase_required"], true);
    let shown = server.send(&status(&secret)).await;
    assert_eq!(
        shown.text(),
        r#"{"state":"new","passphrase_required":true,"sealed":"device","kind":"files","size":25165824,"files":10,"secret_ttl":604800}"#
    );
    let answer = server.send(&prove(&secret, &device.proof)).await;
    assert!(device.open(&answer, Some("sesame")) == content);

    let over = Device::seal(&files(1, 25_004_000), None, 2);
    let answer = server.send(&over.share(&[("kind", "files")]).basic(&who)).await;
    assert_eq!(answer.message(), "Files exceed the maximum size of 25000000 bytes together");
    let huge = post("/api/v1/share").body(format!("secret={}", "x".repeat(40_000_000))).basic(&who);
    let answer = server.send(&huge).await;
    assert_eq!(answer.message(), "Secret value exceeds the maximum size of 25000000 bytes");
}

#[tokio::test]
async fn status_tells_what_is_there_and_changes_nothing() {
    let server = TestServer::start().await;
    let (open, _) = server.share("hello", "").await;
    let (locked, _) = server.share("hello", "right").await;
    let device = Device::text(&"x".repeat(1_000), 1);
    let (sealed, _) = server.send(&device.share(&[])).await.keys();
    for _ in 0..3 {
        let shows = [
            (
                &open,
                r#"{"state":"new","passphrase_required":false,"sealed":"server","kind":"text","size":256,"secret_ttl":604800}"#,
            ),
            (
                &locked,
                r#"{"state":"new","passphrase_required":true,"sealed":"server","kind":"text","size":256,"secret_ttl":604800}"#,
            ),
            (
                &sealed,
                r#"{"state":"new","passphrase_required":false,"sealed":"device","kind":"text","size":1024,"secret_ttl":604800}"#,
            ),
        ];
        for (key, shown) in shows {
            assert_eq!(server.send(&status(key)).await.text(), shown);
        }
    }
    assert_eq!(
        server.send(&Request::new("HEAD", &format!("/api/v1/secret/{open}/status"))).await.status,
        200
    );
    let post_it = server.send(&post(&format!("/api/v1/secret/{open}/status"))).await;
    assert_eq!(post_it.json(), json!({"error": "Not Found"}));
    assert_eq!(server.reveal(&open, "").await.json()["value"], "hello");
    // What is gone, expired, or never was answers alike, and as to a reveal.
    server.clock.advance(604_800);
    for key in [open.as_str(), &locked, "abcdefghijklmnopqrstuvwxyz12345", "abc"] {
        let answer = server.send(&status(key)).await;
        assert_eq!(answer.text(), server.reveal(key, "").await.text());
        assert_eq!(answer.status, 404);
    }
}

#[tokio::test]
async fn status_says_that_a_secret_is_locked() {
    let server = TestServer::configured(|config| {
        config.trusted_proxies = serde_json::from_value(json!("127.0.0.1")).expect("proxies");
    })
    .await;
    let (device, other) = (Device::text("hello", 1), Device::text("x", 2));
    let (secret, receipt) = server.send(&device.share(&[])).await.keys();
    for client in 0..10 {
        for _ in 0..10 {
            let from = format!("198.51.100.{client}");
            server.send(&prove(&secret, &other.proof).header("X-Forwarded-For", &from)).await;
        }
    }
    assert_eq!(server.send(&status(&secret)).await.json()["locked"], true);
    assert_eq!(server.receipt(&receipt).await["locked"], true);
    assert_eq!(server.send(&prove(&secret, &device.proof)).await.message(), "Unknown secret");
    server.send(&post(&format!("/api/v1/receipt/{receipt}/unlock"))).await;
    assert_eq!(server.send(&status(&secret)).await.json().get("locked"), None);
    assert_eq!(server.send(&prove(&secret, &device.proof)).await.status, 200);
}

/// With the receipt key alone, by whomever; nobody is asked for a proof.
#[tokio::test]
async fn a_burn_needs_no_proof() {
    let server = TestServer::start().await;
    let device = Device::seal(&Content::Text("hello".to_owned().into()), Some("sesame"), 1);
    let (secret, receipt) = server.send(&device.share(&[("passphrase_required", "true")])).await.keys();
    let burned = server.send(&post(&format!("/api/v1/private/{receipt}/burn"))).await;
    assert_eq!(
        (&burned.json()["state"]["state"], &burned.json()["state"]["sealed"]),
        (&json!("burned"), &json!("device"))
    );
    assert_eq!(server.send(&prove(&secret, &device.proof)).await.status, 404);
}

#[tokio::test]
async fn of_many_who_prove_one_gets_it() {
    let server = TestServer::start().await;
    for round in 0..5 {
        let device = Device::text("hello", round);
        let (secret, _) = server.send(&device.share(&[])).await.keys();
        let request = prove(&secret, &device.proof);
        let answers = futures_util::future::join_all((0..20).map(|_| server.send(&request))).await;
        let won: Vec<&Answer> = answers.iter().filter(|answer| answer.status == 200).collect();
        assert_eq!(won.len(), 1);
    }
}

/// A label stands on the receipt and in the list, sealed, and only where it was given.
#[tokio::test]
async fn labels() {
    let server = TestServer::start().await;
    let who = server.account("a@example.com", "standard").await;
    let share = |memo: &str| post("/api/v1/share").form(&[("secret", "x"), ("memo", memo)]);
    let (_, receipt) = server.send(&share(" VPN for Ann ").basic(&who)).await.keys();
    assert_eq!(server.receipt(&receipt).await["memo"], "VPN for Ann");
    let unnamed = server.send(&share("").basic(&who)).await;
    assert_eq!(unnamed.json().get("memo"), None);
    let recent = server.send(&get("/api/v1/private/recent").basic(&who)).await.json();
    let memos: Vec<Option<&Value>> =
        recent.as_array().unwrap().iter().map(|entry| entry.get("memo")).collect();
    assert!(memos.contains(&Some(&json!("VPN for Ann"))) && memos.contains(&None), "{recent}");
    assert_eq!(server.send(&share(&"é".repeat(100)).basic(&who)).await.status, 200);
    let long = server.send(&share(&"é".repeat(101)).basic(&who)).await;
    assert!(long.message().contains("100 characters"), "{long:?}");
    assert_eq!(server.send(&share("x")).await.message(), "An account is required to label secrets.");
    // A reader sees nothing of it.
    let (secret, _) = server.send(&share("hidden").basic(&who)).await.keys();
    assert!(!server.send(&status(&secret)).await.text().contains("hidden"));
    assert!(!server.send(&reveal(&secret, "")).await.text().contains("hidden"));
}

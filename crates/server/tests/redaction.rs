//! What must not be seen is in no log line and in no `Debug` text, at the most talkative level.

use crate::support::{Credentials, Request, TestServer, get, logs, post};
use burnbag_api::{Burned, Forgotten, Receipt, Revealed, UnknownSecret};
use burnbag_server::config::KeyText;
use burnbag_server::v1::params::Params;
use burnbag_server::vault::{Content, Draft, Recipient};

const CANARY: &str = "CANARY-d4f1";

#[tokio::test]
async fn a_whole_session_leaves_no_trace_in_the_log() {
    let server = TestServer::configured(|config| {
        config.log.requests = true;
        config.trusted_proxies = serde_json::from_value(serde_json::json!("127.0.0.1")).expect("proxies");
    })
    .await;
    let who = server.account("canary-owner@example.com", "standard").await;
    let phrase = "phrase-CANARY-d4f1";
    let share = format!("/api/v1/share?secret={CANARY}&passphrase={phrase}&recipient=canary-to@example.com");
    let client = |request: Request| request.header("X-Forwarded-For", "203.0.113.213");
    let (secret, receipt) = server.send(&client(post(&share)).basic(&who)).await.keys();
    let (second, _) = server.send(&client(post(&share)).basic(&who)).await.keys();
    let requests = [
        get(&format!("/api/v1/private/{receipt}")),
        post(&format!("/api/v1/secret/{secret}?passphrase=wrong-{CANARY}")),
        post(&format!("/api/v1/private/{receipt}/burn?passphrase=wrong-{CANARY}")),
        post(&format!("/api/v1/private/{receipt}/unlock")),
        post(&format!("/api/v1/secret/{secret}?passphrase={phrase}")),
        post(&format!("/api/v1/secret/{secret}?passphrase={phrase}")),
        get("/api/v1/private/recent").basic(&who),
        get("/api/v1/status").header("Authorization", "Basic Q0FOQVJZLWQ0ZjE6Q0FOQVJZLWQ0ZjE="),
        post("/api/v1/share").json(&format!("{{\"secret\":\"{CANARY}\"")),
        post("/api/v1/share").body(format!("secret={CANARY}%")),
        post("/api/v1/share").header("Content-Type", CANARY).body(format!("secret={CANARY}")),
        post("/api/v1/share").header("Host", &format!("{CANARY}/")).body(CANARY),
        post("/api/v1/share").header("Content-Encoding", CANARY).body(CANARY),
        post("/api/v1/share").header("Origin", &format!("https://{CANARY}")).body(CANARY),
        get(&format!("/{CANARY}?{CANARY}")),
        post(&format!("/api/v1/{CANARY}/{secret}")),
    ];
    for request in requests.into_iter().chain(additions(&second, phrase, &who)) {
        server.send(&client(request)).await;
    }
    for request in pages(&receipt, phrase) {
        server.send(&client(request)).await;
    }
    for broken in [format!("GET /{CANARY} {CANARY}\r\n\r\n"), format!("{CANARY}\r\n\r\n")] {
        let mut connection = server.connect().await;
        connection.write(broken.as_bytes()).await.unwrap();
        connection.answer("GET").await;
    }
    let all = logs::all();
    // The log is not simply empty.
    for line in ["POST", "route=\"/api/v1/secret/{key}\"", "route=\"/api/v1/share\"", "status=404"] {
        assert!(all.contains(line), "{line} is not in {all}");
    }
    let base64 = crate::support::request::basic(&who.email, &who.api_key);
    for seen in [
        CANARY,
        "Q0FOQVJZ",
        &secret,
        &second,
        &receipt,
        &who.email,
        &who.api_key,
        &base64,
        "canary-to",
        "203.0.113.213",
        "passphrase=",
    ] {
        assert!(!all.contains(seen), "{seen} was logged");
    }
}

/// What browsers send.
fn pages(receipt: &str, phrase: &str) -> Vec<Request> {
    let form = |path: &str, fields: &[(&str, &str)]| post(path).form(fields).header("Accept", "text/html");
    let cookie = format!("burnbag_session={CANARY}; burnbag_form={CANARY}; burnbag_language={CANARY}");
    let gone = "c".repeat(31);
    vec![
        form("/", &[("secret", CANARY), ("passphrase", phrase), ("memo", CANARY), ("form_token", CANARY)]),
        form("/", &[("secret", CANARY), ("passphrase", phrase)]),
        get(&format!("/secret/{gone}%23{CANARY}")).header("Cookie", &cookie),
        form(&format!("/secret/{gone}%2523{CANARY}"), &[("passphrase", phrase), ("repeat", CANARY)]),
        form(&format!("/secret/{gone}/forget"), &[("passphrase", phrase), ("repeat", &CANARY.repeat(4))]),
        get(&format!("/receipt/{receipt}?show=link&x={CANARY}")),
        form(&format!("/receipt/{receipt}/burn"), &[]),
        form("/signin", &[("email", "canary-to@example.com"), ("password", CANARY), ("form_token", CANARY)])
            .header("Cookie", &cookie),
        get(&format!("/invite/{CANARY}")),
        form(&format!("/invite/{CANARY}"), &[("password", CANARY), ("form_token", CANARY)]),
        get(&format!("/recent?q={CANARY}")),
        get(&format!("/{CANARY}")).header("Accept", "text/html"),
    ]
}

/// What is not v1's own.
fn additions(second: &str, phrase: &str, who: &Credentials) -> Vec<Request> {
    let repeatable = |request: Request| request.header("Idempotency-Key", &CANARY.repeat(4));
    vec![
        get(&format!("/api/v1/secret/{second}/status?x={CANARY}")),
        repeatable(post(&format!("/api/v1/secret/{second}?passphrase=wrong-{CANARY}&proof={CANARY}"))),
        repeatable(post(&format!("/api/v1/secret/{second}?passphrase={phrase}"))),
        repeatable(post(&format!("/api/v1/secret/{second}?passphrase={phrase}"))),
        repeatable(post(&format!("/api/v1/secret/{second}/forget?passphrase={phrase}"))),
        repeatable(post(&format!("/api/v1/secret/{second}"))).header("Idempotency-Key", CANARY),
        post(&format!("/api/v1/secret/{second}")).header("Idempotency-Key", CANARY),
        post(&format!("/api/v1/share?secret={CANARY}&proof={CANARY}&memo={CANARY}&kind={CANARY}")).basic(who),
    ]
}

/// Each type that holds what must not be seen, as a defect's log line would show it.
#[tokio::test]
async fn debug_texts() {
    let server = TestServer::start().await;
    let who = server.account("canary@example.com", "standard").await;
    let session = server
        .app
        .vault
        .authenticate(&who.email, burnbag_core::account::ApiKey::presented(who.api_key.clone()));
    let session = session.await.unwrap().expect("a session");
    let query = format!("secret={CANARY}&passphrase={CANARY}&proof={CANARY}&memo={CANARY}");
    let params = Params::read(Some(&query), std::iter::empty(), &[]).unwrap();
    let receipt = Receipt {
        custid: CANARY.into(),
        secret_key: Some(CANARY.into()),
        value: Some(CANARY.into()),
        ..Receipt::default()
    };
    let draft = Draft {
        content: Content::Text {
            text: CANARY.to_owned().into(),
            passphrase: burnbag_core::opener::Passphrase::new(CANARY.to_owned().into()),
        },
        label: Some(CANARY.to_owned().into()),
        lifetime: burnbag_core::lifetime::Lifetime::DEFAULT,
        recipient: Some(Recipient { address: "canary@example.com".parse().unwrap(), language: "en" }),
    };
    let texts = [
        format!("{:?}", KeyText::from(CANARY.to_owned())),
        format!("{params:?}"),
        format!("{receipt:?}"),
        format!("{:?}", Burned { state: receipt, secret_shortkey: CANARY.into() }),
        format!(
            "{:?}",
            Revealed { value: CANARY.into(), secret_key: CANARY.into(), share_domain: None, sealed: None }
        ),
        format!("{:?}", Forgotten { secret_key: CANARY.into(), forgotten: true }),
        format!("{:?}", UnknownSecret { secret_key: CANARY.into(), message: String::new() }),
        format!("{draft:?}"),
        format!("{session:?}"),
        format!("{:?}", server.app),
    ];
    for text in texts {
        for seen in [CANARY, "canary@example.com", &who.api_key] {
            assert!(!text.contains(seen), "{text}");
        }
    }
}

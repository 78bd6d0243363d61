//! Plans: sizes, lifetimes and calls by kind of caller, more of them by name.

use crate::support::{TestServer, post};
use burnbag_server::config::{Config, Plans};
use serde_json::json;

fn with_plans(config: &mut Config, plans: serde_json::Value) {
    config.plans = serde_json::from_value::<Plans>(plans).expect("plans");
}

#[tokio::test]
async fn texts_up_to_the_plan() {
    let server = TestServer::start().await;
    let who = server.account("a@example.com", "standard").await;
    for (length, anonymous, account) in
        [(10_000, 200, 200), (10_001, 404, 200), (1_000_000, 404, 200), (1_000_001, 404, 404)]
    {
        let request = post("/api/v1/share").form(&[("secret", &"x".repeat(length))]);
        assert_eq!(server.send(&request).await.status, anonymous, "{length}");
        assert_eq!(server.send(&request.basic(&who)).await.status, account, "{length}");
    }
    // A limit counts the text, not the longest way to write it.
    let escaped = format!("{{\"secret\":\"{}\"}}", "\\u0000".repeat(10_000));
    assert_eq!(server.send(&post("/api/v1/share").json(&escaped)).await.status, 200);
    let escaped = format!("{{\"secret\":\"{}\"}}", "\\u0000".repeat(1_000_000));
    assert_eq!(server.send(&post("/api/v1/share").json(&escaped).basic(&who)).await.status, 200);
    // A megabyte comes back whole.
    let text = "0123456789".repeat(100_000);
    let made = server.send(&post("/api/v1/share").form(&[("secret", &text)]).basic(&who)).await;
    assert_eq!(server.reveal(&made.keys().0, "").await.json()["value"], text.as_str());
}

#[tokio::test]
async fn a_plan_of_the_operators_own() {
    let server = TestServer::configured(|config| {
        let plans = json!({
            "small": {"text": "100", "max_ttl": "1h", "throttle": "5/60s"},
            "big": {"text": "3 MB"},
            "anonymous": {"max_ttl": "30m"},
        });
        with_plans(config, plans);
    })
    .await;
    let share = |length: usize, ttl: &str| {
        post("/api/v1/share").form(&[("secret", &"x".repeat(length)), ("ttl", ttl)])
    };
    let small = server.account("small@example.com", "small").await;
    assert_eq!(server.send(&share(100, "9999999").basic(&small)).await.json()["ttl"], 3_600);
    assert_eq!(server.send(&share(100, "").basic(&small)).await.json()["ttl"], 3_600);
    let refused = server.send(&share(101, "").basic(&small)).await;
    assert_eq!(refused.message(), "Secret value exceeds the maximum size of 100 bytes");
    for _ in 0..2 {
        assert_eq!(server.send(&share(1, "60").basic(&small)).await.status, 200);
    }
    assert_eq!(server.send(&share(1, "60").basic(&small)).await.status, 429);

    let big = server.account("big@example.com", "big").await;
    assert_eq!(server.send(&share(3_000_000, "9999999").basic(&big)).await.json()["ttl"], 2_592_000);
    assert_eq!(server.send(&share(10_000, "9999999")).await.json()["ttl"], 1_800);
    assert_eq!(server.send(&share(10_001, "")).await.status, 404);
}

#[tokio::test]
async fn mail_that_is_required_refuses_recipients() {
    let server = TestServer::configured(|config| config.mail.required = true).await;
    let who = server.account("a@example.com", "standard").await;
    let share = |recipient: &str| {
        post("/api/v1/share").form(&[("secret", "x"), ("recipient", recipient)]).basic(&who)
    };
    let refused = server.send(&share("x@example.com")).await;
    assert_eq!((refused.status, refused.text()), (404, r#"{"message":"This server sends no mail."}"#));
    assert_eq!(server.send(&share("")).await.status, 200);
}

#[tokio::test]
async fn a_recorded_recipient_is_told_in_a_header() {
    let server = TestServer::start().await;
    let who = server.account("a@example.com", "standard").await;
    let share = post("/api/v1/share").form(&[("secret", "x"), ("recipient", "foo@example.com")]).basic(&who);
    let made = server.send(&share).await;
    assert_eq!(made.header("X-Burnbag-Notice"), Some("recipient recorded, not mailed"));
    assert_eq!(made.json()["recipient"], json!(["fo*****@e*****.com"]));
    let generated = post("/api/v1/generate?recipient=foo@example.com").basic(&who);
    assert!(server.send(&generated).await.header("X-Burnbag-Notice").is_some());
    let none =
        server.send(&post("/api/v1/share").form(&[("secret", "x"), ("recipient", "")]).basic(&who)).await;
    assert_eq!(none.header("X-Burnbag-Notice"), None);
}

#[tokio::test]
async fn links_start_with_the_public_url() {
    let server = TestServer::configured(|config| {
        config.public_url = Some("https://Secrets.Example.com/".to_owned().try_into().expect("a URL"));
    })
    .await;
    let made = server
        .send(
            &post("/api/v1/share?secret=x&share_domain=secrets.example.com").header("Host", "other.example"),
        )
        .await;
    let (secret, _) = made.keys();
    assert_eq!(made.json()["share_url"], format!("https://secrets.example.com/secret/{secret}"));
    assert_eq!(server.reveal(&secret, "").await.json()["share_domain"], "https://secrets.example.com");
    assert_eq!(made.header("Strict-Transport-Security"), Some("max-age=31536000"));
    // A page of that site may call.
    let own = post("/api/v1/share?secret=x").header("Origin", "https://secrets.example.com");
    assert_eq!(server.send(&own).await.status, 200);
}

#[tokio::test]
async fn share_domain_can_be_left_out_of_reveals() {
    let server = TestServer::configured(|config| config.v1.share_domain = false).await;
    let (secret, _) = server.share("hello", "").await;
    let expected = format!(r#"{{"value":"hello","secret_key":"{secret}"}}"#);
    assert_eq!(server.reveal(&secret, "").await.text(), expected);
}

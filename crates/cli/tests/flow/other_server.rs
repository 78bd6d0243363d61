//! Another server that speaks v1, without what Burnbag adds: no look before, no proof, no redelivery.

use crate::fake::{Asked, Fake, answer};
use crate::person::Person;
use burnbag_api::text;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Mutex;

const NO_ROUTE: &str = r#"{"error":"Not Found"}"#;

/// Secrets by key, with their passphrases.
type Held = Mutex<BTreeMap<String, (String, String)>>;

fn start() -> Fake {
    let held = Held::default();
    Fake::start(move |asked| serve(&held, asked))
}

fn serve(held: &Held, asked: &Asked) -> Option<Vec<u8>> {
    let json: Value = serde_json::from_slice(&asked.body).unwrap_or_default();
    let text = |name: &str| json[name].as_str().unwrap_or_default().to_owned();
    let mut held = held.lock().expect("no panic");
    if asked.line() == "POST /api/v1/share" {
        let key = format!("{:0>31}", held.len() + 1);
        assert!(json.get("proof").is_none() && json.get("memo").is_none(), "{json}");
        held.insert(key.clone(), (text("secret"), text("passphrase")));
        return answer(
            "200 OK",
            &format!(
                r#"{{"custid":"anon","metadata_key":"receiptreceiptreceiptreceiptrec","secret_key":"{key}","ttl":604800,"metadata_ttl":1209600,"secret_ttl":604800,"state":"new","updated":1795458291,"created":1795458290,"recipient":[],"share_domain":"","passphrase_required":false,"era":"C"}}"#
            ),
        );
    }
    if asked.line() == "GET /api/v1/status" {
        return answer("200 OK", r#"{"status":"nominal","locale":"en"}"#);
    }
    let Some(key) = asked.line().strip_prefix("POST /api/v1/secret/") else {
        return answer("404 Not Found", NO_ROUTE);
    };
    if held.get(key).is_none_or(|(_, passphrase)| *passphrase != text("passphrase")) {
        return answer("404 Not Found", &format!(r#"{{"secret_key":"{key}","message":"Unknown secret"}}"#));
    }
    let (value, _) = held.remove(key)?;
    answer("200 OK", &serde_json::json!({"value": value, "secret_key": key}).to_string())
}

#[test]
fn texts_are_sealed_on_the_server_and_that_is_said() {
    let (ann, server) = (Person::new(), start());
    let url = format!("http://{}", server.address);
    let shared = ann.run_with(&["share", "--url", &url, "--label", "x"], "hello");
    shared.assert(0, "sealed on the server, because this server does not know another way");
    assert!(
        shared.stderr.contains("this server keeps no labels") && shared.stderr.contains("/private/receipt"),
        "{shared:?}"
    );
    let link = shared.stdout.trim_end();
    assert!(link.starts_with(&format!("{url}/secret/000")) && !link.contains('#'), "{link}");
    assert_eq!(ann.open(link, &[]).stdout, "hello");
    ann.open(link, &[]).assert(3, "it is gone, or the passphrase was wrong");
    assert_eq!(server.count(|asked| asked.line().ends_with("/forget")), 0);
}

#[test]
fn a_wrong_passphrase_cannot_be_told_from_a_secret_that_is_gone() {
    let (ann, server) = (Person::new(), start());
    let url = format!("http://{}", server.address);
    ann.put("right", "right").put("wrong", "wrong");
    let shared = ann.share("hello", &["--url", &url, "--passphrase-file", "right"]);
    ann.open(shared.link(), &[]).assert(3, "it is gone, or the passphrase was wrong");
    ann.open(shared.link(), &["--passphrase-file", "wrong"])
        .assert(3, "it is gone, or the passphrase was wrong");
    assert_eq!(ann.open(shared.link(), &["--passphrase-file", "right"]).stdout, "hello");
}

#[test]
fn what_it_does_not_know_is_refused() {
    let (ann, server) = (Person::new(), start());
    let url = format!("http://{}", server.address);
    ann.put("file", "x");
    ann.run(&["share", "--url", &url, "file"]).assert(1, "does not know files");
    ann.run_with(&["share", "--url", &url, "--sealed", "device"], "x").assert(1, "nothing was shared");
    assert_eq!(server.count(|asked| asked.line().ends_with("/share")), 0);
}

/// What answers in HTML is no such server at all.
#[test]
fn what_is_no_server_of_secrets_is_named() {
    let ann = Person::new();
    let page = Fake::start(|_| answer("200 OK", "<html>"));
    ann.run(&["login", &format!("http://{}", page.address)])
        .assert(1, "does not answer like a one-time-secret server");
    let limited = Fake::start(|_| crate::fake::with_header("429 Too Many Requests", "Retry-After: 30", "{}"));
    ann.run(&["login", &format!("http://{}", limited.address)]).assert(7, "in 30 seconds");
}

/// A mail that is too many is no call that is too many: without it the secret could be shared.
#[test]
fn a_limit_of_mails_says_whose_it_is() {
    let ann = Person::new();
    for (message, told) in [
        (text::MANY_MAILS_TO, "sent very many mails to this recipient lately"),
        (text::MANY_MAILS_TO, "in 6 minutes, or leave --recipient out and send the link yourself"),
        (text::MANY_MAILS_BY, "sent very many mails for this account lately"),
        (text::RATE_LIMITED, "too many calls"),
    ] {
        let body = format!(r#"{{"message":"{message}"}}"#);
        let server = Fake::start(move |_| {
            crate::fake::with_header("429 Too Many Requests", "Retry-After: 360", &body)
        });
        ann.run(&["login", &format!("http://{}", server.address)]).assert(7, told);
    }
}

/// A link that was sealed on a device says so itself. Who denies it would get the passphrase, and gets nothing.
#[test]
fn nobody_talks_a_reader_out_of_device_sealing() {
    let (ann, other) = (Person::new(), start());
    let lying = Fake::start(|asked| {
        let told = r#"{"state":"new","passphrase_required":true,"sealed":"server","kind":"text","size":256,"secret_ttl":60}"#;
        if asked.line().starts_with("GET ") {
            answer("200 OK", told)
        } else {
            answer("404 Not Found", NO_ROUTE)
        }
    });
    ann.put("phrase", "PHRASE-9");
    for server in [&other, &lying] {
        let link = format!("http://{}/secret/{}#EQECAwQFBgcICQoLDA0ODxA", server.address, "a".repeat(31));
        ann.open(&link, &["--passphrase-file", "phrase"]).assert(4, "nothing was sent");
        assert_eq!(server.count(|asked| asked.line().starts_with("POST ")), 0);
    }
}

/// The page of a hotel's network, or of a firewall, is no server: it is sent nothing.
#[test]
fn what_is_no_server_is_sent_nothing() {
    let ann = Person::new();
    for status in ["200 OK", "403 Forbidden", "404 Not Found"] {
        let page = Fake::start(move |_| answer(status, "<html>Please sign in</html>"));
        let url = format!("http://{}", page.address);
        ann.run_with(&["share", "--url", &url], "TOPSECRET").assert(1, "does not answer like");
        let link = format!("{url}/secret/{}", "a".repeat(31));
        ann.put("phrase", "PHRASE-9")
            .open(&link, &["--passphrase-file", "phrase"])
            .assert(1, "does not answer like");
        assert_eq!(page.count(|asked| asked.line().starts_with("POST ")), 0, "{status}");
    }
}

/// A link that a server tells is used only if it leads to the secret that was made.
#[test]
fn a_link_that_leads_elsewhere_is_not_printed() {
    let ann = Person::new();
    for told in [
        "https://phish.example/x",
        "https://phish.example/secret/other67890123456789012345678901#zz",
        r"http://a/secret/\u001b[31m",
    ] {
        let server = Fake::start(move |asked| {
            let key = "k".repeat(31);
            let receipt = format!(
                r#"{{"custid":"anon","metadata_key":"{}","secret_key":"{key}","ttl":600,"metadata_ttl":1200,"secret_ttl":600,"state":"new","updated":1,"created":1,"recipient":[],"share_domain":"","share_url":"{told}"}}"#,
                "m".repeat(31)
            );
            match asked.line() {
                "POST /api/v1/share" => answer("200 OK", &receipt),
                "GET /api/v1/status" => answer("200 OK", r#"{"status":"nominal","locale":"en"}"#),
                _ => answer("404 Not Found", NO_ROUTE),
            }
        });
        let url = format!("http://{}", server.address);
        let shared = ann.run_with(&["share", "--url", &url], "hello");
        assert_eq!(shared.stdout.trim_end(), format!("{url}/secret/{}", "k".repeat(31)), "{shared:?}");
    }
}

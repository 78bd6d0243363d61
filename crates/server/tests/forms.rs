//! Forms that other services of the same host prepared, that come at the wrong moment, or that are too large.

use crate::accounts::{ANN, PASSWORD, ann, invited, stands};
use crate::faults::faulty_with;
use crate::pages::{Jar, field, link_key};
use crate::support::{Credentials, Request, TestServer, get, post};
use burnbag_server::config::{Config, Size};
use burnbag_store::faulty::{Fault, Verb};
use serde_json::json;

/// Over plain http another service of the host can set our cookies. With one that it knows it does nothing in the name of
/// who is signed in.
#[tokio::test]
async fn a_planted_cookie_is_no_token() {
    let server = TestServer::start().await;
    let who = server.account(ANN, "standard").await;
    let mut jar = Jar::sign_in(&server, &who).await;
    let planted = "p".repeat(43);
    jar.0.retain(|(name, _)| name != "burnbag_form");
    jar.0.push(("burnbag_form".to_owned(), planted.clone()));
    for (path, fields) in [
        ("/", vec![("secret", "x")]),
        ("/account/keys", vec![("label", "mine")]),
        ("/account/password", vec![("password", PASSWORD)]),
        ("/account/notifications", vec![("opened", "on")]),
        ("/account/signout", vec![]),
        ("/signout", vec![]),
        ("/language", vec![("language", "de")]),
    ] {
        let fields = [fields, vec![("form_token", &*planted)]].concat();
        let answer = jar.send(&server, post(path).form(&fields).header("Origin", "null")).await;
        assert_eq!(answer.status, 403, "{path} {answer:?}");
    }
    assert_eq!(jar.send(&server, get("/account")).await.status, 200, "still signed in");
    // What we did not make keeps nobody from signing in.
    let mut jar = Jar(vec![("burnbag_form".to_owned(), "<x>".to_owned())]);
    let form = jar.send(&server, get("/signin")).await;
    assert!(!form.text().contains("&#60;x"), "{form:?}");
    let token = field(&form, "form_token");
    let fields = [("form_token", &*token), ("email", &who.email), ("password", &who.api_key)];
    assert_eq!(jar.send(&server, post("/signin").form(&fields)).await.status, 303);
}

/// A second tab that still shows the form of a sign-in, and an invitation opened by who is signed in.
#[tokio::test]
async fn a_session_begins_where_another_is() {
    let server = TestServer::start().await;
    let (who, _, _) = ann(&server).await;
    let mut jar = Jar::default();
    let second_tab = jar.send(&server, get("/signin")).await;
    let first = Jar::sign_in(&server, &who).await;
    jar.0.extend(first.0.into_iter().filter(|(name, _)| name == "burnbag_session"));
    let token = field(&second_tab, "form_token");
    let fields = [("form_token", &*token), ("email", ANN), ("password", PASSWORD)];
    assert_eq!(jar.send(&server, post("/signin").form(&fields)).await.status, 303);
    let session = |jar: &Jar| {
        let found = jar.0.iter().find(|(name, _)| name == "burnbag_session");
        found.map(|(_, value)| value.clone()).expect("a session")
    };
    let before = session(&jar);
    let (invitation, _) = invited(&server, "bob@example.com", 1).await;
    let path = format!("/invite/{}", *invitation.expose());
    let form = jar.send(&server, get(&path)).await;
    let fields = [("form_token", &*field(&form, "form_token")), ("password", PASSWORD)];
    let accepted = jar.send(&server, post(&path).form(&fields)).await;
    assert_eq!((accepted.status, accepted.header("Location")), (303, Some("/")), "{accepted:?}");
    assert_ne!(session(&jar), before);
    let account = jar.send(&server, get("/account")).await;
    assert!(account.text().contains("<bdi>bob@example.com</bdi>"), "{account:?}");
    assert!(stands(&server, &before.parse().expect("a token")).await, "Ann's is not ended");
}

/// What was written is in no history: a page that says to try again must have it still.
#[tokio::test]
async fn a_form_that_got_nowhere_can_be_sent_again() {
    let (server, store) = faulty_with(|config| config.throttle = "10/60s".parse().expect("a rate")).await;
    let who = server.account(ANN, "standard").await;
    let mut jar = Jar::sign_in(&server, &who).await;
    let token = field(&jar.send(&server, get("/")).await, "form_token");
    // Longer than strangers may write: who is signed in is known to nobody while the store is away.
    let secret = "one\n<b>\"two\"</b>".repeat(10_000);
    let written = [
        ("form_token", &*token),
        ("secret", &*secret),
        ("passphrase", "a & b"),
        ("ttl", "3600"),
        ("memo", "mine"),
    ];
    let sent = post("/").form(&written);
    store.always(Verb::UnlockedBy, Fault::Unavailable);
    let away = jar.send_in_trouble(&server, sent.clone()).await;
    assert_eq!((away.status, away.header("Retry-After")), (503, Some("1")), "{away:?}");
    let elsewhere = jar.send_in_trouble(&server, post("/account/keys").form(&written)).await;
    assert!(elsewhere.status == 503 && !elsewhere.text().contains("two"), "{elsewhere:?}");
    store.mend(Verb::UnlockedBy);
    while jar.send(&server, post("/signout").form(&[])).await.status != 429 {}
    let limited = jar.send(&server, sent).await;
    assert_eq!(limited.status, 429, "{limited:?}");
    for page in [away, limited] {
        let (text, fields) = (page.text(), written.map(|(name, _)| (name, unescaped(&field(&page, name)))));
        assert!(text.contains("<form method=\"post\" action=\"/\">") && text.contains("try again"), "{text}");
        assert_eq!(fields.each_ref().map(|(name, value)| (*name, &**value)), written);
        server.clock.advance(60);
        let made = jar
            .send(&server, post("/").form(&fields.each_ref().map(|(name, value)| (*name, &**value))))
            .await;
        let opened = server.reveal(&link_key(&made), "a & b").await;
        assert_eq!(opened.json()["value"], *secret);
    }
}

/// Whoever is told to wait is in no hurry to read: what is given back has places, and who finds none is told, and no more.
#[tokio::test]
async fn few_forms_are_given_back_at_one_time() {
    let large = |config: &mut Config| {
        config.plans = serde_json::from_value(json!({"standard": {"text": "10 MB"}})).expect("plans");
    };
    let (server, store) = faulty_with(large).await;
    let who = server.account(ANN, "standard").await;
    let mut jar = Jar::sign_in(&server, &who).await;
    store.always(Verb::UnlockedBy, Fault::Unavailable);
    let secret = "x".repeat(9_000_000);
    let sent = post("/").form(&[("secret", &*secret)]);
    let mut slow = Vec::new();
    for _ in 0..4 {
        let mut connection = server.connect().await;
        connection.send(&sent.clone().header("Cookie", &jar.cookies())).await;
        connection.answer_begins().await;
        slow.push(connection);
    }
    let small = post("/").form(&[("secret", "small one")]);
    let told = jar.send_in_trouble(&server, small.clone()).await;
    assert!(told.status == 503 && told.text().contains("try again") && !told.text().contains("small one"));
    let mut last = slow.pop().expect("a connection");
    assert!(last.answer("POST").await.is_some_and(|answer| answer.text().contains(&secret)));
    // Its place is free when the last of it was handed to the network, which is about when it has come.
    let mut is_given_back = false;
    for _ in 0..100 {
        let answer = jar.send_in_trouble(&server, small.clone()).await;
        is_given_back |= answer.status == 503 && answer.text().contains("small one");
    }
    assert!(is_given_back);
}

/// The text of an attribute, as a browser reads it.
fn unescaped(text: &str) -> String {
    let known = [("&#34;", "\""), ("&#39;", "'"), ("&#60;", "<"), ("&#62;", ">"), ("&#38;", "&")];
    known.into_iter().fold(text.to_owned(), |text, (escaped, plain)| text.replace(escaped, plain))
}

/// Browsers rewrite the domain of what is typed into a field for addresses.
#[tokio::test]
async fn who_signs_in_is_known_in_either_spelling() {
    let server = TestServer::start().await;
    let who = server.account("idn@müller.de", "standard").await;
    for email in ["idn@xn--mller-kva.de", "IDN@Müller.de"] {
        let who = Credentials { email: email.to_owned(), api_key: who.api_key.clone() };
        let mut jar = Jar::sign_in(&server, &who).await;
        let account = jar.send(&server, get("/account")).await;
        assert!(account.text().contains("<bdi>idn@müller.de</bdi>"), "{account:?}");
        assert_eq!(server.send(&get("/api/v1/authcheck").basic(&who)).await.status, 200);
    }
}

/// What another service of the domain put into the browser does not sign anybody out.
#[tokio::test]
async fn cookies_of_others_do_not_matter() {
    let server = TestServer::start().await;
    let who = server.account(ANN, "standard").await;
    let mut jar = Jar::sign_in(&server, &who).await;
    jar.0.insert(0, ("visitor".to_owned(), "J\u{f6}rg".to_owned()));
    assert_eq!(jar.send(&server, get("/account")).await.status, 200);
}

/// The operator at the machine itself, whose server has a public URL.
#[tokio::test]
async fn pages_work_on_the_machine_itself() {
    let server = TestServer::configured(|config| {
        config.public_url = Some(String::from("https://s.example.com").try_into().expect("a URL"));
    })
    .await;
    let from = |origin: &str| post("/api/v1/share").form(&[("secret", "x")]).header("Origin", origin);
    let port = server.address.port();
    for own in [format!("http://127.0.0.1:{port}"), "https://s.example.com".to_owned()] {
        assert_eq!(server.send(&from(&own)).await.status, 200, "{own}");
    }
    let others = [format!("http://127.0.0.1:{}", port.wrapping_add(1)), "http://localhost".to_owned()];
    for other in others {
        assert_eq!(server.send(&from(&other)).await.status, 403, "{other}");
    }
    // A name that somebody made lead here is none of the machine's own.
    let rebound = from("http://evil.example").header("Host", "evil.example");
    assert_eq!(server.send(&rebound).await.status, 403);
}

/// Large secrets on pages have the same bounded place as those of the API.
#[tokio::test]
async fn large_pages_have_a_bounded_place() {
    let server = TestServer::configured(|config| {
        config.limits.downloads = Size(15_000_000);
        config.plans = serde_json::from_value(json!({"standard": {"text": "10 MB"}})).expect("plans");
    })
    .await;
    let who = server.account(ANN, "standard").await;
    let large = "x".repeat(10_000_000);
    let mut paths = Vec::new();
    for _ in 0..2 {
        let made = server.send(&post("/api/v1/share").form(&[("secret", &large)]).basic(&who)).await;
        paths.push(format!("/secret/{}", made.keys().0));
    }
    let open = |path: &str| post(path).header("Accept", "text/html");
    let mut slow = server.connect().await;
    slow.send(&open(&paths[0])).await;
    slow.answer_begins().await;
    let refused = server.send(&open(&paths[1])).await;
    assert_eq!(refused.status, 503, "{}", refused.status);
    assert!(refused.header("Retry-After").is_some());
    let page = slow.answer("POST").await.expect("an answer");
    assert_eq!(page.text().matches(&large).count(), 1);
    assert_eq!(server.send(&open(&paths[1])).await.status, 200, "nothing was lost");
}

/// A form is not as many fields as fit into it.
#[tokio::test]
async fn of_a_form_no_more_fields_are_read_than_of_a_call() {
    let server = TestServer::start().await;
    let send = async |blank: usize| {
        let body = format!("{}secret=x", "a&".repeat(blank));
        server.send(&post("/").body(body)).await.status
    };
    assert_eq!((send(127).await, send(128).await), (200, 422));
}

/// HEAD is GET without a body, and nothing that a form does happens by another method.
#[tokio::test]
async fn methods() {
    let server = TestServer::start().await;
    let (secret, receipt) = server.share("x", "").await;
    let paths =
        ["/", "/signin", "/about", "/recent", "/account", "/docs/api", "/robots.txt", "/invite/x", "/forgot"];
    let keyed = [format!("/secret/{secret}"), format!("/receipt/{receipt}")];
    for path in paths.into_iter().chain(keyed.iter().map(String::as_str)) {
        let [got, head] = ["GET", "HEAD"].map(|method| Request::new(method, path));
        let (got, head) = (server.send(&got).await, server.send(&head).await);
        assert_eq!((got.status, head.text()), (head.status, ""), "{path}");
        assert_eq!(got.header("Content-Type"), head.header("Content-Type"), "{path}");
    }
    let does = [format!("/receipt/{receipt}/burn"), format!("/secret/{secret}/forget")];
    for path in ["/signout", "/language", "/account/keys", "/account/notifications"]
        .into_iter()
        .chain(does.iter().map(String::as_str))
    {
        for method in ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"] {
            assert_eq!(server.send(&Request::new(method, path)).await.status, 404, "{method} {path}");
        }
    }
    assert_eq!(server.reveal(&secret, "").await.status, 200);
}

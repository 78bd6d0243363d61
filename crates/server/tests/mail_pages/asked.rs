//! `/signup` and `/forgot`: whoever asks, and whatever there is, one answer.

use super::{ANN, Jar, PASSWORD, TestServer, invited, next, pick, with_mail};
use crate::faults::faulty_with;
use crate::pages::{between, field};
use crate::support::{Answer, get, post};
use burnbag_core::mail::MailKind;
use burnbag_server::config::{Config, Percent, Signup};
use burnbag_server::vault::{Letter, VaultError};
use burnbag_store::faulty::{Fault, Verb};
use std::future::ready;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

const ANSWER: &str = "If this address may have an account here, a mail with a link is on its way. The link works for 72 hours.";
const NEW: &str = "new@example.com";

fn open_to(domains: &'static str) -> impl FnOnce(&mut Config) {
    move |config| {
        with_mail(config);
        config.signup = Signup::Open;
        config.signup_domains = serde_json::from_value(domains.into()).expect("domains");
    }
}

/// Fills in the form and sends it.
async fn ask(server: &TestServer, jar: &mut Jar, path: &str, email: &str) -> Answer {
    let form = jar.send(server, get(path)).await;
    assert_eq!(form.status, 200, "{form:?}");
    // Who is signed in has other forms on the page.
    let own = between(form.text(), &format!("action=\"{path}\""), "</form>");
    let fields = [("form_token", between(own, "name=\"form_token\" value=\"", "\"")), ("email", email)];
    jar.send_in_trouble(server, post(path).form(&fields)).await
}

/// The token of the next mail, which goes to this address.
async fn token(server: &TestServer, address: &str) -> String {
    let (mail, letter) = next(server).await;
    let Letter::Invitation { to, token, .. } = &letter else {
        unreachable!("{letter:?}");
    };
    assert_eq!((mail.kind, &**to), (MailKind::Invitation, address));
    token.clone()
}

/// Whether no mail waits, after all that was asked for had its pause and the time to be posted: as much as another that
/// comes behind it needs.
async fn nothing_waits(server: &TestServer) -> bool {
    const LAST: &str = "last@example.com";
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(1)).await;
    tokio::time::resume();
    let (last, plan) = (LAST.parse().expect("an address"), Some("standard".to_owned()));
    server.app.vault.mail_invitation(last, plan, "en").await.expect("it is posted");
    let is_last = |letter: &Letter| matches!(letter, Letter::Invitation { to, .. } if to == LAST);
    let mut others = false;
    while let Some((_, letter)) = pick(server).await {
        others |= !is_last(&letter);
    }
    !others
}

/// Sets a password where a mailed link leads.
async fn accept(server: &TestServer, jar: &mut Jar, token: &str) -> Answer {
    let path = format!("/invite/{token}");
    let form = jar.send(server, get(&path)).await;
    let fields = [("form_token", &*field(&form, "form_token")), ("password", PASSWORD)];
    jar.send(server, post(&path).form(&fields)).await
}

#[tokio::test]
async fn closed_is_not_there() {
    let server = TestServer::start().await;
    let mut jar = Jar::default();
    let signin = jar.send(&server, get("/signin")).await;
    assert!(!signin.text().contains("/signup") && !signin.text().contains("/forgot"), "{signin:?}");
    let fields = [("form_token", &*field(&signin, "form_token")), ("email", NEW)];
    for path in ["/signup", "/forgot"] {
        assert_eq!(jar.send(&server, get(path)).await.status, 404);
        assert_eq!(jar.send(&server, post(path).form(&fields)).await.status, 404);
    }
    let server = TestServer::configured(with_mail).await;
    let signin = jar.send(&server, get("/signin")).await;
    assert!(!signin.text().contains("/signup") && signin.text().contains("href=\"/forgot\""), "{signin:?}");
    assert_eq!(jar.send(&server, get("/signup")).await.status, 404);
}

#[tokio::test]
async fn an_account_begins_with_a_mailed_link() {
    let server = TestServer::configured(open_to("example.com, example.org")).await;
    let mut jar = Jar::default();
    let signin = jar.send(&server, get("/signin")).await;
    assert!(signin.text().contains("<a href=\"/signup\">Create an account</a>"), "{signin:?}");
    for other in ["a@sub.example.com", "a@example.net"] {
        let refused = ask(&server, &mut jar, "/signup", other).await;
        assert_eq!(refused.status, 422);
        let text = "role=\"alert\">Accounts here are for addresses of example.com, example.org only.</p>";
        assert!(refused.text().contains(text) && refused.text().contains(other), "{refused:?}");
    }
    let wrong = ask(&server, &mut jar, "/signup", "no address").await;
    assert!(wrong.status == 422 && wrong.text().contains("Not an e-mail address: no address."), "{wrong:?}");
    let answer = ask(&server, &mut jar, "/signup", "New@Example.com").await;
    assert!(answer.status == 200 && answer.text().contains(ANSWER), "{answer:?}");
    let accepted = accept(&server, &mut jar, &token(&server, NEW).await).await;
    assert_eq!((accepted.status, accepted.header("Location")), (303, Some("/")), "{accepted:?}");
    let account = jar.send(&server, get("/account")).await;
    assert!(account.text().contains("<bdi>new@example.com</bdi>"), "{account:?}");
    assert!(nothing_waits(&server).await);
}

/// An account whose link nobody used goes; what the operator made stays.
#[tokio::test]
async fn who_does_not_come_back_leaves_nothing() {
    let server = TestServer::configured(open_to("")).await;
    let (mut jar, store) = (Jar::default(), server.app.vault.store());
    invited(&server, ANN, 1).await;
    ask(&server, &mut jar, "/signup", NEW).await;
    let token = token(&server, NEW).await;
    server.pass(72 * 3600 + 1).await;
    let accounts = store.accounts().await.expect("the store");
    assert_eq!(accounts.iter().map(|account| account.email.as_str()).collect::<Vec<_>>(), [ANN]);
    let gone = jar.send(&server, get(&format!("/invite/{token}"))).await;
    assert_eq!(gone.status, 404);
    // There another link is asked for, without anybody's help.
    assert!(
        gone.text().contains("or its time is over. Sign in; there you can also have another one sent."),
        "{gone:?}"
    );
    assert!(gone.text().contains("id=\"instead\" href=\"/signin\">Sign in</a>"), "{gone:?}");
}

#[tokio::test]
async fn whoever_asks_gets_one_answer() {
    let server = TestServer::configured(open_to("")).await;
    let who = server.account(ANN, "standard").await;
    let mut jar = Jar::default();
    let body = |answer: Answer| {
        assert_eq!(answer.status, 200, "{answer:?}");
        assert!(answer.text().contains(ANSWER), "{answer:?}");
        answer.body
    };
    for path in ["/forgot", "/signup"] {
        let known = body(ask(&server, &mut jar, path, ANN).await);
        token(&server, ANN).await;
        let unknown = body(ask(&server, &mut jar, path, "nobody@example.com").await);
        assert_eq!(known, unknown, "{path}");
    }
    // `/forgot` makes no account and mails nobody without one: this is the mail that `/signup` sent.
    token(&server, "nobody@example.com").await;
    assert!(nothing_waits(&server).await);
    // Nor does it tell that somebody asked before: the third mail to Ann within the hour is the last.
    for _ in 0..5 {
        body(ask(&server, &mut jar, "/forgot", ANN).await);
    }
    let last = token(&server, ANN).await;
    assert!(nothing_waits(&server).await);
    // Who is signed in may have forgotten his password too.
    let mut ann = Jar::sign_in(&server, &who).await;
    body(ask(&server, &mut ann, "/forgot", "dan@example.com").await);
    let accepted = accept(&server, &mut jar, &last).await;
    assert_eq!(accepted.status, 303, "{accepted:?}");
    assert_eq!(ann.send(&server, get("/account")).await.status, 303, "every other session is over");
}

/// Otherwise strangers could fill the last of the disk, which takes and burns need.
#[tokio::test]
async fn nothing_is_made_while_the_disk_is_nearly_full() {
    let full = |config: &mut Config| {
        open_to("")(config);
        config.limits.min_free_disk_percent = Percent(100);
    };
    let server = TestServer::configured(full).await;
    assert!(server.app.disk.is_low());
    let answer = ask(&server, &mut Jar::default(), "/signup", NEW).await;
    let text =
        "role=\"alert\">The server cannot do this now. Nothing was used up; try again in a moment.</p>";
    assert!(answer.status == 503 && answer.text().contains(text), "{answer:?}");
    assert_eq!(answer.header("Retry-After"), Some("60"));
    let email = NEW.parse().expect("an address");
    let plan = Some("standard".to_owned());
    let refused = server.app.vault.mail_invitation(email, plan, "en").await;
    assert!(matches!(refused, Err(VaultError::Full)), "{refused:?}");
    assert!(server.app.vault.store().accounts().await.expect("the store").is_empty());
}

/// Otherwise he waits for a mail that never comes.
#[tokio::test]
async fn who_asks_while_the_store_is_away_is_told() {
    let ((server, store), mut jar) = (faulty_with(open_to("")).await, Jar::default());
    server.account(ANN, "standard").await;
    for path in ["/signup", "/forgot"] {
        store.always(Verb::Ping, Fault::Unavailable);
        let known = ask(&server, &mut jar, path, ANN).await;
        assert_eq!((known.status, known.header("Retry-After")), (503, Some("1")), "{known:?}");
        assert!(
            known.text().contains("The server cannot do this now.") && known.text().contains(ANN),
            "{known:?}"
        );
        let unknown = ask(&server, &mut jar, path, NEW).await;
        assert_eq!(unknown.text().replace(NEW, ANN), known.text());
        store.mend(Verb::Ping);
        let answer = ask(&server, &mut jar, path, ANN).await;
        assert!(answer.status == 200 && answer.text().contains(ANSWER), "{answer:?}");
        token(&server, ANN).await;
    }
    assert!(nothing_waits(&server).await);
}

/// Who was told that a mail is on its way gets one, also when the server ends in that moment.
#[tokio::test]
async fn what_was_asked_for_is_posted_before_the_end() {
    let (server, mut jar) = (TestServer::configured(with_mail).await, Jar::default());
    server.account(ANN, "standard").await;
    ask(&server, &mut jar, "/forgot", ANN).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    burnbag_server::run(Arc::clone(&server.app), listener, ready(())).await;
    assert!(pick(&server).await.is_some());
}

#[tokio::test]
async fn one_client_asks_for_so_many() {
    let server = TestServer::configured(with_mail).await;
    let mut jar = Jar::default();
    for number in 0..60 {
        let answer = ask(&server, &mut jar, "/forgot", &format!("a{number}@example.com")).await;
        assert_eq!(answer.status, 200, "{answer:?}");
    }
    server.account(ANN, "standard").await;
    for email in [ANN, NEW] {
        let refused = ask(&server, &mut jar, "/forgot", email).await;
        assert!(refused.status == 429 && refused.text().contains("Too many tries for now."), "{refused:?}");
    }
    assert!(nothing_waits(&server).await);
    let form = jar.send(&server, get("/forgot")).await;
    let forged = [("form_token", "x"), ("email", ANN)];
    assert_eq!(jar.send(&server, post("/forgot").form(&forged)).await.status, 403, "{form:?}");
}

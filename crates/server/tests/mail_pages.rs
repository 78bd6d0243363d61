//! What pages do where this server sends mail, as a browser without scripts meets them. No mail server is needed: what is
//! posted is taken out of the outbox.

mod asked;

use super::accounts::{ANN, PASSWORD, invited};
use super::faults::faulty_with;
use super::pages::{Jar, between, field, link_key};
use super::support::{Answer, TestServer, get, post};
use burnbag_core::mail::MailKind;
use burnbag_core::time::Timestamp;
use burnbag_server::config::Config;
use burnbag_server::vault::Letter;
use burnbag_store::faulty::{Fault, Verb};
use burnbag_store::{Notify, Outgoing, Stamp};
use std::time::Duration;

const SECRET: &str = "5dX-!qqP&<b>";
const YOURSELF: &str = "Send the link yourself.";
const PRESSED: [(&str, &str); 2] = [("secret", SECRET), ("ttl", "3600")];

/// A configuration with mail.
fn with_mail(config: &mut Config) {
    config.mail.server = Some("127.0.0.1".to_owned());
    config.mail.from = Some("burnbag@example.com".to_owned());
    config.public_url = Some(String::from("https://s.example.com").try_into().expect("a URL"));
}

/// A server that posts mails, and Ann, who is signed in there.
async fn mailing(change: impl FnOnce(&mut Config)) -> (TestServer, Jar) {
    let server = TestServer::configured(|config| {
        with_mail(config);
        change(config);
    })
    .await;
    let who = server.account(ANN, "standard").await;
    let jar = Jar::sign_in(&server, &who).await;
    (server, jar)
}

/// A mail that is due, with what it says.
async fn pick(server: &TestServer) -> Option<(Outgoing, Letter)> {
    let (vault, now) = (&server.app.vault, server.app.vault.now());
    let mail = vault.store().pick_mail(now, now.after(3600)).await.expect("the store")?;
    let letter = vault.letter(&mail).expect("it opens");
    Some((mail, letter))
}

/// The next mail, which may still be on its way into the outbox.
async fn next(server: &TestServer) -> (Outgoing, Letter) {
    let next = async {
        loop {
            if let Some(mail) = pick(server).await {
                return mail;
            }
            server.app.vault.posted().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), next).await.expect("a mail")
}

/// Recipient, key and language of all letters with links.
async fn links(server: &TestServer) -> Vec<(String, String, String)> {
    let mut links = Vec::new();
    while let Some((_, letter)) = pick(server).await {
        if let Letter::Link { to, key, language, .. } = &letter {
            links.push((to.clone(), key.clone(), language.clone()));
        }
    }
    links.sort();
    links
}

/// Sends the form of a page.
async fn send(server: &TestServer, jar: &mut Jar, page: &Answer, fields: &[(&str, &str)]) -> Answer {
    let (form_token, once) = (field(page, "form_token"), field(page, "once"));
    let own = [("form_token", &*form_token), ("once", &once)];
    jar.send(server, post("/").form(&[&own, fields].concat())).await
}

/// Fills in the form and sends it.
async fn share(server: &TestServer, jar: &mut Jar, recipients: &str, more: &[(&str, &str)]) -> Answer {
    let page = jar.send(server, get("/")).await;
    let fields = [&PRESSED, more, &[("recipient", recipients)]].concat();
    send(server, jar, &page, &fields).await
}

/// Recipient and key of each link on a page, sorted.
fn shown(page: &Answer) -> Vec<(String, String)> {
    let items = page.text().split("<li>\n<h2").skip(1).map(|item| {
        let key = between(between(item, "<textarea", "</textarea>"), "/secret/", "<");
        (between(item, "<bdi>", "</bdi>").to_owned(), key.split('<').next().unwrap_or_default().to_owned())
    });
    let mut shown: Vec<_> = items.collect();
    shown.sort();
    shown
}

async fn listed(server: &TestServer, jar: &mut Jar) -> usize {
    jar.send(server, get("/recent")).await.text().matches("<a href=\"/receipt/").count()
}

#[tokio::test]
async fn one_recipient_is_mailed_the_link() {
    let (server, mut jar) = mailing(|_| {}).await;
    assert!(!Jar::default().send(&server, get("/")).await.text().contains("Send to (e-mail)"), "a stranger");
    let made = share(&server, &mut jar, " Bob@Example.com; ", &[("passphrase", "four words")]).await;
    assert_eq!(made.status, 200, "{made:?}");
    for text in [
        "<h1 tabindex=\"-1\">Your link is ready</h1>",
        "A mail with the link is on its way to bob@example.com.",
        "Sealed on the server because the server will mail the link",
        "value=\"four words\"",
    ] {
        assert!(made.text().contains(text), "{text}: {made:?}");
    }
    // Nobody is asked to send what is on its way. (The template that scripts fill in is not on this page.)
    assert!(!made.text().contains("Send it to one person"), "{made:?}");
    let key = link_key(&made);
    let (mail, letter) = next(&server).await;
    let Letter::Link { to, sender, key: mailed, passphrase, language, expires } = &letter else {
        unreachable!("{letter:?}");
    };
    assert_eq!((mail.kind, &**to, &**sender, mailed), (MailKind::Link, "bob@example.com", ANN, &key));
    let place = (server.app.vault.now().0 + 3600, true, "en");
    assert_eq!((*expires, *passphrase, &**language), place);
    assert!(pick(&server).await.is_none(), "one mail");
    let receipt = between(made.text(), "href=\"/receipt/", "\"");
    let page = jar.send(&server, get(&format!("/receipt/{receipt}"))).await;
    assert!(page.text().contains("bo*****@e*****.com") && page.text().contains("The mail waits to be sent."));
    assert_eq!(server.reveal(&key, "four words").await.json()["value"], SECRET);
}

#[tokio::test]
async fn each_of_several_recipients_has_a_link_of_his_own() {
    let (server, mut jar) = mailing(|_| {}).await;
    jar.0.push(("burnbag_language".to_owned(), "fr".to_owned()));
    let typed = "cay@example.org, bob@example.com;BOB@example.com\r\n\r\n dan@example.net";
    let made = share(&server, &mut jar, typed, &[("passphrase", "p&p"), ("memo", "VPN")]).await;
    assert_eq!(made.status, 200, "{made:?}");
    assert_eq!(made.text().matches("value=\"p&#38;p\"").count(), 1, "the passphrase, once");
    let shown = shown(&made);
    let mailed = links(&server).await;
    assert_eq!(mailed.len(), 3);
    for ((to, key, language), (address, link)) in mailed.iter().zip(&shown) {
        assert_eq!((to, key, &**language), (address, link, "fr"));
    }
    assert_eq!(made.text().matches("href=\"/receipt/").count(), 3);
    assert_eq!(made.text().matches("href=\"mailto:").count(), 3);
    for (_, key) in &shown {
        // Where the mail is refused, the sender's own takes its place.
        assert!(made.text().contains(&format!("%2Fsecret%2F{key}%0A\"")), "{made:?}");
        assert_eq!(server.reveal(key, "p&p").await.json()["value"], SECRET);
    }
    assert_eq!(listed(&server, &mut jar).await, 3);
}

/// The language of a mail is the account's before that of the browser.
#[tokio::test]
async fn mails_speak_the_language_of_the_account() {
    let (server, mut jar) = mailing(|_| {}).await;
    let token = field(&jar.send(&server, get("/")).await, "form_token");
    jar.send(&server, post("/language").form(&[("form_token", &*token), ("language", "nl")])).await;
    jar.0.retain(|(name, _)| name != "burnbag_language");
    jar.0.push(("burnbag_language".to_owned(), "ja".to_owned()));
    share(&server, &mut jar, "bob@example.com", &[]).await;
    assert_eq!(links(&server).await[0].2, "nl");
}

#[tokio::test]
async fn nothing_is_made_until_every_address_is_one() {
    let (server, mut jar) = mailing(|_| {}).await;
    let eleven = (0..11).map(|number| format!("a{number}@example.com")).collect::<Vec<_>>().join(" ");
    for (typed, problem) in [
        ("bob@example.com, <i>@x, dan@", "Not an e-mail address: &#60;i&#62;@x, dan@."),
        ("bob@example.com a@foo.xn--a", "Not an e-mail address: a@foo.xn--a."),
        (",", "Not an e-mail address: ,."),
        (&eleven, "These are too many addresses; 10 at most."),
    ] {
        let refused = share(&server, &mut jar, typed, &[("passphrase", "kept")]).await;
        assert_eq!(refused.status, 422, "{refused:?}");
        assert!(refused.text().contains(problem), "{problem}: {refused:?}");
        let kept = between(between(refused.text(), "name=\"recipient\"", "</textarea>"), ">\n", "\u{0}");
        assert_eq!(kept, typed.replace('<', "&#60;").replace('>', "&#62;"), "what was typed stays");
        assert!(refused.text().contains("5dX-!qqP&#38;&#60;b&#62;</textarea>"), "{refused:?}");
    }
    let page = jar.send(&server, get("/")).await;
    let empty = [("secret", ""), ("recipient", "bob@example.com dan@example.com")];
    let empty = send(&server, &mut jar, &page, &empty).await;
    assert!(empty.status == 422 && empty.text().contains("There is nothing to share yet."), "{empty:?}");
    assert_eq!((links(&server).await.len(), listed(&server, &mut jar).await), (0, 0));
}

#[tokio::test]
async fn who_presses_twice_has_pressed_once() {
    let (server, mut jar) = mailing(|_| {}).await;
    let page = jar.send(&server, get("/")).await;
    let form = [&PRESSED[..], &[("recipient", "bob@example.com dan@example.com")]].concat();
    let (mut one, mut other) = (Jar(jar.0.clone()), Jar(jar.0.clone()));
    let (first, second) =
        tokio::join!(send(&server, &mut one, &page, &form), send(&server, &mut other, &page, &form));
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 303], "{first:?} {second:?}");
    let again = send(&server, &mut jar, &page, &form).await;
    assert_eq!((again.status, again.header("Location")), (303, Some("/recent")), "the browser's reload");
    assert_eq!((links(&server).await.len(), listed(&server, &mut jar).await), (2, 2));
    // A page that came back with another text in it is another form, and so is a new page.
    let changed = [&[("secret", "y")], &form[1..]].concat();
    assert_eq!(send(&server, &mut jar, &page, &changed).await.status, 200);
    let fresh = jar.send(&server, get("/")).await;
    assert_eq!(send(&server, &mut jar, &fresh, &form).await.status, 200);
    assert_eq!(links(&server).await.len(), 4);
    // Without its number nobody knows whether it was sent.
    let token = field(&fresh, "form_token");
    let unknown = [&[("form_token", &*token)], &form[..]].concat();
    assert_eq!(jar.send(&server, post("/").form(&unknown)).await.status, 403);
    assert_eq!(links(&server).await.len(), 0);
}

/// Who goes back to the page that he had first, and sends that too, has pressed twice.
#[tokio::test]
async fn a_form_that_comes_back_is_the_same() {
    let (server, store) = faulty_with(with_mail).await;
    let who = server.account(ANN, "standard").await;
    let mut jar = Jar::sign_in(&server, &who).await;
    let page = jar.send(&server, get("/")).await;
    let form = [&PRESSED[..], &[("recipient", "bob@example.com dan@example.com")]].concat();
    store.next(Verb::Put, Fault::Unavailable);
    let own = [("form_token", &*field(&page, "form_token")), ("once", &field(&page, "once"))];
    let failed = jar.send_in_trouble(&server, post("/").form(&[&own, &form[..]].concat())).await;
    assert_eq!(failed.status, 503, "{failed:?}");
    assert_eq!(field(&failed, "once"), field(&page, "once"));
    assert_eq!(send(&server, &mut jar, &failed, &form).await.status, 200);
    let first = send(&server, &mut jar, &page, &form).await;
    assert_eq!((first.status, first.header("Location")), (303, Some("/recent")), "{first:?}");
    assert_eq!(links(&server).await.len(), 2);
}

#[tokio::test]
async fn a_limit_shows_what_was_made_and_keeps_the_rest() {
    let (server, mut jar) = mailing(|config| {
        config.mail.per_account = "2/3600s".parse().expect("a rate");
        config.mail.per_recipient = "1/3600s".parse().expect("a rate");
    })
    .await;
    let typed = "bob@example.com cay@example.com dan@example.com eve@example.com";
    let partly = share(&server, &mut jar, typed, &[("passphrase", "kept"), ("memo", "VPN")]).await;
    assert_eq!(partly.status, 429, "{partly:?}");
    assert!(partly.header("Retry-After").is_some());
    assert!(
        partly.text().contains("The addresses that are left stand in the form: wait 31 minutes"),
        "{partly:?}"
    );
    let shown = shown(&partly);
    let mailed: Vec<_> = links(&server).await.into_iter().map(|(to, key, _)| (to, key)).collect();
    assert_eq!((&shown, shown.len()), (&mailed, 2));
    let left = between(between(partly.text(), "name=\"recipient\"", "</textarea>"), ">\n", "\u{0}");
    assert_eq!(left, "dan@example.com\neve@example.com");
    for kept in ["5dX-!qqP&#38;&#60;b&#62;</textarea>", "value=\"kept\"", "value=\"VPN\""] {
        assert!(partly.text().contains(kept), "{kept}: {partly:?}");
    }
    // Later the rest goes by the form that was shown; at once, nothing is made.
    let rest = [&PRESSED[..], &[("recipient", left)]].concat();
    assert_eq!(send(&server, &mut jar, &partly, &rest).await.status, 429);
    assert_eq!((links(&server).await.len(), listed(&server, &mut jar).await), (0, 2));
    server.clock.advance(3600);
    assert_eq!(send(&server, &mut jar, &partly, &rest).await.status, 200);
    assert_eq!(links(&server).await.len(), 2);
    let to_bob = share(&server, &mut jar, "bob@example.com", &[]).await;
    assert_eq!(to_bob.status, 429, "by this account");
}

/// Who it is that gets no more is told, and those behind him get theirs.
#[tokio::test]
async fn a_full_mailbox_is_named_and_keeps_others_from_nothing() {
    let (server, mut jar) =
        mailing(|config| config.mail.per_recipient = "1/3600s".parse().expect("a rate")).await;
    assert_eq!(share(&server, &mut jar, "bob@example.com", &[]).await.status, 200);
    let partly = share(&server, &mut jar, "cay@example.com Bob@example.com dan@example.com", &[]).await;
    assert_eq!((partly.status, partly.header("Retry-After")), (429, Some("3601")), "{partly:?}");
    let told = "role=\"alert\">So many mails went to bob@example.com lately that no more go there for now. Wait 61 minutes \
                and try again, or send the link yourself.</p>";
    assert!(partly.text().contains(told), "{partly:?}");
    let made: Vec<_> = shown(&partly).into_iter().map(|(to, _)| to).collect();
    assert_eq!(made, ["cay@example.com", "dan@example.com"]);
    let left = between(between(partly.text(), "name=\"recipient\"", "</textarea>"), ">\n", "\u{0}");
    assert_eq!((left, links(&server).await.len()), ("bob@example.com", 3));
    // Who names nobody else is told the same, and has made nothing.
    let none = share(&server, &mut jar, "bob+again@example.com", &[]).await;
    assert!(none.status == 429 && none.text().contains("So many mails went to bob+again@example.com lately"));
    assert_eq!((shown(&none).len(), listed(&server, &mut jar).await), (0, 3));
}

#[tokio::test]
async fn nobody_is_mailed_where_that_is_not_offered() {
    let (server, mut jar) = mailing(|_| {}).await;
    let once = "A".repeat(43);
    let fields = [&PRESSED[..], &[("recipient", "bob@example.com"), ("once", &once)]].concat();
    assert_eq!(Jar::default().send(&server, post("/").form(&fields)).await.status, 403, "a stranger");
    let token = field(&jar.send(&server, get("/")).await, "form_token");
    jar.0.clear();
    let signed_out = [&fields[..], &[("form_token", &token)]].concat();
    let answer = jar.send(&server, post("/").form(&signed_out)).await;
    assert!(answer.text().contains("You were signed out meanwhile."), "{answer:?}");
    assert!(links(&server).await.is_empty());
    let server = TestServer::start().await;
    let who = server.account(ANN, "standard").await;
    let mut jar = Jar::sign_in(&server, &who).await;
    let page = jar.send(&server, get("/")).await;
    assert!(!page.text().contains("Send to (e-mail)"));
    let token = field(&page, "form_token");
    let form = [&fields[..], &[("form_token", &token)]].concat();
    assert_eq!(jar.send(&server, post("/").form(&form)).await.status, 403);
    let account = jar.send(&server, get("/account")).await;
    assert!(!account.text().contains("Notifications"), "{account:?}");
    let choice = [("form_token", &*field(&account, "form_token")), ("opened", "on")];
    assert_eq!(jar.send(&server, post("/account/notifications").form(&choice)).await.status, 404);
}

/// What a receipt says of its mail, from one state to the next.
#[tokio::test]
async fn a_receipt_says_what_became_of_the_mail() {
    let (server, mut jar) = mailing(|_| {}).await;
    let store = server.app.vault.store();
    let cases: [(&str, Stamp, &[&str], &[&str]); 5] = [
        ("sent", Stamp::Sent, &["<span>Mailed</span>"], &["Not mailed", YOURSELF]),
        (
            "queued",
            Stamp::Later(Timestamp(server.app.vault.now().0 + 60), Some(450)),
            &["The mail waits to be sent. The mail server asked to try later (450).</p>"],
            &["Not mailed", YOURSELF],
        ),
        (
            "refused",
            Stamp::Refused(550),
            &["Not mailed: the mail server refused it (550). Send the link yourself."],
            &["waits to be sent"],
        ),
        (
            "given-up",
            Stamp::Later(Timestamp(server.app.vault.now().0 + 90_000), Some(451)),
            &["Not mailed: no mail server took it in time. The mail server asked to try later (451). \
                 Send the link yourself."],
            &["waits to be sent"],
        ),
        ("queued", Stamp::Untried, &["The mail waits to be sent.</p>"], &[YOURSELF, "Not mailed"]),
    ];
    for (word, stamp, says, never) in cases {
        let made = share(&server, &mut jar, "bob@example.com", &[]).await;
        let receipt = format!("/receipt/{}", between(made.text(), "href=\"/receipt/", "\""));
        let (mail, _) = next(&server).await;
        store.stamp_mail(&mail, stamp, server.app.vault.now()).await.expect("the store");
        let page = jar.send(&server, get(&receipt)).await;
        assert_eq!(between(page.text(), "data-mail=\"", "\""), word, "{page:?}");
        for text in says {
            assert!(page.text().contains(text), "{text}: {page:?}");
        }
        for text in never {
            assert!(!page.text().contains(text), "{text}: {page:?}");
        }
        // Who has burned it needs no advice; what happened is still said.
        let burn = [("form_token", &*field(&page, "form_token"))];
        jar.send(&server, post(&format!("{receipt}/burn")).form(&burn)).await;
        server.pass(20).await;
        let page = jar.send(&server, get(&receipt)).await;
        assert!(!page.text().contains(YOURSELF) && !page.text().contains("waits to be sent"), "{page:?}");
        if word == "queued" {
            assert!(page.text().contains("Not mailed: the secret had ended before."), "{page:?}");
        }
        while pick(&server).await.is_some() {}
    }
}

#[tokio::test]
async fn notifications_are_chosen() {
    let (server, mut jar) = mailing(|_| {}).await;
    let account = jar.send(&server, get("/account")).await;
    assert!(account.text().contains("<h2>Notifications</h2>") && !account.text().contains(" checked"));
    let token = field(&account, "form_token");
    let email = ANN.parse().expect("an address");
    for (fields, notify) in [
        (vec![("opened", "on")], Notify { opened: true, expired: false }),
        (vec![("opened", "on"), ("expired", "on")], Notify { opened: true, expired: true }),
        (vec![("expired", "on")], Notify { opened: false, expired: true }),
        (vec![], Notify::default()),
        (vec![("opened", "on")], Notify { opened: true, expired: false }),
    ] {
        let fields = [&[("form_token", &*token)], &fields[..]].concat();
        let answer = jar.send(&server, post("/account/notifications").form(&fields)).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        assert!(answer.text().contains("Your choice is saved."), "{answer:?}");
        for page in [answer, jar.send(&server, get("/account")).await] {
            let is_checked =
                |name: &str| between(page.text(), &format!("name=\"{name}\""), ">").contains("checked");
            assert_eq!(Notify { opened: is_checked("opened"), expired: is_checked("expired") }, notify);
        }
        let account = server.app.vault.store().account(&email).await.expect("the store");
        assert_eq!(account.expect("an account").notify, notify);
    }
    let key = link_key(&share(&server, &mut jar, "", &[("memo", "VPN")]).await);
    assert!(pick(&server).await.is_none());
    server.reveal(&key, "").await;
    server.clock.advance(20);
    let (mail, letter) = next(&server).await;
    assert!(matches!(&letter, Letter::Ended { label: Some(label), .. } if label == "VPN"));
    assert_eq!(mail.kind, MailKind::Opened);
    let nobody = Jar::default().send(&server, post("/account/notifications").form(&[("opened", "on")])).await;
    assert_eq!((nobody.status, nobody.header("Location")), (303, Some("/signin?to=account")));
}

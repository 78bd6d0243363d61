//! Mails from the call that asks for one to a real mail server.

use crate::support::smtp::{Message, SmtpServer};
use crate::support::{Answer, Credentials, START, TestServer, get, post};
use burnbag_core::mail::{MAIL_LIVES, MailId, MailKind};
use burnbag_core::seal::Sealed;
use burnbag_core::time::Timestamp;
use burnbag_server::config::{Config, PublicUrl, Tls};
use burnbag_store::faulty::{Fault, Faulty, Gate, Verb};
use burnbag_store::{DynStore, Mail, Notify, Stamp};
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::{Value, json};
use std::num::NonZeroU16;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

const READER: &str = "reader@example.com";
/// So long the worker waits after the store was away.
const HEARD: Duration = Duration::from_secs(3);

/// Mail is set up, and goes to this server.
fn by_way_of(smtp: &SmtpServer) -> impl FnOnce(&mut Config) {
    let port = NonZeroU16::new(smtp.port);
    move |config| {
        config.public_url = PublicUrl::try_from("https://secrets.example.com".to_owned()).ok();
        config.mail.server = Some("127.0.0.1".to_owned());
        config.mail.port = port;
        config.mail.tls = Tls::None;
        config.mail.from = Some("burnbag@example.com".to_owned());
    }
}

async fn mailing() -> (SmtpServer, TestServer, Credentials) {
    let smtp = SmtpServer::start(&json!({ "tls": "none" }));
    let server = TestServer::sending(by_way_of(&smtp)).await;
    let ann = server.account("ann@example.com", "standard").await;
    (smtp, server, ann)
}

async fn share(server: &TestServer, maker: &Credentials, more: &[(&str, &str)]) -> Answer {
    let form = [&[("secret", "for the reader"), ("recipient", READER)], more].concat();
    let answer = server.send(&post("/api/v1/share").basic(maker).form(&form)).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer
}

/// A receipt as soon as its mail stands so.
async fn receipt_when(server: &TestServer, key: &str, mail: &str) -> Value {
    until(async || server.receipt(key).await["mail"] == mail).await;
    server.receipt(key).await
}

/// Until something is so, which another task or process makes so. The clock of the service stands still meanwhile.
async fn until(is_so: impl AsyncFn() -> bool) {
    let waiting = async {
        while !is_so().await {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(50), waiting).await.expect("it becomes so in time");
}

/// How often the mail server was asked for a recipient.
fn asked(smtp: &SmtpServer) -> usize {
    smtp.state().commands.iter().filter(|said| said.line.to_uppercase().starts_with("RCPT")).count()
}

/// How often the mail server was left, because nothing was due any more.
fn goodbyes(smtp: &SmtpServer) -> usize {
    smtp.state().commands.iter().filter(|said| said.line == "QUIT").count()
}

/// The text as its reader sees it.
fn text(message: &Message) -> String {
    message.data.replace("=\r\n", "").replace("=3D", "=").replace("=20", " ")
}

#[tokio::test]
async fn a_link_is_mailed_once_and_the_receipt_says_so() {
    let (smtp, server, ann) = mailing().await;
    let made = share(&server, &ann, &[]).await;
    assert_eq!(made.json()["mail"], "queued");
    assert_eq!(made.header("X-Burnbag-Notice"), None);
    let (secret, receipt) = made.keys();
    let told = receipt_when(&server, &receipt, "sent").await;
    assert_eq!((&told["mailed"], &told["recipient"]), (&json!(START), &json!(["re*****@e*****.com"])));
    // What is sent stays sent, whatever time passes.
    server.pass(60).await;
    let messages = smtp.wait_for_messages(1).await;
    let [message] = &messages[..] else { panic!("{messages:?}") };
    assert_eq!((message.from.as_str(), &message.to[..]), ("burnbag@example.com", &[READER.to_owned()][..]));
    let text = text(message);
    assert!(text.contains(&format!("https://secrets.example.com/secret/{secret}")), "{text}");
    assert!(text.contains("Subject: ann@example.com sent you a secret"), "{text}");
    assert!(!text.contains("for the reader") && !text.contains(&receipt), "{text}");
}

#[tokio::test]
async fn nobody_waits_for_the_mail_server() {
    let (smtp, server, ann) = mailing().await;
    smtp.rule("greeting", "hold", &json!({}));
    let mut made = Vec::new();
    for _ in 0..5 {
        made.push(share(&server, &ann, &[]).await.keys());
    }
    smtp.wait_for_held(1).await;
    assert_eq!(server.reveal(&made[0].0, "").await.status, 200);
    assert!(smtp.messages().is_empty());
    smtp.clear();
    smtp.release();
    smtp.wait_for_messages(4).await;
    for (_, receipt) in &made[1..] {
        receipt_when(&server, receipt, "sent").await;
    }
    assert_eq!(server.receipt(&made[0].1).await["mail"], "ended", "opened before it could be mailed");
    assert_eq!(smtp.messages().len(), 4);
}

#[tokio::test]
async fn who_is_put_off_gets_it_later() {
    let (smtp, server, ann) = mailing().await;
    smtp.say("rcpt", "451 4.7.1 Greylisted", 2);
    let (_, receipt) = share(&server, &ann, &[]).await.keys();
    for tries in 1..=2 {
        until(async || asked(&smtp) == tries).await;
        until(async || server.receipt(&receipt).await["mail_reply"] == 451).await;
        assert!(smtp.messages().is_empty());
        server.pass(30).await;
    }
    receipt_when(&server, &receipt, "sent").await;
    assert_eq!((smtp.messages().len(), asked(&smtp)), (1, 3));
}

#[tokio::test]
async fn a_refusal_for_good_is_told_and_keeps_nobody_else_from_mail() {
    let (smtp, server, ann) = mailing().await;
    smtp.rule("rcpt", "say", &json!({ "text": "550 5.1.1 No such user", "match": "nobody@" }));
    let (_, refused) = share(&server, &ann, &[("recipient", "nobody@example.com")]).await.keys();
    let (_, sent) = share(&server, &ann, &[]).await.keys();
    let told = receipt_when(&server, &refused, "refused").await;
    assert_eq!((&told["mail_reply"], &told["state"]), (&json!(550), &json!("new")));
    receipt_when(&server, &sent, "sent").await;
    server.pass(3600).await;
    assert_eq!(smtp.messages().len(), 1);
    assert!(server.send(&get("/readyz")).await.json().get("warnings").is_none());
}

/// As Postfix does with all mails of who may not send: no recipient is to blame.
#[tokio::test]
async fn who_refuses_every_mail_is_told_to_the_operator() {
    let (smtp, server, ann) = mailing().await;
    smtp.say("rcpt", "554 5.7.1 Relay access denied", 5);
    for number in 1..=5 {
        assert!(server.send(&get("/readyz")).await.json().get("warnings").is_none(), "{number}");
        let to = format!("r{number}@example.com");
        let (_, receipt) = share(&server, &ann, &[("recipient", &to)]).await.keys();
        receipt_when(&server, &receipt, "refused").await;
    }
    let outbox = server.app.outbox.clone().expect("mail is set up");
    until(async || outbox.is_in_trouble()).await;
    assert!(server.send(&get("/readyz")).await.json()["warnings"][0].to_string().contains("mail"));
    share(&server, &ann, &[]).await;
    until(async || !outbox.is_in_trouble()).await;
    assert_eq!(smtp.messages().len(), 1);
}

#[tokio::test]
async fn what_nobody_takes_is_given_up_after_a_day() {
    let (smtp, server, ann) = mailing().await;
    smtp.rule("rcpt", "say", &json!({ "text": "452 4.2.2 Mailbox full" }));
    let (_, receipt) = share(&server, &ann, &[]).await.keys();
    until(async || server.receipt(&receipt).await["mail_reply"] == 452).await;
    server.pass(24 * 60 * 60).await;
    let told = receipt_when(&server, &receipt, "given-up").await;
    assert_eq!((&told["mail_reply"], &told["state"]), (&json!(452), &json!("new")));
    smtp.clear();
    let (_, next) = share(&server, &ann, &[]).await.keys();
    receipt_when(&server, &next, "sent").await;
    assert_eq!(smtp.messages().len(), 1, "the other one is not sent any more");
}

/// However soon it ends: a mail server may come back in its last seconds.
#[tokio::test]
async fn what_lives_for_a_minute_is_tried_until_shortly_before_its_end() {
    let (smtp, server, ann) = mailing().await;
    smtp.rule("rcpt", "say", &json!({ "text": "451 4.7.1 Greylisted" }));
    let (_, receipt) = share(&server, &ann, &[("ttl", "60")]).await.keys();
    for (tries, pause) in [(1, 12), (2, 24), (3, 14)] {
        until(async || goodbyes(&smtp) == tries).await;
        assert_eq!(asked(&smtp), tries);
        server.clock.advance(pause);
    }
    until(async || goodbyes(&smtp) == 4).await;
    assert_eq!((asked(&smtp), &server.receipt(&receipt).await["state"]), (4, &json!("new")));
}

#[tokio::test]
async fn a_server_that_closes_in_the_middle_gets_it_again() {
    let (smtp, server, ann) = mailing().await;
    smtp.rule("body", "close", &json!({ "times": 1 }));
    let (_, receipt) = share(&server, &ann, &[]).await.keys();
    let outbox = server.app.outbox.clone().expect("mail is set up");
    until(async || outbox.is_in_trouble()).await;
    server.pass(30).await;
    receipt_when(&server, &receipt, "sent").await;
    assert_eq!((smtp.messages().len(), asked(&smtp)), (1, 2));
}

/// Its pick runs out while the process, or its clock, is away: it is sent already, and the answer still counts.
#[tokio::test]
async fn a_mail_that_is_under_way_is_not_sent_beside_itself() {
    let (smtp, server, ann) = mailing().await;
    smtp.rule("end", "hold", &json!({ "times": 1 }));
    let (_, held) = share(&server, &ann, &[]).await.keys();
    smtp.wait_for_held(1).await;
    let (_, beside) = share(&server, &ann, &[]).await.keys();
    receipt_when(&server, &beside, "sent").await;
    server.clock.advance(31);
    let (_, later) = share(&server, &ann, &[]).await.keys();
    receipt_when(&server, &later, "sent").await;
    assert_eq!(asked(&smtp), 3, "the first is due again, before the last, and was not begun again");
    smtp.release();
    receipt_when(&server, &held, "sent").await;
    assert_eq!((smtp.messages().len(), asked(&smtp)), (3, 3));
}

/// Picks run out while the store is away. Who was sending then is heard before others send it again.
#[tokio::test]
async fn after_the_store_was_away_a_mail_is_sent_only_if_nobody_has_sent_it() {
    let (smtp, mut faulty) = (SmtpServer::start(&json!({ "tls": "none" })), None);
    let wrap = |store: DynStore| -> DynStore {
        let store = Arc::new(Faulty::new(store));
        faulty = Some(Arc::clone(&store));
        store
    };
    let server = TestServer::sending_over(wrap, by_way_of(&smtp)).await;
    let (faulty, ann) = (faulty.expect("a store"), server.account("ann@example.com", "standard").await);
    smtp.say("rcpt", "451 4.7.1 Greylisted", 1);
    let (_, receipt) = share(&server, &ann, &[]).await.keys();
    until(async || goodbyes(&smtp) == 1).await;
    // Another node picks it, and its pick is over at once.
    let (store, now) = (server.app.vault.store(), Timestamp(START + 20));
    let theirs = store.pick_mail(now, now).await.expect("the store").expect("a mail");
    let gate = Gate::new();
    faulty.next(Verb::PickMail, Fault::PauseAfter(gate.clone()));
    server.clock.advance(20);
    gate.arrival().await;
    let away = Instant::now();
    until(async || away.elapsed() >= Duration::from_secs(1)).await;
    let back = Instant::now();
    gate.open();
    until(async || smtp.state().sessions == 2).await;
    store.stamp_mail(&theirs, Stamp::Sent, now).await.expect("the store");
    let (_, next) = share(&server, &ann, &[]).await.keys();
    receipt_when(&server, &next, "sent").await;
    assert!(back.elapsed() >= HEARD, "nobody else had the time to say it");
    assert_eq!((asked(&smtp), &server.receipt(&receipt).await["mail"]), (2, &json!("sent")));
    // A store that fails at once is away, too.
    let failing = Instant::now();
    faulty.next(Verb::PickMail, Fault::Unavailable);
    let (_, last) = share(&server, &ann, &[]).await.keys();
    receipt_when(&server, &last, "sent").await;
    assert!(failing.elapsed() >= HEARD, "nobody else had the time to say it");
}

/// What nobody sent in time goes in one round, as what expired does.
#[tokio::test]
async fn all_that_is_over_is_swept_at_once() {
    let (server, mut rng) = (TestServer::start().await, StdRng::seed_from_u64(7));
    let store = server.app.vault.store();
    for _ in 0..501 {
        let sealed = Sealed::from_bytes(vec![0; 99]);
        let mail = Mail { id: MailId::make(&mut rng), kind: MailKind::Invitation, account: None, sealed };
        store.post_mail(mail, Timestamp(START)).await.expect("the store");
    }
    server.pass(MAIL_LIVES).await;
    assert_eq!(store.sweep(server.app.vault.now(), 500).await.expect("the store").mails, 0);
}

#[tokio::test]
async fn a_domain_that_cannot_exist_is_refused_before_anything_is_made() {
    let server = TestServer::start().await;
    let ann = &server.account("ann@example.com", "standard").await;
    for to in ["a@foo.xn--a", "a@１.２２"] {
        let form = [("secret", "x"), ("recipient", to)];
        let answer = server.send(&post("/api/v1/share").basic(ann).form(&form)).await;
        assert_eq!(
            (answer.status, &answer.json()["message"]),
            (404, &json!(format!("Undeliverable email address: {to}")))
        );
    }
}

#[tokio::test]
async fn a_defect_does_not_end_mailing() {
    let smtp = SmtpServer::start(&json!({ "tls": "none" }));
    let broken = |store: DynStore| -> DynStore {
        let store = Faulty::new(store);
        store.next(Verb::PickMail, Fault::Defect);
        Arc::new(store)
    };
    let server = TestServer::sending_over(broken, by_way_of(&smtp)).await;
    let ann = server.account("ann@example.com", "standard").await;
    let (_, receipt) = share(&server, &ann, &[]).await.keys();
    receipt_when(&server, &receipt, "sent").await;
}

#[tokio::test]
async fn a_sender_is_told_what_he_chose_to_be_told() {
    let (smtp, server, ann) = mailing().await;
    let store = server.app.vault.store();
    let id = store.account(&"ann@example.com".parse().unwrap()).await.unwrap().expect("an account").id;
    let none = [("recipient", ""), ("memo", "made before")];
    let (before, _) = share(&server, &ann, &none).await.keys();
    assert!(store.set_notify(id, Notify { opened: true, expired: true }).await.unwrap());
    let (opened, opened_receipt) =
        share(&server, &ann, &[("recipient", ""), ("memo", "VPN for Ann")]).await.keys();
    let expiring = [("recipient", ""), ("memo", "never read"), ("ttl", "60")];
    let (expired, _) = share(&server, &ann, &expiring).await.keys();
    let (burned, burned_receipt) = share(&server, &ann, &[("recipient", ""), ("memo", "burnt")]).await.keys();
    for key in [&before, &opened] {
        assert_eq!(server.reveal(key, "").await.status, 200);
    }
    let burn = post(&format!("/api/v1/private/{burned_receipt}/burn")).basic(&ann);
    assert_eq!(server.send(&burn).await.status, 200);
    server.pass(60).await;
    smtp.wait_for_messages(2).await;
    server.pass(60).await;
    let messages = smtp.messages();
    let texts: Vec<String> = messages.iter().map(text).collect();
    assert_eq!(texts.len(), 2, "{texts:?}");
    let about = |label: &str| texts.iter().find(|text| text.contains(label)).expect("a mail about it");
    assert!(about("VPN for Ann").contains("Subject: Opened: VPN for Ann"), "{texts:?}");
    assert!(about("never read").contains("Subject: Expired unopened: never read"), "{texts:?}");
    for (text, message) in texts.iter().zip(&messages) {
        assert_eq!(message.to, ["ann@example.com"]);
        for hidden in [&opened, &expired, &burned, &opened_receipt, &"for the reader".to_owned()] {
            assert!(!text.contains(hidden.as_str()), "{text}");
        }
    }
    // Who changes his mind is not told of what was made before either.
    share(&server, &ann, &[("recipient", ""), ("ttl", "60")]).await;
    assert!(store.set_notify(id, Notify::default()).await.unwrap());
    server.pass(60).await;
    let (_, receipt) = share(&server, &ann, &[]).await.keys();
    receipt_when(&server, &receipt, "sent").await;
    assert_eq!(smtp.messages().len(), 3, "the link, and no notification");
}

#[tokio::test]
async fn a_mailbox_and_an_account_have_limits_that_hold_before_anything_is_made() {
    let smtp = SmtpServer::start(&json!({ "tls": "none" }));
    let server = TestServer::sending(|config| {
        by_way_of(&smtp)(config);
        config.mail.per_recipient = "2/60s".parse().expect("a rate");
        config.mail.per_account = "4/60s".parse().expect("a rate");
    })
    .await;
    let ann = server.account("ann@example.com", "standard").await;
    let bob = server.account("bob@example.com", "standard").await;
    let status = async |maker: &Credentials, to: &str| {
        let form = [("secret", "a"), ("recipient", to)];
        let answer = server.send(&post("/api/v1/share").basic(maker).form(&form)).await;
        assert!(answer.status == 200 || answer.header("Retry-After").is_some(), "{answer:?}");
        let told = answer.json()["message"].as_str().unwrap_or_default().to_owned();
        let told = ["this recipient", "this account"].into_iter().find(|whose| told.contains(whose));
        (answer.status, told)
    };
    assert_eq!([status(&ann, READER).await, status(&bob, READER).await], [(200, None); 2]);
    assert_eq!([status(&ann, READER).await, status(&bob, READER).await], [(429, Some("this recipient")); 2]);
    assert_eq!(status(&ann, "a@example.com").await.0, 200);
    assert_eq!(status(&ann, "b@example.com").await.0, 200);
    assert_eq!(status(&ann, "c@example.com").await, (429, Some("this account")));
    assert_eq!(status(&ann, "").await.0, 200, "without a mail");
    server.pass(60).await;
    assert_eq!(status(&ann, READER).await.0, 200, "later");
}

#[tokio::test]
async fn a_recipient_is_written_to_in_the_language_asked_for() {
    let (smtp, server, ann) = mailing().await;
    let store = server.app.vault.store();
    let id = store.account(&"ann@example.com".parse().unwrap()).await.unwrap().expect("an account").id;
    let language = async |locale: &str, accepted: &str| {
        let form = [("secret", "a"), ("recipient", READER), ("locale", locale)];
        let call = post("/api/v1/share").basic(&ann).form(&form);
        let made = server.send(&call.header("Accept-Language", accepted)).await;
        receipt_when(&server, &made.keys().1, "sent").await;
        let data = text(smtp.messages().last().expect("a message"));
        let at = data.find("<html lang=\"").expect("HTML") + "<html lang=\"".len();
        data[at..].split('"').next().expect("a language").to_owned()
    };
    assert_eq!(language("", "").await, "en");
    assert_eq!(language("", "fr-CH, fr;q=0.9").await, "fr");
    assert!(store.set_language(id, Some("nl".to_owned())).await.unwrap());
    assert_eq!(language("", "fr").await, "nl");
    assert_eq!(language("de_AT", "fr").await, "de");
    assert_eq!(language("no-such", "fr").await, "nl");
}

#[tokio::test]
async fn a_mail_server_that_fails_is_a_warning_until_it_works() {
    let (smtp, server, ann) = mailing().await;
    smtp.say("mail", "550 5.7.1 Sender rejected", 1);
    let (_, receipt) = share(&server, &ann, &[]).await.keys();
    let warnings = async || server.send(&get("/readyz")).await.json()["warnings"].to_string();
    until(async || warnings().await.contains("burnbag mail test")).await;
    server.pass(30).await;
    receipt_when(&server, &receipt, "sent").await;
    until(async || !warnings().await.contains("mail")).await;
}

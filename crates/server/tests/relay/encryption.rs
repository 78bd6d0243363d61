//! Who is not proved to be the mail server learns nothing.

use super::{PASSWORD, Post, impatient, over};
use crate::support::smtp::Said;
use burnbag_server::config::Tls;
use burnbag_server::mail::{BadCertificate, Trouble, Verdict};
use serde_json::json;

const USER: &str = "burnbag";

#[tokio::test]
async fn a_password_is_said_under_tls_only() {
    for (word, tls) in [("starttls", Tls::StartTls), ("tls", Tls::Tls)] {
        let post = Post::configured(&json!({ "tls": word, "user": USER, "password": PASSWORD }), over(tls));
        assert_eq!(post.send("ann@example.com").await, Verdict::Sent);
        let messages = post.smtp.messages();
        assert!(messages[0].tls && messages[0].user.as_deref() == Some(USER), "{messages:?}");
        post.assert_no_password_in_clear();
    }
}

#[tokio::test]
async fn certificates_that_must_not_be_trusted() {
    let kinds = [
        ("stranger", BadCertificate::Stranger),
        ("name", BadCertificate::OtherName),
        ("expired", BadCertificate::Expired),
        ("namesake", BadCertificate::Stranger),
        ("authority", BadCertificate::Authority),
    ];
    for (kind, bad) in kinds {
        for (word, tls) in [("starttls", Tls::StartTls), ("tls", Tls::Tls)] {
            let options = json!({ "tls": word, "certificate": kind, "user": USER, "password": PASSWORD });
            let post = Post::configured(&options, over(tls));
            assert_eq!(post.trouble().await, Trouble::Certificate(bad), "{word}");
            post.assert_nothing_said();
        }
    }
}

#[tokio::test]
async fn an_authority_that_nobody_named_is_a_stranger() {
    let post = Post::configured(&json!({}), |mail| mail.ca_file = None);
    assert_eq!(post.trouble().await, Trouble::Certificate(BadCertificate::Stranger));
    post.assert_nothing_said();
}

#[tokio::test]
async fn encryption_that_is_not_offered_or_refused_ends_it() {
    let options = json!({ "tls": "none", "user": USER, "password": PASSWORD });
    let post = Post::new(&options);
    assert_eq!(post.trouble().await, Trouble::TlsNotOffered);
    post.assert_nothing_said();

    let post = Post::new(&json!({ "user": USER, "password": PASSWORD }));
    for (text, trouble) in
        [("454 4.7.0 not now", Trouble::Busy(454)), ("502 5.5.1 never", Trouble::TlsNotOffered)]
    {
        post.smtp.say("starttls", text, 1);
        assert_eq!(post.trouble().await, trouble);
        post.assert_nothing_said();
    }
}

/// A server that takes nothing in clear says so in the same words as one that wants a user to sign in.
#[tokio::test]
async fn a_server_that_wants_encryption_is_told_apart() {
    let post = Post::configured(&json!({}), over(Tls::None));
    post.smtp.say("mail", "530 5.7.0 Must issue a STARTTLS command first", 1);
    assert_eq!(post.send("ann@example.com").await, Verdict::Broken(Trouble::TlsNeeded));

    let post = Post::configured(&json!({ "user": USER, "password": PASSWORD }), over(Tls::None));
    assert_eq!(post.trouble().await, Trouble::TlsNeeded, "it offers to sign in under TLS only");
    post.assert_no_password_in_clear();
}

/// What somebody on the way puts behind the answer to STARTTLS must not be taken for the server's word under TLS.
#[tokio::test]
async fn what_was_said_in_clear_does_not_count_under_tls() {
    let post = Post::new(&json!({ "user": USER, "password": PASSWORD }));
    let text = "250-localhost\r\n250 AUTH PLAIN\r\n235 welcome\r\n250 ok\r\n250 ok\r\n354 go on\r\n250 taken";
    post.smtp.rule("starttls", "inject", &json!({ "text": text }));
    assert_eq!(post.trouble().await, Trouble::Handshake);
    post.assert_nothing_said();
}

#[tokio::test]
async fn the_wrong_kind_of_encryption_is_no_way_in() {
    let post = Post::configured(&json!({ "user": USER, "password": PASSWORD }), over(Tls::Tls));
    assert_eq!(post.trouble().await, Trouble::Handshake);
    let state = post.smtp.state();
    // The greeting alone ends it, so what TLS begins with may not be read any more; where it is, it may be several lines.
    let is_said = |said: &Said| ["EHLO", "AUTH", "MAIL"].iter().any(|verb| said.line.starts_with(verb));
    assert!(state.sessions == 1 && !state.commands.iter().any(is_said), "{state:?}");

    let options = json!({ "tls": "tls", "user": USER, "password": PASSWORD });
    let post = Post::configured(&options, impatient);
    assert_eq!(post.trouble().await, Trouble::TimedOut);
    post.assert_nothing_said();
}

#[tokio::test]
async fn signing_in() {
    let post = Post::new(&json!({ "user": USER, "password": "another" }));
    assert_eq!(post.trouble().await, Trouble::SignInRefused(535));

    let post = Post::new(&json!({ "user": USER, "password": PASSWORD }));
    post.smtp.say("auth", "454 4.7.0 who knows passwords is away", 1);
    assert_eq!(post.trouble().await, Trouble::Busy(454));
    post.smtp.say("mail", "530 5.7.0 not like this", 1);
    assert_eq!(post.send("ann@example.com").await, Verdict::Broken(Trouble::SenderRefused(530)));

    let post = Post::configured(&json!({ "user": USER, "password": PASSWORD }), |mail| {
        mail.user = None;
        mail.password_file = None;
    });
    assert_eq!(post.send("ann@example.com").await, Verdict::Broken(Trouble::SignInNeeded));

    let post = Post::configured(&json!({}), |mail| {
        mail.user = Some(USER.to_owned());
        mail.password = None;
        mail.password_file = mail.ca_file.as_ref().map(|ca| ca.with_file_name("password"));
    });
    assert_eq!(post.trouble().await, Trouble::SignInNotOffered);
    assert!(post.smtp.messages().is_empty());
}

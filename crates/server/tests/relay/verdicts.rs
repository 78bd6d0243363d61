//! What became of a mail, at every step at which it can go wrong.

use super::{MESSAGE, Post, email, impatient, over};
use burnbag_server::config::Tls;
use burnbag_server::mail::{Trouble, Verdict};
use serde_json::json;

const ANN: &str = "ann@example.com";

#[tokio::test]
async fn several_mails_go_over_one_line() {
    for (word, tls) in [("starttls", Tls::StartTls), ("tls", Tls::Tls), ("none", Tls::None)] {
        let post = Post::configured(&json!({ "tls": word }), over(tls));
        let mut line = post.line().await;
        for number in 0..3 {
            assert!(line.is_alive().await);
            assert_eq!(line.send(&email(&format!("n{number}@example.com")), MESSAGE).await, Verdict::Sent);
        }
        line.close().await;
        assert_eq!(post.smtp.wait_for_messages(3).await.len(), 3);
        let state = post.smtp.state();
        assert!(state.commands.iter().all(|said| said.session == 1), "{state:?}");
        assert_eq!((state.sessions, state.messages.len()), (1, 3), "{word}: {state:?}");
        assert!(state.messages.iter().all(|message| message.tls == (tls != Tls::None)), "{state:?}");
        let message = &state.messages[2];
        assert_eq!(message.data.as_bytes(), MESSAGE);
        assert_eq!(
            (message.from.as_str(), &*message.to),
            ("secrets@example.com", &["n2@example.com".to_owned()][..])
        );
    }
}

#[tokio::test]
async fn an_answer_about_one_mail_leaves_the_line_to_the_next() {
    let cases = [
        ("rcpt", "550 5.1.1 no such user", Verdict::Refused(550)),
        ("rcpt", "450 4.2.0 greylisted", Verdict::Later(450)),
        ("rcpt", "530 5.7.0 sign in", Verdict::Broken(Trouble::SignInNeeded)),
        ("mail", "530 5.7.0 sign in", Verdict::Broken(Trouble::SignInNeeded)),
        ("mail", "451 4.3.0 later", Verdict::Later(451)),
        ("mail", "553 5.7.1 not yours", Verdict::Broken(Trouble::SenderRefused(553))),
        ("data", "451 4.3.0 later", Verdict::Later(451)),
        ("data", "554 5.5.1 no", Verdict::Refused(554)),
        ("end", "451 4.7.1 later", Verdict::Later(451)),
        ("end", "550-5.7.1 looks\r\n550 5.7.1 like spam", Verdict::Refused(550)),
    ];
    let post = Post::new(&json!({}));
    let mut line = post.line().await;
    for (step, text, verdict) in cases {
        post.smtp.say(step, text, 1);
        assert_eq!(line.send(&email(ANN), MESSAGE).await, verdict, "{step} {text}");
        assert!(!line.is_broken() && post.smtp.messages().is_empty(), "{step} {text}");
    }
    assert_eq!(line.send(&email("bob@example.com"), MESSAGE).await, Verdict::Sent);
    let state = post.smtp.state();
    assert_eq!((state.sessions, state.messages.len()), (1, 1), "{state:?}");
    assert_eq!(state.messages[0].to, ["bob@example.com"]);
}

#[tokio::test]
async fn a_server_that_ends_the_line_is_told_from_one_that_refuses_a_mail() {
    for step in ["mail", "rcpt", "data", "end"] {
        let post = Post::new(&json!({}));
        post.smtp.say(step, "421 4.3.2 shutting down", 1);
        let mut line = post.line().await;
        assert_eq!(line.send(&email(ANN), MESSAGE).await, Verdict::Broken(Trouble::Busy(421)), "{step}");
        assert!(line.is_broken() && !line.is_alive().await, "{step}");
        assert_eq!(line.send(&email(ANN), MESSAGE).await, Verdict::Broken(Trouble::Closed), "{step}");
        assert!(post.smtp.messages().is_empty(), "{step}");
    }
}

#[tokio::test]
async fn a_line_that_breaks_leaves_doubt_only_after_the_end_of_the_mail() {
    let cases = [
        ("mail", "close", Verdict::Broken(Trouble::Closed), 0),
        ("rcpt", "close", Verdict::Broken(Trouble::Closed), 0),
        ("data", "close", Verdict::Broken(Trouble::Closed), 0),
        ("end", "close", Verdict::InDoubt(Trouble::Closed), 0),
        ("end", "swallow", Verdict::InDoubt(Trouble::Closed), 1),
        ("rcpt", "hang", Verdict::Broken(Trouble::TimedOut), 0),
        ("data", "hang", Verdict::Broken(Trouble::TimedOut), 0),
        ("end", "hang", Verdict::InDoubt(Trouble::TimedOut), 0),
    ];
    for (step, act, verdict, taken) in cases {
        let post = Post::configured(&json!({}), impatient);
        post.smtp.rule(step, act, &json!({}));
        let mut line = post.line().await;
        assert_eq!(line.send(&email(ANN), MESSAGE).await, verdict, "{step} {act}");
        assert!(line.is_broken(), "{step} {act}");
        let messages = post.smtp.messages();
        assert_eq!(messages.len(), taken, "{step} {act}: {messages:?}");
        assert!(messages.iter().all(|message| !message.answered), "{messages:?}");
    }
}

/// Which charset a mail server speaks does not matter: the number counts, and one recipient is not all of them.
#[tokio::test]
async fn words_in_any_charset_do_not_hide_the_number() {
    let post = Post::new(&json!({}));
    for (step, text) in [("ehlo", "250-Müller\r\n250 STARTTLS"), ("rcpt", "550 Boîte inconnue")] {
        post.smtp.rule(step, "say", &json!({ "text": text, "charset": "latin-1", "times": 1 }));
    }
    let mut line = post.line().await;
    assert_eq!(line.send(&email(ANN), MESSAGE).await, Verdict::Refused(550));
    assert_eq!(line.send(&email("bob@example.com"), MESSAGE).await, Verdict::Sent);
}

/// The server closes while a long message is on its way: its end was not sent.
#[tokio::test]
async fn a_line_that_breaks_in_the_middle_of_a_mail_leaves_no_doubt() {
    let post = Post::new(&json!({}));
    post.smtp.rule("body", "close", &json!({}));
    let long = b"A line of a message that does not fit into what sockets hold.\r\n".repeat(400_000);
    let mut line = post.line().await;
    assert_eq!(line.send(&email(ANN), &long).await, Verdict::Broken(Trouble::Closed));
    assert!(post.smtp.messages().is_empty());
}

#[tokio::test]
async fn trouble_before_the_first_mail() {
    let cases = [
        ("greeting", "554 5.3.2 go away", Trouble::Refused(554)),
        ("greeting", "421 4.3.2 too many", Trouble::Busy(421)),
        ("greeting", "450 4.3.2 later", Trouble::Busy(450)),
        ("ehlo", "550 5.7.1 no", Trouble::Refused(550)),
    ];
    for (step, text, trouble) in cases {
        let post = Post::new(&json!({}));
        post.smtp.say(step, text, 1);
        assert_eq!(post.trouble().await, trouble, "{text}");
    }
    for (step, act, trouble) in [
        ("greeting", "close", Trouble::Closed),
        ("greeting", "hang", Trouble::TimedOut),
        ("ehlo", "close", Trouble::Closed),
        ("starttls", "close", Trouble::Closed),
        ("starttls", "hang", Trouble::TimedOut),
    ] {
        let post = Post::configured(&json!({}), impatient);
        post.smtp.rule(step, act, &json!({}));
        assert_eq!(post.trouble().await, trouble, "{step} {act}");
    }
}

/// A process that was stopped while it waited goes on when somebody else may have the mail already: it does not finish it.
#[tokio::test]
async fn nothing_is_finished_after_its_time() {
    let post = Post::new(&json!({}));
    post.smtp.rule("data", "hold", &json!({}));
    let mut line = post.line().await;
    let ann = email(ANN);
    let sending = line.send(&ann, MESSAGE);
    let later = async {
        post.smtp.wait_for_held(1).await;
        post.clock.advance(61);
        post.smtp.release();
    };
    let (verdict, ()) = tokio::join!(sending, later);
    assert_eq!(verdict, Verdict::Broken(Trouble::TimedOut));
    drop(line);
    post.smtp.clear();
    assert_eq!(post.send("bob@example.com").await, Verdict::Sent);
    let messages = post.smtp.messages();
    assert_eq!(messages.len(), 1, "{messages:?}");
    assert_eq!(messages[0].to, ["bob@example.com"]);
}

#[tokio::test]
async fn a_server_that_is_gone_is_noticed() {
    let post = Post::new(&json!({}));
    let mut line = post.line().await;
    assert!(line.is_alive().await);
    let Post { smtp, relay, .. } = post;
    drop(smtp);
    assert!(!line.is_alive().await && line.is_broken());
    assert_eq!(relay.connect().await.unwrap_err(), Trouble::Unreachable);
}

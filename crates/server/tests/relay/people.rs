//! Names and texts of people: not all ASCII, and with dots and line ends of every kind.

use super::{MESSAGE, Post, email};
use burnbag_server::mail::Verdict;
use serde_json::json;

#[tokio::test]
async fn domains_are_written_in_ascii() {
    let post = Post::new(&json!({ "utf8": false }));
    assert_eq!(post.send("info@müller.de").await, Verdict::Sent);
    assert_eq!(post.smtp.messages()[0].to, ["info@xn--mller-kva.de"]);
}

#[tokio::test]
async fn names_that_are_not_ascii_need_a_server_that_takes_them() {
    let post = Post::new(&json!({}));
    assert_eq!(post.send("jörg@müller.de").await, Verdict::Sent);
    let message = &post.smtp.messages()[0];
    assert!(message.utf8 && message.to == ["jörg@xn--mller-kva.de"], "{message:?}");

    let post = Post::new(&json!({ "utf8": false }));
    let mut line = post.line().await;
    assert_eq!(line.send(&email("jörg@müller.de"), MESSAGE).await, Verdict::Refused(553));
    assert_eq!(line.send(&email("ann@example.com"), MESSAGE).await, Verdict::Sent);
    let state = post.smtp.state();
    assert_eq!(state.messages.len(), 1, "{state:?}");
    assert!(state.commands.iter().all(|said| said.line.is_ascii()), "{state:?}");
}

#[tokio::test]
async fn eight_bits_need_a_server_that_takes_them() {
    let text = "Subject: x\r\n\r\nGrüße\r\n";
    let post = Post::new(&json!({}));
    let mut line = post.line().await;
    assert_eq!(line.send(&email("ann@example.com"), text.as_bytes()).await, Verdict::Sent);
    assert_eq!(post.smtp.messages()[0].data, text);

    let post = Post::new(&json!({}));
    post.smtp.rule("starttls", "hold", &json!({}));
    let (line, ()) = tokio::join!(post.relay.connect(), async {
        post.smtp.wait_for_held(1).await;
        post.smtp.say("ehlo", "250-localhost\r\n250 HELP", 1);
        post.smtp.release();
    });
    let mut line = line.expect("a line");
    assert_eq!(line.send(&email("ann@example.com"), text.as_bytes()).await, Verdict::Refused(554));
    assert_eq!(line.send(&email("ann@example.com"), MESSAGE).await, Verdict::Sent);
}

/// Nothing in a message ends it, nor begins another one.
#[tokio::test]
async fn dots_and_line_ends_arrive_as_they_are() {
    let smuggled = "MAIL FROM:<x@example.org>\r\nRCPT TO:<y@example.org>\r\nDATA\r\n";
    let cases = [
        format!("Subject: x\r\n\r\n.\r\n..\r\n.a\r\nb.\r\n\r\n.\r\n{smuggled}"),
        format!("Subject: x\r\n\r\ntext\n.\n{smuggled}"),
        format!("Subject: x\r\n\r\ntext\n.\r\n{smuggled}"),
        format!("Subject: x\r\n\r\ntext\r.\r{smuggled}"),
        format!("Subject: x\r\n\r\ntext\r\n.\r{smuggled}"),
        "Subject: x\r\n\r\nno line end".to_owned(),
        ".".to_owned(),
    ];
    let post = Post::new(&json!({}));
    let mut line = post.line().await;
    for text in &cases {
        assert_eq!(line.send(&email("ann@example.com"), text.as_bytes()).await, Verdict::Sent, "{text:?}");
    }
    let messages = post.smtp.messages();
    assert_eq!(messages.len(), cases.len(), "{messages:?}");
    for (text, message) in cases.iter().zip(&messages) {
        let lines: Vec<_> =
            text.replace("\r\n", "\n").replace('\r', "\n").lines().map(str::to_owned).collect();
        let arrived: Vec<_> = message.data.split("\r\n").collect();
        assert_eq!(arrived.strip_suffix(&[""]).expect("an end"), lines, "{text:?}");
    }
}

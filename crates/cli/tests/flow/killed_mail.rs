//! A server that is killed while it mails: nothing is lost, and nothing is sent twice but what the mail server may have taken.

use crate::running::{Data, Server};
use crate::smtp::{Message, SmtpServer};
use serde_json::json;
use std::collections::HashSet;

const MAKER: &str = "ann@example.com";

/// A server whose mails go to this mail server.
fn serve(data: &Data, smtp: &SmtpServer) -> Server {
    let port = smtp.port.to_string();
    let variables = [
        ("BURNBAG_PUBLIC_URL", "https://secrets.example.com"),
        ("BURNBAG_THROTTLE", "off"),
        ("BURNBAG_MAIL__SERVER", "127.0.0.1"),
        ("BURNBAG_MAIL__PORT", port.as_str()),
        ("BURNBAG_MAIL__TLS", "none"),
        ("BURNBAG_MAIL__FROM", "burnbag@example.com"),
        ("BURNBAG_MAIL__PER_RECIPIENT", "off"),
    ];
    data.serve_with(&[], &variables)
}

/// A secret for a recipient: its key.
fn mail_a_secret(server: &Server, key: &str, recipient: &str) -> String {
    server
        .post_as("/api/v1/share", &format!("secret=a&recipient={recipient}"), MAKER, key)
        .member("secret_key")
}

fn block_on<T>(task: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().expect("a runtime").block_on(task)
}

fn id(message: &Message) -> &str {
    let line = message.data.lines().find(|line| line.starts_with("Message-ID: "));
    line.expect("a message has an id")
}

/// Kills a server when the mail server holds it at a step, starts another, and answers what came.
fn killed_at(step: &str) -> Vec<Message> {
    let smtp = SmtpServer::start(&json!({ "tls": "none" }));
    let data = Data::new();
    let server = serve(&data, &smtp);
    let key = data.run(&["account", "create", MAKER]).stdout.trim_end().to_owned();
    smtp.rule(step, "hold", &json!({}));
    let secrets = ["one@example.com", "two@example.com"].map(|to| mail_a_secret(&server, &key, to));
    block_on(smtp.wait_for_held(1));
    server.signal("KILL");
    drop(server);
    smtp.clear();
    let server = serve(&data, &smtp);
    // What was held goes on behind the connection that is gone.
    smtp.release();
    let taken = |count| block_on(smtp.wait_for_messages(count));
    let links = |messages: &[Message]| -> HashSet<usize> {
        let about = |message: &Message| secrets.iter().position(|key| message.data.contains(key.as_str()));
        messages.iter().map(|message| about(message).expect("one of the two")).collect()
    };
    let mut messages = taken(2);
    while links(&messages).len() < secrets.len() {
        messages = taken(messages.len() + 1);
    }
    let (code, _, _, said) = server.stop();
    assert_eq!(code, Some(0), "{said}");
    smtp.messages()
}

#[test]
fn a_killed_server_mails_each_link_once() {
    let steps = ["greeting", "mail", "rcpt", "data", "body"];
    let kills = steps.map(|step| std::thread::spawn(move || killed_at(step)));
    for (step, killed) in steps.into_iter().zip(kills) {
        let messages = killed.join().expect("it ends well");
        assert_eq!(messages.len(), 2, "killed at {step}: {messages:?}");
    }
}

/// The answer to a whole message is lost with the server that waited for it. The copy that follows has the same id, by which
/// mail systems know it.
#[test]
fn a_lost_answer_may_bring_a_copy_with_the_same_id() {
    let messages = killed_at("end");
    let ids: HashSet<&str> = messages.iter().map(id).collect();
    assert!(ids.len() == 2 && messages.len() <= 3, "{messages:?}");
}

#[test]
fn two_servers_on_one_store_mail_each_link_once() {
    let smtp = SmtpServer::start(&json!({ "tls": "none" }));
    let data = Data::new();
    let servers = [serve(&data, &smtp), serve(&data, &smtp)];
    let key = data.run(&["account", "create", MAKER]).stdout.trim_end().to_owned();
    for number in 0..30 {
        mail_a_secret(&servers[number % 2], &key, &format!("r{number}@example.com"));
    }
    block_on(smtp.wait_for_messages(30));
    for server in servers {
        assert_eq!(server.stop().0, Some(0));
    }
    let messages = smtp.messages();
    let mailboxes: HashSet<&String> = messages.iter().flat_map(|message| &message.to).collect();
    assert_eq!((messages.len(), mailboxes.len()), (30, 30));
}

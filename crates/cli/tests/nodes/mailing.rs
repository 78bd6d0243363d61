//! Every node has somebody who mails.

use crate::Site;
use crate::cluster::Cluster;
use crate::smtp::SmtpServer;
use serde_json::json;
use std::collections::HashSet;

const MAKER: &str = "ann@example.com";
const MAILS: usize = 40;

#[test]
fn three_nodes_mail_each_link_once() {
    let smtp = SmtpServer::start(&json!({ "tls": "none" }));
    let cluster = Cluster::start();
    let site = Site::new(&cluster, 3);
    let port = smtp.port.to_string();
    let nodes = site.all(&[
        ("BURNBAG_PUBLIC_URL", "https://secrets.example.com"),
        ("BURNBAG_MAIL__SERVER", "127.0.0.1"),
        ("BURNBAG_MAIL__PORT", port.as_str()),
        ("BURNBAG_MAIL__TLS", "none"),
        ("BURNBAG_MAIL__FROM", "burnbag@example.com"),
        ("BURNBAG_MAIL__PER_RECIPIENT", "off"),
        ("BURNBAG_MAIL__PER_ACCOUNT", "off"),
    ]);
    let key = site.run(&["account", "create", MAKER]).stdout.trim_end().to_owned();
    for number in 0..MAILS {
        let form = format!("secret=a&recipient=r{number}@example.com");
        let made = nodes[number % 3].post_as("/api/v1/share", &form, MAKER, &key);
        assert_eq!(made.status, 200, "{made:?}");
    }
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(smtp.wait_for_messages(MAILS));
    while cluster.sql("SELECT count(*) FROM site.outbox") != "0" {
        std::thread::yield_now();
    }
    for node in nodes {
        assert_eq!(node.stop().0, Some(0));
    }
    let messages = smtp.messages();
    let mailboxes: HashSet<&String> = messages.iter().flat_map(|message| &message.to).collect();
    assert_eq!((messages.len(), mailboxes.len()), (MAILS, MAILS));
}

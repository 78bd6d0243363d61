//! Texts of servers and senders, as they reach a terminal.

use crate::fake::{Fake, answer};
use crate::person::Person;

const RECEIPT: &str = r#"{"custid":"anon","metadata_key":"abcdef\u001b[2J","secret_key":"abcdef","ttl":60,
    "metadata_ttl":120,"secret_ttl":60,"state":"new","updated":1,"created":1,"recipient":["b\u0007@example.com"],
    "share_domain":"","memo":"one\nburnbag: \u202etwo","share_url":"http://a.example/secret/abcdef\u001b]0;x"}"#;

/// It speaks v1, and means no good.
fn hostile() -> Fake {
    Fake::start(|asked| match asked.line() {
        "GET /api/v1/status" | "GET /api/v1/authcheck" => {
            answer("200 OK", r#"{"status":"\u001b[31m","locale":"en"}"#)
        }
        "GET /api/v1/private/recent" => answer("200 OK", &format!("[{RECEIPT}]")),
        "POST /api/v1/share" => answer("200 OK", RECEIPT),
        line if line.ends_with("/burn") => {
            answer("404 Not Found", r#"{"message":"no\u001b[2J\nburnbag: fine"}"#)
        }
        line if line.starts_with("GET /api/v1/private/") => answer("200 OK", RECEIPT),
        _ => answer("404 Not Found", r#"{"error":"Not Found"}"#),
    })
}

#[test]
fn texts_of_strangers_control_no_terminal_and_look_like_no_line_of_ours() {
    let (ann, server) = (Person::new(), hostile());
    ann.log_in_as(&server.address, "ann@example.com", "key");
    for (arguments, code, shown) in [
        (&["recent"][..], 0, r"one\nburnbag: \u{202e}two  b\u{7}@example.com"),
        (&["receipt", "abcdef"], 0, r"one\nburnbag: \u{202e}two"),
        (&["status"], 0, r"\u{1b}[31m"),
        (&["recent"], 0, r"/receipt/abcdef\u{1b}[2J"),
        (&["share", "--text", "x"], 1, "does not answer like"),
        (&["burn", "abcdef"], 7, r"no\u{1b}[2J\nburnbag: fine"),
    ] {
        let ended = ann.run(arguments);
        let said = format!("{}{}", ended.stdout, ended.stderr);
        assert_eq!(ended.code, Some(code), "{ended:?}");
        assert!(said.contains(shown), "{ended:?}");
        let is_ours = |c: char| c == '\n' || !(c.is_control() || c == '\u{202e}');
        assert!(said.chars().all(is_ours), "{ended:?}");
    }
    // Programs are given what there is.
    let listed = ann.run(&["recent", "--json"]).json();
    assert_eq!(listed["secrets"][0]["label"], "one\nburnbag: \u{202e}two");
}

#[test]
fn a_label_that_is_no_line_of_text_is_refused() {
    let (ann, server) = (Person::new(), hostile());
    ann.log_in(&server.address);
    for command in [&["share", "--text", "x"][..], &["generate"]] {
        for (label, problem) in [
            ("a\u{1b}[2Jb".to_owned(), "control characters"),
            ("two\nlines".to_owned(), "control characters"),
            ("é".repeat(101), "--label has 101 characters; 100 at most"),
        ] {
            ann.run(&[command, &["--label", &label]].concat()).assert(2, problem);
        }
    }
    assert_eq!(server.count(|asked| asked.line().starts_with("POST")), 0);
}

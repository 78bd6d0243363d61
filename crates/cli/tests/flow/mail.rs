//! `mail test` at a real mail server, beside no server of ours and with no data.

use crate::running::Data;
use crate::smtp::SmtpServer;
use serde_json::{Value, json};
use std::process::{Command, Output};
use tempfile::TempDir;

const USER: &str = "burnbag";
const PASSWORD: &str = "canary-password";

/// A configuration that trusts the mail server.
fn configuration(smtp: &SmtpServer, more: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("password"), PASSWORD).expect("a file");
    let text = format!(
        "public_url = \"https://secrets.example.com\"\n[web]\nname = \"Bürn & Söhne\"\n[mail]\nserver = \"localhost\"\nport = {}\nfrom = \"secrets@example.com\"\nca_file = \"{}\"\n{more}\n",
        smtp.port,
        smtp.ca.display()
    );
    std::fs::write(folder.path().join("burnbag.toml"), text).expect("a file");
    folder
}

fn mail_test(folder: &TempDir, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_burnbag"));
    command.args(["mail", "test", "ann@example.com"]).args(arguments).current_dir(folder.path());
    command.env_clear().output().expect("the program runs")
}

fn signing_in() -> (SmtpServer, TempDir) {
    let smtp = SmtpServer::start(&json!({ "user": USER, "password": PASSWORD }));
    let folder = configuration(&smtp, "user = \"burnbag\"\npassword_file = \"password\"");
    (smtp, folder)
}

#[test]
fn each_step_is_told_and_the_mail_arrives() {
    let (smtp, folder) = signing_in();
    let ended = mail_test(&folder, &[]);
    let told = String::from_utf8(ended.stderr).expect("UTF-8");
    assert_eq!((ended.status.code(), ended.stdout.as_slice()), (Some(0), &b""[..]), "{told}");
    let steps: Vec<_> = told.lines().collect();
    let connected = format!("ok  connected to 127.0.0.1:{}", smtp.port);
    assert!(steps[0].starts_with("ok  localhost has "), "{told}");
    assert_eq!(
        steps[1..7],
        [
            connected.as_str(),
            "ok  encrypted, with a valid certificate for localhost",
            "ok  signed in as burnbag",
            "ok  may send from secrets@example.com",
            "ok  may send to ann@example.com",
            "ok  the mail server has taken the mail",
        ],
        "{told}"
    );
    assert!(!told.contains(PASSWORD), "{told}");
    let messages = smtp.messages();
    assert_eq!(messages.len(), 1, "{messages:?}");
    let mail = &messages[0];
    assert!(mail.tls && mail.user.as_deref() == Some(USER) && mail.to == ["ann@example.com"], "{mail:?}");
    assert!(mail.data.contains("text/plain") && mail.data.contains("text/html"), "{mail:?}");
    assert!(mail.data.is_ascii() && mail.data.contains("To: ann@example.com"), "{mail:?}");
    let left: Vec<_> = std::fs::read_dir(folder.path()).expect("a folder").flatten().collect();
    assert_eq!(left.len(), 2, "no data are made: {left:?}");
}

#[test]
fn a_program_gets_one_object() {
    let (smtp, folder) = signing_in();
    let ended = mail_test(&folder, &["--json"]);
    let sent: Value = serde_json::from_slice(&ended.stdout).expect("JSON");
    let server = format!("localhost:{}", smtp.port);
    let expected = json!({
        "sent": true, "server": server, "encrypted": true, "from": "secrets@example.com", "to": "ann@example.com"
    });
    assert_eq!((sent, ended.stderr.as_slice()), (expected, &b""[..]));

    smtp.say("auth", "535 5.7.8 CANARY of the server", 1);
    let ended = mail_test(&folder, &["--json"]);
    let failed: Value = serde_json::from_slice(&ended.stderr).expect("JSON");
    assert_eq!((ended.status.code(), ended.stdout.as_slice()), (Some(6), &b""[..]));
    assert_eq!(failed["code"], 6);
    assert_eq!(failed["error"], format!("{server}: the mail server refuses user or password (535)"));
}

#[test]
fn what_fails_is_told_with_its_mend_and_a_code() {
    let (smtp, folder) = signing_in();
    let cases = [
        ("greeting", "421 4.3.2 \u{1b}[31mCANARY", 5, "does not serve now (421)", "limits"),
        ("auth", "535 5.7.8 CANARY", 6, "refuses user or password (535)", "mail.user"),
        ("mail", "550 5.7.1 CANARY", 7, "refuses the sender (550)", "mail.from"),
        (
            "rcpt",
            "550 5.1.1 CANARY",
            7,
            "refuses this recipient or this mail for good (550)",
            "ann@example.com exists",
        ),
        ("rcpt", "450 4.2.0 CANARY", 5, "does not take this mail now (450)", "by itself"),
        ("end", "554 5.7.1 CANARY", 7, "refuses this recipient or this mail for good (554)", "spam"),
        // As Postfix says of a sender that the user may not use.
        ("rcpt", "553 5.7.1 CANARY", 7, "for good (553)", "burnbag may send from secrets@example.com"),
        ("auth", "454 4.7.0 CANARY", 5, "does not serve now (454)", "it is tried again"),
    ];
    for (step, text, code, problem, mend) in cases {
        smtp.say(step, text, 1);
        let ended = mail_test(&folder, &[]);
        let told = String::from_utf8(ended.stderr).expect("UTF-8");
        assert_eq!(ended.status.code(), Some(code), "{step}: {told}");
        assert!(told.contains(problem) && told.contains(mend), "{step}: {told}");
        assert!(!told.contains("CANARY") && !told.contains('\u{1b}'), "{step}: {told}");
    }
    assert!(smtp.messages().is_empty());
}

/// As Postfix says it to who did not sign in.
#[test]
fn a_recipient_may_be_refused_because_nobody_signed_in() {
    let smtp = SmtpServer::start(&json!({}));
    smtp.say("rcpt", "554 5.7.1 Relay access denied", 1);
    let ended = mail_test(&configuration(&smtp, ""), &[]);
    let told = String::from_utf8(ended.stderr).expect("UTF-8");
    assert_eq!(ended.status.code(), Some(7), "{told}");
    assert!(told.contains("whether it wants mail.user to sign in"), "{told}");
}

#[test]
fn a_certificate_of_a_stranger_is_named() {
    let smtp = SmtpServer::start(&json!({ "certificate": "stranger" }));
    let ended = mail_test(&configuration(&smtp, ""), &[]);
    let told = String::from_utf8(ended.stderr).expect("UTF-8");
    assert_eq!(ended.status.code(), Some(1), "{told}");
    assert!(
        told.contains("an authority that this machine does not know") && told.contains("mail.ca_file"),
        "{told}"
    );
    assert!(smtp.messages().is_empty());
}

#[test]
fn a_mail_server_in_clear_is_warned_of_unless_it_is_this_machine() {
    let data = Data::new();
    for (server, warned) in [("mail.example.com", true), ("localhost", false)] {
        let variables = [
            ("BURNBAG_MAIL__SERVER", server),
            ("BURNBAG_MAIL__FROM", "secrets@example.com"),
            ("BURNBAG_MAIL__TLS", "none"),
        ];
        let running = data.serve_with(&["--public-url", "https://secrets.example.com"], &variables);
        let (code, _, _, told) = running.stop();
        assert_eq!((code, told.contains("travel in clear to the mail server")), (Some(0), warned), "{told}");
    }
}

#[test]
fn a_contradiction_stops_the_start_before_anything_is_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_burnbag"));
    command.args(["serve", "--listen", "127.0.0.1:0", "--public-url", "https://secrets.example.com"]);
    command.current_dir(folder.path()).env_clear().env("BURNBAG_MAIL__SERVER", "mail.example.com");
    let ended = command.output().expect("the program runs");
    let told = String::from_utf8(ended.stderr).expect("UTF-8");
    assert_eq!(ended.status.code(), Some(1), "{told}");
    assert!(told.contains("mail.from") && told.contains("set the address that mails come from"), "{told}");
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0);
}

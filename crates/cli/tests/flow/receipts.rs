//! What the sender sees and does afterwards.

use crate::fake::{Fake, answer};
use crate::person::Person;
use crate::running::Data;
use serde_json::json;

fn account(data: &Data) -> String {
    data.run(&["account", "create", "ann@example.com"]).stdout.trim().to_owned()
}

#[test]
fn receipts_tell_how_it_ended_and_watching_ends_with_it() {
    let (data, ann, bob) = (Data::new(), Person::new(), Person::new());
    let server = data.serve(&["--throttle", "off"]);
    let key = account(&data);
    ann.log_in_as(&server.address, "ann@example.com", &key);
    let shared = ann.share("hello", &["--label", "VPN for Ann"]);
    let waiting = ann.run(&["receipt", shared.receipt(), "--json"]).json();
    assert_eq!((&waiting["state"], &waiting["label"]), (&json!("waiting"), &json!("VPN for Ann")));
    assert_eq!((&waiting["sealed"], &waiting["locked"]), (&json!("device"), &json!(false)));
    assert!(waiting["expires_at"].as_str().unwrap().ends_with('Z') && waiting.get("ended_at").is_none());

    // Watching begins while it waits, and ends when it is opened.
    let watching = ann.start(&["receipt", shared.receipt(), "--watch", "--json", "--pause", "50"]);
    assert_eq!(bob.open(shared.link(), &[]).stdout, "hello");
    let ended = crate::person::ended(watching.wait_with_output().unwrap());
    assert_eq!((ended.code, &ended.json()["state"]), (Some(0), &json!("opened")), "{ended:?}");
    assert!(ended.json()["ended_at"].as_str().unwrap().ends_with('Z'));

    let shared = ann.share("hello", &[]);
    let burned = ann.run(&["burn", shared.receipt(), "--json"]);
    assert_eq!((burned.code, &burned.json()["state"]), (Some(0), &json!("burned")), "{burned:?}");
    bob.open(shared.link(), &[]).assert(3, "");
    assert_eq!(ann.run(&["receipt", shared.receipt()]).code, Some(0));
    ann.run(&["receipt", shared.receipt(), "--watch"]).assert(3, "");
    ann.run(&["burn", shared.receipt()]).assert(3, "nothing to burn");
    let unknown = format!("http://{}/receipt/{}", server.address, "0".repeat(31));
    ann.run(&["receipt", &unknown]).assert(3, "no such receipt");

    let listed = ann.run(&["recent", "--json"]).json();
    assert_eq!(listed["secrets"].as_array().unwrap().len(), 2);
    let opened = ann.run(&["recent", "--state", "opened"]);
    assert!(opened.stdout.lines().count() == 1 && opened.stdout.contains("VPN for Ann"), "{opened:?}");
    assert!(!ann.run(&["recent"]).stdout.contains("/secret/"));
}

#[test]
fn burning_a_strangers_secret_needs_its_passphrase() {
    let (data, ann, bob) = (Data::new(), Person::new(), Person::new());
    let server = data.serve(&[]);
    ann.log_in_as(&server.address, "ann@example.com", &account(&data)).put("right", "right");
    bob.put("right", "right").put("wrong", "wrong");
    let protected = ["--sealed", "server", "--passphrase-file", "right"];
    let shared = ann.share("hello", &protected);
    bob.run(&["burn", shared.receipt()]).assert(4, "needs its passphrase");
    bob.run(&["burn", shared.receipt(), "--passphrase-file", "wrong"]).assert(4, "does not match");
    bob.run(&["burn", shared.receipt(), "--passphrase-file", "right"]).assert(0, "Burned");
    let shared = ann.share("hello", &protected);
    ann.run(&["burn", shared.receipt()]).assert(0, "Burned");
}

#[test]
fn each_recipient_has_a_secret_and_is_told_to_be_mailed_by_the_server() {
    let (data, ann) = (Data::new(), Person::new());
    let server = data.serve(&[]);
    let two = ["share", "--recipient", "bob@example.com", "--recipient", "eve@example.com"];
    ann.log_in(&server.address);
    ann.run_with(&two, "hello").assert(6, "An account is required");
    ann.log_in_as(&server.address, "ann@example.com", &account(&data));
    let shared = ann.run_with(&two, "hello");
    shared.assert(0, "sealed on the server, because the server will mail the link");
    assert!(shared.stderr.contains("recipient recorded, not mailed"), "{shared:?}");
    let links: Vec<_> = shared.stdout.lines().collect();
    assert!(links.len() == 2 && links[0] != links[1], "{shared:?}");
    for link in links {
        assert_eq!(ann.open(link, &[]).stdout, "hello");
    }
    // An address is mailed once, however often and however it was written.
    let twice = ann.run_with(&[&two[..], &["--recipient", "Bob@Example.com"]].concat(), "hello");
    assert_eq!(twice.stdout.lines().count(), 2, "{twice:?}");
    let json = ann.run_with(&[&two[..], &["--json"]].concat(), "hello").json();
    assert_eq!(json["secrets"][1]["recipient"], "eve@example.com");
    // What was made is told, whatever becomes of the rest.
    let strict = Fake::before(&server, |asked, bytes| {
        let is_eves = String::from_utf8_lossy(&asked.body).contains("eve@");
        if is_eves { answer("404 Not Found", r#"{"message":"not her"}"#) } else { Some(bytes) }
    });
    let key = data.run(&["account", "rotate-key", "ann@example.com"]).stdout;
    ann.log_in_as(&strict.address, "ann@example.com", &key);
    let partly = ann.run_with(&[&two[..], &["--json"]].concat(), "hello");
    assert!(partly.code == Some(7) && partly.json()["secrets"].as_array().unwrap().len() == 1, "{partly:?}");
    assert!(partly.stderr.contains("then only --recipient eve@example.com\""), "{partly:?}");
    assert!(!partly.stderr.contains("bob@"), "{partly:?}");
    ann.put("file", "x")
        .run(&["share", "file", "--recipient", "bob@example.com"])
        .assert(2, "cannot be mailed");
    ann.run_with(&[&two[..], &["--sealed", "device"]].concat(), "x").assert(2, "cannot be mailed");
}

//! `burnbag store`: what a server holds moves to another store; links, keys and accounts go on there.

use crate::person::Person;
use crate::running::Data;

/// The same server key beside the new data.
fn hand_over_key(data: &Data, to: &Data) {
    std::fs::copy(data.path("server.key"), to.path("server.key")).expect("the server key is copied");
}

fn place(data: &Data) -> String {
    format!("sqlite:{}", data.path("").display())
}

#[test]
fn links_keys_and_lists_go_on_in_the_new_store() {
    let (old, new, ann) = (Data::new(), Data::new(), Person::new());
    let server = old.serve(&["--throttle", "off"]);
    let key = old.run(&["account", "create", "ann@example.com"]).stdout.trim().to_owned();
    ann.log_in_as(&server.address, "ann@example.com", &key).put("file", "bytes");
    let text = ann.share("hello", &["--label", "VPN"]);
    let sealed = ann.share("hello", &["--sealed", "server"]);
    let read = ann.share("gone", &[]);
    assert_eq!(ann.open(read.link(), &[]).stdout, "gone");

    // A server that was forgotten cannot open what is elsewhere.
    let moved = old.run(&["store", "copy", "--from", &place(&old), "--to", &place(&new), "--json"]);
    assert_eq!(moved.code, Some(0), "{moved:?}");
    let counts: serde_json::Value = serde_json::from_str(&moved.stdout).expect("JSON");
    let expected = serde_json::json!({"moved": true, "accounts": 1, "secrets": 2, "receipts": 1, "mails": 0});
    assert_eq!(counts, expected);
    ann.open(text.link(), &[]).assert(5, "cannot answer now");
    assert_eq!(server.get("/readyz").status, 503);
    assert_eq!(server.get("/healthz").status, 200);
    server.stop();
    let refused = old.run(&["serve", "--listen", "127.0.0.1:0"]);
    assert!(refused.code == Some(1) && refused.stderr.contains("is in another one now"), "{refused:?}");

    hand_over_key(&old, &new);
    let server = new.serve(&["--throttle", "off"]);
    let link = |old: &str| {
        let path = old.split_once("/secret/").expect("a link").1;
        format!("http://{}/secret/{path}", server.address)
    };
    ann.log_in_as(&server.address, "ann@example.com", &key);
    assert_eq!(ann.open(&link(text.link()), &[]).stdout, "hello");
    ann.open(&link(text.link()), &[]).assert(3, "");
    assert_eq!(ann.open(&link(sealed.link()), &[]).stdout, "hello");
    ann.open(&link(read.link()), &[]).assert(3, "");
    let list = ann.run(&["recent", "--json"]);
    assert!(list.stdout.contains("VPN"), "{list:?}");
    assert!(!ann.share("more", &[]).link().is_empty(), "and new ones are made");
}

/// Whoever is in doubt is asked, and what would let a secret be read twice is refused.
#[test]
fn a_store_is_reopened_and_erased_only_where_nobody_serves_it() {
    let (old, new) = (Data::new(), Data::new());
    let server = old.serve(&[]);
    let (secret, _) = server.share("hello");
    server.stop();
    let run = |arguments: &[&str]| old.run(&[&["store"], arguments].concat());
    let (from, to) = (place(&old), place(&new));
    let nowhere = run(&["erase", "sqlite:/nowhere", "--yes"]);
    assert!(nowhere.code == Some(1) && nowhere.stderr.contains("behind sqlite:"), "{nowhere:?}");
    for refused in [run(&["erase", &from, "--yes"]), run(&["reopen", &from, "--yes"])] {
        assert_eq!(refused.code, Some(1), "{refused:?}");
    }
    assert_eq!(run(&["copy", "--from", &from, "--to", &to]).code, Some(0));
    let again = run(&["copy", "--from", &from, "--to", &to]);
    assert!(again.code == Some(0) && again.stdout.contains("moved: nothing"), "{again:?}");
    for refused in [run(&["erase", &to, "--yes"]), run(&["reopen", &from, "--yes"])] {
        assert_eq!(refused.code, Some(1), "{refused:?}");
    }
    assert_eq!(run(&["erase", &from, "--yes"]).code, Some(0));
    hand_over_key(&old, &new);
    let server = new.serve(&[]);
    assert_eq!(server.post(&format!("/api/v1/secret/{secret}"), "").member("value"), "hello");
    server.stop();
    assert_eq!(
        run(&["copy", "--from", &to, "--to", &from]).code,
        Some(0),
        "an erased store is as good as new"
    );
    let wrong = run(&["copy", "--from", "burnbag-data", "--to", &to]);
    assert!(wrong.code == Some(2) && wrong.stderr.contains("sqlite:DIR"), "{wrong:?}");
    let nowhere = run(&["copy", "--from", "sqlite:nowhere", "--to", &to]);
    assert_eq!(nowhere.code, Some(1), "{nowhere:?}");
}

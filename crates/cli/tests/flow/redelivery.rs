//! Connections that break, programs that are killed: nothing is lost, and nobody else gets it.

use crate::fake::{Asked, Fake, answer, with_header};
use crate::person::{Person, nowhere};
use crate::running::Data;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;

#[test]
fn an_answer_that_is_cut_off_is_asked_for_again() {
    let (data, ann) = (Data::new(), Person::new());
    let server = data.serve(&["--throttle", "off"]);
    let left = AtomicUsize::new(0);
    let cut = Fake::before(&server, move |asked, bytes| {
        // Of five reveals only the first and the last answers arrive, in the middle nothing or half.
        match asked.reveals().then(|| left.fetch_add(1, Ordering::SeqCst)) {
            Some(number) if number % 4 == 1 => None,
            Some(number) if number % 4 == 2 => Some(bytes[..bytes.len() - 9].to_vec()),
            _ => Some(bytes),
        }
    });
    ann.log_in(&cut.address).put("right", "right");
    for arguments in [&[][..], &["--sealed", "server"], &["--passphrase-file", "right"]] {
        let before = cut.count(Asked::reveals);
        let shared = ann.share("hello", arguments);
        let opened = ann.open(shared.link(), if arguments.contains(&"right") { arguments } else { &[] });
        assert_eq!((opened.code, opened.stdout.as_str()), (Some(0), "hello"), "{opened:?}");
        let reveals = cut.asked().into_iter().filter(Asked::reveals).skip(before);
        let keys: Vec<_> =
            reveals.map(|asked| asked.header("idempotency-key").map(ToOwned::to_owned)).collect();
        assert!(keys.iter().all(|key| key.is_some() && *key == keys[0]), "{keys:?}");
        let receipt = ann.run(&["receipt", shared.receipt(), "--json"]).json();
        assert_eq!(receipt["state"], "opened");
        ann.open(shared.link(), &[]).assert(3, "");
    }
    assert!(cut.count(Asked::reveals) >= 6, "some were repeated");
}

/// A refusal after a broken connection is looked into: it may be the passphrase all the same.
#[test]
fn a_wrong_passphrase_is_told_as_such_over_a_bad_line_too() {
    let (data, ann) = (Data::new(), Person::new());
    let server = data.serve(&[]);
    let reveals = AtomicUsize::new(0);
    let cut = Fake::before(&server, move |asked, bytes| {
        let is_first = asked.reveals() && reveals.fetch_add(1, Ordering::SeqCst) == 0;
        (!is_first).then_some(bytes)
    });
    ann.log_in(&cut.address).put("right", "right").put("wrong", "wrong");
    let shared = ann.share("hello", &["--passphrase-file", "right"]);
    ann.open(shared.link(), &["--passphrase-file", "wrong"]).assert(4, "that passphrase does not match");
    assert_eq!(cut.count(Asked::reveals), 2);
    assert_eq!(ann.open(shared.link(), &["--passphrase-file", "right"]).stdout, "hello");
}

/// Where the server keeps nothing, the loss is named.
#[test]
fn a_loss_is_named_where_nothing_is_kept() {
    let (data, ann) = (Data::new(), Person::new());
    let server = data.serve_with(&[], &[("BURNBAG_REDELIVERY", "0")]);
    let cut = Fake::before(&server, |asked, bytes| {
        (!asked.reveals() || !bytes.starts_with(b"HTTP/1.1 200")).then_some(bytes)
    });
    ann.log_in(&cut.address);
    let shared = ann.share("hello", &[]);
    ann.open(shared.link(), &[]).assert(3, "the connection broke");
}

#[test]
fn a_server_that_is_busy_is_asked_again_and_then_left() {
    let ann = Person::new();
    let reveals = AtomicUsize::new(0);
    let busy = Fake::start(move |asked| {
        if asked.line().ends_with("/status") {
            return answer(
                "200 OK",
                r#"{"state":"new","passphrase_required":false,"sealed":"server","kind":"text","size":256,"secret_ttl":60}"#,
            );
        }
        if !asked.reveals() {
            return answer("200 OK", r#"{"secret_key":"k","forgotten":true}"#);
        }
        if asked.line().contains("never") || reveals.fetch_add(1, Ordering::SeqCst) < 2 {
            return with_header("503 Service Unavailable", "Retry-After: 1", r#"{"message":"later"}"#);
        }
        answer("200 OK", r#"{"value":"hello","secret_key":"k"}"#)
    });
    let link = |key: &str| format!("http://{}/secret/{key}", busy.address);
    assert_eq!(ann.open(&link("sometimes"), &[]).stdout, "hello");
    let before = busy.count(Asked::reveals);
    ann.open(&link("nevernever"), &[]).assert(5, "nothing was changed");
    assert_eq!(busy.count(Asked::reveals) - before, 4);
    // It was delivered, so it is forgotten; what was not, is not.
    assert_eq!(busy.count(|asked| asked.line().ends_with("/forget")), 1);
}

#[test]
fn who_was_killed_while_it_came_gets_it_again_and_nobody_else() {
    let (data, ann, bob) = (Data::new(), Person::new(), Person::new());
    let server = data.serve(&["--throttle", "off"]);
    let (answered, wait) = channel();
    let answered = Mutex::new(answered);
    // The answer to the first reveal of each secret is there, and never arrives.
    let seen = Mutex::new(std::collections::BTreeSet::new());
    let stalling = Fake::before(&server, move |asked, bytes| {
        if asked.reveals() && seen.lock().unwrap().insert(asked.line().to_owned()) {
            answered.lock().unwrap().send(()).unwrap();
            std::thread::park();
        }
        Some(bytes)
    });
    ann.log_in(&stalling.address).put("right", "right");
    for arguments in
        [&[][..], &["--passphrase-file", "right"], &["--sealed", "server", "--passphrase-file", "right"]]
    {
        let shared = ann.share("hello", arguments);
        let opening = if arguments.is_empty() { &[][..] } else { &["--passphrase-file", "right"] };
        let mut child = ann.start(&[&["open", shared.link()], opening].concat());
        wait.recv().unwrap();
        child.kill().unwrap();
        assert!(child.wait_with_output().unwrap().stdout.is_empty());
        assert_eq!(ann.run(&["receipt", shared.receipt(), "--json"]).json()["state"], "opened");
        bob.put("right", "right").open(shared.link(), opening).assert(3, "does not open anything");
        let opened = ann.open(shared.link(), opening);
        assert_eq!((opened.code, opened.stdout.as_str()), (Some(0), "hello"), "{opened:?}");
        ann.open(shared.link(), opening).assert(3, "does not open anything");
    }
}

#[test]
fn what_could_not_be_handed_over_comes_again() {
    let (data, ann) = (Data::new(), Person::new());
    let server = data.serve(&[]);
    ann.log_in(&server.address);
    // A reader of standard output that has gone away.
    let shared = ann.share(&"hello".repeat(1_000), &[]);
    let mut child = ann.start(&["open", shared.link()]);
    drop(child.stdout.take());
    let ended = crate::person::ended(child.wait_with_output().unwrap());
    ended.assert(1, "repeat the command within a minute");
    assert_eq!(ann.open(shared.link(), &[]).stdout, "hello".repeat(1_000));
}

#[test]
fn the_key_of_a_device_is_made_once_and_is_its_owners() {
    use std::os::unix::fs::PermissionsExt;
    let (data, ann, bob) = (Data::new(), Person::new(), Person::new());
    let server = data.serve(&[]);
    ann.log_in(&server.address);
    let open = |person: &Person| {
        let shared = ann.share("hello", &[]);
        assert_eq!(person.open(shared.link(), &[]).stdout, "hello");
    };
    open(&bob);
    let key = std::fs::read(bob.settings("client.key")).unwrap();
    let mode = std::fs::metadata(bob.settings("client.key")).unwrap().permissions().mode();
    assert_eq!((key.len(), mode & 0o777), (32, 0o600));
    open(&bob);
    assert_eq!(std::fs::read(bob.settings("client.key")).unwrap(), key);
    // Where none can be kept it opens all the same.
    let shared = ann.share("hello", &[]);
    let mut command = bob.command(&["open", shared.link()]);
    let output = command.env("XDG_CONFIG_HOME", bob.path(&nowhere(&bob))).output().unwrap();
    assert_eq!(output.stdout, b"hello");
    assert!(String::from_utf8_lossy(&output.stderr).contains("could not keep its key"), "{output:?}");
    // One that is damaged is made anew.
    std::fs::write(bob.settings("client.key"), "short").unwrap();
    let shared = ann.share("hello", &[]);
    let opened = bob.open(shared.link(), &[]);
    assert_eq!((opened.stdout.as_str(), opened.stderr.as_str()), ("hello", ""));
    assert_eq!(std::fs::read(bob.settings("client.key")).unwrap().len(), 32);
    assert_eq!(bob.names("settings/burnbag"), ["client.key"]);
}

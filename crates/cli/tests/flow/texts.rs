//! Texts, shared and opened; what is printed where.

use crate::fake::Fake;
use crate::person::Person;
use crate::running::Data;

#[test]
fn a_text_is_opened_once_and_is_the_same_to_the_byte() {
    let (data, ann, bob) = (Data::new(), Person::new(), Person::new());
    let server = data.serve(&[]);
    let seen = Fake::before(&server, |_, answer| Some(answer));
    ann.log_in(&seen.address);
    for text in ["hello", "grüße\r\n\n \u{1f525}", "\0\u{1b}[1m"] {
        let shared = ann.run_with(&["share", "--ttl", "2h"], text);
        shared.assert(
            0,
            "Sealed on your device. This server receives only what it cannot open; the key is in the link.",
        );
        let link = shared.stdout.trim_end();
        assert_eq!(shared.stdout.lines().count(), 1, "the link and nothing else");
        assert!(shared.stderr.contains("/receipt/") && shared.stderr.contains("in 2 hours"), "{shared:?}");
        let opened = bob.open(link, &[]);
        assert_eq!((opened.code, opened.stdout.as_str(), opened.stderr.as_str()), (Some(0), text, ""));
        let again = bob.open(link, &[]);
        again.assert(3, "this link does not open anything");
        assert_eq!(again.stdout, "", "nothing is left, also not for who had it");
        // Neither text nor fragment ever left the two machines.
        let fragment = link.split_once('#').unwrap().1;
        for asked in seen.asked() {
            let body = String::from_utf8_lossy(&asked.body).into_owned();
            assert!(!body.contains("hello") && !body.contains(fragment) && !asked.head.contains(fragment));
        }
    }
}

#[test]
fn a_wrong_or_missing_passphrase_uses_nothing_up() {
    let (data, ann) = (Data::new(), Person::new());
    let server = data.serve(&[]);
    ann.log_in(&server.address).put("right", "Straße 7\n").put("wrong", "Strasse 7").put("empty", "");
    for sealed in ["device", "server"] {
        let shared = ann.share("hello", &["--passphrase-file", "right", "--sealed", sealed]);
        assert_eq!((&shared.0["passphrase_required"], &shared.0["sealed"]), (&true.into(), &sealed.into()));
        assert!(shared.0.get("passphrase").is_none(), "only one that was suggested is told");
        ann.open(shared.link(), &[]).assert(4, "a passphrase is needed");
        ann.open(shared.link(), &["--passphrase"]).assert(2, "no terminal");
        ann.open(shared.link(), &["--passphrase-file", "empty"]).assert(2, "empty");
        for _ in 0..2 {
            let wrong = ann.open(shared.link(), &["--passphrase-file", "wrong"]);
            wrong.assert(4, "nothing was used up");
            assert_eq!(wrong.stdout, "");
        }
        let opened = ann.open(shared.link(), &["--passphrase-file", "right"]);
        assert_eq!((opened.code, opened.stdout.as_str()), (Some(0), "hello"), "{opened:?}");
        ann.open(shared.link(), &["--passphrase-file", "right"]).assert(3, "");
    }
    // Standard input has one meaning.
    let shared = ann.run_with(&["share", "--text", "hello", "--passphrase-file", "-"], "right\r\n");
    shared.assert(0, "--text");
    let opened = ann.run_with(&["open", shared.stdout.trim_end(), "--passphrase-file", "-"], "right");
    assert_eq!((opened.code, opened.stdout.as_str()), (Some(0), "hello"), "{opened:?}");
    ann.run_with(&["share", "--passphrase-file", "-"], "x").assert(2, "both text and passphrase");
    ann.run_with(&["open", "--passphrase-file", "-"], "x").assert(2, "both link and passphrase");
}

#[test]
fn a_suggested_passphrase_opens() {
    let (data, ann) = (Data::new(), Person::new());
    let server = data.serve(&[]);
    ann.log_in(&server.address);
    let shared = ann.share("hello", &["--suggest-passphrase"]);
    let suggested = shared.0["passphrase"].as_str().unwrap();
    ann.put("suggested", suggested);
    ann.open(shared.link(), &[]).assert(4, "a passphrase is needed");
    assert_eq!(ann.open(shared.link(), &["--passphrase-file", "suggested"]).stdout, "hello");
    let spoken = ann.run_with(&["share", "--suggest-passphrase"], "hello");
    assert!(spoken.stderr.contains("passphrase  ") && spoken.stdout.lines().count() == 1, "{spoken:?}");
}

#[test]
fn damaged_links_open_nothing_and_mended_ones_open() {
    let (data, ann) = (Data::new(), Person::new());
    let server = data.serve(&[]);
    ann.log_in(&server.address);
    let shared = ann.share("hello", &[]);
    let (address, fragment) = shared.link().split_once('#').unwrap();
    for damaged in [
        address.to_owned(),
        format!("{address}#"),
        format!("{address}#{}", &fragment[..22]),
        format!("{address}#{fragment}A"),
    ] {
        ann.open(&damaged, &[]).assert(4, "this link is not complete");
    }
    let other = ann.share("other", &[]);
    let mixed = format!("{address}#{}", other.link().split_once('#').unwrap().1);
    ann.open(&mixed, &[]).assert(4, "the part of the link after # does not match");
    for mark in ["#", "%23", "%2523"] {
        let shared = ann.share(mark, &[]);
        assert_eq!(ann.open(&shared.link().replace('#', mark), &[]).stdout, mark);
    }
    // By standard input, and as a key alone at the profile's server.
    assert_eq!(ann.run_with(&["open"], format!("{}\n", other.link())).stdout, "other");
    assert_eq!(ann.open(&shared.link()[shared.link().rfind('/').unwrap() + 1..], &[]).stdout, "hello");
}

#[test]
fn a_generated_password_stands_before_its_link() {
    let (data, ann) = (Data::new(), Person::new());
    let server = data.serve(&[]);
    ann.log_in(&server.address);
    for arguments in [&["generate"][..], &["generate", "--sealed", "server"], &["generate", "--length", "40"]]
    {
        let made = ann.run(arguments);
        made.assert(0, "Sealed on ");
        let lines: Vec<_> = made.stdout.lines().collect();
        assert_eq!(
            (lines.len(), lines[0].len()),
            (2, if arguments.contains(&"40") { 40 } else { 12 }),
            "{made:?}"
        );
        assert_eq!(ann.open(lines[1], &[]).stdout, lines[0]);
    }
    let json = ann.run(&["generate", "--json"]).json();
    assert_eq!(ann.open(json["link"].as_str().unwrap(), &[]).stdout, json["value"].as_str().unwrap());
}

#[test]
fn shapes_of_answers_and_failures() {
    let (data, ann) = (Data::new(), Person::new());
    let server = data.serve(&[]);
    ann.log_in(&server.address);
    let shared = ann.share("hello", &[]);
    let members = |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(members(&shared.0), ["expires_at", "link", "passphrase_required", "receipt", "sealed"]);
    assert!(shared.0["expires_at"].as_str().unwrap().ends_with('Z'));
    let opened = ann.open(shared.link(), &["--json"]).json();
    assert_eq!(opened, serde_json::json!({"kind": "text", "sealed": "device", "text": "hello"}));
    let gone = ann.open(shared.link(), &["--json"]);
    let failure: serde_json::Value = serde_json::from_str(&gone.stderr).unwrap();
    assert_eq!((gone.code, gone.stdout.as_str(), &failure["code"]), (Some(3), "", &3.into()));
    assert_eq!(members(&failure), ["code", "error", "hint"]);
    let misused = ann.run(&["share", "--json", "--ttl", "never"]);
    let failure: serde_json::Value = serde_json::from_str(&misused.stderr).unwrap();
    assert_eq!((misused.code, &failure["code"]), (Some(2), &2.into()));
    assert_eq!(members(&ann.run(&["status", "--json"]).json()), ["email", "sealed", "status", "url"]);
}

/// What is wrong with the command is told before anything is made.
#[test]
fn mistaken_arguments_are_named() {
    let (data, ann) = (Data::new(), Person::new());
    let server = data.serve(&[]);
    let seen = Fake::before(&server, |_, answer| Some(answer));
    ann.log_in(&seen.address);
    for (arguments, told) in [
        (&["share", "--passphrase", "hunter2"][..], "--passphrase takes no value; it asks"),
        (&["share", "-"], "a text comes from standard input"),
        (&["share", "gone.pdf"], "arguments of share are files"),
        (&["share", "--text", "x", "--passphrase-file", "gone"], "there is no file gone"),
        (&["share", "--text", "x", "--passphrase-file", "."], ". is a folder"),
        (
            &["share", "--text", "x", "--recipient", "a@example.com", "--recipient", "bad"],
            "--recipient \"bad\"",
        ),
        (&["receipt", "what?"], "https://secrets.example.com/receipt/KEY"),
        (&["burn", "what?"], "https://secrets.example.com/receipt/KEY"),
    ] {
        ann.run(arguments).assert(2, told);
    }
    assert_eq!(seen.count(|asked| asked.line().starts_with("POST")), 0);
    let shared = ann.share("hello", &[]);
    assert_eq!(ann.open(&format!("\"{}\"", shared.link()), &[]).stdout, "hello");
}

/// What never ends is not read for ever.
#[test]
fn a_text_that_no_server_takes_is_not_read_to_its_end() {
    let (data, ann) = (Data::new(), Person::new());
    let server = data.serve(&[]);
    ann.log_in(&server.address);
    ann.run_with(&["share"], vec![b'x'; (64 << 20) + 1]).assert(7, "longer than 64 MB");
}

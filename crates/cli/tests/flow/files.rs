//! Files: where they are saved, under which names, and what is found out before anything is opened.

use crate::fake::Fake;
use crate::person::{Person, nowhere};
use crate::running::{Data, Server};
use burnbag_core::content::{Content, File};
use burnbag_core::envelope::Envelope;
use burnbag_core::fragment::Fragment;
use burnbag_core::sensitive::SensitiveBytes;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::os::unix::fs::PermissionsExt;

/// A server, and Ann with an account on it.
fn start() -> (Data, Server, Person, String) {
    let (data, ann) = (Data::new(), Person::new());
    let server = data.serve(&["--throttle", "off"]);
    let key = data.run(&["account", "create", "ann@example.com"]).stdout;
    ann.log_in_as(&server.address, "ann@example.com", &key);
    (data, server, ann, key.trim().to_owned())
}

/// Seals what no honest sender would; its link.
fn craft(server: &Server, api_key: &str, content: &SensitiveBytes, kind: &str) -> String {
    let mut rng = StdRng::seed_from_u64(7);
    let fragment = Fragment::make(false, &mut rng);
    let keys = fragment.derive_keys(None).expect("no passphrase");
    let envelope = Envelope::seal(content, &keys, &mut rng).to_text();
    let proof = keys.proof.expose();
    let body = format!("secret={envelope}&proof={}&kind={kind}&size=9", proof.as_str());
    let made = server.post_as("/api/v1/share", &body, "ann@example.com", api_key);
    format!("{}#{}", made.member("share_url"), fragment.expose().as_str())
}

fn file(name: &str, bytes: &[u8]) -> File {
    File { name: name.to_owned(), media_type: String::new(), bytes: bytes.to_vec().into() }
}

#[test]
fn files_arrive_whole_and_for_their_owner_only() {
    let (_data, _server, ann, _) = start();
    ann.put("report.pdf", b"\x00\xff\r\n").put("notes.txt", "").put("Straße.txt", "x");
    let shared = ann.run(&["share", "report.pdf", "notes.txt", "Straße.txt"]);
    shared.assert(0, "Sealed on your device.");
    let bob = Person::new();
    let opened = bob.open(shared.stdout.trim_end(), &["--output", "in/here"]);
    opened.assert(0, "saved in/here/report.pdf");
    assert_eq!(opened.stdout, "");
    assert_eq!(bob.names("in/here"), ["Straße.txt", "notes.txt", "report.pdf"]);
    assert_eq!(bob.get("in/here/report.pdf"), b"\x00\xff\r\n");
    let mode = |name| std::fs::metadata(bob.path(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode("in/here/report.pdf"), mode("in/here")), (0o600, 0o700));
    bob.open(shared.stdout.trim_end(), &["--output", "in/here"]).assert(3, "");
}

#[test]
fn nothing_is_opened_before_there_is_a_place_for_files() {
    let (_data, _server, ann, _) = start();
    ann.put("a.txt", "one");
    let shared = ann.run(&["share", "a.txt"]);
    let link = shared.stdout.trim_end();
    ann.open(link, &[]).assert(2, "nothing has been opened");
    ann.open(link, &["--output", &nowhere(&ann)]).assert(1, "nothing has been opened");
    ann.open(link, &["--output", "a-file"]).assert(1, "nothing has been opened");
    ann.open(link, &["--exec", "--stdin", "--", "cat"]).assert(2, "nothing has been opened");
    let opened = ann.open(link, &["--output", "out", "--json"]);
    let expected = serde_json::json!({
        "kind": "files", "sealed": "device", "files": [{"name": "a.txt", "path": "out/a.txt", "size": 3}]
    });
    assert_eq!(opened.json(), expected);
}

#[test]
fn nothing_is_overwritten_without_force() {
    let (_data, _server, ann, _) = start();
    ann.put("a.txt", "new");
    let out = ann.path("out");
    std::fs::create_dir(&out).unwrap();
    ann.put("out/a.txt", "old");
    let link = |ann: &Person| ann.run(&["share", "a.txt"]).stdout.trim_end().to_owned();
    ann.open(&link(&ann), &["--output", "out"]).assert(0, "saved out/a (2).txt  (called \"a.txt\")");
    assert_eq!((ann.get("out/a.txt"), ann.get("out/a (2).txt")), (b"old".to_vec(), b"new".to_vec()));
    ann.open(&link(&ann), &["--output", "out", "--force"]).assert(0, "saved out/a.txt");
    assert_eq!((ann.get("out/a.txt"), ann.names("out").len()), (b"new".to_vec(), 2));
}

#[test]
fn hostile_names_stay_in_the_folder() {
    let (_data, server, ann, key) = start();
    std::fs::create_dir(ann.path("out")).unwrap();
    std::os::unix::fs::symlink(ann.path("outside"), ann.path("out/link")).unwrap();
    let absolute = ann.path("absolute").display().to_string();
    let names = [
        "../up",
        &absolute,
        "..",
        r"..\..\win.ini",
        ".profile",
        "CON",
        "a\u{1b}[2J\n",
        "link",
        "a/../../b",
        "-rf",
    ];
    let files = names.map(|name| file(name, b"x")).to_vec();
    let link = craft(&server, &key, &Content::Files(files).encode().unwrap(), "files");
    ann.open(&link, &["--output", "out"]).assert(0, "called \"../up\"");
    assert_eq!(
        ann.names("out"),
        ["_CON", "_profile", "_rf", "a_[2J_", "absolute", "b", "file", "link", "link (2)", "up", "win.ini"]
    );
    assert_eq!(ann.names("").len(), 2, "settings and out: {:?}", ann.names(""));
    assert!(!ann.path("outside").exists());
}

/// The sender says what it is, and may lie.
#[test]
fn what_was_not_announced_is_not_lost() {
    let (_data, server, ann, key) = start();
    let files = Content::Files(vec![file("a.txt", b"one")]).encode().unwrap();
    let link = craft(&server, &key, &files, "text");
    ann.open(&link, &[]).assert(2, "repeat the command within a minute");
    ann.open(&link, &["--exec", "--stdin", "--", "cat"]).assert(1, "repeat the command within a minute");
    ann.open(&link, &["--output", "out"]).assert(0, "saved out/a.txt");
    ann.open(&link, &["--output", "out"]).assert(3, "");

    let unknown = craft(&server, &key, &vec![9, 9, 9].into(), "text");
    for _ in 0..2 {
        ann.open(&unknown, &[]).assert(1, "does not know");
    }
    let text = Content::Text("no file at all".to_owned().into()).encode().unwrap();
    let text = craft(&server, &key, &text, "files");
    assert_eq!(ann.open(&text, &["--output", "out"]).stdout, "no file at all");
}

#[test]
fn ten_files_of_25_mb_together_arrive_in_little_memory() {
    let (_data, _server, ann, _) = start();
    let mut rng = StdRng::seed_from_u64(1);
    let names: Vec<String> = (0..10).map(|number| format!("{number}.bin")).collect();
    let mut bytes = vec![0; 2_500_000];
    for name in &names {
        rng.fill_bytes(&mut bytes);
        ann.put(name, &bytes);
    }
    let arguments: Vec<&str> = ["share"].into_iter().chain(names.iter().map(String::as_str)).collect();
    let shared = ann.run_in_little_memory(&arguments);
    shared.assert(0, "Sealed on your device.");
    let opened = ann.run_in_little_memory(&["open", shared.stdout.trim_end(), "--output", "out"]);
    opened.assert(0, "saved out/9.bin");
    for name in &names {
        assert!(ann.get(name) == ann.get(&format!("out/{name}")), "{name}");
    }
}

#[test]
fn what_is_too_much_is_told_in_the_servers_words() {
    let (_data, server, ann, _) = start();
    ann.put("large", vec![0; 26_000_000]).put("small", "x");
    let refused = ann.run(&["share", "large"]);
    refused.assert(7, "refuses: ");
    assert!(refused.stderr.contains("25"), "the server says how much it takes: {refused:?}");
    ann.run(&[&["share"][..], &["small"; 11]].concat()).assert(2, "11 files; 10 at most");
    let bob = Person::new();
    bob.log_in(&server.address).put("small", "x");
    bob.run(&["share", "small"]).assert(6, "An account is required to share files.");
    ann.run(&["share", "."]).assert(2, "is a folder");
}

/// Large bodies are agreed on first, so that a refusal is read before all is sent.
#[test]
fn a_large_body_waits_for_the_server() {
    let (data, ann) = (Data::new(), Person::new());
    let server = data.serve(&[]);
    let seen = Fake::before(&server, |_, answer| Some(answer));
    ann.log_in(&seen.address).put("large", vec![0; 200_000]);
    ann.run(&["share", "large"]).assert(7, "refuses: ");
    assert_eq!(seen.count(|asked| asked.header("expect") == Some("100-continue")), 1);
}

/// A file has its name when it is whole, also if the program is killed in the middle.
#[test]
fn no_half_of_a_file_has_its_name() {
    let (_data, _server, ann, _) = start();
    ann.put("large.bin", vec![7; 100_000]);
    let link = ann.run(&["share", "large.bin"]).stdout.trim_end().to_owned();
    let open = ann.command(&["open", &link, "--output", "out"]);
    let mut shell = std::process::Command::new("sh");
    // The system kills who writes more than that into a file.
    shell.args(["-c", "ulimit -f 16 && exec \"$0\" \"$@\""]).arg(open.get_program()).args(open.get_args());
    shell.envs(open.get_envs().filter_map(|(name, value)| Some((name, value?)))).current_dir(ann.path(""));
    let killed = shell.stdin(std::process::Stdio::null()).output().unwrap();
    assert_eq!(killed.status.code(), None, "{killed:?}");
    assert!(!ann.path("out/large.bin").exists(), "{:?}", ann.names("out"));
    ann.open(&link, &["--output", "out"]).assert(0, "saved out/large.bin");
    assert_eq!(ann.get("out/large.bin").len(), 100_000);
}

/// An interruption waits until files are saved, and then it is told where they are. Needs `strace`, which makes saving slow.
#[test]
fn who_interrupts_while_files_are_saved_learns_where_they_are() {
    let (_data, _server, ann, _) = start();
    ann.put("a.txt", "saved slowly");
    let link = ann.run(&["share", "a.txt"]).stdout.trim_end().to_owned();
    let open = ann.command(&["open", &link, "--output", "out"]);
    let mut slow = std::process::Command::new("strace");
    slow.args(["-f", "-qq", "-o", "/dev/null", "-e", "inject=fsync:delay_enter=700000", "sh", "-c"]);
    slow.arg("echo $$ >pid && exec \"$0\" \"$@\"").arg(open.get_program()).args(open.get_args());
    slow.envs(open.get_envs().filter_map(|(name, value)| Some((name, value?)))).current_dir(ann.path(""));
    slow.stdin(std::process::Stdio::null()).stdout(std::process::Stdio::piped());
    let mut child = slow.stderr(std::process::Stdio::piped()).spawn().expect("strace runs");
    let is_saving = || {
        let names = ann.names("out").into_iter().map(|name| ann.path("out").join(name));
        names.filter_map(|path| path.metadata().ok()).any(|meta| meta.len() == 12)
    };
    while !is_saving() {
        assert!(child.try_wait().unwrap().is_none(), "it ended");
        std::thread::yield_now();
    }
    let pid = String::from_utf8(ann.get("pid")).unwrap();
    let signalled = std::process::Command::new("kill").args(["-s", "INT", pid.trim()]).status();
    assert!(signalled.expect("kill runs").success());
    crate::person::ended(child.wait_with_output().unwrap()).assert(130, "saved out/a.txt");
    assert_eq!(ann.get("out/a.txt"), b"saved slowly");
}

#[test]
fn what_cannot_be_saved_is_named_with_what_to_change() {
    let (_data, _server, ann, _) = start();
    ann.put("a.txt", "one");
    std::fs::create_dir_all(ann.path("out/a.txt")).unwrap();
    let link = ann.run(&["share", "a.txt"]).stdout.trim_end().to_owned();
    let refused = ann.open(&link, &["--output", "out", "--force"]);
    refused.assert(1, "\"a.txt\" cannot be saved in out");
    refused.assert(1, "repeat the command within a minute, with another --output DIR");
    ann.open(&link, &["--output", "other", "--force"]).assert(0, "saved other/a.txt");
    assert_eq!(ann.names("out"), ["a.txt"]);
}

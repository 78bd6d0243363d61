//! What a person at a terminal is asked, and how the terminal is left. Needs `setsid` (util-linux).

use crate::person::Person;
use crate::running::Data;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, tcgetattr};
use std::fs::File;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};

/// A program at a terminal of its own.
struct Session {
    child: Child,
    person: File,
    program: File,
    seen: String,
}

impl Session {
    fn start(person: &Person, arguments: &[&str]) -> Self {
        Self::begin(person, arguments, false)
    }

    /// With standard error somewhere else.
    fn start_apart(person: &Person, arguments: &[&str]) -> Self {
        Self::begin(person, arguments, true)
    }

    fn begin(person: &Person, arguments: &[&str], apart: bool) -> Self {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
        grantpt(&master).and_then(|()| unlockpt(&master)).expect("a terminal");
        let name = ptsname(&master, Vec::new()).expect("a name");
        let program = File::options().read(true).write(true).open(name.to_str().expect("UTF-8"));
        let program = program.expect("a terminal");
        let end = || Stdio::from(program.try_clone().expect("a file"));
        let command = person.command(arguments);
        let mut session = Command::new("setsid");
        session.arg("--ctty").arg(command.get_program()).args(command.get_args());
        session.current_dir(person.path(""));
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => session.env(name, value),
                None => session.env_remove(name),
            };
        }
        let stderr = if apart { Stdio::null() } else { end() };
        let child = session.stdin(end()).stdout(end()).stderr(stderr).spawn().expect("setsid runs");
        Self { child, person: File::from(master), program, seen: String::new() }
    }

    /// Waits until the screen shows a text, after what was waited for before.
    fn sees(&mut self, text: &str) -> &mut Self {
        let mut bytes = [0; 4096];
        loop {
            if let Some(at) = self.seen.find(text) {
                self.seen.drain(..at + text.len());
                return self;
            }
            let read = self.person.read(&mut bytes).unwrap_or(0);
            assert!(read > 0, "no {text:?} in {:?}", self.seen);
            self.seen.push_str(&String::from_utf8_lossy(&bytes[..read]));
        }
    }

    /// The same, and from then on nobody sees what is typed.
    fn hides(&mut self, question: &str) -> &mut Self {
        self.sees(question);
        while self.echoes() {
            assert!(self.child.try_wait().expect("a child").is_none(), "it ended");
            std::thread::yield_now();
        }
        self
    }

    fn types(&mut self, text: &str) -> &mut Self {
        self.person.write_all(text.as_bytes()).expect("a terminal");
        self
    }

    fn echoes(&self) -> bool {
        tcgetattr(&self.program).expect("a terminal").local_modes.contains(LocalModes::ECHO)
    }

    /// The exit code, once it has ended.
    fn ends(&mut self) -> Option<i32> {
        self.child.wait().expect("a child").code()
    }
}

#[test]
fn a_person_is_asked_before_a_link_is_opened() {
    let (data, ann) = (Data::new(), Person::new());
    let server = data.serve(&[]);
    ann.log_in(&server.address);
    let shared = ann.share("hello", &[]);
    let mut session = Session::start(&ann, &["open", shared.link()]);
    session.sees("A text, sealed on its sender's device").sees("It can be opened once. [y/N]").types("\n");
    session.sees("the link still works");
    assert_eq!(session.ends(), Some(1));
    let mut session = Session::start(&ann, &["open"]);
    session.sees("Link: ").types(&format!("{}\n", shared.link()));
    session.sees("[y/N]").types("y\n").sees("hello\r\n");
    assert_eq!(session.ends(), Some(0));
    let burned = ann.share("hello", &[]);
    let mut session = Session::start(&ann, &["burn", burned.receipt()]);
    session.sees("[y/N]").types("n\n").sees("nothing was burned");
    assert_eq!(session.ends(), Some(1));
    assert_eq!(ann.open(burned.link(), &[]).stdout, "hello");
}

#[test]
fn what_is_secret_is_typed_unseen_and_passphrases_have_three_tries() {
    let (data, ann) = (Data::new(), Person::new());
    let server = data.serve(&[]);
    ann.log_in(&server.address).put("right", "right");
    let mut session = Session::start(&ann, &["share", "--passphrase"]);
    session.hides("Secret (one line, not shown): ").types("hidden\n");
    session.hides("Passphrase: ").types("one\n").hides("Passphrase again: ").types("two\n");
    session.sees("the two passphrases differ");
    assert_eq!(session.ends(), Some(2));
    for sealed in ["device", "server"] {
        let shared = ann.share("hello", &["--passphrase-file", "right", "--sealed", sealed]);
        let mut session = Session::start(&ann, &["open", "--yes", shared.link()]);
        session.hides("Passphrase: ").types("wrong\n").sees("Nothing was used up; try again.");
        session.hides("Passphrase: ").types("wrong\n").hides("Passphrase: ");
        assert!(!session.seen.contains("wrong"), "{:?}", session.seen);
        session.types("wrong\n").sees("that passphrase does not match");
        assert_eq!((session.ends(), session.echoes()), (Some(4), true));
        let mut session = Session::start(&ann, &["open", "--yes", shared.link()]);
        session.hides("Passphrase: ").types("right\n").sees("hello\r\n");
        assert_eq!(session.ends(), Some(0));
    }
}

#[test]
fn an_interruption_ends_with_130_and_leaves_the_terminal_as_it_was() {
    let (data, ann) = (Data::new(), Person::new());
    let server = data.serve(&[]);
    ann.log_in(&server.address);
    let mut typed = Session::start(&ann, &["share"]);
    typed.hides("not shown): ").types("half a sec\u{3}");
    assert_eq!((typed.ends(), typed.echoes()), (Some(130), true));
    let mut sent = Session::start(&ann, &["share"]);
    sent.hides("not shown): ");
    let signalled = Command::new("kill").args(["-s", "INT", &sent.child.id().to_string()]).status();
    assert!(signalled.expect("kill runs").success());
    assert_eq!((sent.ends(), sent.echoes()), (Some(130), true));
}

#[test]
fn a_folder_for_files_is_asked_for() {
    let (data, ann) = (Data::new(), Person::new());
    let server = data.serve(&[]);
    let key = data.run(&["account", "create", "ann@example.com"]).stdout;
    ann.log_in_as(&server.address, "ann@example.com", &key).put("a.txt", "one");
    let shared = ann.run(&["share", "a.txt"]);
    let mut session = Session::start(&ann, &["open", shared.stdout.trim_end()]);
    session.sees("A file, about 256 bytes").sees("Folder to save them in: ").types("out\n");
    session.sees("[y/N]").types("y\n").sees("saved out/a.txt");
    assert_eq!((session.ends(), ann.get("out/a.txt")), (Some(0), b"one".to_vec()));
}

/// Somebody with an account, for whom files are waiting.
fn with_files() -> (Data, crate::running::Server, Person, String) {
    let (data, ann) = (Data::new(), Person::new());
    let server = data.serve(&["--throttle", "off"]);
    let key = data.run(&["account", "create", "ann@example.com"]).stdout;
    ann.log_in_as(&server.address, "ann@example.com", &key).put("a.txt", "one");
    let link = ann.run(&["share", "a.txt"]).stdout.trim_end().to_owned();
    (data, server, ann, link)
}

#[test]
fn every_question_can_be_interrupted() {
    let (_data, _server, ann, files) = with_files();
    let shared = ann.share("hello", &[]);
    for (arguments, question) in [
        (&["open", shared.link()][..], "[y/N] "),
        (&["burn", shared.receipt()], "[y/N] "),
        (&["open"], "Link: "),
        (&["open", &files], "Folder to save them in: "),
        (&["login", "http://127.0.0.1:1"], "E-mail (empty: without an account): "),
    ] {
        for apart in [false, true] {
            let mut session = Session::begin(&ann, arguments, apart);
            session.sees(question).types("\u{3}");
            assert_eq!(session.ends(), Some(130), "{arguments:?}");
        }
    }
    let mut session = Session::start(&ann, &["open", "--json", shared.link()]);
    session.sees("[y/N] ").types("\u{3}").sees(r#"{"error":"interrupted","hint":null,"code":130}"#);
    assert_eq!(ann.open(shared.link(), &[]).stdout, "hello");
}

#[test]
fn questions_are_seen_and_secrets_are_not_wherever_standard_error_goes() {
    let (data, ann) = (Data::new(), Person::new());
    let server = data.serve(&[]);
    ann.log_in(&server.address);
    let mut session = Session::start_apart(&ann, &["share", "--passphrase"]);
    session.hides("not shown): ").types("hidden\n");
    session
        .hides("Passphrase: ")
        .types("right\n")
        .hides("Passphrase again: ")
        .types("right\n")
        .sees("http://");
    assert!(session.ends() == Some(0) && session.echoes(), "{:?}", session.seen);
    let mut sent = Session::start_apart(&ann, &["share"]);
    sent.hides("not shown): ");
    let signalled = Command::new("kill").args(["-s", "INT", &sent.child.id().to_string()]).status();
    assert!(signalled.expect("kill runs").success());
    assert_eq!((sent.ends(), sent.echoes()), (Some(130), true));
    let shared = ann.share("hello", &[]);
    let mut session = Session::start_apart(&ann, &["burn", shared.receipt()]);
    session.sees("Burn it now?").sees("[y/N]").types("n\n");
    assert_eq!(session.ends(), Some(1));
    let mut session = Session::start_apart(&ann, &["open", shared.link()]);
    session.sees("A text, sealed").sees("[y/N]").types("n\n");
    assert_eq!(session.ends(), Some(1));
    assert_eq!(ann.open(shared.link(), &[]).stdout, "hello");
}

#[test]
fn what_is_pasted_beyond_a_line_does_not_reach_the_shell() {
    let (data, ann) = (Data::new(), Person::new());
    let server = data.serve(&[]);
    ann.log_in(&server.address);
    let mut session = Session::start(&ann, &["share"]);
    session.hides("not shown): ").types("one\nrm -rf two\nthree\n").sees("several lines: pipe them in");
    assert_eq!(session.ends(), Some(2));
    assert_eq!(rustix::io::ioctl_fionread(&session.program).expect("a terminal"), 0);
}

#[test]
fn the_end_of_the_input_is_no_answer() {
    let (_data, server, ann, files) = with_files();
    let profile = std::fs::read(ann.settings("profile.json")).unwrap();
    let mut session = Session::start(&ann, &["login", &format!("http://{}", server.address)]);
    session.sees("without an account): ").types("\u{4}").sees("nothing was changed");
    assert_eq!(session.ends(), Some(2));
    assert_eq!(std::fs::read(ann.settings("profile.json")).unwrap(), profile);
    let mut session = Session::start(&ann, &["open", &files]);
    session.sees("Folder to save them in: ").types("\u{4}").sees("no folder was named");
    assert_eq!(session.ends(), Some(2));
}

#[test]
fn a_folder_is_made_only_for_what_is_opened() {
    let (_data, _server, ann, files) = with_files();
    let mut session = Session::start(&ann, &["open", &files, "--output", "new/deep"]);
    session.sees("[y/N]").types("n\n").sees("the link still works");
    assert_eq!(session.ends(), Some(1));
    assert!(!ann.path("new").exists());
    ann.put("right", "right").put("wrong", "wrong");
    let link = ann.run(&["share", "a.txt", "--passphrase-file", "right"]).stdout.trim_end().to_owned();
    let opening = ["--output", "new/deep", "--passphrase-file"];
    ann.open(&link, &[&opening[..], &["wrong"]].concat()).assert(4, "nothing was used up");
    assert!(!ann.path("new").exists());
    ann.open(&link, &[&opening[..], &["right"]].concat()).assert(0, "saved new/deep/a.txt");
}

#[test]
fn who_has_something_to_lose_is_invited_after_a_question() {
    let (data, ann) = (Data::new(), Person::new());
    data.serve(&[]).stop();
    data.run(&["account", "create", "ann@example.com"]);
    let place = data.path("").display().to_string();
    let invite = ["account", "invite", "ann@example.com", "--data", &place];
    let mut session = Session::start(&ann, &invite);
    session.sees("starts empty").sees("set a new password? [y/N]").types("n\n").sees("nothing was changed");
    assert_eq!(session.ends(), Some(1));
    let mut session = Session::start(&ann, &invite);
    session.sees("[y/N]").types("y\n").sees("http://127.0.0.1:7143/invite/").sees("72 hours");
    assert_eq!(session.ends(), Some(0));
}

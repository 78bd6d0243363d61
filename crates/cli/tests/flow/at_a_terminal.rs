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
        let child = session.stdin(end()).stdout(end()).stderr(end()).spawn().expect("setsid runs");
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

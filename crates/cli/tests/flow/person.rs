//! Somebody with a computer of their own: a home, settings, a folder to work in.

use crate::running::Ended;
use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use tempfile::TempDir;

pub(crate) struct Person(TempDir);

/// A secret as `share --json` tells it.
pub(crate) struct Shared(pub(crate) Value);

impl Person {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn settings(&self, name: &str) -> PathBuf {
        self.path("settings/burnbag").join(name)
    }

    pub(crate) fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Self {
        std::fs::write(self.path(name), bytes).expect("a file");
        self
    }

    pub(crate) fn get(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).expect("a file")
    }

    pub(crate) fn names(&self, folder: &str) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(self.path(folder)) else { return Vec::new() };
        let name = |entry: std::io::Result<std::fs::DirEntry>| entry.ok()?.file_name().into_string().ok();
        let mut names: Vec<_> = entries.filter_map(name).collect();
        names.sort();
        names
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_burnbag"));
        command.args(arguments).current_dir(self.0.path());
        command.env("HOME", self.0.path()).env("XDG_CONFIG_HOME", self.path("settings"));
        for name in [
            "BURNBAG_URL",
            "BURNBAG_EMAIL",
            "BURNBAG_API_KEY",
            "http_proxy",
            "HTTP_PROXY",
            "ALL_PROXY",
            "all_proxy",
        ] {
            command.env_remove(name);
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        ended(self.command(arguments).output().expect("the program runs"))
    }

    /// The same in a process that may have 200 MB of addresses.
    pub(crate) fn run_in_little_memory(&self, arguments: &[&str]) -> Ended {
        let program = self.command(arguments);
        let mut shell = Command::new("sh");
        shell
            .args(["-c", "ulimit -v 200000 && exec \"$0\" \"$@\""])
            .arg(program.get_program())
            .args(program.get_args());
        shell
            .current_dir(self.0.path())
            .env("HOME", self.0.path())
            .env("XDG_CONFIG_HOME", self.path("settings"));
        ended(shell.stdin(Stdio::null()).output().expect("a shell"))
    }

    pub(crate) fn run_with(&self, arguments: &[&str], input: impl AsRef<[u8]>) -> Ended {
        let mut child = self.start(arguments);
        child.stdin.take().expect("piped").write_all(input.as_ref()).expect("it reads");
        ended(child.wait_with_output().expect("it ends"))
    }

    pub(crate) fn start(&self, arguments: &[&str]) -> Child {
        self.command(arguments).stdin(Stdio::piped()).spawn().expect("the program runs")
    }

    pub(crate) fn log_in(&self, address: &str) -> &Self {
        let ended = self.run(&["login", &format!("http://{address}")]);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        self
    }

    pub(crate) fn log_in_as(&self, address: &str, email: &str, api_key: &str) -> &Self {
        let url = format!("http://{address}");
        let ended = self.run_with(&["login", &url, "--email", email, "--key-file", "-"], api_key);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        self
    }

    /// Shares a text.
    pub(crate) fn share(&self, text: &str, arguments: &[&str]) -> Shared {
        let ended = self.run_with(&[&["share", "--json"], arguments].concat(), text);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        Shared(ended.json())
    }

    pub(crate) fn open(&self, link: &str, arguments: &[&str]) -> Ended {
        self.run(&[&["open", link, "--pause", "0"], arguments].concat())
    }
}

impl Shared {
    pub(crate) fn link(&self) -> &str {
        self.0["link"].as_str().expect("a link")
    }

    pub(crate) fn receipt(&self) -> &str {
        self.0["receipt"].as_str().expect("a receipt")
    }
}

pub(crate) fn ended(output: Output) -> Ended {
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Ended { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

impl Ended {
    /// The one object on standard output.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|_| unreachable!("{self:?}"))
    }

    #[track_caller]
    pub(crate) fn assert(&self, code: i32, on_stderr: &str) {
        assert_eq!(self.code, Some(code), "{self:?}");
        assert!(self.stderr.contains(on_stderr), "{self:?}");
    }
}

/// Where no file can be written, also by the superuser: below a file.
pub(crate) fn nowhere(person: &Person) -> String {
    person.put("a-file", "x");
    Path::new("a-file/below").display().to_string()
}

//! The program in processes of its own, and a few lines of HTTP to speak to it.

use data_encoding::BASE64;
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;
use tempfile::TempDir;

/// A data folder, not there until the first server makes it.
pub(crate) struct Data(TempDir);

/// What a command that ended said.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// A running server; killed when dropped.
pub(crate) struct Server {
    child: Child,
    out: BufReader<std::process::ChildStdout>,
    pub(crate) greeting: String,
    pub(crate) address: String,
}

/// An answer, as far as it matters here.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    body: String,
}

/// A request that is not whole yet.
pub(crate) struct Half(TcpStream);

impl Data {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join("data").join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_burnbag"));
        command.args(arguments).current_dir(self.0.path()).env("BURNBAG_DATA", "data");
        // The machine's own disk does not matter here.
        command.env("BURNBAG_LIMITS__MIN_FREE_DISK", "0").env("BURNBAG_LIMITS__MIN_FREE_DISK_PERCENT", "0");
        command.stdin(Stdio::null());
        command
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        self.run_with(arguments, &[])
    }

    pub(crate) fn run_with(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Ended {
        let mut command = self.command(arguments);
        let output = command.envs(variables.iter().copied()).output().expect("the program runs");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Ended { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    pub(crate) fn serve(&self, arguments: &[&str]) -> Server {
        self.serve_with(arguments, &[])
    }

    /// Starts a server on a free port and waits for its first line.
    pub(crate) fn serve_with(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Server {
        let mut command = self.command(&[&["serve", "--listen", "127.0.0.1:0"], arguments].concat());
        command.envs(variables.iter().copied()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program runs");
        let mut out = BufReader::new(child.stdout.take().expect("piped"));
        let mut greeting = String::new();
        out.read_line(&mut greeting).expect("a first line");
        let address = greeting.trim().rsplit_once("//").map(|(_, address)| address.to_owned());
        let Some(address) = address else {
            let mut errors = String::new();
            let _ = child.stderr.take().expect("piped").read_to_string(&mut errors);
            unreachable!("no greeting: {errors}");
        };
        Server { child, out, greeting: greeting.trim_end().to_owned(), address }
    }
}

impl Server {
    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_mins(1))).expect("a socket option");
        stream
    }

    pub(crate) fn refuses_connections(&self) -> bool {
        TcpStream::connect(&self.address).is_err()
    }

    pub(crate) fn get(&self, target: &str) -> Answer {
        self.exchange(&format!(
            "GET {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.address
        ))
    }

    pub(crate) fn get_as(&self, target: &str, email: &str, key: &str) -> Answer {
        let credentials = BASE64.encode(format!("{email}:{key}").as_bytes());
        let head = format!("GET {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n");
        self.exchange(&format!("{head}Authorization: Basic {credentials}\r\n\r\n"))
    }

    pub(crate) fn post(&self, target: &str, body: &str) -> Answer {
        let head = format!("POST {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", self.address);
        self.exchange(&format!("{head}Content-Length: {}\r\n\r\n{body}", body.len()))
    }

    pub(crate) fn post_as(&self, target: &str, body: &str, email: &str, key: &str) -> Answer {
        let credentials = BASE64.encode(format!("{email}:{key}").as_bytes());
        let head = format!("POST {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", self.address);
        let head = format!("{head}Authorization: Basic {credentials}\r\n");
        self.exchange(&format!("{head}Content-Length: {}\r\n\r\n{body}", body.len()))
    }

    /// Keys of a new secret and its receipt.
    pub(crate) fn share(&self, secret: &str) -> (String, String) {
        let made = self.post("/api/v1/share", &format!("secret={secret}"));
        (made.member("secret_key"), made.member("metadata_key"))
    }

    /// The head of a request whose body is still to come.
    pub(crate) fn begin(&self, target: &str, length: usize) -> Half {
        let mut stream = self.connect();
        let head = format!("POST {target} HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\n\r\n");
        stream.write_all(head.as_bytes()).expect("the head is sent");
        Half(stream)
    }

    fn exchange(&self, request: &str) -> Answer {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).expect("the request is sent");
        Answer::read(&mut stream)
    }

    pub(crate) fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let status = Command::new("kill").args(["-s", name, &id]).status();
        assert!(status.expect("kill runs").success());
    }

    /// Asks it to end; code, time that took, and what it said on both outputs.
    pub(crate) fn stop(mut self) -> (Option<i32>, Duration, String, String) {
        // It may have been told before.
        let _ = Command::new("kill").arg(self.child.id().to_string()).stderr(Stdio::null()).status();
        let mut waited = Duration::ZERO;
        let step = Duration::from_millis(20);
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("a child") {
                break status;
            }
            assert!(waited < Duration::from_secs(40), "it does not stop");
            std::thread::sleep(step);
            waited += step;
        };
        let (mut stdout, mut stderr) = (String::new(), String::new());
        self.out.read_to_string(&mut stdout).expect("UTF-8");
        self.child.stderr.take().expect("piped").read_to_string(&mut stderr).expect("UTF-8");
        (status.code(), waited, stdout, stderr)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Half {
    pub(crate) fn finish(&mut self, body: &str) -> Answer {
        self.0.write_all(body.as_bytes()).expect("the body is sent");
        self.0.shutdown(std::net::Shutdown::Write).expect("the connection stands");
        Answer::read(&mut self.0)
    }
}

impl Answer {
    fn read(stream: &mut TcpStream) -> Self {
        let mut text = String::new();
        stream.read_to_string(&mut text).expect("an answer");
        let (head, body) = text.split_once("\r\n\r\n").expect("head and body");
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
        Self { status, body: body.to_owned() }
    }

    /// A member of the JSON body, as text.
    pub(crate) fn member(&self, name: &str) -> String {
        let json: Value = serde_json::from_str(&self.body).expect("JSON");
        json[name].as_str().unwrap_or_default().to_owned()
    }
}

/// A POST from another thread.
pub(crate) fn post_in_background(server: &Server, target: &str) -> Receiver<Answer> {
    let (sender, receiver) = channel();
    let mut stream = server.connect();
    let request =
        format!("POST {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    std::thread::spawn(move || {
        stream.write_all(request.as_bytes()).expect("the request is sent");
        let _ = sender.send(Answer::read(&mut stream));
    });
    receiver
}

//! A real SMTP server in a process of its own, which does what a test tells it and counts what it took. `smtp.py` says
//! what it can be told.

use serde::Deserialize;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex};

/// What it says when it is ready.
#[derive(Deserialize)]
struct Ready {
    port: u16,
    ca: PathBuf,
}

/// What happened so far.
#[derive(Debug, Deserialize)]
pub(crate) struct State {
    /// Connections.
    pub(crate) sessions: usize,
    /// What it took, in its order.
    pub(crate) messages: Vec<Message>,
    /// Lines of commands, without messages.
    pub(crate) commands: Vec<Said>,
    error: Option<String>,
}

/// A message that it took.
#[derive(Debug, Deserialize)]
pub(crate) struct Message {
    pub(crate) from: String,
    pub(crate) to: Vec<String>,
    /// Head and body.
    pub(crate) data: String,
    pub(crate) tls: bool,
    pub(crate) user: Option<String>,
    pub(crate) utf8: bool,
    /// Whether it said that it took it.
    pub(crate) answered: bool,
}

/// A line that a client sent.
#[derive(Debug, Deserialize)]
pub(crate) struct Said {
    /// Number of its connection, from 1.
    pub(crate) session: usize,
    pub(crate) tls: bool,
    pub(crate) line: String,
}

/// The server. It ends with this.
pub(crate) struct SmtpServer {
    child: Child,
    pipe: Arc<Mutex<(ChildStdin, BufReader<ChildStdout>)>>,
    /// Its port on 127.0.0.1.
    pub(crate) port: u16,
    /// The certificate of the authority that is to be trusted.
    pub(crate) ca: PathBuf,
}

impl SmtpServer {
    /// A server with the options that `smtp.py` describes. The first one of all installs its tools below `target`.
    pub(crate) fn start(options: &Value) -> Self {
        let program = concat!(env!("CARGO_MANIFEST_DIR"), "/../server/tests/support/smtp.py");
        let tools = concat!(env!("CARGO_TARGET_TMPDIR"), "/smtp");
        let mut child = Command::new("python3")
            .args([program, tools, &options.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3");
        let (input, output) = (child.stdin.take().expect("piped"), child.stdout.take().expect("piped"));
        let mut output = BufReader::new(output);
        let ready: Ready = read(&mut output);
        Self { child, pipe: Arc::new(Mutex::new((input, output))), port: ready.port, ca: ready.ca }
    }

    /// A rule: at which step, what, and more of what `smtp.py` describes.
    pub(crate) fn rule(&self, step: &str, act: &str, more: &Value) {
        let mut command = json!({ "do": "rule", "step": step, "act": act });
        let members = command.as_object_mut().expect("an object");
        members.extend(more.as_object().expect("an object").clone());
        self.tell(&command);
    }

    /// What is said at a step instead of the answer, so many times.
    pub(crate) fn say(&self, step: &str, text: &str, times: usize) {
        self.rule(step, "say", &json!({ "text": text, "times": times }));
    }

    /// No rules any more.
    pub(crate) fn clear(&self) {
        self.tell(&json!({ "do": "clear" }));
    }

    /// Connections that are held go on.
    pub(crate) fn release(&self) {
        self.tell(&json!({ "do": "release" }));
    }

    /// What happened so far.
    pub(crate) fn state(&self) -> State {
        self.tell(&json!({ "do": "state" }))
    }

    /// What it took so far.
    pub(crate) fn messages(&self) -> Vec<Message> {
        self.state().messages
    }

    /// The same, once it has taken so many.
    pub(crate) async fn wait_for_messages(&self, count: usize) -> Vec<Message> {
        self.wait(json!({ "do": "wait", "messages": count })).await.messages
    }

    /// Until so many connections are held.
    pub(crate) async fn wait_for_held(&self, count: usize) {
        self.wait(json!({ "do": "wait", "held": count })).await;
    }

    async fn wait(&self, command: Value) -> State {
        let pipe = Arc::clone(&self.pipe);
        let state = tokio::task::spawn_blocking(move || tell(&pipe, &command)).await.expect("an answer");
        assert_eq!(state.error, None, "{state:?}");
        state
    }

    fn tell(&self, command: &Value) -> State {
        tell(&self.pipe, command)
    }
}

fn tell(pipe: &Mutex<(ChildStdin, BufReader<ChildStdout>)>, command: &Value) -> State {
    let mut pipe = pipe.lock().expect("nobody panicked");
    writeln!(pipe.0, "{command}").expect("the server lives");
    read(&mut pipe.1)
}

fn read<T: for<'de> Deserialize<'de>>(output: &mut impl BufRead) -> T {
    let mut line = String::new();
    output.read_line(&mut line).expect("the server lives");
    let read = serde_json::from_str(&line);
    assert!(read.is_ok(), "{line:?}; what it said stands above");
    read.expect("it was checked")
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        let asked = self.pipe.lock().is_ok_and(|mut pipe| writeln!(pipe.0, r#"{{"do":"end"}}"#).is_ok());
        if !asked {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

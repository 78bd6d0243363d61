//! One Chromium under one chromedriver, both of this test alone; they end with it.

use crate::device::Device;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::future::Future;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;
use url::{ParseError, Url};

/// No command takes longer, unless something hangs.
const PATIENCE: Duration = Duration::from_mins(1);

/// The key under which elements travel (`WebDriver`, 12.1).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

pub(crate) struct Driver {
    runtime: Runtime,
    client: Client,
    process: Child,
    folder: TempDir,
    // Held open: chromedriver writes to it.
    _out: BufReader<ChildStdout>,
}

/// A command below `/session/ID/`.
#[derive(Debug)]
struct Asking {
    method: Method,
    path: String,
    body: Value,
}

impl Driver {
    pub(crate) fn start(device: &Device) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("downloads")).expect("a folder");
        // It takes a port in two families of addresses; the second can be somebody else's by then.
        let started = (0..3).find_map(|_| chromedriver(folder.path()));
        let (process, out, port) = started.expect("chromedriver starts");
        let address = format!("http://127.0.0.1:{port}");
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(device.capabilities(folder.path()));
        let client = runtime.block_on(async { timeout(PATIENCE, builder.connect(&address)).await });
        let client =
            client.expect("chromedriver hangs").expect("chromium is missing: apt-get install chromium");
        Self { runtime, client, process, folder, _out: out }
    }

    /// Where files go that are saved.
    pub(crate) fn downloads(&self) -> std::path::PathBuf {
        self.folder.path().join("downloads")
    }

    /// A place for files to be sent.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn get(&self, path: &str) -> Result<Value, String> {
        self.ask(Method::GET, path, Value::Null)
    }

    pub(crate) fn post(&self, path: &str, body: Value) -> Result<Value, String> {
        self.ask(Method::POST, path, body)
    }

    /// A command of Chromium's own protocol.
    pub(crate) fn chromium(&self, name: &str, parameters: &Value) -> Value {
        let answer = self.post("goog/cdp/execute", json!({ "cmd": name, "params": parameters }));
        answer.unwrap_or_else(|error| unreachable!("{name}: {error}"))
    }

    /// Runs a script in the page, also where the page itself may run none.
    pub(crate) fn run(&self, script: &str, arguments: &[Value]) -> Result<Value, String> {
        self.post("execute/sync", json!({ "script": script, "args": arguments }))
    }

    /// The same for a script that calls its last argument when it is done.
    pub(crate) fn run_and_wait(&self, script: &str, arguments: &[Value]) -> Result<Value, String> {
        self.post("execute/async", json!({ "script": script, "args": arguments }))
    }

    fn ask(&self, method: Method, path: &str, body: Value) -> Result<Value, String> {
        let asking = Asking { method, path: path.to_owned(), body };
        self.wait(self.client.issue_cmd(asking)).map_err(|error| format!("{path}: {error}"))
    }

    fn wait<T, E: std::fmt::Display>(&self, answer: impl Future<Output = Result<T, E>>) -> Result<T, String> {
        let answer = self.runtime.block_on(async { timeout(PATIENCE, answer).await });
        answer.map_err(|_| "no answer".to_owned())?.map_err(|error| error.to_string())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Chromium hangs on a pipe of chromedriver's and ends with it, whatever becomes of this.
        let _ = self.wait(self.client.clone().close());
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl WebDriverCompatibleCommand for Asking {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        let body = (self.method == Method::POST).then(|| self.body.to_string());
        (self.method.clone(), body)
    }
}

/// The id of an element in an answer.
pub(crate) fn element_id(value: &Value) -> Option<&str> {
    value.get(ELEMENT)?.as_str()
}

/// An element as an argument of a script.
pub(crate) fn element(id: &str) -> Value {
    json!({ ELEMENT: id })
}

/// A running chromedriver, its output, and its port.
fn chromedriver(folder: &Path) -> Option<(Child, BufReader<ChildStdout>, u16)> {
    let mut command = Command::new("chromedriver");
    command.arg("--port=0").env("HOME", folder).env("TMPDIR", folder);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut process = command.spawn().expect("chromedriver is missing: apt-get install chromium-driver");
    let mut out = BufReader::new(process.stdout.take().expect("piped"));
    let lines = out.by_ref().lines().map_while(Result::ok);
    let port = lines.filter_map(|line| {
        let port = line.split_once("started successfully on port ")?.1;
        port.trim_end_matches('.').parse().ok()
    });
    let Some(port) = { port }.next() else {
        let _ = process.wait();
        return None;
    };
    Some((process, out, port))
}

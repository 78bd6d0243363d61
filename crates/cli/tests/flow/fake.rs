//! A server of the test's own: it answers, or does not, as the test says, and remembers what it was asked.

use crate::running::Server;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

pub(crate) struct Fake {
    pub(crate) address: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Asked {
    /// Method and target.
    pub(crate) fn line(&self) -> &str {
        self.head.lines().next().unwrap_or_default().trim_end_matches(" HTTP/1.1")
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(header, _)| header.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// Whether it is a reveal.
    pub(crate) fn reveals(&self) -> bool {
        self.line().starts_with("POST /api/v1/secret/") && !self.line().ends_with("/forget")
    }
}

impl Fake {
    /// Answers each request in a connection of its own; nothing is a connection that breaks.
    pub(crate) fn start(answer: impl Fn(&Asked) -> Option<Vec<u8>> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (answer, seen) = (Arc::new(answer), Arc::clone(&asked));
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (answer, seen) = (Arc::clone(&answer), Arc::clone(&seen));
                std::thread::spawn(move || {
                    let Some(request) = read(&stream) else { return };
                    seen.lock().expect("no panic").push(request.clone());
                    if let Some(bytes) = answer(&request) {
                        let _ = (&stream).write_all(&bytes);
                    }
                });
            }
        });
        Self { address, asked }
    }

    /// In front of a server: `spoil` sees each request and its answer, and says what becomes of the answer.
    pub(crate) fn before(
        server: &Server,
        spoil: impl Fn(&Asked, Vec<u8>) -> Option<Vec<u8>> + Send + Sync + 'static,
    ) -> Self {
        let address = server.address.clone();
        Self::start(move |request| {
            let answer = forward(&address, request);
            spoil(request, answer)
        })
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("no panic").clone()
    }

    /// How many requests there were like this.
    pub(crate) fn count(&self, is: impl Fn(&Asked) -> bool) -> usize {
        self.asked().iter().filter(|asked| is(asked)).count()
    }
}

/// A JSON answer.
pub(crate) fn answer(status: &str, body: &str) -> Option<Vec<u8>> {
    with_header(status, "X-Nothing: nothing", body)
}

#[expect(clippy::unnecessary_wraps, reason = "what a test answers with, or not")]
pub(crate) fn with_header(status: &str, header: &str, body: &str) -> Option<Vec<u8>> {
    let length = body.len();
    Some(format!("HTTP/1.1 {status}\r\nContent-Type: application/json\r\n{header}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}").into_bytes())
}

fn read(stream: &TcpStream) -> Option<Asked> {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    let asked = Asked { head, body: Vec::new() };
    let length = asked.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    if asked.header("expect").is_some() {
        (&*stream).write_all(b"HTTP/1.1 100 Continue\r\n\r\n").ok()?;
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Asked { body, ..asked })
}

fn forward(address: &str, request: &Asked) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).expect("the server is there");
    let lines = request
        .head
        .lines()
        .filter(|line| !line.is_empty() && !line.to_ascii_lowercase().starts_with("expect:"));
    let head = lines.collect::<Vec<_>>().join("\r\n");
    stream.write_all(format!("{head}\r\nConnection: close\r\n\r\n").as_bytes()).expect("sent");
    stream.write_all(&request.body).expect("sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer");
    answer
}

//! One keep-alive connection and the exchange under way on it.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::SocketAddr;
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use mio::net::TcpStream;
use serde::Deserialize;

use crate::answer::{self, Frame};
use crate::script::Layout;

/// Longer than any answer to one of our requests.
const LONGEST_ANSWER: usize = 8192;
/// How much of a bad answer is shown.
const SHOWN: usize = 300;

/// What became of an exchange when its socket was ready.
#[derive(Debug)]
pub(crate) enum Progress {
    /// More has to arrive.
    Waiting,
    /// All answers came and were right.
    Done,
    /// An answer was wrong; the connection can go on.
    Wrong(String),
}

/// A connection, its buffers, and where its exchange stands.
#[derive(Debug)]
pub(crate) struct Connection {
    pub(crate) stream: TcpStream,
    /// Whether an exchange is under way.
    pub(crate) busy: bool,
    /// When that exchange began.
    pub(crate) begun: Instant,
    /// Size on the wire of the last answer to a first request.
    pub(crate) answer_bytes: usize,
    reveals: bool,
    revealing: bool,
    number: u64,
    request: Vec<u8>,
    input: Vec<u8>,
    filled: usize,
}

#[derive(Deserialize)]
struct Created<'a> {
    secret_key: &'a str,
}

#[derive(Deserialize)]
struct Revealed<'a> {
    value: &'a str,
}

impl Connection {
    /// Connects, blocking: rounds begin with all connections made.
    pub(crate) fn open(target: SocketAddr, reveals: bool) -> Result<Self> {
        let stream = std::net::TcpStream::connect(target).context("connecting")?;
        stream.set_nodelay(true)?;
        stream.set_nonblocking(true)?;
        Ok(Self {
            stream: TcpStream::from_std(stream),
            busy: false,
            begun: Instant::now(),
            answer_bytes: 0,
            reveals,
            revealing: false,
            number: 0,
            request: Vec::new(),
            input: vec![0; LONGEST_ANSWER],
            filled: 0,
        })
    }

    /// Sends the first request of exchange `number`.
    pub(crate) fn begin(&mut self, layout: &Layout, number: u64, now: Instant) -> Result<()> {
        self.busy = true;
        self.number = number;
        self.begun = now;
        self.revealing = false;
        layout.write_first(number, &mut self.request);
        self.send()
    }

    /// Takes what has arrived. An error means that the connection is lost.
    pub(crate) fn advance(&mut self, layout: &Layout) -> Result<Progress> {
        let Some(frame) = self.receive()? else {
            return Ok(Progress::Waiting);
        };
        let body = self.input.get(frame.body_start..frame.end).unwrap_or_default();
        if frame.status != 200 {
            return Ok(wrong("not 200", frame, body));
        }
        if self.revealing {
            let value = serde_json::from_slice::<Revealed>(body);
            return Ok(match value {
                Ok(answer) if Layout::is_secret(self.number, answer.value) => Progress::Done,
                _ => wrong("not the secret that was shared", frame, body),
            });
        }
        self.answer_bytes = frame.end;
        if !self.reveals {
            return Ok(Progress::Done);
        }
        let Ok(created) = serde_json::from_slice::<Created>(body) else {
            return Ok(wrong("no secret_key", frame, body));
        };
        layout.write_reveal(created.secret_key, &mut self.request);
        self.revealing = true;
        self.send()?;
        Ok(Progress::Waiting)
    }

    /// A request is so small that the socket's empty buffer always takes it whole.
    fn send(&mut self) -> Result<()> {
        let length = self.stream.write(&self.request).context("sending")?;
        if length < self.request.len() {
            bail!("the socket took {length} bytes only");
        }
        Ok(())
    }

    /// Reads until the answer is whole or the socket is empty.
    ///
    /// A whole answer ends the reading without a look whether more came: nothing can have come,
    /// and that look would be a third of this program's system calls.
    fn receive(&mut self) -> Result<Option<Frame>> {
        loop {
            let free = self.input.get_mut(self.filled..).unwrap_or_default();
            match self.stream.read(free) {
                Ok(0) => bail!("the connection ended, or the answer is too long"),
                Ok(length) => self.filled += length,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(None),
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error).context("receiving"),
            }
            let received = self.input.get(..self.filled).unwrap_or_default();
            if let Some(frame) = answer::parse(received)? {
                if frame.end < self.filled {
                    bail!("more bytes than one answer");
                }
                self.filled = 0;
                return Ok(Some(frame));
            }
        }
    }
}

fn wrong(what: &str, frame: Frame, body: &[u8]) -> Progress {
    let shown = String::from_utf8_lossy(body.get(..SHOWN).unwrap_or(body));
    Progress::Wrong(format!("{what}: {} {shown:?}", frame.status))
}

//! One keep-alive connection and the exchange under way on it.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::SocketAddr;
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use mio::net::TcpStream;

/// Longer than any answer to one of our requests: a page with a list.
const LONGEST_ANSWER: usize = 262_144;

/// What is said on a connection: the protocol, without its socket.
pub(crate) trait Talk {
    /// Writes the first request of exchange `number`.
    fn begin(&mut self, number: u64, request: &mut Vec<u8>);

    /// Looks at all that has arrived since the last request. An error means that the connection is lost.
    fn hear(&mut self, received: &[u8], request: &mut Vec<u8>) -> Result<Heard>;
}

/// What became of a request.
#[derive(Debug)]
pub(crate) enum Heard {
    /// Its answer is not whole.
    Part,
    /// It was answered well, and the exchange goes on with the next one.
    Next,
    /// The exchange is done; its first answer had so many bytes.
    Done(usize),
    /// The answer was wrong; the connection can go on.
    Wrong(String),
}

/// A connection, its buffers, and where its exchange stands.
pub(crate) struct Connection {
    pub(crate) stream: TcpStream,
    /// Whether an exchange is under way.
    pub(crate) busy: bool,
    /// When that exchange began.
    pub(crate) begun: Instant,
    talk: Box<dyn Talk>,
    request: Vec<u8>,
    input: Vec<u8>,
    filled: usize,
}

impl Connection {
    /// Connects, blocking: rounds begin with all connections made.
    pub(crate) fn open(target: SocketAddr, talk: Box<dyn Talk>) -> Result<Self> {
        let stream = std::net::TcpStream::connect(target).context("connecting")?;
        stream.set_nodelay(true)?;
        stream.set_nonblocking(true)?;
        Ok(Self {
            stream: TcpStream::from_std(stream),
            busy: false,
            begun: Instant::now(),
            talk,
            request: Vec::new(),
            input: vec![0; LONGEST_ANSWER],
            filled: 0,
        })
    }

    /// Sends the first request of exchange `number`.
    pub(crate) fn begin(&mut self, number: u64, now: Instant) -> Result<()> {
        self.busy = true;
        self.begun = now;
        self.talk.begin(number, &mut self.request);
        self.send()
    }

    /// Takes what has arrived: what became of the exchange, once that is known. An error means that the connection is
    /// lost.
    pub(crate) fn advance(&mut self) -> Result<Option<Heard>> {
        loop {
            if !self.receive()? {
                return Ok(None);
            }
            let received = self.input.get(..self.filled).unwrap_or_default();
            match self.talk.hear(received, &mut self.request)? {
                Heard::Part => continue,
                Heard::Next => self.send()?,
                heard @ (Heard::Done(_) | Heard::Wrong(_)) => {
                    self.filled = 0;
                    return Ok(Some(heard));
                }
            }
            // A whole answer ends the reading without a look whether more came: nothing can have come, and that look
            // would be a third of this program's system calls.
            self.filled = 0;
            return Ok(None);
        }
    }

    /// A request is so small that the socket's empty buffer always takes it whole.
    fn send(&mut self) -> Result<()> {
        let length = self.stream.write(&self.request).context("sending")?;
        if length < self.request.len() {
            bail!("the socket took {length} bytes only");
        }
        Ok(())
    }

    /// Answers whether anything came.
    fn receive(&mut self) -> Result<bool> {
        loop {
            let free = self.input.get_mut(self.filled..).unwrap_or_default();
            match self.stream.read(free) {
                Ok(0) => bail!("the connection ended, or the answer is too long"),
                Ok(length) => {
                    self.filled += length;
                    return Ok(true);
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(false),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error).context("receiving"),
            }
        }
    }
}

//! A connection on which anything can be sent, also what no client library would send.

use super::{Answer, Request};
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

/// No answer takes longer, unless something hangs.
const PATIENCE: Duration = Duration::from_secs(40);

/// One connection, with what was read and not yet understood.
pub(crate) struct Connection {
    stream: TcpStream,
    host: String,
    buffer: Vec<u8>,
}

impl Connection {
    pub(crate) async fn open(server: SocketAddr) -> Self {
        Self::from(TcpStream::connect(server).await.expect("a connection"), server)
    }

    /// From another address of this machine.
    pub(crate) async fn open_from(source: IpAddr, server: SocketAddr) -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind(SocketAddr::new(source, 0)).expect("an address of this machine");
        Self::from(socket.connect(server).await.expect("a connection"), server)
    }

    fn from(stream: TcpStream, server: SocketAddr) -> Self {
        stream.set_nodelay(true).expect("a socket option");
        Self { stream, host: server.to_string(), buffer: Vec::new() }
    }

    /// Sends a request and reads its answer.
    pub(crate) async fn exchange(&mut self, request: &Request) -> Answer {
        self.write(&request.bytes(&self.host)).await.expect("the request is sent");
        self.answer(&request.method).await.expect("an answer")
    }

    /// The request's bytes, without an answer being waited for.
    pub(crate) async fn send(&mut self, request: &Request) {
        self.write(&request.bytes(&self.host)).await.expect("the request is sent");
    }

    pub(crate) async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        timeout(PATIENCE, self.stream.write_all(bytes)).await.map_err(|_| io::ErrorKind::TimedOut)?
    }

    /// Waits until an answer begins, and takes nothing of it.
    pub(crate) async fn answer_begins(&mut self) {
        assert!(self.buffer.is_empty(), "nothing was read yet");
        let peeked = timeout(PATIENCE, self.stream.peek(&mut [0])).await.expect("an answer in time");
        assert_eq!(peeked.expect("a connection"), 1);
    }

    /// Closes the sending side only.
    pub(crate) async fn finish_sending(&mut self) {
        self.stream.shutdown().await.expect("the connection stands");
    }

    /// The next answer; `None` when the server closed instead.
    pub(crate) async fn answer(&mut self, method: &str) -> Option<Answer> {
        let end = self.read_until(|buffer| find(buffer, b"\r\n\r\n")).await?;
        let head: Vec<u8> = self.buffer.drain(..end + 4).collect();
        let head = String::from_utf8(head).expect("a head in ASCII");
        let mut lines = head.split("\r\n");
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let headers: Vec<(String, String)> = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let mut answer = Answer { status, headers, body: Vec::new() };
        if status == 100 {
            return Box::pin(self.answer(method)).await;
        }
        let length = answer.header("Content-Length").and_then(|length| length.parse().ok()).unwrap_or(0);
        if method != "HEAD" {
            self.read_until(|buffer| (buffer.len() >= length).then_some(0)).await?;
            answer.body = self.buffer.drain(..length).collect();
        }
        Some(answer)
    }

    /// Whether the server closed the connection and says nothing more.
    pub(crate) async fn is_closed(&mut self) -> bool {
        self.buffer.is_empty() && self.read_until(|buffer| (!buffer.is_empty()).then_some(0)).await.is_none()
    }

    async fn read_until(&mut self, found: impl Fn(&[u8]) -> Option<usize>) -> Option<usize> {
        loop {
            if let Some(at) = found(&self.buffer) {
                return Some(at);
            }
            let mut chunk = vec![0; 16 * 1024];
            let read = timeout(PATIENCE, self.stream.read(&mut chunk)).await.expect("no answer and no end");
            match read {
                Ok(0) | Err(_) => return None,
                Ok(length) => self.buffer.extend_from_slice(&chunk[..length]),
            }
        }
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

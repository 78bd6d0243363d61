//! The stream to a mail server, in clear and then under TLS, which distrusts its other end:
//!
//! * in clear it reads one byte at a time, so that nothing which was sent before TLS is taken for something said under it;
//! * a server that talks on without being asked is cut off;
//! * nothing leaves after the deadline;
//! * what is not ASCII in an answer is only words, in any charset, and must not hide the number before them;
//! * it knows whether all that there is to say of a mail is said.

use super::deadline::Deadline;
use lettre::transport::smtp::client::AsyncTokioStream;
use rustls::pki_types::ServerName;
use std::fmt;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// What may come between two things that we send: TLS's certificates are the longest. An answer of many lines is parsed
/// again with each of them, so this also bounds what a stranger can make us do.
const LONGEST_ANSWER: usize = 32 * 1024;
/// After STARTTLS a server greets nobody anew; who reads is told so.
const NO_GREETING: &[u8] = b"220 \r\n";

/// The stream. Clones are the same.
#[derive(Clone)]
pub(super) struct Wire {
    state: Arc<Mutex<State>>,
    peer: SocketAddr,
    progress: Progress,
}

/// How far a mail got. Clones share it.
#[derive(Clone, Debug, Default)]
pub(super) struct Progress(Arc<AtomicU8>);

impl Progress {
    const ENDS: u8 = 1;
    const ALL_SENT: u8 = 2;

    /// Another mail begins.
    pub(super) fn begin(&self) {
        self.0.store(0, Ordering::Relaxed);
    }

    /// The next thing to be sent is the mail's end.
    pub(super) fn end(&self) {
        self.0.store(Self::ENDS, Ordering::Relaxed);
    }

    /// Whether the end was sent, or is being sent.
    pub(super) fn has_end(&self) -> bool {
        self.0.load(Ordering::Relaxed) != 0
    }

    /// Whether all was sent, and nothing is left to do but to wait for the answer.
    pub(super) fn is_all_sent(&self) -> bool {
        self.0.load(Ordering::Relaxed) == Self::ALL_SENT
    }

    /// An answer is waited for, so everything before it was sent.
    pub(super) fn note_reading(&self) {
        let _ = self.0.compare_exchange(Self::ENDS, Self::ALL_SENT, Ordering::Relaxed, Ordering::Relaxed);
    }
}

struct State {
    stream: Stream,
    /// What is read before the stream.
    head: &'static [u8],
    /// The other end closed it.
    has_ended: bool,
}

enum Stream {
    Clear(Meter),
    Encrypted(Box<TlsStream<Meter>>),
    /// While TLS is agreed on, and when that failed.
    None,
}

/// The socket, and what happened at it.
struct Meter {
    socket: TcpStream,
    deadline: Deadline,
    is_clear: bool,
    /// Bytes that may still come before we send something.
    left: usize,
    /// Something was not sent because of the deadline.
    has_kept_back: bool,
}

impl Wire {
    pub(super) fn new(socket: TcpStream, deadline: Deadline) -> io::Result<Self> {
        let peer = socket.peer_addr()?;
        let meter = Meter { socket, deadline, is_clear: true, left: LONGEST_ANSWER, has_kept_back: false };
        let state = State { stream: Stream::Clear(meter), head: b"", has_ended: false };
        Ok(Self { state: Arc::new(Mutex::new(state)), peer, progress: Progress::default() })
    }

    /// Puts TLS over the stream. `greeted`: the server has said its greeting already.
    pub(super) async fn encrypt(
        &self,
        connector: &TlsConnector,
        name: ServerName<'static>,
        greeted: bool,
    ) -> io::Result<()> {
        let stream = std::mem::replace(&mut self.state().stream, Stream::None);
        let Stream::Clear(mut meter) = stream else {
            return Err(ErrorKind::NotConnected.into());
        };
        meter.is_clear = false;
        let stream = connector.connect(name, meter).await?;
        let mut state = self.state();
        state.stream = Stream::Encrypted(Box::new(stream));
        state.head = if greeted { NO_GREETING } else { b"" };
        Ok(())
    }

    /// Whether the other end closed it.
    pub(super) fn has_ended(&self) -> bool {
        self.state().has_ended
    }

    /// Whether something was not sent because of the deadline. What came after it was not sent either.
    pub(super) fn has_kept_back(&self) -> bool {
        self.state().meter().is_some_and(|meter| meter.has_kept_back)
    }

    /// How far the present mail got.
    pub(super) const fn progress(&self) -> &Progress {
        &self.progress
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn meter(&self) -> Option<&Meter> {
        match &self.stream {
            Stream::Clear(meter) => Some(meter),
            Stream::Encrypted(stream) => Some(stream.get_ref().0),
            Stream::None => None,
        }
    }
}

impl AsyncTokioStream for Wire {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.peer)
    }
}

impl fmt::Debug for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Wire")
    }
}

impl AsyncRead for Wire {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.progress.note_reading();
        let mut state = self.state();
        if !state.head.is_empty() {
            let (now, later) = state.head.split_at(into.remaining().min(state.head.len()));
            into.put_slice(now);
            state.head = later;
            return Poll::Ready(Ok(()));
        }
        let before = into.filled().len();
        let read = ready!(match &mut state.stream {
            Stream::Clear(meter) => Pin::new(meter).poll_read(cx, into),
            Stream::Encrypted(stream) => Pin::new(stream).poll_read(cx, into),
            Stream::None => Poll::Ready(Ok(())),
        });
        state.has_ended |= into.filled().len() == before && read.is_ok();
        into.filled_mut()[before..].iter_mut().filter(|byte| !byte.is_ascii()).for_each(|byte| *byte = b'?');
        Poll::Ready(read)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match &mut self.state().stream {
            Stream::Clear(meter) => Pin::new(meter).poll_write(cx, bytes),
            Stream::Encrypted(stream) => Pin::new(stream).poll_write(cx, bytes),
            Stream::None => Poll::Ready(Err(ErrorKind::NotConnected.into())),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.state().stream {
            Stream::Clear(meter) => Pin::new(meter).poll_flush(cx),
            Stream::Encrypted(stream) => Pin::new(stream).poll_flush(cx),
            Stream::None => Poll::Ready(Ok(())),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.state().stream {
            Stream::Clear(meter) => Pin::new(meter).poll_shutdown(cx),
            Stream::Encrypted(stream) => Pin::new(stream).poll_shutdown(cx),
            Stream::None => Poll::Ready(Ok(())),
        }
    }
}

impl AsyncRead for Meter {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if into.remaining() == 0 {
            return Poll::Ready(Ok(()));
        }
        if self.left == 0 {
            return Poll::Ready(Err(ErrorKind::InvalidData.into()));
        }
        let most = if self.is_clear { 1 } else { self.left.min(into.remaining()) };
        let mut part = ReadBuf::new(into.initialize_unfilled_to(most));
        let read = ready!(Pin::new(&mut self.socket).poll_read(cx, &mut part));
        let count = part.filled().len();
        self.left -= count;
        into.advance(count);
        Poll::Ready(read)
    }
}

impl AsyncWrite for Meter {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if self.deadline.is_over() {
            self.has_kept_back = true;
            return Poll::Ready(Err(ErrorKind::TimedOut.into()));
        }
        self.left = LONGEST_ANSWER;
        Pin::new(&mut self.socket).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::FixedClock;
    use burnbag_core::time::Timestamp;
    use std::time::Duration;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    /// Also in the middle of a task that goes on without a pause, as after a stop of the process.
    #[tokio::test]
    async fn nothing_leaves_after_the_deadline() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let socket = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let (mut other, _) = listener.accept().await.unwrap();
        let clock = Arc::new(FixedClock::at(Timestamp(1_000)));
        let deadline = Deadline::new(Arc::<FixedClock>::clone(&clock));
        let mut wire = Wire::new(socket, deadline.clone()).unwrap();
        let kept = wire.clone();
        let sending = async {
            wire.write_all(b"in time").await.unwrap();
            clock.advance(60);
            wire.write_all(b"late").await.unwrap_err().kind()
        };
        let sent = deadline.within(Duration::from_mins(1), sending).await;
        assert!(sent.is_ok_and(|error| error == ErrorKind::TimedOut) && kept.has_kept_back());
        drop((wire, kept));
        let mut arrived = Vec::new();
        other.read_to_end(&mut arrived).await.unwrap();
        assert_eq!(arrived, b"in time");
    }
}

//! An HTTP answer: parsed from the wire, and recorded for the ceiling to repeat.

use anyhow::{Result, bail};
use serde::{Deserialize, Serialize};

/// More headers than any answer of ours has.
const MAX_HEADERS: usize = 64;

/// Where the parts of one answer lie in the bytes received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    pub(crate) status: u16,
    pub(crate) body_start: usize,
    pub(crate) end: usize,
}

/// Parses one answer, or `None` while bytes are missing.
///
/// Only answers with a `Content-Length` are understood: the server sends nothing else, and a
/// change of that should show.
pub(crate) fn parse(bytes: &[u8]) -> Result<Option<Frame>> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut head = httparse::Response::new(&mut headers);
    let httparse::Status::Complete(body_start) = head.parse(bytes)? else {
        return Ok(None);
    };
    let length = head
        .headers
        .iter()
        .find(|header| header.name.eq_ignore_ascii_case("content-length"))
        .and_then(|header| std::str::from_utf8(header.value).ok())
        .and_then(|value| value.parse::<usize>().ok());
    let (Some(status), Some(length)) = (head.code, length) else {
        bail!("an answer without a usable Content-Length");
    };
    let end = body_start.saturating_add(length);
    Ok((bytes.len() >= end).then_some(Frame { status, body_start, end }))
}

/// An answer as the real server gave it.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Answer {
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    /// Keeps what the ceiling has to repeat: all headers but those that hyper writes itself.
    pub(crate) fn record(bytes: &[u8], frame: Frame) -> Result<Self> {
        let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
        let mut head = httparse::Response::new(&mut headers);
        head.parse(bytes)?;
        let hyper_writes = ["connection", "content-length", "date", "transfer-encoding"];
        let headers = head
            .headers
            .iter()
            .filter(|header| !hyper_writes.iter().any(|name| header.name.eq_ignore_ascii_case(name)))
            .map(|header| (header.name.to_owned(), String::from_utf8_lossy(header.value).into_owned()))
            .collect();
        let body = bytes.get(frame.body_start..frame.end).unwrap_or_default();
        Ok(Self { headers, body: String::from_utf8_lossy(body).into_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIRE: &[u8] = b"HTTP/1.1 200 OK\r\nX-A: b\r\nContent-Length: 3\r\nDate: now\r\n\r\nabcnext";

    #[test]
    fn an_answer_is_complete_when_its_body_is() -> Result<()> {
        let end = WIRE.len() - "next".len();
        for cut in 0..end {
            assert_eq!(parse(&WIRE[..cut])?, None, "cut at {cut}");
        }
        let frame = parse(WIRE)?;
        assert_eq!(frame.map(|frame| (frame.status, frame.end)), Some((200, end)));
        Ok(())
    }

    #[test]
    fn an_answer_without_a_length_is_refused() {
        assert!(parse(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").is_err());
    }

    #[test]
    fn the_ceiling_repeats_the_headers_that_hyper_does_not_write() -> Result<()> {
        let Some(frame) = parse(WIRE)? else {
            bail!("incomplete");
        };
        let answer = Answer::record(WIRE, frame)?;
        assert_eq!(answer.headers, [("X-A".to_owned(), "b".to_owned())]);
        assert_eq!(answer.body, "abc");
        Ok(())
    }
}

//! Single requests, outside of any measured round.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use crate::answer::{self, Answer};
use crate::script::Script;

const PATIENCE: Duration = Duration::from_secs(10);

/// Whether the server answers 200 on /healthz.
pub(crate) fn is_healthy(target: SocketAddr) -> bool {
    let request = format!("GET /healthz HTTP/1.1\r\nhost: {target}\r\n\r\n");
    exchange(target, request.as_bytes()).is_ok_and(|(_, frame)| frame.status == 200)
}

/// Makes the script's first request once and keeps the answer for the ceiling.
pub(crate) fn record(script: &Script, target: SocketAddr) -> Result<Answer> {
    let mut request = Vec::new();
    script.layout(target).write_first(0, &mut request);
    let path = script.path();
    let (bytes, frame) = exchange(target, &request).with_context(|| format!("asking {path}"))?;
    if frame.status != 200 {
        let text = String::from_utf8_lossy(&bytes);
        bail!("{path} does not answer 200 to begin with: {text}");
    }
    Answer::record(&bytes, frame)
}

/// What a request is answered, with its head.
pub(crate) fn ask(target: SocketAddr, request: &str) -> Result<String> {
    Ok(String::from_utf8(exchange(target, request.as_bytes())?.0)?)
}

fn exchange(target: SocketAddr, request: &[u8]) -> Result<(Vec<u8>, answer::Frame)> {
    let mut stream = TcpStream::connect(target)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(request)?;
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let length = stream.read(&mut piece)?;
        if length == 0 {
            bail!("the connection ended within an answer");
        }
        bytes.extend_from_slice(piece.get(..length).unwrap_or_default());
        if let Some(frame) = answer::parse(&bytes)? {
            return Ok((bytes, frame));
        }
    }
}

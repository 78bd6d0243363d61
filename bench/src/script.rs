//! What a connection says: the bytes of its requests.

use std::io::Write as _;
use std::net::SocketAddr;

/// The secret's size in every request that carries one.
const SECRET_BYTES: usize = 100;
/// The part of the secret that counts, so that no two secrets are the same.
const COUNTER_DIGITS: usize = 12;

/// One kind of exchange with the server.
#[derive(Clone, Debug)]
pub(crate) struct Script {
    call: Call,
    headers: String,
    /// Whether each created secret is revealed at once, and its value compared.
    pub(crate) reveals: bool,
}

#[derive(Clone, Copy, Debug)]
enum Call {
    Get(&'static str),
    Share { passphrase: bool },
}

impl Script {
    /// `GET /api/v1/status`
    pub(crate) fn status() -> Self {
        Self::new(Call::Get("/api/v1/status"))
    }

    /// `GET /`, the page with the form.
    pub(crate) fn page() -> Self {
        Self::new(Call::Get("/"))
    }

    /// `GET /api/v1/private/recent`, for an account.
    pub(crate) fn recent() -> Self {
        Self::new(Call::Get("/api/v1/private/recent"))
    }

    /// `GET /recent`, the page, for who is signed in.
    pub(crate) fn recent_page() -> Self {
        Self::new(Call::Get("/recent"))
    }

    /// `POST /api/v1/share`
    pub(crate) fn create() -> Self {
        Self::new(Call::Share { passphrase: false })
    }

    /// `POST /api/v1/share` with a passphrase, which the server has to hash slowly.
    pub(crate) fn create_with_passphrase() -> Self {
        Self::new(Call::Share { passphrase: true })
    }

    /// `POST /api/v1/share`, then `POST /api/v1/secret/KEY`
    pub(crate) fn create_and_reveal() -> Self {
        Self { reveals: true, ..Self::create() }
    }

    fn new(call: Call) -> Self {
        Self { call, headers: "user-agent: burnbag-bench\r\naccept: */*\r\n".to_owned(), reveals: false }
    }

    /// The same requests, made with an account's API key.
    pub(crate) fn authorized(mut self, user: &str, key: &str) -> Self {
        let credentials = data_encoding::BASE64.encode(format!("{user}:{key}").as_bytes());
        self.headers.push_str("authorization: Basic ");
        self.headers.push_str(&credentials);
        self.headers.push_str("\r\n");
        self
    }

    /// The same requests, with the cookies of somebody who is signed in.
    pub(crate) fn with_cookies(mut self, cookies: &str) -> Self {
        self.headers.push_str("cookie: ");
        self.headers.push_str(cookies);
        self.headers.push_str("\r\n");
        self
    }

    /// The path that the first request asks for.
    pub(crate) fn path(&self) -> &'static str {
        match self.call {
            Call::Get(path) => path,
            Call::Share { .. } => "/api/v1/share",
        }
    }

    /// Lays out the requests for one server, as the bytes that go over the wire.
    pub(crate) fn layout(&self, target: SocketAddr) -> Layout {
        let common = format!("host: {target}\r\n{}", self.headers);
        let path = self.path();
        let (first, counter_at) = match self.call {
            Call::Get(_) => (format!("GET {path} HTTP/1.1\r\n{common}\r\n"), None),
            Call::Share { passphrase } => {
                let filler = "s".repeat(SECRET_BYTES - COUNTER_DIGITS);
                let zeros = "0".repeat(COUNTER_DIGITS);
                let rest = if passphrase { "&ttl=3600&passphrase=correct-horse" } else { "&ttl=3600" };
                let body = format!("secret={filler}{zeros}{rest}");
                let length = body.len();
                let request = format!(
                    "POST {path} HTTP/1.1\r\n{common}\
                     content-type: application/x-www-form-urlencoded\r\n\
                     content-length: {length}\r\n\r\n{body}"
                );
                let counter_at = request.len() - rest.len() - COUNTER_DIGITS;
                (request, Some(counter_at))
            }
        };
        Layout {
            first: first.into_bytes(),
            counter_at,
            reveal_tail: format!(" HTTP/1.1\r\n{common}content-length: 0\r\n\r\n").into_bytes(),
        }
    }
}

/// The requests of a script, ready to be sent to one server.
#[derive(Debug)]
pub(crate) struct Layout {
    first: Vec<u8>,
    /// Where the counter goes, in a request that carries a secret.
    counter_at: Option<usize>,
    reveal_tail: Vec<u8>,
}

impl Layout {
    /// Writes the first request of exchange `number`.
    pub(crate) fn write_first(&self, number: u64, out: &mut Vec<u8>) {
        out.clear();
        out.extend_from_slice(&self.first);
        if let Some(at) = self.counter_at {
            out[at..at + COUNTER_DIGITS].copy_from_slice(&counter(number));
        }
    }

    /// Writes the request that reveals the secret under `key`.
    pub(crate) fn write_reveal(&self, key: &str, out: &mut Vec<u8>) {
        out.clear();
        out.extend_from_slice(b"POST /api/v1/secret/");
        out.extend_from_slice(key.as_bytes());
        out.extend_from_slice(&self.reveal_tail);
    }

    /// Whether `value` is the secret of exchange `number`.
    pub(crate) fn is_secret(number: u64, value: &str) -> bool {
        let filler = SECRET_BYTES - COUNTER_DIGITS;
        value.len() == SECRET_BYTES
            && value.bytes().take(filler).all(|byte| byte == b's')
            && value.as_bytes().get(filler..) == Some(counter(number).as_slice())
    }
}

fn counter(number: u64) -> [u8; COUNTER_DIGITS] {
    let mut digits = [b'0'; COUNTER_DIGITS];
    // A number too long for its slot would be cut; no run gets near 10^12 exchanges.
    let _ = write!(digits.as_mut_slice(), "{number:012}");
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_secret_is_its_own() {
        let layout = Script::create_and_reveal().layout(([127, 0, 0, 1], 80).into());
        let mut request = Vec::new();
        layout.write_first(41, &mut request);
        let request = String::from_utf8_lossy(&request).into_owned();
        let (_, rest) = request.split_once("secret=").unwrap_or_default();
        let (secret, _) = rest.split_once('&').unwrap_or_default();
        assert!(Layout::is_secret(41, secret), "{request}");
        assert!(!Layout::is_secret(42, secret), "{request}");
    }

    #[test]
    fn the_body_is_as_long_as_its_header_says() {
        for script in [Script::create(), Script::create_with_passphrase()] {
            let mut request = Vec::new();
            script.layout(([127, 0, 0, 1], 80).into()).write_first(0, &mut request);
            let request = String::from_utf8_lossy(&request).into_owned();
            let (head, body) = request.split_once("\r\n\r\n").unwrap_or_default();
            assert!(head.contains(&format!("content-length: {}", body.len())), "{request}");
        }
    }
}

//! Requests, written out byte by byte.

use super::Credentials;
use data_encoding::BASE64;
use std::fmt::Write;

/// A request. `Host` and `Content-Length` are added unless it has them.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

/// `GET`
pub(crate) fn get(target: &str) -> Request {
    Request::new("GET", target)
}

/// `POST`, without a body.
pub(crate) fn post(target: &str) -> Request {
    Request::new("POST", target)
}

impl Request {
    pub(crate) fn new(method: &str, target: &str) -> Self {
        Self { method: method.to_owned(), target: target.to_owned(), headers: Vec::new(), body: Vec::new() }
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn basic(self, who: &Credentials) -> Self {
        let value = basic(&who.email, &who.api_key);
        self.header("Authorization", &value)
    }

    pub(crate) fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    pub(crate) fn form(self, fields: &[(&str, &str)]) -> Self {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.header("Content-Type", "application/x-www-form-urlencoded").body(body)
    }

    pub(crate) fn json(self, body: &str) -> Self {
        self.header("Content-Type", "application/json").body(body)
    }

    /// The bytes on the wire.
    pub(crate) fn bytes(&self, host: &str) -> Vec<u8> {
        let mut head = format!("{} {} HTTP/1.1\r\n", self.method, self.target);
        let has = |wanted: &str| self.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case(wanted));
        let mut line = |name: &str, value: &str| write!(head, "{name}: {value}\r\n").expect("memory");
        if !has("Host") {
            line("Host", host);
        }
        for (name, value) in &self.headers {
            line(name, value);
        }
        let takes_body = !self.body.is_empty() || self.method == "POST";
        if takes_body && !has("Content-Length") && !has("Transfer-Encoding") {
            line("Content-Length", &self.body.len().to_string());
        }
        head.push_str("\r\n");
        [head.as_bytes(), &self.body].concat()
    }
}

/// The value of `Authorization`.
pub(crate) fn basic(email: &str, api_key: &str) -> String {
    format!("Basic {}", BASE64.encode(format!("{email}:{api_key}").as_bytes()))
}

/// Text as it stands in a query.
pub(crate) fn escape(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

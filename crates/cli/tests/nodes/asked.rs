//! What nodes answer, head and all.

use crate::running::Server;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// An answer.
#[derive(Debug)]
pub(crate) struct Got {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: String,
}

impl Got {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    pub(crate) fn member(&self, name: &str) -> String {
        let json: serde_json::Value = serde_json::from_str(&self.body).unwrap();
        json[name].as_str().unwrap_or_default().to_owned()
    }

    /// What stands in a form's hidden field.
    pub(crate) fn field(&self, name: &str) -> String {
        let (_, value) = self.body.split_once(&format!("name=\"{name}\" value=\"")).unwrap();
        value.split_once('"').unwrap().0.to_owned()
    }
}

/// A request that was sent, and not answered yet.
pub(crate) struct Sent(TcpStream);

impl Sent {
    pub(crate) fn answer(mut self) -> Got {
        let mut text = String::new();
        self.0.read_to_string(&mut text).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Got { status, head: head.to_owned(), body: body.to_owned() }
    }
}

/// Sends a request with these header lines, for which the connection ends.
pub(crate) fn send(server: &Server, request: &str, headers: &[(&str, &str)], body: &str) -> Sent {
    let mut stream = TcpStream::connect(&server.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
    let mut lines = vec![format!("{request} HTTP/1.1"), format!("Host: {}", server.address)];
    lines.extend(headers.iter().map(|(name, value)| format!("{name}: {value}")));
    if request.starts_with("POST") {
        lines.push("Content-Type: application/x-www-form-urlencoded".to_owned());
        lines.push(format!("Content-Length: {}", body.len()));
    }
    let head = lines.join("\r\n");
    stream.write_all(format!("{head}\r\nConnection: close\r\n\r\n{body}").as_bytes()).unwrap();
    Sent(stream)
}

pub(crate) fn get(server: &Server, path: &str, headers: &[(&str, &str)]) -> Got {
    send(server, &format!("GET {path}"), headers, "").answer()
}

pub(crate) fn post(server: &Server, path: &str, headers: &[(&str, &str)], body: &str) -> Got {
    send(server, &format!("POST {path}"), headers, body).answer()
}

/// Signs in on the pages, with the form of one node at another: the session's cookie.
pub(crate) fn sign_in(form_of: &Server, at: &Server, email: &str, password: &str) -> String {
    let form = get(form_of, "/signin", &[]);
    let cookie = form.header("Set-Cookie").unwrap().split(';').next().unwrap();
    let fields = format!("form_token={}&email={email}&password={password}", form.field("form_token"));
    let done = post(at, "/signin", &[("Cookie", cookie)], &fields);
    assert_eq!(done.status, 303, "{done:?}");
    done.header("Set-Cookie").unwrap().split(';').next().unwrap().to_owned()
}

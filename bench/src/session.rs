//! Signing in as a person does, by the page.

use std::fmt::Write as _;
use std::net::SocketAddr;

use anyhow::{Context as _, Result, bail};

use crate::probe;

/// The cookies of a session.
pub(crate) fn sign_in(target: SocketAddr, email: &str, key: &str) -> Result<String> {
    let form = probe::ask(target, &format!("GET /signin HTTP/1.1\r\nhost: {target}\r\n\r\n"))?;
    let token = form.split_once("name=\"form_token\" value=\"").and_then(|(_, rest)| rest.split('"').next());
    let token = token.context("no token in the form")?;
    let mut body = format!("form_token={token}&password={key}&email=");
    for byte in email.bytes() {
        write!(body, "%{byte:02X}")?;
    }
    let answer = probe::ask(
        target,
        &format!(
            "POST /signin HTTP/1.1\r\nhost: {target}\r\ncookie: {}\r\ncontent-length: {}\r\n\
             content-type: application/x-www-form-urlencoded\r\n\r\n{body}",
            cookies(&form),
            body.len()
        ),
    )?;
    let session = cookies(&answer);
    if session.is_empty() {
        bail!("signing in leaves no session: {answer}");
    }
    Ok(session)
}

/// What an answer's cookies are sent back as.
fn cookies(answer: &str) -> String {
    let head = answer.split("\r\n\r\n").next().unwrap_or_default();
    let set = head.lines().filter_map(|line| line.split_once(": "));
    let set = set.filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"));
    let pairs: Vec<&str> =
        set.filter_map(|(_, value)| value.split(';').next()).filter(|pair| !pair.ends_with('=')).collect();
    pairs.join("; ")
}

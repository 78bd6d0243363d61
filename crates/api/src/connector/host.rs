//! The host that a package is made for, as it stands in its definition.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// `secrets.example.com` or `secrets.example.com:8443`, in small letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host(String);

/// Why a text is no host. The text says the mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadHost(String);

impl FromStr for Host {
    type Err = BadHost;

    fn from_str(text: &str) -> Result<Self, BadHost> {
        let mend = |problem: &str| BadHost(format!("{problem}; write {}", suggestion(text)));
        if text.contains("://") {
            return Err(mend("a host has no scheme, https is understood"));
        }
        if text.contains(char::is_whitespace) {
            return Err(mend("a host has no spaces"));
        }
        if text.contains('@') {
            return Err(mend("a host has no user name"));
        }
        if text.contains(['/', '?', '#', '\\']) {
            return Err(mend("a host has no path: Burnbag has a host of its own"));
        }
        if !is_host_and_port(text) {
            return Err(mend("this is not a host name"));
        }
        Ok(Self(text.to_ascii_lowercase()))
    }
}

impl Host {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Why the platform will not reach this host by itself, if it looks so.
    #[must_use]
    pub fn warning(&self) -> Option<String> {
        let (name, _) = split_port(&self.0);
        let is_address = name.starts_with('[') || name.parse::<Ipv4Addr>().is_ok();
        let kind = if is_address {
            "is an address"
        } else if name.rsplit('.').next() == Some("local") {
            "ends in .local"
        } else if !name.contains('.') {
            "has no dot"
        } else {
            return None;
        };
        Some(format!(
            "{self} {kind}: the platform reaches public https hosts only; for one inside your network add --gateway"
        ))
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for BadHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadHost {}

fn is_host_and_port(text: &str) -> bool {
    let (name, port) = split_port(text);
    if port.is_some_and(|port| !is_port(port)) {
        return false;
    }
    match name.strip_prefix('[') {
        Some(rest) => rest.strip_suffix(']').is_some_and(|address| address.parse::<Ipv6Addr>().is_ok()),
        None => name.len() <= 253 && name.split('.').all(is_label),
    }
}

/// The name, and what stands after its colon.
fn split_port(text: &str) -> (&str, Option<&str>) {
    let after_address = text.rfind(']').map_or(0, |at| at + 1);
    match text[after_address..].find(':') {
        Some(at) => (&text[..after_address + at], Some(&text[after_address + at + 1..])),
        None => (text, None),
    }
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok_and(|port| port > 0)
}

/// Underscores are no letters of a host name, but names inside networks of containers have them.
fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

/// The host in a text that is more than a host, or an example.
fn suggestion(text: &str) -> String {
    let text = text.trim();
    let authority = text.split_once("://").map_or(text, |(_, rest)| rest);
    let authority = authority.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    if is_host_and_port(host) { host.to_ascii_lowercase() } else { "secrets.example.com".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_and_ports_are_kept() {
        for text in ["secrets.example.com", "secrets.example.com:8443", "10.0.0.1", "[::1]:7143", "a_b", "x"]
        {
            assert_eq!(text.parse::<Host>().unwrap().as_str(), text);
        }
        assert_eq!("Secrets.Example.COM:1".parse::<Host>().unwrap().as_str(), "secrets.example.com:1");
    }

    #[test]
    fn everything_else_is_refused_with_its_mend() {
        for (text, problem, mend) in [
            ("https://secrets.example.com", "no scheme", "write secrets.example.com"),
            ("https://Secrets.example.com:8443/x", "no scheme", "write secrets.example.com:8443"),
            ("s.example.org/secrets", "no path", "write s.example.org"),
            ("s.example.org?x", "no path", "write s.example.org"),
            ("you@s.example.org", "no user name", "write s.example.org"),
            (" s.example.org", "no spaces", "write s.example.org"),
            ("a b", "no spaces", "write secrets.example.com"),
            ("", "not a host name", "write secrets.example.com"),
            ("a..b", "not a host name", "write secrets.example.com"),
            ("s.example.org:", "not a host name", "write secrets.example.com"),
            ("s.example.org:0", "not a host name", "write secrets.example.com"),
            ("s.example.org:65536", "not a host name", "write secrets.example.com"),
            ("s.example.org:+1", "not a host name", "write secrets.example.com"),
            ("::1", "not a host name", "write secrets.example.com"),
            ("[::1", "not a host name", "write secrets.example.com"),
            ("a\"b.org", "not a host name", "write secrets.example.com"),
        ] {
            let refused = text.parse::<Host>().unwrap_err().to_string();
            assert!(refused.contains(problem) && refused.ends_with(mend), "{text}: {refused}");
        }
    }

    #[test]
    fn hosts_that_the_platform_does_not_reach_are_named() {
        let warning = |text: &str| text.parse::<Host>().unwrap().warning();
        for text in ["10.0.0.1", "10.0.0.1:8443", "[::1]:7143", "secrets.local", "secrets", "localhost:7143"]
        {
            assert!(warning(text).is_some_and(|text| text.contains("--gateway")), "{text}");
        }
        for text in ["secrets.example.com", "secrets.example.com:8443", "local.example.com"] {
            assert_eq!(warning(text), None);
        }
    }
}

//! Where a server is: scheme, host and port, and nothing else.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;
use url::{Host, Url};

/// The origin of a server (RFC 6454), `https://secrets.example.com`.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct ServerUrl(Url);

/// Why a text names no server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NoServerUrl(&'static str);

impl ServerUrl {
    /// The server that an address is on.
    pub(crate) fn of(url: &Url) -> Result<Self, NoServerUrl> {
        if !matches!(url.scheme(), "https" | "http") || url.host().is_none() {
            return Err(NoServerUrl("not an address like https://secrets.example.com"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(NoServerUrl("an address of a server has no user name in it"));
        }
        Url::parse(&url.origin().ascii_serialization()).map(Self).map_err(|_| NoServerUrl("not an address"))
    }

    /// As it is written: no slash at the end.
    pub(crate) fn origin(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    /// Whether others on the way can read along.
    pub(crate) fn is_readable_on_the_way(&self) -> bool {
        self.0.scheme() == "http" && !self.is_loopback()
    }

    /// Whether it is this machine.
    pub(crate) fn is_loopback(&self) -> bool {
        match self.0.host() {
            Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(Host::Ipv4(address)) => IpAddr::from(address).is_loopback(),
            Some(Host::Ipv6(address)) => IpAddr::from(address).is_loopback(),
            None => false,
        }
    }
}

impl FromStr for ServerUrl {
    type Err = NoServerUrl;

    fn from_str(text: &str) -> Result<Self, NoServerUrl> {
        let url = parse_address(text.trim())
            .ok_or(NoServerUrl("not an address like https://secrets.example.com"))?;
        if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
            return Err(NoServerUrl("the address of the server alone, without a path"));
        }
        Self::of(&url)
    }
}

/// An address as people write it: without a scheme it is https, on this machine http.
pub(crate) fn parse_address(text: &str) -> Option<Url> {
    if text.contains("://") {
        return Url::parse(text).ok();
    }
    let url = Url::parse(&format!("https://{text}")).ok()?;
    let is_here = ServerUrl::of(&url).is_ok_and(|server| server.is_loopback());
    if is_here { Url::parse(&format!("http://{text}")).ok() } else { Some(url) }
}

impl fmt::Display for ServerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.origin())
    }
}

impl fmt::Debug for ServerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.origin())
    }
}

impl fmt::Display for NoServerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for NoServerUrl {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers() {
        let cases = [
            ("https://secrets.example.com", "https://secrets.example.com", false),
            ("https://secrets.example.com/", "https://secrets.example.com", false),
            (" HTTPS://Secrets.Example.com:443 ", "https://secrets.example.com", false),
            ("secrets.example.com:8443", "https://secrets.example.com:8443", false),
            ("http://secrets.example.com", "http://secrets.example.com", true),
            ("http://192.168.1.7:7143", "http://192.168.1.7:7143", true),
            ("localhost:7143", "http://localhost:7143", false),
            ("127.0.0.1:7143", "http://127.0.0.1:7143", false),
            ("http://[::1]:7143", "http://[::1]:7143", false),
            ("https://bücher.example", "https://xn--bcher-kva.example", false),
        ];
        for (text, origin, readable) in cases {
            let server: ServerUrl = text.parse().unwrap();
            assert_eq!((server.origin(), server.is_readable_on_the_way()), (origin, readable), "{text}");
        }
        for text in [
            "",
            "https://",
            "ftp://a.example",
            "https://a.example/path",
            "https://u:p@a.example",
            "https://a.example?x",
            "https://a.example#x",
        ] {
            assert!(text.parse::<ServerUrl>().is_err(), "{text}");
        }
    }
}

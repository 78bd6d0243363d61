//! What links start with: the public URL, or the host that the request came to.

use super::Peer;
use crate::app::App;
use axum::http::{Extensions, HeaderMap, Uri, header};
use std::net::IpAddr;

/// `https://host[:port]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin(String);

impl Origin {
    /// What links start with in the answer to a request.
    pub(crate) fn of(app: &App, extensions: &Extensions, headers: &HeaderMap, uri: &Uri) -> Self {
        match &app.public_url {
            Some(url) => Self(url.as_str().to_owned()),
            None => Self::asked(app, extensions, headers, uri),
        }
    }

    /// The origin that a request came to.
    pub(crate) fn asked(app: &App, extensions: &Extensions, headers: &HeaderMap, uri: &Uri) -> Self {
        let scheme = if Peer::of(extensions).is_some_and(|peer| peer.https) { "https" } else { "http" };
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let host = host.or_else(|| uri.authority().map(axum::http::uri::Authority::as_str));
        match host {
            Some(host) => Self(format!("{scheme}://{host}")),
            None => Self(format!("{scheme}://{}", app.local)),
        }
    }

    /// The text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Host and port, without the scheme.
    pub(crate) fn authority(&self) -> &str {
        self.0.split_once("://").map_or(self.0.as_str(), |(_, authority)| authority)
    }

    /// Whether browsers take it for safe without TLS, because it never leaves the machine (Secure Contexts §3.1).
    pub(crate) fn is_loopback(&self) -> bool {
        let host = self.host();
        let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        host.eq_ignore_ascii_case("localhost")
            || host.to_ascii_lowercase().ends_with(".localhost")
            || address.is_ok_and(|address| address.is_loopback())
    }

    /// The host without scheme and port.
    pub(crate) fn host(&self) -> &str {
        let authority = self.authority();
        match authority.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host,
            _ => authority,
        }
    }
}

/// Whether an `Origin` header names another web site. Extensions and `null` are no web sites.
pub(super) fn is_foreign(header: &[u8], own: &str, public: Option<&str>) -> bool {
    let Some(authority) = authority(header) else {
        return false;
    };
    let same = |origin: &str| authority_of(origin).is_some_and(|own| own.eq_ignore_ascii_case(authority));
    !same(own) && !public.is_some_and(same)
}

fn authority(header: &[u8]) -> Option<&str> {
    // What is no text is no origin of ours.
    str::from_utf8(header).map_or(Some(""), authority_of)
}

fn authority_of(origin: &str) -> Option<&str> {
    let (scheme, authority) = origin.split_once("://")?;
    let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    is_web.then_some(authority)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_other_web_sites_are_foreign() {
        let own = "http://localhost:7143";
        let foreign = |header: &str| is_foreign(header.as_bytes(), own, Some("https://s.example.com"));
        assert!(foreign("https://evil.example") && foreign("http://localhost:80") && foreign("HTTP://evil"));
        assert!(!foreign("http://localhost:7143") && !foreign("https://s.example.com"));
        assert!(!foreign("null") && !foreign("chrome-extension://abcdef"));
        assert!(is_foreign(b"\xff", own, None));
    }

    #[test]
    fn the_host_of_an_origin() {
        for (origin, host) in
            [("https://a.b", "a.b"), ("http://a.b:80", "a.b"), ("http://[::1]:7143", "[::1]")]
        {
            assert_eq!(Origin(origin.to_owned()).host(), host);
        }
    }
}

//! Who is at the other end: the socket's address, or what a proxy that the operator named says.

use crate::app::App;
use axum::http::{Extensions, HeaderMap};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::atomic::Ordering;

/// The other end of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer {
    /// The client's address.
    pub address: IpAddr,
    /// Whether the client's own connection is over TLS, as far as we know.
    pub https: bool,
}

impl Peer {
    /// The peer that was noted when the request arrived.
    pub fn of(extensions: &Extensions) -> Option<Self> {
        extensions.get::<Self>().copied()
    }

    /// The client's address; that of nobody where none was noted.
    pub(crate) fn address_of(extensions: &Extensions) -> IpAddr {
        Self::of(extensions).map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.address)
    }

    /// Judges a request that came from `socket`.
    pub(super) fn judge(app: &App, socket: IpAddr, headers: &HeaderMap) -> Self {
        let direct = Self { address: socket.to_canonical(), https: false };
        let forwards = headers.contains_key("x-forwarded-for") || headers.contains_key("forwarded");
        if !app.proxies.contains(socket) {
            if forwards && is_private(direct.address) && !app.unnamed_proxy.swap(true, Ordering::Relaxed) {
                tracing::warn!(
                    "a proxy on a private address is not named in trusted_proxies: limits count for it"
                );
            }
            return direct;
        }
        // Most proxies set one of the two and pass the other on as the client sent it. `X-Forwarded-For` is the one
        // that they set, so where both stand it alone counts.
        let simple = headers.contains_key("x-forwarded-for");
        let hops = if simple { x_forwarded_for(headers) } else { forwarded(headers) };
        // From the nearest hop outwards: the first one that is no proxy of ours is the client. What stands before it
        // is the client's own claim.
        let mut address = direct.address;
        for hop in hops.into_iter().rev() {
            let Some(hop) = hop else { break };
            address = hop;
            if !app.proxies.contains(hop) {
                break;
            }
        }
        Self { address, https: said_https(headers) }
    }
}

fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_loopback() || address.is_private(),
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local(),
    }
}

/// Addresses in `X-Forwarded-For`, the nearest last; `None` where something else stands.
fn x_forwarded_for(headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    values(headers, "x-forwarded-for").map(parse_node).collect()
}

/// Addresses in `Forwarded` (RFC 7239), the nearest last.
fn forwarded(headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    values(headers, "forwarded").map(|element| parameter(element, "for").and_then(parse_node)).collect()
}

fn said_https(headers: &HeaderMap) -> bool {
    let simple = values(headers, "x-forwarded-proto").last();
    let standard = values(headers, "forwarded").last().and_then(|element| parameter(element, "proto"));
    simple.or(standard).is_some_and(|scheme| scheme.trim_matches('"').eq_ignore_ascii_case("https"))
}

/// The elements of a header that is a list, over all its lines.
fn values<'a>(headers: &'a HeaderMap, name: &'a str) -> impl Iterator<Item = &'a str> {
    headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
}

fn parameter<'a>(element: &'a str, name: &str) -> Option<&'a str> {
    element.split(';').find_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        key.trim().eq_ignore_ascii_case(name).then_some(value.trim())
    })
}

/// `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`, `"[2001:db8::1]:80"`.
fn parse_node(text: &str) -> Option<IpAddr> {
    let text = text.trim_matches('"');
    let address = match text.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?.0.parse().ok()?,
        None => {
            text.parse().or_else(|_| text.rsplit_once(':').map_or(text, |(host, _)| host).parse()).ok()?
        }
    };
    Some(IpAddr::to_canonical(&address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes() {
        let one = Some("192.0.2.1".parse().unwrap());
        let six = Some("2001:db8::1".parse().unwrap());
        for (text, address) in [
            ("192.0.2.1", one),
            ("192.0.2.1:80", one),
            ("\"[2001:db8::1]:80\"", six),
            ("2001:db8::1", six),
            ("unknown", None),
            ("_hidden", None),
            ("", None),
        ] {
            assert_eq!(parse_node(text), address, "{text}");
        }
    }
}

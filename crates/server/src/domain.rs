//! The domain of an address.

use url::Host;

/// A domain in ASCII, as it is looked up (IDNA), in which two ways to write it are the same. None if there is no such
/// domain.
pub(crate) fn wire_domain(domain: &str) -> Option<String> {
    match Host::parse(domain) {
        Ok(Host::Domain(domain)) => Some(domain).filter(|domain| fits(domain)),
        Ok(Host::Ipv4(_) | Host::Ipv6(_)) | Err(_) => None,
    }
}

/// The lengths that a name may have (RFC 1035 §2.3.4).
fn fits(domain: &str) -> bool {
    domain.len() <= 253 && domain.split('.').all(|label| label.len() <= 63)
}

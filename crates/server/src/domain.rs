//! The domain of an address.

use url::Host;

/// A domain in ASCII, as it is looked up (IDNA), in which two ways to write it are the same. None if there is no such
/// domain.
#[must_use]
pub fn wire_domain(domain: &str) -> Option<String> {
    match Host::parse(domain) {
        Ok(Host::Domain(domain)) => Some(domain),
        Ok(Host::Ipv4(_) | Host::Ipv6(_)) | Err(_) => None,
    }
}

//! Who calls, as far as limits care: an account, or an address.

use burnbag_core::account::AccountId;
use std::net::IpAddr;

/// A caller that limits count for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Client {
    /// Somebody with a verified credential, wherever he calls from.
    Account(AccountId),
    /// An IPv4 address.
    V4(u32),
    /// An IPv6 network of 64 bits: what one household or machine gets.
    V6(u64),
    /// An IPv6 network of 48 bits: what one site gets. Counted beside [`Client::V6`] with a larger allowance.
    Site(u64),
}

impl Client {
    /// The caller at an address. An IPv4 address in IPv6 clothes is an IPv4 address.
    #[must_use]
    pub fn at(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self::V4(address.to_bits()),
            IpAddr::V6(address) => Self::V6((address.to_bits() >> 64) as u64),
        }
    }

    /// The larger network that the caller is part of, if limits know one.
    #[must_use]
    pub const fn site(self) -> Option<Self> {
        match self {
            Self::V6(network) => Some(Self::Site(network >> 16)),
            Self::Account(_) | Self::V4(_) | Self::Site(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_network_are_one_client() {
        let at = |text: &str| Client::at(text.parse().unwrap());
        assert_eq!(at("2001:db8:1:2::1"), at("2001:db8:1:2:ffff::9"));
        assert_ne!(at("2001:db8:1:2::1"), at("2001:db8:1:3::1"));
        assert_eq!(at("2001:db8:1:2::1").site(), at("2001:db8:1:3::1").site());
        assert_eq!(at("::ffff:192.0.2.1"), at("192.0.2.1"));
        assert_eq!(at("192.0.2.1").site(), None);
    }
}

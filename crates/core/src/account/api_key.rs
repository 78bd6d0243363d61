//! API keys: for programs, and for the first evening on the pages.

use super::{AccountKey, CredentialId};
use crate::hazmat::hkdf;
use data_encoding::HEXLOWER;
use rand::CryptoRng;
use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

const WRAP: &[u8] = b"burnbag/apikey/wrap";

/// An API key: 40 lower-case hexadecimal characters (160 bits). In clear at creation only.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct ApiKey(String);

impl ApiKey {
    /// A fresh key.
    pub fn make(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = Zeroizing::new([0; 20]);
        rng.fill_bytes(bytes.as_mut_slice());
        Self(HEXLOWER.encode(bytes.as_slice()))
    }

    /// What a caller presented as his key. Anything may be: whether it is one, the store knows.
    #[must_use]
    pub const fn presented(text: String) -> Self {
        Self(text)
    }

    /// The key's text, to be shown once to its owner.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// By what the store finds it: `HKDF-SHA256(API key, "burnbag/apikey/id")[..16]`.
    #[must_use]
    pub fn id(&self) -> CredentialId {
        CredentialId(hkdf(&[], self.0.as_bytes(), b"burnbag/apikey/id"))
    }

    /// Wraps the account key, so that whoever holds this API key, and nobody else, can unwrap it.
    #[must_use]
    pub fn wrap(&self, account: &AccountKey, rng: &mut impl CryptoRng) -> Vec<u8> {
        account.wrap(&self.wrapping_key(), WRAP, rng)
    }

    /// The account key that [`ApiKey::wrap`] wrapped.
    #[must_use]
    pub fn unwrap_account_key(&self, wrapped: &[u8]) -> Option<AccountKey> {
        AccountKey::unwrap(&self.wrapping_key(), WRAP, wrapped)
    }

    fn wrapping_key(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(hkdf(&[], self.0.as_bytes(), WRAP))
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    #[test]
    fn only_its_own_api_key_unwraps_an_account_key() {
        let mut rng = StdRng::seed_from_u64(7);
        let (account, key, other) =
            (AccountKey::make(&mut rng), ApiKey::make(&mut rng), ApiKey::make(&mut rng));
        let wrapped = key.wrap(&account, &mut rng);
        assert_eq!(key.unwrap_account_key(&wrapped).unwrap(), account);
        assert!(other.unwrap_account_key(&wrapped).is_none());
        assert!(key.expose().len() == 40 && key.expose().bytes().all(|b| b.is_ascii_hexdigit()));
    }
}

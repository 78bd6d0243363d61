//! Accounts: an e-mail address, and the credentials that unlock its list.

use crate::hazmat::{NONCE, aead_open, aead_seal, hkdf};
use crate::key::ReceiptKey;
use crate::tag::Row;
use data_encoding::HEXLOWER;
use rand::CryptoRng;
use std::fmt;
use std::str::FromStr;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// An e-mail address, in lower case: accounts are compared without case.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Email(String);

/// The text is not an e-mail address that mail can be sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an e-mail address like name@example.com")]
pub struct NotAnAddress;

impl Email {
    /// The whole address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Local part and domain.
    #[must_use]
    pub fn parts(&self) -> (&str, &str) {
        self.0.rsplit_once('@').expect("checked when parsed")
    }
}

impl FromStr for Email {
    type Err = NotAnAddress;

    /// The everyday subset of RFC 5321: dot-atom local part, a domain of at least two labels, 254 bytes at most.
    fn from_str(text: &str) -> Result<Self, NotAnAddress> {
        let text = text.trim().to_lowercase();
        let (local, domain) = text.rsplit_once('@').ok_or(NotAnAddress)?;
        let local_ok = (1..=64).contains(&local.len())
            && local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_atom_char));
        let label_ok = |label: &str| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        };
        let domain_ok = domain.contains('.') && domain.split('.').all(label_ok);
        let top_ok = domain
            .rsplit('.')
            .next()
            .is_some_and(|top| top.len() > 1 && !top.bytes().all(|b| b.is_ascii_digit()));
        if text.len() <= 254 && local_ok && domain_ok && top_ok { Ok(Self(text)) } else { Err(NotAnAddress) }
    }
}

fn is_atom_char(c: char) -> bool {
    c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c)
}

/// Masked, because logs must not carry addresses.
impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email")
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A number that names an account in the store; never used again after a removal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AccountId(pub i64);

/// An API key: 40 lower-case hexadecimal characters (160 bits). In clear at creation only.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct ApiKey(String);

/// By what a credential is found: `HKDF-SHA256(API key, "burnbag/apikey/id")[..16]`. Tells nothing of the key.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct CredentialId(pub [u8; 16]);

impl fmt::Debug for CredentialId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CredentialId")
    }
}

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

    /// By what the store finds it.
    #[must_use]
    pub fn id(&self) -> CredentialId {
        CredentialId(hkdf(&[], self.0.as_bytes(), b"burnbag/apikey/id"))
    }

    /// Wraps the account key, so that whoever holds this API key, and nobody else, can unwrap it.
    #[must_use]
    pub fn wrap(&self, account: &AccountKey, rng: &mut impl CryptoRng) -> Vec<u8> {
        seal_small(&self.wrapping_key(), b"burnbag/apikey/wrap", account.0.as_slice(), rng)
    }

    /// The account key that [`ApiKey::wrap`] wrapped.
    #[must_use]
    pub fn unwrap_account_key(&self, wrapped: &[u8]) -> Option<AccountKey> {
        let bytes = Zeroizing::new(open_small(&self.wrapping_key(), b"burnbag/apikey/wrap", wrapped)?);
        Some(AccountKey(Zeroizing::new(bytes.as_slice().try_into().ok()?)))
    }

    fn wrapping_key(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(hkdf(&[], self.0.as_bytes(), b"burnbag/apikey/wrap"))
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey")
    }
}

/// 32 random bytes that seal an account's list. Stored only wrapped, once per credential: no credential, no list.
#[derive(Clone)]
pub struct AccountKey(Zeroizing<[u8; 32]>);

impl AccountKey {
    /// A fresh key.
    pub fn make(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        rng.fill_bytes(bytes.as_mut_slice());
        Self(bytes)
    }

    /// Seals a receipt key for the list of the account.
    #[must_use]
    pub fn seal_listing(&self, row: Row, receipt: &ReceiptKey, rng: &mut impl CryptoRng) -> Vec<u8> {
        seal_small(&self.0, &listing_aad(row), receipt.expose().as_bytes(), rng)
    }

    /// Opens an entry of the list.
    #[must_use]
    pub fn open_listing(&self, row: Row, sealed: &[u8]) -> Option<ReceiptKey> {
        let text = Zeroizing::new(open_small(&self.0, &listing_aad(row), sealed)?);
        str::from_utf8(&text).ok()?.parse().ok()
    }
}

impl fmt::Debug for AccountKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccountKey")
    }
}

fn listing_aad(row: Row) -> [u8; 24] {
    let mut aad = *b"burnbag/listing\0\0\0\0\0\0\0\0\0";
    aad[16..].copy_from_slice(&row.0.to_be_bytes());
    aad
}

/// version (1) ‖ nonce (12) ‖ ciphertext ‖ tag (16).
fn seal_small(key: &[u8; 32], aad: &[u8], content: &[u8], rng: &mut impl CryptoRng) -> Vec<u8> {
    let mut nonce = [0; NONCE];
    rng.fill_bytes(&mut nonce);
    let mut bytes = vec![1];
    bytes.extend_from_slice(&nonce);
    bytes.extend_from_slice(content);
    aead_seal(key, &nonce, aad, &mut bytes, 1 + NONCE);
    bytes
}

fn open_small(key: &[u8; 32], aad: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let (&version, rest) = sealed.split_first()?;
    let (nonce, ciphertext) = rest.split_first_chunk()?;
    if version == 1 { aead_open(key, nonce, aad, ciphertext) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    #[test]
    fn addresses() {
        for good in [
            "a@example.com",
            " User@Example.COM ",
            "x.y+z@sub.example.co.uk",
            "a@foo.online",
            "jörg@müller.de",
        ] {
            assert!(good.parse::<Email>().is_ok(), "{good}");
        }
        for bad in [
            "",
            "a",
            "a@b",
            "@example.com",
            "a@",
            "a b@example.com",
            "a@ex ample.com",
            "a..b@example.com",
            "a@-x.com",
            "a@example.com\r\nBcc: x",
            "a@1.2.3.4",
            "a@example..com",
            "a@@example.com",
        ] {
            assert!(bad.parse::<Email>().is_err(), "{bad}");
        }
        assert_eq!("USER@Example.com".parse::<Email>().unwrap().as_str(), "user@example.com");
    }

    #[test]
    fn only_its_own_api_key_unwraps_an_account_key() {
        let mut rng = StdRng::seed_from_u64(7);
        let (account, key, other) =
            (AccountKey::make(&mut rng), ApiKey::make(&mut rng), ApiKey::make(&mut rng));
        let wrapped = key.wrap(&account, &mut rng);
        assert_eq!(key.unwrap_account_key(&wrapped).unwrap().0, account.0);
        assert!(other.unwrap_account_key(&wrapped).is_none());
        assert!(key.expose().len() == 40 && key.expose().bytes().all(|b| b.is_ascii_hexdigit()));
    }
}

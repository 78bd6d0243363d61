//! The account key: what every credential of an account unwraps, and what its list is sealed under.

use crate::hazmat::{NONCE, aead_open, aead_seal};
use crate::key::ReceiptKey;
use crate::tag::Row;
use rand::CryptoRng;
use std::fmt;
use zeroize::Zeroizing;

/// 32 random bytes that seal an account's list. Stored only wrapped, once per credential: no credential, no list.
#[derive(Clone, PartialEq, Eq)]
pub struct AccountKey(Zeroizing<[u8; 32]>);

impl AccountKey {
    /// A fresh key.
    pub fn make(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        rng.fill_bytes(bytes.as_mut_slice());
        Self(bytes)
    }

    /// Wraps it for a credential, whose own key and label these are.
    pub(super) fn wrap(&self, wrapping: &[u8; 32], label: &[u8], rng: &mut impl CryptoRng) -> Vec<u8> {
        seal_small(wrapping, label, self.0.as_slice(), rng)
    }

    /// What [`AccountKey::wrap`] wrapped.
    pub(super) fn unwrap(wrapping: &[u8; 32], label: &[u8], wrapped: &[u8]) -> Option<Self> {
        let bytes = Zeroizing::new(open_small(wrapping, label, wrapped)?);
        Some(Self(Zeroizing::new(bytes.as_slice().try_into().ok()?)))
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

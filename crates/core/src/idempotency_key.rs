//! The idempotency key of a reveal: who repeats a reveal with the same one within a while gets the same answer.

use crate::hazmat::hkdf;
use crate::key::{Check, SecretKey};
use data_encoding::BASE64URL_NOPAD;
use rand::CryptoRng;
use std::fmt;
use std::str::FromStr;
use zeroize::Zeroizing;

/// 32 to 128 characters `[A-Za-z0-9_-]`, chosen by the reader and known to nobody else.
#[derive(Clone, PartialEq, Eq)]
pub struct IdempotencyKey(Zeroizing<String>);

/// The text is no idempotency key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an idempotency key: 32 to 128 characters A-Z, a-z, 0-9, _ and -")]
pub struct NotAnIdempotencyKey;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

impl IdempotencyKey {
    /// Fewest characters: nobody guesses one.
    pub const MIN: usize = 32;
    /// Most characters.
    pub const MAX: usize = 128;

    /// A fresh one.
    pub fn make(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        rng.fill_bytes(bytes.as_mut_slice());
        Self::of_bytes(&bytes)
    }

    /// `HKDF-SHA256(secret key ‖ idempotency key, "burnbag/secret/repeat")[..16]`: by what the store knows a repetition,
    /// before anything is opened for it.
    #[must_use]
    pub fn check(&self, secret: &SecretKey) -> Check {
        let ikm = Zeroizing::new([secret.expose(), self.expose()].concat());
        Check(hkdf(&[], ikm.as_bytes(), b"burnbag/secret/repeat"))
    }

    /// The one of a device for one secret: HKDF-SHA256 of a random key that never leaves the device, over origin and
    /// secret key, in base64url (43 characters). The same at every call, so that a reader whose program was ended may
    /// ask again; nobody without the device's key can tell it.
    #[must_use]
    pub fn derive(client_key: &[u8; 32], origin: &str, secret_key: &str) -> Self {
        let info = Zeroizing::new(format!("burnbag/idempotency/{origin}/{secret_key}"));
        Self::of_bytes(&Zeroizing::new(hkdf(&[], client_key, info.as_bytes())))
    }

    /// In base64url, 43 characters.
    fn of_bytes(bytes: &[u8; 32]) -> Self {
        Self(Zeroizing::new(BASE64URL_NOPAD.encode(bytes)))
    }

    /// Its text. Every call of this function is a place to review.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl FromStr for IdempotencyKey {
    type Err = NotAnIdempotencyKey;

    fn from_str(text: &str) -> Result<Self, NotAnIdempotencyKey> {
        let fits = (Self::MIN..=Self::MAX).contains(&text.len());
        if fits && text.bytes().all(|byte| ALPHABET.contains(&byte)) {
            Ok(Self(Zeroizing::new(text.to_owned())))
        } else {
            Err(NotAnIdempotencyKey)
        }
    }
}

impl fmt::Debug for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdempotencyKey")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    #[test]
    fn a_derived_one_is_the_same_again_and_different_for_anything_else() {
        let derived = IdempotencyKey::derive(&[1; 32], "https://a.example", "key");
        assert_eq!(derived, IdempotencyKey::derive(&[1; 32], "https://a.example", "key"));
        assert_eq!(derived.expose().len(), 43);
        assert_eq!(derived.expose().parse(), Ok(derived.clone()));
        for other in [
            IdempotencyKey::derive(&[2; 32], "https://a.example", "key"),
            IdempotencyKey::derive(&[1; 32], "https://b.example", "key"),
            IdempotencyKey::derive(&[1; 32], "https://a.example", "yek"),
        ] {
            assert_ne!(derived, other);
        }
    }

    #[test]
    fn forms() {
        let fresh = IdempotencyKey::make(&mut StdRng::seed_from_u64(1));
        assert_eq!(fresh.expose().len(), 43);
        assert_eq!(fresh.expose().parse(), Ok(fresh.clone()));
        for good in ["a".repeat(32), "-_09AZaz".repeat(16)] {
            assert!(good.parse::<IdempotencyKey>().is_ok(), "{good}");
        }
        for bad in [
            "",
            &"a".repeat(31),
            &"a".repeat(129),
            &format!("{}é", "a".repeat(40)),
            &format!("{} ", "a".repeat(40)),
        ] {
            assert_eq!(bad.parse::<IdempotencyKey>(), Err(NotAnIdempotencyKey), "{bad}");
        }
    }
}

//! Passwords of accounts: what a person signs in with.

use super::{AccountKey, CredentialId, Email};
use crate::hazmat::{argon2id, hkdf};
use crate::sensitive::SensitiveText;
use crate::server_key::ServerKey;
use rand::CryptoRng;
use std::fmt;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// Fewest characters of a password.
pub const MIN_PASSWORD: usize = 12;
/// Most bytes of a password.
pub const MAX_PASSWORD: usize = 1024;

const WRAP: &[u8] = b"burnbag/password/wrap";

/// A password, in NFC (UAX #15): two keyboards may spell one character differently.
#[derive(Clone)]
pub struct Password(SensitiveText);

/// Why a text cannot become a password. Safe to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAPassword {
    /// Shorter than [`MIN_PASSWORD`].
    #[error("a password has at least {MIN_PASSWORD} characters")]
    TooShort,
    /// Longer than [`MAX_PASSWORD`].
    #[error("a password has at most {MAX_PASSWORD} bytes")]
    TooLong,
}

impl Password {
    /// A password to be set.
    pub fn new(text: &SensitiveText) -> Result<Self, NotAPassword> {
        let password = Self::presented(text);
        let text = password.0.expose();
        if text.chars().count() < MIN_PASSWORD {
            Err(NotAPassword::TooShort)
        } else if text.len() > MAX_PASSWORD {
            Err(NotAPassword::TooLong)
        } else {
            Ok(password)
        }
    }

    /// What somebody presented as a password. Anything may be: whether it is one, the store knows.
    #[must_use]
    pub fn presented(text: &SensitiveText) -> Self {
        // At once as long as NFC can become (three times in UTF-8), because what is moved leaves a copy behind.
        let mut normal = String::with_capacity(3 * text.expose().len());
        normal.extend(text.expose().nfc());
        Self(normal.into())
    }

    /// Argon2id (RFC 9106) with 64 MiB, three passes, one lane, then HKDF with the server key. Takes tenths of a second:
    /// never on an async thread.
    ///
    /// The salt is made of server key and address, so it needs no look-up, and an address without account costs the same
    /// as one with.
    #[must_use]
    pub fn stretch(&self, email: &Email, server: &ServerKey) -> StretchedPassword {
        let info = [b"burnbag/password/salt".as_slice(), email.as_str().as_bytes()].concat();
        let salt: [u8; 16] = hkdf(&[], server.salt(), &info);
        let stretched = argon2id(self.0.expose().as_bytes(), &salt, (64 * 1024, 3));
        StretchedPassword {
            id: CredentialId(hkdf(server.salt(), stretched.as_slice(), b"burnbag/password/id")),
            wrapping_key: Zeroizing::new(hkdf(server.salt(), stretched.as_slice(), WRAP)),
        }
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password")
    }
}

/// What a password becomes for one address under one server key.
pub struct StretchedPassword {
    id: CredentialId,
    wrapping_key: Zeroizing<[u8; 32]>,
}

impl StretchedPassword {
    /// By what the store finds it: `HKDF-SHA256(stretched, server key, "burnbag/password/id")[..16]`.
    #[must_use]
    pub const fn id(&self) -> CredentialId {
        self.id
    }

    /// Wraps the account key, so that whoever knows the password, and nobody else, can unwrap it.
    #[must_use]
    pub fn wrap(&self, account: &AccountKey, rng: &mut impl CryptoRng) -> Vec<u8> {
        account.wrap(&self.wrapping_key, WRAP, rng)
    }

    /// The account key that [`StretchedPassword::wrap`] wrapped.
    #[must_use]
    pub fn unwrap_account_key(&self, wrapped: &[u8]) -> Option<AccountKey> {
        AccountKey::unwrap(&self.wrapping_key, WRAP, wrapped)
    }
}

impl fmt::Debug for StretchedPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StretchedPassword")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    fn new(text: &str) -> Result<Password, NotAPassword> {
        Password::new(&text.to_owned().into())
    }

    #[test]
    fn twelve_characters_and_a_kilobyte() {
        assert_eq!(new("12345678901").unwrap_err(), NotAPassword::TooShort);
        assert!(new("123456789012").is_ok());
        assert!(new("äöüäöüäöüäöü").is_ok(), "characters, not bytes");
        assert_eq!(new("äöüäöü").unwrap_err(), NotAPassword::TooShort, "twelve bytes");
        assert_eq!(
            new(&"e\u{301}".repeat(11)).unwrap_err(),
            NotAPassword::TooShort,
            "eleven characters in NFC"
        );
        assert!(new(&"a".repeat(1024)).is_ok());
        assert_eq!(new(&"a".repeat(1025)).unwrap_err(), NotAPassword::TooLong);
    }

    #[test]
    fn one_password_for_one_address_under_one_server_key() {
        let mut rng = StdRng::seed_from_u64(4);
        let (server, other) = (ServerKey::make(&mut rng), ServerKey::make(&mut rng));
        let [ann, bob]: [Email; 2] = ["ann@example.com", "bob@example.com"].map(|text| text.parse().unwrap());
        let account = AccountKey::make(&mut rng);
        let right = new("caf\u{e9} au lait, twice").unwrap();
        let stretched = right.stretch(&ann, &server);
        let wrapped = stretched.wrap(&account, &mut rng);
        let spelled =
            Password::presented(&"cafe\u{301} au lait, twice".to_owned().into()).stretch(&ann, &server);
        assert_eq!(spelled.id(), stretched.id());
        assert!(spelled.unwrap_account_key(&wrapped).unwrap() == account);
        let wrong = new("cafe au lait, twice").unwrap();
        for other in [wrong.stretch(&ann, &server), right.stretch(&bob, &server), right.stretch(&ann, &other)]
        {
            assert_ne!(other.id(), stretched.id());
            assert!(other.unwrap_account_key(&wrapped).is_none());
        }
    }
}

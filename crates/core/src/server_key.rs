//! The server's own key: salt of every seal, and the key that hides row numbers.

use crate::hazmat::hkdf;
use crate::tag::{TagCipher, TagCipherRef};
use data_encoding::HEXLOWER_PERMISSIVE;
use rand::CryptoRng;
use std::fmt;
use zeroize::Zeroizing;

/// 32 bytes that the store never sees.
pub struct ServerKey {
    bytes: Zeroizing<[u8; 32]>,
    id: ServerKeyId,
    secret_tags: TagCipherRef,
    receipt_tags: TagCipherRef,
}

/// Names a server key without telling it; part of every sealed form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ServerKeyId(pub [u8; 4]);

/// Why a text is no server key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadServerKey {
    /// Nothing but blanks.
    #[error("the server key is empty")]
    Empty,
    /// Not 64 hexadecimal digits.
    #[error("a server key is 64 hexadecimal digits (32 bytes)")]
    Form,
    /// All bytes alike: a placeholder, not a key.
    #[error("this server key is a placeholder, not a random key")]
    Placeholder,
}

impl ServerKey {
    /// A fresh key.
    pub fn make(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        rng.fill_bytes(bytes.as_mut_slice());
        Self::from_bytes(bytes)
    }

    /// The key written as 64 hexadecimal digits; blanks around it are ignored.
    pub fn parse(text: &str) -> Result<Self, BadServerKey> {
        let text = text.trim();
        if text.is_empty() {
            return Err(BadServerKey::Empty);
        }
        let decoded = HEXLOWER_PERMISSIVE.decode(text.as_bytes()).map_err(|_| BadServerKey::Form)?;
        let decoded = Zeroizing::new(decoded);
        let bytes: [u8; 32] = decoded.as_slice().try_into().map_err(|_| BadServerKey::Form)?;
        if bytes.iter().all(|byte| *byte == bytes[0]) {
            return Err(BadServerKey::Placeholder);
        }
        Ok(Self::from_bytes(Zeroizing::new(bytes)))
    }

    fn from_bytes(bytes: Zeroizing<[u8; 32]>) -> Self {
        let tag_key = Zeroizing::new(hkdf::<32>(&[], bytes.as_slice(), b"burnbag/server/tag"));
        Self {
            id: ServerKeyId(hkdf(&[], bytes.as_slice(), b"burnbag/server/id")),
            secret_tags: TagCipherRef(TagCipher::new(&tag_key, b"secret")),
            receipt_tags: TagCipherRef(TagCipher::new(&tag_key, b"receipt")),
            bytes,
        }
    }

    /// The key as 64 hexadecimal digits, for its file.
    #[must_use]
    pub fn to_hex(&self) -> Zeroizing<String> {
        Zeroizing::new(HEXLOWER_PERMISSIVE.encode(self.bytes.as_slice()))
    }

    /// The key's name.
    #[must_use]
    pub const fn id(&self) -> ServerKeyId {
        self.id
    }

    /// 16 bytes by which the store recognises the key: `HKDF-SHA256(key, "burnbag/server/check")`.
    #[must_use]
    pub fn check(&self) -> [u8; 16] {
        hkdf(&[], self.bytes.as_slice(), b"burnbag/server/check")
    }

    /// The key under which all nodes know a caller by the same name.
    pub fn caller_key(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(hkdf(&[], self.bytes.as_slice(), b"burnbag/server/caller"))
    }

    pub(crate) fn salt(&self) -> &[u8] {
        self.bytes.as_slice()
    }

    pub(crate) const fn secret_tags(&self) -> &TagCipherRef {
        &self.secret_tags
    }

    pub(crate) const fn receipt_tags(&self) -> &TagCipherRef {
        &self.receipt_tags
    }
}

impl fmt::Debug for ServerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ServerKey")
    }
}

/// The server keys in use: the first seals, all open.
#[derive(Debug)]
pub struct Keyring {
    sealing: ServerKey,
    older: Vec<ServerKey>,
}

impl Keyring {
    /// `older` keys open what they sealed, and seal nothing new.
    #[must_use]
    pub const fn new(sealing: ServerKey, older: Vec<ServerKey>) -> Self {
        Self { sealing, older }
    }

    /// The key that seals.
    #[must_use]
    pub const fn sealing(&self) -> &ServerKey {
        &self.sealing
    }

    /// All keys, the sealing one first.
    pub fn all(&self) -> impl Iterator<Item = &ServerKey> {
        std::iter::once(&self.sealing).chain(&self.older)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_is_no_key() {
        assert_eq!(ServerKey::parse(" \n").unwrap_err(), BadServerKey::Empty);
        assert_eq!(ServerKey::parse("abc").unwrap_err(), BadServerKey::Form);
        assert_eq!(ServerKey::parse(&"00".repeat(32)).unwrap_err(), BadServerKey::Placeholder);
        assert!(ServerKey::parse(&format!("{}ff\n", "0a".repeat(31))).is_ok());
    }
}

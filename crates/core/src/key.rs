//! The two bearer keys of a secret: 31 characters `[a-z0-9]`, a tag of eight and 23 random ones (119 bits).
//!
//! Secret key and receipt key name the same row, but neither can be derived from the other: each side has its own
//! tweak for the tag and its own random part.

use crate::hazmat::hkdf;
use crate::server_key::ServerKey;
use crate::tag::{Row, TagCipherRef};
use rand::{CryptoRng, RngExt};
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// The key in the link: whoever holds it may read the secret, once.
pub type SecretKey = Key<SecretSide>;
/// The key of the receipt: whoever holds it may see the secret's state and burn it.
pub type ReceiptKey = Key<ReceiptSide>;

/// Characters of a key.
pub const KEY_LENGTH: usize = 31;

/// A bearer key of one side.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Key<S: Side> {
    text: [u8; KEY_LENGTH],
    #[zeroize(skip)]
    side: PhantomData<S>,
}

/// The first eight characters of a key of one side: its row's number, encrypted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Tag<S: Side> {
    number: u64,
    side: PhantomData<S>,
}

impl<S: Side> Tag<S> {
    /// The tag of one row.
    pub fn of(row: Row, server: &ServerKey) -> Self {
        Self { number: S::tags(server).0.encrypt(row), side: PhantomData }
    }

    /// The tags of `count` rows from `first` on; much cheaper than one by one.
    pub fn of_rows(first: Row, count: usize, server: &ServerKey) -> Vec<Self> {
        let mut numbers = vec![0; count];
        S::tags(server).0.encrypt_all(first, &mut numbers);
        numbers.into_iter().map(|number| Self { number, side: PhantomData }).collect()
    }
}

impl<S: Side> fmt::Debug for Tag<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tag")
    }
}

/// What distinguishes the two kinds of key.
pub trait Side: Clone + PartialEq + Eq {
    /// Name of the side's key type, for `Debug`.
    const NAME: &'static str;
    /// HKDF info of the check value.
    const CHECK: &'static [u8];
    /// The side's tag cipher.
    #[doc(hidden)]
    fn tags(server: &ServerKey) -> &TagCipherRef;
}

/// The side of the link.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretSide;
/// The side of the sender.
#[derive(Clone, PartialEq, Eq)]
pub struct ReceiptSide;

impl Side for SecretSide {
    const NAME: &'static str = "SecretKey";
    const CHECK: &'static [u8] = b"burnbag/secret/check";
    fn tags(server: &ServerKey) -> &TagCipherRef {
        server.secret_tags()
    }
}

impl Side for ReceiptSide {
    const NAME: &'static str = "ReceiptKey";
    const CHECK: &'static [u8] = b"burnbag/receipt/check";
    fn tags(server: &ServerKey) -> &TagCipherRef {
        server.receipt_tags()
    }
}

/// 16 bytes that prove that a key means this row; stored with it.
#[derive(Clone, Copy)]
pub struct Check(pub [u8; 16]);

impl PartialEq for Check {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for Check {}

impl fmt::Debug for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Check")
    }
}

/// The text is not a key: not 31 characters `[a-z0-9]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a key of 31 characters a-z and 0-9")]
pub struct NotAKey;

const ALPHABET: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
const TAG_LENGTH: usize = 8;

impl<S: Side> Key<S> {
    /// A fresh key for `row`.
    pub fn make(row: Row, server: &ServerKey, rng: &mut impl CryptoRng) -> Self {
        Self::make_tagged(&Tag::of(row, server), rng)
    }

    /// A fresh key for the row of a tag.
    pub fn make_tagged(tag: &Tag<S>, rng: &mut impl CryptoRng) -> Self {
        let mut text = [0; KEY_LENGTH];
        write_base36(tag.number, &mut text[..TAG_LENGTH]);
        // 23 digits do not fit 64 bits: twelve and eleven do.
        write_base36(rng.random_range(0..36_u64.pow(12)), &mut text[TAG_LENGTH..20]);
        write_base36(rng.random_range(0..36_u64.pow(11)), &mut text[20..]);
        Self { text, side: PhantomData }
    }

    /// The row that this key means to a server with this server key.
    pub fn row(&self, server: &ServerKey) -> Row {
        S::tags(server).0.decrypt(read_base36(&self.text[..TAG_LENGTH]))
    }

    /// `HKDF-SHA256(key, "burnbag/…/check")[..16]`.
    pub fn check(&self) -> Check {
        Check(hkdf(&[], &self.text, S::CHECK))
    }

    /// The first six characters, which v1 calls the short key (wire spec §10).
    pub fn short(&self) -> &str {
        &self.expose()[..6]
    }

    /// The key's text. Every call of this function is a place to review.
    pub fn expose(&self) -> &str {
        str::from_utf8(&self.text).expect("base36 digits are ASCII")
    }
}

impl<S: Side> FromStr for Key<S> {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        let text: [u8; KEY_LENGTH] = text.as_bytes().try_into().map_err(|_| NotAKey)?;
        let valid = text.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        if valid { Ok(Self { text, side: PhantomData }) } else { Err(NotAKey) }
    }
}

impl<S: Side> fmt::Debug for Key<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(S::NAME)
    }
}

fn write_base36(mut number: u64, digits: &mut [u8]) {
    for digit in digits.iter_mut().rev() {
        *digit = ALPHABET[(number % 36) as usize];
        number /= 36;
    }
}

fn read_base36(digits: &[u8]) -> u64 {
    digits.iter().fold(0, |number, digit| {
        let value = if digit.is_ascii_digit() { digit - b'0' } else { digit - b'a' + 10 };
        number * 36 + u64::from(value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    #[test]
    fn a_key_finds_its_row_again() {
        let mut rng = StdRng::seed_from_u64(1);
        let server = ServerKey::make(&mut rng);
        for row in [0, 1, 35, 36, 1_000_000, Row::LIMIT - 1].map(Row) {
            let key = SecretKey::make(row, &server, &mut rng);
            assert_eq!(key.expose().parse::<SecretKey>().unwrap().row(&server), row);
            let receipt = ReceiptKey::make(row, &server, &mut rng);
            assert_eq!(receipt.row(&server), row);
            assert_ne!(key.expose()[..8], receipt.expose()[..8]);
        }
    }

    #[test]
    fn only_31_characters_are_a_key() {
        for text in ["", "abc", "ABCDEFGHIJKLMNOPQRSTUVWXYZ12345", "abcdefghijklmnopqrstuvwxyz1234é"] {
            assert_eq!(text.parse::<SecretKey>(), Err(NotAKey));
        }
        assert!("abcdefghijklmnopqrstuvwxyz12345".parse::<SecretKey>().is_ok());
    }
}

//! The life key: 32 random bytes per row, part of every seal that must die with the secret.
//!
//! When the secret ends the store overwrites it. What is left of the sealed bytes anywhere (log frames, free pages,
//! copies of the database) opens for nobody from then on, link or not.

use rand::CryptoRng;
use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// One row's life key.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct LifeKey([u8; Self::LENGTH]);

impl LifeKey {
    /// Length in bytes.
    pub const LENGTH: usize = 32;
    /// What stands in the place of a life key that was overwritten.
    pub const DEAD: Self = Self([0; Self::LENGTH]);

    /// A fresh life key.
    pub fn make(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = [0; Self::LENGTH];
        rng.fill_bytes(&mut bytes);
        Self(bytes)
    }

    /// A life key as the store kept it.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; Self::LENGTH]) -> Self {
        Self(bytes)
    }

    /// The bytes, for the store and for sealing.
    #[must_use]
    pub const fn expose(&self) -> &[u8; Self::LENGTH] {
        &self.0
    }
}

impl fmt::Debug for LifeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LifeKey")
    }
}

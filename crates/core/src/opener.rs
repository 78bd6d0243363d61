//! What a reader brings beyond the link.

use crate::sensitive::SensitiveText;
use argon2::{Algorithm, Argon2, Params, Version};
use rand::CryptoRng;
use std::fmt;
use zeroize::Zeroizing;

/// What it takes to open a secret beyond its link. Fixed when the secret is made; what a request brings beyond it
/// is ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The link alone.
    Open,
    /// The link and a passphrase, stretched with this salt.
    Passphrase(Salt),
}

impl Kind {
    /// The kind's number in the store and in the sealed form's associated data.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Open => 0,
            Self::Passphrase(_) => 1,
        }
    }

    /// Whether a passphrase must be given.
    #[must_use]
    pub const fn needs_passphrase(self) -> bool {
        matches!(self, Self::Passphrase(_))
    }

    /// The kind with this number; `salt` is there exactly for a passphrase.
    #[must_use]
    pub const fn from_code(code: u8, salt: Option<Salt>) -> Option<Self> {
        match (code, salt) {
            (0, None) => Some(Self::Open),
            (1, Some(salt)) => Some(Self::Passphrase(salt)),
            _ => None,
        }
    }
}

/// Salt of one row's passphrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Salt(pub [u8; 16]);

impl Salt {
    /// A fresh salt.
    pub fn make(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = [0; 16];
        rng.fill_bytes(&mut bytes);
        Self(bytes)
    }
}

/// A passphrase as it was typed: compared byte by byte, never trimmed, never empty.
#[derive(Clone)]
pub struct Passphrase(SensitiveText);

impl Passphrase {
    /// An empty text is no passphrase.
    #[must_use]
    pub fn new(text: SensitiveText) -> Option<Self> {
        if text.expose().is_empty() { None } else { Some(Self(text)) }
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.expose().len()
    }

    /// Always false: an empty text is no passphrase.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.expose().is_empty()
    }

    /// Argon2id (RFC 9106) with 19 MiB, two passes, one lane. Takes tens of milliseconds: never on an async thread.
    #[must_use]
    pub fn stretch(&self, salt: &Salt) -> Opener {
        let params = Params::new(19 * 1024, 2, 1, Some(32)).expect("constant parameters in range");
        let mut out = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(self.0.expose().as_bytes(), &salt.0, out.as_mut_slice())
            .expect("lengths are within Argon2's bounds");
        Opener(Some(out))
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase")
    }
}

/// Key material that a reader brought beyond the link: nothing, or 32 bytes.
#[derive(Clone)]
pub struct Opener(Option<Zeroizing<[u8; 32]>>);

impl Opener {
    /// For secrets that the link alone opens.
    pub const NONE: Self = Self(None);

    pub(crate) fn expose(&self) -> &[u8] {
        self.0.as_ref().map_or(&[], |bytes| bytes.as_slice())
    }
}

impl fmt::Debug for Opener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Opener")
    }
}

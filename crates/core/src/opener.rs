//! What a reader brings beyond the link.

use crate::hazmat::{argon2id, pbkdf2};
use crate::sensitive::SensitiveText;
use data_encoding::BASE64URL_NOPAD;
use rand::CryptoRng;
use std::fmt;
use std::str::FromStr;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// What it takes to open a secret beyond its link. Fixed when the secret is made; what a request brings beyond it
/// is ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The link alone.
    Open,
    /// The link and a passphrase, stretched with this salt.
    Passphrase(Salt),
    /// The link and the proof of its fragment: the content was sealed on the sender's device.
    Proof {
        /// Whether the sender says that the fragment needs a passphrase too. The server cannot know.
        passphrase: bool,
    },
}

impl Kind {
    /// The kind's number in the store and in the sealed form's associated data.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Open => 0,
            Self::Passphrase(_) => 1,
            Self::Proof { passphrase: false } => 2,
            Self::Proof { passphrase: true } => 3,
        }
    }

    /// Whether its reader must know a passphrase.
    #[must_use]
    pub const fn needs_passphrase(self) -> bool {
        matches!(self, Self::Passphrase(_) | Self::Proof { passphrase: true })
    }

    /// Whether the content was sealed on the sender's device, so that the server never saw it.
    #[must_use]
    pub const fn is_device_sealed(self) -> bool {
        matches!(self, Self::Proof { .. })
    }

    /// The kind with this number; `salt` is there exactly for a passphrase.
    #[must_use]
    pub const fn from_code(code: u8, salt: Option<Salt>) -> Option<Self> {
        match (code, salt) {
            (0, None) => Some(Self::Open),
            (1, Some(salt)) => Some(Self::Passphrase(salt)),
            (2, None) => Some(Self::Proof { passphrase: false }),
            (3, None) => Some(Self::Proof { passphrase: true }),
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
        Opener(Some(argon2id(self.0.expose().as_bytes(), &salt.0, (19 * 1024, 2))))
    }

    /// PBKDF2-HMAC-SHA256 (RFC 8018), 600,000 rounds, over the passphrase in NFC: two keyboards may spell one character
    /// differently. What browsers can do too; tenths of a second.
    pub(crate) fn stretch_on_device(&self, salt: &[u8; 32]) -> Zeroizing<[u8; 32]> {
        // At once as long as NFC can become (UAX #15: three times in UTF-8), because what is moved leaves a copy behind.
        let mut normal = Zeroizing::new(String::with_capacity(3 * self.len()));
        normal.extend(self.0.expose().nfc());
        pbkdf2(normal.as_bytes(), salt, 600_000)
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase")
    }
}

/// What proves that a reader has a link's whole fragment, and the passphrase where there is one: 32 bytes, derived from
/// them on the device (see [`crate::fragment`]). 43 characters of base64url (RFC 4648 §5) on the wire.
#[derive(Clone, PartialEq, Eq)]
pub struct Proof(Zeroizing<[u8; 32]>);

/// The text is no proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a proof: 43 characters of base64url")]
pub struct NotAProof;

impl Proof {
    pub(crate) const fn from_bytes(bytes: Zeroizing<[u8; 32]>) -> Self {
        Self(bytes)
    }

    /// The proof's text. Every call of this function is a place to review.
    #[must_use]
    pub fn expose(&self) -> Zeroizing<String> {
        Zeroizing::new(BASE64URL_NOPAD.encode(self.0.as_slice()))
    }

    /// What it opens with.
    #[must_use]
    pub fn opener(&self) -> Opener {
        Opener(Some(self.0.clone()))
    }
}

impl FromStr for Proof {
    type Err = NotAProof;

    fn from_str(text: &str) -> Result<Self, NotAProof> {
        let bytes = Zeroizing::new(BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| NotAProof)?);
        bytes.as_slice().try_into().map(|bytes| Self(Zeroizing::new(bytes))).map_err(|_| NotAProof)
    }
}

impl fmt::Debug for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Proof")
    }
}

/// All that a request brings beyond the link. What the secret's kind does not ask for is ignored.
#[derive(Clone, Debug, Default)]
pub struct Attempt {
    /// A passphrase, for a secret that was sealed on the server with one.
    pub passphrase: Option<Passphrase>,
    /// A proof, for a secret that was sealed on a device.
    pub proof: Option<Proof>,
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

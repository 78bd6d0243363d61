//! The part of a link behind `#`: the key to a content that was sealed on a device. No server ever gets it.
//!
//! `docs/envelope.md` specifies it byte by byte; the vectors in `tests/vectors/envelope` are for every
//! implementation.

use crate::hazmat::hkdf;
use crate::opener::{Passphrase, Proof};
use data_encoding::BASE64URL_NOPAD;
use rand::CryptoRng;
use std::fmt;
use std::str::FromStr;
use zeroize::Zeroizing;

/// High four bits of the first byte.
const VERSION: u8 = 0x10;
/// Flag: a passphrase is needed.
const PASSPHRASE: u8 = 0x01;
const RANDOM: usize = 16;

/// A fragment: base64url(version and flags (1) ‖ random (16)), 23 characters.
#[derive(Clone, PartialEq, Eq)]
pub struct Fragment {
    head: u8,
    random: Zeroizing<[u8; RANDOM]>,
}

/// What a fragment and its passphrase yield.
pub struct DeviceKeys {
    /// The first byte of the fragment, bound to the content.
    pub(crate) head: u8,
    /// Seals the content.
    pub(crate) content: Zeroizing<[u8; 32]>,
    /// What the server is shown.
    pub proof: Proof,
}

/// Why a text is no fragment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAFragment {
    /// Not 23 characters of base64url: a part is missing, or something was added.
    #[error("the part of the link after # is not complete")]
    Malformed,
    /// A version or flag that this release does not know.
    #[error("the link was made by a newer release")]
    Newer,
}

/// The fragment needs a passphrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a passphrase is needed")]
pub struct NeedsPassphrase;

impl Fragment {
    /// A fresh fragment.
    pub fn make(needs_passphrase: bool, rng: &mut impl CryptoRng) -> Self {
        let mut random = Zeroizing::new([0; RANDOM]);
        rng.fill_bytes(random.as_mut_slice());
        Self { head: VERSION | if needs_passphrase { PASSPHRASE } else { 0 }, random }
    }

    /// Whether a passphrase is needed.
    #[must_use]
    pub const fn needs_passphrase(&self) -> bool {
        self.head & PASSPHRASE != 0
    }

    /// The fragment's text, without `#`. Every call of this function is a place to review.
    #[must_use]
    pub fn expose(&self) -> Zeroizing<String> {
        let mut bytes = Zeroizing::new([0; 1 + RANDOM]);
        bytes[0] = self.head;
        bytes[1..].copy_from_slice(self.random.as_slice());
        Zeroizing::new(BASE64URL_NOPAD.encode(bytes.as_slice()))
    }

    /// The keys. A passphrase that the fragment does not ask for is ignored. With one it takes tenths of a second.
    ///
    /// # Errors
    /// A passphrase is needed and was not given.
    pub fn derive_keys(&self, passphrase: Option<&Passphrase>) -> Result<DeviceKeys, NeedsPassphrase> {
        let stretch = if self.needs_passphrase() {
            let salt = hkdf(&[], self.random.as_slice(), b"burnbag/e2e/salt");
            passphrase.ok_or(NeedsPassphrase)?.stretch_on_device(&salt)
        } else {
            Zeroizing::new([0; 32])
        };
        let expand = |info| Zeroizing::new(hkdf(stretch.as_slice(), self.random.as_slice(), info));
        let proof = Proof::from_bytes(expand(b"burnbag/e2e/proof"));
        Ok(DeviceKeys { head: self.head, content: expand(b"burnbag/e2e/content"), proof })
    }
}

impl FromStr for Fragment {
    type Err = NotAFragment;

    fn from_str(text: &str) -> Result<Self, NotAFragment> {
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).map(Zeroizing::new);
        let bytes = bytes.map_err(|_| NotAFragment::Malformed)?;
        let (head, random) = bytes.split_first().ok_or(NotAFragment::Malformed)?;
        let random = random.try_into().map_err(|_| NotAFragment::Malformed)?;
        if head & !PASSPHRASE != VERSION {
            return Err(NotAFragment::Newer);
        }
        Ok(Self { head: *head, random: Zeroizing::new(random) })
    }
}

impl fmt::Debug for Fragment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fragment")
    }
}

impl fmt::Debug for DeviceKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeviceKeys")
    }
}

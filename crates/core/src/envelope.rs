//! A content, sealed on a device under the keys of a link's fragment: version (1) ‖ nonce (12) ‖ ciphertext ‖ tag (16),
//! AES-256-GCM. Associated data: the first byte of the fragment. `docs/envelope.md` specifies it.

use crate::content::{FILES_OVERHEAD, LEAST_FILES, TEXT_OVERHEAD};
use crate::fragment::DeviceKeys;
use crate::hazmat::{NONCE, TAG, aead_open, aead_seal};
use crate::sensitive::SensitiveBytes;
use data_encoding::BASE64URL_NOPAD;
use rand::CryptoRng;
use std::fmt;

const VERSION: u8 = 1;
const SEAL: usize = 1 + NONCE + TAG;

/// Bytes that an envelope of a text is longer than the text.
pub const TEXT_ENVELOPE_OVERHEAD: usize = SEAL + TEXT_OVERHEAD;
/// Most bytes that an envelope of files is longer than they are.
pub const FILES_ENVELOPE_OVERHEAD: usize = SEAL + FILES_OVERHEAD;

/// Bytes of the shortest envelope of files.
pub const LEAST_FILES_ENVELOPE: usize = SEAL + LEAST_FILES;

/// What a server keeps and cannot open. Base64url without padding (RFC 4648 §5) on the wire.
#[derive(Clone, PartialEq, Eq)]
pub struct Envelope(Vec<u8>);

/// Why an envelope gives nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// Not base64url.
    #[error("the envelope is not base64url")]
    Malformed,
    /// Of a version that this release does not know.
    #[error("the secret was sealed by a newer release")]
    Newer,
    /// The wrong fragment or passphrase, or a damaged envelope. Which one, nobody learns.
    #[error("it did not open")]
    DidNotOpen,
}

impl Envelope {
    /// Seals the bytes of a content ([`crate::content::Content::encode`]).
    #[must_use]
    pub fn seal(content: &SensitiveBytes, keys: &DeviceKeys, rng: &mut impl CryptoRng) -> Self {
        let mut nonce = [0; NONCE];
        rng.fill_bytes(&mut nonce);
        let mut bytes = Vec::with_capacity(SEAL + content.expose().len());
        bytes.push(VERSION);
        bytes.extend_from_slice(&nonce);
        bytes.extend_from_slice(content.expose());
        aead_seal(&keys.content, &nonce, &[keys.head], &mut bytes, 1 + NONCE);
        Self(bytes)
    }

    /// Opens it to the bytes of a content ([`crate::content::Content::decode`]).
    pub fn open(&self, keys: &DeviceKeys) -> Result<SensitiveBytes, EnvelopeError> {
        let (version, body) = self.0.split_first().ok_or(EnvelopeError::DidNotOpen)?;
        if *version != VERSION {
            return Err(EnvelopeError::Newer);
        }
        let (nonce, sealed) = body.split_first_chunk().ok_or(EnvelopeError::DidNotOpen)?;
        let content =
            aead_open(&keys.content, nonce, &[keys.head], sealed).ok_or(EnvelopeError::DidNotOpen)?;
        Ok(content.into())
    }

    /// The envelope of its text.
    pub fn parse(text: &str) -> Result<Self, EnvelopeError> {
        BASE64URL_NOPAD.decode(text.as_bytes()).map(Self).map_err(|_| EnvelopeError::Malformed)
    }

    /// Its text.
    #[must_use]
    pub fn to_text(&self) -> String {
        BASE64URL_NOPAD.encode(&self.0)
    }

    /// Its bytes as a server keeps them.
    #[must_use]
    pub const fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Envelope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Envelope({} bytes)", self.0.len())
    }
}

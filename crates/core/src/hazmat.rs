//! The primitives, written as the standards write them. Private: the rest of the crate decides what goes in.

use aes_gcm::aead::{AeadInOut, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce, Tag};
use argon2::{Algorithm, Argon2, Params, Version};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

/// Length of an AES-GCM nonce in bytes (SP 800-38D §8.2.1).
pub(crate) const NONCE: usize = 12;
/// Length of an AES-GCM tag in bytes.
pub(crate) const TAG: usize = 16;

/// `HKDF-SHA256(ikm, salt, info)`, RFC 5869; an empty salt is the RFC's default of 32 zeros.
pub(crate) fn hkdf<const N: usize>(salt: &[u8], ikm: &[u8], info: &[u8]) -> [u8; N] {
    let mut okm = [0; N];
    Hkdf::<Sha256>::new(Some(salt), ikm).expand(info, &mut okm).expect("N is far below 255 × 32 bytes");
    okm
}

/// `PBKDF2-HMAC-SHA256(password, salt, rounds)`, 32 bytes, RFC 8018 §5.2.
pub(crate) fn pbkdf2(password: &[u8], salt: &[u8], rounds: u32) -> Zeroizing<[u8; 32]> {
    let mut key = Zeroizing::new([0; 32]);
    pbkdf2::pbkdf2_hmac::<Sha256>(password, salt, rounds, key.as_mut_slice());
    key
}

/// Argon2id (RFC 9106), one lane, 32 bytes; `costs` are KiB and passes.
pub(crate) fn argon2id(password: &[u8], salt: &[u8; 16], costs: (u32, u32)) -> Zeroizing<[u8; 32]> {
    let params = Params::new(costs.0, costs.1, 1, Some(32)).expect("constant parameters in range");
    let mut out = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(password, salt, out.as_mut_slice())
        .expect("lengths are within Argon2's bounds");
    out
}

/// AES-256-GCM: encrypts `buffer[from..]` in place and appends the tag.
pub(crate) fn aead_seal(key: &[u8; 32], nonce: &[u8; NONCE], aad: &[u8], buffer: &mut Vec<u8>, from: usize) {
    let tag = Aes256Gcm::new(key.into())
        .encrypt_inout_detached(&Nonce::from(*nonce), aad, (&mut buffer[from..]).into())
        .expect("no buffer in memory reaches the limit of 64 GiB");
    buffer.extend_from_slice(&tag);
}

/// AES-256-GCM: the plaintext of `sealed` = ciphertext ‖ tag, or nothing when it does not verify.
pub(crate) fn aead_open(key: &[u8; 32], nonce: &[u8; NONCE], aad: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let (ciphertext, tag) = sealed.split_at_checked(sealed.len().checked_sub(TAG)?)?;
    let tag = Tag::try_from(tag).ok()?;
    let mut plain = ciphertext.to_vec();
    Aes256Gcm::new(key.into())
        .decrypt_inout_detached(&Nonce::from(*nonce), aad, plain.as_mut_slice().into(), &tag)
        .ok()?;
    Some(plain)
}

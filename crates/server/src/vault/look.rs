//! Looking before taking: what a link leads to. Changes nothing.

use super::{Vault, VaultError};
use burnbag_core::key::SecretKey;
use burnbag_core::outline::{Form, Outline, rounded};
use burnbag_core::seal::OVERHEAD;
use burnbag_core::seal::Place;
use burnbag_core::time::Timestamp;

/// What waits.
#[derive(Clone, Copy, Debug)]
pub struct SecretView {
    /// Row, kind and times.
    pub place: Place,
    /// Text or files, and about how large.
    pub outline: Outline,
    /// Whether too many wrong openers were tried.
    pub locked: bool,
    /// When it was looked at.
    pub at: Timestamp,
}

impl Vault {
    /// What waits for the holder of a key.
    pub async fn look(&self, key: &SecretKey) -> Result<SecretView, VaultError> {
        let at = self.now();
        let waiting = self.peek(key, at).await?.ok_or(VaultError::Unknown)?;
        // Of what the server sealed itself it knows the size.
        let size = waiting.sealed.as_bytes().len().saturating_sub(OVERHEAD);
        let own = Outline { form: Form::Text, size: rounded(size as u64) };
        let outline = waiting.outline.unwrap_or(own);
        Ok(SecretView { place: waiting.place, outline, locked: waiting.is_locked(), at })
    }
}

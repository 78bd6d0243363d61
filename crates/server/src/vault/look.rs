//! Looking before taking: what a link leads to. Changes nothing.

use super::{Vault, VaultError};
use burnbag_core::key::SecretKey;
use burnbag_core::outline::{Form, Outline, rounded};
use burnbag_core::seal::{OVERHEAD, Place};
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
        let check = key.check();
        let glance = self.find(key, |row| self.store.glance(row, &check, at)).await?;
        // Of what the server sealed itself it knows the size.
        let size = glance.length.saturating_sub(OVERHEAD as u64);
        let outline = glance.outline.unwrap_or(Outline { form: Form::Text, size: rounded(size) });
        Ok(SecretView { place: glance.place, outline, locked: glance.is_locked(), at })
    }
}

//! The key that makes requests of this device repeatable: who was interrupted while a secret came may ask for it again
//! within a minute, and nobody else can, because nobody else has this file.
//!
//! 32 random bytes in `client.key`, made once, for the owner alone. Losing it costs nothing but such a repetition.

use crate::disk;
use crate::settings_folder::SettingsFolder;
use burnbag_core::idempotency_key::IdempotencyKey;
use rand::Rng;
use rand::rngs::StdRng;
use std::io::{self, Write};
use zeroize::Zeroizing;

const NAME: &str = "client.key";

/// The key of this device.
pub(crate) struct ClientKey {
    bytes: Zeroizing<[u8; 32]>,
    /// Whether the next call of the program has it too.
    pub(crate) is_kept: bool,
}

impl ClientKey {
    /// The kept key, made at the first call; where it cannot be kept, one for this call.
    pub(crate) fn load_or_make(folder: Option<&SettingsFolder>, rng: &mut StdRng) -> Self {
        let mut fresh = Zeroizing::new([0; 32]);
        rng.fill_bytes(fresh.as_mut_slice());
        match folder.and_then(|folder| keep(folder, &fresh).ok()) {
            Some(bytes) => Self { bytes, is_kept: true },
            None => Self { bytes: fresh, is_kept: false },
        }
    }

    /// What a reveal of a secret is repeated with.
    pub(crate) fn idempotency_key(&self, origin: &str, secret_key: &str) -> IdempotencyKey {
        IdempotencyKey::derive(&self.bytes, origin, secret_key)
    }
}

/// The key that is there; else the fresh one, kept.
fn keep(folder: &SettingsFolder, fresh: &[u8; 32]) -> io::Result<Zeroizing<[u8; 32]>> {
    if let Some(kept) = folder.read(NAME)? {
        let bytes = kept.as_slice().try_into().map_err(|_| io::ErrorKind::InvalidData)?;
        return Ok(Zeroizing::new(bytes));
    }
    folder.make()?;
    let mut file = disk::create_new(&folder.path(NAME))?;
    file.write_all(fresh)?;
    file.sync_all()?;
    Ok(Zeroizing::new(*fresh))
}

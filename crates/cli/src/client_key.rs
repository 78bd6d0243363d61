//! The key that makes requests of this device repeatable: who was interrupted while a secret came may ask for it again
//! within a minute, and nobody else can, because nobody else has this file.
//!
//! 32 random bytes in `client.key`, made once, for the owner alone. Losing it costs nothing but such a repetition.

use crate::settings_folder::SettingsFolder;
use crate::terminal;
use burnbag_core::idempotency_key::IdempotencyKey;
use rand::Rng;
use rand::rngs::StdRng;
use std::io;
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
        if let Some(bytes) = folder.and_then(|folder| keep(folder, &fresh, rng).ok()) {
            return Self { bytes, is_kept: true };
        }
        terminal::say("note: this machine could not keep its key: an interrupted open cannot be repeated");
        Self { bytes: fresh, is_kept: false }
    }

    /// What a reveal of a secret is repeated with.
    pub(crate) fn idempotency_key(&self, origin: &str, secret_key: &str) -> IdempotencyKey {
        IdempotencyKey::derive(&self.bytes, origin, secret_key)
    }
}

/// The key that is there; else the fresh one, kept. Of two calls at once both have the same. One of another length is
/// damaged, and worth nothing.
fn keep(folder: &SettingsFolder, fresh: &[u8; 32], rng: &mut StdRng) -> io::Result<Zeroizing<[u8; 32]>> {
    let kept = match folder.read(NAME)? {
        Some(kept) => Some(kept),
        None => match folder.write_new(NAME, fresh, rng) {
            Ok(()) => return Ok(Zeroizing::new(*fresh)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => folder.read(NAME)?,
            Err(error) => return Err(error),
        },
    };
    if let Some(bytes) = kept.and_then(|kept| kept.as_slice().try_into().ok()) {
        return Ok(Zeroizing::new(bytes));
    }
    folder.write(NAME, fresh, rng)?;
    Ok(Zeroizing::new(*fresh))
}

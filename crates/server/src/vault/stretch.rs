//! Argon2id beside the async threads, a few at a time: each run takes 19 MiB and tens of milliseconds.

use super::VaultError;
use burnbag_core::opener::{Opener, Passphrase, Salt};
use std::sync::Arc;
use std::thread::available_parallelism;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The places where passphrases are stretched.
#[derive(Debug)]
pub(super) struct Stretching(Arc<Semaphore>);

impl Default for Stretching {
    fn default() -> Self {
        let places = available_parallelism().map_or(1, std::num::NonZero::get);
        Self(Arc::new(Semaphore::new(places)))
    }
}

impl Stretching {
    /// Waits for a place.
    pub(super) async fn turn(&self) -> Result<Turn, VaultError> {
        Arc::clone(&self.0).acquire_owned().await.map(|place| Turn { place }).map_err(|_| VaultError::Died)
    }
}

/// A place to stretch one passphrase.
#[derive(Debug)]
pub(super) struct Turn {
    place: OwnedSemaphorePermit,
}

impl Turn {
    /// Stretches it.
    pub(super) async fn stretch(self, passphrase: Passphrase, salt: Salt) -> Result<Opener, VaultError> {
        tokio::task::spawn_blocking(move || {
            let opener = passphrase.stretch(&salt);
            drop(self.place);
            opener
        })
        .await
        .map_err(|_| VaultError::Died)
    }
}

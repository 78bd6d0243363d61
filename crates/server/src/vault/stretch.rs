//! Argon2id beside the async threads, a few at a time: each run takes memory and time.

use super::VaultError;
use burnbag_core::opener::{Opener, Passphrase, Salt};
use std::sync::Arc;
use std::thread::available_parallelism;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Passwords at one time, on however many cores: 64 MiB each.
const PASSWORDS: usize = 2;

/// The places where passphrases, or passwords, are stretched.
#[derive(Debug)]
pub(super) struct Stretching(Arc<Semaphore>);

impl Stretching {
    /// For passphrases, 19 MiB and tens of milliseconds each: as many as there are cores.
    pub(super) fn of_passphrases() -> Self {
        Self(Arc::new(Semaphore::new(cores())))
    }

    /// For passwords, 64 MiB and tenths of a second each: one or two. They never wait for passphrases, nor those for
    /// them.
    pub(super) fn of_passwords() -> Self {
        Self(Arc::new(Semaphore::new(cores().min(PASSWORDS))))
    }

    /// Waits for a place.
    pub(super) async fn turn(&self) -> Result<Turn, VaultError> {
        Arc::clone(&self.0).acquire_owned().await.map(|place| Turn { place }).map_err(|_| VaultError::Died)
    }
}

fn cores() -> usize {
    available_parallelism().map_or(1, std::num::NonZero::get)
}

/// A place to stretch one of them.
#[derive(Debug)]
pub(super) struct Turn {
    place: OwnedSemaphorePermit,
}

impl Turn {
    /// Stretches a passphrase.
    pub(super) async fn stretch(self, passphrase: Passphrase, salt: Salt) -> Result<Opener, VaultError> {
        self.run(move || passphrase.stretch(&salt)).await
    }

    /// Runs one stretching in this place.
    pub(super) async fn run<T: Send + 'static>(
        self,
        stretching: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, VaultError> {
        tokio::task::spawn_blocking(move || {
            let stretched = stretching();
            drop(self.place);
            stretched
        })
        .await
        .map_err(|_| VaultError::Died)
    }
}

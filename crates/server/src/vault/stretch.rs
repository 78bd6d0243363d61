//! Argon2id beside the async threads, a few at a time: each run takes memory and time.

use super::VaultError;
use burnbag_core::opener::{Opener, Passphrase, Salt};
use std::sync::Arc;
use std::thread::available_parallelism;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Passwords at one time, on however many cores: 64 MiB each.
const PASSWORDS: usize = 2;

/// Sign-ins that wait for their turn: seconds of it. Where more come at once, from however many addresses, those are told
/// to come again; they would otherwise fill the connections, and nobody could open a secret.
const WAITING: usize = 64;

/// The places where passphrases, or passwords, are stretched.
#[derive(Debug)]
pub(super) struct Stretching {
    places: Arc<Semaphore>,
    /// Who may wait for a place.
    waiting: Semaphore,
}

impl Stretching {
    /// For passphrases, 19 MiB and tens of milliseconds each: as many as there are cores.
    pub(super) fn of_passphrases() -> Self {
        Self::new(cores(), Semaphore::MAX_PERMITS)
    }

    /// For passwords, 64 MiB and tenths of a second each: one or two. They never wait for passphrases, nor those for
    /// them.
    pub(super) fn of_passwords() -> Self {
        Self::new(cores().min(PASSWORDS), WAITING)
    }

    fn new(places: usize, waiting: usize) -> Self {
        Self { places: Arc::new(Semaphore::new(places)), waiting: Semaphore::new(waiting) }
    }

    /// Waits for a place.
    ///
    /// # Errors
    /// Too many wait already.
    pub(super) async fn turn(&self) -> Result<Turn, VaultError> {
        let _waits = self.waiting.try_acquire().map_err(|_| VaultError::Busy)?;
        let place = Arc::clone(&self.places).acquire_owned().await;
        place.map(|place| Turn { place }).map_err(|_| VaultError::Died)
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

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    #[tokio::test]
    async fn who_finds_too_many_waiting_is_told_to_come_again() {
        let stretching = Stretching::new(1, 1);
        let first = stretching.turn().await.unwrap();
        let mut second = Box::pin(stretching.turn());
        assert!(second.as_mut().now_or_never().is_none(), "it waits");
        let third = stretching.turn().await;
        assert!(matches!(third, Err(VaultError::Busy)), "{third:?}");
        drop(first);
        let _second = second.await.unwrap();
        // Who waits no longer takes no room.
        let mut fourth = Box::pin(stretching.turn());
        assert!(fourth.as_mut().now_or_never().is_none(), "it waits");
        drop(fourth);
        assert!(Box::pin(stretching.turn()).as_mut().now_or_never().is_none(), "it waits");
    }
}

//! Wrong openers per secret and client: 10 in 10 minutes, 20 in all. (The 100 in all per secret stand in its row.)

use super::Wait;
use crate::client::Client;
use burnbag_core::key::Check;
use burnbag_core::time::Timestamp;
use lru::LruCache;
use std::num::NonZeroUsize;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Pairs of secret and client that are remembered at one time. Forgetting one early gives a client more tries, but
/// never more than the secret's row allows to all of them together.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(16_384).expect("not zero");
const IN_ALL: usize = 20;
const RECENT: usize = 10;
const WINDOW: i64 = 10 * 60;

type Key = ([u8; 16], Client);

/// Tries that did not open, or whose outcome is not known yet.
#[derive(Debug)]
pub struct WrongOpeners(Mutex<LruCache<Key, Vec<Timestamp>>>);

/// Why a try is not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoTry {
    /// Too many in a short time.
    Later(Wait),
    /// Too many in all.
    Never,
}

impl Default for WrongOpeners {
    fn default() -> Self {
        Self(Mutex::new(LruCache::unbounded()))
    }
}

impl WrongOpeners {
    /// Charges a try before it is made.
    ///
    /// # Errors
    /// This client may not try this secret now, or never again.
    pub fn charge(&self, secret: Check, client: Client, now: Timestamp) -> Result<(), NoTry> {
        let mut tries = self.lock();
        let times = tries.get_or_insert_mut((secret.0, client), Vec::new);
        if times.len() >= IN_ALL {
            return Err(NoTry::Never);
        }
        if let Some(tenth_last) = times.len().checked_sub(RECENT).map(|index| times[index]) {
            let elapsed = now.since(tenth_last);
            if elapsed < WINDOW {
                return Err(NoTry::Later(Wait((WINDOW - elapsed).unsigned_abs())));
            }
        }
        times.push(now);
        if tries.len() > REMEMBERED.get() {
            tries.pop_lru();
        }
        Ok(())
    }

    /// Takes a charge back: the try opened, or was not made after all.
    pub fn refund(&self, secret: Check, client: Client) {
        let mut tries = self.lock();
        let key = (secret.0, client);
        if let Some(times) = tries.get_mut(&key) {
            times.pop();
            if times.is_empty() {
                tries.pop(&key);
            }
        }
    }

    /// Forgets all tries at a secret: the holder of its receipt unlocked it.
    pub fn forgive(&self, secret: Check) {
        let mut tries = self.lock();
        let of_secret: Vec<Key> = tries.iter().map(|(key, _)| *key).filter(|key| key.0 == secret.0).collect();
        for key in of_secret {
            tries.pop(&key);
        }
    }

    fn lock(&self) -> MutexGuard<'_, LruCache<Key, Vec<Timestamp>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: Check = Check([1; 16]);
    const CLIENT: Client = Client::V4(1);

    #[test]
    fn ten_in_ten_minutes_and_twenty_in_all() {
        let openers = WrongOpeners::default();
        for second in 0..10 {
            assert_eq!(openers.charge(SECRET, CLIENT, Timestamp(second)), Ok(()));
        }
        assert_eq!(openers.charge(SECRET, CLIENT, Timestamp(10)), Err(NoTry::Later(Wait(590))));
        assert_eq!(openers.charge(SECRET, Client::V4(2), Timestamp(10)), Ok(()));
        for second in 600..610 {
            assert_eq!(openers.charge(SECRET, CLIENT, Timestamp(second)), Ok(()));
        }
        assert_eq!(openers.charge(SECRET, CLIENT, Timestamp(99_999)), Err(NoTry::Never));
        openers.forgive(SECRET);
        assert_eq!(openers.charge(SECRET, CLIENT, Timestamp(99_999)), Ok(()));
    }

    #[test]
    fn what_opened_is_no_wrong_try() {
        let openers = WrongOpeners::default();
        for second in 0..100 {
            assert_eq!(openers.charge(SECRET, CLIENT, Timestamp(second)), Ok(()));
            openers.refund(SECRET, CLIENT);
        }
        assert!(openers.lock().is_empty());
    }
}

//! Wrong tries by what is tried, and who tries: so many in 10 minutes, and so many in all.

use super::Wait;
use crate::client::Client;
use burnbag_core::time::Timestamp;
use lru::LruCache;
use std::collections::VecDeque;
use std::hash::Hash;
use std::num::NonZeroUsize;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Keys that are remembered at one time. Forgetting one early gives a client more tries; where that matters another
/// limit bounds all of them together.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(16_384).expect("not zero");
const WINDOW: i64 = 10 * 60;

/// How many wrong tries there may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Allowance {
    /// In ten minutes.
    pub(super) recent: usize,
    /// In all, where there is an end to it.
    pub(super) in_all: Option<usize>,
}

/// Tries that were wrong, or whose outcome is not known yet.
#[derive(Debug)]
pub struct WrongTries<K: Hash + Eq> {
    allowance: Allowance,
    tries: Mutex<LruCache<K, VecDeque<Timestamp>>>,
}

/// Wrong openers by check of the secret and client. (The 100 in all per secret stand in its row.)
pub type WrongOpeners = WrongTries<([u8; 16], Client)>;

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
        Self::new(Allowance { recent: 10, in_all: Some(20) })
    }
}

impl<K: Hash + Eq + Clone> WrongTries<K> {
    pub(super) fn new(allowance: Allowance) -> Self {
        Self { allowance, tries: Mutex::new(LruCache::unbounded()) }
    }

    /// Charges a try before it is made.
    ///
    /// # Errors
    /// There may be none now, or never again.
    pub fn charge(&self, key: K, now: Timestamp) -> Result<(), NoTry> {
        let Allowance { recent, in_all } = self.allowance;
        let mut tries = self.lock();
        let times = tries.get_or_insert_mut(key, VecDeque::new);
        if in_all.is_some_and(|most| times.len() >= most) {
            return Err(NoTry::Never);
        }
        if let Some(oldest) = times.len().checked_sub(recent).map(|index| times[index]) {
            let elapsed = now.since(oldest);
            if elapsed < WINDOW {
                return Err(NoTry::Later(Wait((WINDOW - elapsed).unsigned_abs())));
            }
            if in_all.is_none() {
                times.pop_front();
            }
        }
        times.push_back(now);
        if tries.len() > REMEMBERED.get() {
            tries.pop_lru();
        }
        Ok(())
    }

    /// Takes a charge back: the try was right, or was not made after all.
    pub fn refund(&self, key: &K) {
        let mut tries = self.lock();
        if let Some(times) = tries.get_mut(key) {
            times.pop_back();
            if times.is_empty() {
                tries.pop(key);
            }
        }
    }

    /// Forgets all tries of which this is true.
    pub fn forgive(&self, is_meant: impl Fn(&K) -> bool) {
        let mut tries = self.lock();
        let meant: Vec<K> = tries.iter().map(|(key, _)| key.clone()).filter(is_meant).collect();
        for key in meant {
            tries.pop(&key);
        }
    }

    fn lock(&self) -> MutexGuard<'_, LruCache<K, VecDeque<Timestamp>>> {
        self.tries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLIENT: Client = Client::V4(1);
    const KEY: ([u8; 16], Client) = ([1; 16], CLIENT);

    #[test]
    fn ten_in_ten_minutes_and_twenty_in_all() {
        let openers = WrongOpeners::default();
        for second in 0..10 {
            assert_eq!(openers.charge(KEY, Timestamp(second)), Ok(()));
        }
        assert_eq!(openers.charge(KEY, Timestamp(10)), Err(NoTry::Later(Wait(590))));
        assert_eq!(openers.charge((KEY.0, Client::V4(2)), Timestamp(10)), Ok(()));
        for second in 600..610 {
            assert_eq!(openers.charge(KEY, Timestamp(second)), Ok(()));
        }
        assert_eq!(openers.charge(KEY, Timestamp(99_999)), Err(NoTry::Never));
        openers.forgive(|(secret, _)| *secret == KEY.0);
        assert_eq!(openers.charge(KEY, Timestamp(99_999)), Ok(()));
    }

    #[test]
    fn without_an_end_ten_in_any_ten_minutes() {
        let tries = WrongTries::new(Allowance { recent: 10, in_all: None });
        for round in 0..9 {
            for second in 0..10 {
                assert_eq!(tries.charge(1, Timestamp(600 * round + second)), Ok(()));
            }
            assert_eq!(tries.charge(1, Timestamp(600 * round + 9)), Err(NoTry::Later(Wait(591))));
            assert_eq!(tries.charge(1, Timestamp(600 * round + 599)), Err(NoTry::Later(Wait(1))));
        }
        assert_eq!(tries.lock().peek(&1).map(VecDeque::len), Some(10), "no more is remembered");
    }

    #[test]
    fn what_was_right_is_no_wrong_try() {
        let openers = WrongOpeners::default();
        for second in 0..100 {
            assert_eq!(openers.charge(KEY, Timestamp(second)), Ok(()));
            openers.refund(&KEY);
        }
        assert!(openers.lock().is_empty());
    }
}

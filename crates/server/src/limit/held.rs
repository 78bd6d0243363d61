//! Bytes that anonymous makers hold: per client, and in total.
//!
//! Clients are told apart by an HMAC of their address under a key that lives in memory, for one day. What was made
//! under an earlier key counts for the total only.

use crate::client::Client;
use burnbag_core::time::Timestamp;
use burnbag_store::{Held, Holder};
use hmac::{Hmac, KeyInit, Mac};
use lru::LruCache;
use rand::CryptoRng;
use sha2::Sha256;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use zeroize::Zeroizing;

/// Clients that are remembered at one time.
const REMEMBERED: usize = 65_536;
const DAY: i64 = 24 * 60 * 60;

/// The limits, and what is held.
#[derive(Debug)]
pub struct HeldBytes {
    per_client: u64,
    in_total: u64,
    total: AtomicU64,
    today: Mutex<Today>,
}

/// Why nothing more is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoRoom {
    /// This client holds as much as it may.
    ForClient,
    /// All anonymous clients together do.
    AtAll,
}

struct Today {
    key: Zeroizing<[u8; 32]>,
    until: Timestamp,
    clients: LruCache<i64, u64>,
}

impl std::fmt::Debug for Today {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Today({} clients)", self.clients.len())
    }
}

impl HeldBytes {
    /// Limits in bytes.
    #[must_use]
    pub fn new(per_client: u64, in_total: u64) -> Self {
        let today = Today {
            key: Zeroizing::new([0; 32]),
            until: Timestamp(i64::MIN),
            clients: LruCache::unbounded(),
        };
        Self { per_client, in_total, total: AtomicU64::new(0), today: Mutex::new(today) }
    }

    /// What the store knows to be held, by whomever. Corrects what other processes did.
    pub fn set_total(&self, bytes: u64) {
        self.total.store(bytes, Ordering::Relaxed);
    }

    /// Counts `bytes` for `client` before they are stored.
    ///
    /// # Errors
    /// There is no room; nothing was counted.
    pub fn reserve(
        &self,
        client: Client,
        bytes: u32,
        now: Timestamp,
        rng: &mut impl CryptoRng,
    ) -> Result<Held, NoRoom> {
        if self.total.load(Ordering::Relaxed) + u64::from(bytes) > self.in_total {
            return Err(NoRoom::AtAll);
        }
        let mut today = self.today.lock().unwrap_or_else(PoisonError::into_inner);
        today.turn(now, rng);
        let holder = today.holder(client);
        let held = today.clients.get_or_insert_mut(holder.0, || 0);
        if *held + u64::from(bytes) > self.per_client {
            return Err(NoRoom::ForClient);
        }
        *held += u64::from(bytes);
        if today.clients.len() > REMEMBERED {
            today.clients.pop_lru();
        }
        self.total.fetch_add(u64::from(bytes), Ordering::Relaxed);
        Ok(Held { holder, bytes })
    }

    /// What was held is not any more.
    pub fn release(&self, held: Held) {
        let bytes = u64::from(held.bytes);
        let _ = self
            .total
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |total| Some(total.saturating_sub(bytes)));
        let mut today = self.today.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = today.clients.get_mut(&held.holder.0) {
            *count = count.saturating_sub(bytes);
            if *count == 0 {
                today.clients.pop(&held.holder.0);
            }
        }
    }
}

impl Today {
    fn turn(&mut self, now: Timestamp, rng: &mut impl CryptoRng) {
        if now >= self.until {
            rng.fill_bytes(self.key.as_mut_slice());
            self.until = now.after(DAY);
            self.clients.clear();
        }
    }

    fn holder(&self, client: Client) -> Holder {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.key.as_slice()).expect("any key length is valid");
        match client {
            Client::Account(account) => mac.update(&account.0.to_be_bytes()),
            Client::V4(address) => mac.update(&address.to_be_bytes()),
            Client::V6(network) | Client::Site(network) => mac.update(&network.to_be_bytes()),
        }
        let bytes = mac.finalize().into_bytes();
        Holder(i64::from_be_bytes(bytes[..8].try_into().expect("eight of 32 bytes")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    #[test]
    fn what_is_released_can_be_held_again() {
        let mut rng = StdRng::seed_from_u64(1);
        let held = HeldBytes::new(100, 150);
        let now = Timestamp(0);
        let first = held.reserve(Client::V4(1), 80, now, &mut rng).unwrap();
        assert_eq!(held.reserve(Client::V4(1), 30, now, &mut rng), Err(NoRoom::ForClient));
        assert_eq!(held.reserve(Client::V4(2), 80, now, &mut rng), Err(NoRoom::AtAll));
        held.release(first);
        assert!(held.reserve(Client::V4(1), 30, now, &mut rng).is_ok());
    }

    #[test]
    fn the_next_day_knows_no_client_of_the_day_before() {
        let mut rng = StdRng::seed_from_u64(1);
        let held = HeldBytes::new(100, 1_000);
        let first = held.reserve(Client::V4(1), 100, Timestamp(0), &mut rng).unwrap();
        let second = held.reserve(Client::V4(1), 100, Timestamp(DAY), &mut rng).unwrap();
        assert_ne!(first.holder, second.holder);
    }
}

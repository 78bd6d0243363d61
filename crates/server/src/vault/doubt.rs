//! A secret of which nobody knows whether it was put: the store went away in the middle. Its maker must not hear that it was
//! not made when it was, or he makes another, and who gets a mail gets two.

use super::Vault;
use burnbag_core::fate::Fate;
use burnbag_core::key::Check;
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;
use burnbag_store::{Claim, Pair, StoreError, Take};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{sleep, timeout};

/// How long its maker waits: as long as a store is usually away.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long from one question to the next.
const AGAIN: Duration = Duration::from_millis(250);
/// How often a store must have said that it is not there. What was on its way when the store went away comes soon after it
/// is back, or never.
const MISSED: u32 = 4;

/// How such a secret is found. Nobody else has its row: if there is a receipt under its check, it was put.
#[derive(Clone, Copy)]
pub(super) struct Doubtful {
    row: Row,
    secret_check: Check,
    receipt_check: Check,
    now: Timestamp,
}

impl Doubtful {
    pub(super) const fn of(pair: &Pair) -> Self {
        let (row, now) = (pair.place.row, pair.place.created);
        Self { row, secret_check: pair.secret_check, receipt_check: pair.receipt_check, now }
    }
}

impl Vault {
    /// Whether it was put. When that cannot be learnt in time its maker is told that it was not, and it is undone.
    pub(super) async fn was_put(self: &Arc<Self>, put: Doubtful) -> bool {
        let known = timeout(PATIENCE, self.is_there(put)).await;
        if known.is_err() {
            tracing::warn!(
                "whether a secret was stored is not known; if it was, it is burned when the store is back"
            );
            tokio::spawn(Arc::clone(self).undo(put));
        }
        known.unwrap_or(false)
    }

    async fn is_there(&self, put: Doubtful) -> bool {
        let mut missed = 0;
        while missed < MISSED {
            match self.store.receipt(put.row, &put.receipt_check, put.now).await {
                Ok(Some(_)) => return true,
                Ok(None) => missed += 1,
                Err(StoreError::Unavailable(_) | StoreError::InDoubt(_)) => {}
                Err(StoreError::Corrupt(_)) => return false,
            }
            sleep(AGAIN).await;
        }
        false
    }

    /// Ends it before its mail is on its way: who sends mails waits a little after the store was away.
    async fn undo(self: Arc<Self>, put: Doubtful) {
        if !self.is_there(put).await {
            return;
        }
        let claim = Claim::make(&mut *self.rng());
        loop {
            let (row, check, now) = (put.row, put.secret_check, self.now());
            let take = Take { row, check, fate: Fate::Burned, claim, now };
            match self.store.take(take, None).await {
                Ok(burned) => {
                    return tracing::info!(
                        burned,
                        "a secret was burned whose maker was told that it was not stored"
                    );
                }
                Err(StoreError::Unavailable(_) | StoreError::InDoubt(_)) => sleep(AGAIN).await,
                Err(error @ StoreError::Corrupt(_)) => return super::note_failure(&error),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::Client;
    use crate::clock::FixedClock;
    use crate::limit::{Disk, HeldBytes, Room};
    use crate::vault::{Caller, Content, Draft, Means, VaultError};
    use burnbag_core::lifetime::Lifetime;
    use burnbag_core::server_key::{Keyring, ServerKey};
    use burnbag_store::Store;
    use burnbag_store::faulty::{Fault, Faulty, Verb};
    use burnbag_store::memory::Memory;
    use rand::SeedableRng;
    use rand::rngs::StdRng;
    use std::net::{IpAddr, Ipv4Addr};
    use std::path::PathBuf;

    fn vault(store: Arc<Faulty>) -> Arc<Vault> {
        let mut rng = StdRng::seed_from_u64(8);
        let (held, room) = (HeldBytes::new(10_000, 10_000), Room::new(0));
        let disk = Arc::new(Disk::new(PathBuf::new(), 0, 0));
        let means = Means { held, room, disk, redelivery: 0, mails: None };
        let ring = Keyring::new(ServerKey::make(&mut rng), Vec::new());
        Arc::new(Vault::new(store, ring, Arc::new(FixedClock::at(Timestamp(1_000))), rng, means))
    }

    async fn conceal(vault: &Arc<Vault>) -> Result<(), VaultError> {
        let draft = Draft {
            content: Content::Text { text: "hello".to_owned().into(), passphrase: None },
            lifetime: Lifetime::granted(Some(3600), Lifetime::MAX),
            recipient: None,
            label: None,
        };
        let client = Client::at(IpAddr::from(Ipv4Addr::LOCALHOST));
        vault.conceal(draft, Caller { client, session: None }).await.map(drop)
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_denied_does_not_stay() {
        let store = Arc::new(Faulty::new(Arc::new(Memory::default())));
        let vault = vault(Arc::clone(&store));
        let waits = async || store.held().await.expect("the store") > 0;
        store.next(Verb::Put, Fault::InDoubtDone);
        store.always(Verb::Receipt, Fault::Unavailable);
        let denied = conceal(&vault).await;
        assert!(matches!(denied, Err(VaultError::Store(StoreError::InDoubt(_)))), "{denied:?}");
        assert!(waits().await, "nobody can reach the store");
        store.mend(Verb::Receipt);
        store.next(Verb::Take, Fault::Unavailable);
        sleep(AGAIN * 4).await;
        assert!(!waits().await);
        // One that was never put is not waited for.
        store.next(Verb::Put, Fault::InDoubtNotDone);
        let begun = tokio::time::Instant::now();
        assert!(conceal(&vault).await.is_err() && begun.elapsed() < PATIENCE);
    }

    #[tokio::test(start_paused = true)]
    async fn a_store_that_comes_back_in_time_is_asked() {
        let store = Arc::new(Faulty::new(Arc::new(Memory::default())));
        let vault = vault(Arc::clone(&store));
        store.next(Verb::Put, Fault::InDoubtDone);
        for _ in 0..20 {
            store.next(Verb::Receipt, Fault::Unavailable);
        }
        conceal(&vault).await.expect("it is acknowledged");
    }
}

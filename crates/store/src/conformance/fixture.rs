//! What a law works with: two handles on the same data, keys, and a seeded generator.

use super::sample::{Sample, Wish};
use crate::memory::Memory;
use crate::{Claim, DynStore, Put, Take};
use burnbag_core::fate::{Fate, State};
use burnbag_core::life_key::LifeKey;
use burnbag_core::seal::open_link;
use burnbag_core::server_key::{Keyring, ServerKey};
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

/// When every law begins.
pub const NOW: Timestamp = Timestamp(1_700_000_000);

/// A handle that is being opened.
pub type Opening = Pin<Box<dyn Future<Output = DynStore> + Send>>;
/// Opens one more handle on the data of a fixture.
type Open = Box<dyn Fn() -> Opening + Send + Sync>;
/// The life key that the data hold at a row now.
pub type LifeKeys = Box<dyn Fn(Row) -> LifeKey + Send + Sync>;
/// Makes the second step of the next `put` of this sample fail.
pub type Obstacle = Box<dyn Fn(&Sample) + Send + Sync>;

/// An engine with empty data, and what the laws need to work with it.
pub struct Fixture {
    /// A handle.
    pub one: DynStore,
    /// Another handle on the same data.
    pub two: DynStore,
    /// The server's keys.
    pub ring: Keyring,
    pub(super) life_keys: Option<LifeKeys>,
    pub(super) obstacle: Option<Obstacle>,
    pub(super) has_mails_apart: bool,
    open: Open,
    rng: Mutex<StdRng>,
}

impl Fixture {
    /// A fixture of the engine that `open` opens; every call of it gives another handle on the same data.
    pub async fn new(open: impl Fn() -> Opening + Send + Sync + 'static) -> Self {
        let mut rng = StdRng::seed_from_u64(1);
        let keyring = Keyring::new(ServerKey::make(&mut rng), Vec::new());
        let (one, two) = (open().await, open().await);
        let rng = Mutex::new(rng);
        Self {
            one,
            two,
            ring: keyring,
            life_keys: None,
            obstacle: None,
            has_mails_apart: false,
            open: Box::new(open),
            rng,
        }
    }

    /// For engines that overwrite life keys in place, so that the laws can read what stands there. Engines that keep
    /// the life key as a column cannot promise that nothing is left of it, and give none.
    #[must_use]
    pub fn with_life_keys(mut self, life_keys: impl Fn(Row) -> LifeKey + Send + Sync + 'static) -> Self {
        self.life_keys = Some(Box::new(life_keys));
        self
    }

    /// For engines whose `put` has more than one step. Where one step does it all nothing can fail half-way.
    #[must_use]
    pub fn with_obstacle(mut self, obstacle: impl Fn(&Sample) + Send + Sync + 'static) -> Self {
        self.obstacle = Some(Box::new(obstacle));
        self
    }

    /// For engines that keep a secret's mails beside it, where nobody sees those of others: that the id of a mail, 16
    /// random bytes, is another's already is noticed in one secret only.
    #[must_use]
    pub fn with_mails_apart(mut self) -> Self {
        self.has_mails_apart = true;
        self
    }

    /// Closes both handles and opens them again, as a restart does.
    pub async fn restart(&mut self) {
        let closed: DynStore = Arc::new(Memory::default());
        self.one = Arc::clone(&closed);
        self.two = closed;
        self.one = (self.open)().await;
        self.two = (self.open)().await;
    }

    /// A generator seeded by the one before.
    pub fn rng(&self) -> StdRng {
        let mut last = self.rng.lock().unwrap_or_else(PoisonError::into_inner);
        StdRng::from_rng(&mut *last)
    }

    /// A fresh claim.
    pub fn claim(&self) -> Claim {
        Claim::make(&mut self.rng())
    }

    /// A sealed secret on a leased row, not stored yet.
    pub async fn seal(&self, wish: Wish<'_>) -> Sample {
        let life = LifeKey::make(&mut self.rng());
        let row = self.one.lease(vec![life.clone()]).await.expect("a row can be leased");
        Sample::seal(row, life, wish, &self.ring, &mut self.rng())
    }

    /// A stored secret.
    pub async fn put(&self, wish: Wish<'_>) -> Sample {
        let sample = self.seal(wish).await;
        let put = self.one.put(sample.pair.clone()).await.expect("a secret can be stored");
        assert_eq!(put, Put::Stored, "a leased row is free");
        sample
    }

    /// Ends a secret at [`NOW`].
    pub async fn end(&self, sample: &Sample, fate: Fate) -> Take {
        let take = sample.take(fate, self.claim(), NOW);
        assert!(self.one.take(take, None).await.expect("take works"), "nobody else takes it");
        take
    }

    /// The secret waits at [`NOW`] and opens, for reader and sender.
    pub async fn assert_waits(&self, store: &DynStore, sample: &Sample) {
        let waiting = store.peek(sample.row(), &sample.check(), NOW).await.expect("peek works");
        let waiting = waiting.expect("the secret waits");
        assert!(sample.opens(&waiting.sealed, &waiting.life, &self.ring), "the secret opens");
        let receipt = store.receipt(sample.row(), &sample.receipt.check(), NOW).await;
        let receipt = receipt.expect("receipt works").expect("the receipt is there");
        assert_eq!(receipt.state, State::New, "the receipt says that it waits");
        let (link, life) = receipt.link.expect("the receipt knows the link");
        let link = open_link(&link, &sample.receipt, &life, &sample.pair.place, &self.ring);
        assert!(link.is_ok_and(|link| link == sample.secret), "the receipt opens the link");
    }

    /// The secret is gone, and the receipt knows how it ended.
    pub async fn assert_ended(&self, store: &DynStore, sample: &Sample, fate: Fate, when: Timestamp) {
        let waiting = store.peek(sample.row(), &sample.check(), NOW).await.expect("peek works");
        assert!(waiting.is_none(), "nothing waits");
        let receipt = store.receipt(sample.row(), &sample.receipt.check(), NOW).await;
        let receipt = receipt.expect("receipt works").expect("the receipt stays");
        assert_eq!(receipt.state, State::Ended(fate, when), "the receipt knows the end");
        assert!(receipt.link.is_none(), "the link is gone");
        self.assert_life_key_is_dead(sample);
    }

    /// Nothing that the data hold opens what was retained of a secret.
    pub fn assert_life_key_is_dead(&self, sample: &Sample) {
        if let Some(life_keys) = &self.life_keys {
            let life = life_keys(sample.row());
            assert!(life == LifeKey::DEAD, "the life key is overwritten");
            assert!(!sample.opens(&sample.pair.sealed, &life, &self.ring), "what is left does not open");
        }
    }
}

impl fmt::Debug for Fixture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fixture").field("one", &self.one).finish_non_exhaustive()
    }
}

//! The store on Redis, against real servers: every law, and what happens when connections or servers go.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

#[path = "redis/encrypted.rs"]
mod encrypted;
#[path = "redis/failover.rs"]
mod failover;
#[path = "redis/full.rs"]
mod full;
#[path = "redis/kept.rs"]
mod kept;
#[path = "redis/laws.rs"]
mod laws;
#[path = "redis/lost.rs"]
mod lost;
#[path = "redis/processes.rs"]
mod processes;
#[path = "redis/sentinel.rs"]
mod sentinel;
#[expect(dead_code, reason = "the benchmark does more with it")]
#[path = "support/redis.rs"]
mod servers;
#[path = "redis/storm.rs"]
mod storm;
mod support;

use burnbag_core::fate::Fate;
use burnbag_core::life_key::LifeKey;
use burnbag_core::server_key::{Keyring, ServerKey};
use burnbag_core::tag::Row;
use burnbag_store::conformance::{NOW, Sample, Wish};
use burnbag_store::redis::{Redis, RedisUrl};
use burnbag_store::{Claim, DynStore, Put, StoreError, Take};
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::sync::Arc;
use std::time::Duration;

/// Longer than anything that a store does may take.
const BOUND: Duration = Duration::from_secs(25);

/// A handle on the data at `url`.
async fn open(url: &str) -> DynStore {
    Arc::new(Redis::open(&RedisUrl::parse(url).unwrap()).await.unwrap())
}

/// A sealed secret on a leased row, not stored yet.
async fn seal(store: &DynStore, wish: Wish<'_>, seed: u64) -> Result<Sample, StoreError> {
    let life = LifeKey::make(&mut StdRng::seed_from_u64(seed));
    let row = store.lease(vec![life]).await?;
    Ok(sealed_at(row, wish, seed))
}

/// The same of a row that is known.
fn sealed_at(row: Row, wish: Wish<'_>, seed: u64) -> Sample {
    let rng = &mut StdRng::seed_from_u64(seed);
    let keyring = Keyring::new(ServerKey::make(&mut StdRng::seed_from_u64(0)), Vec::new());
    let life = LifeKey::make(rng);
    Sample::seal(row, life, wish, &keyring, rng)
}

/// A stored secret.
async fn put(store: &DynStore, wish: Wish<'_>, seed: u64) -> Sample {
    let sample = seal(store, wish, seed).await.unwrap();
    assert_eq!(store.put(sample.pair.clone()).await.unwrap(), Put::Stored);
    sample
}

fn reveal(sample: &Sample, claim: u8) -> Take {
    sample.take(Fate::Revealed, Claim([claim; 16]), NOW)
}

async fn waits(store: &DynStore, sample: &Sample) -> bool {
    store.peek(sample.row(), &sample.check(), NOW).await.unwrap().is_some()
}

/// Whether a claim won, asked until that is known.
async fn settle(store: &DynStore, take: &Take) -> bool {
    loop {
        if let Ok(won) = store.settle(take.row, take.claim).await {
            return won;
        }
    }
}

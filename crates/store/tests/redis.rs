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
#[path = "redis/named.rs"]
mod named;
#[path = "redis/processes.rs"]
mod processes;
#[path = "support/secrets.rs"]
mod secrets;
#[path = "redis/sentinel.rs"]
mod sentinel;
#[expect(dead_code, reason = "the benchmark does more with it")]
#[path = "support/redis.rs"]
mod servers;
#[path = "redis/storm.rs"]
mod storm;
mod support;
#[path = "support/weather.rs"]
mod weather;

use burnbag_core::fate::Fate;
use burnbag_store::conformance::{NOW, Sample};
use burnbag_store::redis::{Redis, RedisUrl};
use burnbag_store::{Claim, DynStore, Take};
use secrets::{put, seal, sealed_at, settle};
use std::sync::Arc;
use std::time::Duration;

/// Longer than anything that a store does may take.
const BOUND: Duration = Duration::from_secs(25);

/// A handle on the data at `url`.
async fn open(url: &str) -> DynStore {
    Arc::new(Redis::open(&RedisUrl::parse(url).unwrap()).await.unwrap())
}

fn reveal(sample: &Sample, claim: u8) -> Take {
    sample.take(Fate::Revealed, Claim([claim; 16]), NOW)
}

async fn waits(store: &DynStore, sample: &Sample) -> bool {
    store.peek(sample.row(), &sample.check(), NOW).await.unwrap().is_some()
}

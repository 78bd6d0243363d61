//! The store on a PostgreSQL server, against real servers: every law, and what happens when connections or the server go.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

#[expect(dead_code, reason = "the benchmark does more with it")]
#[path = "support/cluster.rs"]
mod cluster;
#[path = "postgres/encrypted.rs"]
mod encrypted;
#[path = "postgres/indexes.rs"]
mod indexes;
#[path = "postgres/laws.rs"]
mod laws;
#[path = "postgres/lost.rs"]
mod lost;
#[path = "postgres/moving.rs"]
mod moving;
#[path = "postgres/proxy.rs"]
mod proxy;
#[path = "postgres/replicas.rs"]
mod replicas;
#[path = "postgres/storm.rs"]
mod storm;
#[path = "postgres/together.rs"]
mod together;

use burnbag_core::life_key::LifeKey;
use burnbag_core::server_key::{Keyring, ServerKey};
use burnbag_store::conformance::{Sample, Wish};
use burnbag_store::postgres::{Postgres, PostgresUrl};
use burnbag_store::{DynStore, Put, StoreError};
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::sync::Arc;

/// A handle on the data at `url`.
async fn open(url: &str) -> DynStore {
    Arc::new(Postgres::open(&PostgresUrl::parse(url).unwrap()).await.unwrap())
}

/// A sealed secret on a leased row, not stored yet.
async fn seal(store: &DynStore, wish: Wish<'_>, seed: u64) -> Result<Sample, StoreError> {
    let rng = &mut StdRng::seed_from_u64(seed);
    let keyring = Keyring::new(ServerKey::make(&mut StdRng::seed_from_u64(0)), Vec::new());
    let life = LifeKey::make(rng);
    let row = store.lease(vec![life.clone()]).await?;
    Ok(Sample::seal(row, life, wish, &keyring, rng))
}

/// A stored secret.
async fn put(store: &DynStore, wish: Wish<'_>, seed: u64) -> Sample {
    let sample = seal(store, wish, seed).await.unwrap();
    assert_eq!(store.put(sample.pair.clone()).await.unwrap(), Put::Stored);
    sample
}

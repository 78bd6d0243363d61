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
#[path = "support/secrets.rs"]
mod secrets;
#[path = "postgres/storm.rs"]
mod storm;
#[path = "postgres/together.rs"]
mod together;
#[path = "support/weather.rs"]
mod weather;

use burnbag_store::DynStore;
use burnbag_store::postgres::{Postgres, PostgresUrl};
use secrets::{put, seal};
use std::sync::Arc;

/// A handle on the data at `url`.
async fn open(url: &str) -> DynStore {
    Arc::new(Postgres::open(&PostgresUrl::parse(url).unwrap()).await.unwrap())
}

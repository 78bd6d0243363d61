//! The store that the configuration names, opened; and `burnbag store`.

mod copy;
mod named;
mod one;

use super::system_rng;
use crate::args::Store as Command;
use crate::failure::Failure;
use anyhow::{Context, bail};
use burnbag_server::config::Config;
use burnbag_store::sqlite::{DataDir, Sqlite};
use burnbag_store::{DynStore, Stage};
use std::sync::Arc;

/// Whether a data directory that does not exist is made.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    Make,
    Refuse,
}

pub(crate) fn run(command: Command) -> Result<u8, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|error| Failure::other("the system gives no runtime", error))?;
    runtime.block_on(async {
        match command {
            Command::Copy { from, from_password_file, to, to_password_file, json } => {
                copy::run((&from, from_password_file), (&to, to_password_file), json).await
            }
            Command::Reopen(args) => one::reopen(&args).await,
            Command::Erase(args) => one::erase(&args).await,
        }
    })?;
    Ok(0)
}

/// Opens the store to work on it. Answers also whether it was made just now.
pub(crate) async fn open(config: &Config, missing: Missing) -> anyhow::Result<(DynStore, bool)> {
    let (store, is_new) = open_any(config, missing).await?;
    let last = store.last_move().await.context(CANNOT)?;
    match last.map(|(_, stage)| stage) {
        None | Some(Stage::Arrived) => Ok((store, is_new)),
        Some(Stage::Arriving) => bail!(
            "this store is being filled from another one, and not complete\n  the same burnbag store copy again goes on"
        ),
        Some(Stage::Leaving) => bail!(
            "what this store holds is on its way to another one\n  the same burnbag store copy again goes on; if that was given up, burnbag store reopen"
        ),
        Some(Stage::Left) => bail!(
            "what this store held is in another one now\n  name that one in the option store; burnbag store erase empties this one"
        ),
    }
}

/// Opens the store, whatever it is in a move.
async fn open_any(config: &Config, missing: Missing) -> anyhow::Result<(DynStore, bool)> {
    if let Some(store) = open_shared(config).await? {
        return Ok((store, false));
    }
    let dir = match missing {
        Missing::Make => DataDir::create(&config.data)?,
        Missing::Refuse => DataDir::existing(&config.data)?,
    };
    let is_new = !dir.holds_store();
    let store = Sqlite::open(&dir, &mut system_rng()?).context(CANNOT)?;
    Ok((Arc::new(store), is_new))
}

const CANNOT: &str = "the store cannot be opened";

/// A store that other nodes may use too, if it is one.
async fn open_shared(config: &Config) -> anyhow::Result<Option<DynStore>> {
    config.check_store()?;
    if let Some(store) = open_postgres(config).await? {
        return Ok(Some(store));
    }
    open_redis(config).await
}

#[cfg(feature = "postgres")]
async fn open_postgres(config: &Config) -> anyhow::Result<Option<DynStore>> {
    use burnbag_store::postgres::Postgres;
    let Some(url) = config.postgres()? else { return Ok(None) };
    if url.is_readable_on_the_way() {
        tracing::warn!(
            "the store's sslmode is disable: what is stored, with the keys that it holds, travels in clear to the database"
        );
    }
    let store = Postgres::open(&url).await.context(CANNOT)?;
    Ok(Some(Arc::new(store)))
}

#[cfg(not(feature = "postgres"))]
#[expect(clippy::unused_async, reason = "as where there is something to wait for")]
async fn open_postgres(_config: &Config) -> anyhow::Result<Option<DynStore>> {
    Ok(None)
}

#[cfg(feature = "redis")]
async fn open_redis(config: &Config) -> anyhow::Result<Option<DynStore>> {
    use burnbag_store::redis::Redis;
    let Some(url) = config.redis()? else { return Ok(None) };
    if url.is_readable_on_the_way() {
        tracing::warn!(
            "the store's URL asks for no TLS: what is stored, with the keys that it holds, travels in clear to Redis; write rediss://"
        );
    }
    let store = Redis::open(&url).await.context(CANNOT)?;
    Ok(Some(Arc::new(store)))
}

#[cfg(not(feature = "redis"))]
#[expect(clippy::unused_async, reason = "as where there is something to wait for")]
async fn open_redis(_config: &Config) -> anyhow::Result<Option<DynStore>> {
    Ok(None)
}

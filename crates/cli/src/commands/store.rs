//! The store that the configuration names, opened.

use super::system_rng;
use anyhow::Context;
use burnbag_server::config::Config;
use burnbag_store::DynStore;
use burnbag_store::sqlite::{DataDir, Sqlite};
use std::sync::Arc;

/// Whether a data directory that does not exist is made.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    Make,
    Refuse,
}

/// Opens the store. Answers also whether it was made just now.
pub(crate) async fn open(config: &Config, missing: Missing) -> anyhow::Result<(DynStore, bool)> {
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

#[cfg(feature = "postgres")]
async fn open_shared(config: &Config) -> anyhow::Result<Option<DynStore>> {
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
async fn open_shared(config: &Config) -> anyhow::Result<Option<DynStore>> {
    config.refuse_postgres()?;
    Ok(None)
}

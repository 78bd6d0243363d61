//! The pool of connections, and the settings that every one of them has.

use super::address::PostgresUrl;
use super::reach::AnyOf;
use super::trouble::Trouble;
use super::trust;
use deadpool_postgres::{
    Hook, HookError, Manager, ManagerConfig, Pool, PoolBuilder, RecyclingMethod, Runtime,
};
use std::time::Duration;
use tokio_postgres::NoTls;

/// How long to wait for a connection that others use, and for a new one.
const WAIT: Duration = Duration::from_secs(3);

/// No statement runs for ever. Who began something and is silent then, as a node that was stopped, is cut off before those who
/// wait for its rows give up. What was acknowledged must survive a crash, so a database whose default is otherwise is told;
/// who waits for replicas waits as before. Plans are made once for each statement, whatever its values: made by counts that
/// are behind, as they are while much is written, the newest thousand of a list were found by sorting all of it.
const SETTINGS: &str = "SET statement_timeout = 5000; SET idle_in_transaction_session_timeout = 2000;
    SELECT set_config('synchronous_commit', 'on', FALSE) WHERE current_setting('synchronous_commit') = 'off';
    SELECT set_config(name, 'force_generic_plan', FALSE) FROM pg_settings WHERE name = 'plan_cache_mode'";

pub(super) fn pool(url: &PostgresUrl) -> Result<Pool, Trouble> {
    let config = &url.config;
    let settings = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let manager = if url.is_encrypted() {
        let connector = trust::connector(url);
        let connector = connector.map_err(|error| Trouble::Other(format!("no TLS: {error}")))?;
        Manager::from_connect(config.clone(), AnyOf::new(config, connector), settings)
    } else {
        Manager::from_connect(config.clone(), AnyOf::new(config, NoTls), settings)
    };
    let settle = Hook::async_fn(|client: &mut deadpool_postgres::ClientWrapper, _| {
        Box::pin(async move { client.batch_execute(SETTINGS).await.map_err(HookError::Backend) })
    });
    builder(manager, url.connections)
        .post_create(settle)
        .build()
        .map_err(|error| Trouble::Other(error.to_string()))
}

fn builder(manager: Manager, connections: usize) -> PoolBuilder {
    Pool::builder(manager)
        .max_size(connections)
        .runtime(Runtime::Tokio1)
        .wait_timeout(Some(WAIT))
        .create_timeout(Some(WAIT))
        .recycle_timeout(Some(WAIT))
}

//! What happens once a second: expired secrets end, the store is tended, limits learn what others did.

use crate::app::App;
use burnbag_store::StoreError;
use std::sync::{Arc, PoisonError};
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};

/// Rows in one sweep: a bound for the time that requests wait behind it.
const SWEEP: u32 = 500;

const LACKS_A_KEY: &str = "the store holds secrets under a server key that this server does not have: their links do not open here; give all servers the same keys";

/// Runs until it is aborted.
pub async fn run(app: Arc<App>) {
    let mut ticks = interval(Duration::from_secs(1));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut failing = false;
    loop {
        ticks.tick().await;
        match once(&app).await {
            Ok(()) => failing = false,
            Err(error) if failing => tracing::debug!(%error, "upkeep still fails"),
            Err(error) => {
                failing = true;
                let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
                tracing::error!(%error, cause, "upkeep failed");
            }
        }
    }
}

/// One round.
pub async fn once(app: &App) -> Result<(), StoreError> {
    let vault = &app.vault;
    loop {
        let swept = vault.store().sweep(vault.now(), SWEEP).await?;
        for held in &swept.released {
            vault.held().release(*held);
        }
        if swept.expired + swept.receipts + swept.forgotten + swept.mails + swept.credentials == 0 {
            break;
        }
    }
    let warning = vault.store().tend(vault.now()).await?;
    // The start refuses this, but on a store that held nothing yet, or from a server that came later with another key.
    let warning = if vault.lacks_a_key().await? { Some(LACKS_A_KEY) } else { warning };
    let before =
        std::mem::replace(&mut *app.store_warning.lock().unwrap_or_else(PoisonError::into_inner), warning);
    if let Some(warning) = warning.filter(|warning| before != Some(*warning)) {
        tracing::warn!("{warning}");
    }
    vault.held().set_total(vault.store().held().await?);
    app.disk.look();
    Ok(())
}

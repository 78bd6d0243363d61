//! The service: [`routes`] in front, the [`vault`] behind them, a store below. `vault` knows no HTTP; handlers know no
//! storage.
//!
//! | module | what stands there |
//! | --- | --- |
//! | [`app`] | the collaborators, built once |
//! | [`config`] | every option, and the server key |
//! | [`routes`] | every path, and what serves it |
//! | [`v1`] | the v1 wire with all its quirks |
//! | `web` | the pages |
//! | [`http`] | what every request and answer goes through |
//! | [`site`], [`i18n`] | how the pages look and what they load, and their texts in every language |
//! | [`mail`] | letters, the outbox, and the mail server |
//! | [`vault`] | the use cases |
//! | [`limit`] | calls, mails, wrong openers and sign-ins, bytes held, room in memory, free disk, forms that work once |
//! | [`upkeep`] | what happens once a second: sweep, log truncation |
//! | [`clock`], [`telemetry`], [`client`] | time, logs, who calls |

pub mod app;
pub mod client;
pub mod clock;
pub mod config;
pub mod http;
pub mod i18n;
pub mod limit;
pub mod mail;
pub mod routes;
pub mod site;
pub mod telemetry;
pub mod upkeep;
pub mod v1;
pub mod vault;
mod web;

use app::App;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::time::timeout;

/// How long the mail that is being sent at the end may take. What is cut off is sent again, perhaps twice.
const LAST_MAIL: Duration = Duration::from_secs(10);

/// How long that may take which goes on after its answer.
const ANSWERED: Duration = Duration::from_secs(2);

/// Serves until `shutdown` is done, then finishes the requests in flight, and what they left to be done.
pub async fn run(app: Arc<App>, listener: TcpListener, shutdown: impl Future<Output = ()>) {
    let upkeep = tokio::spawn(upkeep::run(Arc::clone(&app)));
    let (stop, stopped) = watch::channel(false);
    let outbox = app.outbox.clone();
    let mut sending = tokio::spawn(async move {
        if let Some(outbox) = outbox {
            outbox.run(stopped).await;
        }
    });
    let answered = app.answered.clone();
    let routes = routes::all(Arc::clone(&app));
    http::serve(app, routes, listener, shutdown).await;
    answered.close();
    let _ = timeout(ANSWERED, answered.wait()).await;
    let _ = stop.send(true);
    if timeout(LAST_MAIL, &mut sending).await.is_err() {
        tracing::warn!("a mail server did not answer in time; the mail is sent again after the next start");
        sending.abort();
    }
    upkeep.abort();
}

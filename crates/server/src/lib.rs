//! The service: [`http`] in front, the [`vault`] behind it, a store below. `vault` knows no HTTP; handlers know no
//! storage.
//!
//! | module | what stands there |
//! | --- | --- |
//! | [`app`] | the collaborators, built once |
//! | [`config`] | every option, and the server key |
//! | [`http`] | routes, and the v1 wire with all its quirks in `http::v1` |
//! | [`web`], [`i18n`] | the pages, and their texts in every language |
//! | [`vault`] | the use cases |
//! | [`limit`] | calls, wrong openers and sign-ins, bytes held, free disk |
//! | [`mail`] | the line to the mail server |
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
pub mod telemetry;
pub mod upkeep;
pub mod vault;
pub mod web;

use app::App;
use std::sync::Arc;
use tokio::net::TcpListener;

/// Serves until `shutdown` is done, then finishes the requests in flight.
pub async fn run(app: Arc<App>, listener: TcpListener, shutdown: impl Future<Output = ()>) {
    let upkeep = tokio::spawn(upkeep::run(Arc::clone(&app)));
    http::serve(app, listener, shutdown).await;
    upkeep.abort();
}

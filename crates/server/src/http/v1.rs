//! The One-Time Secret v1 wire: lenient input, exact shapes out. All its quirks stand below this file.
//!
//! | file | wire spec |
//! | --- | --- |
//! | `call` | what every call goes through: credentials §6, throttle §7.6, body |
//! | `params` | where parameters come from §2 |
//! | `error` | refusals §5 |
//! | `shape` | receipts §3.1, states §4 |
//! | `draft` | what is to be made: a text, or an envelope; recipients §8 |
//! | `secrets` | share, create, generate, reveal §3.3–3.6, and our own: status of a secret, forget |
//! | `receipts` | receipt, burn, unlock, recent, status §3.2–3.7 |

mod call;
mod draft;
mod error;
pub mod params;
mod receipts;
mod secrets;
mod shape;

use crate::app::App;
use axum::Router;
use axum::routing::{get, post};
use burnbag_api::BASE;
use std::sync::Arc;

/// The routes (wire spec §1). GET routes serve HEAD too, and none of them changes anything. Not nested below
/// `/api/v1`: that would rewrite the target of every request.
pub(super) fn routes() -> Router<Arc<App>> {
    let at = |path: &str| format!("{BASE}{path}");
    let mut routes = Router::new()
        .route(&at("/status"), get(receipts::status))
        .route(&at("/authcheck"), get(receipts::authcheck))
        .route(&at("/share"), post(secrets::share))
        .route(&at("/create"), post(secrets::share))
        .route(&at("/generate"), post(secrets::generate))
        .route(&at("/secret/{key}"), post(secrets::reveal))
        .route(&at("/secret/{key}/status"), get(secrets::status))
        .route(&at("/secret/{key}/forget"), post(secrets::forget));
    for alias in ["private", "metadata", "receipt"] {
        let at = |path: &str| format!("{BASE}/{alias}{path}");
        routes = routes
            // POST is tolerated: three clients send it, and v1 only ever answered an error.
            .route(&at("/recent"), get(receipts::recent).post(receipts::recent))
            .route(&at("/{key}"), get(receipts::receipt).post(receipts::receipt))
            .route(&at("/{key}/burn"), post(receipts::burn))
            .route(&at("/{key}/unlock"), post(receipts::unlock));
    }
    routes
}

//! The One-Time Secret v1 wire: lenient input, exact shapes out. All its quirks stand below this file.
//!
//! | file | wire spec |
//! | --- | --- |
//! | `call` | what every call goes through: credentials §6, throttle §7.6, body |
//! | `params` | where parameters come from §2 |
//! | `error` | refusals §5 |
//! | `shape` | receipts §3.1, states §4 |
//! | `secrets` | share, create, generate, reveal §3.3–3.6 |
//! | `receipts` | receipt, burn, unlock, recent, status §3.2–3.7 |

mod call;
mod error;
pub mod params;
mod receipts;
mod secrets;
mod shape;

use crate::app::App;
use axum::Router;
use axum::routing::{get, post};
use std::sync::Arc;

/// The routes, below `/api/v1` (wire spec §1). GET routes serve HEAD too, and none of them changes anything.
pub(super) fn routes() -> Router<Arc<App>> {
    let mut routes = Router::new()
        .route("/status", get(receipts::status))
        .route("/authcheck", get(receipts::authcheck))
        .route("/share", post(secrets::share))
        .route("/create", post(secrets::share))
        .route("/generate", post(secrets::generate))
        .route("/secret/{key}", post(secrets::reveal));
    for alias in ["private", "metadata", "receipt"] {
        routes = routes
            // POST is tolerated: three clients send it, and v1 only ever answered an error.
            .route(&format!("/{alias}/recent"), get(receipts::recent).post(receipts::recent))
            .route(&format!("/{alias}/{{key}}"), get(receipts::receipt).post(receipts::receipt))
            .route(&format!("/{alias}/{{key}}/burn"), post(receipts::burn))
            .route(&format!("/{alias}/{{key}}/unlock"), post(receipts::unlock));
    }
    routes
}

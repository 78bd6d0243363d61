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
use axum::routing::{MethodRouter, get, post};
use burnbag_api::BASE;
use std::sync::Arc;

/// The routes (wire spec §1). Not nested below `/api/v1`: that would rewrite the target of every request.
pub(crate) fn table() -> Vec<(String, MethodRouter<Arc<App>>)> {
    let at = |path: &str| format!("{BASE}{path}");
    let mut table = vec![
        (at("/status"), get(receipts::status)),
        (at("/authcheck"), get(receipts::authcheck)),
        (at("/share"), post(secrets::share)),
        (at("/create"), post(secrets::share)),
        (at("/generate"), post(secrets::generate)),
        (at("/secret/{key}"), post(secrets::reveal)),
        (at("/secret/{key}/status"), get(secrets::status)),
        (at("/secret/{key}/forget"), post(secrets::forget)),
    ];
    for alias in ["private", "metadata", "receipt"] {
        let at = |path: &str| format!("{BASE}/{alias}{path}");
        table.extend([
            // POST is tolerated: three clients send it, and v1 only ever answered an error.
            (at("/recent"), get(receipts::recent).post(receipts::recent)),
            (at("/{key}"), get(receipts::receipt).post(receipts::receipt)),
            (at("/{key}/burn"), post(receipts::burn)),
            (at("/{key}/unlock"), post(receipts::unlock)),
        ]);
    }
    table
}

//! Liveness and readiness.

use super::{Answer, json};
use crate::app::App;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// What both answer.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct Health {
    /// `ok`, `ready`, `draining` or `unavailable`.
    status: &'static str,
    /// What an operator should mend; readiness only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    warnings: Vec<&'static str>,
}

/// The process answers.
pub(super) async fn healthz() -> Answer {
    json::answer(StatusCode::OK, &Health { status: "ok", warnings: Vec::new() })
}

/// The store answers too, and the server is not about to end.
pub(super) async fn readyz(State(app): State<Arc<App>>) -> Answer {
    let warnings = app.warnings();
    if app.is_stopping.load(Ordering::Relaxed) {
        return json::answer(StatusCode::SERVICE_UNAVAILABLE, &Health { status: "draining", warnings });
    }
    match app.vault.store().ping().await {
        Ok(()) => json::answer(StatusCode::OK, &Health { status: "ready", warnings }),
        Err(error) => {
            tracing::error!(%error, "not ready");
            json::answer(StatusCode::SERVICE_UNAVAILABLE, &Health { status: "unavailable", warnings })
        }
    }
}

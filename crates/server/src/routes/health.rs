//! Liveness and readiness.

use crate::app::App;
use crate::http::{Answer, json};
use axum::extract::State;
use axum::http::StatusCode;
use burnbag_store::StoreError;
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
    match is_ready(&app).await {
        Ok(()) => json::answer(StatusCode::OK, &Health { status: "ready", warnings }),
        Err(error) => {
            let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
            tracing::error!(%error, cause, "not ready");
            json::answer(StatusCode::SERVICE_UNAVAILABLE, &Health { status: "unavailable", warnings })
        }
    }
}

/// Whether the store answers, and is still the one to ask.
async fn is_ready(app: &App) -> Result<(), StoreError> {
    let store = app.vault.store();
    store.ping().await?;
    match store.last_move().await? {
        Some((_, stage)) if !stage.serves() => Err(StoreError::Unavailable(
            "what this store holds moves to another one, or comes from there".into(),
        )),
        Some(_) | None => Ok(()),
    }
}

//! HTTP: what every request and answer goes through, whatever is asked for.
//!
//! Order for a request: `connection` (timeouts, number of connections) → `guard` (what no route accepts) → the route
//! → on the way back `headers`.

pub(crate) mod body;
mod connection;
pub(crate) mod cookies;
mod guard;
mod headers;
pub(crate) mod json;
mod origin;
mod peer;
mod safety;
mod signed_in;

pub use connection::serve;
pub(crate) use origin::Origin;
pub use peer::Peer;
pub(crate) use safety::Safety;
pub(crate) use signed_in::{SignedIn, start_session};

use crate::app::App;
use axum::Router;
use axum::body::Body;
use axum::extract::MatchedPath;
use axum::http::{Request, Response, StatusCode};
use burnbag_api::{Message, text};
use futures_util::FutureExt;
use std::panic::AssertUnwindSafe;
use tower::ServiceExt;

/// An answer.
pub type Answer = Response<Body>;

/// One request, from framing to answer. A defect of ours becomes a constant answer, and a line in the log.
async fn handle(app: &App, routes: Router, mut request: Request<Body>) -> Answer {
    let noted = app.log_requests.then(|| (request.method().clone(), app.clock.elapsed()));
    let answer = if let Some(refusal) = guard::refusal(app, &mut request) {
        refusal
    } else {
        let answered = AssertUnwindSafe(routes.oneshot(request)).catch_unwind().await;
        answered.map_or_else(|_| defect(), |Ok(answer)| answer)
    };
    if let Some((method, started)) = noted {
        let route = answer.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str);
        let milliseconds =
            u64::try_from(app.clock.elapsed().saturating_sub(started).as_millis()).unwrap_or(u64::MAX);
        tracing::info!(%method, route, status = answer.status().as_u16(), milliseconds, "request");
    }
    headers::protect(app, answer)
}

/// What is answered after a defect of ours.
pub(crate) fn defect() -> Answer {
    let body = Message { detail: None, message: text::INTERNAL.to_owned() };
    json::answer(StatusCode::INTERNAL_SERVER_ERROR, &body)
}

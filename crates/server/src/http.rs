//! HTTP: the route table, and what every request and answer goes through.
//!
//! Order for a request: `connection` (timeouts, number of connections) → `guard` (what no route accepts) → the route
//! → on the way back `headers`. The v1 wire with all its quirks is `v1`.

mod body;
mod connection;
mod connector;
mod guard;
mod headers;
mod health;
mod json;
mod openapi;
mod origin;
mod peer;
pub mod v1;

pub(crate) use body::{BodyError, read as read_body};
pub use connection::serve;
pub(crate) use json::body_in_place;
pub(crate) use origin::Origin;
pub use peer::Peer;

use crate::app::App;
use crate::web::{Visitor, no_page, reads_pages};
use axum::Router;
use axum::body::Body;
use axum::extract::{FromRequestParts, MatchedPath, State};
use axum::http::{Request, Response, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::routing::{MethodRouter, get};
use burnbag_api::connector::DEFINITION_PATH;
use burnbag_api::{Message, NoRoute, text};
use futures_util::FutureExt;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use tower::ServiceExt;

/// An answer.
pub type Answer = Response<Body>;

/// The route table: each path, and what serves it. GET routes serve HEAD too, and none of them changes anything.
fn table() -> Vec<(String, MethodRouter<Arc<App>>)> {
    let mut table = program_table();
    table.extend(crate::web::table());
    table
}

fn program_table() -> Vec<(String, MethodRouter<Arc<App>>)> {
    let mut table = v1::table();
    table.extend([
        ("/healthz".to_owned(), get(health::healthz)),
        ("/readyz".to_owned(), get(health::readyz)),
        (openapi::PATH.to_owned(), get(openapi::document)),
        (DEFINITION_PATH.to_owned(), get(connector::api_definition)),
    ]);
    table
}

/// The paths that programs use, for the test that holds the OpenAPI document against them.
pub fn paths() -> Vec<String> {
    program_table().into_iter().map(|(path, _)| path).collect()
}

/// All routes.
pub fn routes(app: Arc<App>) -> Router {
    let routes =
        table().into_iter().fold(Router::new(), |routes, (path, served)| routes.route(&path, served));
    let routes = if app.log_requests { routes.route_layer(from_fn(note_route)) } else { routes };
    routes.fallback(no_route).method_not_allowed_fallback(no_route).with_state(app)
}

/// Notes the route's template on the answer, for the log: the path may hold a key.
async fn note_route(request: Request<Body>, next: Next) -> Answer {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let mut answer = next.run(request).await;
    if let Some(route) = route {
        answer.extensions_mut().insert(route);
    }
    answer
}

/// One request, from framing to answer. A defect of ours becomes a constant answer, and a line in the log.
pub async fn handle(app: &App, routes: Router, mut request: Request<Body>) -> Answer {
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

/// No such route, or not with this method: 404 in both cases (wire spec §1).
async fn no_route(State(app): State<Arc<App>>, request: Request<Body>) -> Answer {
    let is_api = request.uri().path().starts_with("/api/");
    if request.method().is_safe() && !is_api && reads_pages(request.headers()) {
        let (mut parts, _) = request.into_parts();
        return match Visitor::from_request_parts(&mut parts, &app).await {
            Ok(visitor) => no_page(visitor).await,
            Err(instead) => instead,
        };
    }
    let body = NoRoute { error: text::NOT_FOUND.to_owned() };
    let mut answer = json::answer(StatusCode::NOT_FOUND, &body);
    let plain = axum::http::HeaderValue::from_static("application/json");
    answer.headers_mut().insert(axum::http::header::CONTENT_TYPE, plain);
    answer
}

pub(crate) fn defect() -> Answer {
    let body = Message { detail: None, message: text::INTERNAL.to_owned() };
    json::answer(StatusCode::INTERNAL_SERVER_ERROR, &body)
}

//! The route table, and what belongs to neither the wire nor the pages: health, the connector's definition, the OpenAPI
//! document.

mod connector;
mod health;
mod openapi;

use crate::app::App;
use crate::http::{Answer, json};
use crate::web::{Visitor, no_page, reads_pages};
use crate::{v1, web};
use axum::Router;
use axum::body::Body;
use axum::extract::{FromRequestParts, MatchedPath, State};
use axum::http::{HeaderValue, Request, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::routing::{MethodRouter, get};
use burnbag_api::connector::DEFINITION_PATH;
use burnbag_api::{NoRoute, text};
use std::sync::Arc;

/// The route table: each path, and what serves it. GET routes serve HEAD too, and none of them changes anything.
fn table() -> Vec<(String, MethodRouter<Arc<App>>)> {
    let mut table = program_table();
    table.extend(web::table());
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
pub fn program_paths() -> Vec<String> {
    program_table().into_iter().map(|(path, _)| path).collect()
}

/// All routes.
pub fn all(app: Arc<App>) -> Router {
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
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    answer
}

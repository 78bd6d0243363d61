//! The connector's definition for this server's own host: what `burnbag connector` writes, for import by URL.

use crate::app::App;
use crate::http::{Answer, Origin, json};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, Request, StatusCode, header};
use burnbag_api::connector::{Host, definition};
use burnbag_api::{Message, text};
use std::sync::Arc;

/// Any page may read it, because the platform's portal loads it in the browser. It holds nothing but the host.
pub(super) async fn api_definition(State(app): State<Arc<App>>, request: Request<Body>) -> Answer {
    match Origin::of(&app, request.extensions(), request.headers(), request.uri()).authority().parse::<Host>()
    {
        Ok(host) => {
            let mut answer = json::of(StatusCode::OK, Body::from(definition(&host)));
            answer.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
            answer
        }
        Err(bad) => {
            let detail = Some(format!("the header Host: {bad}"));
            json::answer(StatusCode::BAD_REQUEST, &Message { detail, message: text::BAD_REQUEST.to_owned() })
        }
    }
}

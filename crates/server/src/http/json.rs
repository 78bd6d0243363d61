//! JSON answers: compact, UTF-8, nothing escaped that need not be.

use super::Answer;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use serde::Serialize;

/// An answer with a JSON body.
pub(super) fn answer<T: Serialize>(status: StatusCode, body: &T) -> Answer {
    let bytes = serde_json::to_vec(body).expect("our own types have no maps with odd keys");
    let mut answer = Response::new(Body::from(bytes));
    // At once for all that will stand there: six of ours, and what the connection adds.
    *answer.headers_mut() = HeaderMap::with_capacity(12);
    *answer.status_mut() = status;
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    answer.headers_mut().insert(header::CONTENT_TYPE, kind);
    answer
}

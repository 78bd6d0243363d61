//! Headers on every answer: kept nowhere, framed nowhere, sniffed never; and the last one on a connection, before the end.

use super::Answer;
use crate::app::App;
use axum::http::{HeaderValue, header};
use std::sync::atomic::Ordering;

/// Adds them.
pub(super) fn protect(app: &App, mut answer: Answer) -> Answer {
    let headers = answer.headers_mut();
    // Files under names that hold their hash say themselves how long they may be kept.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    // Pages have a policy of their own.
    let policy = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    if app.public_url.as_ref().is_some_and(crate::config::PublicUrl::is_https) {
        let a_year = HeaderValue::from_static("max-age=31536000");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, a_year);
    }
    if app.is_stopping.load(Ordering::Relaxed) {
        headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    answer
}

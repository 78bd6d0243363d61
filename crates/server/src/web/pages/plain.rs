//! What is no page: scripts, stylesheet, `robots.txt`, `security.txt`.

use crate::app::App;
use crate::http::Answer;
use crate::web::no_page;
use crate::web::page::answer;
use crate::web::visitor::Visitor;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use std::sync::Arc;

/// How long a `security.txt` is to be believed, in days (RFC 9116 §2.5.5: less than a year).
const SECURITY_DAYS: i64 = 180;
const DAY: i64 = 24 * 60 * 60;

/// No page of ours is for search engines.
pub(in crate::web) async fn robots() -> Answer {
    text("User-agent: *\nDisallow: /\n".to_owned())
}

/// Whom to tell of a weakness (RFC 9116), where the operator says so.
pub(in crate::web) async fn security(State(app): State<Arc<App>>, visitor: Visitor) -> Answer {
    let Some(contact) = &app.site.look.contact else {
        return no_page(visitor).await;
    };
    // The same for a whole day, so that it can be compared.
    let days = app.clock.now().0.div_euclid(DAY) + SECURITY_DAYS;
    let expires = jiff::Timestamp::from_second(days * DAY).unwrap_or(jiff::Timestamp::MAX);
    let languages = crate::i18n::LANGUAGES.map(|language| language.tag).join(", ");
    text(format!("Contact: {}\nExpires: {expires}\nPreferred-Languages: {languages}\n", contact.url))
}

/// A stylesheet or script. Its name changes with its content, so that it may be kept for ever.
pub(in crate::web) async fn asset(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Answer {
    let Some(asset) = app.site.assets.get(&name) else {
        return answer(StatusCode::NOT_FOUND, "text/plain; charset=utf-8", Body::from("no such file\n"));
    };
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|accepted| accepted.to_str().ok());
    let gzip = if accepted.is_some_and(accepts_gzip) { asset.gzip() } else { None };
    let is_gzip = gzip.is_some();
    let body = gzip.unwrap_or(&asset.plain).clone();
    let mut answer = answer(StatusCode::OK, asset.media_type, Body::from(body));
    let headers = answer.headers_mut();
    let for_ever = HeaderValue::from_static("public, max-age=31536000, immutable");
    headers.insert(header::CACHE_CONTROL, for_ever);
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if is_gzip {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    answer
}

fn accepts_gzip(accepted: &str) -> bool {
    accepted.split(',').any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        name.trim().eq_ignore_ascii_case("gzip") && !matches!(weight.trim(), "q=0" | "q=0.0")
    })
}

fn text(text: String) -> Answer {
    answer(StatusCode::OK, "text/plain; charset=utf-8", Body::from(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codings() {
        for accepted in ["gzip", "br, gzip;q=0.5", "GZIP"] {
            assert!(accepts_gzip(accepted), "{accepted}");
        }
        for refused in ["", "br", "gzip;q=0", "gzipped"] {
            assert!(!accepts_gzip(refused), "{refused}");
        }
    }
}

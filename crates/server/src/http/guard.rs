//! What no route accepts, refused before anything is read: doubled or foreign headers, encoded bodies, paths that
//! routers would take for others.

use super::origin::{Origin, is_foreign};
use super::{Answer, json};
use crate::app::App;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, Request, StatusCode, Uri, Version, header};
use burnbag_api::{Message, text};

/// Names that may stand in a request once: two of them could mean different things to us and to a proxy.
const ONCE: [HeaderName; 3] =
    [header::AUTHORIZATION, header::HOST, HeaderName::from_static("idempotency-key")];

/// The answer to a request that no route shall see; `None` lets it through, its path normalised.
pub(super) fn refusal(app: &App, request: &mut Request<Body>) -> Option<Answer> {
    let headers = request.headers();
    if let Some(name) = ONCE.iter().find(|name| headers.get_all(*name).iter().nth(1).is_some()) {
        let detail = format!("the header {name} stands in the request twice");
        return Some(refuse(StatusCode::BAD_REQUEST, detail));
    }
    if let Some(encoding) = headers.get(header::CONTENT_ENCODING)
        && !encoding.as_bytes().eq_ignore_ascii_case(b"identity")
    {
        let detail = "bodies with Content-Encoding are not accepted; send it as it is".to_owned();
        return Some(refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
    }
    if !headers.contains_key(header::HOST) && request.version() == Version::HTTP_11 {
        return Some(refuse(StatusCode::BAD_REQUEST, "the header Host is missing".to_owned()));
    }
    if headers.get(header::HOST).is_some_and(|host| !is_authority(host.as_bytes())) {
        return Some(refuse(StatusCode::BAD_REQUEST, "the header Host is not a host name".to_owned()));
    }
    if !request.method().is_safe() && comes_from_elsewhere(app, request) {
        let detail = "requests from pages of other sites are not accepted".to_owned();
        return Some(refuse(StatusCode::FORBIDDEN, detail));
    }
    if let Some(uri) = normalised(request.uri()) {
        *request.uri_mut() = uri;
    }
    None
}

fn refuse(status: StatusCode, detail: String) -> Answer {
    json::answer(status, &Message { detail: Some(detail), message: text::BAD_REQUEST.to_owned() })
}

/// Characters of a host and port, nothing that could break out of a link.
fn is_authority(host: &[u8]) -> bool {
    !host.is_empty() && host.iter().all(|byte| byte.is_ascii_alphanumeric() || b".-_:[]".contains(byte))
}

/// A browser tells where a request that changes something comes from.
fn comes_from_elsewhere(app: &App, request: &Request<Body>) -> bool {
    let headers: &HeaderMap = request.headers();
    headers.get_all(header::ORIGIN).iter().any(|origin| {
        // On the machine itself pages are ours too where there is a public URL: no other site has a loopback name.
        let asked = Origin::asked(app, request.extensions(), headers, request.uri());
        let own = if asked.is_loopback() {
            asked
        } else {
            Origin::of(app, request.extensions(), headers, request.uri())
        };
        is_foreign(
            origin.as_bytes(),
            own.as_str(),
            app.public_url.as_ref().map(crate::config::PublicUrl::as_str),
        )
    })
}

/// Slashes at the end and doubled ones at the start mean nothing (wire spec §1).
fn normalised(uri: &Uri) -> Option<Uri> {
    let path = uri.path();
    if !path.starts_with("//") && (path.len() == 1 || !path.ends_with('/')) {
        return None;
    }
    let path = format!("/{}", path.trim_matches('/'));
    let target = uri.query().map_or_else(|| path.clone(), |query| format!("{path}?{query}"));
    target.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slashes() {
        let cases = [
            ("/api/v1/share", None),
            ("/", None),
            ("/api/v1/share/", Some("/api/v1/share")),
            ("//api/v1/share?a=b/", Some("/api/v1/share?a=b/")),
            ("///", Some("/")),
        ];
        for (from, to) in cases {
            assert_eq!(normalised(&from.parse().unwrap()), to.map(|to| to.parse().unwrap()), "{from}");
        }
    }

    #[test]
    fn hosts() {
        assert!(is_authority(b"secrets.example.com:8443") && is_authority(b"[::1]:7143"));
        assert!(!is_authority(b"a/b") && !is_authority(b"a b") && !is_authority(b"\"") && !is_authority(b""));
    }
}

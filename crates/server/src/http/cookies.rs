//! The three cookies: who is signed in, which language was chosen, and that a sign-in form is ours.

use axum::http::{HeaderMap, HeaderValue, header};
use cookie::{Cookie, SameSite};
use std::time::Duration;

/// A cookie of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Name {
    /// The session's token.
    Session,
    /// The language that was chosen.
    Language,
    /// What the form of a sign-in must repeat.
    Form,
}

impl Name {
    /// Over TLS a name that browsers accept from this very host only (RFC 6265bis §4.1.3.2).
    const fn text(self, https: bool) -> &'static str {
        match (self, https) {
            (Self::Session, true) => "__Host-burnbag_session",
            (Self::Session, false) => "burnbag_session",
            (Self::Form, true) => "__Host-burnbag_form",
            (Self::Form, false) => "burnbag_form",
            (Self::Language, _) => "burnbag_language",
        }
    }
}

/// The value of a cookie that the browser sent.
///
/// Read by bytes: what other services of the same domain set beside ours need not be ASCII, and blanks that only Unicode
/// knows stay part of a name, so that no cookie of theirs becomes one of ours.
pub(crate) fn read(headers: &HeaderMap, name: Name, https: bool) -> Option<String> {
    let name = name.text(https).as_bytes();
    let mut pairs =
        headers.get_all(header::COOKIE).iter().flat_map(|line| line.as_bytes().split(|b| *b == b';'));
    pairs.find_map(|pair| {
        let mut parts = pair.splitn(2, |byte| *byte == b'=').map(<[u8]>::trim_ascii);
        let value = parts.next().filter(|found| *found == name).and_then(|_| parts.next())?;
        str::from_utf8(value).ok().map(ToOwned::to_owned)
    })
}

/// The header that sets a cookie: for some time, or, without one, until the browser is closed.
pub(crate) fn set(name: Name, value: &str, lives: Option<Duration>, https: bool) -> Option<HeaderValue> {
    let same_site = if name == Name::Form { SameSite::Strict } else { SameSite::Lax };
    let mut cookie =
        Cookie::build((name.text(https), value)).path("/").http_only(true).secure(https).same_site(same_site);
    if let Some(lives) = lives {
        cookie = cookie.max_age(cookie::time::Duration::seconds(i64::try_from(lives.as_secs()).unwrap_or(0)));
    }
    HeaderValue::try_from(cookie.build().to_string()).ok()
}

/// The header that takes a cookie away.
pub(crate) fn clear(name: Name, https: bool) -> Option<HeaderValue> {
    set(name, "", Some(Duration::ZERO), https)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_of_others_neither_hide_ours_nor_become_ours() {
        let read = |line: &[u8], name: Name| {
            let mut headers = HeaderMap::new();
            headers.append(header::COOKIE, HeaderValue::from_static("a=b"));
            headers.append(header::COOKIE, HeaderValue::from_bytes(line).unwrap());
            read(&headers, name, true)
        };
        let token = Some("abc=".to_owned());
        for line in [
            "__Host-burnbag_session=abc=",
            "x; =; y=1 ; __Host-burnbag_session=abc= ;z",
            "name=J\u{f6}rg; __Host-burnbag_session=abc=",
            "\u{2000}__Host-burnbag_session=evil; __Host-burnbag_session=abc=",
        ] {
            assert_eq!(read(line.as_bytes(), Name::Session), token, "{line}");
        }
        assert_eq!(read(b"\xff=\xff; __Host-burnbag_session=abc=", Name::Session), token);
        for line in ["burnbag_session=abc", "__Host-burnbag_session", "\u{a0}__Host-burnbag_session=evil", ""]
        {
            assert_eq!(read(line.as_bytes(), Name::Session), None, "{line}");
        }
    }
}

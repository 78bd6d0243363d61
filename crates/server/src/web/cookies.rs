//! The three cookies: who is signed in, which language was chosen, and that a sign-in form is ours.

use axum::http::{HeaderMap, HeaderValue, header};
use cookie::{Cookie, SameSite};
use std::time::Duration;

/// A cookie of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
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
pub(super) fn read(headers: &HeaderMap, name: Name, https: bool) -> Option<String> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut all = lines.flat_map(|line| Cookie::split_parse(line.to_owned())).flatten();
    all.find(|cookie| cookie.name() == name.text(https)).map(|cookie| cookie.value().to_owned())
}

/// The header that sets a cookie: for some time, or, without one, until the browser is closed.
pub(super) fn set(name: Name, value: &str, lives: Option<Duration>, https: bool) -> Option<HeaderValue> {
    let same_site = if name == Name::Form { SameSite::Strict } else { SameSite::Lax };
    let mut cookie =
        Cookie::build((name.text(https), value)).path("/").http_only(true).secure(https).same_site(same_site);
    if let Some(lives) = lives {
        cookie = cookie.max_age(cookie::time::Duration::seconds(i64::try_from(lives.as_secs()).unwrap_or(0)));
    }
    HeaderValue::try_from(cookie.build().to_string()).ok()
}

/// The header that takes a cookie away.
pub(super) fn clear(name: Name, https: bool) -> Option<HeaderValue> {
    set(name, "", Some(Duration::ZERO), https)
}

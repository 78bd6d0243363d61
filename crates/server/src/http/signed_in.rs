//! Who is signed in, by the cookie that the browser sent.

use super::cookies::{self, Name};
use super::{Answer, Safety};
use crate::app::App;
use crate::vault::{SESSION, Session, VaultError};
use axum::http::{HeaderMap, header};
use burnbag_core::account::SessionToken;
use std::time::Duration;

/// A session and its token, from which the forms' own are made.
#[derive(Debug)]
pub(crate) struct SignedIn {
    pub(crate) token: SessionToken,
    pub(crate) session: Session,
}

impl SignedIn {
    /// The session of a request's cookie, if it stands. A form or script of ours must show its form token too
    /// before anything is done with it.
    pub(crate) async fn of(
        app: &App,
        headers: &HeaderMap,
        safety: Safety,
    ) -> Result<Option<Self>, VaultError> {
        let token = cookies::read(headers, Name::Session, safety.https);
        let Some(token) = token.and_then(|token| token.parse::<SessionToken>().ok()) else {
            return Ok(None);
        };
        let session = app.vault.session(&token).await?;
        Ok(session.map(|session| Self { token, session }))
    }
}

/// An answer that gives the browser a session's cookie.
pub(crate) fn start_session(mut answer: Answer, token: &SessionToken, https: bool) -> Answer {
    let lives = Duration::from_secs(SESSION.unsigned_abs());
    if let Some(cookie) = cookies::set(Name::Session, &token.expose(), Some(lives), https) {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    answer
}

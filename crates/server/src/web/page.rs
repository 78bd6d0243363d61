//! From a template to an answer: HTML, with the policy that every page has.

use super::frame::{Audience, Frame};
use super::visitor::Visitor;
use crate::http::Answer;
use crate::http::json::{body_held, body_in_place};
use crate::limit::{Place, Wait};
use crate::vault::{VaultError, note_failure};
use askama::Template;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};

/// No inline code, nothing from elsewhere, no text that becomes code (Trusted Types). `data:` is the tab's icon.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// A page.
pub(super) fn page(status: StatusCode, template: &impl Template) -> Answer {
    rendered(status, template, Body::from)
}

/// A page that has a place in memory until it was sent.
pub(super) fn page_in_place(status: StatusCode, template: &impl Template, place: Place) -> Answer {
    rendered(status, template, |html| body_in_place(html.into(), place))
}

/// A page with something that is held until it was sent.
pub(super) fn page_held(
    status: StatusCode,
    template: &impl Template,
    held: impl Send + Unpin + 'static,
) -> Answer {
    rendered(status, template, |html| body_held(html.into(), held))
}

fn rendered(status: StatusCode, template: &impl Template, body: impl FnOnce(String) -> Body) -> Answer {
    let Ok(html) = template.render() else {
        tracing::error!("a page could not be rendered");
        return answer(StatusCode::INTERNAL_SERVER_ERROR, "text/plain; charset=utf-8", Body::empty());
    };
    let mut page = answer(status, "text/html; charset=utf-8", body(html));
    let headers = page.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    // One address, many languages, and signed in or not.
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Language, Cookie"));
    page
}

/// An answer with a body.
pub(super) fn answer(status: StatusCode, media_type: &'static str, body: Body) -> Answer {
    let mut answer = Response::new(body);
    *answer.status_mut() = status;
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    answer
}

/// Runs the rest of a request to its end, even when the reader goes away: nothing is left half done.
pub(super) async fn to_the_end(rest: impl Future<Output = Answer> + Send + 'static) -> Answer {
    tokio::spawn(rest).await.unwrap_or_else(|_| crate::http::defect())
}

/// Another page instead, asked for with GET.
pub(super) fn see_other(path: &str) -> Answer {
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = StatusCode::SEE_OTHER;
    let location = HeaderValue::try_from(path).unwrap_or_else(|_| HeaderValue::from_static("/"));
    answer.headers_mut().insert(header::LOCATION, location);
    answer
}

/// A page that says one thing, and where to go instead, if anywhere.
#[derive(Template)]
#[template(path = "notice.html")]
pub(super) struct Notice<'a> {
    pub(super) frame: Frame<'a>,
    pub(super) text: String,
    pub(super) link: String,
    pub(super) link_text: String,
}

/// A page with a heading and a sentence.
pub(super) fn notice(visitor: &Visitor, status: StatusCode, heading: &str, text: String) -> Answer {
    let frame = visitor.frame(heading, Audience::Maker).passing();
    page(status, &Notice { frame, text, link: String::new(), link_text: String::new() })
}

/// What the vault's refusal means for somebody who reads pages.
#[derive(Clone, Copy, Debug)]
pub(super) enum Trouble {
    /// Too many tries, or calls.
    Later(Wait),
    /// No room for new secrets.
    Full,
    /// Nothing was used up; it may work in a moment.
    Server,
}

impl Trouble {
    /// What is left of an error when everything that a page answers itself is taken out. Logs the cause, once.
    pub(super) fn of(error: &VaultError) -> Self {
        match error {
            VaultError::Later(wait) => Self::Later(*wait),
            VaultError::TooManyMails(many) => Self::Later(many.wait()),
            VaultError::Full => Self::Full,
            VaultError::Store(error) => {
                note_failure(error);
                Self::Server
            }
            VaultError::Unknown
            | VaultError::WrongPassphrase
            | VaultError::Refused(_)
            | VaultError::Busy
            | VaultError::SignedOut
            | VaultError::TooManyKeys
            | VaultError::LabelTooLong
            | VaultError::Died => Self::Server,
        }
    }

    /// Its status.
    pub(super) const fn status(self) -> StatusCode {
        match self {
            Self::Later(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Full | Self::Server => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// What a page says of it.
    pub(super) fn text(self, visitor: &Visitor) -> String {
        match self {
            Self::Later(Wait(seconds)) => {
                visitor.words.with("trouble-later", "time", minutes(seconds, visitor))
            }
            Self::Full => visitor.words.say("share-full"),
            Self::Server => visitor.words.say("trouble-server"),
        }
    }

    /// A page of its own.
    pub(super) fn page(self, visitor: &Visitor) -> Answer {
        self.noted(notice(visitor, self.status(), "error-heading", self.text(visitor)))
    }

    /// A page that says it, with the time to wait for programs.
    pub(super) fn noted(self, mut answer: Answer) -> Answer {
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(self.wait()));
        answer
    }

    /// The seconds after which it makes sense to try again.
    pub(super) const fn wait(self) -> u64 {
        match self {
            Self::Later(Wait(seconds)) => seconds,
            Self::Full => 60,
            Self::Server => 1,
        }
    }
}

/// A time to wait, in words.
pub(super) fn minutes(seconds: u64, visitor: &Visitor) -> String {
    visitor.words.with("minutes", "count", seconds.div_ceil(60).max(1))
}

/// Whether somebody who asks for a path that there is not reads pages.
pub(crate) fn reads_pages(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

/// There is no such page.
pub(crate) async fn no_page(visitor: Visitor) -> Answer {
    notice(&visitor, StatusCode::NOT_FOUND, "error-none-heading", visitor.words.say("error-none"))
}

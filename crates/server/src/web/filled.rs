//! A form that was filled in and sent, from a page of ours.

use super::frame::{Audience, Frame};
use super::page::{Trouble, notice, page_held};
use super::visitor::Visitor;
use crate::app::App;
use crate::http::Answer;
use crate::http::body::{self, BodyError};
use askama::Template;
use axum::body::Body;
use axum::extract::FromRequest;
use axum::http::{Request, StatusCode};
use burnbag_core::sensitive::SensitiveText;
use std::sync::Arc;
use tokio::sync::OwnedSemaphorePermit;

/// Fields that are read of a form: as many as the API reads parameters. Ours have ten at most.
const FIELDS: usize = 128;

/// A form that did not get anywhere, and can be sent again.
#[derive(Template)]
#[template(path = "again.html")]
struct Again<'a> {
    frame: Frame<'a>,
    text: String,
    fields: &'a [(String, SensitiveText)],
}

/// A visitor and what he sent. The call is counted, and the form is known to be ours.
pub(crate) struct Filled {
    pub(super) visitor: Visitor,
    fields: Vec<(String, SensitiveText)>,
    /// The form counts against the uploads until it was dealt with.
    _upload: Option<OwnedSemaphorePermit>,
}

impl FromRequest<Arc<App>> for Filled {
    type Rejection = Answer;

    async fn from_request(request: Request<Body>, app: &Arc<App>) -> Result<Self, Answer> {
        let (parts, body) = request.into_parts();
        let mut visitor = Visitor::unknown(&parts, app);
        if let Some(answer) = visitor.instead() {
            return Err(answer);
        }
        let admitted = match visitor.recognize(&parts.headers).await {
            Ok(()) => visitor.count().await.map_err(Trouble::Later),
            Err(trouble) => Err(trouble),
        };
        if let Err(trouble) = admitted {
            return Err(give_back(&visitor, trouble, body).await);
        }
        let limit = most_bytes(visitor.plan().text);
        let (fields, upload) = match body::read(body, limit, &app.uploads).await {
            Ok((body, upload)) => (fields(&body), upload),
            Err(BodyError::TooLarge) => {
                let limit = super::wording::size(visitor.plan().text as u64, &visitor.words);
                let text = visitor.words.with("share-too-long", "size", limit);
                return Err(notice(&visitor, StatusCode::PAYLOAD_TOO_LARGE, "error-heading", text));
            }
            Err(BodyError::TooSlow | BodyError::Broken | BodyError::Busy) => {
                return Err(Trouble::Server.page(&visitor));
            }
        };
        let filled = Self { fields, visitor, _upload: upload };
        // What is done with a session's authority must come from a page of ours; without one there is none.
        let visitor = &filled.visitor;
        if visitor.session.is_some()
            && !visitor.begins_session()
            && !visitor.owns_form(filled.text("form_token"))
        {
            let text = filled.visitor.words.say("trouble-form");
            return Err(notice(&filled.visitor, StatusCode::FORBIDDEN, "error-heading", text));
        }
        Ok(filled)
    }
}

/// Bytes of a form with a text of so many: a byte is at most three characters of a form, a line end is six.
const fn most_bytes(text: usize) -> usize {
    text.saturating_mul(6).saturating_add(64 * 1024)
}

fn fields(body: &[u8]) -> Vec<(String, SensitiveText)> {
    let fields = form_urlencoded::parse(body).take(FIELDS);
    fields.map(|(name, value)| (name.into_owned(), value.into_owned().into())).collect()
}

/// What came in the way before the form was looked at. One that holds a secret is given back, to be sent again as it was:
/// a browser keeps nothing of it. Who asks is known to nobody, or asked too often already, so only some forms are in memory
/// for that at one time, until they were sent; who finds no place is told what came in the way, and no more.
async fn give_back(visitor: &Visitor, trouble: Trouble, body: Body) -> Answer {
    let app = &visitor.app;
    let place = Arc::clone(&app.given_back).try_acquire_owned().ok().filter(|_| visitor.brings_a_secret());
    let Some(place) = place else {
        return trouble.page(visitor);
    };
    // Whose plan it is may not be known.
    let read = body::read(body, most_bytes(app.plans.longest_text()), &app.uploads).await;
    let Ok((body, upload)) = read else {
        return trouble.page(visitor);
    };
    let (fields, frame) = (fields(&body), visitor.frame("error-heading", Audience::Maker).passing());
    let page = Again { frame, text: trouble.text(visitor), fields: &fields };
    trouble.noted(page_held(trouble.status(), &page, (place, upload)))
}

impl Filled {
    /// Whether the form of a sign-in, or of an invitation, comes from our page.
    pub(super) fn repeats_cookie(&self) -> bool {
        self.visitor.repeats_cookie(self.text("form_token"))
    }

    /// Takes the text of a field; empty where there is none.
    pub(super) fn take(&mut self, name: &str) -> SensitiveText {
        let place = self.fields.iter().position(|(known, _)| known == name);
        place.map_or_else(SensitiveText::default, |place| self.fields.swap_remove(place).1)
    }

    /// The text of a field that is no secret, trimmed; empty where there is none.
    pub(super) fn text(&self, name: &str) -> &str {
        let field = self.fields.iter().find(|(known, _)| known == name);
        field.map_or("", |(_, text)| text.expose().trim())
    }
}

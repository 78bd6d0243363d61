//! How it works: the two guarantees, and their limits.

use crate::http::Answer;
use crate::web::frame::{Audience, Frame};
use crate::web::page::page;
use crate::web::visitor::Visitor;
use askama::Template;
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "about.html")]
struct About<'a> {
    frame: Frame<'a>,
    once: String,
    unreviewed: bool,
    has_mail: bool,
}

/// The page.
pub(in crate::web) async fn show(visitor: Visitor) -> Answer {
    let seconds = visitor.app.vault.redelivery();
    let once = visitor.words.with("about-once", "seconds", seconds);
    let unreviewed = visitor.words.say("reviewed") == "-";
    let frame = visitor.frame("about-heading", Audience::Maker);
    page(StatusCode::OK, &About { frame, once, unreviewed, has_mail: visitor.has_mail() })
}

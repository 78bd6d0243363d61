//! What was made: a link, or one for each of several recipients.

use super::texts;
use crate::http::Answer;
use crate::vault::Concealed;
use crate::web::frame::{Audience, Frame};
use crate::web::page::page;
use crate::web::visitor::Visitor;
use crate::web::wording::{Html, html_time};
use askama::Template;
use axum::http::StatusCode;
use burnbag_core::account::Email;
use burnbag_core::sensitive::SensitiveText;
use burnbag_core::time::Timestamp;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

#[derive(Template)]
#[template(path = "made.html")]
struct MadePage<'a> {
    frame: Frame<'a>,
    made: Made,
    texts: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "several.html")]
struct SeveralPage<'a> {
    frame: Frame<'a>,
    made: Made,
    links: Vec<Mailed>,
    texts: Vec<(&'static str, String)>,
}

/// A link that was made; in the template that scripts fill in, nothing yet.
#[derive(Default)]
pub(super) struct Made {
    pub(super) link: String,
    pub(super) mail: String,
    pub(super) receipt: String,
    pub(super) passphrase: String,
    pub(super) until: Html,
    pub(super) sealed: String,
    pub(super) on_device: bool,
    /// That it was mailed, and to whom, where it was.
    pub(super) mailed: String,
}

/// The link of one recipient among several.
pub(super) struct Mailed {
    pub(super) address: String,
    pub(super) link: String,
    /// An e-mail with it, for a program of the sender's own.
    pub(super) mail: String,
    pub(super) receipt: String,
}

/// What scripts fill in.
pub(super) fn blank(frame: &Frame<'_>) -> Made {
    Made {
        until: frame.with_time("result-until", None),
        sealed: frame.say("device-name"),
        on_device: true,
        ..Made::default()
    }
}

/// The page with one link.
pub(super) fn show(
    visitor: &Visitor,
    concealed: &Concealed,
    passphrase: &SensitiveText,
    mailed_to: Option<&Email>,
) -> Answer {
    let frame = visitor.frame("result-heading", Audience::Maker).passing();
    let link = link(visitor, concealed);
    let mailed = mailed_to.map(|to| visitor.words.with("result-mailed", "email", to.as_str()));
    let made = Made {
        mail: written(visitor, &link),
        receipt: receipt(concealed),
        passphrase: passphrase.expose().clone(),
        until: frame.with_time("result-until", Some(concealed.receipt.place.expires)),
        sealed: sealed_here(visitor, mailed_to.is_some()),
        on_device: false,
        mailed: mailed.unwrap_or_default(),
        link,
    };
    page(StatusCode::OK, &MadePage { frame, made, texts: texts(visitor) })
}

/// The page with several links.
pub(super) fn show_several(
    visitor: &Visitor,
    links: Vec<Mailed>,
    expires: Option<Timestamp>,
    passphrase: &SensitiveText,
) -> Answer {
    let frame = visitor.frame("result-heading", Audience::Maker).passing();
    let made = Made {
        passphrase: passphrase.expose().clone(),
        until: html_time(expires),
        sealed: sealed_here(visitor, true),
        ..Made::default()
    };
    page(StatusCode::OK, &SeveralPage { frame, made, links, texts: texts(visitor) })
}

/// One link among several.
pub(super) fn mailed(visitor: &Visitor, to: &Email, concealed: &Concealed) -> Mailed {
    let link = link(visitor, concealed);
    let mail = written(visitor, &link);
    Mailed { address: to.to_string(), link, mail, receipt: receipt(concealed) }
}

/// What opens an e-mail with a link.
fn written(visitor: &Visitor, link: &str) -> String {
    let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let (subject, body) = (visitor.words.say("result-mail-subject"), visitor.words.say("result-mail-body"));
    format!("mailto:?subject={}&body={}", encode(&subject), encode(&format!("{body}\n\n{link}\n")))
}

fn link(visitor: &Visitor, concealed: &Concealed) -> String {
    format!("{}/secret/{}", visitor.origin.as_str(), concealed.secret.expose())
}

fn receipt(concealed: &Concealed) -> String {
    format!("/receipt/{}", concealed.receipt.receipt.expose())
}

/// That the server seals, and why.
pub(super) fn sealed_here(visitor: &Visitor, mailed: bool) -> String {
    let reason = if mailed {
        "because-mail"
    } else if visitor.safety.insecure {
        "because-http"
    } else {
        "because-scripts"
    };
    format!("{} {}", visitor.words.say("server-name"), visitor.words.say(reason))
}

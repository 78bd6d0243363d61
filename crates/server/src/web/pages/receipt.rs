//! `/receipt/KEY`: what the sender may know, and burning.

use crate::http::Answer;
use crate::vault::{Burner, ReceiptView, VaultError};
use crate::web::filled::Filled;
use crate::web::frame::{Audience, Frame};
use crate::web::page::{Trouble, notice, page, see_other, to_the_end};
use crate::web::visitor::Visitor;
use crate::web::wording::{Html, html_time, state};
use askama::Template;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use burnbag_core::fate::{State, receipt_ends};
use burnbag_core::key::ReceiptKey;
use burnbag_core::mail::Mailing;

/// What scripts of this page say.
const TEXTS: [&str; 8] = [
    "press-copy",
    "receipt-burned",
    "receipt-expired",
    "receipt-opened",
    "receipt-waiting",
    "result-copied",
    "result-qr-name",
    "trouble-lost",
];

#[derive(Template)]
#[template(path = "receipt.html")]
struct ReceiptPage<'a> {
    frame: Frame<'a>,
    receipt: Shown,
    texts: Vec<(&'static str, String)>,
}

struct Shown {
    /// `waiting`, `opened`, `burned` or `expired`: for the stylesheet and scripts.
    state: &'static str,
    state_text: String,
    label: String,
    recipient: String,
    not_mailed: bool,
    timeline: Vec<(String, Html)>,
    living: Option<Living>,
    on_device: bool,
    kept_until: Html,
}

/// What can be done while the secret waits.
struct Living {
    needs_passphrase: bool,
    locked: bool,
    /// The link, where it was asked for and this server knows it.
    link: String,
    asks_burn: bool,
}

/// What was asked for beside the receipt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Asked {
    link: bool,
    burn: bool,
}

/// The receipt.
pub(in crate::web) async fn show(RawQuery(query): RawQuery, visitor: Visitor) -> Answer {
    let Ok(key) = visitor.key().parse::<ReceiptKey>() else {
        return none(&visitor);
    };
    let asks = |wish: &str| query.as_deref().is_some_and(|query| query.split('&').any(|part| part == wish));
    let asked = Asked { link: asks("show=link"), burn: asks("burn=ask") };
    match visitor.app.vault.receipt(&key).await {
        Ok(view) => show_view(&visitor, &view, asked),
        Err(VaultError::Unknown) => none(&visitor),
        Err(error) => Trouble::of(&error).page(&visitor),
    }
}

/// Burns the secret. Who holds the receipt needs nothing else.
pub(in crate::web) async fn burn(filled: Filled) -> Answer {
    let visitor = filled.visitor;
    let Ok(key) = visitor.key().parse::<ReceiptKey>() else {
        return none(&visitor);
    };
    to_the_end(async move {
        match visitor.app.vault.burn(&key, Burner::Receipt, visitor.caller()).await {
            // Too late is told by the receipt itself.
            Ok(_) | Err(VaultError::Unknown) => see_other(&format!("/receipt/{}", key.expose())),
            Err(error) => Trouble::of(&error).page(&visitor),
        }
    })
    .await
}

/// Forgives wrong passphrases.
pub(in crate::web) async fn unlock(filled: Filled) -> Answer {
    let visitor = filled.visitor;
    let Ok(key) = visitor.key().parse::<ReceiptKey>() else {
        return none(&visitor);
    };
    match visitor.app.vault.unlock(&key).await {
        Ok(_) | Err(VaultError::Unknown) => see_other(&format!("/receipt/{}", key.expose())),
        Err(error) => Trouble::of(&error).page(&visitor),
    }
}

fn none(visitor: &Visitor) -> Answer {
    notice(visitor, StatusCode::NOT_FOUND, "receipt-none-heading", visitor.words.say("receipt-none"))
}

fn show_view(visitor: &Visitor, view: &ReceiptView, asked: Asked) -> Answer {
    let words = &visitor.words;
    let mut frame = visitor.frame("receipt-heading", Audience::Maker);
    // Our own pages write this one of the three names.
    frame.path = format!("/receipt/{}", view.receipt.expose());
    let place = &view.place;
    let (state, ended) = state(view.state);
    let state_text = words.say(&format!("receipt-{state}"));
    let last = match ended {
        None => (words.say("expires"), html_time(Some(place.expires))),
        Some(when) => (state_text.clone(), html_time(Some(when))),
    };
    let on_device = place.kind.is_device_sealed();
    let secret = view.secret.as_ref().filter(|_| !on_device && asked.link);
    let origin = visitor.origin.as_str();
    let living = (view.state == State::New).then(|| Living {
        needs_passphrase: place.kind.needs_passphrase(),
        locked: view.locked,
        link: secret.map(|key| format!("{origin}/secret/{}", key.expose())).unwrap_or_default(),
        asks_burn: asked.burn,
    });
    let made = (words.say("made"), html_time(Some(place.created)));
    let receipt = Shown {
        state,
        state_text,
        label: view.label.clone().unwrap_or_default(),
        recipient: view.recipient.clone().unwrap_or_default(),
        not_mailed: view.mailing == Some(Mailing::Off) && view.state == State::New,
        timeline: vec![made, last],
        living,
        on_device,
        kept_until: frame.with_time("receipt-kept-until", Some(receipt_ends(place.created, place.expires))),
    };
    page(StatusCode::OK, &ReceiptPage { frame, receipt, texts: words.for_scripts(&TEXTS) })
}
